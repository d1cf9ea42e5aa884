"""Deleting, erasing and restoring, planned and done (SPEC 8.1 to 8.3, 8.5, 8.6)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import resolvers.merging
from domain.sessions import Place
from graphdb.errors import Unavailable
from graphdb.graph import Graph, Transaction
from resolvers.sessions import begin
from tests.client import Client
from tests.domain.test_tokens import HOSTILE
from tests.schema.test_restoring import LEFT_OUT, dump
from tests.schema.test_restoring import plan as restore_plan
from tests.schema.test_within_households import ANSWERS, TYPE, Home
from tests.unchanged import Unchanged

PLAN = """query(
    $input: DeletePlanInput!, $rules: [DeleteRule!], $first: Int, $after: String, $last: Int, $before: String) {
    deletePlan(input: $input) { __typename ... on Refused { refusals { __typename path } } ... on DeletePlan {
        token id name erases isMany count counts { rule count } blockers { __typename path
            ... on OpenCases { count cases { id } } ... on StillUsed { count examples { id } } }
        items(rules: $rules, first: $first, after: $after, last: $last, before: $before) { totalCount
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            edges { cursor node { rule id party { id } relationship { id } case { id } } } } } } }"""
GROUP = """query($id: ID!) { node(id: $id) { ... on Group { members {
    edges { node { member { id } relationship { id } } } } } } }"""
HELD = """CYPHER 25 CALL () {
  MATCH (n) RETURN properties(n) AS held
  UNION ALL
  MATCH ()-[r]->() RETURN properties(r) AS held
}
RETURN held"""
SESSION = "CYPHER 25 MATCH (session:Session {id: $id}) RETURN session.ended_because AS because"
NODE = "query($id: ID!) { node(id: $id) { id } }"
DELETED = "... on Deleted { id operation { id kind } }"


async def plan(client: Client, id: str, page: dict[str, Any] | None = None, **choices: Any) -> Any:
    """The plan of deleting a record."""
    return (await client.ask(PLAN, input={"id": id, **choices}, **(page or {})))["deletePlan"]


async def taken(client: Client, id: str, **choices: Any) -> dict[str, set[str]]:
    """The records that a deletion takes, by the rule."""
    found = await plan(client, id, {"first": 100}, **choices)
    assert found["__typename"] == "DeletePlan", found
    rules: dict[str, set[str]] = {}
    for edge in found["items"]["edges"]:
        rules.setdefault(edge["node"]["rule"], set()).add(edge["node"]["id"])
    assert {count["rule"]: count["count"] for count in found["counts"]} == {
        rule: len(ids) for rule, ids in rules.items()
    }
    assert found["count"] == sum(map(len, rules.values()))
    return rules


async def delete(client: Client, id: str, **choices: Any) -> str:
    """Deletes a record as planned; the operation."""
    token = (await plan(client, id, **choices))["token"]
    done = await client.do("delete", {"token": token}, DELETED)
    assert done["__typename"] == "Deleted", done
    assert done["id"] == id
    return str(done["operation"]["id"])


async def restore(client: Client, operation: str, **more: Any) -> None:
    """Brings back what an operation deleted."""
    done = await client.do("restore", {"operation": operation, **more})
    assert done["__typename"] == "Restored", done


async def gone(client: Client, *ids: str) -> bool:
    """Whether none of these records is known."""
    return all([await client.codes(NODE, id=id) == [("NOT_FOUND", ["node"])] for id in ids])


async def errors(client: Client) -> list[Any]:
    """What the integrity report finds damaged."""
    found = await client.ask("{ integrityReport { errors { code records } } }")
    return list(found["integrityReport"]["errors"])


@dataclass(frozen=True)
class World:
    """A family in a household, with staff, cases, points and a group; some of it all over."""

    home: Home
    user: str
    account: str
    group: str
    places: dict[str, str]
    ties: dict[str, str]
    cases: dict[str, str]


@pytest.fixture
async def world(client: Client) -> World:
    """One of everything that a deletion meets."""
    home = await Home.of(client)
    user = await client.user(roles=["RELATIONSHIP_AGENT", "AGENT"], location="Hall")
    account = await client.account(externalIds=[{"system": "crm", "value": "7"}])
    group = await client.group([{"party": home.ann, "role": "OWNER"}, {"party": account}])
    await client.do(
        "updateConsumer", {"id": home.ann, "externalIds": [{"system": "crm", "value": "1"}], "email": "a@b.example"}
    )
    ties = {
        "friend": await client.relate("FRIEND", home.ann, home.bea, note="since school"),
        "parent": await client.relate("PARENT", home.ann, home.bea, validFrom="1983~"),
        "contact": await client.relate("CONTACT", home.ann, account, validTo="2001-01-01"),
        "of ann": await client.relate("CONSUMER_TEAM", user, home.ann, responsibility="RELATIONSHIP_MANAGER"),
        "of home": await client.relate("HOUSEHOLD_TEAM", user, home.id, responsibility="RELATIONSHIP_MANAGER"),
    }
    await client.points_type()
    await client.points(home.ann, 5)
    cases = {
        "open": await client.open_case(home.ann, "open", assignee=user),
        "closed": await client.open_case(home.ann, "closed", household=home.id),
        "bea's": await client.open_case(home.bea, "bea's", household=home.id, assignee=user),
    }
    for subject in ("open", "closed"):
        await client.do("commentOnCase", {"case": cases[subject], "text": "Hm, odd."})
    await client.do("closeCase", {"case": cases["closed"]})
    found = await client.ask(GROUP, id=group)
    places = {e["node"]["member"]["id"]: e["node"]["relationship"]["id"] for e in found["node"]["members"]["edges"]}
    return World(home, user, account, group, places, ties, cases)


async def test_a_customer_takes_what_is_the_customers(client: Client, world: World, unchanged: Unchanged) -> None:
    """8.1, 8.3: relationships of any period, memberships, closed cases; open ones only as chosen."""
    home, ann = world.home, world.home.ann
    async with unchanged.during():
        found = await plan(client, ann)
        assert found["blockers"] == [
            {"__typename": "OpenCases", "path": ["openCases"], "count": 1, "cases": [{"id": world.cases["open"]}]}
        ]
        (refusal,) = await client.refusals("delete", {"token": found["token"]})
        assert (refusal["__typename"], refusal["path"]) == ("OpenCases", ["token"])
        for choice, rule in (("DELETE", "OPEN_CASE"), ("CLOSE", "OPEN_CASE_CLOSED")):
            assert await taken(client, ann, openCases=choice) == {
                "ASKED": {ann},
                "RELATIONSHIP_OF_PARTY": {
                    *(world.ties[tie] for tie in ("friend", "parent", "contact", "of ann")),
                    home.represents,
                },
                "MEMBERSHIP": {home.rows[ann], world.places[ann]},
                "CLOSED_CASE": {world.cases["closed"]},
                rule: {world.cases["open"]},
            }


@pytest.mark.parametrize("choice", ["DELETE", "CLOSE"])
async def test_a_customer_is_gone_everywhere_and_comes_back_as_he_or_she_was(
    client: Client, world: World, graph: Graph, as_party: Callable[[str], Client], choice: str
) -> None:
    """8.3, 8.5, 8.6: to the last property, with cases, comments, points and external ids."""
    ann = world.home.ann
    before = await dump(graph)
    operation = await delete(client, ann, openCases=choice)
    assert await gone(
        client, ann, world.cases["open"], world.cases["closed"], world.ties["friend"], world.ties["of ann"]
    )
    search = "query($s: String) { parties(search: $s) { edges { node { id } } } cases { edges { node { id } } } }"
    found = await client.ask(search, s="Ann")
    assert [edge["node"]["id"] for edge in found["cases"]["edges"]] == [world.cases["bea's"]]
    assert ann not in str(found)
    assert "Ann" not in str(await client.ask(MEMBERS, id=world.home.id))
    by = 'query($v: String!) { party(by: {externalId: {system: "crm", value: $v}}) { id } }'
    assert await client.codes(by, v="1") == [("NOT_FOUND", ["party"])]
    assert (await client.refusals("createConsumer", {"externalIds": [{"system": "crm", "value": "1"}]}))[0][
        "__typename"
    ] == "AlreadyTaken"
    assert (await as_party(ann).send("{ viewer { id } }")).status_code == 401
    assert await client.refusals(
        "relate", {"relationships": [{"type": "FRIEND", "source": ann, "target": world.home.bea}]}
    ) == [{"__typename": "NotFound", "path": ["relationships", "0", "source"]}]
    assert await errors(client) == []
    shown = await restore_plan(client, operation)
    assert shown["problems"] == []
    assert ann in [record["id"] for record in shown["records"]]
    done = await client.do("restore", {"token": shown["token"]})
    assert done["__typename"] == "Restored", done
    assert await dump(graph) == before
    assert await errors(client) == []


MEMBERS = """query($id: ID!) { node(id: $id) { ... on Household { members(period: ALL) {
    edges { node { member { name } } } } } } }"""


@pytest.mark.parametrize("who", ["home", "group", "account", "user", "friend", "represents"])
async def test_whatever_is_deleted_comes_back_as_it_was(client: Client, world: World, graph: Graph, who: str) -> None:
    """8.3, 8.5, 8.6"""
    ids = {"home": world.home.id, "group": world.group, "account": world.account, "user": world.user}
    id = ids.get(who) or world.ties.get(who) or world.home.represents
    before = await dump(graph)
    operation = await delete(client, id)
    assert await dump(graph) != before
    assert await gone(client, id)
    assert await errors(client) == []
    await restore(client, operation)
    assert await dump(graph) == before
    assert await errors(client) == []


async def test_a_customer_takes_those_who_were_merged_into_it(client: Client, graph: Graph) -> None:
    """8.3, 7.4: with what was theirs; they come back together, and the merge can be undone then."""
    ann, bea, cid = [await client.consumer(name) for name in ("Ann", "Bea", "Cid")]
    friend = await client.relate("FRIEND", bea, await client.consumer("Dan"))
    merges = [await client.merge(bea, cid), await client.merge(ann, bea)]
    before = await dump(graph)
    assert await taken(client, ann) == {
        "ASKED": {ann},
        "MERGED_INTO": {bea, cid},
        "RELATIONSHIP_OF_PARTY": {friend},
    }
    operation = await delete(client, ann)
    assert await gone(client, ann, bea, cid, friend)
    assert await errors(client) == []
    assert [one["__typename"] for one in await client.refusals("undoMerge", {"operation": merges[1]})]
    await restore(client, operation)
    assert await dump(graph) == before
    for merge in reversed(merges):
        assert (await client.do("undoMerge", {"operation": merge}))["__typename"] == "MergeUndone"


async def test_whoever_is_deleted_is_signed_out_for_good(client: Client, graph: Graph) -> None:
    """8.1, 11.3: a session doesn't come back with its party."""
    ann = await client.consumer("Ann")
    at = datetime.now(UTC)
    session = await begin(graph, ann, at, Place.TOKENS, timedelta(days=1))
    await restore(client, await delete(client, ann))
    (row,) = await graph.run(SESSION, {"id": session.id}, "tests")
    assert row["because"] == "STATUS"


