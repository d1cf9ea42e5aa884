"""Deleting many records: out of sight at once, gone in parts, by a job that others go on with (SPEC 8.2, 8.4, 11.7)."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from graphdb.errors import Unavailable
from graphdb.graph import Graph, Transaction
from resolvers import jobs
from resolvers.context import Context
from resolvers.jobs import next_part, prepared, taken_on, work_on
from tests.client import Client
from tests.schema.many import made_few
from tests.schema.test_deleting import HELD, errors, gone, plan
from tests.schema.test_restoring import plan as restore_plan
from tests.schema.test_within_households import ANSWERS, TYPE, Home
from tests.unchanged import Unchanged

DELETED = "... on Deleted { id operation { id } job { id state done } }"
COUNTS = "... on Consumer { relationshipCounts { type { code } count { value } } }"
PACKED = "CYPHER 25 OPTIONAL MATCH (n:Packed) RETURN sum(n.count) AS n, COUNT { (:Hiding) } AS hiding"
JOB = "query($id: ID!) { job(id: $id) { id kind state record done total refusal operation { id } } }"
LATER = "CYPHER 25 MATCH (job:Job) SET job.lease_until = datetime() - duration({seconds: 1})"


@pytest.fixture(autouse=True)
async def few(monkeypatch: pytest.MonkeyPatch, graph: Graph) -> None:
    """Five records are many here."""
    made_few(monkeypatch, graph)


@pytest.fixture
async def star(client: Client) -> dict[str, Any]:
    """Somebody of the staff who serves many, one of whom has friends of a type of its own."""
    user = await client.user()
    people = [await client.consumer(f"C{number}") for number in range(7)]
    await client.define("GUIDE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE")
    types = {t["code"]: t["id"] for t in (await client.ask("{ relationshipTypes { id code } }"))["relationshipTypes"]}
    team = [
        {"type": "CONSUMER_TEAM", "source": user, "target": c, "responsibility": "RELATIONSHIP_MANAGER"} for c in people
    ]
    guides = [{"type": "GUIDE", "source": c, "target": people[0]} for c in people[1:]]
    return {
        "user": user,
        "people": people,
        "type": types["GUIDE"],
        "team": await client.relate_all(team),
        "guides": await client.relate_all(guides),
        "case": await client.open_case(people[0], assignee=user),
    }


async def begin(client: Client, id: str, **choices: Any) -> Any:
    """Begins to delete many records."""
    found = await plan(client, id, **choices)
    assert found["isMany"], found
    done = await client.do("delete", {"token": found["token"]}, DELETED)
    assert done["__typename"] == "Deleted", done
    return done


def ways(star: dict[str, Any], what: str) -> tuple[str, list[str]]:
    """What is deleted, and the relationships that go."""
    return (star["user"], star["team"]) if what == "user" else (star["type"], star["guides"])


@pytest.mark.parametrize("what", ["user", "type"])
async def test_many_records_are_out_of_sight_at_once_and_gone_in_parts(
    client: Client, context: Context, graph: Graph, star: dict[str, Any], what: str
) -> None:
    """8.2, 8.4: readers see all or none, and the report finds nothing damaged, between any two parts."""
    id, ties = ways(star, what)
    code = "GUIDE" if what == "type" else "CONSUMER_TEAM"
    assert code in str(await client.node(star["people"][0], COUNTS))
    done = await begin(client, id)
    job = done["job"]
    assert job["state"] == "QUEUED"
    taken, parts = await taken_on(context, "worker"), 0
    assert taken
    await prepared(context, taken)
    while True:
        assert await gone(client, id, *ties)
        for person in star["people"][:2]:
            assert code not in str(await client.node(person, COUNTS))
        assert await errors(client) == []
        part = await next_part(context, taken, "worker")
        taken, parts = replace(taken, cursor=part.cursor, batches=taken.batches + 1), parts + 1
        if part.over:
            break
    assert parts > 3
    found = (await client.ask(JOB, id=job["id"]))["job"]
    assert (found["kind"], found["state"], found["record"]) == ("DELETE", "DONE", id)
    assert found["operation"] == done["operation"]
    assert (found["done"], found["total"]) == (len(ties) + (what == "user"), len(ties) if what == "user" else None)
    assert await client.node(star["case"], "... on Case { assignee { id } }") == {
        "assignee": None if what == "user" else {"id": star["user"]}
    }
    assert await graph.run(PACKED, {}, "tests") == [{"n": len(ties), "hiding": 0}]


@pytest.mark.parametrize("what", ["user", "type"])
async def test_nothing_new_arises_of_what_is_hidden(client: Client, star: dict[str, Any], what: str) -> None:
    """8.2"""
    id, _ = ways(star, what)
    await begin(client, id)
    new = {
        "user": {
            "type": "CONSUMER_TEAM",
            "source": id,
            "target": await client.consumer(),
            "responsibility": "RELATIONSHIP_MANAGER",
        },
        "type": {"type": "GUIDE", "source": star["people"][1], "target": star["people"][2]},
    }[what]
    (refusal,) = await client.refusals("relate", {"relationships": [new]})
    assert refusal["__typename"] == ("NotFound" if what == "user" else "UnknownRelationshipType")


async def test_readers_and_writers_go_on_meanwhile_and_see_all_or_none(
    client: Client, context: Context, star: dict[str, Any]
) -> None:
    """8.2, 8.4: counts, lists and what is related anew, while the type goes part by part."""
    seen, over = set[int](), False

    async def read() -> None:
        while not over:
            counts = (await client.node(star["people"][0], COUNTS))["relationshipCounts"]
            seen.add(sum(row["count"]["value"] for row in counts if row["type"]["code"] == "GUIDE"))

    async def write() -> None:
        for number in range(4):
            await client.relate("OTHER", star["people"][number], star["people"][number + 1])

    readers = [asyncio.create_task(read()) for _ in range(3)]
    done, _ = await asyncio.gather(begin(client, star["type"]), write())
    await work_on(lambda: context)
    over = True
    await asyncio.gather(*readers)
    assert seen <= {len(star["guides"]), 0}
    assert (await client.ask(JOB, id=done["job"]["id"]))["job"]["state"] == "DONE"
    counts = (await client.node(star["people"][0], COUNTS))["relationshipCounts"]
    assert {row["type"]["code"]: row["count"]["value"] for row in counts}["OTHER"] == 1


@pytest.mark.parametrize("what", ["user", "type"])
async def test_whoever_is_cut_off_at_any_call_leaves_what_the_next_goes_on_with(
    client: Client, context: Context, graph: Graph, star: dict[str, Any], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8.6, 11.7: the n-th call fails, for every n; each time another goes on, until all is gone once."""
    id, ties = ways(star, what)
    done = await begin(client, id)
    fails = await cut_off_everywhere(context, graph, monkeypatch)
    assert fails > 10
    assert (await client.ask(JOB, id=done["job"]["id"]))["job"]["state"] == "DONE"
    assert await graph.run(PACKED, {}, "tests") == [{"n": len(ties), "hiding": 0}]
    assert await gone(client, id, *ties)
    assert await errors(client) == []


