"""Browsers sign in by a link or by a form, and get a cookie (SPEC 11.3); what other sites have them do is refused."""

import time
from collections.abc import AsyncIterator, Callable
from http.cookies import SimpleCookie

import httpx
import pytest
import pytest_asyncio
from starlette.types import Message

from graphdb.graph import Graph
from kith.app import app
from kith.context import Contexts
from kith.doors import Doors
from kith.http import Endpoint
from kith.settings import Settings
from kith.signin import LINK_SECONDS, SignIn
from kith.tokens import Audience, Tokens, secret_of
from resolvers.reading.seam import Schema
from tests.client import Client
from tests.unchanged import Unchanged

PAGE, OURS = {"accept": "text/html"}, {"sec-fetch-site": "same-origin"}
BASE = "https://kith.test"
LOGIN, PASSWORD = "ann@kith.example", "correct horse battery"
VIEWER = "{ viewer { party { id } roles } }"


@pytest.fixture
def sign_in(settings: Settings) -> SignIn:
    return SignIn(Tokens(secret_of(settings)))


Browser = Callable[..., httpx.AsyncClient]


@pytest_asyncio.fixture(loop_scope="session")
async def browser(schema: Schema, contexts: Contexts, sign_in: SignIn) -> AsyncIterator[Browser]:
    """Makes browsers, each with cookies of its own, at an address."""
    web = app(Endpoint(schema, contexts), sign_in, [], Doors(sign_in, contexts).routes())
    opened: list[httpx.AsyncClient] = []

    def begin(base: str = BASE) -> httpx.AsyncClient:
        opened.append(httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url=base))
        return opened[-1]

    yield begin
    for one in opened:
        await one.aclose()


async def who(http: httpx.AsyncClient, **headers: str) -> str | int:
    """Who the service takes a browser for: the roles, or the party of a consumer; or the status of its refusal."""
    response = await http.post("/graphql", json={"query": VIEWER}, headers={**OURS, **headers})
    if response.status_code != 200:
        return response.status_code
    viewer = response.json()["data"]["viewer"]
    return str(viewer["party"]["id"]) if viewer["party"] else "+".join(viewer["roles"])


async def ann(client: Client) -> str:
    """A consumer with login and password."""
    id = await client.consumer("Ann", login=LOGIN)
    assert (await client.do("setPassword", {"party": id, "password": PASSWORD}))["__typename"] == "PasswordSet"
    return id


async def test_the_link_signs_a_browser_in_once(sign_in: SignIn, browser: Browser) -> None:
    http, link = browser(), sign_in.link(BASE)
    opened = await http.get(link)
    assert (opened.status_code, opened.headers["location"]) == (303, "/graphql")
    assert opened.headers["cache-control"] == "no-store"
    assert await who(http) == "ADMIN"
    other = browser()
    again = await other.get(link)
    assert again.status_code == 401
    assert "This link has been used" in again.text
    assert "python -m kith token" in again.text
    assert await who(other) == 401
    assert (await http.get(link)).headers["location"] == "/graphql"


