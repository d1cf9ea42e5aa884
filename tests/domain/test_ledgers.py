"""SPEC 6.3, 7.2, 7.5: two ledgers become one and are parted again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import PointsEntryId
from domain.ledgers import Ledger, Line, joined, ledger

START = datetime(2026, 1, 1, tzinfo=UTC)


@st.composite
def ledgers(draw: st.DrawFn, name: str) -> Ledger:
    """A ledger whose balances are never below zero, its times in any order, as clocks may be."""
    lines, balances = list[Line](), dict[str, int]()
    for number in range(draw(st.integers(0, 8))):
        type = draw(st.sampled_from(["BONUS", "MILES"]))
        amount = draw(st.integers(-balances.get(type, 0), 20).filter(bool))
        balances[type] = balances.get(type, 0) + amount
        at = START + timedelta(days=draw(st.integers(0, 5)))
        lines.append(Line(PointsEntryId(f"{name}{number}"), type, amount, at))
    return ledger(lines)


@given(ledgers("a"), ledgers("b"))
def test_nothing_is_lost_and_no_balance_is_ever_below_zero(ours: Ledger, theirs: Ledger) -> None:
    both = joined(ours.lines, theirs.lines)
    assert [line.place for line in both.lines] == list(range(1, len(ours.lines) + len(theirs.lines) + 1))
    assert all(line.balance >= 0 for line in both.lines)
    totals = {code: ours.balances.get(code, 0) + theirs.balances.get(code, 0) for code in both.balances}
    assert both.balances == totals
    assert {line.id for line in both.lines} == {line.id for line in (*ours.lines, *theirs.lines)}


@given(ledgers("a"), ledgers("b"))
def test_parted_again_each_is_as_it_was(ours: Ledger, theirs: Ledger) -> None:
    both = joined(ours.lines, theirs.lines)
    parted = [ledger(line for line in both.lines if line.id[0] == name) for name in "ab"]
    assert parted == [ours, theirs]
    assert [list(one.balances.items()) for one in parted] == [list(one.balances.items()) for one in (ours, theirs)]


def test_lines_stand_by_time_and_ours_first_at_the_same_time() -> None:
    def line(id: str, day: int) -> Line:
        return Line(PointsEntryId(id), "BONUS", 1, START + timedelta(days=day))

    both = joined([line("a", 1), line("b", 3)], [line("c", 1), line("d", 2)])
    assert [one.id for one in both.lines] == ["a", "c", "d", "b"]


def test_the_lowest_of_a_type_tells_whether_what_was_spent_is_missing() -> None:
    lines = [Line(PointsEntryId(str(n)), "BONUS", amount, START) for n, amount in enumerate((3, -5, 4))]
    assert ledger(lines).lowest == {"BONUS": -2}
    assert ledger(lines).balances == {"BONUS": 2}
