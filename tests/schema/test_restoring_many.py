"""Restoring what a job has deleted: out of sight part by part, then all at once, or nothing (SPEC 8.2, 8.5, 8.6)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from domain.jobs import Job
from domain.parties import PartyKind
from graphdb.errors import Unavailable
from graphdb.graph import Graph, Transaction
from graphdb.jobs import LeaseLost
from resolvers import recalling
from resolvers.context import Context
from resolvers.jobs import next_part, prepared, taken_on, work_on
from tests.client import Client
from tests.schema.many import EVERY, KINDS, SERVES, Many, made_few, many, of_type
from tests.schema.test_deleting import delete, errors, gone
from tests.schema.test_deleting import plan as plan_of_deleting
from tests.schema.test_deleting_many import JOB, LATER, begin
from tests.schema.test_restoring import dump
from tests.schema.test_within_households import Home
from tests.unchanged import Unchanged

RESTORED = "... on Restored { operation { id } relationships { id } job { id kind state record done total } }"
TIED = """CYPHER 25 MATCH (:Deleted)-[back]->(party:Party) WHERE type(back) = 'SERVES'
RETURN party.id AS id ORDER BY id"""
LEFT = "CYPHER 25 RETURN COUNT { (:Packed) } AS packed, COUNT { (:Hiding) } AS hiding"
PLAN = """query($id: ID!) { restorePlan(operation: $id) { token isMany count canLeaveOut taken { id } records { id deed
    type { code } source { id } target { id } } problems { __typename path } } }"""
RELATE = "mutation($i: RelateInput!) { relate(input: $i) { __typename ... on Related { relationships { id } } } }"


@pytest.fixture(autouse=True)
async def few(monkeypatch: pytest.MonkeyPatch, graph: Graph) -> None:
    """Five records are many here."""
    made_few(monkeypatch, graph)


async def look(graph: Graph) -> list[str]:
    """All that is stored but operations, jobs and what these hide, and what any change leaves another."""
    return [line for line in await dump(graph) if not line.startswith((" ['Job'] ", " ['Hiding'] "))]


async def deleted(client: Client, context: Context, found: Many) -> str:
    """The operation that has deleted many records, whose job is done."""
    done = await begin(client, found.id, **found.choices)
    await work_on(lambda: context)
    assert (await job(client, done))["state"] == "DONE"
    return str(done["operation"]["id"])


async def restored(client: Client, **given: Any) -> Any:
    """Begins to restore many records."""
    done = await client.do("restore", given, RESTORED)
    assert done["__typename"] == "Restored", done
    assert done["relationships"] == []
    return done


async def job(client: Client, done: Any) -> Any:
    """The job of what was begun, as it stands."""
    return (await client.ask(JOB, id=done["job"]["id"]))["job"]


async def parts(context: Context, owner: str = "worker") -> AsyncIterator[Job]:
    """The job after each of its parts."""
    taken = await taken_on(context, owner)
    assert taken
    await prepared(context, taken)
    over = False
    while not over:
        part = await next_part(context, taken, owner)
        taken, over = replace(taken, cursor=part.cursor, batches=taken.batches + 1), part.over
        yield taken


async def unseen(client: Client, found: Many) -> bool:
    """Whether nobody sees anything of what was deleted: none of it by itself, none of it at the far ends."""
    listed = """query($id: ID!) { node(id: $id) { ... on PartyRecord { relationships(period: ALL, first: 100) {
        edges { node { id } } } } } }"""
    there = set[str]()
    for party in found.far:
        there |= {edge["node"]["id"] for edge in (await client.ask(listed, id=party))["node"]["relationships"]["edges"]}
    none = not there & set(found.ties)
    assert none == await gone(client, found.id, *found.ties)
    assert none or there >= set(found.ties)
    return none


@pytest.mark.parametrize("what", KINDS)
async def test_all_of_it_comes_back_out_of_sight_and_is_then_seen_at_once(
    client: Client, context: Context, graph: Graph, what: str
) -> None:
    """8.2, 8.5, 8.6: readers see none or all, and the report finds nothing damaged, between any two parts."""
    found = await many(client, what)
    before = await look(graph)
    operation = await deleted(client, context, found)
    plan = (await client.ask(PLAN, id=operation))["restorePlan"]
    assert (plan["isMany"], plan["count"], plan["problems"]) == (True, found.count, [])
    assert (plan["canLeaveOut"], plan["taken"]) == ([], [])
    assert {record["id"] for record in plan["records"]} >= {found.id, *found.ties}
    done = await restored(client, token=plan["token"])
    assert done["job"] == {
        "id": done["job"]["id"],
        "kind": "RESTORE",
        "state": "QUEUED",
        "record": operation,
        "done": 0,
        "total": found.count,
    }
    seen, count = [], 0
    async for _ in parts(context):
        seen.append(not await unseen(client, found))
        count += 1
        assert await errors(client) == []
    assert (await job(client, done))["refusal"] is None
    assert seen == sorted(seen)
    assert seen.count(False) > 5
    assert seen[-1]
    assert await look(graph) == before
    assert await graph.run(LEFT, {}, "tests") == [{"packed": 0, "hiding": 0}]
    after = await job(client, done)
    assert (after["state"], after["done"], after["refusal"]) == ("DONE", found.count, None)
    if found.case:
        told = await client.ask(
            "query($id: ID!) { operation(id: $id) { changes(first: 100) { edges { node { record old new } } } } }",
            id=done["operation"]["id"],
        )
        assert found.case in str(told)


@pytest.mark.parametrize("what", KINDS)
async def test_where_one_no_longer_fits_all_that_has_come_back_goes_again(
    client: Client, context: Context, graph: Graph, what: str
) -> None:
    """8.5: all or nothing; what no longer fits is named, and once it fits the same can be restored."""
    found = await many(client, what)
    before = await look(graph)
    operation = await deleted(client, context, found)
    done = await restored(client, operation=operation)
    last = found.far[-1]
    away = await delete(client, last)
    without = await look(graph)
    async for _ in parts(context):
        assert await unseen(client, replace(found, far=found.far[:-1]))
        assert await errors(client) == []
    assert await look(graph) == without
    failed = await job(client, done)
    assert (failed["state"], failed["done"]) == ("FAILED", 0)
    assert any(tie in failed["refusal"] for tie in found.ties)
    assert "Nothing is known by this id." in failed["refusal"]
    (problem, *_) = (await client.ask(PLAN, id=operation))["restorePlan"]["problems"]
    assert problem["__typename"] == "NotFound"
    assert problem["path"][0] in found.ties
    (refusal, *_) = await client.refusals("restore", {"operation": operation})
    assert refusal["__typename"] == "NotFound"
    assert await client.do("restore", {"operation": away}) == {"__typename": "Restored"}
    done = await restored(client, operation=operation)
    await work_on(lambda: context)
    assert (await job(client, done))["state"] == "DONE"
    assert await look(graph) == before


async def test_what_no_longer_fits_may_be_left_out(client: Client, context: Context, graph: Graph) -> None:
    """8.5: then the rest comes back, and it is gone."""
    found = await many(client, "user")
    gone_tie = found.ties[-1]
    before = await look(graph)
    operation = await deleted(client, context, found)
    away = await delete(client, found.far[-1])
    plan = (await client.ask(PLAN, id=operation))["restorePlan"]
    assert plan["canLeaveOut"] == [gone_tie]
    done = await restored(client, token=plan["token"], leaveOut=[gone_tie])
    await work_on(lambda: context)
    after = await job(client, done)
    assert (after["state"], after["done"], after["total"]) == ("DONE", found.count - 1, found.count - 1)
    await client.do("restore", {"operation": away})
    assert await look(graph) == [line for line in before if f"('id', '{gone_tie}')" not in line]
    assert await graph.run(LEFT, {}, "tests") == [{"packed": 0, "hiding": 0}]


@pytest.mark.parametrize(
    ("what", "fits"), [("user", True), *([("type", False), ("user", False), ("type", True)] if EVERY else [])]
)
async def test_whoever_is_cut_off_at_any_call_leaves_what_the_next_goes_on_with(
    client: Client, context: Context, graph: Graph, what: str, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8.6, 11.7: in each part the n-th call fails, for every n; each time another goes on, back or forth."""
    found = await many(client, what)
    before = await look(graph)
    done = await restored(client, operation=await deleted(client, context, found))
    if not fits:
        await delete(client, found.far[-1])
        before = await look(graph)
    asked, fails, tried, rows = 0, 0, 0, Transaction.rows
    batches = "CYPHER 25 MATCH (job:Job) RETURN sum(job.batches) AS done"

    async def cut(self: Transaction, name: str, /, **parameters: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == fails:
            raise Unavailable("The connection was lost.")
        return await rows(self, name, **parameters)

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "rows", cut)
        while True:
            fails, asked, tried = fails + 1, 0, tried + 1
            so_far = await graph.run(batches, {}, "tests")
            try:
                await work_on(lambda: context)
                break
            except Unavailable:
                await graph.apply(LATER)
            if await graph.run(batches, {}, "tests") != so_far:
                fails = 0
    assert tried > 50
    assert (await job(client, done))["state"] == ("DONE" if fits else "FAILED")
    assert await look(graph) == before
    assert await errors(client) == []


