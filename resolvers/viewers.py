"""Who asks: every request and every command has a viewer."""

from dataclasses import dataclass

from domain.internal_users import Role


@dataclass(frozen=True)
class Viewer:
    """Who asks: `id` stands in what they do, `viewer_class` decides what their reading plans show."""

    id: str
    roles: frozenset[Role]
    viewer_class: str = "all"


ADMINISTRATOR = Viewer("administrator", frozenset({Role.ADMIN}))
