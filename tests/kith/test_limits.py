"""How large a request may be (SPEC 11.4), by POST and by GET."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus

import httpx
import pytest
from graphql import get_introspection_query

from graphdb.graph import Graph
from kith.app import app
from kith.context import Contexts
from kith.http import Endpoint
from kith.limits import LARGEST_BODY, LONGEST_ADDRESS, MOST_ITEMS, MOST_LEVELS
from kith.settings import Settings
from kith.signin import SignIn
from kith.tokens import Tokens, secret_of
from resolvers.reading.seam import Schema
from resolvers.viewers import ADMINISTRATOR
from schema.limits import Measuring
from tests.client import URL, Client
from tests.schema.test_limits import HOSTILE
from tests.unchanged import Unchanged

SENDABLE = 60_000
"""Bytes of an address that the client of these tests would send."""

GRAPHQL = "application/graphql-response+json"
QUERY = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and code of the only error of an answer without data."""
    answer = response.json()
    (error,) = answer["errors"]
    assert "data" not in answer
    return response.status_code, error["extensions"]["code"]


async def by_post(client: Client, body: bytes | AsyncIterator[bytes]) -> httpx.Response:
    headers = {**client.headers, "content-type": "application/json"}
    return await client.http.post(URL, content=body, headers=headers)


async def by_get(client: Client, query: str, variables: str = "{}") -> httpx.Response:
    return await client.http.get(URL, params={"query": query, "variables": variables}, headers=client.headers)


def of_size(size: int) -> bytes:
    """A request of so many bytes."""
    body = json.dumps({"query": "{ __typename }", "extensions": ""}).encode()
    return body[:-2] + b"a" * (size - len(body)) + body[-2:]


