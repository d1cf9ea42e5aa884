"""Families of GEDCOM: who is in them, what is said of the children, and the marriage."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ged4py.model import Record

from domain.gedcom_people import Bond
from domain.gedcom_records import When, at, dated, happened, leave, line_of, of_tag, reference, references
from domain.gedcom_remarks import Tell, quoted
from domain.partial_dates import UNKNOWN, PartialDate, Period

LONGEST_NOTE = 2_000
MARRIAGES, ENDS = ("MARR",), ("DIV", "ANUL")
TAKEN = {"HUSB", "WIFE", "CHIL", *MARRIAGES, *ENDS}


@dataclass(frozen=True)
class Family:
    """A family of a file: references to people, partners with their lines, what is said of each child's ties, and the
    marriage, with a note of what is said in words of its dates.

    `married` is None where the file tells neither of a marriage nor only of an engagement.
    """

    xref: str
    husbands: Mapping[str, int]
    wives: Mapping[str, int]
    children: Mapping[str, Bond]
    married: bool | None
    start: str | None
    end: str | None
    note: str | None
    line: int

    @property
    def partners(self) -> tuple[str, ...]:
        """Husbands and wives, each once: two husbands, or one parent alone, are as good as any."""
        return tuple(dict.fromkeys((*self.husbands, *self.wives)))


def family(record: Record, written: date, tell: Tell) -> tuple[Family, Counter[str]]:
    """The family of a FAM record, and what of it is not taken, by tag; `written` is the day of the file.

    A divorce without a date was before that day: left open, the two would still be married. A marriage that the file
    has begin after its end keeps the end, which says that it is over.
    """
    marriages = [event for event in of_tag(record, *MARRIAGES) if happened(event)]
    partings = [event for event in of_tag(record, *ENDS) if happened(event)]
    engaged = any(happened(event) for event in of_tag(record, "ENGA"))
    left = Counter[str]()
    begun, over = dated(marriages, tell, left), dated(partings, tell, left)
    start, end = begun.date, over.date
    if partings and end is None:
        end = f"{UNKNOWN}/{written.isoformat()}"
    if start and end and Period(PartialDate.parse(start), PartialDate.parse(end)).ends_before_start:
        start = None
        tell(at(marriages[0]), "MARR DATE left out: it lies after the end")
        left["MARR DATE after the end"] += 1
    for sub in of_tag(record, "HUSB", "WIFE"):
        leave(sub, left)
    for sub in of_tag(record, "CHIL"):
        leave(sub, left, "_FREL", "_MREL")
    left.update(str(sub.tag) for sub in record.sub_records if sub.tag not in TAKEN)
    found = Family(
        xref=(record.xref_id or "").strip("@"),
        husbands=references(record, "HUSB"),
        wives=references(record, "WIFE"),
        children={
            child: Bond(line_of(sub, "_FREL"), line_of(sub, "_MREL"), at(sub))
            for sub in of_tag(record, "CHIL")
            if (child := reference(sub))
        },
        married=True if marriages or partings else False if engaged else None,
        start=start,
        end=end,
        note=note(begun, over, tell),
        line=at(record),
    )
    return found, left


def note(begun: When, over: When, tell: Tell) -> str | None:
    """The note that keeps what is said in words of the dates of a marriage."""
    found = [(word, day) for word, when in (("Married", begun), ("Ended", over)) for day in when.in_words]
    for _, day in found:
        tell(day.line, f"DATE in words kept in the note: {quoted(day.words)}")
    return "\n".join(f"{word}: {day.words}" for word, day in found)[:LONGEST_NOTE] or None
