"""Browsers: the cookie that signs one in, and whose page a request was made by."""

import re
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "kith_session"
LOCAL, PORT = frozenset({"localhost", "127.0.0.1", "[::1]"}), re.compile(r":\d*$")
OURS = frozenset({"same-origin", "none"})
"""What a browser says of a request that our own page made, or that its user did by the address bar."""


def secure(request: Request) -> bool:
    """Whether the cookie is for encrypted connections only: everywhere but on this machine, where there are none."""
    name = PORT.sub("", request.headers.get("host", "")).lower()
    return request.scope["scheme"] == "https" or name not in LOCAL


def cookie_name(request: Request) -> str:
    """By which name the cookie goes: with this prefix browsers take it from this host alone, encrypted."""
    return f"__Host-{COOKIE}" if secure(request) else COOKIE


def cookie_of(request: Request) -> str:
    """What the browser brings; empty without a cookie, and where a header is to say who asks."""
    return "" if "authorization" in request.headers else request.cookies.get(cookie_name(request), "")


def give_cookie(request: Request, answer: Response, token: str, life: timedelta) -> None:
    """Has a browser bring a token from now on, which scripts don't see and no other site sends."""
    answer.set_cookie(
        cookie_name(request),
        token,
        max_age=int(life.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure(request),
    )


def take_cookie(request: Request, answer: Response) -> None:
    """Has a browser forget it."""
    answer.delete_cookie(cookie_name(request), httponly=True, samesite="strict", secure=secure(request))


def foreign(request: Request) -> bool:
    """Whether a page that is not ours made a request.

    Browsers say so themselves where the connection is encrypted or local, else by the origin; what is no browser, and
    says neither, brings nobody's cookie unawares.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site not in OURS
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2].lower() != request.headers.get("host", "").lower()
