"""SPEC 5.1, 5.2: how responsibilities change, what that makes narrower, and what is stored and would not fit."""

from dataclasses import replace
from typing import Any

import pytest

from domain.access import Grant, Reach
from domain.ids import PartyId, RelationshipId
from domain.parties import PartyKind
from domain.refusals import InvalidValue, Refused, WouldNotFit
from domain.responsibilities import Responsibility
from domain.responsibility_changes import Held, changed, narrowed, would_not_fit
from tests.domain.ties import ACCOUNT, CONSUMER, HOUSEHOLD, STAFF, party, period, responsibility

WIDE = responsibility(
    "WIDE",
    (CONSUMER, STAFF),
    (CONSUMER, ACCOUNT, HOUSEHOLD),
    description="D",
    grants=(Grant.VIEW_PROFILE,),
    reach=(Reach.MEMBERS, Reach.CONTACTS),
    version=7,
)
HOUSE = replace(WIDE, built_in=True)
A, B = party(CONSUMER, 1), party(CONSUMER, 2)


def refused(before: Responsibility, **fields: Any) -> list[tuple[str, ...]]:
    """The places of what is wrong with a change, all of it invalid values."""
    with pytest.raises(Refused) as raised:
        changed(before, fields)
    assert {refusal.__class__ for refusal in raised.value.refusals} == {InvalidValue}
    return [refusal.path for refusal in raised.value.refusals]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "N", "description": None},
        {"holder_kinds": (STAFF,), "subject_kinds": (ACCOUNT, HOUSEHOLD)},
        {"exclusive": True, "active": False},
        {"grants": (Grant.VIEW_CASES, Grant.MANAGE_MEMBERS), "reach": (Reach.DESCENDANTS,)},
    ],
)
def test_what_is_given_changes_and_the_rest_stays(fields: dict[str, Any]) -> None:
    """SPEC 5.1: the version is counted where it is written."""
    assert changed(WIDE, fields) == replace(WIDE, **fields)


def test_lists_are_kept_in_one_order_and_texts_as_they_are_stored() -> None:
    """SPEC 5.1"""
    given = {"name": " N ", "description": " ", "grants": [Grant.VIEW_CASES, Grant.VIEW_PROFILE, Grant.VIEW_CASES]}
    told = {"name": "N", "description": None, "grants": (Grant.VIEW_PROFILE, Grant.VIEW_CASES)}
    assert changed(WIDE, given) == replace(WIDE, **told)  # type: ignore[arg-type]
    assert changed(WIDE, {"grants": None, "reach": None}) == replace(WIDE, grants=(), reach=())


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"name": None}, [("name",)]),
        ({"exclusive": None, "active": None}, [("exclusive",), ("active",)]),
        ({"holder_kinds": None}, [("holderKinds",)]),
        ({"holder_kinds": (ACCOUNT,)}, [("holderKinds",)]),
        ({"subject_kinds": ()}, [("subjectKinds",)]),
        ({"subject_kinds": (STAFF,)}, [("subjectKinds",)]),
        ({"holder_kinds": (CONSUMER,)}, [("subjectKinds",)]),
        ({"subject_kinds": (CONSUMER,)}, [("reach",), ("reach",)]),
        ({"subject_kinds": (ACCOUNT,)}, [("reach",)]),
        (
            {"name": "", "description": "x" * 2001, "subject_kinds": ()},
            [("name",), ("description",), ("subjectKinds",)],
        ),
    ],
)
def test_what_none_can_be_is_refused_at_once(fields: dict[str, Any], places: list[tuple[str, ...]]) -> None:
    """SPEC 5.1: reach must lead somewhere from those who can be subjects."""
    assert refused(WIDE, **fields) == places


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("subject", [CONSUMER, ACCOUNT, HOUSEHOLD, PartyKind.GROUP])
def test_members_are_of_groups_and_contacts_and_descendants_of_accounts(reach: Reach, subject: PartyKind) -> None:
    """SPEC 5.1"""
    before = responsibility("X", (STAFF,), (subject,))
    leads = subject is ACCOUNT if reach is not Reach.MEMBERS else subject in (HOUSEHOLD, PartyKind.GROUP)
    if leads:
        assert changed(before, {"reach": (reach,)}) == replace(before, reach=(reach,))
    else:
        assert refused(before, reach=(reach,)) == [("reach",)]


