"""Documents that read every surface on which somebody could be seen, over all that a world has."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.parties import CUSTOMERS, PartyKind
from tests.schema.oracle.entrusted import secrets
from tests.schema.oracle.world import World

SOMEBODY, WHOLE = "{ id name }", "{ __typename id kind name }"
DATED = "id validFrom validTo pedigree note properties { code value }"
RELATIONSHIP = f"""{DATED} type {{ code }} responsibility {{ code }} validFromInWords validToInWords isCurrent version
    createdAt"""
FAR = f"totalCount {{ value }} edges {{ cursor party {SOMEBODY} node {{ id }} }}"
EDGES = f"""totalCount {{ value }} pageInfo {{ hasNextPage endCursor }} edges {{ cursor label direction party {WHOLE}
    node {{ {RELATIONSHIP} }} }}"""
TIE = f"label direction party {SOMEBODY} relationship {{ {DATED} }}"
PLACE = f"relationship {{ {DATED} }} group {SOMEBODY} member {SOMEBODY} role isHead isPrimary"
CASE = "id number subject description status"
TREE = f"""root {WHOLE} people {{ person {WHOLE} generation hasMoreParents hasMoreChildren }}
    couples {{ partners children kind relationships {{ {DATED} source {SOMEBODY} target {SOMEBODY} }} }}
    parentages {{ parent child pedigree }} truncated {{ reason }}"""
PATH = f"""paths {{ length parties {WHOLE} relationships {{ {DATED} source {SOMEBODY} }} validFrom validTo }}
    truncated {{ reason }}"""

OF_PARTIES = [
    f"""... on PartyRecord {{ id name version createdAt externalIds {{ system value }} }}
       ... on Customer {{ number status email phone {{ e164 }} address {{ city }} points {{ type {{ code }} balance }}
                          emailPreference {{ optedIn changedBy {SOMEBODY} }} availableActions }}
       ... on Consumer {{ birthDate deceased }} ... on Household {{ address {{ city }} }}
       ... on InternalUser {{ login }}""",
    f"... on PartyRecord {{ relationships(first: 100, period: ALL) {{ {EDGES} }} }}",
    f"""... on PartyRecord {{ byDay: relationships(period: ALL, orderBy: VALID_FROM) {{ {FAR} }}
        byTime: relationships(first: 100, period: PAST, orderBy: CREATED_AT) {{ {FAR} }}
        then: relationships(last: 3, asOf: $day) {{ {FAR} }} }}""",
    "... on PartyRecord { relationships(period: ALL, search: $search) { totalCount { value } edges { node { id } } } }",
    """... on PartyRecord { relationshipCounts { type { code } direction count { value } }
           past: relationshipCounts(period: PAST, asOf: $day) { type { code } count { value } } }""",
    f"... on Customer {{ households(period: ALL) {{ {PLACE} }} groups(asOf: $day) {{ {PLACE} }} }}",
    f"""... on MemberGroup {{ members(first: 100, period: ALL) {{ totalCount {{ value }} edges {{ cursor
           node {{ {PLACE} }} }} }} }}
       ... on Household {{ head {WHOLE} then: head(asOf: $day) {SOMEBODY} memberCounts {{ status count }}
                           points {{ balance }} openCaseCount }}""",
    f"""... on Consumer {{ parents {{ {TIE} }} children(asOf: $day) {{ {TIE} }} every: children {{ party {SOMEBODY} }}
                           partners {{ {TIE} }} }}""",
    """... on PartyRecord { history { totalCount { value } edges { cursor node { id kind }
           ownChanges { totalCount { value } edges { cursor node { record old new } } } } } }""",
    "... on Customer { pointsLedger(first: 100) { totalCount { value } edges { cursor node { id amount } } } }",
    f"""... on Customer {{ cases {{ totalCount {{ value }} edges {{ cursor node {{ {CASE} }} }} }} }}
       ... on Household {{ cases {{ totalCount {{ value }} edges {{ cursor node {{ {CASE} }} }} }} }}""",
    f"""... on Customer {{ team {{ party {SOMEBODY} via {SOMEBODY} relationship {{ {DATED} }} }} }}
       ... on Household {{ team {{ party {SOMEBODY} via {SOMEBODY} }} }}""",
]
NODES = [
    f"... on Relationship {{ {RELATIONSHIP} source {WHOLE} target {WHOLE} household {SOMEBODY} createdBy {SOMEBODY} }}",
    f"""... on Operation {{ kind createdBy {SOMEBODY} changes(first: 100) {{ totalCount {{ value }}
        edges {{ cursor node {{ record party {SOMEBODY} old new }} }} }} }}""",
    f"... on PointsEntry {{ amount balance reason type {{ code }} customer {SOMEBODY} createdBy {SOMEBODY} }}",
    f"""... on Case {{ {CASE} customer {SOMEBODY} household {SOMEBODY} assignee {SOMEBODY} createdBy {SOMEBODY}
        comments {{ totalCount {{ value }} edges {{ cursor node {{ place text createdBy {SOMEBODY} }} }} }}
        openedThrough {{ {DATED} source {SOMEBODY} target {SOMEBODY} }} }}""",
]
"""Of all that have an id but parties, in the order of `others`."""
NODE = "query($id: ID!) { node(id: $id) { __typename id } }"
BY = "query($by: PartyBy!) { party(by: $by) { __typename id name } }"
LISTED = """query($first: Int, $after: String, $search: String, $kinds: [PartyKind!], $statuses: [CustomerStatus!]) {
    parties(first: $first, after: $after, search: $search, kinds: $kinds, statuses: $statuses) {
        totalCount { value } pageInfo { hasNextPage endCursor } edges { cursor node { __typename id name } } } }"""
CASES = f"""query($search: String, $status: CaseStatus, $customer: ID, $assignee: ID) {{
    cases(search: $search, status: $status, customer: $customer, assignee: $assignee, first: 100) {{
        totalCount {{ value }} edges {{ cursor node {{ {CASE} }} }} }} }}"""
TEAM = f"query($location: String!) {{ team(location: $location, first: 100) {{ {FAR} }} }}"
TREES = f"""query($root: ID!, $up: Int, $asOf: Date) {{
    familyTree(root: $root, up: $up, down: 3, collaterals: true, asOf: $asOf) {{ {TREE} }} }}"""
PATHS = f"""query($from: ID!, $to: ID!, $avoiding: [ID!], $asOf: Date, $categories: [RelationshipCategory!]) {{
    paths(from: $from, to: $to, limit: 3, avoiding: $avoiding, asOf: $asOf, categories: $categories) {{ {PATH} }} }}"""
DONE = "query($id: ID!) { operation(id: $id) { id kind } }"
Asked = tuple[str, dict[str, Any]]


def others(world: World) -> list[list[str]]:
    """The ids of what is no party: relationships, operations, adjustments of points, cases."""
    return [[*world.relationships], [*world.operations], [*world.entries], [*world.cases]]


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
    for selection, ids in zip(NODES, others(world), strict=True):
        for start in range(0, len(ids), 100):
            text = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id {selection} }} }}"
            yield text, {"ids": ids[start : start + 100]}
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
