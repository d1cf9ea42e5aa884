"""Idempotency (SPEC 11.2): a request that is sent again does nothing more, and is answered as the first time."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLNonNull

from domain.idempotency import KEPT
from graphdb.errors import Unavailable
from graphdb.graph import Graph
from kith.context import Contexts
from resolvers.reading.seam import Schema
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.unchanged import Unchanged

COUNT = "CYPHER 25 MATCH (n:{0}) RETURN count(n) AS n"
CREATED = "... on ConsumerCreated { consumer { id name } operation { id } }"
CREATE = "mutation($input: CreateConsumerInput!) { createConsumer(input: $input) { __typename } }"
RELATED = "... on Related { relationships { id note } operation { id } }"


async def count(graph: Graph, label: str) -> int:
    """How many nodes there are of a label."""
    (row,) = await graph.run(COUNT.format(label), {}, "tests")
    return int(row["n"])


def test_every_mutation_takes_a_key(schema: Schema) -> None:
    """11.2"""
    mutation = schema.planner.catalogue.schema.mutation_type
    assert mutation
    for name, field in mutation.fields.items():
        kind = field.args["input"].type
        assert isinstance(kind, GraphQLNonNull)
        assert isinstance(kind.of_type, GraphQLInputObjectType)
        assert str(kind.of_type.fields["idempotencyKey"].type) == "String", name


async def test_a_repeat_does_nothing_and_tells_the_same_ids_with_fields_as_they_are_now(
    client: Client, unchanged: Unchanged
) -> None:
    """11.2"""
    given = {"givenName": "Ann", "idempotencyKey": "k"}
    first = await client.do("createConsumer", given, CREATED)
    id = first["consumer"]["id"]
    await client.do("updateConsumer", {"id": id, "givenName": "Bea"})
    async with unchanged.during():
        again = await client.do("createConsumer", given, CREATED)
    assert again == {**first, "consumer": {"id": id, "name": "Bea"}}


async def test_each_kind_of_mutation_is_repeated_as_it_was(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    ann, bea, ost = await client.consumer("Ann"), await client.consumer("Bea"), await client.household()
    relation = {"relationships": [{"type": "FRIEND", "source": ann, "target": bea}]}
    steps: list[tuple[str, dict[str, Any], str]] = [
        (
            "updateConsumer",
            {"id": ann, "givenName": "Anna"},
            "... on ConsumerUpdated { consumer { id } operation { id } }",
        ),
        ("relate", relation, RELATED),
        ("addMember", {"group": ost, "party": ann}, "... on MemberAdded { membership { relationship { id } } }"),
        (
            "createGroup",
            {"type": "FAMILY_ACCOUNT", "name": "F", "members": [{"party": ann}, {"party": bea}]},
            "... on GroupCreated { group { id } operation { id } }",
        ),
        (
            "defineRelationshipType",
            {
                "code": "MENTOR",
                "name": "Mentor",
                "label": "mentors",
                "reverseLabel": "is mentored by",
                "category": "LOOSE",
                "sourceKinds": ["CONSUMER"],
                "targetKinds": ["CONSUMER"],
            },
            "... on RelationshipTypeDefined { relationshipType { id } operation { id } }",
        ),
    ]
    for mutation, given, selection in steps:
        keyed = {**given, "idempotencyKey": "the same for all"}
        first = await client.do(mutation, keyed, selection)
        assert first["__typename"] != "Refused"
        async with unchanged.during():
            assert await client.do(mutation, keyed, selection) == first
    related = await client.relate("OTHER", ann, bea)
    for mutation, selection in (
        ("endRelationship", "... on RelationshipEnded { relationship { id validTo } operation { id } }"),
        ("removeRelationship", "... on RelationshipRemoved { id operation { id } }"),
    ):
        keyed = {"id": related, "idempotencyKey": "k"}
        first = await client.do(mutation, keyed, selection)
        async with unchanged.during():
            assert await client.do(mutation, keyed, selection) == first


async def test_another_input_under_the_key_is_refused(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    await client.do("createConsumer", {"givenName": "Ann", "idempotencyKey": "k"})
    async with unchanged.during():
        assert await client.refusals("createConsumer", {"givenName": "Bea", "idempotencyKey": "k"}) == [
            {"__typename": "IdempotencyKeyReused", "path": ["idempotencyKey"]}
        ]


async def test_after_a_refusal_the_key_is_free(client: Client, graph: Graph) -> None:
    """11.2"""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    wrong = {"relationships": [{"type": "FRIEND", "source": ann, "target": ann}], "idempotencyKey": "k"}
    (refusal,) = await client.refusals("relate", wrong)
    assert refusal["__typename"] == "SelfRelationship"
    right = {"relationships": [{"type": "FRIEND", "source": ann, "target": bea}], "idempotencyKey": "k"}
    assert (await client.do("relate", right))["__typename"] == "Related"


async def test_a_key_that_can_be_none_is_refused_by_name(client: Client, unchanged: Unchanged) -> None:
    async with unchanged.during():
        for key in ("", " ", "x" * 201, "a\u0000b"):
            assert await client.refusals("createConsumer", {"idempotencyKey": key}) == [
                {"__typename": "InvalidValue", "path": ["idempotencyKey"]}
            ]


async def test_of_twenty_clients_with_one_key_one_works_and_all_are_told_the_same(client: Client, graph: Graph) -> None:
    """11.2"""
    ann, bea = await client.consumer("Ann"), await client.consumer("Bea")
    given = {"relationships": [{"type": "FRIEND", "source": ann, "target": bea}], "idempotencyKey": "k"}
    before = await count(graph, "Operation")
    answers = await asyncio.gather(*(client.do("relate", given, RELATED) for _ in range(20)))
    assert answers == [answers[0]] * 20
    assert answers[0]["__typename"] == "Related"
    assert await count(graph, "Operation") == before + 1


async def test_of_twenty_clients_with_one_key_and_different_inputs_one_wins(client: Client, graph: Graph) -> None:
    """11.2"""
    given = [{"givenName": f"Ann {n}", "idempotencyKey": "k"} for n in range(20)]
    answers = await asyncio.gather(*(client.do("createConsumer", each) for each in given))
    assert sorted(answer["__typename"] for answer in answers) == ["ConsumerCreated", *["Refused"] * 19]
    assert await count(graph, "Consumer") == 1


async def test_a_key_is_kept_for_thirty_days(client: Client, graph: Graph) -> None:
    """11.2: then it is free again, and the operation stays."""
    given = {"givenName": "Ann", "idempotencyKey": "k"}
    first = await client.do("createConsumer", given, CREATED)
    id = first["operation"]["id"]
    for age, same in ((KEPT - timedelta(minutes=5), True), (KEPT + timedelta(minutes=5), False)):
        made = f"datetime() - duration('PT{int(age.total_seconds())}S')"
        await graph.apply(f"CYPHER 25 MATCH (o:Operation {{id: '{id}'}}) SET o.created_at = {made}")
        again = await client.do("createConsumer", given, CREATED)
        assert (again == first) is same
    assert await client.node(id, "id") == {"id": id}


async def test_an_answer_that_was_lost_is_told_again(
    client: Client, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.2: the client heard an error, the work was done; sent again, it is told what was done."""
    written = Graph.write

    async def lost(self: Graph, *arguments: Any, **more: Any) -> Any:
        await written(self, *arguments, **more)
        raise ConnectionResetError

    given = {"givenName": "Ann", "idempotencyKey": "k"}
    with monkeypatch.context() as patched:
        patched.setattr(Graph, "write", lost)
        assert await client.codes(
            "mutation($i: CreateConsumerInput!) { createConsumer(input: $i) { __typename } }", i=given
        )
    async with unchanged.during():
        again = await client.do("createConsumer", given, CREATED)
    assert again["__typename"] == "ConsumerCreated"
    assert again["consumer"]["name"] == "Ann"


