"""What partner apps are shown of random worlds is what 5.6 plainly read allows, and no field that is not told to."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType, get_named_type, is_leaf_type

from domain.access import Sight
from domain.parties import CustomerStatus, PartyKind, changed
from domain.refusals import Refused
from graphdb import partner_apps
from graphdb.graph import Graph, Transaction
from resolvers.reading.seam import Schema
from schema.scopes import ALWAYS, BY_TEST
from tests.client import Client
from tests.schema.ann import Family, family_of
from tests.schema.oracle.consented import SCOPES, AppSight, consents, contact
from tests.schema.oracle.entrusted import entrusted, secrets, standing, word_of
from tests.schema.oracle.world import World
from tests.schema.oracle.writing import built_in, write

CONSENT = """CYPHER 25
UNWIND $rows AS row
MATCH (consumer:Party {id: row.consumer})
MATCH (app:PartnerApp {id: row.app})
CREATE (consumer)-[:CONSENTS_TO {id: row.id, scopes: row.scopes, by_guardian: row.by_guardian,
  valid_from_day: row.first, valid_to_day: row.until, given_at: datetime(), given_by: row.consumer}]->(app)"""
PROFILE = """query($id: ID!) { node(id: $id) { id ... on Household { name members(first: 100) {
    edges { node { role member { id name } } } } } ... on Consumer {
    name deceased birthDate deathDate givenName familyName prefix gender email phone { e164 }
    parents { party { id name } } relationships(first: 100, period: ALL) { totalCount { value }
        edges { node { id validFrom source { id name } target { id name } } } }
    familyTree(up: 9, down: 9, collaterals: true) {
        people { person { id name } } couples { relationships { id } } } } } }"""


@pytest_asyncio.fixture(loop_scope="session")
async def family(client: Client) -> Family:
    """Ann and hers."""
    return await family_of(client)


def peopled(seed: int, made: World, r: random.Random) -> None:
    """Children, people about 16 and 110, the dead, and of every status, in a world; with more family than others."""
    today = made.today
    births = [None, "1950", "1980-02-01", str(today.year - 8), str(today.year - 16), "../1990", "1850", "1900~"]
    births += [(today.replace(day=1) - timedelta(days=days)).isoformat() for days in (16 * 365, 17 * 366)]
    for id in made.of(PartyKind.CONSUMER):
        one = made.parties[id]
        given: dict[str, object] = {"birth_date": r.choice(births), "deceased": r.random() < 0.25, "death_date": None}
        try:
            one = changed(one, given, "US")
        except Refused:
            continue
        status = r.choice([*[CustomerStatus.ACTIVE] * 4, CustomerStatus.ENROLLED, CustomerStatus.INACTIVE])
        reason = {"inactive_reason": "UNENROLLED" if status is CustomerStatus.INACTIVE else None}
        made.parties[id] = replace(one, properties={**one.properties, **standing(status), **reason})


@pytest.mark.parametrize("seed", [3, 4])
async def test_an_app_is_shown_what_was_consented_to(seed: int, client: Client, graph: Graph) -> None:
    """5.6: absent or a placeholder by surface, by scopes; nothing of who is hidden in any answer."""

    definitions, stamps = await built_in(graph)
    r = random.Random(f"consented {seed}")
    made = entrusted(seed, definitions, datetime.now(UTC).date())
    peopled(seed, made, r)
    made.stamps |= stamps
    await write(graph, made)
    scopes = {await client.app(*some): some for some in (SCOPES, r.choice([("FAMILY", "CONTACT"), ("HOUSEHOLDS",)]))}
    given = consents(r, made, scopes)
    async with graph._driver.session() as session:
        await (await session.run(CONSENT, rows=[one.row for one in given])).consume()
    for app, some in scopes.items():
        await agree(client.signed_in(await client.key(app)), AppSight(made, app, some, given))
        await agree_in_rules(graph, AppSight(made, app, some, given))


async def agree(seen: Client, plain: AppSight) -> None:
    """Fails where the service shows an app something else than the oracle."""
    parties = plain.world.parties
    hidden = [word for id, one in parties.items() if not plain.sees(id) for word in secrets(one)]
    assert {plain.sees(id) for id in parties} == {True, False}
    for id, one in parties.items():
        response = await seen.send(PROFILE, id=id)
        found, text = response.json(), response.text
        assert [word for word in hidden if word in text.replace(id, "")] == []
        untold = [
            part
            for other in parties.values()
            for part in contact(other)
            if "CONTACT" not in plain.shown.get(other.id, ())
        ]
        assert [part for part in untold if part in text] == []
        if not plain.sees(id):
            assert [error["extensions"]["code"] for error in found["errors"]] == ["NOT_FOUND"], id
            continue
        assert "errors" not in found, found["errors"]
        node = found["data"]["node"]
        if one.kind is PartyKind.CONSUMER:
            tree = node.pop("familyTree")
            names = [person["person"]["name"] for person in tree["people"]]
            shown = [person["person"]["id"] for person in tree["people"] if not is_opaque(person["person"]["id"])]
            assert all(plain.sees(other) for other in shown)
            assert names.count("Hidden") + len(shown) == len(names)
            if "FAMILY" not in plain.shown.get(id, ()):
                assert (names, tree["couples"]) == ([one.properties["name"]], [])
            for edge in node["relationships"]["edges"]:
                tie = edge["node"]
                ends = [tie["source"]["id"], tie["target"]["id"]]
                if any(map(is_opaque, ends)):
                    assert tie["validFrom"] is None
                else:
                    stored = plain.world.relationships[tie["id"]].period.start
                    assert tie["validFrom"] == (stored.text if stored else None)
            node["relationships"] = node["relationships"]["totalCount"]["value"]
            node["parents"] = len(node["parents"])
            assert node == plain.profile(id)
        else:
            assert one.kind is PartyKind.HOUSEHOLD
            for edge in node["members"]["edges"]:
                member = edge["node"]["member"]["id"]
                assert is_opaque(member) or plain.sees(member)
                if "HOUSEHOLDS" not in plain.shown.get(member, ()):
                    assert edge["node"]["role"] is None
    await agree_on_lists(seen, plain)
    await agree_on_ties(seen, plain)


def is_opaque(id: str) -> bool:
    """Whether an id is a placeholder's."""
    return id.startswith("hidden_")


