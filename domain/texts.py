"""Text: what may be stored, and how it is compared (SPEC 1.4)."""

import unicodedata

from domain.values import Invalid

LINES = frozenset("\n\t")
SEPARATORS = frozenset({"Zl", "Zp"})
PLAIN = str.maketrans("øłđðħı‘’ʼ‐‒–—−", "olddhi'''-----") | {ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th"}
"""Letters that Unicode does not decompose, and the typographer's signs, as people type them."""


def checked(value: str, most: int, *, lines: bool = False) -> str:
    """The text without surrounding space, in Unicode's composed form; its spelling is kept.

    Text of which nothing can be seen, such as a zero-width space, is empty: it would be a name that is none. Where
    `lines`, every system's line breaks become "\\n". Raises Invalid where the text is longer than `most` characters,
    or holds control characters (line breaks only where `lines`) or lone surrogates, which no encoding can carry.
    """
    if lines:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", value).strip()
    if len(text) > most:
        raise Invalid(f"at most {most} characters")
    for character in "" if value.isprintable() else value:  # what is printable is of none of these categories
        category = unicodedata.category(character)
        if category == "Cs":
            raise Invalid("holds half of a surrogate pair")
        if category == "Cc" and not (lines and character in LINES):
            raise Invalid("holds a control character")
        if category in SEPARATORS and not lines:
            raise Invalid("holds a line break")
    return text if any(visible(character) for character in text) else ""


def filled(value: str, most: int, *, lines: bool = False) -> str:
    """The same for text that must not be empty. Raises Invalid."""
    if found := checked(value, most, lines=lines):
        return found
    raise Invalid("must not be empty")


def visible(character: str) -> bool:
    """Whether something of its own is seen of a character: no space, no mark upon others, no sign for the layout."""
    return not character.isspace() and not unicodedata.combining(character) and unicodedata.category(character) != "Cf"


def fold(value: str) -> str:
    """The form in which texts are compared and searched: without accents, case and invisible signs, spaces single.

    Digits of any script become ASCII's. Folding twice changes nothing, so parts of a folded text can be searched for.
    """
    if value.isascii():  # of which what follows changes nothing more
        return " ".join(value.lower().split())
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare.casefold().translate(PLAIN))
    return " ".join(plain.split())


def digits(value: str) -> str:
    """The digits of a text, any script's as ASCII, nothing else."""
    return "".join(str(unicodedata.decimal(c)) for c in value if c.isdecimal())
