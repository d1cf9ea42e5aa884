"""The lifecycle of customers (SPEC 6.1, 6.2, 6.4); the whole table is tested in tests/domain."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.kinds import KINDS
from tests.unchanged import Unchanged

CUSTOMERS = [kind.type for kind in KINDS if kind.type in ("Consumer", "Account")]
NOW = """... on Customer { status inactiveReason availableActions version
    emailPreference { optedIn changedAt changedBy { id } origin } }"""
LIVING = ["DEACTIVATE", "EDIT", "SET_EMAIL_PREFERENCE", "RESET_PASSWORD", "ADJUST_POINTS", "MERGE"]
ACTIVE = {"status": "ACTIVE", "inactiveReason": None, "availableActions": ["ENROLL", *LIVING]}
ENROLLED = {"status": "ENROLLED", "inactiveReason": None, "availableActions": ["UNENROLL", *LIVING]}
UNENROLLED = {
    "status": "INACTIVE",
    "inactiveReason": "UNENROLLED",
    "availableActions": ["ENROLL", "EDIT", "SET_EMAIL_PREFERENCE", "MERGE"],
}
DEACTIVATED = {"status": "INACTIVE", "inactiveReason": "DEACTIVATED", "availableActions": ["REACTIVATE"]}
MERGED = {"status": "MERGED", "inactiveReason": None, "availableActions": ["ENROLL", "UNDO_MERGE"]}
UNSAID = {"optedIn": False, "changedAt": None, "changedBy": None, "origin": None}
DONE = {
    "enroll": "CustomerEnrolled",
    "unenroll": "CustomerUnenrolled",
    "deactivate": "CustomerDeactivated",
    "reactivate": "CustomerReactivated",
}
WAYS = {
    "ACTIVE": ([], ACTIVE),
    "ENROLLED": (["enroll"], ENROLLED),
    "UNENROLLED": (["enroll", "unenroll"], UNENROLLED),
    "enrolled again": (["enroll", "unenroll", "enroll"], ENROLLED),
    "DEACTIVATED": (["deactivate"], DEACTIVATED),
    "reactivated to ACTIVE": (["deactivate", "reactivate"], ACTIVE),
    "reactivated to ENROLLED": (["enroll", "deactivate", "reactivate"], ENROLLED),
}


async def customer(client: Client, kind: str, ways: Sequence[str] = ()) -> str:
    """The id of a new customer with whom all this was done."""
    id = await (client.consumer() if kind == "Consumer" else client.account())
    for way in ways:
        assert (await client.do(way, {"id": id}))["__typename"] == DONE[way]
    return id


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", CUSTOMERS)
async def test_a_customer_stands_where_the_last_action_led(client: Client, kind: str, way: str) -> None:
    """6.1: each change is one of the record, so it counts in its version."""
    ways, stands = WAYS[way]
    id = await customer(client, kind, ways)
    assert await client.node(id, NOW) == {**stands, "version": 1 + len(ways), "emailPreference": UNSAID}


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_not_available_is_refused_by_name(client: Client, unchanged: Unchanged, way: str) -> None:
    """6.1"""
    ways, stands = WAYS[way]
    id = await customer(client, "Consumer", ways)
    await client.points_type()
    inputs: dict[str, tuple[str, dict[str, Any], str]] = {
        **{deed.upper(): (deed, {"id": id}, "id") for deed in DONE},
        "EDIT": ("updateConsumer", {"id": id, "givenName": "Bea"}, "id"),
        "SET_EMAIL_PREFERENCE": ("setEmailPreference", {"id": id, "optedIn": True, "origin": "phone"}, "id"),
        "ADJUST_POINTS": (
            "adjustPoints",
            {"customer": id, "pointsType": "BONUS", "amount": 1, "reason": "a gift"},
            "customer",
        ),
    }
    available = stands["availableActions"]
    async with unchanged.during():
        for action, (mutation, given, place) in inputs.items():
            if action not in available:
                assert await client.refusals(mutation, given) == [
                    {
                        "__typename": "ActionNotAvailable",
                        "path": [place],
                        "action": action,
                        "available": available,
                    }
                ]
    for action in set(inputs) & set(available):
        mutation, given, _ = inputs[action]
        if mutation not in DONE:
            assert (await client.do(mutation, given))["__typename"] != "Refused"


async def test_a_customer_who_was_merged_away_can_be_enrolled(client: Client) -> None:
    """6.1: it leaves its survivor, where what was moved stays, and the merge can't be undone any more."""
    survivor, id, friend = await client.account(), await client.account(), await client.account()
    await client.relate("OTHER", id, friend)
    operation = await client.merge(survivor, id)
    assert await client.node(id, NOW) == {**MERGED, "version": 2, "emailPreference": UNSAID}
    (refusal,) = await client.refusals("updateAccount", {"id": id, "industry": "Steel"})
    assert refusal == {"__typename": "MergedAway", "path": ["id"], "survivor": {"id": survivor}}
    await client.do("enroll", {"id": id})
    assert await client.node(id, NOW) == {**ENROLLED, "version": 3, "emailPreference": UNSAID}
    related = "... on Account { survivor { id } formerIds relationships { edges { party { id } } } }"
    assert await client.node(id, related) == {"survivor": None, "formerIds": [], "relationships": {"edges": []}}
    kept = {"edges": [{"party": {"id": friend}}]}
    assert await client.node(survivor, related) == {"survivor": None, "formerIds": [], "relationships": kept}
    (refusal,) = await client.refusals("undoMerge", {"operation": operation})
    assert (refusal["__typename"], refusal["path"]) == ("CannotBeRestored", ["operation"])


