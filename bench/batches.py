"""The yardstick of an import: the same records, written over the driver in batches of 5,000 rows.

What is written is what Kith wrote: its statements' rows are kept while it imports once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import neo4j

from graphdb.graph import WRITE_SECONDS, Graph, Transaction, Work

T = TypeVar("T")
BATCH = 5_000
PARTIES = """CYPHER 25
UNWIND $rows AS row
CREATE (party:Party:Consumer)
SET party = row.properties, party.id = row.id, party.kind = row.kind, party.version = 1,
    party.created_at = $at, party.updated_at = $at
WITH party, row
UNWIND row.external_ids AS external
CREATE (:ExternalId {key: external.key, system: external.system, value: external.value})-[:IDENTIFIES]->(party)"""
EDGES = """CYPHER 25
UNWIND $rows AS row
MATCH (source:Party {id: row.source})
MATCH (target:Party {id: row.target})
CREATE (source)-[relationship:%s]->(target)
SET relationship = row.properties, relationship.version = 1,
    relationship.created_at = $at, relationship.updated_at = $at, relationship.created_by = $by"""
CHANGES = """CYPHER 25
UNWIND $rows AS row
CREATE (:Change {operation: $operation, party: row.party, record: row.record, old: row.old, new: row.new})"""
OPERATION = """CYPHER 25
CREATE (:Operation {id: $id, kind: $kind, created_by: $by, created_at: $at, answer: $answer})"""

Rows = list[Mapping[str, Any]]


@dataclass
class Written:
    """The rows of an import, and the parameters of its operation."""

    parties: Rows = field(default_factory=list)
    edges: Rows = field(default_factory=list)
    changes: Rows = field(default_factory=list)
    operation: Mapping[str, Any] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """People and relationships."""
        return len(self.parties) + len(self.edges)

    def keep(self, name: str, parameters: Mapping[str, Any]) -> None:
        """Keeps the rows of a statement that writes."""
        if name == "parties/create":
            self.parties += parameters["parties"]
        elif name == "relationships/create":
            self.edges += parameters["relationships"]
        elif name == "operations/record":
            self.changes += parameters["changes"]
            self.operation = {key: value for key, value in parameters.items() if key != "changes"}


class Kept(Transaction):
    """A transaction that keeps the statements it runs."""

    def __init__(self, tx: Transaction) -> None:
        super().__init__(tx._inner, tx.guesses, tx._how)
        self.statements = list[tuple[str, Mapping[str, Any]]]()

    async def rows(self, name: str, /, **parameters: Any) -> Rows:
        self.statements.append((name, parameters))
        return await super().rows(name, **parameters)

    def does(self, name: str, /, **parameters: Any) -> None:
        self.statements.append((name, parameters))
        super().does(name, **parameters)


class Recording(Graph):
    """A graph that keeps what is written to it: of a transaction that was run again, only what it did in the end."""

    written: Written

    async def write(self, work: Work[T], name: str, seconds: float = WRITE_SECONDS, *, sees_hidden: bool = False) -> T:
        async def kept(tx: Transaction) -> tuple[Kept, T]:
            keeping = Kept(tx)
            return keeping, await work(keeping)

        keeping, answer = await super().write(kept, name, seconds, sees_hidden=sees_hidden)
        for statement, parameters in keeping.statements:
            self.written.keep(statement, parameters)
        return answer


async def write(opened: neo4j.AsyncDriver, written: Written) -> None:
    """Writes everything, each batch in a transaction of its own."""
    operation = written.operation
    common = {"at": operation["at"], "by": operation["by"], "operation": operation["id"]}
    edges: dict[str, Rows] = {}
    for row in written.edges:
        edges.setdefault(row["edge"], []).append(row)
    async with opened.session(database="neo4j") as session:
        for text, rows in (
            (PARTIES, written.parties),
            *((EDGES % edge, rows) for edge, rows in edges.items()),
            (CHANGES, written.changes),
        ):
            for batch in batches(rows):
                await session.execute_write(run, text, {**common, "rows": batch})
        await session.execute_write(run, OPERATION, operation)


async def run(tx: neo4j.AsyncManagedTransaction, text: str, parameters: Mapping[str, Any]) -> None:
    await (await tx.run(text, dict(parameters))).consume()


def batches(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    """The rows, so many at a time."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
