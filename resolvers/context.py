"""What a request carries: dependencies arrive, nothing is global (DESIGN 8.20)."""

from dataclasses import dataclass
from datetime import date, datetime

from graphdb.graph import Graph
from resolvers.access import Viewer
from resolvers.reading.context import ReadingContext


@dataclass(frozen=True)
class Context:
    """The graph, who asks, when (UTC), the business's day, its country for phone numbers, and its reading."""

    graph: Graph
    viewer: Viewer
    now: datetime
    today: date
    country: str
    reading: ReadingContext
