"""Reading: GraphQL's whole selection language, pages, errors with their paths (SPEC 11.1, DESIGN 5)."""

from collections.abc import Mapping
from typing import Any

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.kinds import KINDS, Kind

NODE = "query($id: ID!) { node(id: $id) { __typename id } }"
ALL = """query($first: Int, $after: String, $kinds: [PartyKind!]) {
    parties(first: $first, after: $after, kinds: $kinds) { edges { cursor node { name } } totalCount { value isExact }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@pytest.fixture
def statements(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that the planner sends."""
    sent: list[str] = []
    send = graph.planned_row

    async def counted(text: str, parameters: Mapping[str, Any]) -> list[Any]:
        sent.append(text)
        return await send(text, parameters)

    monkeypatch.setattr(graph, "planned_row", counted)
    return sent


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.type)
async def test_a_party_of_each_kind_is_a_node(client: Client, kind: Kind) -> None:
    """11.1"""
    id = await kind.new(client)
    assert await client.ask(NODE, id=id) == {"node": {"__typename": kind.type, "id": id}}


async def test_all_that_has_an_id_is_a_node(client: Client) -> None:
    """1.2, 11.1"""
    found = await client.ask("{ relationshipTypes { id } responsibilities { id } }")
    made = await client.do("createConsumer", {}, "... on ConsumerCreated { operation { id } }")
    ids = {
        "RelationshipType": found["relationshipTypes"][0]["id"],
        "Responsibility": found["responsibilities"][0]["id"],
        "Operation": made["operation"]["id"],
        "Relationship": await client.relate("FRIEND", await client.consumer(), await client.consumer()),
    }
    nodes = await client.ask("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=list(ids.values()))
    assert nodes["nodes"] == [{"__typename": typename, "id": id} for typename, id in ids.items()]


async def test_nodes_come_in_the_order_asked_for_each_as_often(client: Client) -> None:
    """11.1"""
    ann, ost = await client.consumer("Ann"), await client.account("Ost")
    found = await client.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[ost, ann, ost])
    assert [node["id"] for node in found["nodes"]] == [ost, ann, ost]
    assert await client.ask("{ nodes(ids: []) { id } }") == {"nodes": []}


async def test_one_unknown_id_does_not_empty_the_answer(client: Client) -> None:
    """11.2: null in its place, with an error that has its path and code."""
    ann = await client.consumer("Ann")
    found = await client.answer(
        """query($id: ID!, $ids: [ID!]!) { ann: node(id: $id) { id } nobody: node(id: "nobody") { id }
        nodes(ids: $ids) { id } parties { edges { node { name } } } }""",
        id=ann,
        ids=["x", ann, "consumer_01m81cvtwye3hvm7mmkgnzsdq1"],
    )
    assert found["data"] == {
        "ann": {"id": ann},
        "nobody": None,
        "nodes": [None, {"id": ann}, None],
        "parties": {"edges": [{"node": {"name": "Ann"}}]},
    }
    assert sorted((e["extensions"]["code"], e["path"]) for e in found["errors"]) == [
        ("NOT_FOUND", ["nobody"]),
        ("NOT_FOUND", ["nodes", 0]),
        ("NOT_FOUND", ["nodes", 2]),
    ]


async def test_several_roots_and_aliases_are_one_answer_in_the_order_of_the_document(client: Client) -> None:
    """11.1"""
    ann = await client.consumer("Ann", familyName="Ost")
    found = await client.ask(
        """query($id: ID!) { b: node(id: $id) { ... on Consumer { last: familyName first: givenName } }
        __typename a: node(id: $id) { ... on Consumer { first: familyName } } }""",
        id=ann,
    )
    assert list(found) == ["b", "__typename", "a"]
    assert list(found["b"]) == ["last", "first"]
    assert found == {"b": {"last": "Ost", "first": "Ann"}, "__typename": "Query", "a": {"first": "Ost"}}


