"""Staff who come with a token of the business's own issuer, over HTTP (SPEC 11.3): both are processes here."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from domain.claims import Policy
from domain.internal_users import Role
from graphdb.graph import Graph
from kith import discovery, staff
from kith.app import app
from kith.context import Contexts
from kith.http import Endpoint
from kith.issuer import Issuer
from kith.settings import Settings
from kith.signin import SignIn
from kith.staff import Staff
from kith.tokens import Tokens, secret_of
from resolvers.reading.seam import Schema
from tests import issuer as process
from tests.client import Client
from tests.issuer import AUDIENCE, made
from tests.unchanged import Unchanged

AGAIN = 0.2
ROLES = "realm_access.roles"
MAPPING = {"chiefs": (Role.MANAGER,), "sales": (Role.AGENT, Role.RELATIONSHIP_AGENT)}
ME = "{ viewer { party { id } roles } }"


@pytest.fixture(scope="module")
def serving() -> Iterator[process.Issuer]:
    running = process.Issuer()
    yield running
    running.goes_away()


@pytest.fixture
def theirs(serving: process.Issuer) -> process.Issuer:
    """The issuer, well again."""
    serving.told(seconds=0)
    serving.publishes(serving.key)
    return serving


class House:
    """A service that takes the issuer's tokens, and clients of it."""

    def __init__(self, schema: Schema, contexts: Contexts, settings: Settings, http: httpx.AsyncClient) -> None:
        self._schema, self._contexts, self._settings, self._asking = schema, contexts, settings, http

    def of(self, policy: Policy) -> httpx.AsyncClient:
        """Its address, under a policy."""
        way = Staff(Issuer(policy, self._asking, AGAIN), self._contexts.graph)
        web = app(Endpoint(self._schema, self._contexts), SignIn(Tokens(secret_of(self._settings)), way), [])
        return httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://kith.test")


@pytest_asyncio.fixture
async def house(schema: Schema, contexts: Contexts, settings: Settings) -> AsyncIterator[House]:
    async with discovery.client() as http:
        yield House(schema, contexts, settings, http)


async def status(client: Client) -> int | tuple[int, str]:
    """What whoever asks is answered: 200, or the status and the code."""
    response = await client.send(ME)
    found = response.json()
    return (response.status_code, found["errors"][0]["extensions"]["code"]) if "errors" in found else 200


REFUSED = 401, "UNAUTHENTICATED"


async def asks(http: httpx.AsyncClient, token: str) -> Any:
    """Who somebody is taken to be by a token: the id and the roles; or status and code."""
    client = Client(http, token)
    found = await status(client)
    if found != 200:
        return found
    viewer = (await client.ask(ME))["viewer"]
    return viewer["party"]["id"], viewer["roles"]


async def test_staff_come_with_tokens_of_the_issuer_in_the_roles_of_kiths_records(
    client: Client, house: House, theirs: process.Issuer
) -> None:
    """11.3: whoever has a record, by login; spelt in whatever case."""
    sam = await client.user(roles=["AGENT", "ANALYST"])
    async with house.of(Policy(theirs.name, AUDIENCE)) as http:
        assert await asks(http, theirs.token("Sam@KITH.example")) == (sam, ["AGENT", "ANALYST"])
        consumer = await Client(http, theirs.token()).consumer("Ann")
        history = "... on Consumer { history { edges { node { createdBy { id } } } } }"
        done = (await client.node(consumer, history))["history"]["edges"]
        assert done == [{"node": {"createdBy": {"id": sam}}}]
        await client.do("updateInternalUser", {"id": sam, "roles": ["MANAGER"]})
        assert await asks(http, theirs.token()) == (sam, ["MANAGER"])


async def test_what_is_wrong_with_a_token_is_told_to_the_log_alone(
    client: Client, house: House, theirs: process.Issuer, unchanged: Unchanged, capsys: pytest.CaptureFixture[str]
) -> None:
    """11.3: each is refused alike, and nothing is done; the log has a reason, and nothing of the token's."""
    await client.user(roles=["ADMIN"])
    await client.consumer("Ann", email="ann@kith.example")
    good = theirs.token()
    head, body, _ = good.split(".")
    now = int(time.time())
    refused = {
        theirs.token(key=made("ES256", "first")): "WRONG_SIGNATURE",
        theirs.token(key=made("ES256", "other")): "UNKNOWN_KEY",
        f"{head}.{body}.": "WRONG_SIGNATURE",
        theirs.token(exp=now - 60): "EXPIRED",
        theirs.token(nbf=now + 60): "NOT_YET",
        theirs.token(aud="other"): "WRONG_AUDIENCE",
        theirs.token(iss="https://other.example"): "WRONG_ISSUER",
        theirs.token("ann@kith.example"): "UNKNOWN_LOGIN",
        theirs.token("nobody@kith.example"): "UNKNOWN_LOGIN",
        theirs.token(email_verified=False): "NOT_VERIFIED",
        theirs.token(email=None): "NO_LOGIN",
        "x" * 20_000: "TOO_LONG",
        "no.jwt.": "NOT_KNOWN",
    }
    async with house.of(Policy(theirs.name, AUDIENCE)) as http, unchanged.during():
        capsys.readouterr()
        for token, reason in refused.items():
            response = await Client(http, token).send(
                'mutation { createConsumer(input: {givenName: "Bea"}) { __typename } }'
            )
            assert response.status_code == 401
            assert response.json() == {
                "errors": [{"message": "Sign in first.", "extensions": {"code": "UNAUTHENTICATED"}}]
            }
            logged = capsys.readouterr().out
            assert reason in logged
            assert token not in logged
            assert "kith.example" not in logged


