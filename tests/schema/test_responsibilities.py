"""Responsibilities (SPEC 5.1 to 5.3): what they grant, how they change, who may be given one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from graphdb.graph import Graph
from tests.client import Client
from tests.unchanged import Unchanged

DEFINE, UPDATE = "defineResponsibility", "updateResponsibility"
WHOLE = "code name description holderKinds subjectKinds exclusive grants reach active builtIn version"
DEFINED, UPDATED = (
    f"... on Responsibility{did} {{ responsibility {{ id {WHOLE} }} }}" for did in ("Defined", "Updated")
)
CASES = ["VIEW_PROFILE", "VIEW_CASES", "CREATE_CASES", "MANAGE_CASES"]
STAFF, ACCOUNTS, PEOPLE = ["INTERNAL_USER"], ["ACCOUNT"], ["CONSUMER"]
ROUNDS, RACERS = 3, 8
RESET = """CYPHER 25
MATCH (responsibility:Responsibility {code: 'RELATIONSHIP_MANAGER'})
SET responsibility.name = 'Relationship Manager', responsibility.version = 1
REMOVE responsibility.description"""


def whole(code: str, name: str, **more: Any) -> dict[str, Any]:
    """All of a built-in responsibility."""
    least = {"description": None, "exclusive": False, "active": True, "builtIn": True, "version": 1}
    return {"code": code, "name": name, **least, **more}


BUILT_IN = [
    whole(
        "ACCOUNT_MANAGER",
        "Account Manager",
        holderKinds=STAFF,
        subjectKinds=ACCOUNTS,
        grants=CASES,
        reach=["CONTACTS", "DESCENDANTS"],
    ),
    whole(
        "AUTHORIZED_REPRESENTATIVE",
        "Authorized Representative",
        holderKinds=PEOPLE,
        subjectKinds=PEOPLE,
        grants=CASES,
        reach=[],
    ),
    whole(
        "RELATIONSHIP_MANAGER",
        "Relationship Manager",
        holderKinds=STAFF,
        subjectKinds=["CONSUMER", "HOUSEHOLD"],
        grants=[*CASES, "MANAGE_MEMBERS"],
        reach=["MEMBERS"],
    ),
]
CONTACT: dict[str, Any] = {
    "code": "SCHOOL_CONTACT",
    "name": "School Contact",
    "description": "Whom the school calls.",
    "holderKinds": STAFF,
    "subjectKinds": ["CONSUMER", "HOUSEHOLD"],
    "exclusive": True,
    "grants": ["VIEW_PROFILE", "MANAGE_MEMBERS"],
    "reach": ["MEMBERS"],
}


async def read(client: Client, id: str) -> dict[str, Any]:
    """All of a responsibility."""
    return dict(await client.node(id, f"id ... on Responsibility {{ {WHOLE} }}"))


async def update(client: Client, id: str, **fields: Any) -> dict[str, Any]:
    """A responsibility as an update, which is made, says that it is."""
    answered = await client.do(UPDATE, {"id": id, **fields}, UPDATED)
    assert answered["__typename"] == "ResponsibilityUpdated", answered
    return dict(answered["responsibility"])


async def team(client: Client, account: str, number: int = 0, **more: Any) -> dict[str, Any]:
    """A draft by which somebody new of the staff is to serve an account."""
    staff = await client.user(f"staff{number}@kith.example")
    return {"type": "ACCOUNT_TEAM", "source": staff, "target": account, "responsibility": "BOOKKEEPER", **more}


def misfits(path: str, *examples: str) -> dict[str, Any]:
    """The refusal that these relationships are."""
    ids = [{"id": id} for id in sorted(examples)]
    return {"__typename": "WouldNotFit", "path": [path], "count": len(examples), "examples": ids}


def too_many(*path: str, held: str) -> dict[str, Any]:
    """The refusal where somebody has the responsibility already."""
    return {"__typename": "TooMany", "path": [*path], "limit": 1, "present": [{"id": held}]}


async def test_three_are_built_in(client: Client) -> None:
    """5.2"""
    assert (await client.ask(f"{{ responsibilities {{ {WHOLE} }} }}"))["responsibilities"] == BUILT_IN


async def test_one_is_defined_and_carried_at_once(client: Client) -> None:
    """5.1"""
    made = (await client.do(DEFINE, CONTACT, DEFINED))["responsibility"]
    assert made == {"id": made["id"], **CONTACT, "active": True, "builtIn": False, "version": 1}
    assert await read(client, made["id"]) == made
    sam, ann = await client.user(), await client.consumer()
    id = await client.relate("CONSUMER_TEAM", sam, ann, responsibility="SCHOOL_CONTACT")
    carried = await client.node(id, "... on Relationship { responsibility { id grants } }")
    assert carried["responsibility"] == {"id": made["id"], "grants": ["VIEW_PROFILE", "MANAGE_MEMBERS"]}


async def test_the_least_that_one_is_made_of(client: Client) -> None:
    """5.1: consumers may hold one, too."""
    given = {"code": "FRIEND_IN_NEED", "name": "Friend", "holderKinds": [*PEOPLE, *STAFF], "subjectKinds": PEOPLE}
    made = (await client.do(DEFINE, given, DEFINED))["responsibility"]
    least: dict[str, Any] = {"description": None, "exclusive": False, "grants": [], "reach": []}
    assert made == {"id": made["id"], **given, **least, "active": True, "builtIn": False, "version": 1}


async def test_one_that_cannot_be_is_refused(client: Client, unchanged: Unchanged) -> None:
    """5.1"""
    wrong: list[tuple[dict[str, Any], list[str], str]] = [
        ({"code": "school"}, ["code"], "InvalidValue"),
        ({"code": "ACCOUNT_MANAGER"}, ["code"], "AlreadyTaken"),
        ({"name": " "}, ["name"], "InvalidValue"),
        ({"description": "x" * 2001}, ["description"], "InvalidValue"),
        ({"holderKinds": []}, ["holderKinds"], "InvalidValue"),
        ({"holderKinds": ["ACCOUNT"]}, ["holderKinds"], "InvalidValue"),
        ({"subjectKinds": []}, ["subjectKinds"], "InvalidValue"),
        ({"subjectKinds": ["INTERNAL_USER"]}, ["subjectKinds"], "InvalidValue"),
        ({"holderKinds": PEOPLE}, ["subjectKinds"], "InvalidValue"),
        ({"subjectKinds": PEOPLE}, ["reach"], "InvalidValue"),
        ({"reach": ["MEMBERS", "DESCENDANTS"]}, ["reach"], "InvalidValue"),
    ]
    async with unchanged.during():
        for given, path, refusal in wrong:
            refusals = await client.refusals(DEFINE, {**CONTACT, **given})
            assert [(r["__typename"], r["path"]) for r in refusals] == [(refusal, path)]


async def test_only_the_fields_given_change(client: Client) -> None:
    """5.1, 1.2: each counts as a version; one that changes nothing doesn't."""
    id = (await client.do(DEFINE, CONTACT, DEFINED))["responsibility"]["id"]
    before = await read(client, id)
    wide: dict[str, Any] = {"name": "School", "exclusive": False, "grants": ["VIEW_CASES"], "active": False}
    first = await update(client, id, expectedVersion=1, **wide)
    assert first == {**before, **wide, "version": 2}
    assert await update(client, id, name=" School ") == first == await read(client, id)
    second = await update(client, id, description=None, grants=None, reach=None)
    assert second == {**first, "description": None, "grants": [], "reach": [], "version": 3}


