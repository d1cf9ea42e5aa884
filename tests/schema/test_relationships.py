"""Relationships: made, read from either side, changed, ended, removed (SPEC 3, 9.1)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.client import Client

WHOLE = """... on Relationship { type { code } source { id } target { id } responsibility { code } pedigree
    properties { code value } validFrom validFromInWords validTo validToInWords isCurrent note version
    createdBy { id } }"""
LIST = """query($id: ID!, $types: [String!], $categories: [RelationshipCategory!], $direction: Direction,
    $responsibility: String, $kinds: [PartyKind!], $search: String, $period: Period, $asOf: Date,
    $orderBy: RelationshipOrder) { node(id: $id) { ... on PartyRecord { relationships(types: $types,
    categories: $categories, direction: $direction, responsibility: $responsibility, kinds: $kinds, search: $search,
    period: $period, asOf: $asOf, orderBy: $orderBy) {
    totalCount { value isExact } edges { label direction party { id } node { id } } } } } }"""
COUNTS = """query($id: ID!, $period: Period, $asOf: Date) { node(id: $id) { ... on PartyRecord {
    relationshipCounts(period: $period, asOf: $asOf) { type { code } direction count { value isExact } } } } }"""


async def listed(client: Client, id: str, **arguments: Any) -> list[str]:
    """The ids of the relationships of a party."""
    found = (await client.ask(LIST, id=id, **arguments))["node"]["relationships"]
    assert found["totalCount"] == {"value": len(found["edges"]), "isExact": True}
    return [edge["node"]["id"] for edge in found["edges"]]


async def seen(client: Client, id: str) -> list[tuple[str, str | None, str]]:
    """Label, direction and far party of the relationships of a party."""
    edges = (await client.ask(LIST, id=id))["node"]["relationships"]["edges"]
    return [(edge["label"], edge["direction"], edge["party"]["id"]) for edge in edges]


def day(from_today: int) -> str:
    """A day so many days from today, where the tests' service is."""
    return (datetime.now(UTC).date() + timedelta(days=from_today)).isoformat()


async def test_a_relationship_keeps_all_that_is_given(client: Client) -> None:
    """3.1: dates of PARENTAGE may be imprecise."""
    ann, bea = await client.consumer(), await client.consumer()
    given = {
        "validFrom": "1823~",
        "validTo": "1840-05",
        "note": "By court.\nTwice.",
        "properties": {"pedigree": "STEP"},
    }
    id = await client.relate("PARENT", ann, bea, **given)
    assert await client.node(id, WHOLE) == {
        "type": {"code": "PARENT"},
        "source": {"id": ann},
        "target": {"id": bea},
        "responsibility": None,
        "pedigree": "STEP",
        "properties": [{"code": "pedigree", "value": "STEP"}],
        "validFrom": "1823~",
        "validFromInWords": "about 1823",
        "validTo": "1840-05",
        "validToInWords": "May 1840",
        "isCurrent": False,
        "note": "By court.\nTwice.",
        "version": 1,
        "createdBy": None,
    }


async def test_of_a_relationship_only_type_and_ends_need_be_given(client: Client) -> None:
    """2.3, 3.1: a pedigree not told is by birth; what has no dates holds always."""
    ann, bea = await client.consumer(), await client.consumer()
    assert await client.node(await client.relate("PARENT", ann, bea), WHOLE) == {
        "type": {"code": "PARENT"},
        "source": {"id": ann},
        "target": {"id": bea},
        "responsibility": None,
        "pedigree": "BIRTH",
        "properties": [{"code": "pedigree", "value": "BIRTH"}],
        "validFrom": None,
        "validFromInWords": None,
        "validTo": None,
        "validToInWords": None,
        "isCurrent": True,
        "note": None,
        "version": 1,
        "createdBy": None,
    }


async def test_custom_properties_are_kept_with_their_types(client: Client) -> None:
    """2.1, 3.1"""
    kinds = ("TEXT", "NUMBER", "DATE", "BOOLEAN", "CHOICE")
    await client.define(
        "CONTRACT",
        category="LOOSE",
        properties=[
            {"code": kind.lower(), "name": kind, "kind": kind, "choices": ["A", "B"] if kind == "CHOICE" else None}
            for kind in kinds
        ],
    )
    values = {"text": "ö ✓", "number": 1.5, "date": "2001-02-03", "boolean": False, "choice": "B"}
    id = await client.relate("CONTRACT", await client.account(), await client.account(), properties=values)
    found = await client.node(id, "... on Relationship { properties { code value } }")
    assert found["properties"] == [{"code": code, "value": value} for code, value in values.items()]


async def test_the_near_side_belongs_to_the_edge_through_which_a_relationship_is_read(client: Client) -> None:
    """3.1: one edge serves both ends."""
    ann, bea = await client.consumer(), await client.consumer()
    id = await client.relate("PARENT", ann, bea)
    assert await seen(client, ann) == [("is parent of", "OUTGOING", bea)]
    assert await seen(client, bea) == [("is child of", "INCOMING", ann)]
    assert await listed(client, ann) == await listed(client, bea) == [id]


