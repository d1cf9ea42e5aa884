"""SPEC 1: how what a client gives becomes what is stored and found."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.consumers import Gender, OtherNameKind
from domain.internal_users import Role
from domain.parties import (
    ExternalId,
    Party,
    PartyKind,
    changed,
    checked_external_ids,
    differences,
    new_number,
    new_party,
    profile,
)
from domain.refusals import InvalidValue, Refusal, Refused

ADA = {
    "given_name": "Ada",
    "family_name": "King",
    "prefix": "Countess",
    "other_names": [{"kind": OtherNameKind.FORMER, "text": "Byron"}],
    "gender": Gender.FEMALE,
    "birth_date": "1815-12-10",
    "death_date": "1852",
    "email": "Ada@Example.com",
    "phone": "020 7946 0958",
    "address": {"city": "London", "country": "gb"},
    "language": "en_gb",
    "login": " Ada@Example.com ",
    "external_ids": [{"system": "crm", "value": "7-11"}],
}


def refused(kind: PartyKind, given: Mapping[str, object]) -> tuple[Refusal, ...]:
    """All that is wrong with what is given for a new party."""
    with pytest.raises(Refused) as caught:
        new_party(kind, given, "DE")
    return caught.value.refusals


def wrong(reason: str, *path: str) -> InvalidValue:
    return InvalidValue(path=path, reason=reason)


def without_number(party: Party) -> dict[str, Any]:
    """What is stored of a party but its number, which is drawn, and what it is found by."""
    return {name: value for name, value in profile(party.properties).items() if name != "number"}


def test_a_consumer_is_stored_with_all_that_follows() -> None:
    """SPEC 1.3, 1.4, 6.1: ACTIVE and opted out; the phone is of the address's country; with a death date, dead."""
    ada = new_party(PartyKind.CONSUMER, ADA, "DE")
    assert without_number(ada) == {
        "status": "ACTIVE",
        "email_opt_in": False,
        "given_name": "Ada",
        "family_name": "King",
        "prefix": "Countess",
        "suffix": None,
        "name": "Countess Ada King",
        "other_names_kinds": ["FORMER"],
        "other_names_texts": ["Byron"],
        "gender": "FEMALE",
        "birth_date": "1815-12-10",
        "birth_date_earliest": date(1815, 12, 10),
        "birth_date_latest": date(1815, 12, 10),
        "deceased": True,
        "death_date": "1852",
        "death_date_earliest": date(1852, 1, 1),
        "death_date_latest": date(1852, 12, 31),
        "email": "Ada@example.com",
        "phone": "+442079460958",
        "address_street": None,
        "address_city": "London",
        "address_postal_code": None,
        "address_region": None,
        "address_country": "GB",
        "language": "en-GB",
        "login": "ada@example.com",
        "life_events_names": [],
        "life_events_dates": [],
        "life_events_yearly": [],
    }
    assert (PartyKind.of(ada.id), ada.version) == (PartyKind.CONSUMER, 1)
    assert ada.external_ids == (ExternalId("crm", "7-11"),)
    assert ada.properties["sort_name"] == "countess ada king"
    assert str(ada.properties["search"]).split(" \n ")[:3] == ["\n countess ada king", "byron", "ada@example.com"]


def test_a_consumer_of_whom_nothing_is_known_is_called_unknown() -> None:
    """SPEC 1.3: never empty; the gender is UNKNOWN."""
    nobody = new_party(PartyKind.CONSUMER, {}, "DE")
    told = {name: value for name, value in without_number(nobody).items() if value not in (None, [])}
    assert told == {
        "status": "ACTIVE",
        "email_opt_in": False,
        "gender": "UNKNOWN",
        "deceased": False,
        "name": "Unknown",
    }


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        (
            PartyKind.ACCOUNT,
            {"legal_name": "Engines Ltd", "phone": "030 123456"},
            {"status": "ACTIVE", "email_opt_in": False, "legal_name": "Engines Ltd", "name": "Engines Ltd"}
            | {"phone": "+4930123456"},
        ),
        (PartyKind.HOUSEHOLD, {"name": "The Kings"}, {"name": "The Kings"}),
        (PartyKind.GROUP, {"name": "The Club"}, {"name": "The Club"}),
        (
            PartyKind.INTERNAL_USER,
            {"name": "Charles", "login": "C@Example.com", "roles": [Role.AGENT], "location": "Berlin"},
            {"name": "Charles", "login": "c@example.com", "roles": ["AGENT"], "location": "Berlin"},
        ),
    ],
)
def test_the_other_kinds_are_stored_with_their_own_fields(
    kind: PartyKind, given: Mapping[str, object], told: Mapping[str, object]
) -> None:
    """SPEC 1.3, 6.1: only customers have a number and a status."""
    party = new_party(kind, given, "DE")
    assert {name: value for name, value in without_number(party).items() if value not in (None, [])} == told
    assert ("number" in party.properties) == (kind in (PartyKind.CONSUMER, PartyKind.ACCOUNT))


