"""SPEC 3.1, 4.2: when relationships made within a household hold, and when they are over; day by day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.leaving import memberships, settlement, taken_by
from domain.partial_dates import Period
from domain.refusals import InvalidValue, NotFound, NotInOneHousehold, Refusal, Refused, WrongKind
from domain.relating import plan_end, plan_relate, plan_update
from domain.relationship_types import Category
from domain.relationships import NewRelationship, Relationship
from domain.within import Membership, Places, Stay, Within, first_day, stays
from tests.domain.plans import ADA, BOB, CLEO, ENGINES, EVE, EVERYBODY, KINGDOM, KINGS, NEW
from tests.domain.ties import HOUSEHOLD, MEMBER, PEOPLE, TYPES, known, party, period, tie, tie_id, type_of

FIRST = date(2026, 1, 1)
GUIDE = type_of("GUIDE", Category.LOOSE, PEOPLE, PEOPLE, within_household=True)
MANSE = party(HOUSEHOLD, 2)
DAYS = range(-1, 12)
bounds = st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)).filter(
    lambda b: b[0] is None or b[1] is None or b[0] <= b[1]
)
rows = st.lists(bounds, max_size=4)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def between(start: int | None, end: int | None) -> Period:
    """A period between two days by their numbers."""
    return period(None if start is None else day(start).isoformat(), None if end is None else day(end).isoformat())


def places(today: int, **members: Sequence[tuple[int | None, int | None]]) -> Places:
    """Rows of Ada's and Bob's memberships in the house of the Kings."""
    ends = {"ada": ADA, "bob": BOB, "cleo": CLEO}
    found = [(ends[who], between(*row)) for who, some in members.items() for row in some]
    return Places(day(today), [Membership(tie_id(n), who, KINGS, row) for n, (who, row) in enumerate(found)])


def is_member(some: Sequence[tuple[int | None, int | None]], on: int) -> bool:
    """Whether a row holds on a day."""
    return any((a is None or a <= on) and (b is None or on < b) for a, b in some)


@settings(max_examples=300)
@given(rows)
def test_stays_are_the_days_of_all_rows_without_a_break(some: list[tuple[int | None, int | None]]) -> None:
    """4.1, 4.2: rows that touch, or lie over one another, are one stay."""
    found = stays([between(*row) for row in some])
    assert [any(stay.first <= day(n) < stay.until for stay in found) for n in DAYS] == [
        is_member(some, n) for n in DAYS
    ]
    assert all(one.until < other.first for one, other in pairwise(found))
    assert found == sorted(found)
    assert all(stay.first < stay.until for stay in found)


def test_rows_that_touch_are_one_stay() -> None:
    """4.1: a role changed closes a row and opens another on the same day."""
    assert stays([between(5, None), between(0, 5)]) == [Stay(day(0), date.max)]
    assert stays([between(5, 5), between(None, 4)]) == [Stay(date.min, day(4))]


@settings(max_examples=500)
@given(rows, rows, st.integers(0, 9), st.integers(0, 9))
def test_a_relationship_holds_while_both_stay_where_it_was_made(
    ada: list[tuple[int | None, int | None]], bob: list[tuple[int | None, int | None]], first: int, today: int
) -> None:
    """4.2, read plainly: from its first day on, day after day, until an end is no member; over once today is such."""
    found = places(today, ada=ada, bob=bob).within(KINGS, (ADA, BOB), day(first))
    if is_member(ada, first) and is_member(bob, first):
        until = next((n for n in range(first, 11) if not (is_member(ada, n) and is_member(bob, n))), None)
        there = until is None or until > today
        assert found == (Within(KINGS, day(first), None if until is None else day(until)) if there else None)
    elif found:
        start = (found.first - FIRST).days
        assert first < start <= max(first, today)
        assert all(is_member(ada, n) and is_member(bob, n) for n in range(start, max(first, today) + 1))
        assert found.until is None or found.until > day(today)


@settings(max_examples=300)
@given(rows, rows, st.integers(0, 9), st.integers(0, 9))
def test_what_is_not_over_holds_on_the_same_days_on_every_day(
    ada: list[tuple[int | None, int | None]], bob: list[tuple[int | None, int | None]], first: int, today: int
) -> None:
    """9.6: so that a report can tell, whenever it looks."""
    found = places(today, ada=ada, bob=bob)
    now = found.within(KINGS, (ADA, BOB), day(first))
    assert now in (None, found.days(KINGS, (ADA, BOB), day(first)))


@pytest.mark.parametrize(
    ("ada", "bob", "first", "today", "found"),
    [
        ([(0, None)], [(0, None)], 3, 5, (3, None)),
        ([(0, None)], [(0, 8)], 3, 5, (3, 8)),
        ([(0, 6)], [(0, 8)], 3, 5, (3, 6)),
        ([(0, 5)], [(0, None)], 3, 5, None),
        ([(0, 6)], [(0, None)], 3, 5, (3, 6)),
        ([(0, 6), (6, 9)], [(0, None)], 3, 5, (3, 9)),
        ([(0, 6), (7, 9)], [(0, None)], 3, 5, (3, 6)),
        ([(0, 4), (5, 9)], [(0, None)], 3, 5, None),
        ([(4, None)], [(0, None)], 3, 5, (4, None)),
        ([(6, None)], [(0, None)], 3, 5, None),
        ([(6, None)], [(0, None)], 7, 5, (7, None)),
        ([(6, 7)], [(0, None)], 7, 5, None),
        ([(0, None)], [], 3, 5, None),
    ],
)
def test_a_relationship_has_its_days(
    ada: list[tuple[int, int | None]],
    bob: list[tuple[int, int | None]],
    first: int,
    today: int,
    found: tuple[int, int | None] | None,
) -> None:
    """4.2"""
    within = places(today, ada=ada, bob=bob).within(KINGS, (ADA, BOB), day(first))
    assert (within and ((within.first - FIRST).days, within.until and (within.until - FIRST).days)) == found


@pytest.mark.parametrize(
    ("own", "until", "last"),
    [(None, None, None), (5, None, 5), (None, 6, 6), (5, 6, 5), (7, 6, 6)],
)
def test_its_own_end_counts_where_it_is_earlier(own: int | None, until: int | None, last: int | None) -> None:
    """4.2"""
    within = Within(KINGS, FIRST, None if until is None else day(until))
    assert within.last_day(between(0, own)) == (None if last is None else day(last))


def test_without_a_start_the_first_day_is_that_on_which_it_is_made() -> None:
    """3.1"""
    assert first_day(between(None, 3), day(5)) == first_day(period("../2020"), day(5)) == day(5)
    assert first_day(period("2020"), day(5)) == date(2020, 1, 1)


def guide(number: int, first: int, until: int | None = None, target: object = BOB, **more: object) -> Relationship:
    """Ada guides somebody in the house of the Kings."""
    within = Within(KINGS, day(first), None if until is None else day(until))
    made = tie(number, GUIDE, ADA, BOB, day(first).isoformat(), within=within)
    return replace(made, target=target, **more)  # type: ignore[arg-type]


def test_what_is_over_goes_and_what_holds_on_other_days_gets_them() -> None:
    """4.2: no version counts what no field of it says."""
    one, two, three = guide(1, 3), guide(2, 3, 8, CLEO), guide(3, 9)
    found = settlement([one, two, three], places(5, ada=[(0, 8)], bob=[(0, 7)], cleo=[(0, None)]))
    assert found.over == (three,)
    assert found.moved == (replace(one, within=Within(KINGS, day(3), day(7))),)


def test_a_plan_tells_what_a_leaving_takes_and_not_what_another_takes_before() -> None:
    """4.2"""
    one, two, three = guide(1, 3), guide(2, 3, 6, CLEO), guide(3, 9)
    after = places(5, ada=[(0, 8)], bob=[(0, None)], cleo=[(0, 6)])
    assert taken_by([one, two, three], after, day(8)) == (one, three)
    assert taken_by([one, two, three], places(5, ada=[(0, 5)], bob=[(0, None)], cleo=[(0, 6)]), day(5)) == (
        one,
        two,
        three,
    )


def test_only_consumers_in_households_are_members_that_count() -> None:
    """4.2, 4.4: whoever serves a household, and who is in a group, has no place to lose."""
    ties = [tie(1, MEMBER, ADA, KINGS), tie(2, MEMBER, EVE, KINGS), tie(3, MEMBER, ADA, KINGDOM)]
    assert memberships(ties) == [(ADA, KINGS)]


def wrong(beside: Places, **more: object) -> list[Refusal]:
    """What is wrong with Ada guiding Bob."""
    given = replace(NewRelationship(type="GUIDE", source=ADA, target=BOB, household=KINGS), **more)  # type: ignore[arg-type]
    there = replace(known(*EVERYBODY, MANSE), types={type.code: type for type in (*TYPES, GUIDE)}, places=beside)
    try:
        plan_relate([given], NEW[:1], there)
    except Refused as refused:
        return list(refused.refusals)
    return []


def test_a_household_is_named_where_the_type_asks_for_one_and_only_there() -> None:
    """3.1, 3.5"""
    beside, place = places(5, ada=[(0, None)], bob=[(2, None)]), ("0", "household")
    assert wrong(beside) == []
    assert wrong(beside, household=None) == [InvalidValue(path=place, reason="is needed by this type")]
    assert wrong(beside, type="FRIEND") == [InvalidValue(path=place, reason="is not for this type")]
    assert wrong(beside, household="household_unknown") == [NotFound(path=place)]
    assert wrong(beside, household=ENGINES) == [WrongKind(path=place, allowed=("HOUSEHOLD",))]
    for more in ({"household": MANSE}, {"target": CLEO}, {"valid_from": day(1).isoformat()}):
        assert wrong(beside, **more) == [NotInOneHousehold(path=place)]
    for members in ([(0, 5)], [(6, None)], [(0, 4), (5, None)]):
        assert wrong(places(5, ada=members, bob=[(0, None)]), valid_from=day(3).isoformat()) == [
            NotInOneHousehold(path=place)
        ]


def test_members_of_the_same_input_count_from_where_they_stand() -> None:
    """3.4"""
    drafts = [NewRelationship(type="HOUSEHOLD_MEMBER", source=who, target=KINGS) for who in (ADA, BOB)]
    within = NewRelationship(type="GUIDE", source=ADA, target=BOB, household=KINGS)
    there = replace(known(*EVERYBODY), types={type.code: type for type in (*TYPES, GUIDE)}, places=places(5))
    made = plan_relate([*drafts, within], NEW[:3], there)
    assert made[2].within == Within(KINGS, day(5), None)
    assert there.places.rows == []
    with pytest.raises(Refused) as raised:
        plan_relate([within, *drafts], NEW[:3], there)
    assert raised.value.refusals == (NotInOneHousehold(path=("0", "household")),)


def test_a_change_keeps_it_in_its_household() -> None:
    """3.1, 3.5: both must be members on a first day that is new; other fields ask for that no more."""
    there = replace(
        known(*EVERYBODY),
        types={type.code: type for type in (*TYPES, GUIDE)},
        places=places(5, ada=[(3, 8)], bob=[(0, None)]),
    )
    current = guide(1, 4, 8)
    assert plan_update(current, {"note": "n"}, there).within == current.within
    assert plan_update(current, {"valid_from": day(3).isoformat()}, there).within == Within(KINGS, day(3), day(8))
    assert plan_update(current, {"valid_from": None}, there).within == Within(KINGS, day(5), day(8))
    assert plan_update(current, {"valid_to": day(6).isoformat()}, there).within == current.within
    assert plan_end(current, day(6), day(5)).within == current.within
    earlier = replace(current, period=between(1, None), within=Within(KINGS, day(3), day(8)))
    assert plan_update(earlier, {"note": "n"}, there).within == earlier.within
    late = replace(there, places=places(8, ada=[(3, 8)], bob=[(0, None)]))
    assert plan_update(current, {"valid_to": day(6).isoformat()}, late).within == current.within
    with pytest.raises(Refused) as raised:
        plan_update(current, {"valid_from": day(2).isoformat()}, there)
    assert raised.value.refusals == (NotInOneHousehold(path=("validFrom",)),)