async def test_who_was_merged_can_be_deleted_alone(client: Client, graph: Graph) -> None:
    """7.4, 8.1: taken as itself; the survivor stays, and has had it no more."""
    ann, bea = [await client.consumer(name) for name in ("Ann", "Bea")]
    await client.merge(ann, bea)
    before = await dump(graph)
    operation = await delete(client, bea)
    assert await gone(client, bea)
    assert (await client.node(ann, "... on Consumer { formerIds }"))["formerIds"] == []
    assert await errors(client) == []
    await restore(client, operation)
    assert await dump(graph) == before


async def test_a_household_takes_all_that_is_the_households(client: Client, world: World) -> None:
    """8.3: its memberships, what is made within it, every other relationship of it; its cases lose it."""
    home = world.home
    assert await taken(client, home.id) == {
        "ASKED": {home.id},
        "RELATIONSHIP_OF_PARTY": {world.ties["of home"]},
        "MEMBERSHIP": set(home.rows.values()),
        "WITHIN_HOUSEHOLD": {home.represents},
        "CASE_LEAVES_HOUSEHOLD": {world.cases["closed"], world.cases["bea's"]},
    }
    await delete(client, home.id)
    for case in ("closed", "bea's"):
        assert await client.node(world.cases[case], "... on Case { household { id } }") == {"household": None}