def test_all_that_is_wrong_with_a_consumer_is_told_at_once() -> None:
    """SPEC 1.4: each named as the client knows it."""
    assert refused(
        PartyKind.CONSUMER,
        {
            "given_name": "A\x00",
            "family_name": "K" * 100_000,
            "other_names": [{"kind": OtherNameKind.ALIAS, "text": ""}],
            "birth_date": "2023-02-31",
            "death_date": "1852",
            "deceased": False,
            "email": "ada",
            "phone": "1",
            "address": {"postal_code": "1\n0"},
            "language": "German",
            "life_events": [{"name": "Ball", "date": "soon", "yearly": True}],
            "external_ids": [{"system": "a|b", "value": ""}],
        },
    ) == (
        wrong("holds a control character", "givenName"),
        wrong("at most 100 characters", "familyName"),
        wrong("must not be empty", "otherNames", "0", "text"),
        wrong("has a day that February 2023 does not have", "birthDate"),
        wrong("is not an email address", "email"),
        wrong("holds a control character", "address", "postalCode"),
        wrong("is not a language tag", "language"),
        wrong(
            'is not written as "1823-05-17", "1823-05", "1823", "182X", "1823~", "../1823" or the like',
            *("lifeEvents", "0", "date"),
        ),
        wrong("is not a phone number", "phone"),
        wrong("contradicts the death date", "deceased"),
        wrong('must not hold "|"', "externalIds", "0", "system"),
        wrong("must not be empty", "externalIds", "0", "value"),
    )


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (PartyKind.ACCOUNT, "legalName"),
        (PartyKind.HOUSEHOLD, "name"),
        (PartyKind.GROUP, "name"),
        (PartyKind.INTERNAL_USER, "name"),
    ],
)
def test_a_name_that_must_be_there_is_told_by_its_field(kind: PartyKind, field: str) -> None:
    """SPEC 1.3: never empty."""
    given = {"login": "ada@example.com"} if kind is PartyKind.INTERNAL_USER else {}
    assert refused(kind, given) == (wrong("must not be empty", field),)


def test_a_phone_number_without_country_code_is_of_the_address_else_of_the_business() -> None:
    """SPEC 1.4"""
    abroad = new_party(
        PartyKind.ACCOUNT, {"legal_name": "A", "phone": "020 79460958", "address": {"country": "GB"}}, "DE"
    )
    home = new_party(PartyKind.ACCOUNT, {"legal_name": "A", "phone": "030 123456"}, "DE")
    assert [abroad.properties["phone"], home.properties["phone"]] == ["+442079460958", "+4930123456"]


def test_a_number_given_later_is_of_the_address_that_is_stored() -> None:
    """SPEC 1.4"""
    abroad = new_party(PartyKind.ACCOUNT, {"legal_name": "A", "address": {"country": "GB"}}, "DE")
    assert changed(abroad, {"phone": "020 79460958"}, "DE").properties["phone"] == "+442079460958"


@pytest.mark.parametrize("given", [None, "", "  "])
def test_a_phone_number_can_be_emptied(given: str | None) -> None:
    """SPEC 1.4"""
    ada = new_party(PartyKind.CONSUMER, ADA, "DE")
    assert changed(ada, {"phone": given}, "DE").properties["phone"] is None


def test_an_update_changes_what_is_given_and_what_follows_from_it() -> None:
    """SPEC 1.2, 6.5"""
    ada = new_party(PartyKind.CONSUMER, ADA, "DE")
    before, after = differences(ada, changed(ada, {"family_name": "Lovelace", "gender": Gender.FEMALE}, "DE"))
    assert (profile(before), profile(after)) == (
        {"family_name": "King", "name": "Countess Ada King"},
        {"family_name": "Lovelace", "name": "Countess Ada Lovelace"},
    )
    assert (set(before), set(after)) == ({"family_name", "name", "sort_name", "search"},) * 2


def test_an_update_of_nothing_changes_nothing() -> None:
    """SPEC 1.2: nor would the version count."""
    ada = new_party(PartyKind.CONSUMER, ADA, "DE")
    assert changed(ada, {}, "DE") == ada
    assert changed(ada, {"given_name": " Ada "}, "DE") == ada


