"""SPEC 9.2: family trees, walked level by level and arranged, against whole answers and against a plain reading."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.family import Couple, CoupleKind, FamilyTree, Parentage, Partnership, Person, TreePerson, arrange
from domain.family_walk import Frontier, Links, Standing, Walk
from domain.relationship_types import Pedigree
from tests.domain.plain_family import plain_family_tree, plain_siblings

BIRTH, ADOPTIVE, FOSTER, STEP = "BIRTH", "ADOPTIVE", "FOSTER", "STEP"


@dataclass(frozen=True)
class Family:
    """What is recorded, in the form of `plain_family`; people are whoever is named, with births as given."""

    parents: Sequence[tuple[str, str, str]] = ()
    partnerships: Sequence[tuple[str, str, str, bool]] = ()
    siblings: Sequence[tuple[str, str]] = ()
    born: Sequence[tuple[str, date]] = ()

    def people(self, *others: str) -> list[tuple[str, date | None]]:
        named = {id for parent, child, _ in self.parents for id in (parent, child)}
        named |= {id for _, a, b, _ in self.partnerships for id in (a, b)} | {id for two in self.siblings for id in two}
        births = dict(self.born)
        return [(id, births.get(id)) for id in sorted(named | births.keys() | set(others))]


def child(id: str, *parents: str, pedigree: str = BIRTH) -> list[tuple[str, str, str]]:
    return [(parent, id, pedigree) for parent in parents]


def answers(family: Family, asked: Frontier) -> Links:
    """What a resolver would find for a frontier, in the orders and directions in which edges happen to lie."""
    return Links(
        parents=[
            (parent, child)
            for parent, child, _ in family.parents
            if child in asked.parents_of or parent in asked.children_of
        ],
        siblings=[(one, s) for one in asked.siblings_of for s in plain_siblings(family.parents, family.siblings, one)],
        partners=[(a, b) for _, a, b, _ in family.partnerships if a in asked.partners_of or b in asked.partners_of],
    )


def walked(family: Family, root: str, up: int, down: int, collaterals: bool = False, limit: int = 2000) -> Walk:
    walk = Walk(root, up, down, collaterals, limit)
    while frontier := walk.frontier():
        walk.step(answers(family, frontier))
    return walk


def tree(
    family: Family, root: str, up: int = 3, down: int = 3, collaterals: bool = False, limit: int = 2000
) -> FamilyTree:
    """Walks and arranges as the resolver does."""
    walk = walked(family, root, up, down, collaterals, limit)
    births = dict(family.born)
    pairs = {(parent, child) for parent, child, _ in family.parents}
    parents, children = Counter(child for _, child in pairs), Counter(parent for parent, _ in pairs)
    return arrange(
        root,
        [Person(s.id, s.generation, births.get(s.id), parents[s.id], children[s.id]) for s in walk.people()],
        [Parentage(parent, child, Pedigree(pedigree)) for parent, child, pedigree in family.parents],
        [Partnership(*partnership) for partnership in family.partnerships],
        walk.truncated,
    )


def generations(family: Family, root: str, up: int, down: int, collaterals: bool = False) -> dict[int, str]:
    """Who stands in each generation, the eldest first."""
    people = sorted(walked(family, root, up, down, collaterals).people(), key=lambda standing: standing.generation)
    return {g: ", ".join(sorted(s.id for s in some)) for g, some in groupby(people, lambda s: s.generation)}


def couple(partners: str, children: str = "", kind: CoupleKind = CoupleKind.PARENTS_ONLY, by: str = "") -> Couple:
    return Couple(tuple(partners.split()), tuple(children.split()), kind, tuple(by.split()))


# Who stands in the tree ---------------------------------------------------------------------------------------------

LINE = Family(
    parents=[
        *child("grandson", "son"),
        *child("son", "me", "wife"),
        *child("me", "father", "mother"),
        *child("sister", "father", "mother"),
        *child("half", "father", "second"),
        *child("niece", "sister"),
        *child("niece's son", "niece"),
        *child("father", "grandfather", "grandmother"),
        *child("uncle", "grandfather", "grandmother"),
        *child("cousin", "uncle", "aunt"),
        *child("cousin's son", "cousin"),
        *child("stepson", "wife", "other"),
    ],
    partnerships=[("m1", "me", "wife", True), ("m2", "father", "mother", False), ("m3", "uncle", "late aunt", False)],
)


def test_ancestors_and_descendants_stand_with_partners_and_other_parents() -> None:
    """SPEC 9.2: without collaterals neither siblings nor a partner's other children."""
    assert generations(LINE, "me", up=2, down=1) == {
        -2: "grandfather, grandmother",
        -1: "father, mother",
        0: "me, wife",
        1: "son",
    }


