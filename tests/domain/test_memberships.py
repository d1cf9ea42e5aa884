"""SPEC 4.1: one head of a household, one primary household of a consumer; rows that close and open on a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import PartyId, RelationshipId
from domain.memberships import Turn, day_of_change, first_day, given_up, plan_change, rivals, wanted
from domain.refusals import InvalidValue, Refusal, Refused, TooMany
from domain.relating import plan_update
from domain.relationship_types import Category, RelationshipType
from domain.relationships import NewRelationship, Relationship
from tests.domain.plans import ADA, BOB, CLEO, ENGINES, EVERYBODY, KINGDOM, KINGS, TODAY, refused, relate
from tests.domain.ties import (
    ACCOUNT,
    CLUB,
    CONSUMER,
    FAMILY_ACCOUNT,
    FRIEND,
    GROUP,
    HOUSEHOLD,
    MEMBER,
    TYPES,
    draft,
    known,
    ordered,
    party,
    period,
    tie,
    tie_id,
    type_of,
)

MANSES = party(HOUSEHOLD, 2)
GUEST = type_of("GUEST", Category.GROUP, (CONSUMER, ACCOUNT), (HOUSEHOLD, GROUP))
ALLY = type_of("ALLY", Category.LOOSE, (CONSUMER,), (HOUSEHOLD,))
KNOWN_TYPES = {type.code: type for type in (*TYPES, GUEST, ALLY)}
NEW = RelationshipId("new")
MARKS = ("head", "primary")


def beside(*existing: Relationship) -> Any:
    """Everybody, a second household and another type of its members, and these memberships."""
    return known(*EVERYBODY, MANSES, existing=existing, types=[*TYPES, GUEST, ALLY])


def changed(
    current: Relationship, fields: dict[str, Any], day: date = TODAY, marked: Sequence[Relationship] = ()
) -> Turn:
    """What becomes of a membership."""
    return plan_change(current, fields, day, NEW, marked, KNOWN_TYPES)


def not_changed(
    current: Relationship, fields: dict[str, Any], day: date = TODAY, marked: Sequence[Relationship] = ()
) -> list[Refusal]:
    """All that is wrong with a change."""
    with pytest.raises(Refused) as caught:
        changed(current, fields, day, marked)
    return list(caught.value.refusals)


def second(mark: str, existing: int, *outer: str) -> TooMany:
    """The refusal of a second head, or primary household."""
    return TooMany(path=(*outer, mark), limit=1, existing=(tie_id(existing),))


@pytest.mark.parametrize(
    ("start", "end", "one_too_many"),
    [
        (None, None, True),
        ("2020-01-01", "2021-01-01", True),
        ("2019-12-31", "2020-01-01", False),
        ("2019-12-31", "2020-01-02", True),
        (None, "2020-01-01", False),
        ("2020-12-31", None, True),
        ("2021-01-01", None, False),
        ("2020-06-01", "2020-06-01", False),
    ],
)
def test_a_second_one_is_refused_where_both_hold_on_a_day(
    start: str | None, end: str | None, one_too_many: bool
) -> None:
    """The last day is excluded; what never holds is in nobody's way."""
    there = tie(1, MEMBER, ADA, KINGS, "2020-01-01", "2021-01-01", head=True, primary=True)
    for mark, new in (
        ("head", draft(MEMBER, BOB, KINGS, start, end, head=True)),
        ("primary", draft(MEMBER, ADA, MANSES, start, end, primary=True)),
    ):
        if one_too_many:
            assert refused(new, beside=beside(there)) == [second(mark, 1, "0")]
        else:
            (made,) = relate(new, beside=beside(there))
            assert getattr(made, mark)


def test_head_and_primary_are_asked_across_all_types_of_members() -> None:
    """And in one input: of what is not stored there is no id to name."""
    there = tie(1, GUEST, ADA, KINGS, head=True, primary=True)
    only_members = replace(beside(there), types={"HOUSEHOLD_MEMBER": MEMBER})
    assert refused(draft(MEMBER, BOB, KINGS, head=True), beside=only_members) == [second("head", 1, "0")]
    both = [draft(MEMBER, ADA, MANSES, head=True), draft(MEMBER, BOB, MANSES, head=True, primary=True)]
    assert refused(*both, draft(GUEST, BOB, KINGS, primary=True), beside=beside()) == [
        TooMany(path=("1", "head"), limit=1, existing=()),
    ]


def test_who_is_there_already_is_a_duplicate_and_no_second_head() -> None:
    there = tie(1, MEMBER, ADA, KINGS, head=True, primary=True)
    refusals = refused(draft(MEMBER, ADA, KINGS, head=True, primary=True), beside=beside(there))
    assert [type(refusal).__name__ for refusal in refusals] == ["DuplicateRelationship"]


