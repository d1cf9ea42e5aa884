"""Relationship types: how parties can be related (SPEC 2)."""

import json
from typing import ClassVar

import strawberry

from domain.properties import PropertyDefinition as Definition
from domain.relationship_types import TypeDraft
from resolvers.operations import Done
from resolvers.reading.declare import Scope, derived, joined, ref, scope
from schema.enums import PartyKind, PropertyKind, RelationshipCategory
from schema.idempotency import Once
from schema.nodes import Node
from schema.operations import Operation


@strawberry.type(description="A custom property that relationships of a type have.")
class PropertyDefinition:
    scope: ClassVar[Scope] = scope("code", "name", "kind", "required", "choices", "place")

    code: str
    name: str
    kind: PropertyKind
    required: bool
    choices: list[str] = derived(json.loads, "choices")


@strawberry.type(description="How parties can be related, as administrators define it.")
class RelationshipType(Node):
    scope: ClassVar[Scope] = scope("type", refs="relationship_types/by_ids")

    code: str
    name: str
    label: str = strawberry.field(description='What the source is to the target: "is parent of".')
    reverse_label: str = strawberry.field(description='What the target is to the source: "is child of".')
    description: str | None
    category: RelationshipCategory
    source_kinds: list[PartyKind]
    target_kinds: list[PartyKind]
    symmetric: bool
    acyclic: bool
    max_per_source: int | None = strawberry.field(description="How many one source may have at a time.")
    max_per_target: int | None = strawberry.field(description="How many one target may have at a time.")
    roles: list[str]
    properties: list[PropertyDefinition] = joined("relationship_types/properties")
    active: bool
    built_in: bool


@strawberry.input
class PropertyDefinitionInput:
    code: str
    name: str
    kind: PropertyKind
    required: bool = False
    choices: list[str] | None = strawberry.UNSET


@strawberry.input
class DefineRelationshipTypeInput(Once):
    code: str
    name: str
    label: str
    category: RelationshipCategory
    source_kinds: list[PartyKind]
    target_kinds: list[PartyKind]
    reverse_label: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET
    symmetric: bool = False
    acyclic: bool = False
    max_per_source: int | None = strawberry.UNSET
    max_per_target: int | None = strawberry.UNSET
    roles: list[str] | None = strawberry.UNSET
    properties: list[PropertyDefinitionInput] | None = strawberry.UNSET

    def draft(self) -> TypeDraft:
        """As the rules take it."""
        return TypeDraft(
            code=self.code,
            name=self.name,
            label=self.label,
            category=self.category,
            source_kinds=self.source_kinds,
            target_kinds=self.target_kinds,
            reverse_label=self.reverse_label or None,
            description=self.description or None,
            symmetric=self.symmetric,
            acyclic=self.acyclic,
            max_per_source=None if self.max_per_source is strawberry.UNSET else self.max_per_source,
            max_per_target=None if self.max_per_target is strawberry.UNSET else self.max_per_target,
            roles=self.roles or (),
            properties=[
                Definition(p.code, p.name, p.kind, p.required, tuple(p.choices or ())) for p in self.properties or ()
            ],
        )


@strawberry.type
class RelationshipTypeDefined:
    relationship_type: RelationshipType
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "RelationshipTypeDefined":
        return cls(relationship_type=ref(RelationshipType, done.id), operation=ref(Operation, done.operation))
