"""SPEC 1.3, 9.7: people of GEDCOM become consumers, and what is not taken is counted."""

from collections.abc import Mapping
from datetime import date

import pytest
from ged4py.model import Record

from domain.gedcom import system_of
from domain.gedcom_people import Bond, Person, admitted, person
from domain.gedcom_remarks import Tell
from domain.parties import ExternalId
from domain.refusals import InvalidValue, Refused
from tests.domain.gedcom_text import Told, ignored, records

WRITTEN = date(2001, 5, 6)
PLAIN = {"gender": "UNKNOWN"}
BOTH = Bond("adopted", "adopted")


def people(text: str, program: str = "Kith", tell: Tell = ignored) -> tuple[Person, Mapping[str, int]]:
    """The person whose record is the text, and what was left out; the text begins in line 4."""
    (record,) = records(f"0 @I1@ INDI\n{text}", program)
    found, left = person(record, WRITTEN, tell)
    return found, dict(left)


def given(text: str, program: str = "Kith") -> Mapping[str, object]:
    """The fields of a person of whom nothing is left out."""
    found, left = people(text, program)
    assert left == {}
    return found.given


def event(name: str, date: str) -> dict[str, object]:
    return {"name": name, "date": date, "yearly": False}


def other(kind: str, text: str) -> dict[str, str]:
    return {"kind": kind, "text": text}


def test_a_person_is_taken_with_all_that_a_consumer_has() -> None:
    found, left = people(
        """
        1 NAME Dr. Marie /Curie/
        2 NPFX Dr.
        2 NICK Manya
        1 NAME Maria /Skłodowska/
        2 TYPE birth
        1 SEX F
        1 BIRT
        2 DATE 7 NOV 1867
        2 PLAC Warsaw
        1 DEAT Y
        2 DATE 4 JUL 1934
        1 GRAD
        2 DATE 1893
        1 EMAIL marie@@example.com
        1 PHON +33 1 40 46 22 22
        1 OCCU Physicist
        1 FAMC @F1@
        1 FAMS @F2@
        """
    )
    assert found == Person(
        "I1",
        {
            "prefix": "Dr.",
            "given_name": "Marie",
            "family_name": "Curie",
            "other_names": [other("FORMER", "Maria Skłodowska"), other("NICKNAME", "Manya")],
            "gender": "FEMALE",
            "birth_date": "1867-11-07",
            "deceased": True,
            "death_date": "1934-07-04",
            "email": "marie@example.com",
            "phone": "+33 1 40 46 22 22",
            "life_events": [{"name": "Graduation", "date": "1893", "yearly": False}],
        },
        {"F1": Bond()},
    )
    assert left == {"BIRT PLAC": 1, "OCCU": 1}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("1 NAME Joseph /Kennedy/", {"given_name": "Joseph", "family_name": "Kennedy"}),
        ("1 NAME Joseph /Kennedy/ Jr.", {"given_name": "Joseph", "family_name": "Kennedy", "suffix": "Jr."}),
        ("1 NAME /Kovács/ János", {"given_name": "János", "family_name": "Kovács"}),
        ("1 NAME Cleopatra", {"given_name": "Cleopatra"}),
        ("1 NAME //", {}),
        ("1 NAME", {}),
        ("1 NAME  Anna   Maria /van  den Berg/", {"given_name": "Anna Maria", "family_name": "van den Berg"}),
        ("1 NAME\n2 GIVN Anna\n2 SPFX van\n2 SURN Berg", {"given_name": "Anna", "family_name": "van Berg"}),
        ("1 NAME Anna /van Berg/\n2 GIVN Anna\n2 SURN Berg", {"given_name": "Anna", "family_name": "van Berg"}),
        ("1 NAME John /Gray/ Paul\n2 NSFX Jr.", {"given_name": "John Paul", "family_name": "Gray", "suffix": "Jr."}),
        ("1 NAME John /Gray/ Jr.\n2 NSFX jr.", {"given_name": "John", "family_name": "Gray", "suffix": "jr."}),
        ("1 NAME Sam /Gray/\n2 NSFX [CAPTAIN]/", {"given_name": "Sam", "family_name": "Gray", "suffix": "[CAPTAIN]"}),
        ("1 NAME Sam /Gray/\n1 TITL III", {"given_name": "Sam", "family_name": "Gray", "suffix": "III"}),
        ("1 NAME Sam /Gray/ Jr.\n1 TITL Jr.", {"given_name": "Sam", "family_name": "Gray", "suffix": "Jr."}),
    ],
)
def test_names_come_apart_into_their_parts(text: str, fields: Mapping[str, object]) -> None:
    assert given(text) == {**fields, **PLAIN}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1 NAME Ann /B/\n1 NAME Ann /C/\n2 TYPE maiden", [other("FORMER", "Ann C")]),
        ("1 NAME Ann /C/\n2 TYPE maiden\n1 NAME Ann /B/", [other("FORMER", "Ann C")]),
        ("1 NAME Ann /B/\n1 NAME Ann /C/\n2 TYPE Married", [other("OTHER", "Ann C")]),
        ("1 NAME Ann /B/\n1 NAME Annie\n2 TYPE aka", [other("ALIAS", "Annie")]),
        ("1 NAME Ann /B/\n1 NAME Sister Clare\n2 TYPE religious", [other("RELIGIOUS", "Sister Clare")]),
        ("1 NAME Ann /B/\n1 NAME Annie\n", [other("ALIAS", "Annie")]),
        ("1 NAME Ann /B/\n2 NICK Annie\n1 NICK Nan", [other("NICKNAME", "Annie"), other("NICKNAME", "Nan")]),
        ("1 NAME Ann /B/\n2 _MARNM Ann C\n2 _AKA Annie", [other("OTHER", "Ann C"), other("ALIAS", "Annie")]),
        ("1 NAME Ann /B/\n1 ALIA Annie", [other("ALIAS", "Annie")]),
        ("1 NAME Ann /B/\n1 NAME Annie\n1 ALIA ANNIE\n1 ALIA ann b", [other("ALIAS", "Annie")]),
    ],
)
def test_other_names_are_kept_once_each_by_their_kind(text: str, names: list[dict[str, str]]) -> None:
    assert given(text) == {"given_name": "Ann", "family_name": "B", "other_names": names, **PLAIN}


