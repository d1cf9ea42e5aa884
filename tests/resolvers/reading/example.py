"""A part of a schema like Kith's, declared for the planner: enough to use all that it can do."""

from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, ClassVar, NewType

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from resolvers.reading.connections import Connection, Count, Paging
from resolvers.reading.declare import (
    Scope,
    computed,
    constant,
    cursor,
    derived,
    joined,
    opaque,
    ref,
    refs,
    scope,
    stored,
)
from resolvers.reading.seam import Schema
from resolvers.reading.viewers import ViewerClass

ID = strawberry.ID
CYPHER = Path(__file__).parent / "cypher"
PartialDate = NewType("PartialDate", str)
Json = NewType("Json", object)
SCALARS: dict[object, ScalarDefinition] = {
    PartialDate: strawberry.scalar(name="PartialDate", serialize=str, parse_value=str),
    Json: strawberry.scalar(name="JSON", serialize=lambda value: value, parse_value=lambda value: value),
}


@strawberry.enum
class PartyKind(Enum):
    CONSUMER = "Consumer"
    ACCOUNT = "Account"
    HOUSEHOLD = "Household"
    INTERNAL_USER = "InternalUser"


@strawberry.enum
class Direction(Enum):
    OUTGOING = "outgoing"
    INCOMING = "incoming"


@strawberry.enum
class Role(Enum):
    AGENT = "agent"
    ADMIN = "admin"


class AsOf:
    as_of: date | None = None


class RelationshipArguments(AsOf, Paging):
    types: list[str] | None = None
    direction: Direction | None = None


class PartyArguments(Paging):
    search: str | None = None
    kinds: list[PartyKind] | None = None


def searched(typed: str) -> str:
    """What is searched for, without space around it; too much of it raises ValueError."""
    if len(typed) > 50:
        raise ValueError("at most 50 characters")
    return typed.strip()


class ById:
    id: ID


class ByIds:
    ids: list[ID]


class Categories:
    categories: list[str] | None = None


@strawberry.input
class ExternalIdInput:
    system: str
    value: str


@strawberry.input(one_of=True)
class PartyBy:
    id: ID | None = strawberry.UNSET
    email_address: str | None = strawberry.UNSET
    external_id: ExternalIdInput | None = strawberry.UNSET


class ByParty:
    by: PartyBy


@strawberry.interface
class Node:
    id: ID


@strawberry.type
class RelationshipType(Node):
    scope: ClassVar[Scope] = scope("type", refs="relationship_types/by_ids")

    code: str
    label: str
    reverse_label: str
    category: str


@strawberry.type
class RelationshipCount:
    scope: ClassVar[Scope] = scope("type", "count")

    type: RelationshipType
    count: Count


@strawberry.type
class ExternalId:
    scope: ClassVar[Scope] = scope("system", "value")

    system: str
    value: str


@strawberry.type
class Address:
    scope: ClassVar[Scope] = scope("party")

    city: str
    street: str | None


@strawberry.type
class RelationshipEdge:
    scope: ClassVar[Scope] = scope("relationship", "near", "far")

    cursor: str = cursor()
    node: "Relationship" = joined("relationships/itself")
    label: str = joined("relationships/label", table="relationship_types/labels")
    direction: Direction | None = joined("relationships/direction")
    party: "Party" = joined("relationships/far")


@strawberry.type
class RelationshipConnection(Connection[RelationshipEdge]): ...


@strawberry.interface
class Party:
    scope: ClassVar[Scope] = scope("party", typename="parties/typename", refs="parties/by_ids")

    id: ID
    kind: PartyKind
    name: str


@strawberry.interface
class PartyRecord(Party, Node):
    created_at: datetime
    external_ids: list[ExternalId] = joined("parties/external_ids")
    relationships: RelationshipConnection = joined("relationships/of_party", arguments=RelationshipArguments)
    relationship_counts: list[RelationshipCount] = joined("relationships/counts", arguments=AsOf)


@strawberry.type
class PartyEdge:
    scope: ClassVar[Scope] = scope("party")

    cursor: str = cursor()
    node: PartyRecord


@strawberry.type
class PartyConnection(Connection[PartyEdge]): ...


def initial(name: str, email: str | None) -> str:
    return name[:1] + ("@" if email else "")


def fails_for_eli(name: str) -> str:
    if name.startswith("Eli"):
        raise ValueError("no Eli")
    return name.upper()


@strawberry.interface
class Customer(PartyRecord):
    email: str | None
    address: Address | None = joined("parties/address")
    households: list["Household"] = joined("households/of_party")
    initial: str = derived(initial, "name", "email")
    loud: str | None = derived(fails_for_eli, "name")

    @computed("id", "name")
    async def greeting(self, polite: bool = True) -> str:
        return f"{'Dear' if polite else 'Hi'} {self.name}"

    @computed("name")
    def fussy(self) -> str:
        return fails_for_eli(self.name)

    @computed("name")
    def shy(self) -> str | None:
        return fails_for_eli(self.name)

    @computed("id")
    def double(self) -> Annotated["Twice", strawberry.lazy("tests.resolvers.reading.example")]:
        return Twice(party=ref(Party, self.id), again=ref(Customer, self.id) if self.id != "p2" else ref(Customer, "?"))


