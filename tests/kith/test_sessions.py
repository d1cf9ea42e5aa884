"""Sessions of what is no browser (SPEC 6.4, 11.3): signing in by JSON, refreshing, signing out, and what ends them."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from argon2 import PasswordHasher

from domain.sessions import MOST, Place
from domain.signing_keys import rotated
from graphdb import signing_keys
from graphdb.graph import Graph
from kith.app import app
from kith.context import Contexts
from kith.doors import Doors
from kith.http import Endpoint
from kith.refresh_tokens import RefreshTokens
from kith.settings import Settings
from kith.signin import SignIn
from kith.tokens import Tokens, secret_of
from resolvers import sessions
from resolvers.context import Context
from resolvers.daily import run_daily
from resolvers.passwords import Busy, Hasher
from resolvers.reading.seam import Schema
from tests.client import Client
from tests.conftest import CHEAP
from tests.unchanged import Unchanged

LOGIN, PASSWORD, WRONG = "ann@kith.example", "correct horse battery", "wrong horse battery"
VIEWER = "{ viewer { party { id } } }"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


class Counting(PasswordHasher):
    """Counts what it compares."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.count = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.count += 1
        return super().verify(hash, password)


@dataclass
class Replica:
    """One of several services over a graph, as it is seen from an address."""

    http: httpx.AsyncClient
    contexts: Contexts
    argon: Counting
    address: Callable[[str], httpx.AsyncClient]

    async def sign_in(self, login: str = LOGIN, password: str = PASSWORD, **more: Any) -> httpx.Response:
        return await (more.get("http") or self.http).post("/sign-in", json={"login": login, "password": password})

    async def signed_in(self, login: str = LOGIN, password: str = PASSWORD) -> dict[str, Any]:
        """Tokens of a new session."""
        response = await self.sign_in(login, password)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    async def refresh(self, token: str) -> httpx.Response:
        return await self.http.post("/sign-in/refresh", json={"refreshToken": token})

    async def who(self, tokens: dict[str, Any]) -> str | int:
        """Who bears an access token, by the id, or the status of the refusal."""
        headers = {"authorization": f"Bearer {tokens['accessToken']}"}
        response = await self.http.post("/graphql", json={"query": VIEWER}, headers=headers)
        return str(response.json()["data"]["viewer"]["party"]["id"]) if response.status_code == 200 else 401


Replicas = Callable[..., Replica]


@pytest_asyncio.fixture(loop_scope="session")
async def replicas(schema: Schema, graph: Graph, settings: Settings) -> AsyncIterator[Replicas]:
    """Makes services over the graph, each with a memory of its own."""
    opened: list[httpx.AsyncClient] = []

    def begin(**changed: Any) -> Replica:
        argon = Counting()
        contexts = Contexts(graph, settings.model_copy(update=changed), Hasher(argon))
        sign_in = SignIn(Tokens(secret_of(settings), lambda: signing_keys.stored(graph)))
        web = app(Endpoint(schema, contexts), sign_in, [], Doors(sign_in, contexts).routes())

        def at(address: str) -> httpx.AsyncClient:
            transport = httpx.ASGITransport(web, client=(address, 1))
            opened.append(httpx.AsyncClient(transport=transport, base_url="https://kith.test"))
            return opened[-1]

        return Replica(at(HERE), contexts, argon, at)

    yield begin
    for one in opened:
        await one.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def ann(client: Client) -> str:
    """A consumer with login and password."""
    id = await client.consumer("Ann", login=LOGIN)
    await client.do("setPassword", {"party": id, "password": PASSWORD})
    return id