async def test_a_token_never_signs_in_a_consumer(client: Client, house: House, theirs: process.Issuer) -> None:
    """11.3, 6.4: consumers sign in with Kith; a login of a consumer's is nobody's at the issuer."""
    ann = await client.consumer("Ann", login="ann@kith.example")
    async with house.of(Policy(theirs.name, AUDIENCE, roles_claim="roles")) as http:
        assert await asks(http, theirs.token("ann@kith.example", roles=["ADMIN"])) == REFUSED
        assert await asks(http, theirs.token(ann, sub=ann, roles=["ADMIN"])) == REFUSED


async def test_the_cookie_of_a_browser_is_no_place_for_a_token(
    client: Client, house: House, theirs: process.Issuer
) -> None:
    """11.3: else any site could send it."""
    await client.user()
    async with house.of(Policy(theirs.name, AUDIENCE)) as http:
        http.cookies.set("kith_session", theirs.token())
        response = await http.post("/graphql", json={"query": ME})
        assert response.status_code == 401


async def test_roles_of_a_claim_are_those_of_the_token_and_of_no_record(
    client: Client, house: House, theirs: process.Issuer, unchanged: Unchanged
) -> None:
    """11.3, 5.7: what the next token says counts, in reading and in doing; the record's own roles give nothing."""
    sam = await client.user(roles=["ADMIN"])
    ann = await client.consumer("Ann", phone="+43 1 58858 0")
    profile = f'{{ node(id: "{ann}") {{ ... on Consumer {{ name phone {{ e164 }} }} }} }}'
    async with house.of(Policy(theirs.name, AUDIENCE, roles_claim=ROLES, roles=MAPPING)) as http:

        def bringing(*groups: str) -> Client:
            return Client(http, theirs.token(realm_access={"roles": groups}))

        assert await asks(http, theirs.token(realm_access={"roles": ["chiefs", "x"]})) == (sam, ["MANAGER"])
        assert await asks(http, theirs.token()) == (sam, [])
        assert await asks(http, theirs.token(realm_access={"roles": ["ADMIN"]})) == (sam, [])
        assert (await bringing("sales").ask(profile))["node"]["name"] == "Ann"
        assert (await bringing("chiefs").do("updateConsumer", {"id": ann, "givenName": "Bea"}))["__typename"] == (
            "ConsumerUpdated"
        )
        async with unchanged.during():
            codes = await bringing().codes(profile)
            assert codes == [] or codes[0][0] == "NOT_FOUND"
            assert (await bringing().answer(profile))["data"]["node"] is None
            for mutation, given in (
                ("updateInternalUser", {"id": sam, "roles": ["ANALYST"]}),
                ("createInternalUser", {"name": "Eve", "login": "eve@kith.example", "roles": ["ADMIN"]}),
            ):
                (refusal,) = await bringing("chiefs").refusals(mutation, given)
                assert refusal == {"__typename": "NotAllowed", "path": [], "missing": ["ADMIN"]}
        access = "query($v: ID!, $t: ID!) { access(viewer: $v, target: $t) { roles } }"
        assert (await bringing("sales").ask(access, v=sam, t=ann))["access"] == {"roles": ["AGENT"]}


async def test_two_tokens_of_one_person_are_two_viewers(client: Client, house: House, theirs: process.Issuer) -> None:
    """5.6: what is asked at the same time with more roles shows nothing to whoever has fewer."""
    await client.user(roles=[])
    ann = await client.consumer("Ann")
    name = f'{{ node(id: "{ann}") {{ ... on Consumer {{ name }} }} }}'
    async with house.of(Policy(theirs.name, AUDIENCE, roles_claim="roles")) as http:
        more, fewer = (Client(http, theirs.token(roles=roles)) for roles in (["AGENT"], []))
        for _ in range(3):
            answers = await asyncio.gather(*(one.answer(name) for one in [more, fewer] * 20))
            assert [answer["data"]["node"] for answer in answers] == [{"name": "Ann"}, None] * 20


