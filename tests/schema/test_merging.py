"""Merging two customers: exactly as a plan shows before, all or nothing (SPEC 7.1 to 7.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.domain.test_tokens import HOSTILE
from tests.schema.test_access import AsParty
from tests.schema.test_within_households import ANSWERS
from tests.unchanged import Unchanged

PLAN = """query($input: MergePlanInput!, $outcomes: [MergeOutcome!]) { mergePlan(input: $input) { __typename
    ... on MergePlan { token canSwap warnings blockers { __typename path ... on TooManyRecords { count limit } }
        fields { field survivor merged winner canChoose } counts { kind outcome count }
        items(outcomes: $outcomes, first: 100) { totalCount { value } edges { node {
            kind outcome reason relationship { id } into { id } case { id } pointsType points externalId { value }
            fields { field survivor merged winner } } } } }
    ... on Refused { refusals { __typename path ... on MergedAway { survivor { id } } } } } }"""


async def plan(client: Client, survivor: str, merged: str, **more: Any) -> Any:
    """A whole plan, or what it is refused for."""
    return (await client.ask(PLAN, input={"survivor": survivor, "merged": merged, **more}))["mergePlan"]


def fields(plan: Any) -> dict[str, tuple[Any, Any, str]]:
    """The fields of a plan: both values, and the winner."""
    return {one["field"]: (one["survivor"], one["merged"], one["winner"]) for one in plan["fields"]}


@dataclass(frozen=True)
class Two:
    """Ann, into whom Bea is merged, who is related to Cid and lives in a household, and ids of what they have."""

    ann: str
    bea: str
    cid: str
    home: str
    ids: Mapping[str, str]

    @classmethod
    async def of(cls, client: Client) -> "Two":
        """Two of whom both have something of everything."""
        ann = await client.consumer("Ann", familyName="Ost", email="ann@ost.example", **crm("1"))
        more = {"birthDate": "1980-05", "phone": "+12025550123", "address": {"city": "Ulm"}}
        bea = await client.consumer("Bea", email="bea@ost.example", **more, **crm("2"))
        cid, home, group = await client.consumer("Cid"), await client.household(), await client.household("Old")
        await client.points_type()
        await client.points_type("MILES")
        for whose, amount in ((ann, 5), (bea, 7), (ann, -2)):
            await client.points(whose, amount)
        await client.points(bea, 9, "MILES")
        ids = {
            "ours": await client.relate("FRIEND", ann, cid, validFrom="2001-01-01", validTo="2005-01-01", note="ours"),
            "theirs": await client.relate("FRIEND", cid, bea, validFrom="2004-01-01", note="theirs"),
            "apart": await client.relate("FRIEND", bea, cid, validFrom="1990-01-01", validTo="1995-01-01"),
            "moved": await client.relate("OTHER", bea, cid),
            "dropped": await client.relate("FRIEND", ann, bea),
            "our place": await client.member(home, ann, role="CHILD", validFrom="2001-01-01"),
            "their place": await client.member(home, bea, validFrom="2000-01-01", validTo="2020-01-01", head=True),
            "other place": await client.member(group, bea, primary=True, validFrom="2020-01-01"),
            "case": await client.open_case(bea, household=group),
        }
        return cls(ann, bea, cid, home, ids)


def crm(value: str) -> dict[str, Any]:
    """An external id."""
    return {"externalIds": [{"system": "crm", "value": value}]}


async def test_a_plan_shows_each_field_and_what_becomes_of_each_record(client: Client, unchanged: Unchanged) -> None:
    """7.2: both values of each field and the winner; each record with its outcome and the reason."""
    two = await Two.of(client)
    async with unchanged.during():
        found = await plan(client, two.ann, two.bea)
    shown = fields(found)
    assert shown["givenName"] == ("Ann", "Bea", "SURVIVOR")
    assert shown["familyName"] == ("Ost", None, "SURVIVOR")
    assert shown["email"] == ("ann@ost.example", "bea@ost.example", "SURVIVOR")
    assert shown["birthDate"] == (None, "1980-05", "MERGED")
    assert shown["phone"] == (None, "+12025550123", "MERGED")
    assert shown["address"] == (None, {"city": "Ulm"}, "MERGED")
    assert shown["status"] == ("ACTIVE", "ACTIVE", "SURVIVOR")
    assert [one["field"] for one in found["fields"] if not one["canChoose"]] == [
        *("status", "emailPreference", "signIn", "primaryHousehold")
    ]
    assert (found["warnings"], found["blockers"], found["canSwap"]) == ([], [], True)
    ids, items = two.ids, [edge["node"] for edge in found["items"]["edges"]]
    related = {one["relationship"]["id"]: one for one in items if one["relationship"]}
    told = {name: (related[id]["outcome"], related[id]["into"]) for name, id in ids.items() if id in related}
    assert told == {
        "theirs": ("COLLAPSED", {"id": ids["ours"]}),
        "apart": ("KEPT_APART", None),
        "moved": ("MOVED", None),
        "dropped": ("DROPPED", None),
        "their place": ("COLLAPSED", {"id": ids["our place"]}),
        "other place": ("MOVED", None),
    }
    assert related[ids["theirs"]]["fields"] == [
        {"field": f"{ids['ours']}.note", "survivor": "ours", "merged": "theirs", "winner": "SURVIVOR"}
    ]
    assert [one["field"].partition(".")[2] for one in related[ids["their place"]]["fields"]] == ["role", "head"]
    others = [
        (one["kind"], one["outcome"], one["pointsType"], one["points"]) for one in items if not one["relationship"]
    ]
    assert others == [
        ("CASE", "MOVED", None, None),
        ("POINTS", "MOVED", "BONUS", 7),
        ("POINTS", "MOVED", "MILES", 9),
        ("EXTERNAL_ID", "MOVED", None, None),
    ]
    counts = {(one["kind"], one["outcome"]): one["count"] for one in found["counts"]}
    assert counts["RELATIONSHIP", "MOVED"] == counts["MEMBERSHIP", "COLLAPSED"] == 1
    assert sum(counts.values()) == found["items"]["totalCount"]["value"] == len(items)
    assert (await plan(client, two.ann, two.bea))["token"] == found["token"]


async def test_a_merge_does_exactly_what_the_plan_says(client: Client, as_party: AsParty) -> None:
    """7.2, 7.3: fields by their winners, unions of periods, one ledger, ids elsewhere; the other can't sign in."""
    two = await Two.of(client)
    assert (await as_party(two.bea).answer("{ viewer { roles } }"))["data"]
    note = {"field": f"{two.ids['ours']}.note", "from": "MERGED"}
    found = await plan(client, two.ann, two.bea, winners=[{"field": "givenName", "from": "MERGED"}, note])
    done = await client.do("merge", {"token": found["token"]}, MERGED)
    assert done["__typename"] == "CustomersMerged", done
    assert done["survivor"] == {"id": two.ann, "name": "Bea Ost", "formerIds": [two.bea]}
    after = await client.node(two.ann, AFTER)
    assert (after["birthDate"], after["address"]["city"], after["email"]) == ("1980-05", "Ulm", "ann@ost.example")
    assert [one["value"] for one in after["externalIds"]] == ["1", "2"]
    assert {one["type"]["code"]: one["balance"] for one in after["points"]} == {"BONUS": 10, "MILES": 9}
    ledger = [(edge["node"]["amount"], edge["node"]["balance"]) for edge in after["pointsLedger"]["edges"]]
    assert ledger == [(9, 9), (-2, 10), (7, 12), (5, 5)]
    assert [edge["node"]["id"] for edge in after["cases"]["edges"]] == [two.ids["case"]]
    rows = {edge["node"]["id"]: edge["node"] for edge in after["relationships"]["edges"]}
    assert rows.keys() == {two.ids[name] for name in ("ours", "apart", "moved", "our place", "other place")}
    ours = rows[two.ids["ours"]]
    assert (ours["validFrom"], ours["validTo"], ours["note"]) == ("2001-01-01", None, "theirs")
    place, other = (
        [one for one in after["households"] if one["relationship"]["id"] == two.ids[name]] for name in PLACES
    )
    assert [(one["role"], one["isHead"], one["isPrimary"]) for one in (*place, *other)] == [
        ("CHILD", True, True),
        (None, False, False),
    ]
    assert (
        await client.node(two.bea, "... on Consumer { status survivor { id } relationships { edges { cursor } } }")
    ) == {
        "status": "MERGED",
        "survivor": {"id": two.ann},
        "relationships": {"edges": []},
    }
    assert (await as_party(two.bea).send("{ viewer { roles } }")).status_code == 401


