"""Relationships of a GEDCOM file, made in batches under the rules for all."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from domain.gedcom import DEED, Outcome
from domain.gedcom_remarks import Tell
from domain.gedcom_ties import NAMES, SPOUSE, Tie, may_be_one
from domain.ids import OperationId, PartyId, new_relationship_id
from domain.recording import changes
from domain.refusals import (
    DuplicateRelationship,
    InactiveRelationshipType,
    NotFound,
    Refusal,
    Refused,
    SelfRelationship,
    WouldMakeCycle,
)
from domain.relating import draft_period
from domain.relationships import NewRelationship, Relationship
from graphdb import operations, relationships
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.context import Context
from resolvers.operations import operation
from resolvers.relationships import make

REASONS: dict[type[Refusal], str] = {
    WouldMakeCycle: "would make a cycle",
    SelfRelationship: "of somebody with themself",
    DuplicateRelationship: "told twice",
    InactiveRelationshipType: "the type takes no new ones",
    NotFound: "a person was deleted meanwhile",
}


@dataclass(frozen=True)
class Draft:
    """A tie of the file, and the relationship to be made of it."""

    tie: Tie
    new: NewRelationship


async def tie(
    context: Context,
    done: OperationId,
    ties: Sequence[Tie],
    ids: Mapping[str, PartyId],
    new: Set[PartyId],
    tell: Tell,
) -> Outcome:
    """Makes those of the relationships that are not there yet and that the rules allow.

    `ids` are those of people by their references; who could not be made has none. `new` are those whom this import has
    made: of them there is nothing yet.
    """
    outcome = Outcome()
    drafts = []
    for one in ties:
        if one.source in ids and one.target in ids:
            drafts.append(draft(one, ids))
        else:
            leave_out(one, "a person is missing", outcome, tell)
    wanted = await not_there(context, drafts, new, outcome)
    while wanted:
        try:
            await write(context, done, [each.new for each in wanted])
        except Refused as refused:
            wrong = {int(refusal.path[0]): refusal for refusal in refused.refusals}
            for index, refusal in wrong.items():
                count(refusal, wanted[index].tie, outcome, tell)
            wanted = [each for index, each in enumerate(wanted) if index not in wrong]
        else:
            outcome.made.update(each.tie.type for each in wanted)
            break
    return outcome


def draft(one: Tie, ids: Mapping[str, PartyId]) -> Draft:
    """A tie of the file between the people that it became."""
    new = NewRelationship(
        type=one.type,
        source=ids[one.source],
        target=ids[one.target],
        properties={"pedigree": one.pedigree.value} if one.pedigree else None,
        valid_from=one.start,
        valid_to=one.end,
        note=one.note,
    )
    return Draft(one, new)


async def not_there(context: Context, drafts: Sequence[Draft], new: Set[PartyId], outcome: Outcome) -> list[Draft]:
    """The drafts but those that are there already, which are counted.

    The rules call two imprecise periods one only if they must overlap; here they may be one if they can, so that
    "after 1930" is not a second marriage when the file is imported again, or when somebody has since made it exact.
    """
    pairs = [
        (each.new.source, each.new.target, each.new.type)
        for each in drafts
        if each.new.source not in new and each.new.target not in new
    ]

    async def work(tx: Transaction) -> Sequence[Relationship]:
        return await relationships.between(tx, pairs)

    known: dict[frozenset[PartyId], list[Relationship]] = {}
    for relationship in await context.graph.write(work, DEED, BATCH_SECONDS) if pairs else []:
        known.setdefault(frozenset((relationship.source, relationship.target)), []).append(relationship)
    wanted = []
    for each in drafts:
        others = known.get(frozenset((each.new.source, each.new.target)), [])
        if any(is_there(each.new, other) for other in others):
            outcome.there[each.tie.type] += 1
        else:
            wanted.append(each)
    return wanted


def is_there(new: NewRelationship, other: Relationship) -> bool:
    """Whether a relationship between the same two is the one of the draft."""
    alike = other.type == new.type and (new.type == SPOUSE or other.source == new.source)
    return alike and may_be_one(draft_period(new), other.period)


async def write(context: Context, done: OperationId, drafts: Sequence[NewRelationship]) -> None:
    """Makes relationships under the rules, and writes them down in the operation. Raises Refused."""
    ids = [new_relationship_id() for _ in drafts]

    async def work(tx: Transaction) -> None:
        made = await make(tx, context, drafts, ids)
        told = [change for relationship in made for change in changes(None, relationship)]
        operations.record(tx, operation(context, done, DEED, told))

    await context.graph.write(work, DEED, BATCH_SECONDS)


def count(refusal: Refusal, one: Tie, outcome: Outcome, tell: Tell) -> None:
    """Counts a relationship that the rules refuse: as there already where it is, else as left out."""
    if isinstance(refusal, DuplicateRelationship) and refusal.existing:
        outcome.there[one.type] += 1
    else:
        leave_out(one, REASONS.get(refusal.__class__, refusal.message), outcome, tell)


def leave_out(one: Tie, reason: str, outcome: Outcome, tell: Tell) -> None:
    """Counts and tells of a relationship that is not made."""
    outcome.left[f"{NAMES[one.type]}: {reason}"] += 1
    tell(one.line, f"{NAMES[one.type]} left out: {reason}")