async def test_a_user_takes_team_relationships_and_the_cases_are_unassigned(client: Client, world: World) -> None:
    """8.3"""
    assert await taken(client, world.user) == {
        "ASKED": {world.user},
        "RELATIONSHIP_OF_PARTY": {world.ties["of ann"], world.ties["of home"]},
        "CASE_UNASSIGNED": {world.cases["open"], world.cases["bea's"]},
    }
    await delete(client, world.user)
    assert await client.node(world.cases["open"], "... on Case { assignee { id } }") == {"assignee": None}


async def test_a_type_takes_its_relationships_and_a_group_type_its_groups(
    client: Client, world: World, graph: Graph, unchanged: Unchanged
) -> None:
    """2.5, 8.3, 4.2: also what was made within a household by those who are no members any more."""
    await client.define("GUIDE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE")
    await client.define("LODGER", sourceKinds=["CONSUMER"], targetKinds=["HOUSEHOLD"], category="GROUP")
    await client.define("CLUB", sourceKinds=["CONSUMER", "ACCOUNT"], targetKinds=["GROUP"], category="GROUP")
    guide = await client.relate("GUIDE", world.home.ann, world.home.bea, validTo="2001-01-01")
    cat = await client.consumer("Cat")
    lodger = await client.relate("LODGER", cat, world.home.id)
    within = await client.relate(TYPE, cat, world.home.ann, household=world.home.id, **ANSWERS)
    club = await client.do(
        "createGroup",
        {"type": "CLUB", "name": "Club", "members": [{"party": world.home.ann}, {"party": cat}]},
        "... on GroupCreated { group { id } }",
    )
    club = club["group"]["id"]
    types = {t["code"]: t["id"] for t in (await client.ask("{ relationshipTypes { id code } }"))["relationshipTypes"]}
    assert await taken(client, types["GUIDE"]) == {"ASKED": {types["GUIDE"]}, "RELATIONSHIP_OF_TYPE": {guide}}
    assert await taken(client, types["LODGER"]) == {
        "ASKED": {types["LODGER"]},
        "RELATIONSHIP_OF_TYPE": {lodger},
        "END_LEFT_HOUSEHOLD": {within},
    }
    found = await taken(client, types["CLUB"])
    assert found["GROUP_OF_TYPE"] == {club}
    assert len(found["RELATIONSHIP_OF_TYPE"]) == 2
    for code, ids in (("GUIDE", [guide]), ("LODGER", [lodger, within]), ("CLUB", [club])):
        before = await dump(graph)
        operation = await delete(client, types[code])
        assert await gone(client, types[code], *ids)
        assert (
            await client.refusals(
                "relate", {"relationships": [{"type": code, "source": cat, "target": world.home.bea}]}
            )
        )[0]["__typename"] == "UnknownRelationshipType"
        assert await errors(client) == []
        await restore(client, operation)
        assert await dump(graph) == before
        assert await errors(client) == []
    async with unchanged.during():
        (blocker,) = (found := await plan(client, types["FRIEND"]))["blockers"]
        assert blocker == {"__typename": "CannotBeDeleted", "path": ["id"]}
        assert await client.refusals("delete", {"token": found["token"]}) == [
            {"__typename": "CannotBeDeleted", "path": ["token"]}
        ]


