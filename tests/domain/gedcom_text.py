"""Records of GEDCOM made of text, as the library reads them from a file."""

from io import BytesIO

from ged4py.model import Record
from ged4py.parser import GedcomReader


def records(text: str, program: str = "Kith") -> list[Record]:
    """The records of a file written by a program, without its header and trailer; lines may be indented."""
    lines = [
        "0 HEAD",
        f"1 SOUR {program}",
        "1 CHAR UTF-8",
        *(line.strip() for line in text.splitlines() if line.strip()),
    ]
    reader = GedcomReader(BytesIO("\n".join([*lines, "0 TRLR", ""]).encode()))
    return [record for record in reader.records0() if record.tag not in ("HEAD", "TRLR")]
