"""Relating: what may be related to whom, when, beside what there is (SPEC 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.ids import PartyId, RelationshipId
from domain.internal_users import Role
from domain.neighbours import Neighbours, in_household
from domain.partial_dates import Period
from domain.parties import CUSTOMERS, PartyKind
from domain.periods import checked_period, ended, readable_period
from domain.properties import checked_properties
from domain.refusals import (
    InactiveRelationshipType,
    InvalidValue,
    MergedAway,
    MissingRole,
    NotFound,
    NotInOneHousehold,
    Refusal,
    SelfRelationship,
    UnknownRelationshipType,
    WrongKind,
    demand,
)
from domain.relationship_types import Category, Pedigree, RelationshipType
from domain.relationships import Known, NewRelationship, Relationship, as_membership
from domain.responsibilities import inactive_responsibility, wrong_responsibility
from domain.texts import checked
from domain.values import Invalid
from domain.within import Places, Within, first_day

MOST_AT_ONCE = 500


def locks(
    pairs: Iterable[tuple[RelationshipType, PartyId, PartyId]], headed: Iterable[PartyId] = ()
) -> tuple[list[str], list[PartyId]]:
    """What a transaction locks before it makes, changes or removes such relationships, both in order (DESIGN 2).

    Edge types' own locks where cycles count; of the parties every customer, else the target, and each limited end.
    Where neither end of a symmetric type is a customer, it is the lower id, which is the same for its mirror. What
    carries a responsibility is never symmetric: its target is locked, for which only one may carry an exclusive one.
    `headed` are households whose head a relationship is, or is to be: of heads only so many are allowed, too.
    """
    edges, parties, every = set[str](), set[PartyId](headed), list(pairs)
    parties_at_ends = {end for _, *ends in every for end in ends}
    customers_at_ends = {end for end in parties_at_ends if PartyKind.of(end) in CUSTOMERS}
    for type, source, target in every:
        if type.acyclic:
            edges.add(type.edge)
        customers = customers_at_ends & {source, target}
        parties |= customers or {min(source, target) if type.symmetric else target}
        if type.max_per_source is not None:
            parties.add(source)
        if type.max_per_target is not None:
            parties.add(target)
    return sorted(edges), sorted(parties)


def plan_relate(
    drafts: Sequence[NewRelationship], ids: Sequence[RelationshipId], known: Known
) -> tuple[Relationship, ...]:
    """The relationships to be made, under the ids given. Raises Refused with all that is wrong, each at its index.

    A draft whose wording alone is wrong stands in the way of later ones like a good one, so that nothing new comes up
    once it is mended; one that is itself in the way of others doesn't, since it will have to go.
    """
    beside, places = neighbours(known, drafts), known.places.but()
    made: list[Relationship] = []
    refusals: list[Refusal] = []
    for index, (draft, id) in enumerate(zip(drafts, ids, strict=True)):
        type = known.types.get(draft.type)
        wrong = [*wrong_type(draft, type), *wrong_ends(draft, type, known)]
        if type is not None:
            placed = not wrong
            relationship, wording = described(draft, id, type)
            wrong += wording
            if placed:
                wrong += [*wrong_answering(draft, type, known), *wrong_to_entrust(draft, type, known)]
            if placed and relationship is not None:
                if draft.primary is None:
                    relationship = replace(relationship, primary=beside.first_household(relationship))
                relationship, outside = placed_within(draft, relationship, type, known, places)
                wrong += outside
                blocked = beside.in_the_way(relationship)
                wrong += blocked
                if not blocked:
                    made.append(relationship)
                    beside.add(relationship)
                    if type.category is Category.GROUP:
                        places.add(as_membership(relationship))
        refusals += [refusal.under(str(index)) for refusal in wrong]
    demand(refusals)
    return tuple(made)


def plan_update(current: Relationship, given: Mapping[str, Any], known: Known) -> Relationship:
    """The relationship with the given fields in place of its own, under the rules for new ones. Raises Refused."""
    type = known.types[current.type]
    draft = replace(
        NewRelationship(
            type=current.type,
            source=current.source,
            target=current.target,
            responsibility=current.responsibility,
            properties=current.properties,
            valid_from=current.period.start.text if current.period.start else None,
            valid_to=current.period.end.text if current.period.end else None,
            note=current.note,
            role=current.role,
            head=current.head,
            primary=current.primary,
            household=current.household,
        ),
        **given,
    )
    relationship, wrong = described(draft, current.id, type)
    wrong += wrong_answering(draft, type, known)
    if draft.responsibility != current.responsibility:
        wrong += wrong_to_entrust(draft, type, known)
    if relationship is not None and current.within:
        relationship, outside = moved_within(relationship, current, current.within, known.places)
        wrong += outside
    if relationship is not None:
        wrong += neighbours(known, [draft], current.id).in_the_way(relationship)
    demand(wrong)
    assert relationship is not None
    return replace(relationship, version=current.version)


def plan_end(current: Relationship, on: date | None, today: date) -> Relationship:
    """The relationship ended on a day, today without one (SPEC 3.6), as `ended` says. Raises Refused."""
    return replace(current, period=ended(current.period, on, today))


def draft_period(draft: NewRelationship) -> Period:
    """The period of a draft for reading what it may meet: a date that cannot be read is no bound."""
    return readable_period(draft.valid_from, draft.valid_to)


def neighbours(known: Known, drafts: Iterable[NewRelationship], changed: RelationshipId | None = None) -> Neighbours:
    """What drafts must go together with, but a relationship that is being changed, which they take the place of."""
    existing = [tie for tie in known.existing if tie.id != changed]
    lineage = [tie for tie in known.lineage if tie.id != changed]
    planned = [(draft.type, draft.source, draft.target) for draft in drafts]
    exclusive = {responsibility.code for responsibility in known.responsibilities if responsibility.exclusive}
    return Neighbours(known.types, existing, lineage, planned, exclusive)


def wrong_type(draft: NewRelationship, type: RelationshipType | None) -> list[Refusal]:
    """A type that there is not, or that takes no new relationships (SPEC 2.5)."""
    if type is None:
        return [UnknownRelationshipType(path=("type",), code=draft.type)]
    return [] if type.active else [InactiveRelationshipType(path=("type",), type=type.id, name=type.name)]


def wrong_ends(draft: NewRelationship, type: RelationshipType | None, known: Known) -> list[Refusal]:
    """Ends that don't exist, are of a wrong kind or group, or are the same."""
    refusals: list[Refusal] = []
    for place, id in (("source", draft.source), ("target", draft.target)):
        end = known.ends.get(id)
        if end is None:
            refusals.append(NotFound(path=(place,)))
        elif end.survivor:
            refusals.append(MergedAway(path=(place,), survivor=end.survivor))
        elif type is not None and end.kind not in (kinds := getattr(type, f"{place}_kinds")):
            refusals.append(WrongKind(path=(place,), allowed=tuple(kind.name for kind in kinds)))
        elif type is not None and type.category is Category.GROUP and end.group_type not in (None, type.code):
            refusals.append(InvalidValue(path=("type",), reason=f"this group takes {end.group_type}"))
    if draft.source == draft.target:
        refusals.append(SelfRelationship(path=("target",)))
    return refusals


