"""Migrations: files of cypher/migrations/, each applied once, in order, by one runner at a time (DESIGN 3.3)."""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from graphdb.graph import Graph, Transaction
from graphdb.statements import FOLDER, LANGUAGE

KIND = re.compile(r"^// kind: (schema|data)$", re.MULTILINE)
BOOTSTRAP = f"{LANGUAGE}CREATE CONSTRAINT lock_id IF NOT EXISTS FOR (n:Lock) REQUIRE n.id IS UNIQUE"
AWAIT_INDEXES = f"{LANGUAGE}CALL db.awaitIndexes(300)"
LEASE = timedelta(minutes=10)
PAUSE_SECONDS = 0.5


class StoreTooNew(Exception):
    """The store holds a migration that this version of Kith does not know."""


class MigrationChanged(Exception):
    """A migration that was applied has another text now."""


class BadMigration(Exception):
    """A file of cypher/migrations/ that does not say its kind, or has more than that allows."""


@dataclass(frozen=True)
class Migration:
    """A file. Each statement is a transaction of its own, and finds its work done if it is run again after a crash.

    One of schema has any number of them, one of data a single one.
    """

    name: str
    checksum: str
    statements: tuple[str, ...]

    @classmethod
    def of(cls, name: str, text: str) -> "Migration":
        """From the text of a file; raises BadMigration."""
        kind = KIND.search(text)
        body = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
        statements = tuple(f"{LANGUAGE}{part.strip()}" for part in re.split(r";\s*$", body, flags=re.M) if part.strip())
        if not kind or (kind.group(1) == "data" and len(statements) != 1):
            raise BadMigration(f"{name} does not say its kind, or has more than one statement of data.")
        return cls(name, hashlib.sha256(text.encode()).hexdigest(), statements)


def known(folder: Path = FOLDER / "migrations") -> list[Migration]:
    """The migrations of this version, in order."""
    return [Migration.of(file.stem, file.read_text()) for file in sorted(folder.glob("[0-9]*.cypher"))]


def missing(migrations: list[Migration], applied: Mapping[str, str]) -> list[Migration]:
    """Those not yet applied; `applied` has checksums by name. Raises StoreTooNew, MigrationChanged."""
    names = {migration.name for migration in migrations}
    if newer := sorted(applied.keys() - names):
        raise StoreTooNew(f"The store was made by a newer Kith: it holds {', '.join(newer)}.")
    for migration in migrations:
        if applied.get(migration.name, migration.checksum) != migration.checksum:
            raise MigrationChanged(f"The migration {migration.name} was changed after it was applied.")
    return [migration for migration in migrations if migration.name not in applied]


async def migrate(graph: Graph, runner: str, migrations: list[Migration] | None = None) -> list[str]:
    """Brings the store to this version; `runner` names this process. Answers the names of what was applied.

    Who finds another runner at work waits until it has finished. Raises StoreTooNew, MigrationChanged.
    """
    wanted = known() if migrations is None else migrations
    await graph.apply(BOOTSTRAP)
    while not await take_lease(graph, runner):  # noqa: ASYNC110  # the other runner is another process
        await asyncio.sleep(PAUSE_SECONDS)
    try:
        to_do = missing(wanted, await applied(graph))
        for migration in to_do:
            for text in migration.statements:
                await graph.apply(text)
            await graph.write(partial(note, migration=migration), "migrate")
        await graph.apply(AWAIT_INDEXES)
        return [migration.name for migration in to_do]
    finally:
        await graph.write(lambda tx: tx.rows("migrations/release", runner=runner), "migrate")


async def applied(graph: Graph) -> dict[str, str]:
    """Checksums of the applied migrations by name."""
    return {row["name"]: row["checksum"] for row in await graph.rows("migrations/applied")}


async def take_lease(graph: Graph, runner: str) -> bool:
    """Whether this process is now the only one to migrate, for `LEASE` at most."""
    now = datetime.now(UTC)
    rows = await graph.write(
        lambda tx: tx.rows("migrations/take", runner=runner, now=now, until=now + LEASE), "migrate"
    )
    return bool(rows)


async def note(tx: Transaction, migration: Migration) -> None:
    """Writes down that a migration was applied."""
    await tx.rows("migrations/note", name=migration.name, checksum=migration.checksum, at=datetime.now(UTC))