def test_collaterals_are_the_ancestors_other_descendants_down_to_the_lowest_generation() -> None:
    """SPEC 9.2: with partners and other parents of their own."""
    assert generations(LINE, "me", up=2, down=1, collaterals=True) == {
        -2: "grandfather, grandmother",
        -1: "aunt, father, late aunt, mother, second, uncle",
        0: "cousin, half, me, sister, wife",
        1: "cousin's son, niece, son",
    }


@pytest.mark.parametrize(
    ("up", "down", "collaterals", "people"),
    [
        (0, 0, False, {0: "me, wife"}),
        (0, 0, True, {0: "me, wife"}),
        (0, 1, True, {0: "me, wife", 1: "son"}),
        (1, 0, False, {-1: "father, mother", 0: "me, wife"}),
        (1, 0, True, {-1: "father, mother, second", 0: "half, me, sister, wife"}),
    ],
)
def test_no_way_goes_further_than_asked(up: int, down: int, collaterals: bool, people: dict[int, str]) -> None:
    """SPEC 9.2."""
    assert generations(LINE, "me", up, down, collaterals) == people


def test_partners_and_other_parents_lead_no_further() -> None:
    """SPEC 9.2: not to a partner's parents, children or partners."""
    family = Family(
        parents=[
            *child("me's child", "me", "lover"),
            *child("wife", "wife's mother"),
            *child("lover's child", "lover"),
        ],
        partnerships=[("m1", "me", "wife", True), ("m2", "wife", "former", False), ("m3", "lover", "husband", True)],
    )
    assert generations(family, "me", 3, 3, True) == {0: "lover, me, wife", 1: "me's child"}


def test_somebody_stands_in_the_generation_of_the_shortest_way() -> None:
    """SPEC 9.2: the great-uncle whom one has married is one's husband."""
    family = Family(
        parents=[
            *child("me", "mother"),
            *child("mother", "grandmother"),
            *child("grandmother", "ancestor"),
            *child("husband", "ancestor"),
            *child("husband's son", "husband", "first wife"),
        ],
        partnerships=[("m1", "me", "husband", True), ("m2", "husband", "first wife", False)],
    )
    assert generations(family, "me", 3, 0, True) == {
        -3: "ancestor",
        -2: "first wife, grandmother",
        -1: "husband's son, mother",
        0: "husband, me",
    }


def test_of_two_equally_short_ways_the_elder_generation_counts() -> None:
    """SPEC 9.2: a mother's other child is a sibling, even if it is a grandchild as well."""
    grandchild = [*child("me's child", "me"), *child("x", "me's child")]
    family = Family(parents=[*grandchild, *child("me", "mother"), *child("x", "mother", pedigree=ADOPTIVE)])
    assert generations(family, "me", 1, 2, True) == {-1: "mother", 0: "me, x", 1: "me's child"}
    assert generations(family, "me", 1, 2) == {-1: "mother", 0: "me", 1: "me's child", 2: "x"}


def test_somebody_in_two_generations_leads_on_from_both() -> None:
    """SPEC 9.2: a way through the longer one may reach whom the shorter one may not."""
    family = Family(
        parents=[
            *child("me", "mother"),
            *child("mother", "grandmother"),
            *child("x", "me", pedigree=STEP),
            *child("x", "grandmother"),
            *child("x's child", "x"),
        ]
    )
    assert generations(family, "me", 2, 1, True) == {
        -2: "grandmother",
        -1: "mother",
        0: "me, x's child",
        1: "x",
    }


