"""How likely two customers are one, and why (SPEC 7.6)."""

from dataclasses import replace
from typing import Any

import pytest

from domain.duplicates import LEAST_SCORE, MOST_BY_TIES, EvidenceKind, Match, Ties, match
from domain.parties import PartyKind
from domain.profiles import MOST_WORDS, Profile, profile_of, words_query

E = EvidenceKind
ANN = Profile(
    id="ann",
    kind=PartyKind.CONSUMER,
    given=["ann"],
    family=["bouvier"],
    birth_date="1980-02-13",
    email="ann@ost.example",
    phone="+4319876543",
    street="44 forbes street",
    city="wien",
    postal_code="1010",
)
BARE = Profile(id="bare", kind=PartyKind.CONSUMER, given=["ann"], family=["bouvier"])
EAST = Profile(id="east", kind=PartyKind.ACCOUNT, family=["east trading company"], street="1 quay", city="wien")


def other(**changes: Any) -> Profile:
    """Ann once more, with other values."""
    return replace(ANN, id="other", **changes)


def told(found: Match) -> list[EvidenceKind]:
    """The evidence of a match, in order."""
    return [evidence.kind for evidence in found.evidence]


def test_who_agrees_in_everything_is_one_and_is_told_why() -> None:
    found = match(ANN, other())
    assert found.score > 0.999999
    assert told(found) == [
        E.SAME_ADDRESS,
        E.SAME_BIRTH_DATE,
        E.SAME_EMAIL,
        E.SAME_PHONE,
        E.SAME_NAME,
    ]


def test_a_name_alone_is_not_enough() -> None:
    found = match(BARE, replace(BARE, id="other"))
    assert (told(found), found.score > LEAST_SCORE) == ([E.SAME_NAME], True)
    assert match(BARE, replace(BARE, id="other", birth_date="1980-02-13")).score < 0.7


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"birth_date": "1955-11-07"}, E.DIFFERENT_BIRTH_DATE),
        ({"birth_date": "1981-02-14"}, E.DIFFERENT_BIRTH_DATE),
        ({"street": "7 sturdee crescent", "city": "graz", "postal_code": "8010"}, E.DIFFERENT_ADDRESS),
        ({"given": ["bob"]}, E.DIFFERENT_NAME),
        ({"family": ["jones"]}, E.DIFFERENT_NAME),
    ],
)
def test_what_differs_speaks_against(changes: dict[str, Any], kind: EvidenceKind) -> None:
    found = match(ANN, other(**changes))
    (against,) = [evidence for evidence in found.evidence if evidence.kind is kind]
    assert against.bits < 0
    assert found.score < match(ANN, other()).score


@pytest.mark.parametrize(("field", "one", "two"), [("suffix", "jr", "sr"), ("gender", "FEMALE", "MALE")])
def test_suffixes_and_genders_speak_against_where_both_are_known(field: str, one: str, two: str) -> None:
    kind = E.DIFFERENT_SUFFIX if field == "suffix" else E.DIFFERENT_GENDER
    mine = replace(ANN, **{field: one})  # type: ignore[arg-type]
    assert kind in told(match(mine, other(**{field: two})))
    assert kind not in told(match(mine, other(**{field: one})))
    assert kind not in told(match(mine, other()))


@pytest.mark.parametrize(
    ("ties", "kind"),
    [
        (Ties(parent_and_child=True), E.PARENT_AND_CHILD),
        (Ties(spouses=True), E.SPOUSES),
        (Ties(siblings=True), E.SIBLINGS),
    ],
)
def test_father_and_son_of_one_name_and_home_are_two(ties: Ties, kind: EvidenceKind) -> None:
    father, son = replace(ANN, birth_date=""), other(birth_date="")
    assert match(father, son).score > 0.99
    assert match(father, son, ties).evidence[0].kind is kind or kind in told(match(father, son, ties))
    assert match(replace(father, email="", phone=""), replace(son, email="", phone=""), ties).score < LEAST_SCORE


