"""What relationships are judged by, as administrators define it (SPEC 2.1, 5.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.relationship_types import RelationshipType
from domain.responsibilities import Responsibility


@dataclass(frozen=True)
class Definitions:
    """Relationship types by their codes, and responsibilities."""

    types: Mapping[str, RelationshipType]
    responsibilities: Sequence[Responsibility]
