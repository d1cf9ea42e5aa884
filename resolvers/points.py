"""Points: adjust them, and see before what an adjustment would leave (SPEC 6.3)."""

from dataclasses import replace

from domain.ids import PartyId, new_points_entry_id
from domain.operations import Change
from domain.parties import PartyKind
from domain.points import Adjustment, Balance, Held, adjust, preview
from domain.points_types import PointsType
from domain.refusals import NotFound, Refused
from graphdb import merging, parties, points
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import check_kind

DEED = "adjustPoints"


async def adjust_points(context: Context, adjustment: Adjustment, reason: str) -> Done:
    """Adds to a customer's points, or takes from them. Raises Refused.

    Whoever adjusts the same customer's points at the same time waits, so no balance comes below zero.
    """
    permit(context.viewer, DEED)
    check_kind(adjustment.customer, PartyKind.CONSUMER, PartyKind.ACCOUNT, path="customer")
    id = new_points_entry_id()

    async def work(tx: Transaction) -> Outcome:
        await parties.lock(tx, [adjustment.customer])
        entry = adjust(adjustment, reason, id, *await held(tx, adjustment))
        points.record(tx, entry, context.now, context.viewer.id)
        made = {"type": entry.type, "amount": entry.amount, "balance": entry.balance, "reason": entry.reason}
        return Outcome([id], [Change(id, entry.customer, None, made)])

    return await perform(context, DEED, work)


async def preview_points(context: Context, adjustment: Adjustment) -> tuple[PartyId, Balance]:
    """The balance before and after an adjustment, which is not made, and whose it is: of one who was merged away it is
    the survivor's. Raises Refused, as making it would."""
    permit(context.viewer, DEED)
    check_kind(adjustment.customer, PartyKind.CONSUMER, PartyKind.ACCOUNT, path="customer")

    async def work(tx: Transaction) -> tuple[PartyId, Balance]:
        last = await merging.survivors(tx, [adjustment.customer])
        asked = replace(adjustment, customer=last.get(adjustment.customer, adjustment.customer))
        return asked.customer, preview(asked, *await held(tx, asked))

    return await context.graph.read(work, DEED)


async def held(tx: Transaction, adjustment: Adjustment) -> tuple[Held, PointsType | None]:
    """What an adjustment is judged by. Raises Refused where there is no such customer."""
    found = await points.held(tx, adjustment.customer, adjustment.type)
    if found is None:
        raise Refused(NotFound(path=("customer",)))
    return found