@pytest.mark.parametrize(
    ("type", "source", "target", "possible"),
    [
        (MEMBER, ADA, KINGS, True),
        (GUEST, ADA, KINGS, True),
        (GUEST, ENGINES, KINGS, False),
        (GUEST, ADA, KINGDOM, False),
        (FAMILY_ACCOUNT, ADA, KINGDOM, False),
        (FAMILY_ACCOUNT, ENGINES, KINGDOM, False),
        (CLUB, ADA, KINGDOM, False),
        (ALLY, ADA, KINGS, False),
        (FRIEND, ADA, BOB, False),
    ],
)
def test_only_a_consumers_place_in_a_household_is_head_or_primary(
    type: RelationshipType, source: PartyId, target: PartyId, possible: bool
) -> None:
    """SPEC 4.4: made so, changed to it, and primary by itself."""
    for head, primary in product((True, False), repeat=2):
        new = draft(type, source, target, head=head, primary=primary)
        wrong = [mark for mark, is_so in (("head", head), ("primary", primary)) if is_so and not possible]
        refusals = [InvalidValue(path=("0", mark), reason="is for consumers in households") for mark in wrong]
        if wrong:
            assert refused(new, beside=beside()) == refusals
            assert not_changed(tie(1, type, source, target), {"head": head, "primary": primary}) == [
                replace(refusal, path=refusal.path[1:]) for refusal in refusals
            ]
        else:
            (made,) = relate(new, beside=beside())
            assert (made.head, made.primary) == (head, primary)
    (made,) = relate(draft(type, source, target), beside=beside())
    assert (made.head, made.primary) == (False, possible)


@pytest.mark.parametrize(
    ("start", "end", "primary"),
    [
        (None, None, False),
        (None, "2020-01-01", True),
        (None, "2020-01-02", False),
        ("2020-12-31", None, False),
        ("2021-01-01", None, True),
        ("2019-01-01", "2022-01-01", False),
        ("2020-06-01", "2020-06-01", True),
    ],
)
def test_the_first_household_is_primary_if_on_no_day_another_is(
    start: str | None, end: str | None, primary: bool
) -> None:
    """SPEC 4.1"""
    other = tie(1, MEMBER, ADA, MANSES, "2020-01-01", "2021-01-01", primary=True)
    (made,) = relate(draft(MEMBER, ADA, KINGS, start, end), beside=beside(other))
    assert made.primary is primary


def test_others_households_and_those_that_are_not_primary_do_not_count() -> None:
    others = [tie(1, MEMBER, BOB, MANSES, primary=True), tie(2, MEMBER, ADA, MANSES, head=True)]
    made = relate(draft(MEMBER, ADA, KINGS), draft(GUEST, ADA, MANSES), beside=beside(*others))
    assert [place.primary for place in made] == [True, False]


def test_moving_dates_obeys_the_same_rules_and_keeps_what_it_is() -> None:
    """SPEC 3.5"""
    one = tie(1, MEMBER, ADA, KINGS, "2020-01-01", "2021-01-01", head=True, primary=True)
    two = tie(2, MEMBER, BOB, KINGS, "2021-01-01", head=True)
    three = tie(3, MEMBER, ADA, MANSES, "2021-01-01", primary=True)
    around = beside(one, two, three)
    assert plan_update(one, {"valid_from": None}, around) == replace(one, period=period(None, "2021-01-01"))
    with pytest.raises(Refused) as caught:
        plan_update(one, {"valid_to": "2021-01-02"}, around)
    assert caught.value.refusals == (second("head", 2), second("primary", 3))


def test_a_change_closes_one_row_and_opens_another() -> None:
    """SPEC 4.1: with type, ends, note, properties and the old end."""
    current = tie(
        1,
        MEMBER,
        ADA,
        KINGS,
        "2020-01-01",
        "2030-01-01",
        role="CHILD",
        primary=True,
        note="n",
        properties={"a": 1},
        version=4,
    )
    turn = changed(current, {"role": None, "head": True})
    closed = replace(current, period=period("2020-01-01", "2026-07-01"))
    opened = replace(current, id=NEW, period=period("2026-07-01", "2030-01-01"), role=None, head=True, version=1)
    assert (turn, turn.after) == (Turn(current, (closed, opened)), opened)


@pytest.mark.parametrize("start", ["2026-07-01", "2026-07-02", "2999-01-01"])
def test_a_row_that_starts_that_day_or_later_changes_itself(start: str) -> None:
    current = tie(1, MEMBER, ADA, KINGS, start, role="CHILD", version=4)
    assert changed(current, {"role": "HEAD_OF_FAMILY"}).rows == (replace(current, role="HEAD_OF_FAMILY"),)


