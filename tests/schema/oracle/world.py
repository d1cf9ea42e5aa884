"""A random world, in memory: every kind, every edge, dates partial and whole, past, current and to come.

It is random as the rules allow: what a draft may not be is left out, so the integrity report finds no errors in it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from domain.cases import Case, Comment
from domain.definitions import Definitions
from domain.ids import PartyId, RelationshipId
from domain.internal_users import Role
from domain.neighbours import in_household
from domain.operations import Operation
from domain.parties import CUSTOMERS, Party, PartyKind, changed, new_party
from domain.points import Entry
from domain.points_types import PointsType
from domain.refusals import Refused
from domain.relating import plan_relate
from domain.relationship_types import IMPRECISE, Category, Pedigree, RelationshipType
from domain.relationships import End, Known, NewRelationship, Relationship, as_membership
from domain.responsibilities import Responsibility, allowed
from domain.within import Places
from tests.schema.oracle.cases import open_cases
from tests.schema.oracle.custom_types import custom_types
from tests.schema.oracle.customers import lead, points_types
from tests.schema.oracle.histories import operation
from tests.schema.oracle.ids import new_id
from tests.schema.oracle.people import fields_of
from tests.schema.oracle.teams import responsibilities

FIRST = datetime(2024, 5, 17, 9, 30, tzinfo=UTC)
MOMENTS = [FIRST + timedelta(milliseconds=step) for step in (0, 20, 120, 125, 1000)]
COUNTS = {
    PartyKind.CONSUMER: 14,
    PartyKind.ACCOUNT: 6,
    PartyKind.HOUSEHOLD: 3,
    PartyKind.GROUP: 3,
    PartyKind.INTERNAL_USER: 4,
}
ATTEMPTS = 240
PARTIAL = ["1950", "1987-05", "199X", "2001~", "1980-21", "../1990", "2010?", "1850/..", "2044", "2031-02"]


@dataclass(frozen=True)
class Stamp:
    """When a record was made and by whom, and its version since it was last changed."""

    at: datetime
    by: str
    version: int = 1
    changed: datetime | None = None


@dataclass
class World:
    """All there is, by id, but types by code."""

    today: date
    parties: dict[str, Party]
    types: dict[str, RelationshipType]
    responsibilities: Sequence[Responsibility]
    relationships: dict[str, Relationship] = field(default_factory=dict)
    operations: dict[str, Operation] = field(default_factory=dict)
    points_types: dict[str, PointsType] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)

    def of(self, *kinds: PartyKind) -> list[str]:
        """The ids of the parties of these kinds."""
        return [id for id, party in self.parties.items() if party.kind in kinds]

    @property
    def ids(self) -> list[str]:
        """Every id that `node` takes."""
        types, answers = (type.id for type in self.types.values()), (r.id for r in self.responsibilities)
        points = (*(type.id for type in self.points_types.values()), *self.entries)
        return [*self.parties, *self.relationships, *self.operations, *types, *answers, *points, *self.cases]


def world(seed: int, built_in: Definitions, today: date) -> World:
    """The world of a seed, beside what every store has."""
    r = random.Random(seed)
    types = {**built_in.types, **{type.code: type for type in custom_types(r)}}
    groups = [
        type.code for type in types.values() if PartyKind.GROUP in type.target_kinds and type.category.name == "GROUP"
    ]
    parties = [party(r, kind, n, groups) for kind, count in COUNTS.items() for n in range(count)]
    answerable = [*built_in.responsibilities, *responsibilities(r)]
    made = World(today, {party.id: party for party in parties}, types, answerable)
    for draft in (drafted(r, made) for _ in range(ATTEMPTS)):
        relate(made, draft, RelationshipId(new_id(r, "relationship")))
    for draft in within_households(r, made):
        relate(made, draft, RelationshipId(new_id(r, "relationship")))
    staff = made.of(PartyKind.INTERNAL_USER)
    made.points_types |= {type.code: type for type in points_types(r)}
    lead(r, made, staff, MOMENTS)
    open_cases(r, made, staff, MOMENTS)
    for kind in ("createConsumer", "relate", "importGedcom"):
        done = operation(r, made, kind, r.choice(["administrator", *staff]), r.choice(MOMENTS))
        made.operations[done.id] = done
    own: list[str] = [type.id for type in types.values() if not type.built_in]
    own += [responsibility.id for responsibility in answerable if not responsibility.built_in]
    own += [*(type.id for type in made.points_types.values()), *made.entries, *made.comments]
    for id in (*made.parties, *made.relationships, *made.cases, *own):
        stamp = Stamp(r.choice(MOMENTS), r.choice(["administrator", *staff]))
        later = r.random() < 0.2 and id not in own
        made.stamps[id] = replace(stamp, version=2, changed=MOMENTS[-1] + timedelta(hours=1)) if later else stamp
    return made


def party(r: random.Random, kind: PartyKind, n: int, groups: Sequence[str]) -> Party:
    """A party of a kind; customers in any state."""
    start = new_party(kind, fields_of(r, kind, n), "US")
    own: dict[str, str] = {}
    if kind in CUSTOMERS:
        own = {"number": str(r.randrange(10**11, 10**12)), "status": "ACTIVE"}
    if kind is PartyKind.GROUP:
        own = {"group_type": r.choice(groups)}
    named = replace(start, id=PartyId(new_id(r, kind.prefix)), properties={**start.properties, **own})
    return changed(named, {}, "US")  # so that it is found by this id and number


def drafted(r: random.Random, made: World) -> NewRelationship:
    """A relationship of some type between ends of its kinds; the rules may still say no."""
    type = r.choice([type for type in made.types.values() if not type.within_household])
    source, target = (r.choice(made.of(*kinds)) for kinds in (type.source_kinds, type.target_kinds))
    codes = allowed(type, made.parties[source].kind, made.parties[target].kind, made.responsibilities)
    start, end = (day(r, type, made.today) for _ in range(2))
    properties: dict[str, object] = {}
    if type.category is Category.PARENTAGE and r.random() < 0.6:
        properties = {"pedigree": r.choice(list(Pedigree)).value}
    if type.code == "MENTOR":
        values = {"since": "2020-02-29", "share": r.choice([0, -1.5, 2**53]), "close": True, "words": 'a "b"\n☃'}
        properties = {code: v for code, v in values.items() if r.random() < 0.5} | {"level": 'so "so"'}
    return NewRelationship(
        type=type.code,
        source=PartyId(source),
        target=PartyId(target),
        responsibility=r.choice(codes) if codes else None,
        properties=properties,
        valid_from=start,
        valid_to=end,
        note=r.choice([None, None, "Met at work.\nTwice."]),
        role=r.choice([None, *type.roles]),
        head=in_household(type, PartyId(source), PartyId(target)) and r.random() < 0.5,
        primary=r.choice([None, None, False]),
    )


def within_households(r: random.Random, made: World) -> list[NewRelationship]:
    """Members of each household who represent one another there, for as long as the rules allow."""
    drafts = []
    for household in made.of(PartyKind.HOUSEHOLD):
        members = sorted({tie.source for tie in memberships(made) if tie.target == household})
        for source in members:
            drafts.append(
                NewRelationship(
                    type="HOUSEHOLD_REPRESENTATIVE",
                    source=source,
                    target=r.choice(members),
                    household=PartyId(household),
                    responsibility="AUTHORIZED_REPRESENTATIVE",
                    valid_from=r.choice([None, made.today.isoformat()]),
                    valid_to=r.choice([None, None, (made.today + timedelta(days=2)).isoformat()]),
                )
            )
    return drafts


def memberships(made: World) -> list[Relationship]:
    """All memberships."""
    return [tie for tie in made.relationships.values() if made.types[tie.type].category is Category.GROUP]


def day(r: random.Random, type: RelationshipType, today: date) -> str | None:
    """A day or none: long ago, about today, to come; of ties of family often known in part only."""
    match r.choice(["none", "none", "about", "any", "any", "part"]):
        case "about":
            return (today + timedelta(days=r.choice([-1, 0, 1]))).isoformat()
        case "part" if type.category in IMPRECISE:
            return r.choice(PARTIAL)
        case "any" | "part":
            return (today + timedelta(days=r.randrange(-4000, 1500))).isoformat()
    return None


def relate(made: World, draft: NewRelationship, id: RelationshipId) -> None:
    """Makes the relationship unless the rules refuse it. Types and responsibilities that take
    no more had taken some, and whoever of the
    staff serves somebody had the role then."""
    known = Known(
        types={code: replace(type, active=True) for code, type in made.types.items()},
        responsibilities=[replace(responsibility, active=True) for responsibility in made.responsibilities],
        ends={PartyId(p.id): End(p.kind, group_type(p), frozenset(Role)) for p in made.parties.values()},
        existing=tuple(made.relationships.values()),
        lineage=tuple(made.relationships.values()),
        places=Places(made.today, map(as_membership, memberships(made))),
    )
    try:
        (made.relationships[id],) = plan_relate([draft], [id], known)
    except Refused:
        return


def group_type(party: Party) -> str | None:
    code = party.properties.get("group_type")
    return str(code) if code else None
