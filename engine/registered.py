"""Selection fields whose choices are registered by methods, so that each database has its own."""

from odoo import fields


class RegisteredSelection(fields.Selection):
    """A selection of statuses or kinds of events, as ``serial.number`` lists them in this database.

    :param listed: the method of ``serial.number`` that lists them
    :param only: tells of one of them whether it is a choice here (default: all are)
    :param before: choices that come before them
    """

    type = "selection"
    listed = "_serial_statuses"
    only = None
    before = ()
    modules = None
    # Never shared by the databases of a process, as a field of a single class is otherwise.
    _direct = property(lambda self: False, lambda self, value: None)

    def setup_nonrelated(self, model):
        """Take the choices from the model that lists them."""
        # EXTENDS 'base'
        listed = getattr(model.env["serial.number"], self.listed)()
        choices = [choice for choice in listed if self.only is None or self.only(choice)]
        self.modules = {choice.code: getattr(choice.label, "_module", self._module) for choice in choices}
        self.modules |= {code: self._module for code, _label in self.before}
        self._selection = dict(self.before) | {
            choice.code: getattr(choice.label, "_source", choice.label)  # in English, as fields keep it
            for choice in choices
            if choice.code not in dict(self.before)
        }
        self.selection = list(self._selection.items())
        self.ondelete = {choice.code: self._make_way(choice) for choice in choices}
        super().setup_nonrelated(model)

    def _make_way(self, choice):
        """Return what becomes of units when the addon that brought a status is uninstalled: they are released."""
        target = getattr(choice, "released_to", "")
        if self.model_name != "serial.number" or not target or self.modules[choice.code] == self._module:
            return None
        return lambda units: units.sudo()._record_change(
            "corrected", {"status": target}, units._prepare_event_vals("corrected")
        )

    def _selection_modules(self, model):
        # EXTENDS 'base'
        return {code: {module} for code, module in self.modules.items()}
