"""The encoding of a GEDCOM file: what its header says, what its bytes can be, and which of the two is believed."""

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import ged4py  # noqa: F401  # makes Python know ANSEL, by the name of "gedcom"

from domain.gedcom_lines import Broken, parts
from domain.gedcom_remarks import quoted

UTF8, WIDE, ANSEL, ASCII, WINDOWS = "utf-8", "utf-16", "gedcom", "ascii", "cp1252"
MARKS = {codecs.BOM_UTF8: UTF8, codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SAID: Mapping[str, str] = {
    **dict.fromkeys(("utf-8", "utf8"), UTF8),
    **dict.fromkeys(("unicode", "utf-16", "utf16", "utf-16le", "utf-16be"), WIDE),
    **dict.fromkeys(("ascii", "us-ascii"), ASCII),
    **dict.fromkeys(("ansel", "z39.47"), ANSEL),
    **dict.fromkeys(("ansi", "windows", "ibm windows", "ibm_windows"), WINDOWS),
    **dict.fromkeys(("ibmpc", "ibm-pc", "ibm", "oem"), "cp437"),
    **dict.fromkeys(("msdos", "ms-dos", "ibm dos"), "cp850"),
    **dict.fromkeys(("latin1", "iso8859"), "iso8859-1"),
    "macintosh": "mac-roman",
}
"""Codecs of Python by what CHAR says, in lower case: all that ged4py knows; "ANSI" and the like mean one by custom."""
CODE_PAGE = re.compile(r"(windows-|cp)125[0-8]|cp(437|85[025]|866)|iso-?8859-([1-9]|1[013-6])|koi8-[ru]")
NAMES = {UTF8: "UTF-8", ANSEL: "ANSEL", ASCII: "ASCII", "mac-roman": "Macintosh"}
MOST_HEADER = 10_000


@dataclass(frozen=True)
class Encoding:
    """The codec that a file is read by; `guess` is why, where it had to be guessed, else empty."""

    codec: str
    guess: str = ""

    @property
    def name(self) -> str:
        """Its name for people."""
        return NAMES.get(self.codec) or self.codec.upper().replace("CP125", "windows-125")

    @property
    def wide(self) -> bool:
        """Whether a letter takes two bytes or more, so that even ends of lines must be read by the codec."""
        return self.codec.startswith(WIDE)

    def text(self, value: bytes, *, cut: bool = False) -> str:
        """The letters of a value's bytes, which are UTF-8 where the file is wide. Raises UnicodeDecodeError.

        Where it was `cut`, half a letter at its end is left out.
        """
        if value.isascii():
            return value.decode(ASCII)
        return value.decode(UTF8 if self.wide else self.codec, "ignore" if cut else "strict")


@dataclass(frozen=True)
class Header:
    """What a header says of the encoding: CHAR, None if nothing; its line; and whether the file is of GEDCOM 7."""

    char: str | None = None
    line: int = 1
    seven: bool = False

    @property
    def codec(self) -> str | None:
        """The codec that it names, None where it names none that is known."""
        name = (self.char or "").casefold()
        if CODE_PAGE.fullmatch(name):
            return codecs.lookup(name).name
        return SAID.get(name)


@dataclass(frozen=True)
class Evidence:
    """What the bytes of a file tell: a codec, by the mark at its beginning or by zeros between its letters, else None;
    how many letters beyond ASCII would be UTF-8's, and how many bytes cannot be.
    """

    codec: str | None = None
    letters: int = 0
    others: int = 0


def header(lines: Iterable[tuple[int, bytes]]) -> Header:
    """What the header says, of the file's first lines; broken ones say nothing."""
    found, above = Header(), b""
    for number, text in islice(lines, MOST_HEADER):
        try:
            line = parts(text)
        except Broken:
            continue
        if line.level == 0 and line.tag != b"HEAD":
            break
        if line.level == 1:
            above = line.tag
        if line.level == 1 and line.tag == b"CHAR" and found.char is None:
            found = replace(found, char=" ".join(line.value.decode(ASCII, "replace").split()), line=number)
        elif line.level == 2 and above == b"GEDC" and line.tag == b"VERS":
            found = replace(found, seven=line.value.strip().startswith(b"7"))
    return found


def decided(header: Header, found: Evidence) -> Encoding:
    """The encoding to read a file by, where the header says one thing and the bytes another.

    Bytes tell UTF-8 surely: letters of other encodings are nearly never its letters too, so a file that is UTF-8
    throughout is not what an older program's header calls it, and a file with more that is not is not UTF-8. Which of
    the older encodings it is they do not tell, so there the header is believed, and without one it is Windows's.
    """
    said = UTF8 if header.seven else header.codec
    reason = "no CHAR line" if header.char is None else f"CHAR says {quoted(header.char)}"
    if found.codec:
        agreed = said is not None and found.codec.startswith(said)
        return Encoding(found.codec, "" if agreed else reason)
    likely = UTF8 if found.letters >= found.others else WINDOWS
    if said in (None, WIDE) or (said == ASCII and found.letters + found.others):
        return Encoding(likely, reason)
    if said == UTF8:
        return Encoding(likely, "" if likely == UTF8 else reason)
    return Encoding(UTF8, reason) if found.letters and not found.others else Encoding(str(said))
