"""SPEC 9.7: lines of GEDCOM become records; what belongs nowhere is told by its line, and the rest is taken."""

from collections.abc import Mapping, Sequence

import pytest
from ged4py.model import Record

from domain.gedcom_encodings import Encoding
from domain.gedcom_structure import Structure
from tests.domain.gedcom_text import UTF8, Told, numbered

Tree = tuple[str, str, list["Tree"]]


def shown(record: Record) -> Tree:
    return str(record.tag), str(record.value), [shown(sub) for sub in record.sub_records]


def read(lines: Sequence[str]) -> tuple[list[Tree], list[tuple[int, str]], Mapping[str, int]]:
    """The records of a file of these lines and a trailer, what is told of them, and what is counted."""
    told = Told()
    structure = Structure(UTF8, told)
    found = [shown(record) for record in structure.records(numbered([*lines, "0 TRLR"]))]
    assert found.pop() == ("TRLR", "", [])
    return found, told.remarks, structure.left


def test_lines_become_records_with_values_that_go_on() -> None:
    lines = ["0 @I1@ INDI", "1 NOTE one", "2 CONT two", "2 CONC  and half", "2 SOUR @S1@", "2 CONT three", "1 SEX F"]
    note = ("NOTE", "one\ntwo and half\nthree", [("SOUR", "@S1@", [])])
    assert read(lines) == ([("INDI", "", [note, ("SEX", "F", [])])], [], {})


def test_a_letter_may_be_cut_in_two_where_a_value_goes_on() -> None:
    told = Told()
    lines = [b"0 @I1@ INDI", b"1 NOTE M\xc3", b"2 CONC \xbcller", b"0 TRLR"]
    person, _ = Structure(UTF8, told).records(enumerate(lines, start=1))
    assert (shown(person), told.remarks) == (("INDI", "", [("NOTE", "Müller", [])]), [])


@pytest.mark.parametrize(
    ("lines", "below", "remark", "left"),
    [
        (["1 SEX F", "", "  ", "1 NICK A"], [("SEX", "F", []), ("NICK", "A", [])], None, {"empty line": 2}),
        (["1 SEX F", "Bell", "1 NICK A"], [("SEX", "F", []), ("NICK", "A", [])], (3, "it has no level"), {}),
        (
            ["1 BIRT", "1 D%AT Y", "2 DATE 1900", "2 PLAC Leeds", "1 SEX F"],
            [("BIRT", "", []), ("SEX", "F", [])],
            (3, "it has no tag"),
            {"line below one that was left out": 2},
        ),
        (
            ["1 BIRT", "DEAT Y", "2 DATE 1900", "1 SEX F"],
            [("BIRT", "", []), ("SEX", "F", [])],
            (3, "it has no level"),
            {"line below one that was left out": 1},
        ),
        (
            ["1 SEX F", "@I2@ INDI", "1 NICK B", "2 TYPE x"],
            [("SEX", "F", [])],
            (3, "it has no level"),
            {"line below one that was left out": 2},
        ),
        (
            ["1 SEX F", "3 DATE 1900", "4 PLAC Leeds", "2 NOTE x"],
            [("SEX", "F", [("NOTE", "x", [])])],
            (3, "it is of level 3, where at most 2 can be"),
            {"line below one that was left out": 1},
        ),
        (["1 CONT more", "1 SEX F"], [("SEX", "F", [])], (2, "it continues nothing"), {}),
        (
            ["1 SEX F", "3 CONC more"],
            [("SEX", "F", [])],
            (3, "it is of level 3, where at most 2 can be"),
            {},
        ),
        (["1 SEX F", "1 NAME A\0nn"], [("SEX", "F", [])], (3, "it holds a NUL"), {}),
    ],
)
def test_a_line_that_belongs_nowhere_is_left_out_with_what_stands_below_it(
    lines: Sequence[str], below: list[Tree], remark: tuple[int, str] | None, left: Mapping[str, int]
) -> None:
    remarks = [(remark[0], f"line left out: {remark[1]}")] if remark else []
    assert read(["0 @I1@ INDI", *lines]) == ([("INDI", "", below)], remarks, left)


