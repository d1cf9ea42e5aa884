"""Relationships of two customers who become one: moved, collapsed, kept apart or dropped (SPEC 7.2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from domain.ids import PartyId, RelationshipId
from domain.partial_dates import PartialDate, Period
from domain.properties import Value
from domain.relationship_types import RelationshipType
from domain.relationships import Relationship
from domain.winners import Field, Winners, field, is_empty
from domain.within import Places

INFINITY = float("inf")
OWN = ("responsibility", "note", "role", "head")
"""What of a relationship gets a winner, beside its custom properties."""


class MergeOutcome(Enum):
    """What becomes of a record in a merge."""

    MOVED = "MOVED"
    COLLAPSED = "COLLAPSED"
    KEPT_APART = "KEPT_APART"
    DROPPED = "DROPPED"
    CHANGED = "CHANGED"


class Reason(Enum):
    """Why; the value says it in a sentence for people."""

    MOVED = "It is the survivor's from then on."
    SAME_PERIOD = "The survivor has one of this type with the same party in the same period; both become one."
    OTHER_PERIOD = "The survivor has one of this type with the same party in another period; both stay."
    ITSELF = "It is between the two who become one."
    LEFT = "It was made within a household that an end has left."
    SECOND_PRIMARY = "It stays the survivor's, and is primary no more: only one place is on a day."


@dataclass(frozen=True)
class Fate:
    """What becomes of a relationship: `after` is as it will be, its own or that of the one `into` which it collapses;
    None where it is dropped. `fields` are those in which the two that become one differ."""

    outcome: MergeOutcome
    reason: Reason
    before: Relationship
    after: Relationship | None = None
    fields: tuple[Field, ...] = ()

    @property
    def into(self) -> RelationshipId | None:
        """The relationship into which it collapses, if it does."""
        return self.after.id if self.after and self.outcome is MergeOutcome.COLLAPSED else None


@dataclass(frozen=True)
class Fates:
    """What becomes of all relationships: of the merged customer's, and of the survivor's own that collapse, each its
    fate; of the survivor's own that stay and change, what they were and will be."""

    fates: tuple[Fate, ...]
    changed: tuple[tuple[Relationship, Relationship], ...]

    @property
    def moved(self) -> list[tuple[Relationship, Relationship]]:
        """Those that get another end, before and after."""
        kinds = (MergeOutcome.MOVED, MergeOutcome.KEPT_APART)
        return [(fate.before, fate.after) for fate in self.fates if fate.outcome in kinds and fate.after]

    @property
    def gone(self) -> list[Relationship]:
        """Those that are there no more."""
        kinds = (MergeOutcome.COLLAPSED, MergeOutcome.DROPPED)
        return [fate.before for fate in self.fates if fate.outcome in kinds]

    @property
    def fields(self) -> list[Field]:
        """All fields of which winners can be chosen."""
        return list({field.name: field for fate in self.fates for field in fate.fields}.values())


@dataclass
class Cluster:
    """Relationships between the same two whose periods meet: those of the survivor first, and their common period."""

    rows: list[Relationship]
    period: Period


def fates(
    theirs: Sequence[Relationship],
    ours: Sequence[Relationship],
    survivor: PartyId,
    merged: PartyId,
    types: Mapping[str, RelationshipType],
    winners: Winners,
    places: Places,
) -> Fates:
    """What becomes of `theirs`, the merged customer's relationships, beside `ours`, those of the survivor's that have
    the same types and far ends, or are primary places."""
    own = {relationship.id for relationship in ours}
    before = {relationship.id: relationship for relationship in (*ours, *theirs)}
    found = [
        Fate(MergeOutcome.DROPPED, Reason.ITSELF, tie)
        for tie in theirs
        if {tie.source, tie.target} == {survivor, merged}
    ]
    moving = [ended(tie, merged, survivor) for tie in theirs if {tie.source, tie.target} != {survivor, merged}]
    groups: dict[tuple[str, PartyId, PartyId], list[Relationship]] = defaultdict(list)
    for tie in (*ours, *moving):
        ends = sorted((tie.source, tie.target)) if types[tie.type].symmetric else (tie.source, tie.target)
        groups[tie.type, ends[0], ends[1]].append(tie)
    kept: list[tuple[Relationship, list[Relationship], tuple[Field, ...]]] = []
    apart = set[RelationshipId]()
    for rows in groups.values():
        if any(row.id in own for row in rows):
            apart |= {row.id for row in rows}
        for cluster in clusters(rows, own):
            after, fields = collapsed(cluster, own, winners)
            kept.append((after, cluster.rows[1:], fields))
    stands = primaries([after for after, *_ in kept], own, before, places.today)
    beside = moved_places(places, survivor, merged)
    changed: list[tuple[Relationship, Relationship]] = []
    for kept_one, others, fields in kept:
        after = replace(kept_one, primary=kept_one.id in stands)
        if after.within:
            within = beside.within(after.within.household, (after.source, after.target), after.within.first)
            if within is None and after.id not in own:
                found += [Fate(MergeOutcome.DROPPED, Reason.LEFT, before[tie.id]) for tie in (after, *others)]
                continue
            after = replace(after, within=within or after.within)
        found += [Fate(MergeOutcome.COLLAPSED, Reason.SAME_PERIOD, before[tie.id], after, fields) for tie in others]
        if after.id not in own:
            outcome = MergeOutcome.KEPT_APART if after.id in apart else MergeOutcome.MOVED
            reason = Reason.OTHER_PERIOD if after.id in apart else Reason.MOVED
            found.append(Fate(outcome, reason, before[after.id], after))
        elif after != before[after.id] and (others or after.primary != before[after.id].primary):
            changed.append((before[after.id], after))
    return Fates(tuple(sorted(found, key=lambda fate: fate.before.id)), tuple(changed))


