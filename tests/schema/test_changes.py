"""Merges, deletions and what undoes them, among random changes of a small graph (SPEC 7.2, 7.5, 8.1, 8.5, 8.6)."""

from random import Random

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema.changing import Story
from tests.schema.test_access import AsParty


@pytest.mark.parametrize("seed", [1])
async def test_whatever_happens_what_is_undone_has_never_been(
    client: Client, graph: Graph, as_party: AsParty, seed: int
) -> None:
    story = Story(client, graph, as_party, Random(seed))
    await story.begin()
    for _ in range(35):
        await story.step()
    assert story.exact > 2