async def test_fragments_on_interfaces_and_types_are_merged(client: Client) -> None:
    """11.1"""
    for kind in KINDS:
        await kind.new(client, **dict.fromkeys(kind.renamed, f"Wien {kind.type}"))
    found = await client.ask(
        """
        { parties(search: "wien") { edges { node { __typename ...Of ... on Customer { status ...Mail } } } } }
        fragment Of on PartyRecord { name ... on Node { id: __typename } ...In }
        fragment In on MemberGroup { members { totalCount { value } } }
        fragment Mail on Customer { email ... on Account { legalName } ... on Consumer { gender } }
        """
    )
    assert [edge["node"] for edge in found["parties"]["edges"]] == [
        {
            "__typename": "Account",
            "name": "Wien Account",
            "id": "Account",
            "status": "ACTIVE",
            "email": None,
            "legalName": "Wien Account",
        },
        {
            "__typename": "Consumer",
            "name": "Wien Consumer",
            "id": "Consumer",
            "status": "ACTIVE",
            "email": None,
            "gender": "UNKNOWN",
        },
        {"__typename": "Group", "name": "Wien Group", "id": "Group", "members": {"totalCount": {"value": 2}}},
        {
            "__typename": "Household",
            "name": "Wien Household",
            "id": "Household",
            "members": {"totalCount": {"value": 0}},
        },
        {"__typename": "InternalUser", "name": "Wien InternalUser", "id": "InternalUser"},
    ]


async def test_skip_and_include_decide_anew_each_time(client: Client) -> None:
    """11.1"""
    ann = await client.consumer("Ann", familyName="Ost")
    document = """query($id: ID!, $with: Boolean!, $without: Boolean = false) { node(id: $id) { id @skip(if: $with)
        ... on Consumer @include(if: $with) { givenName familyName @skip(if: $without) } } }"""
    assert await client.ask(document, id=ann, **{"with": True}) == {"node": {"givenName": "Ann", "familyName": "Ost"}}
    assert await client.ask(document, id=ann, **{"with": False}) == {"node": {"id": ann}}
    given = {"with": True, "without": True}
    assert await client.ask(document, id=ann, **given) == {"node": {"givenName": "Ann"}}


async def test_kinds_filter_all_parties(client: Client) -> None:
    """11.1"""
    for kind in KINDS:
        await kind.new(client, **kind.renamed)
    page = (await client.ask(ALL, kinds=["ACCOUNT", "HOUSEHOLD"]))["parties"]
    assert ([edge["node"]["name"] for edge in page["edges"]], page["totalCount"]["value"]) == (["Bea", "Bea"], 2)


async def test_a_deep_document_of_stored_and_joined_fields_is_one_statement(
    client: Client, statements: list[str]
) -> None:
    """DESIGN 5: however deep, and whatever the number of roots."""
    ann, bea = await client.consumer("Ann", familyName="Ost"), await client.consumer("Bea")
    home, ost = await client.household("The Osts"), await client.account("Ost Ltd")
    await client.member(home, ann, role="HEAD_OF_FAMILY")
    await client.member(home, bea)
    await client.relate("FRIEND", ann, bea)
    await client.relate("CONTACT", bea, ost)
    statements.clear()
    found = await client.ask(
        """query($id: ID!) {
          node(id: $id) { ... on Consumer { name households { group { name ... on Household {
            members { edges { node { role member { name ... on Consumer {
              relationships(types: ["CONTACT"]) { totalCount { value } edges { label party { name ... on Account {
                relationships { edges { direction party { name ... on Consumer {
                  households { relationship { type { code properties { code } } } } } } } } } } } } } } } } } } } } } }
          parties(search: "ltd") { edges { node { name relationshipCounts { type { code } count { value } } } } }
          relationshipTypes(categories: [KIN]) { code }
        }""",
        id=ann,
    )
    assert len(statements) == 1
    membership = {"relationship": {"type": {"code": "HOUSEHOLD_MEMBER", "properties": []}}}
    contact = {"direction": "INCOMING", "party": {"name": "Bea", "households": [membership]}}
    account = {"name": "Ost Ltd", "relationships": {"edges": [contact]}}
    edge = {"label": "is contact of", "party": account}
    no_contacts = {"totalCount": {"value": 0}, "edges": list[Any]()}
    members = [
        {"node": {"role": "HEAD_OF_FAMILY", "member": {"name": "Ann Ost", "relationships": no_contacts}}},
        {
            "node": {
                "role": None,
                "member": {"name": "Bea", "relationships": {"totalCount": {"value": 1}, "edges": [edge]}},
            }
        },
    ]
    counts = [{"type": {"code": "CONTACT"}, "count": {"value": 1}}]
    assert found == {
        "node": {"name": "Ann Ost", "households": [{"group": {"name": "The Osts", "members": {"edges": members}}}]},
        "parties": {"edges": [{"node": {"name": "Ost Ltd", "relationshipCounts": counts}}]},
        "relationshipTypes": [{"code": "SIBLING"}],
    }


