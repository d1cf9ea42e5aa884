"""What every kind of party has (SPEC 1.1, 1.2)."""

from datetime import UTC, datetime

import pytest
from typeid import TypeID

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.kinds import KINDS, Kind
from tests.unchanged import Unchanged

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.type)
BY = "query($by: PartyBy!) { party(by: $by) { id } }"


@each_kind
async def test_a_party_is_created_with_an_id_that_tells_its_kind(client: Client, kind: Kind) -> None:
    """1.2: a TypeID, its UUID of version 7."""
    id = TypeID.from_string(await kind.new(client))
    assert id.prefix == kind.prefix
    assert id.uuid.version == 7


@each_kind
async def test_a_new_party_is_at_version_1_and_was_created_now(client: Client, kind: Kind) -> None:
    """1.2"""
    before = datetime.now(UTC)
    made = await kind.create(client, "name version createdAt updatedAt externalIds { system value }")
    assert before <= datetime.fromisoformat(made["createdAt"]) <= datetime.now(UTC)
    assert made == {
        "name": "Ann",
        "version": 1,
        "createdAt": made["createdAt"],
        "updatedAt": made["createdAt"],
        "externalIds": [],
    }


@each_kind
async def test_the_version_counts_the_changes_of_a_partys_own_fields(client: Client, kind: Kind) -> None:
    """1.2"""
    made = await kind.create(client, "id createdAt")
    changed = await kind.update(client, made["id"], "name version createdAt updatedAt", **kind.renamed)
    assert changed["updatedAt"] > made["createdAt"]
    assert changed == {
        "name": "Bea",
        "version": 2,
        "createdAt": made["createdAt"],
        "updatedAt": changed["updatedAt"],
    }


@each_kind
async def test_an_update_to_what_it_was_is_no_change(client: Client, kind: Kind) -> None:
    """1.2"""
    made = await kind.create(client, "id name version updatedAt")
    given = {name: value for name, value in kind.given.items() if name != "type"}
    assert await kind.update(client, made["id"], "id name version updatedAt", **given) == made


@each_kind
async def test_an_update_of_the_version_expected_is_made(client: Client, kind: Kind) -> None:
    """1.2"""
    id = await kind.new(client)
    assert await kind.update(client, id, "version", expectedVersion=1, **kind.renamed) == {"version": 2}


@each_kind
async def test_an_update_that_names_a_stale_version_is_refused_with_the_current_one(
    client: Client, kind: Kind, unchanged: Unchanged
) -> None:
    """1.2"""
    id = await kind.new(client)
    await kind.update(client, id, "version", **kind.renamed)
    async with unchanged.during():
        refusals = await client.refusals(f"update{kind.type}", {"id": id, "expectedVersion": 1, **kind.renamed})
    current = {"id": id, "version": 2}
    assert refusals == [
        {"__typename": "StaleVersion", "path": ["expectedVersion"], "currentVersion": 2, "current": current}
    ]


@each_kind
async def test_an_update_of_nobody_is_refused(client: Client, kind: Kind, unchanged: Unchanged) -> None:
    """1.2: an id that nobody has, and one that is none."""
    unknown = str(TypeID(prefix=kind.prefix))
    for id in (unknown, "nobody"):
        async with unchanged.during():
            refusals = await client.refusals(f"update{kind.type}", {"id": id, **kind.renamed})
        assert refusals == [{"__typename": "NotFound", "path": ["id"]}]


@each_kind
async def test_an_update_of_another_kind_is_refused(client: Client, kind: Kind, unchanged: Unchanged) -> None:
    """1.2: the id tells its kind, so that the graph is not asked."""
    other = KINDS[KINDS.index(kind) - 1]
    id = await other.new(client)
    async with unchanged.during():
        refusals = await client.refusals(f"update{kind.type}", {"id": id, **kind.renamed})
    name = kind.prefix.upper()
    assert refusals == [{"__typename": "WrongKind", "path": ["id"], "kinds": [name]}]


async def test_relating_two_parties_changes_neithers_version(client: Client) -> None:
    """1.2"""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    selection = "... on Consumer { version updatedAt }"
    before = [await client.node(id, selection) for id in (ann, bea)]
    await client.relate("FRIEND", ann, bea)
    assert [await client.node(id, selection) for id in (ann, bea)] == before
    assert [party["version"] for party in before] == [1, 1]


@each_kind
async def test_external_ids_are_kept_in_order_and_replaced_as_a_whole(client: Client, kind: Kind) -> None:
    """1.2"""
    selection = "externalIds { system value } version"
    crm, erp, web = ({"system": system, "value": "7"} for system in ("crm", "erp", "web"))
    id = await kind.new(client, externalIds=[erp, crm, erp])
    renamed = await kind.update(client, id, selection, **kind.renamed)
    assert renamed == {"externalIds": [crm, erp], "version": 2}
    replaced = await kind.update(client, id, selection, externalIds=[web, erp])
    assert replaced == {"externalIds": [erp, web], "version": 3}
    assert await kind.update(client, id, selection, externalIds=None) == {"externalIds": [], "version": 4}


