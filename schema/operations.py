"""Operations: what a mutation did, kept for ever."""

from datetime import datetime
from typing import ClassVar

import strawberry

from resolvers.reading.declare import Scope, scope
from schema.nodes import Node


@strawberry.type(description="What one mutation did. `kind` is its name.")
class Operation(Node):
    scope: ClassVar[Scope] = scope("operation", refs="operations/by_ids")

    kind: str
    created_at: datetime