async def agree_on_lists(seen: Client, plain: AppSight) -> None:
    """The list has whoever has consented and is shown; a search finds each that is shown by its name, and nobody by
    another's."""
    listed = "query($s: String) { parties(first: 100, search: $s) { totalCount { value } edges { node { id } } } }"

    async def ids(search: str | None) -> set[str]:
        found = (await seen.ask(listed, s=search))["parties"]
        assert found["totalCount"]["value"] == len(found["edges"])
        return {edge["node"]["id"] for edge in found["edges"]}

    open = {one.consumer for one in plain.given if one.app == plain.app and one.until is None}
    assert await ids(None) == {id for id in open if plain.sees(id)}
    for id, one in plain.world.parties.items():
        assert await ids(word_of(one)) == ({id} if plain.sees(id) else set()), id


async def agree_on_ties(seen: Client, plain: AppSight) -> None:
    """By its id a relationship is shown that is a tie of a family, if an end lets that be read or is its dead."""
    text = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    every = list(plain.world.relationships)
    for start in range(0, len(every), 50):
        some = every[start : start + 50]
        found = (await seen.answer(text, ids=some))["data"]["nodes"]
        for id, node in zip(some, found, strict=True):
            tie = plain.world.relationships[id]
            told = plain.is_kin(id) and (plain.tells_family(tie.source) or plain.tells_family(tie.target))
            assert (node is not None) is told, id


async def agree_in_rules(graph: Graph, plain: AppSight) -> None:
    """The statement that use cases ask says the same as the fragments."""
    keys = await graph.run("CYPHER 25 MATCH (k:ApiKey {app: $app}) RETURN k.id AS id", {"app": plain.app}, "tests")

    async def work(tx: Transaction) -> partner_apps.Shown:
        return await partner_apps.shown(tx, plain.app, keys[0]["id"], list(plain.world.parties), plain.world.today)

    found = await graph.read(work, "tests")
    assert found.seen == {id for id in plain.world.parties if plain.sees(id)}
    assert found.family == {id for id, scopes in plain.shown.items() if "FAMILY" in scopes}
    assert found.kin == {id for id in plain.world.parties if plain.tells_family(id)}


def elsewhere(schema: Schema) -> Iterator[tuple[str, str]]:
    """Fields that no app gets, each with a document that names it."""
    types = schema._schema.type_map
    query, node = types["Query"], types["Node"]
    assert isinstance(query, GraphQLObjectType)
    assert isinstance(node, GraphQLInterfaceType)
    shown = ALWAYS | BY_TEST.keys()
    for name, field in query.fields.items():
        if f"Query.{name}" not in shown:
            known = {**NEUTRAL, "input": INPUTS.get(name, "")}
            given = ", ".join(f"{key}: {known[key]}" for key in field.args if known.get(key))
            yield f"Query.{name}", f"{{ {name}{f'({given})' if given else ''} {below(get_named_type(field.type))} }}"
    for type_ in schema._schema.get_possible_types(node):
        for name, field in type_.fields.items():
            if f"{type_.name}.{name}" not in shown:
                inner = f"... on {type_.name} {{ {name} {below(get_named_type(field.type))} }}"
                yield f"{type_.name}.{name}", f'{{ node(id: "x") {{ {inner} }} }}'


NEUTRAL: Mapping[str, str] = {
    **dict.fromkeys(("id", "viewer", "target", "from", "to", "membership", "operation", "location"), '"x"'),
}
INPUTS: Mapping[str, str] = {
    "pointsPreview": '{customer: "x", pointsType: "X", amount: 1}',
    "mergePlan": '{survivor: "x", merged: "y"}',
    "deletePlan": '{id: "x"}',
}