def code(response: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    (error,) = response.json()["errors"]
    return response.status_code, error["extensions"]["code"]


async def stored(graph: Graph) -> list[Any]:
    """All sessions, the first one first: whether each goes on, and why not."""
    rows = await graph.run(
        "CYPHER 25 MATCH (s:Session) RETURN s.ended_because AS because ORDER BY s.started_at, s.id", {}, "tests"
    )
    return [row["because"] for row in rows]


async def test_a_consumer_and_staff_sign_in_with_login_and_password(
    client: Client, ann: str, replicas: Replicas
) -> None:
    """6.4: however the login is written; the tokens say how long they are good."""
    kith, sam = replicas(), await client.user("sam@kith.example")
    await client.do("setPassword", {"party": sam, "password": PASSWORD})
    for login, id in ((LOGIN, ann), ("  ANN@Kith.Example ", ann), ("sam@kith.example", sam)):
        response = await kith.sign_in(login)
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
        assert "set-cookie" not in response.headers
        tokens = response.json()
        assert set(tokens) == {"accessToken", "refreshToken", "expiresIn", "tokenType"}
        assert (tokens["expiresIn"], tokens["tokenType"]) == (600, "Bearer")
        assert await kith.who(tokens) == id


async def silent(
    kith: Replica, unchanged: Unchanged, login: str, password: str, capsys: pytest.CaptureFixture[str]
) -> tuple[bytes, int, str]:
    """What an attempt that fails is answered, how many comparisons it took, and its reason in the log."""
    before = kith.argon.count
    capsys.readouterr()
    async with unchanged.during():
        response = await kith.sign_in(login, password)
    assert code(response) == (401, "UNAUTHENTICATED")
    logged = capsys.readouterr().out
    for secret in (login, password, login.partition("@")[0]):
        assert secret not in logged
        assert secret not in response.text
    return response.content, kith.argon.count - before, logged.partition("reason=")[2].split()[0]


async def test_nobody_learns_which_part_was_wrong(
    client: Client, ann: str, replicas: Replicas, unchanged: Unchanged, capsys: pytest.CaptureFixture[str]
) -> None:
    """6.4, issue on signing in: the same answer after the same work, whether there is such a login, a password, a
    status; only the log has the reason."""
    kith = replicas()
    for login in ("bare", "gone", "inactive", "dead"):
        id = await client.consumer(login, login=f"{login}@kith.example")
        if login != "bare":
            await client.do("setPassword", {"party": id, "password": PASSWORD})
        if login == "gone":
            await client.do("enroll", {"id": id})
            await client.do("unenroll", {"id": id})
        if login == "inactive":
            await client.do("deactivate", {"id": id})
        if login == "dead":
            await client.do("updateConsumer", {"id": id, "deceased": True})
    found = {
        name: await silent(kith, unchanged, login, password, capsys)
        for name, login, password in (
            ("wrong", LOGIN, WRONG),
            ("unknown", "zoe@kith.example", PASSWORD),
            ("no address", "zoe.example.com", PASSWORD),
            ("long", LOGIN, "zebra " * 1_000),
            ("bare", "bare@kith.example", PASSWORD),
            ("gone", "gone@kith.example", PASSWORD),
            ("inactive", "inactive@kith.example", PASSWORD),
            ("dead", "dead@kith.example", PASSWORD),
        )
    }
    assert {answer for answer, _, _ in found.values()} == {found["wrong"][0]}
    assert {count for _, count, _ in found.values()} == {1}
    assert {name: reason for name, (_, _, reason) in found.items()} == {
        "wrong": "PASSWORD",
        "unknown": "LOGIN",
        "no address": "LOGIN",
        "long": "PASSWORD",
        "bare": "NO_PASSWORD",
        "gone": "STATUS",
        "inactive": "STATUS",
        "dead": "STATUS",
    }


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/refresh"])
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"login": 1, "password": [], "refreshToken": {}}', "application/json", 400),
        (b'{"login": "a@b.example"}', "application/json", 400),
        (b'{"login": "", "password": "", "refreshToken": ""}', "application/json", 400),
        (b"x" * 20_000, "application/json", 413),
        (b"login=a&password=b", "text/plain", 415),
        (b'{"login": "\\ud800", "password": "\\ud800", "refreshToken": "\\ud800"}', "application/json", 400),
    ],
)
async def test_what_is_no_such_request_is_refused(
    path: str, body: bytes, kind: str, status: int, replicas: Replicas, unchanged: Unchanged
) -> None:
    async with unchanged.during():
        response = await replicas().http.post(path, content=body, headers={"content-type": kind})
    assert response.status_code == status
    assert response.json()["errors"]


