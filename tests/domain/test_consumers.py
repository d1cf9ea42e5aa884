"""SPEC 1.3: a person's own fields."""

from collections.abc import Mapping
from datetime import date

import pytest

from domain import consumers
from domain.consumers import OtherNameKind
from domain.refusals import InvalidValue
from domain.values import Invalid, Property


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"given_name": "Ada", "family_name": "King"}, "Ada King"),
        ({"prefix": "Dr", "given_name": "Ada", "family_name": "King", "suffix": "III"}, "Dr Ada King III"),
        ({"given_name": "Ada"}, "Ada"),
        ({"given_name": None, "family_name": "King"}, "King"),
        ({}, "Unknown"),
        ({"given_name": None, "family_name": ""}, "Unknown"),
    ],
)
def test_a_person_is_called_by_the_parts_of_the_name_that_there_are(
    properties: Mapping[str, Property], name: str
) -> None:
    """SPEC 1.3: never empty."""
    assert consumers.name(properties) == name


def test_other_names_stand_in_lists_side_by_side() -> None:
    """SPEC 1.3"""
    given = [{"kind": OtherNameKind.FORMER, "text": " Byron "}, {"kind": OtherNameKind.NICKNAME, "text": "A. A. L."}]
    assert consumers.other_names("other_names", given) == {
        "other_names_kinds": ["FORMER", "NICKNAME"],
        "other_names_texts": ["Byron", "A. A. L."],
    }
    assert consumers.other_names("other_names", None) == {"other_names_kinds": [], "other_names_texts": []}


def test_life_events_stand_in_lists_side_by_side() -> None:
    """SPEC 1.3"""
    given = [
        {"name": "Graduation", "date": "1840~", "yearly": False},
        {"name": "Name day", "date": "1841-12-24", "yearly": True},
    ]
    assert consumers.life_events("life_events", given) == {
        "life_events_names": ["Graduation", "Name day"],
        "life_events_dates": ["1840~", "1841-12-24"],
        "life_events_yearly": [False, True],
    }


GOOD = {"kind": OtherNameKind.OTHER, "text": "Ada"}
EVENT = {"name": "Party", "date": "1840", "yearly": False}


@pytest.mark.parametrize(
    ("field", "given", "reason", "at"),
    [
        ("other_names", [GOOD, {**GOOD, "text": " "}], "must not be empty", ("1", "text")),
        ("other_names", [{**GOOD, "text": "a\x00"}], "holds a control character", ("0", "text")),
        ("other_names", [{**GOOD, "text": "a" * 201}], "at most 200 characters", ("0", "text")),
        ("other_names", [GOOD] * 51, "at most 50", ()),
        ("life_events", [EVENT, {**EVENT, "name": ""}], "must not be empty", ("1", "name")),
        (
            "life_events",
            [{**EVENT, "date": "2023-02-31"}],
            "has a day that February 2023 does not have",
            ("0", "date"),
        ),
        ("life_events", [EVENT] * 51, "at most 50", ()),
    ],
)
def test_what_is_wrong_in_a_list_is_told_with_its_place(
    field: str, given: object, reason: str, at: tuple[str, ...]
) -> None:
    """SPEC 1.4"""
    with pytest.raises(Invalid) as caught:
        consumers.FIELDS[field](field, given)
    assert (caught.value.reason, caught.value.at) == (reason, at)


def days(born: date | None = None, died: date | None = None) -> dict[str, Property]:
    """What is stored of a birth and a death that took place on these days."""
    return {
        "birth_date_earliest": born,
        "death_date_latest": died,
        "death_date": died.isoformat() if died else None,
    }


BORN, DIED = date(1815, 12, 10), date(1852, 11, 27)


def test_who_has_a_death_date_is_dead() -> None:
    """SPEC 1.3"""
    assert consumers.completed(days(BORN, DIED), {}) == ({"deceased": True}, [])
    assert consumers.completed(days(BORN), {"deceased": True}) == ({}, [])
    assert consumers.completed(days(), {}) == ({}, [])


def test_nobody_dies_before_being_born() -> None:
    """SPEC 1.3: told at the date that was given."""
    assert consumers.completed(days(DIED, BORN), {"death_date": "1815"}) == (
        {"deceased": True},
        [InvalidValue(path=("deathDate",), reason="lies before the birth date")],
    )
    assert consumers.completed(days(DIED, BORN), {"birth_date": "1852"}) == (
        {"deceased": True},
        [InvalidValue(path=("birthDate",), reason="lies after the death date")],
    )


def test_one_may_die_on_the_day_of_birth() -> None:
    """SPEC 1.3"""
    assert consumers.completed(days(BORN, BORN), {}) == ({"deceased": True}, [])


def test_who_has_a_death_date_cannot_be_called_alive() -> None:
    """SPEC 1.3"""
    assert consumers.completed(days(BORN, DIED), {"deceased": False}) == (
        {"deceased": True},
        [InvalidValue(path=("deceased",), reason="contradicts the death date")],
    )
    assert consumers.completed(days(BORN), {"deceased": False, "death_date": None}) == ({}, [])
