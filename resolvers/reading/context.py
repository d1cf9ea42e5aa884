"""What a request carries through the reading."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from resolvers.reading.batches import Batches
from resolvers.reading.plan import Asked, Done, Plan, Run, Slow

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
    a date; viewer, an id or None). `batches`: read the rows, of this request and others.
    """

    viewer: str
    parameters: Mapping[str, object]
    batches: Batches
    hidden: dict[str, str] = field(default_factory=dict)

    def hide(self, id: str) -> str:
        """The token that stands for somebody hidden: the same for the same, within one request."""
        return self.hidden.setdefault(id, f"hidden:{len(self.hidden) + 1}")

    async def run(self, plan: Plan, parameters: Mapping[str, object], fill: Fill | None) -> Answer:
        """The plan's answer.

        Where it has computed fields, a slow run tells who is asked for. If nothing failed and nothing is missing, the
        fast shaper makes the answer, else the slow one makes a tree.
        """
        given = {**parameters, **self.parameters}
        row = await self.batches.row(plan.statement, given)
        filled: Mapping[Asked, Done] = {}
        if fill and plan.holes:
            asking = Slow(given, self.hide)
            plan.slow.shape(row, asking)
            filled = await fill(plan, asking.asked)
        if not any(done.errors for done in filled.values()):
            run = Run(given, self.hide, filled)
            try:
                value = plan.shape(row, run)
            except Exception:  # the slow run tells which value it was, and in which place
                run.faulty = True
            if not run.faulty:
                return Answer(value, slow=False)
        return Answer(plan.slow.shape(row, Slow(given, self.hide, filled)), slow=True)


class Context(Protocol):
    """What the service's own context has for the planner."""

    @property
    def reading(self) -> ReadingContext: ...
