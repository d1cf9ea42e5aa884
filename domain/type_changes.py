"""How relationship types change: what may change at all, and what a change makes narrower (SPEC 2.1, 2.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.parties import camel
from domain.properties import PropertyDefinition
from domain.refusals import InvalidValue, Refusal, demand
from domain.relationship_types import PEDIGREE, Category, RelationshipType, TypeDraft, define

TEXTS, FLAGS = ("name", "label", "description"), ("acyclic", "within_household", "active")
LISTS, LIMITS = ("source_kinds", "target_kinds", "roles"), ("max_per_source", "max_per_target")
OF_THE_HOUSE = (*FLAGS, *LIMITS, "source_kinds", "target_kinds", "properties")
"""What of a built-in type never changes: what Kith itself reads, as family trees read PARENT, rests on it."""


@dataclass(frozen=True)
class StoredType:
    """A type under the rule that is in force for good, and the token of a change that is making it narrower, if any."""

    type: RelationshipType
    tightening: str | None = None


def changed(before: RelationshipType, given: Mapping[str, Any]) -> RelationshipType:
    """The type with the fields given in place of its own, under the rules for new ones; None empties a field.

    Code, category and symmetry are no fields that can be given: edges carry them. Raises Refused.
    """
    demand(
        [InvalidValue(path=(name,), reason="must be true or false") for name in FLAGS if given.get(name, ()) is None]
    )
    after: dict[str, Any] = {name: given.get(name, getattr(before, name)) for name in (*TEXTS, *FLAGS, *LIMITS)}
    after |= {name: given.get(name, getattr(before, name)) or () for name in LISTS}
    kept_grants = [granted for granted in before.role_grants if granted.role in after["roles"]]
    after["role_grants"] = given.get("role_grants", kept_grants) or ()
    after["name"], after["label"] = after["name"] or "", after["label"] or ""
    own = None if before.symmetric else before.reverse_label
    own_properties = given.get("properties", before.properties) or ()
    reserved = (PEDIGREE,) if before.category is Category.PARENTAGE else ()
    active = after.pop("active")
    draft = TypeDraft(
        code=before.code,
        category=before.category,
        symmetric=before.symmetric,
        reverse_label=given.get("reverse_label", own),
        properties=[definition for definition in own_properties if definition not in reserved],
        **after,
    )
    kept = {name: getattr(before, name) for name in ("id", "built_in", "version")}
    made = replace(define(draft), active=active, **kept)
    demand(list(wrong_for_built_in(before, made)) if before.built_in else [])
    return made


def wrong_for_built_in(before: RelationshipType, after: RelationshipType) -> Iterator[Refusal]:
    """What of a built-in type cannot change: all but its texts, and more roles (SPEC 2.3)."""
    for name in OF_THE_HOUSE:
        if getattr(before, name) != getattr(after, name):
            yield InvalidValue(path=(camel(name),), reason="does not change in a built-in type")
    if set(before.roles) - set(after.roles):
        yield InvalidValue(path=("roles",), reason=f"must keep {', '.join(before.roles)} in a built-in type")


def narrows(before: RelationshipType, after: RelationshipType) -> bool:
    """Whether a change makes a type narrower: then something that is stored may be against it."""
    return narrowed(before, after) != before or before.within_household != after.within_household


def narrowed(before: RelationshipType, after: RelationshipType) -> RelationshipType:
    """The type as it was, as far as it may still be used so afterwards: what it takes, both take.

    It equals `before` where the change makes nothing narrower; then nothing that is stored can be against it. That a
    property becomes required makes nothing narrower, since it binds only what is made or changed from now on. A type
    that is to be made within a household, or to be so no more, takes nothing that both take.
    """
    tighter: dict[str, Any] = {}
    for name in LIMITS:
        limits = [limit for limit in (getattr(before, name), getattr(after, name)) if limit is not None]
        tighter[name] = min(limits, default=None)
    for name in LISTS:
        tighter[name] = tuple(item for item in getattr(before, name) if item in getattr(after, name))
    properties = tuple(common(before.properties, after.properties))
    active = before.active and before.within_household == after.within_household
    acyclic = before.acyclic or after.acyclic
    return replace(before, acyclic=acyclic, active=active, properties=properties, **tighter)


def common(
    before: tuple[PropertyDefinition, ...], after: tuple[PropertyDefinition, ...]
) -> Iterator[PropertyDefinition]:
    """The properties of before that are still there, of the same kind, with the choices that both have."""
    later = {definition.code: definition for definition in after}
    for definition in before:
        other = later.get(definition.code)
        if other is None or other.kind is not definition.kind:
            continue
        choices = tuple(choice for choice in definition.choices if choice in other.choices)
        if choices or not definition.choices:
            yield replace(definition, choices=choices)
