"""What a session does with documents, by the requests that the web client makes."""


class Desk:
    """One clerk at work.

    :param session: a :class:`trial.client.Session`
    :param dict places: ids of what transfers are made of, see :func:`trial.setting.prepare`
    """

    def __init__(self, session, places):
        self.session, self.call, self.places = session, session.call, places

    def transfer(self, kind, product, quantity):
        """Make a confirmed receipt (``in``), delivery (``out``) or return (``back``).

        :return: the ids of the transfer and of its move
        """
        picking_type, partner, source, target = self.places[kind]
        move = {"product_id": product, "product_uom_qty": quantity, "location_id": source, "location_dest_id": target}
        values = {"picking_type_id": picking_type, "partner_id": partner, "location_id": source}
        values |= {"location_dest_id": target, "move_ids": [(0, 0, move)]}
        picking = self.call("stock.picking", "create", [values])[0]
        self.call("stock.picking", "action_confirm", [picking])
        moves = self.call("stock.move", "search", [("picking_id", "=", picking)])
        self.call("stock.move", "write", moves, {"quantity": quantity, "picked": True})
        return picking, moves[0]

    def validate(self, picking, names):
        """Press *Validate*, enter the numbers in the window, leave the rest blank, and confirm."""
        action = self.call("stock.picking", "button_validate", [picking])
        while isinstance(action, dict) and action.get("res_model") == "serial.entry":
            entry = [action["res_id"]]
            for line in self.call("serial.entry", "read", entry, ["line_ids"])[0]["line_ids"]:
                if names:
                    self.call("serial.entry.line", "add_serials", [line], names)
                self.call("serial.entry.line", "use_blanks", [line])
            action = self.call("serial.entry", "action_confirm", entry)
        return action

    def available(self, product, limit):
        """Return the numbers of units that can be shipped."""
        domain = [("product_id", "=", product), ("status", "=", "available")]
        rows = self.call("serial.number", "search_read", domain, ["name"], limit=limit)
        return [row["name"] for row in rows]
