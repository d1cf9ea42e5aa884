"""Access, told: who the viewer is, and what somebody may do for somebody, and why (SPEC 5.5)."""

import strawberry

from domain import access
from domain.access import RIGHTS
from domain.ids import PartyId
from domain.parties import PartyKind
from domain.refusals import NotFound, Refused
from resolvers.access import access_of, permitted
from resolvers.reading.declare import ref, refs
from schema.enums import AccessNeed, Grant, Role
from schema.info import Info
from schema.parties import PartyRecord
from schema.relationships import Relationship


@strawberry.type(description="Who asks.")
class Viewer:
    party: PartyRecord | None = strawberry.field(description="Null for the service's own administrator.")
    roles: list[Role]
    permissions: list[str] = strawberry.field(
        description="Names of mutations that the viewer may use, with some only for those whom relationships reach."
    )


@strawberry.type(description="By which relationships, from the viewer on, something is granted.")
class AccessWay:
    grants: list[Grant]
    relationships: list[Relationship]


@strawberry.type(description="What somebody is granted for somebody, and by what.")
class Access:
    grants: list[Grant]
    roles: list[Role] = strawberry.field(description="Roles that grant something here without a relationship.")
    ways: list[AccessWay]
    missing: list[Grant] = strawberry.field(description="What is not granted.")
    needed: list[AccessNeed] = strawberry.field(description="What would have to be so for relationships to grant more.")


async def root_viewer(info: Info) -> Viewer:
    """Who asks, and what he or she may do."""
    viewer = info.context.viewer
    return Viewer(
        party=ref(PartyRecord, viewer.id) if PartyKind.of(viewer.id) else None,
        roles=[role for role in Role if role in viewer.roles],
        permissions=[deed for deed in RIGHTS if permitted(viewer, deed)],
    )


async def root_access(info: Info, viewer: strawberry.ID, target: strawberry.ID) -> Access | None:
    """What a party is granted for another; one that is not known is an error beside null."""
    found = await access_of(info.context, PartyId(viewer), PartyId(target))
    if found is None:
        raise Refused(NotFound(path=("target",)))
    return Access(
        grants=in_order(found.granted),
        roles=list(found.roles),
        ways=[
            AccessWay(grants=in_order(way.grants), relationships=refs(Relationship, [link.id for link in way.links]))
            for way in found.ways
        ],
        missing=list(found.missing),
        needed=list(found.needed),
    )


def in_order(grants: frozenset[access.Grant]) -> list[access.Grant]:
    """Grants in the order in which they are listed."""
    return [grant for grant in access.Grant if grant in grants]
