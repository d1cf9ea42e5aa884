"""Routing in a cluster (DESIGN 3): the leader writes, followers read, and both go on when it changes.

The cluster is scripted, since Community has none: it shows where the driver sends what, and what the graph makes of it.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
import pytest_asyncio

from graphdb.errors import GraphError, OutcomeUnknown, TooSlow, Unavailable
from graphdb.graph import GRACE_SECONDS, WRITE_SECONDS, Graph, Transaction
from tests.graphdb.bolt import Cluster, Message, Refusal, clustered

SECONDS = 1.0


@pytest_asyncio.fixture(loop_scope="session")
async def cluster() -> AsyncIterator[Cluster]:
    """A cluster of three, which `a` leads."""
    async with clustered("a", "b", "c") as cluster:
        yield cluster


@pytest_asyncio.fixture(loop_scope="session")
async def routed(cluster: Cluster) -> AsyncIterator[Graph]:
    """The graph that the cluster holds; of its members, it was told of `a`."""
    async with opened(cluster) as graph:
        yield graph


@pytest_asyncio.fixture(loop_scope="session")
async def hasty(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Graph]:
    """The same, with less patience: it looks for a connection, and retries, for a second each."""
    monkeypatch.setattr("graphdb.graph.READ_SECONDS", SECONDS)
    monkeypatch.setattr("graphdb.graph.RETRY_SECONDS", SECONDS)
    async with opened(cluster) as graph:
        yield graph


@asynccontextmanager
async def opened(cluster: Cluster) -> AsyncIterator[Graph]:
    """The graph by the address of `a`, as the service opens it; the cluster has forgotten about that."""
    graph = Graph.at(f"neo4j://{cluster.members['a'].address}", "neo4j", "word")
    await graph.verify()
    cluster.heard.clear()
    cluster.waited_for.clear()
    yield graph
    await graph.close()


async def save(graph: Graph, id: str, seconds: float = WRITE_SECONDS) -> str:
    """Locks a record in a transaction; who says to have done it."""

    async def work(tx: Transaction) -> str:
        (row,) = await tx.rows("relationships/lock", edges=[], ids=[id])
        return str(row["member"])

    return await graph.write(work, "tests", seconds)


async def read(graph: Graph, seconds: float = SECONDS) -> str:
    """Who answers a statement that only reads."""
    (row,) = await graph.run("RETURN 1 AS one", {}, "tests", seconds)
    return str(row["member"])


def in_use(graph: Graph) -> int:
    """How many connections are held by somebody."""
    pool = graph._driver._pool
    return sum(connection.in_use for connections in pool.connections.values() for connection in connections)


async def assert_goes_on(graph: Graph, cluster: Cluster) -> None:
    """The next write is the leader's, the next read a follower's, and nobody holds a connection."""
    assert await save(graph, "next") == cluster.leader
    assert cluster.saved.pop() == (cluster.leader, "next")
    assert await read(graph) in cluster.members.keys() - {cluster.leader}
    assert in_use(graph) == 0


async def test_the_leader_writes_followers_read_and_reads_wait_for_the_writes_before_them(
    routed: Graph, cluster: Cluster
) -> None:
    assert await save(routed, "x") == "a"
    reader = await read(routed)
    assert reader in {"b", "c"}
    assert cluster.heard == ["a BEGIN", "a RUN", "a COMMIT", f"{reader} RUN"]
    assert cluster.waited_for == [("a", ["after 0"]), (reader, ["after 1"])]
    await assert_goes_on(routed, cluster)


async def test_a_single_server_is_not_waited_for(cluster: Cluster) -> None:
    """Restored from a backup, it would never come to what was written since; a bookmark makes it try for 30 seconds."""
    graph = Graph.at(f"bolt://{cluster.members['a'].address}", "neo4j", "word")
    assert [await save(graph, "x"), await read(graph), await save(graph, "y")] == ["a"] * 3
    assert cluster.waited_for == [("a", [])] * 3
    await graph.close()


@pytest.mark.parametrize("minor", [6, 8])
@pytest.mark.parametrize("refusal", [Refusal.NOT_THE_LEADER, Refusal.READ_ONLY])
@pytest.mark.parametrize("moment", [Message.BEGIN, Message.COMMIT])
async def test_a_leader_that_steps_down_refuses_and_the_new_one_does_the_work_once(
    cluster: Cluster, moment: Message, refusal: Refusal, minor: int
) -> None:
    cluster.minor, cluster.refusal = minor, refusal
    async with opened(cluster) as graph:
        cluster.script[moment] = partial(cluster.elect, "b")
        assert await save(graph, "x") == "b"
        refused = ["a BEGIN", "a RUN"] if moment is Message.BEGIN else ["a BEGIN", "a RUN", "a COMMIT"]
        assert cluster.heard == [*refused, "b BEGIN", "b RUN", "b COMMIT"]
        assert cluster.saved == [("b", "x")]
        await assert_goes_on(graph, cluster)


async def test_a_leader_that_changed_long_ago_is_found_out_by_the_first_write(routed: Graph, cluster: Cluster) -> None:
    assert await save(routed, "x") == "a"
    cluster.elect("c")
    cluster.heard.clear()
    assert await save(routed, "y") == "c"
    assert cluster.heard == ["a BEGIN", "a RUN", "c BEGIN", "c RUN", "c COMMIT"]
    assert cluster.saved == [("a", "x"), ("c", "y")]
    await assert_goes_on(routed, cluster)


@pytest.mark.parametrize("moment", [Message.BEGIN, Message.RUN])
async def test_a_leader_that_is_lost_before_commit_is_replaced_and_the_work_is_done_once(
    routed: Graph, cluster: Cluster, moment: Message
) -> None:
    cluster.script[moment] = partial(lose, cluster, "a", "b")
    assert await save(routed, "x") == "b"
    assert (
        cluster.heard == ["b BEGIN", "b RUN", "b COMMIT"]
        if moment is Message.BEGIN
        else ["a BEGIN", "b BEGIN", "b RUN", "b COMMIT"]
    )
    assert cluster.saved == [("b", "x")]
    await assert_goes_on(routed, cluster)


async def test_a_leader_that_is_lost_at_commit_leaves_the_outcome_unknown_and_nothing_is_sent_again(
    routed: Graph, cluster: Cluster
) -> None:
    cluster.script[Message.COMMIT] = partial(lose, cluster, "a", "b")
    with pytest.raises(OutcomeUnknown):
        await save(routed, "x")
    assert cluster.heard == ["a BEGIN", "a RUN"]
    await assert_goes_on(routed, cluster)


def lose(cluster: Cluster, name: str, successor: str | None) -> None:
    """Stops the leader in the middle of what it does."""
    cluster.members[name].stop()
    cluster.elect(successor)


async def test_a_database_that_is_away_on_a_member_is_used_on_the_others(routed: Graph, cluster: Cluster) -> None:
    """As on a member that is being restarted: it answers, but not for the database."""
    cluster.members["a"].unavailable = True
    cluster.script[Message.BEGIN] = partial(cluster.elect, "b")
    assert await save(routed, "x") == "b"
    assert cluster.heard == ["a BEGIN", "b BEGIN", "b RUN", "b COMMIT"]
    assert [await read(routed) for _ in range(5)] == ["c"] * 5


async def test_an_election_is_waited_for_and_reads_go_on_meanwhile(routed: Graph, cluster: Cluster) -> None:
    assert await save(routed, "x") == "a"
    cluster.elect(None)
    saving = asyncio.create_task(save(routed, "y"))
    for _ in range(50):
        assert await read(routed) in cluster.members
        await asyncio.sleep(0.01)
    assert not saving.done()
    cluster.elect("b")
    assert await saving == "b"
    assert cluster.saved == [("a", "x"), ("b", "y")]
    await assert_goes_on(routed, cluster)


async def test_an_election_without_end_is_unavailable_within_the_deadline(routed: Graph, cluster: Cluster) -> None:
    assert await save(routed, "x") == "a"
    cluster.elect(None)
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        await save(routed, "y")
    assert time.monotonic() - begun < WRITE_SECONDS + GRACE_SECONDS
    assert await read(routed) in cluster.members
    cluster.elect("c")
    await assert_goes_on(routed, cluster)
    assert cluster.saved == [("a", "x")]


async def test_a_cluster_that_is_gone_is_unavailable_and_then_found_again(hasty: Graph, cluster: Cluster) -> None:
    assert (await save(hasty, "x"), await read(hasty) in {"b", "c"}) == ("a", True)
    for member in cluster.members.values():
        member.stop()
    for work in (save(hasty, "y"), read(hasty), save(hasty, "y"), read(hasty)):
        with pytest.raises(Unavailable):
            await work
    for member in cluster.members.values():
        await member.start()
    await assert_goes_on(hasty, cluster)
    assert cluster.saved == [("a", "x")]


async def test_a_member_that_is_gone_is_done_without_until_it_is_back(routed: Graph, cluster: Cluster) -> None:
    """Any of them: the one whose address was given, too."""
    for name in ("a", "b", "c"):
        heir = next(other for other in "abc" if other != name)
        lose(cluster, name, heir)
        assert [await save(routed, name), *[await read(routed) in "abc" for _ in range(20)]] == [heir, *[True] * 20]
        await assert_goes_on(routed, cluster)
        await cluster.members[name].start()
    assert cluster.saved == [("b", "a"), ("a", "b"), ("a", "c")]


async def test_a_follower_that_falls_silent_costs_two_reads_at_most_and_is_done_without(
    hasty: Graph, cluster: Cluster
) -> None:
    """It hangs up on nobody: only waiting tells."""
    assert await save(hasty, "x") == "a"
    cluster.members["b"].fall_silent()
    answers = Counter[str]()
    for _ in range(30):
        begun = time.monotonic()
        try:
            answers[await read(hasty)] += 1
        except (TooSlow, Unavailable) as error:
            answers[error.code] += 1
        assert time.monotonic() - begun < SECONDS + GRACE_SECONDS + 1
    assert answers.keys() <= {"c", "TOO_SLOW", "UNAVAILABLE"}
    assert answers["c"] >= 28  # one waits in a connection that there was, one for a new one
    await assert_goes_on(hasty, cluster)


async def test_a_leader_that_falls_silent_ends_writes_within_their_deadline_and_its_heir_takes_them(
    hasty: Graph, cluster: Cluster
) -> None:
    assert await save(hasty, "x") == "a"
    cluster.members["a"].fall_silent()
    cluster.elect("b")
    codes = list[str]()
    while len(cluster.saved) == 1 and len(codes) < 3:
        begun = time.monotonic()
        try:
            assert await save(hasty, "y", SECONDS) == "b"
        except GraphError as error:
            codes.append(error.code)
        assert time.monotonic() - begun < SECONDS + GRACE_SECONDS + 1
    assert codes[:1] == ["TOO_SLOW"]
    assert set(codes[1:]) <= {"UNAVAILABLE"}
    assert cluster.saved == [("a", "x"), ("b", "y")]
    cluster.members["a"].speak()
    await assert_goes_on(hasty, cluster)


async def test_many_writes_under_a_leader_that_keeps_changing_are_each_done_once(
    routed: Graph, cluster: Cluster
) -> None:
    ids = [f"{n}" for n in range(200)]

    async def change() -> None:
        while True:
            for leader in ("b", None, "c", "a"):
                await asyncio.sleep(0.02)
                cluster.elect(leader)

    changing = asyncio.create_task(change())
    told = list[tuple[str, str]]()
    for some in (ids[start : start + 20] for start in range(0, len(ids), 20)):
        told += zip(await asyncio.gather(*(save(routed, id) for id in some)), some, strict=True)
    changing.cancel()
    assert sorted(cluster.saved) == sorted(told)
    assert [id for _, id in told] == ids
    assert len({leader for leader, _ in cluster.saved}) > 1
    cluster.elect("a")
    await assert_goes_on(routed, cluster)
