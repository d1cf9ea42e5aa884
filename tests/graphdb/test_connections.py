"""Statements over the driver's connections: what fails is told, nothing stays behind, and connections stay usable."""

import asyncio
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j._codec.hydration.bolt.v1.temporal import dehydrate_date
from neo4j._codec.hydration.bolt.v2.temporal import dehydrate_datetime
from neo4j.exceptions import Neo4jError

from graphdb.connections import ServerWarning, day, moment
from graphdb.errors import NotUnique, Unavailable
from graphdb.graph import Graph, Transaction
from tests.unchanged import Unchanged

pytestmark = pytest.mark.damages  # the operations here are of the barest kind
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
COUNT = "CYPHER 25 MATCH (n:Operation) RETURN count(n) AS operations"
SLOW = "CYPHER 25 UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 100) AS c RETURN count(*) AS n"


def record(tx: Transaction, id: str) -> None:
    tx.does("operations/record", id=id, kind="tests", by="tests", at=AT, answer=[], changes=[])


def clashing(tx: Transaction, id: str) -> None:
    """A type whose code there is already."""
    tx.does("relationship_types/create", properties={"id": id, "code": "FRIEND"}, at=AT)


async def operations(graph: Graph) -> int:
    (row,) = await graph.run(COUNT, {}, "tests")
    return int(row["operations"])


async def test_what_is_to_be_done_is_done_with_the_commit(graph: Graph) -> None:
    async def work(tx: Transaction) -> None:
        record(tx, "a")
        record(tx, "b")

    before = await operations(graph)
    await graph.write(work, "tests")
    assert await operations(graph) == before + 2


async def test_what_is_to_be_done_is_seen_by_what_comes_next(graph: Graph) -> None:
    async def work(tx: Transaction) -> object:
        tx.does("relationship_types/create", properties={"id": "t", "code": "NEW_ONE"}, at=AT)
        return await tx.rows("relationship_types/lock", id="t")

    assert await graph.write(work, "tests")


@pytest.mark.parametrize("then", ["the commit", "a statement", "another that is to be done"])
async def test_where_it_fails_nothing_is_done_and_the_connection_goes_on(
    graph: Graph, unchanged: Unchanged, then: str
) -> None:
    async def work(tx: Transaction) -> None:
        record(tx, "a")
        clashing(tx, "t")
        if then == "a statement":
            await tx.rows("definitions/stored")
        if then == "another that is to be done":
            record(tx, "b")

    async with unchanged.during():
        for _ in range(3):
            with pytest.raises(NotUnique) as raised:
                await graph.write(work, "tests")
            assert raised.value.property == "code"
    assert await graph.rows("migrations/applied")


async def test_a_transaction_in_which_something_failed_does_nothing_more(graph: Graph, unchanged: Unchanged) -> None:
    async def work(tx: Transaction) -> None:
        clashing(tx, "t")
        with pytest.raises(Neo4jError):
            await tx.rows("definitions/stored")
        record(tx, "a")

    async with unchanged.during():
        with pytest.raises(Unavailable):
            await graph.write(work, "tests")


async def test_a_reading_that_is_given_up_takes_its_connection_with_it(graph: Graph) -> None:
    reading = [asyncio.create_task(graph.run(SLOW, {}, "tests")) for _ in range(3)]
    await asyncio.sleep(0.3)
    for one in reading:
        one.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    assert [one.cancelled() for one in reading] == [True] * 3
    assert len({await operations(graph) for _ in range(5)}) == 1


async def test_what_the_server_warns_of_is_raised_in_tests(graph: Graph) -> None:
    with pytest.raises(ServerWarning, match="nobodys"):
        await graph.run("CYPHER 25 MATCH (n:Party) RETURN n.nobodys AS value", {}, "tests")


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_what_the_driver_makes_of_it(at: datetime) -> None:
    assert moment(at) == dehydrate_datetime(at)


@given(st.dates())
def test_a_day_is_what_the_driver_makes_of_it(of: date) -> None:
    assert day(of) == dehydrate_date(of)


async def test_days_within_rows_come_back(graph: Graph) -> None:
    days = [date.min, date(1969, 12, 31), date(1970, 1, 1), date.max]
    assert await graph.run(
        "CYPHER 25 RETURN [row IN $rows | toString(row.day)] AS days", {"rows": [{"day": one} for one in days]}, "tests"
    ) == [{"days": ["0001-01-01", "1969-12-31", "1970-01-01", "9999-12-31"]}]


async def test_a_moment_before_the_epoch_comes_back(graph: Graph) -> None:
    at = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert await graph.run("CYPHER 25 RETURN toString($at) AS at", {"at": at}, "tests") == [
        {"at": "1969-12-31T23:59:59.999999Z"}
    ]
