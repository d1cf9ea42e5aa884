"""SPEC 1.4: which text may be stored, and how it is compared."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.texts import checked, digits, filled, fold
from domain.values import Invalid

ANY = st.text(st.characters(), max_size=60)
LETTERS = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), max_size=60)


def refusal(value: str, most: int = 100, lines: bool = False) -> str | None:
    """Why a text is refused, None if it is not."""
    try:
        checked(value, most, lines=lines)
    except Invalid as error:
        return error.reason
    return None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Ada", "Ada"),
        ("  Ada \u00a0", "Ada"),
        ("O'Brien-Müller", "O'Brien-Müller"),
        ("Jose\u0301", "José"),
        ("D'Arcy  Jr.", "D'Arcy  Jr."),
        ("नेपाल", "नेपाल"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("", ""),
        ("   ", ""),
        ("\u200b", ""),
        ("\u202e \u00ad", ""),
        ("\u0301", ""),
    ],
)
def test_text_keeps_its_spelling_in_the_composed_form(given: str, kept: str) -> None:
    """SPEC 1.4: names keep their spelling; what nobody sees is no name (SPEC 1.3: never empty)."""
    assert checked(given, 100) == kept


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x85", "\n", "\t", "\r"])
@pytest.mark.parametrize("text", ["{}Ada", "A{}da", "Ada{}"])
def test_control_characters_are_refused_wherever_they_stand(text: str, character: str) -> None:
    """SPEC 1.4"""
    assert refusal(text.format(character)) == "holds a control character"


@pytest.mark.parametrize("character", ["\u2028", "\u2029"])
def test_unicode_line_breaks_are_refused_in_one_line(character: str) -> None:
    """SPEC 1.4"""
    text = f"Ada{character}Lovelace"
    assert (refusal(text), refusal(text, lines=True)) == ("holds a line break", None)


@pytest.mark.parametrize("text", ["\ud83d", "Ada\udc00", "\ude00\ud83d"])
def test_half_of_a_surrogate_pair_is_refused(text: str) -> None:
    """SPEC 1.4: no encoding can carry it."""
    assert refusal(text) == refusal(text, lines=True) == "holds half of a surrogate pair"


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo", "one\rtwo"])
def test_lines_are_broken_in_one_way(text: str) -> None:
    """SPEC 1.4"""
    assert checked(text, 100, lines=True) == "one\ntwo"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x85"])
def test_other_control_characters_are_refused_in_lines_too(character: str) -> None:
    """SPEC 1.4"""
    assert refusal(f"one{character}two", lines=True) == "holds a control character"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 10, None),
        ("a" * 11, "at most 10 characters"),
        (" " * 5 + "a" * 10 + " " * 5, None),
        ("e\u0301" * 10, None),
        ("\ufb2c" * 4, "at most 10 characters"),
        ("a" * 100_000, "at most 10 characters"),
        (" " * 100_000, None),
    ],
)
def test_the_length_is_that_of_what_is_stored(text: str, reason: str | None) -> None:
    """SPEC 1.4: composing shortens some texts and lengthens others; space around does not count."""
    assert refusal(text, most=10) == reason


@given(ANY, st.booleans(), st.integers(0, 60))
def test_what_is_stored_is_clean(text: str, lines: bool, most: int) -> None:
    """SPEC 1.4: no control characters, no surrogates, not too long, composed, and checking again changes nothing."""
    try:
        kept = checked(text, most, lines=lines)
    except Invalid:
        return
    categories = {unicodedata.category(c) for c in kept if not (lines and c in "\n\t")}
    assert not categories & {"Cc", "Cs"}
    assert lines or not categories & {"Zl", "Zp"}
    assert len(kept) <= most
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip() == checked(kept, most, lines=lines)
    kept.encode()


def test_text_that_must_be_filled_is_refused_where_it_is_empty() -> None:
    """SPEC 1.4"""
    with pytest.raises(Invalid, match=r"^must not be empty$"):
        filled(" \u200b ", 10)
    assert filled(" Ada ", 10) == "Ada"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("José", "jose"),
        ("MÜLLER", "muller"),
        ("Strauß", "strauss"),
        ("STRAẞE", "strasse"),
        ("Łódź", "lodz"),
        ("Ørsted", "orsted"),
        ("Ǿrsted", "orsted"),
        ("Ægir Ǽ", "aegir ae"),
        ("Þórður", "thordur"),
        ("Đặng", "dang"),
        ("İstanbul ılgaz", "istanbul ilgaz"),
        ("Œuvre", "oeuvre"),
        ("O’Brien", "o'brien"),
        ("Meyer–Landrut", "meyer-landrut"),
        ("Ａｄａ", "ada"),
        ("ﬁn", "fin"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Чайко́вский", "чаиковскии"),
        ("  Ada \t\u00a0 King ", "ada king"),
        ("Ada\u200bKing", "adaking"),
        ("٢٠٢٤", "2024"),
        ("", ""),
    ],
)
def test_texts_are_compared_without_accents_and_case(text: str, folded: str) -> None:
    """SPEC 1.4"""
    assert fold(text) == folded


@settings(max_examples=300)
@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    """SPEC 1.4: else what was stored could not be compared with what is typed."""
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x7F), max_size=60))
def test_plain_letters_are_folded_as_all_others(text: str) -> None:
    """A soft hyphen, which folding drops, makes it take the longer way."""
    assert fold(text) == fold(f"{text}\u00ad")


@given(LETTERS)
def test_spellings_that_unicode_holds_for_one_are_one(text: str) -> None:
    """SPEC 1.4"""
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)


@given(st.text(st.characters(max_codepoint=0x24F), max_size=60))
def test_upper_and_lower_case_are_one(text: str) -> None:
    """SPEC 1.4"""
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"), [("+49 (0)30/12-34", "490301234"), ("٠١٢ and ３", "0123"), ("no² half½", ""), ("", "")]
)
def test_digits_are_those_of_any_script(text: str, found: str) -> None:
    """SPEC 1.5"""
    assert digits(text) == found
