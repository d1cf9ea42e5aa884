"""Statements that lock something and read it then: it may have been deleted while they waited (SPEC 8.6, 11.1)."""

import asyncio
from typing import Any

import pytest

from graphdb import definitions
from graphdb.graph import Graph, Transaction

WAITS = "CYPHER 25 SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status"
LOCKING: list[tuple[str, str, dict[str, Any]]] = [
    ("RelationshipType", "relationship_types/lock", {"id": "it"}),
    ("Responsibility", "responsibilities/lock", {"id": "it"}),
    ("Case", "cases/lock", {"id": "it", "parties": []}),
    ("Case", "returning/cases", {"ids": ["it"]}),
    ("Session", "sessions/lock", {"id": "it"}),
]


@pytest.mark.damages
@pytest.mark.parametrize(("label", "name", "parameters"), LOCKING, ids=[name for _, name, _ in LOCKING])
async def test_what_is_deleted_while_it_is_waited_for_is_not_there(
    label: str, name: str, parameters: dict[str, Any], graph: Graph
) -> None:
    await graph.apply(f"CYPHER 25 CREATE (:{label} {{id: 'it', code: 'IT', customer: 'nobody'}})")
    async with graph._driver.session() as session, await session.begin_transaction() as first:
        await first.run(f"MATCH (it:{label} {{id: 'it'}}) SET it._lock = TRUE")
        waiting = asyncio.create_task(graph.write(lambda tx: tx.rows(name, **parameters), "tests"))
        while not await graph.run(WAITS, {}, "tests"):  # noqa: ASYNC110  # nothing tells who waits for a lock
            await asyncio.sleep(0.02)
        await first.run(f"MATCH (it:{label} {{id: 'it'}}) DELETE it")
        await first.commit()
    assert await waiting == []


async def test_what_is_deleted_while_all_definitions_are_read_is_left_out(graph: Graph) -> None:
    """Its label was found, and its properties were gone."""
    gone = {"created_at": None, "updated_at": None}

    async def work(tx: Transaction) -> Any:
        (row,) = await tx.rows("definitions/stored")
        whole = definitions.defined(tx, row["types"], row["responsibilities"])
        return whole, definitions.defined(tx, [*row["types"], gone], [gone, *row["responsibilities"]])

    whole, found = await graph.read(work, "tests")
    assert found == whole
