"""Photos of units on paper: small ones, of products that want them."""

import base64

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.image import ImageProcess

from . import store


def make_pictures(units, side, limit=None):
    """Return ``{unit id: picture}`` of units that have a photo, and whose product asks for one: data of an ``img``.

    :param units: ``serial.number`` records
    :param int side: pixels, at most
    :param limit: how many pictures at most; None for all
    """
    wanted = units.sudo().search(
        Domain("id", "in", units.ids) & Domain("product_id.product_tmpl_id.serial_ask_photo", "!=", False)
    )
    by_unit = {photo.res_id: photo for photo in store.find_photos(wanted)}
    pictures = {}
    for unit in units:
        has_room = limit is None or len(pictures) < limit
        if unit.id in by_unit and has_room and (picture := _make_small(by_unit[unit.id], side)):
            pictures[unit.id] = picture
    return pictures


def _make_small(photo, side):
    """Return the picture in an attachment, small enough; nothing where none is in it: it may be of another addon."""
    try:
        process = ImageProcess(photo.raw)
        if not process.image:
            return ""
        raw = process.resize(side, side).image_quality(quality=85, output_format="JPEG")
    except (UserError, OSError, ValueError):
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(raw).decode()}"