async def test_the_result_of_a_mutation_is_read_in_one_statement(client: Client, statements: list[str]) -> None:
    """DESIGN 5: by the same planner."""
    ann, bea, cat = [await client.consumer(name) for name in ("Ann", "Bea", "Cat")]
    drafts = [{"type": "FRIEND", "source": ann, "target": other} for other in (bea, cat)]
    statements.clear()
    made = await client.do(
        "relate",
        {"relationships": drafts},
        """... on Related { relationships { source { name } target { name ... on Consumer {
            relationships { edges { label party { name } } } } } } operation { kind } }""",
    )
    assert len(statements) == 1
    assert made == {
        "__typename": "Related",
        "relationships": [
            {
                "source": {"name": "Ann"},
                "target": {
                    "name": name,
                    "relationships": {"edges": [{"label": "is friend of", "party": {"name": "Ann"}}]},
                },
            }
            for name in ("Bea", "Cat")
        ],
        "operation": {"kind": "relate"},
    }


async def test_what_a_refusal_names_is_read_in_one_statement(client: Client, statements: list[str]) -> None:
    """DESIGN 5, 6"""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    await client.relate("PARENT", ann, bea)
    await client.relate("FRIEND", ann, bea)
    statements.clear()
    refusals = await client.refusals(
        "relate",
        {
            "relationships": [
                {"type": "FRIEND", "source": ann, "target": bea},
                {"type": "PARENT", "source": bea, "target": ann},
            ]
        },
    )
    assert len(statements) == 1
    assert [refusal["__typename"] for refusal in refusals] == ["DuplicateRelationship", "WouldMakeCycle"]


async def test_what_is_selected_of_a_computed_tree_is_read_in_one_statement(
    client: Client, statements: list[str]
) -> None:
    """DESIGN 5, 9.2"""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    await client.relate("PARENT", ann, bea)
    await client.relate("SPOUSE", ann, await client.consumer("Cat"))
    statements.clear()
    found = await client.ask(
        """query($root: ID!) { familyTree(root: $root) { root { name } couples { relationships { type { code } } }
        people { person { name ... on Consumer { relationshipCounts { count { value } } } } } } }""",
        root=bea,
    )
    assert len(statements) == 1
    assert found["familyTree"] == {
        "root": {"name": "Bea"},
        "couples": [
            {"relationships": []},
            {"relationships": [{"type": {"code": "SPOUSE"}}]},
        ],
        "people": [
            {"person": {"name": "Ann", "relationshipCounts": [{"count": {"value": 1}}, {"count": {"value": 1}}]}},
            {"person": {"name": "Cat", "relationshipCounts": [{"count": {"value": 1}}]}},
            {"person": {"name": "Bea", "relationshipCounts": [{"count": {"value": 1}}]}},
        ],
    }


