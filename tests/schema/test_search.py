"""Search (SPEC 1.5, as far as parts of names and of other marks of a party go; nothing misspelt yet)."""

from typing import Any

import pytest

from tests.client import Client
from tests.schema.kinds import KINDS

SEARCH = """query($search: String!, $kinds: [PartyKind!], $first: Int, $after: String) {
    parties(search: $search, kinds: $kinds, first: $first, after: $after) {
    edges { node { name } } totalCount { value isExact } pageInfo { hasNextPage endCursor } } }"""


async def found(client: Client, search: str, **arguments: Any) -> list[str]:
    """The names of those who are found."""
    parties = (await client.ask(SEARCH, search=search, **arguments))["parties"]
    assert parties["totalCount"] == {"value": len(parties["edges"]), "isExact": True}
    return [edge["node"]["name"] for edge in parties["edges"]]


async def test_parties_are_found_by_parts_of_names_without_accents_or_case(client: Client) -> None:
    """1.4, 1.5: all words typed, in any order, in any part of a name."""
    await client.consumer("Zoë", familyName="Østergård")
    await client.consumer("Zoran", familyName="Müller-Lüdenscheidt")
    await client.account("Zoo & Söhne")
    searches = {
        "zo": ["Zoë Østergård", "Zoo & Söhne", "Zoran Müller-Lüdenscheidt"],
        "ZOE": ["Zoë Østergård"],
        "ostergard": ["Zoë Østergård"],
        "  gård   zoË ": ["Zoë Østergård"],
        "lud mull": ["Zoran Müller-Lüdenscheidt"],
        "er-lu": ["Zoran Müller-Lüdenscheidt"],
        "& sohne": ["Zoo & Söhne"],
        "zo nobody": [],
        "zoezoo": [],
    }
    assert {search: await found(client, search) for search in searches} == searches


async def test_consumers_are_found_by_other_names(client: Client) -> None:
    """1.3"""
    names = [{"kind": "FORMER", "text": "Bouvier"}, {"kind": "NICKNAME", "text": "Jackie"}]
    await client.consumer("Jacqueline", familyName="Kennedy", otherNames=names)
    searches = {typed: ["Jacqueline Kennedy"] for typed in ("jackie", "BOUV", "jackie kennedy")}
    assert {search: await found(client, search) for search in searches} == searches


async def test_parties_are_found_by_email_and_staff_by_login(client: Client) -> None:
    """1.4, 1.5"""
    await client.consumer("Ann", email="Ann.Ost@Ost.example")
    await client.user("sam@kith.example")
    searches = {"ann.ost@ost.EXAMPLE": ["Ann"], "@ost": ["Ann"], "SAM@kith": ["Sam"], ".example": ["Ann", "Sam"]}
    assert {search: await found(client, search) for search in searches} == searches


@pytest.mark.parametrize(
    "typed",
    ["+1 617 555-0123", "+16175550123", "(617) 555-0123", "617.555.0123", "0016175550123", "5550123", "555 01 23"],
)
async def test_parties_are_found_by_a_phone_number_in_any_notation(client: Client, typed: str) -> None:
    """1.5"""
    await client.consumer("Ann", phone="617 555 0123")
    await client.consumer("Bea", phone="617 555 0199")
    assert await found(client, typed) == ["Ann"]


async def test_a_national_number_with_a_leading_zero_is_found(client: Client) -> None:
    """1.5: E.164 leaves the zero out."""
    await client.consumer("Ann", phone="01 2345678", address={"country": "AT"})
    searches = {typed: ["Ann"] for typed in ("01 234 56 78", "01/2345678", "0043 1 2345678", "+43 1 2345678")}
    assert {search: await found(client, search) for search in searches} == searches


