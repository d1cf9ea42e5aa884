"""The family tree: the graph is asked level by level, `domain.family` arranges (SPEC 9.2)."""

from datetime import date

from domain.family import FamilyTree, arrange
from domain.family_walk import Walk
from domain.ids import PartyId
from domain.parties import PartyKind
from domain.refusals import InvalidValue, Refused
from graphdb import family, parties
from graphdb.graph import Transaction
from resolvers.context import Context

MOST_GENERATIONS = 100


async def family_tree(
    context: Context, root: PartyId, up: int, down: int, collaterals: bool, as_of: date | None
) -> FamilyTree | None:
    """The tree of a consumer, None if there is none of this id; without `as_of` over all time.

    Raises Refused for generations below 0 or beyond MOST_GENERATIONS.
    """
    for name, generations in (("up", up), ("down", down)):
        if not 0 <= generations <= MOST_GENERATIONS:
            raise Refused(InvalidValue(path=(name,), reason=f"must be 0 to {MOST_GENERATIONS}"))
    if PartyKind.of(root) is not PartyKind.CONSUMER:
        return None

    async def work(tx: Transaction) -> FamilyTree | None:
        if not await parties.ends(tx, [root]):
            return None
        walk = Walk(root, up, down, collaterals)
        while frontier := walk.frontier():
            walk.step(await family.links(tx, frontier, as_of))
        standings = walk.people()
        people = await family.people(tx, standings, as_of)
        parentages, partnerships = await family.among(tx, [s.id for s in standings], as_of, as_of or context.today)
        return arrange(root, people, parentages, partnerships, walk.truncated)

    return await context.graph.read(work, "familyTree")
