"""SPEC 7.2: what becomes of the relationships of two who become one."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.collapsing import Fates, MergeOutcome, Reason, fates, union
from domain.ids import PartyId, RelationshipId
from domain.partial_dates import Period
from domain.relationship_types import Category
from domain.relationships import Relationship
from domain.winners import MergeSide
from domain.within import Membership, Places, Within
from tests.domain import ties
from tests.domain.ties import ACCOUNT, CONSUMER, period, type_of

A, B, X, Y = (PartyId(f"consumer_{name}") for name in "abxy")
HOME = PartyId("household_h")
TODAY = date(2026, 6, 1)
OTHER = type_of("OTHER", Category.LOOSE, (CONSUMER, ACCOUNT), (CONSUMER, ACCOUNT), symmetric=True)
SUBSIDIARY = type_of("SUBSIDIARY", Category.LOOSE, (CONSUMER,), (CONSUMER,))
WITHIN = type_of("HOUSEHOLD_REPRESENTATIVE", Category.REPRESENTATION, (CONSUMER,), (CONSUMER,), within_household=True)
TYPES = {type.code: type for type in (*ties.TYPES, OTHER, SUBSIDIARY, WITHIN)}
MOVED, COLLAPSED, APART, DROPPED, CHANGED = MergeOutcome


def tie(id: str, source: PartyId, target: PartyId, type: str = "FRIEND", **more: Any) -> Relationship:
    """A relationship; `start` and `end` are its dates."""
    dates = period(more.pop("start", None), more.pop("end", None))
    return Relationship(id=RelationshipId(id), type=type, source=source, target=target, period=dates, **more)


def become(theirs: list[Relationship], ours: list[Relationship], **more: Any) -> Fates:
    """What becomes of B's relationships beside A's."""
    winners, places = more.get("winners", {}), more.get("places", Places(TODAY))
    return fates(theirs, ours, A, B, TYPES, winners, places)


def told(found: Fates) -> dict[str, tuple[MergeOutcome, str | None]]:
    """The outcome of each, and into which it goes."""
    return {fate.before.id: (fate.outcome, fate.into) for fate in found.fates}


def test_one_that_the_survivor_has_not_is_moved_whichever_end_it_is() -> None:
    found = become([tie("1", B, X, "OTHER"), tie("2", X, B)], [tie("3", A, Y)])
    assert told(found) == {"1": (MOVED, None), "2": (MOVED, None)}
    assert [(after.source, after.target) for _, after in found.moved] == [(A, X), (X, A)]
    assert found.changed == ()


def test_one_between_the_two_is_dropped() -> None:
    found = become([tie("1", A, B, "SPOUSE"), tie("2", B, A, "PARENT", properties={"pedigree": "BIRTH"})], [])
    assert told(found) == {"1": (DROPPED, None), "2": (DROPPED, None)}
    assert {fate.reason for fate in found.fates} == {Reason.ITSELF}


def test_periods_that_meet_become_one_and_others_are_kept_apart() -> None:
    ours = [tie("1", A, X, start="2000-01-01", end="2005-01-01")]
    theirs = [
        tie("2", B, X, start="2004-01-01", end="2008-01-01"),
        tie("3", X, B, start="2008-01-01"),
        tie("4", B, X, start="1990-01-01", end="1995-01-01"),
        tie("5", B, X, "OTHER", start="2004-01-01"),
    ]
    found = become(theirs, ours)
    assert told(found) == {"2": (COLLAPSED, "1"), "3": (APART, None), "4": (APART, None), "5": (MOVED, None)}
    ((before, after),) = found.changed
    assert (before, after.period) == (ours[0], period("2000-01-01", "2008-01-01"))


def test_a_directed_one_the_other_way_round_is_another() -> None:
    found = become([tie("2", X, B, "SUBSIDIARY")], [tie("1", A, X, "SUBSIDIARY")])
    assert told(found) == {"2": (MOVED, None)}


def test_two_of_the_survivors_that_one_meets_become_one() -> None:
    ours = [tie("1", A, X, start="2000-01-01", end="2002-01-01"), tie("2", A, X, start="2004-01-01")]
    found = become([tie("3", B, X, start="2001-01-01", end="2005-01-01")], ours)
    assert told(found) == {"2": (COLLAPSED, "1"), "3": (COLLAPSED, "1")}
    assert [after.period for _, after in found.changed] == [period("2000-01-01", None)]


def test_one_that_never_held_meets_none() -> None:
    found = become([tie("2", B, X, start="2001-01-01", end="2001-01-01")], [tie("1", A, X)])
    assert told(found) == {"2": (APART, None)}


def test_what_differs_gets_a_winner() -> None:
    ours = tie("1", A, X, "PARENT", note="ours", properties={"pedigree": "BIRTH"})
    theirs = tie("2", B, X, "PARENT", note="theirs", properties={"pedigree": "STEP", "since": 0})
    ((_, after),) = become([theirs], [ours]).changed
    assert (after.note, after.properties) == ("ours", {"pedigree": "BIRTH", "since": 0})
    chosen = {"1.note": MergeSide.MERGED, "1.properties.pedigree": MergeSide.MERGED}
    found = become([theirs], [ours], winners=chosen)
    ((_, after),) = found.changed
    assert (after.note, after.properties) == ("theirs", {"pedigree": "STEP", "since": 0})
    assert [field.name for field in found.fields] == ["1.note", "1.properties.pedigree", "1.properties.since"]


def place(id: str, member: PartyId, home: PartyId = HOME, **more: Any) -> Relationship:
    """A place in a household."""
    return tie(id, member, home, "HOUSEHOLD_MEMBER", **more)


def test_the_survivors_primary_household_stays() -> None:
    other = PartyId("household_o")
    ours, theirs = place("1", A, primary=True), place("2", B, other, primary=True)
    ((_, after),) = become([theirs], [ours]).moved
    assert after.primary is False
    ((_, after),) = become([theirs], []).moved
    assert after.primary is True
    past = place("1", A, primary=True, end="2020-01-01")
    ((_, after),) = become([replace(theirs, period=period("2020-01-01", None))], [past]).moved
    assert after.primary is True


def test_a_primary_place_that_becomes_longer_gives_way_to_todays() -> None:
    other = PartyId("household_o")
    then, now = place("1", A, primary=True, end="2010-01-01"), place("2", A, other, primary=True, start="2010-01-01")
    found = become([place("3", B, start="2005-01-01")], [then, now])
    assert [(after.id, after.primary) for _, after in found.changed] == [("1", False)]


def test_who_was_head_is_so_in_what_two_places_become_unless_chosen_otherwise() -> None:
    ours, theirs = place("1", A), place("2", B, head=True)
    ((_, after),) = become([theirs], [ours]).changed
    assert after.head is True
    assert become([theirs], [ours], winners={"1.head": MergeSide.SURVIVOR}).changed == ()


def test_what_is_made_within_a_household_holds_while_both_are_members_and_goes_once_one_has_left() -> None:
    def row(id: str, member: PartyId, end: str | None = None) -> Membership:
        return Membership(RelationshipId(id), member, HOME, period("2000-01-01", end))

    within = Within(HOME, date(2001, 1, 1), None)
    theirs = tie("1", B, X, "HOUSEHOLD_REPRESENTATIVE", start="2001-01-01", within=within)
    stays = Places(TODAY, [row("b", B), row("x", X, "2030-01-01")])
    ((_, after),) = become([theirs], [], places=stays).moved
    assert after.within == Within(HOME, date(2001, 1, 1), date(2030, 1, 1))
    gone = Places(TODAY, [row("b", B), row("x", X, "2020-01-01")])
    assert told(become([theirs], [], places=gone)) == {"1": (DROPPED, None)}


DAYS = st.integers(0, 60)


@st.composite
def rows(draw: st.DrawFn, near: PartyId, name: str) -> list[Relationship]:
    """Relationships of one type between one party and another, no two on the same day."""
    bounds = sorted(draw(st.lists(DAYS, max_size=8, unique=True)))
    found = []
    for number, (first, until) in enumerate(zip(bounds[::2], bounds[1::2], strict=False)):
        start, end = (date.fromordinal(date(2020, 1, 1).toordinal() + day).isoformat() for day in (first, until))
        found.append(tie(f"{name}{number}", near, X, start=start, end=end))
    return found


def days(found: list[Relationship]) -> set[int]:
    """The days on which any of them holds."""
    return {day for one in found for day in range(*map(int, one.period.widest))}


@given(rows(A, "a"), rows(B, "b"))
def test_no_day_is_lost_or_won_and_no_two_hold_on_the_same(
    ours: list[Relationship], theirs: list[Relationship]
) -> None:
    found = become(theirs, ours)
    changed = {after.id: after for _, after in found.changed}
    gone = {one.id for one in found.gone}
    after = [changed.get(one.id, one) for one in ours if one.id not in gone] + [new for _, new in found.moved]
    assert days(after) == days([*ours, *theirs])
    assert sum(len(days([one])) for one in after) == len(days(after))
    assert {one.before.id for one in found.fates} >= {one.id for one in theirs}
    into = {fate.into for fate in found.fates if fate.into}
    assert into <= {one.id for one in after}
    assert all((one.source, one.target) == (A, X) for one in after)


@given(*[st.tuples(st.none() | DAYS, st.none() | DAYS)] * 2)
def test_a_union_begins_with_the_earlier_and_ends_with_the_later(one: tuple[Any, Any], other: tuple[Any, Any]) -> None:
    def dated(bounds: tuple[int | None, int | None]) -> Period:
        start, end = (None if day is None else date.fromordinal(737_000 + day).isoformat() for day in bounds)
        return period(start, end)

    both, each = union(dated(one), dated(other)), [dated(one), dated(other)]
    assert both.widest == (min(p.widest[0] for p in each), max(p.widest[1] for p in each))
    assert union(dated(other), dated(one)) == both


def test_a_union_of_imprecise_periods_keeps_the_widest() -> None:
    assert union(period("1823~", "1850"), period("1823", "../1900")) == period("1823", "../1900")
