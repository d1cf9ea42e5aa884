"""Relationship types (SPEC 2), and the three responsibilities that are there (SPEC 5.2)."""

from typing import Any

import pytest

from tests.client import Client
from tests.unchanged import Unchanged

TYPES = """query($categories: [RelationshipCategory!], $active: Boolean) {
    relationshipTypes(categories: $categories, active: $active) { code label reverseLabel category sourceKinds
    targetKinds symmetric acyclic maxPerSource maxPerTarget roles active builtIn
    properties { code name kind required choices } } }"""
PEDIGREE = {
    "code": "pedigree",
    "name": "Pedigree",
    "kind": "CHOICE",
    "required": False,
    "choices": ["BIRTH", "ADOPTIVE", "FOSTER", "STEP"],
}
PEOPLE, ACCOUNTS, CUSTOMERS, STAFF = ["CONSUMER"], ["ACCOUNT"], ["CONSUMER", "ACCOUNT"], ["INTERNAL_USER"]
HOUSEHOLDS, GROUPS = ["HOUSEHOLD"], ["GROUP"]


def type_(
    code: str, category: str, sources: list[str], labels: tuple[str, ...], targets: list[str], **more: Any
) -> dict[str, Any]:
    """A built-in type as TYPES reads it; one with one label is symmetric."""
    return {
        "code": code,
        "label": labels[0],
        "reverseLabel": labels[-1],
        "category": category,
        "sourceKinds": sources,
        "targetKinds": targets,
        "symmetric": len(labels) == 1,
        "acyclic": False,
        "maxPerSource": None,
        "maxPerTarget": None,
        "roles": [],
        "active": True,
        "builtIn": True,
        "properties": [],
        **more,
    }


SERVES, REPRESENTS = ("serves", "is served by"), ("represents", "is represented by")
MEMBER = ("is member of", "has as member")
PARENT = ("is parent of", "is child of")
HEAD_OFFICE = ("is head office of", "is branch of")
BUILT_IN = [
    type_("ACCOUNT_TEAM", "TEAM", STAFF, SERVES, ACCOUNTS),
    type_("CONSUMER_TEAM", "TEAM", STAFF, SERVES, PEOPLE),
    type_("CONTACT", "LOOSE", PEOPLE, ("is contact of", "has as contact"), ACCOUNTS),
    type_("FAMILY_ACCOUNT", "GROUP", CUSTOMERS, MEMBER, GROUPS, roles=["OWNER", "MEMBER"]),
    type_("FRIEND", "LOOSE", PEOPLE, ("is friend of",), PEOPLE),
    type_("HEAD_OFFICE", "HIERARCHY", ACCOUNTS, HEAD_OFFICE, ACCOUNTS, acyclic=True, maxPerTarget=1),
    type_(
        "HOUSEHOLD_MEMBER", "GROUP", PEOPLE, MEMBER, HOUSEHOLDS, roles=["HEAD_OF_FAMILY", "PARTNER", "CHILD", "OTHER"]
    ),
    type_("HOUSEHOLD_REPRESENTATIVE", "REPRESENTATION", PEOPLE, REPRESENTS, PEOPLE),
    type_("HOUSEHOLD_TEAM", "TEAM", STAFF, SERVES, HOUSEHOLDS),
    type_("INVESTOR", "LOOSE", CUSTOMERS, ("invests in", "has as investor"), ACCOUNTS),
    type_("OTHER", "LOOSE", CUSTOMERS, ("is linked to",), CUSTOMERS),
    type_("PARENT", "PARENTAGE", PEOPLE, PARENT, PEOPLE, acyclic=True, properties=[PEDIGREE]),
    type_("REPRESENTATIVE", "REPRESENTATION", PEOPLE, REPRESENTS, PEOPLE),
    type_("SIBLING", "KIN", PEOPLE, ("is sibling of",), PEOPLE),
    type_("SPOUSE", "PARTNERSHIP", PEOPLE, ("is spouse of",), PEOPLE),
    type_("SUBSIDIARY", "LOOSE", ACCOUNTS, ("is subsidiary of", "has as subsidiary"), ACCOUNTS),
]
GIVEN: dict[str, Any] = {
    "code": "TUTOR",
    "name": "Tutor",
    "label": "teaches",
    "reverseLabel": "is taught by",
    "category": "LOOSE",
    "sourceKinds": ["CONSUMER"],
    "targetKinds": ["CONSUMER"],
}


async def test_the_built_in_types_are_there(client: Client) -> None:
    """2.3: the whole table."""
    assert (await client.ask(TYPES))["relationshipTypes"] == BUILT_IN


