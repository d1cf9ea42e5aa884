"""Random changes of small graphs, drawn by hypothesis: a state machine, whose failures are made short."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

import hypothesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from graphdb.graph import Graph
from tests.client import Client
from tests.conftest import WIPE
from tests.schema.changing import STEPS, Story
from tests.schema.test_access import AsParty


@dataclass
class Stories:
    """What stories are told with, on which loop; how many deeds were undone exactly, over all of them."""

    loop: asyncio.AbstractEventLoop
    client: Client
    graph: Graph
    as_party: AsParty
    exact: int = 0

    async def new(self, random: Random) -> Story:
        """A story in a graph of its own."""
        await self.graph.apply(WIPE)
        story = Story(self.client, self.graph, self.as_party, random)
        await story.begin()
        return story

    def tell(self, seed: int, stories: int, steps: int) -> None:
        """Tells so many stories, of so many steps each: with the same seed the same. Raises what the first that fails
        does, made as short as it goes in five minutes."""
        told = settings(max_examples=stories, stateful_step_count=steps, suppress_health_check=list(HealthCheck))
        run_state_machine_as_test(hypothesis.seed(seed)(partial(Changes, self)), settings=told)


class Changes(RuleBasedStateMachine):
    """One story: its steps, and what must hold after each."""

    def __init__(self, stories: Stories) -> None:
        super().__init__()
        self.stories = stories
        self.story: Story | None = None

    def wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        """What some work answers."""
        return self.stories.loop.run_until_complete(work)

    @initialize(random=st.randoms(use_true_random=False))
    def begin(self, random: Random) -> None:
        """Makes the graph that is changed; all that is random comes of what hypothesis draws."""
        self.story = self.wait(self.stories.new(random))

    @rule(step=st.sampled_from(STEPS))
    def change(self, step: str) -> None:
        """One more change."""
        assert self.story
        self.wait(self.story.step(step))

    @invariant()
    def nothing_is_damaged(self) -> None:
        """The integrity report has no errors."""
        if self.story:
            self.wait(self.story.demand_whole())

    def teardown(self) -> None:
        """Adds up what was undone exactly."""
        self.stories.exact += self.story.exact if self.story else 0
