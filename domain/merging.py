"""Merging: two customers become one, as a plan shows before (SPEC 7.1 to 7.3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from domain import consumers
from domain.collapsing import Fates, ended, fates
from domain.idempotency import digest
from domain.ledgers import Ledger, joined
from domain.lifecycle import CustomerAction, InactiveReason, Standing, Word, check, told
from domain.merge_facts import MergeFacts, MovedConsent
from domain.merge_tokens import Asked, token_of
from domain.neighbours import Neighbours
from domain.parties import CustomerStatus, Party, PartyKind, complete
from domain.points import MOST_POINTS
from domain.refusals import InvalidValue, NotTheSame, Refusal, Refused, TooManyRecords, WrongSurvivor
from domain.relationship_types import Category
from domain.winners import Field, MergeSide, party_fields, wrong_winners

BEFORE = (CustomerStatus.ACTIVE, CustomerStatus.ENROLLED)


class MergeWarning(Enum):
    """What has to be confirmed by name; the value says it in a sentence for people."""

    RELATED_BY_PARENTAGE = "One of the two is a parent of the other."
    RELATED_BY_PARTNERSHIP = "The two are, or were, partners."
    BIRTH_DATES_DIFFER = "The two were born on different days."


@dataclass(frozen=True, kw_only=True)
class MergePlan:
    """What a merge would do, and what is in its way; nothing of it is done where anything is.

    `after` is the survivor as it will be; `ledger` the survivor's, None where it stays as it is. `wrong_winners` are
    those chosen of what cannot be chosen.
    """

    asked: Asked
    facts: MergeFacts
    after: Party
    fields: tuple[Field, ...]
    fates: Fates
    ledger: Ledger | None
    warnings: tuple[MergeWarning, ...]
    blockers: tuple[Refusal, ...]
    wrong_winners: tuple[Refusal, ...]
    can_swap: bool
    token: str

    @property
    def opts_out(self) -> bool:
        """Whether the survivor no longer wants email, since the other never did."""
        return opted(self.facts.survivor) and not opted(self.facts.merged)

    @property
    def consents(self) -> tuple[MovedConsent, ...]:
        """The consents that move: all but those to an app to which the survivor has consented, whose own stands."""
        apps = {consent.app for consent in self.facts.our_consents if consent.open}
        return tuple(one for one in self.facts.their_consents if not (one.open and one.app in apps))

    def survivor(self, at: datetime, by: str) -> Party:
        """The survivor as it will be when that is done at a time by somebody."""
        out = Word(False, at, by, "merge").stored() if self.opts_out else {}
        return replace(self.after, properties={**self.after.properties, **out})

    @property
    def merged(self) -> Party:
        """The merged customer as it will be."""
        gone = Standing(CustomerStatus.MERGED).stored()
        before = self.facts.merged
        return complete(replace(before, properties={**before.properties, **gone}, external_ids=()))


def plan_merge(asked: Asked, facts: MergeFacts, viewer: str) -> MergePlan:
    """What merging two customers would do, for a viewer."""
    winners = dict(asked.chosen)
    ours, theirs = facts.survivor, facts.merged
    fields, become = party_fields(ours, theirs, winners)
    gone = {tie.id for tie in facts.theirs}
    own = [tie for tie in facts.existing if tie.id not in gone and ours.id in (tie.source, tie.target)]
    found = fates(facts.theirs, own, ours.id, theirs.id, facts.types, winners, facts.places)
    wrong = list[Refusal]()
    if ours.kind is PartyKind.CONSUMER:
        follows, wrong = consumers.completed(become, {})
        become |= follows
    external_ids = tuple(sorted({*ours.external_ids, *theirs.external_ids}, key=lambda one: one.key))
    after = complete(replace(ours, properties={**ours.properties, **become}, external_ids=external_ids))
    ledger = joined(facts.our_lines, facts.their_lines) if facts.their_lines else None
    standing = list(wrong_standing(facts))
    others = [
        *(refusal.under("winners") for refusal in wrong),
        *blocked(facts),
        *in_the_way(facts, found),
        *too_much(ledger),
    ]
    warnings = tuple(warned(facts))
    shown = (*fields, *by_rule(facts))
    blockers = (*standing, *others)
    rests = digest(
        [
            viewer,
            [said(ours), said(theirs)],
            [repr(shown), repr(found), repr(facts.theirs), repr(facts.cases), repr(ledger)],
            [repr(facts.our_consents), repr(facts.their_consents)],
            [repr(facts.types[code]) for code in sorted({tie.type for tie in facts.theirs})],
            [repr(warnings), repr(blockers)],
        ]
    )
    return MergePlan(
        asked=asked,
        facts=facts,
        after=after,
        fields=shown,
        fates=found,
        ledger=ledger,
        warnings=warnings,
        blockers=blockers,
        wrong_winners=tuple(wrong_winners(asked.chosen, [*shown, *found.fields])),
        can_swap=not others and fits(standing_of(theirs), standing_of(ours)),
        token=token_of(asked, rests),
    )


def said(party: Party) -> str:
    """All that is stored of a party, as text that is the same for the same."""
    return repr(
        [party.id, party.version, sorted(party.properties.items()), sorted(repr(e) for e in party.external_ids)]
    )


def opted(party: Party) -> bool:
    """Whether a customer wants email."""
    return bool(party.properties.get("email_opt_in"))


def standing_of(party: Party) -> Standing:
    """Where a customer stands."""
    return Standing.of(party.properties)


def can_go(standing: Standing) -> bool:
    """Whether a customer can be merged into another."""
    return standing.status in BEFORE or standing == Standing(CustomerStatus.INACTIVE, InactiveReason.UNENROLLED)


def fits(survivor: Standing, merged: Standing) -> bool:
    """Whether two customers can be merged this way round, by their statuses (SPEC 7.1)."""
    if survivor.status is CustomerStatus.ACTIVE:
        return can_go(merged) and merged.status is not CustomerStatus.ENROLLED
    return survivor.status is CustomerStatus.ENROLLED and can_go(merged)


def wrong_standing(facts: MergeFacts) -> Iterator[Refusal]:
    """What the statuses don't allow: by name for whom can't be merged at all, else that it is the wrong way round."""
    survivor, merged = standing_of(facts.survivor), standing_of(facts.merged)
    for place, standing in (("survivor", survivor), ("merged", merged)):
        try:
            check(standing, CustomerAction.MERGE, place)
        except Refused as refused:
            yield from refused.refusals
            return
    if not fits(survivor, merged):
        yield WrongSurvivor(path=("survivor",), status=told(survivor))


def blocked(facts: MergeFacts) -> Iterator[Refusal]:
    """What stands in the way of the two, whatever they have."""
    if facts.not_same:
        yield NotTheSame(path=("merged",))
    if facts.records > facts.limit:
        yield TooManyRecords(path=("merged",), count=facts.records, limit=facts.limit)


def in_the_way(facts: MergeFacts, found: Fates) -> Iterator[Refusal]:
    """Limits and cycles that the relationships would meet as they will be; each at the relationship's id."""
    survivor, merged = facts.survivor.id, facts.merged.id
    become = [*(after for _, after in found.moved), *(after for _, after in found.changed)]
    away = {tie.id for tie in facts.theirs} | {fate.before.id for fate in found.fates} | {tie.id for tie in become}
    lineage = [ended(tie, merged, survivor) for tie in facts.lineage if tie.id not in away]
    beside = Neighbours(
        facts.types,
        [tie for tie in facts.existing if tie.id not in away],
        [tie for tie in lineage if tie.source != tie.target],
        [(tie.type, tie.source, tie.target) for tie in become],
        {responsibility.code for responsibility in facts.responsibilities if responsibility.exclusive},
    )
    for tie in become:
        yield from (refusal.under(tie.id) for refusal in beside.in_the_way(tie))
        beside.add(tie)


