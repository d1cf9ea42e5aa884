"""Answers that stop early say so, and why."""

from enum import Enum

import strawberry


@strawberry.enum(
    description="What made an answer stop early: so many nodes were shown, so many equally long paths compared, "
    "so many seconds over."
)
class TruncationReason(Enum):
    NODES = "NODES"
    PATHS = "PATHS"
    TIME = "TIME"


@strawberry.type(description="An answer stopped early, at this limit.")
class Truncation:
    reason: TruncationReason
    limit: int


def truncation(limit: int) -> Truncation:
    """Stopped at so many nodes."""
    return Truncation(reason=TruncationReason.NODES, limit=limit)
