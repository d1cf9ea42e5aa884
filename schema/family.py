"""Family trees (SPEC 9.2): arranged by the rules, the people and relationships in them read by their ids."""

from collections.abc import Callable, Collection
from datetime import date
from typing import cast

import strawberry

from domain import family
from domain.ids import PartyId
from resolvers.family import family_tree
from resolvers.reading.declare import ref, refs
from schema.enums import CoupleKind, Pedigree
from schema.info import Info
from schema.parties import Party
from schema.relationships import Relationship
from schema.truncations import Truncation, truncation

GENERATIONS = 3
"""How far a tree goes either way unless told."""


@strawberry.type
class TreePerson:
    person: Party
    generation: int
    has_more_parents: bool = strawberry.field(description="Whether there are parents who are not shown.")
    has_more_children: bool = strawberry.field(description="Whether there are children who are not shown.")


@strawberry.type(
    description="Two people with a partnership or a common child of equal pedigree, "
    "or one where no second parent of that pedigree is known."
)
class Couple:
    partners: list[strawberry.ID]
    children: list[strawberry.ID]
    kind: CoupleKind
    relationships: list[Relationship] = strawberry.field(description="All their partnerships.")


@strawberry.type
class Parentage:
    parent: strawberry.ID
    child: strawberry.ID
    pedigree: Pedigree


@strawberry.type(description="Each person once; generation 0 is the root's, -1 that of the parents, 1 of the children.")
class FamilyTree:
    root: Party
    people: list[TreePerson]
    couples: list[Couple]
    parentages: list[Parentage]
    truncated: Truncation | None


async def tree(
    info: Info,
    root: strawberry.ID,
    up: int | None,
    down: int | None,
    collaterals: bool | None,
    as_of: date | None,
) -> FamilyTree | None:
    """The family tree of a consumer, None if there is none of this id; an argument that is null is the default."""
    ups, downs = (GENERATIONS if generations is None else generations for generations in (up, down))
    found = await family_tree(info.context, PartyId(root), ups, downs, bool(collaterals), as_of or None)
    return shown(found.tree, found.hidden, info.context.reading.hide) if found else None


def shown(tree: family.FamilyTree, hidden: Collection[str], hide: Callable[[str], str]) -> FamilyTree:
    """A tree of ids as the schema has it; those hidden are named as their placeholders are."""

    def ids(found: tuple[str, ...]) -> list[strawberry.ID]:
        return cast(list[strawberry.ID], [hide(id) if id in hidden else id for id in found] if hidden else found)

    def parentage(one: family.Parentage) -> Parentage:
        parent, child = ids((one.parent, one.child))
        return Parentage(parent=parent, child=child, pedigree=one.pedigree)

    return FamilyTree(
        root=ref(Party, tree.root),
        people=[
            TreePerson(
                person=ref(Party, p.id),
                generation=p.generation,
                has_more_parents=p.has_more_parents,
                has_more_children=p.has_more_children,
            )
            for p in tree.people
        ],
        couples=[
            Couple(
                partners=ids(c.partners),
                children=ids(c.children),
                kind=c.kind,
                relationships=refs(Relationship, c.relationships),
            )
            for c in tree.couples
        ],
        # those of the rules have the same fields
        parentages=[*map(parentage, tree.parentages)] if hidden else cast(list[Parentage], tree.parentages),
        truncated=truncation(len(tree.people)) if tree.truncated else None,
    )
