"""Partner apps: create one, change one, list them (SPEC 5.6, 5.7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.ids import PartnerAppId
from domain.operations import Change, differing
from domain.partner_apps import AppScope, changed, define
from domain.refusals import NotFound, Refused, StaleVersion
from graphdb import partner_apps
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform

READING = "partnerApps"


async def every_app(context: Context) -> list[str]:
    """The ids of all apps, by name. Raises Refused for whoever is no administrator."""
    permit(context.viewer, READING)
    return await partner_apps.every(context.graph)


async def create_partner_app(context: Context, name: str, scopes: Sequence[AppScope]) -> Done:
    """Makes an app, which has no key yet. Raises Refused."""
    permit(context.viewer, "createPartnerApp")
    app = define(name, scopes)

    async def work(tx: Transaction) -> Outcome:
        await partner_apps.create(tx, app, context.now)
        return Outcome([app.id], [Change(app.id, None, None, partner_apps.as_properties(app))])

    return await perform(context, "createPartnerApp", work)


async def update_partner_app(
    context: Context, id: PartnerAppId, expected_version: int | None, given: Mapping[str, Any]
) -> Done:
    """Changes the fields given of an app, if it still has the version expected. Raises Refused.

    What it takes away counts from the app's next request on.
    """
    permit(context.viewer, "updatePartnerApp")

    async def work(tx: Transaction) -> Outcome:
        before = await partner_apps.locked(tx, id)
        if before is None:
            raise Refused(NotFound(path=("id",)))
        if expected_version not in (None, before.version):
            raise Refused(StaleVersion(path=("expectedVersion",), record=id, current_version=before.version))
        after = changed(before, given)
        if after != before:
            await partner_apps.update(tx, after, context.now)
        old, new = partner_apps.as_properties(before), partner_apps.as_properties(after)
        return Outcome([id], [Change(id, None, *differing(old, new))])

    return await perform(context, "updatePartnerApp", work)