async def test_a_user_who_is_gone_is_nobody_at_once(
    client: Client, house: House, theirs: process.Issuer, graph: Graph, unchanged: Unchanged
) -> None:
    """11.3: in reading and in doing, though the token is good and was known; nobody can be deleted yet, so it is done
    in the graph."""
    sam = await client.user(roles=["AGENT"])
    async with house.of(Policy(theirs.name, AUDIENCE)) as http:
        assert await asks(http, theirs.token()) == (sam, ["AGENT"])
        await graph.apply(f"CYPHER 25 MATCH (p:Party {{id: '{sam}'}}) DETACH DELETE p")
        async with unchanged.during():
            mine = Client(http, theirs.token())
            for document in (ME, 'mutation { createConsumer(input: {givenName: "Bea"}) { __typename } }'):
                response = await mine.send(document)
                assert "UNAUTHENTICATED" in response.text, document


async def test_a_login_that_changes_hands_takes_its_old_owner_in_no_more(
    client: Client, house: House, theirs: process.Issuer, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.3, 1.4: the old owner at once; the new one is found when the login is looked up again."""
    sam = await client.user(roles=["ADMIN"])
    bea = await client.user("bea@kith.example", roles=["ANALYST"])
    async with house.of(Policy(theirs.name, AUDIENCE)) as http:
        assert await asks(http, theirs.token()) == (sam, ["ADMIN"])
        await client.do("updateInternalUser", {"id": sam, "login": "sam.old@kith.example"})
        assert await asks(http, theirs.token()) == REFUSED
        await client.do("updateInternalUser", {"id": bea, "login": "sam@kith.example"})
        async with unchanged.during():
            made_by = await Client(http, theirs.token()).send(
                'mutation { createConsumer(input: {givenName: "Bea"}) { __typename } }'
            )
            assert "UNAUTHENTICATED" in made_by.text
        later = time.monotonic() + staff.KNOWN_SECONDS
        monkeypatch.setattr(staff, "clock", lambda: later)
        assert await asks(http, theirs.token()) == (bea, ["ANALYST"])
        assert await asks(http, theirs.token("sam.old@kith.example")) == (sam, ["ADMIN"])


async def test_somebody_new_comes_in_as_soon_as_there_is_a_record(
    client: Client, house: House, theirs: process.Issuer
) -> None:
    """11.3: no token makes one."""
    async with house.of(Policy(theirs.name, AUDIENCE)) as http:
        assert await asks(http, theirs.token()) == REFUSED
        sam = await client.user(roles=["AGENT"])
        assert await asks(http, theirs.token()) == (sam, ["AGENT"])


async def test_a_slow_issuer_holds_nobody_else_up(client: Client, house: House, theirs: process.Issuer) -> None:
    """11.3: neither those who come with Kith's own tokens nor those whose keys are known."""
    await client.user(roles=["AGENT"])
    async with house.of(Policy(theirs.name, AUDIENCE)) as http:
        own = client.headers["authorization"].removeprefix("Bearer ")
        assert await status(Client(http, theirs.token())) == 200
        await asyncio.sleep(AGAIN)
        theirs.told(seconds=3)
        before = theirs.asked
        unknown = asyncio.create_task(status(Client(http, theirs.token(key=made("ES256", "new")))))
        await asyncio.sleep(0.05)
        for token in (own, theirs.token(sub="2")) * 5:
            assert await status(Client(http, token)) == 200
        assert not unknown.done()
        theirs.told(seconds=0)
        assert await unknown == REFUSED
        assert theirs.asked - before <= 1


async def test_an_issuer_that_is_away_leaves_kiths_own_tokens_good(
    client: Client, house: House, theirs: process.Issuer
) -> None:
    """11.3: and its own as soon as it is back, without a new start."""
    sam, token = await client.user(roles=["AGENT"]), theirs.token()
    theirs.goes_away()
    try:
        async with house.of(Policy(theirs.name, AUDIENCE)) as http:
            own = client.headers["authorization"].removeprefix("Bearer ")
            assert await status(Client(http, token)) == REFUSED
            assert await status(Client(http, own)) == 200
            theirs.comes_back()
            await asyncio.sleep(AGAIN)
            assert await asks(http, token) == (sam, ["AGENT"])
            new = made("ES256", "second")
            theirs.publishes(new)
            await asyncio.sleep(AGAIN)
            assert await asks(http, theirs.token(key=new)) == (sam, ["AGENT"])
    finally:
        if theirs.is_away:
            theirs.comes_back()


async def test_where_the_store_is_away_nobody_is_told_to_sign_in(
    house: House, theirs: process.Issuer, schema: Schema, settings: Settings
) -> None:
    """11.2: who it is cannot be told then, which is no fault of the token's."""
    away = Graph.at("bolt://127.0.0.1:1", "neo4j", "x")
    try:
        async with discovery.client() as http:
            way = Staff(Issuer(Policy(theirs.name, AUDIENCE), http), away)
            web = app(Endpoint(schema, Contexts(away, settings)), SignIn(Tokens("s" * 32), way), [])
            async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://kith.test") as asking:
                response = await Client(asking, theirs.token()).send(ME)
                assert [e["extensions"]["code"] for e in response.json()["errors"]] == ["UNAVAILABLE"]
    finally:
        await away.close()
