"""Transactions and reads against a real Neo4j: all or nothing, within their deadlines, errors in Kith's words."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from graphdb import graph as module
from graphdb.errors import GraphError, NotUnique, TooSlow, Unavailable
from graphdb.graph import Graph, Transaction
from tests.unchanged import Unchanged

pytestmark = pytest.mark.damages  # the parties here are of the barest kind
AT = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
COUNT = "CYPHER 25 MATCH (n:Party) RETURN count(n) AS parties"
SLOW = "CYPHER 25 UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 100) AS c RETURN count(*) AS n"


async def make(tx: Transaction, *ids: str) -> None:
    """Makes parties of the barest kind."""
    rows = [
        {
            "id": id,
            "kind": "Account",
            "properties": {"number": id, "address_city": None, "search": id},
            "external_ids": [{"key": f"x|{id}", "system": "x", "value": id}],
        }
        for id in ids
    ]
    await tx.rows("parties/create", parties=rows, at=AT)


async def test_what_is_written_is_read_as_pythons_own_values(graph: Graph) -> None:
    await graph.write(lambda tx: make(tx, "a"), "tests")
    (row,) = await graph.rows("parties/stored", ids=["a"])
    assert row["properties"]["created_at"] == AT
    assert isinstance(row["properties"]["created_at"], datetime)
    assert row["external_ids"] == [{"system": "x", "value": "a"}]
    (row,) = await graph.run("CYPHER 25 RETURN [{day: date('2026-11-22')}] AS days", {}, "tests")
    assert module.native(dict(row)) == {"days": [{"day": date(2026, 11, 22)}]}


async def test_a_transaction_that_raises_leaves_nothing(graph: Graph, unchanged: Unchanged) -> None:
    class Mine(Exception):
        pass

    async def work(tx: Transaction) -> None:
        await make(tx, "a")
        raise Mine

    async with unchanged.during():
        with pytest.raises(Mine):
            await graph.write(work, "tests")


async def test_a_value_that_is_taken_is_named_by_its_property_only(graph: Graph, unchanged: Unchanged) -> None:
    await graph.write(lambda tx: make(tx, "secret-a"), "tests")
    async with unchanged.during():
        with pytest.raises(NotUnique) as raised:
            await graph.write(lambda tx: make(tx, "b", "secret-a"), "tests")
    assert (raised.value.property, "secret" in str(raised.value)) == ("id", False)


async def test_a_deadlock_is_settled_and_not_told(graph: Graph) -> None:
    await graph.write(lambda tx: make(tx, "a", "b"), "tests")

    async def crossing(tx: Transaction, first: str, second: str) -> None:
        await tx.rows("relationships/lock", edges=[], ids=[first])
        await asyncio.sleep(0.3)
        await tx.rows("relationships/lock", edges=[], ids=[second])

    await asyncio.gather(
        graph.write(lambda tx: crossing(tx, "a", "b"), "tests"), graph.write(lambda tx: crossing(tx, "b", "a"), "tests")
    )


async def test_a_lock_holds_others_back_until_the_transaction_ends(graph: Graph) -> None:
    """DESIGN 2: who takes the same lock waits."""
    await graph.write(lambda tx: make(tx, "a"), "tests")
    order, held = list[str](), asyncio.Event()

    async def holding(tx: Transaction) -> None:
        await tx.rows("relationships/lock", edges=["PARENT_OF"], ids=["a"])
        order.append("first has it")
        held.set()
        await asyncio.sleep(0.4)
        order.append("first is done")

    async def waiting(tx: Transaction) -> None:
        await held.wait()
        await tx.rows("relationships/lock", edges=["PARENT_OF"], ids=[])
        order.append("second has it")

    await asyncio.gather(graph.write(holding, "tests"), graph.write(waiting, "tests"))
    assert order == ["first has it", "first is done", "second has it"]


async def test_a_read_that_takes_too_long_is_ended(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooSlow):
        await graph.run(SLOW, {}, "tests", 0.5)
    assert await graph.run(COUNT, {}, "tests") == [{"parties": 0}]


async def test_a_write_that_takes_too_long_is_ended_and_leaves_nothing(graph: Graph, unchanged: Unchanged) -> None:
    async def work(tx: Transaction) -> None:
        await make(tx, "a")
        await asyncio.sleep(30)

    async with unchanged.during():
        with pytest.raises(TooSlow):
            await graph.write(work, "tests", 0.5)


async def test_who_waits_for_a_lock_too_long_is_told(graph: Graph) -> None:
    await graph.write(lambda tx: make(tx, "a"), "tests")
    held = asyncio.Event()

    async def holding(tx: Transaction) -> None:
        await tx.rows("relationships/lock", edges=[], ids=["a"])
        held.set()
        await asyncio.sleep(4)

    async def waiting() -> None:
        await held.wait()
        with pytest.raises(TooSlow):
            await graph.write(lambda tx: tx.rows("relationships/lock", edges=[], ids=["a"]), "tests", 1)

    await asyncio.gather(graph.write(holding, "tests"), waiting())


async def test_a_database_that_is_away_is_said_to_be(unused_tcp_port: int) -> None:
    away = Graph.at(f"bolt://127.0.0.1:{unused_tcp_port}", "neo4j", "x" * 8)
    with pytest.raises(Unavailable):
        await away.verify()
    with pytest.raises(Unavailable):
        await away.run(COUNT, {}, "tests")
    await away.close()


async def test_a_password_that_is_wrong_is_said_to_be(graph: Graph, server: object) -> None:
    wrong = Graph.at(server.endpoint.uri, "neo4j", "wrong-password")  # type: ignore[attr-defined]
    with pytest.raises(Unavailable, match="credentials"):
        await wrong.verify()
    await wrong.close()


async def test_no_statement_runs_with_other_parameters_than_its_files(graph: Graph) -> None:
    with pytest.raises(ValueError, match="takes"):
        await graph.rows("parties/stored", id="a")


async def test_an_error_of_ours_in_a_statement_is_kept_inside(graph: Graph) -> None:
    with pytest.raises(GraphError) as raised:
        await graph.run("CYPHER 25 RETURN duration('secret') AS secret", {}, "tests")
    assert (raised.value.code, "secret" in str(raised.value)) == ("INTERNAL", False)
