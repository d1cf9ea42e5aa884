"""What leaving a household takes: the relationships made within it (SPEC 4.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.ids import PartyId, RelationshipId
from domain.parties import PartyKind
from domain.relationships import NewRelationship, Relationship
from domain.within import Membership, Places, first_day

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Settlement:
    """What becomes of relationships made within a household: those that are over, and those that hold on other days."""

    over: tuple[Relationship, ...]
    moved: tuple[Relationship, ...]


def settlement(relationships: Iterable[Relationship], places: Places) -> Settlement:
    """What becomes of relationships made within households now that memberships are as `places` has them.

    They are over where an end has left (the moment it has, however that came about), and hold no longer than until a
    leaving that is to come. No field of their own changes, and neither does their version.
    """
    over, moved = list[Relationship](), list[Relationship]()
    for relationship in relationships:
        assert relationship.within
        before, ends = relationship.within, (relationship.source, relationship.target)
        after = places.within(before.household, ends, first_day(relationship.period, before.first))
        if after is None:
            over.append(relationship)
        elif after != before:
            moved.append(replace(relationship, within=after))
    return Settlement(tuple(over), tuple(moved))


def taken_by(relationships: Iterable[Relationship], places: Places, day: date) -> tuple[Relationship, ...]:
    """What a leaving on a day takes, now or when the day has come, with memberships as `places` has them afterwards.

    What another leaving takes before that day, this one does not.
    """
    then = Places(max(day, places.today), places.rows)
    left = [r for r in relationships if not (r.within and r.within.is_over(day - DAY))]
    over = {relationship.id for each in (places, then) for relationship in settlement(left, each).over}
    return tuple(relationship for relationship in left if relationship.id in over)


def taken_once(
    relationships: Iterable[Relationship],
    places: Places,
    after: Mapping[RelationshipId, Relationship],
    joined: Iterable[Relationship] = (),
) -> tuple[Relationship, ...]:
    """What goes of relationships made within households, once they and the memberships that `places` has are as `after`
    has them, beside new memberships."""
    rows = [
        replace(row, member=after[row.id].source, period=after[row.id].period) if row.id in after else row
        for row in places.rows
    ]
    rows += [Membership(tie.id, tie.source, tie.target, tie.period) for tie in joined]
    then = (after.get(relationship.id, relationship) for relationship in relationships)
    return settlement(then, Places(places.today, rows)).over


def memberships(relationships: Iterable[Relationship | NewRelationship]) -> list[tuple[PartyId, PartyId]]:
    """Member and household of those that may be memberships on which relationships within a household rest.

    These are between consumers, so what leads to a household from anybody else is none; nobody who serves thousands
    is locked for it.
    """
    kinds = (PartyKind.CONSUMER, PartyKind.HOUSEHOLD)
    return [(r.source, r.target) for r in relationships if (PartyKind.of(r.source), PartyKind.of(r.target)) == kinds]