@pytest.mark.parametrize("fits", [True, False])
async def test_a_job_that_is_left_between_two_parts_is_gone_on_with_by_another(
    client: Client, context: Context, graph: Graph, fits: bool
) -> None:
    """11.7: wherever that is; whoever has left it does nothing more."""
    found = await many(client, "user")
    before = await look(graph)
    operation = await deleted(client, context, found)
    if not fits:
        done = await restored(client, operation=operation)
        away = await delete(client, found.far[-1])
    else:
        done, away = await restored(client, operation=operation), None
    owners = 0
    while (await job(client, done))["state"] not in ("DONE", "FAILED"):
        owners += 1
        async for _ in parts(context, f"worker {owners}"):
            break
        assert await errors(client) == []
        await graph.apply(LATER)
    assert owners > 5
    assert (await job(client, done))["state"] == ("DONE" if fits else "FAILED")
    if away:
        await client.do("restore", {"operation": away})
        await restored(client, operation=operation)
        await work_on(lambda: context)
    assert await look(graph) == before


async def test_a_restoration_is_cancelled_as_long_as_nobody_sees_anything_of_it(
    client: Client, context: Context, graph: Graph
) -> None:
    """11.7, 8.5: after each of its parts: what has come back goes again, whoever was at it does nothing more, and the
    same can be restored anew."""
    found = await many(client, "household")
    before = await look(graph)
    operation = await deleted(client, context, found)
    away = await look(graph)
    for most in count():
        done = await restored(client, operation=operation)
        part = None
        async for part in parts(context):
            if part.batches > most:
                break
        cancelled = await client.do("cancelJob", {"job": done["job"]["id"]}, "... on JobCancelled { job { state } }")
        if cancelled["__typename"] == "Refused":
            break
        assert cancelled["job"]["state"] == "RUNNING"
        assert part
        with pytest.raises(LeaseLost):
            await next_part(context, part, "worker")
        assert await unseen(client, found)
        await work_on(lambda: context)
        ended = await job(client, done)
        assert (ended["state"], ended["refusal"], ended["done"]) == ("CANCELLED", "It was cancelled.", 0)
        assert await look(graph) == away
        assert await errors(client) == []
    assert most > 3
    assert [(one["__typename"], one["state"]) for one in cancelled["refusals"]] == [("NotUnderWay", "RUNNING")]
    await graph.apply(LATER)
    await work_on(lambda: context)
    assert (await job(client, done))["state"] == "DONE"
    assert await look(graph) == before


