"""Households (SPEC 1.3)."""

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
