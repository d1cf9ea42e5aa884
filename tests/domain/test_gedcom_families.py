"""SPEC 2.3, 9.7: families of GEDCOM become parentages and partnerships."""

from collections.abc import Mapping
from datetime import date

import pytest

from domain.gedcom_families import family
from domain.gedcom_people import person
from domain.gedcom_ties import PARENT, SPOUSE, Tie, may_be_one, ties
from domain.partial_dates import PartialDate, Period
from domain.relationship_types import Pedigree
from tests.domain.gedcom_text import records

WRITTEN = date(2001, 5, 6)
EVERYBODY = "\n".join(f"0 @{xref}@ INDI" for xref in ("H", "W", "H2", "C", "D"))


def told(text: str) -> tuple[list[Tie], Mapping[str, int]]:
    """The ties of a file of five people and the families of the text, and what was left out."""
    found = records(f"{EVERYBODY}\n{text}")
    people = [person(record) for record in found if record.tag == "INDI"]
    families = [family(record, WRITTEN) for record in found if record.tag == "FAM"]
    every, left = ties([one for one, _ in people], [one for one, _ in families])
    for _, lost in (*people, *families):
        left += lost
    return every, dict(left)


def couple(start: str | None = None, end: str | None = None, one: str = "H", other: str = "W") -> Tie:
    return Tie(SPOUSE, one, other, start=start, end=end)


def parent(one: str, child: str, pedigree: Pedigree = Pedigree.BIRTH) -> Tie:
    return Tie(PARENT, one, child, pedigree)


FAM = "0 @F1@ FAM\n1 HUSB @H@\n1 WIFE @W@\n"


@pytest.mark.parametrize(
    ("events", "expected", "left"),
    [
        ("1 MARR\n2 DATE 7 OCT 1914", couple("1914-10-07"), {}),
        ("1 MARR\n2 DATE ABT 1498\n2 PLAC Newbury", couple("1498~"), {"MARR PLAC": 1}),
        ("1 MARR Y", couple(), {}),
        ("1 MARR", couple(), {}),
        ("1 MARR\n2 DATE 1950\n1 DIV\n2 DATE 1965", couple("1950", "1965"), {}),
        ("1 MARR\n2 DATE 1950\n1 ANUL\n2 DATE BEF 1960", couple("1950", "../1960"), {}),
        ("1 MARR\n2 DATE 1950\n1 DIV Y", couple("1950", "../2001-05-06"), {}),
        ("1 MARR\n2 DATE 1950\n1 DIV N", couple("1950"), {}),
        ("1 DIV\n2 DATE 1965", couple(None, "1965"), {}),
        (
            "1 MARR\n2 DATE 1965\n1 DIV\n2 DATE 1950",
            couple(None, "1950"),
            {"MARR DATE after the end": 1},
        ),
        (
            "1 MARR\n2 DATE 1950\n1 MARR\n2 DATE 1951\n2 TYPE Church",
            couple("1950"),
            {"another MARR": 1, "MARR TYPE": 1},
        ),
        ("1 MARR\n2 DATE in May", couple(), {"date phrase": 1}),
        ("1 ENGA\n1 MARR\n2 DATE 1950", couple("1950"), {"ENGA": 1}),
        ("", couple(), {}),
    ],
)
def test_a_marriage_is_a_partnership_from_its_beginning_to_its_end(
    events: str, expected: Tie, left: Mapping[str, int]
) -> None:
    assert told(FAM + events) == ([expected], left)


def test_two_without_a_marriage_are_parents_of_their_children_and_no_couple() -> None:
    assert told(FAM + "1 CHIL @C@") == ([parent("H", "C"), parent("W", "C")], {})


def test_two_without_a_marriage_are_no_couple_if_only_the_child_says_that_it_is_theirs() -> None:
    text = f"{FAM}0 @E@ INDI\n1 FAMC @F1@"
    assert told(text) == ([parent("H", "E"), parent("W", "E")], {})


def test_three_partners_are_parents_and_no_couple() -> None:
    assert told(f"{FAM}1 HUSB @H2@\n1 CHIL @C@") == (
        [parent(one, "C") for one in ("H", "H2", "W")],
        {"partnership: not of two people who were married": 1},
    )


def test_who_was_only_engaged_is_no_couple() -> None:
    assert told(FAM + "1 ENGA\n2 DATE 1950") == ([], {"ENGA": 1, "partnership: not of two people who were married": 1})


def test_two_of_one_sex_are_a_couple_and_parents_as_any() -> None:
    text = "0 @F1@ FAM\n1 HUSB @H@\n1 HUSB @H2@\n1 MARR\n2 DATE 2015\n1 CHIL @C@\n2 _FREL Adopted"
    adopted = [parent(one, "C", Pedigree.ADOPTIVE) for one in ("H", "H2")]
    assert told(text) == ([couple("2015", one="H", other="H2"), *adopted], {})


def test_a_family_of_one_parent_has_no_couple() -> None:
    assert told("0 @F1@ FAM\n1 WIFE @W@\n1 CHIL @C@") == ([parent("W", "C")], {})


def test_a_marriage_of_one_known_partner_is_counted_and_the_children_are_taken() -> None:
    assert told("0 @F1@ FAM\n1 WIFE @W@\n1 CHIL @C@\n1 MARR\n2 DATE 1950") == (
        [parent("W", "C")],
        {"partnership: not of two people who were married": 1},
    )


