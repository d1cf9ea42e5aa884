"""The relationships that the families of a file come to (SPEC 2.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.gedcom_families import Family
from domain.gedcom_people import Bond, Person
from domain.gedcom_remarks import Tell, quoted
from domain.partial_dates import PartialDate, Period
from domain.relationship_types import Pedigree

PARENT, SPOUSE = "PARENT", "SPOUSE"
MOST_PARTNERS, MOST_MARRIAGES = 10, 20
"""In a family, and of the same two; more is no family any more, and would be too much to compare."""
NAMES = {PARENT: "parentage", SPOUSE: "partnership"}
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
    """A relationship between two people of a file; `type` is PARENT or SPOUSE, `line` the one that tells of it."""

    type: str
    source: str
    target: str
    pedigree: Pedigree | None = None
    start: str | None = None
    end: str | None = None
    note: str | None = None
    line: int = field(default=0, compare=False)

    @property
    def pair(self) -> tuple[str, ...]:
        """What two ties have in common that are between the same people: a couple has no direction."""
        ends = (self.source, self.target)
        return self.type, *(ends if self.type == PARENT else sorted(ends))

    @property
    def period(self) -> Period:
        """When it holds."""
        return Period(*(PartialDate.parse(text) if text else None for text in (self.start, self.end)))


def ties(people: Mapping[str, Person], families: Iterable[Family], tell: Tell) -> tuple[list[Tie], Counter[str]]:
    """The relationships that families tell of, each once, and those that cannot be made of them, by reason.

    Files tell of a couple twice, once with the marriage and once without; the one with its date counts.
    """
    found: defaultdict[tuple[str, ...], list[Tie]] = defaultdict(list)
    left: Counter[str] = Counter()

    def leave(tie: Tie, reason: str) -> None:
        left[f"{NAMES[tie.type]}: {reason}"] += 1
        tell(tie.line, f"{NAMES[tie.type]} left out: {reason}")

    for one in sorted(with_children(people, families, tell, left), key=lambda one: one.start is None):
        for tie in of_family(one, people, tell, left):
            same = found[tie.pair]
            if tie.source == tie.target:
                leave(tie, "of somebody with themself")
            elif len(same) == MOST_MARRIAGES:
                leave(tie, f"beyond {MOST_MARRIAGES} of the same two")
            elif not any(may_be_one(tie.period, other.period) for other in same):
                same.append(tie)
            elif tie not in same and (tie.pedigree or tie.start or tie.end):
                leave(tie, "told twice, and differently")
    ordered, circular = children_first([tie for same in found.values() for tie in same])
    for tie in circular:
        leave(tie, "would make a cycle")
    return ordered, left


def children_first(ties: Sequence[Tie]) -> tuple[list[Tie], list[Tie]]:
    """Couples, then everybody's ties to their children before those to their parents; and ties that close a cycle.

    Whether a tie closes a cycle in the graph is asked of all ancestors of the parent that are there. In this order
    there are none yet, where the other way round there would be thousands for each tie of a deep tree. Here it is one
    walk through all descendants: a tie to somebody from whom the way has come closes a cycle of those that are kept.
    """
    ordered = [tie for tie in ties if tie.type != PARENT]
    below: dict[str, list[Tie]] = {}
    for tie in ties:
        if tie.type == PARENT:
            below.setdefault(tie.source, []).append(tie)
    circular = dict[Tie, None]()
    done = dict[str, bool]()
    for first in below:
        way = [] if first in done else [(first, iter(below[first]))]
        while way:
            one, rest = way[-1]
            done[one] = False
            for tie in rest:
                if done.get(tie.target) is False:
                    circular[tie] = None
                elif tie.target not in done:
                    way.append((tie.target, iter(below.get(tie.target, ()))))
                    break
            else:
                done[one] = True
                ordered += [tie for tie in below.get(one, ()) if tie not in circular]
                way.pop()
    return ordered, list(circular)


def with_children(
    people: Mapping[str, Person], families: Iterable[Family], tell: Tell, left: Counter[str]
) -> list[Family]:
    """The families with all their children and what is said of their ties, by the family before by the child.

    A child is one if either side says so: the family by CHIL, or the child by FAMC. Families that people name and that
    are not there are told, and counted in `left`.
    """
    of_family: defaultdict[str, dict[str, Bond]] = defaultdict(dict)
    for one in people.values():
        for xref, bond in one.bonds.items():
            of_family[xref][one.xref] = bond
    found = []
    for each in families:
        own = of_family.pop(each.xref, {})
        children = {child: said(each.children.get(child), own.get(child)) for child in (*each.children, *own)}
        found.append(replace(each, children=children))
    known = {each.xref for each in found}
    lines = [("FAMC", bond.line, xref) for xref, children in of_family.items() for bond in children.values()]
    lines += [("FAMS", line, xref) for one in people.values() for xref, line in one.partner_in.items()]
    for tag, line, xref in lines:
        if xref not in known:
            missing(tag, line, f"family @{xref}@", tell, left)
    return found


def missing(tag: str, line: int, what: str, tell: Tell, left: Counter[str]) -> None:
    """Tells of a pointer to what is not there."""
    kind, _, _ = what.partition(" ")
    left[f"{tag} of a {kind} that is missing"] += 1
    tell(line, f"{tag} left out: there is no {what}")


def said(first: Bond | None, second: Bond | None) -> Bond:
    """What is said of both ties, the second where the first says nothing."""
    if not first or not second:
        return first or second or Bond()
    return Bond(first.husband or second.husband, first.wife or second.wife, first.line)


def of_family(one: Family, people: Mapping[str, Person], tell: Tell, left: Counter[str]) -> list[Tie]:
    """The relationships of one family: a couple, if they were married, and each partner's to each child.

    Two of whom no event tells are parents only, as many files have it for people who never married; but without
    children either there is nothing else that their family can mean than that they are a couple. What cannot be is
    told, and counted in `left`.
    """
    found: list[Tie] = []
    lines = {**one.wives, **one.husbands}
    for xref in one.husbands.keys() & one.wives.keys():
        left["WIFE who is the HUSB"] += 1
        tell(one.wives[xref], f"WIFE left out: @{xref}@ is the HUSB")
    for xref in [xref for xref in lines if xref not in people]:
        missing("HUSB" if xref in one.husbands else "WIFE", lines[xref], f"person @{xref}@", tell, left)
    every = [xref for xref in one.partners if xref in people]
    partners = every[:MOST_PARTNERS]
    for xref in every[MOST_PARTNERS:]:
        left["partners beyond 10"] += 1
        tell(lines[xref], f"partner left out: there are {MOST_PARTNERS} before")
    if len(partners) == 2 and (not one.children if one.married is None else one.married):
        first, second = partners
        line = max(lines[first], lines[second])
        found.append(Tie(SPOUSE, first, second, None, one.start, one.end, one.note, line))
    elif one.married is not None or len(partners) > 2:
        left["partnership: not of two people who were married"] += 1
        tell(one.line, "partnership left out: not of two people who were married")
    for child, bond in one.children.items():
        if child not in people:
            missing("CHIL", bond.line, f"person @{child}@", tell, left)
            continue
        for partner in partners:
            word = (bond.husband if partner in one.husbands else bond.wife).casefold()
            if word in WORDS:
                found.append(Tie(PARENT, partner, child, WORDS[word], line=bond.line))
            else:
                left["parentage: of a kind that is none for us"] += 1
                tell(bond.line, f"parentage left out: {quoted(word)} is none for us")
    return found


def may_be_one(period: Period, other: Period) -> bool:
    """Whether two periods may be of the same marriage: they are told alike, or may have a day in common."""
    starts = (p.start.earliest if p.start else None for p in (period, other))
    ends = (p.end.latest if p.end else None for p in (period, other))
    return period == other or max(day or date.min for day in starts) < min(day or date.max for day in ends)
