"""SPEC 3: what may be related to whom, when; plans tell all that is wrong, each with its place."""

from dataclasses import replace

import pytest

from domain.ids import PartyId
from domain.parties import PartyKind
from domain.refusals import (
    EndBeforeStart,
    InactiveRelationshipType,
    InvalidProperty,
    InvalidValue,
    MissingResponsibility,
    NotFound,
    Refusal,
    SelfRelationship,
    UnknownRelationshipType,
    WrongKind,
    WrongResponsibility,
)
from domain.relationship_types import Category
from domain.relationships import NewRelationship, Relationship
from tests.domain.plans import (
    ADA,
    BOB,
    CLEO,
    DAN,
    ENGINES,
    EVE,
    EVERYBODY,
    KINGDOM,
    KINGS,
    LOOMS,
    NEW,
    duplicate,
    refused,
    relate,
    there,
    wrong_with,
)
from tests.domain.ties import (
    ACCOUNT,
    ACCOUNT_TEAM,
    CLUB,
    CONSUMER,
    CONTACT,
    FAMILY_ACCOUNT,
    FRANCHISE,
    FRIEND,
    GROUP,
    HEAD_OFFICE,
    MEMBER,
    PARENT,
    REPRESENTS,
    SPOUSE,
    TYPES,
    draft,
    known,
    party,
    period,
    tie,
    type_of,
)


def test_a_relationship_is_made_as_it_is_drafted() -> None:
    """SPEC 3.1"""
    wanted = draft(FRIEND, ADA, BOB, "2024-02-29", "2025-01-01", note=" They\r\nmet. ")
    assert relate(wanted) == (
        Relationship(
            id=NEW[0],
            type="FRIEND",
            source=ADA,
            target=BOB,
            period=period("2024-02-29", "2025-01-01"),
            responsibility=None,
            properties={},
            note="They\nmet.",
            role=None,
            version=1,
        ),
    )


def test_many_are_made_in_their_order_under_their_ids() -> None:
    """SPEC 3.4"""
    drafts = [draft(FRIEND, ADA, BOB), draft(PARENT, BOB, CLEO), draft(CONTACT, DAN, ENGINES)]
    assert [(r.id, r.type, r.source, r.target) for r in relate(*drafts)] == [
        (NEW[0], "FRIEND", ADA, BOB),
        (NEW[1], "PARENT", BOB, CLEO),
        (NEW[2], "CONTACT", DAN, ENGINES),
    ]


def test_a_parent_is_one_by_birth_unless_told_otherwise() -> None:
    """SPEC 2.3"""
    drafts = [draft(PARENT, ADA, BOB), draft(PARENT, ADA, CLEO, properties={"pedigree": "STEP"})]
    assert [r.properties for r in relate(*drafts)] == [{"pedigree": "BIRTH"}, {"pedigree": "STEP"}]


def test_two_parties_may_have_any_number_of_relationships_of_different_types() -> None:
    """SPEC 3.3: and both ways, where the type is not symmetric."""
    drafts = [draft(HEAD_OFFICE, ENGINES, LOOMS), draft(FRANCHISE, ENGINES, LOOMS)]
    drafts += [draft(FRIEND, ADA, BOB), draft(PARENT, ADA, BOB), draft(SPOUSE, ADA, BOB)]
    drafts += [
        draft(REPRESENTS, one, other, responsibility="AUTHORIZED_REPRESENTATIVE")
        for one, other in ((ADA, BOB), (BOB, ADA))
    ]
    assert [r.type for r in relate(*drafts)] == [each.type for each in drafts]


def test_a_type_that_there_is_not_is_refused_and_so_are_ends_that_there_are_not() -> None:
    """SPEC 3.5"""
    wanted = NewRelationship(type="ENEMY", source=ADA, target=party(CONSUMER, 99))
    assert refused(wanted) == [
        UnknownRelationshipType(path=("0", "type"), code="ENEMY"),
        NotFound(path=("0", "target")),
    ]


def test_an_inactive_type_takes_no_new_relationships() -> None:
    """SPEC 2.5, 3.5: told beside what is wrong otherwise."""
    types = [replace(FRIEND, active=False), *TYPES[3:]]
    beside = known(*EVERYBODY, types=types)
    assert refused(draft(FRIEND, ADA, ENGINES), beside=beside) == [
        InactiveRelationshipType(path=("0", "type"), type=FRIEND.id, name="Friend"),
        WrongKind(path=("0", "target"), allowed=("CONSUMER",)),
    ]


