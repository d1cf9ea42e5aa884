"""What `relate` and `updateRelationship` refuse, each by a refusal of its own that says why (SPEC 3.3, 3.5)."""

from itertools import pairwise
from typing import Any

import pytest

from tests.client import Client
from tests.unchanged import Unchanged

World = dict[str, str]


async def world(client: Client) -> World:
    """A party of each kind by name, a second consumer and account, and types to relate them by."""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    await client.define(
        "CONTRACT",
        category="LOOSE",
        properties=[
            {"code": "days", "name": "Days", "kind": "NUMBER", "required": True},
            {"code": "signed", "name": "Signed", "kind": "DATE"},
            {"code": "open", "name": "Open", "kind": "BOOLEAN"},
            {"code": "sort", "name": "Sort", "kind": "CHOICE", "choices": ["A", "B"]},
        ],
    )
    return {
        "ann": ann,
        "bea": bea,
        "ost": await client.account("Ost"),
        "west": await client.account("West"),
        "home": await client.household(),
        "group": await client.group([{"party": ann}, {"party": bea}]),
        "sam": await client.user(),
    }


def draft(known: World, type: str, source: str, target: str, **more: Any) -> dict[str, Any]:
    """A relationship as it is given, its ends by their names; what has no name is no id."""
    return {"type": type, "source": known.get(source, source), "target": known.get(target, target), **more}


def contract(**properties: Any) -> dict[str, Any]:
    """What is given of a contract; its days are required."""
    return {"properties": {"days": 1, **properties}}


