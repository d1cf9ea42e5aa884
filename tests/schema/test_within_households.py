"""Relationships made within a household, and what a leaving takes (SPEC 3.1, 4.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from resolvers.context import Context
from resolvers.daily import run_daily
from tests.client import Client
from tests.unchanged import Unchanged

TYPE = "HOUSEHOLD_REPRESENTATIVE"
ANSWERS = {"responsibility": "AUTHORIZED_REPRESENTATIVE"}
LISTED = """query($id: ID!, $period: Period, $asOf: Date) { node(id: $id) { ... on PartyRecord {
    relationships(period: $period, asOf: $asOf, types: ["HOUSEHOLD_REPRESENTATIVE"]) { edges { node { id } } }
    relationshipCounts(period: $period, asOf: $asOf) { type { code } count { value } } } } }"""
PLAN = """query($id: ID!, $on: Date) { leavingPlan(membership: $id, on: $on) {
    membership { member { id } } on count relationships { id } } }"""
NODE = "query($id: ID!) { node(id: $id) { id } }"
CHANGES = """query($id: ID!) { operation(id: $id) { kind changes(first: 100) { edges { node {
    record party { id } old new } } } } }"""


def day(from_today: int) -> str:
    """A day so many days from today, where the tests' service is."""
    return (datetime.now(UTC).date() + timedelta(days=from_today)).isoformat()


@dataclass
class Home:
    """A household with Ann and Bea, members since 2001, and Ann representing Bea within it."""

    client: Client
    id: str
    ann: str
    bea: str
    rows: Mapping[str, str]
    represents: str

    @classmethod
    async def of(cls, client: Client, represents: Mapping[str, Any] | None = None) -> "Home":
        """A new one; `represents` are more fields of Ann's relationship to Bea."""
        id, ann, bea = await client.household(), await client.consumer("Ann"), await client.consumer("Bea")
        rows = {who: await client.member(id, who, validFrom="2001-01-01") for who in (ann, bea)}
        within = await client.relate(TYPE, ann, bea, household=id, **ANSWERS, **(represents or {}))
        return cls(client, id, ann, bea, rows, within)

    async def listed(self, **arguments: Any) -> list[str]:
        """The relationships of Ann within households, which are Bea's as well; counted like listed."""
        found = [await self.listed_of(who, **arguments) for who in (self.ann, self.bea)]
        assert found[0] == found[1]
        return found[0]

    async def listed_of(self, who: str, **arguments: Any) -> list[str]:
        """Those of one of them."""
        node = (await self.client.ask(LISTED, id=who, **arguments))["node"]
        found = [edge["node"]["id"] for edge in node["relationships"]["edges"]]
        counted = [c["count"]["value"] for c in node["relationshipCounts"] if c["type"]["code"] == TYPE]
        assert sum(counted) == len(found)
        return found

    async def is_there(self) -> bool:
        """Whether Ann's relationship to Bea is stored, whenever it holds."""
        return self.represents in await self.listed_of(self.ann, period="ALL")

    async def draft(self, **more: Any) -> dict[str, Any]:
        """Another relationship within the household, from Bea to Ann."""
        return {"type": TYPE, "source": self.bea, "target": self.ann, "household": self.id, **ANSWERS, **more}


@pytest.fixture
async def home(client: Client) -> Home:
    return await Home.of(client)


async def ended(client: Client, membership: str, on: str | None = None) -> str:
    """The operation that ended a membership."""
    given = {"membership": membership, "on": on}
    done = await client.do("endMembership", given, "... on MembershipEnded { operation { id } }")
    return str(done["operation"]["id"])


async def test_a_relationship_is_made_within_a_household(home: Home, client: Client) -> None:
    """3.1: it holds from when it is made, if not told otherwise."""
    shown = "... on Relationship { household { id kind } validFrom validTo isCurrent responsibility { code } }"
    assert await client.node(home.represents, shown) == {
        "household": {"id": home.id, "kind": "HOUSEHOLD"},
        "validFrom": None,
        "validTo": None,
        "isCurrent": True,
        "responsibility": {"code": "AUTHORIZED_REPRESENTATIVE"},
    }
    friends = await client.relate("FRIEND", home.ann, home.bea)
    assert await client.node(friends, "... on Relationship { household { id } }") == {"household": None}
    assert await home.listed() == await home.listed(asOf=day(0)) == [home.represents]
    assert await home.listed(asOf=day(-1)) == []


