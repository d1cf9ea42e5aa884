"""Records of GEDCOM as the library ged4py reads them: texts, pointers, events, and what of them is not taken.

Pointers are never followed: that would read the file again and again, and rules read no files.
"""

from collections import Counter
from collections.abc import Sequence

from ged4py.date import DateValueInterpreted, DateValuePhrase
from ged4py.model import Date, Pointer, Record

from domain.gedcom_dates import NotTaken, edtf


def of_tag(record: Record, *tags: str) -> list[Record]:
    """The records right below that have one of these tags, in the order of the file."""
    return [sub for sub in record.sub_records if sub.tag in tags]


def line(record: Record) -> str:
    """A record's value as one line with single spaces; empty where it has none, or a pointer.

    In GEDCOM a doubled @ is a plain one.
    """
    if isinstance(record, Pointer) or not isinstance(record.value, str):
        return ""
    return " ".join(record.value.replace("@@", "@").split())


def line_of(record: Record, *tags: str) -> str:
    """The first line that is not empty below one of these tags."""
    return next((text for sub in of_tag(record, *tags) if (text := line(sub))), "")


def reference(record: Record) -> str | None:
    """The record that a pointer names, without the signs around; None where it is none."""
    return str(record.value).strip("@") if isinstance(record, Pointer) else None


def references(record: Record, *tags: str) -> tuple[str, ...]:
    """What the pointers below these tags name, each once."""
    return tuple(dict.fromkeys(name for sub in of_tag(record, *tags) if (name := reference(sub))))


def happened(record: Record) -> bool:
    """Whether an event took place: some programs write "DIV N" for one that did not."""
    return line(record).upper() != "N"


def dated(events: Sequence[Record]) -> tuple[str | None, Counter[str]]:
    """The date (EDTF) of the first event that has one that can be read, and what of these events is not taken.

    The first event of a kind is the one the file prefers; more of it are told, as are places and all else below.
    """
    found: str | None = None
    left: Counter[str] = Counter()
    for place, event in enumerate(events):
        left += beside(event, "DATE")
        if place:
            left[f"another {event.tag}"] += 1
        if line(event).upper() not in ("", "Y", "N"):
            left[f"{event.tag} text"] += 1
        for sub in of_tag(event, "DATE"):
            text, lost = day(sub)
            left += lost
            found = found or text
    return found, left


def day(record: Record) -> tuple[str | None, Counter[str]]:
    """The date (EDTF) of a DATE record, None where there is none for us, and what of it is not taken."""
    value = record.value if isinstance(record, Date) else None
    if value is None or (isinstance(value, DateValuePhrase) and value.phrase is None):
        return None, Counter()
    try:
        text = edtf(value)  # type: ignore[arg-type]  # ged4py declares text, and puts a DateValue in its place
    except NotTaken as error:
        return None, Counter([error.reason])
    return text, Counter(["date phrase"] if isinstance(value, DateValueInterpreted) else [])


def beside(record: Record, *taken: str) -> Counter[str]:
    """What stands below a record and is not taken: each as its tag after the record's, as in "BIRT PLAC"."""
    return Counter(f"{record.tag} {sub.tag}" for sub in record.sub_records if sub.tag not in taken)
