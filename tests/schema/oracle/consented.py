"""Whom a partner app is shown, as SPEC 5.6 plainly read has it: from those who consented outwards."""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from domain.parties import Party, PartyKind
from tests.schema.oracle.relationships import holds
from tests.schema.oracle.world import World

SCOPES = ("PROFILE", "CONTACT", "FAMILY", "HOUSEHOLDS")
STEPS = 6


@dataclass(frozen=True)
class Given:
    """A consent, as it is written: from the first day until a day that is excluded."""

    id: str
    consumer: str
    app: str
    scopes: tuple[str, ...]
    by_guardian: bool
    first: date
    until: date | None

    @property
    def row(self) -> dict[str, object]:
        """As a statement takes it."""
        return {**vars(self), "scopes": list(self.scopes)}


def consents(r: random.Random, world: World, apps: Mapping[str, tuple[str, ...]]) -> list[Given]:
    """Consents of some consumers to apps: of any scopes, own ones and by guardians, current and over; as all that there
    are they begin on the day on which they are given, and end on the one on which they are withdrawn."""
    found = []
    for app in apps:
        for consumer in world.of(PartyKind.CONSUMER):
            if r.random() < 0.5:
                first = world.today + timedelta(days=r.choice([-400, -1, 0, 0]))
                until = r.choice([None, None, None, first, world.today])
                scopes = tuple(scope for scope in SCOPES if r.random() < 0.6) or ("FAMILY",)
                id = f"consent_{len(found)}"
                found.append(Given(id, consumer, app, scopes, r.random() < 0.3, first, until))
    return found


def birthday(born: date, years: int) -> date:
    """When somebody becomes so old; of 29 February on 1 March where there is none."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


@dataclass
class AppSight:
    """What one app is shown of a world."""

    world: World
    app: str
    scopes: tuple[str, ...]
    given: list[Given]

    @cached_property
    def shown(self) -> dict[str, set[str]]:
        """The scopes by which each consumer is shown who is shown by a consent."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for consent in self.given:
            if consent.app == self.app and self.counts(consent):
                found[consent.consumer] |= {*consent.scopes} & {*self.scopes}
        return {id: scopes for id, scopes in found.items() if scopes}

    def counts(self, consent: Given) -> bool:
        """Whether a consent counts today."""
        today, of = self.world.today, self.world.parties[consent.consumer].properties
        if not (consent.first <= today and (consent.until is None or today < consent.until)):
            return False
        if of.get("deceased") or of["status"] not in ("ACTIVE", "ENROLLED"):
            return False
        earliest, latest = of.get("birth_date_earliest"), of.get("birth_date_latest")
        if consent.by_guardian:
            return isinstance(earliest, date) and today < birthday(earliest, 16)
        return isinstance(latest, date) and birthday(latest, 16) <= today

    def is_dead(self, id: str) -> bool:
        """Whether somebody is dead, or cannot be alive."""
        one = self.world.parties[id]
        latest = one.properties.get("birth_date_latest")
        return bool(one.properties.get("deceased")) or (
            isinstance(latest, date) and birthday(latest, 110) < self.world.today
        )

    @cached_property
    def relatives(self) -> set[str]:
        """The dead among the relatives of who lets the family be read."""
        near: defaultdict[str, set[str]] = defaultdict(set)
        for tie in self.world.relationships.values():
            if self.is_kin(tie.id):
                near[tie.source].add(tie.target)
                near[tie.target].add(tie.source)
        found = set[str]()
        for id, scopes in self.shown.items():
            reached = {id} if "FAMILY" in scopes else set[str]()
            for _ in range(STEPS):
                reached |= {other for one in reached for other in near[one]}
            found |= {one for one in reached if self.is_dead(one)}
        return found

    def is_kin(self, id: str) -> bool:
        """Whether a relationship is a tie of a family."""
        tie = self.world.relationships[id]
        return self.world.types[tie.type].edge in ("PARENT_OF", "PARTNER_OF") or tie.type == "SIBLING"

    @cached_property
    def households(self) -> set[str]:
        """The households of those who let these be read, as members are today."""
        of = set(self.world.of(PartyKind.HOUSEHOLD))
        return {
            tie.target
            for tie in self.world.relationships.values()
            if tie.target in of
            and "HOUSEHOLDS" in self.shown.get(tie.source, ())
            and holds(tie, "CURRENT", self.world.today)
        }

    def sees(self, id: str) -> bool:
        """Whether a party is shown."""
        return id in self.shown or id in self.relatives or id in self.households

    def tells_family(self, id: str) -> bool:
        """Whether ties of somebody's family are told."""
        return "FAMILY" in self.shown.get(id, ()) or id in self.relatives

    def profile(self, id: str) -> dict[str, object]:
        """The fields of a consumer that is shown, as far as the scopes allow."""
        one, scopes = self.world.parties[id], self.shown.get(id, set())
        of = one.properties
        dated = not scopes or scopes & {"PROFILE", "FAMILY"}
        return {
            "id": id,
            "name": of["name"],
            "deceased": bool(of.get("deceased")),
            "birthDate": of.get("birth_date") if dated else None,
            "deathDate": of.get("death_date") if dated else None,
            **{
                field: of.get(stored) if "PROFILE" in scopes else None
                for field, stored in (("givenName", "given_name"), ("familyName", "family_name"), ("prefix", "prefix"))
            },
            "gender": of["gender"] if "PROFILE" in scopes else "UNKNOWN",
            "email": of.get("email") if "CONTACT" in scopes else None,
            "phone": {"e164": of["phone"]} if "CONTACT" in scopes and of.get("phone") else None,
            "parents": len(self.ties(id, "parents")) if "FAMILY" in scopes else 0,
            "relationships": len(self.ties(id)) if "FAMILY" in scopes else 0,
        }

    def ties(self, id: str, which: str = "all") -> list[str]:
        """Ties of the family of somebody: those to parents, or all."""
        found = [tie for tie in self.world.relationships.values() if self.is_kin(tie.id)]
        if which == "parents":
            return [t.id for t in found if t.target == id and self.world.types[t.type].edge == "PARENT_OF"]
        return [tie.id for tie in found if id in (tie.source, tie.target)]


def contact(one: Party) -> list[str]:
    """What is told of somebody by the scope of that alone."""
    return [str(one.properties[name]) for name in ("email", "phone") if one.properties.get(name)]