async def test_a_responsibility_is_blocked_while_used_unless_told_to_take_its_relationships(
    client: Client, world: World, graph: Graph, unchanged: Unchanged
) -> None:
    """8.3"""
    id = await client.responsibility("CARER", subjectKinds=["CONSUMER"])
    tie = await client.relate("CONSUMER_TEAM", world.user, world.home.bea, responsibility="CARER")
    async with unchanged.during():
        found = await plan(client, id)
        assert found["blockers"] == [
            {"__typename": "StillUsed", "path": ["takeRelationships"], "count": 1, "examples": [{"id": tie}]}
        ]
        (refusal,) = await client.refusals("delete", {"token": found["token"]})
        assert refusal["__typename"] == "StillUsed"
    before = await dump(graph)
    assert await taken(client, id, takeRelationships=True) == {
        "ASKED": {id},
        "RELATIONSHIP_WITH_RESPONSIBILITY": {tie},
    }
    operation = await delete(client, id, takeRelationships=True)
    assert await gone(client, id, tie)
    assert await errors(client) == []
    await restore(client, operation)
    assert await dump(graph) == before
    built_in = (await client.ask("{ responsibilities { id code } }"))["responsibilities"]
    (manager,) = [r["id"] for r in built_in if r["code"] == "ACCOUNT_MANAGER"]
    assert [b["__typename"] for b in (await plan(client, manager))["blockers"]] == ["CannotBeDeleted"]