def test_lines_before_the_first_record_are_left_out() -> None:
    assert read(["1 SEX F", "2 TYPE x", "0 @I1@ INDI"]) == (
        [("INDI", "", [])],
        [(1, "line left out: it stands before the first record")],
        {"line below one that was left out": 1},
    )


def test_of_records_that_are_not_taken_only_the_first_line_is_read() -> None:
    lines = ["0 @N1@ NOTE one", "1 CONT two", "5 CONT three", "0 @S1@ SOUR", "1 TITL x"]
    assert read(lines) == ([("NOTE", "one", []), ("SOUR", "", [])], [], {})


def test_a_value_that_is_not_in_the_encoding_of_the_file_is_left_out_by_its_line() -> None:
    told = Told()
    lines = [b"0 @I1@ INDI", b"1 NICK M\xfcller", b"1 SEX F", b"0 @I\xfc@ INDI", b"1 SEX F", b"0 TRLR"]
    found = [shown(record) for record in Structure(UTF8, told).records(enumerate(lines, start=1))]
    assert found == [("INDI", "", [("SEX", "F", [])]), ("TRLR", "", [])]
    assert told.remarks == [(2, "NICK left out: it is not in UTF-8"), (4, "INDI left out: it is not in UTF-8")]


def test_a_value_is_read_up_to_what_nobody_takes_and_no_letter_is_cut_there() -> None:
    told = Told()
    lines = ["0 @I1@ INDI", f"1 NOTE x{'ü' * 5_000}", *["2 CONC more"] * 1_000, "0 TRLR"]
    person, _ = Structure(UTF8, told).records(numbered(lines))
    assert (shown(person), told.remarks) == (("INDI", "", [("NOTE", "x" + "ü" * 4_095, [])]), [])


def test_of_one_record_10000_lines_are_taken() -> None:
    found, remarks, left = read(["0 @I1@ INDI", *["1 NAME Ann"] * 100_000, "0 @I2@ INDI", "1 SEX F"])
    assert [len(below) for _, _, below in found] == [10_000, 1]
    assert remarks == [(10_002, "line left out: it and all that follows is beyond the first 10,000 lines of a record")]
    assert left == {"line below one that was left out": 89_999}


def test_records_are_at_most_99_levels_deep_and_deeper_lines_are_left_out() -> None:
    found, remarks, left = read(["0 @I1@ INDI", *(f"{level} NOTE x" for level in range(1, 100_001))])
    depth, record = 0, found[0]
    while record[2]:
        depth, record = depth + 1, record[2][0]
    assert (depth, remarks) == (99, [(101, "line left out: it is deeper than 99 levels")])
    assert left == {"line below one that was left out": 99_900}


def test_the_last_record_of_a_file_without_trailer_is_left_out() -> None:
    told = Told()
    found = list(Structure(UTF8, told).records(numbered(["0 @I1@ INDI", "1 SEX F", "0 @I2@ INDI", "1 SE"])))
    assert [shown(record) for record in found] == [("INDI", "", [("SEX", "F", [])])]
    assert told.remarks == [(3, "record left out: without TRLR after it the file may have been cut off")]


def test_a_file_without_a_line_has_no_records() -> None:
    told = Told()
    assert (list(Structure(UTF8, told).records([])), told.remarks) == ([], [])


def test_windows_letters_are_read_by_their_code_page() -> None:
    lines = [b"0 @I1@ INDI", b"1 NICK M\xfcller", b"0 TRLR"]
    person, _ = Structure(Encoding("cp1252"), Told()).records(enumerate(lines, start=1))
    assert shown(person) == ("INDI", "", [("NICK", "Müller", [])])
