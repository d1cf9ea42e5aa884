"""Merges, deletions and what undoes them, among random changes of a small graph (SPEC 7.2, 7.5, 8.1, 8.5, 8.6)."""

import asyncio

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.stories import Stories
from tests.schema.test_access import AsParty


def test_whatever_happens_what_is_undone_has_never_been(
    loop: asyncio.AbstractEventLoop, client: Client, graph: Graph, as_party: AsParty
) -> None:
    stories = Stories(loop, client, graph, as_party)
    stories.tell(seed=1, stories=3, steps=25)
    assert stories.exact > 2
