"""The statements that the service sends for a document, to be sent again without it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import neo4j

from bench.http import WrongAnswer
from graphdb.graph import READ_SECONDS, Graph, Row, Transaction, Work
from graphdb.local import Endpoint
from graphdb.parameters import given, in_one_map
from graphdb.statements import statement
from kith.context import Contexts
from kith.settings import load
from resolvers.viewers import ADMINISTRATOR
from schema.served import served

T = TypeVar("T")


@dataclass(frozen=True)
class Sent:
    """A statement and its parameters."""

    text: str
    parameters: Mapping[str, Any]


Captured = Sequence[Sequence[Sent]]
"""What was sent for a document: of each transaction its statements; a single one commits by itself."""


class Overheard(Graph):
    """A graph that keeps what it is asked."""

    sent: list[Sequence[Sent]]

    async def run(
        self, text: str, parameters: Mapping[str, Any], name: str, seconds: float = READ_SECONDS
    ) -> list[Row]:
        self.sent.append([Sent(text, dict(parameters))])
        return await super().run(text, parameters, name, seconds)

    async def read(self, work: Work[T], name: str) -> T:
        async def kept(tx: Transaction) -> tuple[list[Sent], T]:
            keeping = Keeping(tx)
            return keeping.sent, await work(keeping)

        sent, answer = await super().read(kept, name)
        self.sent.append(sent)
        return answer


class Keeping(Transaction):
    """A transaction that keeps what it is asked."""

    def __init__(self, tx: Transaction) -> None:
        super().__init__(tx._inner, tx.guesses, tx._how)
        self.sent = list[Sent]()

    async def rows(self, name: str, /, **parameters: Any) -> list[Row]:
        self.sent.append(Sent(statement(name).text, parameters))
        return await super().rows(name, **parameters)

    def does(self, name: str, /, **parameters: Any) -> None:
        self.sent.append(Sent(statement(name).text, parameters))
        super().does(name, **parameters)


async def captured(at: Endpoint, document: str, variables: Sequence[Mapping[str, Any]]) -> list[Captured]:
    """What the service sends for a document, with each of the variables. Raises WrongAnswer where it has errors."""
    graph, schema, found = Overheard.at(at.uri, at.user, at.password), served(), dict[int, Captured]()
    contexts = Contexts(graph, load())
    try:
        # Twice, since a store that has just been started may take longer than the service allows.
        for place, given in [*enumerate(variables)] * 2:
            graph.sent, again = [], place in found
            result = await schema.execute(document, dict(given), contexts.of(ADMINISTRATOR))
            if result.errors and again:
                raise WrongAnswer(f"Kith answers with {result.errors[0].message}")
            found[place] = graph.sent
    finally:
        await graph.close()
    return [*found.values()]


async def again(session: neo4j.AsyncSession, sent: Captured) -> list[Any]:
    """Sends the same once more; the rows of the last statement, as lists."""
    found = list[Any]()
    for one in sent:
        if len(one) == 1:
            found = await rows(session, one[0])
        else:
            found = await session.execute_read(each, one)
    return found


async def each(tx: neo4j.AsyncManagedTransaction, sent: Sequence[Sent]) -> list[Any]:
    """The rows of the last of some statements."""
    found = list[Any]()
    for one in sent:
        found = await rows(tx, one)
    return found


async def rows(asked: neo4j.AsyncSession | neo4j.AsyncManagedTransaction, sent: Sent) -> list[Any]:
    """The rows of a statement."""
    result = await asked.run(in_one_map(sent.text), given(sent.parameters))
    return [list(record.values()) async for record in result]
