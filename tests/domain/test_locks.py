"""DESIGN 2: what is locked before a decision rests on it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import PartyId
from domain.refusals import Refused
from domain.relating import locks
from domain.relationship_types import Category, RelationshipType
from tests.domain.plans import ADA, BOB, CLEO, DAN, ENGINES, EVE, EVERYBODY, KINGDOM, KINGS, LOOMS, MILLS, relate
from tests.domain.ties import (
    ACCOUNT_TEAM,
    CLUB,
    CONTACT,
    FRANCHISE,
    FRIEND,
    HEAD_OFFICE,
    HOUSEHOLD,
    MEMBER,
    PARENT,
    TYPES,
    draft,
    known,
    party,
    type_of,
)

FRIENDLY = type_of("FRIENDLY", Category.LOOSE, [HOUSEHOLD], [HOUSEHOLD], symmetric=True)
ABOVE = type_of("ABOVE", Category.LOOSE, [HOUSEHOLD], [HOUSEHOLD], acyclic=True, max_per_source=1)
LIMITED_TEAM = replace(ACCOUNT_TEAM, max_per_source=5)
LIMITED_CLUB = replace(CLUB, max_per_target=100)
MANSES = party(HOUSEHOLD, 2)


@pytest.mark.parametrize(
    ("type", "source", "target", "edges", "parties"),
    [
        (FRIEND, BOB, ADA, [], [ADA, BOB]),
        (CONTACT, ADA, ENGINES, [], [ENGINES, ADA]),
        (PARENT, BOB, ADA, ["PARENT_OF"], [ADA, BOB]),
        (HEAD_OFFICE, ENGINES, LOOMS, ["OVERSEES"], [ENGINES, LOOMS]),
        (ACCOUNT_TEAM, EVE, ENGINES, [], [ENGINES]),
        (LIMITED_TEAM, EVE, ENGINES, [], [ENGINES, EVE]),
        (MEMBER, ADA, KINGS, [], [ADA]),
        (CLUB, ADA, KINGDOM, [], [ADA]),
        (LIMITED_CLUB, ADA, KINGDOM, [], [ADA, KINGDOM]),
        (replace(ACCOUNT_TEAM, target_kinds=(HOUSEHOLD,)), EVE, KINGS, [], [KINGS]),
        (ABOVE, KINGS, MANSES, ["LINKED_TO"], [KINGS, MANSES]),
        (replace(ABOVE, max_per_source=None), MANSES, KINGS, ["LINKED_TO"], [KINGS]),
        (FRIENDLY, KINGS, MANSES, [], [KINGS]),
        (FRIENDLY, MANSES, KINGS, [], [KINGS]),
    ],
)
def test_locks_are_the_customers_else_the_target_and_what_is_limited(
    type: RelationshipType, source: PartyId, target: PartyId, edges: list[str], parties: list[PartyId]
) -> None:
    """DESIGN 2: a hub only where it is itself limited; the mirror of a symmetric one takes the same."""
    assert locks([(type, source, target)]) == (edges, parties)


def test_locks_of_many_are_each_taken_once_in_the_order_of_ids() -> None:
    """DESIGN 2: so that no two transactions wait for one another."""
    pairs = [(PARENT, BOB, ADA), (HEAD_OFFICE, MILLS, ENGINES), (PARENT, ADA, CLEO), (MEMBER, DAN, KINGS)]
    assert locks(pairs) == (["OVERSEES", "PARENT_OF"], [ENGINES, MILLS, ADA, BOB, CLEO, DAN])
    assert locks([]) == ([], [])


def test_a_household_is_locked_where_a_head_of_it_is_made_or_changed() -> None:
    """DESIGN 2, SPEC 4.1: it has one, so it is limited; its other members are made and changed beside one another."""
    assert locks([(MEMBER, DAN, KINGS), (MEMBER, ADA, MANSES)], [KINGS]) == ([], [ADA, DAN, KINGS])


LOCKED = st.sampled_from(
    [
        *[(FRIEND, one, other) for one in (ADA, BOB) for other in (BOB, CLEO) if one != other],
        *[(FRIENDLY, KINGS, MANSES), (FRIENDLY, MANSES, KINGS), (ABOVE, MANSES, KINGS), (LIMITED_TEAM, EVE, ENGINES)],
        *[(MEMBER, ADA, KINGS), (LIMITED_CLUB, ADA, KINGDOM), (LIMITED_CLUB, BOB, KINGDOM), (PARENT, ADA, BOB)],
        *[(HEAD_OFFICE, ENGINES, LOOMS), (HEAD_OFFICE, MILLS, LOOMS), (FRANCHISE, LOOMS, ENGINES)],
    ]
)


@settings(max_examples=300)
@given(LOCKED, LOCKED)
def test_two_that_may_be_in_each_others_way_share_a_lock(
    one: tuple[RelationshipType, PartyId, PartyId], other: tuple[RelationshipType, PartyId, PartyId]
) -> None:
    """DESIGN 2, SPEC 3.7: whoever is second waits, and sees what the first has made."""
    (edges, parties), (other_edges, other_parties) = locks([one]), locks([other])
    beside = known(*EVERYBODY, MANSES, types=[*TYPES[:6], MEMBER, LIMITED_TEAM, LIMITED_CLUB, FRIENDLY, ABOVE])
    beside = replace(beside, types={**beside.types, "ACCOUNT_TEAM": LIMITED_TEAM, "CLUB": LIMITED_CLUB})
    drafts = [draft(type, source, target, responsibility=answering(type)) for type, source, target in (one, other)]
    limited = one[0] == other[0] and (
        (one[0].max_per_source is not None and one[1] == other[1])
        or (one[0].max_per_target is not None and one[2] == other[2])
    )
    try:
        relate(*drafts, beside=beside)
    except Refused:
        in_the_way = True
    else:
        in_the_way = limited
    assert not in_the_way or set(edges) & set(other_edges) or set(parties) & set(other_parties)


def answering(type: RelationshipType) -> str | None:
    """The responsibility that a type needs."""
    return "ACCOUNT_MANAGER" if type.category is Category.TEAM else None
