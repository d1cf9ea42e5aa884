"""Points types: what customers collect (SPEC 6.3)."""

from datetime import datetime
from typing import ClassVar

import strawberry

from resolvers.operations import Done
from resolvers.reading.declare import Scope, ref, scope
from schema.idempotency import Once
from schema.nodes import Node
from schema.operations import Operation


@strawberry.type(description="What customers collect, as administrators define it.")
class PointsType(Node):
    scope: ClassVar[Scope] = scope("points_type", refs="points_types/by_ids")

    code: str
    name: str
    description: str | None
    active: bool = strawberry.field(description="Whether it takes adjustments.")
    version: int
    created_at: datetime
    updated_at: datetime


@strawberry.input
class DefinePointsTypeInput(Once):
    code: str
    name: str
    description: str | None = strawberry.UNSET


@strawberry.input(description="Only the fields given change; null empties one.")
class UpdatePointsTypeInput(Once):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET
    name: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET
    active: bool | None = strawberry.UNSET


@strawberry.type
class PointsTypeDefined:
    points_type: PointsType
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "PointsTypeDefined":
        return cls(points_type=ref(PointsType, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class PointsTypeUpdated:
    points_type: PointsType
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "PointsTypeUpdated":
        return cls(points_type=ref(PointsType, done.id), operation=ref(Operation, done.operation))
