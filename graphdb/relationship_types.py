"""Relationship types in the graph; their custom properties stand in lists side by side, since a node keeps no maps."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.access import Grant
from domain.ids import RelationshipTypeId
from domain.parties import PartyKind
from domain.properties import PropertyDefinition, PropertyKind
from domain.relationship_types import Category, RelationshipType, RoleGrants
from domain.type_changes import StoredType
from graphdb import trials
from graphdb.graph import Row, Transaction
from graphdb.jobs import demand_free


async def create(tx: Transaction, type: RelationshipType, at: datetime) -> None:
    """Makes a type. Raises NotUnique where its code is taken, or that of one that a job deletes or restores."""
    await tx.rows("relationship_types/create", properties=as_properties(type), at=at)
    await demand_free(tx, type=type.code)


async def locked(tx: Transaction, id: RelationshipTypeId) -> StoredType | None:
    """The type of an id once nobody else changes it, None if there is none; a rule that is on trial is left out."""
    rows = await tx.rows("relationship_types/lock", id=id)
    if not rows:
        return None
    node = rows[0]["type"]
    return StoredType(as_type(trials.settled(node)), node.get("tightening"))


async def update(tx: Transaction, type: RelationshipType, at: datetime) -> None:
    """Writes what a locked type has become, its next version; what was on trial is so no more."""
    await tx.rows("relationship_types/update", id=type.id, properties=as_properties(type), at=at)


async def tighten(tx: Transaction, before: RelationshipType, narrowed: RelationshipType, token: str) -> None:
    """Puts a narrower rule on trial: all obey it from now on, and what it was before is kept for `restore`.

    It stands for some time, or until it is renewed. Does nothing if the type is no longer the one that was read.
    """
    await tx.rows(
        "relationship_types/tighten",
        id=before.id,
        version=before.version,
        token=token,
        narrowed=as_properties(narrowed),
        before=json.dumps(as_properties(before)),
        seconds=trials.STANDS_SECONDS,
    )


async def restore(tx: Transaction, type: RelationshipType) -> None:
    """Ends a trial: the locked type is again as it was."""
    await tx.rows("relationship_types/restore", id=type.id, properties=as_properties(type))


async def others_at_work(tx: Transaction, but: Sequence[str]) -> frozenset[str]:
    """Which transactions of Kith's are open on this server, but those of some kinds of work."""
    return frozenset(row["id"] for row in await tx.rows("relationship_types/open_transactions", but=list(but)))


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
        "role_grants": [f"{granted.role}:{grant.value}" for granted in type.role_grants for grant in granted.grants],
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
        role_grants=as_role_grants(node["role_grants"]),
        properties=tuple(
            PropertyDefinition(code, name, PropertyKind(kind), required, tuple(json.loads(choices)))
            for code, name, kind, required, choices in definitions
        ),
        active=node["active"],
        built_in=node["built_in"],
        version=node["version"],
    )


def as_role_grants(texts: Sequence[str]) -> tuple[RoleGrants, ...]:
    """Texts such as "OWNER:VIEW_PROFILE", which a statement can look for, as the domain has them."""
    found: dict[str, list[Grant]] = {}
    for role, _, grant in (text.partition(":") for text in texts):
        found.setdefault(role, []).append(Grant(grant))
    return tuple(RoleGrants(role, tuple(grants)) for role, grants in found.items())