def test_another_parent_stands_above_the_child_as_reached_by_a_step_down() -> None:
    """SPEC 9.2: the grandfather whose mother has adopted one is a sibling too, and his father stands with her."""
    family = Family(
        parents=[
            *child("me", "father"),
            *child("me", "ancestor", pedigree=ADOPTIVE),
            *child("father", "grandfather"),
            *child("grandfather", "ancestor", "ancestor's husband"),
        ]
    )
    assert generations(family, "me", 2, 0, True) == {
        -2: "grandfather",
        -1: "ancestor, ancestor's husband, father",
        0: "me",
    }
    assert generations(family, "me", 2, 0) == {-2: "grandfather", -1: "ancestor, father", 0: "me"}


def test_a_sibling_without_a_shared_parent_known_is_one_step_up_and_one_down() -> None:
    """SPEC 9.2, 2.2: with collaterals, from the root or an ancestor with a step up left; then like any collateral."""
    family = Family(
        parents=[
            *child("me", "mother"),
            *child("niece", "sister", "sister's husband"),
            *child("sister", "sister's mother"),
            *child("cousin", "aunt"),
        ],
        siblings=[("sister", "me"), ("mother", "aunt"), ("niece", "no niece"), ("sister", "no sister")],
        partnerships=[("m", "aunt", "uncle", True)],
    )
    assert generations(family, "me", 2, 1, True) == {
        -1: "aunt, mother, sister's mother, uncle",
        0: "cousin, me, sister, sister's husband",
        1: "niece",
    }
    assert generations(family, "me", 1, 0, True) == {-1: "mother, sister's mother", 0: "me, sister"}
    assert generations(family, "me", 0, 0, True) == {0: "me"}
    assert generations(family, "me", 2, 0, False) == {-1: "mother", 0: "me"}


def test_a_sibling_with_a_shared_parent_stands_only_through_the_parent() -> None:
    """SPEC 9.2, 2.2."""
    family = Family(parents=[*child("me", "mother"), *child("sister", "mother")], siblings=[("me", "sister")])
    assert generations(family, "me", 1, 0, False) == {-1: "mother", 0: "me"}
    assert generations(family, "me", 1, 0, True) == {-1: "mother", 0: "me, sister"}


def test_the_nearest_stay_when_there_are_too_many() -> None:
    """SPEC 9.2: of those as near the elder generation, then by id."""
    near = [
        [Standing(0, 0, "me"), Standing(1, -1, "father"), Standing(1, -1, "mother"), Standing(1, 0, "wife")],
        [
            Standing(1, 1, "son"),
            Standing(2, -2, "grandfather"),
            Standing(2, -2, "grandmother"),
            Standing(2, 2, "grandson"),
        ],
    ]
    everybody = [standing for some in near for standing in some]
    for limit in range(1, len(everybody) + 2):
        walk = walked(LINE, "me", 2, 2, limit=limit)
        assert walk.people() == tuple(everybody[:limit])
        assert walk.truncated is (limit < len(everybody))


def test_it_is_asked_level_by_level_and_for_nothing_twice() -> None:
    walk, asked = Walk("me", up=2, down=1, collaterals=True), []
    while frontier := walk.frontier():
        asked.append(frontier)
        walk.step(answers(LINE, frontier))
    assert asked == [
        Frontier(parents_of=("me",), children_of=("me",), siblings_of=("me",)),
        Frontier(parents_of=("father", "mother"), children_of=("father", "mother"), siblings_of=("father", "mother")),
        Frontier(children_of=("grandfather", "grandmother", "half", "sister")),
        Frontier(children_of=("uncle",)),
        Frontier(children_of=("cousin",)),
        Frontier(
            parents_of=("cousin", "cousin's son", "half", "niece", "sister", "son", "uncle"),
            partners_of=(
                *("cousin", "cousin's son", "father", "grandfather", "grandmother", "half", "me", "mother"),
                *("niece", "sister", "son", "uncle"),
            ),
        ),
    ]
    walk.step(Links())
    assert walk.frontier() is None


