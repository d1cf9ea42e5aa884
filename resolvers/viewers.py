"""Who asks: every request and every command has a viewer."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.access import Sight, sight_of
from domain.internal_users import Role
from domain.parties import CustomerStatus, PartyKind
from graphdb import access
from graphdb.graph import Graph
from resolvers.reading.kept import Kept

MOST_KNOWN = 10_000
NOBODY: Sequence[object] = [None] * 4
"""What the graph says of a party that is not there."""


@dataclass(frozen=True)
class Viewer:
    """Who asks: `id` stands in what they do, `viewer_class` decides what their reading plans show.

    `standing` is what the graph said of a party who asks, as `standing_of` takes it; None for the administrator of the
    service itself, who is none.
    """

    id: str
    roles: frozenset[Role]
    viewer_class: str = "all"
    standing: Sequence[object] | None = None

    @property
    def kind(self) -> PartyKind | None:
        """What kind of party it is."""
        return PartyKind.of(self.id)


ADMINISTRATOR = Viewer("administrator", frozenset({Role.ADMIN}))


def viewer_of(id: str, standing: Sequence[object]) -> Viewer | None:
    """The viewer that a party is, None where it may not sign in.

    `standing`: its kind, roles, status, and whether it is deceased, as the graph has them; None each where there is no
    such party.
    """
    kind, roles, status, deceased = standing
    if kind is None:
        return None
    known = roles_of(roles)
    sight = sight_of(PartyKind(kind), known, CustomerStatus(status) if status else None, bool(deceased))
    return None if sight is Sight.NONE else Viewer(id, known, sight.value, standing)


def roles_of(stored: object) -> frozenset[Role]:
    """Roles as they are stored on a party: a list of their names, or none."""
    return frozenset(Role(str(role)) for role in (stored if isinstance(stored, list) else ()))


class Unknown(Exception):
    """Raised for a party that is not there, or may not sign in."""

    def __init__(self) -> None:
        super().__init__("Sign in first.")


class Viewers:
    """Who the parties are that sign in."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: Kept[Viewer] = Kept(MOST_KNOWN)

    async def of(self, id: str) -> Viewer:
        """The viewer of an id, as known from before; what is read for a guess tells whether it is so.

        Raises Unknown.
        """
        if id == ADMINISTRATOR.id:
            return ADMINISTRATOR
        return self._known.found(id) or await self.fresh(id)

    async def fresh(self, id: str) -> Viewer:
        """The viewer of an id as the graph has it now. Raises Unknown."""
        return self.learned(id, await access.standing(self._graph, id))

    def learned(self, id: str, standing: object) -> Viewer:
        """The viewer of an id, of whom the graph told this. Raises Unknown."""
        viewer = viewer_of(id, standing if isinstance(standing, list) else NOBODY)
        if viewer is None:
            self._known.pop(id, None)
            raise Unknown
        self._known.keep(id, viewer)
        return viewer


def hiding(secret: bytes, viewer: str, day: date) -> Callable[[str], str]:
    """What makes the ids of placeholders: equal for a viewer within a day, useless to another (SPEC 5.6)."""
    key = hashlib.blake2b(f"{viewer} {day.isoformat()}".encode(), key=secret, digest_size=32).digest()

    def hide(id: str) -> str:
        return f"hidden_{hashlib.blake2b(id.encode(), key=key, digest_size=12).hexdigest()}"

    return hide
