"""Cases (SPEC 5.4): opened, changed, given to somebody, commented on, closed and opened again; listed and searched."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.access import Grant, Sight
from domain.cases import NewCase
from domain.ids import CaseId, PartyId, RelationshipId
from domain.internal_users import Role
from domain.refusals import NotAllowed, NotFound, Refused
from graphdb.graph import Graph, Transaction
from kith.context import Contexts
from resolvers import cases
from resolvers.context import Context
from resolvers.viewers import Viewer
from tests.client import Client
from tests.unchanged import Unchanged

CASE = """id number subject description status customer { id } household { id } assignee { id } openedThrough { id }
    version createdBy { id } closedAt comments { totalCount { value } }"""
UNKNOWN = {kind: f"{kind}_01m87xd5tje62avxydcp5f4ept" for kind in ("case", "consumer", "household", "internal_user")}
LIST = """query($search: String, $status: CaseStatus, $customer: ID, $assignee: ID, $first: Int, $after: String,
    $last: Int, $before: String) {
    cases(search: $search, status: $status, customer: $customer, assignee: $assignee, first: $first, after: $after,
        last: $last, before: $before) {
        edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } totalCount { value } } }"""
OF_PARTY = """query($id: ID!, $status: CaseStatus, $first: Int, $after: String, $last: Int, $before: String) {
    node(id: $id) { ... on %s { cases(status: $status, first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } totalCount { value } } } } }"""
COMMENTS = """... on Case { comments { edges { node { place text createdBy { id } } } totalCount { value } }
    version status }"""
OPEN_COUNT = "... on Household { openCaseCount }"


def did(happened: str) -> str:
    """What is asked of a mutation that answers a case."""
    return f"... on {happened} {{ case {{ {CASE} }} operation {{ kind }} }}"


async def listed(client: Client, **arguments: Any) -> list[str]:
    """The ids on a page of all cases."""
    return [edge["node"]["id"] for edge in (await client.ask(LIST, **arguments))["cases"]["edges"]]


async def of_party(client: Client, id: str, **arguments: Any) -> list[str]:
    """The ids on a page of a customer's or a household's cases."""
    return [edge["node"]["id"] for edge in (await page_of_party(client, id, **arguments))["edges"]]


async def page_of_party(client: Client, id: str, **arguments: Any) -> Any:
    """A page of a customer's or a household's cases."""
    type = "Household" if id.startswith("household") else "Customer"
    return (await client.ask(OF_PARTY % type, id=id, **arguments))["node"]["cases"]


@pytest.mark.parametrize("kind", ["Consumer", "Account"])
async def test_a_case_is_opened_for_a_customer(client: Client, kind: str) -> None:
    """5.4"""
    customer = await (client.consumer() if kind == "Consumer" else client.account())
    given = {"customer": customer, "subject": " Late delivery ", "description": "Nothing came.\r\nTwice. "}
    made = await client.do("createCase", given, did("CaseCreated"))
    shown = made["case"]
    assert made == {"__typename": "CaseCreated", "case": shown, "operation": {"kind": "createCase"}}
    assert shown == {
        "id": shown["id"],
        "number": shown["number"],
        "subject": "Late delivery",
        "description": "Nothing came.\nTwice.",
        "status": "OPEN",
        "customer": {"id": customer},
        "household": None,
        "assignee": None,
        "openedThrough": None,
        "version": 1,
        "createdBy": None,
        "closedAt": None,
        "comments": {"totalCount": {"value": 0}},
    }
    assert shown["id"].startswith("case_")
    assert (len(shown["number"]), shown["number"].isdigit()) == (12, True)
    assert await client.node(shown["id"], f"... on Case {{ {CASE} }}") == shown


async def test_a_case_may_be_of_a_household_and_given_to_somebody_at_once(client: Client) -> None:
    """5.4"""
    ann, home, sam = await client.consumer(), await client.household(), await client.user()
    await client.member(home, ann)
    id = await client.open_case(ann, household=home, assignee=sam)
    found = await client.node(id, "... on Case { household { id } assignee { id } description }")
    assert found == {"household": {"id": home}, "assignee": {"id": sam}, "description": None}


async def test_a_case_that_cannot_be_is_refused(client: Client, graph: Graph, unchanged: Unchanged) -> None:
    """5.4"""
    ann, bea, home, sam = (
        await client.consumer(),
        await client.consumer(),
        await client.household(),
        await client.user(),
    )
    gone, today = await client.household(), datetime.now(UTC).date()
    await client.member(gone, ann, validFrom="2001-01-01", validTo=today.isoformat())
    await client.member(gone, bea, validFrom=(today + timedelta(days=1)).isoformat())
    await client.merge(ann, bea)
    away: tuple[str, str, dict[str, Any]] = ("MergedAway", "customer", {"survivor": {"id": ann}})
    customers, staff, households = (
        {"kinds": kinds} for kinds in (["CONSUMER", "ACCOUNT"], ["INTERNAL_USER"], ["HOUSEHOLD"])
    )
    wrong: list[tuple[dict[str, Any], list[tuple[str, str, dict[str, Any]]]]] = [
        ({"customer": UNKNOWN["consumer"]}, [("NotFound", "customer", {})]),
        ({"customer": "nobody"}, [("NotFound", "customer", {})]),
        ({"customer": home}, [("WrongKind", "customer", customers)]),
        ({"household": UNKNOWN["household"]}, [("NotFound", "household", {})]),
        ({"household": ann}, [("WrongKind", "household", households)]),
        ({"household": ""}, [("NotFound", "household", {})]),
        ({"household": home}, [("InvalidValue", "customer", {})]),
        ({"household": gone}, [("InvalidValue", "customer", {})]),
        ({"assignee": UNKNOWN["internal_user"]}, [("NotFound", "assignee", {})]),
        ({"assignee": ann}, [("WrongKind", "assignee", staff)]),
        ({"assignee": ""}, [("NotFound", "assignee", {})]),
        (
            {"assignee": UNKNOWN["internal_user"], "household": UNKNOWN["household"]},
            [("NotFound", "household", {}), ("NotFound", "assignee", {})],
        ),
        ({"subject": " "}, [("InvalidValue", "subject", {})]),
        (
            {"subject": "x" * 201, "description": "x" * 10_001, "household": home},
            [("InvalidValue", field, {}) for field in ("customer", "subject", "description")],
        ),
        ({"subject": "a\nb"}, [("InvalidValue", "subject", {})]),
        ({"customer": bea}, [away]),
        ({"customer": bea, "household": gone}, [away, ("InvalidValue", "customer", {})]),
    ]
    async with unchanged.during():
        for given, refusals in wrong:
            told = await client.refusals("createCase", {"customer": ann, "subject": "A question", **given})
            assert told == [{"__typename": name, "path": [path], **more} for name, path, more in refusals], given
    assert sam


async def test_whoever_is_deactivated_has_cases_too(client: Client) -> None:
    """5.4, 6.1: what the status rules out is named there, and cases are not."""
    ann = await client.consumer()
    await client.do("deactivate", {"id": ann})
    id = await client.open_case(ann)
    assert (await client.do("closeCase", {"case": id}))["__typename"] == "CaseClosed"


async def test_subject_and_description_are_changed(client: Client, unchanged: Unchanged) -> None:
    """5.4, 1.2: only in the fields given; where nothing changes there is no new version."""
    id = await client.open_case(await client.consumer(), description="Long ago.")
    same = await client.do("updateCase", {"case": id, "subject": "A question"}, did("CaseUpdated"))
    assert (same["case"]["version"], same["case"]["description"]) == (1, "Long ago.")
    given = {"case": id, "subject": "Another", "description": None, "expectedVersion": 1}
    changed = await client.do("updateCase", given, did("CaseUpdated"))
    told = [changed["case"][name] for name in ("subject", "description", "version")]
    assert (told, changed["operation"]) == (["Another", None, 2], {"kind": "updateCase"})
    stale = {"__typename": "StaleVersion", "path": ["expectedVersion"], "currentVersion": 2, "current": None}
    async with unchanged.during():
        assert await client.refusals("updateCase", given) == [stale]
        for wrong in ({"subject": None}, {"subject": ""}, {"description": "\u0000"}):
            (field,) = wrong
            refusals = await client.refusals("updateCase", {"case": id, **wrong})
            assert refusals == [{"__typename": "InvalidValue", "path": [field]}]


async def test_a_case_is_given_to_the_staff_or_to_nobody(client: Client, unchanged: Unchanged) -> None:
    """5.4"""
    ann, sam, eve = await client.consumer(), await client.user(), await client.user("eve@kith.example")
    id = await client.open_case(ann)
    for assignee, version in ((sam, 2), (sam, 2), (eve, 3), (None, 4), (None, 4)):
        done = await client.do("assignCase", {"case": id, "assignee": assignee}, did("CaseAssigned"))
        assert (done["case"]["assignee"], done["case"]["version"]) == (assignee and {"id": assignee}, version)
    await client.do("assignCase", {"case": id, "assignee": sam})
    async with unchanged.during():
        for wrong, refusal in (
            (ann, {"__typename": "WrongKind", "kinds": ["INTERNAL_USER"]}),
            (UNKNOWN["internal_user"], {"__typename": "NotFound"}),
            ("", {"__typename": "NotFound"}),
        ):
            told = await client.refusals("assignCase", {"case": id, "assignee": wrong})
            assert told == [{**refusal, "path": ["assignee"]}]
    done = await client.do("assignCase", {"case": id}, did("CaseAssigned"))
    assert done["case"]["assignee"] is None


async def test_comments_stand_in_the_order_in_which_they_were_made(client: Client, unchanged: Unchanged) -> None:
    """5.4: on a closed case too, and without a new version."""
    id = await client.open_case(await client.consumer())
    texts = ["We ask.", "They\nanswer."]
    for text in texts:
        done = await client.do("commentOnCase", {"case": id, "text": f" {text} "}, did("CaseCommentedOn"))
        assert done["operation"] == {"kind": "commentOnCase"}
    await client.do("closeCase", {"case": id})
    await client.do("commentOnCase", {"case": id, "text": "Thanks!"})
    said = [{"place": n, "text": text, "createdBy": None} for n, text in enumerate([*texts, "Thanks!"], 1)]
    assert await client.node(id, COMMENTS) == {
        "comments": {"edges": [{"node": node} for node in said], "totalCount": {"value": 3}},
        "version": 2,
        "status": "CLOSED",
    }
    async with unchanged.during():
        for text in ("", " \n ", "x" * 10_001, "a\u0007"):
            refusals = await client.refusals("commentOnCase", {"case": id, "text": text})
            assert refusals == [{"__typename": "InvalidValue", "path": ["text"]}]


async def test_comments_are_paged_both_ways(client: Client) -> None:
    """11.1"""
    id = await client.open_case(await client.consumer())
    for n in range(5):
        await client.do("commentOnCase", {"case": id, "text": str(n)})
    document = """query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { node(id: $id) {
        ... on Case { comments(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { text } } pageInfo { hasNextPage } } } } }"""
    seen: list[str] = []
    after, more = None, True
    while more:
        page = (await client.ask(document, id=id, first=2, after=after))["node"]["comments"]
        seen += [edge["node"]["text"] for edge in page["edges"]]
        after, more = page["edges"][-1]["cursor"], page["pageInfo"]["hasNextPage"]
    assert seen == ["0", "1", "2", "3", "4"]
    back = (await client.ask(document, id=id, last=2, before=after))["node"]["comments"]
    assert [edge["node"]["text"] for edge in back["edges"]] == ["2", "3"]


async def test_a_case_is_closed_and_opened_again(client: Client, unchanged: Unchanged) -> None:
    """5.4: each only from the other status."""
    id = await client.open_case(await client.consumer())
    async with unchanged.during():
        assert await client.refusals("reopenCase", {"case": id}) == [
            {"__typename": "WrongCaseStatus", "path": ["case"], "status": "OPEN"}
        ]
    start = datetime.now(UTC)
    closed = (await client.do("closeCase", {"case": id}, did("CaseClosed")))["case"]
    assert (closed["status"], closed["version"]) == ("CLOSED", 2)
    assert start <= datetime.fromisoformat(closed["closedAt"]) <= datetime.now(UTC)
    async with unchanged.during():
        assert await client.refusals("closeCase", {"case": id}) == [
            {"__typename": "WrongCaseStatus", "path": ["case"], "status": "CLOSED"}
        ]
    reopened = (await client.do("reopenCase", {"case": id}, did("CaseReopened")))["case"]
    assert (reopened["status"], reopened["closedAt"], reopened["version"]) == ("OPEN", None, 3)


@pytest.mark.parametrize("mutation", ["updateCase", "assignCase", "commentOnCase", "closeCase", "reopenCase"])
async def test_a_case_that_is_not_there_is_not_found(client: Client, unchanged: Unchanged, mutation: str) -> None:
    """5.6, 1.2: nor is what is no case."""
    ann = await client.consumer()
    more = {"text": "Hello"} if mutation == "commentOnCase" else {}
    async with unchanged.during():
        for id in ("", "x", UNKNOWN["case"], ann, "case_\u0000", "x" * 100_000):
            refusals = await client.refusals(mutation, {"case": id, **more})
            assert refusals == [{"__typename": "NotFound", "path": ["case"]}]


async def test_all_of_it_stands_in_the_customers_history(client: Client) -> None:
    """6.5: a comment is a change of its case."""
    ann, sam = await client.consumer(), await client.user()
    id = await client.open_case(ann)
    await client.do("updateCase", {"case": id, "subject": "Another"})
    await client.do("assignCase", {"case": id, "assignee": sam})
    await client.do("commentOnCase", {"case": id, "text": "Hello"})
    await client.do("closeCase", {"case": id})
    await client.do("reopenCase", {"case": id})
    found = await client.node(
        ann,
        """... on Consumer { history { edges { node { kind } ownChanges { edges { node { record old new } } } } }
        cases { edges { node { number } } } }""",
    )
    (number,) = [edge["node"]["number"] for edge in found["cases"]["edges"]]
    told = [
        (edge["node"]["kind"], one["node"].pop("record"), one["node"])
        for edge in found["history"]["edges"]
        for one in edge["ownChanges"]["edges"]
    ][::-1][1:]
    (when,) = {told[-2][2]["new"]["closed_at"], told[-1][2]["old"]["closed_at"]}
    opened = {"number": number, "customer": ann, "subject": "A question", "status": "OPEN"}
    is_open, is_closed = {"status": "OPEN", "closed_at": None}, {"status": "CLOSED", "closed_at": when}
    assert told == [
        ("createCase", id, {"old": None, "new": opened}),
        ("updateCase", id, {"old": {"subject": "A question"}, "new": {"subject": "Another"}}),
        ("assignCase", id, {"old": {"assignee": None}, "new": {"assignee": sam}}),
        ("commentOnCase", id, {"old": {"comments": 0}, "new": {"comments": 1, "comment": "Hello"}}),
        ("closeCase", id, {"old": is_open, "new": is_closed}),
        ("reopenCase", id, {"old": is_closed, "new": is_open}),
    ]


async def test_cases_are_listed_the_latest_first(client: Client) -> None:
    """5.4: all of them, of a customer, of a household, of a member of the staff; open ones, closed ones."""
    ann, bea, home, sam = (
        await client.consumer(),
        await client.consumer(),
        await client.household(),
        await client.user(),
    )
    await client.member(home, ann)
    of_ann = [await client.open_case(ann, household=home if n % 2 else None, assignee=sam) for n in range(4)][::-1]
    of_bea = [await client.open_case(bea, assignee=sam if n else None) for n in range(2)][::-1]
    for id in (of_ann[0], of_ann[1], of_bea[1]):
        await client.do("closeCase", {"case": id})
    everyone = [*of_bea, *of_ann]
    assert await listed(client) == everyone
    assert await listed(client, status="OPEN") == [of_bea[0], *of_ann[2:]]
    assert await listed(client, status="CLOSED") == [of_bea[1], *of_ann[:2]]
    assert await listed(client, customer=ann) == of_ann
    assert await listed(client, customer=ann, status="OPEN") == of_ann[2:]
    assert await listed(client, assignee=sam) == [of_bea[0], *of_ann]
    assert await listed(client, assignee=sam, status="CLOSED") == of_ann[:2]
    assert await listed(client, assignee=sam, customer=bea) == of_bea[:1]
    assert await listed(client, search="question", customer=ann, assignee=sam, status="OPEN") == of_ann[2:]
    assert await of_party(client, ann) == of_ann
    assert await of_party(client, ann, status="CLOSED") == of_ann[:2]
    assert await of_party(client, home) == [of_ann[0], of_ann[2]]
    assert await of_party(client, home, status="OPEN") == [of_ann[2]]
    for nobody in (UNKNOWN["consumer"], sam, "", "x" * 100_000):
        assert await listed(client, customer=nobody) == []
        assert await listed(client, assignee=nobody, search="question") == (
            [] if nobody != sam else everyone[:1] + of_ann
        )


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"status": "OPEN"},
        {"customer": "ann"},
        {"assignee": "sam"},
        {"search": "question"},
        {"of": "ann"},
        {"of": "home"},
    ],
    ids=str,
)
async def test_every_list_of_cases_is_paged_both_ways(client: Client, filters: dict[str, str]) -> None:
    """11.1"""
    ann, home, sam = await client.consumer(), await client.household(), await client.user()
    await client.member(home, ann)
    ids = [await client.open_case(ann, household=home, assignee=sam) for _ in range(5)][::-1]
    names = {"ann": ann, "sam": sam, "home": home}
    given = {name: names.get(value, value) for name, value in filters.items()}

    async def page(**paging: Any) -> Any:
        if "of" in given:
            return await page_of_party(client, given["of"], **paging)
        return (await client.ask(LIST, **given, **paging))["cases"]

    seen: list[str] = []
    after, more = None, True
    while more:
        found = await page(first=2, after=after)
        assert found["totalCount"] == {"value": 5}
        seen += [edge["node"]["id"] for edge in found["edges"]]
        after, more = found["edges"][-1]["cursor"], found["pageInfo"]["hasNextPage"]
    assert seen == ids
    back = await page(last=2, before=after)
    assert [edge["node"]["id"] for edge in back["edges"]] == ids[2:4]


async def test_cases_are_found_by_any_part_of_number_subject_and_description(client: Client) -> None:
    """5.4, 1.5: without accents or case; all words must be there; what is typed is only text."""
    ann = await client.consumer()
    late = await client.open_case(ann, "Späte Lieferung", description="The blue vase\nwas broken.")
    other = await client.open_case(ann, "Invoice 2024/0815")
    number = (await client.node(late, "... on Case { number }"))["number"]
    for search, found in (
        ("SPATE", [late]),
        ("liefer", [late]),
        ("vase spate", [late]),
        ("vase invoice", []),
        (number, [late]),
        (f"{number[2:6]} {number[6:10]} vase", [late]),
        ("2024/0815", [other]),
        ("o", [other, late]),
        ("", [other, late]),
        ("*", []),
        ("' OR TRUE //", []),
        ("x" * 100_000, []),
    ):
        assert await listed(client, search=search) == found, search
    await client.do("updateCase", {"case": late, "subject": "Wrong colour"})
    assert (await listed(client, search="spate"), await listed(client, search="COLOUR")) == ([], [late])


@pytest.mark.parametrize("sign", ["ﷺ", "丁", "🙂", "ǆ"])
async def test_the_longest_text_of_any_signs_is_kept_and_found(client: Client, sign: str) -> None:
    """1.5: signs of three and four bytes, and one that stands for eighteen."""
    text = " ".join([f"begin{sign}", *[sign * 99] * 99])
    id = await client.open_case(await client.consumer(), sign * 200, description=text)
    assert await listed(client, search=f"begin{sign}") == [id]
    assert await client.node(id, "... on Case { description }") == {"description": text}


async def test_a_case_outlives_the_relationship_through_which_it_was_opened(client: Client, graph: Graph) -> None:
    """5.4"""
    ann, bea = await client.consumer(), await client.consumer()
    through = await client.relate("REPRESENTATIVE", bea, ann, responsibility="AUTHORIZED_REPRESENTATIVE")
    id = await client.open_case(ann)
    await graph.apply(f"CYPHER 25 MATCH (c:Case {{id: '{id}'}}) SET c.opened_through = '{through}'")
    selection = "... on Case { openedThrough { id source { id } } status }"
    shown = {"openedThrough": {"id": through, "source": {"id": bea}}, "status": "OPEN"}
    assert await client.node(id, selection) == shown
    await client.do("endRelationship", {"id": through})
    assert await client.node(id, selection) == shown
    await client.do("removeRelationship", {"id": through})
    assert await client.node(id, selection) == {**shown, "openedThrough": None}


async def test_a_household_counts_the_open_cases_of_those_for_whom_it_is_the_primary_one(
    client: Client, graph: Graph
) -> None:
    """4.3: of current members; not those that were opened as a member of it by others."""
    home, other = await client.household(), await client.household()
    today = datetime.now(UTC).date()
    ann, bea, cat, dan = [await client.consumer() for _ in range(4)]
    primary = [
        await client.member(home, ann),
        await client.member(other, bea),
        await client.member(home, cat, validTo=today.isoformat()),
        await client.member(home, dan, validFrom=(today + timedelta(days=1)).isoformat()),
    ]
    await client.member(home, bea)
    await graph.apply(f"CYPHER 25 MATCH ()-[r:MEMBER_OF]->() WHERE r.id IN {primary} SET r.is_primary = true")
    for customer in (ann, ann, bea, cat, dan):
        await client.open_case(customer)
    await client.do("closeCase", {"case": await client.open_case(ann)})
    await client.open_case(bea, household=home)
    assert await client.node(home, OPEN_COUNT) == {"openCaseCount": 2}
    assert await client.node(other, OPEN_COUNT) == {"openCaseCount": 2}
    assert await client.node(await client.household(), OPEN_COUNT) == {"openCaseCount": 0}


async def test_a_number_that_was_drawn_before_is_drawn_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """5.4: nobody hears of it."""
    ann = await client.consumer()
    drawn = iter(["111111111117", "111111111117", "222222222224"])
    monkeypatch.setattr("resolvers.cases.new_number", lambda: next(drawn))
    ids = [await client.open_case(ann) for _ in range(2)]
    numbers = [(await client.node(id, "... on Case { number }"))["number"] for id in ids]
    assert numbers == ["111111111117", "222222222224"]


async def test_under_a_key_a_case_is_opened_and_commented_on_once(client: Client, unchanged: Unchanged) -> None:
    """11.2"""
    given = {"customer": await client.consumer(), "subject": "A question", "idempotencyKey": "k"}
    asked = "... on CaseCreated { case { id subject } operation { id } }"
    first = await client.do("createCase", given, asked)
    comment = {"case": first["case"]["id"], "text": "Hello", "idempotencyKey": "k"}
    said = await client.do("commentOnCase", comment, did("CaseCommentedOn"))
    async with unchanged.during():
        assert await client.do("createCase", given, asked) == first
        assert await client.do("commentOnCase", comment, did("CaseCommentedOn")) == said
        other = await client.refusals("createCase", {**given, "subject": "Another"})
        assert other == [{"__typename": "IdempotencyKeyReused", "path": ["idempotencyKey"]}]


async def test_whoever_has_no_grant_opens_no_case_and_learns_of_none(
    client: Client, contexts: Contexts, unchanged: Unchanged
) -> None:
    """5.4, 5.6: a role alone is none; the case is as one that is not there."""
    ann = PartyId(await client.consumer())
    id = CaseId(await client.open_case(ann))
    roles = frozenset({Role.AGENT, Role.RELATIONSHIP_AGENT})
    agent = contexts.of(Viewer(await client.user(), roles, Sight.AGENT.value))
    hidden = (NotFound(path=("case",)),)
    async with unchanged.during():
        with pytest.raises(Refused) as refused:
            await cases.create_case(agent, NewCase(customer=ann, subject="A question"))
        assert refused.value.refusals == (NotAllowed(path=("customer",), missing=("CREATE_CASES",)),)
        for deed in (
            cases.update_case(agent, id, None, {"subject": "Another"}),
            cases.assign_case(agent, id, None),
            cases.comment_on_case(agent, id, "Hello"),
            cases.close_case(agent, id),
            cases.reopen_case(agent, id),
        ):
            with pytest.raises(Refused) as refused:
                await deed
            assert refused.value.refusals == hidden


VIEW, MANAGE = Grant.VIEW_CASES, Grant.MANAGE_CASES
NOT_FOUND = {"__typename": "NotFound", "path": ["case"]}
NOT_ALLOWED = {"__typename": "NotAllowed", "path": ["case"], "missing": ["MANAGE_CASES"]}


@pytest.mark.parametrize("in_household", [True, False], ids=["in the household", "in none"])
@pytest.mark.parametrize(
    ("for_customer", "for_household", "refusal"),
    [
        ({VIEW, MANAGE}, set(), None),
        ({VIEW}, set(), NOT_ALLOWED),
        (set(), set(), NOT_FOUND),
        ({MANAGE}, set(), NOT_FOUND),
        (set(), {VIEW, MANAGE}, None),
        ({VIEW}, {VIEW, MANAGE}, None),
        (set(), {VIEW}, NOT_ALLOWED),
        ({MANAGE}, {VIEW}, None),
    ],
)
async def test_a_case_is_managed_by_a_grant_for_its_customer_or_else_for_its_household(
    client: Client,
    unchanged: Unchanged,
    monkeypatch: pytest.MonkeyPatch,
    in_household: bool,
    for_customer: set[Grant],
    for_household: set[Grant],
    refusal: dict[str, Any] | None,
) -> None:
    """5.4: what a household grants counts for the cases in it, only."""
    ann, home = await client.consumer(), await client.household()
    await client.member(home, ann)
    id = await client.open_case(ann, household=home if in_household else None)
    granted = {ann: for_customer, home: for_household}

    async def demand_grant(
        tx: Transaction, context: Context, grant: Grant, party: PartyId, path: str
    ) -> RelationshipId | None:
        if grant not in granted[party]:
            raise Refused(NotAllowed(path=(path,), missing=(grant.value,)))
        return None

    monkeypatch.setattr(cases, "demand_grant", demand_grant)
    if not in_household and VIEW not in for_customer:
        refusal = NOT_FOUND
    elif not in_household and MANAGE not in for_customer:
        refusal = NOT_ALLOWED
    if refusal is None:
        assert (await client.do("closeCase", {"case": id}))["__typename"] == "CaseClosed"
        return
    async with unchanged.during():
        assert await client.refusals("closeCase", {"case": id}) == [refusal]


async def test_a_case_keeps_the_relationship_by_which_it_was_granted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5.4"""
    ann, bea = await client.consumer(), await client.consumer()
    through = await client.relate("REPRESENTATIVE", bea, ann, responsibility="AUTHORIZED_REPRESENTATIVE")

    async def demand_grant(
        tx: Transaction, context: Context, grant: Grant, party: PartyId, path: str
    ) -> RelationshipId | None:
        assert (grant, party, path) == (Grant.CREATE_CASES, ann, "customer")
        return RelationshipId(through)

    monkeypatch.setattr(cases, "demand_grant", demand_grant)
    id = await client.open_case(ann)
    assert await client.node(id, "... on Case { openedThrough { id } }") == {"openedThrough": {"id": through}}
