"""Units that carry other numbers beside their serial numbers."""

from .base import SerialCommon

IMEI, SECOND, THIRD = "356938035643809", "490154203237518", "354178036859789"
MAC = "00:1A:2B:3C:4D:5E"


class IdentityCommon(SerialCommon):
    """One unit in stock, with an IMEI and a MAC address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds = {
            code: cls.env.ref(f"serial_number_tracking.serial_identity_kind_{code}")
            for code in ("imei", "mac", "maker", "asset")
        }

    def _identify(self, unit, user=None, **numbers):
        """Give a unit an identity of each kind that is named."""
        identities = self.env["serial.identity"].with_user(user or self.clerk)
        return identities.create(
            [{"serial_id": unit.id, "kind_id": self.kinds[code].id, "name": text} for code, text in numbers.items()]
        )

    def _make_unit(self, name="N1", user=None, **numbers):
        """Receive a unit and give it identities; return it as the clerk sees it."""
        self._receive([name])
        unit = self._unit(name).with_user(self.clerk)
        self._identify(unit, user, **numbers)
        return unit
