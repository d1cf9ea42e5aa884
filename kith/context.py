"""What a request or a command carries, made of the service's parts at that moment."""

from dataclasses import dataclass
from datetime import UTC, datetime

from graphdb.graph import Graph
from kith.settings import Settings
from resolvers.access import Viewer
from resolvers.context import Context
from resolvers.reading.context import ReadingContext


@dataclass(frozen=True)
class Contexts:
    """Makes contexts over one graph, under one set of settings."""

    graph: Graph
    settings: Settings

    def of(self, viewer: Viewer) -> Context:
        """The context of a viewer, now."""
        now = datetime.now(UTC)
        today = self.settings.today(now)
        constants = {"today": today, "viewer": viewer.id}
        reading = ReadingContext(viewer.viewer_class, constants, self.graph.planned_row)
        return Context(self.graph, viewer, now, today, self.settings.country, reading)
