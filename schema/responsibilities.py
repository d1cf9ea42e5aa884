"""Responsibilities: what somebody answers for in a relationship (SPEC 5.1)."""

from datetime import datetime
from typing import Any, ClassVar

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import Scope, ref, scope
from schema.enums import Grant, PartyKind, Reach
from schema.given import given
from schema.idempotency import Once
from schema.nodes import Node
from schema.operations import Operation


@strawberry.type(
    description="What somebody answers for in a relationship: who may hold it for whom, and what that grants."
)
class Responsibility(Node):
    scope: ClassVar[Scope] = scope("responsibility", refs="responsibilities/by_ids")

    code: str
    name: str
    description: str | None
    holder_kinds: list[PartyKind]
    subject_kinds: list[PartyKind]
    exclusive: bool = strawberry.field(description="Whether only one may hold it for the same party at a time.")
    grants: list[Grant]
    reach: list[Reach]
    active: bool = strawberry.field(description="Whether new relationships may carry it.")
    built_in: bool
    version: int
    created_at: datetime
    updated_at: datetime


@strawberry.input
class DefineResponsibilityInput(Once):
    code: str
    name: str
    holder_kinds: list[PartyKind]
    subject_kinds: list[PartyKind]
    description: str | None = strawberry.UNSET
    exclusive: bool = False
    grants: list[Grant] | None = strawberry.UNSET
    reach: list[Reach] | None = strawberry.UNSET

    def fields(self) -> dict[str, Any]:
        """As the rules take it."""
        found = given(self, without=("idempotency_key",))
        return found | {name: tuple(found.get(name) or ()) for name in ("grants", "reach")}


@strawberry.input(
    description="Only the fields given change; null empties one, a list given replaces the whole list. "
    "What relationships that are stored would not fit is refused."
)
class UpdateResponsibilityInput(Once):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET
    holder_kinds: list[PartyKind] | None = strawberry.UNSET
    subject_kinds: list[PartyKind] | None = strawberry.UNSET
    exclusive: bool | None = strawberry.UNSET
    grants: list[Grant] | None = strawberry.UNSET
    reach: list[Reach] | None = strawberry.UNSET
    active: bool | None = strawberry.UNSET


@strawberry.type
class ResponsibilityDefined:
    responsibility: Responsibility
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "ResponsibilityDefined":
        return cls(responsibility=ref(Responsibility, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class ResponsibilityUpdated:
    responsibility: Responsibility
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "ResponsibilityUpdated":
        return cls(responsibility=ref(Responsibility, done.id), operation=ref(Operation, done.operation))