async def test_what_none_can_become_is_refused(client: Client, unchanged: Unchanged) -> None:
    """5.1, 1.2"""
    id = (await client.do(DEFINE, CONTACT, DEFINED))["responsibility"]["id"]
    wrong: list[tuple[dict[str, Any], list[str]]] = [
        ({"name": None}, ["name"]),
        ({"exclusive": None, "active": None}, ["exclusive", "active"]),
        ({"holderKinds": None}, ["holderKinds"]),
        ({"holderKinds": PEOPLE}, ["subjectKinds"]),
        ({"subjectKinds": PEOPLE}, ["reach"]),
    ]
    ann = await client.consumer()
    async with unchanged.during():
        for given, paths in wrong:
            refusals = await client.refusals(UPDATE, {"id": id, **given})
            assert refusals == [{"__typename": "InvalidValue", "path": [path]} for path in paths]
        for given in ({"name": "School"}, {"subjectKinds": ["HOUSEHOLD"]}):
            assert await client.refusals(UPDATE, {"id": id, "expectedVersion": 2, **given}) == [
                {"__typename": "StaleVersion", "path": ["expectedVersion"], "currentVersion": 1, "current": None}
            ]
        for unknown in (ann, "responsibility_01m87xd5tkegbtmp6htq3mjyv9", "x"):
            assert await client.refusals(UPDATE, {"id": unknown}) == [{"__typename": "NotFound", "path": ["id"]}]


