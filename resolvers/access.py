"""Who may do what: the one place that is asked (SPEC 5.7)."""

from dataclasses import dataclass

from domain.internal_users import Role
from domain.refusals import NotAllowed, Refused


@dataclass(frozen=True)
class Viewer:
    """Who asks: `id` stands in what they do, `viewer_class` decides what their reading plans show."""

    id: str
    roles: frozenset[Role]
    viewer_class: str = "all"


ADMINISTRATOR = Viewer("administrator", frozenset({Role.ADMIN}))


def may(viewer: Viewer, deed: str) -> bool:
    """Whether a viewer may do something, named as its mutation is. Only administrators sign in yet, and may do all."""
    return Role.ADMIN in viewer.roles and bool(deed)


def permit(viewer: Viewer, deed: str) -> None:
    """Raises Refused with NotAllowed unless the viewer may."""
    if not may(viewer, deed):
        raise Refused(NotAllowed(missing=(Role.ADMIN.value,)))
