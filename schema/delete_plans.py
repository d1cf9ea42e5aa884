"""Plans of deleting: what goes, by which rule, in pages; and what is in the way (SPEC 8.1)."""

from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import Private

from domain.delete_tokens import OpenCaseChoice
from domain.deleting import Deletion, Item, Rule
from domain.doomed import MOST
from domain.ids import prefix_of
from domain.parties import PartyKind
from resolvers.reading.connections import PageInfo
from resolvers.reading.cursors import Direction, Page, encode, tag
from resolvers.reading.declare import ref
from schema.cases import Case
from schema.parties import Party
from schema.relationships import Relationship

if TYPE_CHECKING:
    from schema.refusals import Refusal

Refusals = list[Annotated["Refusal", strawberry.lazy("schema.refusals")]]
strawberry.enum(Rule, name="DeleteRule", description="What takes a record along, or changes one that stays.")
strawberry.enum(OpenCaseChoice, name="OpenCaseChoice", description="What becomes of a customer's open cases.")
LIST = tag("deletePlan")


@strawberry.type(description="How many records a rule takes; of a plan of many records at least so many.")
class DeleteCount:
    rule: Rule
    count: int


@strawberry.type(description="A record that goes, or that stays and is changed, and the rule by which.")
class DeleteItem:
    rule: Rule
    id: strawberry.ID
    relationship: Relationship | None
    party: Party | None
    this_case: Case | None = strawberry.field(name="case")


@strawberry.type
class DeleteItemEdge:
    cursor: str
    node: DeleteItem


@strawberry.type
class DeleteItemConnection:
    edges: list[DeleteItemEdge]
    page_info: PageInfo
    total_count: int


def items_of(
    self: "DeletePlan",
    rules: list[Rule] | None = strawberry.UNSET,
    first: int | None = strawberry.UNSET,
    after: str | None = strawberry.UNSET,
    last: int | None = strawberry.UNSET,
    before: str | None = strawberry.UNSET,
) -> DeleteItemConnection:
    """A page of what goes, by some rules. Raises GraphQLError."""
    given: dict[str, object] = {"first": first, "after": after, "last": last, "before": before}
    given = {name: None if value is strawberry.UNSET else value for name, value in given.items()}
    found = [item for item in self.plan.items if not rules or item.rule in rules]
    return page_of(self.plan, found, given)


@strawberry.type(
    description="What deleting a record would do. Nothing is done while there are `blockers`. Where it `isMany` "
    f"records, more than {MOST:,}, `items` are some of them, which a job deletes; nobody sees any of it from then on."
)
class DeletePlan:
    token: str = strawberry.field(description="Names this plan: what rests on something else meanwhile is refused.")
    id: strawberry.ID
    name: str | None
    erases: bool
    is_many: bool
    count: int
    counts: list[DeleteCount]
    blockers: Refusals
    items: DeleteItemConnection = strawberry.field(resolver=items_of, description="What goes, in the order of rules.")
    plan: Private[Deletion]


def page_of(plan: Deletion, items: list[Item], given: dict[str, object]) -> DeleteItemConnection:
    """A page of items, whose cursors are their places in the whole plan. Raises GraphQLError."""
    places = {item.id: place for place, item in enumerate(plan.items)}
    page = Page("limit", "after", "before", LIST, 1, Direction.of(given))
    asked = page.parameters(given)
    shown = [
        item
        for item in items
        if places[item.id] > number(asked.get("after"), -1)
        and places[item.id] < number(asked.get("before"), len(places))
    ]
    rows = shown[::-1] if page.direction.backward else shown
    found, has_previous, has_next = page.cut(list(rows[: number([asked["limit"]], 0)]), asked)
    edges = [
        DeleteItemEdge(cursor=encode(LIST, [places[item.id]]), node=shown_item(item, plan.root.kept)) for item in found
    ]
    info = PageInfo(
        has_next_page=has_next,
        has_previous_page=has_previous,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return DeleteItemConnection(edges=edges, page_info=info, total_count=len(items))


def number(keys: object, default: int) -> int:
    """The place that a cursor's keys tell, the default where there is no cursor."""
    return int(keys[0]) if isinstance(keys, list) and isinstance(keys[0], int) else default


def shown_item(item: Item, kept: bool) -> DeleteItem:
    """A record of a plan as the schema has it; of what was deleted before there is nothing to be read."""
    what = None if kept or item.rule is Rule.KEPT else prefix_of(item.id)
    return DeleteItem(
        rule=item.rule,
        id=strawberry.ID(item.id),
        relationship=ref(Relationship, item.id) if what == "relationship" else None,
        party=ref(Party, item.id) if what and PartyKind.of(item.id) else None,
        this_case=ref(Case, item.id) if what == "case" else None,
    )
