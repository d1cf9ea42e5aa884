"""The relationships that the families of a file come to (SPEC 2.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.gedcom_families import Family
from domain.gedcom_people import Pedigrees, Person
from domain.partial_dates import PartialDate, Period
from domain.relationship_types import Pedigree

PARENT, SPOUSE = "PARENT", "SPOUSE"
NAMES = {PARENT: "parentage", SPOUSE: "partnership"}
MOST_TOLD = 30
WORDS = {
    "": Pedigree.BIRTH,
    "birth": Pedigree.BIRTH,
    "natural": Pedigree.BIRTH,
    "biological": Pedigree.BIRTH,
    "unknown": Pedigree.BIRTH,
    "private": Pedigree.BIRTH,
    "adopted": Pedigree.ADOPTIVE,
    "adoptive": Pedigree.ADOPTIVE,
    "foster": Pedigree.FOSTER,
    "step": Pedigree.STEP,
}
"""What PEDI, _FREL and _MREL call a tie. Others (a sealing, a guardian, what was disproved) are no parentage for us."""


@dataclass(frozen=True)
class Tie:
    """A relationship between two people of a file; `type` is PARENT or SPOUSE."""

    type: str
    source: str
    target: str
    pedigree: Pedigree | None = None
    start: str | None = None
    end: str | None = None

    @property
    def pair(self) -> tuple[str, ...]:
        """What two ties have in common that are between the same people: a couple has no direction."""
        ends = (self.source, self.target)
        return self.type, *(ends if self.type == PARENT else sorted(ends))

    @property
    def period(self) -> Period:
        """When it holds."""
        return Period(*(PartialDate.parse(text) if text else None for text in (self.start, self.end)))


def ties(people: Iterable[Person], families: Iterable[Family]) -> tuple[list[Tie], Counter[str]]:
    """The relationships that families tell of, each once, and those that cannot be made of them, by reason.

    Files tell of a couple twice, once with the marriage and once without; the one with its date counts.
    """
    by_xref = {one.xref: one for one in people}
    joined, left = with_children(families, by_xref)
    found: defaultdict[tuple[str, ...], list[Tie]] = defaultdict(list)
    for one in sorted(joined, key=lambda one: one.start is None):
        told, lost = of_family(one)
        left += lost
        for tie in told:
            same = found[tie.pair]
            if not by_xref.keys() >= {tie.source, tie.target}:
                left[f"{NAMES[tie.type]}: a person is missing"] += 1
            elif not any(may_be_one(tie.period, other.period) for other in same):
                same.append(tie)
            elif tie not in same and (tie.pedigree or tie.start or tie.end):
                left[f"{NAMES[tie.type]}: told twice, and differently"] += 1
    return children_first([tie for same in found.values() for tie in same]), left


def children_first(ties: Sequence[Tie]) -> list[Tie]:
    """Couples, then everybody's ties to their children before those to their parents; what goes in a circle last.

    Whether a tie closes a cycle is asked of all ancestors of the parent that are there. In this order there are none
    yet, where the other way round there would be thousands for each tie of a deep tree.
    """
    parents: defaultdict[str, list[str]] = defaultdict(list)
    waiting: Counter[str] = Counter()
    for tie in ties:
        if tie.type == PARENT:
            parents[tie.target].append(tie.source)
            waiting[tie.source] += 1
    ready = [child for child in parents if not waiting[child]]
    order: dict[str, int] = {}
    for one in ready:  # grows as it goes
        order[one] = len(order)
        for parent in parents[one]:
            waiting[parent] -= 1
            if not waiting[parent]:
                ready.append(parent)
    return sorted(ties, key=lambda tie: -1 if tie.type == SPOUSE else order.get(tie.source, len(order)))


def with_children(families: Iterable[Family], people: Mapping[str, Person]) -> tuple[list[Family], Counter[str]]:
    """The families with all their children and what is said of their ties, by the family before by the child.

    A child is one if either side says so: the family by CHIL, or the child by FAMC.
    """
    of_family: defaultdict[str, dict[str, Pedigrees]] = defaultdict(dict)
    for one in people.values():
        for xref, words in one.pedigrees.items():
            of_family[xref][one.xref] = words
    joined = []
    for each in families:
        own = of_family.pop(each.xref, {})
        children = {
            child: said(each.children.get(child, ("", "")), own.get(child, ("", "")))
            for child in (*each.children, *own)
        }
        joined.append(replace(each, children=children))
    return joined, Counter({"FAMC of a family that is missing": sum(map(len, of_family.values()))})


def said(first: Pedigrees, second: Pedigrees) -> Pedigrees:
    """What is said of both ties, the second where the first says nothing."""
    return first[0] or second[0], first[1] or second[1]


def of_family(one: Family) -> tuple[list[Tie], Counter[str]]:
    """The relationships of one family: a couple, if they were married, and each partner's to each child.

    Two of whom no event tells are parents only, as many files have it for people who never married; but without
    children either there is nothing else that their family can mean than that they are a couple.
    """
    found: list[Tie] = []
    left: Counter[str] = Counter()
    if len(one.partners) == 2 and (not one.children if one.married is None else one.married):
        found.append(Tie(SPOUSE, *one.partners, start=one.start, end=one.end))
    elif one.married is not None or len(one.partners) > 2:
        left["partnership: not of two people who were married"] += 1
    for child, words in one.children.items():
        for partner in one.partners:
            word = words[0 if partner in one.husbands else 1].casefold()
            if word in WORDS:
                found.append(Tie(PARENT, partner, child, WORDS[word]))
            else:
                left[f"parentage: {word[:MOST_TOLD]}"] += 1
    return found, left


def may_be_one(period: Period, other: Period) -> bool:
    """Whether two periods may be of the same marriage: they are told alike, or may have a day in common."""
    starts = (p.start.earliest if p.start else None for p in (period, other))
    ends = (p.end.latest if p.end else None for p in (period, other))
    return period == other or max(day or date.min for day in starts) < min(day or date.max for day in ends)