def test_a_maiden_name_that_a_program_writes_in_its_own_way_is_a_former_name() -> None:
    assert given("1 NAME Jane /Ivanova/\n2 GIVN Jane\n2 SURN Ivanova\n2 _MARNM Smith", "MYHERITAGE") == {
        "given_name": "Jane",
        "family_name": "Smith",
        "other_names": [other("FORMER", "Jane Ivanova")],
        **PLAIN,
    }
    assert given("1 NAME Jane /Smith (Ivanova)/\n2 GIVN Jane\n2 SURN Ivanova", "ALTREE") == {
        "given_name": "Jane",
        "family_name": "Smith",
        "other_names": [other("FORMER", "Jane Ivanova")],
        **PLAIN,
    }


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1 NAME Ann /B/\n2 SURN C", {"NAME SURN": 1}),
        ("1 NAME Ann /B/\n2 GIVN Ann Jane", {"NAME GIVN": 1}),
        ("1 NAME Ann /B/\n2 SOUR @S1@\n2 FONE En", {"NAME SOUR": 1, "NAME FONE": 1}),
        ("1 NAME Ann /B/\n1 TITL Duchess of York", {"TITL": 1}),
        ("1 NAME Ann /B/\n1 ALIA @I2@", {"ALIA": 1}),
    ],
)
def test_what_of_names_is_not_taken_is_counted(text: str, left: Mapping[str, int]) -> None:
    found, counted = people(text)
    assert found.given == {"given_name": "Ann", "family_name": "B", **PLAIN}
    assert counted == left


@pytest.mark.parametrize(
    ("sex", "gender", "left"),
    [
        ("M", "MALE", {}),
        ("f", "FEMALE", {}),
        ("X", "OTHER", {}),
        ("U", "UNKNOWN", {}),
        ("", "UNKNOWN", {}),
        ("M/F", "UNKNOWN", {"SEX": 1}),
    ],
)
def test_gender_is_what_the_file_says_or_unknown(sex: str, gender: str, left: Mapping[str, int]) -> None:
    assert people(f"1 SEX {sex}") == (Person("I1", {"gender": gender}, {}), left)


@pytest.mark.parametrize(
    ("text", "fields", "left"),
    [
        ("1 DEAT Y", {"deceased": True}, {}),
        ("1 DEAT", {"deceased": True}, {}),
        ("1 DEAT N", {}, {}),
        ("1 DEAT\n2 DATE BEF 1900", {"deceased": True, "death_date": "../1900"}, {}),
        ("1 DEAT\n2 DATE", {"deceased": True}, {}),
        ("1 DEAT drowned\n2 CAUS Water", {"deceased": True}, {"DEAT text": 1, "DEAT CAUS": 1}),
        ("1 BURI\n2 DATE 1900", {"deceased": True}, {"BURI": 1}),
        ("1 BIRT\n2 DATE @#DHEBREW@ 2 TVT 5758", {}, {"date in the Hebrew calendar": 1}),
        ("1 BIRT\n2 DATE 1900\n1 BIRT\n2 DATE 1901", {"birth_date": "1900"}, {"another BIRT": 1}),
        ("1 BIRT\n2 DATE ?\n1 BIRT\n2 DATE 1901", {"birth_date": "1901"}, {"date phrase": 1, "another BIRT": 1}),
    ],
)
def test_birth_and_death_are_taken_as_exactly_as_they_are_told(
    text: str, fields: Mapping[str, object], left: Mapping[str, int]
) -> None:
    assert people(text) == (Person("I1", {**fields, **PLAIN}, {}), left)