async def test_a_form_of_nonsense_is_refused(replicas: Replicas, unchanged: Unchanged) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    async with unchanged.during():
        for body in (b"", b"login=a", b"login=%ff&password=a", b"&".join(b"a=b" for _ in range(50)), b"x" * 20_000):
            response = await replicas().http.post("/sign-in", content=body, headers=headers)
            assert response.status_code in (400, 413), body[:20]


async def test_refreshing_gives_other_tokens_of_the_same_session(ann: str, replicas: Replicas, graph: Graph) -> None:
    kith = replicas()
    tokens = await kith.signed_in()
    for _ in range(3):
        response = await kith.refresh(tokens["refreshToken"])
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
        after = response.json()
        assert after["refreshToken"] != tokens["refreshToken"]
        assert await kith.who(after) == await kith.who(tokens) == ann
        tokens = after
    assert await stored(graph) == [None]


async def test_a_refresh_token_used_twice_ends_the_session_for_all(ann: str, replicas: Replicas, graph: Graph) -> None:
    """Issue on signing in: reuse ends the family: the thief's tokens and the owner's, on every server."""
    kith, other = replicas(), replicas()
    first, apart = await kith.signed_in(), await kith.signed_in()
    second = (await kith.refresh(first["refreshToken"])).json()
    third = (await other.refresh(second["refreshToken"])).json()
    assert await other.who(third) == ann
    assert code(await other.refresh(first["refreshToken"])) == (401, "UNAUTHENTICATED")
    for tokens in (first, second, third):
        assert await kith.who(tokens) == await other.who(tokens) == 401
        assert code(await kith.refresh(tokens["refreshToken"])) == (401, "UNAUTHENTICATED")
    assert await kith.who(apart) == ann
    assert await stored(graph) == ["REUSED", None]


async def test_of_ten_who_refresh_at_once_one_is_answered_and_the_session_ends(
    ann: str, replicas: Replicas, graph: Graph
) -> None:
    """DESIGN 3.4: the lock of the session lets one through; the others have used what was used."""
    some = [replicas() for _ in range(2)]
    for _ in range(3):
        token = (await some[0].signed_in())["refreshToken"]
        answers = await asyncio.gather(*(some[n % 2].refresh(token) for n in range(10)))
        assert sorted(answer.status_code for answer in answers) == [200, *[401] * 9]
        (won,) = [answer.json() for answer in answers if answer.status_code == 200]
        assert await some[1].who(won) == 401
    assert await stored(graph) == ["REUSED"] * 3


async def test_made_up_refresh_tokens_end_nobodys_session(
    ann: str, replicas: Replicas, settings: Settings, unchanged: Unchanged
) -> None:
    """Whoever knows the id of a session, which every access token tells, cannot end it by that."""
    kith = replicas()
    token = (await kith.signed_in())["refreshToken"]
    head, session, number, seal = token.split(".")
    unknown = RefreshTokens(secret_of(settings)).new("session_01m81cvtwye3hvm7mmkgnzsdq1", 0)
    async with unchanged.during():
        for made_up in (
            f"{head}.{session}.1.{seal}",
            f"{head}.{session}.{number}.{'A' * 43}",
            RefreshTokens("t" * 32).new(session, 1),
            unknown,
            "x" * 5_000,
        ):
            assert code(await kith.refresh(made_up)) == (401, "UNAUTHENTICATED")


async def ways_of_ending(client: Client, kith: Replica, id: str) -> dict[str, Callable[[], Awaitable[Any]]]:
    """What ends the sessions of a consumer, by what the session says then."""
    return {
        "PASSWORD": lambda: client.do("setPassword", {"party": id, "password": PASSWORD}),
        "LOGIN": lambda: client.do("updateConsumer", {"id": id, "login": "new@kith.example"}),
        "REVOKED": lambda: client.do("endSessions", {"party": id}),
        "STATUS": lambda: client.do("deactivate", {"id": id}),
    }


