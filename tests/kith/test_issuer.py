"""Tokens of an OpenID Connect issuer (SPEC 11.3), which is a process of its own here."""

import asyncio
import base64
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from domain.claims import Fault, Policy, Rejected
from kith import discovery
from kith.discovery import is_safe
from kith.issuer import LONGEST, Issuer
from kith.key_set import KeySet
from tests import issuer as process
from tests.issuer import AUDIENCE, made

AGAIN = 0.2
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated", "ignore:Key size should be")


@pytest.fixture(scope="module")
def serving() -> Iterator[process.Issuer]:
    running = process.Issuer()
    yield running
    running.goes_away()


@pytest.fixture
def theirs(serving: process.Issuer) -> process.Issuer:
    """The issuer, well again."""
    serving.told(seconds=0, wrong_document=None, wrong_keys=None, issuer=serving.name, uri=f"{serving.name}/keys")
    serving.publishes(serving.key)
    return serving


@pytest_asyncio.fixture
async def ours(theirs: process.Issuer) -> AsyncIterator[Issuer]:
    """What Kith knows of it: nothing yet."""
    async with discovery.client() as http:
        yield Issuer(Policy(theirs.name, AUDIENCE), http, AGAIN)


async def fault(ours: Issuer, token: str) -> Fault | None:
    """Why a token is refused, None where it is not."""
    try:
        await ours.told(token)
    except Rejected as rejected:
        return rejected.fault
    return None


async def until(so: Callable[[], bool]) -> None:
    """Returns when something is so."""
    async with asyncio.timeout(30):
        while not so():  # noqa: ASYNC110  # no event tells of another process
            await asyncio.sleep(0.05)


def part(value: Any) -> str:
    """A part of a token."""
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


async def test_a_good_token_tells_whose_it_is(theirs: process.Issuer, ours: Issuer) -> None:
    told = await ours.told(theirs.token(email_verified=True))
    assert (told.login, told.roles) == ("sam@kith.example", None)


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
@pytest.mark.parametrize("type", ["JWT", "at+jwt", "application/at+jwt"])
async def test_each_algorithm_and_type_allowed_is_taken(
    algorithm: str, type: str, theirs: process.Issuer, ours: Issuer
) -> None:
    key = made(algorithm, use="sig", alg=algorithm)
    theirs.publishes(made(algorithm, "another"), key)
    assert await fault(ours, theirs.token(key=key, algorithm=algorithm, header={"typ": type})) is None


