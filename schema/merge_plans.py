"""Plans of merges, as clients see them (SPEC 7.2)."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import strawberry

from domain import merging
from domain.collapsing import MergeOutcome
from domain.merge_items import Item, MergeItemKind, counts, items
from domain.merging import MergeWarning
from domain.winners import Field, MergeSide
from resolvers.reading.connections import Count, PageInfo
from resolvers.reading.declare import ref
from schema.cases import Case
from schema.consents import Consent
from schema.listed import page
from schema.plans import Plan, Refusals
from schema.relationships import Relationship

T = TypeVar("T")
strawberry.enum(MergeSide, description="The two of a merge: who stays, and who goes.")
strawberry.enum(MergeOutcome, description="What becomes of a record in a merge.")
strawberry.enum(MergeItemKind, description="What is moved by a merge.")
strawberry.enum(
    MergeWarning,
    description="What has to be confirmed before two customers are merged: that one is a parent of the other, that "
    "they are or were partners, that they were born on different days.",
)


@strawberry.type(description="Both values of a field, and whose stays.")
class MergeField:
    field: str = strawberry.field(description="As `winners` name it.")
    survivor: strawberry.scalars.JSON | None
    merged: strawberry.scalars.JSON | None
    winner: MergeSide
    can_choose: bool = strawberry.field(description="Whether `winners` may say otherwise.")


@strawberry.type(description="An id in another system that the survivor gets.")
class MergedExternalId:
    system: str
    value: str


@strawberry.type(
    description="A record of the merged customer's, or a relationship of the survivor's that collapses, and what "
    "becomes of it. `into` is the relationship that it becomes part of; `fields` are those in which the two differ."
)
class MergeItem:
    kind: MergeItemKind
    outcome: MergeOutcome
    reason: str
    relationship: Relationship | None
    into: Relationship | None
    this_case: Case | None = strawberry.field(name="case")
    consent: Consent | None
    points_type: str | None = strawberry.field(description="The code of the type.")
    points: int | None
    external_id: MergedExternalId | None
    fields: list[MergeField]


@strawberry.type
class MergeItemEdge:
    cursor: str
    node: MergeItem


@strawberry.type
class MergeItemConnection:
    edges: list[MergeItemEdge]
    page_info: PageInfo
    total_count: Count


@strawberry.type(description="How many records of a kind have an outcome.")
class OutcomeCount:
    kind: MergeItemKind
    outcome: MergeOutcome
    count: int


@strawberry.type(description="What merging two customers would do. Nothing can be done while there are `blockers`.")
class MergePlan(Plan):
    every: strawberry.Private[Sequence[Item]]
    fields: list[MergeField]
    counts: list[OutcomeCount]
    warnings: list[MergeWarning] = strawberry.field(description="To be confirmed by `merge`.")
    blockers: Refusals
    can_swap: bool = strawberry.field(description="Whether it would work the other way round.")

    @strawberry.field
    def items(
        self,
        outcomes: list[MergeOutcome] | None = strawberry.UNSET,
        first: int | None = strawberry.UNSET,
        after: str | None = strawberry.UNSET,
        last: int | None = strawberry.UNSET,
        before: str | None = strawberry.UNSET,
    ) -> MergeItemConnection:
        """Each record and what becomes of it, with some outcomes or all."""
        wanted = [item for item in self.every if not outcomes or item.outcome in outcomes]
        rows, info, count = page(wanted, "merge items", given(first), given(after), given(last), given(before))
        edges = [MergeItemEdge(cursor=cursor, node=shown_item(item)) for cursor, item in rows]
        return MergeItemConnection(edges=edges, page_info=info, total_count=count)


def given(value: T | None) -> T | None:
    """An argument, None where it was left out."""
    return None if value is strawberry.UNSET else value


def merge_plan(plan: merging.MergePlan, blockers: list[Any]) -> MergePlan:
    """A plan as the schema has it."""
    every = list(items(plan))
    return MergePlan(
        token=plan.token,
        every=every,
        fields=[shown_field(field) for field in plan.fields],
        counts=[OutcomeCount(kind=kind, outcome=outcome, count=count) for kind, outcome, count in counts(every)],
        warnings=list(plan.warnings),
        blockers=blockers,
        can_swap=plan.can_swap,
    )


def shown_field(field: Field) -> MergeField:
    """A field as the schema has it."""
    return MergeField(
        field=field.name,
        survivor=cast(Any, field.survivor),
        merged=cast(Any, field.merged),
        winner=field.winner,
        can_choose=not field.by_rule,
    )


def shown_item(item: Item) -> MergeItem:
    """An item as the schema has it."""
    related = item.kind in (MergeItemKind.RELATIONSHIP, MergeItemKind.MEMBERSHIP)
    into = item.fate.into if item.fate else None
    system, _, value = item.record.partition("|")
    external = MergedExternalId(system=system, value=value) if item.kind is MergeItemKind.EXTERNAL_ID else None
    return MergeItem(
        kind=item.kind,
        outcome=item.outcome,
        reason=item.reason,
        relationship=ref(Relationship, item.record) if related else None,
        into=ref(Relationship, into) if into else None,
        this_case=ref(Case, item.record) if item.kind is MergeItemKind.CASE else None,
        consent=ref(Consent, item.record) if item.kind is MergeItemKind.CONSENT else None,
        points_type=item.record if item.kind is MergeItemKind.POINTS else None,
        points=item.amount,
        external_id=external,
        fields=[shown_field(field) for field in item.fields],
    )
