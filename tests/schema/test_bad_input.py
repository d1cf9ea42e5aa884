"""What clients should not send: an answer that names it, nothing written, and never an error of ours (SPEC 11.2)."""

import json
from typing import Any

import pytest

from tests.client import Client
from tests.schema.kinds import KINDS, Kind
from tests.unchanged import Unchanged

LONG = "x" * 100_000
UNKNOWN = "consumer_01m81cvtwye3hvm7mmkgnzsdq1"
CREATE = "mutation($input: CreateConsumerInput!) { createConsumer(input: $input) { __typename } }"
RELATE = "mutation($input: RelateInput!) { relate(input: $input) { __typename } }"


async def error(client: Client, document: str, **variables: Any) -> tuple[str, str]:
    """Code and message of the only error of an answer that has no data."""
    found = (await client.send(document, **variables)).json()
    (only,) = found["errors"]
    assert not any((found.get("data") or {}).values())
    return only["extensions"]["code"], only["message"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.type)
async def test_a_name_of_100_kilobytes_is_refused(client: Client, unchanged: Unchanged, kind: Kind) -> None:
    """1.3"""
    id = await kind.new(client)
    for name in kind.renamed:
        given = {"id": id, name: LONG}
        async with unchanged.during():
            refusals = await client.refusals(f"update{kind.type}", given)
        assert refusals == [{"__typename": "InvalidValue", "path": [name]}]


TEXTS: list[tuple[dict[str, Any], list[str]]] = [
    ({"givenName": "{}"}, ["givenName"]),
    ({"suffix": "{}"}, ["suffix"]),
    ({"otherNames": [{"kind": "ALIAS", "text": "{}"}]}, ["otherNames", "0", "text"]),
    ({"lifeEvents": [{"name": "{}", "date": "1823"}]}, ["lifeEvents", "0", "name"]),
    ({"birthDate": "{}"}, ["birthDate"]),
    ({"email": "{}@ost.example"}, ["email"]),
    ({"phone": "617 555 0123{}"}, ["phone"]),
    ({"language": "de{}"}, ["language"]),
    ({"address": {"city": "{}"}}, ["address", "city"]),
    ({"address": {"country": "AT{}"}}, ["address", "country"]),
    ({"externalIds": [{"system": "{}", "value": "7"}]}, ["externalIds", "0", "system"]),
    ({"externalIds": [{"system": "crm", "value": "{}"}]}, ["externalIds", "0", "value"]),
]


@pytest.mark.parametrize("bad", ["a\u0000b", "a\u001bb", "a\u0085b", LONG], ids=["NUL", "ESC", "NEL", "100 kB"])
async def test_control_characters_and_endless_texts_are_refused_naming_the_field(
    client: Client, unchanged: Unchanged, bad: str
) -> None:
    """1.3, 1.4"""
    async with unchanged.during():
        told = [await client.refusals("createConsumer", holding(given, bad)) for given, _ in TEXTS]
    assert told == [[{"__typename": "InvalidValue", "path": path}] for _, path in TEXTS]


def holding(given: Any, bad: str) -> Any:
    """The same input with `bad` where it has a gap."""
    return json.loads(json.dumps(given).replace("{}", json.dumps(bad)[1:-1]))


NO_DATES = [
    *("2001-02-31", "1823-02-29", "2001-13", "2001-00-10", "31.2.2001", "soon", "0000", "10000", "-0044", "2001/"),
    *("1990/1980", "../..", "２００１", "", "2001-02-03T04:05:06Z", LONG),
]


@pytest.mark.parametrize("date", NO_DATES, ids=lambda date: date[:20])
async def test_dates_that_no_calendar_has_are_refused_naming_the_field(
    client: Client, unchanged: Unchanged, date: str
) -> None:
    """1.3, 3.1"""
    ann, bea = await client.consumer(), await client.consumer()
    async with unchanged.during():
        born = await client.refusals("createConsumer", {"birthDate": date})
        draft = {"type": "SPOUSE", "source": ann, "target": bea, "validFrom": date}
        married = await client.refusals("relate", {"relationships": [draft]})
    assert born == [{"__typename": "InvalidValue", "path": ["birthDate"]}]
    assert married == [{"__typename": "InvalidValue", "path": ["relationships", "0", "validFrom"]}]


