"""SPEC 6.3: adjustments of points, and the balances that they leave."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import PartyId, PointsEntryId
from domain.lifecycle import CustomerAction, Standing, available
from domain.parties import CustomerStatus
from domain.points import MOST_POINTS, Adjustment, Balance, Entry, Held, adjust, preview
from domain.points_types import define
from domain.refusals import (
    ActionNotAvailable,
    InactivePointsType,
    InvalidValue,
    NotEnoughPoints,
    Refusal,
    Refused,
    UnknownPointsType,
)
from tests.domain.test_lifecycle import TABLE

BONUS, MILES = define("BONUS", "Bonus", None), define("MILES", "Miles", None)
TYPES = {"BONUS": BONUS, "MILES": MILES}
ANN, ONE = PartyId("ann"), PointsEntryId("one")
HELD = Held(Standing(CustomerStatus.ACTIVE), {"BONUS": 10, "MILES": 3}, 4)


def refusals(adjustment: Adjustment, held: Held = HELD, reason: str = "a gift") -> Sequence[Refusal]:
    """What is refused of an adjustment, of which a preview refuses the same but for the reason."""
    with pytest.raises(Refused) as refused:
        adjust(adjustment, reason, ONE, held, TYPES.get(adjustment.type))
    return refused.value.refusals


def test_an_adjustment_is_an_entry_at_the_end_of_the_ledger() -> None:
    assert adjust(Adjustment(ANN, "BONUS", -10), " a gift ", ONE, HELD, BONUS) == Entry(
        id=ONE, customer=ANN, place=5, type="BONUS", amount=-10, balance=0, reason="a gift"
    )


def test_a_preview_tells_the_balance_before_and_after() -> None:
    assert preview(Adjustment(ANN, "MILES", 4), HELD, MILES) == Balance(MILES.id, 3, 7)
    assert preview(Adjustment(ANN, "MILES", 4), replace(HELD, balances={}), MILES) == Balance(MILES.id, 0, 4)


def test_a_balance_never_comes_below_zero() -> None:
    assert refusals(Adjustment(ANN, "MILES", -4)) == (NotEnoughPoints(path=("amount",), balance=3),)
    assert refusals(Adjustment(ANN, "MILES", -1), replace(HELD, balances={})) == (
        NotEnoughPoints(path=("amount",), balance=0),
    )


def test_an_amount_is_something_and_leaves_no_more_than_can_be_told() -> None:
    assert refusals(Adjustment(ANN, "BONUS", 0)) == (InvalidValue(path=("amount",), reason="must not be 0"),)
    most = Adjustment(ANN, "BONUS", MOST_POINTS - 10)
    assert preview(most, HELD, BONUS).after == MOST_POINTS
    assert refusals(replace(most, amount=MOST_POINTS - 9)) == (
        InvalidValue(path=("amount",), reason="would leave more than 1,000,000,000"),
    )


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert refusals(Adjustment(ANN, "NONE", 0), reason="") == (
        UnknownPointsType(path=("pointsType",), code="NONE"),
        InvalidValue(path=("amount",), reason="must not be 0"),
        InvalidValue(path=("reason",), reason="must not be empty"),
    )
    for reason in ("x" * 501, "a\x00b"):
        (refusal,) = refusals(Adjustment(ANN, "BONUS", 1), reason=reason)
        assert refusal.path == ("reason",)


def test_an_inactive_type_takes_no_adjustment() -> None:
    for amount in (1, -1):
        with pytest.raises(Refused) as refused:
            preview(Adjustment(ANN, "BONUS", amount), HELD, replace(BONUS, active=False))
        assert refused.value.refusals == (InactivePointsType(path=("pointsType",), type=BONUS.id, name="Bonus"),)


@pytest.mark.parametrize("standing", TABLE, ids=str)
def test_points_are_adjusted_in_the_statuses_that_the_table_has(standing: Standing) -> None:
    """6.1, 6.2: none are gained by those who are unenrolled or deactivated."""
    held = replace(HELD, standing=standing)
    if CustomerAction.ADJUST_POINTS in available(standing):
        assert preview(Adjustment(ANN, "BONUS", 1), held, BONUS).after == 11
    else:
        (refusal,) = refusals(Adjustment(ANN, "BONUS", -11), held)
        assert isinstance(refusal, ActionNotAvailable)
        assert (refusal.path, refusal.action) == (("customer",), "ADJUST_POINTS")


@given(st.lists(st.tuples(st.sampled_from(["BONUS", "MILES"]), st.integers(-20, 20) | st.just(MOST_POINTS))))
def test_whatever_is_tried_the_balances_are_the_sums_of_the_ledger_and_none_is_below_zero(
    tried: list[tuple[str, int]],
) -> None:
    held, ledger = replace(HELD, balances={}, entries=0), list[Entry]()
    for type, amount in tried:
        adjustment, before = Adjustment(ANN, type, amount), held.balances.get(type, 0)
        try:
            entry = adjust(adjustment, "a gift", ONE, held, TYPES[type])
        except Refused:
            assert amount == 0 or not 0 <= before + amount <= MOST_POINTS
            continue
        assert preview(adjustment, held, TYPES[type]) == Balance(TYPES[type].id, before, entry.balance)
        ledger.append(entry)
        held = replace(held, balances={**held.balances, type: entry.balance}, entries=entry.place)
    totals = Counter[str]()
    for place, entry in enumerate(ledger, 1):
        totals[entry.type] += entry.amount
        assert (entry.place, entry.balance) == (place, totals[entry.type])
    assert dict(totals) == held.balances
    assert all(balance >= 0 for balance in held.balances.values())
