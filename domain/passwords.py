"""Passwords: which may be set, and how what is typed is compared (SPEC 6.4)."""

import secrets
import unicodedata

from domain.values import Invalid

SHORTEST, MOST_BYTES = 12, 1_000


def checked(value: str) -> str:
    """A password that may be set, in the form in which it is hashed. Raises Invalid.

    Its length is all that is asked of it: rules of composition make passwords worse, not better.
    """
    known = typed(value)
    if known is None:
        raise Invalid(f"at most {MOST_BYTES:,} bytes of UTF-8")
    if len(known) < SHORTEST:
        raise Invalid(f"at least {SHORTEST} characters")
    return known


def typed(value: str) -> str | None:
    """A password as it was typed, in the form in which it is hashed; None where it can be nobody's.

    Keyboards write the same letter in several ways, so all compatible ones are one (NFKC). A long text is not made
    longer first: some signs become eighteen.
    """
    if len(value) > MOST_BYTES:
        return None
    text = unicodedata.normalize("NFKC", value)
    try:
        return text if len(text.encode()) <= MOST_BYTES else None
    except UnicodeEncodeError:
        return None


def new_password() -> str:
    """A password that nobody guesses: 20 letters, digits, - and _, of 120 random bits."""
    return secrets.token_urlsafe(15)
