"""Staff who come with a token of the business's own issuer (SPEC 11.3; decision 24)."""

from time import monotonic as clock

from domain import claims
from domain.claims import Fault
from domain.ids import PartyId
from graphdb import internal_users
from graphdb.graph import Graph
from kith.issuer import Issuer
from kith.tokens import Rejected
from resolvers.reading.kept import Kept
from resolvers.viewers import Caller

MOST_KNOWN = 10_000
KNOWN_SECONDS = 30.0
"""For so long nobody asks who has a login. That the one found still has it, and still is there, is part of every
statement; so all that can be late is that a login's next owner comes in."""


class Staff:
    """The way in by an issuer's tokens, for staff alone: a login of a consumer's is nobody's here. Nobody is made by a
    token: whoever has no record has no way in."""

    def __init__(self, issuer: Issuer, graph: Graph) -> None:
        self._issuer, self._graph = issuer, graph
        self._known: Kept[tuple[PartyId, float]] = Kept(MOST_KNOWN)

    async def caller(self, token: str) -> Caller | None:
        """Whose a token is; None where it has not the form of one. Raises Rejected where it is no good, and GraphError
        where nobody can tell whose a login is."""
        try:
            told = await self._issuer.told(token)
        except claims.Rejected as rejected:
            if rejected.fault is Fault.MALFORMED:
                return None
            raise Rejected(rejected.fault.value) from rejected
        return Caller(await self._id(told.login), claimed=told.roles, login=told.login)

    async def _id(self, login: str) -> PartyId:
        """The id of whoever of the staff has a login. Raises Rejected."""
        known = self._known.found(login)
        if known is not None and clock() < known[1]:
            return known[0]
        id = await internal_users.of_login(self._graph, login)
        if id is None:
            raise Rejected(Fault.UNKNOWN_LOGIN.value)
        self._known.keep(login, (id, clock() + KNOWN_SECONDS))
        return id
