"""Consumers (SPEC 1.3)."""

from datetime import date
from typing import ClassVar

import strawberry

from domain.partial_dates import in_words
from resolvers.operations import Done
from resolvers.reading.declare import Scope, computed, derived, joined, ref, scope
from schema.arguments import AsOf, During
from schema.consents import Consent
from schema.customers import Customer
from schema.enums import Gender, OtherNameKind, Period
from schema.family import GENERATIONS, FamilyTree, tree
from schema.idempotency import Once
from schema.info import Info
from schema.operations import Operation
from schema.parties import AddressInput, ExternalIdInput
from schema.relationships import Relation
from schema.scalars import PartialDate


class PartnerArguments(During):
    period: Period | None = Period.ALL


@strawberry.type(description="A name beside the current one: a former one, a nickname, ...")
class OtherName:
    scope: ClassVar[Scope] = scope("kind", "text", "place")

    kind: OtherNameKind
    text: str


@strawberry.type(description="An event in somebody's life.")
class LifeEvent:
    scope: ClassVar[Scope] = scope("name", "date", "yearly", "place")

    name: str
    date: PartialDate
    yearly: bool


@strawberry.type(description="A person.")
class Consumer(Customer):
    given_name: str | None
    family_name: str | None
    prefix: str | None
    suffix: str | None
    other_names: list[OtherName] = joined("consumers/other_names")
    gender: Gender
    birth_date: PartialDate | None
    birth_date_in_words: str | None = derived(in_words, "birth_date")
    deceased: bool
    death_date: PartialDate | None
    death_date_in_words: str | None = derived(in_words, "death_date")
    language: str | None
    login: str | None = strawberry.field(description="By which the person signs in.")
    life_events: list[LifeEvent] = joined("consumers/life_events")
    parents: list[Relation] = joined("consumers/parents", arguments=AsOf)
    children: list[Relation] = joined("consumers/children", arguments=AsOf)
    partners: list[Relation] = joined("consumers/partners", arguments=PartnerArguments)
    consents: list[Consent] = joined("consents/of_consumer")

    @computed("id")
    async def family_tree(
        self,
        info: Info,
        up: int | None = GENERATIONS,
        down: int | None = GENERATIONS,
        collaterals: bool | None = False,
        as_of: date | None = strawberry.UNSET,
    ) -> FamilyTree:
        found = await tree(info, self.id, up, down, collaterals, as_of)
        assert found is not None
        return found


@strawberry.input
class OtherNameInput:
    kind: OtherNameKind
    text: str


@strawberry.input
class LifeEventInput:
    name: str
    date: PartialDate
    yearly: bool = False


@strawberry.input
class CreateConsumerInput(Once):
    given_name: str | None = strawberry.UNSET
    family_name: str | None = strawberry.UNSET
    prefix: str | None = strawberry.UNSET
    suffix: str | None = strawberry.UNSET
    other_names: list[OtherNameInput] | None = strawberry.UNSET
    gender: Gender | None = strawberry.UNSET
    birth_date: PartialDate | None = strawberry.UNSET
    deceased: bool | None = strawberry.UNSET
    death_date: PartialDate | None = strawberry.UNSET
    email: str | None = strawberry.UNSET
    login: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="An email address, nobody else's. Consumers don't change their own. With another, sessions end.",
    )
    phone: str | None = strawberry.UNSET
    address: AddressInput | None = strawberry.UNSET
    language: str | None = strawberry.UNSET
    life_events: list[LifeEventInput] | None = strawberry.UNSET
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET


@strawberry.input(description="Only the fields given change; null empties one, a list given replaces the whole list.")
class UpdateConsumerInput(CreateConsumerInput):
    id: strawberry.ID
    expected_version: int | None = strawberry.UNSET


@strawberry.type
class ConsumerCreated:
    consumer: Consumer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "ConsumerCreated":
        return cls(consumer=ref(Consumer, done.id), operation=ref(Operation, done.operation))


@strawberry.type
class ConsumerUpdated:
    consumer: Consumer
    operation: Operation

    @classmethod
    def of(cls, done: Done) -> "ConsumerUpdated":
        return cls(consumer=ref(Consumer, done.id), operation=ref(Operation, done.operation))
