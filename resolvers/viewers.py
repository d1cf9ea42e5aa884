"""Who asks: every request and every command has a viewer."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.access import Sight, sight_of
from domain.internal_users import Role
from domain.parties import CustomerStatus, PartyKind
from domain.partner_apps import APP
from graphdb import access
from graphdb.graph import Graph
from resolvers.reading.kept import Kept

MOST_KNOWN = 10_000
NOBODY: Sequence[object] = [None, None, None, None, True]
"""What the graph says of a party that is not there."""


@dataclass(frozen=True)
class Caller:
    """Whose a request is, as what it brings says: a party or the administrator, the session that may be ended, and of
    whoever comes by an issuer the login, which must still be that party's, and roles, by their names in order, where
    the issuer tells them; None where there is no session, no issuer, or the graph has its roles. Of a partner app
    the session is the key that it shows."""

    id: str
    session: str | None = None
    claimed: tuple[str, ...] | None = None
    login: str | None = None


@dataclass(frozen=True)
class Viewer:
    """Who asks: `id` stands in what they do, `viewer_class` decides what their reading plans show.

    `standing` is what the graph said of a party who asks, as `viewer_of` takes it; None for the administrator of the
    service itself, who is none, without a session. `session`, `claimed` and `login`: by what he or she is known, as a
    Caller's.
    """

    id: str
    roles: frozenset[Role]
    viewer_class: str = "all"
    standing: Sequence[object] | None = None
    session: str | None = None
    claimed: tuple[str, ...] | None = None
    login: str | None = None

    @property
    def caller(self) -> Caller:
        """By what he or she is known."""
        return Caller(self.id, self.session, self.claimed, self.login)

    @property
    def is_app(self) -> bool:
        """Whether it is a partner app."""
        return self.viewer_class == Sight.PARTNER_APP.value

    @property
    def kind(self) -> PartyKind | None:
        """What kind of party it is."""
        return PartyKind.of(self.id)


ADMINISTRATOR = Viewer("administrator", frozenset({Role.ADMIN}))


def viewer_of(caller: Caller, standing: Sequence[object]) -> Viewer | None:
    """The viewer that a caller is, None where it may not sign in. No issuer makes anybody the administrator.

    `standing`: its kind, roles, status, whether it is deceased, and whether its session holds and the login is still
    its own, as the graph has them; each but the last None where there is no such party.
    """
    kind, roles, status, deceased, holds = standing
    if caller.id == ADMINISTRATOR.id and holds and caller.claimed is None:
        return replace(ADMINISTRATOR, viewer_class=Sight.ALL.value, standing=standing, session=caller.session)
    if kind is None or not holds:
        return None
    if kind == APP:
        return Viewer(caller.id, frozenset(), Sight.PARTNER_APP.value, standing, caller.session)
    known = roles_of(roles)
    sight = sight_of(PartyKind(kind), known, CustomerStatus(status) if status else None, bool(deceased))
    if sight is Sight.NONE:
        return None
    return Viewer(caller.id, known, sight.value, standing, caller.session, caller.claimed, caller.login)


def roles_of(stored: object) -> frozenset[Role]:
    """Roles as they are stored on a party: a list of their names, or none."""
    return frozenset(Role(str(role)) for role in (stored if isinstance(stored, list) else ()))


class Unknown(Exception):
    """Raised for a party that is not there, or may not sign in, or whose session has ended."""

    def __init__(self) -> None:
        super().__init__("Sign in first.")


class Viewers:
    """Who the parties are that sign in."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: Kept[Viewer] = Kept(MOST_KNOWN)

    async def of(self, caller: Caller) -> Viewer:
        """The viewer that a caller is, as known from before; what is read for a guess tells whether it is so.

        Raises Unknown.
        """
        if caller == ADMINISTRATOR.caller:
            return ADMINISTRATOR
        return self._known.found(caller) or await self.fresh(caller)

    async def fresh(self, caller: Caller) -> Viewer:
        """The viewer that a caller is, as the graph has it now, which is known from here on. Raises Unknown."""
        by = caller.session, caller.claimed, caller.login
        return self.learned(caller, await access.standing(self._graph, caller.id, *by))

    def learned(self, caller: Caller, standing: object) -> Viewer:
        """The viewer that a caller is, of whom the graph told this. Raises Unknown."""
        viewer = viewer_of(caller, standing if isinstance(standing, list) else NOBODY)
        if viewer is None:
            self._known.pop(caller, None)
            raise Unknown
        self._known.keep(caller, viewer)
        return viewer


def hiding(secret: bytes, viewer: str, day: date) -> Callable[[str], str]:
    """What makes the ids of placeholders: equal for a viewer within a day, useless to another (SPEC 5.6)."""
    key = hashlib.blake2b(f"{viewer} {day.isoformat()}".encode(), key=secret, digest_size=32).digest()

    def hide(id: str) -> str:
        return f"hidden_{hashlib.blake2b(id.encode(), key=key, digest_size=12).hexdigest()}"

    return hide