async def test_a_symmetric_relationship_looks_the_same_from_both_ends(client: Client) -> None:
    """2.4"""
    ann, bea = await client.consumer(), await client.consumer()
    id = await client.relate("FRIEND", ann, bea)
    assert await seen(client, ann) == [("is friend of", None, bea)]
    assert await seen(client, bea) == [("is friend of", None, ann)]
    assert await listed(client, ann) == await listed(client, bea) == [id]


async def test_many_are_made_at_once_in_the_order_given(client: Client) -> None:
    """3.4: among them a pair by two types, and what rests on one another."""
    ost, west, east = [await client.account(name) for name in ("Ost", "West", "East")]
    ids = await client.relate_all(
        [
            {"type": "HEAD_OFFICE", "source": ost, "target": west},
            {"type": "SUBSIDIARY", "source": west, "target": ost},
            {"type": "HEAD_OFFICE", "source": west, "target": east},
        ]
    )
    found = await client.ask(
        "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Relationship { type { code } target { name } } } }", ids=ids
    )
    assert found["nodes"] == [
        {"type": {"code": "HEAD_OFFICE"}, "target": {"name": "West"}},
        {"type": {"code": "SUBSIDIARY"}, "target": {"name": "Ost"}},
        {"type": {"code": "HEAD_OFFICE"}, "target": {"name": "East"}},
    ]


async def test_the_same_two_may_be_related_in_periods_that_do_not_overlap(client: Client) -> None:
    """3.2, 3.3: the day of an end is excluded, so that the next may begin on it."""
    ann, bea = await client.consumer(), await client.consumer()
    past = await client.relate("FRIEND", ann, bea, validFrom="2001-01-01", validTo="2002-01-01")
    now = await client.relate("FRIEND", bea, ann, validFrom="2002-01-01")
    assert await listed(client, ann, period="ALL") == [past, now]


async def test_two_imprecise_periods_overlap_only_if_they_must(client: Client) -> None:
    """3.1"""
    ann, bea = await client.consumer(), await client.consumer()
    await client.relate("SPOUSE", ann, bea, validFrom="1950", validTo="1955")
    await client.relate("SPOUSE", ann, bea, validFrom="1955", validTo="1960")
    refusals = await client.refusals(
        "relate", {"relationships": [{"type": "SPOUSE", "source": ann, "target": bea, "validFrom": "1954"}]}
    )
    assert [refusal["__typename"] for refusal in refusals] == ["DuplicateRelationship"]


async def test_an_imprecise_period_holds_from_its_earliest_until_its_latest_day(client: Client) -> None:
    """3.1: the latest day of the end is excluded."""
    ann, bea = await client.consumer(), await client.consumer()
    id = await client.relate("SPOUSE", ann, bea, validFrom="1950-05", validTo="1960")
    held = {"1950-04-30": [], "1950-05-01": [id], "1960-12-30": [id], "1960-12-31": []}
    assert {day: await listed(client, ann, asOf=day) for day in held} == held


async def test_a_relationship_is_listed_in_the_period_in_which_it_stands(client: Client) -> None:
    """3.2, 9.1: today unless asOf says otherwise."""
    ann, bea = await client.consumer(), await client.consumer()
    past = await client.relate("FRIEND", ann, bea, validFrom="1999-01-01", validTo=day(0))
    now = await client.relate("FRIEND", ann, bea, validFrom=day(0), validTo=day(2))
    future = await client.relate("FRIEND", ann, bea, validFrom=day(2))
    periods = {"CURRENT": [now], "PAST": [past], "FUTURE": [future], "ALL": [past, now, future]}
    assert {period: await listed(client, ann, period=period) for period in periods} == periods
    assert await listed(client, ann) == [now]
    then = {"CURRENT": [past], "PAST": [], "FUTURE": [now, future], "ALL": [past, now, future]}
    assert {period: await listed(client, ann, period=period, asOf=day(-1)) for period in then} == then
    selection = "... on Relationship { isCurrent }"
    current = [(await client.node(id, selection))["isCurrent"] for id in (past, now, future)]
    assert current == [False, True, False]


async def test_an_end_on_the_day_of_the_start_is_allowed_and_never_holds(client: Client) -> None:
    """3.2"""
    ann, bea = await client.consumer(), await client.consumer()
    never = await client.relate("FRIEND", ann, bea, validFrom="2001-01-01", validTo="2001-01-01")
    assert await listed(client, ann, asOf="2001-01-01") == []
    assert await listed(client, ann, period="ALL") == [never]
    beside = await client.relate("FRIEND", ann, bea, validFrom="2000-01-01")
    assert await listed(client, ann, asOf="2001-01-01") == [beside]


