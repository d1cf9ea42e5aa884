"""What a use case writes down of itself, and that it is done once (SPEC 11.2)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from domain.ids import OperationId, new_operation_id
from domain.operations import Change, Operation
from domain.refusals import IdempotencyKeyReused, Refused
from graphdb import operations
from graphdb.graph import Transaction
from resolvers.context import Context


@dataclass(frozen=True)
class Outcome:
    """What work in a transaction did: the ids of what it made or changed, and what the history keeps of it."""

    ids: Sequence[str]
    changes: Sequence[Change]


@dataclass(frozen=True)
class Done:
    """What a mutation made or changed, by which operation."""

    ids: tuple[str, ...]
    operation: OperationId

    @property
    def id(self) -> str:
        """The only one."""
        (id,) = self.ids
        return id


Work = Callable[[Transaction], Awaitable[Outcome]]


async def perform(
    context: Context, deed: str, work: Work, undoes: OperationId | None = None, id: OperationId | None = None
) -> Done:
    """Does a mutation's work and writes its operation, in one transaction; `undoes` is an operation undone by it, `id`
    the operation's where the work must know it.

    With an idempotency key it is done once: who comes later with the same input is answered as the first, who comes at
    the same time waits for the first, and what was refused leaves the key free. Raises Refused.
    """
    own = id or new_operation_id()

    async def whole(tx: Transaction) -> Done:
        earlier = await operations.claim(tx, context.key, own, context.now) if context.key else None
        if context.key and earlier:
            if earlier.input != context.key.input:
                raise Refused(IdempotencyKeyReused(path=("idempotencyKey",)))
            return Done(earlier.ids, earlier.operation)
        outcome = await work(tx)
        operations.record(tx, operation(context, own, deed, outcome.changes, outcome.ids))
        if undoes:
            await operations.restored(tx, undoes, own)
        return Done(tuple(outcome.ids), own)

    return await context.graph.write(whole, deed)


def operation(
    context: Context, id: OperationId, kind: str, changes: Sequence[Change], answer: Sequence[str] = ()
) -> Operation:
    """The operation of this request, done by its viewer now."""
    return Operation(id, kind, context.viewer.id, context.now, tuple(changes), tuple(answer))
