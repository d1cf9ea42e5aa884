"""Strawberry's executor, which leaves to the planner what resolvers hand over as ids.

It runs mutations, and the computed fields of queries. Of what resolvers hand over it executes only what forms don't
know. All ids that come up in one turn of the loop are read in one statement, whatever the selections.
"""

import asyncio
from collections.abc import Awaitable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from graphql import (
    GraphQLError,
    GraphQLOutputType,
    GraphQLResolveInfo,
    OperationType,
    get_named_type,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.executor import CollectedErrors
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from graphdb.errors import GraphError, Unread
from resolvers.reading.completion import Completion
from resolvers.reading.context import Answer, Context
from resolvers.reading.declare import Refs
from resolvers.reading.document import Document
from resolvers.reading.forms import Forms
from resolvers.reading.handed import Gap, Shape, Spot
from resolvers.reading.plan import Asked, Done, Plan
from resolvers.reading.planner import Planner


@dataclass
class Wanted:
    """Ids that wait to be read, for one selection."""

    spot: Spot
    cls: type
    number: int
    ids: dict[str, None] = field(default_factory=dict)


@dataclass
class Turn:
    """The reading of one turn of the loop: what is wanted, the task that reads it, and how many wait for it."""

    wanted: dict[Hashable, Wanted] = field(default_factory=dict)
    task: asyncio.Task[Answer] | None = None
    waiting: int = 0

    async def answer(self) -> Answer:
        """What was read, for one of those who wait. Who gives up ends the reading only if nobody else waits."""
        assert self.task
        try:
            return await asyncio.shield(self.task)
        finally:
            self.waiting -= 1
            if not self.waiting:
                self.task.cancel()


@dataclass
class Turns:
    """The turn that still takes ids; copies of an executor share it."""

    current: Turn = field(default_factory=Turn)


@dataclass(frozen=True)
class Place:
    """Where a field stands."""

    type: GraphQLOutputType
    nodes: FieldDetailsList
    info: GraphQLResolveInfo[Any]
    path: Path


class Executor(StrawberryGraphQLCoreExecutionContext):
    forming = True
    """Whether values are shaped by forms where these know them."""

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
        if self.forming and (shape := self.forms.shape(self.document, self.variant, return_type, field_details_list)):
            return self.formed(shape, Place(return_type, field_details_list, info, path), result)
        if isinstance(result, Refs):
            return self.handed(Place(return_type, field_details_list, info, path), result)
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)

    def formed(self, shape: Shape, place: Place, result: Any) -> Any:
        """A value by its form, its ids taken into this turn's reading at once. What its form doesn't know is the
        executor's."""
        gaps, holder = list[Gap](), [None]
        try:
            holder[0] = shape(result, gaps, holder, 0)
        except Exception:  # whatever it is, it belongs to one place in the value, which only the executor tells
            return self.unformed(place, result, self.turns)
        if not gaps:
            return holder[0]
        turn, numbers = self.turns.current, [self.want(gap.spot, gap.refs) for gap in gaps]
        turn.waiting += 1
        return self.closed(place, result, turn, [*zip(gaps, numbers, strict=True)], holder)

    async def closed(
        self, place: Place, result: Any, turn: Turn, gaps: Sequence[tuple[Gap, int]], holder: Sequence[Any]
    ) -> Any:
        """A value once its gaps are closed. Where something is wrong it is the executor's, with what has been read."""
        try:
            answer = await turn.answer()
            if not answer.slow:
                for gap, number in gaps:
                    gap.close(answer.value[number])
                return holder[0]
        except Exception:  # an id that is gone, or the reading's own: the executor comes upon it again, in its place
            pass
        value = self.unformed(place, result, Turns(turn))
        return await value if isinstance(value, Awaitable) else value

    def unformed(self, place: Place, result: Any, turns: Turns) -> Any:
        """A value by the executor alone."""
        own = copy(self)
        own.forming, own.turns = False, turns
        return own.complete_value(place.type, place.nodes, place.info, place.path, result, None)

    def handed(self, place: Place, refs: Refs) -> Any:
        """The objects of ids: told, or promised."""
        spot = Spot.of(self.schema, self.document, get_named_type(place.type), place.nodes)
        if spot.told is not None:
            return spot.tell(refs, spot.told)
        turn = self.turns.current
        turn.waiting += 1
        return self.promised(place, refs, turn, self.want(spot, refs))

    def want(self, spot: Spot, refs: Refs) -> int:
        """Takes ids into this turn's reading; the number of their selection in it."""
        turn, key = self.turns.current, (refs.cls, spot.key)
        wanted = turn.wanted.get(key)
        if wanted is None:
            wanted = turn.wanted[key] = Wanted(spot, refs.cls, len(turn.wanted))
        for id in refs.ids:
            wanted.ids[id] = None
        if turn.task is None:
            turn.task = asyncio.create_task(self.read_turn(turn))
        return wanted.number

    async def read_turn(self, turn: Turn) -> Answer:
        self.turns.current = Turn()
        context, wanted = cast(Context, self.context_value).reading, turn.wanted.values()
        selections = [(w.cls, w.spot.type, w.spot.nodes) for w in wanted]
        plan = Planner.of(self.schema).refs(context.viewer, self.document, selections)
        ids = {f"ids_{w.number}": list(w.ids) for w in wanted}
        # What a mutation did is told to whoever did it, also where that was to change who he or she is.
        looking = self.operation.operation is not OperationType.MUTATION
        return await context.run(plan, {**plan.parameters(self.variable_values), **ids}, self.fill, looking)

    async def promised(self, place: Place, refs: Refs, turn: Turn, number: int) -> Any:
        """The objects in their place, completed as that place demands."""
        try:
            answer = await turn.answer()
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

    @cached_property
    def variant(self) -> object:
        """What of the variables' values decides what is selected."""
        return Planner.of(self.schema).variant(self.document)

    @cached_property
    def forms(self) -> Forms:
        return Forms.of(self.schema)


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
