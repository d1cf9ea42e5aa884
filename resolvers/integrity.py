"""The integrity report: the graph is read page by page, `domain.faults` judges (SPEC 9.6)."""

from collections.abc import Callable
from datetime import date

from domain.cycles import Link
from domain.definitions import Definitions
from domain.faults import case_faults, crowd_faults, cycle_faults, edge_faults, link_of, party_faults
from domain.integrity import Finding, Found, Report
from graphdb import definitions, integrity
from graphdb.integrity import EDGE_TYPES, Statements
from resolvers.access import permit
from resolvers.context import Context
from resolvers.viewers import ADMINISTRATOR

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """No progress is told."""


async def integrity_report(context: Context, progress: Progress = silent) -> Report:
    """What of the whole graph is not as it should be; `progress` is told each step. Raises Refused.

    Each page is read by itself, so beside writers one record may be seen before a change and its neighbour after it:
    what an error tells of a busy store, a second report confirms.
    """
    permit(context.viewer, "integrityReport")
    rules = await context.graph.read(definitions.settled, "integrityReport")
    report = await examined(context.graph, rules, progress)
    progress("What is odd")
    await examine_oddities(context.graph, report, context.today)
    return report


async def examined(run: Statements, rules: Definitions, progress: Progress = silent) -> Report:
    """The errors in all that `run` sees: a graph, or a transaction of a small one."""
    report, types = Report(), rules.types
    await examine_bookkeeping(run, report)
    progress("Parties")
    async for parties in integrity.parties(run):
        ids = [party.id for party in parties]
        for party in parties:
            report.add(party_faults(party, types))
        report.count(Finding.POINTS_AT_ODDS, *await integrity.points_at_odds(run, ids))
        report.add(Found(finding, (id,)) for finding, id in await integrity.merged(run, ids))
        for party_id, limit, ties in await integrity.crowds(run, ids, types):
            report.add(crowd_faults(party_id, ties, limit))
        for party_id, ties in await integrity.holders(run, ids, rules.responsibilities):
            report.add(crowd_faults(party_id, ties, 1, Finding.SEVERAL_HOLDERS))
        for finding, party_id, ties in await integrity.marked(run, ids):
            report.add(crowd_faults(party_id, ties, 1, finding))
    progress("Cases")
    async for page in integrity.cases(run):
        for found in page:
            report.add(case_faults(found))
    await examine_edges(run, rules, report, progress)
    return report


async def examine_bookkeeping(run: Statements, report: Report) -> None:
    """What stands beside parties and relationships, and what has no id to be read by."""
    report.count(Finding.PARTY_WITHOUT_ID, *await integrity.parties_without_id(run))
    report.count(Finding.RELATIONSHIP_INCOMPLETE, *await integrity.edges_without_id(run))
    report.count(Finding.EXTERNAL_ID_AT_ODDS, *await integrity.external_ids_at_odds(run))
    report.count(Finding.CHANGE_WITHOUT_OPERATION, *await integrity.changes_without_operation(run))
    report.count(Finding.POINTS_OF_NOBODY, *await integrity.lost_points(run))
    report.count(Finding.COMMENT_ON_NOTHING, *await integrity.lost_comments(run))
    report.count(Finding.CONSENT_AT_ODDS, *await integrity.consents_at_odds(run))
    report.count(Finding.SIGN_IN_OF_NOBODY, *await integrity.lost_sign_ins(run, ADMINISTRATOR.id))
    report.count(Finding.KEY_OF_NOBODY, *await integrity.lost_keys(run))
    report.count(Finding.MARK_OF_TWO_AT_ODDS, *await integrity.marks_at_odds(run))
    report.count(Finding.DELETED_AT_ODDS, *await integrity.deleted_at_odds(run))


async def examine_edges(run: Statements, rules: Definitions, report: Report, progress: Progress) -> None:
    """Every relationship; of acyclic types some hundred bytes each are kept until all of an edge are there."""
    for edge in EDGE_TYPES:
        progress(edge)
        links: list[Link] = []
        async for page in integrity.edges(run, edge):
            for found in page:
                report.add(edge_faults(found, rules.types, rules.responsibilities))
            links += [link for found in page if (link := link_of(found, rules.types))]
        report.add(cycle_faults(links))


async def examine_oddities(run: Statements, report: Report, today: date) -> None:
    """What is allowed, and yet odd."""
    report.count(Finding.EMPTY_GROUP, *await integrity.empty_groups(run, today))
    report.count(Finding.NO_HEAD, *await integrity.headless(run, today))
    report.count(Finding.MANY_BIRTH_PARENTS, *await integrity.many_birth_parents(run))
    report.count(Finding.BORN_BEFORE_PARENT, *await integrity.born_before_parent(run))
