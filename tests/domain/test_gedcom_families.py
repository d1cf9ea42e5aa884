"""SPEC 2.3, 9.7: families of GEDCOM become parentages and partnerships."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cycles import Link, find_cycle, has_cycle
from domain.gedcom_families import family
from domain.gedcom_people import person
from domain.gedcom_remarks import Tell
from domain.gedcom_ties import PARENT, SPOUSE, Tie, children_first, may_be_one, ties
from domain.ids import PartyId
from domain.partial_dates import PartialDate, Period
from domain.relationship_types import Pedigree
from tests.domain.gedcom_text import Told, ignored, records

WRITTEN = date(2001, 5, 6)
PEOPLE = ("H", "W", "H2", "C", "D")
EVERYBODY = "\n".join(f"0 @{xref}@ INDI" for xref in PEOPLE)


def told(text: str, tell: Tell = ignored) -> tuple[list[Tie], Mapping[str, int]]:
    """The ties of a file of five people and the families of the text, and what was left out.

    The text begins in line 8.
    """
    found = records(f"{EVERYBODY}\n{text}")
    people = [person(record, WRITTEN, tell) for record in found if record.tag == "INDI"]
    families = [family(record, WRITTEN, tell) for record in found if record.tag == "FAM"]
    every, left = ties({one.xref: one for one, _ in people}, [one for one, _ in families], tell)
    for _, lost in (*people, *families):
        left += lost
    return every, dict(left)


def couple(
    start: str | None = None, end: str | None = None, one: str = "H", other: str = "W", note: str | None = None
) -> Tie:
    return Tie(SPOUSE, one, other, start=start, end=end, note=note)


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


def test_a_tie_that_is_no_parentage_is_told() -> None:
    remarks = Told()
    assert told(f"{FAM}1 CHIL @C@\n2 _FREL Guardian\n1 CHIL @D@\n2 _MREL sealing", remarks) == (
        [parent("W", "C"), parent("H", "D")],
        {"parentage: of a kind that is none for us": 2},
    )
    assert remarks.remarks == [
        (11, 'parentage left out: "guardian" is none for us'),
        (13, 'parentage left out: "sealing" is none for us'),
    ]


def test_of_a_family_that_is_none_any_more_ten_partners_are_taken() -> None:
    remarks = Told()
    crowd = "".join(f"0 @P{n}@ INDI\n" for n in range(5_000))
    text = crowd + "0 @F1@ FAM\n" + "".join(f"1 HUSB @P{n}@\n" for n in range(4_990)) + "1 CHIL @C@"
    found, left = told(text, remarks)
    assert found == [parent(f"P{n}", "C") for n in range(10)]
    assert left == {"partners beyond 10": 4_980, "partnership: not of two people who were married": 1}
    assert len(remarks.remarks) == 4_981


def test_of_two_who_marry_again_and_again_twenty_marriages_are_taken() -> None:
    dates = (f"1 MARR\n2 DATE {1800 + 2 * n}\n1 DIV\n2 DATE {1801 + 2 * n}\n" for n in range(25))
    found, left = told("".join(f"0 @F{n}@ FAM\n1 HUSB @H@\n1 WIFE @W@\n{each}" for n, each in enumerate(dates)))
    assert found == [couple(f"{1800 + 2 * n}", f"{1801 + 2 * n}") for n in range(20)]
    assert left == {"partnership: beyond 20 of the same two": 5}


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


def test_words_about_the_dates_of_a_marriage_are_kept_in_its_note_and_told() -> None:
    remarks = Told()
    text = f"{FAM}1 MARR\n2 DATE (about harvest time)\n1 DIV\n2 DATE INT 1900 (the year of the flood)"
    note = "Married: about harvest time\nEnded: the year of the flood"
    assert told(text, remarks) == ([couple(None, "1900", note=note)], {})
    assert remarks.remarks == [
        (12, 'DATE in words kept in the note: "about harvest time"'),
        (14, 'DATE in words kept in the note: "the year of the flood"'),
    ]


def lineage(*pairs: tuple[str, str]) -> str:
    """Families of one parent and one child each, four lines a family."""
    return "".join(f"0 @F{n}@ FAM\n1 HUSB @{one}@\n1 NOTE x\n1 CHIL @{two}@\n" for n, (one, two) in enumerate(pairs))


def test_ties_to_children_come_before_those_to_parents() -> None:
    found, _ = told(lineage(("H", "C"), ("H2", "H"), ("C", "D"), ("W", "D")))
    assert found == [parent("C", "D"), parent("H", "C"), parent("H2", "H"), parent("W", "D")]


def test_who_is_their_own_ancestor_is_told_and_only_that_tie_is_left_out() -> None:
    remarks = Told()
    found, left = told(lineage(("H", "C"), ("C", "D"), ("D", "H"), ("W", "W"), ("H2", "H")), remarks)
    assert found == [parent("C", "D"), parent("H", "C"), parent("H2", "H")]
    assert left == {"NOTE": 5, "parentage: of somebody with themself": 1, "parentage: would make a cycle": 1}
    assert remarks.remarks == [
        (23, "parentage left out: of somebody with themself"),
        (19, "parentage left out: would make a cycle"),
    ]


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=12, unique=True))
def test_of_any_families_a_tree_is_left_and_no_tie_that_fits_in_it_is_left_out(pairs: list[tuple[str, str]]) -> None:
    found, left = told(lineage(*pairs))
    links = [Link(PartyId(tie.source), PartyId(tie.target), None) for tie in found]
    others = [Link(PartyId(a), PartyId(b), None) for a, b in pairs if parent(a, b) not in found]
    assert not has_cycle(links)
    assert all(link.source == link.target or find_cycle(link, links) for link in others)
    assert len(others) == left.get("parentage: would make a cycle", 0) + sum(a == b for a, b in pairs)


def test_a_chain_of_50000_generations_is_walked_without_recursion() -> None:
    ties = [Tie(PARENT, str(number), str(number + 1)) for number in range(50_000)]
    ordered, circular = children_first([*ties, Tie(PARENT, "50000", "0")])
    assert (ordered, circular) == (ties[::-1], [Tie(PARENT, "50000", "0")])


def test_a_pointer_to_nobody_is_told_by_its_line_and_the_rest_comes_in() -> None:
    remarks = Told()
    text = """
        0 @F1@ FAM
        1 HUSB @H@
        1 WIFE @X@
        1 MARR
        1 CHIL @C@
        1 CHIL @Y@
        0 @F2@ FAM
        1 WIFE @F1@
        1 CHIL @D@
        0 @E@ INDI
        1 FAMC @F9@
        1 FAMS @F8@
    """
    assert told(text, remarks) == (
        [parent("H", "C")],
        {
            "WIFE of a person that is missing": 2,
            "CHIL of a person that is missing": 1,
            "FAMC of a family that is missing": 1,
            "FAMS of a family that is missing": 1,
            "partnership: not of two people who were married": 1,
        },
    )
    assert sorted(remarks.remarks) == [
        (8, "partnership left out: not of two people who were married"),
        (10, "WIFE left out: there is no person @X@"),
        (13, "CHIL left out: there is no person @Y@"),
        (15, "WIFE left out: there is no person @F1@"),
        (18, "FAMC left out: there is no family @F9@"),
        (19, "FAMS left out: there is no family @F8@"),
    ]


def test_nobody_on_purpose_is_no_pointer_that_is_broken() -> None:
    """GEDCOM 7 writes @VOID@ where somebody is not known."""
    assert told("0 @F1@ FAM\n1 HUSB @VOID@\n1 WIFE @W@\n1 CHIL @VOID@\n1 CHIL @C@") == ([parent("W", "C")], {})


def test_who_is_both_partners_is_one_parent_and_no_couple() -> None:
    remarks = Told()
    assert told("0 @F1@ FAM\n1 HUSB @H@\n1 WIFE @H@\n1 CHIL @C@", remarks) == (
        [parent("H", "C")],
        {"WIFE who is the HUSB": 1},
    )
    assert remarks.remarks == [(10, "WIFE left out: @H@ is the HUSB")]


def test_a_family_without_partners_has_no_ties() -> None:
    assert told("0 @F1@ FAM\n1 CHIL @C@\n1 CHIL @D@") == ([], {})


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