async def test_a_restoration_is_cancelled_before_anybody_is_at_it(
    client: Client, context: Context, graph: Graph
) -> None:
    """11.7"""
    found = await many(client, "user")
    operation = await deleted(client, context, found)
    away = await look(graph)
    done = await restored(client, operation=operation)
    assert (await client.do("cancelJob", {"job": done["job"]["id"]}))["__typename"] == "JobCancelled"
    await work_on(lambda: context)
    assert (await job(client, done))["state"] == "CANCELLED"
    assert await look(graph) == away


async def test_it_is_begun_once(client: Client, context: Context, unchanged: Unchanged) -> None:
    """8.5, 11.2: under its key, by two at once, again while it is under way and once it is done."""
    found = await many(client, "user")
    begun = await begin(client, found.id)
    operation = begun["operation"]["id"]
    cannot = [{"__typename": "CannotBeRestored", "path": ["operation"]}]
    assert await client.refusals("restore", {"operation": operation}) == cannot  # while it is being deleted
    await work_on(lambda: context)
    token = (await client.ask(PLAN, id=operation))["restorePlan"]["token"]
    left_out = {"operation": operation, "leaveOut": [found.ties[0], found.id]}
    assert await client.refusals("restore", left_out) == [{"__typename": "InvalidValue", "path": ["leaveOut", "1"]}]
    given = {"operation": operation, "idempotencyKey": "once"}
    answers = await asyncio.gather(
        client.do("restore", given, RESTORED),
        *(client.do("restore", {"operation": operation}, RESTORED) for _ in range(2)),
        return_exceptions=True,
    )
    done = [one for one in answers if isinstance(one, dict) and one["__typename"] == "Restored"]
    assert len(done) == 1
    if answers[0] in done:
        assert await client.do("restore", given, RESTORED) == done[0]
    assert await client.refusals("restore", {"operation": operation}) == cannot
    assert (await client.refusals("restore", {"token": token}))[0]["__typename"] == "PlanChanged"
    await work_on(lambda: context)
    async with unchanged.during():
        assert await client.refusals("restore", {"operation": operation}) == cannot
        if answers[0] in done:
            assert (await client.do("restore", given, RESTORED))["job"]["id"] == done[0]["job"]["id"]
    again = await deleted(client, context, found)
    await restored(client, operation=again)
    await work_on(lambda: context)
    assert not await unseen(client, found)