@pytest.mark.parametrize("ways", [ways for ways, _ in WAYS.values()], ids=WAYS)
async def test_relationships_may_be_ended_in_every_status(client: Client, ways: Sequence[str]) -> None:
    """6.1"""
    id, other = await client.consumer(), await client.consumer()
    friends = await client.relate("FRIEND", id, other)
    member = await client.member(await client.household(), id)
    for way in ways:
        await client.do(way, {"id": id})
    assert (await client.do("endRelationship", {"id": friends}))["__typename"] == "RelationshipEnded"
    assert (await client.do("removeRelationship", {"id": friends}))["__typename"] == "RelationshipRemoved"
    assert (await client.do("endMembership", {"membership": member}))["__typename"] == "MembershipEnded"


@pytest.mark.parametrize("mutation", [*DONE, "setEmailPreference"])
async def test_only_customers_have_a_lifecycle(client: Client, unchanged: Unchanged, mutation: str) -> None:
    """6.1"""
    more = {"optedIn": True, "origin": "phone"} if mutation == "setEmailPreference" else {}
    household = await client.household()
    async with unchanged.during():
        assert await client.refusals(mutation, {"id": household, **more}) == [
            {"__typename": "WrongKind", "path": ["id"], "kinds": ["CONSUMER", "ACCOUNT"]}
        ]
        for id in ("consumer_01m87xd5tje62avxydcp5f4ept", "operation_01m87xd5tje62avxydcp5f4ept", "x"):
            assert await client.refusals(mutation, {"id": id, **more}) == [{"__typename": "NotFound", "path": ["id"]}]


@pytest.mark.parametrize("kind", CUSTOMERS)
async def test_an_email_preference_says_when_by_whom_and_from_where(client: Client, kind: str) -> None:
    """6.4: the administrator is no party, so by whom is told by the operation alone."""
    id, start = await customer(client, kind), datetime.now(UTC)
    for number, (opted_in, origin) in enumerate(((True, "web form"), (True, "letter"), (False, "phone call")), 2):
        given = {"id": id, "optedIn": opted_in, "origin": origin}
        made = await client.do("setEmailPreference", given, f"... on EmailPreferenceSet {{ customer {{ {NOW} }} }}")
        preference = made["customer"]["emailPreference"]
        at = datetime.fromisoformat(preference.pop("changedAt"))
        assert start <= at <= datetime.now(UTC)
        assert made["customer"] == {
            **ACTIVE,
            "version": number,
            "emailPreference": {"optedIn": opted_in, "changedBy": None, "origin": origin},
        }
        start = at


async def test_who_changed_an_email_preference_is_a_party_where_kith_keeps_one(client: Client, graph: Graph) -> None:
    """6.4"""
    ann, sam = await client.consumer(), await client.user()
    await client.do("setEmailPreference", {"id": ann, "optedIn": True, "origin": "web form"})
    await graph.apply(f"CYPHER 25 MATCH (p:Party {{id: '{ann}'}}) SET p.email_opt_in_by = '{sam}'")
    found = await client.node(ann, "... on Customer { emailPreference { changedBy { id kind name } } }")
    assert found == {"emailPreference": {"changedBy": {"id": sam, "kind": "INTERNAL_USER", "name": "Sam"}}}


async def test_an_email_preference_must_say_where_it_comes_from(client: Client, unchanged: Unchanged) -> None:
    """6.4"""
    id = await client.consumer()
    async with unchanged.during():
        assert await client.refusals("setEmailPreference", {"id": id, "optedIn": True, "origin": " "}) == [
            {"__typename": "InvalidValue", "path": ["origin"]}
        ]


async def test_whoever_is_unenrolled_is_opted_out_and_keeps_the_points(client: Client) -> None:
    """6.2"""
    id = await customer(client, "Consumer", ["enroll"])
    await client.points_type()
    await client.points(id, 7)
    await client.do("setEmailPreference", {"id": id, "optedIn": True, "origin": "web form"})
    await client.do("unenroll", {"id": id})
    kept = "... on Customer { emailPreference { optedIn origin } points { balance } }"
    left = {"emailPreference": {"optedIn": False, "origin": "unenroll"}, "points": [{"balance": 7}]}
    assert await client.node(id, kept) == left
    await client.do("enroll", {"id": id})
    assert await client.node(id, kept) == left


async def test_whoever_is_deactivated_keeps_everything(client: Client) -> None:
    """6.1, 6.2: reactivated with nothing lost."""
    id = await customer(client, "Consumer", ["enroll"])
    await client.points_type()
    await client.points(id, 7)
    await client.do("setEmailPreference", {"id": id, "optedIn": True, "origin": "web form"})
    everything = f"{NOW} ... on Customer {{ name points {{ balance }} }}"
    before = await client.node(id, everything)
    await client.do("deactivate", {"id": id})
    kept = await client.node(id, "... on Customer { emailPreference { optedIn } points { balance } }")
    assert kept == {"emailPreference": {"optedIn": True}, "points": [{"balance": 7}]}
    await client.do("reactivate", {"id": id})
    assert await client.node(id, everything) == {**before, "version": before["version"] + 2}


async def test_a_status_that_was_changed_under_a_key_is_changed_once(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    id = await client.consumer()
    given = {"id": id, "idempotencyKey": "k"}
    asked = "... on CustomerEnrolled { customer { id status } operation { id } }"
    first = await client.do("enroll", given, asked)
    assert first["customer"] == {"id": id, "status": "ENROLLED"}
    async with unchanged.during():
        assert await client.do("enroll", given, asked) == first
        (refusal,) = await client.refusals("enroll", {"id": id})
        assert refusal["__typename"] == "ActionNotAvailable"
