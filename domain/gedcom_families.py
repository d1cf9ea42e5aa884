"""Families of GEDCOM: who is in them, what is said of the children, and the marriage."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ged4py.model import Record

from domain.gedcom_people import Pedigrees
from domain.gedcom_records import beside, dated, happened, line_of, of_tag, reference, references
from domain.partial_dates import UNKNOWN, PartialDate, Period

MARRIAGES, ENDS = ("MARR",), ("DIV", "ANUL")


@dataclass(frozen=True)
class Family:
    """A family of a file: references to people, what the family says of each child's ties, and the marriage.

    `married` is None where the file tells neither of a marriage nor only of an engagement.
    """

    xref: str
    husbands: tuple[str, ...]
    wives: tuple[str, ...]
    children: Mapping[str, Pedigrees]
    married: bool | None
    start: str | None
    end: str | None

    @property
    def partners(self) -> tuple[str, ...]:
        """Husbands and wives, each once: two husbands, or one parent alone, are as good as any."""
        return tuple(dict.fromkeys((*self.husbands, *self.wives)))


def family(record: Record, written: date) -> tuple[Family, Counter[str]]:
    """The family of a FAM record, and what of it is not taken, by tag; `written` is the day of the file.

    A divorce without a date was before that day: left open, the two would still be married. A marriage that the file
    has begin after its end keeps the end, which says that it is over.
    """
    marriages = [event for event in of_tag(record, *MARRIAGES) if happened(event)]
    partings = [event for event in of_tag(record, *ENDS) if happened(event)]
    engaged = any(happened(event) for event in of_tag(record, "ENGA"))
    start, left = dated(marriages)
    end, lost = dated(partings)
    left += lost
    if partings and end is None:
        end = f"{UNKNOWN}/{written.isoformat()}"
    if start and end and Period(PartialDate.parse(start), PartialDate.parse(end)).ends_before_start:
        start = None
        left["MARR DATE after the end"] += 1
    for sub in of_tag(record, "HUSB", "WIFE"):
        left += beside(sub)
    for sub in of_tag(record, "CHIL"):
        left += beside(sub, "_FREL", "_MREL")
    taken = {"HUSB", "WIFE", "CHIL", *MARRIAGES, *ENDS}
    left += Counter(str(sub.tag) for sub in record.sub_records if sub.tag not in taken)
    found = Family(
        xref=(record.xref_id or "").strip("@"),
        husbands=references(record, "HUSB"),
        wives=references(record, "WIFE"),
        children={
            child: (line_of(sub, "_FREL"), line_of(sub, "_MREL"))
            for sub in of_tag(record, "CHIL")
            if (child := reference(sub))
        },
        married=True if marriages or partings else False if engaged else None,
        start=start,
        end=end,
    )
    return found, left
