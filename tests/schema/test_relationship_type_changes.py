"""Relationship types change: what may, and what is stored stands in the way of (SPEC 2.1, 2.3, 2.5)."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from domain.ids import PartyId, RelationshipTypeId, new_relationship_id
from domain.partial_dates import Period
from domain.relationships import Relationship
from domain.type_changes import changed, narrowed
from graphdb import definitions, parties, relationship_types, relationships
from graphdb.graph import Graph, Transaction
from graphdb.local import Server
from kith.context import Contexts
from kith.settings import Settings
from resolvers.context import Context
from resolvers.reading.seam import Schema
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.unchanged import Unchanged

UPDATE = "updateRelationshipType"
TYPE = """code name label reverseLabel description category sourceKinds targetKinds symmetric acyclic maxPerSource
    maxPerTarget roles roleGrants { role grants } active builtIn version
    properties { code name kind required choices }"""
UPDATED = f"... on RelationshipTypeUpdated {{ relationshipType {{ {TYPE} }} }}"
TYPES = "{ relationshipTypes { id code } }"
LEVELS = {"code": "level", "name": "Level", "kind": "CHOICE", "choices": ["LOW", "HIGH"]}
SINCE = {"code": "since", "name": "Since", "kind": "DATE"}
ROUNDS, RACERS = 3, 8
RESET = """CYPHER 25
MATCH (type:RelationshipType {code: 'FAMILY_ACCOUNT'})
SET type.name = 'Family account', type.label = 'is member of', type.roles = ['OWNER', 'MEMBER'],
    type.role_grants = [], type.version = 1"""


async def type_id(client: Client, code: str) -> str:
    """The id of a type."""
    types = (await client.ask(TYPES))["relationshipTypes"]
    return str({type["code"]: type["id"] for type in types}[code])


async def tutor(client: Client, **fields: Any) -> str:
    """The id of a new type TUTOR, which relates customers of any kind unless told otherwise."""
    kinds = {"sourceKinds": ["CONSUMER", "ACCOUNT"], "targetKinds": ["CONSUMER", "ACCOUNT"]}
    given = {"category": "LOOSE", "label": "teaches", "reverseLabel": "learns from", **kinds, **fields}
    return await type_id(client, await client.define("TUTOR", **given))


async def read(client: Client, id: str) -> dict[str, Any]:
    """All of a type."""
    return dict(await client.node(id, f"... on RelationshipType {{ {TYPE} }}"))


async def update(client: Client, id: str, **fields: Any) -> dict[str, Any]:
    """A type as an update, which is made, says that it is."""
    answered = await client.do(UPDATE, {"id": id, **fields}, UPDATED)
    assert answered["__typename"] == "RelationshipTypeUpdated", answered
    return dict(answered["relationshipType"])


def misfits(path: str, *examples: str) -> dict[str, Any]:
    """The refusal that these relationships are."""
    return {
        "__typename": "WouldNotFit",
        "path": [path],
        "count": len(examples),
        "examples": [{"id": id} for id in sorted(examples)],
    }


async def on_trial(client: Client, id: str) -> None:
    """Returns when a type has a limit at its sources."""
    async with asyncio.timeout(10):
        while (await read(client, id))["maxPerSource"] is None:  # noqa: ASYNC110  what tells it is in the database
            await asyncio.sleep(0.01)


@pytest_asyncio.fixture(loop_scope="session")
async def family_account(client: Client, graph: Graph) -> AsyncIterator[str]:
    """The id of a built-in type of groups, which is as it was afterwards."""
    yield await type_id(client, "FAMILY_ACCOUNT")
    await graph.apply(RESET)


async def test_only_the_fields_given_change(client: Client) -> None:
    """2.1, 1.2: each counts as a version; one that changes nothing doesn't."""
    id = await tutor(client, properties=[SINCE])
    before = await read(client, id)
    wide = {"name": "Teacher", "reverseLabel": "is taught by", "maxPerSource": 7, "active": False}
    first = await update(client, id, expectedVersion=1, **wide)
    assert first == {**before, **wide, "version": 2}
    second = await update(client, id, description="Of anything", maxPerSource=None, properties=[SINCE, LEVELS])
    assert second["properties"] == [
        {**SINCE, "required": False, "choices": []},
        {**LEVELS, "required": False},
    ]
    assert second == {
        **first,
        "description": "Of anything",
        "maxPerSource": None,
        "version": 3,
        "properties": second["properties"],
    }
    assert await update(client, id, name="Teacher") == second == await read(client, id)
    assert (await update(client, id, description=None))["description"] is None


