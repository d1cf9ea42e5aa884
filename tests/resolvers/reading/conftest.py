import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import neo4j
import pytest_asyncio

from graphdb.local import Server
from resolvers.reading.batches import Batches, Fetch
from resolvers.reading.context import ReadingContext
from tests.resolvers.reading import example
from tests.resolvers.reading.oracle import Oracle
from tests.resolvers.reading.world import TODAY, clear, fill, world


class Context:
    """The context of a request, as a service would have it."""

    def __init__(self, reading: ReadingContext, fetch: Fetch) -> None:
        self.reading, self.fetch = reading, fetch


class Served:
    """The schema over the graph, and the oracles; keeps the statements that were run."""

    def __init__(self, driver: neo4j.AsyncDriver, data: dict[str, Any]) -> None:
        self.driver, self.data, self.schema = driver, data, example.schema()
        self.batches = Batches(self.fetch)
        self.statements: list[tuple[str, Mapping[str, object]]] = []

    async def fetch(self, statement: str, parameters: Mapping[str, object]) -> list[Any]:
        self.statements.append((statement, parameters))
        async with self.driver.session() as session:
            record = await (await session.run(statement, dict(parameters))).single()
        return record[0] if record else []

    def context(self, viewer: str, who: str = "app") -> Context:
        parameters = {"today": TODAY, "reach": self.data["reach"], "viewer": who}
        return Context(ReadingContext(viewer, parameters, self.batches, lambda id: f"hidden:{id}"), self.fetch)

    async def ask(self, text: str, variables: Any = None, viewer: str = "all") -> tuple[Any, list[Any]]:
        """The data, and of each error its path, message and code."""
        self.statements.clear()
        found = await self.schema.execute(text, variables, self.context(viewer))
        return normal(found.data), [told(error) for error in found.errors or []]

    def expected(self, text: str, variables: Any = None, viewer: str = "all") -> tuple[Any, list[Any]]:
        """The same of the oracle."""
        found = self.oracle(viewer).run(text, variables)
        return normal(found.data), [told(error) for error in found.errors or []]

    def oracle(self, viewer: str) -> Oracle:
        sees = {"reach": set(self.data["reach"]), "consent": set(self.data["consents"])}.get(viewer)
        redacted = {"Consumer.email", "Account.email"} if viewer == "analyst" else set()
        return Oracle(self.schema.as_str(), self.data, sees, redacted)


def told(error: Any) -> tuple[Any, ...]:
    return error.path, error.message, (error.extensions or {}).get("code")


def normal(answer: Any) -> Any:
    """Tokens of hidden parties numbered by where they first come up."""
    seen: dict[str, str] = {}

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(item) for key, item in value.items()}
        if isinstance(value, list):
            return [walk(item) for item in value]
        hidden = isinstance(value, str) and re.match("hidden:", value)
        return seen.setdefault(value, f"#{len(seen)}") if hidden else value

    return walk(answer)


@pytest_asyncio.fixture(scope="session")
async def driver(server: Server) -> AsyncIterator[neo4j.AsyncDriver]:
    at = server.endpoint
    async with neo4j.AsyncGraphDatabase.driver(at.uri, auth=(at.user, at.password)) as found:
        yield found


@pytest_asyncio.fixture(scope="module")
async def served(driver: neo4j.AsyncDriver) -> AsyncIterator[Served]:
    data = world()
    await fill(driver, data)
    yield Served(driver, data)
    await clear(driver)