@pytest.mark.parametrize(("up", "down", "limit"), [(-1, 0, 1), (0, -1, 1), (0, 0, 0)])
def test_a_walk_that_makes_no_sense_is_an_error(up: int, down: int, limit: int) -> None:
    with pytest.raises(ValueError, match="a family tree goes no negative way, and has room for its root"):
        Walk("me", up, down, limit=limit)


# How they are arranged ----------------------------------------------------------------------------------------------


def test_a_tree_is_arranged_by_generation_couple_and_birth() -> None:
    """SPEC 9.2: a second family, a child whose birth is unknown, and parents and children not shown."""
    family = Family(
        parents=[
            *child("me", "father", "mother"),
            *child("a late one", "me", "wife"),
            *child("first", "me", "wife"),
            *child("unknown", "me", "wife"),
            *child("by lover", "lover", "me"),
            *child("grandchild", "first"),
            *child("father", "grandfather"),
            *child("stepchild", "wife"),
        ],
        partnerships=[
            ("m1", "wife", "me", False),
            ("m2", "me", "wife", True),
            ("m3", "me", "friend", False),
        ],
        born=[
            *[("me", date(1800, 1, 1)), ("wife", date(1799, 1, 1)), ("first", date(1822, 1, 1))],
            *[("a late one", date(1830, 1, 1)), ("by lover", date(1825, 1, 1))],
        ],
    )
    assert tree(family, "me", 1, 1) == FamilyTree(
        root="me",
        people=(
            TreePerson("father", -1, has_more_parents=True, has_more_children=False),
            TreePerson("mother", -1, has_more_parents=False, has_more_children=False),
            TreePerson("wife", 0, has_more_parents=False, has_more_children=True),
            TreePerson("me", 0, has_more_parents=False, has_more_children=False),
            TreePerson("friend", 0, has_more_parents=False, has_more_children=False),
            TreePerson("lover", 0, has_more_parents=False, has_more_children=False),
            TreePerson("first", 1, has_more_parents=False, has_more_children=True),
            TreePerson("by lover", 1, has_more_parents=False, has_more_children=False),
            TreePerson("a late one", 1, has_more_parents=False, has_more_children=False),
            TreePerson("unknown", 1, has_more_parents=False, has_more_children=False),
        ),
        couples=(
            couple("father mother", "me"),
            Couple(("me", "wife"), ("first", "a late one", "unknown"), CoupleKind.MARRIED, ("m1", "m2")),
            couple("friend me", "", CoupleKind.FORMER, "m3"),
            Couple(("lover", "me"), ("by lover",), CoupleKind.PARENTS_ONLY, ()),
        ),
        parentages=(
            Parentage("father", "me", Pedigree.BIRTH),
            Parentage("mother", "me", Pedigree.BIRTH),
            Parentage("wife", "first", Pedigree.BIRTH),
            Parentage("me", "first", Pedigree.BIRTH),
            Parentage("me", "by lover", Pedigree.BIRTH),
            Parentage("lover", "by lover", Pedigree.BIRTH),
            Parentage("wife", "a late one", Pedigree.BIRTH),
            Parentage("me", "a late one", Pedigree.BIRTH),
            Parentage("wife", "unknown", Pedigree.BIRTH),
            Parentage("me", "unknown", Pedigree.BIRTH),
        ),
        truncated=False,
    )


