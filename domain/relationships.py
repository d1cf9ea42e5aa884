"""Relationships: as clients give them, as they are stored, and what a decision on them rests on (SPEC 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.ids import PartyId, RelationshipId
from domain.internal_users import Role
from domain.partial_dates import Period
from domain.parties import PartyKind
from domain.properties import Value
from domain.relationship_types import RelationshipType
from domain.responsibilities import Responsibility
from domain.within import Membership, Places, Within


@dataclass(frozen=True, kw_only=True)
class NewRelationship:
    """A relationship as a client gives it. `first` is for one that is brought back: its first day where it is made
    within a household without a start."""

    type: str
    source: PartyId
    target: PartyId
    responsibility: str | None = None
    household: PartyId | None = None
    properties: object = None
    valid_from: str | None = None
    valid_to: str | None = None
    note: str | None = None
    role: str | None = None
    head: bool = False
    primary: bool | None = None
    """Of a consumer's place in a household; None: where no other is primary meanwhile (SPEC 4.1)."""
    first: date | None = None

    @property
    def parties(self) -> tuple[PartyId, ...]:
        """The parties that it names."""
        return (self.source, self.target, *([self.household] if self.household else []))


@dataclass(frozen=True, kw_only=True)
class Relationship:
    """A relationship as it is stored; `type` is the type's code."""

    id: RelationshipId
    type: str
    source: PartyId
    target: PartyId
    period: Period
    responsibility: str | None = None
    properties: Mapping[str, Value] = field(default_factory=dict)
    note: str | None = None
    role: str | None = None
    head: bool = False
    primary: bool = False
    within: Within | None = None
    version: int = 1

    @property
    def household(self) -> PartyId | None:
        """The household that it is made within, if any."""
        return self.within.household if self.within else None


@dataclass(frozen=True)
class Made:
    """When a record was made, and by whom."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Removed:
    """A relationship that was removed, and who had made it when: enough to bring it back."""

    relationship: Relationship
    made: Made


@dataclass(frozen=True)
class End:
    """A party that can stand at an end; `group_type` is the code of the type that a group is of, `roles` are those of
    somebody of the staff, `survivor` is into whom a customer was merged away."""

    kind: PartyKind
    group_type: str | None = None
    roles: frozenset[Role] = frozenset()
    survivor: PartyId | None = None


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the graph holds that a decision on new relationships rests on.

    `existing` has the relationships between the same parties, at limited ends, those that carry a responsibility for a
    target that only one may carry, the heads of households and the primary places of consumers; `lineage` has what
    leads to the sources, or else what leads from the targets, over acyclic types of the same edge; `places` who of the
    ends is a member of the households that drafts name.
    """

    types: Mapping[str, RelationshipType]
    responsibilities: Sequence[Responsibility]
    ends: Mapping[PartyId, End]
    existing: Sequence[Relationship] = ()
    lineage: Sequence[Relationship] = ()
    places: Places = field(default_factory=lambda: Places(date.min))


def as_membership(relationship: Relationship) -> Membership:
    """A relationship of a GROUP type as a membership."""
    return Membership(relationship.id, relationship.source, relationship.target, relationship.period)
