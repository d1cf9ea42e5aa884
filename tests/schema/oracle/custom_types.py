"""Relationship types as administrators may define them."""

import random
from dataclasses import replace

from domain.access import Grant
from domain.ids import RelationshipTypeId
from domain.parties import PartyKind
from domain.properties import PropertyDefinition, PropertyKind
from domain.relationship_types import Category, RelationshipType, RoleGrants, TypeDraft, define
from tests.schema.oracle.ids import new_id


def custom_types(r: random.Random) -> list[RelationshipType]:
    """Types with every kind of property, limits, roles; one that takes no more relationships."""
    properties = [
        PropertyDefinition("since", "Since", PropertyKind.DATE),
        PropertyDefinition("share", "Share", PropertyKind.NUMBER),
        PropertyDefinition("close", "Close", PropertyKind.BOOLEAN),
        PropertyDefinition("words", "In words", PropertyKind.TEXT),
        PropertyDefinition("level", "Level", PropertyKind.CHOICE, required=True, choices=("low", 'so "so"', "ünder")),
    ]
    people, accounts = [PartyKind.CONSUMER], [PartyKind.ACCOUNT]
    drafts = [
        TypeDraft(
            code="MENTOR",
            name="Mentor",
            label="is mentor of",
            reverse_label="learns from",
            description="Who teaches,\nand who learns.",
            category=Category.LOOSE,
            source_kinds=people,
            target_kinds=[*people, PartyKind.HOUSEHOLD],
            max_per_target=3,
            properties=properties,
        ),
        TypeDraft(
            code="CLUB",
            name="Club",
            label="belongs to",
            reverse_label="has",
            category=Category.GROUP,
            source_kinds=[*people, *accounts],
            target_kinds=[PartyKind.GROUP],
            roles=("CHAIR", "MEMBER", "TREASURER"),
            role_grants=(
                RoleGrants("TREASURER", (Grant.VIEW_CASES, Grant.VIEW_PROFILE)),
                RoleGrants("CHAIR", (Grant.MANAGE_MEMBERS,)),
            ),
        ),
        TypeDraft(
            code="REGION",
            name="Region",
            label="leads",
            reverse_label="is led by",
            category=Category.HIERARCHY,
            source_kinds=accounts,
            target_kinds=[*people, *accounts],
            acyclic=True,
        ),
        TypeDraft(
            code="RIVAL",
            name="Rival",
            label="is rival of",
            category=Category.LOOSE,
            source_kinds=accounts,
            target_kinds=accounts,
            symmetric=True,
        ),
    ]
    made = [replace(define(d), id=RelationshipTypeId(new_id(r, "relationship_type"))) for d in drafts]
    return [replace(type, active=type.code != "RIVAL") for type in made]
