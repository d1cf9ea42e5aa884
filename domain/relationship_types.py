"""Relationship types: what administrators define, and what each category allows (SPEC 2)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from domain.access import Grant
from domain.ids import RelationshipTypeId, new_id
from domain.parties import CUSTOMERS, PartyKind
from domain.properties import PropertyDefinition, PropertyKind, checked_definitions
from domain.refusals import InvalidValue, Refusal, demand
from domain.texts import checked, filled
from domain.values import Invalid

CODE = re.compile(r"[A-Z][A-Z0-9_]{0,49}")
MOST_ROLES, LARGEST_LIMIT = 30, 10_000


class Category(Enum):
    PARENTAGE = "PARENTAGE"
    PARTNERSHIP = "PARTNERSHIP"
    KIN = "KIN"
    LOOSE = "LOOSE"
    HIERARCHY = "HIERARCHY"
    TEAM = "TEAM"
    REPRESENTATION = "REPRESENTATION"
    GROUP = "GROUP"


class Pedigree(Enum):
    BIRTH = "BIRTH"
    ADOPTIVE = "ADOPTIVE"
    FOSTER = "FOSTER"
    STEP = "STEP"


EDGES: Mapping[Category, str] = {
    Category.PARENTAGE: "PARENT_OF",
    Category.PARTNERSHIP: "PARTNER_OF",
    Category.KIN: "LINKED_TO",
    Category.LOOSE: "LINKED_TO",
    Category.HIERARCHY: "OVERSEES",
    Category.TEAM: "SERVES",
    Category.REPRESENTATION: "REPRESENTS",
    Category.GROUP: "MEMBER_OF",
}
PEOPLE, GROUPS = frozenset({PartyKind.CONSUMER}), frozenset({PartyKind.HOUSEHOLD, PartyKind.GROUP})
SERVED = CUSTOMERS | GROUPS
ENDS: Mapping[Category, tuple[frozenset[PartyKind], frozenset[PartyKind]]] = {
    Category.PARENTAGE: (PEOPLE, PEOPLE),
    Category.PARTNERSHIP: (PEOPLE, PEOPLE),
    Category.KIN: (PEOPLE, PEOPLE),
    Category.LOOSE: (SERVED, SERVED),
    Category.HIERARCHY: (CUSTOMERS, CUSTOMERS),
    Category.TEAM: (frozenset({PartyKind.INTERNAL_USER}), SERVED),
    Category.REPRESENTATION: (PEOPLE, PEOPLE),
    Category.GROUP: (CUSTOMERS, GROUPS),
}
"""Which kinds can stand at the source and the target of a category at all."""

IMPRECISE = frozenset({Category.PARENTAGE, Category.PARTNERSHIP})
SYMMETRIC = frozenset({Category.PARTNERSHIP, Category.KIN, Category.LOOSE})
ANSWERABLE = frozenset({Category.TEAM, Category.REPRESENTATION})
"""Categories whose relationships carry a responsibility, and need one (SPEC 5.2)."""

PEDIGREE = PropertyDefinition("pedigree", "Pedigree", PropertyKind.CHOICE, choices=tuple(p.value for p in Pedigree))


@dataclass(frozen=True)
class RoleGrants:
    """What a role grants its members for the others of a household or group (SPEC 5.1)."""

    role: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True, kw_only=True)
class RelationshipType:
    """A type as it is stored; `max_per_source` is how many one source may have at a time, None: any number."""

    id: RelationshipTypeId
    code: str
    name: str
    label: str
    reverse_label: str
    description: str | None
    category: Category
    source_kinds: tuple[PartyKind, ...]
    target_kinds: tuple[PartyKind, ...]
    symmetric: bool = False
    acyclic: bool = False
    max_per_source: int | None = None
    max_per_target: int | None = None
    within_household: bool = False
    roles: tuple[str, ...] = ()
    role_grants: tuple[RoleGrants, ...] = ()
    properties: tuple[PropertyDefinition, ...] = ()
    active: bool = True
    built_in: bool = False
    version: int = 1

    @cached_property
    def edge(self) -> str:
        """The edge type in the graph (SPEC 2.2); asked again and again of each relationship in a plan."""
        return EDGES[self.category]


@dataclass(frozen=True, kw_only=True)
class TypeDraft:
    """A type as a client gives it."""

    code: str
    name: str
    label: str
    category: Category
    source_kinds: Sequence[PartyKind]
    target_kinds: Sequence[PartyKind]
    reverse_label: str | None = None
    description: str | None = None
    symmetric: bool = False
    acyclic: bool = False
    max_per_source: int | None = None
    max_per_target: int | None = None
    within_household: bool = False
    roles: Sequence[str] = ()
    role_grants: Sequence[RoleGrants] = ()
    properties: Sequence[PropertyDefinition] = ()


def define(draft: TypeDraft) -> RelationshipType:
    """The type that a draft describes. Raises Refused with all that is wrong."""
    refusals: list[Refusal] = []

    def text(value: str | None, most: int, *path: str, required: bool = True) -> str:
        try:
            return filled(value or "", most) if required else checked(value or "", most, lines=True)
        except Invalid as error:
            refusals.append(InvalidValue(path=path, reason=error.reason))
            return ""

    reserved = (PEDIGREE,) if draft.category is Category.PARENTAGE else ()
    properties, wrong = checked_definitions(draft.properties, {definition.code for definition in reserved})
    label = text(draft.label, 100, "label")
    made = RelationshipType(
        id=RelationshipTypeId(new_id("relationship_type")),
        code=draft.code,
        name=text(draft.name, 100, "name"),
        label=label,
        reverse_label=label if draft.symmetric else text(draft.reverse_label, 100, "reverseLabel"),
        description=text(draft.description, 2000, "description", required=False) or None,
        category=draft.category,
        source_kinds=tuple(kind for kind in PartyKind if kind in draft.source_kinds),
        target_kinds=tuple(kind for kind in PartyKind if kind in draft.target_kinds),
        symmetric=draft.symmetric,
        acyclic=draft.acyclic,
        max_per_source=draft.max_per_source,
        max_per_target=draft.max_per_target,
        within_household=draft.within_household,
        roles=tuple(draft.roles),
        role_grants=ordered(draft),
        properties=(*reserved, *properties),
    )
    more = [*wrong_kinds(draft), *wrong_symmetry(draft), *wrong_within(draft), *wrong_numbers(draft)]
    demand([*wrong_code(draft), *refusals, *more, *wrong_grants(draft), *wrong])
    return made


def ordered(draft: TypeDraft) -> tuple[RoleGrants, ...]:
    """What roles grant, in the order of the roles and of Grant; a role that grants nothing is left out."""
    given = {granted.role: granted.grants for granted in draft.role_grants}
    found = [RoleGrants(role, tuple(grant for grant in Grant if grant in given.get(role, ()))) for role in draft.roles]
    return tuple(granted for granted in found if granted.grants)


def wrong_code(draft: TypeDraft) -> Iterator[Refusal]:
    """Codes, the type's and its roles', are for programs: one alphabet, no spelling variants."""
    reason = "must be capital letters, digits and underscores, at most 50"
    if not CODE.fullmatch(draft.code):
        yield InvalidValue(path=("code",), reason=reason)
    for index, role in enumerate(draft.roles):
        if not CODE.fullmatch(role):
            yield InvalidValue(path=("roles", str(index)), reason=reason)


def wrong_kinds(draft: TypeDraft) -> Iterator[Refusal]:
    """Kinds that the category's edge does not take."""
    ends = zip(
        ("sourceKinds", "targetKinds"), (draft.source_kinds, draft.target_kinds), ENDS[draft.category], strict=True
    )
    for field, given, allowed in ends:
        if not given or set(given) - allowed:
            names = ", ".join(kind.name for kind in PartyKind if kind in allowed)
            yield InvalidValue(path=(field,), reason=f"of {draft.category.value} must be some of {names}")