PLACES = ("our place", "other place")
MERGED = "... on CustomersMerged { survivor { id name formerIds } operation { id kind } }"
AFTER = """... on Consumer { birthDate email address { city } externalIds { value } points { type { code } balance }
    pointsLedger { edges { node { amount balance } } } cases { edges { node { id } } }
    households(period: ALL) { relationship { id } role isHead isPrimary }
    relationships(period: ALL) { edges { node { id validFrom validTo note } } } }"""


@pytest.mark.parametrize(
    ("ours", "theirs", "blocked", "can_swap"),
    [
        (["enroll"], [], [], False),
        (["enroll"], ["enroll"], [], True),
        ([], ["enroll"], [("WrongSurvivor", "survivor")], True),
        ([], ["enroll", "unenroll"], [], False),
        (["enroll", "unenroll"], [], [("WrongSurvivor", "survivor")], True),
        ([], ["deactivate"], [("ActionNotAvailable", "merged")], False),
        (["deactivate"], [], [("ActionNotAvailable", "survivor")], False),
    ],
)
async def test_whether_statuses_allow_it_this_way_round_or_the_other(
    client: Client,
    unchanged: Unchanged,
    ours: list[str],
    theirs: list[str],
    blocked: list[tuple[str, str]],
    can_swap: bool,
) -> None:
    """7.1"""
    ann, bea = await client.consumer(), await client.consumer()
    for id, ways in ((ann, ours), (bea, theirs)):
        for way in ways:
            await client.do(way, {"id": id})
    found = await plan(client, ann, bea)
    assert [(one["__typename"], *one["path"]) for one in found["blockers"]] == blocked
    assert found["canSwap"] is can_swap
    if blocked:
        async with unchanged.during():
            (refusal,) = await client.refusals("merge", {"token": found["token"]})
        assert (refusal["__typename"], *refusal["path"]) == blocked[0]


