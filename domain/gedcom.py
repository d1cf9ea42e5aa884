"""What a GEDCOM file holds for Kith, and what an import tells of itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.gedcom_remarks import Remark, Remarks
from domain.gedcom_ties import PARENT, SPOUSE
from domain.parties import checked_external_ids
from domain.refusals import InvalidValue, Refused

DEED = "importGedcom"
"""What an import is called where it is permitted and in its operation."""


@dataclass(frozen=True)
class Tally:
    """How many of each."""

    people: int
    parentages: int
    partnerships: int


@dataclass(frozen=True)
class Report:
    """What an import did: what it made, what of the file was there already, and what was not taken, by tag or reason.

    `remarks` tell of lines that were not taken, or not as they stand; `more_remarks` is how many are not among them.
    """

    made: Tally
    there_already: Tally
    left_out: Mapping[str, int]
    remarks: Sequence[Remark] = ()
    more_remarks: int = 0


@dataclass(frozen=True)
class Outcome:
    """What became of people ("people") and relationships (by type): made, there already, and left out by reason."""

    made: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Outcome") -> None:
        """Counts another outcome in."""
        self.made.update(other.made)
        self.there.update(other.there)
        self.left.update(other.left)

    def report(self, remarks: Remarks) -> Report:
        """All of it as it is told."""
        made, there = (Tally(one["people"], one[PARENT], one[SPOUSE]) for one in (self.made, self.there))
        return Report(made, there, dict(sorted((+self.left).items())), remarks.kept, remarks.more)


def system_of(source: str) -> str:
    """The system that stands in the external ids of what is imported from a source. Raises Refused.

    A name that no external id can have would refuse every person; better to say so before anything is made.
    """
    system = f"gedcom:{source.strip()}"
    try:
        checked_external_ids([{"system": system, "value": "I1"}])
    except Refused as refused:
        reasons = [refusal.reason for refusal in refused.refusals if isinstance(refusal, InvalidValue)]
        raise Refused(*(InvalidValue(path=("source",), reason=reason) for reason in reasons)) from refused
    return system
