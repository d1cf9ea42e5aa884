"""SPEC 2.1: custom properties, as types define them and relationships give them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.properties import (
    PropertyDefinition,
    PropertyKind,
    Value,
    checked_definitions,
    checked_properties,
    packed,
    unpacked,
)
from domain.refusals import InvalidProperty, InvalidValue, Refusal

TEXT = PropertyDefinition("place", "Place", PropertyKind.TEXT, required=True)
NUMBER = PropertyDefinition("share", "Share", PropertyKind.NUMBER)
DATE = PropertyDefinition("since", "Since", PropertyKind.DATE)
BOOLEAN = PropertyDefinition("public", "Public", PropertyKind.BOOLEAN)
CHOICE = PropertyDefinition("rank", "Rank", PropertyKind.CHOICE, choices=("A", "B"))
ALL = (TEXT, NUMBER, DATE, BOOLEAN, CHOICE)


def wrong(reason: str, *path: str) -> InvalidProperty:
    return InvalidProperty(path=("properties", *path), reason=reason)


def test_values_are_kept_by_code_in_the_order_of_the_definitions() -> None:
    """SPEC 2.1"""
    given = {"rank": "B", "public": False, "since": "2024-02-29", "share": 0.5, "place": " Wien\r\nGraben "}
    found, refusals = checked_properties(given, ALL)
    assert (list(found.items()), refusals) == (
        [("place", "Wien\nGraben"), ("share", 0.5), ("since", "2024-02-29"), ("public", False), ("rank", "B")],
        [],
    )


def test_null_is_nothing_and_so_is_empty_text() -> None:
    """SPEC 2.1"""
    assert checked_properties({"share": None, "place": "Wien"}, ALL) == ({"place": "Wien"}, [])
    assert checked_properties({"place": " "}, [PropertyDefinition("place", "Place", PropertyKind.TEXT)]) == ({}, [])
    assert checked_properties(None, [NUMBER]) == checked_properties({}, [NUMBER]) == ({}, [])


@pytest.mark.parametrize("given", [None, {}, {"place": None}, {"place": ""}, {"place": " \u200b"}])
def test_what_is_required_must_be_given(given: object) -> None:
    """SPEC 3.5"""
    assert checked_properties(given, [TEXT]) == ({}, [wrong("is required", "place")])


@pytest.mark.parametrize("given", [[], "place", 1, True])
def test_properties_are_an_object(given: object) -> None:
    """SPEC 3.5"""
    assert checked_properties(given, ALL) == ({}, [wrong("must be an object")])


def test_all_that_is_wrong_is_told_at_once() -> None:
    """SPEC 3.4, 3.5"""
    given = {"share": "half", "since": "2023-02-31", "public": 1, "rank": "C", "colour": "red"}
    assert checked_properties(given, ALL) == (
        {},
        [
            wrong("is no property of this type", "colour"),
            wrong("is required", "place"),
            wrong("is not a number", "share"),
            wrong("is not a date", "since"),
            wrong("is not a boolean", "public"),
            wrong("must be one of A, B", "rank"),
        ],
    )


LARGE = "must be -9007199254740992 to 9007199254740992 where it is whole"


@pytest.mark.parametrize(
    ("definition", "value", "reason"),
    [
        (TEXT, 1, "is not a text"),
        (TEXT, ["Wien"], "is not a text"),
        (TEXT, "a\x00", "holds a control character"),
        (TEXT, "\ud800", "holds half of a surrogate pair"),
        (TEXT, "a" * 2001, "at most 2000 characters"),
        (NUMBER, True, "is not a number"),
        (NUMBER, "1", "is not a number"),
        (NUMBER, float("nan"), "is not a number"),
        (NUMBER, float("inf"), "is not a number"),
        (NUMBER, 2**53 + 1, LARGE),
        (NUMBER, -(2**53) - 1, LARGE),
        (NUMBER, 10**400, LARGE),
        (DATE, 20240229, "is not a date"),
        (DATE, "2023-02-29", "is not a date"),
        (DATE, "2023-02", "is not a date"),
        (DATE, "2023-02-01T00:00", "is not a date"),
        (DATE, "\ud800", "is not a date"),
        (BOOLEAN, "true", "is not a boolean"),
        (BOOLEAN, 0, "is not a boolean"),
        (CHOICE, "a", "must be one of A, B"),
        (CHOICE, ["A"], "must be one of A, B"),
        (CHOICE, "", "must be one of A, B"),
        (CHOICE, {}, "must be one of A, B"),
    ],
)
def test_an_ill_typed_value_is_refused(definition: PropertyDefinition, value: object, reason: str) -> None:
    """SPEC 3.5"""
    assert checked_properties({definition.code: value}, [definition]) == ({}, [wrong(reason, definition.code)])


@pytest.mark.parametrize(
    ("definition", "value", "kept"),
    [
        (NUMBER, 0, 0),
        (NUMBER, -(2**53), -(2**53)),
        (NUMBER, 1e300, 1e300),
        (BOOLEAN, False, False),
        (DATE, "20240229", "2024-02-29"),
        (TEXT, "a" * 2000, "a" * 2000),
    ],
)
def test_a_value_at_the_edge_is_kept(definition: PropertyDefinition, value: object, kept: Value) -> None:
    """SPEC 2.1: 0 and false are values; a date has one spelling."""
    assert checked_properties({definition.code: value}, [definition]) == ({definition.code: kept}, [])


VALUES = st.text() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()


@given(st.dictionaries(st.text(min_size=1), VALUES))
def test_what_an_edge_keeps_is_read_back_the_same(values: dict[str, Value]) -> None:
    """SPEC 2.1: with its type, and in order."""
    back = unpacked(*packed(values))
    assert [(code, value, type(value)) for code, value in back.items()] == [
        (code, value, type(value)) for code, value in values.items()
    ]


def test_an_edge_without_properties_has_none() -> None:
    """SPEC 2.1"""
    assert (unpacked(None, None), packed({})) == ({}, ([], []))


@given(st.dictionaries(st.sampled_from([d.code for d in ALL]) | st.text(), st.none() | VALUES | st.lists(VALUES)))
def test_any_object_is_kept_or_refused(given: dict[str, Any]) -> None:
    """SPEC 2.1, 3.5: what is kept is kept again the same; each code is kept, empty or refused."""
    found, refusals = checked_properties(given, ALL)
    again, _ = checked_properties(found, ALL)
    assert again == found
    refused = {refusal.path[1] for refusal in refusals}
    assert not refused & set(found)
    assert set(given) - set(found) - refused <= {code for code, value in given.items() if value in (None, "", " ")} | {
        code for code, value in given.items() if isinstance(value, str) and not value.isalnum()
    }


def definitions_refused(*definitions: PropertyDefinition, reserved: set[str] | None = None) -> list[Refusal]:
    """What is wrong with definitions."""
    return checked_definitions(definitions, reserved or set())[1]


def test_definitions_are_stored_in_the_composed_form() -> None:
    """SPEC 2.1"""
    given = [
        PropertyDefinition("rank", " Re\u0301ang ", PropertyKind.CHOICE, required=True, choices=(" A ", "e\u0301")),
        NUMBER,
    ]
    assert checked_definitions(given, {"pedigree"}) == (
        (PropertyDefinition("rank", "Réang", PropertyKind.CHOICE, required=True, choices=("A", "é")), NUMBER),
        [],
    )


@pytest.mark.parametrize("code", ["", "Share", "1st", "a-b", "ä", "_a", "a" * 51, "a\n", "a b", "\ud800"])
def test_a_code_is_a_name_for_programs(code: str) -> None:
    """SPEC 2.1"""
    reason = "must begin with a small letter and hold letters, digits and underscores only, at most 50"
    assert definitions_refused(PropertyDefinition(code, "Name", PropertyKind.TEXT)) == [
        InvalidValue(path=("properties", "0", "code"), reason=reason)
    ]


def test_codes_differ_from_one_another_and_from_the_categorys_own() -> None:
    """SPEC 2.1, 2.3"""
    own = PropertyDefinition("pedigree", "Pedigree", PropertyKind.TEXT)
    assert definitions_refused(NUMBER, NUMBER, own, reserved={"pedigree"}) == [
        InvalidValue(path=("properties", "1", "code"), reason="must differ from the others"),
        InvalidValue(path=("properties", "2", "code"), reason="must differ from the others"),
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "must not be empty"),
        (" ", "must not be empty"),
        ("a" * 101, "at most 100 characters"),
        ("a\x00", "holds a control character"),
        ("\ud800", "holds half of a surrogate pair"),
    ],
)
def test_a_name_is_clean_text(name: str, reason: str) -> None:
    """SPEC 1.4, 2.1"""
    assert definitions_refused(PropertyDefinition("a", name, PropertyKind.TEXT)) == [
        InvalidValue(path=("properties", "0", "name"), reason=reason)
    ]


@pytest.mark.parametrize(
    ("kind", "choices", "at", "reason"),
    [
        (PropertyKind.CHOICE, (), (), "are for a CHOICE, which needs some"),
        (PropertyKind.TEXT, ("A",), (), "are for a CHOICE, which needs some"),
        (PropertyKind.CHOICE, ("A", "A "), (), "must be different"),
        (PropertyKind.CHOICE, tuple(map(str, range(101))), (), "at most 100"),
        (PropertyKind.CHOICE, ("A", ""), ("1",), "must not be empty"),
        (PropertyKind.CHOICE, ("A", "b\x00"), ("1",), "holds a control character"),
        (PropertyKind.CHOICE, ("a" * 101,), ("0",), "at most 100 characters"),
    ],
)
def test_choices_are_for_a_choice_each_its_own(
    kind: PropertyKind, choices: tuple[str, ...], at: tuple[str, ...], reason: str
) -> None:
    """SPEC 2.1"""
    assert definitions_refused(PropertyDefinition("a", "A", kind, choices=choices)) == [
        InvalidValue(path=("properties", "0", "choices", *at), reason=reason)
    ]


def test_a_type_has_at_most_thirty_properties() -> None:
    """SPEC 2.1"""
    thirty = [PropertyDefinition(f"p{n}", "P", PropertyKind.TEXT) for n in range(31)]
    assert definitions_refused(*thirty[:30]) == []
    assert definitions_refused(*thirty) == [InvalidValue(path=("properties",), reason="at most 30")]
