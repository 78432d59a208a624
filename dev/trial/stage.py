"""What takes the pictures of the manual: a browser and papers of the demonstration data."""

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from environment.folders import ROOT

from .tasks import Desk, expect

PICTURES = ROOT / "docs" / "pictures"
WIDTH = 1024  # of a picture, in pixels
DPI = 118  # of papers

SCENES = []


def scene(act):
    """Register a function that shows something and takes pictures of it; it begins where the one before it ended."""
    SCENES.append(act)
    return act


class Stage(Desk):
    """A browser on the demonstration data whose pictures are kept.

    :param database: the database's name
    :ivar http: the session of the manager, to fetch papers with
    """

    def __init__(self, browser, session, database):
        super().__init__(browser, session)
        self.http, self.url, self.database = session.http, session.url, database

    def take(self, name):
        """Keep what is seen as a picture of the manual."""
        self.browser.rest(1)
        with tempfile.NamedTemporaryFile(suffix=".png") as shot:
            self.browser.take_picture(Path(shot.name))
            with Image.open(shot.name) as picture:
                self._keep(name, picture)

    def take_paper(self, name, report, ids, height):
        """Keep the upper part of a paper's first page.

        :param int height: in pixels
        """
        answer = self.http.get(f"{self.url}/report/pdf/{report}/{','.join(map(str, ids))}", timeout=120)
        answer.raise_for_status()
        page = pypdfium2.PdfDocument(answer.content)[0]
        self._keep(name, page.render(scale=DPI / 72).to_pil(), height)

    def _keep(self, name, picture, height=None):
        picture = picture.convert("RGB")
        if picture.width > WIDTH:
            picture.thumbnail((WIDTH, picture.height), Image.Resampling.LANCZOS)
        if height:
            picture = picture.crop((0, 0, picture.width, height))
        picture.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)
        print(f"docs/pictures/{name}.png", flush=True)

    def receive(self, *parts):
        """Receive units of products, pairs of a product and its numbers, from the vendor of the demonstration data."""
        picking_type = self.ref("stock.picking_type_in")
        places = {
            "location_id": self.ref("stock.stock_location_suppliers"),
            "location_dest_id": self.ref("stock.stock_location_stock"),
        }
        moves = [[0, 0, {"product_id": product, "product_uom_qty": len(names), **places}] for product, names in parts]
        vals = {"picking_type_id": picking_type, "partner_id": self.ref("partner_vendor_demo"), "move_ids": moves}
        (picking,) = self.call("stock.picking", "create", [{**vals, **places}])
        self.call("stock.picking", "action_confirm", [picking])
        lines = self.find("stock.move", [("picking_id", "=", picking)], "product_id")
        lines = [{"move_id": line["id"], "names": dict(parts)[line["product_id"][0]]} for line in lines]
        (answer,) = self.call("stock.picking", "process_serials", [{"id": picking, "lines": lines}])
        expect(answer["ok"], answer["message"])

    def make_product(self, name, **vals):
        """Return a product that is followed, with 24 months of warranty."""
        vals = {"name": name, "is_storable": True, "is_serialized": True, "warranty_months": 24, **vals}
        return self.call("product.product", "create", [vals])[0]

    def find_picking(self, order):
        """Return the transfer of an order of the demonstration data."""
        model = "purchase.order" if order.startswith("purchase") else "sale.order"
        return self.find(model, [("id", "=", self.ref(order))], "picking_ids")[0]["picking_ids"][0]

    def find_unit(self, name):
        """Return the id of a unit."""
        return self.find("serial.number", [("name", "=", name)], "id")[0]["id"]


def scan(browser, *names):
    """Scan, and wait until what was scanned is answered."""
    for name in names:
        browser.scan(name)
        browser.wait(".o_serial_answer", name)