async def test_a_definition_that_was_restored_stays_in_use_though_its_deletion_is_sent_again(
    client: Client, world: World, unchanged: Unchanged
) -> None:
    """8.5, 11.2: a repeat does nothing; the plan of the first is again the plan of what has come back."""
    await client.define("GUIDE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE")
    types = {t["code"]: t["id"] for t in (await client.ask("{ relationshipTypes { id code } }"))["relationshipTypes"]}
    carer = await client.responsibility("CARER", subjectKinds=["CONSUMER"])
    for id in (types["GUIDE"], carer):
        given = {"token": (await plan(client, id))["token"], "idempotencyKey": f"once {id}"}
        first = await client.do("delete", given, DELETED)
        await restore(client, first["operation"]["id"])
        async with unchanged.during():
            assert await asyncio.gather(*(client.do("delete", given, DELETED) for _ in range(3))) == [first] * 3
            (refusal,) = await client.refusals("delete", {**given, "token": f"{given['token']} other"})
            assert refusal["__typename"] == "IdempotencyKeyReused"
    await client.relate("GUIDE", world.home.ann, world.home.bea)
    await client.relate("CONSUMER_TEAM", world.user, world.home.bea, responsibility="CARER")
    assert await errors(client) == []


async def test_a_plan_that_no_longer_holds_is_refused_with_the_new_one(
    client: Client, world: World, unchanged: Unchanged
) -> None:
    """8.2, 7.3"""
    token = (await plan(client, world.account))["token"]
    await client.relate("OTHER", world.account, world.home.ann)
    async with unchanged.during():
        (refusal,) = await client.refusals("delete", {"token": token})
        now = (await plan(client, world.account))["token"]
        assert refusal == {"__typename": "DeletePlanChanged", "path": ["token"], "deletePlan": {"token": now}}
    assert now != token
    done = await client.do("delete", {"token": now, "idempotencyKey": "k"}, DELETED)
    async with unchanged.during():
        assert await client.do("delete", {"token": now, "idempotencyKey": "k"}, DELETED) == done
        (refusal,) = await client.refusals("delete", {"token": now})
        assert refusal["__typename"] == "DeletePlanChanged"


async def test_tokens_that_are_forged_or_anothers_are_refused(
    client: Client, world: World, as_party: Callable[[str], Client], unchanged: Unchanged
) -> None:
    """8.2, 5.7"""
    token = (await plan(client, world.account))["token"]
    manager = await client.user("m@kith.example", roles=["MANAGER"])
    async with unchanged.during():
        for forged in (
            "",
            "x",
            "...",
            f"{token}0",
            token.partition(".")[0],
            "W10.abc",
            "eyJ9.",
            *HOSTILE.values(),
        ):
            (refusal,) = await client.refusals("delete", {"token": forged})
            assert refusal["__typename"] in ("InvalidValue", "DeletePlanChanged")
        (refusal,) = await as_party(manager).refusals("delete", {"token": token})
        assert refusal["__typename"] == "DeletePlanChanged"
        for id in (
            "x",
            "operation_01m87xd5tje62avxydcp5f4ept",
            "consumer_01m87xd5tje62avxydcp5f4ept",
            world.cases["open"],
        ):
            assert await plan(client, id) == {
                "__typename": "Refused",
                "refusals": [{"__typename": "NotFound", "path": ["id"]}],
            }