PEOPLE, ACCOUNTS = {"kinds": ["CONSUMER"]}, {"kinds": ["ACCOUNT"]}
INVALID_PROPERTY = "InvalidProperty"
Draft = tuple[str, str, str, dict[str, Any]]
REFUSED: list[tuple[Draft, str, list[str], dict[str, Any]]] = [
    (("NONE", "ann", "bea", {}), "UnknownRelationshipType", ["type"], {"code": "NONE"}),
    (("friend", "ann", "bea", {}), "UnknownRelationshipType", ["type"], {"code": "friend"}),
    (
        ("HOUSEHOLD_REPRESENTATIVE", "ann", "bea", {"responsibility": "AUTHORIZED_REPRESENTATIVE"}),
        "InvalidValue",
        ["household"],
        {},
    ),
    (("FRIEND", "nobody", "bea", {}), "NotFound", ["source"], {}),
    (("FRIEND", "ann", "consumer_01m81cvtwye3hvm7mmkgnzsdq1", {}), "NotFound", ["target"], {}),
    (("FRIEND", "ost", "bea", {}), "WrongKind", ["source"], PEOPLE),
    (("CONTACT", "ann", "home", {}), "WrongKind", ["target"], ACCOUNTS),
    (("INVESTOR", "sam", "ost", {}), "WrongKind", ["source"], {"kinds": ["CONSUMER", "ACCOUNT"]}),
    (("HOUSEHOLD_MEMBER", "ann", "group", {}), "WrongKind", ["target"], {"kinds": ["HOUSEHOLD"]}),
    (("FAMILY_ACCOUNT", "ann", "home", {}), "WrongKind", ["target"], {"kinds": ["GROUP"]}),
    (("FRIEND", "ann", "ann", {}), "SelfRelationship", ["target"], {}),
    (("ACCOUNT_TEAM", "sam", "ost", {}), "MissingResponsibility", ["responsibility"], {}),
    (("REPRESENTATIVE", "ann", "bea", {}), "MissingResponsibility", ["responsibility"], {}),
    (
        ("ACCOUNT_TEAM", "sam", "ost", {"responsibility": "RELATIONSHIP_MANAGER"}),
        "WrongResponsibility",
        ["responsibility"],
        {"codes": ["ACCOUNT_MANAGER"]},
    ),
    (
        ("HOUSEHOLD_TEAM", "sam", "home", {"responsibility": "account_manager"}),
        "WrongResponsibility",
        ["responsibility"],
        {"codes": ["RELATIONSHIP_MANAGER"]},
    ),
    (
        ("FRIEND", "ann", "bea", {"responsibility": "AUTHORIZED_REPRESENTATIVE"}),
        "WrongResponsibility",
        ["responsibility"],
        {"codes": []},
    ),
    (
        ("FRIEND", "ann", "bea", {"validFrom": "2001-01-02", "validTo": "2001-01-01"}),
        "EndBeforeStart",
        ["validTo"],
        {},
    ),
    (("SPOUSE", "ann", "bea", {"validFrom": "1950", "validTo": "1949"}), "EndBeforeStart", ["validTo"], {}),
    (("FRIEND", "ann", "bea", {"validFrom": "2001"}), "InvalidValue", ["validFrom"], {}),
    (("FRIEND", "ann", "bea", {"validTo": "../2001-01-01"}), "InvalidValue", ["validTo"], {}),
    (("SPOUSE", "ann", "bea", {"validFrom": "2001-02-29"}), "InvalidValue", ["validFrom"], {}),
    (("FRIEND", "ann", "bea", {"note": "x" * 2001}), "InvalidValue", ["note"], {}),
    (("CONTRACT", "ost", "west", {}), INVALID_PROPERTY, ["properties", "days"], {}),
    (("CONTRACT", "ost", "west", {"properties": [1]}), INVALID_PROPERTY, ["properties"], {}),
    (("CONTRACT", "ost", "west", contract(days=None)), INVALID_PROPERTY, ["properties", "days"], {}),
    (("CONTRACT", "ost", "west", contract(days="1")), INVALID_PROPERTY, ["properties", "days"], {}),
    (("CONTRACT", "ost", "west", contract(days=True)), INVALID_PROPERTY, ["properties", "days"], {}),
    (("CONTRACT", "ost", "west", contract(signed="2001-02-29")), INVALID_PROPERTY, ["properties", "signed"], {}),
    (("CONTRACT", "ost", "west", contract(signed="2001")), INVALID_PROPERTY, ["properties", "signed"], {}),
    (("CONTRACT", "ost", "west", contract(open=1)), INVALID_PROPERTY, ["properties", "open"], {}),
    (("CONTRACT", "ost", "west", contract(sort="C")), INVALID_PROPERTY, ["properties", "sort"], {}),
    (("CONTRACT", "ost", "west", contract(other=1)), INVALID_PROPERTY, ["properties", "other"], {}),
    (
        ("FRIEND", "ann", "bea", {"properties": {"pedigree": "BIRTH"}}),
        INVALID_PROPERTY,
        ["properties", "pedigree"],
        {},
    ),
    (
        ("PARENT", "ann", "bea", {"properties": {"pedigree": "birth"}}),
        INVALID_PROPERTY,
        ["properties", "pedigree"],
        {},
    ),
]


async def test_one_that_cannot_be_is_refused_and_none_is_made(client: Client, unchanged: Unchanged) -> None:
    """3.4, 3.5, 5.2: the refusal has its place in the list, and what stands beside it is not made either."""
    known = await world(client)
    told = []
    async with unchanged.during():
        for (type, source, target, rest), *_ in REFUSED:
            drafts = [draft(known, "INVESTOR", "ann", "ost"), draft(known, type, source, target, **rest)]
            told.append(await client.refusals("relate", {"relationships": drafts}))
    assert told == [
        [{"__typename": typename, "path": ["relationships", "1", *path], **more}] for _, typename, path, more in REFUSED
    ]


@pytest.mark.parametrize("count", [0, 501])
async def test_one_to_500_are_made_at_once(client: Client, unchanged: Unchanged, count: int) -> None:
    """3.4"""
    given = {"type": "FRIEND", "source": "nobody", "target": "nobody"}
    async with unchanged.during():
        refusals = await client.refusals("relate", {"relationships": [given] * count})
    assert refusals == [{"__typename": "InvalidValue", "path": ["relationships"]}]


