"""Whether anything was written: what is in the graph, before and after."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from graphdb.graph import Graph

EVERYTHING = """CYPHER 25
CALL () {
  MATCH (n) RETURN 'node' AS what, properties(n) AS held, labels(n) AS kind
  UNION ALL
  MATCH ()-[r]->() RETURN 'edge' AS what, properties(r) AS held, [type(r)] AS kind
}
RETURN what, kind, held"""


class Unchanged:
    """Looks at all of a graph; locks that were taken and given back leave no trace that counts."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    async def look(self) -> list[str]:
        """Everything in the graph, as sorted text."""
        rows = await self.graph.run(EVERYTHING, {}, "tests")
        return sorted(f"{row['what']} {sorted(row['kind'])} {told(row['held'])}" for row in rows)

    @asynccontextmanager
    async def during(self) -> AsyncIterator[None]:
        """Fails if what is done inside changes anything."""
        before = await self.look()
        yield
        assert await self.look() == before


def told(properties: Mapping[str, object]) -> list[tuple[str, object]]:
    return sorted((name, value) for name, value in properties.items() if name != "_lock")