async def test_who_cannot_be_merged_at_all(client: Client) -> None:
    """7.1: with itself, across kinds, who is no customer, who is not there, who is merged away already."""
    ann, account, home = await client.consumer(), await client.account(), await client.household()
    gone, unknown = await client.consumer(), "consumer_01m81cvtwye3hvm7mmkgnzsdq1"
    await client.merge(ann, gone)
    for survivor, merged, expected in (
        (ann, ann, [("InvalidValue", "merged")]),
        (ann, account, [("WrongKind", "merged")]),
        (home, ann, [("WrongKind", "survivor")]),
        (ann, unknown, [("NotFound", "merged")]),
        ("nobody", unknown, [("NotFound", "survivor")]),
        (ann, gone, [("MergedAway", "merged")]),
        (gone, await client.consumer(), [("MergedAway", "survivor")]),
    ):
        found = await plan(client, survivor, merged)
        assert [(one["__typename"], *one["path"]) for one in found["refusals"]] == expected
    found = await plan(client, ann, gone)
    assert found["refusals"][0]["survivor"] == {"id": ann}


async def test_warnings_are_confirmed_by_name(client: Client, unchanged: Unchanged) -> None:
    """7.2"""
    ann, bea = await client.consumer(birthDate="1950"), await client.consumer(birthDate="1980-05-17")
    await client.relate("PARENT", ann, bea)
    await client.relate("SPOUSE", bea, ann, validTo="1999")
    found = await plan(client, ann, bea)
    assert found["warnings"] == ["RELATED_BY_PARENTAGE", "RELATED_BY_PARTNERSHIP", "BIRTH_DATES_DIFFER"]
    async with unchanged.during():
        given = {"token": found["token"], "confirmed": found["warnings"][:1]}
        (refusal,) = await client.refusals("merge", given)
        assert refusal == {"__typename": "NotConfirmed", "path": ["confirmed"], "warnings": found["warnings"][1:]}
    done = await client.do("merge", {"token": found["token"], "confirmed": found["warnings"]})
    assert done["__typename"] == "CustomersMerged"