@pytest.mark.parametrize("what", KINDS)
async def test_what_is_coming_back_is_neither_deleted_nor_erased(
    client: Client, context: Context, unchanged: Unchanged, what: str
) -> None:
    """8.5: until it is back; then it can be, for good."""
    found = await many(client, what)
    operation = await deleted(client, context, found)
    erasing = (await plan_of_deleting(client, found.id, erase=True, **found.choices))["token"]
    await restored(client, operation=operation)
    async with unchanged.during():
        for erase in (True, False):
            (blocker, *_) = (await plan_of_deleting(client, found.id, erase=erase, **found.choices))["blockers"]
            assert blocker["__typename"] == "CannotBeDeleted"
        if PartyKind.of(found.id):
            (refusal, *_) = await client.refusals("delete", {"token": erasing})
            assert refusal["__typename"] == "DeletePlanChanged"
        else:
            assert await slow(client, "delete", {"token": erasing})
    async for _ in parts(context):
        pass
    again = await deleted(client, context, found)
    token = (await plan_of_deleting(client, found.id, erase=True, **found.choices))["token"]
    assert (await client.do("delete", {"token": token}))["__typename"] == "Deleted"
    for id in (operation, again):
        problems = (await client.ask(PLAN, id=id))["restorePlan"]["problems"]
        assert {problem["__typename"] for problem in problems} == {"CannotBeRestored"}


async def half_back(client: Client, context: Context, found: Many) -> Any:
    """What was begun, once some relationships are back that nobody sees."""
    done = await restored(client, operation=await deleted(client, context, found))
    async for taken in parts(context):
        if taken.batches == 3:
            break
    return done


async def slow(client: Client, mutation: str, given: dict[str, Any]) -> bool:
    """Whether a mutation is told to be tried again later."""
    name = mutation[0].upper() + mutation[1:]
    document = f"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ __typename }} }}"
    return await client.codes(document, input=given) == [("TOO_SLOW", [mutation])]