def too_much(ledger: Ledger | None) -> Iterator[Refusal]:
    """Points that would be more than there can be."""
    for code, balance in (ledger.balances if ledger else {}).items():
        if balance > MOST_POINTS:
            yield InvalidValue(path=("points", code), reason=f"would leave more than {MOST_POINTS:,}")


def warned(facts: MergeFacts) -> Iterator[MergeWarning]:
    """What has to be confirmed."""
    between = {
        facts.types[tie.type].category
        for tie in facts.theirs
        if {tie.source, tie.target} == {facts.survivor.id, facts.merged.id}
    }
    if Category.PARENTAGE in between:
        yield MergeWarning.RELATED_BY_PARENTAGE
    if Category.PARTNERSHIP in between:
        yield MergeWarning.RELATED_BY_PARTNERSHIP
    if born_apart(facts.survivor, facts.merged):
        yield MergeWarning.BIRTH_DATES_DIFFER


def born_apart(one: Party, other: Party) -> bool:
    """Whether two birth dates cannot be of the same day; an imprecise one may be."""
    days = [born(party) for party in (one, other)]
    if not all(days):
        return False
    (first, until), (start, end) = ((day or (date.min, date.max)) for day in days)
    return max(first, start) > min(until, end)


def born(party: Party) -> tuple[date, date] | None:
    """The first and the last day on which somebody can have been born, None where nothing is known."""
    if party.properties.get("birth_date") is None:
        return None
    first, last = (party.properties.get(f"birth_date_{end}") for end in ("earliest", "latest"))
    return (first if isinstance(first, date) else date.min, last if isinstance(last, date) else date.max)


def by_rule(facts: MergeFacts) -> Iterator[Field]:
    """Fields of which nothing can be chosen (SPEC 7.2)."""
    ours, theirs = facts.survivor, facts.merged
    survivor, merged = standing_of(ours), standing_of(theirs)
    yield Field("status", told(survivor), told(merged), MergeSide.SURVIVOR, by_rule=True)
    out = MergeSide.MERGED if opted(ours) and not opted(theirs) else MergeSide.SURVIVOR
    yield Field("emailPreference", opted(ours), opted(theirs), out, by_rule=True)
    if ours.kind is PartyKind.CONSUMER:
        yield Field("signIn", survivor.status in BEFORE, merged.status in BEFORE, MergeSide.SURVIVOR, by_rule=True)
        one, other = home(facts, ours), home(facts, theirs)
        stays = MergeSide.MERGED if one is None and other else MergeSide.SURVIVOR
        yield Field("primaryHousehold", one, other, stays, by_rule=True)


def home(facts: MergeFacts, party: Party) -> str | None:
    """A consumer's primary household today."""
    today = facts.places.today
    rows = (*facts.theirs, *facts.existing)
    return next((r.target for r in rows if r.source == party.id and r.primary and r.period.holds_on(today)), None)