async def test_a_document_is_answered_alike_whenever_it_comes(client: Client) -> None:
    """DESIGN 5: the first run compiles the plan, later ones use it, each with its own variables and errors."""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    document = "query($id: ID!) { node(id: $id) { ... on Consumer { name } } }"
    for _ in range(2):
        assert await client.ask(document, id=ann) == {"node": {"name": "Ann"}}
        assert await client.ask(document, id=bea) == {"node": {"name": "Bea"}}
        assert await client.codes(document, id="nobody") == [("NOT_FOUND", ["node"])]
        assert await client.codes(document) == [("BAD_USER_INPUT", [])]


async def test_mutations_of_one_document_are_done_in_order(client: Client) -> None:
    """11.1: each sees what those before it did."""
    id = await client.consumer("Ann")
    selection = "{ ... on ConsumerUpdated { consumer { givenName version } } ... on Refused { refusals { path } } }"
    found = await client.ask(
        f"""mutation($id: ID!) {{
        a: updateConsumer(input: {{id: $id, givenName: "Bea", expectedVersion: 1}}) {selection}
        b: updateConsumer(input: {{id: $id, givenName: "Cat", expectedVersion: 1}}) {selection}
        c: updateConsumer(input: {{id: $id, givenName: "Dan", expectedVersion: 2}}) {selection} }}""",
        id=id,
    )
    assert found == {
        "a": {"consumer": {"givenName": "Bea", "version": 2}},
        "b": {"refusals": [{"path": ["expectedVersion"]}]},
        "c": {"consumer": {"givenName": "Dan", "version": 3}},
    }


async def test_introspection_describes_the_schema_beside_data(client: Client) -> None:
    """11.1: the SDL holds nothing that does not work yet."""
    found = await client.ask(
        """{ __schema { queryType { fields { name } } } __type(name: "PartyConnection") { kind }
        parties { edges { node { id } } } }"""
    )
    names = [field["name"] for field in found["__schema"]["queryType"]["fields"]]
    read = ["node", "nodes", "party", "parties", "relationshipTypes", "responsibilities", "team", "pointsTypes"]
    read += [
        "operation",
        "job",
        "jobs",
        "cases",
        "familyTree",
        "paths",
        "pointsPreview",
        "viewer",
        "access",
        "leavingPlan",
    ]
    read += ["restorePlan", "mergePlan", "undoMergePlan", "partnerApps", "partnerApp", "deletePlan", "duplicates"]
    read += ["integrityReport"]
    assert names == read
    assert (found["__type"], found["parties"]) == ({"kind": "OBJECT"}, {"edges": []})


async def test_what_an_edge_knows_of_its_type_is_not_looked_up(client: Client, statements: list[str]) -> None:
    """DESIGN 5: its code, category and symmetry stand on it; anything more is read."""
    id = await client.relate("FRIEND", await client.consumer(), await client.consumer())
    document = (
        "query($id: ID!) { node(id: $id) { ... on Relationship { type { __typename code category symmetric } } } }"
    )
    assert await client.ask(document, id=id) == {
        "node": {
            "type": {
                "__typename": "RelationshipType",
                "code": "FRIEND",
                "category": "LOOSE",
                "symmetric": True,
            }
        }
    }
    assert "RelationshipType" not in statements[-1]
    more = "query($id: ID!) { node(id: $id) { ... on Relationship { type { code name } } } }"
    assert (await client.ask(more, id=id))["node"]["type"]["name"]
    assert "RelationshipType" in statements[-1]