@pytest_asyncio.fixture(loop_scope="session")
async def manager(client: Client, graph: Graph) -> AsyncIterator[str]:
    """The id of a built-in responsibility, which is as it was afterwards."""
    found = (await client.ask("{ responsibilities { id code } }"))["responsibilities"]
    yield {r["code"]: r["id"] for r in found}["RELATIONSHIP_MANAGER"]
    await graph.apply(RESET)


async def test_of_a_built_in_one_only_the_texts_change(client: Client, unchanged: Unchanged, manager: str) -> None:
    """5.2"""
    async with unchanged.during():
        for field, value in (
            ("grants", CASES),
            ("reach", []),
            ("exclusive", True),
            ("active", False),
            ("holderKinds", [*STAFF, *PEOPLE]),
            ("subjectKinds", ["HOUSEHOLD"]),
        ):
            refusals = await client.refusals(UPDATE, {"id": manager, field: value})
            assert refusals == [{"__typename": "InvalidValue", "path": [field]}]
    before = await read(client, manager)
    texts = {"name": "Betreuung", "description": "Kennt das Haus."}
    assert await update(client, manager, **texts) == {**before, **texts, "version": 2}


async def test_one_that_is_deactivated_is_kept_but_not_given(client: Client, unchanged: Unchanged) -> None:
    """5.1, 2.5: what carries it goes on, can be changed otherwise, and grants what it did."""
    id = await client.responsibility("BOOKKEEPER", grants=["VIEW_PROFILE"])
    ost = await client.account()
    held = await client.relate_all([await team(client, ost)])
    await update(client, id, active=False)
    new = await team(client, ost, 1)
    inactive = {"__typename": "InactiveResponsibility", "responsibility": {"code": "BOOKKEEPER"}}
    async with unchanged.during():
        refused = await client.refusals("relate", {"relationships": [new]})
        assert refused == [{**inactive, "path": ["relationships", "0", "responsibility"]}]
    await client.do("updateRelationship", {"id": held[0], "note": "n"})
    carried = await client.node(held[0], "... on Relationship { note responsibility { grants active } }")
    assert carried == {"note": "n", "responsibility": {"grants": ["VIEW_PROFILE"], "active": False}}
    other = await client.relate_all([{**new, "responsibility": "ACCOUNT_MANAGER"}])
    async with unchanged.during():
        given = {"id": other[0], "responsibility": "BOOKKEEPER"}
        assert await client.refusals("updateRelationship", given) == [{**inactive, "path": ["responsibility"]}]
        (refusal,) = await client.refusals("updateRelationship", {**given, "responsibility": "NONE"})
        assert refusal["codes"] == ["ACCOUNT_MANAGER"]  # inactive ones are not offered


async def test_kinds_that_are_related_stay(client: Client, unchanged: Unchanged) -> None:
    """5.1, 2.1: also by what is over."""
    kinds = {"holderKinds": [*STAFF, *PEOPLE], "subjectKinds": [*ACCOUNTS, *PEOPLE]}
    id = await client.responsibility("BOOKKEEPER", **kinds)
    ann, bea, ost = await client.consumer(), await client.consumer(), await client.account()
    over = {"validFrom": "2001-01-01", "validTo": "2002-01-01"}
    (served,) = await client.relate_all([await team(client, ost, **over)])
    represented = await client.relate("REPRESENTATIVE", ann, bea, responsibility="BOOKKEEPER")
    await client.relate("REPRESENTATIVE", bea, ann, responsibility="AUTHORIZED_REPRESENTATIVE")
    async with unchanged.during():
        given: dict[str, Any] = {"holderKinds": STAFF, "subjectKinds": ACCOUNTS, "name": "Books"}
        refusals = await client.refusals(UPDATE, {"id": id, **given})
        assert refusals == [misfits("holderKinds", represented), misfits("subjectKinds", represented)]
        assert await client.refusals(UPDATE, {"id": id, "subjectKinds": PEOPLE}) == [misfits("subjectKinds", served)]
    await client.do("removeRelationship", {"id": represented})
    assert (await update(client, id, **given))["subjectKinds"] == ACCOUNTS


