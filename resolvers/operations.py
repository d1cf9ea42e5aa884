"""What a use case writes down of itself, and that it is done once (SPEC 11.2)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from domain.ids import OperationId, new_operation_id
from domain.operations import Change, Operation
from domain.refusals import IdempotencyKeyReused, Refused
from graphdb import operations
from graphdb.graph import WRITE_SECONDS, Transaction
from resolvers.context import Context


@dataclass(frozen=True)
class Outcome:
    """What work in a transaction did: the ids of what it made or changed, and what the history keeps of it."""

    ids: Sequence[str]
    changes: Sequence[Change]


@dataclass(frozen=True)
class Done:
    """What a mutation made or changed, by which operation; `again`: it was done before, under the same key."""

    ids: tuple[str, ...]
    operation: OperationId
    again: bool = False

    @property
    def id(self) -> str:
        """The only one."""
        (id,) = self.ids
        return id


Work = Callable[[Transaction], Awaitable[Outcome]]


async def perform(
    context: Context,
    deed: str,
    work: Work,
    undoes: OperationId | None = None,
    id: OperationId | None = None,
    seconds: float = WRITE_SECONDS,
) -> Done:
    """Does a mutation's work and writes its operation, in one transaction, in so many seconds; `undoes` is an operation
    undone by it, `id` is the operation's where the work itself has to know it.

    With an idempotency key it is done once: who comes later with the same input is answered as the first, who comes at
    the same time waits for the first, and what was refused leaves the key free. Raises Refused.
    """
    id = id or new_operation_id()

    async def whole(tx: Transaction) -> Done:
        earlier = await operations.claim(tx, context.key, id, context.now) if context.key else None
        if context.key and earlier:
            if earlier.input != context.key.input:
                raise Refused(IdempotencyKeyReused(path=("idempotencyKey",)))
            return Done(earlier.ids, earlier.operation, again=True)
        outcome = await work(tx)
        operations.record(tx, operation(context, id, deed, outcome.changes, outcome.ids))
        if undoes:
            await operations.restored(tx, undoes, id)
        return Done(tuple(outcome.ids), id)

    return await context.graph.write(whole, deed, seconds)


class Free(Exception):
    """Raised to take a claim back that was only to tell whether there was one before."""


async def earlier(context: Context, deed: str) -> Done | None:
    """What was done before under the idempotency key of a request, None where nothing was, or it has no key. Raises
    Refused."""

    async def nothing(tx: Transaction) -> Outcome:
        raise Free

    try:
        return await perform(context, deed, nothing) if context.key else None
    except Free:
        return None


def operation(
    context: Context, id: OperationId, kind: str, changes: Sequence[Change], answer: Sequence[str] = ()
) -> Operation:
    """The operation of this request, done by its viewer now."""
    return Operation(id, kind, context.viewer.id, context.now, tuple(changes), tuple(answer))