def wrong_answering(draft: NewRelationship, type: RelationshipType, known: Known) -> list[Refusal]:
    """What is wrong with the responsibility, between the kinds that the two ends are."""
    source, target = known.ends[draft.source].kind, known.ends[draft.target].kind
    return wrong_responsibility(draft.responsibility, type, source, target, known.responsibilities)


def wrong_to_entrust(draft: NewRelationship, type: RelationshipType, known: Known) -> list[Refusal]:
    """Why nobody, or not this source, can be given a responsibility now (SPEC 5.1, 5.3); who has it keeps it."""
    refusals = inactive_responsibility(draft.responsibility, known.responsibilities)
    if type.category is Category.TEAM and Role.RELATIONSHIP_AGENT not in known.ends[draft.source].roles:
        refusals.append(MissingRole(path=("source",), role=Role.RELATIONSHIP_AGENT.value))
    return refusals


def wrong_role(role: str | None, type: RelationshipType) -> list[Refusal]:
    """A role that the type does not have."""
    if role is None or role in type.roles:
        return []
    reason = f"must be one of {', '.join(type.roles)}" if type.roles else "is not for this type"
    return [InvalidValue(path=("role",), reason=reason)]


def wrong_marks(place: NewRelationship | Relationship, type: RelationshipType) -> list[Refusal]:
    """What is head or primary, and is not a consumer's place in a household (SPEC 4.1, 4.4)."""
    given = [mark for mark, is_so in (("head", place.head), ("primary", place.primary)) if is_so]
    if in_household(type, place.source, place.target):
        return []
    return [InvalidValue(path=(mark,), reason="is for consumers in households") for mark in given]