async def test_what_is_forged_is_refused_whatever_is_wrong_with_it(theirs: process.Issuer, ours: Issuer) -> None:
    """Forged, unsigned, key-confused, with a key of its own, of another type, malformed, over-long."""
    rsa, good = made("RS256", "rsa"), theirs.token()
    theirs.publishes(theirs.key, rsa, made("EdDSA", "okp"))
    head, body, signature = good.split(".")
    mine = made("ES256", "first")
    claims = theirs.claims("sam@kith.example")
    start = f"{part({'alg': 'HS256', 'kid': 'rsa', 'typ': 'JWT'})}.{body}"
    confused = f"{start}.{part(hmac.digest(rsa.as_pem(private=False), start.encode(), 'sha256'))}"
    refused = {
        theirs.token(key=mine): Fault.WRONG_SIGNATURE,
        f"{head}.{part({**claims, 'email': 'chief@kith.example'})}.{signature}": Fault.WRONG_SIGNATURE,
        f"{head}.{body}.": Fault.WRONG_SIGNATURE,
        f"{head}.{body}.{signature[:-8]}": Fault.WRONG_SIGNATURE,
        f"{head}.{body}.{part(bytes(64))}": Fault.WRONG_SIGNATURE,
        f"{part({'alg': 'none', 'kid': 'first'})}.{body}.": Fault.WRONG_ALGORITHM,
        f"{part({'alg': 'None'})}.{body}.": Fault.WRONG_ALGORITHM,
        f"{part({'kid': 'first'})}.{body}.{signature}": Fault.WRONG_ALGORITHM,
        f"{part({'alg': ['ES256'], 'kid': 'first'})}.{body}.{signature}": Fault.WRONG_ALGORITHM,
        confused: Fault.WRONG_ALGORITHM,
        f"{part({'alg': 'RS256', 'kid': 'first'})}.{body}.{signature}": Fault.WRONG_SIGNATURE,
        f"{part({'alg': 'ES256', 'kid': 'rsa'})}.{body}.{signature}": Fault.WRONG_SIGNATURE,
        theirs.token(key=mine, header={"jwk": mine.as_dict(private=False), "kid": "x"}): Fault.UNKNOWN_KEY,
        theirs.token(key=mine, header={"jku": "http://127.0.0.1:1/keys", "kid": "x"}): Fault.UNKNOWN_KEY,
        f"{part({'alg': 'ES256', 'kid': 7})}.{body}.{signature}": Fault.MALFORMED,
        theirs.token(header={"typ": "logout+jwt"}): Fault.WRONG_TYPE,
        theirs.token(header={"typ": "dpop+jwt"}): Fault.WRONG_TYPE,
        f"{part({'alg': 'ES256', 'kid': 'first', 'typ': None})}.{body}.{signature}": Fault.WRONG_TYPE,
        f"{part({'alg': 'ES256', 'kid': 'first', 'crit': ['b64'], 'b64': False})}.{body}.{signature}": Fault.MALFORMED,
        f"{part('alg')}.{body}.{signature}": Fault.MALFORMED,
        f"{part(b'[' * 3000)}.{body}.{signature}": Fault.MALFORMED,
        f"{head}.{part(b'[' * 9000)}.{signature}": Fault.MALFORMED,
        f"{head}.{part([claims])}.{signature}": Fault.MALFORMED,
        f"{head}.{part(b'no json')}.{signature}": Fault.MALFORMED,
        f"{head}.{body}": Fault.MALFORMED,
        f"{good}.{signature}": Fault.MALFORMED,
        f"{head}.é.{signature}": Fault.MALFORMED,
        f"{part({'alg': 'ES256', 'x': 'x' * 4096})}.{body}.{signature}": Fault.MALFORMED,
        "": Fault.MALFORMED,
        "..": Fault.MALFORMED,
        "x" * (LONGEST + 1): Fault.TOO_LONG,
        theirs.token(groups=["x" * 100] * 200): Fault.TOO_LONG,
    }
    for token, expected in refused.items():
        assert await fault(ours, token) is expected, token[:200]
    assert await fault(ours, good) is None


async def test_claims_are_looked_at_of_tokens_that_are_signed(theirs: process.Issuer, ours: Issuer) -> None:
    """Expired, future, wrong audience, wrong issuer, nobody's; tests/domain has them all."""
    now = int(time.time())
    for changes, expected in (
        ({"exp": now - 31}, Fault.EXPIRED),
        ({"exp": None}, Fault.MALFORMED),
        ({"nbf": now + 90}, Fault.NOT_YET),
        ({"iat": now + 90}, Fault.NOT_YET),
        ({"aud": "https://other.example"}, Fault.WRONG_AUDIENCE),
        ({"iss": "https://other.example"}, Fault.WRONG_ISSUER),
        ({"sub": None}, Fault.NO_SUBJECT),
        ({"email": None}, Fault.NO_LOGIN),
        ({"email_verified": False}, Fault.NOT_VERIFIED),
        ({"exp": now - 20}, None),
        ({"nbf": now + 20, "iat": now + 20}, None),
    ):
        assert await fault(ours, theirs.token(**changes)) is expected, changes