async def test_types_are_listed_by_category_and_by_whether_they_are_active(client: Client) -> None:
    """2.1"""
    for given, codes in (
        ({"categories": ["KIN", "PARTNERSHIP"]}, ["SIBLING", "SPOUSE"]),
        ({"active": False}, []),
        ({"categories": ["REPRESENTATION"], "active": True}, ["HOUSEHOLD_REPRESENTATIVE", "REPRESENTATIVE"]),
        ({"categories": []}, []),
    ):
        found = (await client.ask(TYPES, **given))["relationshipTypes"]
        assert [type["code"] for type in found] == codes


async def test_the_three_responsibilities_are_there(client: Client) -> None:
    """5.2"""
    found = await client.ask("{ responsibilities { code name holderKinds subjectKinds } }")
    manager = {"holderKinds": ["INTERNAL_USER"]}
    assert found["responsibilities"] == [
        {"code": "ACCOUNT_MANAGER", "name": "Account Manager", **manager, "subjectKinds": ["ACCOUNT"]},
        {
            "code": "AUTHORIZED_REPRESENTATIVE",
            "name": "Authorized Representative",
            "holderKinds": ["CONSUMER"],
            "subjectKinds": ["CONSUMER"],
        },
        {
            "code": "RELATIONSHIP_MANAGER",
            "name": "Relationship Manager",
            **manager,
            "subjectKinds": ["CONSUMER", "HOUSEHOLD"],
        },
    ]


async def test_a_type_is_defined_with_all_that_is_given(client: Client) -> None:
    """2.1"""
    given = {
        **GIVEN,
        "description": "Lessons at home.",
        "targetKinds": ["HOUSEHOLD", "CONSUMER"],
        "acyclic": True,
        "maxPerSource": 3,
        "maxPerTarget": 1,
        "properties": [
            {"code": "subject", "name": "Subject", "kind": "CHOICE", "choices": ["MUSIC", "MATHS"], "required": True},
            {"code": "since", "name": "Since", "kind": "DATE"},
        ],
    }
    made = await client.do(
        "defineRelationshipType",
        given,
        """... on RelationshipTypeDefined { relationshipType { code name label reverseLabel description category
        sourceKinds targetKinds symmetric acyclic maxPerSource maxPerTarget roles active builtIn
        properties { code name kind required choices } } }""",
    )
    assert made["relationshipType"] == {
        **given,
        "targetKinds": ["CONSUMER", "HOUSEHOLD"],
        "symmetric": False,
        "roles": [],
        "active": True,
        "builtIn": False,
        "properties": [
            {"code": "subject", "name": "Subject", "kind": "CHOICE", "choices": ["MUSIC", "MATHS"], "required": True},
            {"code": "since", "name": "Since", "kind": "DATE", "choices": [], "required": False},
        ],
    }


async def test_a_type_can_be_used_at_once(client: Client) -> None:
    """2.1"""
    ann, bea = await client.consumer(), await client.consumer()
    await client.do("defineRelationshipType", GIVEN)
    id = await client.relate("TUTOR", ann, bea)
    assert await client.node(id, "... on Relationship { type { code label reverseLabel } }") == {
        "type": {"code": "TUTOR", "label": "teaches", "reverseLabel": "is taught by"}
    }


async def test_a_symmetric_type_has_one_label(client: Client) -> None:
    """2.4"""
    given = {**GIVEN, "code": "PEN_FRIEND", "symmetric": True, "label": "writes to", "reverseLabel": None}
    made = await client.do(
        "defineRelationshipType",
        given,
        "... on RelationshipTypeDefined { relationshipType { symmetric label reverseLabel } }",
    )
    assert made["relationshipType"] == {"symmetric": True, "label": "writes to", "reverseLabel": "writes to"}


async def test_a_type_of_parentage_has_the_pedigree(client: Client) -> None:
    """2.2: family trees read it of every type of the category."""
    given = {**GIVEN, "code": "GUARDIAN", "category": "PARENTAGE"}
    made = await client.do(
        "defineRelationshipType",
        given,
        "... on RelationshipTypeDefined { relationshipType { properties { code name kind required choices } } }",
    )
    assert made["relationshipType"] == {"properties": [PEDIGREE]}


@pytest.mark.parametrize("code", ["PARENT", "TUTOR"])
async def test_a_code_is_unique(client: Client, unchanged: Unchanged, code: str) -> None:
    """2.1, 2.3: those of the built-in types are reserved."""
    await client.do("defineRelationshipType", GIVEN)
    async with unchanged.during():
        refusals = await client.refusals("defineRelationshipType", {**GIVEN, "code": code})
    assert refusals == [{"__typename": "AlreadyTaken", "path": ["code"], "by": None}]