async def test_members_and_what_is_made_within_their_household_come_in_one_input(client: Client) -> None:
    """3.1, 3.4"""
    home, ann, bea = await client.household(), await client.consumer(), await client.consumer()
    members = [{"type": "HOUSEHOLD_MEMBER", "source": who, "target": home} for who in (ann, bea)]
    await client.relate_all([*members, {"type": TYPE, "source": ann, "target": bea, "household": home, **ANSWERS}])


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"household": None}, {"__typename": "InvalidValue"}),
        ({"household": "bea"}, {"__typename": "WrongKind", "kinds": ["HOUSEHOLD"]}),
        ({"household": "nothing"}, {"__typename": "NotFound"}),
        ({"household": "household_01m81cvtwye3hvm7mmkgnzsdq1"}, {"__typename": "NotFound"}),
        ({"household": "other"}, {"__typename": "NotInOneHousehold"}),
        ({"target": "cat"}, {"__typename": "NotInOneHousehold"}),
        ({"source": "cat"}, {"__typename": "NotInOneHousehold"}),
        ({"target": "left"}, {"__typename": "NotInOneHousehold"}),
        ({"target": "left", "validFrom": "2005-01-01"}, {"__typename": "NotInOneHousehold"}),
        ({"target": "to come"}, {"__typename": "NotInOneHousehold"}),
        ({"validFrom": "2000-12-31"}, {"__typename": "NotInOneHousehold"}),
        ({"type": "FRIEND", "responsibility": None}, {"__typename": "InvalidValue"}),
    ],
    ids=str,
)
async def test_what_cannot_be_within_the_household_is_refused(
    home: Home, client: Client, unchanged: Unchanged, more: dict[str, Any], refusal: dict[str, Any]
) -> None:
    """3.1, 3.5"""
    left, coming = await client.consumer(), await client.consumer()
    await client.member(home.id, left, validFrom="2001-01-01", validTo=day(0))
    await client.member(home.id, coming, validFrom=day(1))
    names = {"bea": home.bea, "cat": await client.consumer(), "other": await client.household(), "left": left}
    names["to come"] = coming
    given = {key: names.get(value, value) for key, value in more.items()}
    async with unchanged.during():
        refusals = await client.refusals("relate", {"relationships": [await home.draft(**given)]})
    assert refusals == [{**refusal, "path": ["relationships", "0", "household"]}]


async def test_it_may_begin_on_the_day_on_which_both_are_members(home: Home, client: Client) -> None:
    """3.1, 3.2: whoever comes later too, and whoever stays for a day."""
    coming = await client.consumer()
    await client.member(home.id, coming, validFrom=day(1), validTo=day(2))
    made = await client.do("relate", {"relationships": [await home.draft(target=coming, validFrom=day(1))]})
    assert made["__typename"] == "Related"
    assert await client.relate(**{**await home.draft(validFrom="2001-01-01"), "type": TYPE})


async def test_the_moment_an_end_leaves_it_is_gone_from_every_list(home: Home, client: Client) -> None:
    """4.2: the operation keeps it whole."""
    made = await client.node(home.represents, "... on Relationship { createdAt }")
    operation = await ended(client, home.rows[home.ann])
    assert await home.listed(period="ALL") == await home.listed(asOf=day(-1)) == []
    assert await client.codes(NODE, id=home.represents) == [("NOT_FOUND", ["node"])]
    found = (await client.ask(CHANGES, id=operation))["operation"]
    kept = [edge["node"] for edge in found["changes"]["edges"] if edge["node"]["record"] == home.represents]
    whole = {
        "type": TYPE,
        "source": home.ann,
        "target": home.bea,
        "valid_from": None,
        "valid_to": None,
        "responsibility": "AUTHORIZED_REPRESENTATIVE",
        "properties": {},
        "note": None,
        "role": None,
        "head": False,
        "primary": False,
        "household": home.id,
        "first": day(0),
        "version": 1,
        "created_at": datetime.fromisoformat(made["createdAt"]).isoformat(),
        "created_by": "administrator",
    }
    assert kept == [
        {"record": home.represents, "party": {"id": who}, "old": whole, "new": None}
        for who in sorted((home.ann, home.bea))
    ]


