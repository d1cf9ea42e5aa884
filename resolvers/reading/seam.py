"""Where the planner meets Strawberry.

A query is planned whole; what it has of computed fields are holes that the executor fills. Mutations are the
executor's, and what their results name is read by the same planner.
"""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from pathlib import Path as File
from typing import Any, Final, cast

import strawberry
from graphql import ExecutionResult as GraphQLResult
from graphql import GraphQLError, get_variable_values
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType
from strawberry.utils.await_maybe import await_maybe

from resolvers.reading.catalogue import Catalogue
from resolvers.reading.completion import Completion
from resolvers.reading.context import Context
from resolvers.reading.cursors import bad_input
from resolvers.reading.document import Document, Parsed
from resolvers.reading.executor import Executor, refused
from resolvers.reading.faults import check
from resolvers.reading.forms import FORMS, Forms
from resolvers.reading.fragments import load
from resolvers.reading.kept import Kept
from resolvers.reading.newcomers import Newcomers
from resolvers.reading.planner import EXTENSION, Planner
from resolvers.reading.viewers import ViewerClass

CONSTANTS: Final = ("today", "viewer", "session", "claimed", "login")
MOST_DOCUMENTS: Final = 1_000
HEAVIEST_DOCUMENTS: Final = 2**28


class Planned(SchemaExtension):
    """After a document's first validation: keep it, and answer it by its plan if it is a query."""

    def on_parse(self) -> Iterator[None]:
        """A document that was valid before is not parsed and validated again."""
        context = self.execution_context
        known = cast(Schema, context.schema).documents.found((context.query, context._provided_operation_name))
        if known and context.graphql_document is None:
            context.graphql_document, context.pre_execution_errors = known.node, []
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        context = self.execution_context
        schema, name = cast(Schema, context.schema), context._provided_operation_name
        assert context.graphql_document
        parsed = Parsed.of(context.graphql_document, name)
        if parsed is None:
            context.result = GraphQLResult(None, [bad_input("Say by operationName which operation is meant.")])
        elif parsed.is_query:
            context.result = await schema.answer(parsed, context.variables, context.context)
        if parsed and context.query:
            schema.documents.keep((context.query, name), parsed)
        yield


class Schema(strawberry.Schema):
    """A schema over the graph. Raises Undeclared where its declarations don't hold.

    `cypher`: the folder of the fragments. `viewers`: the classes of viewers. `constants`: the parameters that every
    ReadingContext gives. All other arguments are Strawberry's. The context of a request has a `reading`.
    """

    def __init__(
        self,
        *,
        cypher: File,
        viewers: Iterable[ViewerClass],
        constants: Collection[str] = CONSTANTS,
        extensions: Iterable[Any] = (),
        **arguments: Any,
    ) -> None:
        super().__init__(**arguments, extensions=[*extensions, Planned], execution_context_class=Executor)
        catalogue = Catalogue(self._schema, load(cypher), viewers, constants)
        check(catalogue)
        self.planner = self._schema.extensions[EXTENSION] = Planner(catalogue)
        self._schema.extensions[FORMS] = Forms(self.planner)
        self.newcomers = Newcomers()
        self.documents: Kept[Parsed] = Kept(MOST_DOCUMENTS, HEAVIEST_DOCUMENTS, lambda parsed: parsed.weight)

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Answers a document. One that was valid before is answered past all extensions, a query by its plan."""
        context = cast(Context, context_value)
        known = self.known(query, operation_name, allowed_operation_types)
        if known is None:
            try:
                async with self.newcomers.turn(context and context.reading.parameters.get("viewer")):
                    # Somebody may have brought the same, and been before.
                    known = self.known(query, operation_name, allowed_operation_types)
                    if known is None:
                        return await super().execute(
                            query,
                            variable_values,
                            context_value,
                            root_value,
                            operation_name,
                            allowed_operation_types,
                            operation_extensions,
                        )
            except GraphQLError as error:
                return ExecutionResult(data=None, errors=[error])
        respond = self.answer if known.is_query else self.perform
        result = await respond(known, variable_values, context)
        if result.errors:
            self._process_errors(result.errors)
        return ExecutionResult(data=result.data, errors=result.errors)

    def known(
        self, query: str | None, operation_name: str | None, allowed: Iterable[OperationType] | None
    ) -> Parsed | None:
        """A document that was valid before, if such an operation may be answered."""
        found = self.documents.found((query, operation_name))
        return found if found and found.is_one_of(allowed) else None

    async def answer(self, parsed: Parsed, given: dict[str, Any] | None, context: Context) -> GraphQLResult:
        """Answers a query by its plan. What is unexpected becomes an error with its exception, as in Strawberry."""
        variables = get_variable_values(self._schema, parsed.operation.variable_definitions or (), given or {})
        if isinstance(variables, list):
            return GraphQLResult(None, refused(variables))
        document, reading = Document(parsed.operation, parsed.fragments, variables), context.reading
        try:
            plan = self.planner.query(reading.viewer, document)
            parameters = plan.parameters(variables)
            executor = self.executor(parsed, given, context) if plan.holes else None
            assert not isinstance(executor, list)  # the variables were looked at above
            answer = await reading.run(plan, parameters, executor.fill if executor else None)
        except GraphQLError as error:
            return GraphQLResult(None, [error])
        except Exception as error:
            return GraphQLResult(None, [GraphQLError(str(error), original_error=error)])
        if not answer.slow:
            return GraphQLResult(answer.value, None)
        completion = Completion(self._schema, document)
        return GraphQLResult(completion.answer(answer.value), completion.errors or None)

    async def perform(self, parsed: Parsed, given: dict[str, Any] | None, context: Context) -> GraphQLResult:
        """Answers a mutation."""
        executor = self.executor(parsed, given, context)
        if isinstance(executor, list):
            return GraphQLResult(None, executor)
        return cast(GraphQLResult, await await_maybe(executor.execute_operation()))

    def executor(self, parsed: Parsed, given: dict[str, Any] | None, context: Context) -> Executor | list[GraphQLError]:
        """What executes an operation, or what is wrong with its variables."""
        return cast(
            Executor | list[GraphQLError],
            Executor.build(self._schema, parsed.node, None, context, given, parsed.name, operation_extensions=None),
        )
