"""What goes out to the server: one parameter, so that there is one plan (decision 30)."""

from typing import Any

import pytest

from graphdb import connections
from graphdb.graph import Graph, Transaction
from graphdb.parameters import given, in_one_map

ASKED = """CYPHER 25 SHOW TRANSACTIONS YIELD currentQuery, parameters WHERE currentQuery CONTAINS 'parameters'
RETURN parameters, $some AS some, $none AS none"""
VALUES: list[dict[str, Any]] = [
    {"some": [], "none": None},
    {"some": ["one"], "none": "text"},
    {"some": [1, 2], "none": {"deep": [None]}},
]


@pytest.mark.parametrize("values", VALUES)
async def test_a_statement_is_sent_with_one_parameter_whatever_it_is_given(
    values: dict[str, Any], graph: Graph
) -> None:
    told = [{"parameters": {"given": values}, **values}]
    assert await graph.run(ASKED, values, "tests") == told

    async def work(tx: Transaction) -> Any:
        return await connections.within(tx._inner, ASKED, values)

    assert await graph.read(work, "tests") == told


def test_labels_that_are_reckoned_are_no_parameters() -> None:
    text = "MATCH (n:$(labels) {id: $id}) WHERE n.a IN $as_of RETURN '$'"
    assert in_one_map(text) == "MATCH (n:$(labels) {id: $given.id}) WHERE n.a IN $given.as_of RETURN '$'"


def test_what_is_given_is_not_written_out() -> None:
    assert "secret" not in repr(given({"password": "secret"}))
    assert given({"password": "secret"}) == {"given": {"password": "secret"}}