NO_DAYS = ["2001-02-31", "2001", "20010203", "2001-W05-6", "today", "", 20010203, True, LONG]


@pytest.mark.parametrize("day", NO_DAYS, ids=lambda day: str(day)[:20])
async def test_a_day_that_is_none_is_an_error_naming_it(client: Client, unchanged: Unchanged, day: object) -> None:
    """3.2"""
    ann = await client.consumer()
    reading = "query($id: ID!, $asOf: Date) { node(id: $id) { ... on Consumer { parents(asOf: $asOf) { label } } } }"
    ending = "mutation($input: EndRelationshipInput!) { endRelationship(input: $input) { __typename } }"
    async with unchanged.during():
        code, message = await error(client, reading, id=ann, asOf=day)
        assert (code, "'$asOf'" in message) == ("BAD_USER_INPUT", True)
        code, message = await error(client, ending, input={"id": ann, "on": day})
        assert (code, "at .on" in message) == ("BAD_USER_INPUT", True)


async def test_a_date_in_the_document_is_an_error_in_its_place(client: Client) -> None:
    """11.2"""
    document = '{ node(id: "x") { ... on Consumer { parents(asOf: "2001-02-31") { label } } } }'
    (only,) = (await client.answer(document))["errors"]
    assert only["locations"] == [{"line": 1, "column": 1 + document.index('"2001')}]
    assert (only["extensions"]["code"], "'Date'" in only["message"]) == ("GRAPHQL_VALIDATION_FAILED", True)


WRONG_KINDS: list[tuple[dict[str, Any], str]] = [
    ({"givenName": 7}, "at .givenName"),
    ({"givenName": ["Ann"]}, "at .givenName"),
    ({"givenName": {"a": 1}}, "at .givenName"),
    ({"gender": "female"}, "at .gender"),
    ({"gender": LONG}, "at .gender"),
    ({"deceased": "yes"}, "at .deceased"),
    ({"birthDate": 1823}, "at .birthDate"),
    ({"address": "Wien"}, "at .address"),
    ({"externalIds": [{"system": "crm"}]}, "at .externalIds"),
    ({"externalIds": [{"system": "crm", "value": None}]}, "at .externalIds"),
    ({"externalIds": [None]}, "at .externalIds"),
    ({"otherNames": [{"kind": "ALIAS", "text": "A", "more": 1}]}, "at .otherNames"),
    ({"nickname": "Annie"}, "nickname"),
]


async def test_values_of_a_wrong_kind_are_an_error_naming_the_field(client: Client, unchanged: Unchanged) -> None:
    """11.1"""
    async with unchanged.during():
        told = [await error(client, CREATE, input=given) for given, _ in WRONG_KINDS]
    assert [(code, place in message) for (code, message), (_, place) in zip(told, WRONG_KINDS, strict=True)] == [
        ("BAD_USER_INPUT", True) for _ in WRONG_KINDS
    ]


@pytest.mark.parametrize("version", [1.5, "1", 2**31, 10**40, True, -(2**63)], ids=str)
async def test_a_version_that_is_no_number_is_an_error(client: Client, unchanged: Unchanged, version: object) -> None:
    """1.2, 11.1"""
    id = await client.consumer()
    document = "mutation($input: UpdateConsumerInput!) { updateConsumer(input: $input) { __typename } }"
    async with unchanged.during():
        code, message = await error(client, document, input={"id": id, "expectedVersion": version})
    assert (code, "expectedVersion" in message) == ("BAD_USER_INPUT", True)


IDS = ["", "nobody", "consumer_", UNKNOWN, UNKNOWN + "0", "consumer_01M81CVTWYE3HVM7MMKGNZSDQ1", "a\u0000b", "’", LONG]