@pytest.mark.parametrize("because", ["PASSWORD", "LOGIN", "REVOKED", "STATUS"])
async def test_what_ends_sessions_ends_them_at_once_and_everywhere(
    because: str, client: Client, ann: str, replicas: Replicas, graph: Graph
) -> None:
    """6.2, 6.4, issue on signing in: with the next request, whichever server is asked, whatever it knew before."""
    kith, other = replicas(), replicas()
    tokens, more = await kith.signed_in(), await other.signed_in()
    assert await kith.who(tokens) == await other.who(tokens) == await other.who(more) == ann
    await (await ways_of_ending(client, kith, ann))[because]()
    for server in (kith, other):
        assert [await server.who(tokens), await server.who(more)] == [401, 401]
        assert code(await server.refresh(tokens["refreshToken"])) == (401, "UNAUTHENTICATED")
    assert await stored(graph) == [because, because]


async def test_who_is_reactivated_signs_in_anew(client: Client, ann: str, replicas: Replicas) -> None:
    """6.1: nothing of the customer's is lost; but what was signed in before does not come back by itself."""
    kith = replicas()
    tokens = await kith.signed_in()
    for action in ("deactivate", "reactivate"):
        await client.do(action, {"id": ann})
    assert await kith.who(tokens) == 401
    assert await kith.who(await kith.signed_in()) == ann


async def test_what_keeps_somebody_out_that_no_mutation_did_is_seen_by_refreshing(
    ann: str, replicas: Replicas, graph: Graph
) -> None:
    kith = replicas()
    tokens = await kith.signed_in()
    await graph.apply("CYPHER 25 MATCH (p:Consumer) SET p.status = 'INACTIVE', p.inactive_reason = 'UNENROLLED'")
    assert await kith.who(tokens) == 401
    assert code(await kith.refresh(tokens["refreshToken"])) == (401, "UNAUTHENTICATED")
    assert await stored(graph) == ["STATUS"]


@pytest.mark.damages
async def test_a_party_that_was_deleted_is_nobody(client: Client, ann: str, replicas: Replicas, graph: Graph) -> None:
    kith = replicas()
    tokens = await kith.signed_in()
    assert await kith.who(tokens) == ann
    await graph.apply("CYPHER 25 MATCH (p:Consumer) DETACH DELETE p")
    assert await kith.who(tokens) == 401
    assert code(await kith.refresh(tokens["refreshToken"])) == (401, "UNAUTHENTICATED")
    assert code(await kith.sign_in()) == (401, "UNAUTHENTICATED")


async def test_nobody_begins_a_session_who_is_gone_meanwhile(
    client: Client, ann: str, graph: Graph, unchanged: Unchanged
) -> None:
    """8.6: whoever is erased while a session is begun leaves none behind."""
    plan = await client.ask("query($id: ID!) { deletePlan(input: {id: $id}) { ... on DeletePlan { token } } }", id=ann)
    await client.do("delete", {"token": plan["deletePlan"]["token"]})
    async with unchanged.during():
        with pytest.raises(sessions.NotSignedIn):
            await sessions.begin(graph, ann, datetime.now(UTC), Place.COMMAND_LINE, timedelta(hours=1))


async def test_signing_out_by_whichever_token(ann: str, replicas: Replicas, graph: Graph) -> None:
    """By an access token, or by a refresh token, once the other has expired; again without harm."""
    kith, other = replicas(), replicas()
    first, second, third = [await kith.signed_in() for _ in range(3)]
    for _ in range(2):
        left = await kith.http.post("/sign-out", headers={"authorization": f"Bearer {first['accessToken']}"})
        assert left.status_code == 204
        left = await kith.http.post("/sign-out", json={"refreshToken": second["refreshToken"]})
        assert left.status_code == 204
    assert [await other.who(tokens) for tokens in (first, second, third)] == [401, 401, ann]
    for wrong in (
        await kith.http.post("/sign-out", headers={"authorization": "Bearer nonsense"}),
        await kith.http.post("/sign-out", json={"refreshToken": "nonsense"}),
    ):
        assert code(wrong) == (401, "UNAUTHENTICATED")
    assert await stored(graph) == ["SIGNED_OUT", "SIGNED_OUT", None]


