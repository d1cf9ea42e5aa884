"""What a merge rests on: locked where it is to be done, and read (SPEC 7.2, DESIGN 2)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.collapsing import ended
from domain.definitions import Definitions
from domain.ids import PartyId
from domain.merge_facts import MOST_RECORDS, MergeFacts, most_records
from domain.merge_tokens import Asked
from domain.partial_dates import Period
from domain.parties import CUSTOMERS, Party, PartyKind
from domain.refusals import InvalidValue, MergedAway, NotFound, Refusal, WrongKind, demand
from domain.relationship_types import Category, RelationshipType
from domain.relationships import Relationship
from domain.within import Places
from graphdb import definitions, households, merging, parties, relationships
from graphdb.graph import Transaction
from resolvers.context import Context

ALWAYS_FIT = 1_000
"""So many records fit into any transaction, so that it need not be asked for its room."""
EVER = Period(None, None)
"""A limit is asked for on every day: periods become longer."""


@dataclass(frozen=True)
class Locks:
    """Edge types whose cycles count, and parties."""

    edges: frozenset[str]
    parties: frozenset[PartyId]

    def __or__(self, other: "Locks") -> "Locks":
        return Locks(self.edges | other.edges, self.parties | other.parties)

    def cover(self, other: "Locks") -> bool:
        """Whether whoever holds these holds the other ones."""
        return other.edges <= self.edges and other.parties <= self.parties

    async def take(self, tx: Transaction) -> None:
        """Takes them all, in order, until the transaction ends."""
        await relationships.lock(tx, sorted(self.edges), sorted(self.parties))


async def locked_facts(tx: Transaction, context: Context, asked: Asked) -> MergeFacts:
    """What a merge rests on, once nobody else changes anything of it. Raises Refused.

    Whom to lock is only known once it is read: so it is guessed by little, locked in one order, and all is read.
    """
    held = await guessed(tx, asked)
    await held.take(tx)
    while True:
        facts = await merge_facts(tx, context, asked)
        needed = locks(facts)
        if held.cover(needed):
            return facts
        held |= needed
        await held.take(tx)


async def guessed(tx: Transaction, asked: Asked) -> Locks:
    """What a merge locks, as far as it can be told without reading all that it rests on."""
    defined = await definitions.stored(tx)
    ties = await merging.lockable(tx, asked.merged, defined, MOST_RECORDS)
    homes = {tie.target for tie in ties if PartyKind.of(tie.target) is PartyKind.HOUSEHOLD}
    return locks_of({asked.survivor, asked.merged}, ties, defined, homes)


def locks(facts: MergeFacts) -> Locks:
    """What a merge locks: the two, and the far ends on which rules rest that others keep under their locks: those
    where a type allows only so many, or only one may carry a responsibility, heads' households, and whoever is related
    to the merged one within a household. The edge types of relationships that must make no cycle come first."""
    defined = Definitions(facts.types, facts.responsibilities)
    heads = {tie.target for tie in (*facts.theirs, *facts.existing) if tie.head}
    return locks_of({facts.survivor.id, facts.merged.id}, facts.theirs, defined, heads)


def locks_of(
    parties: Iterable[PartyId], ties: Iterable[Relationship], defined: Definitions, heads: Collection[PartyId]
) -> Locks:
    """What is locked where some parties' relationships get other ends; `heads` are households with heads among them."""
    edges, found = set[str](), set(parties)
    exclusive = {responsibility.code for responsibility in defined.responsibilities if responsibility.exclusive}
    for tie in ties:
        type = defined.types[tie.type]
        if type.acyclic:
            edges.add(type.edge)
        if type.max_per_source is not None or tie.within:
            found.add(tie.source)
        if type.max_per_target is not None or tie.within or tie.responsibility in exclusive or tie.target in heads:
            found.add(tie.target)
    return Locks(frozenset(edges), frozenset(found))


async def merge_facts(tx: Transaction, context: Context, asked: Asked) -> MergeFacts:
    """What a merge rests on. Raises Refused for two who cannot be merged whatever else there is."""
    demand(wrong_ids(asked))
    stored = await parties.stored(tx, [asked.survivor, asked.merged])
    demand(wrong_parties(asked, stored))
    survivor, merged = stored[asked.survivor], stored[asked.merged]
    scope = await merging.scope(tx, survivor.id, merged.id)
    defined = await definitions.stored(tx)
    nowhere = Places(context.today)
    limit = most_records(await merging.room(tx)) if scope.records > ALWAYS_FIT else MOST_RECORDS
    if scope.records > limit:
        return MergeFacts(
            survivor=survivor,
            merged=merged,
            records=scope.records,
            limit=limit,
            not_same=scope.not_same,
            types=defined.types,
            places=nowhere,
        )
    theirs = await merging.relationships(tx, merged.id)
    their_lines = await merging.lines(tx, merged.id)
    return MergeFacts(
        survivor=survivor,
        merged=merged,
        records=scope.records,
        not_same=scope.not_same,
        types=defined.types,
        responsibilities=defined.responsibilities,
        theirs=theirs,
        existing=await existing(tx, theirs, survivor, merged, defined.types),
        lineage=await lineage(tx, theirs, survivor, merged, defined.types),
        places=Places(context.today, await households.places(tx, housed(theirs, survivor.id, merged.id))),
        cases=await merging.cases(tx, merged.id),
        our_lines=await merging.lines(tx, survivor.id) if their_lines else (),
        their_lines=their_lines,
        our_consents=await merging.consents(tx, survivor.id),
        their_consents=await merging.consents(tx, merged.id),
    )


