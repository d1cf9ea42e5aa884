"""Random documents from the printed schema are answered as by graphql-core over plain objects."""

import asyncio
import re

import hypothesis_graphql
from graphql import parse, validate
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.resolvers.reading.conftest import Served

ARGUMENTS = ("after:", "asOf:", "search:", "first:", "last:", "before:")
FIELDS = ["party", "known", "parties", "node", "nodes", "some", "relationshipTypes", "kinship", "tree", "thing"]


async def test_random_documents(served: Served) -> None:
    documents: list[str] = []

    @seed(11)
    @settings(
        max_examples=200,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hypothesis_graphql.queries(served.schema.as_str(), fields=FIELDS))
    def collect(text: str) -> None:
        documents.append(text)

    await asyncio.to_thread(collect)
    compared = failed = 0
    for text in dict.fromkeys(map(known_ids, documents)):
        invalid = len(text) > 4000 or validate(served.oracle("all").schema, parse(text))
        if invalid or any(argument in text for argument in ARGUMENTS):
            continue
        for viewer in ("all", "reach"):
            data, errors = await served.ask(text, None, viewer)
            expected, faults = served.expected(text, None, viewer)
            assert data == expected, text
            assert sorted(map(str, errors)) == sorted(map(str, faults)), text
            assert len(served.statements) <= 3, text  # the plan, `thing`, and `double` of it
            compared += 1
            failed += bool(errors)
    assert compared > 80
    assert failed > 10


def known_ids(text: str) -> str:
    """Most random ids name nothing: make them name somebody."""
    numbers = iter(range(10_000))

    def some() -> str:
        return f'"p{next(numbers) * 7 % 37}"'

    string = r'"(?:[^"\\]|\\.)*"'
    text = re.sub(
        rf'\b(between|ids): \[(?:[^\]"]|{string})*\]', lambda m: f"{m[1]}: [{some()}, {some()}, {some()}]", text
    )
    return re.sub(rf"(\bid: )({string}|-?\d+)", lambda m: m[1] + some(), text)
