"""GEDCOM import: people first, then how they are related, each batch in its own transaction (SPEC 9.7)."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from domain.gedcom import Report, Tally, system_of
from domain.gedcom_people import Person, admitted
from domain.gedcom_ties import NAMES, PARENT, SPOUSE, Tie, may_be_one
from domain.ids import OperationId, PartyId, new_operation_id, new_relationship_id
from domain.operations import Change
from domain.parties import ExternalId, Party
from domain.refusals import (
    DuplicateRelationship,
    InactiveRelationshipType,
    NotFound,
    Refusal,
    Refused,
    SelfRelationship,
    WouldMakeCycle,
)
from domain.relationships import MOST_AT_ONCE, NewRelationship, Relationship, draft_period
from graphdb import operations, parties, relationships
from graphdb.errors import NotUnique
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.gedcom.reading import Progress, read
from resolvers.operations import operation
from resolvers.parties import TRIES, recorded
from resolvers.relationships import changes, make

DEED = "importGedcom"
PEOPLE_AT_ONCE = 1000
REASONS: dict[type[Refusal], str] = {
    WouldMakeCycle: "would make a cycle",
    SelfRelationship: "of somebody with themself",
    DuplicateRelationship: "told twice",
    InactiveRelationshipType: "the type takes no new ones",
    NotFound: "a person was deleted meanwhile",
}


@dataclass(frozen=True)
class Outcome:
    """What became of people ("people") and relationships (by type): made, there already, and left out by reason."""

    made: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Outcome") -> None:
        """Counts another outcome in."""
        self.made.update(other.made)
        self.there.update(other.there)
        self.left.update(other.left)


async def import_gedcom(context: Context, file: Path, source: str, progress: Progress) -> Report:
    """Brings the people, parentages and partnerships of a file in, as one operation.

    Who was imported from this source before stays as it is. `progress` is told how many steps are done of how many:
    each record is one to read, each person and family another to write; while the file is read, another thread tells.
    Raises NotGedcom, and then nothing is written; Refused where the source's name cannot stand in external ids.
    """
    permit(context.viewer, DEED)
    system, done = system_of(source), new_operation_id()
    here, steps = 0, 0

    def told(now: int, all: int) -> None:
        nonlocal here, steps
        here, steps = now, all
        progress(now, all)

    tree = await asyncio.to_thread(read, file, context.today, told)
    total, ids = Outcome(left=Counter(tree.left_out)), dict[str, PartyId]()
    for start in range(0, len(tree.people), PEOPLE_AT_ONCE):
        some = tree.people[start : start + PEOPLE_AT_ONCE]
        found, outcome = await settle(context, done, system, some)
        ids |= found
        total.add(outcome)
        told(here + len(some), steps)
    before = here
    for start in range(0, len(tree.ties), MOST_AT_ONCE):
        total.add(await tie(context, done, tree.ties[start : start + MOST_AT_ONCE], ids))
        told(before + (steps - before) * min(start + MOST_AT_ONCE, len(tree.ties)) // len(tree.ties), steps)
    told(steps, steps)
    return Report(tally(total.made), tally(total.there), dict(sorted((+total.left).items())))


async def settle(
    context: Context, done: OperationId, system: str, people: Sequence[Person]
) -> tuple[dict[str, PartyId], Outcome]:
    """Makes those of the people who are not there yet; their ids by reference, whoever made them.

    Tried again where a number was drawn twice, or another import brings the same people at the same time.
    """
    keys = {ExternalId(system, person.xref).key: person.xref for person in people}
    for _ in range(TRIES):
        rows = await context.graph.rows("parties/holders", keys=list(keys), login=None)
        there = {keys[row["key"]]: PartyId(row["party"]) for row in rows}
        new, left = dict[str, Party](), Counter[str]()
        for person in people:
            if person.xref not in there:
                party, lost = admitted(person, system, context.country)
                left += lost
                if party:
                    new[person.xref] = party
        try:
            await write_people(context, done, list(new.values()))
        except NotUnique:
            continue
        ids = there | {xref: party.id for xref, party in new.items()}
        return ids, Outcome(Counter(people=len(new)), Counter(people=len(there)), left)
    raise RuntimeError("no free numbers were drawn")


async def write_people(context: Context, done: OperationId, new: Sequence[Party]) -> None:
    """Makes people, and writes them down in the operation."""
    told = [Change(party.id, party.id, None, recorded(party)) for party in new]

    async def work(tx: Transaction) -> None:
        await parties.create(tx, new, context.now)
        await operations.record(tx, operation(context, done, DEED, told))

    if new:
        await context.graph.write(work, DEED, BATCH_SECONDS)


async def tie(context: Context, done: OperationId, ties: Iterable[Tie], ids: dict[str, PartyId]) -> Outcome:
    """Makes those of the relationships that are not there yet and that the rules allow."""
    outcome = Outcome()
    drafts = []
    for one in ties:
        if one.source in ids and one.target in ids:
            drafts.append(draft(one, ids))
        else:
            outcome.left[f"{NAMES[one.type]}: a person is missing"] += 1
    drafts = await not_there(context, drafts, outcome)
    while drafts:
        try:
            await write_relationships(context, done, drafts)
        except Refused as refused:
            wrong = {int(refusal.path[0]): refusal for refusal in refused.refusals}
            for index, refusal in wrong.items():
                count(refusal, drafts[index].type, outcome)
            drafts = [each for index, each in enumerate(drafts) if index not in wrong]
        else:
            outcome.made.update(each.type for each in drafts)
            break
    return outcome


def draft(one: Tie, ids: dict[str, PartyId]) -> NewRelationship:
    """A tie of the file between the people that it became."""
    return NewRelationship(
        type=one.type,
        source=ids[one.source],
        target=ids[one.target],
        properties={"pedigree": one.pedigree.value} if one.pedigree else None,
        valid_from=one.start,
        valid_to=one.end,
    )


async def not_there(context: Context, drafts: Sequence[NewRelationship], outcome: Outcome) -> list[NewRelationship]:
    """The drafts but those that are there already, which are counted.

    The rules call two imprecise periods one only if they must overlap; here they may be one if they can, so that
    "after 1930" is not a second marriage when the file is imported again, or when somebody has since made it exact.
    """
    pairs = [(each.source, each.target, each.type) for each in drafts]

    async def work(tx: Transaction) -> list[Relationship]:
        return await relationships.between(tx, pairs)

    known: dict[frozenset[PartyId], list[Relationship]] = {}
    for relationship in await context.graph.read(work, DEED) if pairs else []:
        known.setdefault(frozenset((relationship.source, relationship.target)), []).append(relationship)
    wanted = []
    for each in drafts:
        others = known.get(frozenset((each.source, each.target)), [])
        if any(is_there(each, other) for other in others):
            outcome.there[each.type] += 1
        else:
            wanted.append(each)
    return wanted


def is_there(new: NewRelationship, other: Relationship) -> bool:
    """Whether a relationship between the same two is the one of the draft."""
    alike = other.type == new.type and (new.type == SPOUSE or other.source == new.source)
    return alike and may_be_one(draft_period(new), other.period)


async def write_relationships(context: Context, done: OperationId, drafts: Sequence[NewRelationship]) -> None:
    """Makes relationships under the rules, and writes them down in the operation. Raises Refused."""
    ids = [new_relationship_id() for _ in drafts]

    async def work(tx: Transaction) -> None:
        made = await make(tx, context, drafts, ids)
        told = [change for relationship in made for change in changes(None, relationship)]
        await operations.record(tx, operation(context, done, DEED, told))

    await context.graph.write(work, DEED, BATCH_SECONDS)


def count(refusal: Refusal, type: str, outcome: Outcome) -> None:
    """Counts a relationship that the rules refuse: as there already where it is, else as left out."""
    if isinstance(refusal, DuplicateRelationship) and refusal.existing:
        outcome.there[type] += 1
    else:
        outcome.left[f"{NAMES[type]}: {REASONS.get(refusal.__class__, refusal.message)}"] += 1


def tally(counts: Counter[str]) -> Tally:
    """What was counted of people and relationships."""
    return Tally(counts["people"], counts[PARENT], counts[SPOUSE])