async def test_who_may_delete_and_erase_what(
    client: Client, world: World, as_party: Callable[[str], Client], unchanged: Unchanged
) -> None:
    """5.7: deleting is for managers, staff and erasing for administrators; never oneself, nor one's own team."""
    manager = await client.user("m@kith.example", roles=["MANAGER", "RELATIONSHIP_AGENT"])
    agent = await client.user("a@kith.example", roles=["AGENT"])
    own = await client.relate("CONSUMER_TEAM", manager, world.home.bea, responsibility="RELATIONSHIP_MANAGER")
    seen = as_party(manager)
    async with unchanged.during():
        for who, asked in (
            (agent, {"id": world.account}),
            (manager, {"id": world.account, "erase": True}),
            (manager, {"id": world.user}),
            (world.home.ann, {"id": world.home.ann}),
            (manager, {"id": own}),
        ):
            found = (await as_party(who).ask(PLAN, input=asked))["deletePlan"]
            assert [r["__typename"] for r in found["refusals"]] == ["NotAllowed"], (who, asked)
            token = (await plan(client, **asked))["token"]
            assert [r["__typename"] for r in await as_party(who).refusals("delete", {"token": token})] == ["NotAllowed"]
    admin = await client.user("root@kith.example", roles=["ADMIN"])
    found = await plan(as_party(admin), admin)
    assert found["blockers"] == [{"__typename": "CannotBeDeleted", "path": ["id"]}]
    operation = await delete(client, world.user)
    assert [r["__typename"] for r in await seen.refusals("restore", {"operation": operation})] == ["NotAllowed"]
    await restore(seen, await delete(seen, world.account))


async def test_what_no_longer_fits_is_named_and_may_be_left_out(client: Client, world: World, graph: Graph) -> None:
    """8.5: a login that is another's, an end that is gone, a case that was given to somebody."""
    operation = await delete(client, world.user)
    other = await client.user("sam@kith.example")
    await client.do("assignCase", {"case": world.cases["open"], "assignee": other})
    await delete(client, world.home.id)
    problems = (await restore_plan(client, operation))["problems"]
    assert {"__typename": "AlreadyTaken", "path": [world.user, "login"]} in problems
    assert {"__typename": "ChangedSince", "path": [world.cases["open"]]} in problems
    await client.do("updateInternalUser", {"id": other, "login": "other@kith.example"})
    problems = (await restore_plan(client, operation))["problems"]
    assert problems == [
        {"__typename": "ChangedSince", "path": [world.cases["open"]]},
        {"__typename": "NotFound", "path": [world.ties["of home"], "target"]},
    ]
    await restore(client, operation, leaveOut=[problem["path"][0] for problem in problems])
    assert await client.node(world.cases["open"], "... on Case { assignee { id } }") == {"assignee": {"id": other}}
    assert await client.node(world.cases["bea's"], "... on Case { assignee { id } }") == {
        "assignee": {"id": world.user}
    }
    assert await client.node(world.ties["of ann"], "id") == {"id": world.ties["of ann"]}
    assert await errors(client) == []


async def test_a_case_can_be_left_out_of_what_comes_back(client: Client, world: World, graph: Graph) -> None:
    """8.5"""
    operation = await delete(client, world.home.ann, openCases="DELETE")
    await restore(client, operation, leaveOut=[world.cases["open"], world.ties["friend"]])
    assert await gone(client, world.cases["open"], world.ties["friend"])
    assert await client.node(world.cases["closed"], "id") == {"id": world.cases["closed"]}
    assert await errors(client) == []
    assert (await taken(client, world.home.ann, erase=True))["KEPT"] == {world.cases["open"]}
    await delete(client, world.home.ann, erase=True)
    (row,) = await graph.run("CYPHER 25 MATCH (n:Deleted|CaseComment) RETURN count(*) AS n", {}, "tests")
    assert row["n"] == 0
    assert await errors(client) == []


SECRETS = ("Ann", "since school", "a@b.example", "crm|1", '"closed"', "Hm, odd.", "a gift")


@pytest.mark.parametrize("before", [False, True])
async def test_what_is_erased_is_nowhere_any_more(client: Client, world: World, graph: Graph, before: bool) -> None:
    """8.5: in no record, no operation, no ledger; the external id is free; a note says that something was erased."""
    ann = world.home.ann
    await client.do("updateConsumer", {"id": ann, "givenName": "Annie"})
    deleted = await delete(client, ann, openCases="DELETE") if before else None
    operation = await delete(client, ann, erase=True, openCases="DELETE")
    rows = await graph.run(HELD, {}, "tests")
    told = [str(row["held"]) for row in rows]
    assert [text for text in told for secret in SECRETS if secret in text] == []
    kind = await client.node(operation, "... on Operation { kind }")
    assert kind == {"kind": "erase"}
    assert await errors(client) == []
    await client.consumer("Next", externalIds=[{"system": "crm", "value": "1"}])
    for id in filter(None, (operation, deleted)):
        refusals = await client.refusals("restore", {"operation": id})
        assert "CannotBeRestored" in [refusal["__typename"] for refusal in refusals]
    assert (await plan(client, ann))["refusals"] == [{"__typename": "NotFound", "path": ["id"]}]


