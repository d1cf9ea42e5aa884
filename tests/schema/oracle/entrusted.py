"""A world in which it matters who sees whom: staff of every role who serve, representatives, heads, roles that grant,
hierarchies; relationships that begin or end about today; and names, emails and phones that nobody else has."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from domain.access import Grant, Reach
from domain.definitions import Definitions
from domain.ids import PartyId, RelationshipId, RelationshipTypeId, ResponsibilityId
from domain.internal_users import Role
from domain.lifecycle import Standing
from domain.neighbours import in_household
from domain.operations import Change
from domain.parties import CUSTOMERS, CustomerStatus, Party, PartyKind, changed
from domain.relationship_types import SERVED, Category, RelationshipType, RoleGrants, TypeDraft, define
from domain.relationships import NewRelationship
from domain.responsibilities import Responsibility, allowed, settled
from tests.schema.oracle.histories import operation
from tests.schema.oracle.ids import new_id
from tests.schema.oracle.world import MOMENTS, Stamp, World, party, relate, within_households, world

STAFF: list[list[Role]] = [
    [Role.RELATIONSHIP_AGENT],
    [Role.RELATIONSHIP_AGENT],
    [],
    [Role.ANALYST],
    [Role.ANALYST, Role.RELATIONSHIP_AGENT],
    [Role.AGENT, Role.RELATIONSHIP_AGENT],
    [Role.AGENT, Role.ANALYST],
    [Role.MANAGER],
    [Role.ADMIN],
]
LIKELY = [
    *("ACCOUNT_TEAM", "CONSUMER_TEAM", "HOUSEHOLD_TEAM", "PATRON", "REPRESENTATIVE", "HOUSEHOLD_MEMBER"),
    *("FAMILY_ACCOUNT", "CLUB", "GUEST", "HEAD_OFFICE", "REGION", "CONTACT", "CONTACT", "REPRESENTATIVE"),
]
BUILT_IN = ("ACCOUNT_MANAGER", "RELATIONSHIP_MANAGER", "AUTHORIZED_REPRESENTATIVE")
ATTEMPTS = 170
PEOPLE, KEEN = 12, "nl"
SYLLABLES = [f"{consonant}{vowel}" for consonant in "bdfgklmprvz" for vowel in "aeiou"]


def entrusted(seed: int, built_in: Definitions, today: date) -> World:
    """The world of a seed, with all of this."""
    r, made = random.Random(f"entrusted {seed}"), world(seed, built_in, today)
    made.types |= {type.code: type for type in more_types(r)}
    made.responsibilities = [*made.responsibilities, *more_responsibilities(r)]
    for n in range(PEOPLE):
        status = CustomerStatus.ENROLLED if n < 2 else CustomerStatus.ACTIVE
        one = changed(party(r, PartyKind.CONSUMER, 20 + n, []), {"language": KEEN} if n < 4 else {}, "US")
        made.parties[one.id] = replace(one, properties={**one.properties, **standing(status)})
    for n in range(3):
        one = party(r, PartyKind.HOUSEHOLD, 20 + n, [])
        made.parties[one.id] = one
    for n, roles in enumerate(STAFF):
        one = changed(party(r, PartyKind.INTERNAL_USER, 10 + n, []), {"roles": roles}, "US")
        made.parties[one.id] = one
    for n, (id, one) in enumerate(made.parties.items()):
        made.parties[id] = renamed(one, n)
    for draft in chain((drafted(r, made) for _ in range(ATTEMPTS)), within_households(r, made)):
        relate(made, draft, RelationshipId(new_id(r, "relationship")))
    for _ in range(6):
        done = operation(r, made, "updateConsumer", r.choice(made.of(*PartyKind)), r.choice(MOMENTS))
        cases = [case for case in made.cases.values() if r.random() < 0.2]
        told = [Change(case.id, case.customer, {"subject": "x"}, {"subject": "y"}) for case in cases]
        made.operations[done.id] = replace(done, changes=(*done.changes, *told))
    known = [*(type.id for type in made.types.values() if not type.built_in), *made.parties, *made.relationships]
    known += [one.id for one in made.responsibilities if not one.built_in]
    for id in known:
        made.stamps.setdefault(id, Stamp(r.choice(MOMENTS), r.choice(made.of(*PartyKind))))
    return made


def is_keen(one: Party) -> bool:
    """Whether somebody is to have many relationships by which others are reached."""
    return one.properties.get("language") == KEEN or Role.RELATIONSHIP_AGENT.value in (
        one.properties.get("roles") or ()
    )


def standing(status: CustomerStatus) -> dict[str, str | bool | None]:
    """What is stored of somebody of this status."""
    return {"email_opt_in": False, **dict.fromkeys(["inactive_reason", "status_before"]), **Standing(status).stored()}


def word(n: int) -> str:
    """The word that is in one party's name and nowhere else; none is part of another."""
    n = n * 7919 % len(SYLLABLES) ** 3
    parts = [n // len(SYLLABLES) ** place % len(SYLLABLES) for place in range(3)]
    return "".join(SYLLABLES[part] for part in parts)


def renamed(one: Party, n: int) -> Party:
    """A party under names of its own."""
    key = {PartyKind.CONSUMER: "family_name", PartyKind.ACCOUNT: "legal_name"}.get(one.kind, "name")
    given: dict[str, object] = {key: f"{one.properties.get(key) or 'Ost'} {word(n)}"}
    if one.kind is PartyKind.CONSUMER:
        given |= {"other_names": []}
    if one.kind is PartyKind.INTERNAL_USER:
        given |= {"login": f"{word(n)}@kith.example"}
    if one.kind in CUSTOMERS:
        given |= {"email": f"{word(n)}@kith.example", "phone": f"+1 617 555 01{n:02}"}
    return changed(one, {name: value for name, value in given.items() if one.properties.get(name) or name == key}, "US")


def word_of(one: Party) -> str:
    """The word that is in one party's name alone."""
    return str(one.properties.get("family_name") or one.properties["name"]).split()[-1]


def secrets(one: Party) -> list[str]:
    """What nobody hears who does not see a party."""
    of = one.properties
    named = [*(external.value for external in one.external_ids), word_of(one)]
    return [one.id, *named, *(str(of[name])[-10:] for name in ("number", "phone") if of.get(name))]


def more_types(r: random.Random) -> list[RelationshipType]:
    """Staff may serve groups too; and who stays in a household has a role that may grant something."""
    drafts = [
        TypeDraft(
            code="PATRON",
            name="Patron",
            label="is patron of",
            reverse_label="has as patron",
            category=Category.TEAM,
            source_kinds=[PartyKind.INTERNAL_USER],
            target_kinds=sorted(SERVED, key=lambda kind: kind.name),
        ),
        TypeDraft(
            code="GUEST",
            name="Guest",
            label="stays with",
            reverse_label="puts up",
            category=Category.GROUP,
            source_kinds=[PartyKind.CONSUMER],
            target_kinds=[PartyKind.HOUSEHOLD],
            roles=("NANNY", "LODGER", "CLERK"),
            role_grants=(
                RoleGrants("NANNY", (Grant.VIEW_PROFILE,)),
                RoleGrants("CLERK", (Grant.VIEW_CASES, Grant.MANAGE_MEMBERS)),
            ),
        ),
    ]
    return [replace(define(d), id=RelationshipTypeId(new_id(r, "relationship_type"))) for d in drafts]


def more_responsibilities(r: random.Random) -> list[Responsibility]:
    """Each reach by itself, with the profile and without; and of consumers, one that grants and one that does not."""
    staff, people = (PartyKind.INTERNAL_USER,), (PartyKind.CONSUMER,)
    account, every = (PartyKind.ACCOUNT,), tuple(kind for kind in PartyKind if kind in SERVED)
    gathered = (PartyKind.HOUSEHOLD, PartyKind.GROUP)
    profile, cases = (Grant.VIEW_PROFILE,), (Grant.VIEW_CASES, Grant.MANAGE_CASES)
    rows: list[tuple[str, tuple[PartyKind, ...], tuple[PartyKind, ...], tuple[Grant, ...], tuple[Reach, ...]]] = [
        ("NEAR", staff, every, profile, ()),
        ("WITHIN", staff, gathered, profile, (Reach.MEMBERS,)),
        ("BESIDE", staff, account, profile, (Reach.CONTACTS,)),
        ("BELOW", staff, account, profile, (Reach.DESCENDANTS,)),
        ("CASES", staff, every, cases, tuple(Reach)),
        ("NOTHING", staff, every, (), tuple(Reach)),
        ("GUARDIAN", people, people, profile, ()),
        ("WITNESS", people, people, cases, ()),
    ]
    return [
        settled(
            Responsibility(
                id=ResponsibilityId(new_id(r, "responsibility")),
                code=code,
                name=code.capitalize(),
                holder_kinds=holders,
                subject_kinds=subjects,
                grants=grants,
                reach=reach,
            )
        )
        for code, holders, subjects, grants, reach in rows
    ]


def drafted(r: random.Random, made: World) -> NewRelationship:
    """A relationship by which somebody may be reached; most hold today, some only just or no more."""
    type = made.types[r.choice(LIKELY)]
    sources = [id for id in made.of(*type.source_kinds) if is_keen(made.parties[id])] if r.random() < 0.6 else []
    source = PartyId(r.choice(sources or made.of(*type.source_kinds)))
    target = PartyId(r.choice(made.of(*type.target_kinds)))
    codes = allowed(type, made.parties[source].kind, made.parties[target].kind, made.responsibilities)
    start, end = r.choice([None, None, -400, -1, 0, 0, 1]), r.choice([*[None] * 6, -300, 0, 1, 30])
    return NewRelationship(
        type=type.code,
        source=source,
        target=target,
        responsibility=r.choice([*(code for code in codes if code in BUILT_IN and r.random() < 0.5)] or codes)
        if codes
        else None,
        valid_from=None if start is None else (made.today + timedelta(days=start)).isoformat(),
        valid_to=None if end is None else (made.today + timedelta(days=end)).isoformat(),
        note=r.choice([None, "In confidence."]),
        role=r.choice([None, *type.roles]),
        head=in_household(type, source, target) and r.random() < 0.6,
        primary=r.choice([None, False]),
    )
