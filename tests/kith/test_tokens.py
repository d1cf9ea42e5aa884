"""Tokens of the service's own (SPEC 11.3): what is taken, through HTTP; keys, and their rotation."""

import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey, RSAKey
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from domain.signing_keys import FIRST, SigningKey
from graphdb.errors import Unavailable
from kith.app import app
from kith.keys import ALGORITHM, derived, signer
from kith.refresh_tokens import RefreshTokens
from kith.settings import Settings
from kith.signin import SignIn
from kith.tokens import LEEWAY_SECONDS, LIFETIME, LONGEST, Audience, Rejected, Tokens, secret_of
from resolvers.viewers import ADMINISTRATOR, Caller

SECRET = "s" * 32
NOW = datetime.now(UTC)
KEY = signer(SECRET, 1)


class Answering:
    """An endpoint that tells who asks; the graph has no part in looking at a token."""

    async def answer(self, request: Request, caller: Caller) -> PlainTextResponse:
        return PlainTextResponse(f"{caller.id} {caller.session}")


class Keys:
    """A way in of its own."""

    async def caller(self, token: str) -> Caller | None:
        if token == "key-revoked":
            raise Rejected("REVOKED")
        return Caller("app") if token.startswith("key-") else None


@pytest_asyncio.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    web = app(Answering(), SignIn(Tokens(SECRET), Keys()), [])  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://localhost") as client:
        yield client


async def who(http: httpx.AsyncClient, token: str | bytes, **headers: str) -> str | int:
    """Who the service takes the bearer of a token for, or the status of its refusal."""
    sent = token if isinstance(token, bytes) else token.encode()
    response = await http.post("/graphql", headers=[(b"authorization", b"Bearer " + sent), *headers.items()])
    return response.text if response.status_code == 200 else response.status_code


def claims(**others: Any) -> dict[str, Any]:
    """Those of a good token, but for others; None leaves one out."""
    seconds = int(time.time())
    good = {"iss": "kith", "aud": "kith", "sub": "administrator", "iat": seconds, "exp": seconds + 600}
    return {name: value for name, value in {**good, **others}.items() if value is not None}


def signed(given: dict[str, Any], key: Any = KEY.key, **header: Any) -> str:
    """A token of these claims, signed with the instance's first key unless told otherwise."""
    whole = {"alg": ALGORITHM, "kid": KEY.id, **header}
    return jwt.encode({n: v for n, v in whole.items() if v is not None}, given, key, algorithms=[whole["alg"]])


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


async def test_a_token_tells_who_asks_and_in_which_session(http: httpx.AsyncClient) -> None:
    tokens = Tokens(SECRET)
    assert await who(http, tokens.new(ADMINISTRATOR.id, NOW)) == "administrator None"
    assert await who(http, tokens.new("consumer_1", NOW, "session_1")) == "consumer_1 session_1"
    assert await who(http, signed(claims(sid="session_1"))) == "administrator session_1"
    assert len(tokens.new(f"internal_user_{'0' * 26}", NOW, f"session_{'0' * 26}")) < LONGEST / 2


def rsa() -> str:
    return signed(claims(), RSAKey.generate_key(2048), alg="RS256")


def confused() -> str:
    """HMAC with the public key as its secret, which whoever verifies has."""
    public = json.dumps(KEY.public).encode()
    return signed(claims(), OctKey.import_key(public), alg="HS256")


def confused_raw() -> str:
    public = str(KEY.public["x"])
    return signed(claims(), OctKey.import_key(public), alg="HS256")


def embedded() -> str:
    """A key of one's own that the header brings along."""
    own = OKPKey.generate_key("Ed25519")
    return signed(claims(), own, jwk=own.as_dict(private=False))


def changed() -> str:
    """The claims of another token under a good signature."""
    header, _, signature = signed(claims(sub="consumer_1")).split(".")
    return f"{header}.{part(claims())}.{signature}"


