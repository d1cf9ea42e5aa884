"""Puts made-up records into a graph as the service would have left them, without their history."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bench.records import Draft, Records, Tie
from domain.ids import PartyId, new_relationship_id
from domain.parties import Party, new_party
from domain.refusals import demand
from domain.relating import described
from domain.relationship_types import RelationshipType
from domain.relationships import NewRelationship, Relationship
from graphdb import definitions, parties, relationships
from graphdb.graph import BATCH_SECONDS, Graph, Transaction
from resolvers.viewers import ADMINISTRATOR

BATCH, COUNTRY = 5_000, "US"
T = TypeVar("T")
Progress = Callable[[int, int], None]


async def load(graph: Graph, records: Records, at: datetime, progress: Progress) -> None:
    """Makes all parties, then all relationships, as of a moment; rules that rest on several records are not asked.

    Raises Refused where a draft by itself is none that the service would take.
    """
    types = (await graph.read(definitions.stored, "bench")).types
    in_all, ids = len(records.parties) + len(records.ties), list[PartyId]()
    for drafts in batches(records.parties):
        made = [party(draft) for draft in drafts]
        await write_parties(graph, made, at)
        ids += [one.id for one in made]
        progress(len(ids), in_all)
    # Mixed, since what is made in order of its ends lies in the store as it never would.
    shuffled = random.Random(0).sample(records.ties, len(records.ties))
    for index, ties in enumerate(batches(shuffled)):
        await write_relationships(graph, [relationship(tie, ids, types) for tie in ties], types, at)
        progress(len(ids) + index * BATCH + len(ties), in_all)


def batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items, so many as one transaction takes at a time."""
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def party(draft: Draft) -> Party:
    """The party of a draft, as the service would make it. Raises Refused."""
    made = new_party(draft.kind, draft.given, COUNTRY)
    return replace(made, properties={**made.properties, "group_type": draft.of}) if draft.of else made


def relationship(tie: Tie, ids: Sequence[PartyId], types: Mapping[str, RelationshipType]) -> Relationship:
    """The relationship of a tie between the parties that have these ids. Raises Refused."""
    draft = NewRelationship(
        type=tie.type,
        source=ids[tie.source],
        target=ids[tie.target],
        responsibility=tie.responsibility,
        properties={"pedigree": tie.pedigree} if tie.pedigree else None,
        valid_from=tie.valid_from,
        valid_to=tie.valid_to,
        role=tie.role,
        head=tie.head,
        primary=tie.primary,
    )
    made, wrong = described(draft, new_relationship_id(), types[tie.type])
    demand(wrong)
    assert made is not None
    return made


async def write_parties(graph: Graph, made: Sequence[Party], at: datetime) -> None:
    async def work(tx: Transaction) -> None:
        await parties.create(tx, made, at)

    await graph.write(work, "bench", BATCH_SECONDS)


async def write_relationships(
    graph: Graph, made: Sequence[Relationship], types: Mapping[str, RelationshipType], at: datetime
) -> None:
    async def work(tx: Transaction) -> None:
        await relationships.create(tx, made, types, at, ADMINISTRATOR.id)

    await graph.write(work, "bench", BATCH_SECONDS)
