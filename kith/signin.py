"""Signing in: a bearer token, or the cookie that the sign-in link gives to a browser (SPEC 11.3)."""

import secrets
from datetime import datetime
from typing import Protocol

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kith.tokens import LIFETIME, Rejected, Tokens
from resolvers.viewers import ADMINISTRATOR, Caller

COOKIE, PATH, HOME = "kith_session", "/sign-in", "/graphql"
PAGE = """<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Kith</title></head>
  <body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
    <h1>{title}</h1>
    {text}
  </body>
</html>
"""
INSTEAD = (
    "<p>Start Kith again for a new link, or use a token: <code>python -m kith token</code> prints one, "
    "which goes into the header <code>Authorization: Bearer …</code>.</p>"
)


LONGEST = 16_384
"""Of a bearer token, in characters; what is longer is not looked at."""

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
        self._tokens = tokens
        self._ways: tuple[Way, ...] = (tokens, *others)
        self._open: set[str] = set()

    def link(self, base: str) -> str:
        """A new link, good once, below an address such as http://127.0.0.1:8000."""
        code = secrets.token_urlsafe(24)
        self._open.add(code)
        return f"{base}{PATH}?code={code}"

    async def caller(self, request: Request) -> Caller | None:
        """Whose token a request brings, by header or else by cookie; None if it is nobody's."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            cookie = request.cookies.get(COOKIE, "")
            return await self._whose(cookie, (self._tokens,)) if cookie else None
        return await self._whose(token.strip() if scheme.lower() == "bearer" else "", self._ways)

    async def _whose(self, token: str, ways: tuple[Way, ...]) -> Caller | None:
        """Whose token it is, as the first way says that knows it; None if it is nobody's, for a reason in the log."""
        reason = "NOT_KNOWN"
        try:
            for way in ways if len(token) <= LONGEST else ():
                if caller := await way.caller(token):
                    return caller
        except Rejected as rejected:
            reason = rejected.reason
        log.info("token_refused", reason=reason)
        return None

    async def open(self, request: Request, now: datetime) -> Response:
        """Signs the browser in by the code of a link, once."""
        code = request.query_params.get("code", "")
        if code in self._open:
            self._open.discard(code)
            answer = RedirectResponse(HOME, status_code=303)
            answer.set_cookie(
                COOKIE,
                self._tokens.new(ADMINISTRATOR.id, now),
                max_age=int(LIFETIME.total_seconds()),
                httponly=True,
                samesite="strict",
                secure=request.url.scheme == "https",
            )
        elif await self.caller(request):
            answer = RedirectResponse(HOME, status_code=303)
        else:
            return told("This link has been used", INSTEAD, 401)
        answer.headers["cache-control"] = "no-store"
        return answer


def told(title: str, text: str, status: int) -> HTMLResponse:
    """A page that says one thing."""
    headers = {"cache-control": "no-store", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return HTMLResponse(PAGE.format(title=title, text=text), status, headers)


def sign_in_first() -> HTMLResponse:
    """What a browser sees that is not signed in."""
    return told("Sign in first", f"<p>Open the link that Kith printed when it started.</p>{INSTEAD}", 401)