async def test_what_several_hold_at_a_time_stays_so(client: Client, unchanged: Unchanged) -> None:
    """5.1: over all types; one after the other may hold an exclusive one."""
    id = await client.responsibility("BOOKKEEPER")
    await client.define("AUDIT", category="TEAM", sourceKinds=STAFF, targetKinds=ACCOUNTS)
    ost, west = await client.account("Ost"), await client.account("West")
    drafts = [
        await team(client, ost, 0, validTo="2021-01-01"),
        await team(client, ost, 1, validFrom="2021-01-01"),
        await team(client, west, 2, validFrom="2021-01-01"),
        {**await team(client, ost, 3, validFrom="2024-01-01"), "type": "AUDIT"},
    ]
    _, one, _, other = await client.relate_all(drafts)
    async with unchanged.during():
        refusals = await client.refusals(UPDATE, {"id": id, "exclusive": True})
        assert refusals == [misfits("exclusive", one, other)]
    await client.do("endRelationship", {"id": one, "on": "2024-01-01"})
    assert (await update(client, id, exclusive=True))["exclusive"] is True


async def test_of_an_exclusive_one_a_second_holder_is_refused(client: Client, unchanged: Unchanged) -> None:
    """5.1, 3.3: on any day, over all types, within one input too."""
    await client.responsibility("BOOKKEEPER", exclusive=True)
    await client.define("AUDIT", category="TEAM", sourceKinds=STAFF, targetKinds=ACCOUNTS)
    ost, west = await client.account("Ost"), await client.account("West")
    (held,) = await client.relate_all([await team(client, ost, 0, validFrom="2001-01-01", validTo="2021-01-01")])
    early = await team(client, ost, 1, validTo="2002-01-01")
    audit = {**await team(client, ost, 2), "type": "AUDIT"}
    inside = [await team(client, west, 3), await team(client, west, 4)]
    async with unchanged.during():
        refused = await client.refusals("relate", {"relationships": [early, audit, *inside]})
        assert refused == [
            too_many("relationships", "0", "responsibility", held=held),
            too_many("relationships", "1", "responsibility", held=held),
            {**too_many("relationships", "3", "responsibility", held=held), "present": []},
        ]
    later, before = {**audit, "validFrom": "2021-01-01"}, {**early, "validTo": "2001-01-01"}
    assert len(await client.relate_all([later, before, inside[0]])) == 3


async def test_who_has_another_responsibility_does_not_come_to_share_an_exclusive_one(
    client: Client, unchanged: Unchanged
) -> None:
    """5.1: by a change of the responsibility, or of a date."""
    await client.responsibility("BOOKKEEPER", exclusive=True)
    ost = await client.account()
    drafts = [
        await team(client, ost, 0, validFrom="2010-01-01"),
        {**await team(client, ost, 1), "responsibility": "ACCOUNT_MANAGER"},
        await team(client, ost, 2, validFrom="2001-01-01", validTo="2005-01-01"),
    ]
    held, manager, early = await client.relate_all(drafts)
    async with unchanged.during():
        given = {"id": manager, "responsibility": "BOOKKEEPER", "validFrom": "2009-01-01"}
        assert await client.refusals("updateRelationship", given) == [too_many("responsibility", held=held)]
        given = {"id": early, "validTo": None}
        assert await client.refusals("updateRelationship", given) == [too_many("responsibility", held=held)]
    await client.do("updateRelationship", {"id": held, "note": "Still."})
    await client.do("updateRelationship", {"id": early, "validTo": "2010-01-01"})
    selection = "... on Relationship { validTo note }"
    assert await client.node(early, selection) == {"validTo": "2010-01-01", "note": None}
    assert await client.node(held, selection) == {"validTo": None, "note": "Still."}


