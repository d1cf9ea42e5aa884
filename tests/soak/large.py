"""The largest that is deleted: a household of 10,000 members, and one of the staff with 100,000 relationships.

SPEC 8.2 to 8.6: what one transaction takes is brought back by one, too; what takes more is a job, and so is bringing it
back. It takes minutes, so only `make soak` runs it; how long each step took, and the most memory that the process of
the service has had, it tells at its end.
"""

import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bench.loading import load
from bench.records import Draft, Records, Tie
from domain.parties import PartyKind
from graphdb.graph import Graph
from graphdb.local import RUN, Server
from graphdb.migrations import applied, migrate
from resolvers.context import Context
from resolvers.integrity import integrity_report
from resolvers.jobs import work_on
from tests.client import Client

FITS, MANY, SERVED, YEARS = 8_000, 10_000, 10_000, range(2010, 2020)
"""So many members go at once with their household, so many as a job; in each of these years somebody serves so many
consumers."""
PLAN = """query($id: ID!) { deletePlan(input: {id: $id}) { ... on DeletePlan { token count isMany
    counts { rule count } blockers { __typename } items(first: 100) { totalCount edges { node { rule } } } } } }"""
DELETED = "... on Deleted { operation { id } job { id } }"
JOB = "query($id: ID!) { job(id: $id) { state done total refusal } }"
RESTORE = """query($id: ID!) { restorePlan(operation: $id) { token count records { id }
    problems { __typename path } } }"""
COUNT = "CYPHER 25 MATCH (:Party {id: $id})-[r:MEMBER_OF|SERVES]-() RETURN count(r) AS count"
WIPE = """CYPHER 25
MATCH (n)
WHERE NOT n:Lock AND NOT n:Migration AND NOT coalesce(n.built_in, false)
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"""
NAMED = "CYPHER 25 MATCH (n:Household|InternalUser) RETURN n.id AS id"


@pytest.fixture(scope="session")
def server(jars: Path) -> Iterator[Server]:
    """A Neo4j with the memory that one has in service, not the little that tests get by with."""
    home = Path(tempfile.mkdtemp(prefix="kith-neo4j-"))
    launched = Server.launch(home, jars, RUN)
    launched.wait_ready()
    yield launched
    launched.stop()
    shutil.rmtree(home)


@pytest_asyncio.fixture(loop_scope="session")
async def graph(store: Graph) -> Graph:
    """The store with what migrations make; its report, which is asked in parts here, takes too long for one go."""
    await store.apply(WIPE)
    if not await applied(store):
        await migrate(store, "tests")
    return store