PROPERTY = {"code": "subject", "name": "Subject", "kind": "TEXT"}


REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"code": "tutor"}, ["code"]),
    ({"code": ""}, ["code"]),
    ({"code": "T" * 51}, ["code"]),
    ({"code": "TUTOR\n"}, ["code"]),
    ({"name": " "}, ["name"]),
    ({"label": ""}, ["label"]),
    ({"reverseLabel": None}, ["reverseLabel"]),
    ({"description": "x" * 2001}, ["description"]),
    ({"sourceKinds": []}, ["sourceKinds"]),
    ({"sourceKinds": ["INTERNAL_USER"]}, ["sourceKinds"]),
    ({"category": "HIERARCHY", "targetKinds": ["HOUSEHOLD"]}, ["targetKinds"]),
    ({"category": "PARTNERSHIP"}, ["symmetric"]),
    ({"category": "PARENTAGE", "symmetric": True, "reverseLabel": None}, ["symmetric"]),
    ({"symmetric": True, "reverseLabel": None, "sourceKinds": ["ACCOUNT"]}, ["symmetric"]),
    ({"symmetric": True}, ["reverseLabel"]),
    ({"symmetric": True, "reverseLabel": None, "acyclic": True}, ["acyclic"]),
    ({"symmetric": True, "reverseLabel": None, "maxPerSource": 1}, ["maxPerTarget"]),
    ({"maxPerSource": 0}, ["maxPerSource"]),
    ({"maxPerTarget": -1}, ["maxPerTarget"]),
    ({"maxPerTarget": 10_001}, ["maxPerTarget"]),
    ({"roles": ["CHAIR"]}, ["roles"]),
    ({"properties": [{**PROPERTY, "code": "1st"}]}, ["properties", "0", "code"]),
    ({"properties": [PROPERTY, PROPERTY]}, ["properties", "1", "code"]),
    ({"category": "PARENTAGE", "properties": [{**PROPERTY, "code": "pedigree"}]}, ["properties", "0", "code"]),
    ({"properties": [{**PROPERTY, "name": " "}]}, ["properties", "0", "name"]),
    ({"properties": [{**PROPERTY, "name": "a\u0000b"}]}, ["properties", "0", "name"]),
    ({"properties": [{**PROPERTY, "kind": "CHOICE"}]}, ["properties", "0", "choices"]),
    ({"properties": [{**PROPERTY, "choices": ["A"]}]}, ["properties", "0", "choices"]),
    ({"properties": [{**PROPERTY, "kind": "CHOICE", "choices": ["A", "A"]}]}, ["properties", "0", "choices"]),
    ({"properties": [{**PROPERTY, "kind": "CHOICE", "choices": ["a\u0007"]}]}, ["properties", "0", "choices", "0"]),
]


async def test_a_type_that_cannot_be_is_refused_naming_the_field(client: Client, unchanged: Unchanged) -> None:
    """2.1, 2.2, 2.4"""
    async with unchanged.during():
        told = [await client.refusals("defineRelationshipType", {**GIVEN, **given}) for given, _ in REFUSED]
    assert told == [[{"__typename": "InvalidValue", "path": path}] for _, path in REFUSED]


@pytest.mark.parametrize(
    ("roles", "path"), [(["CHAIR", "CHAIR"], ["roles"]), (["CHAIR", "the chair"], ["roles", "1"])], ids=str
)
async def test_roles_of_a_group_type_are_codes_each_once(
    client: Client, unchanged: Unchanged, roles: list[str], path: list[str]
) -> None:
    """2.1"""
    given = {**GIVEN, "category": "GROUP", "targetKinds": ["GROUP"], "roles": roles}
    async with unchanged.during():
        refusals = await client.refusals("defineRelationshipType", given)
    assert refusals == [{"__typename": "InvalidValue", "path": path}]


async def test_all_that_is_wrong_with_a_type_is_told_at_once(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    given = {**GIVEN, "code": "tutor", "name": "", "targetKinds": [], "maxPerSource": 0}
    async with unchanged.during():
        refusals = await client.refusals("defineRelationshipType", given)
    assert sorted((refusal["__typename"], refusal["path"]) for refusal in refusals) == [
        ("InvalidValue", ["code"]),
        ("InvalidValue", ["maxPerSource"]),
        ("InvalidValue", ["name"]),
        ("InvalidValue", ["targetKinds"]),
    ]