@pytest.mark.parametrize("id", IDS, ids=lambda id: repr(id)[:40])
async def test_ids_that_name_nothing_are_not_found(client: Client, unchanged: Unchanged, id: str) -> None:
    """1.2"""
    ann = await client.consumer()
    async with unchanged.during():
        for document in (
            "query($id: ID!) { node(id: $id) { id } }",
            "query($id: ID!) { node: party(by: {id: $id}) { id } }",
            "query($id: ID!) { node: party(by: {number: $id}) { id } }".replace("ID!", "String!"),
            "query($id: ID!) { node: familyTree(root: $id) { root { id } } }",
            "query($id: ID!) { node: leavingPlan(membership: $id) { count } }",
            "query($id: ID!) { node: restorePlan(operation: $id) { count } }",
        ):
            assert await client.codes(document, id=id) == [("NOT_FOUND", ["node"])]
        draft = {"type": "FRIEND", "source": ann, "target": id}
        refusals = await client.refusals("relate", {"relationships": [draft]})
        assert refusals == [{"__typename": "NotFound", "path": ["relationships", "0", "target"]}]
        for mutation, name in (
            ("updateConsumer", "id"),
            ("updateRelationship", "id"),
            ("endRelationship", "id"),
            ("removeRelationship", "id"),
            ("endMembership", "membership"),
            ("changeMembership", "membership"),
        ):
            assert await client.refusals(mutation, {name: id}) == [{"__typename": "NotFound", "path": [name]}]
        for name in ("operation", "token"):
            refusals = await client.refusals("restore", {name: id})
            assert [refusal["path"] for refusal in refusals] == [[name if id else "operation"]]
        household = {"type": "HOUSEHOLD_REPRESENTATIVE", "source": ann, "target": ann, "household": id}
        refusals = await client.refusals("relate", {"relationships": [household]})
        assert ["relationships", "0", "target"] in [refusal["path"] for refusal in refusals]
        for given, path in (({"group": id, "party": ann}, "group"), ({"group": ann, "party": id}, "group")):
            refusals = await client.refusals("addMember", given)
            assert [refusal["path"] for refusal in refusals] == [[path]]


async def test_ids_of_another_type_are_no_parties(client: Client, unchanged: Unchanged) -> None:
    """1.2: of a relationship, a relationship type, an operation."""
    ann = await client.consumer()
    made = await client.do("createConsumer", {}, "... on ConsumerCreated { operation { id } }")
    type = (await client.ask("{ relationshipTypes { id } }"))["relationshipTypes"][0]["id"]
    relationship = await client.relate("FRIEND", ann, await client.consumer())
    for id in (made["operation"]["id"], type, relationship):
        async with unchanged.during():
            assert await client.codes("query($id: ID!) { party(by: {id: $id}) { id } }", id=id) == [
                ("NOT_FOUND", ["party"])
            ]
            draft = {"type": "FRIEND", "source": id, "target": ann}
            assert await client.refusals("relate", {"relationships": [draft]}) == [
                {"__typename": "NotFound", "path": ["relationships", "0", "source"]}
            ]
            assert await client.refusals("addMember", {"group": id, "party": ann}) == [
                {"__typename": "NotFound", "path": ["group"]}
            ]


async def test_a_party_is_named_in_exactly_one_way(client: Client) -> None:
    """1.2"""
    document = "query($by: PartyBy!) { party(by: $by) { id } }"
    for by in ({}, {"id": UNKNOWN, "number": "7"}, {"id": None}, {"externalId": {"system": "crm"}}, {"login": "x"}):
        assert (await error(client, document, by=by))[0] == "BAD_USER_INPUT"


SURROGATES = ["\ud800", "a\udfffb", "\udc00\ud800"]


