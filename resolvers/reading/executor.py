"""Strawberry's executor, which leaves to the planner what resolvers hand over as ids.

It runs mutations, and the computed fields of queries. All ids that come up in one turn of the loop are read in one
statement, whatever the selections.
"""

import asyncio
from collections.abc import Awaitable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from graphql import (
    GraphQLError,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    OperationType,
    get_named_type,
)
from graphql.execution.collect_fields import FieldDetailsList, collect_subfields
from graphql.execution.executor import CollectedErrors
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from graphdb.errors import GraphError, Unread
from resolvers.reading.completion import Completion
from resolvers.reading.context import Answer, Context
from resolvers.reading.declare import Refs
from resolvers.reading.document import Document
from resolvers.reading.plan import Asked, Done, Plan
from resolvers.reading.planner import Planner


@dataclass
class Wanted:
    """Ids that wait to be read, for one selection."""

    cls: type
    type: GraphQLNamedType
    nodes: FieldDetailsList
    number: int
    ids: dict[str, None] = field(default_factory=dict)


@dataclass
class Turn:
    """The reading of one turn of the loop: what is wanted, and the task that reads it."""

    wanted: dict[Hashable, Wanted] = field(default_factory=dict)
    task: asyncio.Task[Answer] | None = None


@dataclass
class Turns:
    """The turn that still takes ids; copies of an executor share it."""

    current: Turn = field(default_factory=Turn)


@dataclass(frozen=True)
class Place:
    """Where a field stands that ids were handed over for."""

    type: GraphQLOutputType
    nodes: FieldDetailsList
    info: GraphQLResolveInfo[Any]
    path: Path


class Executor(StrawberryGraphQLCoreExecutionContext):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.turns = Turns()

    @classmethod
    def build(cls, *args: Any, **kwargs: Any) -> Any:
        """The executor, or the errors of variables that cannot be."""
        built = super().build(*args, **kwargs)
        return refused(built) if isinstance(built, list) else built

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        if isinstance(result, Refs):
            place = Place(return_type, field_details_list, info, path)
            return self.named(place, result) or self.read(place, result)
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)

    def named(self, place: Place, refs: Refs) -> Any:
        """What a mutation did, where no more than its ids is asked for: then there is nothing to read.

        None where there is, and for queries: whom a query leads to the viewer may not see. What a mutation names has
        been made, changed or found in its way by this viewer's own request.
        """
        type_ = get_named_type(place.type)
        if self.operation.operation is not OperationType.MUTATION or not isinstance(type_, GraphQLObjectType):
            return None
        d = self.document
        found = collect_subfields(self.schema, d.fragments, d.variables, d.operation, type_, place.nodes)
        keys = {key: nodes[0].node.name.value for key, nodes in found.grouped_field_set.items()}
        if not set(keys.values()) <= {"id", "__typename"}:
            return None
        objects = [{key: id if name == "id" else type_.name for key, name in keys.items()} for id in refs.ids]
        return objects if refs.many else objects[0]

    def read(self, place: Place, refs: Refs) -> Awaitable[Any]:
        """Takes the ids into this turn's reading, at once, and promises the objects."""
        turn, type_ = self.turns.current, get_named_type(place.type)
        key = (refs.cls, type_.name, *(id(details.node) for details in place.nodes))
        wanted = turn.wanted.get(key)
        if wanted is None:
            wanted = turn.wanted[key] = Wanted(refs.cls, type_, place.nodes, len(turn.wanted))
        wanted.ids.update(dict.fromkeys(refs.ids))
        if turn.task is None:
            turn.task = asyncio.create_task(self.read_turn(turn))
        return self.promised(place, refs, turn.task, wanted.number)

    async def read_turn(self, turn: Turn) -> Answer:
        self.turns.current = Turn()
        context, wanted = cast(Context, self.context_value).reading, turn.wanted.values()
        selections = [(w.cls, w.type, w.nodes) for w in wanted]
        plan = Planner.of(self.schema).refs(context.viewer, self.document, selections)
        ids = {f"ids_{w.number}": list(w.ids) for w in wanted}
        return await context.run(plan, {**plan.parameters(self.variable_values), **ids}, self.fill)

    async def promised(self, place: Place, refs: Refs, task: asyncio.Task[Answer], number: int) -> Any:
        """The objects in their place, completed as that place demands."""
        try:
            answer = await task
        except GraphQLError as error:
            raise placed(error, place.path, number) from error
        except GraphError as error:
            if self.operation.operation is not OperationType.MUTATION:
                raise
            raise Unread("This was done, but what it did cannot be read now; look before you try again.") from error
        found: Mapping[str, Any] = answer.value[number]
        if not answer.slow and all(id in found for id in refs.ids):
            return [found[id] for id in refs.ids] if refs.many else found[refs.ids[0]]
        items = [(found[id] if answer.slow else Done(found[id])) if id in found else gone() for id in refs.ids]
        completion, parent = Completion(self.schema, self.document), place.info.parent_type
        try:
            return completion.value(parent, place.type, place.nodes, items if refs.many else items[0], place.path)
        finally:
            self.collected_errors.errors.extend(completion.errors)

    async def fill(self, plan: Plan, asked: Mapping[Asked, None]) -> Mapping[Asked, Done]:
        """Resolves each computed field of each object in the plan that has one."""
        return dict(zip(asked, await asyncio.gather(*(self.filled(plan, *each) for each in asked)), strict=True))

    async def filled(self, plan: Plan, number: int, needs: tuple[Hashable, ...]) -> Done:
        """One computed field of one object, resolved by a copy that collects its errors alone."""
        hole, own = plan.holes[number], copy(self)
        own.collected_errors = CollectedErrors()
        path = Path(None, hole.key, hole.parent.name)
        try:
            value = own.execute_field(hole.parent, hole.source(needs), hole.nodes, path, None)
            value = await value if isinstance(value, Awaitable) else value
        except GraphQLError as error:
            return Done(None, (*own.collected_errors.errors, error), failed=True)
        return Done(value, tuple(own.collected_errors.errors))

    @cached_property
    def document(self) -> Document:
        return Document(self.operation, self.fragments, self.variable_values)


def refused(errors: list[GraphQLError]) -> list[GraphQLError]:
    """Errors of a document's variables: they are the client's."""
    for error in errors:
        error.extensions = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
    return errors


def placed(error: GraphQLError, path: Path, number: int) -> GraphQLError:
    """An error of a reading where its ids were handed over; below that only if it is of this one's selection."""
    first, *below = error.path or [number]
    whole = [*path.as_list(), *(below if first == number else [])]
    return GraphQLError(
        error.message, error.nodes, path=whole, original_error=error.original_error, extensions=error.extensions
    )


def gone() -> GraphQLError:
    return GraphQLError("What this names is gone.", extensions={"code": "NOT_FOUND"})