async def test_a_stale_version_is_refused(client: Client, unchanged: Unchanged) -> None:
    """1.2: of one that would make it narrower, too."""
    id = await tutor(client)
    await update(client, id, name="Teacher")
    for given in ({"name": "Tutor"}, {"maxPerSource": 1}):
        async with unchanged.during():
            assert await client.refusals(UPDATE, {"id": id, "expectedVersion": 1, **given}) == [
                {"__typename": "StaleVersion", "path": ["expectedVersion"], "currentVersion": 2, "current": None}
            ]


async def test_what_is_no_type_cannot_be_changed(client: Client, unchanged: Unchanged) -> None:
    """2.1"""
    ids = [await client.consumer(), "relationship_type_01m87xd5tje62avxydas8bqwk9", "x"]
    async with unchanged.during():
        for id in ids:
            refusals = await client.refusals(UPDATE, {"id": id, "name": "Teacher"})
            assert refusals == [{"__typename": "NotFound", "path": ["id"]}]


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        ({"name": None, "label": "", "reverseLabel": None}, ["label", "name", "reverseLabel"]),
        ({"acyclic": None, "active": None}, ["acyclic", "active"]),
        ({"sourceKinds": ["HOUSEHOLD", "INTERNAL_USER"], "targetKinds": []}, ["sourceKinds", "targetKinds"]),
        ({"maxPerSource": 0, "maxPerTarget": 10_001}, ["maxPerSource", "maxPerTarget"]),
        ({"roles": ["HEAD"]}, ["roles"]),
    ],
)
async def test_what_no_type_can_be_is_refused(
    client: Client, unchanged: Unchanged, given: dict[str, Any], paths: list[str]
) -> None:
    """2.1"""
    id = await tutor(client)
    async with unchanged.during():
        refusals = await client.refusals(UPDATE, {"id": id, **given})
        assert refusals == [{"__typename": "InvalidValue", "path": [path]} for path in paths]


async def test_a_built_in_type_is_translated_and_gets_roles(client: Client, family_account: str) -> None:
    """2.3"""
    before = await read(client, family_account)
    given = {"name": "Familienkonto", "label": "gehört zu", "roles": ["OWNER", "CHILD", "MEMBER"]}
    assert await update(client, family_account, **given) == {**before, **given, "version": 2}
    ann, bea = await client.consumer(), await client.consumer("Bea")
    group = await client.group([{"party": ann}, {"party": bea}])
    await client.member(group, await client.consumer("Cid"), role="CHILD")


async def test_a_role_that_is_added_carries_grants(client: Client, family_account: str) -> None:
    """5.1: what roles grant changes at any time, and goes with the role."""
    before = await read(client, family_account)
    assert before["roleGrants"] == []
    roles, cases = ["OWNER", "MEMBER", "SCHOOL_HELPER"], ["VIEW_PROFILE", "VIEW_CASES"]
    helper, owner = {"role": "SCHOOL_HELPER", "grants": ["VIEW_PROFILE"]}, {"role": "OWNER", "grants": cases}
    given: dict[str, Any] = {
        "roles": roles,
        "roleGrants": [helper, {"role": "OWNER", "grants": [*reversed(cases)] * 2}],
    }
    after = await update(client, family_account, **given)
    assert after == {**before, "roles": roles, "roleGrants": [owner, helper], "version": 2}
    members = [{"party": await client.consumer(), "role": role} for role in ("OWNER", "SCHOOL_HELPER")]
    await client.group(members)
    given = {"roleGrants": [{"role": "OWNER", "grants": []}, helper]}
    assert (await update(client, family_account, **given))["roleGrants"] == [helper]
    assert (await update(client, family_account, name="Family"))["roleGrants"] == [helper]
    assert (await update(client, family_account, roleGrants=None))["roleGrants"] == []


