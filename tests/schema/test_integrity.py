"""SPEC 9.6: each damage, made by a statement of its own, is told and nothing else is; operations leave none."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from neo4j import AsyncGraphDatabase, AsyncManagedTransaction

from domain.sessions import Place
from graphdb import definitions
from graphdb.graph import Graph, Transaction, plain
from graphdb.local import Server
from kith.context import Contexts
from kith.demo import load
from resolvers.integrity import examined
from resolvers.sessions import begin
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.schema.test_access import AsParty
from tests.schema.test_deleting import delete

REPORT = "{ integrityReport { errors { code count records } notices { code count records } } }"
EDGES = "PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF"


async def report(client: Client) -> tuple[dict[str, Any], dict[str, Any]]:
    """The errors and the notices, each by its code with its records."""
    found = (await client.ask(REPORT))["integrityReport"]
    errors, notices = ({one["code"]: one["records"] for one in found[part]} for part in ("errors", "notices"))
    return errors, notices


@pytest.fixture
async def world(client: Client, as_party: AsParty, contexts: Contexts) -> Mapping[str, str]:
    """Ids of parties and of relationships among them, by the names that the damages below call them by."""
    ann, bea, carl = [await client.consumer(name) for name in ("Ann", "Bea", "Carl")]
    ost, west, north, south = [await client.account(name) for name in ("Ost", "West", "North", "South")]
    adult = await client.consumer("Adult", birthDate="1980")
    app = await client.app()
    await client.key(app)
    consent = await as_party(adult).consent(adult, app)
    gone = await client.account("Gone")
    await delete(client, gone)
    await begin(contexts.graph, adult, datetime.now(UTC), Place.BROWSER, timedelta(days=1))
    await begin(contexts.graph, ADMINISTRATOR.id, datetime.now(UTC), Place.BROWSER, timedelta(days=1))
    east, peak = [await client.account(name) for name in ("East", "Peak")]
    await client.do("markNotDuplicates", {"one": east, "other": peak})
    sam, kim, lee = [await client.user(f"{name}@kith.example") for name in ("sam", "kim", "lee")]
    await client.responsibility("BOOKKEEPER", exclusive=True)
    await client.points_type()
    gift, bonus = await client.points(ann, 5), await client.points(ann, 2)
    question = await client.open_case(ann, assignee=sam)
    await client.do("commentOnCase", {"case": question, "text": "Hello"})
    group = await client.group([{"party": ann}, {"party": bea}])
    members = await client.node(group, "... on Group { members { edges { node { relationship { id } } } } }")
    first, second = sorted(edge["node"]["relationship"]["id"] for edge in members["members"]["edges"])
    home, other = await client.household(), await client.household()
    head = await client.member(home, ann, head=True, validFrom="2001-01-01", validTo="2999-01-01")
    place, elsewhere = await client.member(home, bea), await client.member(other, bea, head=True)
    shared = await client.household()
    row = await client.member(shared, ann, validFrom="2020-01-01")
    await client.member(shared, bea, head=True, validFrom="2020-01-01")
    placed = {"household": shared, "validFrom": "2022-01-01", "responsibility": "AUTHORIZED_REPRESENTATIVE"}
    return {
        "ann": ann,
        "bea": bea,
        "carl": carl,
        "ost": ost,
        "west": west,
        "north": north,
        "south": south,
        "east": east,
        "peak": peak,
        "adult": adult,
        "app": app,
        "consent": consent,
        "gone": gone,
        "sam": sam,
        "lee": lee,
        "group": group,
        "gift": gift,
        "bonus": bonus,
        "question": question,
        "first": first,
        "second": second,
        "home": home,
        "head": head,
        "place": place,
        "elsewhere": elsewhere,
        "parent": await client.relate("PARENT", ann, bea, validFrom="1950"),
        "spouse": await client.relate("SPOUSE", ann, carl, validFrom="1940~", validTo="1960-05"),
        "friend": await client.relate("FRIEND", bea, carl, validFrom="2020-01-01", validTo="2021-01-01"),
        "office": await client.relate("HEAD_OFFICE", ost, west),
        "team": await client.relate("ACCOUNT_TEAM", sam, ost, responsibility="ACCOUNT_MANAGER"),
        "books": await client.relate("ACCOUNT_TEAM", kim, ost, responsibility="BOOKKEEPER"),
        "row": row,
        "within": await client.relate("HOUSEHOLD_REPRESENTATIVE", ann, bea, **placed),
        "agent": await client.relate("REPRESENTATIVE", ann, bea, responsibility="AUTHORIZED_REPRESENTATIVE"),
    }


def edge(name: str, then: str) -> str:
    """A relationship of the world as `r` from `a` to `b`, and what is done to it."""
    return f"MATCH (a)-[r:{EDGES} {{id: '<{name}>'}}]->(b) {then}"


def moved(name: str, to: str) -> str:
    """A relationship put elsewhere."""
    return edge(name, f"WITH a, b, r, properties(r) AS held DELETE r CREATE {to} SET x = held")


def again(name: str, to: str, more: str = "", by: str = "north") -> str:
    """A relationship made once more, elsewhere, or by `n`, under the id "z"."""
    return edge(name, f"MATCH (n:Party {{id: '<{by}>'}}) CREATE {to} SET x = r {{.*, id: 'z'{more}}}")


def party(name: str, then: str) -> str:
    """A party of the world as `p`, and what is done to it."""
    return f"MATCH (p:Party {{id: '<{name}>'}}) {then}"


def entry(name: str) -> str:
    """An adjustment of the world as `e`."""
    return f"MATCH (e:PointsEntry {{id: '<{name}>'}})"


def consent(then: str) -> str:
    """The consent of the world as `r` from `a` to `b`, and what is done to it."""
    return f"MATCH (a)-[r:CONSENTS_TO {{id: '<consent>'}}]->(b) {then}"


def kept(then: str) -> str:
    """What is kept of the deleted of the world as `k`, and what is done to it."""
    return f"MATCH (k:Deleted {{id: '<gone>'}}) {then}"


def pair(one: str, other: str, then: str) -> str:
    """Two parties of the world as `a` and `b`, and what is done to them."""
    return f"MATCH (a:Party {{id: '<{one}>'}}) MATCH (b:Party {{id: '<{other}>'}}) {then}"


def into(one: str, other: str, by: str = "o.id") -> str:
    """That somebody was merged into somebody else."""
    return f"MERGE ({one})-[:MERGED_INTO {{operation: {by}, place: 1}}]->({other})"


def case(then: str) -> str:
    """The case of the world as `c`, and what is done to it."""
    return f"MATCH (c:Case {{id: '<question>'}}) {then}"


LONELY, GROUP = "group_01m87xd5tje62avxydcp5f4ept", "kind: 'Group', name: 'a', sort_name: 'a', search: 'a'"
OPERATION = "WITH * LIMIT 1 MATCH (o:Operation) WITH * LIMIT 1"
MADE_UP = into("a", "b", "'x'")
EARLIER = "r.valid_to = '2019-01-01', r.valid_to_day = date('2019-01-01')"
LEAVES = "r.valid_to = '2040-01-01', r.valid_to_day = date('2040-01-01')"
LATER = ", valid_from: '2000', valid_from_day: date('2000-01-01')"
DAMAGES: Sequence[tuple[str, str, Sequence[str]]] = [
    ("PARTY_WITHOUT_ID", "CREATE (:Party:Household {kind: 'Household'})", [""]),
    ("PARTY_WITHOUT_ID", "CREATE (:Household {id: 'lost'})", ["lost"]),
    ("PARTY_AT_ODDS", party("sam", "SET p:Group"), ["sam"]),
    ("PARTY_AT_ODDS", party("ost", "REMOVE p:Account"), ["ost"]),
    ("PARTY_AT_ODDS", f"CREATE (:Party:Group {{id: 'a', {GROUP}}})", ["a"]),
    ("PARTY_WITHOUT_NAME", party("ann", "REMOVE p.search"), ["ann"]),
    ("PARTY_WITHOUT_NAME", party("ann", "REMOVE p.sort_name"), ["ann"]),
    ("PARTY_WITHOUT_NAME", party("sam", "SET p.name = ''"), ["sam"]),
    ("CUSTOMER_INCOMPLETE", party("ost", "REMOVE p.number"), ["ost"]),
    ("CUSTOMER_INCOMPLETE", party("ann", "SET p.status = 'SLEEPING'"), ["ann"]),
    ("STATUS_AT_ODDS", party("ost", "SET p.status = 'INACTIVE'"), ["ost"]),
    ("STATUS_AT_ODDS", party("ost", "SET p.inactive_reason = 'DEACTIVATED'"), ["ost"]),
    ("STATUS_AT_ODDS", party("ann", "SET p.status = 'INACTIVE', p.inactive_reason = 'DEACTIVATED'"), ["ann"]),
    ("STATUS_AT_ODDS", party("ann", "SET p.status_before = 'ACTIVE'"), ["ann"]),
    (
        "POINTS_OF_NOBODY",
        "MATCH (e:PointsEntry) WHERE e.id = '<gift>' CREATE (:PointsEntry {id: 'e', party: 'p', type: e.type})",
        ["e"],
    ),
    ("POINTS_OF_NOBODY", "MATCH (t:PointsType) DETACH DELETE t", ["gift", "bonus"]),
    ("POINTS_AT_ODDS", party("ann", "SET p.points_balances = [8]"), ["ann"]),
    ("POINTS_AT_ODDS", party("ann", "REMOVE p.points_types, p.points_balances"), ["ann"]),
    ("POINTS_AT_ODDS", party("ann", "SET p.points_entries = 3"), ["ann"]),
    ("POINTS_AT_ODDS", party("bea", "SET p.points_types = ['BONUS'], p.points_balances = [0]"), ["bea"]),
    (
        "POINTS_AT_ODDS",
        party("ann", f"SET p.points_balances = [-1] WITH p {entry('bonus')} SET e.amount = -6, e.balance = -1"),
        ["ann"],
    ),
    ("POINTS_AT_ODDS", f"{entry('gift')} SET e.balance = 4", ["ann"]),
    ("POINTS_AT_ODDS", f"{entry('gift')} REMOVE e.balance", ["ann"]),
    ("POINTS_AT_ODDS", f"{entry('bonus')} SET e.place = 3", ["ann"]),
    ("POINTS_AT_ODDS", f"{entry('gift')} SET e.place = 3", ["ann"]),
    ("CASE_INCOMPLETE", case("REMOVE c.number"), ["question"]),
    ("CASE_INCOMPLETE", case("SET c.status = 'LOST'"), ["question"]),
    ("CASE_INCOMPLETE", case("REMOVE c.search"), ["question"]),
    ("CASE_INCOMPLETE", case("REMOVE c.version"), ["question"]),
    ("CASE_AT_ODDS", case("SET c.status = 'CLOSED'"), ["question"]),
    ("CASE_AT_ODDS", case("SET c.closed_at = datetime()"), ["question"]),
    ("CASE_OF_NOBODY", case("SET c.customer = 'x'"), ["question"]),
    ("CASE_OF_NOBODY", case("SET c.customer = '<sam>'"), ["question"]),
    ("CASE_OF_NOBODY", case("SET c.household = '<group>'"), ["question"]),
    ("CASE_OF_NOBODY", case("SET c.assignee = '<ann>'"), ["question"]),
    ("COMMENTS_AT_ODDS", case("SET c.comments = 2"), ["question"]),
    ("COMMENTS_AT_ODDS", "MATCH (c:CaseComment) SET c.place = 2", ["question"]),
    ("COMMENTS_AT_ODDS", "MATCH (c:CaseComment) DELETE c", ["question"]),
    ("COMMENT_ON_NOTHING", "CREATE (:CaseComment {id: 'c', case: 'x', place: 1})", ["c"]),
    ("COMMENT_ON_NOTHING", "CREATE (:CaseComment {id: 'c', case: '<question>'})", ["c"]),
    ("UNKNOWN_GROUP_TYPE", f"CREATE (:Party:Group {{id: '{LONELY}', {GROUP}, group_type: 'FRIEND'}})", [LONELY]),
    ("EXTERNAL_ID_AT_ODDS", "CREATE (:ExternalId {key: 'a|b'})", ["a|b"]),
    ("CHANGE_WITHOUT_OPERATION", "CREATE (:Change {record: 'r', party: 'p', operation: 'o'})", ["r"]),
    ("RELATIONSHIP_INCOMPLETE", edge("friend", "REMOVE r.id"), ["bea", "carl"]),
    ("RELATIONSHIP_INCOMPLETE", edge("friend", "REMOVE r.type"), ["friend"]),
    ("RELATIONSHIP_INCOMPLETE", edge("friend", "REMOVE r.version"), ["friend"]),
    ("UNKNOWN_TYPE", edge("friend", "SET r.type = 'FOE'"), ["friend"]),
    ("TYPE_AT_ODDS", edge("friend", "SET r.category = 'KIN'"), ["friend"]),
    ("TYPE_AT_ODDS", edge("friend", "REMOVE r.symmetric"), ["friend"]),
    ("TYPE_AT_ODDS", moved("friend", "(a)-[x:PARTNER_OF]->(b)"), ["friend"]),
    ("ENDS_AT_ODDS", edge("friend", "SET r.type = 'SUBSIDIARY', r.symmetric = false"), ["friend"]),
    ("ENDS_AT_ODDS", moved("friend", "(a)-[x:LINKED_TO]->(a)"), ["friend"]),
    ("ENDS_AT_ODDS", party("group", "SET p.group_type = 'HOUSEHOLD_MEMBER'"), ["first", "second"]),
    ("PEDIGREE_MISSING", edge("parent", "REMOVE r.pedigree"), ["parent"]),
    ("WRONG_RESPONSIBILITY", edge("team", "REMOVE r.responsibility"), ["team"]),
    ("WRONG_RESPONSIBILITY", edge("agent", "SET r.responsibility = 'NONE'"), ["agent"]),
    ("WRONG_RESPONSIBILITY", edge("friend", "SET r.responsibility = 'ACCOUNT_MANAGER'"), ["friend"]),
    ("INVALID_DATE", edge("friend", "SET r.valid_from = 'soon'"), ["friend"]),
    ("INVALID_DATE", edge("friend", "SET r.valid_from = '2020~'"), ["friend"]),
    ("DAYS_AT_ODDS", edge("spouse", "SET r.valid_to_day = date('1960-05-01')"), ["spouse"]),
    ("DAYS_AT_ODDS", edge("parent", "REMOVE r.valid_from_day"), ["parent"]),
    ("DAYS_AT_ODDS", edge("within", "SET r.valid_to_day = date('2030-01-01')"), ["within"]),
    ("DAYS_AT_ODDS", edge("within", "SET r.within_until = date('2030-01-01')"), ["within"]),
    ("DAYS_AT_ODDS", edge("within", "SET r.valid_from_day = date('2021-01-01')"), ["within"]),
    ("DAYS_AT_ODDS", edge("row", f"SET {LEAVES}"), ["within"]),
    ("NOT_IN_ONE_HOUSEHOLD", edge("within", "REMOVE r.household"), ["within"]),
    ("NOT_IN_ONE_HOUSEHOLD", edge("within", "SET r.household = 'nothing'"), ["within"]),
    ("NOT_IN_ONE_HOUSEHOLD", edge("row", "DELETE r"), ["within"]),
    ("NOT_IN_ONE_HOUSEHOLD", edge("friend", "SET r.household = 'nothing'"), ["friend"]),
    ("END_BEFORE_START", edge("friend", f"SET {EARLIER}"), ["friend"]),
    ("DUPLICATE", again("friend", "(b)-[x:LINKED_TO]->(a)"), ["friend", "z"]),
    ("DUPLICATE", again("parent", "(a)-[x:PARENT_OF]->(b)"), ["parent", "z"]),
    ("TOO_MANY", again("office", "(n)-[x:OVERSEES]->(b)"), ["west", "office", "z"]),
    ("SEVERAL_HOLDERS", again("books", "(n)-[x:SERVES]->(b)", by="lee"), ["ost", "books", "z"]),
    ("TWO_HEADS", edge("place", "SET r.is_head = true"), ["home", "head", "place"]),
    ("TWO_PRIMARIES", edge("elsewhere", "SET r.is_primary = true"), ["bea", "place", "elsewhere"]),
    ("MARK_AT_ODDS", edge("place", "REMOVE r.is_head"), ["place"]),
    ("MARK_AT_ODDS", edge("first", "REMOVE r.is_primary"), ["first"]),
    ("MARK_AT_ODDS", edge("first", "SET r.is_head = true"), ["first"]),
    ("MARK_AT_ODDS", edge("friend", "SET r.is_primary = false"), ["friend"]),
    ("CYCLE", again("parent", "(b)-[x:PARENT_OF]->(a)", LATER), ["bea", "ann"]),
    ("CYCLE", again("office", "(b)-[x:OVERSEES]->(a)"), ["west", "ost"]),
    ("MERGED_AT_ODDS", party("north", "SET p.status = 'MERGED'"), ["north"]),
    ("MERGED_AT_ODDS", pair("north", "ost", f"{OPERATION} {into('a', 'b')}"), ["north"]),
    ("MERGED_AT_ODDS", pair("north", "ann", f"SET a.status = 'MERGED' {OPERATION} {into('a', 'b')}"), ["north"]),
    ("MERGED_AT_ODDS", pair("north", "ost", f"SET a.status = 'MERGED' {MADE_UP}"), ["north"]),
    (
        "MERGED_AT_ODDS",
        party("north", f"SET p.status = 'MERGED' WITH p {kept('')} {OPERATION} {into('p', 'k')}"),
        ["north"],
    ),
    (
        "MERGED_AT_ODDS",
        pair(
            "north",
            "ost",
            f"MATCH (c:Party {{id: '<south>'}}) SET a.status = 'MERGED' {OPERATION} {into('a', 'b')} {into('a', 'c')}",
        ),
        ["north"],
    ),
    (
        "MERGED_IN_A_LOOP",
        pair(
            "north",
            "south",
            f"SET a.status = 'MERGED', b.status = 'MERGED' {OPERATION} {into('a', 'b')} {into('b', 'a')}",
        ),
        ["north", "south"],
    ),
    ("MERGED_IN_A_LOOP", party("north", f"SET p.status = 'MERGED' {OPERATION} {into('p', 'p')}"), ["north"]),
    *(
        ("MERGED_AND_HOLDING", pair(who, other, f"SET a.status = 'MERGED' {OPERATION} {into('a', 'b')}"), [who])
        for who, other in (("bea", "ann"), ("adult", "ann"), ("ost", "north"))
    ),
    ("CONSENT_AT_ODDS", consent("REMOVE r.id"), ["adult"]),
    ("CONSENT_AT_ODDS", consent("SET r.scopes = []"), ["consent"]),
    ("CONSENT_AT_ODDS", consent("REMOVE r.valid_from_day"), ["consent"]),
    ("CONSENT_AT_ODDS", consent("CREATE (a)-[x:CONSENTS_TO]->(b) SET x = r {.*, id: 'z'}"), ["consent", "z"]),
    (
        "CONSENT_AT_ODDS",
        consent("MATCH (n:Party {id: '<sam>'}) CREATE (n)-[x:CONSENTS_TO]->(b) SET x = r {.*, id: 'z'}"),
        ["z"],
    ),
    (
        "CONSENT_AT_ODDS",
        consent("MATCH (n:Party {id: '<ann>'}) CREATE (a)-[x:CONSENTS_TO]->(n) SET x = r {.*, id: 'z'}"),
        ["z"],
    ),
    ("SIGN_IN_OF_NOBODY", "CREATE (:Session {id: 's', party: 'x'})", ["s"]),
    ("SIGN_IN_OF_NOBODY", "CREATE (:Session {id: 's'})", ["s"]),
    ("SIGN_IN_OF_NOBODY", "CREATE (:Password {party: 'x'})", ["x"]),
    ("SIGN_IN_OF_NOBODY", "CREATE (:PasswordReset {id: 's', consumer: 'x'})", ["s"]),
    ("KEY_OF_NOBODY", "CREATE (:ApiKey {id: 'k', app: 'x', hash: 'h'})", ["k"]),
    ("KEY_OF_NOBODY", "CREATE (:ApiKey {id: 'k', app: '<app>'})", ["k"]),
    ("MARK_OF_TWO_AT_ODDS", pair("north", "south", "CREATE (a)-[:NOT_SAME_AS]->(b)"), ["north", "south"]),
    ("MARK_OF_TWO_AT_ODDS", pair("north", "ann", "CREATE (a)-[:NOT_SAME_AS {id: 'z'}]->(b)"), ["north", "ann"]),
    ("MARK_OF_TWO_AT_ODDS", pair("sam", "lee", "CREATE (a)-[:MAY_BE_SAME_AS {id: 'z'}]->(b)"), ["sam", "lee"]),
    ("MARK_OF_TWO_AT_ODDS", party("north", "CREATE (p)-[:MAY_BE_SAME_AS {id: 'z'}]->(p)"), ["north", "north"]),
    (
        "MARK_OF_TWO_AT_ODDS",
        "MATCH (a)-[:NOT_SAME_AS]->(b) CREATE (b)-[:MAY_BE_SAME_AS {id: 'z'}]->(a)",
        ["east", "peak", "peak", "east"],
    ),
    ("DELETED_AT_ODDS", kept("SET k.deleted_by = 'x'"), ["gone"]),
    ("DELETED_AT_ODDS", kept("REMOVE k.deleted_labels"), ["gone"]),
    ("DELETED_AT_ODDS", kept("REMOVE k.id"), [""]),
    ("DELETED_AT_ODDS", kept("SET k.id = '<north>'"), ["north"]),
    ("DELETED_AT_ODDS", kept("SET k.id = '<question>'"), ["question"]),
]


async def test_a_damage_is_told_and_nothing_else(
    client: Client, graph: Graph, server: Server, world: Mapping[str, str]
) -> None:
    """Each is done and looked at in a transaction of its own, which is rolled back."""
    assert (await report(client))[0] == {}
    at = server.endpoint
    async with AsyncGraphDatabase.driver(at.uri, auth=(at.user, at.password)) as driver, driver.session() as session:
        for code, text, records in DAMAGES:
            for name, id in world.items():
                text = text.replace(f"<{name}>", id)
            async with await session.begin_transaction() as inner:
                await (await inner.run(f"CYPHER 25 {text}")).consume()
                tx = Transaction(cast(AsyncManagedTransaction, inner), {}, plain)
                found = (await examined(tx, await definitions.stored(tx))).errors
                await inner.rollback()
            told = [(one.finding.name, sorted(one.records)) for one in found]
            assert told == [(code, sorted(world.get(name, name) for name in records))], text


async def test_what_goes_together_is_no_damage(client: Client, graph: Graph, world: Mapping[str, str]) -> None:
    """The other way round or at another time, the same two may be related again, and lead each other in turn."""
    ost, west, bea, carl = (world[name] for name in ("ost", "west", "bea", "carl"))
    await client.do("endRelationship", {"id": world["office"], "on": "2030-01-01"})
    await client.relate("HEAD_OFFICE", west, ost, validFrom="2030-01-01")
    await client.relate("FRIEND", carl, bea, validFrom="2021-01-01")
    await client.relate("SUBSIDIARY", ost, west)
    await client.relate("SUBSIDIARY", west, ost)
    await client.do("changeMembership", {"membership": world["place"], "head": True, "takeOver": True})
    await client.do("changeMembership", {"membership": world["elsewhere"], "primary": True, "takeOver": True})
    assert await report(client) == ({}, {})


async def test_what_the_demo_brings_in_has_no_errors(client: Client, contexts: Contexts) -> None:
    """Two real families, read from GEDCOM files, and what is made up around them."""
    await load(contexts, lambda step: lambda here, total: None)
    assert (await report(client))[0] == {}


async def test_ends_that_no_longer_fit_a_changed_type_are_a_notice(client: Client, graph: Graph) -> None:
    """2.1: no operation leads there, but a type may be edited in the database, or defined otherwise by a later Kith."""
    await client.define("GUIDE", sourceKinds=["CONSUMER", "ACCOUNT"], targetKinds=["ACCOUNT"], category="LOOSE")
    tie = await client.relate("GUIDE", await client.consumer(), await client.account())
    await graph.apply(
        "CYPHER 25 MATCH (t:RelationshipType {code: 'GUIDE'}) SET t.source_kinds = ['Account'], t.version = 2"
    )
    assert await report(client) == ({}, {"ENDS_NO_LONGER_FIT": [tie]})


async def test_what_is_odd_is_a_notice(client: Client) -> None:
    """A household without current members, one without a head, three birth parents, and a child certainly older than a
    parent."""
    empty, headless = await client.household(), await client.household()
    await client.member(headless, await client.consumer(), head=True, validTo="2001-01-01")
    await client.member(headless, await client.consumer())
    child = await client.consumer("Child", birthDate="1950")
    parents = [await client.consumer("Parent", birthDate=born) for born in ("1920", "1950", "1951")]
    for parent in parents:
        await client.relate("PARENT", parent, child)
    await client.relate(
        "PARENT", await client.consumer("Step", birthDate="1960"), child, properties={"pedigree": "STEP"}
    )
    found = await client.ask("{ integrityReport { errors { code } notices { code message count records } } }")
    assert found["integrityReport"] == {
        "errors": [],
        "notices": [
            {
                "code": "EMPTY_GROUP",
                "message": "A household or group has no current members.",
                "count": 1,
                "records": [empty],
            },
            {
                "code": "NO_HEAD",
                "message": "A household has current members and no head.",
                "count": 1,
                "records": [headless],
            },
            {
                "code": "MANY_BIRTH_PARENTS",
                "message": "A person has more than two parents by birth.",
                "count": 1,
                "records": [child],
            },
            {
                "code": "BORN_BEFORE_PARENT",
                "message": "A person was certainly born before a parent by birth; the parent comes first.",
                "count": 1,
                "records": [parents[2], child],
            },
        ],
    }


@pytest.mark.damages
async def test_of_damage_everywhere_all_is_counted_and_some_is_named(client: Client, graph: Graph) -> None:
    """More than two pages of parties are read."""
    await graph.apply(
        "CYPHER 25 UNWIND range(1, 10100) AS i CREATE (:Party:Household {id: 'h' + i, kind: 'Household'})"
    )
    found = (await client.ask(REPORT))["integrityReport"]["errors"]
    assert [(one["code"], one["count"], len(one["records"])) for one in found] == [
        ("PARTY_AT_ODDS", 10100, 100),
        ("PARTY_WITHOUT_NAME", 10100, 100),
    ]