@pytest.mark.parametrize("who", ["ann", "bea"])
@pytest.mark.parametrize(
    ("mutation", "given"),
    [
        ("endMembership", {}),
        ("endRelationship", {}),
        ("removeRelationship", {}),
        ("updateRelationship", {"validTo": day(0)}),
        ("updateRelationship", {"validFrom": day(1)}),
        ("updateRelationship", {"validFrom": None, "validTo": "2010-01-01"}),
    ],
    ids=str,
)
async def test_however_either_stops_being_a_member_it_is_deleted(
    home: Home, client: Client, mutation: str, given: dict[str, Any], who: str
) -> None:
    """4.2: end, edit, removal."""
    key = "membership" if mutation == "endMembership" else "id"
    friends = await client.relate("FRIEND", home.ann, home.bea)
    done = await client.do(mutation, {key: home.rows[getattr(home, who)], **given})
    assert done["__typename"] != "Refused"
    assert not await home.is_there()
    assert await client.node(friends, "id") == {"id": friends}


async def test_moving_the_end_later_does_not_bring_it_back(home: Home, client: Client) -> None:
    """4.2"""
    await ended(client, home.rows[home.ann])
    await client.do("updateRelationship", {"id": home.rows[home.ann], "validTo": None})
    assert await home.listed(period="ALL") == []


async def test_a_leaving_to_come_ends_it_on_that_day(home: Home, client: Client) -> None:
    """4.2: reads see to it, however late the daily run is; until then the end may still be moved."""
    await ended(client, home.rows[home.ann], day(10))
    await ended(client, home.rows[home.bea], day(20))
    assert await home.listed(asOf=day(9)) == [home.represents]
    assert await home.listed(asOf=day(10)) == await home.listed(period="PAST", asOf=day(9)) == []
    assert await home.listed(period="PAST", asOf=day(10)) == [home.represents]
    shown = await client.node(home.represents, "... on Relationship { validTo isCurrent version }")
    assert shown == {"validTo": None, "isCurrent": True, "version": 1}
    await client.do("updateRelationship", {"id": home.rows[home.ann], "validTo": None})
    assert await home.listed(asOf=day(19)) == [home.represents]
    assert await home.listed(asOf=day(20)) == []


async def test_its_own_end_stays_where_it_is_earlier(client: Client) -> None:
    """3.2, 4.2"""
    home = await Home.of(client, {"validFrom": "2005-01-01", "validTo": day(5)})
    await ended(client, home.rows[home.ann], day(10))
    assert await home.listed(asOf="2005-01-01") == await home.listed(asOf=day(4)) == [home.represents]
    assert await home.listed(asOf="2004-12-31") == await home.listed(asOf=day(5)) == []
    await client.do("endRelationship", {"id": home.represents, "on": day(2)})
    assert await home.listed(asOf=day(2)) == []
    await client.do("updateRelationship", {"id": home.represents, "validTo": None})
    assert await home.listed(asOf=day(9)) == [home.represents]
    assert await home.listed(asOf=day(10)) == []


async def test_a_row_that_takes_up_where_another_ends_keeps_it(home: Home, client: Client) -> None:
    """4.1, 4.2: so a role changes; a day between them is a leaving."""
    await ended(client, home.rows[home.ann], day(10))
    await client.member(home.id, home.ann, role="OTHER", validFrom=day(10), validTo=day(20))
    assert await home.listed(asOf=day(19)) == [home.represents]
    await client.member(home.id, home.ann, role="OTHER", validFrom=day(21))
    assert await home.listed(asOf=day(20)) == await home.listed(asOf=day(21)) == []


async def test_a_stay_that_begins_later_makes_it_hold_from_then(client: Client) -> None:
    """4.2: on days before, one was no member."""
    home = await Home.of(client, {"validFrom": "2005-01-01"})
    await client.do("updateRelationship", {"id": home.rows[home.ann], "validFrom": "2010-01-01"})
    assert await home.listed(asOf="2009-12-31") == []
    assert await home.listed(asOf="2010-01-01") == [home.represents]
    changed = await client.do("updateRelationship", {"id": home.represents, "note": "still"})
    assert changed["__typename"] == "RelationshipUpdated"
    await client.do("updateRelationship", {"id": home.rows[home.ann], "validFrom": "2004-01-01"})
    assert await home.listed(asOf="2005-01-01") == [home.represents]


