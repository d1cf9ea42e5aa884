"""Records of GEDCOM made of text, as they are of a file's lines."""

from collections.abc import Iterable, Iterator

from ged4py.model import Record

from domain.gedcom_encodings import Encoding
from domain.gedcom_remarks import Tell
from domain.gedcom_structure import Structure

UTF8 = Encoding("utf-8")


def ignored(line: int, text: str) -> None:
    """Remarks that nobody reads."""


class Told:
    """Remarks as they come: lines and texts."""

    def __init__(self) -> None:
        self.remarks: list[tuple[int, str]] = []

    def __call__(self, line: int, text: str) -> None:
        self.remarks.append((line, text))


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, bytes]]:
    """Lines as they are read from a file."""
    return ((number, line.encode()) for number, line in enumerate(lines, start=1))


def records(text: str, program: str = "Kith", tell: Tell = ignored) -> list[Record]:
    """The records of a file written by a program, without its header and trailer; lines may be indented.

    The first line of the text is line 3.
    """
    body = (line.strip() for line in text.splitlines() if line.strip())
    lines = ["0 HEAD", f"1 SOUR {program}", *body, "0 TRLR"]
    found = Structure(UTF8, tell).records(numbered(lines))
    return [record for record in found if record.tag not in ("HEAD", "TRLR")]