REFUSED: dict[str, tuple[Callable[[], str], str]] = {
    "forged": (lambda: signed(claims(), OKPKey.generate_key("Ed25519")), "SIGNATURE"),
    "another's claims": (changed, "SIGNATURE"),
    "no signature": (lambda: f"{part({'alg': ALGORITHM, 'kid': KEY.id})}.{part(claims())}.", "SIGNATURE"),
    "the algorithm none": (lambda: f"{part({'alg': 'none', 'kid': KEY.id})}.{part(claims())}.", "ALGORITHM"),
    "none without a key": (lambda: f"{part({'alg': 'none'})}.{part(claims())}.", "NOT_KNOWN"),
    "signed with the public key": (confused, "ALGORITHM"),
    "signed with its bytes": (confused_raw, "ALGORITHM"),
    "RSA under our key's name": (rsa, "ALGORITHM"),
    "a key of its own in the header": (embedded, "SIGNATURE"),
    "a critical header that nobody knows": (
        lambda: f"{part({'alg': ALGORITHM, 'kid': KEY.id, 'crit': ['x'], 'x': 1})}.{part(claims())}.AAAA",
        "SIGNATURE",
    ),
    "another instance's": (lambda: Tokens("t" * 32).new("administrator", NOW), "NOT_KNOWN"),
    "a key that is not signed with yet": (
        lambda: signed(claims(), signer(SECRET, 2).key, kid=signer(SECRET, 2).id),
        "NOT_KNOWN",
    ),
    "no key": (lambda: signed(claims(), kid=None), "NOT_KNOWN"),
    "expired": (lambda: signed(claims(exp=int(time.time()) - 1)), "CLAIM_EXP"),
    "expired long ago": (lambda: Tokens(SECRET).new("administrator", NOW - 2 * LIFETIME), "CLAIM_EXP"),
    "without an end": (lambda: signed(claims(exp=None)), "CLAIM_EXP"),
    "an end that is none": (lambda: signed(claims(exp="never")), "CLAIM_EXP"),
    "of the future": (lambda: signed(claims(iat=int(time.time()) + LEEWAY_SECONDS + 60)), "CLAIM_IAT"),
    "not yet valid": (lambda: signed(claims(nbf=int(time.time()) + LEEWAY_SECONDS + 60)), "CLAIM_NBF"),
    "another issuer": (lambda: signed(claims(iss="https://elsewhere.example")), "CLAIM_ISS"),
    "no issuer": (lambda: signed(claims(iss=None)), "CLAIM_ISS"),
    "another audience": (lambda: signed(claims(aud="elsewhere")), "CLAIM_AUD"),
    "no audience": (lambda: signed(claims(aud=None)), "CLAIM_AUD"),
    "a browser's": (lambda: signed(claims(aud="kith:browser")), "CLAIM_AUD"),
    "of nobody": (lambda: signed(claims(sub=None)), "CLAIM_SUB"),
    "of what is no name": (lambda: signed(claims(sub=["administrator"])), "CLAIM_SUB"),
    "claims that are none": (lambda: f"{part({'alg': ALGORITHM, 'kid': KEY.id})}.{part([1])}.AAAA", "SIGNATURE"),
    "too long for ours": (lambda: signed(claims(more="x" * LONGEST)), "NOT_KNOWN"),
    "too long for anybody's": (lambda: "x" * 100_000, "TOO_LONG"),
    "empty": (lambda: "", "NOT_KNOWN"),
    "dots": (lambda: "..", "NOT_KNOWN"),
    "no token": (lambda: "a.b.c", "NOT_KNOWN"),
    "a header that is none": (lambda: f"{part([1])}.{part(claims())}.AAAA", "NOT_KNOWN"),
    "not ASCII": (lambda: "é", "NOT_KNOWN"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_no_good_is_refused_and_logged_by_a_code_alone(
    name: str, http: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    """Issue on signing in: all refused alike; the log has the reason and nothing of the token."""
    make, reason = REFUSED[name]
    token = make()
    for _ in range(2):  # the second time it may be known
        response = await http.post("/graphql", headers=[(b"authorization", b"Bearer " + token.encode())])
        assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
        assert response.json() == {"errors": [{"message": "Sign in first.", "extensions": {"code": "UNAUTHENTICATED"}}]}
    logged = capsys.readouterr().out
    assert reason in logged
    assert "administrator" not in logged
    assert len(token) < 5 or token not in logged


async def test_a_good_one_of_almost_the_same_claims_is_taken(http: httpx.AsyncClient) -> None:
    """That what is refused above is refused for its reason."""
    for given in ({}, {"iat": int(time.time()) + 5}, {"nbf": int(time.time()) + 5}, {"more": "x"}):
        assert await who(http, signed(claims(**given))) == "administrator None"


async def test_other_ways_in_are_asked_by_header_and_not_by_cookie(
    http: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    """A way that knows a token decides."""
    assert await who(http, "key-1") == "app None"
    assert await who(http, "key-revoked") == 401
    assert "REVOKED" in capsys.readouterr().out
    assert await who(http, "key-" + "x" * 20_000) == 401
    http.cookies.set("kith_session", "key-1")
    assert (await http.post("/graphql")).status_code == 401


async def test_a_token_that_is_known_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its signature is looked at once, its end each time."""
    tokens = Tokens(SECRET)
    token = tokens.new(ADMINISTRATOR.id, datetime.now(UTC))
    assert await tokens.caller(token) == await tokens.caller(token) == Caller(ADMINISTRATOR.id)
    with pytest.raises(Rejected, match="CLAIM_AUD"):
        await tokens.caller(token, Audience.BROWSER)
    later = datetime.now(UTC) + LIFETIME + timedelta(seconds=1)
    monkeypatch.setattr(time, "time", lambda: later.timestamp())
    with pytest.raises(Rejected, match="CLAIM_EXP"):
        await tokens.caller(token)


class Stored:
    """The keys that there are, how often they were asked for, and whether they can be."""

    def __init__(self) -> None:
        self.keys, self.asked, self.away = [FIRST], 0, False

    async def __call__(self) -> list[SigningKey]:
        self.asked += 1
        if self.away:
            raise Unavailable("away")
        return self.keys


class Clock:
    """Time that passes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.passed = 0.0
        begin, steady = time.time(), time.monotonic()
        monkeypatch.setattr(time, "time", lambda: begin + self.passed)
        monkeypatch.setattr(time, "monotonic", lambda: steady + self.passed)


async def test_keys_that_were_rotated_are_learned_by_their_name_and_retired_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two replicas: one has heard of the next key before the other."""
    stored, clock = Stored(), Clock(monkeypatch)
    one, other = Tokens(SECRET, stored), Tokens(SECRET, stored)
    old = one.new("administrator", NOW)
    assert await other.caller(old)
    stored.keys = [SigningKey(1, datetime.fromtimestamp(time.time() + 100, UTC)), SigningKey(2)]
    await one.look()
    new = one.new("administrator", NOW)
    clock.passed = 2.0
    asked = stored.asked
    assert await other.caller(new) == await other.caller(old) == Caller("administrator")
    assert stored.asked == asked + 1
    assert [key["kid"] for key in other.jwks()["keys"]] == [signer(SECRET, number).id for number in (1, 2)]
    clock.passed = 101.0
    assert [key["kid"] for key in other.jwks()["keys"]] == [signer(SECRET, 2).id]
    with pytest.raises(Rejected, match="KEY"):
        await other.caller(old)
    assert await other.caller(new)


async def test_at_once_is_within_half_a_minute_for_who_knows_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    stored, clock = Stored(), Clock(monkeypatch)
    tokens = Tokens(SECRET, stored)
    old = tokens.new("administrator", NOW)
    assert await tokens.caller(old)
    stored.keys = [SigningKey(2)]
    clock.passed = 31.0
    with pytest.raises(Rejected, match="KEY"):
        await tokens.caller(old)
    assert await tokens.caller(tokens.new("administrator", NOW))


async def test_made_up_keys_have_the_graph_asked_once_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    stored, clock = Stored(), Clock(monkeypatch)
    tokens = Tokens(SECRET, stored)
    for number in range(50):
        assert await tokens.caller(signed(claims(), kid=f"made up {number}")) is None
    assert stored.asked == 1
    clock.passed = 1.5
    for number in range(50):
        assert await tokens.caller(signed(claims(), kid=f"again {number}")) is None
    assert stored.asked == 2


async def test_while_the_graph_is_away_known_keys_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    stored, clock = Stored(), Clock(monkeypatch)
    tokens = Tokens(SECRET, stored)
    stored.away = True
    token = tokens.new("administrator", NOW)
    for passed in (0.0, 31.0, 1000.0):
        clock.passed = passed
        assert await tokens.caller(token)


def test_keys_follow_from_the_secret_and_tell_nothing_of_it() -> None:
    assert signer(SECRET, 1).public == KEY.public
    assert set(KEY.public) == {"kty", "crv", "x", "use", "alg", "kid"}
    assert len({derived(secret, purpose) for secret in ("a" * 32, "b" * 32) for purpose in ("x", "y")}) == 4
    assert signer(SECRET, 2).id != KEY.id != signer("t" * 32, 1).id


def test_refresh_tokens_are_read_by_who_made_them_and_whole_alone() -> None:
    ours, id = RefreshTokens(SECRET), "session_01m81cvtwye3hvm7mmkgnzsdq1"
    token = ours.new(id, 7)
    assert ours.read(token) == (id, 7)
    head, seal = token.rsplit(".", 1)
    for other in (
        RefreshTokens("t" * 32).new(id, 7),
        f"{head[:-1]}8.{seal}",
        f"kr.{id}.07.{seal}",
        f"kr.{id.replace('q1', 'q2')}.7.{seal}",
        f"{token}\n",
        f"{token} ",
        token[:-1],
        token.upper(),
        "",
        f"kr.{id}.٧.{seal}",
        "x" * 100_000,
    ):
        assert ours.read(other) is None


def test_the_secret_is_made_once_and_for_its_owner_only(settings: Settings) -> None:
    kept = settings.model_copy(update={"secret": None, "data": settings.data / "new"})
    first = secret_of(kept)
    assert secret_of(kept) == first
    assert len(first) >= 32
    assert (kept.data / "secret").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in kept.data.iterdir()] == ["secret"]
