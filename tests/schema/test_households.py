"""Households, and what is added up over their members (SPEC 1.3, 4.3)."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.client import Client
from tests.schema.kinds import KINDS
from tests.unchanged import Unchanged

HOUSEHOLD = KINDS[2]
PROFILE = "kind name address { street city postalCode region country }"
ADDRESS = {"street": "Ring 1", "city": "Wien", "postalCode": "1010", "region": None, "country": "AT"}


async def test_a_household_has_a_name_and_an_address(client: Client) -> None:
    """1.3"""
    made = await HOUSEHOLD.create(client, PROFILE, name="The Osts", address=ADDRESS)
    assert made == {"kind": "HOUSEHOLD", "name": "The Osts", "address": ADDRESS}


async def test_a_household_can_be_renamed_and_lose_its_address(client: Client) -> None:
    """1.3"""
    id = await HOUSEHOLD.new(client, address=ADDRESS)
    renamed = await HOUSEHOLD.update(client, id, PROFILE, name="The Wests")
    assert renamed == {"kind": "HOUSEHOLD", "name": "The Wests", "address": ADDRESS}
    emptied = await HOUSEHOLD.update(client, id, PROFILE, address=None)
    assert emptied == {"kind": "HOUSEHOLD", "name": "The Wests", "address": None}


@pytest.mark.parametrize("name", ["", "\t ", None])
async def test_a_households_name_is_never_empty(client: Client, unchanged: Unchanged, name: str | None) -> None:
    """1.3"""
    id = await HOUSEHOLD.new(client)
    async with unchanged.during():
        refusals = await client.refusals("updateHousehold", {"id": id, "name": name})
        if name is not None:
            assert await client.refusals("createHousehold", {"name": name}) == refusals
    assert refusals == [{"__typename": "InvalidValue", "path": ["name"]}]


ROLLED_UP = """... on Household {
    points { type { code } balance } memberCounts { status count } members(period: ALL) { totalCount { value } } }"""


async def test_what_is_added_up_counts_each_current_member_in_the_primary_household_alone(client: Client) -> None:
    """4.3: so that nothing counts twice; who has left, comes later, or is primarily elsewhere, does not count."""
    home, other, empty = [await client.household() for _ in range(3)]
    await client.points_type("BONUS")
    await client.points_type("MILES")
    people = [await client.consumer() for _ in range(5)]
    ann, bea, carl, dan, eve = people
    for who, points in zip(people, (1, 20, 300, 4_000, 50_000), strict=True):
        await client.points(who, points)
    await client.points(bea, 7, "MILES")
    await client.member(home, ann, head=True)
    await client.member(home, bea)
    await client.member(other, carl)
    await client.member(home, carl)
    await client.member(home, dan, validTo=day(0))
    await client.member(home, eve, validFrom=day(1))
    await client.do("enroll", {"id": bea})
    await client.do("deactivate", {"id": carl})
    assert [await client.node(id, ROLLED_UP) for id in (home, other, empty)] == [
        {
            "points": [{"type": {"code": "BONUS"}, "balance": 21}, {"type": {"code": "MILES"}, "balance": 7}],
            "memberCounts": [{"status": "ACTIVE", "count": 1}, {"status": "ENROLLED", "count": 1}],
            "members": {"totalCount": {"value": 5}},
        },
        {
            "points": [{"type": {"code": "BONUS"}, "balance": 300}],
            "memberCounts": [{"status": "INACTIVE", "count": 1}],
            "members": {"totalCount": {"value": 1}},
        },
        {"points": [], "memberCounts": [], "members": {"totalCount": {"value": 0}}},
    ]


async def test_whoever_makes_another_household_primary_counts_there(client: Client) -> None:
    """4.3"""
    home, other, ann = await client.household(), await client.household(), await client.consumer()
    await client.points_type()
    await client.points(ann, 5)
    await client.member(home, ann)
    id = await client.member(other, ann)
    await client.do("changeMembership", {"membership": id, "primary": True, "takeOver": True})
    counted = {"points": [{"type": {"code": "BONUS"}, "balance": 5}]}
    counted |= {"memberCounts": [{"status": "ACTIVE", "count": 1}]}
    found = [await client.node(each, ROLLED_UP) for each in (home, other)]
    assert [{name: each[name] for name in counted} for each in found] == [
        {"points": [], "memberCounts": []},
        counted,
    ]


async def test_of_more_points_than_a_whole_number_can_say_the_largest_is_said(client: Client) -> None:
    """6.3: a whole number of GraphQL ends at two billion, three members may have more."""
    home = await client.household()
    await client.points_type()
    for _ in range(3):
        await client.member(home, await client.consumer())
    members = await client.node(home, "... on Household { members { edges { node { member { id } } } } }")
    for edge in members["members"]["edges"]:
        await client.points(edge["node"]["member"]["id"], 1_000_000_000)
    found = await client.node(home, "... on Household { points { balance } }")
    assert found == {"points": [{"balance": 2_147_483_647}]}


def day(from_today: int) -> str:
    """A day so many days from today, where the tests' service is."""
    return (datetime.now(UTC).date() + timedelta(days=from_today)).isoformat()
