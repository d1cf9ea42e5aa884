"""SPEC 1.5: what a party is found by, and what is meant by what somebody typed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.consumers import OtherNameKind
from domain.parties import PartyKind, new_party
from domain.search import alike, escape, misspellable, sealed, search_text, search_words, searched
from domain.texts import fold

ADA = {
    "given_name": "Ada",
    "family_name": "King",
    "prefix": "Countess",
    "other_names": [{"kind": OtherNameKind.FORMER, "text": "Byron"}],
    "email": "Ada@Example.com",
    "phone": "020 7946 0958",
    "address": {"city": "London", "country": "gb"},
    "external_ids": [{"system": "crm", "value": "7-11"}],
}


def found(typed: str, text: str) -> bool:
    """Whether a search finds a party of this search text, as the statement has it."""
    words = search_words(typed)
    return all(word in text for word in words)


@pytest.mark.parametrize(
    "typed",
    [
        *("ada", "ADA", "àdá", "kin", "king ada", "Countess Ada King", "byron", "yro"),
        *("Ada@example.com", "example.com", "ada@"),
        *("+44 20 7946 0958", "020 7946 0958", "(020) 7946-0958", "020/7946.0958", "0044 20 7946 0958"),
        *("+44 (0)20 7946 0958", "0044 (0) 20 7946 0958".replace("(0) ", "(0)"), "011 44 20 7946 0958"),
        *("0011 44 20 7946 0958", "7946", "7946-09", "+44\u00a020\u20117946", "٠٢٠ ٧٩٤٦", "０２０７９４６"),
        *("7-11", "crm-7-11", "7\u201311", "711"),
    ],
)
def test_a_party_is_found_by_any_part_of_what_it_is_known_by(typed: str) -> None:
    """SPEC 1.5: a name, an email, a phone number in any notation, an external id."""
    ada = new_party(PartyKind.CONSUMER, {**ADA, "external_ids": [{"system": "crm", "value": "CRM-7-11"}]}, "GB")
    assert found(typed, str(ada.properties["search"]))


@pytest.mark.parametrize("typed", ["lovelace", "ada lovelace", "020 9999", "crm", "london", "byron", "consumer_"])
def test_a_party_is_not_found_by_what_it_is_not_known_by(typed: str) -> None:
    """SPEC 1.5: all words must be there, and an id as a whole."""
    ada = new_party(PartyKind.CONSUMER, {**ADA, "prefix": None, "other_names": None}, "GB")
    assert not found(typed, str(ada.properties["search"]))


@pytest.mark.parametrize("typed", ["", " ", "\u200b"])
def test_nothing_typed_leaves_nobody_out(typed: str) -> None:
    """SPEC 1.5"""
    assert (search_words(typed), found(typed, "ada")) == ([""], True)


def test_a_party_is_found_by_its_id_and_its_number() -> None:
    """SPEC 1.5: an id as a whole, since its letters are random and short words would be found in them by chance."""
    ada = new_party(PartyKind.CONSUMER, ADA, "GB")
    text, number = str(ada.properties["search"]), str(ada.properties["number"])
    typed = [ada.id, f" {ada.id.upper()} ", number, f"{number[:4]} {number[4:8]} {number[8:]}", number[3:9]]
    assert [found(each, text) for each in typed] == [True] * 5
    assert not found(ada.id[9:], text)


def test_a_russian_number_is_found_with_what_is_dialled_before_it() -> None:
    """SPEC 1.5"""
    text = search_text("consumer_x", {"phone": "+79123456789"}, ())
    assert [found(typed, text) for typed in ("8 (912) 345-67-89", "+7 912 345-67-89", "8 912")] == [True, True, False]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Ada KING", ["ada", "king"]),
        ("030 123456", ["30123456"]),
        ("12", ["12"]),
        ("0012", ["0012"]),
        ("+", ["+"]),
        ("3.5", ["3.5"]),
        ("route 66-1", ["route", "66-1"]),
        ('a" OR *', ['a"', "or", "*"]),
    ],
)
def test_what_is_typed_is_words_or_a_number(typed: str, words: list[str]) -> None:
    """SPEC 1.5: never query syntax."""
    assert search_words(typed) == words


NAMES = st.text(st.sampled_from("aÉø ßЖ中\u0301-–/.'12300७4+") | st.characters(codec="utf-8"), min_size=1, max_size=40)


@settings(max_examples=500)
@given(NAMES, st.data())
def test_any_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    """SPEC 1.5: names that look like numbers, too."""
    text = search_text("consumer_x", {"name": name}, ())
    folded = fold(name)
    start = data.draw(st.integers(0, max(len(folded) - 1, 0)))
    part = folded[start : data.draw(st.integers(start, len(folded)))]
    assert found(part, text)


@settings(max_examples=300)
@given(st.text(st.sampled_from("0123456789"), min_size=7, max_size=15), st.data())
def test_a_number_is_found_however_its_digits_are_parted(number: str, data: st.DataObject) -> None:
    """SPEC 1.5"""
    signs = data.draw(st.lists(st.sampled_from(["", "", " ", "-", "/", ".", ") "]), min_size=15, max_size=15))
    written = "".join(digit + sign for digit, sign in zip(number, signs, strict=False))
    assert found(written, search_text("consumer_x", {"phone": f"+{number}"}, ()))


def test_the_search_text_has_a_line_for_each_thing_once() -> None:
    """SPEC 1.5"""
    properties = {"name": "Ada", "other_names_texts": ["ADA", "O'Neil-Ost"], "email": None, "phone": "", "number": "12"}
    lines = ["ada", "o'neil-ost", "12", "3 4-5", sealed("consumer_x"), "oneil ost", "345"]
    assert search_text("consumer_x", properties, ["12", "3 4-5"]) == "\n" + "".join(f" {line} \n" for line in lines)


@pytest.mark.parametrize("typed", ["a" * 51, " ".join(f"{a}nn" for a in "abcdefghijk"), "x " * 100_000])
def test_what_nobody_is_called_is_not_looked_for_misspelt(typed: str) -> None:
    """SPEC 1.5, 11.4: a full-text query of any size would cost any time."""
    found = searched(typed)
    assert found["alike"] == []
    assert found["parts"] == list(dict.fromkeys(typed.split()))


def test_what_is_typed_is_looked_for_as_a_line_as_words_as_their_starts_and_as_parts() -> None:
    """SPEC 1.5"""
    assert searched(" Jhon  12-B ") == {
        "line": "\n jhon 12-b \n",
        "wholes": [" jhon ", " 12-b "],
        "starts": [" jhon", " 12-b"],
        "parts": ["jhon", "12-b"],
        "exact": ["12-b"],
        "alike": ["+(jhon~1 jhon*) -(+jhon*)"],
    }


@pytest.mark.parametrize(
    ("typed", "alike"),
    [
        ("miller", ["+(miller~2 miller*) -(+miller*)"]),
        ("smith", ["+(smith~1 smith*) -(+smith*)"]),
        ("Jhon Miler", ["+(jhon~1 jhon*) +(miler~1 miler*) -(+jhon* +miler*)"]),
        ("O'Neil-Ost", ["+(o\\'neil\\-ost~2 o\\'neil\\-ost*) -(+o\\'neil\\-ost*)"]),
        ("ou", []),
        ("+43 1 2345", []),
        ("ann@ost.example", []),
        ("", []),
    ],
)
def test_one_letter_may_be_wrong_and_two_in_words_over_five(typed: str, alike: list[str]) -> None:
    """SPEC 1.5: as a full-text query."""
    assert searched(typed)["alike"] == alike


@pytest.mark.parametrize(
    ("word", "may"),
    [
        *[(word, True) for word in ("ann", "o'neil", "muller-ost", "अमित", "Жук", "'tis")],
        *[(word, False) for word in ("an", "o'n", "ann1", "ann~", "ann*", "a&b", "ann@ost", '"ann"', "--", "")],
    ],
)
def test_only_names_can_be_misspelt(word: str, may: bool) -> None:
    """SPEC 1.5: not numbers, emails or signs; and of two letters one is not enough to tell who is meant."""
    assert misspellable(word) is may


@given(st.text(min_size=1, max_size=20))
def test_nothing_typed_is_syntax_of_the_full_text_query(word: str) -> None:
    """SPEC 1.5: whatever is no letter or digit stands behind a backslash."""
    escaped = escape(word)
    assert re.sub(r"\\(.)", r"\1", escaped, flags=re.DOTALL) == word
    rest = escaped
    while rest:
        rest = rest[2:] if rest[0] == "\\" else rest[1:] if rest[0].isalnum() else pytest.fail(escaped)
    assert alike([word])[0].startswith(f"+({escaped}~")