async def test_all_that_is_wrong_is_told_at_once_each_in_its_place(client: Client, unchanged: Unchanged) -> None:
    """3.4"""
    known = await world(client)
    drafts = [
        draft(known, "FRIEND", "ann", "bea"),
        draft(known, "NONE", "ann", "bea"),
        draft(known, "CONTACT", "nobody", "home"),
        draft(known, "ACCOUNT_TEAM", "sam", "ost", validFrom="soon", note="\u0000"),
        draft(known, "FRIEND", "bea", "ann"),
    ]
    async with unchanged.during():
        refusals = await client.refusals("relate", {"relationships": drafts})
    assert sorted((refusal["path"][1:], refusal["__typename"]) for refusal in refusals) == [
        (["1", "type"], "UnknownRelationshipType"),
        (["2", "source"], "NotFound"),
        (["2", "target"], "WrongKind"),
        (["3", "note"], "InvalidValue"),
        (["3", "responsibility"], "MissingResponsibility"),
        (["3", "validFrom"], "InvalidValue"),
        (["4", "target"], "DuplicateRelationship"),
    ]


@pytest.mark.parametrize(
    ("source", "target", "dates"),
    [
        ("ann", "bea", {}),
        ("bea", "ann", {}),
        ("ann", "bea", {"validFrom": "2009-12-31"}),
        ("bea", "ann", {"validTo": "2000-01-02"}),
        ("ann", "bea", {"validFrom": "2003-01-01", "validTo": "2004-01-01"}),
    ],
    ids=str,
)
async def test_a_duplicate_is_refused_with_the_existing_one(
    client: Client, unchanged: Unchanged, source: str, target: str, dates: dict[str, str]
) -> None:
    """2.4, 3.3, 3.5: on any day, and of a symmetric type the mirror as well."""
    known = await world(client)
    dated = {"validFrom": "2000-01-01", "validTo": "2010-01-01"}
    there = await client.relate("FRIEND", known["ann"], known["bea"], **dated)
    async with unchanged.during():
        refusals = await client.refusals("relate", {"relationships": [draft(known, "FRIEND", source, target, **dates)]})
    assert refusals == [
        {"__typename": "DuplicateRelationship", "path": ["relationships", "0", "target"], "existing": {"id": there}}
    ]


async def test_the_mirror_of_what_has_a_direction_is_no_duplicate(client: Client) -> None:
    """3.3"""
    ost, west = await client.account(), await client.account()
    one = await client.relate("SUBSIDIARY", ost, west)
    assert await client.relate("SUBSIDIARY", west, ost) != one


@pytest.mark.parametrize("length", [2, 3, 5])
async def test_a_cycle_is_refused_with_the_cycle(client: Client, unchanged: Unchanged, length: int) -> None:
    """3.3, 3.5: each is related to the next, and the last to the first."""
    people = [await client.consumer() for _ in range(length)]
    chain = [{"type": "PARENT", "source": a, "target": b} for a, b in pairwise(people)]
    await client.relate_all(chain)
    async with unchanged.during():
        refusals = await client.refusals(
            "relate", {"relationships": [{"type": "PARENT", "source": people[-1], "target": people[0]}]}
        )
    cycle = [{"id": id} for id in (people[-1], *people[:-1])]
    assert refusals == [{"__typename": "WouldMakeCycle", "path": ["relationships", "0", "target"], "cycle": cycle}]


async def test_a_cycle_within_the_input_is_refused(client: Client, unchanged: Unchanged) -> None:
    """3.3, 3.4"""
    ids = [await client.consumer() for _ in range(3)]
    ring = [{"type": "PARENT", "source": ids[i], "target": ids[(i + 1) % 3]} for i in range(3)]
    async with unchanged.during():
        refusals = await client.refusals("relate", {"relationships": ring})
    cycle = [{"id": id} for id in (ids[2], ids[0], ids[1])]
    assert refusals == [{"__typename": "WouldMakeCycle", "path": ["relationships", "2", "target"], "cycle": cycle}]


