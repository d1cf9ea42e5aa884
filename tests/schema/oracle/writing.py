"""The world into the graph."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from domain.definitions import Definitions
from graphdb import (
    cases,
    definitions,
    operations,
    parties,
    points,
    points_types,
    relationship_types,
    relationships,
    responsibilities,
)
from graphdb.graph import Graph, Transaction
from tests.schema.oracle.world import Stamp, World

BUILT_IN = """CYPHER 25
MATCH (type:RelationshipType|Responsibility {built_in: true})
RETURN type.id AS id, type.version AS version, type.created_at AS created_at, type.updated_at AS updated_at"""


async def built_in(graph: Graph) -> tuple[Definitions, dict[str, Stamp]]:
    """The types and responsibilities that every store has, and when they were made."""
    found = await graph.read(definitions.stored, "tests")
    rows = await graph.run(BUILT_IN, {}, "tests")
    return found, {
        row["id"]: Stamp(row["created_at"].to_native(), "migrations", row["version"], row["updated_at"].to_native())
        for row in rows
    }


async def write(graph: Graph, world: World) -> None:
    """Makes all of the world; what has a second version is changed once more, into what it is already."""

    async def work(tx: Transaction) -> None:
        for type in world.types.values():
            if not type.built_in:
                await relationship_types.create(tx, type, world.stamps[type.id].at)
        for responsibility in world.responsibilities:
            if not responsibility.built_in:
                await responsibilities.create(tx, responsibility, world.stamps[responsibility.id].at)
        for (at, _), ids in stamped(world, world.parties):
            await parties.create(tx, [world.parties[id] for id in ids], at)
        for (at, by), ids in stamped(world, world.relationships):
            made = [replace(world.relationships[id], version=1) for id in ids]
            await relationships.create(tx, made, world.types, at, by)
        for kind in world.points_types.values():
            await points_types.create(tx, kind, world.stamps[kind.id].at)
        for entry in world.entries.values():
            points.record(tx, entry, world.stamps[entry.id].at, world.stamps[entry.id].by)
        for (at, by), ids in stamped(world, world.cases):
            for id in ids:
                await cases.create(tx, world.cases[id], at, by)
        for comment in world.comments.values():
            cases.comment(tx, comment, world.stamps[comment.id].at, world.stamps[comment.id].by)
        for operation in world.operations.values():
            operations.record(tx, operation)
        for id, stamp in world.stamps.items():
            if stamp.changed and (party := world.parties.get(id)):
                await parties.update(tx, party.id, {}, stamp.changed)
            elif stamp.changed and (relationship := world.relationships.get(id)):
                await relationships.update(tx, relationship, world.types[relationship.type], stamp.changed)
            elif stamp.changed and (case := world.cases.get(id)):
                await cases.update(tx, case, stamp.changed)

    await graph.write(work, "tests")


def stamped(world: World, ids: Iterable[str]) -> list[tuple[tuple[datetime, str], Sequence[str]]]:
    """Ids by when and by whom they are made."""
    found: defaultdict[tuple[datetime, str], list[str]] = defaultdict(list)
    for id in ids:
        found[world.stamps[id].at, world.stamps[id].by].append(id)
    return list(found.items())
