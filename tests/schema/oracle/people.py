"""Random profiles of parties, from few words: names that are the same, parts of one another, or absent."""

import random

from domain.consumers import Gender, OtherNameKind
from domain.internal_users import Role
from domain.parties import PartyKind

GIVEN = [None, "Ada", "Adalbert", "Çelik", "Émile", "Østen", "ada"]
FAMILY = [None, "Quillon", "Vandersteen", "Xu", "O'Brien-Ost"]
BORN = [None, "1950", "1987-05-17", "199X", "1962~", "../1970", "1987-05-17"]
TOWNS = [None, "Ghent", "Wien"]


def fields_of(r: random.Random, kind: PartyKind, n: int) -> dict[str, object]:
    """What a client gives to make a party; `n` tells it from others of its kind where it must be told."""
    systems = r.choice([[], [], ["crm"], ["erp", "crm"], ["crm", "crm"]])
    ids = [{"system": system, "value": f"{kind.prefix}-{n}.{place}"} for place, system in enumerate(systems)]
    return {"external_ids": ids, **FIELDS[kind](r, n)}


def consumer(r: random.Random, n: int) -> dict[str, object]:
    given, family = r.choice(GIVEN), r.choice(FAMILY)
    dead = r.random() < 0.2
    return {
        **reached(r, n),
        "given_name": given,
        "family_name": family,
        "prefix": r.choice([None, None, "Dr"]),
        "suffix": r.choice([None, None, "III"]),
        "other_names": [
            {"kind": r.choice(list(OtherNameKind)), "text": text}
            for text in r.sample(["Bouvier", "Jackie"], r.randrange(3))
        ],
        "gender": r.choice([None, *Gender]),
        "birth_date": r.choice(BORN),
        "deceased": dead or None,
        "death_date": r.choice([None, "2019-12", "2020"]) if dead else None,
        "language": r.choice([None, "de-AT"]),
        "life_events": [
            {"name": name, "date": r.choice(["2001", "2010-06-01"]), "yearly": r.random() < 0.5}
            for name in r.sample(["graduation", "first house"], r.randrange(3))
        ],
    }


def account(r: random.Random, n: int) -> dict[str, object]:
    return {
        **reached(r, n),
        "legal_name": r.choice(["Quillon & Söhne", "Ada Ltd", "Ghent Glass"]),
        "registration_number": r.choice([None, f"FN {n}"]),
        "industry": r.choice([None, "glass"]),
    }


def reached(r: random.Random, n: int) -> dict[str, object]:
    """How a customer is reached."""
    return {
        "email": r.choice([None, f"mail{n}@kith.example", "family@kith.example"]),
        "phone": r.choice([None, f"+1 617 555 01{n:02}"]),
        "address": address(r),
    }


def address(r: random.Random) -> dict[str, object] | None:
    """Some parts of an address, or none at all."""
    parts: dict[str, list[str | None]] = {
        "city": TOWNS,
        "street": [None, "Kouter 1"],
        "postal_code": [None, "9000"],
        "country": [None, "BE", "AT"],
    }
    found: dict[str, object] = {part: r.choice(choices) for part, choices in parts.items()}
    return found if any(found.values()) else None


def household(r: random.Random, n: int) -> dict[str, object]:
    return {"name": r.choice(["The Quillons", "The Osts"]), "address": address(r)}


def group(r: random.Random, n: int) -> dict[str, object]:
    return {"name": r.choice(["Quillon family", "Glass club"])}


def internal_user(r: random.Random, n: int) -> dict[str, object]:
    return {
        "name": r.choice(["Sam", "Ada Staff"]),
        "login": f"staff{n}@kith.example",
        "roles": r.sample(list(Role), r.randrange(3)),
        "location": r.choice(TOWNS),
    }


FIELDS = {
    PartyKind.CONSUMER: consumer,
    PartyKind.ACCOUNT: account,
    PartyKind.HOUSEHOLD: household,
    PartyKind.GROUP: group,
    PartyKind.INTERNAL_USER: internal_user,
}
