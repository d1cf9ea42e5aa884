"""SPEC 9.7: lines of GEDCOM come apart, or are refused with a reason; none stops the rest of the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.gedcom_lines import Broken, Line, parts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"0 HEAD", Line(0, None, b"HEAD", b"")),
        (b"0 @I1@ INDI", Line(0, b"@I1@", b"INDI", b"")),
        (b"0 @I1@INDI", Line(0, b"@I1@", b"INDI", b"")),
        (b"1 NAME Ann /Bell/ ", Line(1, None, b"NAME", b"Ann /Bell/ ")),
        (b"1 NAME  Ann", Line(1, None, b"NAME", b" Ann")),
        (b"1 NAME\tAnn", Line(1, None, b"NAME", b"Ann")),
        (b"1NAME Ann", Line(1, None, b"NAME", b"Ann")),
        (b"  01 _UID 7", Line(1, None, b"_UID", b"7")),
        (b"1 FAMC @F1@", Line(1, None, b"FAMC", b"@F1@")),
        (b"99 DEEP", Line(99, None, b"DEEP", b"")),
        (b"1 NAME " + b"x" * 65_529, Line(1, None, b"NAME", b"x" * 65_529)),
    ],
)
def test_a_line_has_a_level_a_reference_a_tag_and_a_value(text: bytes, line: Line) -> None:
    assert parts(text) == line


@pytest.mark.parametrize(
    ("text", "reason", "level"),
    [
        (b"Bell", "has no level", 1),
        (b"NAME Ann", "has no level", 1),
        (b"@I1@ INDI", "has no level", 0),
        (b"2 %&/ x", "has no tag", 2),
        (b"1", "has no tag", 1),
        (b"1 " + b"X" * 64, "has no tag", 1),
        (b"0 @I1@", "has no tag", 0),
        (b"1 NAME A\0nn", "holds a NUL", 1),
        (b"100 DEEP", "is deeper than 99 levels", 100),
        (b"9" * 60_000 + b" DEEP", "is deeper than 99 levels", 10**9),
        (b"1 NAME " + b"x" * 65_530, "is longer than 65,536 bytes", 1),
    ],
)
def test_a_broken_line_has_a_reason_and_the_level_it_seems_to_have_had(text: bytes, reason: str, level: int) -> None:
    with pytest.raises(Broken) as broken:
        parts(text)
    assert (broken.value.reason, broken.value.level) == (reason, level)


def tag_or_reason(text: bytes) -> str:
    try:
        return parts(text).tag.decode()
    except Broken as broken:
        return broken.reason


@given(st.binary(max_size=60))
def test_whatever_stands_there_is_a_line_or_broken(text: bytes) -> None:
    assert tag_or_reason(text)
