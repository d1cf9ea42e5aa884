"""Jobs of a running service: begun at once where they are made (SPEC 11.7)."""

import asyncio

import pytest

from kith import jobs
from kith.context import Contexts
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client

FIND = "... on DuplicatesSought { job { id } }"
JOB = "query($id: ID!) { job(id: $id) { state } }"


async def test_a_job_is_begun_as_soon_as_it_is_made(
    client: Client, contexts: Contexts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.7: not when somebody looks again."""
    monkeypatch.setattr(jobs, "LOOKING_SECONDS", 3600.0)
    runner = asyncio.create_task(jobs.every_job(lambda: contexts.of(ADMINISTRATOR), contexts.job_made))
    try:
        for _ in range(2):
            made = await client.do("findDuplicates", {}, FIND)
            for _ in range(600):
                if (await client.ask(JOB, id=made["job"]["id"]))["job"]["state"] == "DONE":
                    break
                await asyncio.sleep(0.1)
            else:
                pytest.fail("nobody has begun it")
    finally:
        runner.cancel()
