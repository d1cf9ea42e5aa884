"""Relationship types: how parties can be related (SPEC 2)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

import strawberry

from domain.properties import PropertyDefinition as Definition
from domain.relationship_types import RoleGrants as Granted
from domain.relationship_types import TypeDraft
from resolvers.operations import Done
from resolvers.reading.declare import Scope, derived, joined, ref, scope
from schema.enums import Grant, PartyKind, PropertyKind, RelationshipCategory
from schema.given import given
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


@strawberry.type(description="What a role grants its members for the others of the household or group.")
class RoleGrants:
    scope: ClassVar[Scope] = scope("role", "grants", "place")

    role: str
    grants: list[Grant]


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
    within_household: bool = strawberry.field(description="Whether it is made within a household, between members.")
    roles: list[str]
    role_grants: list[RoleGrants] = joined("relationship_types/role_grants")
    properties: list[PropertyDefinition] = joined("relationship_types/properties")
    active: bool = strawberry.field(description="Whether it takes new relationships.")
    built_in: bool
    version: int
    created_at: datetime
    updated_at: datetime


@strawberry.input
class PropertyDefinitionInput:
    code: str
    name: str
    kind: PropertyKind
    required: bool = False
    choices: list[str] | None = strawberry.UNSET


@strawberry.input
class RoleGrantsInput:
    role: str
    grants: list[Grant]


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
    within_household: bool = False
    roles: list[str] | None = strawberry.UNSET
    role_grants: list[RoleGrantsInput] | None = strawberry.UNSET
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
            within_household=self.within_household,
            roles=self.roles or (),
            role_grants=granted(self.role_grants or ()),
            properties=definitions(self.properties or ()),
        )


@strawberry.input(
    description="Only the fields given change; null empties one, a list given replaces the whole list. "
    "What relationships that are stored would not fit is refused."
)
class UpdateRelationshipTypeInput(Once):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    label: str | None = strawberry.UNSET
    reverse_label: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET
    source_kinds: list[PartyKind] | None = strawberry.UNSET
    target_kinds: list[PartyKind] | None = strawberry.UNSET
    acyclic: bool | None = strawberry.UNSET
    max_per_source: int | None = strawberry.UNSET
    max_per_target: int | None = strawberry.UNSET
    within_household: bool | None = strawberry.UNSET
    roles: list[str] | None = strawberry.UNSET
    role_grants: list[RoleGrantsInput] | None = strawberry.UNSET
    properties: list[PropertyDefinitionInput] | None = strawberry.UNSET
    active: bool | None = strawberry.UNSET

    def changes(self) -> dict[str, Any]:
        """The fields to change, as the rules take them."""
        found = given(self, without=("idempotency_key", "id", "expected_version"))
        found |= {"role_grants": granted(self.role_grants or ())} if "role_grants" in found else {}
        return found | ({"properties": definitions(self.properties or ())} if "properties" in found else {})


def definitions(inputs: Sequence[PropertyDefinitionInput]) -> list[Definition]:
    """Custom properties as the rules take them."""
    return [Definition(p.code, p.name, p.kind, p.required, tuple(p.choices or ())) for p in inputs]


def granted(inputs: Sequence[RoleGrantsInput]) -> list[Granted]:
    """What roles grant, as the rules take it."""
    return [Granted(given.role, tuple(given.grants)) for given in inputs]


@strawberry.type
class RelationshipTypeDefined:
    relationship_type: RelationshipType
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "RelationshipTypeDefined":
        return cls(relationship_type=ref(RelationshipType, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class RelationshipTypeUpdated:
    relationship_type: RelationshipType
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "RelationshipTypeUpdated":
        return cls(relationship_type=ref(RelationshipType, done.id), operation=ref(Operation, done.operation))
