"""Records as clients would give them, made up from a seed: customers, and all that is related to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from domain.parties import PartyKind

EACH = 3
"""So many relationships there are for each customer."""


@dataclass(frozen=True)
class Draft:
    """A party as a client gives it; a group is `of` a type."""

    kind: PartyKind
    given: Mapping[str, object]
    of: str | None = None


@dataclass(frozen=True)
class Tie:
    """A relationship as a client gives it; the parties at its ends by their places."""

    type: str
    source: int
    target: int
    valid_from: str | None = None
    valid_to: str | None = None
    role: str | None = None
    head: bool = False
    primary: bool = False
    responsibility: str | None = None
    pedigree: str | None = None


@dataclass
class Records:
    """Parties and how they are related, no two of them twice by the same type."""

    parties: list[Draft] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    pairs: set[tuple[str, int, int]] = field(default_factory=set)

    def add(self, draft: Draft) -> int:
        """The place of a party that is one of them from now on."""
        self.parties.append(draft)
        return len(self.parties) - 1

    def tie(self, tie: Tie) -> None:
        """Relates two, unless they are one or are related by the type already, either way."""
        pair = (tie.type, min(tie.source, tie.target), max(tie.source, tie.target))
        if tie.source != tie.target and pair not in self.pairs:
            self.pairs.add(pair)
            self.ties.append(tie)


def day(year: int, random: Random) -> str:
    """A day of a year."""
    return f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def about(year: int, random: Random) -> str:
    """A date of a year as families know it: most are exact, some are a month, a year, or about a year (EDTF)."""
    exact = day(year, random)
    return random.choices((exact, exact[:7], exact[:4], f"{year}~"), (85, 5, 5, 5))[0]
