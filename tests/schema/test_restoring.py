"""Restoring what was removed, ended or changed: exactly, all or nothing, with a plan before (SPEC 8.5)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from graphdb.graph import Graph
from resolvers.context import Context
from resolvers.daily import run_daily
from tests.client import Client
from tests.schema.test_within_households import ANSWERS, NODE, TYPE, Home, day
from tests.unchanged import Unchanged

PLAN = """query($id: ID!) { restorePlan(operation: $id) { token operation { id kind } count canLeaveOut
    records { id deed type { code } source { id } target { id } } problems { __typename path
        ... on DuplicateRelationship { existing { id } } ... on TooMany { present: existing { id } }
        ... on WouldMakeCycle { cycle { id } } } } }"""
LEFT_OUT = ("version", "updated_at", "_lock")
ALL = """CYPHER 25
CALL () {
  MATCH (n) WHERE NOT n:Operation AND NOT n:Change AND NOT n:Packed
  RETURN labels(n) AS kind, properties(n) AS held, '' AS one, '' AS other
  UNION ALL
  MATCH (a)-[r]->(b) RETURN [type(r)] AS kind, properties(r) AS held, a.id AS one, b.id AS other
}
RETURN kind, held, one, other"""


async def dump(graph: Graph) -> list[str]:
    """All that is stored but operations, and what any change leaves another."""
    rows = await graph.run(ALL, {}, "tests")
    return sorted(
        f"{row['one']} {sorted(row['kind'])} {row['other']} "
        f"{sorted((name, str(value)) for name, value in row['held'].items() if name not in LEFT_OUT)}"
        for row in rows
    )


async def did(client: Client, mutation: str, **given: Any) -> str:
    """The operation of a mutation."""
    names = {
        "endMembership": "MembershipEnded",
        "endRelationship": "RelationshipEnded",
        "updateRelationship": "RelationshipUpdated",
        "removeRelationship": "RelationshipRemoved",
        "restore": "Restored",
    }
    done = await client.do(mutation, given, f"... on {names[mutation]} {{ operation {{ id }} }}")
    assert done["__typename"] == names[mutation], done
    return str(done["operation"]["id"])


async def plan(client: Client, operation: str) -> Any:
    """The plan of restoring an operation."""
    return (await client.ask(PLAN, id=operation))["restorePlan"]


@pytest.fixture
async def home(client: Client) -> Home:
    """A household with more than a plain relationship within it."""
    home = await Home.of(client, {"note": "with care", "validFrom": "2005-01-01", "validTo": day(400)})
    cat = await client.consumer("Cat")
    await client.member(home.id, cat, role="CHILD", note="third")
    await client.relate(TYPE, cat, home.ann, household=home.id, **ANSWERS)
    await client.relate(TYPE, home.bea, home.ann, household=home.id, validFrom=day(3), **ANSWERS)
    return home


@pytest.mark.parametrize("who", ["ann", "bea"])
@pytest.mark.parametrize(
    ("mutation", "given"),
    [
        ("removeRelationship", {}),
        ("endMembership", {}),
        ("endMembership", {"on": "2010-01-01"}),
        ("endMembership", {"on": day(10)}),
        ("endRelationship", {}),
        ("updateRelationship", {"validTo": "2006-01-01", "note": "gone"}),
        ("updateRelationship", {"validFrom": "2008-01-01"}),
    ],
    ids=str,
)
async def test_a_membership_comes_back_with_all_that_was_made_within_the_household(
    home: Home, client: Client, graph: Graph, mutation: str, given: dict[str, Any], who: str
) -> None:
    """4.2, 8.5: the same ids, days, responsibilities, and who made them when; to the last property."""
    before = await dump(graph)
    key = "membership" if mutation == "endMembership" else "id"
    operation = await did(client, mutation, **{key: home.rows[getattr(home, who)]}, **given)
    assert await dump(graph) != before
    shown = await plan(client, operation)
    assert shown["problems"] == []
    await did(client, "restore", token=shown["token"])
    assert await dump(graph) == before


@pytest.mark.parametrize(
    ("type", "more"),
    [
        ("PARENT", {"properties": {"pedigree": "STEP"}, "validFrom": "1823~"}),
        ("SPOUSE", {"validFrom": "1950", "validTo": "1960?"}),
        ("FRIEND", {"note": "n", "validFrom": "2020-01-01"}),
        ("REPRESENTATIVE", ANSWERS),
    ],
)
@pytest.mark.parametrize("mutation", ["removeRelationship", "endRelationship"])
async def test_any_relationship_comes_back(
    client: Client, graph: Graph, type: str, more: dict[str, Any], mutation: str
) -> None:
    """8.5"""
    id = await client.relate(type, await client.consumer(), await client.consumer(), **more)
    await client.do("updateRelationship", {"id": id, "note": "m"})
    before = await dump(graph)
    operation = await did(client, mutation, id=id)
    restored = await client.do(
        "restore", {"operation": operation}, "... on Restored { relationships { id note } operation { kind } }"
    )
    unchanged = mutation == "endRelationship" and "validTo" in more
    if unchanged:
        assert restored["refusals"][0]["__typename"] == "CannotBeRestored"
    else:
        assert restored["relationships"] == [{"id": id, "note": "m"}]
        assert restored["operation"] == {"kind": "restore"}
    assert await dump(graph) == before


async def test_a_plan_shows_what_comes_back_and_what_can_be_left_out(
    client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """8.5"""
    home = await Home.of(client)
    operation = await did(client, "endMembership", membership=home.rows[home.ann])
    async with unchanged.during():
        shown = await plan(client, operation)
    assert shown.pop("token").startswith(operation)
    row = home.rows[home.ann]
    assert shown == {
        "operation": {"id": operation, "kind": "endMembership"},
        "count": 2,
        "canLeaveOut": [home.represents],
        "records": [
            {
                "id": row,
                "deed": "CHANGED",
                "type": {"code": "HOUSEHOLD_MEMBER"},
                "source": {"id": home.ann},
                "target": {"id": home.id},
            },
            {
                "id": home.represents,
                "deed": "REMOVED",
                "type": {"code": TYPE},
                "source": {"id": home.ann},
                "target": {"id": home.bea},
            },
        ],
        "problems": [],
    }
    async with unchanged.during():
        for left_out, place in (([row], "0"), ([home.represents, "x"], "1")):
            assert await client.refusals("restore", {"operation": operation, "leaveOut": left_out}) == [
                {"__typename": "InvalidValue", "path": ["leaveOut", place]}
            ]
    await did(client, "restore", operation=operation, leaveOut=[home.represents])
    assert await client.node(row, "... on Relationship { isCurrent validTo }") == {"isCurrent": True, "validTo": None}
    assert await client.codes(NODE, id=home.represents) == [("NOT_FOUND", ["node"])]


async def test_a_plan_shows_what_was_made_since_and_goes(client: Client, graph: Graph, unchanged: Unchanged) -> None:
    """4.2, 8.5: within the household, on days on which an end will be no member again."""
    home = await Home.of(client)
    row = home.rows[home.ann]
    await did(client, "endMembership", membership=row, on=day(10))
    before = await dump(graph)
    longer = await did(client, "updateRelationship", id=row, validTo=None)
    since = await client.relate(TYPE, home.bea, home.ann, household=home.id, validFrom=day(20), **ANSWERS)
    taken = "query($id: ID!) { restorePlan(operation: $id) { token records { id } taken { id } takenCount } }"
    async with unchanged.during():
        shown = (await client.ask(taken, id=longer))["restorePlan"]
        assert shown.pop("token")
        assert shown == {"records": [{"id": row}], "taken": [{"id": since}], "takenCount": 1}
    token = (await plan(client, longer))["token"]
    await client.do("removeRelationship", {"id": since})
    async with unchanged.during():
        (refusal,) = await client.refusals("restore", {"token": token})
        assert refusal["__typename"] == "PlanChanged"
        assert (await client.ask(taken, id=longer))["restorePlan"]["taken"] == []
    await client.relate(TYPE, home.bea, home.ann, household=home.id, validFrom=day(20), **ANSWERS)
    await did(client, "restore", operation=longer)
    assert await dump(graph) == before


async def test_it_is_done_once(home: Home, client: Client, unchanged: Unchanged) -> None:
    """8.5: what was restored is not restored again, and a restoring is not undone."""
    operation = await did(client, "removeRelationship", id=home.represents)
    token = (await plan(client, operation))["token"]
    again = await did(client, "restore", token=token)
    for given in ({"operation": operation}, {"operation": again}):
        async with unchanged.during():
            assert await client.refusals("restore", given) == [
                {"__typename": "CannotBeRestored", "path": ["operation"]}
            ]
            assert [p["__typename"] for p in (await plan(client, given["operation"]))["problems"]] == [
                "CannotBeRestored"
            ]
    async with unchanged.during():
        (refusal,) = await client.refusals("restore", {"token": token})
    assert refusal["__typename"] == "PlanChanged"


async def test_a_repeated_request_restores_once_and_is_answered_the_same(
    home: Home, client: Client, unchanged: Unchanged
) -> None:
    """8.5, 11.2"""
    operation = await did(client, "removeRelationship", id=home.represents)
    given, selection = {"operation": operation, "idempotencyKey": "k"}, "... on Restored { relationships { id } }"
    first = await client.do("restore", given, selection)
    assert first["relationships"] == [{"id": home.represents}]
    async with unchanged.during():
        assert await client.do("restore", given, selection) == first


async def test_a_plan_that_no_longer_holds_is_refused_with_the_new_one(
    home: Home, client: Client, unchanged: Unchanged
) -> None:
    """8.5: with the token of that, it is done."""
    operation = await did(client, "endMembership", membership=home.rows[home.ann])
    token = (await plan(client, operation))["token"]
    await client.do("updateRelationship", {"id": home.rows[home.ann], "note": "later"})
    async with unchanged.during():
        (refusal,) = await client.refusals("restore", {"token": token})
    now = await plan(client, operation)
    assert refusal == {"__typename": "PlanChanged", "path": ["token"], "plan": {"token": now["token"]}}
    assert now["token"] != token
    await did(client, "restore", token=now["token"])
    assert await client.node(home.rows[home.ann], "... on Relationship { note }") == {"note": "later"}


async def test_what_no_longer_fits_is_named_and_may_be_left_out(
    client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """8.5: a duplicate, too many, a cycle, an end that is gone, one that has left, one that was changed since."""
    home = await Home.of(client)
    operation = await did(client, "removeRelationship", id=home.represents)
    again = await client.relate(TYPE, home.ann, home.bea, household=home.id, **ANSWERS)
    duplicate = {"__typename": "DuplicateRelationship", "path": [home.represents, "target"], "existing": {"id": again}}
    async with unchanged.during():
        assert (await plan(client, operation))["problems"] == [duplicate]
        assert await client.refusals("restore", {"operation": operation}) == [duplicate]
    await client.do("endMembership", {"membership": home.rows[home.bea]})
    outside = {"__typename": "NotInOneHousehold", "path": [home.represents, "household"]}
    async with unchanged.during():
        assert await client.refusals("restore", {"operation": operation}) == [outside]

    branch, office, other = [await client.account() for _ in range(3)]
    held = await client.relate("HEAD_OFFICE", office, branch)
    operation = await did(client, "removeRelationship", id=held)
    more = await client.relate("HEAD_OFFICE", other, branch)
    assert (await plan(client, operation))["problems"] == [
        {"__typename": "TooMany", "path": [held, "target"], "present": [{"id": more}]}
    ]
    await client.do("removeRelationship", {"id": more})
    await client.relate("HEAD_OFFICE", branch, office)
    assert (await plan(client, operation))["problems"] == [
        {"__typename": "WouldMakeCycle", "path": [held, "target"], "cycle": [{"id": office}, {"id": branch}]}
    ]

    ann, bea = await client.consumer(), await client.consumer()
    friends = await client.relate("FRIEND", ann, bea)
    ended = await did(client, "endRelationship", id=friends)
    await client.do("updateRelationship", {"id": friends, "validTo": day(5)})
    changed = {"__typename": "ChangedSince", "path": [friends]}
    async with unchanged.during():
        assert await client.refusals("restore", {"operation": ended}) == [changed]
    removed = await did(client, "removeRelationship", id=friends)
    assert await client.refusals("restore", {"operation": ended}) == [{"__typename": "NotFound", "path": [friends]}]
    await graph.apply(f"CYPHER 25 MATCH (n:Party {{id: '{bea}'}}) DETACH DELETE n")
    shown = await plan(client, removed)
    assert shown["problems"] == [{"__typename": "NotFound", "path": [friends, "target"]}]
    assert [(one["source"], one["target"]) for one in shown["records"]] == [({"id": ann}, None)]


async def test_a_leaving_comes_back_without_what_no_longer_fits(home: Home, client: Client) -> None:
    """8.5: one of two has since left, too."""
    operation = await did(client, "endMembership", membership=home.rows[home.ann])
    await client.do("endMembership", {"membership": home.rows[home.bea]})
    problems = (await plan(client, operation))["problems"]
    assert {problem["__typename"] for problem in problems} == {"NotInOneHousehold"}
    left_out = [problem["path"][0] for problem in problems]
    assert home.represents in left_out
    await did(client, "restore", operation=operation, leaveOut=left_out)
    assert not await home.is_there()
    assert len(await home.listed_of(home.ann, period="ALL")) == 1


async def test_types_may_be_deactivated_and_ask_for_more_since(client: Client) -> None:
    """2.1, 2.5, 8.5: what was there comes back as it was."""
    type = await client.define("GUIDE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE")
    (id,) = [
        t["id"]
        for t in (await client.ask("{ relationshipTypes { id code } }"))["relationshipTypes"]
        if t["code"] == type
    ]
    made = await client.relate(type, await client.consumer(), await client.consumer())
    operation = await did(client, "removeRelationship", id=made)
    since = {"code": "since", "name": "Since", "kind": "DATE", "required": True}
    await client.do("updateRelationshipType", {"id": id, "properties": [since], "active": False})
    await did(client, "restore", operation=operation)
    assert await client.node(made, "id") == {"id": made}


async def test_what_the_daily_run_took_comes_back_once_it_fits(
    home: Home, client: Client, context: Context, graph: Graph, unchanged: Unchanged
) -> None:
    """4.2, 8.5: after the leaving itself has been undone."""
    before = await dump(graph)
    leaving = await did(client, "endMembership", membership=home.rows[home.ann], on=day(1))
    tomorrow = replace(context, today=context.today + timedelta(days=1))
    assert await run_daily(tomorrow) == 2
    (row,) = await graph.run("CYPHER 25 MATCH (o:Operation {kind: 'daily'}) RETURN o.id AS id", {}, "tests")
    sooner = await did(client, "updateRelationship", id=home.rows[home.ann], validTo=day(0))
    async with unchanged.during():
        refusals = await client.refusals("restore", {"operation": row["id"]})
        assert [refusal["__typename"] for refusal in refusals] == ["NotInOneHousehold"] * 2
        assert (await plan(client, row["id"]))["canLeaveOut"] == sorted(refusal["path"][0] for refusal in refusals)
    for operation in (sooner, leaving, row["id"]):
        await did(client, "restore", operation=operation)
    assert await dump(graph) == before


async def test_operations_that_are_too_old_or_of_other_kinds_cannot_be_restored(
    home: Home, client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """8.5: within KITH_UNDO_DAYS."""
    operation = await did(client, "removeRelationship", id=home.represents)
    old = f"CYPHER 25 MATCH (o:Operation {{id: '{operation}'}}) SET o.created_at = o.created_at - duration('P366D')"
    await graph.apply(old)
    made = await client.do("createConsumer", {}, "... on ConsumerCreated { operation { id } }")
    for id in (operation, made["operation"]["id"]):
        async with unchanged.during():
            assert await client.refusals("restore", {"operation": id}) == [
                {"__typename": "CannotBeRestored", "path": ["operation"]}
            ]
    await graph.apply(old.replace("- duration('P366D')", "+ duration('P2D')"))
    await did(client, "restore", operation=operation)
    assert await home.is_there()


async def test_what_is_no_operation_and_no_token_is_not_found(client: Client, unchanged: Unchanged) -> None:
    """1.2"""
    for id in ("operation_01m87xd5tje62avxydcp5f4ept", "x", await client.consumer()):
        async with unchanged.during():
            assert await client.codes(PLAN, id=id) == [("NOT_FOUND", ["restorePlan"])]
            for given in ({"operation": id}, {"token": id}, {"token": f"{id}.abc"}):
                (name,) = given
                assert await client.refusals("restore", given) == [{"__typename": "NotFound", "path": [name]}]
    for given in ({}, {"operation": "x", "token": "x"}, {"operation": None, "token": None}):
        assert await client.refusals("restore", given) == [{"__typename": "InvalidValue", "path": ["operation"]}]
