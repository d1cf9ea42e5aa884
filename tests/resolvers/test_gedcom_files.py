"""SPEC 9.7: GEDCOM files in any encoding, broken, cut off, hostile, or none at all."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.gedcom import Report, Tally
from domain.gedcom_encodings import Encoding
from domain.gedcom_people import Person
from domain.gedcom_remarks import Remark
from resolvers.context import Context
from resolvers.gedcom.importing import import_gedcom
from resolvers.gedcom.lines import CHUNK, lines
from resolvers.gedcom.people import newcomers
from resolvers.gedcom.reading import NotGedcom, Reading
from tests.unchanged import Unchanged

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "demo"
TODAY = date(2026, 9, 30)


def ignored(done: int, steps: int = 0) -> None:
    """Progress that nobody looks at."""


def write(file: Path, content: bytes) -> None:
    """What stands in a file."""
    file.write_bytes(content)


def read(file: Path) -> tuple[list[Person], Reading]:
    """The people of a file, and what was read beside them."""
    reading = Reading(file, TODAY)
    return list(reading.people(ignored)), reading


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.ged"


PERSON = "0 @I1@ INDI\r\n1 NAME Zoé /Müller/\r\n0 TRLR\r\n"
ZOE = {"given_name": "Zoé", "family_name": "Müller", "gender": "UNKNOWN"}


@pytest.mark.parametrize(
    ("head", "encoding", "remarks"),
    [
        ("1 CHAR UTF-8", "utf-8", ()),
        ("1 CHAR UTF-8", "utf-8-sig", ()),
        ("1 GEDC\r\n2 VERS 7.0", "utf-8", ()),
        ("1 GEDC\r\n2 VERS 7.0", "utf-8-sig", ()),
        ("1 CHAR UNICODE", "utf-16", ()),
        ("1 CHAR UNICODE", "utf-16-le", ()),
        ("1 CHAR UNICODE", "utf-16-be", ()),
        ("1 CHAR ANSI", "cp1252", ()),
        ("1 CHAR IBM WINDOWS", "cp1252", ()),
        ("1 CHAR LATIN1", "latin-1", ()),
        ("1 CHAR IBMPC", "cp437", ()),
        ("1 CHAR MSDOS", "cp850", ()),
        ("1 CHAR MACINTOSH", "mac-roman", ()),
        ("1 CHAR UTF-8", "cp1252", (Remark(2, 'read as windows-1252: CHAR says "UTF-8"'),)),
        ("1 CHAR UTF-8", "utf-16", (Remark(2, 'read as UTF-16-LE: CHAR says "UTF-8"'),)),
        ("1 CHAR ANSEL", "utf-8", (Remark(2, 'read as UTF-8: CHAR says "ANSEL"'),)),
        ("1 CHAR ASCII", "cp1252", (Remark(2, 'read as windows-1252: CHAR says "ASCII"'),)),
        ("1 CHAR KLINGON", "utf-8", (Remark(2, 'read as UTF-8: CHAR says "KLINGON"'),)),
        ("1 SOUR x", "cp1252", (Remark(1, "read as windows-1252: no CHAR line"),)),
        ("1 SOUR x", "utf-8", (Remark(1, "read as UTF-8: no CHAR line"),)),
    ],
)
def test_names_are_read_in_the_encoding_of_the_file_and_a_guess_is_told(
    file: Path, head: str, encoding: str, remarks: tuple[Remark, ...]
) -> None:
    file.write_bytes(f"0 HEAD\r\n{head}\r\n{PERSON}".encode(encoding))
    people, reading = read(file)
    assert [person.given for person in people] == [ZOE]
    assert reading.remarks.kept == remarks


def test_ansel_has_its_accents_before_the_letters(file: Path) -> None:
    body = b"0 @I1@ INDI\n1 NAME Zo\xe2e /M\xe8uller/\n1 NAME \xa1od\xb1z\n0 TRLR\n"
    file.write_bytes(b"0 HEAD\n1 CHAR ANSEL\n" + body)
    (person,), reading = read(file)
    assert person.given == {
        "given_name": "Zoe\u0301",
        "family_name": "Mu\u0308ller",
        "other_names": [{"kind": "ALIAS", "text": "Łodłz"}],
        "gender": "UNKNOWN",
    }
    assert reading.remarks.kept == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be"])
def test_lines_end_as_on_any_system_and_the_last_need_not(file: Path, end: str, encoding: str) -> None:
    text = end.join(["0 HEAD", "", "1 NOTE ü", "0 TRLR"])
    file.write_bytes(text.encode(encoding))
    found = list(lines(file, Encoding(encoding), ignored))
    assert found == [(1, b"0 HEAD"), (2, b""), (3, "1 NOTE ü".encode()), (4, b"0 TRLR")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", [-2, -1, 0, 1])
def test_an_end_of_line_may_lie_across_two_readings(file: Path, end: str, before: int) -> None:
    first = "x" * (CHUNK + before)
    file.write_bytes(f"{first}{end}ü{end}".encode())
    found = list(lines(file, Encoding("utf-8"), ignored))
    assert found == [(1, first[:65_537].encode()), (2, "ü".encode())]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "x.ged is no GEDCOM file: it does not begin with 0 HEAD."),
        (b"\x89PNG\r\n\x1a\n\0\0", "x.ged is no GEDCOM file: it does not begin with 0 HEAD."),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "x.ged is no GEDCOM file: it does not begin with 0 HEAD."),
        (b"name,born\nAnn,1901\n", "x.ged is no GEDCOM file: it does not begin with 0 HEAD."),
        (b"0 HEADLINE\n", "x.ged is no GEDCOM file: it does not begin with 0 HEAD."),
    ],
)
async def test_a_file_that_is_none_is_refused_and_leaves_nothing_behind(
    context: Context, file: Path, unchanged: Unchanged, content: bytes, reason: str
) -> None:
    write(file, content)
    async with unchanged.during():
        with pytest.raises(NotGedcom) as refused:
            await import_gedcom(context, file, "test", ignored)
    assert str(refused.value) == reason


def missing(file: Path) -> None:
    """There is none."""


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (missing, "x.ged cannot be read: No such file or directory."),
        (Path.mkdir, "x.ged is no file."),
        (os.mkfifo, "x.ged is no file."),
    ],
)
def test_what_is_no_file_is_refused(file: Path, make: Callable[[Path], None], reason: str) -> None:
    make(file)
    with pytest.raises(NotGedcom) as refused:
        Reading(file, TODAY)
    assert str(refused.value) == reason


async def test_a_gedcom_without_people_leaves_nothing_behind(
    context: Context, file: Path, unchanged: Unchanged
) -> None:
    write(file, b"0 HEAD\n1 CHAR UTF-8\n1 NOTE " + bytes(range(256)) * 200 + b"\n0 TRLR\n")
    async with unchanged.during():
        report = await import_gedcom(context, file, "test", ignored)
    assert (report.made, report.there_already, report.more_remarks) == (Tally(0, 0, 0), Tally(0, 0, 0), 0)
    assert report.remarks


FAMILY = """0 HEAD
1 CHAR UTF-8
0 @I1@ INDI
1 NAME Ann /Bell/
0 @I2@ INDI
1 NAME Carl /Dean/
1 FAMC @F1@
0 @F1@ FAM
1 WIFE @I1@
1 CHIL @I2@
0 TRLR
"""


async def test_what_is_whole_of_a_file_cut_off_comes_in_and_the_rest_with_the_whole_file(
    context: Context, file: Path
) -> None:
    write(file, FAMILY[: FAMILY.index("1 FAMC")].encode())
    assert await import_gedcom(context, file, "test", ignored) == Report(
        Tally(1, 0, 0),
        Tally(0, 0, 0),
        {},
        (Remark(5, "record left out: without TRLR after it the file may have been cut off"),),
    )
    write(file, FAMILY.encode())
    assert await import_gedcom(context, file, "test", ignored) == Report(Tally(1, 1, 0), Tally(1, 0, 0), {})


@pytest.mark.parametrize("cut", range(6, len(FAMILY) - 6, 7))
def test_of_a_file_cut_off_anywhere_nobody_is_taken_by_half(file: Path, cut: int) -> None:
    file.write_text(FAMILY)
    whole, _ = read(file)
    file.write_text(FAMILY[:cut])
    people, reading = read(file)
    assert people == whole[: len(people)]
    assert len(people) >= FAMILY[:cut].count("\n0 @I") - 2
    told = [remark.text for remark in reading.remarks.kept]
    assert "record left out: without TRLR after it the file may have been cut off" in told


def test_a_date_in_an_unknown_calendar_and_what_follows_the_end_are_no_end_of_the_file(file: Path) -> None:
    body = "0 @I1@ INDI\n1 BIRT\n2 DATE @#DROMAN@ 1200\n1 DEAT\n2 DATE @#DJULIAN@ 15 MAR 1699/00\n0 TRLR\n"
    file.write_bytes(f"0 HEAD\n1 CHAR UTF-8\n1 DATE 6 MAY 2001\n{body}".encode() + b"\r\n \n\x1a\0\0")
    (person,), reading = read(file)
    assert person.given["life_events"] == [
        {"name": "Birth: @#DROMAN@ 1200", "date": "../2001-05-06", "yearly": False},
        {"name": "Death: @#DJULIAN@ 15 MAR 1699/00", "date": "../2001-05-06", "yearly": False},
    ]
    assert reading.left == {"empty line": 3}


@pytest.mark.parametrize(
    ("program", "name", "family_name", "other"),
    [
        ("MYHERITAGE", "Jane /Ivanova/", "Smith", "Jane Ivanova"),
        ("ALTREE", "Jane /Smith (Ivanova)/", "Smith", "Jane Ivanova"),
        ("AgelongTree", "Jane /Smith (Ivanova)/", "Smith", "Jane Ivanova"),
        ("ANCESTRIS", "Jane /Ivanova/", "Ivanova", "Smith"),
        ("Ahnenblatt", "Jane /Ivanova/", "Ivanova", "Smith"),
        ("AncestryDNA", "Jane /Ivanova/", "Ivanova", "Smith"),
    ],
)
def test_names_are_read_in_the_dialect_of_the_program(
    file: Path, program: str, name: str, family_name: str, other: str
) -> None:
    married = "" if name.endswith(")/") else "2 _MARNM Smith\n"
    body = f"0 @I1@ INDI\n1 NAME {name}\n2 SURN Ivanova\n{married}"
    file.write_text(f"0 HEAD\n1 SOUR {program}\n1 CHAR UTF-8\n{body}0 TRLR\n")
    (person,), _ = read(file)
    kind = "FORMER" if family_name == "Smith" else "OTHER"
    assert person.given["family_name"] == family_name
    assert person.given["other_names"] == [{"kind": kind, "text": other}]


def test_gedcom_7_names_calendars_and_nobody_in_its_own_words(file: Path) -> None:
    person = "0 @I1@ INDI\n1 BIRT\n2 DATE JULIAN 25 OCT 1917\n1 DEAT\n2 DATE 44 BCE\n1 FAMC @VOID@"
    file.write_text(f"0 HEAD\n1 GEDC\n2 VERS 7.0\n{person}\n0 TRLR\n")
    (found,), reading = read(file)
    assert found.given == {"gender": "UNKNOWN", "birth_date": "1917-11-07", "deceased": True}
    assert (reading.ties(), reading.left) == ([], {"date before the year 1": 1})
    assert reading.remarks.kept == (Remark(8, "DEAT DATE left out: date before the year 1"),)


PIECES = st.sampled_from(
    [b"\0", b"\n", b"\r", b"\xff", b"\xc3", b"@", b"@I1@", b"(", b"0 ", b"1 ", b"2 ", b"99999999999", b"/", b"CONT "]
)
DAMAGE = st.lists(st.tuples(st.integers(7, 5_000), st.integers(0, 12), PIECES), max_size=30)


def damaged(content: bytes, damage: Iterable[tuple[int, int, bytes]]) -> bytes:
    """A file in which at some places some bytes are lost, and others stand."""
    for place, lost, piece in damage:
        content = content[:place] + piece + content[place + lost :]
    return content


@given(damage=DAMAGE)
def test_whatever_was_damaged_the_file_is_read(tmp_path_factory: pytest.TempPathFactory, damage: list[Any]) -> None:
    file = tmp_path_factory.getbasetemp() / "damaged.ged"
    file.write_bytes(damaged((DEMO / "kennedy.ged").read_bytes(), damage))
    reading = Reading(file, TODAY)
    assert len(list(newcomers(reading, "gedcom:test", "US", ignored))) <= 69
    assert len(reading.ties()) <= 69 * 20


async def test_a_damaged_file_comes_in_as_far_as_the_rules_allow_and_again_changes_nothing(
    context: Context, file: Path, unchanged: Unchanged
) -> None:
    """After the test the graph is looked through, and holds to all rules."""
    places = ((place, place % 5, piece) for place, piece in zip(range(100, 30_000, 211), cycle([b"@", b"\n", b"9"])))
    write(file, damaged((DEMO / "kennedy.ged").read_bytes(), places))
    first = await import_gedcom(context, file, "test", ignored)
    async with unchanged.during():
        again = await import_gedcom(context, file, "test", ignored)
    assert first.made.people > 40
    assert (again.made, again.there_already, again.left_out) == (Tally(0, 0, 0), first.made, first.left_out)
    assert again.remarks == first.remarks


def test_of_any_number_of_tags_1000_are_told_apart(file: Path) -> None:
    body = "".join(f"0 @I{n}@ INDI\n1 _A{n} x\n1 _B{n} x\n" for n in range(1_000))
    file.write_text(f"0 HEAD\n1 CHAR UTF-8\n{body}0 TRLR\n")
    _, reading = read(file)
    expected = {f"_{letter}{n}": 1 for n in range(500) for letter in "AB"}
    assert reading.left == {**expected, "all else": 1_000}


def one_line(opened: BinaryIO) -> None:
    """A gigabyte in one line; of zeros, which take no room on the disk."""
    opened.write(b"1 NOTE ")
    opened.seek(1 << 30, os.SEEK_CUR)


def empty_lines(opened: BinaryIO) -> None:
    """Two million."""
    opened.write(b"\n" * 2_000_000)


def names(opened: BinaryIO) -> None:
    """A hundred thousand names of one person, each a little longer than any that is taken."""
    opened.write((b"1 NAME " + b"A" * 300 + b"\n") * 100_000)


def broken_lines(opened: BinaryIO) -> None:
    """Two hundred thousand."""
    opened.write(b"broken\n" * 200_000)


PEAK = """
import json, resource, sys
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO
from resolvers.gedcom.reading import Reading
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
reading = Reading(Path(sys.argv[1]), date(2026, 9, 30))
people = [person.xref for person in reading.people(lambda done: None)]
told = [[remark.line, remark.text] for remark in reading.remarks.kept[:1]]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
json.dump([people, told, reading.remarks.more, peak // 1024], sys.stdout)
"""


@pytest.mark.parametrize(
    ("fill", "remarks", "more"),
    [
        (one_line, [[4, "line left out: it is longer than 65,536 bytes"]], 0),
        (empty_lines, [], 0),
        (
            names,
            [[10_004, "line left out: it and all that follows is beyond the first 10,000 lines of a record"]],
            0,
        ),
        (broken_lines, [[4, "line left out: it has no level"]], 199_000),
    ],
)
def test_a_hostile_file_is_read_in_100_mb_whatever_its_size(
    file: Path, fill: Callable[[BinaryIO], None], remarks: list[list[object]], more: int
) -> None:
    with file.open("wb") as opened:
        opened.write(b"0 HEAD\n1 CHAR UTF-8\n0 @I1@ INDI\n")
        fill(opened)
        opened.write(b"\n0 @I2@ INDI\n0 TRLR\n")
    done = subprocess.run([sys.executable, "-c", PEAK, str(file)], cwd=ROOT, capture_output=True, check=True)
    people, told, beside, megabytes = json.loads(done.stdout)
    assert (people, told, beside) == (["I1", "I2"], remarks, more)
    assert megabytes < 100
