"""Points (SPEC 6.3): types, adjustments, balances, the ledger, and the preview."""

from typing import Any

import pytest

from tests.client import Client
from tests.unchanged import Unchanged

TYPE = "code name description active version"
DEFINED, UPDATED = (f"... on PointsType{did} {{ pointsType {{ {TYPE} }} }}" for did in ("Defined", "Updated"))
ENTRY = "id customer { id } type { code } amount balance reason createdBy { id }"
POINTS = "... on Customer { version points { type { code } balance } }"
LEDGER = """query($id: ID!, $pointsTypes: [String!], $first: Int, $after: String, $last: Int, $before: String) {
    node(id: $id) { ... on Customer {
        pointsLedger(pointsTypes: $pointsTypes, first: $first, after: $after, last: $last, before: $before) {
            edges { cursor node { reason } } pageInfo { hasNextPage hasPreviousPage } totalCount { value } } } } }"""
PREVIEW = """query($input: PointsPreviewInput!) { pointsPreview(input: $input) { __typename
    ... on PointsPreview { customer { id } type { code } amount before after }
    ... on Refused { refusals { __typename path ... on NotEnoughPoints { balance } ... on UnknownPointsType { code }
        ... on ActionNotAvailable { action } } } } }"""


def adjustment(customer: str, amount: int, type: str = "BONUS", reason: str = "a gift") -> dict[str, Any]:
    """An adjustment as a client gives it."""
    return {"customer": customer, "pointsType": type, "amount": amount, "reason": reason}


async def preview(client: Client, customer: str, amount: int, type: str = "BONUS") -> Any:
    """What a preview answers."""
    given = {"customer": customer, "pointsType": type, "amount": amount}
    return (await client.ask(PREVIEW, input=given))["pointsPreview"]


async def ledger(client: Client, id: str, **arguments: Any) -> Any:
    """A page of a ledger."""
    return (await client.ask(LEDGER, id=id, **arguments))["node"]["pointsLedger"]


async def test_administrators_define_points_types(client: Client) -> None:
    """6.3"""
    assert (await client.ask(f"{{ pointsTypes {{ {TYPE} }} }}"))["pointsTypes"] == []
    miles = {"code": "MILES", "name": "Miles", "description": "Flown."}
    made = await client.do("definePointsType", miles, DEFINED)
    assert made["pointsType"] == {**miles, "active": True, "version": 1}
    id = await client.points_type("BONUS")
    bonus = {"code": "BONUS", "name": "Bonus", "description": None, "active": True, "version": 1}
    changed = await client.do("updatePointsType", {"id": id, "active": False, "expectedVersion": 1}, UPDATED)
    assert changed["pointsType"] == {**bonus, "active": False, "version": 2}
    for active, codes in ((None, ["BONUS", "MILES"]), (True, ["MILES"]), (False, ["BONUS"])):
        found = await client.ask("query($active: Boolean) { pointsTypes(active: $active) { code } }", active=active)
        assert [type["code"] for type in found["pointsTypes"]] == codes
    assert await client.node(id, "id ... on PointsType { code active }") == {
        "id": id,
        "code": "BONUS",
        "active": False,
    }


async def test_a_points_type_changes_only_in_the_fields_given(client: Client) -> None:
    """6.3: where nothing changes there is no new version."""
    id = await client.points_type(description="A gift.")
    same = await client.do("updatePointsType", {"id": id, "name": "Bonus"}, UPDATED)
    assert (same["pointsType"]["description"], same["pointsType"]["version"]) == ("A gift.", 1)
    changed = await client.do("updatePointsType", {"id": id, "name": "More", "description": None}, UPDATED)
    more = {"code": "BONUS", "name": "More", "description": None, "active": True, "version": 2}
    assert changed["pointsType"] == more


