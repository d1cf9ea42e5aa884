"""SPEC 5.1, 5.3: who can be given a responsibility, beside whom, and what it takes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import PartyId, ResponsibilityId
from domain.internal_users import Role
from domain.refusals import (
    DuplicateRelationship,
    InactiveResponsibility,
    MissingResponsibility,
    MissingRole,
    Refusal,
    Refused,
    TooMany,
)
from domain.relating import locks, plan_relate, plan_update
from domain.relationship_types import Category
from domain.relationships import End, Known, Relationship
from tests.domain.plans import ADA, BOB, ENGINES, EVE, EVERYBODY, LOOMS, NEW, refused, relate
from tests.domain.ties import (
    ACCOUNT,
    ACCOUNT_TEAM,
    CONSUMER,
    HOUSEHOLD,
    REPRESENTS,
    RESPONSIBILITIES,
    STAFF,
    TYPES,
    draft,
    known,
    ordered,
    party,
    period,
    responsibility,
    tie,
    tie_id,
    type_of,
)

AUDIT = type_of("AUDIT", Category.TEAM, (STAFF,), (ACCOUNT,))
BOOKS = responsibility("BOOKKEEPER", (STAFF,), (ACCOUNT,), exclusive=True)
CARER = responsibility("CARER", (STAFF, CONSUMER), (CONSUMER,), exclusive=True)
OLD = responsibility("OLD", (STAFF,), (ACCOUNT,), active=False)
KIM, LEE = party(STAFF, 2), party(STAFF, 3)
ALL = (*RESPONSIBILITIES, BOOKS, CARER, OLD)
INACTIVE = InactiveResponsibility(
    path=("responsibility",), responsibility=ResponsibilityId("responsibility_OLD"), name="Old"
)
NO_AGENT = MissingRole(path=("source",), role="RELATIONSHIP_AGENT")


def there(*ties: Relationship) -> Known:
    """Everybody, all responsibilities, and these relationships."""
    everybody = (*EVERYBODY, KIM, LEE)
    return known(*everybody, existing=ties, types=[*TYPES, AUDIT], responsibilities=ALL)


def with_roles(*roles: Role) -> Known:
    """The same, but EVE has these roles."""
    beside = there()
    return replace(beside, ends={**beside.ends, EVE: End(STAFF, roles=frozenset(roles))})


def books(number: int, by: PartyId, target: PartyId = ENGINES, *dates: str | None, **more: Any) -> Relationship:
    """A stored relationship of somebody who keeps the books."""
    return tie(number, ACCOUNT_TEAM, by, target, *dates, responsibility="BOOKKEEPER", **more)


def too_many(*held: int, at: str | None = None) -> TooMany:
    """The refusal where these have the responsibility already."""
    path = ("responsibility",) if at is None else (at, "responsibility")
    return TooMany(path=path, limit=1, existing=tuple(map(tie_id, held)))


def not_updated(current: Relationship, beside: Known, **fields: Any) -> list[Refusal]:
    """All that is wrong with an update, nothing if it is made."""
    try:
        plan_update(current, fields, beside)
    except Refused as caught:
        return list(caught.refusals)
    return []


@pytest.mark.parametrize("role", Role)
def test_only_a_relationship_agent_serves(role: Role) -> None:
    """SPEC 5.3: administrators and managers, too, only if they are that besides."""
    wanted = draft(ACCOUNT_TEAM, EVE, ENGINES, responsibility="ACCOUNT_MANAGER")
    if role is Role.RELATIONSHIP_AGENT:
        assert [r.source for r in relate(wanted, beside=with_roles(role))] == [EVE]
    else:
        assert refused(wanted, beside=with_roles(role)) == [NO_AGENT.under("0")]


def test_consumers_need_no_role_to_represent() -> None:
    """SPEC 5.3"""
    wanted = draft(REPRESENTS, ADA, BOB, responsibility="AUTHORIZED_REPRESENTATIVE")
    assert [r.target for r in relate(wanted, beside=with_roles())] == [BOB]


def test_what_is_missing_beside_the_role_is_told_too() -> None:
    """SPEC 3.4"""
    assert refused(draft(ACCOUNT_TEAM, EVE, ENGINES), beside=with_roles()) == [
        MissingResponsibility(path=("0", "responsibility")),
        NO_AGENT.under("0"),
    ]
    old = draft(ACCOUNT_TEAM, EVE, ENGINES, responsibility="OLD")
    assert refused(old, beside=with_roles()) == [INACTIVE.under("0"), NO_AGENT.under("0")]


def test_who_has_a_responsibility_keeps_it() -> None:
    """SPEC 5.1, 5.3: without the role, and when it takes no new ones; only another is given anew."""
    current = tie(1, ACCOUNT_TEAM, EVE, ENGINES, responsibility="OLD")
    for fields in ({"note": "n"}, {"valid_to": "2030-01-01"}, {"responsibility": "OLD"}):
        assert not_updated(current, with_roles(), **fields) == []
    assert not_updated(current, with_roles(), responsibility="ACCOUNT_MANAGER") == [NO_AGENT]
    other = replace(current, responsibility="ACCOUNT_MANAGER")
    assert not_updated(other, there(), responsibility="OLD") == [INACTIVE]
    assert not_updated(other, there(), responsibility="BOOKKEEPER") == []


def test_a_second_holder_of_an_exclusive_one_is_refused_on_any_day() -> None:
    """SPEC 5.1, 3.3: over all types, also such as nobody asks for, and in one input."""
    beside = there(
        books(1, KIM, ENGINES, "2001-01-01", "2021-01-01"), replace(books(2, LEE), type="UNKNOWN", target=LOOMS)
    )
    early = draft(ACCOUNT_TEAM, EVE, ENGINES, None, "2001-01-02", responsibility="BOOKKEEPER")
    late = draft(AUDIT, EVE, ENGINES, "2020-12-31", responsibility="BOOKKEEPER")
    looms = draft(ACCOUNT_TEAM, EVE, LOOMS, responsibility="BOOKKEEPER")
    assert refused(early, late, looms, beside=beside) == [
        too_many(1, at="0"),
        too_many(1, at="1"),
        too_many(2, at="2"),
    ]
    before, after = replace(early, valid_to="2001-01-01"), replace(late, valid_from="2021-01-01")
    assert len(relate(before, after, beside=beside)) == 2
    assert refused(after, replace(after, type="ACCOUNT_TEAM"), beside=beside) == [too_many(at="1")]


def test_others_may_have_another_responsibility_or_another_target() -> None:
    """SPEC 5.1"""
    beside = there(books(1, KIM), tie(2, ACCOUNT_TEAM, LEE, LOOMS, responsibility="ACCOUNT_MANAGER"))
    wanted = [
        draft(ACCOUNT_TEAM, EVE, ENGINES, responsibility="ACCOUNT_MANAGER"),
        draft(ACCOUNT_TEAM, EVE, LOOMS, responsibility="BOOKKEEPER"),
    ]
    assert [r.target for r in relate(*wanted, beside=beside)] == [ENGINES, LOOMS]


def test_a_duplicate_is_not_told_as_too_many_besides() -> None:
    """SPEC 3.5"""
    wanted = draft(ACCOUNT_TEAM, KIM, ENGINES, responsibility="BOOKKEEPER")
    duplicate = DuplicateRelationship(path=("0", "target"), existing=tie_id(1))
    assert refused(wanted, beside=there(books(1, KIM))) == [duplicate]


def test_the_only_holder_may_be_changed_and_not_made_a_second() -> None:
    """SPEC 5.1: by a date, or by the responsibility."""
    mine, other = books(1, KIM, ENGINES, "2010-01-01"), books(2, EVE, ENGINES, "2001-01-01", "2005-01-01")
    assert not_updated(mine, there(mine, other), valid_from="2005-01-01") == []
    assert not_updated(mine, there(mine, other), valid_from="2004-12-31") == [too_many(2)]
    manager = tie(3, ACCOUNT_TEAM, LEE, ENGINES, responsibility="ACCOUNT_MANAGER")
    assert not_updated(manager, there(mine, other), responsibility="BOOKKEEPER") == [too_many(2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((ACCOUNT_TEAM, EVE, ENGINES), (AUDIT, KIM, ENGINES)),
        ((REPRESENTS, BOB, ADA), (type_of("CARE", Category.TEAM, (STAFF,), (CONSUMER,)), KIM, ADA)),
        *[
            ((type_of("HOME", Category.TEAM, (STAFF,), (HOUSEHOLD,)), by, party(HOUSEHOLD, 1)),) * 2
            for by in (EVE, KIM)
        ],
    ],
)
def test_those_who_could_both_hold_it_share_the_lock_of_the_target(one: Any, other: Any) -> None:
    """DESIGN 2, SPEC 3.7: whatever carries a responsibility locks its target, which is never found out too late."""
    assert one[2] == other[2]
    assert one[2] in locks([one])[1]
    assert other[2] in locks([other])[1]


FIRST = date(2026, 1, 1)
BOUNDS = st.tuples(st.none() | st.integers(0, 6), st.none() | st.integers(0, 6)).filter(ordered)
HOLDERS = st.lists(
    st.tuples(
        st.sampled_from([(REPRESENTS, BOB), (type_of("CARE", Category.TEAM, (STAFF,), (CONSUMER,)), EVE)]), BOUNDS
    ),
    max_size=7,
)


def day(number: int | None) -> str | None:
    return None if number is None else (FIRST + timedelta(number)).isoformat()


@given(HOLDERS)
def test_on_no_day_two_hold_what_one_may_and_nobody_is_refused_else(
    drawn: Sequence[tuple[Any, tuple[int | None, int | None]]],
) -> None:
    """SPEC 5.1, 3.3: made one after another."""
    made: list[Relationship] = []
    beside = there()
    beside = replace(beside, types={**beside.types, **{type.code: type for (type, _), _ in drawn}})
    for (type, source), bounds in drawn:
        wanted = draft(type, source, ADA, *map(day, bounds), responsibility="CARER")
        in_the_way = [r.id for r in made if r.period.overlaps(period(*map(day, bounds)))]
        if in_the_way:
            with pytest.raises(Refused) as caught:
                plan_relate([wanted], [NEW[len(made)]], replace(beside, existing=made))
            assert {refusal.__class__ for refusal in caught.value.refusals} <= {TooMany, DuplicateRelationship}
        else:
            made += plan_relate([wanted], [NEW[len(made)]], replace(beside, existing=made))
    for number in range(-1, 8):
        assert sum(r.period.holds_on(FIRST + timedelta(number)) for r in made) <= 1