async def family_and_work(client: Client) -> dict[str, str]:
    """Somebody with relationships of many kinds, by name: `ann` herself, and each relationship by its far party."""
    ann, sam = await client.consumer("Ann"), await client.user()
    child, spouse = await client.consumer("Child", familyName="Ost"), await client.consumer("Spouse", familyName="Ost")
    parent, office = await client.consumer("Parent"), await client.account("Office")
    return {
        "ann": ann,
        "spouse": await client.relate("SPOUSE", spouse, ann, validFrom="2003"),
        "office": await client.relate("CONTACT", ann, office, validFrom="2002-01-01"),
        "child": await client.relate("PARENT", ann, child, validFrom="2004-05-06"),
        "parent": await client.relate("PARENT", parent, ann),
        "sam": await client.relate("CONSUMER_TEAM", sam, ann, responsibility="RELATIONSHIP_MANAGER"),
    }


FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["sam", "office", "parent", "child", "spouse"]),
    ({"types": ["PARENT", "CONTACT"]}, ["office", "parent", "child"]),
    ({"types": ["NONE"]}, []),
    ({"types": []}, []),
    ({"categories": ["PARTNERSHIP", "TEAM"]}, ["sam", "spouse"]),
    ({"direction": "OUTGOING"}, ["office", "child"]),
    ({"direction": "INCOMING"}, ["sam", "parent"]),
    ({"types": ["PARENT"], "direction": "INCOMING"}, ["parent"]),
    ({"responsibility": "RELATIONSHIP_MANAGER"}, ["sam"]),
    ({"kinds": ["ACCOUNT", "INTERNAL_USER"]}, ["sam", "office"]),
    ({"search": "ÓST"}, ["child", "spouse"]),
    ({"search": "ost chi"}, ["child"]),
    ({"asOf": "2002-06-01"}, ["sam", "office", "parent"]),
    ({"orderBy": "TYPE"}, ["sam", "office", "parent", "child", "spouse"]),
    ({"orderBy": "VALID_FROM"}, ["parent", "sam", "office", "spouse", "child"]),
    ({"orderBy": "CREATED_AT"}, ["spouse", "office", "child", "parent", "sam"]),
    ({"types": None, "categories": None, "period": None}, ["sam", "office", "parent", "child", "spouse"]),
]


async def test_relationships_are_listed_by_what_is_asked_for(client: Client) -> None:
    """9.1"""
    world = await family_and_work(client)
    names = {id: name for name, id in world.items()}
    found = [[names[id] for id in await listed(client, world["ann"], **arguments)] for arguments, _ in FILTERS]
    assert found == [expected for _, expected in FILTERS]


async def test_relationships_are_counted_by_type_and_direction(client: Client) -> None:
    """9.1"""
    world = await family_and_work(client)
    await client.relate("PARENT", world["ann"], await client.consumer(), validFrom="2999")

    async def counts(**arguments: Any) -> list[tuple[str, str | None, int]]:
        found = (await client.ask(COUNTS, id=world["ann"], **arguments))["node"]["relationshipCounts"]
        assert all(each["count"]["isExact"] for each in found)
        return [(each["type"]["code"], each["direction"], each["count"]["value"]) for each in found]

    assert await counts() == [
        ("CONSUMER_TEAM", "INCOMING", 1),
        ("CONTACT", "OUTGOING", 1),
        ("PARENT", "INCOMING", 1),
        ("PARENT", "OUTGOING", 1),
        ("SPOUSE", None, 1),
    ]
    assert await counts(period="FUTURE") == [("PARENT", "OUTGOING", 1)]
    assert await counts(asOf="2001-01-01") == [("CONSUMER_TEAM", "INCOMING", 1), ("PARENT", "INCOMING", 1)]


async def test_parents_children_and_partners_are_read_as_relations(client: Client) -> None:
    """9.1: children by birth, unknown last; partners of all times unless told."""
    ann, bob, cat = await client.consumer("Ann"), await client.consumer("Bob"), await client.consumer("Cat")
    young = await client.consumer("Young", birthDate="2005")
    old = await client.consumer("Old", birthDate="2001-05")
    await client.relate_all(
        [
            *({"type": "PARENT", "source": ann, "target": child} for child in (cat, young, old)),
            {"type": "SPOUSE", "source": ann, "target": bob, "validFrom": "1990", "validTo": "2000"},
        ]
    )
    relation = "label direction party { name }"
    found = await client.node(
        ann,
        f"""... on Consumer {{ children {{ {relation} }} partners {{ {relation} }}
        now: partners(period: CURRENT) {{ {relation} }} then: partners(period: CURRENT, asOf: "1995-01-01") {{
        {relation} }} }}""",
    )
    spouse = {"label": "is spouse of", "direction": None, "party": {"name": "Bob"}}
    assert found == {
        "children": [
            {"label": "is parent of", "direction": "OUTGOING", "party": {"name": name}}
            for name in ("Old", "Young", "Cat")
        ],
        "partners": [spouse],
        "now": [],
        "then": [spouse],
    }
    parents = await client.node(old, f"... on Consumer {{ parents {{ {relation} }} }}")
    assert parents == {"parents": [{"label": "is child of", "direction": "INCOMING", "party": {"name": "Ann"}}]}
