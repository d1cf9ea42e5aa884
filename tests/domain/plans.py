"""Plans for the tests of rules: what drafts would make beside everybody, or all that is wrong with them."""

from collections.abc import Sequence
from datetime import date

import pytest

from domain.ids import RelationshipId
from domain.refusals import DuplicateRelationship, Refusal, Refused
from domain.relating import plan_relate
from domain.relationships import Known, NewRelationship, Relationship
from tests.domain.ties import (
    ACCOUNT,
    CONSUMER,
    GROUP,
    HOUSEHOLD,
    STAFF,
    known,
    party,
    period,
    tie_id,
)

ADA, BOB, CLEO, DAN = (party(CONSUMER, number) for number in range(1, 5))
ENGINES, LOOMS, MILLS, MINES = (party(ACCOUNT, number) for number in range(1, 5))
KINGS, KINGDOM = party(HOUSEHOLD, 1), party(GROUP, 1)
EVE = party(STAFF, 1)
EVERYBODY = (ADA, BOB, CLEO, DAN, ENGINES, LOOMS, MILLS, MINES, KINGS, KINGDOM, EVE)
NEW = [RelationshipId(f"new_{number}") for number in range(10)]
TODAY = date(2026, 7, 1)


def relate(*drafts: NewRelationship, beside: Known | None = None) -> tuple[Relationship, ...]:
    """The relationships that drafts would make."""
    return plan_relate(drafts, NEW[: len(drafts)], beside or known(*EVERYBODY))


def refused(*drafts: NewRelationship, beside: Known | None = None) -> list[Refusal]:
    """All that is wrong with drafts."""
    with pytest.raises(Refused) as caught:
        relate(*drafts, beside=beside)
    return list(caught.value.refusals)


def wrong_with(wanted: NewRelationship) -> list[Refusal]:
    """All that is wrong with a draft, nothing if it is made with its role and its period."""
    try:
        (made,) = relate(wanted)
    except Refused as caught:
        return list(caught.refusals)
    assert (made.role, made.period) == (wanted.role, period(wanted.valid_from, wanted.valid_to))
    return []


def there(*ties: Relationship, lineage: Sequence[Relationship] = ()) -> Known:
    """Everybody, and these relationships."""
    return known(*EVERYBODY, existing=ties, lineage=lineage)


def duplicate(index: int, existing: int | None) -> DuplicateRelationship:
    """The refusal of a draft that is there already, as a stored one or (None) in the same input."""
    return DuplicateRelationship(path=(str(index), "target"), existing=None if existing is None else tie_id(existing))
