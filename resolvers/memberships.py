"""Members of households and groups; a membership is a relationship of a GROUP type (SPEC 4.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.access import RIGHTS
from domain.groups import FEWEST_MEMBERS
from domain.ids import PartyId, RelationshipId, new_relationship_id
from domain.memberships import MARKS, Turn, day_of_change, first_day, given_up, plan_change, rivals, wanted
from domain.neighbours import marks
from domain.operations import Change
from domain.parties import PartyKind, new_party
from domain.recording import changes
from domain.refusals import InvalidValue, NotAllowed, NotFound, Refusal, Refused, StaleVersion, UnknownRelationshipType
from domain.relating import MOST_AT_ONCE, locks, wrong_marks
from domain.relationship_types import Category, RelationshipType
from domain.relationships import End, NewRelationship, Relationship
from graphdb import definitions, parties, relationships
from graphdb.errors import Gone, NotUnique
from graphdb.graph import Transaction
from resolvers.access import Place, demand_right, demand_seen, is_bounded, needed, permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import check_kind, recorded, taken
from resolvers.relationships import cascade, ended, locked, make, saved, written

HOUSEHOLD_TYPE = "HOUSEHOLD_MEMBER"


@dataclass(frozen=True)
class NewMember:
    """Somebody to be put into a group that is being made."""

    party: PartyId
    role: str | None


async def add_member(context: Context, group: PartyId, draft: NewRelationship, take_over: bool = False) -> Done:
    """Makes the draft's source a member of a household or group, whose type the draft takes. Raises Refused.

    With `take_over`, whoever is on its first day what it is to be, head or primary, gives that up on that day.
    """
    permit(context.viewer, "addMember")
    check_kind(group, PartyKind.HOUSEHOLD, PartyKind.GROUP, path="group")
    ids, spare = [new_relationship_id()], [new_relationship_id() for _ in MARKS]

    async def work(tx: Transaction) -> Outcome:
        await demand_gathering(tx, context, "addMember", ("group",), group, ("party",), draft.source)
        end = (await parties.ends(tx, [group])).get(group)
        if end is None:
            raise Refused(NotFound(path=("group",)))
        typed = replace(draft, type=end.group_type or HOUSEHOLD_TYPE, target=group)
        told = await taken_over(tx, context, typed, ids[0], spare) if take_over else []
        try:
            made = await make(tx, context, [typed], ids)
        except Refused as refused:
            names = {"source": "party", "target": "group", "type": "group"}
            raise Refused(*(replace(r, path=r.path[1:]).renamed(names) for r in refused.refusals)) from refused
        return Outcome(ids, [*told, *changes(None, made[0]), *await cascade(tx, context, made)])

    return await perform(context, "addMember", work)


async def change_membership(
    context: Context,
    id: RelationshipId,
    expected_version: int | None,
    given: Mapping[str, Any],
    on: date | None,
    take_over: bool = False,
) -> Done:
    """Gives a membership another role, head or primary from a day on, today without one; answers the row that holds
    from then. Raises Refused.

    With `take_over`, whoever is on that day what it is to be gives it up on that day.
    """
    permit(context.viewer, "changeMembership")
    opened, *spare = [new_relationship_id() for _ in ("its own", *MARKS)]

    async def work(tx: Transaction) -> Outcome:
        types = (await definitions.stored(tx)).types
        before = await relationships.stored(tx, id)
        if before is None or types[before.type].category is not Category.GROUP:
            raise Refused(NotFound(path=("membership",)))
        place = replace(before, **given)
        giving = await way_locked(tx, place, on or context.today, types) if take_over else []
        current = await locked(tx, id, types)
        await demand_gathering(tx, context, "changeMembership", ("id",), current.target, ("id",), current.source)
        if expected_version not in (None, current.version):
            raise Refused(StaleVersion(path=("expectedVersion",), record=id, current_version=current.version))
        day, place = day_of_change(current.period, on, context.today), replace(current, **given)
        told = await make_way(tx, context, place, day, giving, types, spare) if take_over else []
        turn = plan_change(current, given, day, opened, await marked(tx, place, [place], types), types)
        return Outcome([turn.after.id], [*told, *await turn_written(tx, context, turn, types)])

    try:
        return await perform(context, "changeMembership", work)
    except Refused as refused:
        raise Refused(*(refusal.renamed({"id": "membership"}) for refusal in refused.refusals)) from refused


async def demand_gathering(
    tx: Transaction, context: Context, deed: str, where: Place, group: PartyId, who: Place, party: PartyId
) -> None:
    """Raises Refused where the viewer may not place somebody in a group: the group must be within reach, the member
    seen; and nobody gives himself or herself a place, which may grant more."""
    await demand_right(tx, context, deed, {where: group})
    if is_bounded(context.viewer):
        await demand_seen(tx, context, {who: party})
        if party == context.viewer.id:
            raise Refused(NotAllowed(path=who, missing=needed(RIGHTS[deed])))


async def taken_over(
    tx: Transaction, context: Context, draft: NewRelationship, id: RelationshipId, ids: Sequence[RelationshipId]
) -> list[Change]:
    """Makes way for a new place, from its first day on; nothing where it will be refused anyway."""
    types = (await definitions.stored(tx)).types
    if draft.type not in types or wrong_marks(draft, types[draft.type]):
        return []
    place = wanted(draft, id)
    day = first_day(place.period)
    return await make_way(tx, context, place, day, await way_locked(tx, place, day, types), types, ids)


async def way_locked(
    tx: Transaction, place: Relationship, day: date, types: Mapping[str, RelationshipType]
) -> list[Relationship]:
    """Locks the ends of a place and, all in one order, of who is on a day what it is to be; answers who that was.

    It was read before it was locked, and may have changed since.
    """
    guess = rivals(place, await marked(tx, place, [], types), day)
    await relationships.lock(tx, *place_locks([place, *guess], types))
    return guess


async def make_way(
    tx: Transaction,
    context: Context,
    place: Relationship,
    day: date,
    giving: Sequence[Relationship],
    types: Mapping[str, RelationshipType],
    ids: Sequence[RelationshipId],
) -> list[Change]:
    """Whoever is on a day what a place is to be, head of its household or primary one of its consumer, gives it up.

    Only what is read under the locks counts: where that is not what `giving` were, whose ends are locked, it is locked
    and read again. Answers what the history keeps.
    """
    while True:
        there = rivals(place, await marked(tx, place, [place, *giving], types), day)
        if all(rival in giving for rival in there):
            break
        giving = there
    turns = [given_up(place, rival, day, id) for rival, id in zip(there, ids, strict=False)]
    return [change for turn in turns for change in await turn_written(tx, context, turn, types)]


async def marked(
    tx: Transaction, place: Relationship, lock: Sequence[Relationship], types: Mapping[str, RelationshipType]
) -> tuple[Relationship, ...]:
    """Locks the ends of some places; then reads the heads of a place's household where it is to be head, and the
    primary places of its consumer where it is to be primary."""
    if not marks(place):
        return ()
    heads, primary = ([party for mark, party in marks(place) if mark == wanted] for wanted in MARKS)
    edges, locked = place_locks(lock, types)
    return (await relationships.around(tx, [], edges, locked, [], [], [], [], heads, primary)).existing


def place_locks(
    places: Sequence[Relationship], types: Mapping[str, RelationshipType]
) -> tuple[list[str], list[PartyId]]:
    """What is locked before places are changed."""
    pairs = [(types[place.type], place.source, place.target) for place in places]
    return locks(pairs, [place.target for place in places if place.head])


async def turn_written(
    tx: Transaction, context: Context, turn: Turn, types: Mapping[str, RelationshipType]
) -> list[Change]:
    """Writes what has become of a membership; answers what the history keeps of it."""
    first, *opened = turn.rows
    told = list(await written(tx, context, turn.before, first, types))
    if await relationships.create(tx, opened, types, context.now, context.viewer.id) < len(opened):
        raise Gone("A party was deleted meanwhile.")
    told += [change for row in opened for change in changes(None, row)]
    return [*told, *await cascade(tx, context, [first, *opened])]


async def end_membership(context: Context, id: RelationshipId, on: date | None) -> Done:
    """Ends a membership on a day, today without one. Raises Refused; a relationship of another kind is not found."""
    permit(context.viewer, "endMembership")

    async def work(tx: Transaction) -> Outcome:
        types = (await definitions.stored(tx)).types
        current = await locked(tx, id, types)
        if types[current.type].category is not Category.GROUP:
            raise Refused(NotFound(path=("id",)))
        await demand_right(tx, context, "endMembership", {("id",): current.target})
        return await saved(tx, context, current, await ended(tx, current, on, context.today), types)

    try:
        return await perform(context, "endMembership", work)
    except Refused as refused:
        raise Refused(*(refusal.renamed({"id": "membership"}) for refusal in refused.refusals)) from refused


async def create_group(context: Context, type: str, given: Mapping[str, object], members: Sequence[NewMember]) -> Done:
    """Makes a group of a GROUP type around two or more members (SPEC 3.4). Raises Refused."""
    permit(context.viewer, "createGroup")
    if not FEWEST_MEMBERS <= len(members) <= MOST_AT_ONCE:
        reason = f"a group is made with {FEWEST_MEMBERS} to {MOST_AT_ONCE}"
        raise Refused(InvalidValue(path=("members",), reason=reason))
    party = new_party(PartyKind.GROUP, given, context.country)
    party = replace(party, properties={**party.properties, "group_type": type})
    ids = [new_relationship_id() for _ in members]
    drafts = [NewRelationship(type=type, source=m.party, target=party.id, role=m.role) for m in members]

    async def work(tx: Transaction) -> Outcome:
        known = (await definitions.stored(tx)).types.get(type)
        if known is None:
            raise Refused(UnknownRelationshipType(path=("type",), code=type))
        if known.category is not Category.GROUP or PartyKind.GROUP not in known.target_kinds:
            raise Refused(InvalidValue(path=("type",), reason="must be a type of category GROUP for groups"))
        await parties.create(tx, [party], context.now)
        try:
            made = await make(tx, context, drafts, ids, {party.id: End(PartyKind.GROUP, type)})
        except Refused as refused:
            raise Refused(*dict.fromkeys(member_refusal(refusal) for refusal in refused.refusals)) from refused
        told = [Change(party.id, party.id, None, recorded(party)), *(c for r in made for c in changes(None, r))]
        return Outcome([party.id], told)

    try:
        return await perform(context, "createGroup", work)
    except NotUnique as error:
        raise await taken(context, party, error.property) from error


def member_refusal(refusal: Refusal) -> Refusal:
    """A refusal of a membership, placed where the member stands in the input; the type stands there once for all."""
    _, *rest = refusal.path
    if rest == ["type"]:
        return replace(refusal, path=("type",))
    return refusal.renamed({"source": "party", "target": "party"}).under("members")
