"""What a document may be refused for before anything is read: arguments that cannot be, wherever they stand.

A page's arguments rest on nothing that is stored, so a bad one refuses the whole document, and its path has no places
in lists: `parties edges node relationships`. It need not where no object can stand: in a branch for consumers below the
id of an account. Those under computed fields are not looked at here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_argument_values,
    get_named_type,
    get_variable_values,
    is_abstract_type,
    parse,
)
from graphql.execution.collect_fields import FragmentDetails, GroupedFieldSet, collect_fields, collect_subfields
from graphql.execution.values import VariableValues

from tests.schema.oracle.pages import Cursors

LARGEST = 100
COMPUTED = {"familyTree", "paths"}
CASES = {"search": "casesFound", "customer": "casesOf", "assignee": "casesFor", "status": "casesIn"}
Found = tuple[str, list[str]]


def failed(code: str) -> GraphQLError:
    """An error as a resolver of the oracle raises it."""
    return GraphQLError(code, extensions={"code": code})


def refusals(schema: GraphQLSchema, cursors: Cursors, text: str, variables: Mapping[str, Any]) -> list[Found]:
    """Code and path of each argument that a valid document is refused for."""
    definitions = parse(text).definitions
    (operation,) = (d for d in definitions if isinstance(d, OperationDefinitionNode))
    fragments = {d.name.value: FragmentDetails(d) for d in definitions if isinstance(d, FragmentDefinitionNode)}
    values = get_variable_values(schema, operation.variable_definitions or (), dict(variables))
    assert not isinstance(values, list), values
    assert schema.query_type
    walk = Walk(schema, cursors, operation, fragments, values)
    fields = collect_fields(schema, fragments, values, schema.query_type, operation)
    return list(walk.fields(schema.query_type, fields.grouped_field_set, []))


@dataclass
class Walk:
    """The way through what may be answered: every type that can stand in a place, each selection of it once."""

    schema: GraphQLSchema
    cursors: Cursors
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    seen: set[tuple[str, tuple[int, ...]]] = field(default_factory=set)

    def fields(self, type: GraphQLObjectType, fields: GroupedFieldSet, path: list[str]) -> Iterator[Found]:
        for key, nodes in fields.items():
            name, node = nodes[0].node.name.value, nodes[0].node
            found = self.schema.get_field(type, name)
            if found is None or name.startswith("__") or name in COMPUTED:
                continue
            target, here = get_named_type(found.type), [*path, key]
            try:
                given = get_argument_values(found, node, self.variables)
                yield from ((code, here) for code in refused(type.name, name, given, self.cursors))
            except GraphQLError:  # a variable that may be null, where its default is but not null itself
                yield "BAD_USER_INPUT", here
            possible = self.schema.get_possible_types(target) if is_abstract_type(target) else [target]
            for inner in possible:
                visit = (inner.name, tuple(id(details.node) for details in nodes))
                if isinstance(inner, GraphQLObjectType) and visit not in self.seen:
                    self.seen.add(visit)
                    below = collect_subfields(self.schema, self.fragments, self.variables, self.operation, inner, nodes)
                    yield from self.fields(inner, below.grouped_field_set, here)


def refused(on: str, name: str, given: Mapping[str, Any], cursors: Cursors) -> Iterator[str]:
    """The codes that the arguments of a type's field can be refused with."""
    sizes = [size for size in (given.get("first"), given.get("last")) if size is not None]
    end = given.get("eligibleFor") or {"source": "one"}
    places = [cursors.places.get(token) for token in (given.get("after"), given.get("before")) if token is not None]
    if any(size > LARGEST for size in (*sizes, len(given.get("ids", ())))):
        yield "PAGE_TOO_LARGE"
    if len(sizes) > 1 or any(size < 1 for size in sizes):
        yield "BAD_USER_INPUT"
    if (end.get("source") is None) is (end.get("target") is None):
        yield "BAD_USER_INPUT"
    if any(place is None or place[0] != listed(on, name, given) for place in places):
        yield "BAD_USER_INPUT"


def listed(on: str, name: str, given: Mapping[str, Any]) -> str:
    """What the oracle calls the list of a field; one with its own statement has its own cursors."""
    if name == "parties" and given.get("search") is not None:
        return "found"
    if name == "cases":
        return all_cases_as(given) if on == "Query" else f"{'Household' if on == 'Household' else 'Customer'}.cases"
    return name


def all_cases_as(given: Mapping[str, Any]) -> str:
    """Which list of all cases is meant: the first argument of these that is given has its own."""
    return next((name for argument, name in CASES.items() if given.get(argument) is not None), "cases")