HANGING = {
    "nobody's child on nobody": ([], [], []),
    "on the one parent known": (child("c", "a"), [], [couple("a", "c")]),
    "on a couple without a partnership": (child("c", "a", "b"), [], [couple("a b", "c")]),
    "on each alone where the pedigrees differ, though they be married": (
        child("c", "b") + child("c", "a", pedigree=ADOPTIVE),
        [("m", "a", "b", True)],
        [couple("a", "c"), couple("a b", "", CoupleKind.MARRIED, "m"), couple("b", "c")],
    ),
    "on the parents by birth and on those by adoption": (
        child("c", "a", "b") + child("c", "d", "e", pedigree=ADOPTIVE),
        [("m", "d", "e", False)],
        [couple("a b", "c"), couple("d e", "c", CoupleKind.FORMER, "m")],
    ),
    "on the couple, and on the step-parent alone": (
        child("c", "a", "b") + child("c", "d", pedigree=STEP),
        [("m", "a", "d", True)],
        [couple("a b", "c"), couple("a d", "", CoupleKind.MARRIED, "m"), couple("d", "c")],
    ),
    "once on a couple that fostered before it adopted": (
        child("c", "a", "b", pedigree=FOSTER) + child("c", "a", "b", pedigree=ADOPTIVE),
        [],
        [couple("a b", "c")],
    ),
    "once where one relationship was recorded twice": (child("c", "a") + child("c", "a"), [], [couple("a", "c")]),
    "of three parents on the first two and on the third": (
        child("c", "b", "a", "d"),
        [],
        [couple("a b", "c"), couple("d", "c")],
    ),
    "of three parents on those with a partnership": (
        child("c", "a", "b", "d"),
        [("m", "b", "d", False)],
        [couple("a", "c"), couple("b d", "c", CoupleKind.FORMER, "m")],
    ),
    "of three parents, one with two partnerships, on the first of these": (
        child("c", "a", "b", "d"),
        [("m", "a", "b", False), ("n", "b", "d", True)],
        [couple("a b", "c", CoupleKind.FORMER, "m"), couple("b d", "", CoupleKind.MARRIED, "n"), couple("d", "c")],
    ),
    "of four parents on two couples": (
        child("c", "a", "b", "d", "e"),
        [("m", "b", "e", True), ("n", "b", "d", False)],
        [couple("a e", "c"), couple("b d", "c", CoupleKind.FORMER, "n"), couple("b e", "", CoupleKind.MARRIED, "m")],
    ),
}


@pytest.mark.parametrize("where", HANGING)
def test_a_child_hangs(where: str) -> None:
    """SPEC 9.2: on the couple of its parents of equal pedigree, else on one."""
    parents, partnerships, couples = HANGING[where]
    born = [("c", date(1900, 1, 1))]
    assert list(tree(Family(parents, partnerships, born=born), "c", up=1, down=0).couples) == couples


@pytest.mark.parametrize(
    ("partnerships", "kind", "relationships"),
    [
        ([("m", "a", "b", True)], CoupleKind.MARRIED, ("m",)),
        ([("m", "b", "a", False)], CoupleKind.FORMER, ("m",)),
        ([("n", "a", "b", False), ("m", "b", "a", True)], CoupleKind.MARRIED, ("m", "n")),
        ([("n", "b", "a", False), ("m", "a", "b", False)], CoupleKind.FORMER, ("m", "n")),
    ],
)
def test_a_couple_stands_once_with_all_its_partnerships(
    partnerships: list[tuple[str, str, str, bool]], kind: CoupleKind, relationships: tuple[str, ...]
) -> None:
    """SPEC 9.2: married while one is current, former where all have ended."""
    couples = tree(Family(partnerships=partnerships), "a", 0, 0).couples
    assert couples == (Couple(("a", "b"), (), kind, relationships),)


def test_links_out_of_the_tree_are_passed_over() -> None:
    """SPEC 9.2: a couple of which only one is shown is one parent alone."""
    me = Person("me", 0, None, parents=2, children=0)
    mother = Person("mother", -1, None, parents=0, children=3)
    parentages = [Parentage(parent, "me", Pedigree.BIRTH) for parent in ("mother", "father")]
    assert arrange("me", [me, mother], parentages, [Partnership("m", "father", "mother", True)], True) == FamilyTree(
        root="me",
        people=(TreePerson("mother", -1, False, True), TreePerson("me", 0, True, False)),
        couples=(couple("mother", "me"),),
        parentages=(Parentage("mother", "me", Pedigree.BIRTH),),
        truncated=True,
    )


