"""Relationship types: define one, change one (SPEC 2.1, 2.5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.ids import RelationshipTypeId, new_id
from domain.operations import Change, differing
from domain.refusals import AlreadyTaken, NotFound, Refusal, Refused, StaleVersion
from domain.relationship_types import RelationshipType, TypeDraft, define
from domain.type_changes import StoredType, changed, narrowed, narrows
from graphdb import definitions, relationship_types
from graphdb.errors import NotUnique
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.misfits import would_not_fit
from resolvers.operations import Done, Outcome, perform
from resolvers.trials import Trial, demand_own, tried

UPDATE = "updateRelationshipType"


class Narrower(Exception):
    """Raised where a change makes a type narrower, which takes more than one transaction."""

    def __init__(self, before: RelationshipType, after: RelationshipType) -> None:
        super().__init__(before.code)
        self.before, self.after = before, after


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


async def update_relationship_type(
    context: Context, id: RelationshipTypeId, expected_version: int | None, given: Mapping[str, Any]
) -> Done:
    """Changes the fields given of a type, if it still has the version expected.

    Raises Refused, with WouldNotFit where relationships are stored that a narrower type would not allow.
    """
    permit(context.viewer, UPDATE)

    async def work(tx: Transaction) -> Outcome:
        found = await current(tx, id, expected_version)
        after = changed(found.type, given)
        if narrows(found.type, after):
            raise Narrower(found.type, after)
        return await saved(tx, context, found, after)

    try:
        return await perform(context, UPDATE, work)
    except Narrower as change:
        return await narrow(context, change.before, change.after)


async def narrow(context: Context, before: RelationshipType, after: RelationshipType) -> Done:
    """Makes a type narrower though others relate by it at the same time: on trial first. Raises Refused."""
    token = context.key.claim if context.key else new_id("trial")  # one request sent twice is one trial

    async def announce(tx: Transaction) -> None:
        await relationship_types.tighten(tx, before, narrowed(before, after), token)

    async def confirm(tx: Transaction) -> Outcome:
        found = await current(tx, before.id, before.version)
        demand_own(found, token, stale(found.type))
        return await saved(tx, context, found, after)

    async def judge() -> Sequence[Refusal]:
        defined = await context.graph.read(definitions.stored, UPDATE)
        return await would_not_fit(context.graph, before, after, defined.types)

    return await tried(context, UPDATE, Trial(before.id, token, announce, judge, confirm))


async def current(tx: Transaction, id: RelationshipTypeId, expected_version: int | None) -> StoredType:
    """The type of an id, locked. Raises Refused where there is none, or where it has another version."""
    found = await relationship_types.locked(tx, id)
    if found is None:
        raise Refused(NotFound(path=("id",)))
    if expected_version not in (None, found.type.version):
        raise Refused(stale(found.type))
    return found


def stale(type: RelationshipType) -> StaleVersion:
    """The refusal of a change that rests on what a type was before."""
    return StaleVersion(path=("expectedVersion",), record=type.id, current_version=type.version)


async def saved(tx: Transaction, context: Context, found: StoredType, after: RelationshipType) -> Outcome:
    """Writes what a type has become, if it has changed, and with it the end of whatever was on trial."""
    if after != found.type or found.tightening:
        await relationship_types.update(tx, after, context.now)
    old, new = relationship_types.as_properties(found.type), relationship_types.as_properties(after)
    return Outcome([after.id], [Change(after.id, None, *differing(old, new))])
