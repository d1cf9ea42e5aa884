"""Search (SPEC 1.5)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.parties import PartyKind, new_party
from graphdb.graph import Graph
from graphdb.parties import create
from tests.client import Client
from tests.schema.kinds import KINDS
from tests.schema.test_access import AsParty

SEARCH = """query($search: String, $kinds: [PartyKind!], $statuses: [CustomerStatus!], $eligibleFor: EligibleFor,
    $first: Int, $after: String) { parties(search: $search, kinds: $kinds, statuses: $statuses,
    eligibleFor: $eligibleFor, first: $first, after: $after) {
    edges { node { name } } totalCount { value isExact } pageInfo { hasNextPage endCursor } } }"""


async def found(client: Client, search: str | None, **arguments: Any) -> list[str]:
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
        "zoe": ["Zoë Østergård", "Zoo & Söhne"],
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
    crm = {"system": "crm", "value": "crm-4711"}
    id = await client.consumer("Ann", email="ann@ost.example", externalIds=[crm])
    await client.do("updateConsumer", {"id": id, "givenName": "Bea", "email": None, "externalIds": []})
    searches: dict[str, list[str]] = {"ann": [], "ost.example": [], "crm-4711": [], "bea": ["Bea"]}
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


async def test_the_best_come_first(client: Client) -> None:
    """1.5: who is called just that, then words, beginnings, parts, misspellings; each by name and then id."""
    names = [
        "Ost Martini",
        "Martin",
        "St. Martin Ltd",
        "San-Martin",
        "Abel Martin",
        "Marten",
        "Kleinmartin",
        "Bea Martyn",
    ]
    for name in reversed(names):
        await client.account(name)
    await client.consumer("Zoe", email="martin@ost.example", otherNames=[{"kind": "NICKNAME", "text": "martin"}])
    await client.consumer("Ada", email="martin@west.example")
    await client.consumer("Bo", email="st.martin@west.example")
    assert await found(client, "MÁRTIN") == [
        *("Martin", "Zoe"),  # a name, and another name
        *("Abel Martin", "San-Martin", "St. Martin Ltd"),  # a word
        *("Ada", "Ost Martini"),  # the beginning of a word: here of an email
        *("Bo", "Kleinmartin"),  # a part
        *("Bea Martyn", "Marten"),
    ]


async def test_each_word_counts_and_the_worst_decides(client: Client) -> None:
    """1.5"""
    for given, family in (
        ("Ann", "Smith"),
        ("Ann", "Smithson"),
        ("Joann", "Smith"),
        ("Ann", "Smyth"),
        ("Bea", "Smith"),
    ):
        await client.consumer(given, familyName=family)
    assert await found(client, "smith ann") == ["Ann Smith", "Ann Smithson", "Joann Smith", "Ann Smyth"]
    assert await found(client, "ann smith") == ["Ann Smith", "Ann Smithson", "Joann Smith", "Ann Smyth"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ann", ["anm", "an", "nan", "ant", "annn"]),
        ("Smith", ["smit", "smitt", "zmith", "smyth", "simth"]),
        ("Östergård", ["ostergad", "ostargart", "oestergard", "östegrard", "stergard", "osterguardt"]),
        ("O'Neil", ["oneil", "o'niel", "oneill", "O’Neal"]),
        ("Will", ["wil", "wille", "vill"]),  # a word that full-text indexes like to leave out
        ("Жуковский", ["жуковскии", "жуковски", "жукоффский"]),
        ("Müller-Lüdenscheidt", ["mueller", "ludenscheit", "müler-lüdenscheit"]),
    ],
)
async def test_names_misspelt_are_found(client: Client, name: str, typed: list[str]) -> None:
    """1.5: by one letter, by two in words over five; two that have changed places are one."""
    await client.consumer(name, familyName="West")
    await client.consumer("Xaver", familyName="Yps")
    assert {each: await found(client, each) for each in typed} == {each: [f"{name} West"] for each in typed}
    assert {each: await found(client, f"{each} west") for each in typed} == {each: [f"{name} West"] for each in typed}


@pytest.mark.parametrize("typed", ["smtih", "smyyh", "smiiths", "mit", "ann1", "anm@ost.example", "+43 1 98 7654329"])
async def test_what_is_further_off_or_no_name_is_not_meant(client: Client, typed: str) -> None:
    """1.5: two letters in a word of five, a number, an email."""
    await client.consumer("Smixh", email="ann@ost.example", phone="+43 1 98 7654321")
    assert await found(client, typed) == []


async def test_other_names_are_found_misspelt_too(client: Client) -> None:
    """1.3, 1.5"""
    await client.consumer("Ann", otherNames=[{"kind": "FORMER", "text": "Bouvier"}])
    assert await found(client, "bouvjer") == ["Ann"]


async def test_misspelt_names_stand_beside_numbers_that_are_not(client: Client) -> None:
    """1.5"""
    await client.consumer("John", phone="617 555 0123", externalIds=[{"system": "crm", "value": "K-47"}])
    await client.consumer("John", externalIds=[{"system": "crm", "value": "K-48"}])
    assert await found(client, "jhon k-47") == ["John"]
    assert await found(client, "jhon k-49") == []


async def test_who_is_renamed_is_found_misspelt_as_now(client: Client) -> None:
    """1.5"""
    id = await client.consumer("Martin")
    await client.do("updateConsumer", {"id": id, "givenName": "Zoltan"})
    assert (await found(client, "martyn"), await found(client, "zolten")) == ([], ["Zoltan"])


async def test_customers_can_be_filtered_by_status(client: Client) -> None:
    """1.5: who has none, such as a household, is left out."""
    await client.consumer("Ost")
    await client.household("Ost")
    for search in ("ost", "oss", None):
        assert await found(client, search, statuses=["ACTIVE", "MERGED"]) == ["Ost"]
        assert await found(client, search, statuses=["ENROLLED"]) == []
        assert await found(client, search) == ["Ost", "Ost"]


async def test_whom_a_relation_could_not_take_is_left_out(client: Client) -> None:
    """1.5: itself, those of a wrong kind, and those who are merged away."""
    ann = await client.consumer("Ost Ann")
    bea = await client.consumer("Ost Bea")
    gone = await client.consumer("Ost Cat")
    await client.account("Ost Ltd")
    await client.household("Ost House")
    user = await client.user(name="Ost Sam")
    await client.merge(bea, gone)
    cases: list[tuple[dict[str, str], list[str]]] = [
        ({"type": "FRIEND", "source": ann}, ["Ost Bea"]),
        ({"type": "FRIEND", "target": ann}, ["Ost Bea"]),
        ({"type": "INVESTOR", "source": ann}, ["Ost Ltd"]),
        ({"type": "CONTACT", "target": (await client.account("West"))}, ["Ost Ann", "Ost Bea"]),
        ({"type": "HOUSEHOLD_MEMBER", "source": ann}, ["Ost House"]),
        ({"type": "HOUSEHOLD_TEAM", "target": ann}, ["Ost Sam"]),
        ({"type": "ACCOUNT_TEAM", "source": user}, ["Ost Ltd"]),
        ({"type": "FRIEND", "source": gone}, ["Ost Ann"]),
        ({"type": "NO_TYPE", "source": ann}, []),
    ]
    for given, names in cases:
        for search in ("ost", "oßt"):
            assert (given, await found(client, search, eligibleFor=given)) == (given, names)
    assert await found(client, None, eligibleFor=cases[0][0]) == ["Ost Bea"]


@pytest.mark.parametrize("ends", [{}, {"source": "a", "target": "b"}, {"source": None, "target": None}])
async def test_one_end_must_be_known_to_be_eligible_for(client: Client, ends: dict[str, str | None]) -> None:
    """1.5"""
    given = {"type": "FRIEND", **ends}
    assert await client.codes(SEARCH, search="a", eligibleFor=given) == [("BAD_USER_INPUT", ["parties"])]


async def test_a_thousand_hits_can_be_paged_through_and_more_are_counted(client: Client, graph: Graph) -> None:
    """1.5: the best thousand, each once, over ranks and pages."""
    parties = [new_party(PartyKind.ACCOUNT, {"legal_name": f"Ost {n}"}, "US") for n in range(990)]
    parties += [new_party(PartyKind.ACCOUNT, {"legal_name": f"Kost {n}"}, "US") for n in range(7)]
    parties += [new_party(PartyKind.ACCOUNT, {"legal_name": f"Oss {n}"}, "US") for n in range(8)]
    at = datetime(2026, 11, 22, tzinfo=UTC)
    await graph.write(lambda tx: create(tx, parties, at), "tests")
    names, after = list[str](), None
    while True:
        page = (await client.ask(SEARCH, search="ost", first=100, after=after))["parties"]
        assert page["totalCount"] == {"value": 1005, "isExact": True}
        names += [edge["node"]["name"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    ranked = [sorted(f"{word} {n}" for n in range(count)) for word, count in (("Ost", 990), ("Kost", 7), ("Oss", 8))]
    assert names == [*ranked[0], *ranked[1], *ranked[2]][:1000]


async def test_an_analyst_finds_names_misspelt_too_and_nobody_by_contact_data(
    client: Client, as_party: AsParty
) -> None:
    """1.5, 5.6: what a viewer may not read does not match, spelt as it is or otherwise."""
    analyst = as_party(await client.user(login="an@kith.example", roles=["ANALYST"]))
    await client.consumer("Bouvier", email="jacqueline1929@ost.example", phone="+43 1 98 7654321")
    assert await found(analyst, "bouvier") == await found(analyst, "bouvjer") == ["Bouvier"]
    contact = ["jacqueline1929", "jacquelin1929@ost.example", "1929", "987654321", "+43 1 98 7654321"]
    assert {each: await found(analyst, each) for each in contact} == {each: [] for each in contact}
    assert await found(client, "jacqueline1929") == ["Bouvier"]
