"""Relationship types in the graph; their custom properties stand in lists side by side, since a node keeps no maps."""

import json
from datetime import datetime
from typing import Any

from domain.parties import PartyKind
from domain.properties import PropertyDefinition, PropertyKind
from domain.relationship_types import Category, RelationshipType
from graphdb.graph import Row, Transaction


async def stored(tx: Transaction) -> dict[str, RelationshipType]:
    """Every type by its code."""
    types = [as_type(row["type"]) for row in await tx.rows("relationship_types/stored")]
    return {type.code: type for type in types}


async def create(tx: Transaction, type: RelationshipType, at: datetime) -> None:
    """Makes a type. Raises NotUnique where its code is taken."""
    await tx.rows("relationship_types/create", properties=as_properties(type), at=at)


def as_properties(type: RelationshipType) -> dict[str, Any]:
    """A type as its node keeps it."""
    return {
        "id": type.id,
        "code": type.code,
        "name": type.name,
        "label": type.label,
        "reverse_label": type.reverse_label,
        "description": type.description,
        "category": type.category.value,
        "source_kinds": [kind.value for kind in type.source_kinds],
        "target_kinds": [kind.value for kind in type.target_kinds],
        "symmetric": type.symmetric,
        "acyclic": type.acyclic,
        "max_per_source": type.max_per_source,
        "max_per_target": type.max_per_target,
        "within_household": type.within_household,
        "roles": list(type.roles),
        "property_codes": [p.code for p in type.properties],
        "property_names": [p.name for p in type.properties],
        "property_kinds": [p.kind.value for p in type.properties],
        "property_required": [p.required for p in type.properties],
        "property_choices": [json.dumps(p.choices) for p in type.properties],
        "active": type.active,
        "built_in": type.built_in,
    }


def as_type(node: Row) -> RelationshipType:
    """A node's properties as the domain has it."""
    definitions = zip(
        node["property_codes"],
        node["property_names"],
        node["property_kinds"],
        node["property_required"],
        node["property_choices"],
        strict=True,
    )
    return RelationshipType(
        id=node["id"],
        code=node["code"],
        name=node["name"],
        label=node["label"],
        reverse_label=node["reverse_label"],
        description=node.get("description"),
        category=Category(node["category"]),
        source_kinds=tuple(PartyKind(kind) for kind in node["source_kinds"]),
        target_kinds=tuple(PartyKind(kind) for kind in node["target_kinds"]),
        symmetric=node["symmetric"],
        acyclic=node["acyclic"],
        max_per_source=node.get("max_per_source"),
        max_per_target=node.get("max_per_target"),
        within_household=node["within_household"],
        roles=tuple(node["roles"]),
        properties=tuple(
            PropertyDefinition(code, name, PropertyKind(kind), required, tuple(json.loads(choices)))
            for code, name, kind, required, choices in definitions
        ),
        active=node["active"],
        built_in=node["built_in"],
    )