@pytest.mark.parametrize(
    ("text", "fields", "line", "words"),
    [
        (
            "1 BIRT\n2 DATE (about harvest time)",
            {"life_events": [event("Birth: about harvest time", "../2001-05-06")]},
            5,
            "Birth: about harvest time",
        ),
        (
            "1 BIRT\n2 DATE INT 1900 (the year of the flood)",
            {"birth_date": "1900", "life_events": [event("Birth: the year of the flood", "1900")]},
            5,
            "Birth: the year of the flood",
        ),
        (
            "1 BIRT\n2 DATE 1900\n3 PHRASE the year of the flood",
            {"birth_date": "1900", "life_events": [event("Birth: the year of the flood", "1900")]},
            5,
            "Birth: the year of the flood",
        ),
        (
            "1 BIRT\n2 DATE 12 MAI 1823",
            {"life_events": [event("Birth: 12 MAI 1823", "../2001-05-06")]},
            5,
            "Birth: 12 MAI 1823",
        ),
        (
            "1 DEAT\n2 DATE CHILD",
            {"deceased": True, "life_events": [event("Death: CHILD", "../2001-05-06")]},
            5,
            "Death: CHILD",
        ),
        (
            "1 SEX U\n1 IMMI\n2 DATE in spring",
            {"life_events": [event("Immigration: in spring", "../2001-05-06")]},
            6,
            "Immigration: in spring",
        ),
    ],
)
def test_a_date_in_words_is_kept_as_a_life_event_and_told(
    text: str, fields: Mapping[str, object], line: int, words: str
) -> None:
    told = Told()
    assert people(text, tell=told) == (Person("I1", {**fields, **PLAIN}, {}), {})
    assert told.remarks == [(line, f'DATE in words kept as a life event: "{words}"')]


def test_words_too_long_for_a_life_event_are_cut_there_and_in_the_report() -> None:
    told = Told()
    found, _ = people(f"1 BIRT\n2 DATE ({'so ' * 60})", tell=told)
    text = f"Birth: {'so ' * 60}"
    assert found.given["life_events"] == [event(f"{text[:97]}...", "../2001-05-06")]
    assert told.remarks == [(5, f'DATE in words kept as a life event: "{text[:60]}..."')]


def test_signs_without_a_letter_are_no_words() -> None:
    told = Told()
    found, left = people("1 BIRT\n2 DATE ?\n1 DEAT\n2 DATE (...)", tell=told)
    assert (found.given, left) == ({"deceased": True, **PLAIN}, {"date phrase": 2})
    assert told.remarks == [(5, "BIRT DATE left out: date phrase"), (7, "DEAT DATE left out: date phrase")]


def test_more_names_and_events_than_a_consumer_can_have_are_counted() -> None:
    found, left = people("".join(f"1 NAME A{number}\n" for number in range(53)) + "1 RETI\n2 DATE 1900\n" * 51)
    assert found.given["other_names"] == [other("ALIAS", f"A{number}") for number in range(1, 51)]
    assert found.given["life_events"] == [event("Retirement", "1900")] * 50
    assert left == {"other names beyond 50": 2, "life events beyond 50": 1}


def test_dated_events_are_life_events_and_others_are_counted() -> None:
    found, left = people(
        """
        1 CHR
        2 DATE 17 MAR 1777
        2 PLAC Haworth
        1 EVEN
        2 TYPE Pilgrimage
        2 DATE 1801
        1 EVEN Moved to Leeds
        2 DATE 1802
        1 EVEN
        2 DATE 1803
        1 CONF
        1 IMMI
        2 DATE @#DHEBREW@ 2 TVT 5758
        """
    )
    assert found.given["life_events"] == [
        {"name": "Christening", "date": "1777-03-17", "yearly": False},
        {"name": "Pilgrimage", "date": "1801", "yearly": False},
        {"name": "Moved to Leeds", "date": "1802", "yearly": False},
    ]
    assert left == {"CHR PLAC": 1, "EVEN": 1, "CONF": 1, "IMMI": 1}


