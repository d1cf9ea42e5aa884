"""Members of households and groups; a membership is a relationship of a GROUP type (SPEC 4.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.groups import FEWEST_MEMBERS
from domain.ids import PartyId, RelationshipId, new_relationship_id
from domain.operations import Change
from domain.parties import PartyKind, new_party
from domain.refusals import InvalidValue, NotFound, Refusal, Refused, UnknownRelationshipType
from domain.relationship_types import Category
from domain.relationships import MOST_AT_ONCE, End, NewRelationship
from graphdb import definitions, parties
from graphdb.errors import NotUnique
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import check_kind, recorded, taken
from resolvers.relationships import cascade, changes, ended, locked, make, saved

HOUSEHOLD_TYPE = "HOUSEHOLD_MEMBER"


@dataclass(frozen=True)
class NewMember:
    """Somebody to be put into a group that is being made."""

    party: PartyId
    role: str | None


async def add_member(context: Context, group: PartyId, draft: NewRelationship) -> Done:
    """Makes the draft's source a member of a household or group, whose type the draft takes. Raises Refused."""
    permit(context.viewer, "addMember")
    check_kind(group, PartyKind.HOUSEHOLD, PartyKind.GROUP, path="group")
    ids = [new_relationship_id()]

    async def work(tx: Transaction) -> Outcome:
        end = (await parties.ends(tx, [group])).get(group)
        if end is None:
            raise Refused(NotFound(path=("group",)))
        typed = replace(draft, type=end.group_type or HOUSEHOLD_TYPE, target=group)
        try:
            made = await make(tx, context, [typed], ids)
        except Refused as refused:
            names = {"source": "party", "target": "group", "type": "group"}
            raise Refused(*(replace(r, path=r.path[1:]).renamed(names) for r in refused.refusals)) from refused
        return Outcome(ids, [*changes(None, made[0]), *await cascade(tx, context, made)])

    return await perform(context, "addMember", work)


async def end_membership(context: Context, id: RelationshipId, on: date | None) -> Done:
    """Ends a membership on a day, today without one. Raises Refused; a relationship of another kind is not found."""
    permit(context.viewer, "endMembership")

    async def work(tx: Transaction) -> Outcome:
        types = (await definitions.stored(tx)).types
        current = await locked(tx, id, types)
        if types[current.type].category is not Category.GROUP:
            raise Refused(NotFound(path=("id",)))
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
