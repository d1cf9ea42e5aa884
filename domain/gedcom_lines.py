"""Lines of a GEDCOM file: their parts, and why one cannot be taken."""

import re
from typing import NamedTuple

LINE = re.compile(rb"\s*([0-9]+)[ \t]*(?:(@[A-Za-z0-9_][^@]*@)[ \t]*)?([A-Za-z_][\w-]{0,62})(?:[ \t](.*))?", re.DOTALL)
LEVEL = re.compile(rb"\s*([0-9]+)(?![^\s@])")
BEGINS_A_RECORD = re.compile(rb"\s*@[^@]+@\s*[A-Z]")
LONGEST_LINE, DEEPEST, MOST_DIGITS = 65_536, 99, 9


class Broken(ValueError):
    """A line that cannot be taken; `level` is that of the record which it would have been."""

    def __init__(self, reason: str, level: int) -> None:
        super().__init__(reason)
        self.reason, self.level = reason, level


class Line(NamedTuple):
    """The parts of a line, in the bytes of the file; a tuple, since there are millions and nothing is made faster."""

    level: int
    xref: bytes | None
    tag: bytes
    value: bytes


def parts(text: bytes) -> Line:
    """The parts of a line, which has no end of line any more. Raises Broken.

    Space before the level, and none after it, are forgiven; so were they by most programs that wrote or read GEDCOM.
    """
    if len(text) > LONGEST_LINE:
        raise Broken(f"is longer than {LONGEST_LINE:,} bytes", level(text))
    if b"\0" in text:
        raise Broken("holds a NUL", level(text))
    found = LINE.fullmatch(text)
    if not found:
        raise Broken("has no tag" if LEVEL.match(text) else "has no level", level(text))
    digits, xref, tag, value = found.groups()
    deep = number(digits)
    if deep > DEEPEST:
        raise Broken(f"is deeper than {DEEPEST} levels", deep)
    return Line(deep, xref, tag, value or b"")


def level(text: bytes) -> int:
    """The level of a line that cannot be read, or that of the record which it seems to have begun.

    What follows such a line must not become part of the record before it: where nothing tells the level, all is left
    out until the next line right below a record.
    """
    if found := LEVEL.match(text):
        return number(found[1])
    return 0 if BEGINS_A_RECORD.match(text) else 1


def number(digits: bytes) -> int:
    """The level that digits tell, as far as anybody counts."""
    return int(digits) if len(digits) <= MOST_DIGITS else 10**MOST_DIGITS
