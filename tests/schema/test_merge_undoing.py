"""Undoing a merge: what it moved and collapsed is given back, what was changed since is kept (SPEC 7.5)."""

from typing import Any

import pytest

import resolvers.merging
from graphdb.graph import Graph
from tests.client import REFUSAL, Client
from tests.schema.test_access import AsParty
from tests.schema.test_merging import Two, crm
from tests.schema.test_merging import plan as merge_plan
from tests.schema.test_restoring import dump
from tests.schema.test_within_households import ANSWERS
from tests.unchanged import Unchanged

PLAN = f"""query($id: ID!) {{ undoMergePlan(operation: $id) {{ token count canLeaveOut operation {{ id }}
    records {{ id deed }} taken {{ id }} takenCount problems {{ {REFUSAL} }} }} }}"""
UNDONE = "... on MergeUndone { survivor { id } merged { id status } operation { id kind } }"


async def plan(client: Client, operation: str) -> Any:
    """The plan of undoing a merge."""
    return (await client.ask(PLAN, id=operation))["undoMergePlan"]


async def undo(client: Client, operation: str, **more: Any) -> Any:
    """What undoing a merge answers."""
    done = await client.do("undoMerge", {"operation": operation, **more}, UNDONE)
    assert done["__typename"] == "MergeUndone", done
    return done


async def problems(client: Client, operation: str) -> list[tuple[str, str]]:
    """What no longer fits, and which record that is."""
    return [(one["__typename"], one["path"][0]) for one in (await plan(client, operation))["problems"]]


@pytest.mark.parametrize("most_told", [resolvers.merging.MOST_TOLD, 1])
async def test_a_merge_that_is_undone_has_never_been(
    client: Client, graph: Graph, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch, most_told: int
) -> None:
    """7.5: all is as before, to the last property, with relationships within households on both sides; also where they
    are so many that what was done to them is packed."""
    monkeypatch.setattr(resolvers.merging, "MOST_TOLD", most_told)
    two = await Two.of(client)
    await client.member(two.home, two.cid, validFrom="2001-01-01")
    for end in (two.ann, two.cid):
        other = two.cid if end == two.ann else two.ann
        await client.relate("HOUSEHOLD_REPRESENTATIVE", end, other, household=two.home, **ANSWERS)
    await client.do("setEmailPreference", {"id": two.ann, "optedIn": True, "origin": "phone"})
    await client.relate("SPOUSE", two.bea, two.ann, validFrom="1999~", validTo="2001/2002")
    await client.relate("PARENT", two.cid, two.bea, properties={"pedigree": "STEP"})
    await client.relate("PARENT", two.cid, two.ann)
    before = await dump(graph)
    operation = await client.merge(two.ann, two.bea)
    assert await dump(graph) != before
    (packed,) = await graph.run("CYPHER 25 MATCH (p:Packed) RETURN coalesce(sum(p.count), 0) AS n", {}, "tests")
    assert bool(packed["n"]) == (most_told == 1)
    async with unchanged.during():
        shown = await plan(client, operation)
    assert (shown["problems"], shown["operation"]) == ([], {"id": operation})
    assert shown["count"] == len(shown["records"])
    done = await client.do("undoMerge", {"token": shown["token"]}, UNDONE)
    assert done["merged"] == {"id": two.bea, "status": "ACTIVE"}
    assert await dump(graph) == before
    async with unchanged.during():
        (refusal,) = await client.refusals("undoMerge", {"operation": operation})
    assert (refusal["__typename"], refusal["path"]) == ("CannotBeRestored", ["operation"])


