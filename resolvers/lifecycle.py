"""The lifecycle of customers: change their status, and their email preference (SPEC 6.1, 6.2, 6.4)."""

from collections.abc import Callable
from dataclasses import replace

from domain.ids import PartyId
from domain.lifecycle import CustomerAction, Word, acted, opted
from domain.parties import Party, PartyKind, differences
from domain.refusals import MergedAway, NotFound, Refused
from domain.sessions import ended_by
from graphdb import merging, parties, sessions
from graphdb.graph import Transaction
from resolvers.access import demand_right, permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import change, check_kind

LEAVING = CustomerAction.ENROLL.name.lower()
"""What a customer can do who was merged away: it leaves its survivor, and what was moved stays there (SPEC 6.1)."""


async def change_status(context: Context, id: PartyId, action: CustomerAction) -> Done:
    """Enrolls, unenrolls, deactivates or reactivates a customer. Raises Refused where the status does not allow it."""
    return await changed(
        context, action.name.lower(), id, lambda party: acted(party, action, context.now, context.viewer.id)
    )


async def set_email_preference(context: Context, id: PartyId, opted_in: bool, origin: str) -> Done:
    """Opts a customer in or out; `origin` is where that was said. Raises Refused."""
    word = Word(opted_in, context.now, context.viewer.id, origin)
    return await changed(context, "setEmailPreference", id, lambda party: opted(party, word))


async def changed(context: Context, deed: str, id: PartyId, become: Callable[[Party], Party]) -> Done:
    """Locks a customer, reads, and writes what the rule makes of it; the deed is named as its mutation is."""
    permit(context.viewer, deed)
    check_kind(id, PartyKind.CONSUMER, PartyKind.ACCOUNT)

    async def work(tx: Transaction) -> Outcome:
        await parties.lock(tx, [id])
        await demand_right(tx, context, deed, {("id",): id})
        before = (await parties.stored(tx, [id])).get(id)
        if before is None:
            raise Refused(NotFound(path=("id",)))
        if before.survivor and deed != LEAVING:
            raise Refused(MergedAway(path=("id",), survivor=before.survivor))
        after = become(before)
        await parties.update(tx, id, differences(before, after)[1], context.now)
        if because := ended_by(before, after):
            sessions.end_all(tx, id, context.now, because)
        told = change(before, after)
        if before.survivor:
            await merging.part(tx, id)
            told = replace(
                told, old={**(told.old or {}), "survivor": before.survivor}, new={**(told.new or {}), "survivor": None}
            )
        return Outcome([id], [told])

    return await perform(context, deed, work)
