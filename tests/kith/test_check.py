"""`python -m kith check`: tells what was found; the exit status says whether the store is whole."""

from pathlib import Path

import pytest

from graphdb.graph import Graph
from graphdb.local import Server
from tests.client import Client
from tests.command import ran


async def test_a_whole_store_has_status_0_whatever_is_odd(client: Client, server: Server, tmp_path: Path) -> None:
    household = await client.household()
    told = await ran(server, tmp_path, "check")
    assert told.returncode == 0, told.stderr
    assert "No errors." in told.stderr
    assert household in told.stderr
    assert "EMPTY_GROUP" in told.stderr


@pytest.mark.damages
async def test_a_damaged_store_has_status_1(graph: Graph, server: Server, tmp_path: Path) -> None:
    await graph.apply("CYPHER 25 CREATE (:ExternalId {key: 'crm|17'})")
    told = await ran(server, tmp_path, "check")
    assert told.returncode == 1
    assert "EXTERNAL_ID_AT_ODDS" in told.stderr
    assert "crm|17" in told.stderr
    assert "No errors." not in told.stderr