async def test_a_place_within_a_household_is_given_back(client: Client, graph: Graph) -> None:
    """4.2, 7.5: relationships within go back with the membership; what was made within it since goes, and is kept."""
    ann, bea, cid, home = [
        *[await client.consumer(name) for name in ("Ann", "Bea", "Cid")],
        await client.household(),
    ]
    for member in (bea, cid):
        await client.member(home, member)
    await client.relate("HOUSEHOLD_REPRESENTATIVE", bea, cid, household=home, **ANSWERS)
    before = await dump(graph)
    operation = await client.merge(ann, bea)
    since = await client.relate("HOUSEHOLD_REPRESENTATIVE", cid, ann, household=home, **ANSWERS)
    shown = await plan(client, operation)
    assert (shown["taken"], shown["takenCount"], shown["problems"]) == ([{"id": since}], 1, [])
    assert since not in {record["id"] for record in shown["records"]}
    done = await undo(client, operation)
    assert await dump(graph) == before
    changes = "query($id: ID!) { operation(id: $id) { changes(first: 50) { edges { node { record new } } } } }"
    told = (await client.ask(changes, id=done["operation"]["id"]))["operation"]["changes"]["edges"]
    assert {"node": {"record": since, "new": None}} in told


async def test_a_plan_of_undoing_names_all_that_goes_back_and_all_that_is_taken(
    client: Client, graph: Graph, as_party: AsParty, unchanged: Unchanged
) -> None:
    """4.2, 7.5: relationships, cases, consents, points, ids; and what was made since on a place that was the survivor's
    only by the merge. What arises once it was shown changes the plan."""
    two = await Two.of(client)
    await client.do("updateConsumer", {"id": two.bea, "birthDate": "1980-05-02"})
    consent = await as_party(two.bea).consent(two.bea, await client.app())
    dan, eve = await client.consumer("Dan"), await client.consumer("Eve")
    old = (await client.node(two.ids["case"], CASE))["household"]["id"]
    for home, who in ((two.home, dan), (old, dan), (old, eve)):
        await client.member(home, who, validFrom="2001-01-01")
    before = await dump(graph)
    operation = await client.merge(two.ann, two.bea)
    kept = await client.relate("HOUSEHOLD_REPRESENTATIVE", dan, two.ann, household=two.home, **ANSWERS)
    goes = await client.relate("HOUSEHOLD_REPRESENTATIVE", two.ann, dan, household=old, **ANSWERS)
    shown = await plan(client, operation)
    assert (shown["taken"], shown["takenCount"], shown["problems"]) == ([{"id": goes}], 1, [])
    ids = two.ids
    assert {record["id"]: record["deed"] for record in shown["records"]} == {
        **{ids[name]: "CHANGED" for name in ("apart", "moved", "other place", "ours", "our place", "case")},
        **{ids[name]: "REMOVED" for name in ("theirs", "dropped", "their place")},
        **dict.fromkeys((consent, "BONUS", "MILES", "crm|2"), "CHANGED"),
    }
    assert shown["count"] == len(shown["records"])
    another = await client.relate("HOUSEHOLD_REPRESENTATIVE", eve, two.ann, household=old, **ANSWERS)
    async with unchanged.during():
        (refusal,) = await client.refusals("undoMerge", {"token": shown["token"]})
    assert (refusal["__typename"], refusal["path"]) == ("PlanChanged", ["token"])
    shown = await plan(client, operation)
    assert {one["id"] for one in shown["taken"]} == {goes, another}
    done = await client.do("undoMerge", {"token": shown["token"]})
    assert done["__typename"] == "MergeUndone", done
    assert await client.node(kept, "id") == {"id": kept}
    await client.do("removeRelationship", {"id": kept})
    assert await dump(graph) == before


CASE = "... on Case { household { id } }"