async def test_a_cycle_of_parentage_counts_whatever_the_days(client: Client, unchanged: Unchanged) -> None:
    """3.3"""
    ann, bea = await client.consumer(), await client.consumer()
    await client.relate("PARENT", ann, bea, validFrom="1950", validTo="1960")
    async with unchanged.during():
        given = {"type": "PARENT", "source": bea, "target": ann, "validFrom": "1970"}
        refusals = await client.refusals("relate", {"relationships": [given]})
    assert [refusal["__typename"] for refusal in refusals] == ["WouldMakeCycle"]


async def test_another_cycle_counts_if_on_some_day_all_of_it_holds(client: Client, unchanged: Unchanged) -> None:
    """3.3"""
    ost, west, east = [await client.account() for _ in range(3)]
    await client.relate("HEAD_OFFICE", ost, west, validFrom="2001-01-01", validTo="2003-01-01")
    await client.relate("HEAD_OFFICE", west, east, validFrom="2002-01-01", validTo="2005-01-01")
    closing = {"type": "HEAD_OFFICE", "source": east, "target": ost}
    async with unchanged.during():
        given = {**closing, "validFrom": "2002-12-31"}
        refusals = await client.refusals("relate", {"relationships": [given]})
    assert [refusal["__typename"] for refusal in refusals] == ["WouldMakeCycle"]
    await client.relate_all([{**closing, "validFrom": "2003-01-01"}, {**closing, "validTo": "2002-01-01"}])


async def test_a_cycle_counts_over_all_acyclic_types_of_one_edge(client: Client, unchanged: Unchanged) -> None:
    """3.3"""
    await client.define("OWNER", acyclic=True)
    await client.define("ADVISER", acyclic=False)
    ost, west = await client.account(), await client.account()
    await client.relate("HEAD_OFFICE", ost, west)
    async with unchanged.during():
        given = {"type": "OWNER", "source": west, "target": ost}
        refusals = await client.refusals("relate", {"relationships": [given]})
    assert [refusal["__typename"] for refusal in refusals] == ["WouldMakeCycle"]
    await client.relate("ADVISER", west, ost)


async def test_a_branch_has_one_head_office_at_a_time(client: Client, unchanged: Unchanged) -> None:
    """2.3, 3.3, 3.5: on no day two."""
    ost, west, branch = [await client.account() for _ in range(3)]
    there = await client.relate("HEAD_OFFICE", ost, branch, validFrom="2001-01-01", validTo="2010-01-01")
    given = {"type": "HEAD_OFFICE", "source": west, "target": branch}
    refusal = {
        "__typename": "TooMany",
        "path": ["relationships", "0", "target"],
        "limit": 1,
        "present": [{"id": there}],
    }
    for dates in ({}, {"validFrom": "2009-12-31"}, {"validTo": "2001-01-02"}, {"validFrom": "2005-01-01"}):
        async with unchanged.during():
            assert await client.refusals("relate", {"relationships": [{**given, **dates}]}) == [refusal]
    await client.relate_all([{**given, "validFrom": "2010-01-01"}, {**given, "validTo": "2001-01-01"}])
    await client.relate("HEAD_OFFICE", ost, await client.account())


async def test_too_many_of_a_source_are_refused_with_those_in_the_way(client: Client, unchanged: Unchanged) -> None:
    """2.1, 3.5"""
    await client.define("COACH", category="LOOSE", maxPerSource=2)
    coach, *others = [await client.account() for _ in range(4)]
    there = [await client.relate("COACH", coach, other) for other in others[:2]]
    async with unchanged.during():
        given = {"type": "COACH", "source": coach, "target": others[2]}
        (refusal,) = await client.refusals("relate", {"relationships": [given]})
    assert sorted(each["id"] for each in refusal.pop("present")) == there
    assert refusal == {"__typename": "TooMany", "path": ["relationships", "0", "source"], "limit": 2}


async def test_a_limit_counts_what_is_made_at_once(client: Client, unchanged: Unchanged) -> None:
    """3.3, 3.4"""
    branch = await client.account()
    given = [{"type": "HEAD_OFFICE", "source": await client.account(), "target": branch} for _ in range(2)]
    async with unchanged.during():
        refusals = await client.refusals("relate", {"relationships": given})
    assert refusals == [{"__typename": "TooMany", "path": ["relationships", "1", "target"], "limit": 1, "present": []}]


