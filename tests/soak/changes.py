"""Random changes of small graphs: what is undone has never been, and nothing is ever damaged (SPEC 7, 8, 9.6).

Sixty stories of eighty changes, or as many as KITH_STORIES says: half an hour, so only `make soak` runs them. Their
seeds stand in the names of the tests; KITH_SEED is the first of them.
"""

import os
from random import Random, SystemRandom

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.changing import Story
from tests.schema.test_access import AsParty

FIRST = int(os.environ.get("KITH_SEED") or SystemRandom().randrange(10**6))
STORIES = int(os.environ.get("KITH_STORIES", "60"))


@pytest.mark.parametrize("seed", range(FIRST, FIRST + STORIES))
async def test_whatever_happens_what_is_undone_has_never_been(
    client: Client, graph: Graph, as_party: AsParty, seed: int
) -> None:
    story = Story(client, graph, as_party, Random(seed))
    await story.begin()
    for _ in range(80):
        await story.step()
    assert story.exact
