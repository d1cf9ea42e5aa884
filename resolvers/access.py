"""Who may do what: the one place that is asked (SPEC 5.7). The rules are `domain/access.py`'s."""

from collections.abc import Collection, Mapping

from domain.access import MANAGERS, RIGHTS, Access, Asker, Grant, Right, Sight, Way, granted_by, ways
from domain.access import access as judged
from domain.ids import PartyId, RelationshipId
from domain.internal_users import Role
from domain.parties import PartyKind
from domain.refusals import NotAllowed, NotFound, Refusal, Refused, demand
from domain.relationship_types import Category, RelationshipType
from graphdb import access, merging, parties, partner_apps
from graphdb.graph import Transaction
from graphdb.partner_apps import Shown
from resolvers.context import Context
from resolvers.viewers import Viewer, roles_of

BOUNDED = frozenset({Sight.STAFF.value, Sight.CONSUMER.value, Sight.PARTNER_APP.value})
"""Classes of viewers from whom somebody may be hidden."""
Place = tuple[str, ...]


def is_bounded(viewer: Viewer) -> bool:
    """Whether somebody may be hidden from a viewer."""
    return viewer.viewer_class in BOUNDED


def by_role(viewer: Viewer, deed: str) -> bool:
    """Whether a viewer's roles alone allow to do something, named as its mutation is, with anybody."""
    return bool(RIGHTS[deed].roles & viewer.roles)


def permitted(viewer: Viewer, deed: str) -> bool:
    """Whether there may be anybody with whom a viewer may do something: by role, by a grant, or for oneself."""
    right = RIGHTS[deed]
    own = right.own and viewer.kind is PartyKind.CONSUMER
    serving = viewer.kind is PartyKind.CONSUMER or Role.RELATIONSHIP_AGENT in viewer.roles
    itself = right.itself and not viewer.is_app
    return itself or by_role(viewer, deed) or own or (right.grant is not None and serving)


def permit(viewer: Viewer, deed: str) -> None:
    """Raises Refused with NotAllowed where a viewer may not do something whomever it is about.

    Whoever may do it by a grant, or for himself or herself, is asked by `demand_right` whom it is about.
    """
    if not permitted(viewer, deed):
        raise Refused(NotAllowed(missing=needed(RIGHTS[deed])))


def needed(right: Right) -> tuple[str, ...]:
    """What would allow something, as clients are told."""
    roles = [role.value for role in Role if role in right.roles]
    own = ["CONSUMER"] if right.own and not roles else []
    return (*roles, *own, *([right.grant.value] if right.grant else []))


async def seen(tx: Transaction, context: Context, ids: Collection[PartyId]) -> frozenset[PartyId]:
    """Those of the ids that name a party whom the viewer sees; who is hidden is as unknown as who is not there."""
    if not is_bounded(context.viewer):
        return frozenset(await parties.ends(tx, list(ids)))
    if context.viewer.is_app:
        return (await shown_to_app(tx, context, ids)).seen
    found = await reached(tx, context, ids)
    own = PartyId(context.viewer.id)
    return frozenset(id for id, by in found.items() if id == own or Grant.VIEW_PROFILE in granted_by(by))


async def shown_to_app(tx: Transaction, context: Context, ids: Collection[PartyId]) -> Shown:
    """What of some parties the viewer is shown, which is a partner app."""
    viewer = context.viewer
    return await partner_apps.shown(tx, viewer.id, viewer.session, list(ids), context.today)


async def reached(tx: Transaction, context: Context, ids: Collection[PartyId]) -> dict[PartyId, tuple[Way, ...]]:
    """Of the ids those that name a party, each with the ways by which relationships lead the viewer there."""
    viewer = context.viewer
    found, granted = await access.reached(tx, viewer.id, list(ids), context.today)
    kind = viewer.kind or PartyKind.INTERNAL_USER
    return {one.party: ways(kind, viewer.roles, one, granted) for one in found}


async def demand_seen(tx: Transaction, context: Context, places: Mapping[Place, PartyId]) -> None:
    """Raises Refused with NotFound for each place of the input whose party the viewer does not see."""
    there = await seen(tx, context, list(places.values()))
    demand([NotFound(path=place) for place, id in places.items() if id not in there])


async def demand_right(tx: Transaction, context: Context, deed: str, places: Mapping[Place, PartyId]) -> None:
    """Raises Refused where the viewer may not do something with these parties of the input: NotFound for one who is not
    seen, NotAllowed for one for whom the grant is missing."""
    viewer, right = context.viewer, RIGHTS[deed]
    if by_role(viewer, deed):
        return
    own = right.own and viewer.kind is PartyKind.CONSUMER
    await demand_seen(tx, context, places)
    found = await reached(tx, context, list(places.values())) if right.grant else {}
    refusals: list[Refusal] = []
    for place, id in places.items():
        granted = right.grant is not None and right.grant in granted_by(found.get(id, ()))
        if not granted and not (own and id == viewer.id):
            refusals.append(NotAllowed(path=place, missing=needed(right)))
    demand(refusals)


async def demand_grant(
    tx: Transaction, context: Context, grant: Grant, party: PartyId, path: str
) -> RelationshipId | None:
    """The relationship through which a viewer has a grant of cases for a party, the first of the shortest way; None
    where it is had without any, by role or for oneself.

    Raises Refused: NotFound where the viewer does not see the party, NotAllowed without the grant.
    """
    await demand_seen(tx, context, {(path,): party})
    viewer = context.viewer
    if MANAGERS & viewer.roles or party == viewer.id:
        return None
    found = (await reached(tx, context, [party])).get(party, ())
    for way in found:
        if grant in way.grants:
            return way.links[0].id
    raise Refused(NotAllowed(path=(path,), missing=(grant.value,)))


async def access_of(context: Context, viewer: PartyId, target: PartyId) -> Access | None:
    """What a party has for another, None where whoever asks does not see both; one who was merged away is the one into
    whom."""

    async def work(tx: Transaction) -> Access | None:
        last = await merging.survivors(tx, [viewer, target])
        return await access_in(tx, context, last.get(viewer, viewer), last.get(target, target))

    return await context.graph.read(work, "access")


async def access_in(tx: Transaction, context: Context, viewer: PartyId, target: PartyId) -> Access | None:
    """The same of two who are not merged away."""
    if len(await seen(tx, context, {viewer, target})) < len({viewer, target}):
        return None
    (asked, *_), granted = await access.reached(tx, viewer, [target], context.today)
    (kind, roles, _, deceased, _) = await access.standing_in(tx, viewer)
    if viewer == context.viewer.id and context.viewer.claimed is not None:  # nobody else's claims are known
        roles = list(context.viewer.claimed)
    asker = Asker(viewer, PartyKind(str(kind)), roles_of(roles), bool(deceased))
    return judged(asker, asked, granted)


def wrong_team(viewer: Viewer, type: RelationshipType, source: PartyId, *path: str) -> list[Refusal]:
    """What a viewer's role does not allow with a relationship of a type: who serves whom is for managers to say, and
    never of themselves (5.7)."""
    if type.category is not Category.TEAM or Role.ADMIN in viewer.roles:
        return []
    if Role.MANAGER in viewer.roles and source != viewer.id:
        return []
    return [NotAllowed(path=path, missing=(Role.ADMIN.value, *([] if source == viewer.id else [Role.MANAGER.value])))]
