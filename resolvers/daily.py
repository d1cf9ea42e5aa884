"""The daily run: what the dates that have come take (SPEC 4.2), and sessions that are over."""

from collections.abc import Sequence
from functools import partial

from domain.ids import PartyId, RelationshipId, new_operation_id
from domain.recording import changes
from graphdb import households, operations, relationships, sessions
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.households import settled
from resolvers.operations import operation

DEED = "daily"
BATCH, SESSIONS = 200, 5_000
Found = Sequence[tuple[RelationshipId, Sequence[PartyId]]]
"""Relationships with their ends."""


async def run_daily(context: Context) -> int:
    """Deletes the relationships made within a household of which an end has left by today; answers how many.

    It finds them by index, so it costs nothing where there are none. Each batch is a transaction and an operation of
    its own, so a run that is killed is gone on with by the next, and of several at once each takes what the others have
    not. How late it comes makes no difference to what is read: a relationship doesn't hold from the leaving on.
    Sessions that are over go without a trace; nobody is signed in by them.
    """
    permit(context.viewer, DEED)
    count = 0
    while found := await households.over(context.graph, context.today, BATCH):
        count += await context.graph.write(partial(deleted, context=context, found=found), DEED)
    while await context.graph.write(partial(sessions.delete_over, at=context.now, most=SESSIONS), DEED) == SESSIONS:
        pass
    return count


async def deleted(tx: Transaction, context: Context, found: Found) -> int:
    """Deletes those that still are over once their ends are locked, and writes it down; answers how many."""
    await relationships.lock(tx, [], sorted({end for _, ends in found for end in ends}))
    there = await relationships.stored_all(tx, [id for id, _ in found])
    taken = await settled(tx, there, context.today)
    if taken:
        told = [change for one in taken for change in changes(one.relationship, None, one.made)]
        operations.record(tx, operation(context, new_operation_id(), DEED, told))
    return len(taken)