async def test_a_body_is_read_no_further_than_it_may_be_long(client: Client) -> None:
    """It is counted while it comes: its length isn't told, and its end never comes."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 2**16
            yield b" " * 2**16

    response = await by_post(client, endless())
    assert (refusal(response), response.headers["connection"]) == ((413, "BODY_TOO_LARGE"), "close")
    assert sent == LARGEST_BODY + 2**16


async def test_a_body_of_the_largest_size_is_taken_and_a_byte_more_is_not(client: Client) -> None:
    response = await by_post(client, of_size(LARGEST_BODY))
    assert (response.status_code, response.json()) == (200, {"data": {"__typename": "Query"}})
    assert refusal(await by_post(client, of_size(LARGEST_BODY + 1))) == (413, "BODY_TOO_LARGE")


async def test_an_address_is_bounded(client: Client) -> None:
    response = await by_get(client, "{ __typename }" + " " * LONGEST_ADDRESS)
    assert refusal(response) == (414, "ADDRESS_TOO_LONG")


@pytest.mark.parametrize("levels", [MOST_LEVELS, 900, 100_000])
async def test_deep_json_is_refused_by_both_ways(client: Client, levels: int) -> None:
    for open, close in (("[", "]"), ('{"a":', "}")):
        deep = open * levels + "1" + close * levels
        body = f'{{"query": "{{ __typename }}", "variables": {{"a": {deep}}}}}'
        assert refusal(await by_post(client, body.encode())) == (400, "TOO_DEEP")
        if levels < 1_000:
            assert refusal(await by_get(client, "{ __typename }", f'{{"a": {deep}}}')) == (400, "TOO_DEEP")


async def test_deep_json_that_never_ends_is_too_deep_as_well(client: Client) -> None:
    assert refusal(await by_post(client, b"[" * 100_000)) == (400, "TOO_DEEP")


@pytest.mark.parametrize("value", [[1] * (MOST_ITEMS + 1), {f"a{i}": 1 for i in range(MOST_ITEMS + 1)}])
async def test_lists_and_objects_in_variables_are_bounded(client: Client, value: Any) -> None:
    body = json.dumps({"query": QUERY, "variables": {"ids": value}})
    assert refusal(await by_post(client, body.encode())) == (400, "TOO_MANY_ITEMS")
    assert refusal(await by_get(client, QUERY, json.dumps({"ids": value}, separators=(",", ":")))) == (
        400,
        "TOO_MANY_ITEMS",
    )


async def test_a_huge_list_of_ids_is_refused(client: Client) -> None:
    body = json.dumps({"query": QUERY, "variables": {"ids": ["consumer_x"] * 70_000}})
    assert len(body) < LARGEST_BODY
    assert refusal(await by_post(client, body.encode())) == (400, "TOO_MANY_ITEMS")


async def test_what_is_no_utf_8_is_refused_by_both_ways(client: Client) -> None:
    assert refusal(await by_post(client, b'{"query": "{ __typename } # \xff"}')) == (400, "BAD_REQUEST")
    address = f"{URL}?query=%7B__typename%7D%23%FF"
    assert refusal(await client.http.get(address, headers=client.headers)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_refused_by_both_ways(client: Client, name: str) -> None:
    document, code = HOSTILE[name]
    headers = {**client.headers, "accept": GRAPHQL}
    posted = await client.http.post(URL, json={"query": document}, headers=headers)
    assert refusal(posted) == (400, code)
    if "mutation" not in document and len(quote_plus(document)) < SENDABLE:
        got = await client.http.get(URL, params={"query": document}, headers=headers)
        assert refusal(got) == ((414, "ADDRESS_TOO_LONG") if len(got.url.query) > LONGEST_ADDRESS else (400, code))


async def test_a_request_that_takes_too_long_is_stopped(
    schema: Schema, contexts: Contexts, settings: Settings, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query may be sent again; of a mutation nobody knows what it did; neither goes on."""
    ended: list[str] = []

    async def never(*_: object) -> Any:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("ended")

    monkeypatch.setattr(graph, "planned_row", never)
    monkeypatch.setattr(graph, "write", never)
    tokens = Tokens(secret_of(settings))
    web = app(Endpoint(schema, contexts, seconds=0.2), SignIn(tokens), [])
    mutation = "mutation { createConsumer(input: {givenName: 4}) { __typename } }".replace("4", '\\"Ann\\"')
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://kith.test") as http:
        slow = Client(http, tokens.new(ADMINISTRATOR.id, datetime.now(UTC)))
        query = b'{"query": "{ parties { totalCount { value } } }"}'
        assert refusal(await by_post(slow, query)) == (200, "TOO_SLOW")
        assert refusal(await by_post(slow, f'{{"query": "{mutation}"}}'.encode())) == (200, "OUTCOME_UNKNOWN")
        got = await http.get(
            URL,
            params={"query": "{ parties { totalCount { value } } }"},
            headers={**slow.headers, "accept": GRAPHQL},
        )
        assert refusal(got) == (504, "TOO_SLOW")
        assert ended == ["ended"] * 3

        async def stalled() -> AsyncIterator[bytes]:
            yield b'{"query": '
            await asyncio.Event().wait()

        response = await by_post(slow, stalled())
        assert (refusal(response), response.headers["connection"]) == ((408, "TOO_SLOW"), "close")


async def test_what_is_refused_by_a_limit_does_nothing(client: Client, unchanged: Unchanged) -> None:
    create = 'createConsumer(input: {givenName: "Ann"}) { __typename }'
    many = "mutation {" + "".join(f" a{i}: {create}" for i in range(21)) + "}"
    async with unchanged.during():
        assert await client.codes(many) == [("TOO_MANY_ROOTS", [])]


async def test_introspection_is_within_the_limits(client: Client) -> None:
    schema = (await client.ask(get_introspection_query()))["__schema"]
    assert schema["queryType"] == {"name": "Query", "kind": "OBJECT"}


async def test_a_document_is_measured_once_for_each_text(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    measurings: list[Measuring] = []
    check = Measuring.check

    def counted(self: Measuring) -> None:
        measurings.append(self)
        check(self)

    monkeypatch.setattr(Measuring, "check", counted)
    mutation = 'mutation { createConsumer(input: {givenName: "Ann"}) { onlyHere: __typename } }'
    for document in ("{ onlyHere: __typename }", mutation):
        for _ in range(3):
            assert await client.codes(document) == []
    assert len(measurings) == 2