async def test_what_was_done_and_cannot_be_read_is_not_said_to_be_not_done(
    client: Client, graph: Graph, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.2: the database went after the commit; UNAVAILABLE would promise that nothing was done."""

    async def away(self: Graph, *arguments: Any, **more: Any) -> Any:
        raise Unavailable

    given = {"givenName": "Ann", "idempotencyKey": "k"}
    document = f"mutation($i: CreateConsumerInput!) {{ createConsumer(input: $i) {{ {CREATED} }} }}"
    with monkeypatch.context() as patched:
        patched.setattr(Graph, "run", away)
        told = await client.codes(document, i=given)
    assert told == [("OUTCOME_UNKNOWN", ["createConsumer", "consumer"])]
    assert await count(graph, "Consumer") == 1
    async with unchanged.during():
        assert (await client.do("createConsumer", given, CREATED))["__typename"] == "ConsumerCreated"


async def test_whoever_asks_for_no_more_than_ids_is_answered_without_reading(
    client: Client, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.2: a repeat returns the same ids, of what has been removed since, too."""

    async def away(self: Graph, *arguments: Any, **more: Any) -> Any:
        raise Unavailable

    one, two = await client.consumer(), await client.consumer()
    given = {"relationships": [{"type": "FRIEND", "source": one, "target": two}], "idempotencyKey": "k"}
    asked = "... on Related { them: relationships { it: id __typename } operation { id } }"
    with monkeypatch.context() as patched:
        patched.setattr(Graph, "run", away)
        done = await client.do("relate", given, asked)
    id = done["them"][0]["it"]
    assert done["them"] == [{"it": id, "__typename": "Relationship"}]
    assert await client.node(id, "id") == {"id": id}
    await client.do("removeRelationship", {"id": id})
    async with unchanged.during():
        assert await client.do("relate", given, asked) == done


async def test_a_key_of_another_viewer_is_another(contexts: Contexts, schema: Schema) -> None:
    """11.2: kept per viewer."""
    document = (
        'mutation { createConsumer(input: {idempotencyKey: "k"}) { ... on ConsumerCreated { consumer { id } } } }'
    )
    viewers = [ADMINISTRATOR, replace(ADMINISTRATOR, id="somebody else"), ADMINISTRATOR]
    answers = [await schema.execute(document, {}, contexts.of(viewer)) for viewer in viewers]
    one, other, again = [answer.data and answer.data["createConsumer"]["consumer"]["id"] for answer in answers]
    assert one == again != other


async def test_only_hashes_are_kept(client: Client, graph: Graph) -> None:
    await client.do("createConsumer", {"givenName": "Ann", "idempotencyKey": "my key"})
    (row,) = await graph.run("CYPHER 25 MATCH (o:Operation) RETURN properties(o) AS o", {}, "tests")
    assert re.fullmatch(r"[0-9a-f]{64}", row["o"]["idempotency_key"])
    assert "my key" not in str(row)
