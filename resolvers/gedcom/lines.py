"""The lines of a file, in memory that does not depend on how long the file or a line is."""

import codecs
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from domain.gedcom_encodings import ASCII, MARKS, UTF8, Encoding, Evidence
from domain.gedcom_lines import LONGEST_LINE

CHUNK = 1 << 18
NOT_UTF8 = re.compile("[\udc80-\udcff]")


def evidence(file: Path) -> Evidence:
    """What the bytes of a file tell of its encoding; all are read unless its beginning tells. Raises OSError."""
    letters = others = 0
    with file.open("rb") as opened:
        beginning = opened.read(4)
        for mark, codec in MARKS.items():
            if beginning.startswith(mark):
                return Evidence(codec)
        if b"\0" in beginning[:2]:
            return Evidence("utf-16-be" if beginning[:1] == b"\0" else "utf-16-le")
        opened.seek(0)
        decoder = codecs.getincrementaldecoder(UTF8)("surrogateescape")
        while chunk := opened.read(CHUNK):
            text = decoder.decode(chunk)
            if not text.isascii():
                wrong = len(NOT_UTF8.findall(text))
                others += wrong
                letters += len(text) - len(text.encode(ASCII, "ignore")) - wrong
    return Evidence(None, letters, others)


def lines(file: Path, encoding: Encoding, at: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
    """The numbered lines of a file, the first is 1, without their ends, which may be any system's.

    Lines longer than `LONGEST_LINE` are cut one byte beyond that. `at` is told how many bytes have been read.
    Raises OSError.
    """
    ended, rest = 0, b""
    for chunk in chunks(file, encoding, at):
        found = (rest + chunk).splitlines(keepends=True)
        rest = b"" if not found or found[-1].endswith(b"\n") else found.pop()
        for number, text in enumerate(found, start=ended + 1):
            yield number, text.rstrip(b"\r\n")[: LONGEST_LINE + 1]
        ended += len(found)
        if len(rest) > LONGEST_LINE:  # it may end in half of an end of line, which its other half is still to join
            rest = rest[: LONGEST_LINE + 1] + (b"\r" if rest.endswith(b"\r") else b"")
    if rest:
        yield ended + 1, rest.rstrip(b"\r")[: LONGEST_LINE + 1]


def chunks(file: Path, encoding: Encoding, at: Callable[[int], None]) -> Iterator[bytes]:
    """The bytes of a file without its mark; UTF-16 as UTF-8, with what is none as U+FFFD. Raises OSError."""
    recoded = codecs.getincrementaldecoder(encoding.codec)("replace") if encoding.wide else None
    first = True
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            at(opened.tell())
            if recoded:
                chunk = recoded.decode(chunk).encode(UTF8, "replace")
            if first:
                chunk, first = chunk.removeprefix(codecs.BOM_UTF8), False
            yield chunk
