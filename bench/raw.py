"""The yardsticks: a relationship made over the driver with the same locks, checks and records as the service's.

Once by the service's own statements, and once as somebody would write it by hand who needs only this; those
statements stand here, not in cypher/, since they are no part of the service.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import neo4j

from domain.ids import new_operation_id, new_relationship_id
from graphdb.parameters import given, in_one_map
from graphdb.statements import statement
from resolvers.viewers import ADMINISTRATOR

EDGES = "PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF"
LOCK_AND_READ = f"""CYPHER 25
UNWIND $ids AS id
MATCH (end:Party {{id: id}})
SET end._lock = TRUE
WITH collect({{id: end.id, kind: end.kind}}) AS ends
RETURN ends,
  COLLECT {{
    MATCH (type:RelationshipType {{code: $type}})
    RETURN type {{.active, .source_kinds, .target_kinds, .category, .symmetric}}
  }} AS types,
  COLLECT {{
    MATCH (source:Party {{id: $source}}) MATCH (target:Party {{id: $target}})
    MATCH (source)-[relationship:{EDGES}]-(target)
    WHERE relationship.type = $type
    RETURN {{id: relationship.id, start: relationship.valid_from_day, end: relationship.valid_to_day}}
  }} AS existing"""
WRITE = """CYPHER 25
MATCH (source:Party {id: $source})
MATCH (target:Party {id: $target})
CREATE (source)-[relationship:LINKED_TO]->(target)
SET relationship = $properties, relationship.version = 1,
    relationship.created_at = $at, relationship.updated_at = $at, relationship.created_by = $by
CREATE (:Operation {id: $operation, kind: 'relate', created_by: $by, created_at: $at, answer: [$properties.id]})
WITH relationship
UNWIND $changes AS change
CREATE (:Change {operation: $operation, party: change, record: $properties.id, new: $new})
RETURN DISTINCT relationship.id AS id, relationship.version AS version"""


@dataclass(frozen=True)
class Wanted:
    """A relationship to be made."""

    type: str
    source: str
    target: str
    valid_from: str


class NotAllowed(Exception):
    """The rules refuse a relationship."""


async def same_statements(driver: neo4j.AsyncDriver, wanted: Wanted) -> dict[str, Any]:
    """Makes a relationship as `by_hand` does, by the statements that Kith sends."""
    id, operation, now = new_relationship_id(), new_operation_id(), datetime.now(UTC)
    ends, told = sorted({wanted.source, wanted.target}), recorded(wanted)
    pair = {"source": wanted.source, "target": wanted.target}
    async with driver.session(database="neo4j") as session:

        async def work(tx: neo4j.AsyncManagedTransaction) -> dict[str, Any]:
            asked = {name: list[Any]() for name in ("edges", "limited", "entrusted", "headed", "primary")}
            asked |= {"codes": [wanted.type], "locked": ends, "ids": ends, "pairs": [{**pair, "type": wanted.type}]}
            row = await (await sent(tx, "relationships/around", asked)).single(strict=True)
            type = checked(
                {
                    "ends": [{"id": id, "kind": kind} for id, kind, *_ in row["ends"]],
                    "types": [type for type in row["types"] if type["code"] == wanted.type],
                    "existing": [{"end": edge.get("valid_to_day")} for edge, _, _ in row["existing"]],
                },
                wanted,
            )
            edge = {"edge": "LINKED_TO", **pair, "properties": properties(wanted, id, type)}
            made = {"relationships": [edge], "at": now, "by": ADMINISTRATOR.id}
            await (await sent(tx, "relationships/create", made)).single(strict=True)
            changes = [{"party": party, "record": id, "old": None, "new": told} for party in pair.values()]
            done = {"id": operation, "kind": "relate", "by": ADMINISTRATOR.id, "at": now, "answer": [id]}
            await (await sent(tx, "operations/record", {**done, "changes": changes})).consume()
            return {"id": id, "version": 1, "operation": operation}

        return await session.execute_write(work)


async def sent(tx: neo4j.AsyncManagedTransaction, name: str, parameters: Mapping[str, Any]) -> neo4j.AsyncResult:
    """The result of one of Kith's statements, sent as Kith sends it."""
    known = statement(name)
    known.check(frozenset(parameters))
    return await tx.run(in_one_map(known.text), given(parameters))


async def by_hand(driver: neo4j.AsyncDriver, wanted: Wanted) -> dict[str, Any]:
    """Makes a relationship of a type of LINKED_TO without limits or properties; raises NotAllowed."""
    id, operation, now = new_relationship_id(), new_operation_id(), datetime.now(UTC)
    async with driver.session(database="neo4j") as session:

        async def work(tx: neo4j.AsyncManagedTransaction) -> dict[str, Any]:
            ends = sorted({wanted.source, wanted.target})
            found = await tx.run(LOCK_AND_READ, ids=ends, type=wanted.type, source=wanted.source, target=wanted.target)
            type = checked((await found.single(strict=True)).data(), wanted)
            made = await tx.run(
                WRITE,
                source=wanted.source,
                target=wanted.target,
                properties=properties(wanted, id, type),
                operation=operation,
                at=now,
                by=ADMINISTRATOR.id,
                changes=[wanted.source, wanted.target],
                new=recorded(wanted),
            )
            row = await made.single(strict=True)
            return {"id": row["id"], "version": row["version"], "operation": operation}

        return await session.execute_write(work)


def checked(row: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    """The type, if the relationship may be made. Raises NotAllowed."""
    kinds = {end["id"]: end["kind"] for end in row["ends"]}
    types, start = row["types"], date.fromisoformat(wanted.valid_from)
    if not types or not types[0]["active"]:
        raise NotAllowed("type")
    type: dict[str, Any] = types[0]
    if wanted.source == wanted.target:
        raise NotAllowed("self")
    if kinds.get(wanted.source) not in type["source_kinds"] or kinds.get(wanted.target) not in type["target_kinds"]:
        raise NotAllowed("ends")
    if any(other["end"] is None or other["end"].to_native() > start for other in row["existing"]):
        raise NotAllowed("duplicate")
    return type


def properties(wanted: Wanted, id: str, type: dict[str, Any]) -> dict[str, Any]:
    """The edge's properties."""
    return {
        "id": id,
        "type": wanted.type,
        "category": type["category"],
        "symmetric": type["symmetric"],
        "valid_from": wanted.valid_from,
        "valid_from_day": date.fromisoformat(wanted.valid_from),
    }


def recorded(wanted: Wanted) -> str:
    """The relationship as the history keeps it."""
    return json.dumps(
        {
            "type": wanted.type,
            "source": wanted.source,
            "target": wanted.target,
            "valid_from": wanted.valid_from,
            "valid_to": None,
            "responsibility": None,
            "properties": {},
            "note": None,
            "role": None,
            "head": False,
            "primary": False,
        }
    )
