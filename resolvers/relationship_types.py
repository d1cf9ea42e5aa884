"""Relationship types: define one (SPEC 2.1)."""

from domain.operations import Change
from domain.refusals import AlreadyTaken, Refused
from domain.relationship_types import TypeDraft, define
from graphdb import relationship_types
from graphdb.errors import NotUnique
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform


async def define_relationship_type(context: Context, draft: TypeDraft) -> Done:
    """Makes a relationship type that can be used at once. Raises Refused."""
    permit(context.viewer, "defineRelationshipType")
    type = define(draft)

    async def work(tx: Transaction) -> Outcome:
        await relationship_types.create(tx, type, context.now)
        return Outcome([type.id], [Change(type.id, None, None, relationship_types.as_properties(type))])

    try:
        return await perform(context, "defineRelationshipType", work)
    except NotUnique as error:
        raise Refused(AlreadyTaken(path=("code",))) from error