async def test_parties_are_found_by_number_id_and_external_id(client: Client) -> None:
    """1.5"""
    ann = await KINDS[0].create(client, "id number", externalIds=[{"system": "crm", "value": "Ä-47/11"}])
    await client.consumer("Bea")
    marks = [ann["number"], ann["id"], ann["id"].upper(), "Ä-47/11", "a-47"]
    assert {mark: await found(client, mark) for mark in marks} == {mark: ["Ann"] for mark in marks}


async def test_an_id_is_found_as_a_whole_only(client: Client) -> None:
    """1.5: of its random letters a part would be in many an id by chance, and the kind is in all."""
    id = await client.consumer("Xyl")
    parts = ["consumer", "_", id[:20], id[-8:]]
    assert {part: await found(client, part) for part in parts} == {part: [] for part in parts}


async def test_every_kind_is_found_and_can_be_filtered_by(client: Client) -> None:
    """1.5"""
    for kind in KINDS:
        await kind.new(client, **dict.fromkeys(kind.renamed, f"Wien {kind.type}"))
    assert await found(client, "wien") == [
        "Wien Account",
        "Wien Consumer",
        "Wien Group",
        "Wien Household",
        "Wien InternalUser",
    ]
    assert await found(client, "wien", kinds=["GROUP", "CONSUMER"]) == ["Wien Consumer", "Wien Group"]
    assert await found(client, "wien", kinds=[]) == []


async def test_what_changes_is_found_as_it_is_now(client: Client) -> None:
    """1.5"""
    crm = {"system": "crm", "value": "4711"}
    id = await client.consumer("Ann", email="ann@ost.example", externalIds=[crm])
    await client.do("updateConsumer", {"id": id, "givenName": "Bea", "email": None, "externalIds": []})
    searches: dict[str, list[str]] = {"ann": [], "ost.example": [], "4711": [], "bea": ["Bea"]}
    assert {search: await found(client, search) for search in searches} == searches


@pytest.mark.parametrize(
    "typed",
    [
        "*",
        "A*n",
        "A?n",
        ".",
        "(",
        "[a-z]",
        "ann~",
        '"ann"',
        "ann OR bea",
        "name:ann",
        "%",
        "_",
        "\\",
        "$search",
        "'}) //",
    ],
)
async def test_what_is_typed_is_never_query_syntax(client: Client, typed: str) -> None:
    """1.5: it is found where it stands, nowhere else."""
    await client.consumer("Ann")
    await client.consumer("Bea")
    assert await found(client, typed) == []
    await client.account(f"Ann {typed} Bea")
    assert await found(client, typed) == [f"Ann {typed} Bea"]


async def test_a_line_typed_is_words(client: Client) -> None:
    """1.5: the marks of a party are not found across their borders."""
    await client.consumer("Ann", email="ost@kith.example")
    assert await found(client, "ann\nost") == ["Ann"]
    assert await found(client, "annost") == []


@pytest.mark.parametrize("typed", ["", "  ", "\u0301"])
async def test_nothing_typed_leaves_nobody_out(client: Client, typed: str) -> None:
    """1.5"""
    await client.consumer("Ann")
    assert await found(client, typed) == ["Ann"]


async def test_hits_come_in_pages_by_name_then_id(client: Client) -> None:
    """1.5"""
    names = ["Ost Élan", "Ost Bea", "ost ann", "Ost Bea", "Ost Zoe"]
    ids = [await client.account(name) for name in names]
    await client.account("West")
    pages, after = [], None
    while True:
        page = (await client.ask(SEARCH, search="ost", first=2, after=after))["parties"]
        assert page["totalCount"] == {"value": 5, "isExact": True}
        pages.append([edge["node"]["name"] for edge in page["edges"]])
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert pages == [["ost ann", "Ost Bea"], ["Ost Bea", "Ost Élan"], ["Ost Zoe"]]
    everybody = await client.ask('{ parties(search: "ost bea") { edges { node { id } } } }')
    assert [edge["node"]["id"] for edge in everybody["parties"]["edges"]] == [ids[1], ids[3]]
