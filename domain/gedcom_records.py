"""Records of GEDCOM as the library ged4py reads them: texts, pointers, events, and what of them is not taken.

Pointers are never followed: that would read the file again and again, and rules read no files.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ged4py.date import DateValueInterpreted, DateValuePhrase
from ged4py.model import Date, Pointer, Record

from domain.gedcom_dates import IN_WORDS, NotTaken, edtf, parsed, plain
from domain.gedcom_remarks import Tell

NOBODY = "VOID"
"""What pointers of GEDCOM 7 name where somebody is not known."""


@dataclass(frozen=True)
class Day:
    """A date of a file: in EDTF, None where it can't be, and why; and what is said of it in words, which may be all."""

    line: int
    date: str | None = None
    reason: str | None = None
    words: str = ""


@dataclass(frozen=True)
class When:
    """The date (EDTF) of events of one kind, None where none can be read, and their days of which words are said."""

    date: str | None
    in_words: tuple[Day, ...] = ()


def at(record: Record) -> int:
    """The number of a record's line."""
    return record.offset or 0


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
    for sub in record.sub_records:
        if sub.tag in tags and (text := line(sub)):
            return text
    return ""


def reference(record: Record) -> str | None:
    """The record that a pointer names, without the signs around; None where it is none, or names nobody on purpose."""
    name = str(record.value).strip("@") if isinstance(record, Pointer) else NOBODY
    return None if name == NOBODY else name


def references(record: Record, tag: str) -> dict[str, int]:
    """What the pointers below a tag name, each once, with the number of its line."""
    found: dict[str, int] = {}
    for sub in of_tag(record, tag):
        if name := reference(sub):
            found.setdefault(name, at(sub))
    return found


def happened(record: Record) -> bool:
    """Whether an event took place: some programs write "DIV N" for one that did not."""
    return line(record).upper() != "N"


def dated(events: Sequence[Record], tell: Tell, left: Counter[str]) -> When:
    """The date of the first event that has one that can be read; what of these events is not taken is counted in
    `left`.

    The first event of a kind is the one the file prefers; more of it are counted, as are places and all else below.
    """
    days: list[Day] = []
    for place, event in enumerate(events):
        leave(event, left, "DATE")
        if place:
            left[f"another {event.tag}"] += 1
        if line(event).upper() not in ("", "Y", "N"):
            left[f"{event.tag} text"] += 1
        for found in map(day, of_tag(event, "DATE")):
            days.append(found)
            if found.reason:
                left[found.reason] += 1
                tell(found.line, f"{event.tag} DATE left out: {found.reason}")
    date = next((one.date for one in days if one.date), None)
    return When(date, tuple(one for one in days if one.words))


def day(record: Record) -> Day:
    """What a DATE record says."""
    text = str(record.value or "") if isinstance(record, Date) else ""
    date, reason, words = plain(text), None, None
    if date is None:
        value = parsed(text)
        words = value.phrase if isinstance(value, (DateValueInterpreted, DateValuePhrase)) else None
        try:
            date = None if isinstance(value, DateValuePhrase) else edtf(value)
        except NotTaken as error:
            words, reason = (str(value), None) if error.reason == IN_WORDS else (words, error.reason)
    said = "; ".join(" ".join(text.split()) for text in (words, line_of(record, "PHRASE")) if text)
    if said and not any(letter.isalnum() for letter in said):
        said, reason = "", reason or IN_WORDS
    return Day(at(record), date, reason, said)


def leave(record: Record, left: Counter[str], *taken: str) -> None:
    """Counts what stands below a record and is not taken: each as its tag after the record's, as in "BIRT PLAC"."""
    for sub in record.sub_records:
        if sub.tag not in taken:
            left[f"{record.tag} {sub.tag}"] += 1
