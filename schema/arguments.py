"""Arguments that several fields share; classes inherit them."""

from datetime import date

import strawberry

from resolvers.reading.connections import Paging
from schema.enums import (
    CaseStatus,
    CustomerStatus,
    Direction,
    PartyKind,
    Period,
    RelationshipCategory,
    RelationshipOrder,
)


class ById:
    id: strawberry.ID


class ByIds:
    ids: list[strawberry.ID]


class AsOf:
    as_of: date | None = None


class During(AsOf):
    period: Period | None = Period.CURRENT


class DuringPaged(During, Paging):
    pass


class RelationshipArguments(DuringPaged):
    types: list[str] | None = None
    categories: list[RelationshipCategory] | None = None
    direction: Direction | None = None
    responsibility: str | None = None
    kinds: list[PartyKind] | None = None
    search: str | None = None
    order_by: RelationshipOrder | None = None


@strawberry.input(description="A relationship to be made: its type, and the one end that is known already.")
class EligibleFor:
    type: str
    source: strawberry.ID | None = strawberry.UNSET
    target: strawberry.ID | None = strawberry.UNSET


class PartyArguments(Paging):
    search: str | None = None
    kinds: list[PartyKind] | None = None
    statuses: list[CustomerStatus] | None = None
    eligible_for: EligibleFor | None = None


class TypeArguments:
    categories: list[RelationshipCategory] | None = None
    active: bool | None = None


class LedgerArguments(Paging):
    points_types: list[str] | None = None


class ActiveArguments:
    active: bool | None = None


class CaseArguments(Paging):
    status: CaseStatus | None = None


class AllCasesArguments(CaseArguments):
    search: str | None = None
    customer: strawberry.ID | None = None
    assignee: strawberry.ID | None = None