async def test_a_role_that_goes_takes_its_grants_along(client: Client, unchanged: Unchanged) -> None:
    """5.1: while somebody has it, neither goes."""
    grants = [{"role": role, "grants": ["VIEW_PROFILE"]} for role in ("COACH", "PLAYER")]
    kinds = {"category": "GROUP", "sourceKinds": ["CONSUMER"], "targetKinds": ["GROUP"]}
    id = await tutor(client, **kinds, roles=["COACH", "PLAYER"], roleGrants=grants)
    members = [{"party": await client.consumer(), "role": "PLAYER"} for _ in range(2)]
    await client.group(members, type="TUTOR")
    async with unchanged.during():
        (refusal,) = await client.refusals(UPDATE, {"id": id, "roles": ["COACH"]})
        assert (refusal["__typename"], refusal["path"], refusal["count"]) == ("WouldNotFit", ["roles"], 2)
    after = await update(client, id, roles=["PLAYER"])
    assert (after["roles"], after["roleGrants"]) == (["PLAYER"], grants[1:])


async def test_grants_of_what_is_no_role_are_refused(client: Client, unchanged: Unchanged) -> None:
    """5.1"""
    none, owner = ({"role": role, "grants": ["VIEW_PROFILE"]} for role in ("NONE", "OWNER"))
    household, friend = await type_id(client, "FAMILY_ACCOUNT"), await type_id(client, "FRIEND")
    async with unchanged.during():
        for id, given, places in (
            (household, {"roleGrants": [owner, none, owner]}, ["1", "2"]),
            (friend, {"roleGrants": [owner]}, ["0"]),
        ):
            refusals = await client.refusals(UPDATE, {"id": id, **given})
            assert refusals == [{"__typename": "InvalidValue", "path": ["roleGrants", n, "role"]} for n in places]


@pytest.mark.parametrize(
    ("code", "given", "path"),
    [
        ("FAMILY_ACCOUNT", {"roles": ["OWNER"]}, "roles"),
        ("FAMILY_ACCOUNT", {"active": False}, "active"),
        ("FAMILY_ACCOUNT", {"sourceKinds": ["CONSUMER"]}, "sourceKinds"),
        ("FAMILY_ACCOUNT", {"maxPerSource": 1}, "maxPerSource"),
        ("PARENT", {"acyclic": False}, "acyclic"),
        ("PARENT", {"properties": [SINCE]}, "properties"),
        ("HEAD_OFFICE", {"maxPerTarget": 2}, "maxPerTarget"),
        ("HOUSEHOLD_REPRESENTATIVE", {"active": False}, "active"),
        ("HOUSEHOLD_REPRESENTATIVE", {"withinHousehold": False}, "withinHousehold"),
        ("FRIEND", {"withinHousehold": True}, "withinHousehold"),
    ],
)
async def test_of_a_built_in_type_nothing_else_changes(
    client: Client, unchanged: Unchanged, code: str, given: dict[str, Any], path: str
) -> None:
    """2.3"""
    id = await type_id(client, code)
    async with unchanged.during():
        refusals = await client.refusals(UPDATE, {"id": id, **given})
        assert refusals == [{"__typename": "InvalidValue", "path": [path]}]


