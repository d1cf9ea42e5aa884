"""Every document by hand is answered as graphql-core answers it over plain objects, errors and their paths included."""

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse

from tests.resolvers.reading.conftest import Served
from tests.resolvers.reading.documents import MANY

COMPUTED = {"kinship", "tree", "thing"}


def statements(text: str) -> int:
    """One for all that is stored or joined, whatever its depth, and one for all that computed fields name."""
    operation = parse(text).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    roots = [field for field in operation.selection_set.selections if isinstance(field, FieldNode)]
    below = [f.selection_set.selections for f in roots if f.name.value in COMPUTED and f.selection_set]
    objects = any(isinstance(f, FieldNode) and f.selection_set for fields in below for f in fields)
    names = objects or "double {" in text or "thing(" in text
    return any(f.name.value not in {*COMPUTED, "__typename"} for f in roots) + names


@pytest.mark.parametrize("viewer", ["all", "reach", "consent", "analyst"])
@pytest.mark.parametrize("number", range(len(MANY)))
async def test_planned_answers_are_those_of_the_executor(served: Served, number: int, viewer: str) -> None:
    text, variables = MANY[number]
    expected = served.expected(text, variables, viewer)
    for _ in ("first time, through the whole pipeline", "second time, by the plan"):
        answer = await served.ask(text, variables, viewer)
        assert answer == expected
        assert list(str(answer[0])) == list(str(expected[0]))  # keys in the order of the selection
        assert len(served.statements) == statements(text) or viewer != "all"
        assert len(served.statements) <= statements(text)