def ended(tie: Relationship, before: PartyId, after: PartyId) -> Relationship:
    """A relationship with another party at the end at which one stands."""
    source, target = (after if end == before else end for end in (tie.source, tie.target))
    return replace(tie, source=source, target=target)


def moved_places(places: Places, survivor: PartyId, merged: PartyId) -> Places:
    """Who is a member when, once the merged customer's places are the survivor's."""
    rows = (replace(row, member=survivor) if row.member == merged else row for row in places.rows)
    return Places(places.today, rows)


def clusters(rows: Iterable[Relationship], own: Collection[RelationshipId]) -> list[Cluster]:
    """Relationships between the same two, those together whose periods meet, or meet the period that others become.

    The survivor's come first in each, by their ids; the first is the one that stays.
    """
    found: list[Cluster] = []
    for row in sorted(rows, key=lambda row: (row.id not in own, row.id)):
        new = Cluster([row], row.period)
        while meeting := [cluster for cluster in found if cluster.period.overlaps(new.period)]:
            found = [cluster for cluster in found if cluster not in meeting]
            for cluster in meeting:
                new = Cluster([*cluster.rows, *new.rows], union(cluster.period, new.period))
        found.append(new)
    for cluster in found:
        cluster.rows.sort(key=lambda row: (row.id not in own, row.id))
    return found


def union(one: Period, other: Period) -> Period:
    """From the earlier start until the later end; of two starts that may be equally early the surer."""
    starts, ends = (one.start, other.start), (one.end, other.end)
    return Period(
        min((start for start in starts if start), key=beginning) if all(starts) else None,
        max((end for end in ends if end), key=ending) if all(ends) else None,
    )


def beginning(start: PartialDate) -> tuple[float, float, str]:
    """By what the earlier of two starts is told."""
    latest = start.latest.toordinal() if start.latest else INFINITY
    return (start.earliest.toordinal() if start.earliest else -INFINITY, latest, start.text)


def ending(end: PartialDate) -> tuple[float, float, str]:
    """By what the later of two ends is told."""
    earliest = end.earliest.toordinal() if end.earliest else -INFINITY
    return (end.latest.toordinal() if end.latest else INFINITY, earliest, end.text)


def collapsed(
    cluster: Cluster, own: Collection[RelationshipId], winners: Winners
) -> tuple[Relationship, tuple[Field, ...]]:
    """The one relationship that those of a cluster become, and the fields in which the two sides differ."""
    first, *others = cluster.rows
    if not others:
        return first, ()
    sides = [row for row in cluster.rows if row.id in own], [row for row in cluster.rows if row.id not in own]
    become: dict[str, Any] = {}
    fields: list[Field] = []

    def settle(name: str, ours: object, theirs: object) -> object:
        found = field(f"{first.id}.{name}", ours, theirs, winners)
        if ours != theirs:
            fields.append(found)
        return found.value

    for name in OWN:
        become[name] = settle(name, *(said(getattr(row, name) or None for row in side) for side in sides))
    properties: dict[str, Value] = {}
    for code in dict.fromkeys(code for row in cluster.rows for code in row.properties):
        chosen = settle(f"properties.{code}", *(said(row.properties.get(code) for row in side) for side in sides))
        if isinstance(chosen, (str, int, float, bool)):
            properties[code] = chosen
    within = first.within
    if within:
        same = [row.within.first for row in cluster.rows if row.within and row.within.household == within.household]
        within = replace(within, first=min(same))
    after = replace(
        first,
        period=cluster.period,
        responsibility=become["responsibility"],
        note=become["note"],
        role=become["role"],
        head=bool(become["head"]),
        primary=any(row.primary for row in cluster.rows),
        properties=properties,
        within=within,
    )
    return after, tuple(fields)


def said(values: Iterable[object]) -> object:
    """The first value that says something, else the first."""
    found = list(values)
    return next((value for value in found if not is_empty(value)), found[0] if found else None)


def primaries(
    rows: Iterable[Relationship],
    own: Collection[RelationshipId],
    before: Mapping[RelationshipId, Relationship],
    today: date,
) -> set[RelationshipId]:
    """Which places stay primary, since only one may be on a day: the survivor's first, of these today's, and those that
    didn't become longer; then those that were the merged one's (SPEC 7.2)."""
    stands: list[Relationship] = []
    wanted = [row for row in rows if row.primary]

    def rank(row: Relationship) -> tuple[bool, bool, bool, str]:
        was = before[row.id]
        ours = row.id in own and was.primary
        return (not ours, not row.period.holds_on(today), row.period != was.period, row.id)

    for row in sorted(wanted, key=rank):
        if not any(other.source == row.source and other.period.overlaps(row.period) for other in stands):
            stands.append(row)
    return {row.id for row in stands}