def test_a_property_that_was_not_there_counts_as_none() -> None:
    """SPEC 6.5: the graph keeps no nulls."""
    stored = replace(new_party(PartyKind.GROUP, {"name": "Club"}, "DE"), properties={"name": "Club", "a": 1})
    after = replace(stored, properties={"name": "Club", "b": 2, "c": None})
    assert differences(stored, after) == ({"a": 1, "b": None}, {"a": None, "b": 2})


def test_an_update_that_contradicts_what_is_stored_is_refused_at_what_was_given() -> None:
    """SPEC 1.3"""
    ada = new_party(PartyKind.CONSUMER, ADA, "DE")
    with pytest.raises(Refused) as caught:
        changed(ada, {"birth_date": "1853", "deceased": False}, "DE")
    assert caught.value.refusals == (
        wrong("lies after the death date", "birthDate"),
        wrong("contradicts the death date", "deceased"),
    )


def test_external_ids_given_replace_those_there_and_null_empties_them() -> None:
    """SPEC 1.2"""
    ada = new_party(PartyKind.CONSUMER, ADA, "DE")
    given = [{"system": " erp ", "value": "1|2"}, {"system": "erp", "value": "1|2"}, {"system": "erp", "value": "3"}]
    assert changed(ada, {"external_ids": given}, "DE").external_ids == (
        ExternalId("erp", "1|2"),
        ExternalId("erp", "3"),
    )
    assert changed(ada, {"external_ids": None}, "DE").external_ids == ()
    assert changed(ada, {"given_name": "A"}, "DE").external_ids == ada.external_ids


def test_the_order_in_which_external_ids_are_given_changes_nothing() -> None:
    """SPEC 1.2, 7.5: nor how a party is found, so that it is to the letter what it was once a merge is undone."""
    two = [{"system": "crm", "value": "6"}, {"system": "crm", "value": "3"}]
    ada = new_party(PartyKind.CONSUMER, {**ADA, "external_ids": two}, "DE")
    assert changed(ada, {"external_ids": two[::-1]}, "DE") == ada
    other = changed(replace(ada, external_ids=()), {"external_ids": two[::-1]}, "DE")
    assert other.properties["search"] == ada.properties["search"]


def test_an_external_id_is_unique_per_system() -> None:
    """SPEC 1.2: no two of them have one key."""
    assert [ExternalId("a", "b|c").key, ExternalId("a", "b").key] == ["a|b|c", "a|b"]


@pytest.mark.parametrize(
    ("given", "refusals"),
    [
        ([{"system": "", "value": "1"}], [wrong("must not be empty", "externalIds", "0", "system")]),
        ([{"system": "a", "value": "\u200b"}], [wrong("must not be empty", "externalIds", "0", "value")]),
        ([{"system": "a" * 51, "value": "1"}], [wrong("at most 50 characters", "externalIds", "0", "system")]),
        ([{"system": "a", "value": "1" * 201}], [wrong("at most 200 characters", "externalIds", "0", "value")]),
        ([{"system": "a", "value": "1\x00"}], [wrong("holds a control character", "externalIds", "0", "value")]),
        ([{"system": "a", "value": str(n)} for n in range(51)], [wrong("at most 50", "externalIds")]),
    ],
)
def test_a_wrong_external_id_is_named(given: object, refusals: list[Refusal]) -> None:
    """SPEC 1.4"""
    with pytest.raises(Refused) as caught:
        checked_external_ids(given)
    assert list(caught.value.refusals) == refusals


def luhn(number: str) -> bool:
    """Whether the check digit is right, as one reckons it by hand."""
    total = 0
    for place, digit in enumerate(reversed([int(d) for d in number])):
        total += digit if place % 2 == 0 else sum(divmod(digit * 2, 10))
    return total % 10 == 0


def test_the_hand_reckoning_is_right() -> None:
    assert [luhn(number) for number in ("79927398713", "79927398710", "4242424242424242")] == [True, False, True]


def test_a_number_has_twelve_digits_of_which_the_last_checks_the_others() -> None:
    """SPEC 1.3"""
    numbers = [new_number() for _ in range(500)]
    assert [n for n in numbers if not (len(n) == 12 and n.isdecimal() and n[0] != "0" and luhn(n))] == []
    assert len(set(numbers)) == len(numbers)


@given(st.integers(0, 11), st.integers(1, 9))
def test_one_misread_digit_of_a_number_is_noticed(place: int, by: int) -> None:
    """SPEC 1.3"""
    number = new_number()
    misread = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert (luhn(number), luhn(misread)) == (True, False)


def test_a_profile_leaves_out_what_only_serves_to_find_it() -> None:
    """SPEC 6.5"""
    assert profile({"name": "Ada", "sort_name": "ada", "search": "ada"}) == {"name": "Ada"}
