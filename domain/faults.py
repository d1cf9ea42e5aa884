"""Faults: what is wrong with a record as it was found, by itself or beside others (SPEC 9.6)."""

from collections.abc import Iterator, Mapping, Sequence

from domain.cases import CaseStatus
from domain.cycles import Link, Links
from domain.integrity import Finding, Found, StoredCase, StoredEdge, StoredParty, StoredTie
from domain.lifecycle import ACTIONS, InactiveReason
from domain.limits import crowded
from domain.neighbours import in_household
from domain.partial_dates import Period
from domain.parties import CUSTOMERS, CustomerStatus, PartyKind
from domain.periods import checked_period
from domain.refusals import EndBeforeStart
from domain.relationship_types import ENDS, Category, Pedigree, RelationshipType
from domain.responsibilities import Responsibility, wrong_responsibility
from domain.within import Places, first_day

ALWAYS = Period(None, None)
STATUSES = {status.value for status in CustomerStatus}
CASE_STATUSES = {status.value for status in CaseStatus}
STANDINGS = {(status.value, reason and reason.value) for status, reason in ACTIONS}
PEDIGREES = {pedigree.value for pedigree in Pedigree}


def party_faults(party: StoredParty, types: Mapping[str, RelationshipType]) -> Iterator[Found]:
    """What is wrong with a party by itself."""
    kind = PartyKind.of(party.id)
    if kind is None or party.kind != kind.value or party.labels != {"Party", kind.value}:
        yield Found(Finding.PARTY_AT_ODDS, (party.id,))
    if not party.name or party.sort_name is None or not party.search:
        yield Found(Finding.PARTY_WITHOUT_NAME, (party.id,))
    if kind in CUSTOMERS and not (party.number and party.status in STATUSES):
        yield Found(Finding.CUSTOMER_INCOMPLETE, (party.id,))
    elif kind in CUSTOMERS and not stands(party):
        yield Found(Finding.STATUS_AT_ODDS, (party.id,))
    if kind is PartyKind.GROUP:
        type = types.get(party.group_type or "")
        if type is None or type.category is not Category.GROUP:
            yield Found(Finding.UNKNOWN_GROUP_TYPE, (party.id,))


def stands(party: StoredParty) -> bool:
    """Whether a customer's status is one of the lifecycle's; whoever is deactivated can be reactivated to another."""
    deactivated = party.inactive_reason == InactiveReason.DEACTIVATED.value
    before = (CustomerStatus.ACTIVE.value, CustomerStatus.ENROLLED.value) if deactivated else (None,)
    return (party.status, party.inactive_reason) in STANDINGS and party.status_before in before


def case_faults(found: StoredCase) -> Iterator[Found]:
    """What is wrong with a case, and with the comments on it, of which a constraint lets no two be in one place."""
    here = (found.id,)
    known = found.status in CASE_STATUSES
    if not (found.number and found.subject and found.search and found.has_version and known):
        yield Found(Finding.CASE_INCOMPLETE, here)
    if known and found.has_closed_at is not (found.status == CaseStatus.CLOSED.value):
        yield Found(Finding.CASE_AT_ODDS, here)
    if not found.customer or False in (found.household, found.assignee):
        yield Found(Finding.CASE_OF_NOBODY, here)
    if not found.comments == found.said == found.last_place:
        yield Found(Finding.COMMENTS_AT_ODDS, here)


def edge_faults(
    edge: StoredEdge, types: Mapping[str, RelationshipType], known: Sequence[Responsibility]
) -> Iterator[Found]:
    """What is wrong with a relationship by itself and beside others between the same two.

    Without its type nothing more can be said of one.
    """
    here = (edge.tie.id,)
    if edge.type is None or edge.version is None:
        yield Found(Finding.RELATIONSHIP_INCOMPLETE, here)
    if edge.type is None:
        return
    type = types.get(edge.type)
    if type is None:
        yield Found(Finding.UNKNOWN_TYPE, here)
        return
    if (edge.edge, edge.category, edge.symmetric) != (type.edge, type.category.value, type.symmetric):
        yield Found(Finding.TYPE_AT_ODDS, here)
    yield from (Found(finding, here) for finding in (*end_faults(edge, type, known), *period_faults(edge, type)))
    if type.category is Category.PARENTAGE and edge.pedigree not in PEDIGREES:
        yield Found(Finding.PEDIGREE_MISSING, here)
    if not well_marked(edge, type):
        yield Found(Finding.MARK_AT_ODDS, here)
    for other in edge.later:
        if (type.symmetric or other.source == edge.tie.source) and other.period.overlaps(edge.tie.period):
            yield Found(Finding.DUPLICATE, (edge.tie.id, other.id))


