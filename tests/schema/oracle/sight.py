"""Who sees whom, as SPEC 5 plainly read has it: from the viewer outwards, over all relationships that there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.access import Grant, Reach
from domain.cases import Case
from domain.internal_users import Role
from domain.parties import Party, PartyKind
from domain.relationship_types import Category
from domain.relationships import Relationship
from tests.schema.oracle.relationships import holds
from tests.schema.oracle.world import World

ALL_OF_THEM = {Role.ADMIN, Role.MANAGER}
EVERYBODY = {*ALL_OF_THEM, Role.AGENT, Role.ANALYST}
"""Roles that see every profile; an analyst without contact data, notes and what changes said."""


@dataclass(frozen=True)
class Sight:
    """What one viewer sees: everybody or those whom relationships reach, of whom `closely` more than an analyst may.

    `cases`: whether every case is shown, and read; `reached` has what is granted by relationships, by party.
    """

    viewer: str
    everybody: bool
    closely: bool
    cases: bool
    texts: bool
    reached: Mapping[str, frozenset[Grant]]

    def sees(self, party: str) -> bool:
        """Whether somebody is shown, 5.6."""
        return self.everybody or self.is_near(party)

    def sees_closely(self, party: str) -> bool:
        """Whether contact data, and notes about him or her, are shown; several roles see what any of them does."""
        return self.closely or self.is_near(party)

    def sees_case(self, case: Case) -> bool:
        """Whether a case is shown: an analyst sees every one, without its texts."""
        return self.cases or self.reads_case(case)

    def reads_case(self, case: Case) -> bool:
        """Whether its texts are shown: one's own, and where relationships grant it for its customer or household."""
        granted = [self.reached.get(place or "", ()) for place in (case.customer, case.household)]
        return self.texts or case.customer == self.viewer or any(Grant.VIEW_CASES in grants for grants in granted)

    def is_near(self, party: str) -> bool:
        """Whether it is the viewer, or somebody whose profile relationships grant to see."""
        return party == self.viewer or Grant.VIEW_PROFILE in self.reached.get(party, ())


def sight(world: World, viewer: str) -> Sight | None:
    """What a party sees, None where it may not sign in: staff may, and consumers who live, ACTIVE or ENROLLED."""
    party = world.parties[viewer]
    if party.kind is PartyKind.CONSUMER:
        standing = party.properties["status"]
        if standing not in ("ACTIVE", "ENROLLED") or party.properties["deceased"]:
            return None
        return Sight(viewer, False, False, False, False, reached(world, by_consumer(world, viewer)))
    if party.kind is not PartyKind.INTERNAL_USER:
        return None
    roles = roles_of(party)
    serves = by_staff(world, viewer) if Role.RELATIONSHIP_AGENT in roles else ()
    return Sight(
        viewer,
        everybody=bool(roles & EVERYBODY),
        closely=bool(roles & {*ALL_OF_THEM, Role.AGENT}),
        cases=bool(roles & {*ALL_OF_THEM, Role.ANALYST}),
        texts=bool(roles & ALL_OF_THEM),
        reached=reached(world, serves),
    )


def roles_of(party: Party) -> set[Role]:
    stored = party.properties.get("roles")
    return {Role(str(role)) for role in stored} if isinstance(stored, list) else set()


Granted = Iterable[tuple[str, Iterable[Grant]]]


def reached(world: World, granted: Granted) -> dict[str, frozenset[Grant]]:
    """All that is granted, by whom it is for; for the dead there is nothing, 5.2."""
    found: defaultdict[str, frozenset[Grant]] = defaultdict(frozenset)
    for party, grants in granted:
        if not world.parties[party].properties.get("deceased"):
            found[party] |= frozenset(grants)
    return dict(found)


def current(world: World, *categories: Category) -> list[Relationship]:
    """The relationships of some categories that hold today."""
    types = world.types
    held = [r for r in world.relationships.values() if types[r.type].category in categories]
    return [r for r in held if holds(r, "CURRENT", world.today)]


def by_staff(world: World, staff: str) -> Iterator[tuple[str, Iterable[Grant]]]:
    """What teams grant a member of the staff: for whom he or she serves, and as far as the responsibility reaches."""
    responsibilities = {r.code: r for r in world.responsibilities}
    for serves in current(world, Category.TEAM):
        if serves.source == staff:
            held = responsibilities[str(serves.responsibility)]
            yield serves.target, held.grants
            for reach in held.reach:
                for party in beyond(world, serves.target, reach):
                    yield party, held.grants


def beyond(world: World, party: str, reach: Reach) -> set[str]:
    """Who is reached from a party: current members, contacts, or all who are below it."""
    if reach is Reach.MEMBERS:
        return {r.source for r in current(world, Category.GROUP) if r.target == party}
    if reach is Reach.CONTACTS:
        return {r.source for r in current(world, Category.LOOSE) if r.type == "CONTACT" and r.target == party}
    links, found, waiting = current(world, Category.HIERARCHY), set[str](), [party]
    while waiting:
        above = waiting.pop()
        below = {r.target for r in links if r.source == above} - found
        found |= below
        waiting += below
    return found


def by_consumer(world: World, consumer: str) -> Iterator[tuple[str, Iterable[Grant]]]:
    """What a consumer is granted: for those represented, and by a place in a household or group for it and its
    members; the head's place grants by itself, other places as their roles do."""
    responsibilities = {r.code: r for r in world.responsibilities}
    for represents in current(world, Category.REPRESENTATION):
        if represents.source == consumer:
            yield represents.target, responsibilities[str(represents.responsibility)].grants
    for place in current(world, Category.GROUP):
        if place.source == consumer:
            grants = {g for role in world.types[place.type].role_grants if role.role == place.role for g in role.grants}
            if place.head:
                grants |= {Grant.VIEW_PROFILE, Grant.VIEW_CASES}
            yield place.target, grants
            for member in beyond(world, place.target, Reach.MEMBERS):
                yield member, grants
