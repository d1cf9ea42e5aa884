"""Requests as Strawberry gives them: mutations, ids that resolvers hand over, and what goes wrong outside the rules."""

import time
from collections.abc import Mapping
from typing import Any

import pytest
from graphql import DocumentNode

from resolvers.reading.batches import Batches
from resolvers.reading.context import ReadingContext
from tests.resolvers.reading import example
from tests.resolvers.reading.conftest import Context, Served
from tests.resolvers.reading.world import TODAY

RENAME = """mutation($name: String!) { a: rename(id: "p36", name: $name) { __typename
  ... on Renamed { before party { name ... on PartyRecord { relationships { totalCount { value } } }
    ... on InternalUser { roles } } } ... on Refused { reasons } } }"""


async def test_a_mutation_reads_its_result_in_one_statement(served: Served) -> None:
    data, errors = await served.ask(RENAME, {"name": "Zed"})
    party = data["a"]["party"]
    assert (errors, data["a"]["__typename"], party["name"], party["roles"]) == ([], "Renamed", "Zed", ["AGENT"])
    assert len(served.statements) == 2  # the write, and one reading
    plans = len(served.schema.planner.plans)
    data, errors = await served.ask(RENAME, {"name": data["a"]["before"]})
    assert (errors, data["a"]["before"]) == ([], "Zed")
    assert len(served.schema.planner.plans) == plans


async def test_a_mutation_that_is_refused_reads_nothing(served: Served) -> None:
    refused = {"a": {"__typename": "Refused", "reasons": ["no name"]}}
    assert await served.ask(RENAME, {"name": ""}) == (refused, [])
    assert served.statements == []


async def test_a_document_that_was_valid_is_not_parsed_again(served: Served) -> None:
    await served.ask(RENAME, {"name": ""})
    known = served.schema.documents[RENAME, None].node
    await served.ask(RENAME, {"name": ""})
    assert isinstance(known, DocumentNode)
    assert served.schema.documents[RENAME, None].node is known


async def test_introspection_goes_beside_data(served: Served) -> None:
    text = '{ __schema { queryType { name } } party(id: "p1") { id } t: __type(name: "Nope") { name } }'
    data = {"__schema": {"queryType": {"name": "Query"}}, "party": {"id": "p1"}, "t": None}
    assert await served.ask(text) == (data, [])


async def test_variables_that_cannot_be_are_the_clients_error(served: Served) -> None:
    for text in (
        "query($id: ID!) { party(id: $id) { id } }",
        'mutation($id: ID!) { rename(id: $id, name: "a") { __typename } }',
    ):
        for _ in range(2):
            data, errors = await served.ask(text, {})
            assert (data, [(path, code) for path, _, code in errors]) == (None, [(None, "BAD_USER_INPUT")])


async def test_which_of_two_operations_must_be_told(served: Served) -> None:
    text = 'query A { a: party(id: "p1") { id } } query B { b: party(id: "p1") { id } }'
    context = served.context("all")
    for name, data in (("A", {"a": {"id": "p1"}}), ("B", {"b": {"id": "p1"}}), ("A", {"a": {"id": "p1"}})):
        assert (await served.schema.execute(text, None, context, operation_name=name)).data == data
    untold = (None, [(None, "Say by operationName which operation is meant.", "BAD_USER_INPUT")])
    assert await served.ask(text) == untold


async def test_errors_have_their_place_in_the_document(served: Served) -> None:
    text = '{\n  party(id: "p7") {\n    ... on Customer { createdAt }\n  }\n}'
    found = await served.schema.execute(text, None, served.context("all"))
    assert found.errors
    assert [error.formatted for error in found.errors] == [
        {
            "message": "Cannot return null for non-nullable field Consumer.createdAt.",
            "locations": [{"line": 3, "column": 23}],
            "path": ["party", "createdAt"],
        }
    ]


async def test_many_ids_are_read_at_once_and_fast(served: Served) -> None:
    ids = [f"p{n % 6}" for n in range(2000)]
    text = "query($ids: [ID!]!) { tree(ids: $ids) { root { name } people { generation person { id name kind } } } }"
    await served.ask(text, {"ids": ids})
    started = time.process_time()
    data, errors = await served.ask(text, {"ids": ids})
    taken = time.process_time() - started
    assert (errors, [person["person"]["id"] for person in data["tree"]["people"]]) == ([], ids)
    assert len(served.statements) == 1
    assert taken < 2


async def test_of_many_ids_that_are_gone_each_has_its_error(served: Served) -> None:
    ids = [f"x{n}" for n in range(500)]
    data, errors = await served.ask("query($ids: [ID!]!) { kinship(between: $ids) { maybe { id } } }", {"ids": ids})
    assert data == {"kinship": {"maybe": [None] * 500}}
    assert errors == [(["kinship", "maybe", n], "What this names is gone.", "NOT_FOUND") for n in range(500)]


async def no_database(statement: str, parameters: Mapping[str, object]) -> list[Any]:
    raise ConnectionError("no database")


@pytest.mark.parametrize(
    "text", ['{ party(id: "p1") { id } }', '{ kinship(between: ["p1"]) { closest { id } label } }']
)
async def test_what_is_unexpected_is_an_error_with_its_exception(text: str) -> None:
    schema = example.schema()
    for _ in ("through the pipeline", "by the plan"):
        context = Context(
            ReadingContext("all", {"today": TODAY, "reach": [], "viewer": None}, Batches(no_database), str), no_database
        )
        found = await schema.execute(text, None, context)
        assert found.errors
        assert [type(error.original_error) for error in found.errors] == [ConnectionError]


def test_fields_are_described_by_their_fragments() -> None:
    printed = example.schema().as_str()
    assert (
        '  """The relationships of a party, as seen from it."""\n  relationships(first: Int, after: String' in printed
    )


async def test_an_argument_is_prepared_before_it_goes_into_the_statement(served: Served) -> None:
    text = "query($s: String) { parties(search: $s) { totalCount { value } } }"
    plain, spaced = await served.ask(text, {"s": "ada"}), await served.ask(text, {"s": "  ada "})
    assert plain == spaced
    assert plain[0]["parties"]["totalCount"]["value"] > 0


async def test_an_argument_that_cannot_be_prepared_is_the_clients_error(served: Served) -> None:
    data, errors = await served.ask(
        "query($s: String) { parties(search: $s) { totalCount { value } } }", {"s": "a" * 51}
    )
    assert (data, errors) == (None, [(["parties"], "search: at most 50 characters", "BAD_USER_INPUT")])