async def test_kinds_that_are_related_stay(client: Client, unchanged: Unchanged) -> None:
    """2.1: also by what is over."""
    id = await tutor(client)
    ann, ost = await client.consumer(), await client.account()
    one = await client.relate("TUTOR", ann, ost)
    other = await client.relate("TUTOR", ost, ann, validFrom="2001-01-01", validTo="2002-01-01")
    async with unchanged.during():
        given: dict[str, Any] = {"id": id, "sourceKinds": ["ACCOUNT"], "targetKinds": ["ACCOUNT"], "name": "Teacher"}
        refusals = await client.refusals(UPDATE, given)
        assert refusals == [misfits("sourceKinds", one), misfits("targetKinds", other)]
    await client.do("removeRelationship", {"id": one})
    assert (await update(client, id, sourceKinds=["ACCOUNT"]))["sourceKinds"] == ["ACCOUNT"]
    given = {"relationships": [{"type": "TUTOR", "source": ann, "target": ost}]}
    refused = await client.refusals("relate", given)
    assert refused == [{"__typename": "WrongKind", "path": ["relationships", "0", "source"], "kinds": ["ACCOUNT"]}]


@pytest.mark.parametrize(("limit", "turned"), [("maxPerSource", False), ("maxPerTarget", True)])
async def test_a_limit_that_is_passed_on_any_day_is_refused(
    client: Client, unchanged: Unchanged, limit: str, turned: bool
) -> None:
    """2.1, 3.3: those that stand on one day with too many are counted, others not."""
    id = await tutor(client)
    hub, *far = [await client.consumer(str(number)) for number in range(4)]
    periods = [("2001-01-01", "2002-01-01"), ("2001-06-01", "2003-01-01"), ("2003-01-01", None)]
    ids = []
    for other, (start, end) in zip(far, periods, strict=True):
        source, target = (other, hub) if turned else (hub, other)
        ids.append(await client.relate("TUTOR", source, target, validFrom=start, validTo=end))
    async with unchanged.during():
        assert await client.refusals(UPDATE, {"id": id, limit: 1}) == [misfits(limit, *ids[:2])]
    assert (await update(client, id, **{limit: 2}))[limit] == 2


async def test_limits_of_a_symmetric_type_count_both_ends(client: Client, unchanged: Unchanged) -> None:
    """2.1, 2.4"""
    await client.define("PAIR", category="LOOSE", symmetric=True, reverseLabel=None)
    id = await type_id(client, "PAIR")
    one, two, three = [await client.account() for _ in range(3)]
    ids = [await client.relate("PAIR", one, two), await client.relate("PAIR", two, three)]
    async with unchanged.during():
        given = {"id": id, "maxPerSource": 1, "maxPerTarget": 1}
        assert await client.refusals(UPDATE, given) == [misfits("maxPerSource", *ids)]
    await client.do("removeRelationship", {"id": ids[0]})
    assert (await update(client, id, maxPerSource=1, maxPerTarget=1))["version"] == 2


async def test_cycles_that_are_there_stand_in_the_way_of_acyclic(client: Client, unchanged: Unchanged) -> None:
    """2.1, 3.3: a cycle counts over all acyclic types of the edge, on a day on which all of it holds."""
    await client.define("OWNER", acyclic=True)
    await client.define("BOSS")
    id = await type_id(client, "BOSS")
    one, two, three = [await client.account() for _ in range(3)]
    await client.relate("OWNER", one, two)
    closing = await client.relate("BOSS", two, one, validFrom="2001-01-01", validTo="2002-01-01")
    await client.relate("BOSS", two, three, validFrom="2003-01-01")
    await client.relate("BOSS", three, two, validTo="2003-01-01")
    async with unchanged.during():
        assert await client.refusals(UPDATE, {"id": id, "acyclic": True}) == [misfits("acyclic", closing)]
    await client.do("removeRelationship", {"id": closing})
    assert (await update(client, id, acyclic=True))["acyclic"] is True
    given = {"relationships": [{"type": "BOSS", "source": two, "target": one}]}
    assert [refusal["__typename"] for refusal in await client.refusals("relate", given)] == ["WouldMakeCycle"]


