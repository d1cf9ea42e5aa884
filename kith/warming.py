"""Known documents, answered once at the start, so that no user waits for their first plans."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
    type_from_ast,
)
from strawberry.types.graphql import OperationType

from domain.access import Sight
from kith.context import Contexts
from resolvers.reading.seam import Schema
from resolvers.viewers import ADMINISTRATOR
from schema.errors import presented

NEUTRAL = {"Int": 1, "Float": 1.0, "Boolean": False, "Date": "2000-01-01", "PartialDate": "2000"}

WARMING = replace(ADMINISTRATOR, viewer_class=Sight.ALL.value)
"""Who sees all, as those of the staff do, and the administrator in a browser: their plans are the same."""

logger = structlog.get_logger()


def documents(folder: Path | None) -> Iterator[tuple[str, str]]:
    """The names and texts of the documents in a folder and below it."""
    for file in sorted(folder.rglob("*.graphql")) if folder else ():
        yield file.name, file.read_text(errors="replace")


async def warm(schema: Schema, contexts: Contexts, known: Sequence[tuple[str, str]]) -> None:
    """Answers each query of documents once, with values that find nothing.

    A mutation is not done, of course. One that is no document, or is refused, is logged by its name.
    """
    for name, text in known:
        try:
            operations = [d for d in parse(text).definitions if isinstance(d, OperationDefinitionNode)]
        except GraphQLSyntaxError as error:
            logger.warning("document_not_known", document=name, reason=error.message)
            continue
        for operation in operations:
            if operation.operation.value != "query":
                continue
            result = await schema.execute(
                text,
                neutral(schema._schema, operation),
                contexts.of(WARMING),
                operation_name=operation.name.value if operation.name and len(operations) > 1 else None,
                allowed_operation_types={OperationType.QUERY},
            )
            told = [presented(error) for error in result.errors or ()]
            for reason in sorted({t["message"] for t in told if t["extensions"]["code"] != "NOT_FOUND"}):
                logger.warning("document_not_known", document=name, reason=reason)


def neutral(schema: GraphQLSchema, operation: OperationDefinitionNode) -> dict[str, Any]:
    """A value for each variable that must have one."""
    found = {}
    for variable in operation.variable_definitions or ():
        type_: Any = type_from_ast(schema, variable.type)
        if is_non_null_type(type_) and variable.default_value is None:
            found[variable.variable.name.value] = value_of(type_)
    return found


def value_of(type_: GraphQLInputType) -> Any:
    """A value of a type, as short as can be."""
    inner: Any = type_.of_type if is_non_null_type(type_) else type_
    named = get_named_type(inner)
    if is_list_type(inner):
        return []
    if isinstance(named, GraphQLEnumType):
        return next(iter(named.values))
    if isinstance(named, GraphQLInputObjectType):
        if named.extensions["strawberry-definition"].is_one_of:
            name, field = next(iter(named.fields.items()))
            return {name: value_of(field.type)}
        return {name: value_of(f.type) for name, f in named.fields.items() if is_non_null_type(f.type)}
    return NEUTRAL.get(named.name, "")