async def test_an_id_tells_where_a_node_can_be(client: Client, statements: list[str]) -> None:
    """1.2, DESIGN 5: one that tells nothing names nothing, and is looked for in one place only."""
    person = await client.consumer()
    assert await client.ask(NODE, id=person) == {"node": {"__typename": "Consumer", "id": person}}
    assert statements[-1].count("MATCH") == 1
    for id in ("operation_01h455vb4pex5vsknk084sn02q", "nothing", ""):
        found = await client.answer(NODE, id=id)
        assert found["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
    assert [text.count("MATCH") for text in statements] == [1, 1, 1, 1]
    assert await client.ask(NODE, id=person) == {"node": {"__typename": "Consumer", "id": person}}


async def test_ids_of_one_sort_tell_where_nodes_can_be(client: Client, statements: list[str]) -> None:
    """1.2, DESIGN 5: of several sorts they are looked for everywhere."""
    person, account = await client.consumer(), await client.account()
    friendship = await client.relate("FRIEND", person, await client.consumer())
    document = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    statements.clear()
    for ids in ([person, account], [friendship], [person, friendship], []):
        assert await client.ask(document, ids=ids) == {"nodes": [{"id": id} for id in ids]}
    assert [text.count("MATCH") for text in statements] == [1, 1, 11, 1]


async def test_a_list_of_which_nothing_is_selected_is_as_long_as_it_is(client: Client) -> None:
    """11.1"""
    id = await client.consumer("Ann", externalIds=[{"system": "crm", "value": "1"}, {"system": "crm", "value": "2"}])
    document = "query($id: ID!) { node(id: $id) { ... on Consumer { externalIds { system @skip(if: true) } } } }"
    assert await client.ask(document, id=id) == {"node": {"externalIds": [{}, {}]}}


async def test_ids_of_which_some_are_variables_are_looked_for_everywhere(client: Client) -> None:
    """11.1: the plan of a document does not depend on the first values that came."""
    person = await client.consumer()
    friendship = await client.relate("FRIEND", person, await client.consumer())
    document = "query($id: ID!) { nodes(ids: [$id]) { id } }"
    for id in (person, friendship):
        assert await client.ask(document, id=id) == {"nodes": [{"id": id}]}


async def test_what_only_consumers_have_is_read_beside_others(client: Client) -> None:
    """1.1"""
    await client.account()
    await client.consumer("Ann", otherNames=[{"kind": "NICKNAME", "text": "Ann Ost"}])
    document = """{ parties(kinds: [ACCOUNT, CONSUMER]) { edges { node { __typename
        ... on Consumer { otherNames { text } lifeEvents { name } } } } } }"""
    assert [edge["node"] for edge in (await client.ask(document))["parties"]["edges"]] == [
        {"__typename": "Consumer", "otherNames": [{"text": "Ann Ost"}], "lifeEvents": []},
        {"__typename": "Account"},
    ]


async def test_null_for_a_variable_with_a_default_is_the_clients_mistake(client: Client) -> None:
    """11.1"""
    document = 'query($root: ID = "x") { familyTree(root: $root) { root { id } } }'
    assert await client.codes(document, root=None) == [("BAD_USER_INPUT", ["familyTree"])]


async def test_what_was_made_within_one_second_is_in_its_order(client: Client, graph: Graph) -> None:
    """3.6"""
    person, others = await client.consumer(), [await client.consumer() for _ in range(4)]
    ids = [await client.relate("FRIEND", person, other) for other in others]
    moments = ["2026-11-25T12:00:00.125Z", "2026-11-25T12:00:00Z", "2026-11-25T12:00:00.12Z", "2026-11-25T12:00:00.02Z"]
    for id, at in zip(ids, moments, strict=True):
        await graph.apply(f"CYPHER 25 MATCH ()-[r:LINKED_TO {{id: '{id}'}}]->() SET r.created_at = datetime('{at}')")
    document = """query($id: ID!, $after: String) { node(id: $id) { ... on Consumer {
        relationships(orderBy: CREATED_AT, first: 2, after: $after) {
            edges { node { id } } pageInfo { endCursor } } } } }"""
    first = (await client.ask(document, id=person))["node"]["relationships"]
    then = (await client.ask(document, id=person, after=first["pageInfo"]["endCursor"]))["node"]["relationships"]
    assert [edge["node"]["id"] for page in (first, then) for edge in page["edges"]] == [ids[n] for n in (1, 3, 2, 0)]
