"""What the benchmark asks for."""

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from graphql import OperationDefinitionNode, build_schema, parse, validate

from bench import questions
from bench.questions import CHOSEN, Question, TooSmall, question
from bench.reading import CONNECTIONS
from bench.search import typed
from graphdb.graph import Graph
from graphdb.local import Server

SCHEMA = build_schema((Path(__file__).parents[2] / "schema" / "schema.graphql").read_text())
KNOWN = [
    {"given_name": f"Anna{number} Maria", "family_name": "Steinmüller", "phone": "+436641234567"}
    for number in range(20)
]


def test_each_document_is_one_that_the_schema_takes() -> None:
    for document in CHOSEN:
        assert validate(SCHEMA, parse(Question(document, []).text)) == [], document
    assert CHOSEN.keys() == CONNECTIONS.keys()


def test_a_statement_by_hand_takes_the_variables_of_its_document_and_what_the_endpoint_adds() -> None:
    for file in questions.FOLDER.glob("*.cypher"):
        (operation,) = parse(Question(file.stem, []).text).definitions[:1]
        assert isinstance(operation, OperationDefinitionNode)
        given = {definition.variable.name.value for definition in operation.variable_definitions or ()}
        header, _, text = file.read_text().partition("\n\n")
        named = set(re.findall(r"^// \$(\w+) ", header, re.MULTILINE))
        assert named == set(re.findall(r"\$(\w+)", text)), file.stem
        assert named - {"kinds", "today"} == given, file.stem


def test_nobody_is_asked_for_nothing(graph: Graph, server: Server) -> None:
    """Of an empty store there is nothing to measure; which document that is, is told."""
    for document in CHOSEN:
        with pytest.raises(TooSmall, match=f"whom {document} asks for"):
            question(document, server.endpoint)


def test_searches_are_some_of_each_sort_and_always_the_same() -> None:
    found = typed(KNOWN, Random(1))
    assert found == typed(KNOWN, Random(1))
    assert set(Counter(one.sort for one in found).values()) == {8}
    texts = {one.sort: one.text for one in found}
    assert texts["beginnings"] == "Ann Mar Ste"
    assert texts["part"] == "einmü"
    assert texts["phone"] == "+436 641234567"
    assert texts["email"] == "nobody@mail.example"
    assert len(texts["misspelt"]) == len(texts["name"]) - 1 or len(texts["misspelt"]) == len(texts["name"])
