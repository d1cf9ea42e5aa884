"""Staff (SPEC 1.3, 1.4)."""

from tests.client import Client
from tests.schema.kinds import KINDS
from tests.unchanged import Unchanged

USER = KINDS[4]
PROFILE = "kind name login roles location"


async def test_a_user_has_a_name_a_login_roles_and_a_location(client: Client) -> None:
    """1.3: the login is case-folded, each role once."""
    given = {"name": "Sam", "login": "Sam@Kith.Example", "roles": ["AGENT", "ADMIN", "AGENT"], "location": "Boston"}
    assert await USER.create(client, PROFILE, **given) == {
        "kind": "INTERNAL_USER",
        "name": "Sam",
        "login": "sam@kith.example",
        "roles": ["ADMIN", "AGENT"],
        "location": "Boston",
    }


async def test_an_update_changes_only_what_it_gives(client: Client) -> None:
    """1.3"""
    id = await USER.new(client, name="Sam", login="sam@kith.example", roles=["AGENT"], location="Boston")
    assert await USER.update(client, id, PROFILE, login="max@kith.example", roles=None) == {
        "kind": "INTERNAL_USER",
        "name": "Sam",
        "login": "max@kith.example",
        "roles": [],
        "location": "Boston",
    }


async def test_a_login_is_nobody_elses_in_whatever_case(client: Client, unchanged: Unchanged) -> None:
    """1.4"""
    sam = await client.user("sam@kith.example")
    max_ = await client.user("max@kith.example")
    taken = [{"__typename": "AlreadyTaken", "path": ["login"], "by": {"id": sam}}]
    async with unchanged.during():
        assert await client.refusals("createInternalUser", {"name": "Eve", "login": "SAM@kith.example"}) == taken
        assert await client.refusals("updateInternalUser", {"id": max_, "login": "Sam@Kith.example"}) == taken


async def test_a_login_given_up_is_free(client: Client) -> None:
    """1.4"""
    sam = await client.user("sam@kith.example")
    await USER.update(client, sam, "login", login="samuel@kith.example")
    assert await USER.create(client, "login", login="sam@kith.example") == {"login": "sam@kith.example"}


async def test_a_login_is_an_email_address_and_never_empty(client: Client, unchanged: Unchanged) -> None:
    """1.4"""
    id = await client.user()
    refused = [{"__typename": "InvalidValue", "path": ["login"]}]
    for login in ("sam", "", "sam@", "sam@kith.example, max@kith.example"):
        async with unchanged.during():
            assert await client.refusals("createInternalUser", {"name": "Sam", "login": login}) == refused
    async with unchanged.during():
        assert await client.refusals("updateInternalUser", {"id": id, "login": None}) == refused


async def test_a_login_and_an_external_id_that_are_taken_are_told_at_once(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    crm = {"system": "crm", "value": "7"}
    ann, sam = await client.consumer(externalIds=[crm]), await client.user("sam@kith.example")
    async with unchanged.during():
        refusals = await client.refusals(
            "createInternalUser", {"name": "Eve", "login": "sam@kith.example", "externalIds": [crm]}
        )
    assert refusals == [
        {"__typename": "AlreadyTaken", "path": ["externalIds", "0"], "by": {"id": ann}},
        {"__typename": "AlreadyTaken", "path": ["login"], "by": {"id": sam}},
    ]
