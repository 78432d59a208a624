"""A user's session on a running server, as a browser has it."""

import itertools

import requests

TIMEOUT = 300  # seconds
# What Odoo says to people on purpose: a refusal, with what to do.
REFUSALS = {
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
    "odoo.exceptions.AccessError",
    "odoo.exceptions.MissingError",
}


class Refused(Exception):
    """The server refused the request with a message for people."""


class Failed(Exception):
    """The server failed: there is no message that helps."""


class Session:
    """One login.

    :param str url: the server's address
    """

    def __init__(self, url, database, login, password):
        self.url, self.http, self.numbers = url, requests.Session(), itertools.count(1)
        self._post("/web/session/authenticate", {"db": database, "login": login, "password": password})

    def call(self, model, method, *args, **kwargs):
        """Call a public method of a model, as the web client does.

        :raise Refused: with the message that a user would see
        :raise Failed: for any other error
        """
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", params)

    def _post(self, path, params):
        payload = {"jsonrpc": "2.0", "method": "call", "id": next(self.numbers), "params": params}
        answer = self.http.post(self.url + path, json=payload, timeout=TIMEOUT)
        answer.raise_for_status()
        content = answer.json()
        if error := content.get("error"):
            data = error.get("data", {})
            kind = Refused if data.get("name") in REFUSALS else Failed
            raise kind(f"{data.get('name')}: {data.get('message')}")
        return content.get("result")
