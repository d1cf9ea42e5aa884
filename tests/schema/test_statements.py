"""One statement text for each shape of a document: what differs between two of a shape are parameters, so that Neo4j
plans it once."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice, product
from typing import Any

from resolvers.context import Context
from resolvers.reading.batches import Batches
from resolvers.reading.context import ReadingContext
from resolvers.reading.seam import Schema

WORDS = ["anna", "o'neil \\\" }", "RETURN 1", "日本", "x" * 40]
TYPES = ['["FRIEND"]', '["FRIEND", "OTHER"]', "[]", "null"]
PERIODS = ["CURRENT", "PAST", "FUTURE", "ALL"]
DAYS = ['"2020-01-01"', '"1999-12-31"', "null"]
SIZES = [1, 7, 20, 99, 100]


def document(first: int, types: str, period: str, day: str, word: str) -> str:
    return f"""{{ parties(search: "{word}", kinds: [CONSUMER], first: {first}) {{ totalCount {{ value }}
      edges {{ node {{ id relationships(types: {types}, period: {period}, asOf: {day}, first: {first},
        search: "{word}") {{ edges {{ label party {{ id name }} }} pageInfo {{ hasNextPage }} }} }} }} }} }}"""


async def test_a_thousand_variants_of_a_document_have_one_text(schema: Schema, context: Context) -> None:
    variants = list(islice((document(*each) for each in product(SIZES, TYPES, PERIODS, DAYS, WORDS)), 1_000))
    texts, parameters = set[str](), set[str]()

    async def fetch(text: str, given: Mapping[str, object]) -> list[Any]:
        texts.add(text)
        parameters.add(str(sorted(given.items())))
        if len(parameters) % 25 != 1 and empty:
            return empty  # what is stored answers every variant alike: nothing
        empty[:] = await context.graph.planned_row(text, given)
        return empty

    empty: list[Any] = []

    reading = ReadingContext("all", context.reading.parameters, Batches(fetch), str)
    for variant in variants:
        answer = await schema.execute(variant, None, replace(context, reading=reading))
        assert not answer.errors, answer.errors
    assert (len(variants), len(set(variants)), len(texts)) == (1_000, 1_000, 1)
    assert len(parameters) > 900
    assert len(schema.documents) <= 1_000
