"""Who answers a document, each as it is run, and how its answers are compared with Kith's."""

import asyncio
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from bench import http, shapes
from bench.captured import captured
from bench.peers import neo4j_graphql
from bench.processes import Listening, serving
from bench.questions import Question
from bench.rounds import KITH, RAW
from graphdb.local import Endpoint

BY_HAND, STRAWBERRY, NEO4J_GRAPHQL = "by hand", "strawberry", "@neo4j/graphql"
SHAPES: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "tree": (shapes.tree_by_hand, shapes.tree),
    "path": (shapes.lengths, shapes.lengths),
}
"""Where a statement's answer is not of Kith's shape, or may differ: what of it is compared, and with what of Kith's."""


@dataclass(frozen=True)
class Target:
    """Who answers, the requests, and what of its answers, and of Kith's, is compared.

    `most`: so many connections at most. `holds`: what every answer has, where that is not what Kith's has.
    """

    to: Listening
    requests: Sequence[bytes]
    own: Callable[[Any], Any] = shapes.whole
    of_kith: Callable[[Any], Any] = shapes.whole
    most: int = 1000
    holds: bytes | None = None


@contextmanager
def opened(at: Endpoint, token: str, asked: Question, against: Sequence[str]) -> Iterator[Mapping[str, Target]]:
    """Kith, and those of `against` who answer a document. Raises NotServing."""
    with ExitStack() as stack:
        found = {KITH: stack.enter_context(by_kith(at, asked, token))}
        for name, target in OTHERS[asked.document].items():
            if name in against:
                found[name] = stack.enter_context(target(at, asked))
        yield found


@contextmanager
def by_kith(at: Endpoint, asked: Question, token: str) -> Iterator[Target]:
    """The service, signed in."""
    with serving(["kith", "run"], at) as to:
        yield Target(to, requests(asked, {"authorization": f"Bearer {token}"}))


@contextmanager
def by_hand(at: Endpoint, asked: Question) -> Iterator[Target]:
    """A statement written by hand, behind a bare endpoint."""
    own, of_kith = SHAPES.get(asked.document, (shapes.whole, shapes.whole))
    with serving(["bench.endpoint"], at) as to:
        sent = [http.post(f"/{asked.document}", orjson.dumps(given), {}) for given in asked.variables]
        yield Target(to, sent, own, of_kith, holds=b'"data":{')


@contextmanager
def by_same_statements(at: Endpoint, asked: Question) -> Iterator[Target]:
    """The statements that the service sends, behind a bare endpoint, which answers what the last of them finds."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "captured"
        file.write_bytes(pickle.dumps(asyncio.run(captured(at, asked.text, asked.variables))))
        with serving(["bench.endpoint", str(file)], at) as to:
            sent = [http.post("/captured", orjson.dumps({"place": place}), {}) for place in range(len(asked.variables))]
            shape = shapes.page if asked.document == "search" else shapes.members
            yield Target(to, sent, shape, shape, holds=b"rows")


@contextmanager
def by_strawberry(at: Endpoint, asked: Question) -> Iterator[Target]:
    """A resolver with a statement for each field that leads on.

    Over one connection where these are many: over 32 they are thousands at a time, and one answer takes a minute.
    """
    with serving(["bench.naive"], at) as to:
        yield Target(to, requests(asked, {}), most=1000 if asked.document == "tiny" else 1)


@contextmanager
def by_neo4j_graphql(at: Endpoint, asked: Question) -> Iterator[Target]:
    """The library of Neo4j's for GraphQL, by a document in its own words."""
    name = asked.document
    with neo4j_graphql.serving(at) as to:
        query = neo4j_graphql.text(name)
        bodies = [{"query": query, "variables": neo4j_graphql.variables(name, given)} for given in asked.variables]
        sent = [http.post("/graphql", orjson.dumps(body), {}) for body in bodies]
        yield Target(to, sent, neo4j_graphql.own(name), neo4j_graphql.of_kith(name))


def requests(asked: Question, headers: Mapping[str, str]) -> list[bytes]:
    """A question as GraphQL."""
    text = asked.text
    return [http.post("/graphql", orjson.dumps({"query": text, "variables": v}), headers) for v in asked.variables]


OTHERS: Mapping[str, Mapping[str, Callable[[Endpoint, Question], AbstractContextManager[Target]]]] = {
    **{
        document: {RAW: by_hand, STRAWBERRY: by_strawberry, NEO4J_GRAPHQL: by_neo4j_graphql}
        for document in neo4j_graphql.DOCUMENTS
    },
    "search": {RAW: by_same_statements},
    "tree": {RAW: by_same_statements, BY_HAND: by_hand},
    "path": {RAW: by_same_statements, BY_HAND: by_hand},
}
"""Who answers which document beside Kith."""