async def test_others_change_nothing_by_which_was_judged_what_is_back(
    client: Client, context: Context, graph: Graph, unchanged: Unchanged
) -> None:
    """8.5, 8.6: they are told to try again later, and then see it; whatever else they do goes on."""
    home = await Home.of(client)
    found = await many(client, "user")
    other = await client.user("other@kith.example")
    friends = {person: await client.relate("FRIEND", person, home.ann) for person in found.far}
    places = {person: await client.member(home.id, person) for person in found.far}
    changed = {
        person: await client.do("endRelationship", {"id": friend}, "... on RelationshipEnded { operation { id } }")
        for person, friend in friends.items()
    }
    guides = await of_type(client, list(found.far))
    done = await half_back(client, context, found)
    near = (await graph.run(TIED, {}, "tests"))[0]["id"]
    friend, place, moved = friends[near], places[near], changed[near]
    token = (await plan_of_deleting(client, near, openCases="DELETE"))["token"]
    merging = """query($s: ID!, $m: ID!) { mergePlan(input: {survivor: $s, merged: $m}) {
        ... on MergePlan { token } } }"""
    merge = (await client.ask(merging, s=home.bea, m=near))["mergePlan"]["token"]
    many_more = (await plan_of_deleting(client, guides.id))["token"]
    async with unchanged.during():
        assert await slow(client, "relate", {"relationships": [{**SERVES, "source": other, "target": near}]})
        assert await slow(client, "relate", {"relationships": [{"type": "FRIEND", "source": home.bea, "target": near}]})
        assert await slow(client, "endRelationship", {"id": friend, "on": "2030-01-01"})
        assert await slow(client, "removeRelationship", {"id": friend})
        assert await slow(client, "endMembership", {"membership": place})
        assert await slow(client, "changeMembership", {"membership": place, "role": "CHILD"})
        assert await slow(client, "restore", {"operation": moved["operation"]["id"]})
        assert await slow(client, "merge", {"token": merge})
        assert await slow(client, "delete", {"token": token})
        assert await slow(client, "delete", {"token": many_more})
        assert await slow(client, "updateRelationshipType", {"id": guides.id, "maxPerTarget": 8})
        assert (await client.refusals("removeRelationship", {"id": found.ties[0]}))[0]["__typename"] == "NotFound"
        (refusal,) = await client.refusals(
            "relate", {"relationships": [{**SERVES, "source": found.id, "target": home.ann}]}
        )
        assert (refusal["__typename"], refusal["path"]) == ("NotFound", ["relationships", "0", "source"])
    await client.relate("FRIEND", home.ann, home.bea)
    await client.do("updateConsumer", {"id": near, "givenName": "New"})
    await client.open_case(near)
    await client.define("NEWER")
    await graph.apply(LATER)
    await work_on(lambda: context)
    assert (await job(client, done))["state"] == "DONE"
    assert not await slow(client, "relate", {"relationships": [{**SERVES, "source": other, "target": near}]})
    (refusal,) = await client.refusals("relate", {"relationships": [{**SERVES, "source": found.id, "target": near}]})
    assert refusal["__typename"] == "DuplicateRelationship"


