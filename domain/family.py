"""A family tree, arranged for drawing: people in generations, couples with their children (SPEC 9.2).

What there may be thousands of are named tuples, which are made, compared and hashed several times as fast.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from domain.relationship_types import Pedigree

Partners = tuple[str, ...]
"""Two people, the lower id first, or one."""


class CoupleKind(Enum):
    """MARRIED while a partnership holds, FORMER where all have ended, PARENTS_ONLY where there was none."""

    MARRIED = "MARRIED"
    FORMER = "FORMER"
    PARENTS_ONLY = "PARENTS_ONLY"


class Person(NamedTuple):
    """Somebody who stands in the tree.

    `born` is the earliest day; `parents` and `children` count the people in the whole graph, each once.
    """

    id: str
    generation: int
    born: date | None
    parents: int
    children: int


class Partnership(NamedTuple):
    """A relationship of category PARTNERSHIP; `current` as of the tree's day."""

    id: str
    a: str
    b: str
    current: bool


class Parentage(NamedTuple):
    """One person is another's parent, whether by one relationship or by several of the same pedigree."""

    parent: str
    child: str
    pedigree: Pedigree


@dataclass(frozen=True)
class Recorded:
    """What is recorded of some people: their births, how many parents and children each has in the graph, their
    parentages as children, and their partnerships. Whoever is not there is not among the births."""

    births: Mapping[str, date | None] = field(default_factory=dict)
    parents: Mapping[str, int] = field(default_factory=dict)
    children: Mapping[str, int] = field(default_factory=dict)
    parentages: Sequence[Parentage] = ()
    partnerships: Sequence[Partnership] = ()

    def born_known_of(self, shown: Collection[str]) -> "Recorded":
        """The same, births being unknown of all but these: who is hidden does not stand in the order of birth."""
        return replace(self, births={id: born if id in shown else None for id, born in self.births.items()})


class TreePerson(NamedTuple):
    """`has_more_parents` and `has_more_children`: it has such as are not shown."""

    id: str
    generation: int
    has_more_parents: bool
    has_more_children: bool


class Couple(NamedTuple):
    """Two people, or one where a child has no second parent of that pedigree; `relationships`: their partnerships."""

    partners: Partners
    children: tuple[str, ...]
    kind: CoupleKind
    relationships: tuple[str, ...]


@dataclass(frozen=True)
class FamilyTree:
    """Everything by id, everybody and every couple once, in an order that depends on nothing but the family."""

    root: str
    people: tuple[TreePerson, ...]
    couples: tuple[Couple, ...]
    parentages: tuple[Parentage, ...]
    truncated: bool


def tree(root: str, generations: Mapping[str, int], recorded: Sequence[Recorded], truncated: bool) -> FamilyTree:
    """The tree of people with their generations; `recorded` has each of them once."""
    people = [
        Person(id, generations[id], born, some.parents.get(id, 0), some.children[id])
        for some in recorded
        for id, born in some.births.items()
        if id in generations
    ]
    parentages = chain.from_iterable(some.parentages for some in recorded)
    partnerships = {p.id: p for some in recorded for p in some.partnerships}
    return arrange(root, people, parentages, partnerships.values(), truncated)


def arrange(
    root: str,
    people: Collection[Person],
    parentages: Iterable[Parentage],
    partnerships: Iterable[Partnership],
    truncated: bool,
) -> FamilyTree:
    """The tree of those people; links that lead out of it are passed over.

    People come by generation, then birth (earliest day; unknown last), then id, and all else follows them: couples as
    their foremost partner stands, then the other, one alone before any pair; parentages by child, pedigree, parent.
    """
    births = {person.id: birth(person) for person in people}
    ordered = sorted(people, key=lambda person: (person.generation, births[person.id]))
    place = {person.id: at for at, person in enumerate(ordered)}
    parents_of = by_child(place, parentages)
    couples = couples_of(births, parents_of, (p for p in partnerships if p.a in place and p.b in place))
    return FamilyTree(
        root,
        tuple(with_more(ordered, parents_of)),
        tuple(sorted(couples, key=lambda couple: sorted(place[partner] for partner in couple.partners))),
        tuple(chain.from_iterable(parents_of.get(person.id, ()) for person in ordered)),
        truncated,
    )


