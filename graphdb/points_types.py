"""Points types in the graph."""

from datetime import datetime
from typing import Any

from domain.ids import PointsTypeId
from domain.points_types import PointsType
from graphdb.graph import Row, Transaction


async def create(tx: Transaction, type: PointsType, at: datetime) -> None:
    """Makes a type. Raises NotUnique where its code is taken."""
    await tx.rows("points_types/create", properties=as_properties(type), at=at)


async def locked(tx: Transaction, id: PointsTypeId) -> PointsType | None:
    """The type of an id once nobody else changes it, None if there is none."""
    rows = await tx.rows("points_types/lock", id=id)
    return as_type(rows[0]["type"]) if rows else None


async def update(tx: Transaction, type: PointsType, at: datetime) -> None:
    """Writes what a locked type has become, its next version."""
    await tx.rows("points_types/update", id=type.id, properties=as_properties(type), at=at)


def as_properties(type: PointsType) -> dict[str, Any]:
    """A type as its node keeps it."""
    return {
        "id": type.id,
        "code": type.code,
        "name": type.name,
        "description": type.description,
        "active": type.active,
    }


def as_type(node: Row) -> PointsType:
    """A node's properties as the domain has it."""
    return PointsType(
        id=node["id"],
        code=node["code"],
        name=node["name"],
        description=node.get("description"),
        active=node["active"],
        version=node["version"],
    )
