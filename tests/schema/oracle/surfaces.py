"""Documents that read every surface on which somebody could be seen, over all that a world has."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.parties import CUSTOMERS, PartyKind
from tests.schema.oracle.entrusted import secrets
from tests.schema.oracle.world import World

PARTY = "{ __typename id kind name }"
RELATIONSHIP = f"""{{ id type {{ code }} source {PARTY} target {PARTY} responsibility {{ code }} pedigree
    properties {{ code value }} validFrom validFromInWords validTo validToInWords isCurrent note version createdAt
    createdBy {PARTY} }}"""
BRIEF = "{ id source { __typename id name } target { __typename id name } pedigree validFrom validTo note isCurrent }"
SEEN_FROM = f"label direction party {PARTY}"
PLACE = f"relationship {BRIEF} group {PARTY} member {PARTY} role isHead isPrimary"
EDGES = (
    f"totalCount {{ value }} pageInfo {{ hasNextPage endCursor }} edges {{ cursor {SEEN_FROM} node {RELATIONSHIP} }}"
)
FAR = f"totalCount {{ value }} edges {{ cursor party {PARTY} node {{ id }} }}"
CHANGES = f"{{ totalCount {{ value }} edges {{ cursor node {{ record party {PARTY} old new }} }} }}"
OPERATION = f"id kind createdAt createdBy {PARTY} changes(first: 100) {CHANGES}"
ENTRY = f"id amount balance reason customer {PARTY} createdBy {PARTY} type {{ code }}"
TREE = f"""root {PARTY} people {{ person {PARTY} generation hasMoreParents hasMoreChildren }}
    couples {{ partners children kind relationships {BRIEF} }} parentages {{ parent child pedigree }}
    truncated {{ reason }}"""
PATH = f"""paths {{ length parties {PARTY} relationships {BRIEF} validFrom validTo }} truncated {{ reason }}"""

OF_PARTIES = [
    """... on PartyRecord { id name version createdAt externalIds { system value } }
       ... on Customer { number status email phone { e164 } address { city } points { type { code } balance }
                         emailPreference { optedIn changedBy { __typename id name } } availableActions }
       ... on Consumer { birthDate deceased } ... on Household { address { city } } ... on InternalUser { login }""",
    f"... on PartyRecord {{ relationships(first: 100, period: ALL) {{ {EDGES} }} }}",
    f"""... on PartyRecord {{ byDay: relationships(period: ALL, orderBy: VALID_FROM) {{ {FAR} }}
           byTime: relationships(first: 100, period: PAST, orderBy: CREATED_AT) {{ {FAR} }}
           then: relationships(last: 3, asOf: $day) {{ {FAR} }}
           found: relationships(period: ALL, search: $search) {{ {FAR} }} }}""",
    """... on PartyRecord { relationshipCounts { type { code } direction count { value } }
           past: relationshipCounts(period: PAST, asOf: $day) { type { code } count { value } } }""",
    f"""... on Customer {{ households(period: ALL) {{ {PLACE} }} groups(asOf: $day) {{ {PLACE} }} }}""",
    f"""... on MemberGroup {{ members(first: 100, period: ALL) {{ totalCount {{ value }} edges {{ cursor
           node {{ {PLACE} }} }} }} }}
       ... on Household {{ head {PARTY} then: head(asOf: $day) {PARTY} memberCounts {{ status count }}
                           points {{ balance }} }}""",
    f"""... on Consumer {{ parents {{ {SEEN_FROM} relationship {BRIEF} }} children(asOf: $day) {{ {SEEN_FROM} }}
           every: children {{ {SEEN_FROM} }} partners {{ {SEEN_FROM} relationship {BRIEF} }} }}""",
    f"""... on PartyRecord {{ history {{ totalCount {{ value }} edges {{ cursor node {{ id kind createdBy {PARTY} }}
           ownChanges {{ totalCount {{ value }} edges {{ cursor node {{ record old new }} }} }} }} }} }}""",
    f"""... on Customer {{ pointsLedger(first: 100) {{ totalCount {{ value }}
           edges {{ cursor node {{ {ENTRY} }} }} }} }}""",
    """... on Customer { cases { totalCount { value } edges { cursor node { id subject } } } }
       ... on Household { openCaseCount cases { totalCount { value } edges { cursor node { id number subject } } } }""",
    f"""... on Customer {{ team {{ party {PARTY} via {PARTY} relationship {BRIEF} }} }}
       ... on Household {{ team {{ party {PARTY} via {PARTY} }} }}""",
]
CASE = f"""id number subject description status customer {PARTY} household {PARTY} assignee {PARTY} createdBy {PARTY}
    comments {{ totalCount {{ value }} edges {{ cursor node {{ place text createdBy {PARTY} }} }} }}"""
CASES = f"""query($search: String, $status: CaseStatus, $customer: ID, $assignee: ID) {{
    cases(search: $search, status: $status, customer: $customer, assignee: $assignee, first: 100) {{
        totalCount {{ value }} edges {{ cursor node {{ {CASE} openedThrough {BRIEF} }} }} }} }}"""
NODES = f"""query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id ... on Relationship {RELATIONSHIP}
    ... on Operation {{ {OPERATION} }} ... on PointsEntry {{ {ENTRY} }} ... on Case {{ {CASE} }} }} }}"""
NODE = "query($id: ID!) { node(id: $id) { __typename id } }"
BY = "query($by: PartyBy!) { party(by: $by) { __typename id name } }"
LISTED = """query($first: Int, $after: String, $search: String, $kinds: [PartyKind!], $statuses: [CustomerStatus!]) {
    parties(first: $first, after: $after, search: $search, kinds: $kinds, statuses: $statuses) {
        totalCount { value } pageInfo { hasNextPage endCursor } edges { cursor node { __typename id name } } } }"""
TEAM = f"query($location: String!) {{ team(location: $location, first: 100) {{ {EDGES} }} }}"
TREES = f"""query($root: ID!, $up: Int, $asOf: Date) {{
    familyTree(root: $root, up: $up, down: 3, collaterals: true, asOf: $asOf) {{ {TREE} }} }}"""
PATHS = f"""query($from: ID!, $to: ID!, $avoiding: [ID!], $asOf: Date, $categories: [RelationshipCategory!]) {{
    paths(from: $from, to: $to, limit: 3, avoiding: $avoiding, asOf: $asOf, categories: $categories) {{ {PATH} }} }}"""
DONE = f"query($id: ID!) {{ operation(id: $id) {{ {OPERATION} }} }}"
Asked = tuple[str, dict[str, Any]]


def of_parties(selection: str) -> str:
    """A document that selects something of many parties."""
    declared = [f"${name}: {type}" for name, type in (("day", "Date"), ("search", "String")) if f"${name}" in selection]
    return f"query({', '.join(['$ids: [ID!]!', *declared])}) {{ nodes(ids: $ids) {{ __typename {selection} }} }}"


def surfaces(r: random.Random, world: World, near: list[str]) -> Iterator[Asked]:
    """Every surface, over all that there is; of what takes pairs some, most among those who are seen, `near`."""
    parties = [*world.parties]
    for selection in OF_PARTIES:
        day = (world.today + timedelta(days=r.choice([-500, -200, -1, 0, 1, 20]))).isoformat()
        given = {"day": day, "search": r.choice(words(world))}
        text = of_parties(selection)
        yield text, {"ids": parties, **{name: value for name, value in given.items() if f"${name}" in text}}
    for start in range(0, len(world.ids), 100):
        yield NODES, {"ids": world.ids[start : start + 100]}
    for id in r.sample(world.ids, 8):
        yield NODE, {"id": id}
    for by in names(r, world):
        yield BY, {"by": by}
    yield LISTED, {"first": 100}
    yield LISTED, {"first": 100, "kinds": ["CONSUMER", "HOUSEHOLD"], "statuses": ["ACTIVE", "MERGED"]}
    for search in ["ost", "kith.example", "617 555", "", *r.sample(words(world), 6)]:
        yield LISTED, {"first": 100, "search": search}
    for location in ("Ghent", "Wien"):
        yield TEAM, {"location": location}
    for root in world.of(PartyKind.CONSUMER):
        yield TREES, {"root": root, "up": r.randrange(5), "asOf": r.choice([None, world.today.isoformat()])}
    for _ in range(20):
        source, target = r.sample(near or parties, 2) if len(near) > 1 and r.random() < 0.8 else r.sample(parties, 2)
        avoiding = r.sample(parties, 3)
        given = {"categories": [*r.choice(CATEGORIES)]} if r.random() < 0.7 else {"avoiding": avoiding}
        yield PATHS, {"from": source, "to": target, **given}
    yield CASES, {}
    for search in ("ost", "invoice", *(case.number for case in r.sample(sorted(world.cases.values(), key=str), 2))):
        yield CASES, {"search": search}
    for argument, kinds in (("customer", CUSTOMERS), ("assignee", {PartyKind.INTERNAL_USER})):
        for id in r.sample(world.of(*kinds), 3):
            yield CASES, {argument: id, "status": "OPEN"}
    for id in world.operations:
        yield DONE, {"id": id}


CATEGORIES = [("PARENTAGE", "PARTNERSHIP"), ("LOOSE", "KIN"), ("TEAM", "GROUP"), ("HIERARCHY", "LOOSE", "TEAM")]


def words(world: World) -> list[str]:
    """What each party is found by, and no other."""
    return [word for one in world.parties.values() for word in secrets(one)]


def names(r: random.Random, world: World) -> Iterator[dict[str, Any]]:
    """Parties by what they can be named by."""
    for one in r.sample(list(world.parties.values()), 6):
        yield {"id": one.id}
        if number := one.properties.get("number"):
            yield {"number": number}
        if one.external_ids:
            yield {"externalId": {"system": one.external_ids[0].system, "value": one.external_ids[0].value}}