def test_whom_they_share_speaks_for_those_who_are_called_alike_alone() -> None:
    ties = Ties(shared=2, same_household=True)
    assert {E.SHARED_RELATIVES, E.SAME_HOUSEHOLD} <= set(told(match(ANN, other(), ties)))
    assert not {E.SHARED_RELATIVES, E.SAME_HOUSEHOLD} & set(told(match(ANN, other(given=["bob"]), ties)))


def test_relationships_add_no_more_than_is_said() -> None:
    most = Ties(shared=1_000, same_household=True)
    for one in (ANN, EAST):
        two = replace(one, id="other")
        assert match(one, two, most).bits - match(one, two).bits <= MOST_BY_TIES


def test_names_that_have_changed_places_are_the_same() -> None:
    assert E.SAME_NAME in told(match(ANN, other(given=["bouvier"], family=["ann"])))


def test_a_former_name_or_a_nickname_counts() -> None:
    of = {"given_name": "Jacqueline", "family_name": "Kennedy"}
    named = {"other_names_kinds": ["FORMER", "NICKNAME"], "other_names_texts": ["Bouvier", "Jackie"]}
    jackie = profile_of("one", PartyKind.CONSUMER, {**of, **named})
    assert (jackie.given, jackie.family) == (["jacqueline", "jackie"], ["kennedy", "bouvier"])
    found = match(jackie, Profile(id="other", kind=PartyKind.CONSUMER, given=["jackie"], family=["bouvier"]))
    assert told(found) == [E.SAME_NAME]


def test_organisations_are_compared_by_name_and_registration_number() -> None:
    same = replace(EAST, id="other", registration_number="FN 1")
    mine = replace(EAST, registration_number="FN 1")
    assert told(match(mine, same))[0] is E.SAME_REGISTRATION_NUMBER
    assert E.DIFFERENT_REGISTRATION_NUMBER in told(match(mine, replace(same, registration_number="FN 2")))
    assert match(mine, same, Ties(one_above_the_other=True)).score < match(mine, same).score
    assert E.SHARED_CONTACTS in told(match(mine, same, Ties(shared=1)))
    assert E.DIFFERENT_NAME in told(match(mine, replace(same, family=["west mining"])))
    assert E.SIMILAR_NAME in told(match(mine, replace(same, family=["east trading co"])))


def test_the_score_is_the_same_from_both_sides() -> None:
    for two in (other(), other(given=["bob"]), other(birth_date=""), BARE, other(street="", email="")):
        there, back = match(ANN, two), match(two, ANN)
        assert (there.score, set(there.evidence)) == (back.score, set(back.evidence))
        assert there.turned.one == two.id


def test_what_is_compared_is_folded_and_unknown_genders_are_none() -> None:
    of = {"given_name": "Zoë", "gender": "UNKNOWN", "address_street": "Große Straße 1", "phone": "+43198"}
    found = profile_of("zoe", PartyKind.CONSUMER, of)
    assert (found.given, found.family, found.gender, found.phone) == (["zoe"], [], "", "+43198")
    assert found.street == "grosse strasse 1"


def test_a_query_names_what_is_known_and_nothing_in_it_is_syntax() -> None:
    assert words_query(BARE) == "sort_name:ann^2 sort_name:bouvier^2 sort_name:bouvier~1"
    odd = replace(BARE, given=['a" or *:*'], family=[], email='x"y\\@ost.example')
    assert words_query(odd) == 'email:"x\\"y\\\\@ost.example"^4 sort_name:a^2 sort_name:or^2'
    assert words_query(Profile(id="none", kind=PartyKind.CONSUMER)) == ""
    long = replace(BARE, family=[" ".join(f"name{n}" for n in range(1_000))])
    assert len(words_query(long).split()) == MOST_WORDS
