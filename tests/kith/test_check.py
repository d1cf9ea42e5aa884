"""`python -m kith check`: tells what was found; the exit status says whether the store is whole."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphdb.graph import Graph
from graphdb.local import Server
from tests.client import Client

ROOT = Path(__file__).parents[2]


async def check(server: Server, data: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command on a server's store."""
    at = server.endpoint
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    named = {"KITH_NEO4J_URI": at.uri, "KITH_NEO4J_USER": at.user, "KITH_NEO4J_PASSWORD": at.password}
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "kith", "check"],
        cwd=ROOT,
        env={**kept, **named, "KITH_DATA": str(data), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_a_whole_store_has_status_0_whatever_is_odd(client: Client, server: Server, tmp_path: Path) -> None:
    household = await client.household()
    told = await check(server, tmp_path)
    assert told.returncode == 0, told.stderr
    assert "No errors." in told.stderr
    assert household in told.stderr
    assert "EMPTY_GROUP" in told.stderr


@pytest.mark.damages
async def test_a_damaged_store_has_status_1(graph: Graph, server: Server, tmp_path: Path) -> None:
    await graph.apply("CYPHER 25 CREATE (:ExternalId {key: 'crm|17'})")
    told = await check(server, tmp_path)
    assert told.returncode == 1
    assert "EXTERNAL_ID_AT_ODDS" in told.stderr
    assert "crm|17" in told.stderr
    assert "No errors." not in told.stderr
