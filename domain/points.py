"""Points: adjustments of what a customer has of a points type, and the balance that they leave (SPEC 6.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.ids import PartyId, PointsEntryId, PointsTypeId
from domain.lifecycle import CustomerAction, Standing, check
from domain.points_types import PointsType
from domain.refusals import (
    InactivePointsType,
    InvalidValue,
    MergedAway,
    NotEnoughPoints,
    Refusal,
    Refused,
    UnknownPointsType,
    demand,
)
from domain.texts import filled
from domain.values import Invalid

MOST_POINTS, MOST_REASON = 1_000_000_000, 500
"""The API's whole numbers end at two billion."""


@dataclass(frozen=True)
class Adjustment:
    """What is to be added to a customer's points of a type, by its code; points are taken away by an amount below 0."""

    customer: PartyId
    type: str
    amount: int


@dataclass(frozen=True)
class Held:
    """Where a customer stands, the balances by the codes of their types, how many entries the ledger has, and of one
    who was merged away into whom."""

    standing: Standing
    balances: Mapping[str, int]
    entries: int
    survivor: PartyId | None = None


@dataclass(frozen=True)
class Balance:
    """What a customer has of a type before and after an adjustment."""

    type: PointsTypeId
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An adjustment that was made: its `place` in the customer's ledger, from 1, and the balance that it left."""

    id: PointsEntryId
    customer: PartyId
    place: int
    type: str
    amount: int
    balance: int
    reason: str


def preview(adjustment: Adjustment, held: Held, type: PointsType | None) -> Balance:
    """The balance before and after an adjustment; nothing is done. Raises Refused as `adjust` does."""
    demand(list(wrong(adjustment, held, type)))
    assert type
    before = held.balances.get(type.code, 0)
    return Balance(type.id, before, before + adjustment.amount)


def adjust(adjustment: Adjustment, reason: str, id: PointsEntryId, held: Held, type: PointsType | None) -> Entry:
    """The entry that makes an adjustment. Raises Refused with all that is wrong."""
    refusals = list(wrong(adjustment, held, type))
    try:
        reason = filled(reason, MOST_REASON)
    except Invalid as error:
        refusals.append(InvalidValue(path=("reason",), reason=error.reason))
    demand(refusals)
    return Entry(
        id=id,
        customer=adjustment.customer,
        place=held.entries + 1,
        type=adjustment.type,
        amount=adjustment.amount,
        balance=held.balances.get(adjustment.type, 0) + adjustment.amount,
        reason=reason,
    )


def wrong(adjustment: Adjustment, held: Held, type: PointsType | None) -> Iterator[Refusal]:
    """What stands in the way: the customer's status, the type, the amount.

    The balance is told only to whoever could change it.
    """
    if held.survivor:
        yield MergedAway(path=("customer",), survivor=held.survivor)
        return
    try:
        check(held.standing, CustomerAction.ADJUST_POINTS, "customer")
    except Refused as refused:
        yield from refused.refusals
        return
    if type is None:
        yield UnknownPointsType(path=("pointsType",), code=adjustment.type)
    elif not type.active:
        yield InactivePointsType(path=("pointsType",), type=type.id, name=type.name)
    before = held.balances.get(adjustment.type, 0)
    if adjustment.amount == 0:
        yield InvalidValue(path=("amount",), reason="must not be 0")
    elif before + adjustment.amount < 0:
        yield NotEnoughPoints(path=("amount",), balance=before)
    elif before + adjustment.amount > MOST_POINTS:
        yield InvalidValue(path=("amount",), reason=f"would leave more than {MOST_POINTS:,}")
