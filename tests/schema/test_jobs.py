"""Jobs that can be cancelled: a run over all duplicates (SPEC 7.6, 11.7)."""

from typing import Any

import pytest

from resolvers import duplicates
from resolvers.context import Context
from resolvers.jobs import next_part, taken_on, work_on
from tests.client import Client
from tests.schema.test_duplicates import over_all
from tests.unchanged import Unchanged

FIND = "... on DuplicatesSought { job { id state done } operation { kind } }"
JOB = "query($id: ID!) { job(id: $id) { kind state done found refusal } }"


@pytest.fixture
async def pairs(client: Client, monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Three customers, each twice; a run looks at two at a time."""
    monkeypatch.setattr(duplicates, "BATCH", 2)
    people = (("Ann", "Bouvier", "1980-02-13"), ("Piotr", "Zanetti", "1955-11-30"), ("Xaver", "Krumholz", "2001-07-07"))
    return [
        {
            await client.consumer(given, familyName=family, birthDate=born, email=f"{family}@ost.example")
            for _ in range(2)
        }
        for given, family, born in people
    ]


async def begun(client: Client) -> str:
    """The job of a run that begins."""
    done = await client.do("findDuplicates", {}, FIND)
    assert (done["__typename"], done["operation"]["kind"]) == ("DuplicatesSought", "findDuplicates")
    return str(done["job"]["id"])


async def job(client: Client, id: str) -> Any:
    """How a job stands."""
    return (await client.ask(JOB, id=id))["job"]


async def test_a_run_over_all_duplicates_tells_how_far_it_is(
    client: Client, context: Context, pairs: list[set[str]]
) -> None:
    """7.6, 11.7: part by part, until all customers were looked at."""
    id = await begun(client)
    assert await job(client, id) == {
        "kind": "FIND_DUPLICATES", "state": "QUEUED", "done": 0, "found": None, "refusal": None
    }  # fmt: skip
    assert await work_on(lambda: context) == 6
    ended = await job(client, id)
    assert (ended["state"], ended["done"], ended["refusal"]) == ("DONE", 6, None)
    assert ended["found"] >= 3
    assert {frozenset(pair) for pair in await over_all(client)} == {frozenset(pair) for pair in pairs}


async def test_who_cancels_a_run_keeps_what_it_found(
    client: Client, context: Context, pairs: list[set[str]], unchanged: Unchanged
) -> None:
    """11.7: no more of it is done, by whoever is at it; what has ended is cancelled no more."""
    id = await begun(client)
    taken = await taken_on(context, "somebody")
    assert taken
    first = await next_part(context, taken, "somebody")
    assert (await client.do("cancelJob", {"job": id}))["__typename"] == "JobCancelled"
    async with unchanged.during():
        with pytest.raises(Exception, match="Somebody else"):
            await next_part(context, taken, "somebody")
        assert await work_on(lambda: context) == 0
        (refusal,) = await client.refusals("cancelJob", {"job": id})
        assert (refusal["__typename"], refusal["state"]) == ("NotUnderWay", "CANCELLED")
    assert first.over is False
    assert (await job(client, id))["state"] == "CANCELLED"
