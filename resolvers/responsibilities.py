"""Responsibilities: define one, change one (SPEC 5.1, 5.2)."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from domain.ids import ResponsibilityId, new_id
from domain.operations import Change, differing
from domain.refusals import AlreadyTaken, NotFound, Refusal, Refused, StaleVersion
from domain.responsibilities import Responsibility, settled
from domain.responsibility_changes import StoredResponsibility, changed, narrowed, would_not_fit
from graphdb import misfits, responsibilities
from graphdb.errors import NotUnique
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.trials import Trial, demand_own, tried

DEFINE, UPDATE = "defineResponsibility", "updateResponsibility"


class Narrower(Exception):
    """Raised where a change makes a responsibility narrower, which takes more than one transaction."""

    def __init__(self, before: Responsibility, after: Responsibility) -> None:
        super().__init__(before.code)
        self.before, self.after = before, after


async def define_responsibility(context: Context, given: Mapping[str, Any]) -> Done:
    """Makes a responsibility that relationships can carry at once. Raises Refused."""
    permit(context.viewer, DEFINE)
    made = settled(Responsibility(id=ResponsibilityId(new_id("responsibility")), **given))

    async def work(tx: Transaction) -> Outcome:
        await responsibilities.create(tx, made, context.now)
        return Outcome([made.id], [Change(made.id, None, None, responsibilities.as_properties(made))])

    try:
        return await perform(context, DEFINE, work)
    except NotUnique as error:
        raise Refused(AlreadyTaken(path=("code",))) from error


async def update_responsibility(
    context: Context, id: ResponsibilityId, expected_version: int | None, given: Mapping[str, Any]
) -> Done:
    """Changes the fields given of a responsibility, if it still has the version expected.

    Raises Refused, with WouldNotFit where relationships are stored that a narrower one would not allow.
    """
    permit(context.viewer, UPDATE)

    async def work(tx: Transaction) -> Outcome:
        found = await current(tx, id, expected_version)
        after = changed(found.responsibility, given)
        if narrowed(found.responsibility, after) != found.responsibility:
            raise Narrower(found.responsibility, after)
        return await saved(tx, context, found, after)

    try:
        return await perform(context, UPDATE, work)
    except Narrower as change:
        return await narrow(context, change.before, change.after)


async def narrow(context: Context, before: Responsibility, after: Responsibility) -> Done:
    """Makes a responsibility narrower though others are given it at the same time: on trial first. Raises Refused."""
    token = context.key.claim if context.key else new_id("trial")  # one request sent twice is one trial

    async def announce(tx: Transaction) -> None:
        await responsibilities.tighten(tx, before, narrowed(before, after), token)

    async def judge() -> Sequence[Refusal]:
        held = [one async for page in misfits.held(context.graph, before.code) for one in page]
        return await asyncio.to_thread(would_not_fit, held, before, after)

    async def confirm(tx: Transaction) -> Outcome:
        found = await current(tx, before.id, before.version)
        demand_own(found, token, stale(found.responsibility))
        return await saved(tx, context, found, after)

    return await tried(context, UPDATE, Trial(before.id, token, announce, judge, confirm))


async def current(tx: Transaction, id: ResponsibilityId, expected_version: int | None) -> StoredResponsibility:
    """The responsibility of an id, locked. Raises Refused where there is none, or where it has another version."""
    found = await responsibilities.locked(tx, id)
    if found is None:
        raise Refused(NotFound(path=("id",)))
    if expected_version not in (None, found.responsibility.version):
        raise Refused(stale(found.responsibility))
    return found


def stale(found: Responsibility) -> StaleVersion:
    """The refusal of a change that rests on what a responsibility was before."""
    return StaleVersion(path=("expectedVersion",), record=found.id, current_version=found.version)


async def saved(tx: Transaction, context: Context, found: StoredResponsibility, after: Responsibility) -> Outcome:
    """Writes what a responsibility has become, if it has changed, and with it the end of whatever was on trial."""
    if after != found.responsibility or found.tightening:
        await responsibilities.update(tx, after, context.now)
    old, new = responsibilities.as_properties(found.responsibility), responsibilities.as_properties(after)
    return Outcome([after.id], [Change(after.id, None, *differing(old, new))])