@pytest.mark.parametrize(
    "fields", [{}, {"role": "CHILD"}, {"head": True}, {"role": "CHILD", "head": True, "primary": False}]
)
def test_where_nothing_changes_the_row_stays(fields: dict[str, Any]) -> None:
    current = tie(1, MEMBER, ADA, KINGS, role="CHILD", head=True)
    assert changed(current, fields, marked=[current]) == Turn(current, (current,))


def test_a_role_must_be_the_types_if_it_is_another() -> None:
    """One that the type has no more stays where it is."""
    current = tie(1, MEMBER, ADA, KINGS, "2020-01-01", role="UNCLE")
    assert not_changed(current, {"role": "AUNT", "head": True}) == [
        InvalidValue(path=("role",), reason="must be one of HEAD_OF_FAMILY, CHILD")
    ]
    assert changed(current, {"role": "UNCLE", "head": True}).after.role == "UNCLE"


def test_whoever_is_in_the_way_on_a_later_day_is_named_too() -> None:
    current = tie(1, MEMBER, ADA, KINGS, "2020-01-01")
    later = tie(2, MEMBER, BOB, KINGS, "2999-01-01", head=True)
    elsewhere = tie(3, MEMBER, ADA, MANSES, "2027-01-01", "2028-01-01", primary=True)
    around = [later, elsewhere]
    assert not_changed(current, {"head": True, "primary": True}, marked=around) == [
        second("head", 2),
        second("primary", 3),
    ]
    ending = replace(current, period=period("2020-01-01", "2027-01-01"))
    assert changed(ending, {"head": True, "primary": True}, marked=around).after.head


@pytest.mark.parametrize(
    ("start", "end", "on", "expected"),
    [
        ("2020-01-01", None, None, TODAY),
        (None, None, None, TODAY),
        ("2020-01-01", "2026-07-02", None, TODAY),
        ("2026-07-02", None, None, date(2026, 7, 2)),
        ("2020-01-01", None, "2020-01-01", date(2020, 1, 1)),
        (None, None, "1900-01-01", date(1900, 1, 1)),
        ("2020-01-01", "2027-01-01", "2026-12-31", date(2026, 12, 31)),
        ("2020-01-01", "2026-07-01", None, "the membership is over since 2026-07-01"),
        ("2020-01-01", "2021-01-01", "2020-06-01", "the membership is over since 2021-01-01"),
        ("2020-01-02", None, "2020-01-01", "lies before the start, 2020-01-02"),
        ("2020-01-01", "2027-01-01", "2027-01-01", "is not before the end, 2027-01-01"),
        ("2030-01-01", "2030-01-01", None, "is not before the end, 2030-01-01"),
    ],
)
def test_a_membership_changes_on_a_day_on_which_it_holds(
    start: str | None, end: str | None, on: str | None, expected: date | str
) -> None:
    """SPEC 4.1"""
    asked = date.fromisoformat(on) if on else None
    if isinstance(expected, date):
        assert day_of_change(period(start, end), asked, TODAY) == expected
        return
    with pytest.raises(Refused) as caught:
        day_of_change(period(start, end), asked, TODAY)
    assert caught.value.refusals == (InvalidValue(path=("on",), reason=expected),)


def test_only_who_is_it_on_the_first_day_gives_it_up_and_only_that() -> None:
    """Of the same household, or the same consumer; never the place itself."""
    place = tie(1, MEMBER, ADA, KINGS, "2020-01-01", head=True, primary=True)
    head = tie(2, MEMBER, BOB, KINGS, "2019-01-01", "2030-01-01", role="CHILD", head=True, primary=True)
    primary = tie(3, MEMBER, ADA, MANSES, "2020-01-01", head=True, primary=True)
    others = [
        place,
        head,
        primary,
        tie(4, MEMBER, CLEO, KINGS, "2019-01-01", "2020-01-01", head=True),
        tie(5, MEMBER, CLEO, KINGS, "2020-01-02", head=True),
        tie(6, MEMBER, BOB, MANSES, head=True, primary=True),
        tie(7, MEMBER, CLEO, KINGS, primary=True),
    ]
    assert rivals(place, others, date(2020, 1, 1)) == [head, primary]
    assert given_up(place, head, date(2020, 1, 1), NEW).rows == (
        replace(head, period=period("2019-01-01", "2020-01-01")),
        replace(head, id=NEW, period=period("2020-01-01", "2030-01-01"), head=False),
    )
    assert given_up(place, primary, date(2020, 1, 1), NEW).rows == (replace(primary, primary=False),)


