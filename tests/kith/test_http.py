"""GraphQL over HTTP (SPEC 11.1): requests that are none, media types, and errors that tell nothing internal."""

import json
from typing import Any

import pytest

from graphdb.graph import Graph
from kith.http import decoded
from tests.client import URL, Client

GRAPHQL = "application/graphql-response+json"


def error(answer: Any) -> tuple[str, str]:
    """Message and code of the only error of an answer without data."""
    (only,) = answer["errors"]
    assert "data" not in answer
    return only["message"], only["extensions"]["code"]


async def test_who_is_not_signed_in_gets_a_graphql_error(client: Client) -> None:
    """SPEC 11.3: a 401 has a GraphQL body with code UNAUTHENTICATED."""
    for headers in ({}, {"authorization": "Bearer nonsense"}, {"authorization": "Basic YTpi"}):
        response = await client.http.post(URL, json={"query": "{ __typename }"}, headers=headers)
        assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
        assert error(response.json()) == ("Sign in first.", "UNAUTHENTICATED")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "This is not JSON."),
        (b"{", "This is not JSON."),
        (b"\xff\xfe", "This is not JSON."),
        (b'{"query": "{ __typename }", "variables": {"a": NaN}}', "This is not JSON."),
        (b"[]", "A request is a JSON object; batches are not taken."),
        (b'"{ __typename }"', "A request is a JSON object; batches are not taken."),
        (b"{}", "query: must be a GraphQL document."),
        (b'{"query": 7}', "query: must be a GraphQL document."),
        (b'{"query": "{ __typename }", "variables": []}', "variables: must be an object."),
        (b'{"query": "{ __typename }", "operationName": 1}', "operationName: must be text."),
    ],
)
async def test_a_body_that_is_no_request_is_refused_by_name(client: Client, body: bytes, message: str) -> None:
    headers = {**client.headers, "content-type": "application/json"}
    response = await client.http.post(URL, content=body, headers=headers)
    assert (response.status_code, error(response.json())) == (400, (message, "BAD_REQUEST"))


async def test_only_json_is_taken(client: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"):
        response = await client.http.post(URL, content=b"{}", headers={**client.headers, "content-type": kind})
        assert (response.status_code, error(response.json())[1]) == (415, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("variables", "place"),
    [
        ({"input": {"givenName": "\ud800"}}, "variables.input.givenName"),
        ({"input": {"otherNames": [{"kind": "ALIAS", "text": "a\udfff"}]}}, "variables.input.otherNames.0.text"),
        ({"input": {"\ud800": 1}}, "variables.input"),
    ],
)
async def test_half_a_surrogate_pair_is_refused_where_it_stands(
    client: Client, variables: dict[str, Any], place: str
) -> None:
    query = "mutation($input: CreateConsumerInput!) { createConsumer(input: $input) { __typename } }"
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {**client.headers, "content-type": "application/json"}
    response = await client.http.post(URL, content=body, headers=headers)
    told = (f"{place}: holds half of a surrogate pair.", "BAD_USER_INPUT")
    assert (response.status_code, error(response.json())) == (400, told)


async def test_queries_go_by_get_and_mutations_do_not(client: Client) -> None:
    parameters = {"query": "query($id: ID!) { node(id: $id) { id } __typename }", "variables": '{"id": "x"}'}
    response = await client.http.get(URL, params=parameters, headers=client.headers)
    assert (response.status_code, response.json()["data"]) == (200, {"node": None, "__typename": "Query"})
    mutation = "mutation { createConsumer(input: {}) { __typename } }"
    response = await client.http.get(URL, params={"query": mutation}, headers=client.headers)
    assert (response.status_code, error(response.json())[1]) == (405, "BAD_REQUEST")
    assert (await client.ask("{ parties { totalCount { value } } }")) == {"parties": {"totalCount": {"value": 0}}}


async def test_graphqls_own_media_type_has_its_statuses(client: Client) -> None:
    for query, status in (("{ __typename }", 200), ("{ nope }", 400), ("{", 400), ('{ node(id: "x") { id } }', 200)):
        response = await client.http.post(URL, json={"query": query}, headers={**client.headers, "accept": GRAPHQL})
        assert (response.status_code, response.headers["content-type"]) == (status, GRAPHQL)
        plain = await client.http.post(URL, json={"query": query}, headers=client.headers)
        assert (plain.status_code, plain.headers["content-type"]) == (200, "application/json")


async def test_errors_have_stable_codes(client: Client) -> None:
    """SPEC 11.2: top-level errors carry a stable `extensions.code`."""
    assert await client.codes("{") == [("GRAPHQL_PARSE_FAILED", [])]
    assert await client.codes("{ nope }") == [("GRAPHQL_VALIDATION_FAILED", [])]
    assert await client.codes("query($id: ID!) { node(id: $id) { id } }") == [("BAD_USER_INPUT", [])]
    assert await client.codes('{ node(id: "x") { id } }') == [("NOT_FOUND", ["node"])]
    assert await client.codes('{ familyTree(root: "x") { root { id } } }') == [("NOT_FOUND", ["familyTree"])]
    assert await client.codes("{ parties(first: 0) { edges { cursor } } }") == [("BAD_USER_INPUT", ["parties"])]
    two = "query A { __typename } query B { __typename }"
    assert await client.codes(two) == [("BAD_USER_INPUT", [])]


async def test_what_is_unexpected_is_masked_and_logged_under_an_id(
    client: Client, graph: Graph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(text: str, parameters: object) -> list[Any]:
        raise KeyError("a secret of the inside")

    monkeypatch.setattr(graph, "planned_row", broken)
    answer = (await client.send("{ parties { totalCount { value } } }")).json()
    (only,) = answer["errors"]
    assert only["extensions"] == {"code": "INTERNAL"}
    assert only["message"].startswith("Something went wrong here; it is logged as ")
    assert "secret" not in json.dumps(answer)
    logged = capsys.readouterr().out
    assert only["message"].removesuffix(".").rpartition(" ")[2] in logged
    assert "KeyError" in logged
    assert "secret" not in logged


@pytest.mark.parametrize("number", [2**53, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**40, 0.1, 1e22], ids=str)
def test_numbers_are_read_as_they_are_written(number: float) -> None:
    """Of one that has no room in 64 bits orjson would make another."""
    (found,) = decoded(json.dumps([number]))
    assert (found, type(found)) == (number, type(number))
