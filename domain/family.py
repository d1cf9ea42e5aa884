"""A family tree, arranged for drawing: people in generations, couples with their children (SPEC 9.2)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.relationship_types import Pedigree

Partners = tuple[str, ...]
"""Two people, the lower id first, or one."""


class CoupleKind(Enum):
    """MARRIED while a partnership holds, FORMER where all have ended, PARENTS_ONLY where there was none."""

    MARRIED = "MARRIED"
    FORMER = "FORMER"
    PARENTS_ONLY = "PARENTS_ONLY"


@dataclass(frozen=True)
class Person:
    """Somebody who stands in the tree.

    `born` is the earliest day; `parents` and `children` count the people in the whole graph, each once.
    """

    id: str
    generation: int
    born: date | None
    parents: int
    children: int


@dataclass(frozen=True)
class Partnership:
    """A relationship of category PARTNERSHIP; `current` as of the tree's day."""

    id: str
    a: str
    b: str
    current: bool


@dataclass(frozen=True)
class Parentage:
    """One person is another's parent, whether by one relationship or by several of the same pedigree."""

    parent: str
    child: str
    pedigree: Pedigree


@dataclass(frozen=True)
class TreePerson:
    """`has_more_parents` and `has_more_children`: it has such as are not shown."""

    id: str
    generation: int
    has_more_parents: bool
    has_more_children: bool


@dataclass(frozen=True)
class Couple:
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


def arrange(
    root: str,
    people: Iterable[Person],
    parentages: Iterable[Parentage],
    partnerships: Iterable[Partnership],
    truncated: bool,
) -> FamilyTree:
    """The tree of those people; links that lead out of it are passed over.

    People come by generation, then birth (earliest day; unknown last), then id, and all else follows them: couples as
    their foremost partner stands, then the other, one alone before any pair; parentages by child, pedigree, parent.
    """
    ordered = sorted(people, key=lambda person: (person.generation, birth(person)))
    place = {person.id: at for at, person in enumerate(ordered)}
    among = {p for p in parentages if p.parent in place and p.child in place}
    pedigrees = list(Pedigree)
    return FamilyTree(
        root,
        tuple(with_more(ordered, {(p.parent, p.child) for p in among})),
        tuple(
            sorted(
                couples_of(ordered, among, (p for p in partnerships if p.a in place and p.b in place)),
                key=lambda couple: sorted(place[partner] for partner in couple.partners),
            )
        ),
        tuple(sorted(among, key=lambda p: (place[p.child], pedigrees.index(p.pedigree), place[p.parent]))),
        truncated,
    )


def birth(person: Person) -> tuple[bool, date, str]:
    """Orders by birth: the earliest day, unknown last, then the id."""
    return person.born is None, person.born or date.max, person.id


def with_more(people: Iterable[Person], shown: Iterable[tuple[str, str]]) -> Iterator[TreePerson]:
    """The people, each with whether it has parents and children beyond the `shown` pairs of parent and child."""
    parents: Counter[str] = Counter()
    children: Counter[str] = Counter()
    for parent, child in shown:
        parents[child] += 1
        children[parent] += 1
    for person in people:
        more_parents, more_children = person.parents > parents[person.id], person.children > children[person.id]
        yield TreePerson(person.id, person.generation, more_parents, more_children)


def couples_of(
    people: Iterable[Person], parentages: Iterable[Parentage], partnerships: Iterable[Partnership]
) -> Iterator[Couple]:
    """Whoever has a partnership or a child hanging on them, in no order; their children in the order of birth."""
    births = {person.id: birth(person) for person in people}
    partnerships_of = by_couple(partnerships)
    children_of = by_parents(parentages, partnerships_of)
    for partners in children_of.keys() | partnerships_of.keys():
        children, between = children_of.get(partners, set()), partnerships_of.get(partners, [])
        yield Couple(
            partners,
            tuple(sorted(children, key=births.__getitem__)),
            kind_of(between),
            tuple(sorted(partnership.id for partnership in between)),
        )


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


def by_parents(parentages: Iterable[Parentage], couples: Iterable[Partners]) -> Mapping[Partners, set[str]]:
    """The children that hang on each couple, or on one parent alone: for each pedigree on its parents of that pedigree.

    So the child of a mother by birth and a father by adoption hangs on each of them alone, though they be married.
    """
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in couples:
        partners[one].add(other)
        partners[other].add(one)
    parents: defaultdict[tuple[str, Pedigree], set[str]] = defaultdict(set)
    for parentage in parentages:
        parents[parentage.child, parentage.pedigree].add(parentage.parent)
    children: defaultdict[Partners, set[str]] = defaultdict(set)
    for (child, _), of_one_pedigree in parents.items():
        for couple in paired(of_one_pedigree, partners):
            children[couple].add(child)
    return dict(children)


def paired(parents: set[str], partners: Mapping[str, set[str]]) -> Iterator[Partners]:
    """Parents of one pedigree two by two; what is left over is alone.

    Two parents are a couple. Where more are recorded, those with a partnership go together first, each with the first
    who is still free, then the rest, in the order of ids: arbitrary, but the same for everyone who looks.
    """
    free = set(parents)
    for one in sorted(parents):
        if one in free and (other := min(partners[one] & free, default=None)):
            free -= {one, other}
            yield one, other
    rest = sorted(free)
    for at in range(0, len(rest), 2):
        yield tuple(rest[at : at + 2])
