"""Hashing passwords (SPEC 6.4): argon2id, a few at a time, and as long for nobody's as for somebody's."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from domain.ids import PartyId
from graphdb import passwords
from graphdb.graph import Graph, Transaction
from resolvers.passwords import Busy, Hasher, give, nobodys
from tests.client import Client
from tests.conftest import CHEAP

PASSWORD = "correct horse battery"


class Counting(PasswordHasher):
    """Counts what it verifies, and holds each until it is let go."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.go, self.now, self.most, self.count = threading.Event(), 0, 0, 0
        self._lock = threading.Lock()

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        with self._lock:
            self.count, self.now = self.count + 1, self.now + 1
            self.most = max(self.most, self.now)
        self.go.wait(10)
        with self._lock:
            self.now -= 1
        return super().verify(hash, password)


async def test_a_hash_is_of_one_password() -> None:
    hasher = Hasher(CHEAP)
    hash = await hasher.hash(PASSWORD)
    assert hash != await hasher.hash(PASSWORD)
    assert PASSWORD not in hash
    assert await hasher.verify(hash, PASSWORD)
    assert await hasher.verify(hash, "ｃorrect horse battery")
    assert not await hasher.verify(hash, PASSWORD + "!")
    assert not await hasher.verify("no hash", PASSWORD)


async def test_it_is_argon2id_of_64_mib() -> None:
    found = extract_parameters(await Hasher().hash(PASSWORD))
    assert (found.type, found.memory_cost) == (Type.ID, 64 * 1024)


async def test_nobodys_password_is_looked_at_all_the_same_with_the_same_parameters() -> None:
    argon = Counting()
    argon.go.set()
    hasher = Hasher(argon)
    for hash, password in ((None, PASSWORD), (None, ""), (nobodys(CHEAP), "x" * 2_000)):
        assert not await hasher.verify(hash, password)
    assert argon.count == 3
    assert extract_parameters(nobodys(argon)) == extract_parameters(argon.hash(PASSWORD))
    assert len(nobodys(argon)) == len(argon.hash(PASSWORD))


async def test_a_few_at_once_some_wait_and_more_are_told() -> None:
    argon = Counting()
    hasher = Hasher(argon, at_once=2, waiting=3)
    asked = [asyncio.create_task(hasher.verify(None, PASSWORD)) for _ in range(5)]
    await asyncio.sleep(0.05)
    with pytest.raises(Busy):
        await hasher.verify(None, PASSWORD)
    argon.go.set()
    assert await asyncio.gather(*asked) == [False] * 5
    assert (argon.count, argon.most) == (5, 2)
    assert not await hasher.verify(None, PASSWORD)


async def test_who_hangs_up_makes_room() -> None:
    argon = Counting()
    hasher = Hasher(argon, at_once=1, waiting=1)
    asked = [asyncio.create_task(hasher.verify(None, PASSWORD)) for _ in range(2)]
    await asyncio.sleep(0.05)
    asked[1].cancel()
    await asyncio.sleep(0.05)
    asked.append(asyncio.create_task(hasher.verify(None, PASSWORD)))
    await asyncio.sleep(0.05)
    argon.go.set()
    assert await asked[0] is await asked[2] is False
    assert argon.count == 2


def test_a_hash_of_other_parameters_is_outdated() -> None:
    assert not Hasher(CHEAP).outdated(CHEAP.hash(PASSWORD))
    assert Hasher(CHEAP).outdated(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD))


async def test_a_new_password_ends_the_sessions_of_its_party_alone(client: Client, graph: Graph) -> None:
    """SPEC 6.4: sessions are of the password that they began with."""
    ann, bea = PartyId(await client.consumer("Ann")), PartyId(await client.consumer("Bea"))
    made = "CYPHER 25 CREATE (:Session {id: '%s', party: '%s'})"
    for id, party in (("session_1", ann), ("session_2", ann), ("session_3", bea)):
        await graph.apply(made % (id, party))

    async def work(tx: Transaction) -> tuple[str | None, str | None]:
        give(tx, ann, "a hash", datetime.now(UTC), but="session_2")
        return await passwords.hash_of(tx, ann), await passwords.hash_of(tx, bea)

    assert await graph.write(work, "tests") == ("a hash", None)
    rows = await graph.run(
        "CYPHER 25 MATCH (s:Session) RETURN s.id AS id, s.ended_at IS NULL AS on, s.ended_because AS because",
        {},
        "tests",
    )
    assert {row["id"]: (row["on"], row["because"]) for row in rows} == {
        "session_1": (False, "PASSWORD"),
        "session_2": (True, None),
        "session_3": (True, None),
    }
