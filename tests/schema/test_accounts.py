"""Accounts (SPEC 1.3)."""

from typing import Any

import pytest

from tests.client import Client
from tests.schema.kinds import KINDS
from tests.unchanged import Unchanged

ACCOUNT = KINDS[1]
PROFILE = """kind name legalName registrationNumber industry email phone { e164 national }
    address { street city postalCode region country }"""
GIVEN: dict[str, Any] = {
    "legalName": "Öst & Co",
    "registrationNumber": "FN 123",
    "industry": "Shipping",
    "email": "office@ost.example",
    "phone": "617 555 0123",
    "address": {"street": "1 Pier", "city": "Boston", "postalCode": "02110", "region": "MA", "country": "US"},
}
FULL = {
    **GIVEN,
    "kind": "ACCOUNT",
    "name": "Öst & Co",
    "phone": {"e164": "+16175550123", "national": "(617) 555-0123"},
}


async def test_an_account_keeps_all_that_is_given_and_goes_by_its_legal_name(client: Client) -> None:
    """1.3"""
    assert await ACCOUNT.create(client, PROFILE, **GIVEN) == FULL


async def test_an_update_changes_only_what_it_gives(client: Client) -> None:
    """1.3"""
    id = await ACCOUNT.new(client, **GIVEN)
    changed = await ACCOUNT.update(client, id, PROFILE, legalName="West Ltd", industry=None)
    assert changed == {**FULL, "legalName": "West Ltd", "name": "West Ltd", "industry": None}


@pytest.mark.parametrize("legal_name", ["", "  \u00a0", None])
async def test_a_legal_name_is_never_empty(client: Client, unchanged: Unchanged, legal_name: str | None) -> None:
    """1.3"""
    id = await ACCOUNT.new(client)
    async with unchanged.during():
        refusals = await client.refusals("updateAccount", {"id": id, "legalName": legal_name})
        if legal_name is not None:
            assert await client.refusals("createAccount", {"legalName": legal_name}) == refusals
    assert refusals == [{"__typename": "InvalidValue", "path": ["legalName"]}]
