"""Random changes of small graphs: what is undone has never been, and nothing is ever damaged (SPEC 7, 8, 9.6).

Sixty stories of eighty changes, or as many as KITH_STORIES says, in six parts: half an hour, so only `make soak` runs
them. A part's seed stands in the name of its test; KITH_SEED is the first of them.
"""

import asyncio
import os
from random import SystemRandom

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.stories import Stories
from tests.schema.test_access import AsParty

FIRST = int(os.environ.get("KITH_SEED") or SystemRandom().randrange(10**6))
STORIES, PARTS = int(os.environ.get("KITH_STORIES", "60")), 6


@pytest.mark.parametrize("seed", range(FIRST, FIRST + PARTS))
def test_whatever_happens_what_is_undone_has_never_been(
    loop: asyncio.AbstractEventLoop, client: Client, graph: Graph, as_party: AsParty, seed: int
) -> None:
    stories = Stories(loop, client, graph, as_party)
    stories.tell(seed, STORIES // PARTS, steps=80)
    assert stories.exact
