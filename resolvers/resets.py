"""Resetting a consumer's password, and what becomes of the mail (SPEC 6.4)."""

from datetime import datetime

from domain.ids import OperationId, PartyId, new_operation_id
from domain.parties import PartyKind
from domain.refusals import MailNotSetUp, MergedAway, NotFound, Refused
from domain.resets import GRACE, Mail, Reset, change, readable_password, recipient
from graphdb import operations, parties, resets
from graphdb.graph import Transaction
from resolvers.access import demand_right, permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, operation, perform
from resolvers.parties import check_kind
from resolvers.passwords import give
from resolvers.post import Letter

DEED = "resetPassword"
BATCH = 100


async def reset_password(context: Context, id: PartyId) -> Done:
    """Gives a consumer a new password, which goes out by mail once that is written; ends the sessions.

    What was done under the same idempotency key before sends nothing. Raises Refused, and Busy.
    """
    permit(context.viewer, DEED)
    check_kind(id, PartyKind.CONSUMER)
    if context.post is None:
        raise Refused(MailNotSetUp())
    password, reset, lost = readable_password(), Reset.new(id, context.now), new_operation_id()
    hash = await context.hasher.hash(password)
    to = ""

    async def work(tx: Transaction) -> Outcome:
        nonlocal to
        await parties.lock(tx, [id])
        await demand_right(tx, context, DEED, {("id",): id})
        consumer = (await parties.stored(tx, [id])).get(id)
        if consumer is None:
            raise Refused(NotFound(path=("id",)))
        if consumer.survivor:
            raise Refused(MergedAway(path=("id",), survivor=consumer.survivor))
        earlier = await resets.under_way(tx, id)
        to = recipient(consumer, earlier, context.now)
        if earlier:  # nobody has told what became of it, and nobody can any more
            await ended(tx, context, earlier, Mail.LOST, lost)
        give(tx, id, hash, context.now)
        resets.begin(tx, reset)
        return Outcome([id], [change(id, None, Mail.UNDER_WAY)])

    done = await perform(context, DEED, work)
    if not done.again:
        context.post.send(Letter(reset, to, password))
    return done


async def settle(context: Context, reset: Reset, mail: Mail) -> bool:
    """Tells the history what became of a mail, once; whether this has done so."""

    id = new_operation_id()

    async def work(tx: Transaction) -> bool:
        await parties.lock(tx, [reset.consumer])
        return await ended(tx, context, reset, mail, id)

    return await context.graph.write(work, mail.operation)


async def settle_overdue(context: Context) -> int:
    """Tells the history of mails of which nobody has told what became of them: Kith was killed, or the store was away
    when it would have done so. Answers how many."""
    count = 0
    while found := await resets.overdue(context.graph, overdue_at(context.now), BATCH):
        for reset in found:
            count += await settle(context, reset, Mail.LOST)
    return count


def overdue_at(now: datetime) -> datetime:
    """Until when a reset was under way that is taken for lost now."""
    return now - GRACE


async def ended(tx: Transaction, context: Context, reset: Reset, mail: Mail, by: OperationId) -> bool:
    """Ends the reset of a locked consumer's, by an operation of its own; whether it was under way."""
    if not await resets.end(tx, reset.id):
        return False
    told = [change(reset.consumer, Mail.UNDER_WAY, mail)]
    operations.record(tx, operation(context, by, mail.operation, told))
    return True