@strawberry.type
class Consumer(Customer):
    born: PartialDate | None = stored("birth_date")
    birth_day: date | None
    days: list[date] | None


@strawberry.type
class Account(Customer):
    legal_name: str
    settings: Json | None


@strawberry.type
class Household(PartyRecord):
    head: Customer | None = joined("households/head")


@strawberry.type
class InternalUser(PartyRecord):
    login: str
    roles: list[Role]

    @computed("id", "kind", "created_at", "roles")
    def summary(self) -> str:
        return f"{self.id} {self.kind.name} {self.created_at.year} {[role.name for role in self.roles]}"


@strawberry.type
class HiddenParty(Party):
    id: ID = opaque("id")
    name: str = constant("Hidden")


@strawberry.type
class Relationship(Node):
    scope: ClassVar[Scope] = scope("relationship", refs="relationships/by_ids")

    type: RelationshipType = joined("relationships/type")
    source: Party = joined("relationships/source")
    target: Party = joined("relationships/target")
    valid_from: date | None
    valid_to: date | None
    properties: Json | None


@strawberry.type
class Twice:
    party: Party
    again: Customer | None


@strawberry.type
class Kinship:
    """Computed: `label` by rules in Python, the parties as ids that the planner reads."""

    label: str
    closest: Party | None
    path: list[Party]
    maybe: list[Party | None]
    links: list[Relationship]


@strawberry.type
class TreePerson:
    person: Party
    generation: int


@strawberry.type
class Tree:
    root: Party
    people: list[TreePerson]


@strawberry.type
class Renamed:
    party: Party
    before: str


@strawberry.type
class Refused:
    reasons: list[str]


RenameResult = Annotated[Renamed | Refused, strawberry.union("RenameResult")]


@strawberry.type
class Query:
    node: Node | None = joined("parties/by_id", "relationships/by_id", "relationship_types/by_id", arguments=ById)
    nodes: list[Node | None] = joined(
        "parties/by_ids",
        "relationships/by_ids",
        "relationship_types/by_ids",
        arguments=ByIds,
        each="ids",
        required=True,
    )
    some: list[PartyRecord | None] = joined("parties/by_ids", arguments=ByIds, each="ids")
    party: PartyRecord | None = joined("parties/by_id", arguments=ById)
    known: PartyRecord | None = joined("parties/by_id", arguments=ById, required=True)
    find: PartyRecord | None = joined("parties/by_id", "parties/by_email", "parties/by_external_id", arguments=ByParty)
    parties: PartyConnection = joined(
        "parties/all", arguments=PartyArguments, given={"search": "parties/found"}, prepared={"search": searched}
    )
    relationship_types: list[RelationshipType] = joined("relationship_types/all", arguments=Categories)

    @strawberry.field
    async def kinship(self, between: list[ID]) -> Kinship:
        return Kinship(
            label="cousin",
            closest=ref(Party, between[0]),
            path=refs(Party, between),
            maybe=refs(Party, between),
            links=refs(Relationship, ["r2", "r1"]),
        )

    @strawberry.field
    def thing(self, id: ID) -> Node | None:
        return ref(Node, id)

    @strawberry.field
    def tree(self, info: strawberry.Info[Any], ids: list[ID]) -> Tree | None:
        people = [TreePerson(person=ref(Party, id), generation=n) for n, id in enumerate(ids)]
        return Tree(root=ref(Party, ids[0]), people=people)


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def rename(self, info: strawberry.Info[Any], id: ID, name: str) -> RenameResult:
        if not name:
            return Refused(reasons=["no name"])
        before = await info.context.fetch(
            "MATCH (p:Party {id: $id}) WITH p, p.name AS before SET p.name = $name RETURN before",
            {"id": id, "name": name},
        )
        return Renamed(party=ref(Party, id), before=before)


SEES_ALL = ViewerClass("all", {})
ANALYST = ViewerClass("analyst", {}, {"Consumer.email": {}, "Account.email": {}})
REACH = ViewerClass("reach", {"party": "visibility/reach"})
CONSENT = ViewerClass("consent", {"party": "visibility/consent"})


def schema(**arguments: Any) -> Schema:
    return Schema(
        query=Query,
        mutation=Mutation,
        types=[Consumer, Account, Household, InternalUser, HiddenParty],
        cypher=CYPHER,
        viewers=[SEES_ALL, ANALYST, REACH, CONSENT],
        constants=["today", "reach", "viewer"],
        config=StrawberryConfig(scalar_map=SCALARS),
        **arguments,
    )
