"""Staff who come with a token of the business's own issuer (SPEC 11.3; decision 24)."""

import time

import structlog

from domain.claims import Fault, Rejected
from domain.ids import PartyId
from graphdb import internal_users
from graphdb.graph import Graph
from kith.issuer import Issuer
from resolvers.reading.kept import Kept
from resolvers.viewers import Caller

MOST_KNOWN = 10_000
KNOWN_SECONDS = 30.0
"""For so long nobody asks who has a login. That the one found still has it, and still is there, is part of every
statement; so all that can be late is that a login's next owner comes in."""

logger = structlog.get_logger()


class Staff:
    """Who of the staff a token of the issuer is. Nobody is made by a token: whoever has no record has no way in."""

    def __init__(self, issuer: Issuer, graph: Graph) -> None:
        self.issuer, self._graph = issuer, graph
        self._known: Kept[tuple[PartyId, float]] = Kept(MOST_KNOWN)

    async def caller(self, token: str) -> Caller | None:
        """Whose a token is; None if it is nobody's, which is logged with the reason. Raises GraphError."""
        try:
            told = await self.issuer.told(token)
            id = await self._id(told.login)
        except Rejected as rejected:
            logger.info("token_refused", reason=rejected.fault.value)
            return None
        return Caller(id, claimed=told.roles, login=told.login)

    async def _id(self, login: str) -> PartyId:
        """The id of whoever of the staff has a login. Raises Rejected."""
        known = self._known.found(login)
        if known is not None and time.monotonic() < known[1]:
            return known[0]
        id = await internal_users.of_login(self._graph, login)
        if id is None:
            raise Rejected(Fault.UNKNOWN_LOGIN)
        self._known.keep(login, (id, time.monotonic() + KNOWN_SECONDS))
        return id
