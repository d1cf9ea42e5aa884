"""The slow way from a row to an answer: every error with its path.

The planner's shaper knows that something is missing, not where. So the tree as it was read is completed once more as
the GraphQL specification says, over the selection and its types: a null where none may be goes up to the nearest
place that may be null, and leaves one error.
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    located_error,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.pyutils import Path

from resolvers.reading.document import Document
from resolvers.reading.plan import Done


def rebased(error: GraphQLError, path: Path) -> GraphQLError:
    """An error whose path begins at a field, at the place where that field stands."""
    whole = [*path.as_list(), *(error.path or [])[1:]]
    return GraphQLError(
        error.message, error.nodes, path=whole, original_error=error.original_error, extensions=error.extensions
    )


class Completion:
    """Completes values of one document, and collects the errors in them."""

    def __init__(self, schema: GraphQLSchema, document: Document) -> None:
        self.schema, self.document = schema, document
        self.errors: list[GraphQLError] = []
        self.selections: dict[tuple[str, int], tuple[FieldDetailsList, GroupedFieldSet]] = {}

    def answer(self, tree: Mapping[str, Any]) -> dict[str, Any] | None:
        """The data of a query."""
        d, type_ = self.document, self.schema.query_type
        assert type_
        fields = collect_fields(self.schema, d.fragments, d.variables, type_, d.operation)
        try:
            return self.object(type_, fields.grouped_field_set, tree, None)
        except GraphQLError as error:
            self.errors.append(error)
            return None

    def object(
        self, type_: GraphQLObjectType, fields: GroupedFieldSet, tree: Mapping[str, Any], path: Path | None
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, nodes in fields.items():
            field = self.schema.get_field(type_, nodes[0].node.name.value)
            assert field
            found[key] = self.place(type_, field.type, nodes, tree[key], Path(path, key, type_.name))
        return found

    def place(
        self,
        parent: GraphQLObjectType,
        type_: GraphQLOutputType,
        nodes: FieldDetailsList,
        value: Any,
        path: Path,
    ) -> Any:
        """What stands in a field or in an item of a list; where that may be null, errors end here."""
        try:
            return self.value(parent, type_, nodes, value, path)
        except GraphQLError as error:
            if is_non_null_type(type_):
                raise
            self.errors.append(error)
            return None

    def value(
        self,
        parent: GraphQLObjectType,
        type_: GraphQLOutputType,
        nodes: FieldDetailsList,
        value: Any,
        path: Path,
    ) -> Any:
        if is_non_null_type(type_):
            found = self.value(parent, type_.of_type, nodes, value, path)
            if found is None:
                where = f"{parent.name}.{nodes[0].node.name.value}"
                raise self.located(GraphQLError(f"Cannot return null for non-nullable field {where}."), nodes, path)
            return found
        if isinstance(value, Exception):
            raise self.located(value, nodes, path)
        if isinstance(value, Done):
            errors = [rebased(error, path) for error in value.errors]
            if value.failed:
                self.errors += errors[:-1]
                raise errors[-1]
            self.errors += errors
            return value.value
        if value is None or is_leaf_type(type_):
            return value
        if is_list_type(type_):
            return [
                self.place(parent, type_.of_type, nodes, item, path.add_key(index, None))
                for index, item in enumerate(value)
            ]
        concrete = self.schema.type_map[value[""]]
        assert isinstance(concrete, GraphQLObjectType)
        return self.object(concrete, self.fields(concrete, nodes), value, path)

    def fields(self, type_: GraphQLObjectType, nodes: FieldDetailsList) -> GroupedFieldSet:
        key = (type_.name, id(nodes))
        if key not in self.selections:
            d = self.document
            found = collect_subfields(self.schema, d.fragments, d.variables, d.operation, type_, nodes)
            self.selections[key] = (nodes, found.grouped_field_set)  # with the nodes, so that the id stays theirs
        return self.selections[key][1]

    @staticmethod
    def located(error: Exception, nodes: FieldDetailsList, path: Path) -> GraphQLError:
        places = [details.node for details in nodes]
        if isinstance(error, GraphQLError) and error.original_error is None and error.path is None:
            return GraphQLError(error.message, places, path=path.as_list(), extensions=error.extensions)
        return located_error(error, places, path.as_list())
