"""What a request or a command carries, made of the service's parts at that moment."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from graphdb.graph import Graph
from kith.settings import Settings
from resolvers.context import Context
from resolvers.reading.batches import Batches
from resolvers.reading.context import ReadingContext
from resolvers.viewers import Viewer


@dataclass(frozen=True)
class Contexts:
    """Makes contexts over one graph, under one set of settings."""

    graph: Graph
    settings: Settings
    batches: Batches = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "batches", Batches(lambda *asked: self.graph.planned_row(*asked)))

    def of(self, viewer: Viewer) -> Context:
        """The context of a viewer, now."""
        now = datetime.now(UTC)
        today = self.settings.today(now)
        constants = {"today": today, "viewer": viewer.id}
        reading = ReadingContext(viewer.viewer_class, constants, self.batches)
        return Context(
            self.graph, viewer, now, today, self.settings.country, reading, undo_days=self.settings.undo_days
        )