async def test_its_first_day_cannot_be_moved_before_either_came(
    home: Home, client: Client, unchanged: Unchanged
) -> None:
    """3.1, 3.5"""
    async with unchanged.during():
        refusals = await client.refusals("updateRelationship", {"id": home.represents, "validFrom": "2000-12-31"})
    assert refusals == [{"__typename": "NotInOneHousehold", "path": ["validFrom"]}]
    await client.do("updateRelationship", {"id": home.represents, "validFrom": "2001-01-01"})
    assert await home.listed(asOf="2001-01-01") == [home.represents]


async def test_another_household_is_not_touched(home: Home, client: Client) -> None:
    """4.1, 4.2: several households are allowed."""
    other = await client.household()
    rows = [await client.member(other, who) for who in (home.ann, home.bea)]
    elsewhere = await client.relate(TYPE, home.bea, home.ann, household=other, **ANSWERS)
    await ended(client, home.rows[home.ann])
    assert await home.listed(period="ALL") == [elsewhere]
    await client.do("removeRelationship", {"id": rows[0]})
    assert await home.listed(period="ALL") == []


@pytest.mark.parametrize("category", ["PARENTAGE", "PARTNERSHIP", "KIN", "LOOSE", "HIERARCHY", "REPRESENTATION"])
async def test_any_relationship_between_people_may_be_made_within_a_household(
    client: Client, context: Context, category: str
) -> None:
    """2.1, 2.2, 4.2: whichever edge it is, it is found by the leaving and by the daily run."""
    given = {"category": category, "symmetric": category == "PARTNERSHIP", "reverseLabel": "is over"}
    people = {"sourceKinds": ["CONSUMER"], "targetKinds": ["CONSUMER"], "withinHousehold": True}
    type = await client.define("GUIDE", **given, **people)
    answers = ANSWERS if category == "REPRESENTATION" else {}
    for leaving in (day(0), day(1)):
        home = await Home.of(client)
        made = await client.relate(type, home.ann, home.bea, household=home.id, **answers)
        await ended(client, home.rows[home.bea], leaving)
        await run_daily(replace(context, today=date.fromisoformat(leaving)))
        assert await client.codes(NODE, id=made) == [("NOT_FOUND", ["node"])]


async def test_limits_and_duplicates_count_its_own_dates(home: Home, client: Client, unchanged: Unchanged) -> None:
    """3.3: the end of a membership may still move."""
    await ended(client, home.rows[home.ann], day(10))
    async with unchanged.during():
        draft = await home.draft(source=home.ann, target=home.bea, validFrom=day(5))
        (refusal,) = await client.refusals("relate", {"relationships": [draft]})
    assert (refusal["__typename"], refusal["existing"]) == ("DuplicateRelationship", {"id": home.represents})
    given = {"category": "LOOSE", "sourceKinds": ["CONSUMER"], "targetKinds": ["CONSUMER"], "withinHousehold": True}
    guide = await client.define("GUIDE", maxPerTarget=1, **given)
    cat = await client.consumer()
    await client.member(home.id, cat)
    first = await client.relate(guide, home.ann, cat, household=home.id)
    async with unchanged.during():
        draft = {"type": guide, "source": home.bea, "target": cat, "household": home.id, "validFrom": day(11)}
        (refusal,) = await client.refusals("relate", {"relationships": [draft | {"validFrom": day(0)}]})
    assert (refusal["__typename"], refusal["present"]) == ("TooMany", [{"id": first}])


async def test_a_path_holds_on_the_days_on_which_its_relationships_do(home: Home, client: Client) -> None:
    """4.2, 9.5"""
    await ended(client, home.rows[home.ann], day(10))
    document = """query($a: ID!, $b: ID!) { paths(from: $a, to: $b, types: ["HOUSEHOLD_REPRESENTATIVE"]) {
        paths { validFrom validTo } } }"""
    found = await client.ask(document, a=home.ann, b=home.bea)
    assert found["paths"]["paths"] == [{"validFrom": day(0), "validTo": day(10)}]


