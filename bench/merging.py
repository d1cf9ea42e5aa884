"""Merging two customers with many relationships each: Kith, plan and merge, against moving the edges by hand."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import neo4j

from bench import driver
from bench.http import WrongAnswer
from bench.importing import timed
from bench.measured import Measured
from bench.rounds import KITH, Plan, Progress, interleaved, loading
from domain.ids import PartyId
from domain.merge_tokens import Asked
from graphdb.graph import Graph
from graphdb.local import Endpoint
from kith.context import Contexts
from kith.garbage import settle
from kith.settings import load
from resolvers.merging import merge, plan_merging
from resolvers.viewers import ADMINISTRATOR

SIZE = 1_000
"""How many relationships each has; every second far end of theirs is one of the survivor's, too."""
SURVIVOR, MERGED = "account_01m81cvtwye3hvm7mmkgnzsdq1", "account_01m81cvtwye3hvm7mmkgnzsdq2"
FAR = "account_bench_"
PARTY = """{id: id, kind: 'Account', name: id, sort_name: id, search: '\\n ' + id + ' \\n', legal_name: id, version: 1,
  number: id, status: 'ACTIVE', email_opt_in: false, created_at: datetime(), updated_at: datetime()}"""
MAKE = (
    f"""UNWIND [$survivor, $merged] + [n IN range(0, $size * 3 / 2 - 1) | $far + n] AS id
    CREATE (:Party:Account {PARTY})""",
    """UNWIND [[$survivor, 0], [$merged, $size / 2]] AS side UNWIND range(0, $size - 1) AS n
    MATCH (near:Party {id: side[0]}) MATCH (far:Party {id: $far + (side[1] + n)})
    CREATE (near)-[:LINKED_TO {id: 'relationship_' + side[0] + n, type: 'OTHER', category: 'LOOSE', symmetric: true,
      note: 'a note', version: 1, created_at: datetime(), updated_at: datetime(),
      created_by: 'administrator'}]->(far)""",
)
REMOVE = (
    "MATCH (party:Party) WHERE party.id STARTS WITH $far OR party.id IN [$survivor, $merged] DETACH DELETE party",
    """MATCH (operation:Operation {kind: 'merge'}) MATCH (change:Change {operation: operation.id}) DELETE change""",
    "MATCH (operation:Operation {kind: 'merge'}) DELETE operation",
)
COUNT = "MATCH (:Party {id: $survivor})-[edge:LINKED_TO]-() RETURN count(edge) AS count"
BY_HAND = """CYPHER 25
MATCH (merged:Party {id: $merged})-[edge:LINKED_TO]-(far)
MATCH (survivor:Party {id: $survivor})
WITH edge, far, survivor, properties(edge) AS held, EXISTS { (survivor)-[:LINKED_TO {type: 'OTHER'}]-(far) } AS there
DELETE edge
WITH survivor, far, held, there
CALL (survivor, far, held, there) {
  WITH survivor, far, held WHERE NOT there
  CREATE (survivor)-[edge:LINKED_TO]->(far)
  SET edge = held
}
CREATE (:Change {operation: 'operation_bench', party: far.id, record: held.id, old: 'from', new: 'to'})
CREATE (:Change {operation: 'operation_bench', party: survivor.id, record: held.id, old: 'from', new: 'to'})"""
NAMES = {"survivor": SURVIVOR, "merged": MERGED, "far": FAR, "size": SIZE}


def measured(at: Endpoint, database: int, plan: Plan, progress: Progress) -> dict[str, list[Measured]]:
    """What merging two measured, and moving their edges by hand; each starts with the same two.

    Raises WrongAnswer where the survivor doesn't have all far ends once.
    """
    with loading() as processes:
        targets = {
            KITH: partial(fresh, processes, by_kith, at, database),
            "by hand": partial(fresh, processes, by_hand, at, database),
        }
        try:
            return interleaved(targets, plan, progress)
        finally:
            run(at, *REMOVE)


def run(at: Endpoint, *texts: str) -> list[Any]:
    """What statements answer, one after the other."""
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as opened:
        return [record.data() for text in texts for record in opened.execute_query(f"CYPHER 25 {text}", NAMES).records]


def fresh(
    processes: ProcessPoolExecutor, deed: Callable[..., Measured], at: Endpoint, database: int, seconds: float
) -> Measured:
    """A run, with two who have just been made; it takes as long as it takes, not so many seconds."""
    run(at, *REMOVE, *MAKE)
    found = processes.submit(deed, at, database).result()
    (row,) = run(at, COUNT)
    if row["count"] != SIZE * 3 // 2:
        raise WrongAnswer(f"The survivor has {row['count']} relationships after the merge")
    return found


def by_kith(at: Endpoint, database: int) -> Measured:
    """A plan, and its merge."""

    async def work() -> None:
        graph = Graph.at(at.uri, at.user, at.password)
        try:
            settle()
            context = Contexts(graph, load()).of(ADMINISTRATOR)
            plan = await plan_merging(context, Asked(PartyId(SURVIVOR), PartyId(MERGED)))
            await merge(context, plan.token, plan.warnings)
        finally:
            await graph.close()

    return timed(work, database, SIZE)


def by_hand(at: Endpoint, database: int) -> Measured:
    """The edges moved by one statement, without locks, rules, plan, token or undoing."""

    async def work() -> None:
        async with driver.connected(at) as opened:
            await opened.execute_query(BY_HAND, NAMES)

    return timed(work, database, SIZE)
