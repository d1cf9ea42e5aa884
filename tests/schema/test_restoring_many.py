"""Restoring what a job has deleted: out of sight part by part, then all at once, or nothing (SPEC 8.2, 8.5, 8.6)."""

from dataclasses import replace
from typing import Any

import pytest

from domain import deleting as rules
from graphdb.graph import Graph
from resolvers import doomed, returning, sweeping
from resolvers.context import Context
from resolvers.jobs import next_part, prepared, taken_on, work_on
from tests.client import Client
from tests.schema.test_deleting import errors
from tests.schema.test_deleting_many import JOB, begin, star  # noqa: F401
from tests.schema.test_restoring import dump

RESTORED = "... on Restored { operation { id } relationships { id } job { id kind state record done total } }"
LEFT = "CYPHER 25 RETURN COUNT { (:Packed) } AS packed, COUNT { (:Hiding) } AS hiding"
PLAN = """query($id: ID!) { restorePlan(operation: $id) { token isMany count canLeaveOut records { id deed
    type { code } source { id } target { id } } problems { __typename path message } } }"""


@pytest.fixture(autouse=True)
async def few(monkeypatch: pytest.MonkeyPatch, graph: Graph) -> None:
    """Five records are many here, of which two go, and come back, at a time; nothing is read warily from the start."""
    monkeypatch.setattr(rules, "MOST", 5)
    monkeypatch.setattr(doomed, "READ", 6)
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    monkeypatch.setattr(returning, "AT_ONCE", 2)
    monkeypatch.setattr(graph, "_wary_until", 0.0)


async def look(graph: Graph) -> list[str]:
    """All that is stored but operations and jobs, and what any change leaves another."""
    return [line for line in await dump(graph) if not line.startswith(" ['Job'] ")]


async def deleted(client: Client, context: Context, id: str, **choices: Any) -> str:
    """The operation that has deleted many records, whose job is done."""
    done = await begin(client, id, **choices)
    await work_on(lambda: context)
    assert (await client.ask(JOB, id=done["job"]["id"]))["job"]["state"] == "DONE"
    return str(done["operation"]["id"])


async def restored(client: Client, **given: Any) -> Any:
    """Begins to restore many records."""
    done = await client.do("restore", given, RESTORED)
    assert done["__typename"] == "Restored", done
    return done


async def test_a_type_comes_back_out_of_sight_and_then_all_at_once(
    client: Client,
    context: Context,
    graph: Graph,
    star: dict[str, Any],  # noqa: F811
) -> None:
    """8.2, 8.5"""
    before = await look(graph)
    operation = await deleted(client, context, star["type"])
    done = await restored(client, operation=operation)
    assert done["relationships"] == []
    taken = await taken_on(context, "worker")
    assert taken
    await prepared(context, taken)
    parts, over = 0, False
    while not over:
        part = await next_part(context, taken, "worker")
        taken, parts, over = replace(taken, cursor=part.cursor, batches=taken.batches + 1), parts + 1, part.over
        assert await errors(client) == []

    assert await look(graph) == before
    assert await graph.run(LEFT, {}, "tests") == [{"packed": 0, "hiding": 0}]
