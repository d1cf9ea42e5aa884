"""Members of households and groups, in their simple form (SPEC 4.1, 4.4)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.client import Client
from tests.unchanged import Unchanged

MEMBERS = """query($id: ID!, $period: Period, $asOf: Date) { node(id: $id) { ... on MemberGroup {
    members(period: $period, asOf: $asOf) { totalCount { value } edges { node { role member { id } } } } } } }"""
PLACES = """query($id: ID!, $period: Period, $asOf: Date) { node(id: $id) { ... on Customer {
    households(period: $period, asOf: $asOf) { group { id } }
    groups(period: $period, asOf: $asOf) { group { id } } } } }"""


async def members(client: Client, group: str, **arguments: Any) -> list[tuple[str, str | None]]:
    """The members of a household or group with their roles."""
    found = (await client.ask(MEMBERS, id=group, **arguments))["node"]["members"]
    assert found["totalCount"]["value"] == len(found["edges"])
    return [(edge["node"]["member"]["id"], edge["node"]["role"]) for edge in found["edges"]]


async def places(client: Client, customer: str, **arguments: Any) -> tuple[list[str], list[str]]:
    """The households and the groups of a customer."""
    found = (await client.ask(PLACES, id=customer, **arguments))["node"]
    households, groups = ([place["group"]["id"] for place in found[name]] for name in ("households", "groups"))
    return households, groups


def today() -> date:
    """Today where the tests' service is."""
    return datetime.now(UTC).date()


async def test_a_membership_is_a_relationship_of_the_groups_type(client: Client) -> None:
    """4.1"""
    ann, home = await client.consumer(), await client.household()
    given = {
        "group": home,
        "party": ann,
        "role": "HEAD_OF_FAMILY",
        "validFrom": "2001-02-03",
        "validTo": "2004-05-06",
        "note": "moved",
    }
    made = await client.do(
        "addMember",
        given,
        """... on MemberAdded { membership { role group { id kind } member { id kind } relationship {
            type { code category } source { id } target { id } validFrom validTo note version isCurrent } } }""",
    )
    assert made["membership"] == {
        "role": "HEAD_OF_FAMILY",
        "group": {"id": home, "kind": "HOUSEHOLD"},
        "member": {"id": ann, "kind": "CONSUMER"},
        "relationship": {
            "type": {"code": "HOUSEHOLD_MEMBER", "category": "GROUP"},
            "source": {"id": ann},
            "target": {"id": home},
            "validFrom": "2001-02-03",
            "validTo": "2004-05-06",
            "note": "moved",
            "version": 1,
            "isCurrent": False,
        },
    }


async def test_members_and_places_are_two_sides_of_the_same(client: Client) -> None:
    """4.3, 4.4: a customer may be in several households and groups."""
    ann, bea, ost = await client.consumer(), await client.consumer(), await client.account()
    one, two = await client.household(), await client.household()
    account = await client.group([{"party": ann, "role": "OWNER"}, {"party": bea}])
    await client.member(one, ann, role="HEAD_OF_FAMILY")
    await client.member(two, ann, role="OTHER")
    await client.member(one, bea)
    await client.member(account, ost, role="MEMBER")
    assert await members(client, one) == [(ann, "HEAD_OF_FAMILY"), (bea, None)]
    assert await members(client, two) == [(ann, "OTHER")]
    assert await members(client, account) == [(ann, "OWNER"), (bea, None), (ost, "MEMBER")]
    assert await places(client, ann) == ([one, two], [account])
    assert await places(client, bea) == ([one], [account])
    assert await places(client, ost) == ([], [account])


async def test_members_are_listed_as_of_any_day_and_by_period(client: Client) -> None:
    """3.2, 4.3: the last day is excluded."""
    home = await client.household()
    past, now, future = await client.consumer(), await client.consumer(), await client.consumer()
    await client.member(home, past, validFrom="2001-01-01", validTo="2002-01-01")
    await client.member(home, now, validFrom="2002-01-01")
    await client.member(home, future, validFrom="2999-01-01")
    for period, those in {"CURRENT": [now], "PAST": [past], "FUTURE": [future], "ALL": [past, now, future]}.items():
        assert await members(client, home, period=period) == [(id, None) for id in those]
    for day, who in {"2000-12-31": [], "2001-12-31": [past], "2002-01-01": [now], "2999-01-01": [now, future]}.items():
        assert await members(client, home, asOf=day) == [(id, None) for id in who]
    assert await places(client, past) == ([], [])
    assert await places(client, past, asOf="2001-06-01") == ([home], [])
    assert await places(client, past, period="PAST") == ([home], [])


