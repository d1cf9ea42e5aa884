"""Profiles: what of customers is compared to find duplicates, and in which words two of one meet (SPEC 7.6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.parties import PartyKind
from domain.search import escape
from domain.texts import fold

SHORTEST_MISSPELT = 4
MOST_WORDS = 24


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Of a customer what is compared, folded; empty where it is not known. `given` and `family` hold all that he or she
    is or was called, an account's name stands in `family`."""

    id: str
    kind: PartyKind
    given: Sequence[str] = ()
    family: Sequence[str] = ()
    suffix: str = ""
    gender: str = ""
    birth_date: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    city: str = ""
    postal_code: str = ""
    registration_number: str = ""


def profile_of(id: str, kind: PartyKind, of: Mapping[str, Any]) -> Profile:
    """The profile of a customer's stored properties."""

    def text(name: str) -> str:
        return fold(str(of.get(name) or ""))

    others = dict[str, list[str]]()
    for other, name in zip(of.get("other_names_kinds") or (), of.get("other_names_texts") or (), strict=True):
        others.setdefault("given" if other == "NICKNAME" else "family", []).append(fold(name))
    family = text("legal_name") if kind is PartyKind.ACCOUNT else text("family_name")
    gender = str(of.get("gender") or "")
    return Profile(
        id=id,
        kind=kind,
        given=[name for name in (text("given_name"), *others.get("given", ())) if name],
        family=[name for name in (family, *others.get("family", ())) if name],
        suffix=text("suffix"),
        gender="" if gender in ("UNKNOWN", "OTHER") else gender,
        birth_date=str(of.get("birth_date") or ""),
        email=text("email"),
        phone=str(of.get("phone") or ""),
        street=text("address_street"),
        city=text("address_city"),
        postal_code=text("address_postal_code"),
        registration_number=text("registration_number"),
    )


def words_query(profile: Profile) -> str:
    """The full-text query (Lucene's) for customers who have something in common with one: names misspelt by a letter,
    and all else as it is. What is rare counts more; "" where nothing is known by which anybody is found."""
    return " ".join(list(parts(profile))[:MOST_WORDS])


def parts(profile: Profile) -> Iterator[str]:
    """The parts of the query, the most telling first."""
    for field in ("email", "phone", "registration_number", "birth_date"):
        if value := getattr(profile, field):
            quoted = value.replace("\\", "\\\\").replace('"', '\\"')
            yield f'{field}:"{quoted}"^4'
    for word in dict.fromkeys(word for name in (*profile.given, *profile.family) for word in words(name)):
        yield f"sort_name:{word}^2"
        if len(word) >= SHORTEST_MISSPELT and word.isalpha():
            yield f"sort_name:{word}~1"
    for field, text in (
        ("address_postal_code", profile.postal_code),
        ("address_street", profile.street),
        ("address_city", profile.city),
    ):
        yield from (f"{field}:{word}" for word in words(text))


def words(text: str) -> list[str]:
    """The words of a folded text as the query takes them: those that have a letter or digit."""
    bare = "".join(c if c.isalnum() else " " for c in text)
    return [escape(word) for word in bare.split()]
