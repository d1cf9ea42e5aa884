"""Coercing variables past their definitions gives what graphql-core gives."""

import pytest
from graphql import get_variable_values, parse
from hypothesis import example, given
from hypothesis import strategies as st

from resolvers.reading.document import Parsed
from resolvers.reading.variables import Variables
from tests.resolvers.reading import example as world

SCHEMA = world.schema()._schema
TYPES = ("ID", "ID!", "String", "String!", "Boolean", "Boolean!", "Int", "Int!", "[ID!]", "PartyKind")
VALUES = st.sampled_from([None, True, False, 0, 1, 2**31, -(2**40), 1.0, 0.5, "", "x", "CONSUMER", [], ["x"], [None]])


def declared(text: str) -> Variables:
    parsed = Parsed.of(SCHEMA, parse(text), None)
    assert parsed
    return parsed.variables


@given(
    st.lists(st.sampled_from(TYPES), max_size=4),
    st.dictionaries(st.sampled_from(["a0", "a1", "a2", "a3", "other"]), VALUES),
)
@example(["ID", "String!"], {"a0": "x", "a1": "y"})
def test_the_values_and_what_is_wrong_with_them_are_graphql_cores(types: list[str], values: dict[str, object]) -> None:
    names = [f"$a{number}: {type_}" for number, type_ in enumerate(types)]
    variables = declared(f"query Q{'(' + ', '.join(names) + ')' if names else ''} {{ __typename }}")
    plain = get_variable_values(SCHEMA, variables.operation.variable_definitions or (), values)
    assert repr(variables.coerced(values)) == repr(plain)


def test_a_default_is_taken() -> None:
    found = declared('query Q($a: ID = "x", $b: ID!) { __typename }').coerced({"b": "y"})
    assert not isinstance(found, list)
    assert found.coerced == {"a": "x", "b": "y"}


@pytest.mark.parametrize(("types", "all_plain"), [("$a: ID!, $b: String", True), ("$a: ID!, $b: Int", False)])
def test_only_what_is_plain_throughout_is_taken_as_it_is(types: str, all_plain: bool) -> None:
    assert (declared(f"query Q({types}) {{ __typename }}").plain is not None) is all_plain
