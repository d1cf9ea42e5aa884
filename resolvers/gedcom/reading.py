"""A GEDCOM file as it is read: its people one after another, then what their families come to."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from ged4py.model import Record

from domain.gedcom_encodings import MARKS, UTF8, Encoding, decided, header
from domain.gedcom_families import Family, family
from domain.gedcom_people import Person, person
from domain.gedcom_records import at, day, of_tag
from domain.gedcom_remarks import Remarks
from domain.gedcom_structure import HEAD, TRAILER, Structure
from domain.gedcom_ties import Tie, ties
from domain.partial_dates import PartialDate
from resolvers.gedcom.lines import evidence, lines

BEGINNING = re.compile(rb"\s*0+\s+HEAD\b")
LONGEST_BEGINNING, MOST_KINDS, OTHERS = 200, 1_000, "all else"
FRAME = (HEAD.decode(), TRAILER.decode())
TAKEN = ("INDI", "FAM", *FRAME)


class NotGedcom(ValueError):
    """The file is no GEDCOM, or cannot be read; the text says why in one sentence."""


class Reading:
    """A file being read. `left` counts what is not taken, `remarks` tell of lines, and `size` is the file's, in bytes.

    Of what was read it keeps only families and who there is, not what is told of people: a file may be of any size.
    """

    def __init__(self, file: Path, today: date) -> None:
        """Looks at a file. Raises NotGedcom."""
        self.left, self.remarks = Counter[str](), Remarks()
        self._file, self._written = file, today
        self._people: dict[str, Person] = {}
        self._families: list[Family] = []
        self._references: dict[str, int] = {}
        self._ties: list[Tie] = []
        with understood(file):
            check_beginning(file)
            self.size = file.stat().st_size
            found = evidence(file)
            said = header(lines(file, Encoding(found.codec or UTF8), lambda _: None))
            self._encoding = decided(said, found)
        if self._encoding.guess:
            self.remarks.tell(said.line, f"read as {self._encoding.name}: {self._encoding.guess}")

    def people(self, progress: Callable[[int], None]) -> Iterator[Person]:
        """The people of the file, each reference once; `progress` is told how many bytes have been read.

        After the last it is seen how they are related, so that this too is done ahead of what uses it. Raises NotGedcom
        where the file can be read no further.
        """
        structure = Structure(self._encoding, self.remarks.tell)
        with understood(self._file):
            for record in structure.records(lines(self._file, self._encoding, progress)):
                if record.tag == "INDI" and self._is_first(record):
                    yield self._person(record)
                elif record.tag == "FAM" and self._is_first(record):
                    self._take_family(record)
                elif record.tag == FRAME[0]:
                    self._written = day_of(record, self._written)
                elif record.tag not in TAKEN:
                    self.leave(Counter([f"{record.tag} record"]))
        self.leave(structure.left)
        self._ties, lost = ties(self._people, self._families, self.remarks.tell)
        self.leave(lost)

    def ties(self) -> list[Tie]:
        """The relationships between the people, once all of them were read."""
        return self._ties

    def leave(self, lost: Mapping[str, int]) -> None:
        """Counts what is not taken; a file may have any number of tags, and only so many are told apart."""
        for what, times in lost.items():
            self.left[what if what in self.left or len(self.left) < MOST_KINDS else OTHERS] += times

    def _person(self, record: Record) -> Person:
        found, lost = person(record, self._written, self.remarks.tell)
        self.leave(lost)
        self._people[found.xref] = replace(found, given={})
        return found

    def _take_family(self, record: Record) -> None:
        found, lost = family(record, self._written, self.remarks.tell)
        self.leave(lost)
        self._families.append(found)

    def _is_first(self, record: Record) -> bool:
        """Whether a record's reference names nothing else yet; told where it does."""
        xref = record.xref_id or ""
        first = self._references.setdefault(xref, at(record)) if xref else at(record)
        if first != at(record):
            self.leave({f"{record.tag}: its reference is another's": 1})
            self.remarks.tell(at(record), f"{record.tag} left out: {xref} is the record of line {first}")
        return first == at(record)


def day_of(header: Record, today: date) -> date:
    """The day on which the file was written, today if it does not say."""
    texts = [day(sub).date for sub in of_tag(header, "DATE")]
    days = [PartialDate.parse(text).exact_day for text in texts if text]
    return min(today, days[0] or today) if days else today


def check_beginning(file: Path) -> None:
    """Raises NotGedcom unless this is a file that begins as every GEDCOM does, in any encoding, without reading on."""
    if file.exists() and not file.is_file():
        raise NotGedcom(f"{file.name} is no file.")
    with file.open("rb") as opened:
        beginning = opened.read(LONGEST_BEGINNING)
    for mark in MARKS:
        beginning = beginning.removeprefix(mark)
    if not BEGINNING.match(beginning.replace(b"\0", b"")):
        raise NotGedcom(f"{file.name} is no GEDCOM file: it does not begin with 0 HEAD.")


@contextmanager
def understood(file: Path) -> Iterator[None]:
    """Raises NotGedcom for what the file system raises."""
    try:
        yield
    except OSError as error:
        raise NotGedcom(f"{file.name} cannot be read: {error.strerror or error}.") from error
