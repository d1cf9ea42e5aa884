"""Relationship types and responsibilities while they are deleted: nobody takes a lock of theirs, so at first nothing
new may use them, and once all have ended who had begun before they go (decision 11)."""

from dataclasses import replace

from domain.deleting import Asked, Thing, plan_delete
from domain.ids import OperationId, RelationshipTypeId, ResponsibilityId, new_id
from domain.refusals import DeletePlanChanged, Refusal, Refused
from graphdb import relationship_types, responsibilities
from graphdb.graph import Transaction
from resolvers.context import Context
from resolvers.doomed import facts
from resolvers.operations import Done, Outcome, Work, earlier
from resolvers.trials import Trial, tried


async def withdrawn(context: Context, asked: Asked, token: str, deed: str, work: Work, id: OperationId) -> Done:
    """Does the work of deleting a definition once nothing new can use it. Raises Refused, and TooSlow.

    What was done before under the same key is only told again: restored since, the definition stays in use.
    """
    if before := await earlier(context, deed):
        return before
    trial = context.key.claim if context.key else new_id("trial")

    async def announce(tx: Transaction) -> None:
        """Only where the plan holds: the work itself says what is wrong."""
        try:
            plan = plan_delete(asked, await facts(tx, asked, context.today), context.viewer.id)
        except Refused:
            return
        if plan.token == token and not plan.blockers and not plan.root.kept:
            await unusable(tx, asked.id, trial)

    async def judge() -> list[Refusal]:
        return []

    async def confirm(tx: Transaction) -> Outcome:
        if await usable(tx, asked.id, trial) is False:
            plan = plan_delete(asked, await facts(tx, asked, context.today), context.viewer.id)
            if not plan.blockers and plan.token == token:  # somebody else has put a change of it on trial
                raise Refused(DeletePlanChanged(path=("token",), plan=plan))
        return await work(tx)

    async def withdraw(tx: Transaction) -> None:
        await usable(tx, asked.id, trial)

    return await tried(context, deed, Trial(announce, judge, confirm, withdraw), id)


async def unusable(tx: Transaction, id: str, trial: str) -> None:
    """Puts a definition on trial as one that takes nothing, not even what is restored."""
    if Thing.of(id) is Thing.RELATIONSHIP_TYPE:
        type = await relationship_types.locked(tx, RelationshipTypeId(id))
        if type:
            nothing = replace(type.type, active=False, source_kinds=(), target_kinds=())
            await relationship_types.tighten(tx, type.type, nothing, trial)
    else:
        held = await responsibilities.locked(tx, ResponsibilityId(id))
        if held:
            nobody = replace(held.responsibility, active=False, holder_kinds=())
            await responsibilities.tighten(tx, held.responsibility, nobody, trial)


async def usable(tx: Transaction, id: str, trial: str) -> bool | None:
    """Ends a trial: the definition, locked, is as it was. False: not on this one; None: it is gone."""
    if Thing.of(id) is Thing.RELATIONSHIP_TYPE:
        type = await relationship_types.locked(tx, RelationshipTypeId(id))
        if type and type.tightening == trial:
            await relationship_types.restore(tx, type.type)
        return type.tightening == trial if type else None
    held = await responsibilities.locked(tx, ResponsibilityId(id))
    if held and held.tightening == trial:
        await responsibilities.restore(tx, held.responsibility)
    return held.tightening == trial if held else None
