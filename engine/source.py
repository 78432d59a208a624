"""What a document line answers to those who check and book units on it."""

from dataclasses import dataclass, field
from functools import cached_property

from odoo import models


@dataclass(frozen=True)
class StockTaken:
    """Where the operations of a document line take stock from, where that matters.

    :ivar dict places: ``{Place: count}``
    :ivar targets: the ids of locations and packages that they put it to, in pairs
    :ivar bool may_follow: whether they may take units from where these lie instead
    :ivar bool may_change_owner: whether nobody has said whose stock it is
    """

    places: dict = field(default_factory=dict)
    targets: frozenset = frozenset()
    may_follow: bool = False
    may_change_owner: bool = False


@dataclass(frozen=True)
class Source:
    """A document line as the engine sees it, read once; what only some lines need is read on demand.

    :ivar line: the record of ``serial.entry.mixin``
    :ivar flow: its row of the flow table, or None
    :ivar product: the ``product.product``
    :ivar company: the ``res.company`` whose units it touches
    :ivar partner: the ``res.partner`` whom they go to or come from
    """

    line: models.BaseModel
    flow: object
    product: models.BaseModel
    company: models.BaseModel
    partner: models.BaseModel

    @cached_property
    def document(self):
        """The document's name."""
        return self.line._serial_document()

    @cached_property
    def purchase_line(self):
        """The ``purchase.order.line`` whose announced units it brings."""
        return self.line._serial_purchase_line()

    @cached_property
    def stock(self):
        """The :class:`StockTaken` of its operations."""
        return self.line._get_serial_stock()
