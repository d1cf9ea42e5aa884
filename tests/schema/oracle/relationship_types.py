"""Relationship types as the schema shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.relationship_types import RelationshipType

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain


def relationship_type(plain: Plain, stored: RelationshipType) -> Object:
    """A type, built in or not."""
    return {
        "__typename": "RelationshipType",
        "id": stored.id,
        "code": stored.code,
        "name": stored.name,
        "label": stored.label,
        "reverseLabel": stored.reverse_label,
        "description": stored.description,
        "category": stored.category.value,
        "sourceKinds": [kind.name for kind in stored.source_kinds],
        "targetKinds": [kind.name for kind in stored.target_kinds],
        "symmetric": stored.symmetric,
        "acyclic": stored.acyclic,
        "maxPerSource": stored.max_per_source,
        "maxPerTarget": stored.max_per_target,
        "withinHousehold": stored.within_household,
        "roles": list(stored.roles),
        "roleGrants": [
            {"role": granted.role, "grants": [grant.name for grant in granted.grants]} for granted in stored.role_grants
        ],
        "properties": [
            {
                "code": p.code,
                "name": p.name,
                "kind": p.kind.value,
                "required": p.required,
                "choices": list(p.choices),
            }
            for p in stored.properties
        ],
        "active": stored.active,
        "builtIn": stored.built_in,
        **plain.stamp(stored.id),
    }