async def test_a_role_that_is_held_stays(client: Client, unchanged: Unchanged) -> None:
    """2.1"""
    roles = ["CAPTAIN", "COACH", "PLAYER"]
    await client.define("CLUB", category="GROUP", sourceKinds=["CONSUMER"], targetKinds=["GROUP"], roles=roles)
    id = await type_id(client, "CLUB")
    ann, bea, cid = [await client.consumer(str(number)) for number in range(3)]
    group = await client.group([{"party": ann}, {"party": bea}], type="CLUB")
    captain = await client.member(group, cid, role="CAPTAIN")
    async with unchanged.during():
        assert await client.refusals(UPDATE, {"id": id, "roles": ["PLAYER"]}) == [misfits("roles", captain)]
    assert (await update(client, id, roles=["PLAYER", "CAPTAIN"]))["roles"] == ["PLAYER", "CAPTAIN"]


@pytest.mark.parametrize(
    "properties",
    [
        [SINCE],
        [],
        [SINCE, {**LEVELS, "choices": ["LOW", "MIDDLE"]}],
        [SINCE, {**LEVELS, "kind": "DATE", "choices": None}],
    ],
    ids=["a property", "all of them", "a choice", "another kind"],
)
async def test_a_property_or_choice_that_is_used_stays(
    client: Client, unchanged: Unchanged, properties: list[dict[str, Any]]
) -> None:
    """2.1: only relationships that have a value count."""
    id = await tutor(client, properties=[SINCE, LEVELS])
    one, two = await client.consumer(), await client.consumer("Bea")
    high = await client.relate("TUTOR", one, two, properties={"level": "HIGH"})
    await client.relate("TUTOR", two, one)
    async with unchanged.during():
        refusals = await client.refusals(UPDATE, {"id": id, "properties": properties})
        assert refusals == [misfits("properties", high)]
    await client.do("updateRelationship", {"id": high, "properties": {}})
    told = [property["code"] for property in (await update(client, id, properties=properties))["properties"]]
    assert told == [property["code"] for property in properties]


async def test_a_new_required_property_binds_new_and_edited_ones(client: Client) -> None:
    """2.1"""
    id = await tutor(client)
    one, two = await client.consumer(), await client.consumer("Bea")
    old = await client.relate("TUTOR", one, two)
    await update(client, id, properties=[{**SINCE, "required": True}])
    missing = {"__typename": "InvalidProperty", "path": ["properties", "since"]}
    new = {"type": "TUTOR", "source": two, "target": one}
    assert await client.refusals("relate", {"relationships": [new]}) == [
        {**missing, "path": ["relationships", "0", *missing["path"]]}
    ]
    assert await client.refusals("updateRelationship", {"id": old, "note": "n"}) == [missing]
    given = {"id": old, "note": "n", "properties": {"since": "2001-01-01"}}
    assert (await client.do("updateRelationship", given))["__typename"] == "RelationshipUpdated"
    assert (await client.do("endRelationship", {"id": old}))["__typename"] == "RelationshipEnded"


async def test_a_deactivated_type_takes_no_new_relationships_and_keeps_the_old(client: Client) -> None:
    """2.5: they are still changed and ended."""
    id = await tutor(client)
    one, two = await client.consumer(), await client.consumer("Bea")
    old = await client.relate("TUTOR", one, two)
    assert (await update(client, id, active=False))["active"] is False
    new = {"type": "TUTOR", "source": two, "target": one}
    refused = {"__typename": "InactiveRelationshipType", "path": ["relationships", "0", "type"]}
    assert await client.refusals("relate", {"relationships": [new]}) == [{**refused, "type": {"code": "TUTOR"}}]
    assert (await client.do("updateRelationship", {"id": old, "note": "n"}))["__typename"] == "RelationshipUpdated"
    assert (await client.do("endRelationship", {"id": old}))["__typename"] == "RelationshipEnded"
    assert await client.node(old, "... on Relationship { note type { active } }") == {
        "note": "n",
        "type": {"active": False},
    }
    assert (await update(client, id, active=True))["active"] is True
    await client.relate("TUTOR", two, one)


