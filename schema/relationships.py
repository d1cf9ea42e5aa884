"""Relationships, and how they look from one side (SPEC 3)."""

from datetime import date, datetime
from typing import ClassVar

import strawberry

from domain.partial_dates import in_words
from domain.relationships import NewRelationship as Draft
from resolvers.operations import Done
from resolvers.reading.connections import Connection, Count
from resolvers.reading.declare import Scope, cursor, derived, joined, ref, refs, scope
from schema.enums import Direction, Pedigree
from schema.given import given
from schema.idempotency import Once
from schema.nodes import Node
from schema.operations import Operation
from schema.parties import Party
from schema.relationship_types import RelationshipType
from schema.responsibilities import Responsibility
from schema.scalars import PartialDate


@strawberry.type(description="The value of a custom property.")
class PropertyValue:
    scope: ClassVar[Scope] = scope("code", "value", "place")

    code: str
    value: strawberry.scalars.JSON


@strawberry.type(description="A relationship, the same from whichever side it is read.")
class Relationship(Node):
    scope: ClassVar[Scope] = scope("relationship", refs="relationships/by_ids")

    type: RelationshipType = joined(
        "relationship_types/of_relationship",
        known={"code": "type", "category": "category", "symmetric": "symmetric"},
    )
    source: Party = joined("relationships/source")
    target: Party = joined("relationships/target")
    responsibility: Responsibility | None = joined("responsibilities/of_relationship")
    household: Party | None = joined("relationships/household")
    pedigree: Pedigree | None
    properties: list[PropertyValue] = joined("relationships/properties")
    valid_from: PartialDate | None
    valid_from_in_words: str | None = derived(in_words, "valid_from")
    valid_to: PartialDate | None = strawberry.field(description="The day from which it no longer holds.")
    valid_to_in_words: str | None = derived(in_words, "valid_to")
    is_current: bool = joined("relationships/is_current")
    note: str | None
    version: int
    created_at: datetime
    created_by: Party | None = joined("relationships/created_by")


@strawberry.type(
    description="A relationship read from one side: what the near party is to the far one, "
    "the far party, and the direction (null where symmetric)."
)
class RelationshipEdge:
    scope: ClassVar[Scope] = scope("relationship", "near", "far")

    cursor: str = cursor()
    node: Relationship
    label: str = joined("relationships/label", table="relationship_types/labels")
    direction: Direction | None = joined("relationships/direction")
    party: Party = joined("relationships/far")


@strawberry.type
class RelationshipConnection(Connection[RelationshipEdge]):
    pass


@strawberry.type(description="A relationship read from one side, in a list that needs no pages.")
class Relation:
    scope: ClassVar[Scope] = scope("relationship", "near", "far")

    relationship: Relationship
    label: str = joined("relationships/label", table="relationship_types/labels")
    direction: Direction | None = joined("relationships/direction")
    party: Party = joined("relationships/far")


@strawberry.type(description="How many relationships of one type and direction a party has.")
class RelationshipCount:
    scope: ClassVar[Scope] = scope("type", "direction", "count")

    type: RelationshipType
    direction: Direction | None
    count: Count


@strawberry.input
class NewRelationship:
    type: str = strawberry.field(description="The code of its type.")
    source: strawberry.ID
    target: strawberry.ID
    responsibility: str | None = strawberry.UNSET
    household: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Where its type asks for one: both are members of it on the first day."
    )
    properties: strawberry.scalars.JSON | None = strawberry.UNSET
    valid_from: PartialDate | None = strawberry.UNSET
    valid_to: PartialDate | None = strawberry.UNSET
    note: str | None = strawberry.UNSET

    def draft(self) -> Draft:
        """As the rules take it."""
        return Draft(**given(self))


@strawberry.input
class RelateInput(Once):
    relationships: list[NewRelationship]


@strawberry.input(description="Only the fields given change; null empties one.")
class UpdateRelationshipInput(Once):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    responsibility: str | None = strawberry.UNSET
    properties: strawberry.scalars.JSON | None = strawberry.UNSET
    valid_from: PartialDate | None = strawberry.UNSET
    valid_to: PartialDate | None = strawberry.UNSET
    note: str | None = strawberry.UNSET


@strawberry.input
class EndRelationshipInput(Once):
    id: strawberry.ID
    on: date | None = strawberry.field(
        default=strawberry.UNSET, description="The day from which it no longer holds; today if null."
    )


@strawberry.input
class RemoveRelationshipInput(Once):
    id: strawberry.ID


@strawberry.type
class Related:
    relationships: list[Relationship]
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "Related":
        return cls(relationships=refs(Relationship, done.ids), operation=ref(Operation, done.operation))


@strawberry.type
class RelationshipUpdated:
    relationship: Relationship
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "RelationshipUpdated":
        return cls(relationship=ref(Relationship, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class RelationshipEnded:
    relationship: Relationship
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "RelationshipEnded":
        return cls(relationship=ref(Relationship, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class RelationshipRemoved:
    id: strawberry.ID
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "RelationshipRemoved":
        return cls(id=strawberry.ID(done.id), operation=ref(Operation, done.operation))
