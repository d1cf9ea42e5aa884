"""Parties: their kinds, and how what a client gives becomes what is stored (SPEC 1)."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from domain import accounts, consumers, contacts, groups, households, internal_users
from domain.ids import PartyId, new_id, prefix_of
from domain.refusals import InvalidValue, Refusal, Refused, demand
from domain.search import search_text
from domain.texts import checked, fold
from domain.values import Check, Invalid, Property


class PartyKind(Enum):
    """The value is the name of the kind in the graph and in the schema."""

    CONSUMER = "Consumer"
    ACCOUNT = "Account"
    HOUSEHOLD = "Household"
    GROUP = "Group"
    INTERNAL_USER = "InternalUser"

    @property
    def prefix(self) -> str:
        """How ids of this kind begin."""
        return self.name.lower()

    @staticmethod
    def of(id: str) -> "PartyKind | None":
        """The kind of party that an id names, None if it names something else."""
        return KINDS.get(prefix_of(id) or "")


CUSTOMERS = frozenset({PartyKind.CONSUMER, PartyKind.ACCOUNT})
KINDS = {kind.prefix: kind for kind in PartyKind}
FIELDS: Mapping[PartyKind, Mapping[str, Check]] = {
    PartyKind.CONSUMER: consumers.FIELDS,
    PartyKind.ACCOUNT: accounts.FIELDS,
    PartyKind.HOUSEHOLD: households.FIELDS,
    PartyKind.GROUP: groups.FIELDS,
    PartyKind.INTERNAL_USER: internal_users.FIELDS,
}
NAMES = {PartyKind.CONSUMER: consumers.name, PartyKind.ACCOUNT: accounts.name}
FINDING = ("sort_name", "search", "folded_location")
MOST_EXTERNAL_IDS = 50


class CustomerStatus(Enum):
    ACTIVE = "ACTIVE"
    ENROLLED = "ENROLLED"
    INACTIVE = "INACTIVE"
    MERGED = "MERGED"


@dataclass(frozen=True)
class ExternalId:
    """A party's id in another system."""

    system: str
    value: str

    @property
    def key(self) -> str:
        """What is unique; a system's name holds no "|", so the two parts cannot be confused."""
        return f"{self.system}|{self.value}"


@dataclass(frozen=True)
class Party:
    """A party as it is to be stored, or was read: all its properties by name. `survivor` is into whom a customer was
    merged away."""

    id: PartyId
    kind: PartyKind
    properties: Mapping[str, Property]
    external_ids: tuple[ExternalId, ...]
    version: int = 1
    survivor: PartyId | None = None


def new_party(kind: PartyKind, given: Mapping[str, object], country: str) -> Party:
    """A new party of the fields given; `country` is where phone numbers without a country code are from.

    Customers get a number and start ACTIVE and opted out (SPEC 6.1). Raises Refused with all that is wrong.
    """
    start: dict[str, Property] = {}
    if kind in CUSTOMERS:
        start = {"number": new_number(), "status": CustomerStatus.ACTIVE.value, "email_opt_in": False}
    blank = dict.fromkeys([*FIELDS[kind], *(["phone"] if kind in CUSTOMERS else [])])
    external_ids = given.get("external_ids") or []
    party = Party(PartyId(new_id(kind.prefix)), kind, start, ())
    return changed(party, {**blank, **given, "external_ids": external_ids}, country)


def changed(party: Party, given: Mapping[str, object], country: str) -> Party:
    """The party with the fields given, and all that is derived from them; the rest stays. Raises Refused."""
    properties, refusals = dict(party.properties), list[Refusal]()
    for name, check in FIELDS[party.kind].items():
        if name in given:
            try:
                properties |= check(name, given[name])
            except Invalid as error:
                refusals.append(invalid(name, error))
    if "phone" in given:
        try:
            home = str(properties.get("address_country") or country)
            number = str(given["phone"] or "").strip()
            properties["phone"] = contacts.phone(number, home) if number else None
        except Invalid as error:
            refusals.append(invalid("phone", error))
    if party.kind is PartyKind.CONSUMER:
        follows, wrong = consumers.completed(properties, given)
        properties |= follows
        refusals += wrong
    external_ids = party.external_ids
    if "external_ids" in given:
        try:
            others = checked_external_ids(given["external_ids"])
            external_ids = external_ids if set(others) == set(external_ids) else others
        except Refused as refused:
            refusals += refused.refusals
    demand(refusals)
    return complete(replace(party, properties=properties, external_ids=external_ids))


def complete(party: Party) -> Party:
    """The party with what follows from its fields: how it is called, sorted and found."""
    properties = dict(party.properties)
    if party.kind in NAMES:
        properties["name"] = NAMES[party.kind](properties)
    properties["sort_name"] = fold(str(properties["name"]))
    properties["search"] = search_text(party.id, properties, sorted(e.value for e in party.external_ids))
    return replace(party, properties=properties)


def differences(before: Party, after: Party) -> tuple[dict[str, Property], dict[str, Property]]:
    """The stored properties that differ, as they were and as they are; what is absent is None."""
    names = [
        n for n in {**before.properties, **after.properties} if before.properties.get(n) != after.properties.get(n)
    ]
    return {n: before.properties.get(n) for n in names}, {n: after.properties.get(n) for n in names}


def profile(properties: Mapping[str, Property]) -> dict[str, Property]:
    """The properties that tell of a party, without those that only serve to find it."""
    return {name: value for name, value in properties.items() if name not in FINDING}


def checked_external_ids(given: object) -> tuple[ExternalId, ...]:
    """The external ids, each system and value once. Raises Refused."""
    items = list(given) if isinstance(given, Sequence) else []
    found, refusals = [], list[Refusal]()
    if len(items) > MOST_EXTERNAL_IDS:
        raise Refused(InvalidValue(path=("externalIds",), reason=f"at most {MOST_EXTERNAL_IDS}"))
    for index, item in enumerate(items):
        texts = {}
        for part, most in (("system", 50), ("value", 200)):
            try:
                texts[part] = checked(str(item[part]), most)
                if not texts[part] or (part == "system" and "|" in texts[part]):
                    raise Invalid("must not be empty" if not texts[part] else 'must not hold "|"')
            except Invalid as error:
                refusals.append(InvalidValue(path=("externalIds", str(index), part), reason=error.reason))
        if len(texts) == 2:
            found.append(ExternalId(**texts))
    demand(refusals)
    return tuple(dict.fromkeys(found))


def new_number() -> str:
    """A customer's number: twelve digits, the last a check digit (Luhn), so that one misread digit is noticed.

    Drawn at random and guarded by a constraint: a counter would make all who create customers wait for one another.
    """
    body = str(secrets.randbelow(9 * 10**10) + 10**10)
    doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(body))]
    return body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def invalid(name: str, error: Invalid) -> InvalidValue:
    """The refusal for a field, named as clients know it."""
    return InvalidValue(path=(camel(name), *(camel(part) for part in error.at)), reason=error.reason)


def camel(name: str) -> str:
    """A field's name as the schema writes it."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
