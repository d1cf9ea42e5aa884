"""What a merge rests on (SPEC 7.2, 7.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ids import CaseId, ConsentId, PartnerAppId
from domain.ledgers import Line
from domain.parties import Party
from domain.relationship_types import RelationshipType
from domain.relationships import Relationship
from domain.responsibilities import Responsibility
from domain.within import Places

MOST_RECORDS = 20_000
RECORD_BYTES = 18_000
"""So much memory the database takes for a record that is moved, until all is committed: measured, and a tenth more."""


@dataclass(frozen=True)
class MovedCase:
    """A case of the merged customer's, and its version."""

    id: CaseId
    version: int


@dataclass(frozen=True)
class MovedConsent:
    """A consent to a partner app, `open` where it was not withdrawn."""

    id: ConsentId
    app: PartnerAppId
    open: bool


@dataclass(frozen=True, kw_only=True)
class MergeFacts:
    """All that a merge rests on.

    `theirs` are all relationships of the merged customer, `existing` those that stand around them: between the same far
    ends and the survivor, at limited ends, carrying what only one may carry, heads, and primary places; `lineage` is
    where cycles could lie; `places` who is a member of the households within which relationships of theirs are made.
    Where there are more `records` than the `limit` nothing else is read.
    """

    survivor: Party
    merged: Party
    records: int
    limit: int = MOST_RECORDS
    not_same: bool = False
    types: Mapping[str, RelationshipType]
    responsibilities: Sequence[Responsibility] = ()
    theirs: Sequence[Relationship] = ()
    existing: Sequence[Relationship] = ()
    lineage: Sequence[Relationship] = ()
    places: Places
    cases: Sequence[MovedCase] = ()
    our_lines: Sequence[Line] = ()
    their_lines: Sequence[Line] = ()
    our_consents: Sequence[MovedConsent] = ()
    their_consents: Sequence[MovedConsent] = ()


def most_records(room: int | None) -> int:
    """How many records a merge may concern where a transaction may take so many bytes of memory, None: any."""
    return MOST_RECORDS if room is None else min(MOST_RECORDS, room // RECORD_BYTES)