@pytest.mark.parametrize(
    ("text", "bonds"),
    [
        ("1 FAMC @F1@", {"F1": Bond()}),
        ("1 FAMC @F1@\n2 PEDI adopted", {"F1": BOTH}),
        ("1 FAMC @F1@\n1 FAMC @F2@\n2 PEDI foster", {"F1": Bond(), "F2": Bond("foster", "foster")}),
        ("1 FAMC @F1@\n1 ADOP\n2 FAMC @F1@", {"F1": BOTH}),
        ("1 FAMC @F1@\n1 ADOP Y\n2 FAMC @F1@\n3 ADOP HUSB", {"F1": Bond("adopted", "")}),
        ("1 FAMC @F1@\n1 ADOP\n2 FAMC @F1@\n3 ADOP WIFE", {"F1": Bond("", "adopted")}),
        ("1 FAMC @F1@\n1 ADOP\n2 FAMC @F2@\n3 ADOP BOTH", {"F1": Bond(), "F2": BOTH}),
        ("1 FAMC @F1@\n2 PEDI step\n1 ADOP\n2 FAMC @F1@", {"F1": Bond("step", "step")}),
    ],
)
def test_a_child_says_how_it_belongs_to_its_families(text: str, bonds: Mapping[str, Bond]) -> None:
    assert people(text) == (Person("I1", PLAIN, bonds), {})


def test_an_adoption_with_a_date_is_a_life_event_too() -> None:
    found, left = people("1 ADOP\n2 DATE 1901\n2 FAMC @F1@\n1 FAMC @F1@")
    assert found.given == {"life_events": [{"name": "Adoption", "date": "1901", "yearly": False}], **PLAIN}
    assert found.bonds == {"F1": BOTH}
    assert left == {}


def test_what_the_rules_refuse_is_left_out_and_the_person_goes_in() -> None:
    fields: Mapping[str, object] = {
        "given_name": "Ann",
        "family_name": "B" * 101,
        "birth_date": "1901",
        "deceased": True,
        "death_date": "1900",
        "email": "nobody",
        "phone": "12",
        "other_names": [other("ALIAS", "Annie"), other("ALIAS", "A" * 201), other("ALIAS", "Nan")],
    }
    told = Told()
    party, left = admitted(Person("I1", fields, {}, line=7), "gedcom:test", "US", told)
    assert left == {
        "familyName: at most 100 characters": 1,
        "email: is not an email address": 1,
        "otherNames: at most 200 characters": 1,
        "phone: is not a phone number in US": 1,
        "deathDate: lies before the birth date": 1,
    }
    assert told.remarks == [
        (7, "familyName left out: at most 100 characters"),
        (7, "otherNames left out: at most 200 characters"),
        (7, "email left out: is not an email address"),
        (7, "phone left out: is not a phone number in US"),
        (7, "deathDate left out: lies before the birth date"),
    ]
    assert party is not None
    kept = ("name", "birth_date", "deceased", "death_date", "email", "phone", "other_names_texts")
    assert {name: party.properties[name] for name in kept} == {
        "name": "Ann",
        "birth_date": "1901",
        "deceased": True,
        "death_date": None,
        "email": None,
        "phone": None,
        "other_names_texts": ["Annie", "Nan"],
    }
    assert party.external_ids == (ExternalId("gedcom:test", "I1"),)


@pytest.mark.parametrize("xref", ["", "I" * 201])
def test_a_person_without_a_reference_that_can_be_kept_is_left_out(xref: str) -> None:
    told = Told()
    assert admitted(Person(xref, {}, {}, line=7), "gedcom:test", "US", told) == (
        None,
        {"INDI: its reference is too long, or none": 1},
    )
    assert told.remarks == [(7, "INDI left out: its reference is too long, or none")]


def test_the_source_is_part_of_the_external_ids_and_must_be_possible_there() -> None:
    assert system_of(" kennedy.ged ") == "gedcom:kennedy.ged"
    for source, reason in (("a|b", 'must not hold "|"'), ("a" * 44, "at most 50 characters")):
        with pytest.raises(Refused) as refused:
            system_of(source)
        assert refused.value.refusals == (InvalidValue(path=("source",), reason=reason),)


def test_a_record_of_another_program_loses_nothing_in_silence() -> None:
    record: Record
    (record,) = records("0 @I1@ INDI\n1 _UID 1\n1 CHAN\n2 DATE 1 MAY 2001\n1 NOTE a\n1 NOTE b\n1 FAMC @F1@\n2 NOTE c")
    assert person(record, WRITTEN, ignored)[1] == {"_UID": 1, "CHAN": 1, "NOTE": 2, "FAMC NOTE": 1}