@pytest.mark.parametrize(
    ("wanted", "refusals"),
    [
        (draft(PARENT, ADA, ENGINES), [WrongKind(path=("0", "target"), allowed=("CONSUMER",))]),
        (
            draft(CONTACT, ENGINES, ADA),
            [
                WrongKind(path=("0", "source"), allowed=("CONSUMER",)),
                WrongKind(path=("0", "target"), allowed=("ACCOUNT",)),
            ],
        ),
        (draft(FAMILY_ACCOUNT, EVE, KINGDOM), [WrongKind(path=("0", "source"), allowed=("CONSUMER", "ACCOUNT"))]),
        (draft(ACCOUNT_TEAM, ADA, ENGINES), [WrongKind(path=("0", "source"), allowed=("INTERNAL_USER",))]),
        (draft(MEMBER, ADA, KINGDOM), [WrongKind(path=("0", "target"), allowed=("HOUSEHOLD",))]),
    ],
)
def test_a_wrong_kind_at_an_end_is_refused_with_those_that_are_allowed(
    wanted: NewRelationship, refusals: list[Refusal]
) -> None:
    """SPEC 3.5: a responsibility is not asked between ends that are wrong."""
    assert refused(wanted) == refusals


@pytest.mark.parametrize(
    "id", ["", "consumer", "42", "relationship_01m81cvtwye3hvm7mmkgnzsdq1", party(CONSUMER, 99), "\ud800", "x" * 9999]
)
def test_an_id_that_names_no_party_is_not_found(id: str) -> None:
    """SPEC 3.5"""
    assert refused(draft(FRIEND, PartyId(id), BOB)) == [NotFound(path=("0", "source"))]


def test_nobody_is_related_to_themself() -> None:
    """SPEC 3.5: also where the type is acyclic, limited or symmetric, nothing else is told."""
    for type, one in ((FRIEND, ADA), (PARENT, ADA), (HEAD_OFFICE, ENGINES)):
        assert refused(draft(type, one, one)) == [SelfRelationship(path=("0", "target"))]


@pytest.mark.parametrize(
    ("wanted", "refusals"),
    [
        (draft(PARENT, ADA, BOB, "1990~", "../2000"), []),
        (draft(SPOUSE, ADA, BOB, "1990", "199X"), []),
        (draft(FRIEND, ADA, BOB, "1990"), [InvalidValue(path=("0", "validFrom"), reason="must be a full date")]),
        (
            draft(FRIEND, ADA, BOB, "1990-01-01?", "2023-02-31"),
            [
                InvalidValue(path=("0", "validFrom"), reason="must be a full date"),
                InvalidValue(path=("0", "validTo"), reason="has a day that February 2023 does not have"),
            ],
        ),
        (draft(FRIEND, ADA, BOB, "2024-01-02", "2024-01-01"), [EndBeforeStart(path=("0", "validTo"))]),
        (draft(FRIEND, ADA, BOB, "2024-01-01", "2024-01-01"), []),
        (draft(SPOUSE, ADA, BOB, "1990", "1989"), [EndBeforeStart(path=("0", "validTo"))]),
    ],
)
def test_only_ties_of_family_have_imprecise_dates(wanted: NewRelationship, refusals: list[Refusal]) -> None:
    """SPEC 3.1, 3.2, 3.5"""
    assert wrong_with(wanted) == refusals


ROLE = "must be one of HEAD_OF_FAMILY, CHILD"


@pytest.mark.parametrize(
    ("wanted", "refusals"),
    [
        (draft(MEMBER, ADA, KINGS, role="CHILD"), []),
        (draft(MEMBER, ADA, KINGS), []),
        (draft(MEMBER, ADA, KINGS, role="OWNER"), [InvalidValue(path=("0", "role"), reason=ROLE)]),
        (draft(MEMBER, ADA, KINGS, role=""), [InvalidValue(path=("0", "role"), reason=ROLE)]),
        (draft(CLUB, ADA, KINGDOM, role="CHAIR"), [InvalidValue(path=("0", "role"), reason="is not for this type")]),
        (draft(FRIEND, ADA, BOB, role="CHILD"), [InvalidValue(path=("0", "role"), reason="is not for this type")]),
    ],
)
def test_a_role_is_one_of_the_types(wanted: NewRelationship, refusals: list[Refusal]) -> None:
    """SPEC 2.1, 4.1"""
    assert wrong_with(wanted) == refusals