def placed_within(
    draft: NewRelationship, relationship: Relationship, type: RelationshipType, known: Known, places: Places
) -> tuple[Relationship, list[Refusal]]:
    """The relationship in its household, and what is wrong with that (SPEC 3.1): it is named exactly where the type
    asks for one, and both ends are members on the first day, and have not left since."""
    household, path = draft.household, ("household",)
    if household is None or not type.within_household:
        if type.within_household:
            return relationship, [InvalidValue(path=path, reason="is needed by this type")]
        return relationship, [InvalidValue(path=path, reason="is not for this type")] if household is not None else []
    end = known.ends.get(household)
    if end is None:
        return relationship, [NotFound(path=path)]
    if end.kind is not PartyKind.HOUSEHOLD:
        return relationship, [WrongKind(path=path, allowed=(PartyKind.HOUSEHOLD.name,))]
    first = first_day(relationship.period, draft.first or places.today)
    within = places.within(household, (relationship.source, relationship.target), first)
    if within is None or (within.first > first and draft.first is None):
        return relationship, [NotInOneHousehold(path=path)]
    return replace(relationship, within=within), []


def moved_within(
    relationship: Relationship, current: Relationship, before: Within, places: Places
) -> tuple[Relationship, list[Refusal]]:
    """A changed relationship in the household that it was made within; both ends must be members on a new first day.

    One that is over and has not been deleted yet may be ended, and changed, as any other.
    """
    moved = relationship.period.start != current.period.start
    first = first_day(relationship.period, places.today if moved else before.first)
    within = places.within(before.household, (current.source, current.target), first)
    if moved and (within is None or within.first > first):
        return relationship, [NotInOneHousehold(path=("validFrom",))]
    return replace(relationship, within=within or before), []


def described(
    draft: NewRelationship, id: RelationshipId, type: RelationshipType
) -> tuple[Relationship | None, list[Refusal]]:
    """The relationship that a draft tells of, as far as it can be read, and what is wrong; None without a period."""
    period, refusals = checked_period(draft.valid_from, draft.valid_to, type.category)
    properties, wrong = checked_properties(draft.properties, type.properties)
    refusals += wrong
    if type.category is Category.PARENTAGE and "pedigree" not in properties:
        properties = {"pedigree": Pedigree.BIRTH.value, **properties}
    refusals += [*wrong_role(draft.role, type), *wrong_marks(draft, type)]
    note = None
    try:
        note = checked(draft.note or "", 2000, lines=True) or None
    except Invalid as error:
        refusals.append(InvalidValue(path=("note",), reason=error.reason))
    if period is None:
        return None, refusals
    relationship = Relationship(
        id=id,
        type=type.code,
        source=draft.source,
        target=draft.target,
        period=period,
        responsibility=draft.responsibility,
        properties=properties,
        note=note,
        role=draft.role,
        head=draft.head,
        primary=bool(draft.primary),
    )
    return relationship, refusals