async def test_who_began_to_relate_before_is_waited_for_and_counted(
    client: Client, context: Context, graph: Graph
) -> None:
    """2.1, 3.7: who relates takes no lock of the type's."""
    id = await tutor(client)
    one, two, three = [PartyId(await client.consumer(str(number))) for number in range(3)]
    early = await client.relate("TUTOR", one, two)
    begun, free = asyncio.Event(), asyncio.Event()

    late = Relationship(id=new_relationship_id(), type="TUTOR", source=one, target=three, period=Period(None, None))

    async def slow(tx: Transaction) -> None:
        types = (await definitions.stored(tx)).types
        begun.set()
        await free.wait()
        await parties.lock(tx, sorted([one, three]))
        await relationships.create(tx, [late], types, context.now, "tests")

    relating = asyncio.create_task(graph.write(slow, "relate"))
    await begun.wait()
    narrowing = asyncio.create_task(client.do(UPDATE, {"id": id, "maxPerSource": 1}))
    await on_trial(client, id)
    given = {"relationships": [{"type": "TUTOR", "source": one, "target": three}]}
    assert [refusal["__typename"] for refusal in await client.refusals("relate", given)] == ["TooMany"]
    assert not narrowing.done()
    free.set()
    await relating
    (refusal,) = (await narrowing)["refusals"]
    assert refusal.pop("message") == "2 relationships would not fit."
    assert refusal == misfits("maxPerSource", early, late.id)
    after = await read(client, id)
    assert (after["maxPerSource"], after["version"]) == (None, 1)


async def test_a_trial_that_was_left_by_a_crash_ends_with_the_next_change(client: Client, context: Context) -> None:
    """2.1: until then the narrower rule holds; a change under way finds that its place was taken."""
    id = await tutor(client)
    one, two, three = [await client.consumer(str(number)) for number in range(3)]
    await client.relate("TUTOR", one, two)

    async def left(tx: Transaction) -> None:
        found = await relationship_types.locked(tx, RelationshipTypeId(id))
        assert found
        narrower = narrowed(found.type, changed(found.type, {"max_per_source": 1}))
        await relationship_types.tighten(tx, found.type, narrower, "somebody's")

    await context.graph.write(left, UPDATE)
    given = {"relationships": [{"type": "TUTOR", "source": one, "target": three}]}
    assert [refusal["__typename"] for refusal in await client.refusals("relate", given)] == ["TooMany"]
    after = await update(client, id, expectedVersion=1)
    assert (after["maxPerSource"], after["version"]) == (None, 2)
    await client.relate("TUTOR", one, three)