def test_a_group_takes_members_of_its_own_type_only() -> None:
    """SPEC 2.1, 4.4: a household, and a group of which no type is known, take those that fit."""
    clubs = known(ADA, KINGDOM, KINGS, groups={KINGDOM: "CLUB"})
    assert refused(draft(FAMILY_ACCOUNT, ADA, KINGDOM), beside=clubs) == [
        InvalidValue(path=("0", "type"), reason="this group takes CLUB")
    ]
    made = relate(draft(CLUB, ADA, KINGDOM), draft(MEMBER, ADA, KINGS), beside=clubs)
    assert [r.type for r in made] == ["CLUB", "HOUSEHOLD_MEMBER"]
    assert [r.type for r in relate(draft(FAMILY_ACCOUNT, ADA, KINGDOM))] == ["FAMILY_ACCOUNT"]


def test_other_relationships_of_a_group_ask_nothing_of_its_type() -> None:
    """SPEC 2.2"""
    sponsor = type_of("SPONSOR", Category.LOOSE, [CONSUMER], [GROUP])
    beside = known(ADA, KINGDOM, groups={KINGDOM: "CLUB"}, types=[sponsor])
    assert [r.type for r in relate(draft(sponsor, ADA, KINGDOM), beside=beside)] == ["SPONSOR"]


@pytest.mark.parametrize(
    ("wanted", "refusals"),
    [
        (draft(ACCOUNT_TEAM, EVE, ENGINES), [MissingResponsibility(path=("0", "responsibility"))]),
        (
            draft(ACCOUNT_TEAM, EVE, ENGINES, responsibility="RELATIONSHIP_MANAGER"),
            [WrongResponsibility(path=("0", "responsibility"), allowed=("ACCOUNT_MANAGER",))],
        ),
        (
            draft(FRIEND, ADA, BOB, responsibility="ACCOUNT_MANAGER"),
            [WrongResponsibility(path=("0", "responsibility"), allowed=())],
        ),
    ],
)
def test_a_responsibility_is_demanded_by_kind(wanted: NewRelationship, refusals: list[Refusal]) -> None:
    """SPEC 3.5, 5.2"""
    assert refused(wanted) == refusals


def test_all_that_is_wrong_is_told_at_once_with_its_place() -> None:
    """SPEC 3.4: what a draft says, what it is between, and what is in its way."""
    stored = tie(1, FRIEND, ADA, BOB)
    drafts = [
        draft(FRIEND, BOB, ADA, note="\x00", role="CHILD", responsibility="X", properties={"colour": 1}),
        draft(CONTACT, ADA, ENGINES),
        draft(CONTACT, EVE, party(ACCOUNT, 99), "soon", "2023-02-31", properties=[], note="a" * 2001),
        draft(ACCOUNT_TEAM, EVE, ENGINES),
        NewRelationship(type="ENEMY", source=ADA, target=ADA),
    ]
    assert refused(*drafts, beside=there(stored)) == [
        InvalidProperty(path=("0", "properties", "colour"), reason="is no property of this type"),
        InvalidValue(path=("0", "role"), reason="is not for this type"),
        InvalidValue(path=("0", "note"), reason="holds a control character"),
        WrongResponsibility(path=("0", "responsibility"), allowed=()),
        duplicate(0, 1),
        WrongKind(path=("2", "source"), allowed=("CONSUMER",)),
        NotFound(path=("2", "target")),
        InvalidValue(
            path=("2", "validFrom"),
            reason='is not written as "1823-05-17", "1823-05", "1823", "182X", "1823~", "../1823" or the like',
        ),
        InvalidValue(path=("2", "validTo"), reason="has a day that February 2023 does not have"),
        InvalidProperty(path=("2", "properties"), reason="must be an object"),
        InvalidValue(path=("2", "note"), reason="at most 2000 characters"),
        MissingResponsibility(path=("3", "responsibility")),
        UnknownRelationshipType(path=("4", "type"), code="ENEMY"),
        SelfRelationship(path=("4", "target")),
    ]


def test_every_kind_of_party_is_somebody_in_these_tests() -> None:
    assert {PartyKind.of(id) for id in EVERYBODY} == set(PartyKind)
