"""Operations: what a mutation did, kept for ever (SPEC 6.5)."""

from datetime import datetime
from typing import ClassVar

import strawberry

from resolvers.reading.connections import Connection, Paging
from resolvers.reading.declare import Scope, cursor, joined, scope
from schema.nodes import Node
from schema.parties import Party


@strawberry.type(
    description="A record that an operation changed: `old` is null where it was made, `new` where removed."
)
class Change:
    scope: ClassVar[Scope] = scope("change")

    record: strawberry.ID
    party: Party | None = joined("operations/changed_party")
    old: strawberry.scalars.JSON | None = joined("operations/old")
    new: strawberry.scalars.JSON | None = joined("operations/new")


@strawberry.type
class ChangeEdge:
    scope: ClassVar[Scope] = scope("change")

    cursor: str = cursor()
    node: Change


@strawberry.type
class ChangeConnection(Connection[ChangeEdge]):
    pass


@strawberry.type(description="What one mutation did. `kind` is its name.")
class Operation(Node):
    scope: ClassVar[Scope] = scope("operation", refs="operations/by_ids")

    kind: str
    created_at: datetime
    created_by: Party | None = joined("operations/created_by")
    changes: ChangeConnection = joined("operations/changes", arguments=Paging)


@strawberry.type(description="An operation in a party's history; `ownChanges` are those of it that stand there.")
class OperationEdge:
    scope: ClassVar[Scope] = scope("operation", "whose")

    cursor: str = cursor()
    node: Operation
    own_changes: ChangeConnection = joined("operations/changes_of_party", arguments=Paging)


@strawberry.type
class OperationConnection(Connection[OperationEdge]):
    pass