@pytest.mark.parametrize("bad", SURROGATES, ids=ascii)
async def test_lone_surrogates_are_an_error_wherever_they_stand(client: Client, unchanged: Unchanged, bad: str) -> None:
    """11.2: no encoding has them, so they cannot be kept or shown."""
    ann = await client.consumer()
    search = "query($search: String) { parties(search: $search) { edges { node { id } } } }"
    drafts = {"relationships": [{"type": "FRIEND", "source": ann, "target": bad}]}
    properties = {"relationships": [{"type": "PARENT", "source": ann, "target": ann, "properties": {bad: 1}}]}
    async with unchanged.during():
        for document, variables, place in (
            (CREATE, {"input": {"givenName": bad}}, "variables.input.givenName"),
            (CREATE, {"input": {"gender": bad}}, "variables.input.gender"),
            (CREATE, {"input": {bad: "Ann"}}, "variables.input"),
            (
                CREATE,
                {"input": {"externalIds": [{"system": "crm", "value": bad}]}},
                "variables.input.externalIds.0.value",
            ),
            (RELATE, {"input": drafts}, "variables.input.relationships.0.target"),
            (RELATE, {"input": properties}, "variables.input.relationships.0.properties"),
            (search, {"search": bad}, "variables.search"),
            (search, {bad: "x"}, "variables"),
            ("query($id: ID!) { node(id: $id) { id } }", {"id": bad}, "variables.id"),
        ):
            response = await client.send_body(json.dumps({"query": document, "variables": variables}))
            (only,) = response.json()["errors"]
            assert response.status_code == 400
            assert (only["extensions"]["code"], only["message"].split(": ")[0]) == ("BAD_USER_INPUT", place)
        written = await client.send_body(json.dumps({"query": f'{{ node(id: "{bad}") {{ id }} }}'}))
        assert [e["extensions"]["code"] for e in written.json()["errors"]] == ["BAD_USER_INPUT"]
        escaped = await client.send_body(json.dumps({"query": r'{ node(id: "\ud800") { id } }'}))
        assert [e["extensions"]["code"] for e in escaped.json()["errors"]] == ["GRAPHQL_PARSE_FAILED"]