@pytest.fixture
def steps(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """What took how long, told once the test is over."""
    told = list[str]()
    yield told
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    reporter.write_line(f"\n{request.node.name}: {', '.join(told)}; {most} MiB at most")


@contextmanager
def timed(steps: list[str], name: str) -> Iterator[None]:
    """Notes how many seconds something took."""
    start = time.perf_counter()
    yield
    steps.append(f"{name} {time.perf_counter() - start:.1f} s")


async def filled(graph: Graph, hub: Draft, people: int, ties: list[Tie]) -> str:
    """The id of a household, or of somebody of the staff, that is made before so many consumers and their ties."""
    records = Records([hub, *(Draft(PartyKind.CONSUMER, {"given_name": f"C{n}"}) for n in range(people))], ties)
    await load(graph, records, datetime.now(UTC), lambda done, in_all: None)
    (row,) = await graph.run(NAMED, {}, "soak")
    return str(row["id"])


async def household(graph: Graph, members: int) -> str:
    """The id of a household with so many members, whose only one it is."""
    ties = [
        Tie("HOUSEHOLD_MEMBER", 1 + n, 0, valid_from="2001-01-01", role="OTHER", primary=True) for n in range(members)
    ]
    return await filled(graph, Draft(PartyKind.HOUSEHOLD, {"name": "The Hotel"}), members, ties)


async def count(graph: Graph, id: str) -> int:
    """How many relationships there are of a party."""
    (row,) = await graph.run(COUNT, {"id": id}, "soak")
    return int(row["count"])


async def sound(context: Context, steps: list[str]) -> None:
    """Asserts that nothing in the whole graph is damaged; as `kith check` looks, which takes the time that it takes."""
    with timed(steps, "report"):
        assert (await integrity_report(context)).errors == []


async def planned(client: Client, id: str, steps: list[str]) -> Any:
    """The plan of a deletion in the way of which nothing is."""
    with timed(steps, "plan"):
        plan = (await client.ask(PLAN, id=id))["deletePlan"]
    assert plan["blockers"] == []
    return plan


async def swept(client: Client, context: Context, done: Any, steps: list[str]) -> Any:
    """The job of a deletion once it is done."""
    with timed(steps, "job"):
        await work_on(lambda: context)
    job = (await client.ask(JOB, id=done["job"]["id"]))["job"]
    assert (job["state"], job["refusal"]) == ("DONE", None)
    return job


async def test_a_household_of_thousands_goes_at_once_and_comes_back(
    client: Client, graph: Graph, context: Context, steps: list[str]
) -> None:
    """8.2, 8.5: of eight thousand, which are about as many as one transaction holds that may take 192 MB."""
    with timed(steps, "filling"):
        home = await household(graph, FITS)
    await sound(context, steps)
    plan = await planned(client, home, steps)
    counts = {one["rule"]: one["count"] for one in plan["counts"]}
    assert (plan["isMany"], counts, plan["count"]) == (False, {"ASKED": 1, "MEMBERSHIP": FITS}, FITS + 1)
    with timed(steps, "deleting"):
        done = await client.do("delete", {"token": plan["token"]}, DELETED)
    assert done["__typename"] == "Deleted", done
    assert done["job"] is None
    assert await client.codes("query($id: ID!) { node(id: $id) { id } }", id=home) == [("NOT_FOUND", ["node"])]
    await sound(context, steps)
    with timed(steps, "plan of restoring"):
        back = (await client.ask(RESTORE, id=done["operation"]["id"]))["restorePlan"]
    assert (back["problems"], back["count"]) == ([], FITS + 1)
    with timed(steps, "restoring"):
        restored = await client.do("restore", {"token": back["token"]})
    assert restored["__typename"] == "Restored", restored
    assert await count(graph, home) == FITS
    await sound(context, steps)


async def brought_back(client: Client, context: Context, done: Any, steps: list[str], records: int) -> None:
    """Restores what a job has deleted, by a job, as planned."""
    with timed(steps, "plan of restoring"):
        back = (await client.ask(RESTORE, id=done["operation"]["id"]))["restorePlan"]
    assert (back["problems"], back["count"]) == ([], records)
    with timed(steps, "beginning to restore"):
        begun = await client.do("restore", {"token": back["token"]}, "... on Restored { job { id } }")
    assert begun["__typename"] == "Restored", begun
    with timed(steps, "restoring"):
        await work_on(lambda: context)
    job = (await client.ask(JOB, id=begun["job"]["id"]))["job"]
    assert (job["state"], job["refusal"], job["done"], job["total"]) == ("DONE", None, records, records)


async def test_a_household_of_more_goes_as_a_job_and_comes_back_by_one(
    client: Client, graph: Graph, context: Context, steps: list[str]
) -> None:
    """8.2, 8.4, 8.5"""
    with timed(steps, "filling"):
        home = await household(graph, MANY)
    plan = await planned(client, home, steps)
    assert plan["isMany"]
    with timed(steps, "hiding"):
        done = await client.do("delete", {"token": plan["token"]}, DELETED)
    assert done["__typename"] == "Deleted", done
    await sound(context, steps)
    assert (await swept(client, context, done, steps))["done"] == MANY
    await sound(context, steps)
    await brought_back(client, context, done, steps, MANY + 1)
    assert await count(graph, home) == MANY
    await sound(context, steps)


async def test_somebody_of_the_staff_goes_with_a_hundred_thousand_relationships_and_comes_back(
    client: Client, graph: Graph, context: Context, steps: list[str]
) -> None:
    """8.2 to 8.5: ten years of serving ten thousand, past and current."""
    ends = {year: f"{year + 1}-01-01" if year < YEARS[-1] else None for year in YEARS}
    ties = [
        Tie("CONSUMER_TEAM", 0, 1 + n, f"{year}-01-01", end, responsibility="RELATIONSHIP_MANAGER")
        for year, end in ends.items()
        for n in range(SERVED)
    ]
    sam = {"name": "Sam", "login": "sam@kith.example", "roles": ["RELATIONSHIP_AGENT"]}
    with timed(steps, "filling"):
        user = await filled(graph, Draft(PartyKind.INTERNAL_USER, sam), SERVED, ties)
    await sound(context, steps)
    plan = await planned(client, user, steps)
    assert plan["isMany"]
    with timed(steps, "hiding"):
        done = await client.do("delete", {"token": plan["token"]}, DELETED)
    assert done["__typename"] == "Deleted", done
    await sound(context, steps)
    job = await swept(client, context, done, steps)
    assert (job["done"], job["total"]) == (len(ties), len(ties))
    (left,) = await graph.run("CYPHER 25 MATCH ()-[r:SERVES]->() RETURN count(r) AS count", {}, "soak")
    assert left["count"] == 0
    await sound(context, steps)
    await brought_back(client, context, done, steps, len(ties) + 1)
    assert await count(graph, user) == len(ties)
    await sound(context, steps)