async def test_a_limit_of_a_symmetric_type_counts_both_ends(client: Client, unchanged: Unchanged) -> None:
    """2.4"""
    people = {"sourceKinds": ["CONSUMER"], "targetKinds": ["CONSUMER"], "reverseLabel": None}
    await client.define("BUDDY", category="LOOSE", symmetric=True, maxPerSource=1, maxPerTarget=1, **people)
    ann, bea, cat = [await client.consumer() for _ in range(3)]
    there = await client.relate("BUDDY", ann, bea)
    for source, target, place in ((ann, cat, "source"), (cat, ann, "target"), (bea, cat, "source")):
        async with unchanged.during():
            given = {"type": "BUDDY", "source": source, "target": target}
            refusals = await client.refusals("relate", {"relationships": [given]})
        assert refusals == [
            {"__typename": "TooMany", "path": ["relationships", "0", place], "limit": 1, "present": [{"id": there}]}
        ]


async def test_an_update_is_refused_by_the_rules_for_new_ones(client: Client, unchanged: Unchanged) -> None:
    """3.5"""
    known = await world(client)
    friends = [
        await client.relate("FRIEND", known["ann"], known["bea"], validFrom=start, validTo=end)
        for start, end in (("2001-01-01", "2002-01-01"), ("2003-01-01", None))
    ]
    team = await client.relate("ACCOUNT_TEAM", known["sam"], known["ost"], responsibility="ACCOUNT_MANAGER")
    signed = await client.relate("CONTRACT", known["ost"], known["west"], properties={"days": 1})
    for given, refusal in (
        (
            {"id": friends[0], "validTo": None},
            {"__typename": "DuplicateRelationship", "path": ["target"], "existing": {"id": friends[1]}},
        ),
        ({"id": friends[0], "validTo": "2000-01-01"}, {"__typename": "EndBeforeStart", "path": ["validTo"]}),
        ({"id": friends[0], "validFrom": "2001"}, {"__typename": "InvalidValue", "path": ["validFrom"]}),
        ({"id": friends[0], "note": "\u0007"}, {"__typename": "InvalidValue", "path": ["note"]}),
        ({"id": team, "responsibility": None}, {"__typename": "MissingResponsibility", "path": ["responsibility"]}),
        (
            {"id": team, "responsibility": "RELATIONSHIP_MANAGER"},
            {"__typename": "WrongResponsibility", "path": ["responsibility"], "codes": ["ACCOUNT_MANAGER"]},
        ),
        ({"id": signed, "properties": {}}, {"__typename": "InvalidProperty", "path": ["properties", "days"]}),
        ({"id": signed, "properties": None}, {"__typename": "InvalidProperty", "path": ["properties", "days"]}),
    ):
        async with unchanged.during():
            assert await client.refusals("updateRelationship", given) == [refusal]


async def test_dates_cannot_be_changed_into_a_cycle_or_beyond_a_limit(client: Client, unchanged: Unchanged) -> None:
    """3.3, 3.5"""
    ost, west, branch = [await client.account() for _ in range(3)]
    down = await client.relate("HEAD_OFFICE", ost, west, validTo="2001-01-01")
    up = await client.relate("HEAD_OFFICE", west, ost, validFrom="2001-01-01")
    old = await client.relate("HEAD_OFFICE", ost, branch, validTo="2001-01-01")
    new = await client.relate("HEAD_OFFICE", west, branch, validFrom="2001-01-01")
    async with unchanged.during():
        assert await client.refusals("updateRelationship", {"id": up, "validFrom": "2000-12-31"}) == [
            {"__typename": "WouldMakeCycle", "path": ["target"], "cycle": [{"id": west}, {"id": ost}]}
        ]
        assert await client.refusals("updateRelationship", {"id": old, "validTo": None}) == [
            {"__typename": "TooMany", "path": ["target"], "limit": 1, "present": [{"id": new}]}
        ]
    assert (await client.do("updateRelationship", {"id": down, "validTo": "2000-01-01"}))["__typename"] == (
        "RelationshipUpdated"
    )