def test_somebody_alone_is_a_tree() -> None:
    """SPEC 9.2."""
    assert tree(Family(), "me") == FamilyTree("me", (TreePerson("me", 0, False, False),), (), (), False)


# Against the plain reading ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    root: str
    up: int
    down: int
    collaterals: bool
    limit: int


@st.composite
def families(draw: st.DrawFn) -> tuple[Family, Question]:
    """Up to ten people, any of whom may be parents of the later ones, partners or siblings, several times over.

    So there are second families, cousins and whole generations that marry, parents by every pedigree, more than two of
    them, siblings with and without known parents, and people whom several ways lead to. Ids say nothing about age.
    """
    ids: list[str] = draw(st.permutations("abcdefghij"))
    size = draw(st.integers(1, len(ids)))
    ages = st.integers(0, size - 1)
    two = st.tuples(ages, ages).filter(lambda pair: pair[0] < pair[1]) if size > 1 else st.nothing()
    pedigrees = st.sampled_from([BIRTH, BIRTH, BIRTH, ADOPTIVE, FOSTER, STEP])
    parents = draw(st.lists(st.tuples(two, pedigrees), max_size=20)) if size > 1 else []
    partnerships = draw(st.lists(st.tuples(two, st.booleans(), st.booleans()), max_size=6)) if size > 1 else []
    siblings = draw(st.lists(two, max_size=4)) if size > 1 else []
    born = draw(st.lists(st.tuples(ages, st.dates(date(1900, 1, 1), date(1900, 1, 3))), unique_by=lambda b: b[0]))
    family = Family(
        parents=[(ids[a], ids[b], pedigree) for (a, b), pedigree in parents],
        partnerships=[
            (f"m{n}", ids[b if turned else a], ids[a if turned else b], current)
            for n, ((a, b), turned, current) in enumerate(partnerships)
        ],
        siblings=[(ids[a], ids[b]) for a, b in siblings],
        born=[(ids[a], day) for a, day in born],
    )
    question = Question(
        ids[draw(ages)], draw(st.integers(0, 3)), draw(st.integers(0, 3)), draw(st.booleans()), draw(st.integers(1, 12))
    )
    return family, question


@settings(max_examples=500)
@given(families())
def test_every_tree_is_as_the_plain_reading_has_it(drawn: tuple[Family, Question]) -> None:
    """SPEC 9.2."""
    family, question = drawn
    assert as_answer(ask(family, question), question.limit) == plain(family, question)


@settings(max_examples=150)
@given(families(), st.randoms(use_true_random=False))
def test_a_tree_does_not_depend_on_the_order_in_which_links_are_found(
    drawn: tuple[Family, Question], random: Random
) -> None:
    """SPEC 9.2."""
    family, question = drawn
    other = replace(
        family,
        parents=random.sample(family.parents, len(family.parents)),
        partnerships=[(id, b, a, c) for id, a, b, c in random.sample(family.partnerships, len(family.partnerships))],
        siblings=[(b, a) for a, b in random.sample(family.siblings, len(family.siblings))],
    )
    assert ask(family, question) == ask(other, question)


@settings(max_examples=150)
@given(families())
def test_a_walk_asks_once_for_each_and_in_few_questions(drawn: tuple[Family, Question]) -> None:
    family, q = drawn
    walk, asked = Walk(q.root, q.up, q.down, q.collaterals, q.limit), list[Frontier]()
    while frontier := walk.frontier():
        asked.append(frontier)
        walk.step(answers(family, frontier))
    for kind in ("parents_of", "children_of", "siblings_of", "partners_of"):
        wanted = [id for frontier in asked for id in getattr(frontier, kind)]
        assert len(wanted) == len(set(wanted))
    longest = 2 * q.up + q.down if q.collaterals else max(q.up, q.down)
    assert len(asked) <= longest + 1