async def test_what_a_merge_moved_within_a_household_is_not_lost_with_the_place_that_it_rests_on(
    client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """4.2, 7.5: where the place is left out, or is another since, it no longer fits, and is left out as well; nor can
    it be left out alone."""
    ann, bea, cid, home = [*[await client.consumer(name) for name in ("Ann", "Bea", "Cid")], await client.household()]
    rows = {who: await client.member(home, who, validFrom="2001-01-01") for who in (bea, cid)}
    within = await client.relate("HOUSEHOLD_REPRESENTATIVE", bea, cid, household=home, **ANSWERS)
    before = await dump(graph)
    operation = await client.merge(ann, bea)
    outside = {"__typename": "NotInOneHousehold", "path": [within, "household"]}
    async with unchanged.during():
        assert await problems(client, operation) == []
        for left_out in ([rows[bea]], [within]):
            assert await client.refusals("undoMerge", {"operation": operation, "leaveOut": left_out}) == [outside]
    token = (await plan(client, operation))["token"]
    changed = await client.do("changeMembership", {"membership": rows[bea], "role": "OTHER"})
    assert changed["__typename"] == "MembershipChanged", changed
    async with unchanged.during():
        assert await problems(client, operation) == [("NotInOneHousehold", within)]
        assert [one["__typename"] for one in await client.refusals("undoMerge", {"token": token})] == ["PlanChanged"]
        assert await client.refusals("undoMerge", {"operation": operation}) == [outside]
    await undo(client, operation, leaveOut=[within])
    ends = "... on Relationship { source { id } target { id } isCurrent }"
    assert await client.node(within, ends) == {"source": {"id": ann}, "target": {"id": cid}, "isCurrent": True}
    assert await client.node(rows[bea], ends) == {"source": {"id": bea}, "target": {"id": home}, "isCurrent": False}
    assert await dump(graph) != before


async def test_what_was_changed_since_is_kept(client: Client) -> None:
    """7.5: fields, relationships, points, cases and ids that somebody changed, and what is new."""
    two = await Two.of(client)
    operation = await client.merge(two.ann, two.bea)
    ids, new = two.ids, await client.relate("OTHER", two.ann, await client.account())
    for mutation, given in (
        ("updateConsumer", {"id": two.ann, "birthDate": "1981", "externalIds": [{"system": "crm", "value": "1"}]}),
        ("updateRelationship", {"id": ids["moved"], "note": "since"}),
        ("updateRelationship", {"id": ids["ours"], "validTo": "2024-01-01"}),
        ("removeRelationship", {"id": ids["apart"]}),
        ("adjustPoints", {"customer": two.ann, "pointsType": "BONUS", "amount": 4, "reason": "since"}),
        ("closeCase", {"case": ids["case"]}),
    ):
        done = await client.do(mutation, given)
        assert done["__typename"] != "Refused", done
    assert await problems(client, operation) == []
    await undo(client, operation)
    ann, bea = [await client.node(id, HAS) for id in (two.ann, two.bea)]
    assert (ann["birthDate"], ann["phone"], bea["birthDate"]) == ("1981", None, "1980-05")
    assert [sorted(e["value"] for e in one["externalIds"]) for one in (ann, bea)] == [["1"], []]
    theirs = {edge["node"]["id"]: edge["node"] for edge in bea["relationships"]["edges"]}
    ours = {edge["node"]["id"]: edge["node"] for edge in ann["relationships"]["edges"]}
    assert theirs[ids["moved"]]["note"] == "since"
    assert (theirs[ids["theirs"]]["validFrom"], theirs[ids["theirs"]]["validTo"]) == ("2004-01-01", None)
    assert (ours[ids["ours"]]["validFrom"], ours[ids["ours"]]["validTo"]) == ("2001-01-01", "2024-01-01")
    assert new in ours
    assert ids["apart"] not in theirs.keys() | ours.keys()
    assert {one["type"]["code"]: one["balance"] for one in ann["points"]} == {"BONUS": 7}
    assert {one["type"]["code"]: one["balance"] for one in bea["points"]} == {"BONUS": 7, "MILES": 9}
    assert [edge["node"] for edge in bea["cases"]["edges"]] == [{"id": ids["case"], "status": "CLOSED"}]


HAS = """... on Consumer { birthDate phone { e164 } externalIds { value } points { type { code } balance }
    cases { edges { node { id status } } }
    relationships(period: ALL) { edges { node { id validFrom validTo note } } } }"""


async def test_what_no_longer_fits_is_named_and_can_be_left_out(
    client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """7.5: points spent, places taken, ids given away; all or nothing."""
    await client.define("GUARD", maxPerTarget=2)
    ann, bea, far = [await client.account(name, **crm(name)) for name in ("Ann", "Bea", "Far")]
    await client.points_type()
    await client.points(bea, 7)
    ours, theirs = [await client.relate("GUARD", one, far) for one in (ann, bea)]
    await client.relate("OTHER", bea, far)
    operation = await client.merge(ann, bea)
    await client.points(ann, -5)
    taken = await client.relate("GUARD", await client.account(), far)
    await client.do("updateAccount", {"id": ann, "externalIds": []})
    other = await client.account("Other", **crm("Bea"))
    found = await plan(client, operation)
    told = {(one["__typename"], one["path"][0]) for one in found["problems"]}
    assert told == {("TooMany", theirs), ("NotEnoughPoints", "BONUS"), ("AlreadyTaken", "crm|Bea")}
    assert {theirs, "BONUS", "crm|Bea"} <= set(found["canLeaveOut"])
    async with unchanged.during():
        assert len(await client.refusals("undoMerge", {"operation": operation})) == 3
        assert len(await client.refusals("undoMerge", {"operation": operation, "leaveOut": [theirs, "BONUS"]})) == 1
        (refusal,) = await client.refusals("undoMerge", {"operation": operation, "leaveOut": [theirs, ann]})
        assert (refusal["__typename"], refusal["path"]) == ("InvalidValue", ["leaveOut", "1"])
    await undo(client, operation, leaveOut=[theirs, "BONUS", "crm|Bea"])
    assert (await client.node(bea, "... on Account { points { balance } externalIds { value } }")) == {
        "points": [],
        "externalIds": [],
    }
    assert (await client.node(ann, "... on Account { points { balance } }")) == {"points": [{"balance": 2}]}
    assert (await client.node(other, "... on Account { externalIds { value } }"))["externalIds"] == [{"value": "Bea"}]
    rows = "... on Account { relationships { edges { node { id } } } }"
    assert {e["node"]["id"] for e in (await client.node(far, rows))["relationships"]["edges"]} >= {ours, taken}


async def test_merges_of_one_survivor_are_undone_latest_first(
    client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """7.5: the refusal names the later one; so does that of a survivor who was merged away in turn."""
    first, second, third, last = [await client.consumer(name) for name in ("One", "Two", "Three", "Four")]
    await client.points_type()
    for id in (first, second, third, last):
        await client.relate("OTHER", id, await client.account())
        await client.points(id, 3)
    before = await dump(graph)
    one = await client.merge(first, second)
    two = await client.merge(first, third)
    three = await client.merge(last, first)
    formers = "... on Consumer { formerIds survivor { id } }"
    assert await client.node(last, formers) == {"formerIds": [first, second, third], "survivor": None}
    assert (await client.node(second, formers))["survivor"] == {"id": last}
    for operation, named in ((one, three), (two, three)):
        async with unchanged.during():
            (refusal,) = await client.refusals("undoMerge", {"operation": operation})
        assert refusal == {"__typename": "LaterMerge", "path": ["operation"], "operation": {"id": named}}
    await undo(client, three)
    (refusal,) = await client.refusals("undoMerge", {"operation": one})
    assert refusal["operation"] == {"id": two}
    await undo(client, two)
    await undo(client, one)
    assert await dump(graph) == before


async def test_who_may_undo(client: Client, as_party: AsParty, unchanged: Unchanged) -> None:
    """5.7: an agent his or her own merges, a manager any; what is no merge, nobody."""
    agent, other = [as_party(await client.user(f"{n}@kith.example", roles=["AGENT"])) for n in "ab"]
    manager = as_party(await client.user("m@kith.example", roles=["MANAGER"]))
    pairs = [(await client.consumer(), await client.consumer()) for _ in range(2)]
    operations = [await agent.merge(*pair) for pair in pairs]
    async with unchanged.during():
        (refusal,) = await other.refusals("undoMerge", {"operation": operations[0]})
        assert (refusal["__typename"], refusal["missing"]) == ("NotAllowed", ["ADMIN", "MANAGER"])
        assert (await other.answer(PLAN, id=operations[0]))["data"] == {"undoMergePlan": None}
        (refusal,) = await agent.refusals("undoMerge", {"operation": "operation_01m81cvtwye3hvm7mmkgnzsdq1"})
        assert refusal["__typename"] == "NotFound"
        (refusal,) = await client.refusals("restore", {"operation": operations[0]})
        assert refusal["__typename"] == "CannotBeRestored"
    await undo(agent, operations[0])
    await undo(manager, operations[1])


async def test_a_plan_of_undoing_that_has_changed_is_refused_with_the_new_one(
    client: Client, unchanged: Unchanged
) -> None:
    """7.3, 7.5"""
    two = await Two.of(client)
    operation = await client.merge(two.ann, two.bea)
    shown = await plan(client, operation)
    await client.do("updateRelationship", {"id": two.ids["moved"], "note": "x"})
    async with unchanged.during():
        (refusal,) = await client.refusals("undoMerge", {"token": shown["token"]})
        assert refusal["__typename"] == "PlanChanged"
        assert refusal["plan"] == {"token": (await plan(client, operation))["token"]}
    assert (await client.do("undoMerge", {"token": refusal["plan"]["token"]}))["__typename"] == "MergeUndone"


@pytest.mark.parametrize("kind", ["removed", "ended"])
async def test_of_one_that_was_removed_since_nothing_comes_back(client: Client, kind: str) -> None:
    """7.5: what two became is theirs together; removing it counts for both."""
    two = await Two.of(client)
    operation = await client.merge(two.ann, two.bea)
    mutation = "removeRelationship" if kind == "removed" else "endRelationship"
    await client.do(mutation, {"id": two.ids["ours"]})
    await undo(client, operation)
    rows = (await client.node(two.bea, HAS))["relationships"]["edges"]
    assert (two.ids["theirs"] in [edge["node"]["id"] for edge in rows]) is (kind == "ended")


async def test_consents_move_and_come_back_and_one_a_client_has_given_stands(client: Client, as_party: AsParty) -> None:
    """7.2, 7.5: of two consents to one app the survivor's counts; the other rests, and is there again after undoing."""
    ann, bea = [await client.consumer(name, birthDate="1980-02-01") for name in ("Ann", "Bea")]
    both, theirs = await client.app(name="Both"), await client.app(name="Theirs")
    ours, rests = [await as_party(id).consent(id, both) for id in (ann, bea)]
    moves = await as_party(bea).consent(bea, theirs)
    found = await merge_plan(client, ann, bea)
    items = [edge["node"] for edge in found["items"]["edges"] if edge["node"]["kind"] == "CONSENT"]
    assert sorted((one["outcome"], one["reason"]) for one in items) == [
        ("DROPPED", "The survivor has consented to this app."),
        ("MOVED", "It is the survivor's from then on."),
    ]
    before = [await consents(client, id) for id in (ann, bea)]
    operation = await client.merge(ann, bea)
    assert await consents(client, ann) == {ours: both, moves: theirs}
    assert await consents(client, bea) == {rests: both}
    assert (await client.node(bea, "... on Consumer { consents { shown } }"))["consents"] == [{"shown": []}]
    await client.do("undoMerge", {"operation": operation})
    assert [await consents(client, id) for id in (ann, bea)] == before


async def consents(client: Client, id: str) -> dict[str, str]:
    """A customer's consents, each with the app."""
    found = (await client.node(id, "... on Consumer { consents { id app { id } } }"))["consents"]
    return {one["id"]: one["app"]["id"] for one in found}
