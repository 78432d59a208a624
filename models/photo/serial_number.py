"""A unit's photo, taken where its number is entered."""

from odoo import api, fields, models

from . import paper, picture, store


class SerialNumber(models.Model):
    _inherit = "serial.number"

    photo = fields.Image(
        max_width=picture.SIDE,
        max_height=picture.SIDE,
        copy=False,
        help="What the unit looked like when it was last received, shipped or returned with a photo. Earlier photos "
        "are among its files.",
    )

    @api.model
    def _get_line_fields(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_line_fields() | {"photo"}

    def _after_lines(self, names):
        # EXTENDS 'serial.hook.mixin'
        super()._after_lines(names)
        if "photo" in names and self:
            self._tell_photo()

    def _get_picture_marks(self):
        # EXTENDS 'serial.hook.mixin'
        marks = {photo.res_id: photo.checksum or str(photo.id) for photo in store.find_photos(self)}
        return super()._get_picture_marks() | marks

    def _make_pictures(self, side, limit=None):
        # EXTENDS 'serial.hook.mixin'
        return super()._make_pictures(side, limit) | paper.make_pictures(self, side, limit)

    def _tell_photo(self, source=None):
        """Say in the history that these units have another photo, or none any more."""
        with_one = set(store.find_photos(self).mapped("res_id"))
        texts = {True: self.env._("Photo taken"), False: self.env._("Photo removed")}
        events = [
            self._prepare_event_vals("corrected", source=source, note=texts[unit.id in with_one]) for unit in self
        ]
        self._record_rows("corrected", [{} for _unit in self], events)

    def _before_merges(self, others):
        # EXTENDS 'serial.hook.mixin'
        super()._before_merges(others)
        with_one = set(store.find_photos(self).mapped("res_id"))
        pairs = zip(self, others, strict=True)
        store.put_aside(others.browse(other.id for unit, other in pairs if unit.id in with_one))

    # Entry

    @api.model
    def _get_beside_columns(self, product, row):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_beside_columns(product, row) | store.find_columns(self.env, row)

    @api.model
    def _take_beside(self, line, checks, beside, entered=None):
        # EXTENDS 'serial.hook.mixin'
        kept = super()._take_beside(line, checks, beside, entered)
        return kept | {"photo": store.take(entered.entry_id if entered else line, checks, beside)}

    @api.model
    def _keep_beside(self, draft, names):
        # EXTENDS 'serial.hook.mixin'
        return super()._keep_beside(draft, names) | store.find_kept(draft, names)

    @api.model
    def _keep_apart(self, kept):
        # EXTENDS 'serial.hook.mixin'
        return super()._keep_apart(kept) | ({"photo": kept["photo"]} if "photo" in kept else {})

    @api.model
    def _get_entry_state(self, line):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_entry_state(line) | {"asks_photo": line.product_id.sudo().serial_ask_photo or ""}

    @api.model
    def _get_unit_state(self, kept):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_unit_state(kept) | {"photo_id": int(kept.get("photo") or 0)}

    @api.model
    def _check_beside_complete(self, lines):
        # EXTENDS 'serial.hook.mixin'
        super()._check_beside_complete(lines)
        store.check_complete(lines)

    @api.model
    def _before_entry(self, entry):
        # EXTENDS 'serial.hook.mixin'
        super()._before_entry(entry)
        store.hand_over(entry)

    def _give_beside(self, kept, source):
        # EXTENDS 'serial.hook.mixin'
        super()._give_beside(kept, source)
        if kept.get("photo") and (got := store.give(self.sudo(), kept["photo"])):
            got.with_env(self.env)._tell_photo(source)