async def test_a_whole_pair_of_surrogates_is_a_character(client: Client) -> None:
    """11.2"""
    assert await KINDS[0].create(client, "name", givenName="\U0001f642") == {"name": "\U0001f642"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9007199254740993", "1" * 400])
async def test_numbers_that_are_none_are_an_error(client: Client, unchanged: Unchanged, number: str) -> None:
    """2.1: neither JSON's, nor too large for what reads it."""
    ost, west = await client.account(), await client.account()
    property = {"code": "days", "name": "Days", "kind": "NUMBER"}
    await client.define("CONTRACT", category="LOOSE", properties=[property])
    draft = {"type": "CONTRACT", "source": ost, "target": west, "properties": {"days": 0.125}}
    body = json.dumps({"query": REFUSING, "variables": {"input": {"relationships": [draft]}}})
    async with unchanged.during():
        response = await client.send_body(body.replace("0.125", number))
    found = response.json()
    if "errors" in found:
        assert [e["extensions"]["code"] for e in found["errors"]] == ["BAD_REQUEST"]
    else:
        assert found["data"]["relate"] == {"refusals": [{"path": ["relationships", "0", "properties", "days"]}]}


REFUSING = """mutation($input: RelateInput!) { relate(input: $input) {
    ... on Related { relationships { properties { value } } } ... on Refused { refusals { path } } } }"""
NUMBERS = [0, 2**53, -(2**53), 0.1, 1.7976931348623157e308, 5e-324]


async def test_numbers_that_are_some_are_kept_as_they_are(client: Client) -> None:
    """2.1"""
    property = {"code": "days", "name": "Days", "kind": "NUMBER"}
    await client.define("CONTRACT", category="LOOSE", properties=[property])
    kept = []
    for number in NUMBERS:
        draft = {"type": "CONTRACT", "source": await client.account(), "target": await client.account()}
        given = {"relationships": [{**draft, "properties": {"days": number}}]}
        kept.append((await client.ask(REFUSING, input=given))["relate"])
    assert kept == [{"relationships": [{"properties": [{"value": number}]}]} for number in NUMBERS]


@pytest.mark.parametrize(
    "search",
    ["\u0000", "a\u0000b", LONG, "(" * 5_000, "' OR 1=1 //", "\U0010ffff"],
    ids=lambda s: ascii(s)[:20],
)
async def test_whatever_is_searched_for_is_only_text(client: Client, search: str) -> None:
    """1.5"""
    ann = await client.consumer("Ann")
    found = await client.ask(
        """query($search: String, $id: ID!) { parties(search: $search) { edges { node { id } } }
        node(id: $id) { ... on Consumer { relationships(search: $search) { edges { node { id } } } } } }""",
        search=search,
        id=ann,
    )
    assert found == {"parties": {"edges": []}, "node": {"relationships": {"edges": []}}}


@pytest.mark.parametrize("bad", ["\u0000", "' OR true //", LONG], ids=lambda bad: ascii(bad)[:20])
async def test_whatever_is_filtered_by_is_only_text(client: Client, bad: str) -> None:
    """9.1"""
    ann = await client.consumer("Ann")
    await client.relate("FRIEND", ann, await client.consumer())
    found = await client.ask(
        """query($id: ID!, $bad: String!) { node(id: $id) { ... on Consumer { relationships(types: [$bad]) {
        edges { label } } by: relationships(responsibility: $bad) { edges { label } } } } }""",
        id=ann,
        bad=bad,
    )
    assert found["node"] == {"relationships": {"edges": []}, "by": {"edges": []}}


async def test_codes_that_name_nothing_are_refused_without_trouble(client: Client, unchanged: Unchanged) -> None:
    """3.5, 5.2"""
    ann, bea, sam = await client.consumer(), await client.consumer(), await client.user()
    for bad in ("\u0000", LONG, "' OR true //"):
        drafts = [
            {"type": bad, "source": ann, "target": bea},
            {"type": "CONSUMER_TEAM", "source": sam, "target": ann, "responsibility": bad},
            {"type": "PARENT", "source": ann, "target": bea, "properties": {bad: 1}},
        ]
        async with unchanged.during():
            refusals = await client.refusals("relate", {"relationships": drafts})
        assert [(refusal["__typename"], refusal["path"][1:]) for refusal in refusals] == [
            ("UnknownRelationshipType", ["0", "type"]),
            ("WrongResponsibility", ["1", "responsibility"]),
            ("InvalidProperty", ["2", "properties", bad]),
        ]


@pytest.mark.parametrize("properties", ["text", 7, True, [], [{}]], ids=str)
async def test_properties_are_an_object(client: Client, unchanged: Unchanged, properties: object) -> None:
    """2.1, 3.5"""
    draft = {"type": "PARENT", "source": await client.consumer(), "target": await client.consumer()}
    async with unchanged.during():
        refusals = await client.refusals("relate", {"relationships": [{**draft, "properties": properties}]})
    assert refusals == [{"__typename": "InvalidProperty", "path": ["relationships", "0", "properties"]}]


async def test_a_value_of_a_property_is_no_structure(client: Client, unchanged: Unchanged) -> None:
    """2.1, 3.5"""
    draft = {"type": "PARENT", "source": await client.consumer(), "target": await client.consumer()}
    for value in ({"a": [1]}, [["BIRTH"]], 7, False, "a\u0000", LONG):
        async with unchanged.during():
            given = {"relationships": [{**draft, "properties": {"pedigree": value}}]}
            refusals = await client.refusals("relate", given)
        assert refusals == [{"__typename": "InvalidProperty", "path": ["relationships", "0", "properties", "pedigree"]}]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{ parties { ", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ parties { edges { node { nothing } } } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ parties(final: 3) { edges { cursor } } }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ parties(first: "3") { edges { cursor } } }', "GRAPHQL_VALIDATION_FAILED"),
        ("{ parties { edges } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ node { id } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...A } fragment A on Query { ...A }", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { createConsumer(input: {birthDate: 1823}) { __typename } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { parties { edges { cursor } } } query B { parties { edges { cursor } } }", "BAD_USER_INPUT"),
    ],
)
async def test_documents_that_cannot_be_are_an_error_with_a_code(client: Client, document: str, code: str) -> None:
    """11.1, 11.2"""
    assert (await error(client, document))[0] == code
