"""SPEC 9.2 read plainly and slowly: what a family tree is, from lists of what is recorded.

    plain_family_tree(
        people=[("anna", date(1823, 5, 17)), ("bert", None)],         id, earliest day of birth
        parents=[("anna", "bert", "BIRTH")],                          parent, child, pedigree
        partnerships=[("marriage", "anna", "carl", True)],            id, the two, whether it is current
        siblings=[("bert", "dora")],                                  in either order
        root="anna", up=3, down=3, collaterals=False, limit=2000,
    )

The lists hold what counts on the day that is asked about: with `asOf`, what holds on it, without, all there is. The
answer has the shape of the GraphQL answer to

    { root { id } people { person { id } generation hasMoreParents hasMoreChildren }
      couples { partners children kind relationships { id } } parentages { parent child pedigree }
      truncated { reason limit } }

in the service's order.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

PEDIGREES = ["BIRTH", "ADOPTIVE", "FOSTER", "STEP"]

Parents = Sequence[tuple[str, str, str]]
Partnerships = Sequence[tuple[str, str, str, bool]]


def plain_family_tree(
    people: Sequence[tuple[str, date | None]],
    parents: Parents,
    partnerships: Partnerships,
    siblings: Sequence[tuple[str, str]],
    root: str,
    up: int,
    down: int,
    collaterals: bool = False,
    limit: int = 2000,
) -> dict[str, Any]:
    """The whole answer, see above."""
    standings: dict[str, tuple[int, int]] = {}
    for person, length, generation in plain_ways(parents, partnerships, siblings, root, up, down, collaterals):
        standings[person] = min((length, generation), standings.get(person, (length, generation)))
    nearest = sorted(standings, key=lambda person: (standings[person], person))[:limit]

    births = dict(people)
    by_birth = {person: (births[person] is None, births[person] or date.max, person) for person in nearest}
    shown = sorted(nearest, key=lambda person: (standings[person][1], by_birth[person]))
    links = {link for link in parents if link[0] in shown and link[1] in shown}

    couples = []
    hanging = plain_hanging(links, partnerships)
    for partners in [(one,) for one in shown] + [(min(two), max(two)) for two in combinations(shown, 2)]:
        between = [(id, current) for id, a, b, current in partnerships if {a, b} == set(partners)]
        children = {child for couple, child in hanging if couple == partners}
        if between or children:
            married = any(current for _, current in between)
            couples.append(
                {
                    "partners": list(partners),
                    "children": sorted(children, key=lambda child: by_birth[child]),
                    "kind": "MARRIED" if married else "FORMER" if between else "PARENTS_ONLY",
                    "relationships": [{"id": id} for id, _ in sorted(between)],
                }
            )
    return {
        "root": {"id": root},
        "people": [
            {
                "person": {"id": person},
                "generation": standings[person][1],
                "hasMoreParents": any(child == person and parent not in shown for parent, child, _ in parents),
                "hasMoreChildren": any(parent == person and child not in shown for parent, child, _ in parents),
            }
            for person in shown
        ],
        "couples": sorted(couples, key=lambda couple: sorted(shown.index(partner) for partner in couple["partners"])),
        "parentages": [
            {"parent": parent, "child": child, "pedigree": pedigree}
            for child in shown
            for pedigree in PEDIGREES
            for parent in shown
            if (parent, child, pedigree) in links
        ],
        "truncated": {"reason": "NODES", "limit": limit} if len(standings) > limit else None,
    }


def plain_ways(
    parents: Parents,
    partnerships: Partnerships,
    siblings: Sequence[tuple[str, str]],
    root: str,
    up: int,
    down: int,
    collaterals: bool,
) -> Iterator[tuple[str, int, int]]:
    """Every way from the root: where it ends, its length, and the generation it ends in."""
    for person, length, generation, fell in plain_blood_ways(parents, siblings, root, up, down, collaterals):
        yield person, length, generation
        for _, a, b, _ in partnerships:
            if person in (a, b):
                yield b if person == a else a, length + 1, generation
        for parent, child, _ in parents:
            if fell and child == person:
                yield parent, length + 1, generation - 1


def plain_blood_ways(
    parents: Parents, siblings: Sequence[tuple[str, str]], root: str, up: int, down: int, collaterals: bool
) -> Iterator[tuple[str, int, int, bool]]:
    """Every number of steps up with every number of steps down; the last value says whether there were steps down."""
    risen = {root}
    for ups in range(up + 1):
        fallen = risen
        for downs in range(ups + down + 1 if collaterals or ups == 0 else 1):
            for person in fallen:
                yield person, ups + downs, downs - ups, downs > 0
            fallen = {child for parent, child, _ in parents if parent in fallen}
        if collaterals and ups + 1 <= up:
            fallen = {other for person in risen for other in plain_siblings(parents, siblings, person)}
            for downs in range(1, ups + 1 + down + 1):
                for person in fallen:
                    yield person, ups + 1 + downs, downs - (ups + 1), True
                fallen = {child for parent, child, _ in parents if parent in fallen}
        risen = {parent for parent, child, _ in parents if child in risen}


def plain_siblings(parents: Parents, siblings: Sequence[tuple[str, str]], person: str) -> set[str]:
    """Those recorded as siblings with whom no shared parent is."""
    recorded = {b if person == a else a for a, b in siblings if person in (a, b)}
    mine = {parent for parent, child, _ in parents if child == person}
    return {other for other in recorded if not any((p, other) == (q, c) for p in mine for q, c, _ in parents)}


def plain_hanging(links: set[tuple[str, str, str]], partnerships: Partnerships) -> set[tuple[tuple[str, ...], str]]:
    """Which children hang on which couples, or on one parent alone."""
    found: set[tuple[tuple[str, ...], str]] = set()
    together = [{a, b} for _, a, b, _ in partnerships]
    for child in {child for _, child, _ in links}:
        for pedigree in PEDIGREES:
            left = sorted(parent for parent, c, p in links if (c, p) == (child, pedigree))
            while married := [two for two in combinations(left, 2) if set(two) in together]:
                found.add((married[0], child))
                left = [parent for parent in left if parent not in married[0]]
            while left:
                found.add((tuple(left[:2]), child))
                left = left[2:]
    return found
