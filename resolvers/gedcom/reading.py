"""A GEDCOM file as it is read, all of it before anything is written: a file that is none leaves nothing behind."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ged4py.date import DateValue
from ged4py.model import Record
from ged4py.parser import GedcomLine, GedcomReader, IntegrityError, ParserError, guess_codec

from domain.gedcom import Tree
from domain.gedcom_families import Family, family
from domain.gedcom_people import Person, person
from domain.gedcom_records import day, of_tag
from domain.gedcom_ties import ties
from domain.partial_dates import PartialDate

Progress = Callable[[int, int], None]
BEGINNING = re.compile(rb"\s*0+\s+HEAD\b")
LONGEST_BEGINNING, LONGEST_END = 200, 4096
BLANK = b" \t\r\n\0\x1a"
LINE_NUMBER = re.compile(r"at line (\d+)")
KEPT = ("INDI", "FAM")
FRAME = ("HEAD", "TRLR")


class NotGedcom(ValueError):
    """The file is no GEDCOM, or cannot be read; the text says why in one sentence."""


class Reader(GedcomReader):
    """The library's reader, less two things that would be the end of the file: see `GedcomLines`."""

    def GedcomLines(self, offset: int) -> Iterator[GedcomLine]:
        """The lines of the file from an offset on.

        A date in a calendar that the library does not know is a phrase; empty lines after the last are none.
        """
        try:
            for line in super().GedcomLines(offset):
                yield line if line.tag != "DATE" else line._replace(value=as_phrase_unless_read(line.value))
        except ParserError:
            if self._file.read(LONGEST_END).strip(BLANK):
                raise


def as_phrase_unless_read(value: bytes | None) -> bytes | None:
    """The value of a DATE, in parentheses where the library would raise: only an escape (@#D) makes it."""
    if value and b"@#" in value:
        try:
            DateValue.parse(value.decode("ascii", "replace"))
        except ValueError:
            return b"(" + value + b")"
    return value


def read(file: Path, today: date, progress: Progress) -> Tree:
    """The people and relationships of a file. Raises NotGedcom.

    `progress` is told how many steps are done of how many: one for each record read, and one for each person and
    family, which are still to be written.
    """
    with understood(file):
        check_beginning(file)
        with file.open("rb") as opened:
            encoding, _ = guess_codec(opened, warn=False)
        reader = Reader(str(file), encoding=encoding)
    with reader:
        with understood(file):
            index, header = reader.index0, reader.header
        steps = len(index) + sum(tag in KEPT for _, tag in index)
        return collected(records(reader, file), day_of(header, today), lambda done: progress(done, steps))


def records(reader: Reader, file: Path) -> Iterator[Record]:
    """The records of the file. Raises NotGedcom."""
    with understood(file):
        yield from reader.records0()


def collected(records: Iterable[Record], written: date, told: Callable[[int], None]) -> Tree:
    """The people and relationships of a file's records; `written` is the day of the file."""
    people: dict[str, Person] = {}
    families: list[Family] = []
    left: Counter[str] = Counter()
    for done, record in enumerate(records, start=1):
        lost: Counter[str] = Counter()
        if record.tag == "INDI":
            one, lost = person(record)
            if people.setdefault(one.xref, one) is not one:
                lost = Counter(["INDI: its reference is another's"])
        elif record.tag == "FAM":
            unit, lost = family(record, written)
            families.append(unit)
        elif record.tag not in FRAME:
            lost = Counter([f"{record.tag} record"])
        left.update(lost)
        told(done)
    found, lost = ties(people.values(), families)
    return Tree(tuple(people.values()), found, left + lost)


def day_of(header: Record | None, today: date) -> date:
    """The day on which the file was written, today if it does not say."""
    texts = [day(sub)[0] for sub in of_tag(header, "DATE")] if header else []
    days = [PartialDate.parse(text).exact_day for text in texts if text]
    return min(today, days[0] or today) if days else today


def check_beginning(file: Path) -> None:
    """Raises NotGedcom unless the file begins as every GEDCOM does, in any encoding, without reading on."""
    with file.open("rb") as opened:
        beginning = opened.read(LONGEST_BEGINNING)
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        beginning = beginning.removeprefix(mark)
    if not BEGINNING.match(beginning.replace(b"\0", b"")):
        raise NotGedcom(f"{file.name} is no GEDCOM file: it does not begin with 0 HEAD.")


@contextmanager
def understood(file: Path) -> Iterator[None]:
    """Raises NotGedcom for what the library and the file system raise."""
    try:
        yield
    except NotGedcom:
        raise
    except UnicodeDecodeError as error:
        raise NotGedcom(f"{file.name} is not in the encoding that it says it is in.") from error
    except (ParserError, IntegrityError) as error:
        place = LINE_NUMBER.search(str(error))
        where = f"line {place.group(1)} of {file.name}" if place else file.name
        raise NotGedcom(f"What stands in {where} is not GEDCOM.") from error
    except OSError as error:
        raise NotGedcom(f"{file.name} cannot be read: {error.strerror or 'it ends too soon'}.") from error
    except (ValueError, LookupError, AssertionError) as error:
        raise NotGedcom(f"{file.name} is no GEDCOM that can be read.") from error