def birth(person: Person) -> tuple[bool, date, str]:
    """Orders by birth: the earliest day, unknown last, then the id."""
    return person.born is None, person.born or date.max, person.id


def by_child(place: Mapping[str, int], parentages: Iterable[Parentage]) -> Mapping[str, Sequence[Parentage]]:
    """The parentages of each child among the people who have a place, each once, by pedigree, then parent."""
    found: dict[str, list[Parentage]] = {}
    for parentage in parentages:
        if parentage.parent in place and parentage.child in place:
            of_child = found.setdefault(parentage.child, [])
            if parentage not in of_child:
                of_child.append(parentage)
    pedigrees = list(Pedigree)
    for of_child in found.values():
        of_child.sort(key=lambda parentage: (pedigrees.index(parentage.pedigree), place[parentage.parent]))
    return found


def with_more(people: Iterable[Person], parents_of: Mapping[str, Sequence[Parentage]]) -> Iterator[TreePerson]:
    """The people, each with whether it has parents and children beyond these."""
    parents = {child: {parentage.parent for parentage in some} for child, some in parents_of.items()}
    children = Counter(chain.from_iterable(parents.values()))
    for person in people:
        more_parents = person.parents > len(parents.get(person.id, ()))
        yield TreePerson(person.id, person.generation, more_parents, person.children > children[person.id])


def couples_of(
    births: Mapping[str, tuple[bool, date, str]],
    parents_of: Mapping[str, Sequence[Parentage]],
    partnerships: Iterable[Partnership],
) -> Iterator[Couple]:
    """Whoever has a partnership or a child hanging on them, in no order; their children in the order of birth."""
    partnerships_of = by_couple(partnerships)
    children_of = by_parents(
        {child: parents_of[child] for child in sorted(parents_of, key=births.__getitem__)}, partnerships_of
    )
    for partners in children_of.keys() | partnerships_of.keys():
        children, between = children_of.get(partners, ()), partnerships_of.get(partners, ())
        yield Couple(partners, tuple(children), kind_of(between), tuple(sorted([p.id for p in between])))


def kind_of(partnerships: Sequence[Partnership]) -> CoupleKind:
    """What a couple is by its partnerships."""
    if not partnerships:
        return CoupleKind.PARENTS_ONLY
    return CoupleKind.MARRIED if any(p.current for p in partnerships) else CoupleKind.FORMER


def by_couple(partnerships: Iterable[Partnership]) -> Mapping[Partners, Sequence[Partnership]]:
    """The partnerships of each two, the lower id first."""
    found: defaultdict[Partners, list[Partnership]] = defaultdict(list)
    for partnership in partnerships:
        found[tuple(sorted((partnership.a, partnership.b)))].append(partnership)
    return dict(found)


def by_parents(
    parents_of: Mapping[str, Sequence[Parentage]], couples: Iterable[Partners]
) -> Mapping[Partners, Iterable[str]]:
    """The children that hang on each couple, or on one parent alone: for each pedigree on its parents of that pedigree.

    So the child of a mother by birth and a father by adoption hangs on each of them alone, though they be married.
    """
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in couples:
        partners[one].add(other)
        partners[other].add(one)
    children: defaultdict[Partners, dict[str, None]] = defaultdict(dict)
    for child, parentages in parents_of.items():
        for _, of_one_pedigree in groupby(parentages, attrgetter("pedigree")):
            for couple in paired({parentage.parent for parentage in of_one_pedigree}, partners):
                children[couple][child] = None
    return dict(children)


def paired(parents: set[str], partners: Mapping[str, set[str]]) -> Iterator[Partners]:
    """Parents of one pedigree two by two; what is left over is alone.

    Two parents are a couple. Where more are recorded, those with a partnership go together first, each with the first
    who is still free, then the rest, in the order of ids: arbitrary, but the same for everyone who looks.
    """
    if len(parents) <= 2:
        yield tuple(sorted(parents))
        return
    free = set(parents)
    for one in sorted(parents):
        if one in free and (other := min(partners[one] & free, default=None)):
            free -= {one, other}
            yield one, other
    rest = sorted(free)
    for at in range(0, len(rest), 2):
        yield tuple(rest[at : at + 2])
