"""What a deletion rests on: what goes, by whatever rule, as the graph has it (SPEC 8.3)."""

from collections.abc import Collection
from datetime import date

from domain.delete_tokens import Asked
from domain.doomed import MOST, Doomed, Facts, Root, Thing, most_at_once
from domain.ids import OperationId, PartyId, RelationshipId
from domain.leaving import memberships
from domain.parties import PartyKind
from domain.refusals import NotFound, Refused
from domain.relationship_types import Category
from domain.relationships import Relationship
from domain.within import Places
from graphdb import definitions, deleting, households, jobs, merging, relationships
from graphdb.graph import Transaction
from resolvers.households import ends_of

READ = MOST + 1
"""One more than one transaction takes tells that there are more."""
ALWAYS_FIT = 2_000
"""So many records go in any transaction, so that it need not be asked for its room."""


async def facts(tx: Transaction, asked: Asked, today: date) -> Facts:
    """What deleting a record rests on, of what there is now; it locks nothing. Raises Refused with NotFound."""
    root = await deleting.root(tx, asked.id)
    if root is None:
        raise Refused(NotFound(path=("id",)))
    if root.kept:
        going = bool(root.deleted_by) and await jobs.hides(tx, OperationId(root.deleted_by or ""))
        return Facts(root=root, places=Places(today), kept=await deleting.kept_with(tx, root.id), going=going)
    parties = await parties_of(tx, root)
    found = await relationships_of(tx, root, parties)
    ids = [party.id for party in parties]
    cases = await deleting.cases(tx, ids, READ) if ids else []
    kept = await deleting.kept_with(tx, root.id) if asked.erase and ids else []  # left out of what was restored
    pairs = memberships(r for r in found if not {r.source, r.target} & set(ids))
    housed = await households.within(tx, pairs) if pairs else []
    types = (await definitions.stored(tx)).types
    return Facts(
        root=root,
        places=Places(today, await households.places(tx, [*pairs, *ends_of(housed)]) if housed else ()),
        parties=parties,
        relationships=found,
        groups=frozenset(code for code, type in types.items() if type.category is Category.GROUP),
        housed=housed,
        cases=cases,
        kept=kept,
        many=await too_many(tx, len(parties) + len(found) + len(cases)),
    )


async def too_many(tx: Transaction, records: int) -> bool:
    """Whether so many records are more than go in one transaction."""
    return records > ALWAYS_FIT and records > most_at_once(await merging.room(tx))


async def parties_of(tx: Transaction, root: Root) -> list[Doomed]:
    """The parties that go with a record."""
    if PartyKind.of(root.id):
        itself = Doomed(PartyId(root.id), root.version, root.name)
        return [itself, *await deleting.merged_into(tx, itself.id, READ)]
    if root.thing is Thing.RELATIONSHIP_TYPE and root.code:
        return await deleting.groups(tx, root.code, READ)
    return []


async def relationships_of(tx: Transaction, root: Root, parties: Collection[Doomed]) -> list[Relationship]:
    """The relationships that go with a record and with these parties, each once, in the order of their ids."""
    ids = [party.id for party in parties]
    found = await deleting.of_parties(tx, ids, READ) if ids else []
    if root.thing is Thing.HOUSEHOLD:
        found += await deleting.within(tx, ids, READ)
    if root.thing is Thing.RELATIONSHIP_TYPE and root.edge and root.code:
        found += await deleting.of_type(tx, root.edge, root.code, READ)
    if root.thing is Thing.RESPONSIBILITY and root.code:
        found += await deleting.with_responsibility(tx, root.code, READ)
    if root.thing is Thing.RELATIONSHIP:
        found += await relationships.stored_all(tx, [RelationshipId(root.id)])
    each = {relationship.id: relationship for relationship in found}
    return [each[id] for id in sorted(each)]
