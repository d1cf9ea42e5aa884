"""What a request carries through the reading."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import GraphQLError

from resolvers.reading.batches import Batches
from resolvers.reading.plan import Asked, Changed, Done, Plan, Run, Slow

Fill = Callable[[Plan, Mapping[Asked, None]], Awaitable[Mapping[Asked, Done]]]


@dataclass(frozen=True)
class Answer:
    """What a plan's shaper made of the row. With `slow` it is the tree as it was read, which is yet to complete."""

    value: Any
    slow: bool


@dataclass
class ReadingContext:
    """Who looks, and how to reach the graph.

    `viewer`: the name of the viewer's class. `parameters`: those of every statement (the schema's `constants`: today,
    a date; viewer, an id or None). `batches`: read the rows, of this request and others. `hide` makes the token that
    stands for somebody hidden. `standing`: what the class was chosen by, as far as is known by now; where a reading
    finds that it has changed it stops, and tells so in `changed`.
    """

    viewer: str
    parameters: Mapping[str, object]
    batches: Batches
    hide: Callable[[str], str]
    standing: object = None
    changed: object = None

    async def run(
        self, plan: Plan, parameters: Mapping[str, object], fill: Fill | None, looking: bool = True
    ) -> Answer:
        """The plan's answer. `looking`: whether to look that the viewer is who he or she was.

        Where it has computed fields, a slow run tells who is asked for. If nothing failed and nothing is missing, the
        fast shaper makes the answer, else the slow one makes a tree.
        """
        try:
            return await self._run(plan, parameters, fill, self.standing if looking else None)
        except Changed as changed:
            self.changed = changed.standing
            raise GraphQLError(str(changed), extensions={"code": "UNAVAILABLE"}) from changed

    async def _run(self, plan: Plan, parameters: Mapping[str, object], fill: Fill | None, standing: object) -> Answer:
        given = {**parameters, **self.parameters}
        row = await self.batches.row(plan.statement, given)
        filled: Mapping[Asked, Done] = {}
        if fill and plan.holes:
            asking = Slow(given, self.hide, standing=standing)
            plan.slow.shape(row, asking)
            filled = await fill(plan, asking.asked)
        if not any(done.errors for done in filled.values()):
            run = Run(given, self.hide, filled, standing=standing)
            try:
                value = plan.shape(row, run)
            except Exception:  # the slow run tells which value it was, and in which place
                run.faulty = True
            if not run.faulty:
                return Answer(value, slow=False)
        return Answer(plan.slow.shape(row, Slow(given, self.hide, filled, standing=standing)), slow=True)


class Context(Protocol):
    """What the service's own context has for the planner."""

    @property
    def reading(self) -> ReadingContext: ...
