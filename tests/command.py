"""The command line as a process of its own, on the store of a server of the tests."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from graphdb.local import Server

ROOT = Path(__file__).parents[1]


def environment(server: Server, data: Path) -> dict[str, str]:
    """An environment of Kith's on the store of a server, with a data folder, and nothing else of Kith's."""
    at = server.endpoint
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    named = {"KITH_NEO4J_URI": at.uri, "KITH_NEO4J_USER": at.user, "KITH_NEO4J_PASSWORD": at.password}
    return {**kept, **named, "KITH_DATA": str(data), "COLUMNS": "200"}


async def ran(server: Server, data: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """`python -m kith ...` with what it said and its exit status; `typed` is its input."""
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "kith", *words],
        cwd=ROOT,
        env=environment(server, data),
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
