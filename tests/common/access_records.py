import base64
import inspect

from odoo import Command
from odoo.service.model import call_kw, get_public_method

from .base import SerialCommon

# What methods are called with, by the names of their parameters.
ARGUMENTS = {
    "names": ["N1"],
    "work": "receive",
    "type_id": False,  # a filter: what it finds, rules decide
    "typed": "SN01",
    "gtin": "09521234543213",
    "text": "N1",
    "first": "N1",
    "count": 1,
    "name": "list.csv",
    "content": "TjEK",  # N1
    "status": "hold",
    "reason": "Why",
    "fields": ["name"],
    "columns": ["name"],
    "options": {"has_headers": True},
    "add": True,
    "singly": True,
    "values": {},
    "offset": 0,
    "limit": 40,
    "until": False,
    "detail": "Why",
    "date": False,
    "channel": "Phone",
    "dryrun": True,
    "transfers": [],
    "lines": [1],
    "gone": True,
    "show": "missing",
    "product": 1,
    "key": "K1",
}
JOBS = {
    "job": {"name": "Job", "kind": "report", "settings": {}},
    "job_failed": {"name": "Job", "kind": "report", "settings": {}, "state": "failed"},
}
# Parameters that are ids, and of what.
LINKS = {
    "serial.number.action_designate": {"partner": "res.partner", "sale_line": "sale.order.line"},
    "serial.number.action_hold": {"reason": "serial.hold.reason"},
    "serial.number.action_register": {"end_user": "res.partner"},
    "serial.count.add_serials": {"product": "product.product", "place": "stock.location"},
    "serial.count.choose_product": {"product": "product.product"},
    "serial.entry.line.set_vendor": {"partner_id": "res.partner"},
}


