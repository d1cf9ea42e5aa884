"""Pages of lists, their sizes and cursors (SPEC 11.1, 11.4)."""

import pytest

from tests.client import Client

LONG = "x" * 100_000
ALL = """query($first: Int, $after: String, $kinds: [PartyKind!]) {
    parties(first: $first, after: $after, kinds: $kinds) { edges { cursor node { name } } totalCount { value isExact }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
PAGES = {
    "parties": "query($first: Int, $after: String) { parties(first: $first, after: $after) { edges { cursor } } }",
    "search": """query($first: Int, $after: String) { search: parties(search: "ann", first: $first, after: $after) {
        edges { cursor } } }""",
    "relationships": """query($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Consumer {
        relationships(first: $first, after: $after) { edges { cursor } } } } }""",
    "members": """query($home: ID!, $first: Int, $after: String) { node(id: $home) { ... on Household {
        members(first: $first, after: $after) { edges { cursor } } } } }""",
}


async def lists(client: Client) -> dict[str, dict[str, str]]:
    """For each list the variables that its document needs; each list has an item."""
    ann, home = await client.consumer("Ann"), await client.household("Osts")
    await client.member(home, ann)
    return {"parties": {}, "search": {}, "relationships": {"id": ann}, "members": {"home": home}}


def place(name: str) -> list[str]:
    """The path of a list in its document."""
    return [name] if name in ("parties", "search") else ["node", name]


async def test_pages_go_forward_by_name_then_id_until_the_end(client: Client) -> None:
    """11.1"""
    for name in ("Éva", "bob", "Ann", "Bob", "Zoë"):
        await client.consumer(name)
    pages, after = [], None
    while True:
        page = (await client.ask(ALL, first=2, after=after))["parties"]
        info = page["pageInfo"]
        assert page["totalCount"] == {"value": 5, "isExact": True}
        assert (info["startCursor"], info["endCursor"]) == (page["edges"][0]["cursor"], page["edges"][-1]["cursor"])
        assert info["hasPreviousPage"] == (after is not None)
        pages.append([edge["node"]["name"] for edge in page["edges"]])
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    assert pages == [["Ann", "bob"], ["Bob", "Éva"], ["Zoë"]]
    beyond = (await client.ask(ALL, after=info["endCursor"]))["parties"]
    nothing = {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None}
    assert (beyond["edges"], beyond["pageInfo"]) == ([], nothing)


async def test_a_page_goes_on_behind_what_was_removed_and_before_what_was_added(client: Client) -> None:
    """11.1: a cursor is a place, not a number of rows."""
    ids = [await client.consumer(name) for name in ("Ann", "Bea", "Cat", "Dan")]
    after = (await client.ask(ALL, first=2))["parties"]["pageInfo"]["endCursor"]
    await client.do("updateConsumer", {"id": ids[1], "givenName": "Aaron"})
    await client.consumer("Carl")
    page = (await client.ask(ALL, first=2, after=after))["parties"]
    assert [edge["node"]["name"] for edge in page["edges"]] == ["Carl", "Cat"]


async def test_pages_go_backwards_too(client: Client) -> None:
    """11.1"""
    for name in ("Ann", "Bea", "Cat", "Dot", "Eve"):
        await client.consumer(name)
    document = """query($last: Int, $before: String, $search: String) {
        parties(last: $last, before: $before, search: $search) { edges { node { name } }
        pageInfo { hasNextPage hasPreviousPage startCursor } } }"""
    for search in (None, ""):
        pages, before = [], None
        while True:
            page = (await client.ask(document, last=2, before=before, search=search))["parties"]
            pages.append([edge["node"]["name"] for edge in page["edges"]])
            assert page["pageInfo"]["hasNextPage"] is (before is not None)
            if not page["pageInfo"]["hasPreviousPage"]:
                assert pages == [["Dot", "Eve"], ["Bea", "Cat"], ["Ann"]]
                break
            before = page["pageInfo"]["startCursor"]
    assert await client.codes("{ parties(first: 1, last: 1) { edges { cursor } } }") == [
        ("BAD_USER_INPUT", ["parties"])
    ]
    assert await client.codes("{ parties(last: 101) { edges { cursor } } }") == [("PAGE_TOO_LARGE", ["parties"])]


async def test_a_page_has_20_unless_told_and_100_at_most(client: Client) -> None:
    """11.4"""
    ids = [await client.consumer("Ann") for _ in range(101)]
    sizes = {"first: 1": 1, "first: 100": 100, "": 20, "first: null": 20}
    found = {}
    for arguments in sizes:
        text = f"({arguments})" if arguments else ""
        page = await client.ask(f"{{ parties{text} {{ edges {{ node {{ id }} }} pageInfo {{ hasNextPage }} }} }}")
        found[arguments] = len(page["parties"]["edges"])
        assert page["parties"]["pageInfo"] == {"hasNextPage": True}
        assert [edge["node"]["id"] for edge in page["parties"]["edges"]] == sorted(ids)[: sizes[arguments]]
    assert found == sizes


async def test_relationships_and_members_have_pages_too(client: Client) -> None:
    """9.1, 11.1"""
    home = await client.household()
    people = [await client.consumer(name) for name in ("Ann", "Bea", "Cat")]
    for person in people:
        await client.member(home, person)
    for field, far in (("members", "node { member { name } }"), ("relationships", "party { name }")):
        document = f"""query($id: ID!, $after: String) {{ node(id: $id) {{ ... on Household {{
            page: {field}(first: 2, after: $after) {{ edges {{ {far} }}
            pageInfo {{ hasNextPage endCursor }} }} }} }} }}"""
        one = (await client.ask(document, id=home))["node"]["page"]
        two = (await client.ask(document, id=home, after=one["pageInfo"]["endCursor"]))["node"]["page"]
        edges = [edge.get("party") or edge["node"]["member"] for edge in (*one["edges"], *two["edges"])]
        assert [edge["name"] for edge in edges] == ["Ann", "Bea", "Cat"]
        assert (one["pageInfo"]["hasNextPage"], two["pageInfo"]["hasNextPage"]) == (True, False)


@pytest.mark.parametrize("first", [0, -1, 101, 10**9, -(2**31)])
async def test_page_sizes_out_of_range_are_an_error_naming_the_argument(client: Client, first: int) -> None:
    """11.4"""
    for name, variables in (await lists(client)).items():
        found = await client.answer(PAGES[name], first=first, **variables)
        (only,) = found["errors"]
        code = "PAGE_TOO_LARGE" if first > 100 else "BAD_USER_INPUT"
        assert (only["extensions"]["code"], only["path"]) == (code, place(name))
        assert only["message"].startswith("`first`")


@pytest.mark.parametrize("first", [2**31, 10**100, 1.5, "2", True, [1]], ids=str)
async def test_page_sizes_that_are_no_numbers_are_an_error(client: Client, first: object) -> None:
    """11.1"""
    (only,) = (await client.answer(PAGES["parties"], first=first))["errors"]
    assert (only["extensions"]["code"], "'$first'" in only["message"]) == ("BAD_USER_INPUT", True)


async def test_cursors_of_another_list_are_an_error_naming_the_argument(client: Client) -> None:
    """11.1"""
    known = await lists(client)
    cursors = {}
    for name, variables in known.items():
        found = (await client.ask(PAGES[name], **variables)).popitem()[1]
        cursors[name] = found.get(name, found)["edges"][0]["cursor"]
    assert len(set(cursors.values())) == 4
    for name, variables in known.items():
        for other, cursor in cursors.items():
            errors = await client.codes(PAGES[name], after=cursor, **variables)
            assert errors == ([] if other == name else [("BAD_USER_INPUT", place(name))])


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "garbage",
        "WyJ4Il0=",
        "bnVsbA==",
        "e30=",
        "W10=",
        "\u2603",
        "W1tbW1tb",
        "a\u0000b",
        "=",
        LONG,
        "WzFlOTk5OV0=",
    ],
    ids=lambda cursor: ascii(cursor)[:20],
)
async def test_garbage_is_no_cursor(client: Client, cursor: str) -> None:
    """11.1"""
    for name, variables in (await lists(client)).items():
        found = await client.answer(PAGES[name], after=cursor, **variables)
        (only,) = found["errors"]
        assert (only["extensions"]["code"], only["path"]) == ("BAD_USER_INPUT", place(name))
        assert only["message"].startswith("`after`")
