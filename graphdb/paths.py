"""Paths in the graph: the shortest ways from some parties to one."""

from collections.abc import Sequence

from domain.path_search import MOST_COMPARED, Beginning, Way
from domain.paths import Asked, Step
from domain.relationship_types import EDGES, Category
from graphdb.graph import Graph

AT_ONCE = 50
"""So many searches go into one statement: what a transaction may keep in memory holds many times what they find."""


async def shortest(graph: Graph, asked: Asked, beginnings: Sequence[Beginning]) -> list[list[Way]]:
    """For each beginning all its shortest ways to where paths are asked for, at most MOST_COMPARED + 1 of them.

    The database ends a search at once when its caller gives up waiting.
    """
    edges, found = {EDGES[category] for category in asked.followed}, list[list[Way]]()
    whole = all(category in asked.followed for category in Category if EDGES[category] in edges)
    for start in range(0, len(beginnings), AT_ONCE):
        some = beginnings[start : start + AT_ONCE]
        (row,) = await graph.rows(
            "paths/shortest",
            target=asked.target,
            searches=[
                {
                    "number": number,
                    "start": beginning.parties[-1],
                    "avoided": list(beginning.avoided),
                    "besides": list(beginning.besides),
                    "longest": beginning.longest,
                }
                for number, beginning in enumerate(some)
            ],
            edges=sorted(edges),
            categories=None if whole else [category.value for category in asked.followed],
            types=None if asked.types is None else list(asked.types),
            as_of=asked.as_of,
            most=MOST_COMPARED + 1,
        )
        ways: list[list[Way]] = [[] for _ in some]
        for number, parties, steps in row["ways"]:
            ways[number].append(Way(tuple(parties), tuple(Step(*step) for step in steps)))
        found += ways
    return found
