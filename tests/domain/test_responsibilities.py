"""SPEC 5.1, 5.2: which responsibility a relationship may carry, and must."""

from dataclasses import replace

import pytest

from domain.ids import ResponsibilityId
from domain.parties import PartyKind
from domain.refusals import InactiveResponsibility, MissingResponsibility, Refusal, WrongResponsibility
from domain.relationship_types import RelationshipType
from domain.responsibilities import allowed, inactive_responsibility, wrong_responsibility
from tests.domain.ties import (
    ACCOUNT,
    ACCOUNT_MANAGER,
    ACCOUNT_TEAM,
    CONSUMER,
    FRIEND,
    GROUP,
    HOUSEHOLD,
    MEMBER,
    PARENT,
    REPRESENTS,
    RESPONSIBILITIES,
    STAFF,
)

PATH = ("responsibility",)


@pytest.mark.parametrize(
    ("type", "source", "target", "codes"),
    [
        (ACCOUNT_TEAM, STAFF, ACCOUNT, ("ACCOUNT_MANAGER",)),
        (ACCOUNT_TEAM, STAFF, CONSUMER, ("RELATIONSHIP_MANAGER",)),
        (ACCOUNT_TEAM, STAFF, HOUSEHOLD, ("RELATIONSHIP_MANAGER",)),
        (ACCOUNT_TEAM, STAFF, GROUP, ()),
        (REPRESENTS, CONSUMER, CONSUMER, ("AUTHORIZED_REPRESENTATIVE",)),
        (FRIEND, CONSUMER, CONSUMER, ()),
        (PARENT, CONSUMER, CONSUMER, ()),
        (MEMBER, CONSUMER, HOUSEHOLD, ()),
    ],
)
def test_the_kinds_at_the_ends_say_which_may_be_carried(
    type: RelationshipType, source: PartyKind, target: PartyKind, codes: tuple[str, ...]
) -> None:
    """SPEC 5.2: only TEAM and REPRESENTATION carry one."""
    assert allowed(type, source, target, RESPONSIBILITIES) == codes


@pytest.mark.parametrize(
    ("type", "source", "target", "given", "refusals"),
    [
        (ACCOUNT_TEAM, STAFF, ACCOUNT, "ACCOUNT_MANAGER", []),
        (ACCOUNT_TEAM, STAFF, ACCOUNT, None, [MissingResponsibility(path=PATH)]),
        (
            *(ACCOUNT_TEAM, STAFF, ACCOUNT, "RELATIONSHIP_MANAGER"),
            [WrongResponsibility(path=PATH, allowed=("ACCOUNT_MANAGER",))],
        ),
        (ACCOUNT_TEAM, STAFF, ACCOUNT, "", [WrongResponsibility(path=PATH, allowed=("ACCOUNT_MANAGER",))]),
        (REPRESENTS, CONSUMER, CONSUMER, None, [MissingResponsibility(path=PATH)]),
        (REPRESENTS, CONSUMER, CONSUMER, "AUTHORIZED_REPRESENTATIVE", []),
        (FRIEND, CONSUMER, CONSUMER, None, []),
        (FRIEND, CONSUMER, CONSUMER, "AUTHORIZED_REPRESENTATIVE", [WrongResponsibility(path=PATH, allowed=())]),
    ],
)
def test_a_responsibility_is_missing_wrong_or_not_taken(
    type: RelationshipType, source: PartyKind, target: PartyKind, given: str | None, refusals: list[Refusal]
) -> None:
    """SPEC 3.5, 5.2"""
    assert wrong_responsibility(given, type, source, target, RESPONSIBILITIES) == refusals


def test_one_that_takes_no_more_may_be_carried_and_is_not_offered() -> None:
    """SPEC 5.1, 2.5"""
    known = [*RESPONSIBILITIES, replace(ACCOUNT_MANAGER, id=ResponsibilityId("r"), code="OLD", active=False)]
    assert allowed(ACCOUNT_TEAM, STAFF, ACCOUNT, known) == ("ACCOUNT_MANAGER", "OLD")
    assert wrong_responsibility("OLD", ACCOUNT_TEAM, STAFF, ACCOUNT, known) == []
    assert wrong_responsibility("NONE", ACCOUNT_TEAM, STAFF, ACCOUNT, known) == [
        WrongResponsibility(path=PATH, allowed=("ACCOUNT_MANAGER",))
    ]
    inactive = InactiveResponsibility(path=PATH, responsibility=ResponsibilityId("r"), name="Account Manager")
    assert inactive_responsibility("OLD", known) == [inactive]
    for other in ("ACCOUNT_MANAGER", "NONE", None):
        assert inactive_responsibility(other, known) == []