@pytest.mark.parametrize("field", ["nothing", "status", "givenName.note"])
async def test_nothing_else_can_be_chosen(client: Client, field: str) -> None:
    """7.2"""
    found = await plan(
        client, await client.consumer(), await client.consumer(), winners=[{"field": field, "from": "MERGED"}]
    )
    assert [(one["__typename"], one["path"]) for one in found["refusals"]] == [
        ("InvalidValue", ["winners", "0", "field"])
    ]


async def test_a_cycle_a_limit_and_those_marked_are_in_the_way(
    client: Client, graph: Graph, unchanged: Unchanged
) -> None:
    """7.2: a cycle over somebody between; two head offices of one branch; `NOT_SAME_AS`."""
    top, middle, low, other = [await client.account(name) for name in ("Top", "Middle", "Low", "Other")]
    await client.relate("HEAD_OFFICE", top, middle)
    await client.relate("HEAD_OFFICE", middle, low)
    await client.relate("HEAD_OFFICE", other, await client.account("Branch"))
    branch = await client.account("Second branch")
    under = await client.relate("HEAD_OFFICE", other, branch)
    spare = await client.account("Spare")
    mark = "MATCH (a:Party {id: $a}) MATCH (b:Party {id: $b}) CREATE (a)-[:NOT_SAME_AS {id: 'mark'}]->(b)"
    await graph.apply(f"CYPHER 25 {mark.replace('$a', repr(spare)).replace('$b', repr(other))}")
    for survivor, merged, kind in (
        (top, low, "WouldMakeCycle"),
        (low, branch, "TooMany"),
        (other, spare, "NotTheSame"),
    ):
        found = await plan(client, survivor, merged)
        assert [one["__typename"] for one in found["blockers"]] == [kind], found
        assert found["canSwap"] is False
        async with unchanged.during():
            (refusal,) = await client.refusals("merge", {"token": found["token"]})
        assert refusal["__typename"] == kind
    assert (await plan(client, middle, top))["blockers"] == []  # directly related: that is no cycle, and dropped
    assert under


@pytest.mark.damages
@pytest.mark.parametrize(("entries", "fits"), [(20_001, False), (5_593, False), (5_592, True)])
async def test_too_many_records_are_told(client: Client, graph: Graph, entries: int, fits: bool) -> None:
    """7.2: nothing of them is read; of those in between a transaction of 96 MB would not hold so many as 20,000."""
    ann, bea = await client.consumer(), await client.consumer()
    await graph.apply(f"CYPHER 25 MATCH (p:Party {{id: '{bea}'}}) SET p.points_entries = {entries}")
    found = await plan(client, ann, bea)
    assert [one["__typename"] for one in found["blockers"]] == ([] if fits else ["TooManyRecords"])
    if not fits:
        assert [(one["count"], one["limit"]) for one in found["blockers"]] == [(entries, 5_592)]
        (refusal,) = await client.refusals("merge", {"token": found["token"]})
        assert refusal["__typename"] == "TooManyRecords"


async def change_nothing(client: Client, two: Two) -> None:
    """Nothing changes."""


