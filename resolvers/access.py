"""Who may do what: the one place that is asked (SPEC 5.7)."""

from collections.abc import Mapping, Sequence

from domain.access import Grant
from domain.ids import PartyId, RelationshipId
from domain.internal_users import Role
from domain.refusals import NotAllowed, NotFound, Refused, demand
from graphdb import parties
from graphdb.graph import Transaction
from resolvers.context import Context
from resolvers.viewers import Viewer


def may(viewer: Viewer, deed: str) -> bool:
    """Whether a viewer may do something, named as its mutation is. Only administrators sign in yet, and may do all."""
    return Role.ADMIN in viewer.roles and bool(deed)


def permit(viewer: Viewer, deed: str) -> None:
    """Raises Refused with NotAllowed unless the viewer may."""
    if not may(viewer, deed):
        raise Refused(NotAllowed(missing=(Role.ADMIN.value,)))


async def seen(tx: Transaction, context: Context, ids: Sequence[PartyId]) -> frozenset[PartyId]:
    """Those of the ids that name a party whom the viewer sees; who is hidden is as unknown as who is not there."""
    return frozenset(await parties.ends(tx, ids))


async def demand_seen(tx: Transaction, context: Context, places: Mapping[str, PartyId]) -> None:
    """Raises Refused with NotFound for each place of the input whose party the viewer does not see."""
    there = await seen(tx, context, list(places.values()))
    demand([NotFound(path=(place,)) for place, id in places.items() if id not in there])


async def demand_grant(
    tx: Transaction, context: Context, grant: Grant, party: PartyId, path: str
) -> RelationshipId | None:
    """The relationship through which a viewer has a grant for a party, None where it is had without any (by role, or
    for oneself). Raises Refused: NotFound where the viewer does not see the party, NotAllowed without the grant."""
    await demand_seen(tx, context, {path: party})
    if Role.ADMIN not in context.viewer.roles:
        raise Refused(NotAllowed(path=(path,), missing=(grant.value,)))
    return None