def below(type_: Any) -> str:
    """A selection of a type."""
    return "" if is_leaf_type(type_) else "{ __typename }"


async def test_a_field_that_no_scope_shows_is_refused_before_anything_is_read(
    family: Family,
    schema: Schema,
) -> None:
    """5.6: nothing else; so a field that is new is shown to no app until somebody says by which scope."""
    named = dict(elsewhere(schema))
    assert {
        "Query.cases",
        "Query.paths",
        "Query.viewer",
        "Consumer.history",
        "Consumer.number",
        "Case.id",
    } <= named.keys()
    for field, document in named.items():
        found = await family.seen.answer(document)
        told = [(error["extensions"]["code"], error["message"]) for error in found["errors"]]
        assert told == [("FORBIDDEN", f"{field} is not shown here.")], document
        assert found.get("data") is None


@pytest.mark.parametrize(
    "document",
    [
        "query($id: ID!) { node(id: $id) { ... on Customer { number } } }",
        "query($id: ID!) { node(id: $id) { ... on PartyRecord { history { totalCount { value } } } } }",
        "query($id: ID!) { node(id: $id) { ...f } } fragment f on Consumer { cases { totalCount { value } } }",
        "query($id: ID!) { node(id: $id) { ... on Consumer { name: status } } }",
        "query($id: ID!) { node(id: $id) { ... on Consumer { points @include(if: false) { balance } } } }",
        "query($id: ID!) { familyTree(root: $id) { parentages { pedigree } } }",
        "query($id: ID!) { familyTree(root: $id) { people { person { ... on Consumer { consents { id } } } } } }",
        "query($id: ID!) { node(id: $id) { ... on Consumer { partners { relationship { note } } } } }",
        "query($id: ID!) { node(id: $id) { ... on Consumer { parents { relationship { createdBy { id } } } } } }",
        "query($id: ID!) { node(id: $id) { ... on Consumer { relationships { edges { node { type { id } } } } } } }",
        "query($id: ID!) { node(id: $id) { ... on Household { address { city } } } }",
    ],
)
async def test_a_field_is_refused_wherever_it_is_named(document: str, family: Family) -> None:
    """5.6: on interfaces, in fragments, under other names, in what is computed."""
    (error,) = (await family.seen.answer(document, id=family["ann"]))["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"


def test_all_that_apps_get_is_reached_from_a_root(schema: Schema) -> None:
    """The table names no field that no query could ask for, and of the types below what apps get every field has been
    thought of."""
    types, shown = schema._schema.type_map, ALWAYS | BY_TEST.keys()
    reached, waiting = set[str](), ["Query"]
    while waiting:
        type_ = types[waiting.pop()]
        if type_.name in reached:
            continue
        reached.add(type_.name)
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            waiting += [possible.name for possible in schema._schema.get_possible_types(type_)]
        for name, field in getattr(type_, "fields", {}).items():
            if f"{type_.name}.{name}" in shown:
                waiting.append(get_named_type(field.type).name)
    assert {field.partition(".")[0] for field in shown} <= reached
    assert set(schema.planner.catalogue.viewers[Sight.PARTNER_APP.value].shows or ()) == shown


async def test_introspection_is_for_apps_too(family: Family) -> None:
    """11.1: the schema is no secret."""
    found = await family.seen.ask('{ __typename __schema { queryType { name } } __type(name: "Case") { name } }')
    assert found["__type"] == {"name": "Case"}


UNKNOWN = "01m81cvtwye3hvm7mmkgnzsdq1"


async def test_a_hidden_id_is_answered_as_one_that_never_was(family: Family, client: Client) -> None:
    """5.6: in every argument of every query that an app may send."""
    ids = [*family.ids.values(), await client.user(), await client.open_case(family["bob"])]
    ids += [family.app, (await client.ask("{ relationshipTypes { id } }"))["relationshipTypes"][0]["id"]]
    ids += [await client.relate("OTHER", family["ann"], family["bob"]), await client.points_type()]
    documents = (
        "query($id: ID!) { node(id: $id) { id } }",
        "query($id: ID!) { nodes(ids: [$id]) { id } }",
        "query($id: ID!) { party(by: {id: $id}) { id } }",
        "query($id: ID!) { familyTree(root: $id) { people { generation } } }",
        'query($id: ID!) { parties(eligibleFor: {type: "OTHER", source: $id}) { edges { node { id } } } }',
        'query($id: ID!) { parties(eligibleFor: {type: "OTHER", target: $id}) { edges { node { id } } } }',
    )
    for document in documents:
        for id in ids:
            unknown = f"{id.rpartition('_')[0]}_{UNKNOWN}"
            told = [
                json.loads((await family.seen.send(document, id=one)).text.replace(one, "ID")) for one in (id, unknown)
            ]
            assert told[0] == told[1], (document, id)