CHANGES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "the survivor": ("updateConsumer", {"id": "$ann", "language": "de"}),
    "the merged": ("updateConsumer", {"id": "$bea", "suffix": "Jr."}),
    "an id elsewhere": ("updateConsumer", {"id": "$bea", **crm("3")}),
    "a status": ("enroll", {"id": "$bea"}),
    "a relationship": ("updateRelationship", {"id": "$moved", "note": "x"}),
    "one into which another goes": ("endRelationship", {"id": "$ours", "on": "2002-01-01"}),
    "one more": ("relate", {"relationships": [{"type": "FRIEND", "source": "$bea", "target": "$other"}]}),
    "one less": ("removeRelationship", {"id": "$apart"}),
    "a membership": ("changeMembership", {"membership": "$other place", "role": "OTHER"}),
    "points": ("adjustPoints", {"customer": "$ann", "pointsType": "MILES", "amount": 1, "reason": "x"}),
    "a case": ("closeCase", {"case": "$case"}),
    "one more case": ("createCase", {"customer": "$bea", "subject": "x"}),
    "the preference": ("setEmailPreference", {"id": "$ann", "optedIn": True, "origin": "x"}),
}


async def test_a_plan_that_something_has_changed_under_is_refused_with_the_new_one(
    client: Client, unchanged: Unchanged
) -> None:
    """7.3: whatever it rests on."""
    two, other = await Two.of(client), await client.consumer()
    names = {"$ann": two.ann, "$bea": two.bea, "$other": other, **{f"${name}": id for name, id in two.ids.items()}}

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: named(one) for name, one in value.items()}
        return [named(one) for one in value] if isinstance(value, list) else names.get(value, value)

    found = await plan(client, two.ann, two.bea)
    for what, (mutation, given) in CHANGES.items():
        done = await client.do(mutation, named(given))
        assert done["__typename"] != "Refused", (what, done)
        async with unchanged.during():
            (refusal,) = await client.refusals("merge", {"token": found["token"]})
        assert (refusal["__typename"], refusal["path"]) == ("PlanChanged", ["token"]), what
        found = await plan(client, two.ann, two.bea)
        assert refusal["plan"] == {"token": found["token"]}, what


async def test_tokens_that_are_forged_or_anothers(client: Client, as_party: AsParty, unchanged: Unchanged) -> None:
    """7.3: what is no token at all, one with another digest, another viewer's, a swapped one."""
    ann, bea, agent = await client.consumer(), await client.consumer(), await client.user(roles=["AGENT"])
    found = await plan(client, ann, bea)
    swapped = await plan(client, bea, ann)
    async with unchanged.during():
        for token in ("", "x", "W10=.x", "bm9uZQ==", found["token"].partition(".")[2], *HOSTILE.values()):
            (refusal,) = await client.refusals("merge", {"token": token})
            assert (refusal["__typename"], refusal["path"]) == ("InvalidValue", ["token"])
        mixed = f"{swapped['token'].partition('.')[0]}.{found['token'].partition('.')[2]}"
        (refusal,) = await client.refusals("merge", {"token": mixed})
        assert refusal["plan"] == {"token": swapped["token"]}
        (refusal,) = await as_party(agent).refusals("merge", {"token": found["token"]})
        assert (
            refusal["plan"] == {"token": (await plan(as_party(agent), ann, bea))["token"]} != {"token": found["token"]}
        )