async def test_sign_out_by_mutation_of_one_and_of_all(client: Client, ann: str, replicas: Replicas) -> None:
    kith, other = replicas(), replicas()
    first, second, third = [await kith.signed_in() for _ in range(3)]
    asked = Client(kith.http, first["accessToken"])
    assert await asked.do("signOut", {}, "... on SignedOut { sessions operation { kind } }") == {
        "__typename": "SignedOut",
        "sessions": 1,
        "operation": {"kind": "signOut"},
    }
    assert [await other.who(tokens) for tokens in (first, second, third)] == [401, ann, ann]
    asked = Client(kith.http, second["accessToken"])
    done = await asked.do("signOut", {"everywhere": True}, "... on SignedOut { sessions }")
    assert done == {"__typename": "SignedOut", "sessions": 2}
    assert await other.who(third) == 401


async def test_without_a_session_there_is_none_to_end(client: Client, unchanged: Unchanged) -> None:
    """A token of the command line of another version, an issuer's, or a key: it ends where it came from."""
    async with unchanged.during():
        assert await client.refusals("signOut", {}) == [{"__typename": "NoSession", "path": []}]


async def test_sessions_are_bounded_and_the_oldest_end(ann: str, graph: Graph) -> None:
    for n in range(MOST + 3):
        began = datetime.now(UTC) + timedelta(seconds=n)
        await sessions.begin(graph, ann, began, Place.TOKENS, timedelta(days=1))
    assert await stored(graph) == ["TOO_MANY"] * 3 + [None] * MOST


async def test_what_is_over_goes_with_the_daily_run(
    ann: str, replicas: Replicas, context: Context, graph: Graph
) -> None:
    kith = replicas()
    ended, expired, going = [await kith.signed_in() for _ in range(3)]
    await kith.http.post("/sign-out", json={"refreshToken": ended["refreshToken"]})
    await graph.apply(
        "CYPHER 25 MATCH (s:Session) ORDER BY s.started_at SKIP 1 LIMIT 1 SET s.expires_at = s.started_at"
    )
    assert code(await kith.refresh(expired["refreshToken"])) == (401, "UNAUTHENTICATED")
    await run_daily(replace(context, now=datetime.now(UTC)))
    assert await stored(graph) == [None]
    assert await kith.who(going) == ann
    assert await kith.who(ended) == 401
    assert code(await kith.refresh(ended["refreshToken"])) == (401, "UNAUTHENTICATED")


async def test_a_thousand_wrong_passwords_a_minute_keep_nobody_out(ann: str, replicas: Replicas) -> None:
    """Issue on signing in: whoever tries them is told to wait; Ann signs in from elsewhere meanwhile, and few
    comparisons are made."""
    kith = replicas()
    attack = asyncio.gather(*(kith.sign_in(password=f"wrong horse {n}") for n in range(1_000)))
    elsewhere = kith.address(ELSEWHERE)
    assert (await kith.sign_in(http=elsewhere)).status_code == 200
    answers = await attack
    assert kith.argon.count <= 12
    counted = [answer.status_code for answer in answers]
    assert (counted.count(401), counted.count(429)) == (10, 990)
    (told,) = {code(answer) for answer in answers if answer.status_code == 429}
    assert told == (429, "TOO_MANY_ATTEMPTS")
    assert all(0 < int(answer.headers["retry-after"]) <= 900 for answer in answers if answer.status_code == 429)
    assert code(await kith.sign_in()) == (429, "TOO_MANY_ATTEMPTS")
    assert (await kith.sign_in(http=elsewhere)).status_code == 200


async def test_many_logins_from_one_address_are_too_many_as_well(ann: str, replicas: Replicas) -> None:
    kith = replicas(address_attempts=5)
    statuses = [(await kith.sign_in(f"{n}@kith.example")).status_code for n in range(8)]
    assert statuses == [401] * 5 + [429] * 3
    assert (await kith.sign_in(http=kith.address(ELSEWHERE))).status_code == 200