async def test_a_link_is_good_for_an_hour(
    sign_in: SignIn, browser: Browser, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, now = sign_in.link(BASE), time.monotonic()
    monkeypatch.setattr("kith.signin.time.monotonic", lambda: now + LINK_SECONDS + 1)
    async with unchanged.during():
        response = await browser().get(link)
    assert (response.status_code, "set-cookie" in response.headers) == (401, False)


@pytest.mark.parametrize("query", ["?code=", "?code=guess", "?code=%00", f"?code={'x' * 10_000}"])
async def test_a_made_up_code_signs_nobody_in(query: str, browser: Browser, unchanged: Unchanged) -> None:
    async with unchanged.during():
        response = await browser().get(f"/sign-in{query}")
    assert (response.status_code, "set-cookie" in response.headers) == (401, False)


async def test_no_other_site_has_a_browser_open_the_link(
    sign_in: SignIn, browser: Browser, unchanged: Unchanged
) -> None:
    """Session fixation: who is sent there by another page does not become the administrator unawares; the link is not
    used up by that."""
    http, link = browser(), sign_in.link(BASE)
    async with unchanged.during():
        for site in ("cross-site", "same-site"):
            response = await http.get(link, headers={"sec-fetch-site": site})
            assert (response.status_code, "set-cookie" in response.headers) == (403, False)
        looked = await http.head(link)
        assert (looked.status_code, "set-cookie" in looked.headers) == (200, False)
    assert (await http.get(link, headers={"sec-fetch-site": "none"})).status_code == 303


async def test_the_link_makes_a_session_of_its_own_whatever_a_browser_brings(
    client: Client, sign_in: SignIn, browser: Browser, graph: Graph, settings: Settings
) -> None:
    """Session fixation: a cookie that somebody has planted is neither taken over nor kept."""
    id = await ann(client)
    planted = browser()
    assert (
        await planted.post("/sign-in", data={"login": LOGIN, "password": PASSWORD}, headers=OURS)
    ).status_code == 303
    before = planted.cookies["__Host-kith_session"]
    assert await who(planted) == id
    await planted.get(sign_in.link(BASE))
    after = planted.cookies["__Host-kith_session"]
    assert await who(planted) == "ADMIN"
    callers = [await Tokens(secret_of(settings)).caller(token, Audience.BROWSER) for token in (before, after)]
    assert None not in callers
    assert len({caller.session for caller in callers if caller}) == 2


@pytest.mark.parametrize(
    ("base", "name", "secure"),
    [
        ("http://localhost:8000", "kith_session", False),
        ("http://127.0.0.1:8000", "kith_session", False),
        ("http://[::1]:8000", "kith_session", False),
        ("https://localhost", "__Host-kith_session", True),
        ("http://kith.test", "__Host-kith_session", True),
        ("https://kith.test", "__Host-kith_session", True),
    ],
)
async def test_the_cookie_is_for_this_site_alone_and_not_for_scripts(
    base: str, name: str, secure: bool, sign_in: SignIn, browser: Browser
) -> None:
    """Issue on signing in: HttpOnly, SameSite=Strict, Secure unless on localhost."""
    http = browser(base)
    cookie = SimpleCookie((await http.get(sign_in.link(base))).headers["set-cookie"])[name]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "strict", "/", "")
    assert bool(cookie["secure"]) is secure
    assert int(cookie["max-age"]) == 12 * 3600
    told = {"cookie": f"{name}={cookie.value}"}
    assert await who(browser(base), **told) == "ADMIN"
    other = "kith_session" if secure else "__Host-kith_session"
    assert await who(browser(base), cookie=f"{other}={cookie.value}") == 401


async def test_a_cookie_is_no_bearer_token_and_a_bearer_token_no_cookie(
    sign_in: SignIn, browser: Browser, client: Client
) -> None:
    http = browser()
    await http.get(sign_in.link(BASE))
    cookie = http.cookies["__Host-kith_session"]
    assert await who(browser(), authorization=f"Bearer {cookie}") == 401
    token = client.headers["authorization"].removeprefix("Bearer ")
    assert await who(browser(), authorization=f"Bearer {token}") == "ADMIN"
    assert await who(browser(), cookie=f"__Host-kith_session={token}") == 401


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic YTpi", "Bearer", "", "nonsense", "bearer "])
async def test_a_bad_header_is_not_made_up_for_by_a_cookie(header: str, sign_in: SignIn, browser: Browser) -> None:
    http = browser()
    await http.get(sign_in.link(BASE))
    assert await who(http, authorization=header) == 401
    assert await who(http) == "ADMIN"


async def test_the_form_signs_in_with_login_and_password(client: Client, browser: Browser) -> None:
    """6.4: without any script."""
    id, http = await ann(client), browser()
    page = await http.get("/graphql", headers=PAGE)
    assert (page.status_code, "Sign in first" in page.text, "<script" in page.text) == (401, True, False)
    page = await http.get("/sign-in", headers=PAGE)
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    sent = await http.post("/sign-in", data={"login": " ANN@kith.example", "password": PASSWORD}, headers=OURS)
    assert (sent.status_code, sent.headers["location"], sent.headers["cache-control"]) == (303, "/graphql", "no-store")
    assert await who(http) == id


async def test_a_form_that_is_wrong_is_told_as_a_page(client: Client, browser: Browser, unchanged: Unchanged) -> None:
    await ann(client)
    http = browser()
    async with unchanged.during():
        for login, password in ((LOGIN, "wrong horse battery"), ("bea@kith.example", PASSWORD), ("<b>", "<i>")):
            sent = await http.post("/sign-in", data={"login": login, "password": password}, headers=OURS)
            assert (sent.status_code, "set-cookie" in sent.headers) == (401, False)
            assert "This login and this password do not belong together." in sent.text
            assert "<form" in sent.text
            assert login not in sent.text
            assert password not in sent.text


FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "anything"},
    {"origin": "https://evil.example"},
    {"origin": "https://kith.test.evil.example"},
    {"origin": "https://kith.test:444"},
    {"origin": "null"},
    {"origin": "https://[::1"},
    {"origin": ""},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_what_another_site_has_a_browser_do_is_refused(
    headers: dict[str, str],
    client: Client,
    sign_in: SignIn,
    browser: Browser,
    unchanged: Unchanged,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Issue on signing in: an Origin that is not ours, for every way in that a cookie, or a form, opens."""
    await ann(client)
    http = browser()
    await http.get(sign_in.link(BASE))
    capsys.readouterr()
    mutation = 'mutation { createAccount(input: {legalName: "Ost"}) { __typename } }'
    async with unchanged.during():
        for response in (
            await http.post("/graphql", json={"query": mutation}, headers=headers),
            await http.post("/graphql", json={"query": VIEWER}, headers=headers),
            await http.get("/graphql", params={"query": VIEWER}, headers=headers),
            await http.post("/sign-in", data={"login": LOGIN, "password": PASSWORD}, headers=headers),
            await http.post("/sign-out", headers=headers),
        ):
            assert response.status_code == 403
            (error,) = response.json()["errors"]
            assert error["extensions"]["code"] == "FOREIGN_ORIGIN"
            assert "set-cookie" not in response.headers
    assert capsys.readouterr().out.count("FOREIGN_ORIGIN") == 5
    assert await who(http) == "ADMIN"


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://kith.test"}, {"origin": "https://KITH.test"}, {"sec-fetch-site": "none"}]
)
async def test_our_own_pages_are_not(headers: dict[str, str], sign_in: SignIn, browser: Browser) -> None:
    http = browser()
    await http.get(sign_in.link(BASE))
    assert (await http.post("/graphql", json={"query": VIEWER}, headers=headers)).status_code == 200


async def test_a_token_is_nobodys_cookie_so_any_page_may_send_it(client: Client) -> None:
    """What a front-end of another site sends along is its own to send."""
    response = await client.http.post(
        "/graphql", json={"query": VIEWER}, headers={**client.headers, "sec-fetch-site": "cross-site"}
    )
    assert response.status_code == 200


async def test_neither_a_form_nor_a_link_changes_anything(
    sign_in: SignIn, browser: Browser, unchanged: Unchanged
) -> None:
    """CSRF, once more: a body that a form can send is not taken, nor a mutation by GET."""
    http = browser()
    await http.get(sign_in.link(BASE))
    mutation = 'mutation { createAccount(input: {legalName: "Ost"}) { __typename } }'
    body = b'{"query": "mutation { createAccount(input: {legalName: \\"Ost\\"}) { __typename } }"}'
    async with unchanged.during():
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", ""):
            sent = await http.post("/graphql", content=body, headers={**OURS, "content-type": kind})
            assert sent.status_code == 415
        assert (await http.get("/graphql", params={"query": mutation}, headers=OURS)).status_code == 405


async def test_signing_out_ends_the_session_and_the_cookie(sign_in: SignIn, browser: Browser) -> None:
    http = browser()
    await http.get(sign_in.link(BASE))
    stolen = {"cookie": f"__Host-kith_session={http.cookies['__Host-kith_session']}"}
    assert await who(browser(), **stolen) == "ADMIN"
    assert "<form" in (await http.get("/sign-out")).text
    left = await http.post("/sign-out", headers={**OURS, **PAGE})
    assert (left.status_code, left.headers["location"]) == (303, "/sign-in")
    assert "__Host-kith_session" not in http.cookies
    assert await who(browser(), **stolen) == 401
    assert (await http.post("/sign-out", headers=OURS)).status_code == 204


async def test_websockets_are_closed_at_once(schema: Schema, contexts: Contexts, sign_in: SignIn) -> None:
    """Until there are subscriptions; by no path, whoever asks."""
    web = app(Endpoint(schema, contexts), sign_in, [], Doors(sign_in, contexts).routes())
    for path in ("/graphql", "/sign-in", "/", "/nowhere"):
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message, sent: list[Message] = sent) -> None:
            sent.append(message)

        await web({"type": "websocket", "path": path, "headers": [], "query_string": b""}, receive, send)
        assert sent == [{"type": "websocket.close", "code": 1008}]