@pytest.mark.parametrize(
    ("word", "pedigree"),
    [
        ("birth", Pedigree.BIRTH),
        ("Adopted", Pedigree.ADOPTIVE),
        ("FOSTER", Pedigree.FOSTER),
        ("step", Pedigree.STEP),
        ("unknown", Pedigree.BIRTH),
    ],
)
def test_a_pedigree_is_of_both_parents(word: str, pedigree: Pedigree) -> None:
    text = f"{FAM}1 MARR\n1 CHIL @E@\n0 @E@ INDI\n1 FAMC @F1@\n2 PEDI {word}"
    assert told(text) == ([couple(), parent("H", "E", pedigree), parent("W", "E", pedigree)], {})


def test_what_the_family_says_of_each_tie_goes_before_what_the_child_says_of_both() -> None:
    text = f"{FAM}1 CHIL @E@\n2 _FREL step\n2 _MREL\n2 SOUR x\n0 @E@ INDI\n1 FAMC @F1@\n2 PEDI adopted"
    assert told(text) == (
        [parent("H", "E", Pedigree.STEP), parent("W", "E", Pedigree.ADOPTIVE)],
        {"CHIL SOUR": 1},
    )


def test_a_tie_that_is_no_parentage_is_counted() -> None:
    assert told(f"{FAM}1 CHIL @C@\n2 _FREL Guardian\n1 CHIL @D@\n2 _MREL sealing") == (
        [parent("W", "C"), parent("H", "D")],
        {"parentage: guardian": 1, "parentage: sealing": 1},
    )


def test_a_child_is_one_if_only_the_family_or_only_the_child_says_so() -> None:
    text = f"{FAM}1 CHIL @C@\n0 @E@ INDI\n1 FAMC @F1@"
    assert told(text) == ([parent(one, child) for one in ("H", "W") for child in ("C", "E")], {})


def test_a_parentage_is_taken_once_and_by_its_first_pedigree() -> None:
    text = f"{FAM}1 CHIL @C@\n0 @F2@ FAM\n1 HUSB @H@\n1 CHIL @C@\n0 @F3@ FAM\n1 WIFE @W@\n1 CHIL @C@\n2 _MREL step"
    assert told(text) == ([parent("H", "C"), parent("W", "C")], {"parentage: told twice, and differently": 1})


def test_a_couple_that_is_told_of_twice_is_taken_once_with_its_date() -> None:
    assert told(f"{FAM}0 @F2@ FAM\n1 HUSB @H@\n1 WIFE @W@\n1 MARR\n2 DATE 1498") == ([couple("1498")], {})
    assert told(f"{FAM}1 MARR\n2 DATE 1950\n0 @F2@ FAM\n1 HUSB @W@\n1 WIFE @H@\n1 MARR\n2 DATE 1951") == (
        [couple("1950")],
        {"partnership: told twice, and differently": 1},
    )


def test_two_who_marry_again_are_two_partnerships() -> None:
    first, again = (
        "1 MARR\n2 DATE 1964\n1 DIV\n2 DATE 1974\n",
        "0 @F2@ FAM\n1 HUSB @H@\n1 WIFE @W@\n1 MARR\n2 DATE 1975",
    )
    assert told(FAM + first + again) == ([couple("1964", "1974"), couple("1975")], {})


def test_ties_to_children_come_before_those_to_parents_and_circles_last() -> None:
    generations = [("H", "C"), ("H2", "H"), ("C", "D"), ("W", "W")]
    text = "".join(f"0 @F{one}@ FAM\n1 HUSB @{one}@\n1 CHIL @{child}@\n" for one, child in generations)
    assert told(text) == ([parent("C", "D"), parent("H", "C"), parent("H2", "H"), parent("W", "W")], {})


def test_a_reference_to_nobody_is_counted() -> None:
    text = "0 @F1@ FAM\n1 HUSB @H@\n1 WIFE @X@\n1 MARR\n1 CHIL @C@\n1 CHIL @Y@\n0 @E@ INDI\n1 FAMC @F9@"
    assert told(text) == (
        [parent("H", "C")],
        {
            "partnership: a person is missing": 1,
            "parentage: a person is missing": 3,
            "FAMC of a family that is missing": 1,
        },
    )


def test_what_of_a_family_is_not_taken_is_counted() -> None:
    text = f"{FAM}1 CHIL @C@\n1 NOTE x\n1 _UID 1\n1 CHAN\n2 DATE 1 MAY 2001"
    assert told(text)[1] == {"NOTE": 1, "_UID": 1, "CHAN": 1}


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ((None, None), (None, None), True),
        (("1930/..", None), ("1930/..", None), True),
        (("1930/..", None), ("1931-05-01", None), True),
        (("1930", "1930"), ("1930", "1930"), True),
        (("1930-05-01", "1930-05-01"), ("1930-05-01", "1930-05-01"), True),
        (("1964", "1974-06"), ("1975", None), False),
        (("1964", "1974"), ("1974-02", None), True),
        ((None, "../1940"), ("1940-12-31", None), False),
    ],
)
def test_two_periods_may_be_one_if_they_can_have_a_day_in_common(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], may: bool
) -> None:
    def period(start: str | None, end: str | None) -> Period:
        return Period(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)

    assert may_be_one(period(*one), period(*other)) is may
    assert may_be_one(period(*other), period(*one)) is may
