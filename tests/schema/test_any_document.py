"""Any document over any graph is answered as graphql-core answers it over plain objects (SPEC 11.1, DESIGN 5).

KITH_EXAMPLES makes more of them, each time others.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import pytest
import pytest_asyncio
from graphql import parse, print_ast
from hypothesis import HealthCheck, Phase, event, given, seed, settings
from hypothesis import strategies as st

from domain.cases import CaseStatus
from domain.parties import CUSTOMERS, PartyKind
from graphdb.graph import Graph
from resolvers.reading.seam import Schema
from tests.client import Client
from tests.schema.oracle.documents import Asked, documents
from tests.schema.oracle.paths import CROWDED
from tests.schema.oracle.plain import Plain
from tests.schema.oracle.refusals import COMPUTED, refusals
from tests.schema.oracle.skeletons import skeletons
from tests.schema.oracle.values import SEARCHES, Arguments
from tests.schema.oracle.world import world
from tests.schema.oracle.writing import built_in, write

EXAMPLES = int(os.environ.get("KITH_EXAMPLES", "0"))
WORLDS = max(3, EXAMPLES // 100)
SECONDS = 50.0
LIMITS = {"TOO_COMPLEX", "TOO_DEEP", "TOO_MANY_ALIASES", "TOO_MANY_TOKENS", "TOO_MANY_REPEATS"}
PLACES = """{ parties(first: 100) { edges { cursor node { id
    byType: relationships(first: 100, period: ALL) { edges { cursor node { id } } }
    byDay: relationships(first: 100, period: ALL, orderBy: VALID_FROM) { edges { cursor node { id } } }
    byTime: relationships(first: 100, period: ALL, orderBy: CREATED_AT) { edges { cursor node { id } } }
    history(first: 3) { edges { cursor node { id changes(first: 100) { edges { cursor node { record } } } }
        ownChanges(first: 100) { edges { cursor node { record } } } } }
    ... on Customer { pointsLedger(first: 100) { edges { cursor node { id } } } cases { ...C } }
    ... on Household { cases { ...C } }
    ... on MemberGroup { members(first: 100, period: ALL) { edges { cursor node { relationship { id } } } } } } } } }
    fragment C on CaseConnection { edges { cursor node { id } } }"""
TEAM = "query($location: String!) { team(location: $location, first: 100) { edges { cursor node { id } } } }"
FOUND = "query($search: String) { parties(first: 100, search: $search) { edges { cursor node { id } } } }"


CASES = """query($search: String, $status: CaseStatus, $customer: ID, $assignee: ID) {
    cases(first: 100, search: $search, status: $status, customer: $customer, assignee: $assignee) {
        edges { cursor node { id comments { edges { cursor node { place } } } } } } }"""


class Both:
    """The service and the oracle, over one world; cursors of either stand for those of the other."""

    def __init__(self, client: Client, plain: Plain, sent: list[str]) -> None:
        self.client, self.plain, self.sent = client, plain, sent
        self.tokens: dict[str, str] = {}

    async def learn(self) -> None:
        """Finds out which cursors of the service are which of the oracle, by reading every list."""
        world = self.plain.world
        lists = [
            {},
            *({"search": search} for search in SEARCHES),
            *({"status": status.name} for status in CaseStatus),
            *({"customer": id} for id in world.of(*CUSTOMERS)),
            *({"assignee": id} for id in world.of(PartyKind.INTERNAL_USER)),
        ]
        texts = [(PLACES, {}), *((FOUND, {"search": search}) for search in SEARCHES)]
        texts += [(TEAM, {"location": location}) for location in ("Ghent", "Wien")]
        for text, variables in (*texts, *((CASES, by) for by in lists)):
            served, plain = await self.client.ask(text, **variables), self.plain.answer(text, variables)["data"]
            self.tokens |= dict(both(served, plain))
            assert renamed(served, self.tokens) == plain, f"{text}\n{variables}"

    @cached_property
    def documents(self) -> st.SearchStrategy[Asked]:
        """Documents with arguments that lead somewhere; made once, since it takes reading the whole schema."""
        schema, arguments = self.plain.schema, Arguments(self.plain.world, self.plain.cursors)
        return documents(schema, skeletons(schema), arguments)

    async def served(self, text: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The service's answer: data, and of each error its code and path."""
        cursors = {token: cursor for cursor, token in self.tokens.items()}
        self.sent.clear()
        found = await self.client.answer(renamed(text, cursors), **renamed(variables, cursors))
        errors = [(error["extensions"]["code"], error.get("path", [])) for error in found.get("errors", [])]
        return {"data": renamed(found.get("data"), self.tokens), "errors": sorted(errors, key=str)}