class AccessRecords(SerialCommon):
    """One record of each kind that CALLS names, made by people who may make it; windows are made for each user.

    They are made once for all tests of a class, by an instance of it as :class:`unittest.TestCase` makes one a test.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records, cls.windows = cls("_make_records")._make_records()

    def _make_records(self):
        """Return the records, and what windows are made of."""
        self.records = self._make_units() | self._make_transfers() | self._make_orders()
        self.records |= self._make_recalls() | self._make_reconciliations() | self._make_counts()
        return self.records, self._prepare_windows() | self._prepare_entries()

    def _make_units(self):
        receipt = self._receive(["A1", "S1", "H1", "V1"], blanks=1)
        self._ship(["S1"])
        self.end_user = self.env["res.partner"].create({"name": "End User"})
        used = self._make_product("Used")
        self._receive(["U1"], product=used)
        self._ship(["U1"], product=used)
        self._unit("U1", used).action_register(self.end_user)
        available, sold, held, void = (self._unit(name) for name in ("A1", "S1", "H1", "V1"))
        held.action_hold("Why")
        void.action_void("Why")
        series = self.env["serial.series"].create({"name": "Own"})
        self.product.serial_series_id = series
        series._take(1, self.product, self.company)
        return {
            "series": series,
            "series_number": self.env["serial.series.number"].search([("series_id", "=", series.id)]),
            "blank": receipt.move_ids.serial_ids.filtered(lambda unit: not unit.name),
            "available": available,
            "sold": sold,
            "held": held,
            "void": void,
            "waiting": receipt.move_ids.serial_ids.filtered("needs_number"),
            "receipt": receipt,
            "product": self.product,
            "template": self.product.product_tmpl_id,
            "customer": self.customer,
            "lot": self._make_lot(),
        }

    def _make_lot(self):
        """Return a lot of a product that is not followed yet."""
        product = self._make_product("Laptop", is_serialized=False, tracking="serial", company_id=self.company.id)
        return self.env["stock.lot"].create({"name": "L1", "product_id": product.id})

    def _make_transfers(self):
        transfer = self._transfer("in", 2)
        returned = self._transfer("back", 1)
        count = (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create(
                {
                    "product_id": self._make_product("Counted").id,
                    "location_id": self.stock.id,
                    "inventory_quantity": 1,
                }
            )
        )
        scrap = self.env["stock.scrap"].create({"product_id": self.product.id, "scrap_qty": 1})
        return {
            "transfer": transfer,
            "kind": transfer.picking_type_id,
            "move": transfer.move_ids,
            "return_move": returned.move_ids,
            "count": count,
            "scrap": scrap,
        }

    def _make_orders(self):
        line = {"product_id": self.product.id, "product_qty": 2}
        vals = {"partner_id": self.vendor.id, "order_line": [Command.create(line)]}
        purchase = self.env["purchase.order"].create(vals)
        purchase.button_confirm()
        line = {"product_id": self.product.id, "quantity": 1}
        vals = {"partner_id": self.customer.id, "invoice_line_ids": [Command.create(line)]}
        invoice = self.env["account.move"].create({"move_type": "out_invoice", **vals})
        promised = self._make_product("Promised")
        self._receive(ARGUMENTS["names"], product=promised)
        sale = self._order(product=promised)
        sale.user_id = False  # whoever sells may see it
        return {
            "sale": sale,
            "sale_line": sale.order_line,
            "purchase": purchase,
            "purchase_line": purchase.order_line,
            "invoice": invoice,
            "invoice_line": invoice.invoice_line_ids,
        }

    def _make_recalls(self):
        self.customer.email = "customer@example.com"
        draft, recall, done = recalls = self.env["serial.recall"].create(
            [{"reason": "Why", "instructions": "Stop"} for _recall in range(3)]
        )
        for each in recalls:
            each._add_units(self.records["available"] | self.records["sold"])
        (recall | done).action_start()
        done._close()
        recall.leftover = "H1"
        return {"recall": recall, "recall_draft": draft, "recall_done": done, "notice": recall.notice_ids}

    def _make_counts(self):
        """Return a count that is open, and one that is applied."""
        counted, done = self.env["serial.count"].create([{"location_id": self.shelf.id} for _count in range(2)])
        counted.add_serials(["A1"])
        done.action_apply(False)
        return {"counted": counted, "counted_done": done}

    def _make_reconciliations(self):
        """Return a row for each thing that can be wrong, with a product of its own."""
        lost, found, gone = (self._make_product(name) for name in ("Lost", "Found", "Gone"))
        for product in (lost, found, gone):
            self._receive(["R1"], product=product)
        self._ship(blanks=1, product=lost)
        self.env["stock.quant"]._update_available_quantity(found, self.stock, 1)
        self.env["stock.quant"]._update_available_quantity(gone, self.stock, -1)
        rows = self.env["serial.reconciliation"]
        return {
            name: rows.search([("product_id", "=", product.id)])
            for name, product in (("uncovered", lost), ("lacking", found), ("surplus", gone))
        }

    def _prepare_windows(self):
        """Return the model and the values of each wizard."""
        records = self.records
        units = {"serial_ids": records["available"].ids}
        gone = records["surplus"].product_id
        corrected = {"move_id": records["receipt"].move_ids.id, "serial_id": records["available"].id}
        scanned = {"serial_id": records["sold"].id, "is_selected": True}
        chosen = {"product_id": gone.id, "company_id": self.company.id, "serial_ids": self._unit("R1", gone).ids}
        return {
            "adopt": ("serial.adopt", {"product_tmpl_id": records["lot"].product_id.product_tmpl_id.id}),
            "correct": (
                "serial.correct",
                {
                    "picking_id": records["receipt"].id,
                    "line_ids": [Command.create(corrected)],
                    "table": base64.b64encode(b"Serial Number,Right Serial Number"),
                    "table_name": "table.csv",
                },
            ),
            "import": (
                "base_import.import",
                {"res_model": "serial.number", "file": b"name", "file_name": "a.csv", "file_type": "text/csv"},
            ),
            "label_layout": ("serial.label.layout", units),
            "privacy": ("serial.privacy", {"partner_id": self.end_user.id}),
            "recall_add": ("serial.recall.add", {"recall_id": records["recall"].id, "names": "H1"}),
            "recall_close": ("serial.recall.close", {"recall_id": records["recall"].id}),
            "recall_email": ("serial.recall.email", {"recall_id": records["recall"].id}),
            "reconcile": ("serial.reconcile", {"purpose": "surplus", "reason": "Why", **chosen}),
            "register": ("serial.register", {"serial_ids": records["sold"].ids, "end_user_id": self.customer.id}),
            "report": ("serial.report", {"product_ids": self.product.ids}),
            "return": ("serial.return", {"line_ids": [Command.create(scanned)]}),
            "scan": ("serial.return", {"text": "S1"}),
            "setup": ("serial.setup", {"product_ids": self.product.ids}),
            "status_change": ("serial.status.change", {**units, "action": "hold", "reason": "Why"}),
        }

    def _prepare_entries(self):
        """Return the same of the entry windows."""
        entries = {"entry_empty": ("serial.entry", {"button": "keep"})}
        for name, field, source in (
            ("entry", "move_id", self.records["move"]),
            ("entry_return", "move_id", self.records["return_move"]),
            ("entry_count", "quant_id", self.records["count"]),
            ("entry_scrap", "scrap_id", self.records["scrap"]),
            ("entry_invoice", "invoice_line_id", self.records["invoice_line"]),
            ("entry_purchase", "purchase_line_id", self.records["purchase_line"]),
            ("entry_sale", "sale_line_id", self.records["sale_line"]),
        ):
            line = Command.create({field: source.id, "blanks": True})
            entries[name] = ("serial.entry", {"button": "keep", "line_ids": [line]})
        return entries

    def _open_window(self, name, user, sudo=True):
        """Return a user's window, or its lines; who may not create one, or see its document, gets one all the same.

        :param bool sudo: whether it is given to the user, who otherwise opens it
        """
        kind = name.replace("_line", "")
        model, vals = self.windows[kind]
        window = self.env[model].with_user(user).sudo(sudo).create(vals)
        return window if kind == name else window.sudo().line_ids

    def _get_record(self, name, user, sudo=True):
        """Return the record of a row of CALLS, as another request than the one that made it."""
        record = self.records.get(name)
        if name in JOBS:
            record = self.env["serial.job"].with_user(user).sudo().create(JOBS[name])
        elif name == "numbering":
            vals = {"product_id": self.product.id, "company_id": self.company.id, "status": "received"}
            record = self.env["serial.numbering"].with_user(user).sudo().create(vals)
        elif record is None:
            record = self._open_window(name, user, sudo)
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_user(user)

    def _prepare_arguments(self, record, method, more=()):
        """Return what a method cannot be called without."""
        given = ARGUMENTS | {"transfers": [{"id": record.id, "names": ["N1"], "blanks": True}], **dict(more)}
        links = LINKS.get(f"{record._name}.{method}", {})
        usual = {"res.partner": self.customer.id, "product.product": self.product.id}
        parameters = [*inspect.signature(get_public_method(record, method)).parameters.values()][1:]
        return {
            item.name: usual.get(links.get(item.name)) or given[item.name]
            for item in parameters
            if item.default is item.empty
        }

    def _call_method(self, record, method, arguments):
        """Call a method as another system does: by ids, unless it is the model's."""
        ids = [] if hasattr(getattr(type(record), method), "_api_model") else [record.ids]
        return call_kw(record.browse(), method, ids, arguments)