async def test_a_token_that_is_known_ends_all_the_same(
    theirs: process.Issuer, ours: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = theirs.token()
    assert await ours.told(token) is await ours.told(token)
    later = time.time() + 331
    monkeypatch.setattr(time, "time", lambda: later)
    assert await fault(ours, token) is Fault.EXPIRED


async def test_keys_that_change_are_followed(theirs: process.Issuer, ours: Issuer) -> None:
    """A new key is found by the first token that names it; one that is withdrawn is good for nothing once the keys are
    asked for again, tokens that were known among them."""
    old, new = theirs.token(), made("ES256", "second")
    assert await fault(ours, old) is None
    theirs.publishes(theirs.key, new)
    await asyncio.sleep(AGAIN)
    assert await fault(ours, theirs.token(key=new)) is None
    assert await fault(ours, old) is None
    theirs.publishes(new)
    await asyncio.sleep(AGAIN)
    await ours.look()
    assert await fault(ours, old) is Fault.UNKNOWN_KEY
    assert await fault(ours, theirs.token(key=new)) is None


async def test_keys_that_are_the_same_leave_tokens_known(theirs: process.Issuer, ours: Issuer) -> None:
    token = theirs.token()
    first = await ours.told(token)
    await asyncio.sleep(AGAIN)
    await ours.look()
    assert await ours.told(token) is first


async def test_a_token_that_names_no_key_is_signed_with_the_only_one(theirs: process.Issuer, ours: Issuer) -> None:
    nameless = made("ES256", None)
    nameless = ECKey.import_key({k: v for k, v in nameless.as_dict(private=True).items() if k != "kid"})
    token = theirs.token(key=nameless)
    theirs.publishes(nameless)
    assert await fault(ours, token) is None
    theirs.publishes(nameless, theirs.key)
    await asyncio.sleep(AGAIN)
    await ours.look()
    assert await fault(ours, token) is Fault.WRONG_SIGNATURE


async def test_tokens_with_unknown_keys_have_the_keys_asked_for_a_few_times(
    theirs: process.Issuer, ours: Issuer
) -> None:
    """A thousand of them at once, and a thousand one after the other; known ones are taken meanwhile."""
    assert await fault(ours, theirs.token()) is None
    mine = made("ES256", "x")
    tokens = [theirs.token(key=mine, header={"kid": f"x{number}"}) for number in range(1_000)]
    before, started = theirs.asked, time.monotonic()
    assert set(await asyncio.gather(*(fault(ours, token) for token in tokens))) == {Fault.UNKNOWN_KEY}
    for token in tokens:
        assert await fault(ours, token) is Fault.UNKNOWN_KEY
    assert theirs.asked - before <= 2 + (time.monotonic() - started) / AGAIN
    assert await fault(ours, theirs.token()) is None


async def test_tokens_of_other_issuers_have_nobody_asked(theirs: process.Issuer, ours: Issuer) -> None:
    before = theirs.asked
    assert await fault(ours, theirs.token(iss="https://other.example")) is Fault.WRONG_ISSUER
    assert theirs.asked == before


async def test_keys_are_kept_while_the_issuer_is_away(theirs: process.Issuer, ours: Issuer) -> None:
    assert await fault(ours, theirs.token()) is None
    theirs.goes_away()
    await asyncio.sleep(AGAIN)
    try:
        assert await fault(ours, theirs.token(key=made("ES256", "second"))) is Fault.UNKNOWN_KEY
        assert await fault(ours, theirs.token(sub="2")) is None
    finally:
        theirs.comes_back()


async def test_an_issuer_that_is_away_at_first_is_found_when_it_comes(theirs: process.Issuer, ours: Issuer) -> None:
    token = theirs.token()
    theirs.goes_away()
    fresh = asyncio.create_task(ours.keep_fresh())
    try:
        assert await fault(ours, token) is Fault.NO_KEYS
    finally:
        theirs.comes_back()
    await until(lambda: ours._keys is not None)
    assert await fault(ours, token) is None
    fresh.cancel()


async def test_the_keys_are_asked_for_now_and_then(theirs: process.Issuer, ours: Issuer) -> None:
    """So that a key that is withdrawn doesn't stay, though nothing unknown comes."""
    token = theirs.token()
    fresh = asyncio.create_task(ours.keep_fresh(every=AGAIN))
    assert await fault(ours, token) is None
    theirs.publishes(made("ES256", "second"))
    before = theirs.asked
    await until(lambda: theirs.asked > before + 1)
    assert await fault(ours, token) is Fault.UNKNOWN_KEY
    fresh.cancel()


@pytest.mark.parametrize("place", ["wrong_document", "wrong_keys"])
@pytest.mark.parametrize("wrong", ["status", "redirect", "text", "list", "nested", "bomb", "large"])
async def test_what_is_not_a_plain_small_answer_is_not_taken(
    place: str, wrong: str, theirs: process.Issuer, ours: Issuer
) -> None:
    theirs.told(**{place: wrong})
    assert await fault(ours, theirs.token()) is Fault.NO_KEYS
    theirs.told(**{place: None})
    await asyncio.sleep(AGAIN)
    assert await fault(ours, theirs.token()) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://other.example"},
        {"issuer": None},
        {"uri": "http://issuer.example/keys"},
        {"uri": "file:///etc/passwd"},
        {"uri": "http://127.0.0.1.example/keys"},
        {"uri": ""},
        {"uri": None},
        {"keys": {}},
        {"keys": []},
    ],
)
async def test_a_document_must_be_of_the_issuer_and_name_a_safe_address(
    wrong: dict[str, Any], theirs: process.Issuer, ours: Issuer
) -> None:
    theirs.told(**wrong)
    assert await fault(ours, theirs.token()) in (Fault.NO_KEYS, Fault.UNKNOWN_KEY)


