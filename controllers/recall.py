"""Where customers answer a recall by the link in its notice, without an account."""

import base64

from odoo.http import Controller, request, route
from odoo.tools import consteq

ROUTE = "/recall/<int:notice_id>/<string:signature>"
PAGE = "serial_number_tracking.recall_answer"
NOT_FOUND = "serial_number_tracking.recall_not_found"


class RecallAnswer(Controller):
    def _find_notice(self, notice_id, signature):
        """Return the notice of a link; an empty record where the link is none of ours."""
        notice = request.env["serial.recall.partner"].sudo().browse(notice_id).exists()
        if not notice or not consteq(notice._get_signature(), signature):
            return notice.browse()
        lang = notice.contact_id.lang or request.env.lang
        return notice.with_context(lang=lang)

    def _show(self, notice, **values):
        if not notice:
            return request.render(NOT_FOUND, {}, status=404)
        answers = notice._fields["answer"]._description_selection(notice.env)
        is_open = notice.recall_id.state == "open"
        values = {"notice": notice, "answers": answers, "is_open": is_open, "thanks": False, "fault": False, **values}
        return request.render(PAGE, values)

    @route(ROUTE, type="http", auth="public", methods=["GET"], readonly=True)
    def recall_notice(self, notice_id, signature, **kwargs):
        """Show a customer the notice, and ask what they have done.

        :param int notice_id: the id of the ``serial.recall.partner``
        :param str signature: what proves that they have the link
        """
        return self._show(self._find_notice(notice_id, signature))

    @route(ROUTE, type="http", auth="public", methods=["POST"])
    def recall_answer(self, notice_id, signature, answer="", text="", **kwargs):
        """Keep what a customer answers.

        :param str answer: what they have done
        :param str text: what they say beside it
        """
        notice = self._find_notice(notice_id, signature)
        is_taken = bool(notice) and isinstance(answer, str) and notice._take_answer(answer, text)
        return self._show(notice, thanks=is_taken, fault=not is_taken)

    @route(f"{ROUTE}/picture", type="http", auth="public", methods=["GET"], readonly=True)
    def recall_picture(self, notice_id, signature, **kwargs):
        """Return the picture of what is recalled, for e-mails."""
        picture = self._find_notice(notice_id, signature)._get_picture()
        if not picture:
            return request.not_found()
        content = base64.b64decode(picture)
        return request.make_response(
            content, [("Content-Type", "image/png"), ("Cache-Control", "public, max-age=86400")]
        )