def wrong_symmetry(draft: TypeDraft) -> Iterator[Refusal]:
    """What a symmetric type cannot have, its two ends being one and the same (SPEC 2.4), and which must be one."""
    if not draft.symmetric:
        if draft.category is Category.PARTNERSHIP:
            yield InvalidValue(path=("symmetric",), reason="must be true for PARTNERSHIP")
        return
    if draft.category not in SYMMETRIC:
        yield InvalidValue(path=("symmetric",), reason=f"is not possible for {draft.category.value}")
    if set(draft.source_kinds) != set(draft.target_kinds):
        yield InvalidValue(path=("symmetric",), reason="needs the same kinds at both ends")
    if draft.max_per_source != draft.max_per_target:
        yield InvalidValue(path=("maxPerTarget",), reason="of a symmetric type must be the same at both ends")
    if draft.acyclic:
        yield InvalidValue(path=("acyclic",), reason="is not possible for a symmetric type")
    if draft.reverse_label not in (None, draft.label):
        yield InvalidValue(path=("reverseLabel",), reason="a symmetric type has one label")


def wrong_grants(draft: TypeDraft) -> Iterator[Refusal]:
    """Grants of what is no role of the type, or of one that stands there before."""
    roles = [granted.role for granted in draft.role_grants]
    for index, role in enumerate(roles):
        if role not in draft.roles or role in roles[:index]:
            reason = "must be one of the roles, each once"
            yield InvalidValue(path=("roleGrants", str(index), "role"), reason=reason)


def wrong_within(draft: TypeDraft) -> Iterator[Refusal]:
    """A type made within a household is between its members, who are people."""
    if draft.within_household and not set(draft.source_kinds) == set(draft.target_kinds) == PEOPLE:
        yield InvalidValue(path=("withinHousehold",), reason="is for types with consumers at both ends")


def wrong_numbers(draft: TypeDraft) -> Iterator[Refusal]:
    """Limits out of range, and more roles than there can be."""
    for field, limit in (("maxPerSource", draft.max_per_source), ("maxPerTarget", draft.max_per_target)):
        if limit is not None and not 1 <= limit <= LARGEST_LIMIT:
            yield InvalidValue(path=(field,), reason=f"must be 1 to {LARGEST_LIMIT:,}")
    if draft.roles and draft.category is not Category.GROUP:
        yield InvalidValue(path=("roles",), reason="only a GROUP type has roles")
    if len(draft.roles) > MOST_ROLES or len(set(draft.roles)) < len(draft.roles):
        yield InvalidValue(path=("roles",), reason=f"must be different, at most {MOST_ROLES}")
