"""Parties: what every kind has, seen or hidden (SPEC 1.1, 1.2)."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

import strawberry

from domain.contacts import national
from domain.search import search_words
from resolvers.reading.connections import Connection, Paging
from resolvers.reading.declare import Scope, cursor, derived, joined, opaque, scope, stored
from schema.arguments import During, RelationshipArguments
from schema.enums import PartyKind
from schema.nodes import Node

if TYPE_CHECKING:
    from schema.cases import CaseConnection
    from schema.lifecycle import EmailPreference
    from schema.memberships import Membership
    from schema.operations import OperationConnection
    from schema.points import PointsBalance, PointsEntryConnection
    from schema.relationships import RelationshipConnection, RelationshipCount
    from schema.teams import TeamMember

Relationships = Annotated["RelationshipConnection", strawberry.lazy("schema.relationships")]
Counts = list[Annotated["RelationshipCount", strawberry.lazy("schema.relationships")]]
Memberships = list[Annotated["Membership", strawberry.lazy("schema.memberships")]]
History = Annotated["OperationConnection", strawberry.lazy("schema.operations")]
Team = list[Annotated["TeamMember", strawberry.lazy("schema.teams")]]
Preference = Annotated["EmailPreference", strawberry.lazy("schema.lifecycle")]
Balances = list[Annotated["PointsBalance", strawberry.lazy("schema.points")]]
Cases = Annotated["CaseConnection", strawberry.lazy("schema.cases")]
Ledger = Annotated["PointsEntryConnection", strawberry.lazy("schema.points")]


@strawberry.interface(description="What every party has, seen or hidden.")
class Party:
    scope: ClassVar[Scope] = scope("party", typename="parties/typename", refs="parties/by_ids")

    id: strawberry.ID
    kind: PartyKind
    name: str


@strawberry.type(
    description="A party that keeps its place in trees, paths and lists though the viewer may not see it. "
    "Its id means nothing elsewhere."
)
class HiddenParty(Party):
    id: strawberry.ID = opaque("id")
    name: str = derived(lambda kind: "Hidden", "kind")


@strawberry.type(description="A party's id in another system, unique there.")
class ExternalId:
    scope: ClassVar[Scope] = scope("external_id")

    system: str
    value: str


@strawberry.type(description="A phone number.")
class Phone:
    scope: ClassVar[Scope] = scope("party")

    e164: str = stored("phone")
    national: str = derived(national, "phone")


@strawberry.type(description="A postal address.")
class Address:
    scope: ClassVar[Scope] = scope("party")

    street: str | None = stored("address_street")
    city: str | None = stored("address_city")
    postal_code: str | None = stored("address_postal_code")
    region: str | None = stored("address_region")
    country: str | None = stored("address_country")


@strawberry.interface(description="A party that the viewer may see.")
class PartyRecord(Party, Node):
    external_ids: list[ExternalId] = joined("parties/external_ids")
    version: int
    created_at: datetime
    updated_at: datetime
    relationships: Relationships = joined(
        "relationships/of_party", arguments=RelationshipArguments, prepared={"search": search_words}
    )
    relationship_counts: Counts = joined("relationships/counts", arguments=During)
    history: History = joined("operations/of_party", arguments=Paging)


@strawberry.type
class PartyEdge:
    scope: ClassVar[Scope] = scope("party")

    cursor: str = cursor()
    node: PartyRecord


@strawberry.type
class PartyConnection(Connection[PartyEdge]):
    pass


@strawberry.input
class ExternalIdInput:
    system: str
    value: str


@strawberry.input(description="Parts of a postal address; `country` is its two-letter code.")
class AddressInput:
    street: str | None = strawberry.UNSET
    city: str | None = strawberry.UNSET
    postal_code: str | None = strawberry.UNSET
    region: str | None = strawberry.UNSET
    country: str | None = strawberry.UNSET


@strawberry.input(one_of=True, description="One way to name a party.")
class PartyBy:
    id: strawberry.ID | None = strawberry.UNSET
    number: str | None = strawberry.UNSET
    external_id: ExternalIdInput | None = strawberry.UNSET
