"""Points types: define one, change one (SPEC 6.3)."""

from collections.abc import Mapping
from typing import Any

from domain.ids import PointsTypeId
from domain.operations import Change, differing
from domain.points_types import changed, define
from domain.refusals import AlreadyTaken, NotFound, Refused, StaleVersion
from graphdb import points_types
from graphdb.errors import NotUnique
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform


async def define_points_type(context: Context, code: str, name: str, description: str | None) -> Done:
    """Makes a points type that takes adjustments at once. Raises Refused."""
    permit(context.viewer, "definePointsType")
    type = define(code, name, description)

    async def work(tx: Transaction) -> Outcome:
        await points_types.create(tx, type, context.now)
        return Outcome([type.id], [Change(type.id, None, None, points_types.as_properties(type))])

    try:
        return await perform(context, "definePointsType", work)
    except NotUnique as error:
        raise Refused(AlreadyTaken(path=("code",))) from error


async def update_points_type(
    context: Context, id: PointsTypeId, expected_version: int | None, given: Mapping[str, Any]
) -> Done:
    """Changes the fields given of a type, if it still has the version expected. Raises Refused.

    Whoever adjusts points at the same moment as their type is deactivated does so as if just before.
    """
    permit(context.viewer, "updatePointsType")

    async def work(tx: Transaction) -> Outcome:
        before = await points_types.locked(tx, id)
        if before is None:
            raise Refused(NotFound(path=("id",)))
        if expected_version not in (None, before.version):
            raise Refused(StaleVersion(path=("expectedVersion",), record=id, current_version=before.version))
        after = changed(before, given)
        if after != before:
            await points_types.update(tx, after, context.now)
        old, new = points_types.as_properties(before), points_types.as_properties(after)
        return Outcome([id], [Change(id, None, *differing(old, new))])

    return await perform(context, "updatePointsType", work)