async def test_a_plan_shows_what_a_leaving_takes(home: Home, client: Client, unchanged: Unchanged) -> None:
    """4.2: exactly what ending it then takes."""
    cat = await client.consumer("Cat")
    await client.member(home.id, cat)
    more = await client.relate(TYPE, cat, home.ann, household=home.id, validFrom=day(30), **ANSWERS)
    other = await client.relate(TYPE, cat, home.bea, household=home.id, **ANSWERS)
    async with unchanged.during():
        for on in (None, day(0), day(5), day(100)):
            plan = (await client.ask(PLAN, id=home.rows[home.ann], on=on))["leavingPlan"]
            assert plan == {
                "membership": {"member": {"id": home.ann}},
                "on": on or day(0),
                "count": 2,
                "relationships": [{"id": home.represents}, {"id": more}],
            }
    await ended(client, home.rows[home.bea], day(2))
    plan = (await client.ask(PLAN, id=home.rows[home.ann], on=day(3)))["leavingPlan"]
    assert plan["relationships"] == [{"id": more}]
    await ended(client, home.rows[home.ann])
    assert await client.node(other, "id") == {"id": other}
    for gone in (home.represents, more):
        assert await client.codes(NODE, id=gone) == [("NOT_FOUND", ["node"])]


async def test_leaving_a_group_takes_nothing_and_what_is_no_membership_has_no_plan(home: Home, client: Client) -> None:
    """4.4"""
    group = await client.group([{"party": home.ann}, {"party": home.bea}])
    members = "... on Group { members { edges { node { member { id } relationship { id } } } } }"
    edges = (await client.node(group, members))["members"]["edges"]
    (row,) = [e["node"]["relationship"]["id"] for e in edges if e["node"]["member"]["id"] == home.ann]
    assert (await client.ask(PLAN, id=row))["leavingPlan"]["count"] == 0
    for id in (home.represents, "nothing", home.ann):
        assert await client.codes(PLAN, id=id) == [("NOT_FOUND", ["leavingPlan"])]
    assert await client.codes(PLAN, id=home.rows[home.ann], on="2000-01-01") == [("BAD_USER_INPUT", ["leavingPlan"])]


async def test_types_made_within_a_household_are_defined_at_run_time(client: Client, unchanged: Unchanged) -> None:
    """2.1: between consumers; what is in use doesn't change in this."""
    people = {"category": "LOOSE", "sourceKinds": ["CONSUMER"], "targetKinds": ["CONSUMER"], "withinHousehold": True}
    async with unchanged.during():
        given = {"code": "X", "name": "X", "label": "x", "reverseLabel": "y", **people, "targetKinds": ["ACCOUNT"]}
        assert await client.refusals("defineRelationshipType", given) == [
            {"__typename": "InvalidValue", "path": ["withinHousehold"]}
        ]
    made = await client.do(
        "defineRelationshipType",
        {**given, **people},
        "... on RelationshipTypeDefined { relationshipType { id withinHousehold } }",
    )
    type = made["relationshipType"]
    assert type["withinHousehold"] is True
    for now in (False, True):
        changed = await client.do("updateRelationshipType", {"id": type["id"], "withinHousehold": now})
        assert changed["__typename"] == "RelationshipTypeUpdated"
    home, ann, bea = await client.household(), await client.consumer(), await client.consumer()
    for who in (ann, bea):
        await client.member(home, who)
    used = await client.relate("X", ann, bea, household=home)
    refusal = {"__typename": "WouldNotFit", "path": ["withinHousehold"], "count": 1, "examples": [{"id": used}]}
    assert await client.refusals("updateRelationshipType", {"id": type["id"], "withinHousehold": False}) == [refusal]
    await client.do("updateRelationshipType", {"id": type["id"], "active": False})
    assert await client.refusals("updateRelationshipType", {"id": type["id"], "withinHousehold": False}) == [refusal]
    await client.do("updateRelationshipType", {"id": type["id"], "active": True})
    assert await client.relate("X", bea, ann, household=home)
