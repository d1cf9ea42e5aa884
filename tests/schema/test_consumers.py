"""Consumers (SPEC 1.3, 1.4)."""

from typing import Any

import pytest

from tests.client import Client
from tests.schema.kinds import KINDS
from tests.unchanged import Unchanged

CONSUMER = KINDS[0]
PROFILE = """kind name givenName familyName prefix suffix otherNames { kind text } gender
    birthDate birthDateInWords deceased deathDate deathDateInWords email phone { e164 national }
    address { street city postalCode region country } language lifeEvents { name date yearly }"""
GIVEN: dict[str, Any] = {
    "prefix": "Dr",
    "givenName": "Ann",
    "familyName": "Ost",
    "suffix": "MD",
    "otherNames": [{"kind": "FORMER", "text": "West"}, {"kind": "NICKNAME", "text": "Annie"}],
    "gender": "FEMALE",
    "birthDate": "1823-05",
    "deceased": True,
    "deathDate": "1890~",
    "email": "ann@ost.example",
    "phone": "+43 1 2345678",
    "address": {"street": "Ring 1\nTop 2", "city": "Wien", "postalCode": "1010", "region": "W", "country": "at"},
    "language": "de-at",
    "lifeEvents": [{"name": "Graduation", "date": "1840", "yearly": False}],
}
EMPTY: dict[str, Any] = {
    "kind": "CONSUMER",
    "name": "Unknown",
    "givenName": None,
    "familyName": None,
    "prefix": None,
    "suffix": None,
    "otherNames": [],
    "gender": "UNKNOWN",
    "birthDate": None,
    "birthDateInWords": None,
    "deceased": False,
    "deathDate": None,
    "deathDateInWords": None,
    "email": None,
    "phone": None,
    "address": None,
    "language": None,
    "lifeEvents": [],
}
FULL: dict[str, Any] = {
    **GIVEN,
    "kind": "CONSUMER",
    "name": "Dr Ann Ost MD",
    "birthDateInWords": "May 1823",
    "deathDateInWords": "about 1890",
    "phone": {"e164": "+4312345678", "national": "01 2345678"},
    "address": {**GIVEN["address"], "country": "AT"},
    "language": "de-AT",
}


async def test_a_consumer_keeps_all_that_is_given(client: Client) -> None:
    """1.3"""
    assert await CONSUMER.create(client, PROFILE, **GIVEN) == FULL


async def test_a_consumer_of_whom_nothing_is_known_is_called_unknown(client: Client) -> None:
    """1.3: a name is never empty."""
    assert await CONSUMER.create(client, PROFILE, givenName=None) == EMPTY


async def test_an_update_changes_only_what_it_gives(client: Client) -> None:
    """1.3: null empties a field, a list replaces the whole list."""
    id = await CONSUMER.new(client, **GIVEN)
    given = {
        "givenName": "Bea",
        "prefix": None,
        "otherNames": [{"kind": "ALIAS", "text": "B."}],
        "address": {"city": "Graz"},
    }
    assert await CONSUMER.update(client, id, PROFILE, **given) == {
        **FULL,
        **given,
        "name": "Bea Ost MD",
        "address": {"street": None, "city": "Graz", "postalCode": None, "region": None, "country": None},
    }


async def test_null_empties_every_field(client: Client) -> None:
    """1.3"""
    id = await CONSUMER.new(client, **GIVEN)
    assert await CONSUMER.update(client, id, PROFILE, **dict.fromkeys(GIVEN)) == EMPTY


async def test_imprecise_dates_are_kept_as_given_and_shown_in_words(client: Client) -> None:
    """1.3"""
    dates = {
        "1823-05-17": "17 May 1823",
        "1823-05": "May 1823",
        "1823": "1823",
        "1823~": "about 1823",
        "../1823": "before 1823",
    }
    made = [await CONSUMER.create(client, "birthDate birthDateInWords", birthDate=date) for date in dates]
    assert {each["birthDate"]: each["birthDateInWords"] for each in made} == dates


async def test_who_has_a_death_date_is_deceased(client: Client) -> None:
    """1.3"""
    assert await CONSUMER.create(client, "deceased", deathDate="1890") == {"deceased": True}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"birthDate": "1890", "deathDate": "1823"}, ["deathDate"]),
        ({"deathDate": "1890", "deceased": False}, ["deceased"]),
        ({"email": "ann@"}, ["email"]),
        ({"email": "ann"}, ["email"]),
        ({"phone": "12"}, ["phone"]),
        ({"phone": "call me"}, ["phone"]),
        ({"address": {"country": "Austria"}}, ["address", "country"]),
        ({"address": {}}, ["address"]),
        ({"language": "Germanic language"}, ["language"]),
        ({"otherNames": [{"kind": "ALIAS", "text": "A"}, {"kind": "ALIAS", "text": " "}]}, ["otherNames", "1", "text"]),
        ({"lifeEvents": [{"name": "Birth", "date": "1823-02-29"}]}, ["lifeEvents", "0", "date"]),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_a_bad_value_is_refused_naming_the_field(
    client: Client, unchanged: Unchanged, given: dict[str, Any], path: list[str]
) -> None:
    """1.3, 1.4"""
    id = await CONSUMER.new(client)
    async with unchanged.during():
        created = await client.refusals("createConsumer", given)
        updated = await client.refusals("updateConsumer", {"id": id, **given})
    assert created == updated == [{"__typename": "InvalidValue", "path": path}]


async def test_all_that_is_wrong_is_told_at_once(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    given = {"email": "ann@", "phone": "12", "birthDate": "soon", "externalIds": [{"system": "", "value": "1"}]}
    async with unchanged.during():
        refusals = await client.refusals("createConsumer", given)
    assert [(refusal["__typename"], refusal["path"]) for refusal in refusals] == [
        ("InvalidValue", ["birthDate"]),
        ("InvalidValue", ["email"]),
        ("InvalidValue", ["phone"]),
        ("InvalidValue", ["externalIds", "0", "system"]),
    ]


async def test_a_family_may_share_an_email_address(client: Client) -> None:
    """1.4"""
    made = [await CONSUMER.create(client, "email", email="osts@ost.example") for _ in range(2)]
    assert made == [{"email": "osts@ost.example"}] * 2


async def test_a_phone_number_without_country_code_is_of_the_addresss_country_else_the_settings(
    client: Client,
) -> None:
    """1.4: stored as E.164, shown in national form."""
    selection = "phone { e164 national }"
    austrian = await CONSUMER.create(client, selection, phone="01 234 56 78", address={"country": "AT"})
    american = await CONSUMER.create(client, selection, phone="617-555-0123")
    abroad = await CONSUMER.create(client, selection, phone="+44 20 7946 0000", address={"country": "AT"})
    assert [each["phone"] for each in (austrian, american, abroad)] == [
        {"e164": "+4312345678", "national": "01 2345678"},
        {"e164": "+16175550123", "national": "(617) 555-0123"},
        {"e164": "+442079460000", "national": "020 7946 0000"},
    ]


async def test_a_phone_number_given_later_is_of_the_address_that_is_there(client: Client) -> None:
    """1.4"""
    id = await CONSUMER.new(client, address={"country": "AT"})
    assert await CONSUMER.update(client, id, "phone { e164 }", phone="01 2345678") == {"phone": {"e164": "+4312345678"}}


async def test_names_keep_their_spelling_in_unicodes_composed_form(client: Client) -> None:
    """1.4"""
    made = await CONSUMER.create(client, "name", givenName=" Zoe\u0308  ", familyName="d’Arc-Öst")
    assert made == {"name": "Zo\u00eb d’Arc-Öst"}