@pytest.mark.parametrize("first", ["merged one", "survivor", None])
async def test_whoever_was_merged_into_the_erased_is_erased_too(
    client: Client, graph: Graph, first: str | None
) -> None:
    """8.3, 8.5: with cases and history, whichever of the two was deleted before."""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea", familyName="Secret")
    case = await client.open_case(bea, subject="Secret question")
    await client.do("updateConsumer", {"id": bea, "givenName": "Secret"})
    await client.merge(ann, bea)
    await client.do("updateConsumer", {"id": ann, "familyName": "Ost"})
    if first:
        await delete(client, {"merged one": bea, "survivor": ann}[first], openCases="DELETE")
    operation = await delete(client, ann, erase=True, openCases="DELETE")
    held = [str(row["held"]) for row in await graph.run(HELD, {}, "tests")]
    assert [text for text in held if "Secret" in text or "Ann" in text] == []
    assert await gone(client, ann, bea, case)
    assert await client.node(operation, "... on Operation { kind }") == {"kind": "erase"}
    assert await errors(client) == []


@pytest.mark.parametrize("ours", ["source", "target"])
async def test_whoever_is_erased_is_gone_from_a_merge_of_so_many_that_one_end_tells_of_it(
    client: Client, graph: Graph, monkeypatch: pytest.MonkeyPatch, ours: str
) -> None:
    """8.5: of relationships that became one, and of those that came back."""
    monkeypatch.setattr(resolvers.merging, "MOST_TOLD", 1)
    await client.define("GUIDE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE")
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    erased, friend = await client.consumer("Cid"), await client.consumer("Dan")
    for other in (erased, friend):
        for one in (ann, bea):
            ends = (one, other) if ours == "source" else (other, one)
            await client.relate("GUIDE", *ends, note=f"Secret of {other}")
    merge = await client.merge(ann, bea)
    assert (await client.do("undoMerge", {"operation": merge}))["__typename"] == "MergeUndone"
    await client.merge(ann, bea)
    await delete(client, erased, erase=True)
    held = [str(row["held"]) for row in await graph.run(HELD, {}, "tests")]
    assert [text for text in held if f"Secret of {erased}" in text] == []
    assert [text for text in held if f"Secret of {friend}" in text]
    assert await errors(client) == []


