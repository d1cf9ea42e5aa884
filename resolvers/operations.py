"""What a use case writes down of itself."""

from collections.abc import Sequence

from domain.ids import OperationId
from domain.operations import Change, Operation
from resolvers.context import Context


def operation(context: Context, id: OperationId, kind: str, changes: Sequence[Change]) -> Operation:
    """The operation of this request, done by its viewer now."""
    return Operation(id, kind, context.viewer.id, context.now, tuple(changes))