async def test_one_request_sent_twice_makes_a_type_narrower_once(client: Client) -> None:
    """11.2: at the same time, and afterwards, though the version has changed."""
    id = await tutor(client)
    given = {"id": id, "expectedVersion": 1, "maxPerSource": 1, "idempotencyKey": "k"}
    selection = "... on RelationshipTypeUpdated { operation { id } relationshipType { version maxPerSource } }"
    told = await asyncio.gather(*(client.do(UPDATE, given, selection) for _ in range(2)))
    told.append(await client.do(UPDATE, given, selection))
    assert told[0]["relationshipType"] == {"version": 2, "maxPerSource": 1}
    assert told == [told[0]] * 3


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_a_limit_holds_whoever_relates_meanwhile(client: Client, graph: Graph, round: int) -> None:
    """3.7: or it was refused."""
    id = await tutor(client)
    hub, *far = [await client.consumer(str(number)) for number in range(RACERS + 1)]
    told = Counter[str]()

    async def relate(other: str) -> None:
        given = {"relationships": [{"type": "TUTOR", "source": hub, "target": other}]}
        answer = await client.do("relate", given)
        told.update(refusal["__typename"] for refusal in answer.get("refusals", [answer]))

    async def narrow() -> str:
        await asyncio.sleep(0.01 * round)
        return str((await client.do(UPDATE, {"id": id, "maxPerSource": 2}))["__typename"])

    narrowing, *_ = await asyncio.gather(narrow(), *(relate(other) for other in far))
    limit = (await read(client, id))["maxPerSource"]
    assert set(told) <= {"Related", "TooMany"}
    assert (narrowing, limit, told["Related"] <= 2) in [
        ("RelationshipTypeUpdated", 2, True),
        ("Refused", None, False),
    ]


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_no_cycle_is_closed_whoever_relates_meanwhile(client: Client, round: int) -> None:
    """3.7: or acyclic was refused."""
    await client.define("BOSS")
    id = await type_id(client, "BOSS")
    ring = [await client.account() for _ in range(RACERS)]

    async def relate(place: int) -> str:
        new = {"type": "BOSS", "source": ring[place], "target": ring[(place + 1) % RACERS]}
        return str((await client.do("relate", {"relationships": [new]}))["__typename"])

    narrowing, *told = await asyncio.gather(
        client.do(UPDATE, {"id": id, "acyclic": True}), *(relate(place) for place in range(RACERS))
    )
    acyclic = (await read(client, id))["acyclic"]
    assert (narrowing["__typename"], acyclic, told.count("Related") < RACERS) in [
        ("RelationshipTypeUpdated", True, True),
        ("Refused", False, False),
    ]


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_a_type_is_deactivated_while_others_relate(client: Client, round: int) -> None:
    """2.5: each is related, as if just before, or told that the type takes no more; afterwards nobody is."""
    id = await tutor(client)
    hub, *far = [await client.consumer(str(number)) for number in range(RACERS + 1)]

    def new(other: str) -> dict[str, Any]:
        return {"relationships": [{"type": "TUTOR", "source": hub, "target": other}]}

    updated, *told = await asyncio.gather(
        client.do(UPDATE, {"id": id, "active": False}), *(client.do("relate", new(other)) for other in far)
    )
    assert updated["__typename"] == "RelationshipTypeUpdated"
    answers = {refusal["__typename"] for answer in told for refusal in answer.get("refusals", [answer])}
    assert answers <= {"Related", "InactiveRelationshipType"}
    after = await client.refusals("relate", new(await client.consumer()))
    assert [refusal["__typename"] for refusal in after] == ["InactiveRelationshipType"]


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_of_many_who_change_a_version_one_does(client: Client, round: int) -> None:
    """1.2: also where each makes it narrower."""
    id = await tutor(client)
    given = [{"id": id, "expectedVersion": 1, "maxPerSource": 1 + number} for number in range(RACERS)]
    answers = await asyncio.gather(*(client.do(UPDATE, each) for each in given))
    told = Counter(answer.get("refusals", [answer])[0]["__typename"] for answer in answers)
    assert told == {"RelationshipTypeUpdated": 1, "StaleVersion": RACERS - 1}
    assert (await read(client, id))["version"] == 2


async def test_another_replica_learns_of_a_change_before_it_relates(
    client: Client, server: Server, schema: Schema, settings: Settings
) -> None:
    """2.1, 3.5: what to lock it guesses by the types it last saw, and asks again where they have changed."""
    id = await tutor(client)
    one, *others = [await client.consumer(str(number)) for number in range(5)]
    at = server.endpoint
    graph = Graph.at(at.uri, at.user, at.password)
    context = Contexts(graph, settings).of(ADMINISTRATOR)

    async def relate(target: str) -> str:
        given = {"relationships": [{"type": "TUTOR", "source": one, "target": target}]}
        document = """mutation($input: RelateInput!) { relate(input: $input) {
            __typename ... on Refused { refusals { __typename } } } }"""
        answer = (await schema.execute(document, {"input": given}, context)).data["relate"]  # type: ignore[index]
        return ",".join(refusal["__typename"] for refusal in answer.get("refusals", [])) or answer["__typename"]

    assert await relate(others[0]) == "Related"
    await update(client, id, maxPerSource=2)
    assert [await relate(other) for other in others[1:3]] == ["Related", "TooMany"]
    await update(client, id, maxPerSource=None, acyclic=True)
    assert await relate(others[3]) == "Related"
    await update(client, id, active=False)
    assert await relate(others[2]) == "InactiveRelationshipType"
    await graph.close()
