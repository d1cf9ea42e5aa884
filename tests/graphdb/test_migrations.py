"""Migrations: each once, in order, by one runner; never against a store that knows more (DESIGN 3.3)."""

import asyncio

import pytest

from graphdb.graph import Graph
from graphdb.migrations import BadMigration, Migration, MigrationChanged, StoreTooNew, applied, known, migrate, missing
from tests.client import Client

MAKES = "// Makes a lock.\n//\n// kind: data\n\nCREATE (:Lock {{id: '{0}'}})\n"
LOCKS = "CYPHER 25 MATCH (lock:Lock) WHERE lock.id STARTS WITH 'test' RETURN lock.id AS id ORDER BY id"


def data(name: str, id: str) -> Migration:
    """A migration that makes a lock, and cannot do so twice."""
    return Migration.of(name, MAKES.format(id))


async def forget(graph: Graph) -> None:
    """Takes away what these tests made."""
    await graph.apply("CYPHER 25 MATCH (lock:Lock) WHERE lock.id STARTS WITH 'test' DETACH DELETE lock")
    await graph.apply("CYPHER 25 MATCH (migration:Migration) WHERE migration.name STARTS WITH '9' DELETE migration")


async def test_each_is_applied_once_and_in_order(graph: Graph) -> None:
    wanted = [*known(), data("9001", "test-1"), data("9002", "test-2")]
    assert await migrate(graph, "me", wanted) == ["9001", "9002"]
    assert await migrate(graph, "me", wanted) == []
    assert await graph.run(LOCKS, {}, "tests") == [{"id": "test-1"}, {"id": "test-2"}]
    assert set(await applied(graph)) == {migration.name for migration in wanted}
    await forget(graph)


async def test_of_many_that_start_at_once_one_migrates_and_the_others_wait(graph: Graph) -> None:
    wanted = [*known(), data("9001", "test-1")]
    done = await asyncio.gather(*(migrate(graph, f"runner {n}", wanted) for n in range(4)))
    assert sorted(done) == [[], [], [], ["9001"]]
    await forget(graph)


async def test_one_that_fails_is_not_noted_and_lets_the_next_runner_in(graph: Graph) -> None:
    broken = Migration.of("9001", "// kind: data\nCREATE (:Lock {id: 'PARENT_OF'})")
    for _ in range(2):
        with pytest.raises(Exception, match="taken"):
            await migrate(graph, "me", [*known(), broken])
    assert "9001" not in await applied(graph)


async def test_a_store_that_knows_more_is_refused(graph: Graph) -> None:
    await migrate(graph, "me", [*known(), data("9001", "test-1")])
    with pytest.raises(StoreTooNew, match="9001"):
        await migrate(graph, "me")
    await forget(graph)


def test_one_that_was_changed_is_refused() -> None:
    with pytest.raises(MigrationChanged, match="9001"):
        missing([data("9001", "test-1")], {"9001": data("9001", "test-2").checksum})


@pytest.mark.parametrize("text", ["CREATE (:Lock)", "// kind: data\nCREATE (:A);\nCREATE (:B)", "// kind: data"])
def test_a_file_says_its_kind_and_of_data_there_is_one_statement(text: str) -> None:
    with pytest.raises(BadMigration):
        Migration.of("9001", text)


def test_statements_are_apart_and_comments_are_not_sent() -> None:
    text = "// Two.\n//\n// kind: schema\n\nCREATE INDEX a\n  IF NOT EXISTS;\nCREATE INDEX b;\n"
    assert Migration.of("9001", text).statements == (
        "CYPHER 25 CREATE INDEX a\n  IF NOT EXISTS",
        "CYPHER 25 CREATE INDEX b",
    )


async def test_memberships_of_an_older_store_say_what_they_are(client: Client, graph: Graph) -> None:
    """0011, SPEC 4.1: of households at a time the one that was entered first is primary; nobody becomes head."""
    ann, ost = await client.consumer(), await client.account()
    homes = [await client.household() for _ in range(4)]
    places = [
        await client.member(home, ann, **dates)
        for home, dates in zip(
            homes,
            (
                {"validFrom": "2001-01-01", "validTo": "2010-01-01"},
                {"validFrom": "2009-12-31", "validTo": "2020-01-01"},
                {"validFrom": "2010-01-01"},
                {"validTo": "2001-01-01"},
            ),
            strict=True,
        )
    ]
    await client.group([{"party": ann}, {"party": ost}])
    await graph.apply("CYPHER 25 MATCH ()-[r:MEMBER_OF]->() REMOVE r.is_head, r.is_primary")
    (text,) = next(migration.statements for migration in known() if migration.name.startswith("0011"))
    for _ in range(2):
        await graph.apply(text)
    marks = "CYPHER 25 MATCH ()-[r:MEMBER_OF]->(g) RETURN r.id AS id, r.is_head AS head, r.is_primary AS primary"
    found = {row["id"]: (row["head"], row["primary"]) for row in await graph.run(marks, {}, "tests")}
    assert [found.pop(id) for id in places] == [(False, True), (False, False), (False, False), (False, True)]
    assert list(found.values()) == [(False, False)] * 2
