"""Relationship types and responsibilities while they are deleted: nobody takes a lock of theirs, so at first nothing
new may use them, and once all have ended who had begun before they go (decision 11)."""

from dataclasses import replace

from domain.delete_tokens import Asked
from domain.deleting import plan_delete
from domain.doomed import Thing
from domain.ids import OperationId, RelationshipTypeId, ResponsibilityId, new_id
from domain.refusals import DeletePlanChanged, Refusal, Refused
from graphdb import relationship_types, responsibilities
from graphdb.graph import Transaction
from resolvers.context import Context
from resolvers.doomed import facts
from resolvers.operations import Done, Outcome, Work, earlier
from resolvers.trials import Trial, demand_own, ended, tried


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
        """The definition is as it was, so that it is kept so; the work says what is wrong with another plan."""
        found = await ended(tx, asked.id, trial)
        if found and found.tightening != trial:
            plan = plan_delete(asked, await facts(tx, asked, context.today), context.viewer.id)
            if not plan.blockers and plan.token == token:
                demand_own(found, trial, DeletePlanChanged(path=("token",), plan=plan))
        return await work(tx)

    return await tried(context, deed, Trial(asked.id, trial, announce, judge, confirm), id)


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
