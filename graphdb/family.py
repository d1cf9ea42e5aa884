"""Families in the graph: what a tree asks for, level by level.

Each statement answers one row of lists: a row costs the driver as much as fifty items of a list.
"""

from collections.abc import Sequence
from datetime import date

from domain.family import Parentage, Partnership, Person
from domain.family_walk import Frontier, Links, Standing
from domain.relationship_types import Pedigree
from graphdb.graph import Transaction


async def links(tx: Transaction, frontier: Frontier, as_of: date | None) -> Links:
    """The links that a walk wants next, on a day or over all time."""
    (row,) = await tx.rows(
        "family/links",
        parents_of=list(frontier.parents_of),
        children_of=list(frontier.children_of),
        siblings_of=list(frontier.siblings_of),
        partners_of=list(frontier.partners_of),
        as_of=as_of,
    )
    found: dict[str, list[tuple[str, str]]] = {"PARENT": [], "SIBLING": [], "PARTNER": []}
    for link, one, other in row["links"]:
        found[link].append((one, other))
    return Links(found["PARENT"], found["SIBLING"], found["PARTNER"])


async def people(tx: Transaction, standings: Sequence[Standing], as_of: date | None) -> list[Person]:
    """Those who stand in a tree, with what is shown of them."""
    (row,) = await tx.rows("family/people", ids=[s.id for s in standings], as_of=as_of)
    generations = {s.id: s.generation for s in standings}
    return [Person(id, generations[id], born, parents, children) for id, born, parents, children in row["people"]]


async def among(
    tx: Transaction, ids: Sequence[str], as_of: date | None, day: date
) -> tuple[list[Parentage], list[Partnership]]:
    """The parentages and partnerships of people, those that lead out included; `day` tells which are current."""
    (row,) = await tx.rows("family/among", ids=list(ids), as_of=as_of, day=day)
    parentages = [Parentage(parent, child, Pedigree(how)) for some in row["parentages"] for parent, child, how in some]
    return parentages, [Partnership(*told) for some in row["partnerships"] for told in some]
