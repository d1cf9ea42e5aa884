"""Who a request is from: by a bearer token, or by a browser's cookie (SPEC 11.3)."""

import secrets
import time
from typing import Protocol

import structlog
from starlette.requests import Request

from kith.browsers import cookie_of
from kith.tokens import Audience, Rejected, Tokens
from resolvers.viewers import Caller

PATH, HOME = "/sign-in", "/graphql"
LONGEST = 16_384
"""Of a bearer token, in characters; what is longer is not looked at."""
LINK_SECONDS = 3_600.0
"""How long a link is good that nobody has opened."""

log = structlog.get_logger()


class Way(Protocol):
    """A kind of bearer tokens: the service's own, an OpenID issuer's, the keys of partner apps."""

    async def caller(self, token: str) -> Caller | None:
        """Whose token it is; None where it is of another kind. Raises Rejected where it is of this one and no good."""


class SignIn:
    """Who a request is from. Each link that it makes signs one browser in.

    `others`: ways in beside the service's own tokens, asked in this order.
    """

    def __init__(self, tokens: Tokens, *others: Way) -> None:
        self.tokens = tokens
        self._ways: tuple[Way, ...] = (tokens, *others)
        self._open: dict[str, float] = {}

    def link(self, base: str) -> str:
        """A new link, good once and for an hour, below an address such as http://127.0.0.1:8000."""
        code = secrets.token_urlsafe(24)
        self._open[code] = time.monotonic() + LINK_SECONDS
        return f"{base}{PATH}?code={code}"

    def opened(self, code: str) -> bool:
        """Whether a link of this code is good, which it is no more then."""
        return time.monotonic() < self._open.pop(code, 0.0)

    async def caller(self, request: Request) -> Caller | None:
        """Whose token a request brings, by header or else by cookie; None if it is nobody's.

        A header that is no good is not made up for by a cookie.
        """
        header = request.headers.get("authorization")
        if header is None:
            return await self.browser(request)
        scheme, _, token = header.partition(" ")
        return await self._whose(token.strip() if scheme.lower() == "bearer" else "")

    async def browser(self, request: Request) -> Caller | None:
        """Whose cookie a request brings; None if it is nobody's."""
        cookie = cookie_of(request)
        try:
            return await self.tokens.caller(cookie, Audience.BROWSER) if cookie else None
        except Rejected as rejected:
            refused(rejected.reason)
        return None

    async def _whose(self, token: str) -> Caller | None:
        """Whose token it is, as the first way says that knows it; None if it is nobody's."""
        try:
            for way in self._ways if len(token) <= LONGEST else ():
                if caller := await way.caller(token):
                    return caller
        except Rejected as rejected:
            refused(rejected.reason)
            return None
        refused("TOO_LONG" if len(token) > LONGEST else "NOT_KNOWN")
        return None


def refused(reason: str) -> None:
    """Writes into the log that a token was refused: why, and nothing of it."""
    log.info("token_refused", reason=reason)
