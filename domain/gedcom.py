"""What a GEDCOM file holds for Kith, and what an import tells of itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.gedcom_people import Person
from domain.gedcom_ties import Tie
from domain.parties import checked_external_ids
from domain.refusals import InvalidValue, Refused


@dataclass(frozen=True)
class Tree:
    """The people of a file and the relationships between them; `left_out` is what was not taken, by tag or reason."""

    people: Sequence[Person]
    ties: Sequence[Tie]
    left_out: Counter[str]


@dataclass(frozen=True)
class Tally:
    """How many of each."""

    people: int
    parentages: int
    partnerships: int


@dataclass(frozen=True)
class Report:
    """What an import did: what it made, what of the file was there already, and what was not taken and why."""

    made: Tally
    there_already: Tally
    left_out: Mapping[str, int]


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
