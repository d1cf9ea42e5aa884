"""Every way in, for each class of viewers: who gets in by which, and what he or she then is (SPEC 5.6, 6.4, 11.3)."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
import pytest_asyncio

from domain.claims import Policy
from kith import discovery
from kith.api_keys import ApiKeys
from kith.app import app
from kith.context import Contexts
from kith.doors import Doors
from kith.http import Endpoint
from kith.issuer import Issuer
from kith.settings import Settings
from kith.signin import SignIn
from kith.staff import Staff
from kith.tokens import Tokens, secret_of
from resolvers.reading.seam import Schema
from tests import issuer as process
from tests.client import Client
from tests.issuer import AUDIENCE

PASSWORD = "correct horse battery"
VIEWER = "{ viewer { party { id } roles } }"
STAFF = ([], ["ADMIN"], ["MANAGER"], ["AGENT"], ["ANALYST"], ["AGENT", "ANALYST"], ["RELATIONSHIP_AGENT"])
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "ACTIVE": (),
    "ENROLLED": ("enroll",),
    "un-enrolled": ("enroll", "unenroll"),
    "deactivated": ("deactivate",),
    "deceased": ("dies",),
}
SIGN_IN = ("ACTIVE", "ENROLLED")
NOBODY = 401


@dataclass(frozen=True)
class Door:
    """A service with every way in, and whom it takes whoever comes by one for: the id and the roles, or a status."""

    web: httpx.AsyncClient
    tokens: Tokens
    theirs: process.Issuer

    async def by(self, way: str, id: str, login: str, key: str) -> object:
        return await getattr(self, f"by_{way}")(id, login, key)

    async def by_password(self, id: str, login: str, key: str) -> object:
        sent = await self.web.post("/sign-in", json={"login": login, "password": PASSWORD})
        return await self.bearing(sent.json()["accessToken"]) if sent.status_code == 200 else sent.status_code

    async def by_refreshing(self, id: str, login: str, key: str) -> object:
        sent = await self.web.post("/sign-in", json={"login": login, "password": PASSWORD})
        if sent.status_code != 200:
            return sent.status_code
        sent = await self.web.post("/sign-in/refresh", json={"refreshToken": sent.json()["refreshToken"]})
        return await self.bearing(sent.json()["accessToken"])

    async def by_form(self, id: str, login: str, key: str) -> object:
        ours = {"sec-fetch-site": "same-origin"}
        sent = await self.web.post("/sign-in", data={"login": login, "password": PASSWORD}, headers=ours)
        self.web.cookies.clear()
        if sent.status_code != 303:
            return sent.status_code
        return await self.asking({**ours, "cookie": sent.headers["set-cookie"].partition(";")[0]})

    async def by_token(self, id: str, login: str, key: str) -> object:
        return await self.bearing(self.tokens.new(id, datetime.now(UTC)))

    async def by_issuer(self, id: str, login: str, key: str) -> object:
        return await self.bearing(self.theirs.token(login))

    async def by_key(self, id: str, login: str, key: str) -> object:
        return await self.bearing(key)

    async def bearing(self, token: str) -> object:
        return await self.asking({"authorization": f"Bearer {token}"})

    async def asking(self, headers: Mapping[str, str]) -> object:
        sent = await self.web.post("/graphql", json={"query": VIEWER}, headers=headers)
        found = sent.json()
        if sent.status_code != 200:
            return sent.status_code
        if "errors" in found:
            return str(found["errors"][0]["extensions"]["code"])
        viewer = found["data"]["viewer"]
        return viewer["party"]["id"], viewer["roles"]


@pytest.fixture
def theirs() -> Iterator[process.Issuer]:
    running = process.Issuer()
    yield running
    running.goes_away()


@pytest_asyncio.fixture(loop_scope="session")
async def door(schema: Schema, contexts: Contexts, settings: Settings, theirs: process.Issuer) -> AsyncIterator[Door]:
    tokens = Tokens(secret_of(settings))
    async with discovery.client() as http:
        staff = Staff(Issuer(Policy(theirs.name, AUDIENCE), http), contexts.graph)
        sign_in = SignIn(tokens, ApiKeys(contexts.graph), staff)
        web = app(Endpoint(schema, contexts), sign_in, [], Doors(sign_in, contexts).routes())
        transport = httpx.ASGITransport(web)
        async with httpx.AsyncClient(transport=transport, base_url="https://kith.test") as opened:
            yield Door(opened, tokens, theirs)


async def test_everybody_gets_in_by_the_own_ways_and_nobody_by_anothers(client: Client, door: Door) -> None:
    """6.4, 11.3: staff by all but keys, consumers who may sign in by password and what follows, apps by keys alone."""
    ways = ("password", "refreshing", "form", "token", "issuer", "key")
    key = await client.key(await client.app())
    found, expected = dict[tuple[str, str], object](), dict[tuple[str, str], object]()
    for place, roles in enumerate(STAFF):
        login = f"staff{place}@kith.example"
        id = await client.user(login, roles=roles)
        await client.do("setPassword", {"party": id, "password": PASSWORD})
        for way in ways[:-1]:
            found[f"staff {roles}", way] = await door.by(way, id, login, key)
            expected[f"staff {roles}", way] = (id, roles)
    for status, deeds in PEOPLE.items():
        login = f"{status.lower()}@kith.example"
        id = await client.consumer(status, login=login)
        await client.do("setPassword", {"party": id, "password": PASSWORD})
        for deed in deeds:
            given = {"id": id} | ({"deceased": True} if deed == "dies" else {})
            done = await client.do("updateConsumer" if deed == "dies" else deed, given)
            assert done["__typename"] != "Refused", (status, done)
        for way in ways[:-1]:
            found[status, way] = await door.by(way, id, login, key)
            expected[status, way] = (id, []) if status in SIGN_IN and way != "issuer" else NOBODY
    for nobody in (await client.account(), await client.household()):
        found[nobody, "token"], expected[nobody, "token"] = await door.by_token(nobody, "", key), NOBODY
    found["app", "key"], expected["app", "key"] = await door.by_key("", "", key), "FORBIDDEN"
    assert found == expected
