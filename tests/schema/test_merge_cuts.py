"""Connections lost at the COMMIT of merges, deletions and what undoes them: the key settles it (SPEC 7, 8.6, 11.2)."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import pytest_asyncio

from graphdb.graph import Graph
from graphdb.local import Server
from kith.context import Contexts
from kith.settings import Settings
from resolvers.reading.seam import Schema
from tests.client import Client
from tests.conftest import serving
from tests.graphdb.proxy import Fault, Proxy, proxied
from tests.schema.test_deleting import plan as delete_plan
from tests.schema.test_merge_undoing import UNDONE
from tests.schema.test_merging import MERGED, Two
from tests.schema.test_restoring import dump
from tests.unchanged import Unchanged

PATIENCE = 10.0
ANSWERS = {
    "merge": MERGED,
    "undoMerge": UNDONE,
    "delete": "... on Deleted { id operation { id } }",
    "restore": "... on Restored { relationships { id } operation { id } }",
}


@pytest_asyncio.fixture(loop_scope="session")
async def proxy(graph: Graph, server: Server) -> AsyncIterator[Proxy]:
    """A proxy to the worker's Neo4j, whose graph is empty."""
    async with proxied(int(server.endpoint.uri.rpartition(":")[2])) as proxy:
        yield proxy


@pytest_asyncio.fixture(loop_scope="session")
async def far(
    proxy: Proxy, server: Server, schema: Schema, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Client]:
    """A client of a service that reaches the graph through the proxy, and soon gives up where it can't."""
    monkeypatch.setattr("graphdb.graph.RETRY_SECONDS", 0.2)
    at = server.endpoint
    graph = Graph.at(f"bolt://127.0.0.1:{proxy.port}", at.user, at.password)
    async with serving(schema, Contexts(graph, settings), settings) as client:
        yield client
    await graph.close()


@pytest.mark.parametrize("fault", [Fault.BEFORE_COMMIT, Fault.AFTER_COMMIT])
@pytest.mark.parametrize(("deed", "undoing"), [("merge", "undoMerge"), ("delete", "restore")])
async def test_what_is_cut_at_its_commit_is_done_once_under_its_key(
    client: Client, far: Client, proxy: Proxy, graph: Graph, unchanged: Unchanged, deed: str, undoing: str, fault: Fault
) -> None:
    """7.3, 7.5, 8.6, 11.2: its outcome is unknown; sent again it is done, if it was not; and undone nothing is left."""
    two = await Two.of(client)
    before = await dump(graph)
    if deed == "merge":
        token = (await client.merge_plan(two.ann, two.bea))["token"]
    else:
        token = (await delete_plan(client, two.bea, openCases="DELETE"))["token"]
    done = await settled(far, proxy, unchanged, fault, deed, {"token": token})
    assert await dump(graph) != before
    await settled(far, proxy, unchanged, fault, undoing, {"operation": done["operation"]["id"]})
    assert await dump(graph) == before


async def test_a_deletion_of_a_type_is_never_told_as_not_done_where_it_was(
    client: Client, far: Client, proxy: Proxy, graph: Graph, unchanged: Unchanged
) -> None:
    """8.6, 11.2: it takes several transactions; after whichever COMMIT the database is away, UNAVAILABLE promises that
    the type is still there, and what is sent again under the key is done once."""
    text = "mutation($input: DeleteInput!) { delete(input: $input) { __typename } }"
    told = list[str]()
    while True:
        code = await client.define(f"GUIDE_{len(told)}", category="LOOSE")
        types = {
            t["code"]: t["id"] for t in (await client.ask("{ relationshipTypes { id code } }"))["relationshipTypes"]
        }
        keyed = {"token": (await delete_plan(client, types[code]))["token"], "idempotencyKey": code}
        proxy.fault, proxy.spares = Fault.GONE_AFTER_COMMIT, len(told)
        codes = await far.codes(text, input=keyed)
        proxy.fault, proxy.spares, proxy.gone = Fault.NONE, 0, False
        was_done = await count(graph, "delete") > len(told)
        done = await far.do("delete", keyed, ANSWERS["delete"])
        async with unchanged.during():
            assert await far.do("delete", keyed, ANSWERS["delete"]) == done
        assert await count(graph, "delete") == len(told) + 1
        if not codes:
            break
        ((said, _),) = codes
        assert said == "OUTCOME_UNKNOWN" if was_done else said in ("OUTCOME_UNKNOWN", "UNAVAILABLE")
        told.append(said)
    assert len(told) > 2


async def settled(
    far: Client, proxy: Proxy, unchanged: Unchanged, fault: Fault, deed: str, given: Mapping[str, Any]
) -> Any:
    """What a mutation is answered in the end that was cut at its COMMIT: of its two attempts one has done it."""
    keyed = {**given, "idempotencyKey": "k"}
    before, operations = await unchanged.look(), await count(unchanged.graph, deed)
    proxy.fault = fault
    name = deed[0].upper() + deed[1:]
    text = f"mutation($input: {name}Input!) {{ {deed}(input: $input) {{ __typename }} }}"
    assert await far.codes(text, input=keyed) == [("OUTCOME_UNKNOWN", [deed])]
    proxy.fault = Fault.NONE
    was_done = fault is Fault.AFTER_COMMIT
    async with asyncio.timeout(PATIENCE):  # a COMMIT that arrived takes its time, answered or not
        while await count(unchanged.graph, deed) != operations + was_done:  # noqa: ASYNC110  # the server tells nobody
            await asyncio.sleep(0.05)
    assert (await unchanged.look() != before) == was_done
    done = await far.do(deed, keyed, ANSWERS[deed])
    assert done["operation"], done
    async with unchanged.during():
        assert await far.do(deed, keyed, ANSWERS[deed]) == done
    assert await count(unchanged.graph, deed) == operations + 1
    return done


async def count(graph: Graph, kind: str) -> int:
    """How many operations of a kind there are."""
    text = "CYPHER 25 MATCH (o:Operation {kind: $kind}) RETURN count(o) AS count"
    (row,) = await graph.run(text, {"kind": kind}, "tests")
    return int(row["count"])