async def test_no_cycle_closes_over_what_is_coming_back(
    client: Client, context: Context, graph: Graph, unchanged: Unchanged
) -> None:
    """3.3, 8.5: cycles rest on more than two ends, so nothing of the kind is made anywhere until all is back."""
    found = await many(client, "type")
    await client.define("OVER", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE", acyclic=True)
    one, other = await client.consumer("One"), await client.consumer("Other")
    for end in (one, other):
        await client.relate("OVER", found.far[0], end)
    done = await half_back(client, context, found)
    async with unchanged.during():
        assert await slow(client, "relate", {"relationships": [{"type": "OVER", "source": one, "target": other}]})
    await client.relate("FRIEND", one, other)
    await graph.apply(LATER)
    await work_on(lambda: context)
    assert (await job(client, done))["state"] == "DONE"
    (refusal,) = await client.refusals(
        "relate", {"relationships": [{"type": "OVER", "source": other, "target": found.far[1]}]}
    )
    assert refusal["__typename"] == "WouldMakeCycle"


async def test_many_are_not_restored_beside_others(client: Client, context: Context, graph: Graph) -> None:
    """8.5: neither while others are being deleted, nor while others come back."""
    user, type = await many(client, "user"), await many(client, "type")
    operation = await deleted(client, context, user)
    begun = await begin(client, type.id)
    assert await slow(client, "restore", {"operation": operation})
    await work_on(lambda: context)
    await restored(client, operation=operation)
    assert await slow(client, "restore", {"operation": begun["operation"]["id"]})
    await work_on(lambda: context)
    await restored(client, operation=begun["operation"]["id"])
    await work_on(lambda: context)
    assert not await unseen(client, user)
    assert not await unseen(client, type)
    assert await graph.run(LEFT, {}, "tests") == [{"packed": 0, "hiding": 0}]


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("what", ["type", "responsibility"])
async def test_the_code_of_what_is_out_of_sight_is_nobody_elses(
    client: Client, context: Context, what: str, back: bool
) -> None:
    """8.2: what somebody else made of it would be out of sight, and go with it."""
    found = await many(client, what)
    given = {
        "type": ("defineRelationshipType", {"code": "GUIDE", "category": "LOOSE"}),
        "responsibility": ("defineResponsibility", {"code": "ADVISER"}),
    }[what]
    more = {
        "type": {
            "name": "n",
            "label": "l",
            "reverseLabel": "r",
            "sourceKinds": ["ACCOUNT"],
            "targetKinds": ["ACCOUNT"],
        },
        "responsibility": {"name": "n", "holderKinds": ["INTERNAL_USER"], "subjectKinds": ["ACCOUNT"]},
    }[what]
    mutation, fields = given[0], {**given[1], **more}
    taken = [{"__typename": "AlreadyTaken", "path": ["code"], "by": None}]
    if back:
        operation = await deleted(client, context, found)
        await restored(client, operation=operation)
        assert await client.refusals(mutation, fields) == taken
        await work_on(lambda: context)
        assert await client.refusals(mutation, fields) == taken
    else:
        begun = await begin(client, found.id, **found.choices)
        assert await client.refusals(mutation, fields) == taken
        await work_on(lambda: context)
        assert (await client.do(mutation, fields))["__typename"] != "Refused"
        operation = begun["operation"]["id"]
        plan = (await client.ask(PLAN, id=operation))["restorePlan"]
        assert plan["problems"] == [{"__typename": "AlreadyTaken", "path": [found.id, "code"]}]
        (refusal,) = await client.refusals("restore", {"operation": operation})
        assert (refusal["__typename"], refusal["path"]) == ("AlreadyTaken", [found.id, "code"])


async def test_a_login_that_is_given_away_meanwhile_stops_it(client: Client, context: Context, graph: Graph) -> None:
    """8.5: with the last part, too, all goes again."""
    found = await many(client, "user")
    done = await half_back(client, context, found)
    login = await client.user()
    before = await look(graph)
    await graph.apply(LATER)
    await work_on(lambda: context)
    failed = await job(client, done)
    assert (failed["state"], failed["done"]) == ("FAILED", 0)
    assert f"{found.id} login" in failed["refusal"]
    assert await unseen(client, found)
    assert login in str(before)
    assert await look(graph) == [line for line in before if "['SERVES']" not in line]


async def test_a_case_that_was_changed_since_stops_it(client: Client, context: Context, graph: Graph) -> None:
    """8.5: it is another's by now, and stays so."""
    found = await many(client, "user")
    done = await half_back(client, context, found)
    other = await client.user("other@kith.example")
    await client.do("assignCase", {"case": found.case, "assignee": other})
    await graph.apply(LATER)
    await work_on(lambda: context)
    assert (await job(client, done))["state"] == "FAILED"
    assert found.case in (await job(client, done))["refusal"]
    assert await client.node(found.case or "", "... on Case { assignee { id } }") == {"assignee": {"id": other}}


@pytest.mark.parametrize("what", ["user", "responsibility", "type"])
async def test_whoever_relates_at_the_same_time_wins_or_is_told(
    client: Client, context: Context, graph: Graph, what: str
) -> None:
    """3.7, 8.5, 8.6: for the places that come back; whoever comes first has them, and the others see it."""
    found = await many(client, what)
    other = await client.user("other@kith.example")
    if what != "responsibility":
        await client.responsibility("ADVISER", subjectKinds=["CONSUMER"], exclusive=True)
    done = await restored(client, operation=await deleted(client, context, found))
    told = set[str]()

    async def relate(person: str) -> None:
        for _ in range(20):
            new = {**SERVES, "source": other, "target": person}
            answer = await client.answer(RELATE, i={"relationships": [new]})
            kind = answer["errors"][0]["extensions"]["code"] if "errors" in answer else answer["data"]["relate"]
            told.add(kind if isinstance(kind, str) else kind["__typename"])
            if isinstance(kind, dict) and kind["__typename"] == "Related":
                await slow(client, "removeRelationship", {"id": kind["relationships"][0]["id"]})

    await asyncio.gather(work_on(lambda: context), *(relate(person) for person in found.far[:3]))
    assert (await job(client, done))["state"] == "DONE"
    assert told <= {"Related", "TOO_SLOW", "Refused"}
    assert not await unseen(client, found)


async def test_of_a_place_that_only_one_may_have_one_gets_it(
    client: Client, context: Context, graph: Graph, as_party: Callable[[str], Client]
) -> None:
    """3.7, 8.5: what comes back under what only one may carry, against somebody who is given it at the same moment."""
    found, other = await many(client, "responsibility"), await client.user("other@kith.example")
    edge = await client.node(found.ties[0], "... on Relationship { source { id } }")
    operation = await deleted(client, context, Many(edge["source"]["id"], found.ties, found.far))
    before = await look(graph)
    done = await restored(client, operation=operation)
    won = list[str]()

    async def rival(person: str) -> None:
        new = {"type": "CONSUMER_TEAM", "source": other, "target": person, "responsibility": "ADVISER"}
        answer = await client.answer(RELATE, i={"relationships": [new]})
        if "errors" not in answer and answer["data"]["relate"]["__typename"] == "Related":
            won.extend(tie["id"] for tie in answer["data"]["relate"]["relationships"])

    async def rivals() -> None:
        for person in reversed(found.far):
            await asyncio.sleep(0.05)
            await rival(person)

    await asyncio.gather(work_on(lambda: context), rivals())
    state = (await job(client, done))["state"]
    assert state == ("FAILED" if won else "DONE")
    for tie in won:
        await client.do("removeRelationship", {"id": tie})
    if won:
        assert await look(graph) == before
    assert await errors(client) == []


async def test_rights_are_those_of_restoring(
    client: Client, context: Context, as_party: Callable[[str], Client], unchanged: Unchanged
) -> None:
    """5.7: managers, but none their own place in a team, nor anybody of the staff."""
    user, adviser = await many(client, "user"), await many(client, "responsibility")
    agent = await client.user("a@kith.example", roles=["AGENT"])
    manager = await client.user("m@kith.example", roles=["MANAGER", "RELATIONSHIP_AGENT"])
    await client.relate("CONSUMER_TEAM", manager, await client.consumer(), responsibility="ADVISER")
    staff, places = await deleted(client, context, user), await deleted(client, context, adviser)
    async with unchanged.during():
        for operation in (staff, places):
            for who in (agent, manager):
                (refusal,) = await as_party(who).refusals("restore", {"operation": operation})
                assert refusal["__typename"] == "NotAllowed"
    other = as_party(await client.user("n@kith.example", roles=["MANAGER"]))
    assert (await other.do("restore", {"operation": places}))["__typename"] == "Restored"
    await work_on(lambda: context)
    assert not await unseen(client, adviser)


async def test_what_is_too_long_ago_is_refused(client: Client, context: Context, graph: Graph) -> None:
    """8.5: within KITH_UNDO_DAYS."""
    operation = await deleted(client, context, await many(client, "type"))
    old = f"CYPHER 25 MATCH (o:Operation {{id: '{operation}'}}) SET o.created_at = o.created_at - duration('P366D')"
    await graph.apply(old)
    cannot = [{"__typename": "CannotBeRestored", "path": ["operation"]}]
    assert await client.refusals("restore", {"operation": operation}) == cannot
    assert (await client.ask(PLAN, id=operation))["restorePlan"]["problems"] == cannot


async def test_a_restoration_that_is_cut_off_before_its_job_is_there_does_nothing(
    client: Client, context: Context, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8.6: what was announced is taken back, or lapses."""
    found = await many(client, "type")
    operation = await deleted(client, context, found)
    before = await look(graph)
    write, left, number = Graph.write, 0, 0

    async def cut(self: Graph, *given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Unavailable("The connection was lost.")
        return await write(self, *given, **named)

    monkeypatch.setattr(Graph, "write", cut)
    codes = [("", [""])]
    document = "mutation($o: ID!) { restore(input: {operation: $o}) { __typename } }"
    while codes:
        number, left = number + 1, number + 1
        codes = await client.codes(document, o=operation)
        left = 0
        if codes:
            assert await look(graph) == before
    assert number > 2
    await work_on(lambda: context)
    assert not await unseen(client, found)


async def test_a_plan_looks_through_some_of_it(
    client: Client, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """8.5: what is beyond that the job finds."""
    found = await many(client, "user")
    operation = await deleted(client, context, found)
    await delete(client, found.far[-1])
    named = len((await client.ask(PLAN, id=operation))["restorePlan"]["problems"])
    monkeypatch.setattr(recalling, "LOOKED_THROUGH", 0)
    plan = (await client.ask(PLAN, id=operation))["restorePlan"]
    assert (named, plan["problems"], plan["count"]) == (1, [], found.count)
    done = await restored(client, token=plan["token"])
    await work_on(lambda: context)
    assert (await job(client, done))["state"] == "FAILED"