async def test_a_points_type_that_cannot_be_is_refused(client: Client, unchanged: Unchanged) -> None:
    """6.3"""
    id = await client.points_type()
    unknown = "points_type_01m87xd5tje62avxydcp5f4ept"
    wrong: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
        (
            "definePointsType",
            {"code": "bonus", "name": ""},
            [{"__typename": "InvalidValue", "path": [field]} for field in ("code", "name")],
        ),
        (
            "definePointsType",
            {"code": "BONUS", "name": "Bonus"},
            [{"__typename": "AlreadyTaken", "path": ["code"], "by": None}],
        ),
        (
            "updatePointsType",
            {"id": id, "name": "More", "expectedVersion": 2},
            [{"__typename": "StaleVersion", "path": ["expectedVersion"], "currentVersion": 1, "current": None}],
        ),
        ("updatePointsType", {"id": id, "name": None}, [{"__typename": "InvalidValue", "path": ["name"]}]),
        ("updatePointsType", {"id": id, "active": None}, [{"__typename": "InvalidValue", "path": ["active"]}]),
        ("updatePointsType", {"id": unknown, "name": "More"}, [{"__typename": "NotFound", "path": ["id"]}]),
    ]
    async with unchanged.during():
        for mutation, given, refusals in wrong:
            assert await client.refusals(mutation, given) == refusals


@pytest.mark.parametrize("kind", ["Consumer", "Account"])
async def test_points_are_adjusted_by_entries_in_a_ledger(client: Client, kind: str) -> None:
    """6.3: a balance for each type; the customer's own record stays as it is."""
    id = await (client.consumer() if kind == "Consumer" else client.account())
    assert await client.node(id, POINTS) == {"version": 1, "points": []}
    await client.points_type("MILES")
    await client.points_type("BONUS")
    entries = []
    for amount, type, balance in ((5, "MILES", 5), (10, "BONUS", 10), (-3, "BONUS", 7), (-5, "MILES", 0)):
        made = await client.do(
            "adjustPoints",
            adjustment(id, amount, type, f" by {amount} "),
            f"... on PointsAdjusted {{ entry {{ {ENTRY} }} operation {{ kind }} }}",
        )
        entry = made["entry"]
        assert made == {"__typename": "PointsAdjusted", "entry": entry, "operation": {"kind": "adjustPoints"}}
        assert entry == {
            "id": entry["id"],
            "customer": {"id": id},
            "type": {"code": type},
            "amount": amount,
            "balance": balance,
            "reason": f"by {amount}",
            "createdBy": None,
        }
        assert await client.node(entry["id"], f"... on PointsEntry {{ {ENTRY} }}") == entry
        entries.append(entry)
    balances = [{"type": {"code": code}, "balance": balance} for code, balance in (("BONUS", 7), ("MILES", 0))]
    assert await client.node(id, POINTS) == {"version": 1, "points": balances}
    found = await client.node(id, f"... on Customer {{ pointsLedger {{ edges {{ node {{ {ENTRY} }} }} }} }}")
    assert [edge["node"] for edge in found["pointsLedger"]["edges"]] == entries[::-1]


