"""Jobs of a running service: begun at once where they are made, and gone on with whatever goes wrong (SPEC 11.7)."""

import asyncio
from functools import partial

import pytest

import resolvers.jobs
from domain.ids import JobId
from domain.jobs import Job, JobKind, Part
from graphdb.graph import Transaction
from kith import jobs
from kith.beside import unending
from kith.context import Contexts
from resolvers.context import Context
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client

FIND = "... on DuplicatesSought { job { id } }"
JOB = "query($id: ID!) { job(id: $id) { state } }"


async def test_a_job_is_begun_as_soon_as_it_is_made(
    client: Client, contexts: Contexts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.7: not when somebody looks again."""
    monkeypatch.setattr(jobs, "LOOKING_SECONDS", 3600.0)
    runner = asyncio.create_task(jobs.every_job(lambda: contexts.of(ADMINISTRATOR), contexts.job_made, "worker"))
    try:
        for _ in range(2):
            await ended(client)
    finally:
        runner.cancel()


async def test_a_mistake_of_ours_in_a_part_of_a_job_ends_neither_the_job_nor_those_after_it(
    client: Client, contexts: Contexts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.7: it is logged, and the job begun again a little later."""
    parts, failed = resolvers.jobs.PARTS[JobKind.FIND_DUPLICATES], list[JobId]()

    async def wrong_once(tx: Transaction, context: Context, job: Job) -> Part:
        if not failed:
            failed.append(job.id)
            raise KeyError("a mistake")
        return await parts(tx, context, job)

    monkeypatch.setattr(resolvers.jobs, "PARTS", {JobKind.FIND_DUPLICATES: wrong_once})
    work = partial(jobs.every_job, lambda: contexts.of(ADMINISTRATOR), contexts.job_made, "worker")
    runner = asyncio.create_task(unending(work, again=0.1))
    try:
        assert failed == [await ended(client)]
    finally:
        runner.cancel()


async def ended(client: Client) -> str:
    """The id of a new job, once it is done."""
    made = await client.do("findDuplicates", {}, FIND)
    for _ in range(600):
        if (await client.ask(JOB, id=made["job"]["id"]))["job"]["state"] == "DONE":
            return str(made["job"]["id"])
        await asyncio.sleep(0.1)
    pytest.fail("it is not done")