def test_of_a_built_in_one_only_the_texts_change() -> None:
    """SPEC 5.2"""
    assert changed(HOUSE, {"name": "N", "description": "E"}) == replace(HOUSE, name="N", description="E")
    same = {name: getattr(HOUSE, name) for name in ("grants", "reach", "exclusive", "active", "holder_kinds")}
    assert changed(HOUSE, same) == HOUSE
    fields = {"grants": (), "reach": (), "exclusive": True, "active": False}
    assert refused(HOUSE, **fields, holder_kinds=(STAFF,), subject_kinds=(CONSUMER,)) == [
        *(("holderKinds",), ("subjectKinds",), ("grants",), ("reach",), ("exclusive",), ("active",))
    ]


@pytest.mark.parametrize(
    "after",
    [
        {"name": "N", "description": None, "active": False},
        {"grants": (), "reach": (Reach.DESCENDANTS,)},
        {"subject_kinds": (*WIDE.subject_kinds, PartyKind.GROUP)},
    ],
)
def test_what_takes_all_that_it_took_is_not_narrower(after: dict[str, Any]) -> None:
    """SPEC 5.1: nor is what grants less, since access follows from what is stored."""
    assert narrowed(WIDE, replace(WIDE, **after)) == WIDE
    assert narrowed(replace(WIDE, exclusive=True), replace(WIDE, **after)) == replace(WIDE, exclusive=True)


@pytest.mark.parametrize(
    ("after", "both"),
    [
        ({"exclusive": True}, {"exclusive": True}),
        ({"holder_kinds": (STAFF,)}, {"holder_kinds": (STAFF,)}),
        ({"subject_kinds": (PartyKind.GROUP, ACCOUNT), "grants": ()}, {"subject_kinds": (ACCOUNT,)}),
    ],
)
def test_a_narrower_one_meanwhile_takes_what_both_take(after: dict[str, Any], both: dict[str, Any]) -> None:
    """SPEC 2.1, 5.1"""
    assert narrowed(WIDE, replace(WIDE, **after)) == replace(WIDE, **both)


def held(number: int, subject: PartyId, *dates: str | None, by: PartyKind = STAFF) -> Held:
    """A relationship that carries the responsibility."""
    kind = PartyKind.of(subject)
    assert kind
    return Held(RelationshipId(f"r{number}"), by, subject, kind, period(*dates))


def test_those_do_not_fit_whose_kinds_are_taken_no_more() -> None:
    """SPEC 2.1, 5.1: whenever they held."""
    there = [held(1, A), held(2, B, "2001-01-01", "2002-01-01", by=CONSUMER), held(3, party(ACCOUNT, 1))]
    after = replace(WIDE, holder_kinds=(STAFF,), subject_kinds=(ACCOUNT,))
    assert would_not_fit(there, WIDE, after) == [
        WouldNotFit(path=("subjectKinds",), count=2, examples=(RelationshipId("r1"), RelationshipId("r2"))),
        WouldNotFit(path=("holderKinds",), count=1, examples=(RelationshipId("r2"),)),
    ]
    assert would_not_fit(there, WIDE, WIDE) == would_not_fit([], WIDE, after) == []


def test_those_do_not_fit_that_hold_on_one_day_for_one_subject() -> None:
    """SPEC 5.1: each of them could not be given beside the others."""
    after = replace(WIDE, exclusive=True)
    there = [
        held(1, A, None, "2001-01-01"),
        held(2, A, "2001-01-01", "2003-01-01"),
        held(3, A, "2002-12-31"),
        held(4, B, "2001-01-01"),
        held(5, A, "2001-06-01", "2001-06-01"),
    ]
    examples = (RelationshipId("r2"), RelationshipId("r3"))
    assert would_not_fit(there, WIDE, after) == [WouldNotFit(path=("exclusive",), count=2, examples=examples)]
    assert would_not_fit(there, after, after) == []