async def cut_off_everywhere(context: Context, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> int:
    """Does all jobs, of which the n-th call fails, for every n, and another goes on; answers how many failed."""
    asked, fails, rows = 0, 0, Transaction.rows

    async def cut(self: Transaction, name: str, /, **parameters: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == fails:
            raise Unavailable("The connection was lost.")
        return await rows(self, name, **parameters)

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "rows", cut)
        while True:
            fails, asked = fails + 1, 0
            try:
                await work_on(lambda: context)
                return fails
            except Unavailable:
                await graph.apply(LATER)


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Lets the n-th transaction from now on fail."""
    write, left = Graph.write, 0

    async def cut(self: Graph, *given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Unavailable("The connection was lost.")
        return await write(self, *given, **named)

    def set_to(number: int) -> None:
        nonlocal left
        left = number

    monkeypatch.setattr(Graph, "write", cut)
    return set_to


@pytest.mark.parametrize("what", ["user", "type"])
async def test_a_deletion_that_is_cut_off_before_it_hides_anything_does_nothing(
    client: Client, star: dict[str, Any], what: str, cuts: Callable[[int], None], graph: Graph, context: Context
) -> None:
    """8.2, 8.6: what was announced is taken back, or lapses; whoever hears of a failure finds nothing done."""
    id, ties = ways(star, what)
    token = (await plan(client, id))["token"]
    number, codes = 0, [("", [""])]
    while codes:
        number += 1
        cuts(number)
        answer = await client.codes("mutation($t: String!) { delete(input: {token: $t}) { __typename } }", t=token)
        codes = answer
        cuts(0)
        if codes:
            assert not await gone(client, id)
            assert not await gone(client, *ties)
            token = (await plan(client, id))["token"]
    assert number > 3
    assert await gone(client, id, *ties)
    await graph.apply("CYPHER 25 MATCH (n:Hiding) WHERE n.until IS NOT NULL SET n.until = datetime()")
    assert await taken_on(context, "somebody")
    (left,) = await graph.run("CYPHER 25 RETURN COUNT { (n:Hiding WHERE n.until IS NOT NULL) } AS count", {}, "tests")
    assert left["count"] == 0


async def test_whoever_was_cut_off_goes_on_at_once_and_nobody_else(
    client: Client, context: Context, graph: Graph, star: dict[str, Any], cuts: Callable[[int], None]
) -> None:
    """11.7: others wait until the lease is over; what is new goes first, since the same may fail again."""
    await begin(client, star["user"])
    for _ in range(2):
        cuts(5)
        with pytest.raises(Unavailable):
            await work_on(lambda: context, "first")
        assert await work_on(lambda: context, "second") == 0
    newer = await begin(client, star["type"])
    taken = await taken_on(context, "first")
    assert taken
    assert taken.id == newer["job"]["id"]
    assert await work_on(lambda: context, "first") > len(star["guides"])
    assert await graph.run(PACKED, {}, "tests") == [{"n": len(star["guides"]) + len(star["team"]), "hiding": 0}]


async def test_of_several_workers_one_is_at_a_job(client: Client, context: Context, star: dict[str, Any]) -> None:
    """11.7: a lease; whoever has lost it does nothing more."""
    await begin(client, star["user"])
    first = await taken_on(context, "first")
    assert first
    assert await taken_on(context, "second") is None
    with pytest.raises(jobs.jobs.LeaseLost):
        await next_part(context, first, "second")
    await context.graph.apply(LATER)
    assert await taken_on(context, "second") == first
    with pytest.raises(jobs.jobs.LeaseLost):
        await next_part(context, first, "first")
    await context.graph.apply(LATER)
    assert sum(await asyncio.gather(*(work_on(lambda: context) for _ in range(3)))) == len(star["team"]) + 1


async def test_a_job_is_seen_by_whoever_asked_for_it_and_by_managers(
    client: Client, star: dict[str, Any], as_party: Callable[[str], Client], unchanged: Unchanged
) -> None:
    """11.7; a deletion is not cancelled."""
    id = (await begin(client, star["type"]))["job"]["id"]
    manager = as_party(await client.user("m@kith.example", roles=["MANAGER"]))
    assert (await manager.ask(JOB, id=id))["job"]["state"] == "QUEUED"
    listed = "query($s: [JobState!]) { jobs(states: $s) { edges { node { id } } } }"
    assert (await manager.ask(listed, s=["QUEUED"]))["jobs"]["edges"] == [{"node": {"id": id}}]
    assert (await manager.ask(listed, s=["DONE"]))["jobs"]["edges"] == []
    for roles in (["AGENT"], ["ANALYST"], ["RELATIONSHIP_AGENT"]):
        other = as_party(await client.user(f"{roles[0]}@kith.example", roles=roles))
        assert await other.codes(JOB, id=id) == [("NOT_FOUND", ["job"])]
        assert (await other.ask(listed))["jobs"]["edges"] == []
    async with unchanged.during():
        (refusal,) = await client.refusals("cancelJob", {"job": id})
        assert (refusal["__typename"], refusal["path"], refusal["state"]) == ("NotUnderWay", ["job"], "QUEUED")
        (refusal,) = await client.refusals("cancelJob", {"job": star["user"]})
        assert refusal["__typename"] == "NotFound"


async def test_a_household_of_many_takes_what_is_within_it(client: Client, context: Context) -> None:
    """8.3, 8.4: it is hidden with it."""
    home = await Home.of(client)
    people = [await client.consumer(f"C{number}") for number in range(4)]
    for person in people:
        await client.member(home.id, person)
        await client.relate(TYPE, person, home.ann, household=home.id, **ANSWERS)
    await begin(client, home.id)
    assert await gone(client, home.id, home.represents, *home.rows.values())
    assert await errors(client) == []
    await work_on(lambda: context)
    assert await gone(client, home.id, home.represents, *home.rows.values())
    assert await errors(client) == []


async def test_what_a_job_has_deleted_is_erased_once_it_is_done(
    client: Client, context: Context, star: dict[str, Any], graph: Graph, unchanged: Unchanged
) -> None:
    """8.5: for good, with what was kept of its relationships; many are not erased in one go."""
    (refusal,) = (await plan(client, star["user"], erase=True))["blockers"]
    assert refusal["__typename"] == "CannotBeDeleted"
    await begin(client, star["user"])
    token = (await plan(client, star["user"], erase=True))["token"]
    async with unchanged.during():
        (refusal,) = await client.refusals("delete", {"token": token})
        assert refusal["__typename"] == "CannotBeDeleted"
    await work_on(lambda: context)
    token = (await plan(client, star["user"], erase=True))["token"]
    assert (await client.do("delete", {"token": token}, DELETED))["__typename"] == "Deleted"
    assert await graph.run(PACKED, {}, "tests") == [{"n": 0, "hiding": 0}]


async def test_who_is_erased_is_in_nothing_any_more_that_jobs_have_packed(
    client: Client, context: Context, star: dict[str, Any], graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8.5, 11.7: by a job that looks through all of it; whoever restores the rest is told that this was erased."""
    erased, *others = star["people"][1:]
    notes = [await client.do("updateRelationship", {"id": id, "note": f"secret {id}"}) for id in star["guides"]]
    assert {one["__typename"] for one in notes} == {"RelationshipUpdated"}
    deleted = await begin(client, star["type"])
    await work_on(lambda: context)
    token = (await plan(client, erased, erase=True))["token"]
    done = await client.do("delete", {"token": token}, DELETED)
    assert (await client.ask(JOB, id=done["job"]["id"]))["job"]["kind"] == "ERASE"
    (refusal,) = await client.refusals("cancelJob", {"job": done["job"]["id"]})
    assert refusal["__typename"] == "NotUnderWay"
    assert await cut_off_everywhere(context, graph, monkeypatch) > 5
    job = (await client.ask(JOB, id=done["job"]["id"]))["job"]
    assert (job["state"], job["done"], job["record"]) == ("DONE", 1, erased)
    told = str(await graph.run(HELD, {}, "tests"))
    mine, *theirs = star["guides"]
    assert f"secret {mine}" not in told
    assert all(f"secret {id}" in told for id in theirs)
    operation = deleted["operation"]["id"]
    restoring = await restore_plan(client, operation)
    assert [problem["path"] for problem in restoring["problems"]] == [[mine]]
    assert restoring["canLeaveOut"] == [mine]
    restored = await client.do("restore", {"operation": operation, "leaveOut": [mine]})
    assert restored["__typename"] == "Restored"
    await work_on(lambda: context)
    assert await gone(client, mine, erased)
    assert not await gone(client, *theirs)
    assert not await gone(client, *others)
    assert await errors(client) == []


async def test_where_nothing_is_packed_erasing_needs_no_job(client: Client, star: dict[str, Any]) -> None:
    """8.5"""
    token = (await plan(client, star["people"][1], erase=True))["token"]
    assert (await client.do("delete", {"token": token}, DELETED))["job"] is None


async def test_a_deletion_is_begun_once_under_its_key(client: Client, star: dict[str, Any]) -> None:
    """11.2: who repeats it is told the same job."""
    token = (await plan(client, star["type"]))["token"]
    given = {"token": token, "idempotencyKey": "once"}
    first, again = await client.do("delete", given, DELETED), await client.do("delete", given, DELETED)
    assert first == again
    assert first["job"]


async def test_the_same_request_sent_twice_at_once_begins_one_job_and_hides_nothing_more(
    client: Client, context: Context, graph: Graph, star: dict[str, Any]
) -> None:
    """11.2"""
    given = {"token": (await plan(client, star["type"]))["token"], "idempotencyKey": "once"}
    first, *others = await asyncio.gather(*(client.do("delete", given, DELETED) for _ in range(8)))
    assert others == [first] * 7
    await work_on(lambda: context)
    assert await graph.run(PACKED, {}, "tests") == [{"n": len(star["guides"]), "hiding": 0}]


@pytest.mark.parametrize("single", [False, True])
async def test_a_token_that_tells_another_number_of_records_than_its_plan_is_refused(
    single: bool, client: Client, star: dict[str, Any], unchanged: Unchanged
) -> None:
    """8.2: with the plan as it is, whichever way the token would have it done."""
    id = star["guides"][0] if single else star["type"]
    token = (await plan(client, id))["token"]
    assert token.endswith(".many") != single
    other = f"{token}.many" if single else token.removesuffix(".many")
    async with unchanged.during():
        (refusal,) = await client.refusals("delete", {"token": other})
        assert (refusal["__typename"], refusal["path"]) == ("DeletePlanChanged", ["token"])


async def test_no_path_leads_through_what_is_hidden(client: Client, star: dict[str, Any]) -> None:
    """8.2, 9.5"""
    one, other = star["people"][1], star["people"][2]
    ways = "query($a: ID!, $b: ID!) { paths(from: $a, to: $b, categories: [TEAM, LOOSE]) { paths { length } } }"
    assert (await client.ask(ways, a=one, b=other))["paths"]["paths"] != []
    await begin(client, star["type"])
    await begin(client, star["user"])
    assert (await client.ask(ways, a=one, b=other))["paths"]["paths"] == []