async def test_refreshing_is_limited_too(ann: str, replicas: Replicas) -> None:
    kith = replicas(address_attempts=1)
    statuses = [(await kith.refresh("nonsense")).status_code for _ in range(12)]
    assert statuses == [401] * 10 + [429] * 2


async def test_when_too_many_wait_others_are_told_to_come_again(
    ann: str, replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(hash: str | None, password: str) -> bool:
        raise Busy

    kith = replicas()
    monkeypatch.setattr(kith.contexts.hasher, "verify", busy)
    response = await kith.sign_in()
    assert (code(response), response.headers["retry-after"]) == ((429, "TOO_MANY_ATTEMPTS"), "5")


async def test_a_hash_of_other_parameters_is_renewed_by_signing_in(ann: str, replicas: Replicas, graph: Graph) -> None:
    """Sessions go on: the password is the same."""
    kith = replicas()
    tokens = await kith.signed_in()
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    await graph.apply(f"CYPHER 25 MATCH (p:Password) SET p.hash = '{old}'")
    await kith.sign_in(password=WRONG)
    (row,) = await graph.run("CYPHER 25 MATCH (p:Password) RETURN p.hash AS hash", {}, "tests")
    assert row["hash"] == old
    await kith.signed_in()
    (row,) = await graph.run("CYPHER 25 MATCH (p:Password) RETURN p.hash AS hash", {}, "tests")
    assert not CHEAP.check_needs_rehash(row["hash"])
    assert await kith.who(tokens) == ann
    await kith.signed_in()


async def test_a_password_changed_while_somebody_signs_in_lets_nobody_in(
    client: Client, ann: str, replicas: Replicas, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock of the party: what was compared must be the password still."""
    kith = replicas()
    verify = kith.contexts.hasher.verify

    async def slowly(hash: str | None, password: str) -> bool:
        right = await verify(hash, password)
        await client.do("setPassword", {"party": ann, "password": "another horse battery"})
        return right

    monkeypatch.setattr(kith.contexts.hasher, "verify", slowly)
    assert code(await kith.sign_in()) == (401, "UNAUTHENTICATED")
    assert await stored(graph) == []


async def test_rotated_keys_keep_sessions_going_and_at_once_ends_tokens_alone(
    ann: str, replicas: Replicas, graph: Graph
) -> None:
    async def rotate(tx: Any, at_once: bool) -> None:
        keys = rotated(await signing_keys.locked(tx), datetime.now(UTC), timedelta(days=30), at_once)
        signing_keys.put(tx, keys)

    kith = replicas()
    tokens = await kith.signed_in()
    await graph.write(lambda tx: rotate(tx, False), "tests")
    kith = replicas()
    assert await kith.who(tokens) == ann
    assert len((await kith.http.get("/.well-known/jwks.json")).json()["keys"]) == 2
    await graph.write(lambda tx: rotate(tx, True), "tests")
    kith = replicas()
    assert await kith.who(tokens) == 401
    after = (await kith.refresh(tokens["refreshToken"])).json()
    assert await kith.who(after) == ann
    assert len((await kith.http.get("/.well-known/jwks.json")).json()["keys"]) == 1


async def test_no_password_and_no_token_is_kept_anywhere(
    client: Client, ann: str, replicas: Replicas, graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Issue on signing in: not in the graph, nor in the log, nor as a plain hash."""
    kith = replicas()
    tokens = await kith.signed_in()
    await kith.refresh(tokens["refreshToken"])
    asked = Client(kith.http, tokens["accessToken"])
    given = {"current": PASSWORD, "new": "another horse battery", "idempotencyKey": "once"}
    assert (await asked.do("changePassword", given))["__typename"] == "PasswordChanged"
    await kith.refresh(tokens["refreshToken"])
    everything = json.dumps(await Unchanged(graph).look(), default=str) + capsys.readouterr().out
    for secret in (PASSWORD, "another horse battery", tokens["accessToken"], tokens["refreshToken"]):
        assert secret not in everything
        assert secret.rpartition(".")[2] not in everything
