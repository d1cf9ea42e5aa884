"""What a decision on new or changed relationships rests on: locked, and read (SPEC 3.3, DESIGN 2)."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.ids import PartyId
from domain.neighbours import in_household
from domain.partial_dates import Period
from domain.relating import draft_period, locks
from domain.relationship_types import RelationshipType
from domain.relationships import End, Known, NewRelationship, Relationship
from domain.within import Places
from graphdb import definitions, households, relationships
from graphdb.graph import Transaction


async def surroundings(
    tx: Transaction,
    drafts: Sequence[NewRelationship],
    new_ends: Mapping[PartyId, End],
    today: date,
    *,
    lock: bool = True,
) -> Known:
    """Locks what a decision on these drafts rests on, unless it is only planned, and tells what of it the graph holds.

    What to lock follows from types that the same statement reads. So they are guessed, and where they have changed
    since this process last saw them it is asked again.
    """
    guess, codes = definitions.guess(tx), {draft.type for draft in drafts}
    while True:
        typed = [(draft, guess[draft.type]) for draft in drafts if draft.type in guess]
        housed = [draft for draft, type in typed if in_household(type, draft.source, draft.target)]
        headed = {draft.target for draft in housed if draft.head}
        there = await relationships.around(
            tx,
            codes,
            *(locks(((type, draft.source, draft.target) for draft, type in typed), headed) if lock else ([], [])),
            ids=[id for draft in drafts for id in draft.parties if id not in new_ends],
            pairs=[(draft.source, draft.target, draft.type) for draft in drafts],
            limited=[end for draft, type in typed for end in limited_ends(draft, type)],
            entrusted=[(d.target, d.responsibility, draft_period(d)) for d in drafts if d.responsibility is not None],
            headed=headed,
            primary={draft.source for draft in housed if draft.primary is not False},
        )
        types = there.defined.types
        if all(guess.get(code) == types.get(code) for code in codes):
            break
        guess = dict(types)
    acyclic: dict[str, list[NewRelationship]] = {}
    for draft, type in typed:
        if type.acyclic:
            acyclic.setdefault(type.edge, []).append(draft)
    return Known(
        types=types,
        responsibilities=there.defined.responsibilities,
        ends={**there.ends, **new_ends},
        existing=there.existing,
        lineage=[r for edge, some in acyclic.items() for r in await lineage(tx, edge, some, types)],
        places=await places(tx, drafts, today),
    )


async def places(tx: Transaction, drafts: Sequence[NewRelationship], today: date) -> Places:
    """Who of the ends of drafts is when a member of the household that they are to be made within."""
    pairs = [(end, d.household) for d in drafts if d.household for end in (d.source, d.target)]
    return Places(today, await households.places(tx, pairs) if pairs else ())


def limited_ends(draft: NewRelationship, type: RelationshipType) -> list[tuple[PartyId, RelationshipType, str, Period]]:
    """The ends of a draft at which only so many are allowed at a time."""
    ends = ((draft.source, "source", type.max_per_source), (draft.target, "target", type.max_per_target))
    return [(party, type, end, draft_period(draft)) for party, end, limit in ends if limit is not None]


async def lineage(
    tx: Transaction, edge: str, drafts: Sequence[NewRelationship], types: Mapping[str, RelationshipType]
) -> Sequence[Relationship]:
    """Where drafts of acyclic types of one edge might close a cycle."""
    codes = [code for code, type in types.items() if type.acyclic and type.edge == edge]
    sources, targets = [draft.source for draft in drafts], [draft.target for draft in drafts]
    return await relationships.lineage(tx, sources, targets, codes)
