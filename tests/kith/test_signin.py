"""Signing in (SPEC 11.3, first step): the link, its cookie, and tokens."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import OctKey
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from kith.app import app
from kith.issuing import administrator_token
from kith.settings import Settings
from kith.signin import SignIn
from kith.tokens import LIFETIME, Tokens, secret_of
from resolvers.viewers import ADMINISTRATOR, Caller

NOW = datetime.now(UTC)
BROWSER = {"accept": "text/html"}


class Answering:
    """An endpoint that tells who asks; the graph has no part in signing in."""

    async def answer(self, request: Request, caller: Caller) -> PlainTextResponse:
        return PlainTextResponse(caller.id)


@pytest.fixture
def sign_in() -> SignIn:
    return SignIn(Tokens("s" * 32))


@pytest_asyncio.fixture
async def browser(sign_in: SignIn) -> AsyncIterator[httpx.AsyncClient]:
    web = app(Answering(), sign_in, [])  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://kith.test") as http:
        yield http


async def who(http: httpx.AsyncClient, **headers: str) -> str | int:
    """Who the service takes a request to be from, or the status of its refusal."""
    response = await http.post("/graphql", headers=headers)
    return response.text if response.status_code == 200 else response.status_code


async def test_the_link_signs_a_browser_in_once(sign_in: SignIn, browser: httpx.AsyncClient) -> None:
    link = sign_in.link("http://kith.test")
    opened = await browser.get(link)
    assert (opened.status_code, opened.headers["location"]) == (303, "/graphql")
    assert opened.headers["cache-control"] == "no-store"
    assert await who(browser) == "administrator"
    browser.cookies.clear()
    again = await browser.get(link)
    assert again.status_code == 401
    assert "This link has been used" in again.text
    assert "python -m kith token" in again.text
    assert await who(browser) == 401


async def test_a_browser_that_is_signed_in_may_open_the_link_again(sign_in: SignIn, browser: httpx.AsyncClient) -> None:
    link = sign_in.link("http://kith.test")
    await browser.get(link)
    assert (await browser.get(link)).headers["location"] == "/graphql"


async def test_the_cookie_is_for_this_site_only_and_not_for_scripts(
    sign_in: SignIn, browser: httpx.AsyncClient
) -> None:
    cookie = (await browser.get(sign_in.link("http://kith.test"))).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    secure = (await browser.get(sign_in.link("https://kith.test"))).headers["set-cookie"]
    assert "Secure" in secure.split("; ")


async def test_a_made_up_code_signs_nobody_in(browser: httpx.AsyncClient) -> None:
    for path in ("/sign-in", "/sign-in?code=", "/sign-in?code=guess"):
        response = await browser.get(path)
        assert (response.status_code, "set-cookie" in response.headers) == (401, False)


async def test_a_browser_that_is_not_signed_in_is_told_how(browser: httpx.AsyncClient) -> None:
    response = await browser.get("/graphql", headers=BROWSER)
    assert response.status_code == 401
    assert "Sign in first" in response.text


async def test_a_token_is_good_until_it_expires(browser: httpx.AsyncClient) -> None:
    tokens = Tokens("s" * 32)
    good, old = tokens.new(ADMINISTRATOR.id, NOW), tokens.new(ADMINISTRATOR.id, NOW - LIFETIME - timedelta(seconds=1))
    assert await who(browser, authorization=f"Bearer {good}") == "administrator"
    assert await who(browser, authorization=f"bearer {good}") == "administrator"
    assert await who(browser, authorization=f"Bearer {old}") == 401


def test_a_token_that_is_known_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its signature is looked at once, its end each time."""
    tokens = Tokens("s" * 32)
    token = tokens.new(ADMINISTRATOR.id, datetime.now(UTC))
    assert tokens.subject(token) == tokens.subject(token) == ADMINISTRATOR.id
    later = datetime.now(UTC) + LIFETIME + timedelta(seconds=1)
    monkeypatch.setattr(time, "time", lambda: later.timestamp())
    assert tokens.subject(token) is None


async def test_tokens_of_others_are_refused(browser: httpx.AsyncClient) -> None:
    """Another instance's, another issuer's, without expiry, unsigned, signed otherwise."""
    key = OctKey.import_key("s" * 32)
    claims = {"iss": "kith", "sub": "administrator", "exp": int((NOW + LIFETIME).timestamp())}
    unsigned = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJraXRoIiwic3ViIjoiYWRtaW5pc3RyYXRvciIsImV4cCI6OTk5OTk5OTk5OX0."
    for token in (
        Tokens("t" * 32).new(ADMINISTRATOR.id, NOW),
        jwt.encode({"alg": "HS256"}, {**claims, "iss": "other"}, key),
        jwt.encode({"alg": "HS256"}, {k: v for k, v in claims.items() if k != "exp"}, key),
        jwt.encode({"alg": "HS384"}, claims, key, algorithms=["HS384"]),
        unsigned,
        "a.b.c",
        "é",
        "x" * 100_000,
    ):
        headers = [(b"authorization", b"Bearer " + token.encode())]
        response = await browser.post("/graphql", headers=headers)
        assert response.status_code == 401


def test_the_secret_is_made_once_and_for_its_owner_only(settings: Settings) -> None:
    kept = settings.model_copy(update={"secret": None, "data": settings.data / "new"})
    first = secret_of(kept)
    assert secret_of(kept) == first
    assert len(first) >= 32
    assert (kept.data / "secret").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in kept.data.iterdir()] == ["secret"]
    assert Tokens(first).subject(administrator_token(kept)) == ADMINISTRATOR.id