async def test_leaving_and_returning_gives_a_second_row(client: Client) -> None:
    """4.1"""
    ann, home = await client.consumer(), await client.household()
    left = await client.member(home, ann, role="CHILD", validFrom="2001-01-01")
    await client.do("endMembership", {"membership": left, "on": "2019-01-01"})
    await client.member(home, ann, role="OTHER", validFrom="2021-01-01")
    assert await members(client, home) == [(ann, "OTHER")]
    assert await members(client, home, period="ALL") == [(ann, "CHILD"), (ann, "OTHER")]
    assert await members(client, home, asOf="2020-01-01") == []


async def test_a_membership_ends_today_unless_told_otherwise_and_is_over_at_once(client: Client) -> None:
    """3.2, 4.1"""
    ann, home = await client.consumer(), await client.household()
    id = await client.member(home, ann)
    ended = await client.do(
        "endMembership",
        {"membership": id},
        "... on MembershipEnded { membership { member { id } relationship { id validTo isCurrent version } } }",
    )
    relationship = {"id": id, "validTo": today().isoformat(), "isCurrent": False, "version": 2}
    assert ended["membership"] == {"member": {"id": ann}, "relationship": relationship}
    assert await members(client, home) == []
    assert await members(client, home, asOf=(today() - timedelta(days=1)).isoformat()) == [(ann, None)]


async def test_a_member_twice_at_a_time_is_refused(client: Client, unchanged: Unchanged) -> None:
    """3.3, 3.5"""
    ann, home = await client.consumer(), await client.household()
    there = await client.member(home, ann, validFrom="2001-01-01", validTo="2005-01-01")
    async with unchanged.during():
        given = {"group": home, "party": ann, "validFrom": "2004-12-31", "role": "OTHER"}
        refusals = await client.refusals("addMember", given)
    assert refusals == [{"__typename": "DuplicateRelationship", "path": ["group"], "existing": {"id": there}}]


async def test_members_who_cannot_be_are_refused_naming_the_place(client: Client, unchanged: Unchanged) -> None:
    """3.5, 4.1, 4.4"""
    ann, ost, sam = await client.consumer(), await client.account(), await client.user()
    home, account = await client.household(), await client.group([{"party": ann}, {"party": ost}])
    consumers, customers = {"kinds": ["CONSUMER"]}, {"kinds": ["CONSUMER", "ACCOUNT"]}
    for given, refusal in (
        ({"group": home, "party": ost}, {"__typename": "WrongKind", "path": ["party"], **consumers}),
        ({"group": account, "party": sam}, {"__typename": "WrongKind", "path": ["party"], **customers}),
        ({"group": home, "party": "nobody"}, {"__typename": "NotFound", "path": ["party"]}),
        ({"group": "nothing", "party": ann}, {"__typename": "NotFound", "path": ["group"]}),
        ({"group": ann, "party": ann}, {"__typename": "WrongKind", "path": ["group"], "kinds": ["HOUSEHOLD", "GROUP"]}),
        ({"group": home, "party": ann, "role": "OWNER"}, {"__typename": "InvalidValue", "path": ["role"]}),
        ({"group": home, "party": ann, "validFrom": "2001"}, {"__typename": "InvalidValue", "path": ["validFrom"]}),
        (
            {"group": home, "party": ann, "validFrom": "2001-01-02", "validTo": "2001-01-01"},
            {"__typename": "EndBeforeStart", "path": ["validTo"]},
        ),
    ):
        async with unchanged.during():
            refusals = await client.refusals("addMember", given)
        assert refusals == [refusal]


async def test_a_group_takes_members_of_its_own_type_only(client: Client, unchanged: Unchanged) -> None:
    """4.4"""
    club = await client.define("CLUB", category="GROUP", sourceKinds=["CONSUMER"], targetKinds=["GROUP"])
    ann = await client.consumer()
    account = await client.group([{"party": ann}, {"party": await client.consumer()}])
    async with unchanged.during():
        draft = {"type": club, "source": ann, "target": account}
        refusals = await client.refusals("relate", {"relationships": [draft]})
    assert refusals == [{"__typename": "InvalidValue", "path": ["relationships", "0", "type"]}]


@pytest.mark.parametrize("type", ["FRIEND", "PARENT"])
async def test_what_is_no_membership_cannot_be_ended_as_one(client: Client, unchanged: Unchanged, type: str) -> None:
    """4.1"""
    id = await client.relate(type, await client.consumer(), await client.consumer())
    for each in (id, "nothing", await client.household()):
        async with unchanged.during():
            refusals = await client.refusals("endMembership", {"membership": each})
        assert refusals == [{"__typename": "NotFound", "path": ["membership"]}]


async def test_a_membership_does_not_end_before_it_starts(client: Client, unchanged: Unchanged) -> None:
    """3.5"""
    id = await client.member(await client.household(), await client.consumer(), validFrom="2001-01-02")
    async with unchanged.during():
        refusals = await client.refusals("endMembership", {"membership": id, "on": "2001-01-01"})
    assert refusals == [{"__typename": "EndBeforeStart", "path": ["on"]}]