def both(served: Any, plain: Any) -> Iterator[tuple[str, str]]:
    """The cursors that stand in the same places of two answers."""
    if isinstance(served, dict):
        for key, value in served.items():
            yield from [(value, plain[key])] if key == "cursor" else both(value, plain[key])
    elif isinstance(served, list):
        for one, other in zip(served, plain, strict=False):
            yield from both(one, other)


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A value with other names for the cursors in it; in a text they are looked for."""
    if isinstance(value, dict):
        return {key: renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if isinstance(value, str) and "{" in value:
        for name in filter(value.__contains__, names):
            value = value.replace(f'"{name}"', f'"{names[name]}"')
    return names.get(value, value) if isinstance(value, str) else value


@pytest.fixture
def sent(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that the planner sends; they may take long, since how long is not tested here."""
    found: list[str] = []

    async def counted(text: str, parameters: Mapping[str, Any]) -> list[Any]:
        found.append(text)
        rows = await graph.run(text, parameters, "planned", SECONDS)
        return list(rows[0]["row"]) if rows else []

    monkeypatch.setattr(graph, "planned_row", counted)
    return found


@pytest_asyncio.fixture(loop_scope="session", params=range(WORLDS), ids="world {}".format)
async def over(
    request: pytest.FixtureRequest, graph: Graph, sent: list[str], schema: Schema, client: Client
) -> AsyncIterator[Both]:
    """Both over the world of a seed; unless more are asked for, its documents are the same each time."""
    if not EXAMPLES:
        seed(request.param)(request.function)
    definitions, stamps = await built_in(graph)
    made = world(request.param, definitions, datetime.now(UTC).date())
    made.stamps |= stamps
    await write(graph, made)
    found = Both(client, Plain(schema.as_str(), made), sent)
    await found.learn()
    yield found


@settings(
    max_examples=EXAMPLES // WORLDS or 40,
    derandomize=not EXAMPLES,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
async def test_any_document_is_answered_as_by_plain_resolvers(over: Both, data: st.DataObject) -> None:
    """11.1: data with its keys in their order, and errors; what is stored and joined comes by one statement."""
    asked = data.draw(over.documents, "asked")
    for variables in (*asked.runs, asked.runs[0]):
        await compare(over, asked, variables)


async def compare(over: Both, asked: Asked, variables: dict[str, Any]) -> None:
    """Fails where the two answer differently, and shows both."""
    served = await over.served(asked.text, variables)
    if any(code in LIMITS for code, _ in served["errors"]):
        event("over a limit")
        return
    refused = refusals(over.plain.schema, over.plain.cursors, asked.text, variables)
    if served["data"] is None and len(served["errors"]) == 1 and served["errors"][0] in refused:
        event("refused")
        assert not over.sent
        return
    plain = over.plain.answer(asked.text, variables)
    if any(code == CROWDED for code, _ in plain["errors"]):
        event("crowded")
        return
    event("with errors" if plain["errors"] else "answered")
    shown = f"\n{print_ast(parse(asked.text))}\n{variables}\nserved: {json.dumps(served)}\nplain:  {json.dumps(plain)}"
    assert json.dumps(served["data"]) == json.dumps(plain["data"]), shown
    assert served["errors"] == plain["errors"], shown
    if not any(name in asked.text for name in COMPUTED):
        assert len(over.sent) <= 1, shown
