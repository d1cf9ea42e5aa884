"""Deleting: what goes along with a record, by which rule, and what is in the way (SPEC 8.1 to 8.3)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from domain.cases import Case, CaseStatus
from domain.delete_tokens import Asked, OpenCaseChoice, token_of
from domain.doomed import MOST, Facts, Root, Thing
from domain.idempotency import digest
from domain.ids import PartyId
from domain.leaving import memberships, settlement
from domain.refusals import CannotBeDeleted, OpenCases, Refusal, StillUsed
from domain.relationships import Relationship

MOST_OWN = 5_000
"""So many cases of its own, or parties that go along, go at once with what else is a job."""
MOST_EXAMPLES = 10


class Rule(Enum):
    """What takes a record along, or changes it."""

    ASKED = "It is what was asked for."
    RELATIONSHIP_OF_TYPE = "A type takes the relationships that use it."
    GROUP_OF_TYPE = "A type takes the groups that are of it."
    MERGED_INTO = "A customer takes those who were merged into it."
    RELATIONSHIP_WITH_RESPONSIBILITY = "A responsibility takes the relationships that carry it, where it was told to."
    RELATIONSHIP_OF_PARTY = "A party takes the relationships in which it is an end."
    MEMBERSHIP = "A party takes its memberships, a household or group those in it."
    WITHIN_HOUSEHOLD = "A household takes the relationships made within it."
    END_LEFT_HOUSEHOLD = "Who is no member any more takes what was made within the household."
    CLOSED_CASE = "A customer takes the cases that are closed."
    OPEN_CASE_CLOSED = "A customer takes an open case, which was told to be closed."
    OPEN_CASE = "A customer takes an open case, which was told to be deleted."
    CASE_LEAVES_HOUSEHOLD = "A case in a household stays, and is in none any more."
    CASE_UNASSIGNED = "A case that somebody of the staff looked after stays, and nobody does any more."
    KEPT = "Of what was deleted before all that was kept is erased."


CHANGES = frozenset({Rule.CASE_LEAVES_HOUSEHOLD, Rule.CASE_UNASSIGNED})
"""Rules by which a record stays, and is changed."""


@dataclass(frozen=True)
class Item:
    """A record that goes, or that is changed, and the rule by which it is."""

    rule: Rule
    id: str
    version: int = 0


@dataclass(frozen=True)
class Deletion:
    """What deleting a record would do, or what is in the way: then nothing of it is done.

    Where it is `many` records, the items are some of them, and the plan is of the record asked for alone.
    """

    asked: Asked
    root: Root
    viewer: str
    items: tuple[Item, ...]
    blockers: tuple[Refusal, ...]
    many: bool

    @property
    def token(self) -> str:
        """The same for the same plan of the same viewer: what was asked, and a hash of all it rests on."""
        covered = [] if self.many else [[item.rule.name, item.id, item.version] for item in self.items]
        told = [self.viewer, repr(self.root), covered, repr(self.blockers), self.many]
        return token_of(self.asked, digest(told), self.many)

    @property
    def counts(self) -> Mapping[Rule, int]:
        """How many records each rule takes, in the order of rules."""
        found = Counter(item.rule for item in self.items)
        return {rule: found[rule] for rule in Rule if found[rule]}

    def of(self, *rules: Rule) -> list[str]:
        """The ids of the records that these rules take."""
        return [item.id for item in self.items if item.rule in rules]


def plan_delete(asked: Asked, facts: Facts, viewer: str) -> Deletion:
    """What deleting takes, and what is in its way, of what was read."""
    root, gone = facts.root, {party.id for party in facts.parties}
    items = [Item(Rule.ASKED, root.id, root.version)]
    items += [Item(Rule.KEPT, id) for id in facts.kept]
    along = Rule.GROUP_OF_TYPE if root.thing is Thing.RELATIONSHIP_TYPE else Rule.MERGED_INTO
    items += [Item(along, party.id, party.version) for party in facts.parties if party.id != root.id]
    taken = [r for r in facts.relationships if r.id != root.id]
    items += [Item(rule_of(r, facts, gone), r.id, r.version) for r in taken]
    items += [Item(Rule.END_LEFT_HOUSEHOLD, r.id, r.version) for r in left(facts, gone)]
    items += [item for one in facts.cases for item in case_items(one, asked, gone)]
    most = MOST + 1
    many = facts.many or len(items) > MOST
    order = {rule: place for place, rule in enumerate(Rule)}
    items.sort(key=lambda item: (order[item.rule], item.id))
    blockers = tuple(in_the_way(asked, facts, viewer, many))
    return Deletion(asked, root, viewer, tuple(items[:most]), blockers, many)


def rule_of(relationship: Relationship, facts: Facts, gone: set[PartyId]) -> Rule:
    """The rule that takes a relationship, which goes; of several the one nearest to what was asked for."""
    if facts.root.thing is Thing.RELATIONSHIP_TYPE and relationship.type == facts.root.code:
        return Rule.RELATIONSHIP_OF_TYPE
    if facts.root.thing is Thing.RESPONSIBILITY:
        return Rule.RELATIONSHIP_WITH_RESPONSIBILITY
    if relationship.household in gone:
        return Rule.WITHIN_HOUSEHOLD
    return Rule.MEMBERSHIP if relationship.type in facts.groups else Rule.RELATIONSHIP_OF_PARTY


def left(facts: Facts, gone: set[PartyId]) -> list[Relationship]:
    """What is over within households that stay, now that memberships of whom stays are gone (SPEC 4.2)."""
    going = {r.id for r in facts.relationships}
    stays = [r for r in facts.housed if r.id not in going and not gone & {r.source, r.target, r.household}]
    return list(settlement(stays, facts.places.but(going)).over)


def leaving(facts: Facts) -> list[Relationship]:
    """The memberships that go of members and households that both stay."""
    gone = {party.id for party in facts.parties}
    stay = [r for r in facts.relationships if not gone & {r.source, r.target}]
    pairs = set(memberships(stay))
    return [r for r in stay if (r.source, r.target) in pairs]


def case_items(this_case: Case, asked: Asked, gone: set[PartyId]) -> list[Item]:
    """What becomes of a case that names a party that goes: it goes with its customer, else it loses what it names."""
    item = Item(Rule.CLOSED_CASE, this_case.id, this_case.version)
    if this_case.customer in gone:
        if this_case.status is CaseStatus.CLOSED:
            return [item]
        closing = asked.open_cases is OpenCaseChoice.CLOSE
        return [replace(item, rule=Rule.OPEN_CASE_CLOSED if closing else Rule.OPEN_CASE)]
    rules = [(this_case.household, Rule.CASE_LEAVES_HOUSEHOLD), (this_case.assignee, Rule.CASE_UNASSIGNED)]
    return [replace(item, rule=rule) for named, rule in rules if named in gone]


def in_the_way(asked: Asked, facts: Facts, viewer: str, many: bool) -> list[Refusal]:
    """Why the record is not deleted."""
    root, found, here = facts.root, list[Refusal](), ("id",)
    if root.built_in:
        found.append(CannotBeDeleted(path=here, reason="is built in"))
    if root.id == viewer:
        found.append(CannotBeDeleted(path=here, reason="is yourself"))
    if root.kept and not asked.erase:
        found.append(CannotBeDeleted(path=here, reason="is deleted already"))
    if facts.going:
        found.append(
            CannotBeDeleted(path=here, reason="is being deleted, or restored; it can be erased once that is done")
        )
    if many and asked.erase:
        found.append(CannotBeDeleted(path=here, reason="takes more records than go at once; delete it, then erase it"))
    gone = {party.id for party in facts.parties}
    own = [this_case for this_case in facts.cases if this_case.customer in gone]
    if many and len(gone) > MOST_OWN:
        found.append(
            CannotBeDeleted(path=here, reason=f"takes more than {MOST_OWN:,} parties; delete some of them first")
        )
    if many and len(own) > MOST_OWN:
        found.append(CannotBeDeleted(path=here, reason=f"has more than {MOST_OWN:,} cases"))
    opened = [c for c in own if c.status is CaseStatus.OPEN]
    if opened and asked.open_cases is None:
        found.append(
            OpenCases(path=("openCases",), count=len(opened), cases=tuple(c.id for c in opened[:MOST_EXAMPLES]))
        )
    if root.thing is Thing.RESPONSIBILITY and facts.relationships and not asked.take_relationships:
        examples = tuple(r.id for r in facts.relationships[:MOST_EXAMPLES])
        found.append(StillUsed(path=("takeRelationships",), count=len(facts.relationships), examples=examples))
    return found