def test_what_a_draft_asks_for_is_read_as_far_as_it_can_be() -> None:
    place = wanted(draft(MEMBER, ADA, KINGS, "2020-01-01", "soon", head=True, role="CHILD"), NEW)
    assert place == Relationship(
        id=NEW, type="HOUSEHOLD_MEMBER", source=ADA, target=KINGS, period=period("2020-01-01"), head=True
    )
    assert [first_day(period("2020-01-01")), first_day(period())] == [date(2020, 1, 1), date.min]


DAYS = range(8)
BOUND = st.none() | st.sampled_from(DAYS)
PLACE = st.tuples(
    *(st.sampled_from(ids) for ids in ([ADA, BOB, CLEO], [KINGS, MANSES])),
    st.tuples(BOUND, BOUND).filter(ordered),
    st.booleans(),
    st.sampled_from([True, False, None]),
)
CHANGE = st.tuples(
    st.integers(0, 9),
    st.sampled_from(DAYS),
    st.booleans(),
    st.fixed_dictionaries({}, optional=dict.fromkeys(MARKS, st.booleans())),
)


def day(number: int | None) -> date:
    """One of some days."""
    return date(2020, 1, 1) + timedelta(days=number or 0)


def as_draft(source: PartyId, target: PartyId, bounds: Any, head: bool, primary: bool | None) -> NewRelationship:
    """A place of a consumer in a household."""
    start, end = (None if bound is None else day(bound).isoformat() for bound in bounds)
    return draft(MEMBER, source, target, start, end, head=head, primary=primary)


Held = set[tuple[PartyId, PartyId, bool, bool]]


def held(rows: Sequence[Relationship], on: date) -> Held:
    """Who is where on a day, and as what."""
    return {(row.source, row.target, row.head, row.primary) for row in rows if row.period.holds_on(on)}


def second_on(rows: Sequence[Relationship], on: date) -> bool:
    """Whether a household has two heads on a day, or a consumer two primary households."""
    there = held(rows, on)
    heads, primaries = [place[1] for place in there if place[2]], [place[0] for place in there if place[3]]
    return len(heads) > len(set(heads)) or len(primaries) > len(set(primaries))


ALL_DAYS = [day(number) for number in range(-2, 11)]


@settings(max_examples=300)
@given(st.lists(PLACE, max_size=8), st.lists(CHANGE, max_size=6))
def test_whatever_is_made_and_changed_there_is_one_head_and_one_primary_household_on_each_day(
    places: Any, changes: Any
) -> None:
    """SPEC 3.3, 4.1: and a change is refused only where there would be a second one; who is where stays as it was."""
    rows: list[Relationship] = []
    for place in places:
        try:
            (made,) = relate(as_draft(*place), beside=beside(*rows))
        except Refused:
            continue
        rows.append(replace(made, id=tie_id(len(rows))))
    assert not any(second_on(rows, on) for on in ALL_DAYS)
    for number, on, takes_over, fields in changes:
        if not rows or not (current := rows[number % len(rows)]).period.holds_on(day(on)):
            continue
        before, place = list(rows), replace(current, **fields)
        for rival in rivals(place, rows, day(on)) if takes_over else []:
            rows = replaced(rows, given_up(place, rival, day(on), tie_id(len(rows))))
        meant = replaced(rows, Turn(current, changed_by_hand(current, fields, day(on), tie_id(len(rows)))))
        try:
            turn = plan_change(current, fields, day(on), tie_id(len(rows)), rows, KNOWN_TYPES)
        except Refused:
            assert any(second_on(meant, later) for later in ALL_DAYS)
            rows = before
            continue
        rows = replaced(rows, turn)
        for later in ALL_DAYS:
            assert held(rows, later) == held(meant, later)
            assert {place[:2] for place in held(rows, later)} == {place[:2] for place in held(before, later)}
            assert not second_on(rows, later)
            if later < day(on):
                assert held(rows, later) == held(before, later)
        assert not takes_over or place.head <= ((place.source, place.target) in heads(rows, day(on)))


def replaced(rows: Sequence[Relationship], turn: Turn) -> list[Relationship]:
    """The rows, one of them turned into what has become of it."""
    return [*(row for row in rows if row.id != turn.before.id), *turn.rows]


def changed_by_hand(
    row: Relationship, fields: dict[str, Any], on: date, id: RelationshipId
) -> tuple[Relationship, ...]:
    """A row that is another from a day on, simply cut in two."""
    start, end = (edge.text if edge else None for edge in (row.period.start, row.period.end))
    return (
        replace(row, period=period(start, on.isoformat())),
        replace(row, id=id, period=period(on.isoformat(), end), **fields),
    )


def heads(rows: Sequence[Relationship], on: date) -> set[tuple[PartyId, PartyId]]:
    """Who is head of which household on a day."""
    return {place[:2] for place in held(rows, on) if place[2]}
