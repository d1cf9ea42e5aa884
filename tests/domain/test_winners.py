"""SPEC 7.2: of what two say differently, whose stays."""

from typing import Any

import pytest

from domain.ids import PartyId
from domain.parties import ExternalId, Party, PartyKind, new_party
from domain.refusals import InvalidValue
from domain.winners import Field, MergeSide, blanks, field, is_empty, party_fields, wrong_winners

OURS, THEIRS = MergeSide.SURVIVOR, MergeSide.MERGED


def person(**given: Any) -> Party:
    """A consumer of these fields."""
    return new_party(PartyKind.CONSUMER, given, "US")


@pytest.mark.parametrize(
    ("ours", "theirs", "winner"),
    [
        ("a", "b", OURS),
        (None, "b", THEIRS),
        ("a", None, OURS),
        (None, None, OURS),
        ("", "b", THEIRS),
        ([], [1], THEIRS),
    ],
)
def test_the_survivors_value_stays_unless_it_is_empty(ours: object, theirs: object, winner: MergeSide) -> None:
    assert field("x", ours, theirs, {}) == Field("x", ours, theirs, winner)


@pytest.mark.parametrize("side", list(MergeSide))
@pytest.mark.parametrize(("ours", "theirs"), [("a", "b"), (None, "b"), ("a", None)])
def test_whoever_chooses_has_it_so_even_empty(ours: object, theirs: object, side: MergeSide) -> None:
    found = field("x", ours, theirs, {"x": side})
    assert found.value == (ours if side is OURS else theirs)


@pytest.mark.parametrize("said", [False, 0, 0.0, "x", [0]])
def test_no_and_nothing_at_all_are_different(said: object) -> None:
    assert not is_empty(said)


def test_every_field_of_a_customer_has_a_winner_and_all_its_properties_follow() -> None:
    ours = person(givenName="x", given_name="Ann", birth_date="1980", other_names=[{"kind": "NICKNAME", "text": "A"}])
    theirs = person(given_name="Bea", family_name="Ost", birth_date="1823~", address={"city": "Ulm"}, gender="FEMALE")
    fields, become = party_fields(ours, theirs, {"birthDate": THEIRS})
    told = {one.name: one.winner for one in fields}
    assert len(told) == len(blanks(PartyKind.CONSUMER))
    assert {name for name, winner in told.items() if winner is THEIRS} == {
        *("familyName", "birthDate", "address", "gender")
    }
    assert (become["given_name"], become["family_name"], become["address_city"]) == ("Ann", "Ost", "Ulm")
    for name in ("birth_date", "birth_date_earliest", "birth_date_latest"):
        assert become[name] == theirs.properties[name]
    shown = {one.name: (one.survivor, one.merged) for one in fields}
    assert shown["otherNames"] == ([{"kind": "NICKNAME", "text": "A"}], [])
    assert shown["address"] == (None, {"city": "Ulm"})
    assert shown["gender"] == ("UNKNOWN", "FEMALE")


def test_who_is_deceased_is_so_where_nobody_has_said_otherwise() -> None:
    fields, become = party_fields(person(), person(deceased=True), {})
    assert become["deceased"] is True
    assert Field("deceased", False, True, THEIRS) in fields


def test_winners_of_what_is_no_field_or_is_by_rule_or_named_twice_are_wrong() -> None:
    fields = [Field("a", 1, 2, OURS), Field("status", 1, 2, OURS, by_rule=True)]
    chosen = [("a", OURS), ("b", OURS), ("status", THEIRS), ("a", THEIRS)]
    assert [refusal.path[1] for refusal in wrong_winners(chosen, fields)] == ["1", "2", "3"]
    assert all(isinstance(refusal, InvalidValue) for refusal in wrong_winners(chosen, fields))


def test_an_account_is_called_as_the_winner_of_its_legal_name() -> None:
    ours, theirs = (new_party(PartyKind.ACCOUNT, {"legal_name": name}, "US") for name in ("Ost", "West"))
    for side, name in ((OURS, "Ost"), (THEIRS, "West")):
        assert party_fields(ours, theirs, {"legalName": side})[1]["legal_name"] == name
    assert isinstance(PartyId(ours.id), str)
    assert ExternalId("a", "b").key == "a|b"
