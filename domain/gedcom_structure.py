"""Records of a GEDCOM file, put together from its lines.

They are records of the library ged4py, which knows dates and the dialects of names. Its reader is not used: it ends at
the first broken line, reads no UTF-16, and reads a file byte by byte.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from ged4py.model import Date, Dialect, Record, make_record
from ged4py.parser import GedcomReader

from domain.gedcom_encodings import Encoding
from domain.gedcom_lines import Broken, Line, parts
from domain.gedcom_remarks import Tell

LONGEST_VALUE, MOST_LINES = 8_192, 10_000
BLANK = b" \t\r\n\0\x1a"
CONTINUED = {b"CONT": b"\n", b"CONC": b""}
HEAD, TRAILER = b"HEAD", b"TRLR"
WHOLE = frozenset({HEAD, b"INDI", b"FAM"})
"""Records of which the lines below are wanted."""
DIALECTS = {
    "MYHERITAGE": Dialect.MYHERITAGE,
    "ALTREE": Dialect.ALTREE,
    "AgelongTree": Dialect.ALTREE,
    "ANCESTRIS": Dialect.ANCESTRIS,
}
"""By what the header's SOUR says."""
NO_READER = cast(GedcomReader, object())
"""What pointers would be followed with; they never are."""


@dataclass(slots=True)
class Unfinished:
    """A record whose lines are still coming; its value comes in pieces, at whose ends a letter may be cut in two."""

    number: int
    line: Line
    value: bytes
    below: list[Record] = field(default_factory=list)

    def add(self, piece: bytes) -> None:
        """Adds to the value, up to one byte more than the length that is more than anything that Kith takes."""
        self.value += piece[: LONGEST_VALUE + 1 - len(self.value)]


class Structure:
    """Puts records together; what cannot be part of one is told, or counted in `left` where it stands below such."""

    def __init__(self, encoding: Encoding, tell: Tell) -> None:
        self.left = Counter[str]()
        self._encoding, self._tell = encoding, tell
        self._dialect = Dialect.DEFAULT
        self._open: list[Unfinished] = []
        self._lines = 0
        self._below: int | None = None  # what is deeper than this level stands below a line that was left out

    def records(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[Record]:
        """The records of a file, of its lines with their numbers; `offset` of each is the number of its line.

        Of records that Kith takes nothing of there is only the first line. The last record of a file without a trailer
        is left out: the file may have been cut off in it, and half of somebody would keep the whole out ever after.
        """
        for number, text in lines:
            try:
                whole = self._taken(number, parts(text))
            except Broken as broken:
                if text.strip(BLANK):
                    self._leave_out(number, broken)
                else:
                    self.left["empty line"] += 1
            else:
                if whole:
                    yield whole
        if not self._open:
            return
        if self._open[0].line.tag != TRAILER:
            self._tell(self._open[0].number, "record left out: without TRLR after it the file may have been cut off")
        elif trailer := self._closed(0):
            yield trailer

    def _leave_out(self, number: int, broken: Broken) -> None:
        if self._below is not None and broken.level > self._below:
            self.left["line below one that was left out"] += 1
        else:
            self._tell(number, f"line left out: it {broken.reason}")
            self._below = broken.level

    def _taken(self, number: int, line: Line) -> Record | None:
        """Takes a line; the record that has become whole, where this begins the next. Raises Broken."""
        if self._below is not None and line.level > self._below:
            raise Broken("stands below one that was left out", line.level)
        self._below = None
        if line.level == 0:
            whole = self._closed(0)
            self._lines = 0
            self._begin(number, line)
            return whole
        if not self._open:
            raise Broken("stands before the first record", line.level)
        if self._open[0].line.tag in WHOLE:
            self._put(number, line)
        return None

    def _put(self, number: int, line: Line) -> None:
        """Puts a line where it belongs in the record that is open. Raises Broken."""
        self._lines += 1
        if self._lines > MOST_LINES:
            raise Broken(f"and all that follows is beyond the first {MOST_LINES:,} lines of a record", 0)
        if line.level > len(self._open):
            raise Broken(f"is of level {line.level}, where at most {len(self._open)} can be", line.level)
        if line.tag in CONTINUED and line.level == 1:
            raise Broken("continues nothing", line.level)
        self._closed(line.level)
        if line.tag in CONTINUED:
            self._open[-1].add(CONTINUED[line.tag] + line.value)
        else:
            self._begin(number, line)

    def _begin(self, number: int, line: Line) -> None:
        self._open.append(Unfinished(number, line, line.value[: LONGEST_VALUE + 1]))

    def _closed(self, level: int) -> Record | None:
        """Finishes the open records from a level on, each in the one above it; the uppermost of them."""
        record = None
        while len(self._open) > level:
            record = self._finished(self._open.pop())
            if record and self._open:
                self._open[-1].below.append(record)
        return record

    def _finished(self, one: Unfinished) -> Record | None:
        """The record, None where it is not in the encoding of the file."""
        tag = one.line.tag.decode("ascii")
        try:
            value = self._encoding.text(one.value[:LONGEST_VALUE], cut=len(one.value) > LONGEST_VALUE)
            xref = self._encoding.text(one.line.xref) if one.line.xref else ""
        except UnicodeDecodeError:
            self._tell(one.number, f"{tag} left out: it is not in {self._encoding.name}")
            return None
        record = make_record(one.line.level, xref, tag, value, one.below, one.number, self._dialect, NO_READER)
        if not isinstance(record, Date):  # whose text is read where it is asked for: most files have more than we take
            record.freeze()
        if one.line.tag == HEAD and one.line.level == 0:
            said = (sub.value for sub in one.below if sub.tag == "SOUR")
            self._dialect = DIALECTS.get(str(next(said, "")), Dialect.DEFAULT)
        return record