@each_kind
async def test_an_external_id_is_unique_in_its_system(client: Client, kind: Kind, unchanged: Unchanged) -> None:
    """1.2: the refusal names its place and who has it; in another system the same value is free."""
    holder = await client.consumer(externalIds=[{"system": "crm", "value": "7"}])
    given = {**kind.given, "externalIds": [{"system": "erp", "value": "7"}, {"system": "crm", "value": "7"}]}
    if kind.type == "Group":
        given["members"] = [{"party": await client.consumer()}, {"party": await client.consumer()}]
    async with unchanged.during():
        refusals = await client.refusals(f"create{kind.type}", given)
    taken = {"__typename": "AlreadyTaken", "path": ["externalIds", "1"], "by": {"id": holder}}
    assert refusals == [taken]
    id = await kind.new(client)
    async with unchanged.during():
        assert await client.refusals(f"update{kind.type}", {"id": id, "externalIds": given["externalIds"]}) == [taken]


async def test_an_external_id_given_up_can_be_taken_by_another(client: Client) -> None:
    """1.2"""
    crm = {"system": "crm", "value": "7"}
    ann, bea = await client.consumer(externalIds=[crm]), await client.consumer()
    await KINDS[0].update(client, ann, "id", externalIds=[])
    assert await KINDS[0].update(client, bea, "externalIds { system value }", externalIds=[crm]) == {
        "externalIds": [crm]
    }


async def test_bad_external_ids_are_refused_all_at_once_each_in_its_place(client: Client, unchanged: Unchanged) -> None:
    """1.2: a system's name holds no bar, since key and value stand on its sides."""
    given = [{"system": "a|b", "value": ""}, {"system": "crm", "value": "7"}, {"system": " ", "value": "x" * 201}]
    async with unchanged.during():
        refusals = await client.refusals("createConsumer", {"externalIds": given})
    assert [(refusal["__typename"], refusal["path"]) for refusal in refusals] == [
        ("InvalidValue", ["externalIds", "0", "system"]),
        ("InvalidValue", ["externalIds", "0", "value"]),
        ("InvalidValue", ["externalIds", "2", "system"]),
        ("InvalidValue", ["externalIds", "2", "value"]),
    ]


async def test_a_bar_in_an_external_id_does_not_confuse_its_parts(client: Client) -> None:
    """1.2"""
    odd = {"system": "crm", "value": "a|b"}
    id = await client.consumer(externalIds=[odd])
    assert await client.ask(BY, by={"externalId": odd}) == {"party": {"id": id}}


@each_kind
async def test_a_party_is_found_by_its_id_and_its_external_id(client: Client, kind: Kind) -> None:
    """1.2"""
    id = await kind.new(client, externalIds=[{"system": "crm", "value": "7"}])
    for by in ({"id": id}, {"externalId": {"system": "crm", "value": "7"}}):
        assert await client.ask(BY, by=by) == {"party": {"id": id}}


@pytest.mark.parametrize("kind", KINDS[:2], ids=lambda kind: kind.type)
async def test_a_customer_has_a_number_of_its_own_and_is_found_by_it(client: Client, kind: Kind) -> None:
    """1.3: twelve digits, the last a check digit."""
    one, other = [await kind.create(client, "id number") for _ in range(2)]
    assert one["number"] != other["number"]
    assert [await client.ask(BY, by={"number": made["number"]}) for made in (one, other)] == [
        {"party": {"id": made["id"]}} for made in (one, other)
    ]
    assert len(one["number"]) == 12
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(one["number"]))]
    assert sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


@pytest.mark.parametrize("kind", KINDS[:2], ids=lambda kind: kind.type)
async def test_a_new_customer_is_active_and_opted_out(client: Client, graph: Graph, kind: Kind) -> None:
    """6.1"""
    made = await kind.create(client, "id status")
    statement = "CYPHER 25 MATCH (party:Party {id: $id}) RETURN party.email_opt_in AS opted_in"
    assert made["status"] == "ACTIVE"
    assert await graph.run(statement, {"id": made["id"]}, "tests") == [{"opted_in": False}]


async def test_nobody_is_found_by_what_nobody_has(client: Client) -> None:
    """11.2: null, and an error with its code and path."""
    await client.consumer(externalIds=[{"system": "crm", "value": "7"}])
    nobody = (
        {"id": str(TypeID(prefix="consumer"))},
        {"number": "000000000000"},
        {"externalId": {"system": "crm", "value": "8"}},
        {"externalId": {"system": "erp", "value": "7"}},
    )
    for by in nobody:
        found = await client.answer(BY, by=by)
        assert found["data"] == {"party": None}
        assert [(e["extensions"]["code"], e["path"]) for e in found["errors"]] == [("NOT_FOUND", ["party"])]


async def test_an_argument_of_type_id_takes_no_number_and_no_external_id(client: Client, unchanged: Unchanged) -> None:
    """1.2"""
    made = await KINDS[0].create(client, "id number", externalIds=[{"system": "crm", "value": "7"}])
    for id in (made["number"], "7", "crm|7"):
        assert await client.codes("query($id: ID!) { node(id: $id) { id } }", id=id) == [("NOT_FOUND", ["node"])]
        async with unchanged.during():
            refusals = await client.refusals("updateConsumer", {"id": id, "givenName": "Bea"})
        assert refusals == [{"__typename": "NotFound", "path": ["id"]}]
