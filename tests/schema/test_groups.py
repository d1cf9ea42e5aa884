"""Groups such as family accounts (SPEC 3.4, 4.4)."""

from typing import Any

import pytest

from tests.client import Client
from tests.schema.kinds import KINDS
from tests.unchanged import Unchanged

GROUP = KINDS[3]
PROFILE = """kind name type { code }
    members { edges { node { role member { id } relationship { type { code } validFrom validTo } } } }"""


def membership(member: str, role: str | None) -> dict[str, Any]:
    """An edge of the members of a family account, as PROFILE reads it."""
    relationship = {"type": {"code": "FAMILY_ACCOUNT"}, "validFrom": None, "validTo": None}
    return {"node": {"role": role, "member": {"id": member}, "relationship": relationship}}


async def test_a_group_is_made_of_a_type_with_two_or_more_members_and_their_roles(client: Client) -> None:
    """3.4, 4.4: consumers or accounts."""
    ann, ost = await client.consumer(), await client.account()
    given = {
        "type": "FAMILY_ACCOUNT",
        "name": "The Osts",
        "members": [{"party": ann, "role": "OWNER"}, {"party": ost}],
    }
    made = await client.do("createGroup", given, f"... on GroupCreated {{ group {{ {PROFILE} }} }}")
    assert made["group"] == {
        "kind": "GROUP",
        "name": "The Osts",
        "type": {"code": "FAMILY_ACCOUNT"},
        "members": {"edges": [membership(ann, "OWNER"), membership(ost, None)]},
    }


async def test_a_group_can_be_of_a_type_defined_at_run_time(client: Client) -> None:
    """2.1, 3.4"""
    kinds = {"sourceKinds": ["CONSUMER"], "targetKinds": ["GROUP"]}
    club = await client.define("CLUB", category="GROUP", roles=["CHAIR"], **kinds)
    ann, bea = await client.consumer(), await client.consumer()
    id = await client.group([{"party": ann, "role": "CHAIR"}, {"party": bea}], type=club)
    assert await client.node(id, "... on Group { type { code roles } }") == {
        "type": {"code": "CLUB", "roles": ["CHAIR"]}
    }


async def test_a_group_can_be_renamed(client: Client) -> None:
    """1.3"""
    id = await GROUP.new(client)
    assert await GROUP.update(client, id, "name", name="The Wests") == {"name": "The Wests"}


@pytest.mark.parametrize("count", [0, 1])
async def test_a_group_of_fewer_than_two_is_refused(client: Client, unchanged: Unchanged, count: int) -> None:
    """3.4"""
    members = [{"party": await client.consumer()} for _ in range(count)]
    async with unchanged.during():
        refusals = await client.refusals("createGroup", {"type": "FAMILY_ACCOUNT", "name": "Osts", "members": members})
    assert refusals == [{"__typename": "InvalidValue", "path": ["members"]}]


async def test_two_members_are_two_parties(client: Client, unchanged: Unchanged) -> None:
    """3.4, 3.5"""
    ann = await client.consumer()
    members = [{"party": ann, "role": "OWNER"}, {"party": ann, "role": "MEMBER"}]
    async with unchanged.during():
        refusals = await client.refusals("createGroup", {"type": "FAMILY_ACCOUNT", "name": "Osts", "members": members})
    assert refusals == [{"__typename": "DuplicateRelationship", "path": ["members", "1", "party"], "existing": None}]


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("CLUB", {"__typename": "UnknownRelationshipType", "path": ["type"], "code": "CLUB"}),
        ("FRIEND", {"__typename": "InvalidValue", "path": ["type"]}),
        ("HOUSEHOLD_MEMBER", {"__typename": "InvalidValue", "path": ["type"]}),
    ],
)
async def test_a_group_of_no_such_type_is_refused(
    client: Client, unchanged: Unchanged, code: str, refusal: dict[str, Any]
) -> None:
    """3.4"""
    members = [{"party": await client.consumer()}, {"party": await client.consumer()}]
    async with unchanged.during():
        refusals = await client.refusals("createGroup", {"type": code, "name": "Osts", "members": members})
    assert refusals == [refusal]


async def test_all_members_that_cannot_be_are_told_each_in_its_place(client: Client, unchanged: Unchanged) -> None:
    """3.4, 11.2"""
    members = [
        {"party": await client.consumer(), "role": "OWNER"},
        {"party": await client.household()},
        {"party": "nobody"},
        {"party": await client.consumer(), "role": "CHILD"},
    ]
    async with unchanged.during():
        refusals = await client.refusals("createGroup", {"type": "FAMILY_ACCOUNT", "name": "Osts", "members": members})
    assert refusals == [
        {"__typename": "WrongKind", "path": ["members", "1", "party"], "kinds": ["CONSUMER", "ACCOUNT"]},
        {"__typename": "NotFound", "path": ["members", "2", "party"]},
        {"__typename": "InvalidValue", "path": ["members", "3", "role"]},
    ]


async def test_a_groups_name_is_never_empty(client: Client, unchanged: Unchanged) -> None:
    """1.3"""
    id = await GROUP.new(client)
    members = [{"party": await client.consumer()}, {"party": await client.consumer()}]
    refused = [{"__typename": "InvalidValue", "path": ["name"]}]
    async with unchanged.during():
        given = {"type": "FAMILY_ACCOUNT", "name": " ", "members": members}
        assert await client.refusals("createGroup", given) == refused
        assert await client.refusals("updateGroup", {"id": id, "name": None}) == refused