async def test_a_ledger_is_paged_both_ways_and_filtered_by_type(client: Client) -> None:
    """6.3"""
    id = await client.consumer()
    for code in ("MILES", "BONUS"):
        await client.points_type(code)
    for n in range(5):
        await client.points(id, 1, "MILES" if n == 2 else "BONUS", str(n))
    seen: list[str] = []
    after = None
    while True:
        page = await ledger(client, id, first=2, after=after)
        assert page["totalCount"] == {"value": 5}
        seen += [edge["node"]["reason"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["edges"][-1]["cursor"]
    assert seen == ["4", "3", "2", "1", "0"]
    back = await ledger(client, id, last=2, before=after)
    assert [edge["node"]["reason"] for edge in back["edges"]] == ["3", "2"]
    for types, reasons in ((["MILES"], ["2"]), (["BONUS", "NONE"], ["4", "3", "1", "0"]), ([], [])):
        page = await ledger(client, id, pointsTypes=types)
        assert [edge["node"]["reason"] for edge in page["edges"]] == reasons
        assert page["totalCount"] == {"value": len(reasons)}


async def test_a_preview_tells_the_balance_before_and_after_and_does_nothing(
    client: Client, unchanged: Unchanged
) -> None:
    """6.3"""
    id = await client.consumer()
    await client.points_type()
    await client.points(id, 10)
    shown = {"__typename": "PointsPreview", "customer": {"id": id}, "type": {"code": "BONUS"}}
    async with unchanged.during():
        for amount, left in ((5, 15), (-10, 0)):
            assert await preview(client, id, amount) == {**shown, "amount": amount, "before": 10, "after": left}
    await client.points(id, -10)
    assert await preview(client, id, 1) == {**shown, "amount": 1, "before": 0, "after": 1}


async def test_an_adjustment_that_cannot_be_is_refused_and_so_is_its_preview(
    client: Client, unchanged: Unchanged
) -> None:
    """6.3"""
    id, away, household = await client.consumer(), await client.consumer(), await client.household()
    inactive = await client.points_type("MILES")
    await client.points_type()
    await client.points(id, 10)
    await client.do("updatePointsType", {"id": inactive, "active": False})
    await client.do("deactivate", {"id": away})
    not_available = {"action": "ADJUST_POINTS", "available": ["REACTIVATE"]}
    wrong: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
        (adjustment(id, -11), [{"__typename": "NotEnoughPoints", "path": ["amount"], "balance": 10}]),
        (adjustment(id, 0), [{"__typename": "InvalidValue", "path": ["amount"]}]),
        (adjustment(id, 1_000_000_000), [{"__typename": "InvalidValue", "path": ["amount"]}]),
        (
            adjustment(id, 1, "MILES"),
            [{"__typename": "InactivePointsType", "path": ["pointsType"], "pointsType": {"code": "MILES"}}],
        ),
        (adjustment(id, 1, "NONE"), [{"__typename": "UnknownPointsType", "path": ["pointsType"], "code": "NONE"}]),
        (adjustment(away, 1), [{"__typename": "ActionNotAvailable", "path": ["customer"], **not_available}]),
        (
            adjustment(household, 1),
            [{"__typename": "WrongKind", "path": ["customer"], "kinds": ["CONSUMER", "ACCOUNT"]}],
        ),
        (adjustment("consumer_01m87xd5tje62avxydcp5f4ept", 1), [{"__typename": "NotFound", "path": ["customer"]}]),
        (adjustment("x", 1), [{"__typename": "NotFound", "path": ["customer"]}]),
    ]
    async with unchanged.during():
        for given, refusals in wrong:
            assert await client.refusals("adjustPoints", given) == refusals
            previewed = await preview(client, given["customer"], given["amount"], given["pointsType"])
            assert previewed["__typename"] == "Refused"
            told = [(refusal["__typename"], refusal["path"]) for refusal in previewed["refusals"]]
            assert told == [(refusal["__typename"], refusal["path"]) for refusal in refusals]
        assert await client.refusals("adjustPoints", adjustment(id, 0, "NONE", " ")) == [
            {"__typename": "UnknownPointsType", "path": ["pointsType"], "code": "NONE"},
            {"__typename": "InvalidValue", "path": ["amount"]},
            {"__typename": "InvalidValue", "path": ["reason"]},
        ]


async def test_whoever_is_unenrolled_gains_no_points(client: Client, unchanged: Unchanged) -> None:
    """6.2"""
    id = await client.consumer()
    await client.points_type()
    await client.points(id, 10)
    for deed in ("enroll", "unenroll"):
        await client.do(deed, {"id": id})
    async with unchanged.during():
        (refusal,) = await client.refusals("adjustPoints", adjustment(id, 1))
        assert (refusal["__typename"], refusal["action"]) == ("ActionNotAvailable", "ADJUST_POINTS")


async def test_an_adjustment_under_a_key_is_made_once(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    id = await client.consumer()
    await client.points_type()
    given = {**adjustment(id, 1), "idempotencyKey": "k"}
    asked = "... on PointsAdjusted { entry { id amount } operation { id } }"
    first = await client.do("adjustPoints", given, asked)
    async with unchanged.during():
        assert await client.do("adjustPoints", given, asked) == first
