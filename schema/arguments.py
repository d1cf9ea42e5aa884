"""Arguments that several fields share; classes inherit them."""

from datetime import date

import strawberry

from resolvers.reading.connections import Paging
from schema.enums import Direction, PartyKind, Period, RelationshipCategory, RelationshipOrder


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


class PartyArguments(Paging):
    search: str | None = None
    kinds: list[PartyKind] | None = None


class TypeArguments:
    categories: list[RelationshipCategory] | None = None
    active: bool | None = None
