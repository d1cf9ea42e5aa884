"""Relationship types: define one (SPEC 2.1)."""

from dataclasses import dataclass

from domain.ids import OperationId, RelationshipTypeId, new_operation_id
from domain.operations import Change
from domain.refusals import AlreadyTaken, Refused
from domain.relationship_types import TypeDraft, define
from graphdb import operations, relationship_types
from graphdb.errors import NotUnique
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import operation


@dataclass(frozen=True)
class TypeWritten:
    """A relationship type was made by an operation."""

    type: RelationshipTypeId
    operation: OperationId


async def define_relationship_type(context: Context, draft: TypeDraft) -> TypeWritten:
    """Makes a relationship type that can be used at once. Raises Refused."""
    permit(context.viewer, "defineRelationshipType")
    type, done = define(draft), new_operation_id()
    change = Change(type.id, None, None, relationship_types.as_properties(type))

    async def work(tx: Transaction) -> None:
        await relationship_types.create(tx, type, context.now)
        await operations.record(tx, operation(context, done, "defineRelationshipType", [change]))

    try:
        await context.graph.write(work, "defineRelationshipType")
    except NotUnique as error:
        raise Refused(AlreadyTaken(path=("code",))) from error
    return TypeWritten(type.id, done)
