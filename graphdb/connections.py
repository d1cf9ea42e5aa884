"""Statements over the driver's connections, whose rows are wanted all at once.

The driver's sessions and results are made for rows that come one by one, and each of its reads from a socket has a time
limit of its own, which takes a task; both together took two fifths of the processor time of a point read. Its pool and
connections have no public names, so only this module uses them (decision 16).
"""

import asyncio
import warnings
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import neo4j
from neo4j._async.io._pool import AcquisitionAuth, AcquisitionDatabase
from neo4j._codec.packstream import Structure
from neo4j._deadline import Deadline
from neo4j.exceptions import DriverError, Neo4jError, TransactionError
from neo4j.warnings import Neo4jWarning

from graphdb.parameters import given, in_one_map

Row = Mapping[str, Any]
AUTH: Final = AcquisitionAuth(None)
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
EPOCH_DAY: Final = EPOCH.toordinal()


class ServerWarning(Neo4jWarning):
    """What the server warns of; it does so for drivers only that ask for it."""

    def __init__(self, text: str) -> None:
        Warning.__init__(self, text)


async def read(
    driver: neo4j.AsyncBoltDriver,
    database: str | None,
    text: str,
    parameters: Mapping[str, Any],
    name: str,
    seconds: float,
) -> list[Row]:
    """The rows of a statement that only reads, as its own transaction, which the server ends after so many seconds.

    Who waits must give up by a deadline of its own: a server that is gone says nothing. `name` is what the server lists
    the transaction by. Raises the driver's errors.
    """
    pool = driver._pool
    at = AcquisitionDatabase(database)
    connection = patient(await pool.acquire(neo4j.READ_ACCESS, Deadline(seconds), at, None, AUTH, None))
    try:
        how = {"mode": neo4j.READ_ACCESS, "db": database, "timeout": seconds, "metadata": {"statement": name}}
        rows = await answered(connection, text, parameters, **how)
    except asyncio.CancelledError:
        pool.kill_and_release(connection)
        raise
    except BaseException:
        await pool.release(connection)
        raise
    await pool.release(connection)
    return rows


async def within(tx: neo4j.AsyncManagedTransaction, text: str, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows of a statement within a transaction. Raises the driver's errors, after which it is over."""
    try:
        return await answered(usable(tx), text, parameters)
    except (Neo4jError, DriverError, asyncio.CancelledError) as error:
        failed: Callable[[BaseException], Awaitable[None]] = tx._error_handler
        await failed(error)
        raise


def queued(tx: neo4j.AsyncManagedTransaction, text: str, parameters: Mapping[str, Any]) -> None:
    """Lets a statement go out with whatever the transaction sends next, at the latest with its COMMIT.

    Where it fails so does that; what comes after it is not done.
    """
    put(usable(tx), text, parameters, [], [])


def usable(tx: neo4j.AsyncManagedTransaction) -> Any:
    """A transaction's connection. Raises the driver's error if the transaction is over."""
    if tx._closed_flag or tx._last_error:
        raise TransactionError(tx, "Transaction failed") from tx._last_error
    return patient(tx._connection)


def patient(connection: Any) -> Any:
    """A connection that waits as long as whoever waits for it: all that `Graph` does has a deadline, which cuts it."""
    connection.socket.set_read_timeout(None)
    connection.socket.set_write_timeout(None)
    return connection


async def answered(connection: Any, text: str, parameters: Mapping[str, Any], **how: Any) -> list[Row]:
    """The rows of a statement, by column."""
    columns, rows = list[str](), list[list[Any]]()
    put(connection, text, parameters, columns, rows, **how)
    await connection.send_all()
    await connection.fetch_all()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def put(
    connection: Any, text: str, parameters: Mapping[str, Any], columns: list[str], rows: list[list[Any]], **how: Any
) -> None:
    """Puts a statement among what goes out next; what comes back goes into the lists."""
    scope = connection.new_hydration_scope()
    out = scope.dehydration_hooks.extend(exact_types={date: day})
    hooks = {"dehydration_hooks": out, "hydration_hooks": scope.hydration_hooks}
    sent = given({key: moment(value) if type(value) is datetime else value for key, value in parameters.items()})
    connection.run(in_one_map(text), sent, **how, **hooks, on_success=lambda told: columns.extend(told["fields"]))
    connection.pull(**hooks, on_records=rows.extend, on_success=warn)


def moment(at: datetime) -> datetime | Structure:
    """A moment as Bolt has it, if it is in UTC; the driver takes forty microseconds for that."""
    if at.tzinfo is not UTC:
        return at
    seconds, microseconds = divmod((at - EPOCH) // MICROSECOND, 10**6)
    return Structure(b"I", seconds, microseconds * 1000, 0)


def day(of: date) -> Structure:
    """A day as Bolt has it; the driver compares it to a date of its own, for which it takes ten times as long."""
    return Structure(b"D", of.toordinal() - EPOCH_DAY)


def warn(told: Mapping[str, Any]) -> None:
    """Passes on what the server warns of."""
    for status in told.get("statuses") or ():
        if "neo4j_code" in status:
            warnings.warn(ServerWarning(status["status_description"]), stacklevel=1)