def wrong_ids(asked: Asked) -> list[Refusal]:
    """Ids that name no two customers of one kind (SPEC 7.1)."""
    kinds = {place: PartyKind.of(id) for place, id in (("survivor", asked.survivor), ("merged", asked.merged))}
    if unknown := [place for place, kind in kinds.items() if kind is None]:
        return [NotFound(path=(place,)) for place in unknown]
    names = tuple(kind.name for kind in PartyKind if kind in CUSTOMERS)
    if others := [place for place, kind in kinds.items() if kind not in CUSTOMERS]:
        return [WrongKind(path=(place,), allowed=names) for place in others]
    if asked.survivor == asked.merged:
        return [InvalidValue(path=("merged",), reason="is the survivor")]
    kind = kinds["survivor"]
    return [WrongKind(path=("merged",), allowed=(kind.name,))] if kind and kind is not kinds["merged"] else []


def wrong_parties(asked: Asked, stored: dict[PartyId, Party]) -> list[Refusal]:
    """Who is not there, or merged away already."""
    found: list[Refusal] = []
    for place, id in (("survivor", asked.survivor), ("merged", asked.merged)):
        party = stored.get(id)
        if party is None:
            found.append(NotFound(path=(place,)))
        elif party.survivor:
            found.append(MergedAway(path=(place,), survivor=party.survivor))
    return found


async def existing(
    tx: Transaction,
    theirs: Sequence[Relationship],
    survivor: Party,
    merged: Party,
    types: Mapping[str, RelationshipType],
) -> Sequence[Relationship]:
    """The relationships that stand around those of the merged customer's once they are the survivor's."""
    become = [ended(tie, merged.id, survivor.id) for tie in theirs]
    become = [tie for tie in become if tie.source != tie.target]
    homes = {tie.target for tie in become if PartyKind.of(tie.target) is PartyKind.HOUSEHOLD and is_place(tie, types)}
    limited = {
        (party, tie.type, end): (party, types[tie.type], end, EVER)
        for tie in become
        for end, party in (("source", tie.source), ("target", tie.target))
        if getattr(types[tie.type], f"max_per_{end}") is not None
    }
    found = await relationships.around(
        tx,
        [],
        [],
        [],
        [],
        pairs=[],
        limited=list(limited.values()),
        entrusted=list(dict.fromkeys((t.target, t.responsibility, EVER) for t in become if t.responsibility)),
        headed=homes,
        primary={survivor.id} if homes else (),
    )
    far = {end for tie in become for end in (tie.source, tie.target)} - {survivor.id}
    pairs = {(tie.type, frozenset((tie.source, tie.target))) for tie in become}
    beside = await merging.beside(tx, survivor.id, far, {tie.type for tie in become}) if become else []
    same = [tie for tie in beside if (tie.type, frozenset((tie.source, tie.target))) in pairs]
    return list({tie.id: tie for tie in (*same, *found.existing)}.values())


def is_place(tie: Relationship, types: Mapping[str, RelationshipType]) -> bool:
    """Whether a relationship is a membership."""
    return types[tie.type].category is Category.GROUP


async def lineage(
    tx: Transaction,
    theirs: Sequence[Relationship],
    survivor: Party,
    merged: Party,
    types: Mapping[str, RelationshipType],
) -> Sequence[Relationship]:
    """Where a cycle would be: it leads from one of the two to the other, over acyclic types of one edge."""
    ends, found = [survivor.id, merged.id], list[Relationship]()
    for edge in sorted({types[tie.type].edge for tie in theirs if types[tie.type].acyclic}):
        codes = [code for code, type in types.items() if type.acyclic and type.edge == edge]
        found += await relationships.lineage(tx, ends, ends, codes)
    return found


def housed(theirs: Sequence[Relationship], survivor: PartyId, merged: PartyId) -> list[households.Pair]:
    """Whose memberships the relationships rest on that are made within households."""
    within = [(tie, tie.household) for tie in theirs if tie.household]
    return [(end, home) for tie, home in within for end in dict.fromkeys((tie.source, tie.target, survivor, merged))]