def ask(family: Family, q: Question) -> FamilyTree:
    return tree(family, q.root, q.up, q.down, q.collaterals, q.limit)


def plain(family: Family, q: Question) -> dict[str, Any]:
    return plain_family_tree(
        people=family.people(q.root),
        parents=family.parents,
        partnerships=family.partnerships,
        siblings=family.siblings,
        root=q.root,
        up=q.up,
        down=q.down,
        collaterals=q.collaterals,
        limit=q.limit,
    )


def as_answer(tree: FamilyTree, limit: int) -> dict[str, Any]:
    """A tree in the shape of the GraphQL answer."""
    return {
        "root": {"id": tree.root},
        "people": [
            {
                "person": {"id": person.id},
                "generation": person.generation,
                "hasMoreParents": person.has_more_parents,
                "hasMoreChildren": person.has_more_children,
            }
            for person in tree.people
        ],
        "couples": [
            {
                "partners": list(couple.partners),
                "children": list(couple.children),
                "kind": couple.kind.value,
                "relationships": [{"id": id} for id in couple.relationships],
            }
            for couple in tree.couples
        ],
        "parentages": [{"parent": p.parent, "child": p.child, "pedigree": p.pedigree.value} for p in tree.parentages],
        "truncated": {"reason": "NODES", "limit": limit} if tree.truncated else None,
    }


# Size ---------------------------------------------------------------------------------------------------------------


def crowded(people: int, links: int) -> Family:
    """One founder; everybody else has parents among the earlier ones, many of one pedigree; and many marry."""
    random = Random(9)
    ids = [f"p{n:05}" for n in range(people)]
    parents = [(ids[(n - 1) // 4], ids[n], BIRTH) for n in range(1, people)]
    while len(parents) < links:
        parent, child = sorted(random.sample(range(people), 2))
        parents.append((ids[parent], ids[child], random.choice([BIRTH, STEP])))
    parents += [(id, ids[-1], FOSTER) for id in ids[:-1]]
    partnerships = [(f"m{n}", random.choice(ids[:n]), ids[n], n % 2 == 0) for n in range(1, people)]
    return Family(parents, partnerships, born=[(id, date(1500, 1, 1) + timedelta(days=n)) for n, id in enumerate(ids)])


def test_two_thousand_people_with_ten_thousand_links_are_no_matter() -> None:
    """SPEC 9.2: the rules alone, without the reading; a tenth of a second here, and quadratic code would take many."""
    family = crowded(people=3000, links=15_000)
    children, parents, partners = index(family)
    started = time.process_time()
    walk = Walk("p00000", 3, 10, collaterals=True)
    while f := walk.frontier():
        pairs = [(id, c) for id in f.children_of for c in children[id]] + [
            (p, id) for id in f.parents_of for p in parents[id]
        ]
        walk.step(Links(pairs, (), [(id, other) for id in f.partners_of for other in partners[id]]))
    people = walk.people()
    arranged = arrange(
        "p00000",
        [Person(s.id, s.generation, None, len(set(parents[s.id])), len(set(children[s.id]))) for s in people],
        [Parentage(parent, child, Pedigree(pedigree)) for parent, child, pedigree in family.parents],
        [Partnership(*partnership) for partnership in family.partnerships],
        walk.truncated,
    )
    took = time.process_time() - started
    assert (len(arranged.people), arranged.truncated) == (2000, True)
    assert {person.id for person in arranged.people} == {standing.id for standing in people}
    assert took < 2


def index(family: Family) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[str]]]:
    """Children, parents and partners of everybody."""
    everybody = [id for id, _ in family.people()]
    children: dict[str, list[str]] = {id: [] for id in everybody}
    parents: dict[str, list[str]] = {id: [] for id in everybody}
    partners: dict[str, list[str]] = {id: [] for id in everybody}
    for parent, child, _ in family.parents:
        children[parent].append(child)
        parents[child].append(parent)
    for _, a, b, _ in family.partnerships:
        partners[a].append(b)
        partners[b].append(a)
    return children, parents, partners