async def test_a_merge_is_done_once_under_its_key(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    ann, bea = await client.consumer(), await client.consumer()
    given = {"token": (await plan(client, ann, bea))["token"], "idempotencyKey": "k"}
    done = await client.do("merge", given, MERGED)
    async with unchanged.during():
        assert await client.do("merge", given, MERGED) == done
        (refusal,) = await client.refusals("merge", {**given, "idempotencyKey": "other"})
    assert refusal == {"__typename": "MergedAway", "path": ["merged"], "survivor": {"id": ann}}


@pytest.mark.parametrize(("ours", "theirs", "after"), [(1, 1, True), (1, 0, False), (0, 1, False), (0, 0, False)])
async def test_opted_in_only_if_both_were(client: Client, ours: int, theirs: int, after: bool) -> None:
    """7.2"""
    ann, bea = await client.consumer(), await client.consumer()
    for id, said in ((ann, ours), (bea, theirs)):
        if said:
            await client.do("setEmailPreference", {"id": id, "optedIn": True, "origin": "phone"})
    await client.merge(ann, bea)
    found = await client.node(ann, "... on Consumer { emailPreference { optedIn origin } }")
    origin = "merge" if ours and not theirs else "phone" if ours else None
    assert found["emailPreference"] == {"optedIn": after, "origin": origin}


async def test_what_was_made_within_a_household_moves_with_its_place_there(client: Client) -> None:
    """4.2, 7.2: those of the merged one only, never those of other members."""
    ann, bea, cid, home = [
        await client.consumer(),
        await client.consumer(),
        await client.consumer(),
        await client.household(),
    ]
    places = [await client.member(home, bea), await client.member(home, cid)]
    within = await client.relate("HOUSEHOLD_REPRESENTATIVE", bea, cid, household=home, **ANSWERS)
    await client.merge(ann, bea)
    found = await client.node(within, "... on Relationship { source { id } target { id } household { id } isCurrent }")
    assert found == {"source": {"id": ann}, "target": {"id": cid}, "household": {"id": home}, "isCurrent": True}
    rows = "... on Household { members { edges { node { member { id } relationship { id } } } } }"
    members = (await client.node(home, rows))["members"]["edges"]
    assert {edge["node"]["member"]["id"]: edge["node"]["relationship"]["id"] for edge in members} == {
        ann: places[0],
        cid: places[1],
    }


async def test_a_place_that_is_primary_no_more_is_shown(client: Client) -> None:
    """7.2: the survivor's place in years to come, beside the one that two become which is open at both ends."""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    home, later = await client.household("Home"), await client.household("Later")
    await client.member(home, ann, primary=True, validTo="1999-05-01")
    place = await client.member(later, ann, primary=True, validFrom="2131-01-01")
    await client.member(home, bea, primary=True)
    found = await plan(client, ann, bea)
    shown = {edge["node"]["relationship"]["id"]: edge["node"] for edge in found["items"]["edges"]}
    assert (shown[place]["outcome"], shown[place]["into"]) == ("CHANGED", None)
    assert {"kind": "MEMBERSHIP", "outcome": "CHANGED", "count": 1} in found["counts"]
    await client.merge(ann, bea)
    text = "query($id: ID!) { node(id: $id) { ... on Relationship { version } } }"
    assert (await client.ask(text, id=place))["node"]["version"] == 2


async def test_history_tells_of_both(client: Client) -> None:
    """6.5: a survivor's history has what was done with those who were merged into it; the merge names all."""
    ann, bea, cid = [await client.consumer(name) for name in ("Ann", "Bea", "Cid")]
    friends = await client.relate("FRIEND", bea, cid)
    operation = await client.merge(ann, bea)
    history = """... on Consumer { history(first: 20) { edges { node { kind } ownChanges(first: 20) {
        edges { node { record old new } } } } } }"""
    told = (await client.node(ann, history))["history"]["edges"]
    assert [edge["node"]["kind"] for edge in told] == ["merge", "relate", "createConsumer", "createConsumer"]
    changes = {one["node"]["record"]: one["node"] for one in told[0]["ownChanges"]["edges"]}
    assert changes[friends] == {"record": friends, "old": {"source": bea}, "new": {"source": ann}}
    assert changes[bea]["new"] == {"status": "MERGED", "survivor": ann}
    assert (await client.node(cid, history))["history"]["edges"][0]["node"]["kind"] == "merge"
    await client.do("undoMerge", {"operation": operation})
    kinds = [edge["node"]["kind"] for edge in (await client.node(ann, history))["history"]["edges"]]
    assert kinds == ["undoMerge", "merge", "createConsumer"]
