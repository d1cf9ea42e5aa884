"""The roots of reading."""

from datetime import date
from typing import Annotated

import strawberry

from domain.cases import search_words
from domain.parties import KINDS
from domain.refusals import NotFound, Refused
from domain.search import searched
from domain.texts import fold
from resolvers.reading.cursors import LARGEST, too_large
from resolvers.reading.declare import joined
from schema.access import Access, Viewer, root_access, root_viewer
from schema.arguments import ActiveArguments, AllCasesArguments, ById, ByIds, PartyArguments, TypeArguments
from schema.cases import CaseConnection
from schema.deleting import DeletePlanResult, root_delete_plan
from schema.duplicates import DuplicateConnection, root_duplicates
from schema.family import GENERATIONS, FamilyTree, tree
from schema.info import Info
from schema.integrity import IntegrityReport, report
from schema.jobs import Job, JobArguments, JobConnection
from schema.leaving import LeavingPlan, root_leaving
from schema.merging import MergePlanResult, root_merge_plan, root_undo_merge_plan
from schema.nodes import Node
from schema.operations import Operation
from schema.parties import PartyBy, PartyConnection, PartyRecord
from schema.partner_apps import PartnerApp, root_apps
from schema.paths import Paths, root_paths
from schema.plans import UndoPlan
from schema.points import PointsPreviewResult, root_preview
from schema.points_types import PointsType
from schema.refusals import Refusable
from schema.relationship_types import RelationshipType
from schema.relationships import RelationshipConnection
from schema.responsibilities import Responsibility
from schema.restoring import root_restore_plan
from schema.teams import TeamArguments

MOST_HITS = 1_000
NODES = (
    *("parties", "relationships", "relationship_types", "responsibilities", "operations", "points_types", "points"),
    *("cases", "partner_apps", "jobs"),
)
NOUNS = dict.fromkeys(KINDS, "parties") | {
    "relationship": "relationships",
    "relationship_type": "relationship_types",
    "responsibility": "responsibilities",
    "operation": "operations",
    "points_type": "points_types",
    "points_entry": "points",
    "case": "cases",
    "app": "partner_apps",
    "job": "jobs",
}


def a_page(ids: list[str]) -> list[str]:
    """The ids, if they are not more than a page holds. Raises GraphQLError."""
    if len(ids) > LARGEST:
        raise too_large(f"`ids` are at most {LARGEST}.")
    return ids


def one_end(given: dict[str, str | None]) -> dict[str, str | None]:
    """What somebody is to be eligible for, if it has one end. Raises ValueError."""
    if (given["source"] is None) is (given["target"] is None):
        raise ValueError("either source or target")
    return given


def noun_of(id: str) -> str:
    """What an id can name, by its prefix; one without any names nothing, for which parties are as good as all."""
    return NOUNS.get(id.rpartition("_")[0], "parties")


def by_id(id: str) -> str:
    """What alone can find a node of this id."""
    return f"{noun_of(id)}/by_id"


def by_ids(ids: list[str]) -> str | None:
    """What alone can find nodes of these ids, if they are all of a sort."""
    nouns = {noun_of(id) for id in ids} or {"parties"}
    return f"{nouns.pop()}/by_ids" if len(nouns) == 1 else None


class ByParty:
    by: PartyBy


async def root_tree(
    info: Info,
    person: Annotated[strawberry.ID, strawberry.argument(name="root")],
    up: int | None = GENERATIONS,
    down: int | None = GENERATIONS,
    collaterals: bool | None = False,
    as_of: date | None = strawberry.UNSET,
) -> FamilyTree | None:
    """The family tree of a consumer; one that is not known is an error beside null."""
    found = await tree(info, person, up, down, collaterals, as_of)
    if found is None:
        raise Refused(NotFound(path=("root",)))
    return found


@strawberry.type
class Query:
    node: Node | None = joined(
        *(f"{noun}/by_id" for noun in NODES), arguments=ById, required=True, telling={"id": by_id}
    )
    nodes: list[Node | None] = joined(
        *(f"{noun}/by_ids" for noun in NODES),
        arguments=ByIds,
        each="ids",
        required=True,
        prepared={"ids": a_page},
        telling={"ids": by_ids},
    )
    party: PartyRecord | None = joined(
        "parties/survivor_by_id", "parties/by_number", "parties/by_external_id", arguments=ByParty, required=True
    )
    parties: PartyConnection = joined(
        "parties/all",
        arguments=PartyArguments,
        given={"search": "parties/found"},
        prepared={"search": searched, "eligible_for": one_end},
        reach={"parties/found": MOST_HITS},
    )
    relationship_types: list[RelationshipType] = joined("relationship_types/all", arguments=TypeArguments)
    responsibilities: list[Responsibility] = joined("responsibilities/all")
    team: RelationshipConnection = joined("teams/at_location", arguments=TeamArguments, prepared={"location": fold})
    points_types: list[PointsType] = joined("points_types/all", arguments=ActiveArguments)
    operation: Operation | None = joined("operations/by_id", arguments=ById, required=True)
    job: Job | None = joined("jobs/by_id", arguments=ById, required=True)
    jobs: JobConnection = joined("jobs/all", arguments=JobArguments)
    cases: CaseConnection = joined(
        "cases/all",
        arguments=AllCasesArguments,
        given={
            "search": "cases/found",
            "customer": "cases/among_customers",
            "assignee": "cases/among_assignees",
            "status": "cases/in_status",
        },
        prepared={"search": search_words},
    )

    family_tree: FamilyTree | None = strawberry.field(
        resolver=root_tree, description="The family of a consumer; without `asOf` over all time."
    )
    paths: Paths | None = strawberry.field(
        resolver=root_paths, description="How two parties are related; without `asOf` over all time."
    )
    points_preview: PointsPreviewResult = strawberry.field(
        resolver=root_preview,
        extensions=[Refusable()],
        description="What an adjustment of points would leave; refused as the adjustment would be.",
    )
    viewer: Viewer = strawberry.field(resolver=root_viewer, description="Who asks.")
    access: Access | None = strawberry.field(
        resolver=root_access, description="What somebody may do for somebody, as of now, and by what."
    )
    leaving_plan: LeavingPlan | None = strawberry.field(
        resolver=root_leaving, description="What of a household the end of a membership takes; nothing is done."
    )
    restore_plan: UndoPlan | None = strawberry.field(
        resolver=root_restore_plan, description="What restoring an operation would do; nothing is done."
    )
    merge_plan: MergePlanResult = strawberry.field(
        resolver=root_merge_plan,
        extensions=[Refusable()],
        description="What merging two customers would do; nothing is done.",
    )
    undo_merge_plan: UndoPlan | None = strawberry.field(
        resolver=root_undo_merge_plan, description="What undoing a merge would do; nothing is done."
    )
    partner_apps: list[PartnerApp] = strawberry.field(
        resolver=root_apps, description="Partner apps, by name; for administrators."
    )
    partner_app: PartnerApp | None = joined("partner_apps/by_id", arguments=ById, required=True)
    delete_plan: DeletePlanResult = strawberry.field(
        resolver=root_delete_plan,
        extensions=[Refusable()],
        description="What deleting a record, or erasing it, would take; nothing is done.",
    )
    duplicates: DuplicateConnection = strawberry.field(
        resolver=root_duplicates,
        description="Pairs of customers who may be one, the 1,000 likeliest of those that the last run noted.",
    )
    integrity_report: IntegrityReport = strawberry.field(
        resolver=report, description="What of the whole store is damaged or odd; reads all of it."
    )
