"""Families in the graph: what a tree asks for, level by level."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from domain.family import Parentage, Partnership, Recorded
from domain.family_walk import Frontier, Links
from domain.relationship_types import Pedigree
from graphdb.graph import Transaction

PEDIGREES = {pedigree.value: pedigree for pedigree in Pedigree}


async def links(tx: Transaction, frontier: Frontier, as_of: date | None) -> Links:
    """The parents, children and siblings that a walk wants next, on a day or over all time."""
    (row,) = await tx.rows(
        "family/links",
        parents_of=list(frontier.parents_of),
        children_of=list(frontier.children_of),
        siblings_of=list(frontier.siblings_of),
        as_of=as_of,
    )
    return Links(
        parents=[*zip(row["parents"], row["children"], strict=True)],
        siblings=[*zip(row["siblings"], row["others"], strict=True)],
    )


async def recorded(tx: Transaction, ids: Sequence[str], as_of: date | None, day: date) -> Recorded:
    """What is recorded of people, on a day or over all time; `day` tells which partnerships are current."""
    (row,) = await tx.rows("family/people", ids=list(ids), as_of=as_of, day=day)
    people, parents, children = row["people"], row["parents"], row["children"]
    born = (date.fromisoformat(birth) if birth else None for birth in row["births"])
    return Recorded(
        births=dict(zip(people, born, strict=True)),
        parents=Counter(child for _, child in {*zip(parents, children, strict=True)}),
        children=dict(zip(people, row["counts"], strict=True)),
        parentages=[*map(Parentage, parents, children, map(PEDIGREES.__getitem__, row["pedigrees"]))],
        partnerships=[*map(Partnership, row["partnerships"], row["ones"], row["others"], row["current"])],
    )
