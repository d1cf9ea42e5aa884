"""SPEC 9.7: in which encoding a file is read, and where that had to be guessed."""

from collections.abc import Sequence

import pytest

from domain.gedcom_encodings import Encoding, Evidence, Header, decided, header
from tests.domain.gedcom_text import numbered

NOTHING, UTF8, NOT_UTF8, MIXED = Evidence(), Evidence(letters=3), Evidence(others=3), Evidence(letters=9, others=1)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["0 HEAD", "1 SOUR x", "1 CHAR UTF-8", "0 @I1@ INDI"], Header("UTF-8", 3)),
        (["0 HEAD", "1 CHAR IBM   WINDOWS", "2 VERS 1"], Header("IBM WINDOWS", 2)),
        (["0 HEAD", "1 GEDC", "2 VERS 7.0.14", "0 TRLR"], Header(None, 1, seven=True)),
        (["0 HEAD", "1 GEDC", "2 VERS 5.5.1", "1 CHAR ANSEL"], Header("ANSEL", 4)),
        (["0 HEAD", "1 SOUR x", "2 VERS 7.0", "0 @I1@ INDI", "1 CHAR ANSEL"], Header()),
        (["0 HEAD", "broken", "1 CHAR ANSI"], Header("ANSI", 3)),
        ([], Header()),
    ],
)
def test_the_header_says_which_encoding(lines: Sequence[str], expected: Header) -> None:
    assert header(numbered(lines)) == expected


@pytest.mark.parametrize(
    ("char", "found", "codec", "guessed"),
    [
        ("UTF-8", UTF8, "utf-8", False),
        ("UTF-8", MIXED, "utf-8", False),
        ("UTF-8", NOT_UTF8, "cp1252", True),
        ("UTF-8", Evidence("utf-8"), "utf-8", False),
        ("UTF-8", Evidence("utf-16-le"), "utf-16-le", True),
        ("UNICODE", Evidence("utf-16-be"), "utf-16-be", False),
        ("UNICODE", UTF8, "utf-8", True),
        ("UNICODE", Evidence("utf-8"), "utf-8", True),
        ("ASCII", NOTHING, "ascii", False),
        ("ASCII", NOT_UTF8, "cp1252", True),
        ("ANSEL", NOT_UTF8, "gedcom", False),
        ("ansel", NOTHING, "gedcom", False),
        ("ANSEL", UTF8, "utf-8", True),
        ("ANSI", NOT_UTF8, "cp1252", False),
        ("ANSI", MIXED, "cp1252", False),
        ("ANSI", UTF8, "utf-8", True),
        ("IBMPC", NOT_UTF8, "cp437", False),
        ("IBM DOS", NOT_UTF8, "cp850", False),
        ("MACINTOSH", NOT_UTF8, "mac-roman", False),
        ("LATIN1", NOT_UTF8, "iso8859-1", False),
        ("ISO-8859-15", NOT_UTF8, "iso8859-15", False),
        ("WINDOWS-1251", NOT_UTF8, "cp1251", False),
        ("KOI8-R", NOT_UTF8, "koi8-r", False),
        ("KLINGON", NOTHING, "utf-8", True),
        ("KLINGON", NOT_UTF8, "cp1252", True),
        ("zip", NOT_UTF8, "cp1252", True),
        ("ISO-8859-12", NOT_UTF8, "cp1252", True),
    ],
)
def test_the_header_is_believed_where_the_bytes_agree(char: str, found: Evidence, codec: str, guessed: bool) -> None:
    assert decided(Header(char), found) == Encoding(codec, f'CHAR says "{char}"' if guessed else "")


@pytest.mark.parametrize(
    ("found", "codec"),
    [
        (NOTHING, "utf-8"),
        (UTF8, "utf-8"),
        (NOT_UTF8, "cp1252"),
        (Evidence("utf-8"), "utf-8"),
        (Evidence("utf-16-le"), "utf-16-le"),
    ],
)
def test_without_a_word_of_the_header_the_bytes_decide_and_it_is_a_guess(found: Evidence, codec: str) -> None:
    assert decided(Header(), found) == Encoding(codec, "no CHAR line")


def test_gedcom_7_is_always_utf_8_and_needs_no_word() -> None:
    assert decided(Header(seven=True), UTF8) == Encoding("utf-8")
    assert decided(Header(seven=True), Evidence("utf-8")) == Encoding("utf-8")
    assert decided(Header(seven=True), NOT_UTF8) == Encoding("cp1252", "no CHAR line")


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("cp1252", "windows-1252"),
        ("gedcom", "ANSEL"),
        ("utf-16-le", "UTF-16-LE"),
        ("mac-roman", "Macintosh"),
        ("cp437", "CP437"),
    ],
)
def test_encodings_have_names_for_people(codec: str, name: str) -> None:
    assert Encoding(codec).name == name