def end_faults(edge: StoredEdge, type: RelationshipType, known: Sequence[Responsibility]) -> Iterator[Finding]:
    """What is wrong with the kinds at the ends, and with the responsibility, which is judged between right kinds."""
    source = next((kind for kind in type.source_kinds if kind.value == edge.source_kind), None)
    target = next((kind for kind in type.target_kinds if kind.value == edge.target_kind), None)
    other_group = type.category is Category.GROUP and edge.group_type not in (None, type.code)
    if other_group or edge.tie.source == edge.tie.target:
        yield Finding.ENDS_AT_ODDS
    elif source is None or target is None:
        yield Finding.ENDS_NO_LONGER_FIT if once_fitted(edge, type) else Finding.ENDS_AT_ODDS
    if source and target and wrong_responsibility(edge.responsibility, type, source, target, known):
        yield Finding.WRONG_RESPONSIBILITY


def once_fitted(edge: StoredEdge, type: RelationshipType) -> bool:
    """Whether a type may have taken the kinds at the ends before it was changed: another of its category could."""
    kinds = zip((edge.source_kind, edge.target_kind), ENDS[type.category], strict=True)
    return type.version > 1 and all(kind in {one.value for one in taken} for kind, taken in kinds)


def well_marked(edge: StoredEdge, type: RelationshipType) -> bool:
    """Whether a membership says whether it is head and primary, and only a place in a household is so (SPEC 4.1)."""
    marks = (edge.is_head, edge.is_primary)
    if in_household(type, edge.tie.source, edge.tie.target):
        return None not in marks
    return marks == ((False, False) if type.category is Category.GROUP else (None, None))


def period_faults(edge: StoredEdge, type: RelationshipType) -> Iterator[Finding]:
    """What is wrong with the dates, and with the days that were worked out from them."""
    period, refusals = checked_period(edge.tie.valid_from, edge.tie.valid_to, type.category)
    if any(isinstance(refusal, EndBeforeStart) for refusal in refusals):
        yield Finding.END_BEFORE_START
    if any(not isinstance(refusal, EndBeforeStart) for refusal in refusals):
        yield Finding.INVALID_DATE
        return
    period = period or edge.tie.period
    if type.within_household or edge.within:
        yield from household_faults(edge, type, period)
        return
    first = period.start.earliest if period.start else None
    until = period.end.latest if period.end else None
    if (edge.valid_from_day, edge.valid_to_day) != (first, until):
        yield Finding.DAYS_AT_ODDS


def household_faults(edge: StoredEdge, type: RelationshipType, period: Period) -> Iterator[Finding]:
    """What is wrong with a relationship that is made within a household, or should be, and with the days on which it
    holds there."""
    if edge.within is None or edge.valid_from_day is None or not type.within_household:
        yield Finding.NOT_IN_ONE_HOUSEHOLD
        return
    first = first_day(period, edge.valid_from_day)
    within = Places(first, edge.rows).days(edge.within.household, (edge.tie.source, edge.tie.target), first)
    if within is None:
        yield Finding.NOT_IN_ONE_HOUSEHOLD
    elif (edge.within, edge.valid_to_day) != (within, within.last_day(period)):
        yield Finding.DAYS_AT_ODDS


def crowd_faults(
    party: str, ties: Sequence[StoredTie], limit: int, finding: Finding = Finding.TOO_MANY
) -> Iterator[Found]:
    """Whether of the relationships at a limited end more than the limit must hold on some day: those that do then."""
    if crowd := crowded(ALWAYS, ties, limit + 1):
        yield Found(finding, (party, *(tie.id for tie in crowd)))


def link_of(edge: StoredEdge, types: Mapping[str, RelationshipType]) -> Link | None:
    """A relationship as cycles see it, None where it is of no acyclic type."""
    type = types.get(edge.type or "")
    if type is None or not type.acyclic:
        return None
    always = type.category is Category.PARENTAGE
    return Link(edge.tie.source, edge.tie.target, None if always else edge.tie.period)


def cycle_faults(links: Sequence[Link]) -> Iterator[Found]:
    """The cycles among the links of all acyclic types of one edge.

    A link closes a cycle with those before it or it doesn't, as if they had been made one after another; one that does
    is left out, so that each cycle is told once.
    """
    closed = Links((), links)
    if not closed.may_close:
        return
    core = in_circles(links)
    closed = Links((), core)
    for link in core:
        if cycle := closed.cycle(link):
            yield Found(Finding.CYCLE, cycle)
        else:
            closed.add(link)


def in_circles(links: Sequence[Link]) -> list[Link]:
    """The links without those that lead from where none leads to, or to where none leads from, until none is such.

    Of a graph nearly without cycles that leaves nearly nothing to search.
    """
    left = list(links)
    while True:
        sources, targets = {link.source for link in left}, {link.target for link in left}
        inner = [link for link in left if link.source in targets and link.target in sources]
        if len(inner) == len(left):
            return inner
        left = inner