async def test_a_plan_is_read_in_pages(client: Client) -> None:
    """8.1: forwards, backwards, and by rule."""
    ann = await client.consumer()
    ids = sorted([await client.relate("FRIEND", ann, await client.consumer()) for _ in range(5)])
    expected, found, after = [ann, *ids], list[str](), None
    while True:
        page = (await plan(client, ann, {"first": 4, "after": after}))["items"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        assert page["totalCount"] == 6
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == expected
    page = (await plan(client, ann, {"last": 2}))["items"]
    assert [edge["node"]["id"] for edge in page["edges"]] == expected[-2:]
    assert page["pageInfo"]["hasPreviousPage"]
    page = (await plan(client, ann, {"last": 3, "before": page["pageInfo"]["startCursor"]}))["items"]
    assert [edge["node"]["id"] for edge in page["edges"]] == expected[1:4]
    page = (await plan(client, ann, {"rules": ["RELATIONSHIP_OF_PARTY"], "first": 1}))["items"]
    assert [edge["node"]["relationship"]["id"] for edge in page["edges"]] == ids[:1]
    assert page["totalCount"] == 5
    assert await client.codes(PLAN, input={"id": ann}, first=101) == [("PAGE_TOO_LARGE", ["deletePlan", "items"])]
    assert await client.codes(PLAN, input={"id": ann}, after="x") == [("BAD_USER_INPUT", ["deletePlan", "items"])]


@pytest.mark.parametrize("round", range(3))
async def test_of_ten_who_delete_at_once_one_does(client: Client, world: World, round: int) -> None:
    """8.2"""
    token = (await plan(client, world.account))["token"]
    found = await asyncio.gather(*(client.do("delete", {"token": token}, DELETED) for _ in range(10)))
    assert sorted(one["__typename"] for one in found) == ["Deleted", *["Refused"] * 9]
    assert await errors(client) == []


@pytest.mark.parametrize("what", ["consumer", "household", "user", "type"])
async def test_whoever_relates_what_is_being_deleted_is_part_of_it_or_refused(
    client: Client, world: World, what: str
) -> None:
    """8.2, 8.6: nothing dangles, nothing is left over."""
    home = world.home
    await client.define("GUIDE", sourceKinds=["CONSUMER"], targetKinds=["CONSUMER"], category="LOOSE")
    types = {t["code"]: t["id"] for t in (await client.ask("{ relationshipTypes { id code } }"))["relationshipTypes"]}
    others = [await client.consumer(f"C{i}") for i in range(8)]
    id, new = {
        "consumer": (home.bea, lambda c: {"type": "FRIEND", "source": c, "target": home.bea}),
        "household": (home.id, lambda c: {"type": "HOUSEHOLD_MEMBER", "source": c, "target": home.id}),
        "user": (
            world.user,
            lambda c: {
                "type": "CONSUMER_TEAM",
                "source": world.user,
                "target": c,
                "responsibility": "RELATIONSHIP_MANAGER",
            },
        ),
        "type": (types["GUIDE"], lambda c: {"type": "GUIDE", "source": c, "target": home.ann}),
    }[what]

    async def deleting() -> str:
        while True:
            token = (await plan(client, id, openCases="DELETE"))["token"]
            done = await client.do("delete", {"token": token}, DELETED)
            if done["__typename"] == "Deleted":
                return str(done["operation"]["id"])
            assert [r["__typename"] for r in done["refusals"]] == ["DeletePlanChanged"]

    async def relating(other: str) -> Any:
        return await client.do("relate", {"relationships": [new(other)]})

    operation, *related = await asyncio.gather(deleting(), *map(relating, others))
    assert {one["__typename"] for one in related} <= {"Related", "Refused"}
    assert await errors(client) == []
    made = sum(one["__typename"] == "Related" for one in related)
    changes = await client.ask(
        "query($id: ID!) { operation(id: $id) { changes(first: 100) { edges { node { record old } } } } }", id=operation
    )
    kept = {
        e["node"]["record"]
        for e in changes["operation"]["changes"]["edges"]
        if (e["node"]["old"] or {}).get("created_at")
    }
    assert len(kept) >= made
    await restore(client, operation)
    assert await errors(client) == []


async def test_of_two_who_restore_at_once_one_does(client: Client, world: World, graph: Graph) -> None:
    """8.5"""
    before = await dump(graph)
    operation = await delete(client, world.account)
    found = await asyncio.gather(*(client.do("restore", {"operation": operation}) for _ in range(4)))
    assert sorted(one["__typename"] for one in found) == ["Refused"] * 3 + ["Restored"]
    assert await dump(graph) == before


def test_what_a_dump_leaves_out_is_bookkeeping() -> None:
    assert LEFT_OUT == ("version", "updated_at", "_lock")


@pytest.mark.parametrize("deed", ["delete", "restore"])
async def test_a_call_that_fails_leaves_nothing_done(
    client: Client, world: World, graph: Graph, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    """8.2, 8.5, 8.6: whichever of its calls to the graph it is; afterwards it is done as if nothing had been."""
    before, rows = await dump(graph), Transaction.rows
    given = {"token": (await plan(client, world.home.ann, openCases="DELETE"))["token"]}
    if deed == "restore":
        given = {"operation": await delete(client, world.home.ann, openCases="DELETE")}
    asked = fails = 0

    async def cut(self: Transaction, name: str, /, **parameters: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == fails:
            raise Unavailable("The connection was lost.")
        return await rows(self, name, **parameters)

    document = f"mutation($input: {deed.capitalize()}Input!) {{ {deed}(input: $input) {{ __typename }} }}"
    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "rows", cut)
        while True:
            fails, asked = fails + 1, 0
            there = await unchanged.look()
            if not await client.codes(document, input=given):
                break
            assert await unchanged.look() == there
    assert fails > 8
    assert (await dump(graph) == before) is (deed == "restore")
    assert await errors(client) == []
