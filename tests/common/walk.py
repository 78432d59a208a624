"""Random walks: what may happen to one product, in any order, with what must hold after each step."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from odoo.exceptions import UserError

from .length import shorten

# Which of the records there are: Odoo's reservations look at the clock, so their number may differ in a second run.
picks = st.integers(min_value=0, max_value=1000)


class Walk(RuleBasedStateMachine):
    """Rules and invariants of a walk are those of its class; what it did is undone at its end.

    ``case`` is the test that lends its verbs.
    """

    case = None

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint()
        self.savepoint.__enter__()

    def teardown(self):
        self.savepoint.rollback()
        self.case.env.invalidate_all(flush=False)

    def _try(self, act):
        """Do what may be refused; a refusal leaves everything as it was."""
        try:
            with self.case.env.cr.savepoint():
                act()
        except UserError:
            self.case.env.invalidate_all(flush=False)

    @classmethod
    def run(cls, case, walks, steps, is_shortened=True):
        """Walk, always the same ways.

        :param case: the test
        :param int walks: how often, with ``dev/test --long``
        :param int steps: how many steps each at most
        :param bool is_shortened: whether fewer are walked otherwise
        """
        run_state_machine_as_test(
            type(f"{cls.__name__}OfCase", (cls,), {"case": case}),
            settings=settings(
                max_examples=shorten(walks) if is_shortened else walks,
                stateful_step_count=steps,
                phases=(Phase.generate,),  # shrinking a failure would take an hour of moves
                suppress_health_check=list(HealthCheck),
            ),
        )


class KeepingWalk(Walk):
    """A walk in which units are put on hold, voided and promised, and let go again."""

    @rule(pick=picks, action=st.sampled_from(["hold", "release", "void", "restore", "designate"]))
    def change(self, pick, action):
        units = self.case._units()
        if units:
            unit = units[pick % len(units)]
            arguments = {"hold": ["why"], "void": ["why"], "designate": [self.case.customer]}.get(action, [])
            self._try(lambda: getattr(unit, f"action_{action}")(*arguments))

    def _correct(self, document, typed, take_off):
        """Correct a done document: its first units were others, and its last one did not move."""
        action = document.sudo().action_correct_serials()
        lines = self.case.env["serial.correct"].sudo().browse(action["res_id"]).line_ids
        for line, name in zip(lines, typed, strict=False):
            line.name = name
        lines[-1:].not_moved = take_off
        lines.correct_id.action_apply()