async def test_staff_need_a_role_to_be_given_a_responsibility(client: Client, unchanged: Unchanged) -> None:
    """5.3: at that moment; who has lost it keeps the relationship."""
    sam = await client.user(roles=["ADMIN", "AGENT"])
    ost = await client.account()
    new = {"type": "ACCOUNT_TEAM", "source": sam, "target": ost, "responsibility": "ACCOUNT_MANAGER"}
    missing = {"__typename": "MissingRole", "role": "RELATIONSHIP_AGENT"}
    async with unchanged.during():
        refused = await client.refusals("relate", {"relationships": [new]})
        assert refused == [{**missing, "path": ["relationships", "0", "source"]}]
    await client.do("updateInternalUser", {"id": sam, "roles": ["RELATIONSHIP_AGENT"]})
    id = await client.relate(**new)
    await client.do("updateInternalUser", {"id": sam, "roles": []})
    await client.responsibility("BOOKKEEPER")
    await client.do("updateRelationship", {"id": id, "note": "n", "responsibility": "ACCOUNT_MANAGER"})
    assert await client.node(id, "... on Relationship { note version }") == {"note": "n", "version": 2}
    async with unchanged.during():
        given = {"id": id, "responsibility": "BOOKKEEPER"}
        assert await client.refusals("updateRelationship", given) == [{**missing, "path": ["source"]}]
    await client.do("endRelationship", {"id": id})


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_one_becomes_exclusive_or_is_shared_whoever_is_given_it_meanwhile(client: Client, round: int) -> None:
    """3.7"""
    id = await client.responsibility("BOOKKEEPER")
    ost = await client.account()
    drafts = [await team(client, ost, number) for number in range(RACERS)]
    told = Counter[str]()

    async def relate(draft: dict[str, Any]) -> None:
        answer = await client.do("relate", {"relationships": [draft]})
        told.update(refusal["__typename"] for refusal in answer.get("refusals", [answer]))

    async def narrow() -> str:
        await asyncio.sleep(0.01 * round)
        return str((await client.do(UPDATE, {"id": id, "exclusive": True}))["__typename"])

    narrowing, *_ = await asyncio.gather(narrow(), *(relate(draft) for draft in drafts))
    exclusive = (await read(client, id))["exclusive"]
    assert set(told) <= {"Related", "TooMany"}
    assert (narrowing, exclusive, told["Related"] <= 1) in [
        ("ResponsibilityUpdated", True, True),
        ("Refused", False, False),
    ]


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_of_many_who_change_a_version_one_does(client: Client, round: int) -> None:
    """1.2: also where each makes it narrower."""
    id = await client.responsibility("BOOKKEEPER", subjectKinds=[*ACCOUNTS, *PEOPLE])
    kinds = [ACCOUNTS, PEOPLE] * (RACERS // 2)
    answers = await asyncio.gather(
        *(client.do(UPDATE, {"id": id, "expectedVersion": 1, "subjectKinds": some}) for some in kinds)
    )
    told = Counter(answer.get("refusals", [answer])[0]["__typename"] for answer in answers)
    assert told == {"ResponsibilityUpdated": 1, "StaleVersion": RACERS - 1}
    assert (await read(client, id))["version"] == 2


async def test_a_narrowing_is_done_once_for_its_key(client: Client) -> None:
    """11.2"""
    id = await client.responsibility("BOOKKEEPER")
    given = {"id": id, "expectedVersion": 1, "exclusive": True, "idempotencyKey": "k"}
    selection = "... on ResponsibilityUpdated { operation { id kind } responsibility { version exclusive } }"
    told = await asyncio.gather(*(client.do(UPDATE, given, selection) for _ in range(2)))
    told.append(await client.do(UPDATE, given, selection))
    assert told[0]["responsibility"] == {"version": 2, "exclusive": True}
    assert told == [told[0]] * 3


async def test_what_was_defined_and_changed_is_kept(client: Client) -> None:
    """2, 6.5: in no party's history; of a change what differs."""
    kept = "operation { kind changes { edges { node { record party { id } old new } } } }"
    made = await client.do(DEFINE, CONTACT, f"... on ResponsibilityDefined {{ responsibility {{ id }} {kept} }}")
    id = made["responsibility"]["id"]
    (edge,) = made["operation"]["changes"]["edges"]
    new = edge["node"].pop("new")
    assert (made["operation"]["kind"], edge["node"]) == (DEFINE, {"record": id, "party": None, "old": None})
    assert (new["code"], new["grants"], new["holder_kinds"]) == (CONTACT["code"], CONTACT["grants"], ["InternalUser"])
    given = {"id": id, "grants": [], "exclusive": False}
    changed = await client.do(UPDATE, given, f"... on ResponsibilityUpdated {{ {kept} }}")
    (edge,) = changed["operation"]["changes"]["edges"]
    old, new = {"grants": CONTACT["grants"], "exclusive": True}, {"grants": [], "exclusive": False}
    assert edge["node"] == {"record": id, "party": None, "old": old, "new": new}