@pytest.mark.parametrize("wrong", [{"seconds": 60}, {"wrong_keys": "endless"}])
async def test_a_slow_issuer_is_not_waited_for_long(
    wrong: dict[str, Any], theirs: process.Issuer, ours: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither one that says nothing nor one that never ends; whoever comes meanwhile waits for the same answer."""
    monkeypatch.setattr(discovery, "SECONDS", 1.0)
    theirs.told(**wrong)
    before = theirs.asked
    async with asyncio.timeout(30):
        found = await asyncio.gather(*(fault(ours, theirs.token(sub=str(n))) for n in range(20)))
    assert set(found) == {Fault.NO_KEYS}
    assert theirs.asked - before <= 1


async def test_whoever_hangs_up_takes_the_keys_from_nobody(theirs: process.Issuer, ours: Issuer) -> None:
    theirs.told(seconds=0.5)
    first = asyncio.create_task(fault(ours, theirs.token()))
    second = asyncio.create_task(fault(ours, theirs.token(sub="2")))
    await asyncio.sleep(0.1)
    first.cancel()
    assert await second is None


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://issuer.example", True),
        ("http://localhost:8080", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://[::1]:8080", True),
        ("http://issuer.example", False),
        ("http://localhost.example", False),
        ("http://localhost@issuer.example", False),
        ("ftp://localhost", False),
        ("https://", False),
        ("issuer.example", False),
        ("http://[", False),
    ],
)
def test_only_https_is_safe_except_on_this_machine(address: str, safe: bool) -> None:
    assert is_safe(address) is safe


def test_only_public_keys_that_are_strong_enough_are_used() -> None:
    weak, shared = RSAKey.generate_key(1024, {"kid": "weak"}), OctKey.generate_key(256, {"kid": "shared"})
    curves = [ECKey.generate_key("P-384", {"kid": "e"}), OKPKey.generate_key("X25519", {"kid": "x"})]
    encryption = made("RS256", "enc", use="enc")
    assert len(KeySet([key.as_dict() for key in (weak, shared, *curves, encryption)])) == 0
    assert len(KeySet([made(algorithm).as_dict() for algorithm in ("RS256", "ES256", "EdDSA")])) == 3


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)
members = st.sampled_from(["kty", "use", "key_ops", "alg", "kid", "n", "e", "crv", "x", "y"])
values = json_values | st.sampled_from(["RSA", "EC", "OKP", "P-256", "Ed25519", "sig", "AQAB", "A" * 43])


@given(st.lists(json_values | st.dictionaries(members, values), max_size=3))
def test_whatever_is_published_is_no_key_rather_than_an_error(published: list[Any]) -> None:
    assert len(KeySet(published)) <= len(published)


async def test_a_token_signed_with_a_weak_key_is_refused(theirs: process.Issuer, ours: Issuer) -> None:
    weak = RSAKey.generate_key(1024, {"kid": "weak"})
    theirs.publishes(weak)
    token = jwt.encode({"alg": "RS256", "kid": "weak"}, theirs.claims("sam@kith.example"), weak)
    assert await fault(ours, token) is Fault.UNKNOWN_KEY


async def test_what_asks_the_issuer_follows_nobody(theirs: process.Issuer) -> None:
    async with discovery.client() as http:
        assert isinstance(http, httpx.AsyncClient)
        assert not http.follow_redirects
