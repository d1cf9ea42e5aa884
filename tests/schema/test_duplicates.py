"""Duplicates through GraphQL (SPEC 7.6)."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from resolvers.context import Context
from resolvers.duplicates import find_duplicates
from tests.client import Client
from tests.unchanged import Unchanged

FIELDS = "edges { node { one { id } other { id } score evidence { code message bits } } } totalCount { value }"
OF = f"""query($id: ID!, $least: Float) {{
    node(id: $id) {{ ... on Customer {{ duplicates(minScore: $least) {{ {FIELDS} }} }} }} }}"""
ALL = f"""query($first: Int, $after: String) {{
    duplicates(first: $first, after: $after) {{ {FIELDS} pageInfo {{ endCursor hasNextPage }} }} }}"""
HOME = {"street": "44 Forbes Street", "city": "Wien", "postalCode": "1010", "country": "AT"}


async def of(client: Client, id: str, least: float | None = None) -> list[dict[str, Any]]:
    """Who may be the same as a customer."""
    found = (await client.ask(OF, id=id, least=least))["node"]["duplicates"]
    assert found["totalCount"]["value"] == len(found["edges"])
    return [edge["node"] for edge in found["edges"]]


async def over_all(client: Client) -> list[tuple[str, str]]:
    """The pairs that were noted."""
    return [
        (edge["node"]["one"]["id"], edge["node"]["other"]["id"])
        for edge in (await client.ask(ALL))["duplicates"]["edges"]
    ]


def codes(found: dict[str, Any]) -> set[str]:
    """The codes of a pair's evidence."""
    return {evidence["code"] for evidence in found["evidence"]}


async def test_who_may_be_the_same_is_found_with_its_evidence(client: Client) -> None:
    """7.6: a name misspelt, the same birth date, email and address; nobody who has nothing of it."""
    known = {"birthDate": "1980-02-13", "email": "ann@ost.example", "address": HOME}
    ann = await client.consumer("Ann", familyName="Bouvier", **known)
    again = await client.consumer("Anne", familyName="Bouvjer", **known)
    await client.consumer("Xaver", familyName="Yps", birthDate="1955-01-01")
    await client.account("Bouvier")
    (found,) = await of(client, ann)
    assert (found["one"]["id"], found["other"]["id"]) == (ann, again)
    assert found["score"] > 0.99
    assert codes(found) == {"SIMILAR_NAME", "SAME_BIRTH_DATE", "SAME_EMAIL", "SAME_ADDRESS"}
    assert {"code": "SAME_EMAIL", "message": "The same email.", "bits": 6.0} in found["evidence"]
    assert [one["other"]["id"] for one in await of(client, again)] == [ann]
    assert await of(client, ann, 1.0) == []


async def test_organisations_are_found_too(client: Client) -> None:
    """7.6"""
    one = await client.account("East Trading Company", registrationNumber="FN 12345")
    other = await client.account("East Trading Co", registrationNumber="FN 12345")
    (found,) = await of(client, one)
    assert (found["other"]["id"], codes(found)) == (other, {"SIMILAR_NAME", "SAME_REGISTRATION_NUMBER"})


async def test_parent_and_child_of_one_name_are_two(client: Client) -> None:
    """7.6: evidence against lowers the score."""
    father = await client.consumer("John", familyName="Smith", address=HOME)
    son = await client.consumer("John", familyName="Smith", address=HOME)
    (before,) = await of(client, father)
    await client.relate("PARENT", father, son)
    assert await of(client, father) == []
    assert before["score"] > 0.9


async def test_shared_relatives_and_a_household_speak_for_it(client: Client) -> None:
    """7.6"""
    one, other = [await client.consumer("Ann", familyName="Bouvier") for _ in range(2)]
    child, home = await client.consumer("Kid", familyName="Bouvier"), await client.household()
    (before,) = await of(client, one)
    for parent in (one, other):
        await client.relate("PARENT", parent, child)
        await client.member(home, parent)
    (found, *_) = await of(client, one)
    assert codes(found) - codes(before) == {"SHARED_RELATIVES", "SAME_HOUSEHOLD"}
    assert found["score"] > before["score"]


async def test_two_who_are_told_apart_are_never_told_to_be_one(client: Client, context: Context) -> None:
    """7.6: remembered, in either order, also over all; to say it again is no refusal; the histories of both have it."""
    one, other = [await client.consumer("Ann", familyName="Bouvier", birthDate="1980-02-13") for _ in range(2)]
    await find_duplicates(context, True, ignored)
    assert await over_all(client) == [tuple(sorted((one, other)))]
    selection = "... on MarkedNotDuplicates { one { id } other { id } operation { kind } }"
    for pair in ((one, other), (other, one), (one, other)):
        told = await client.do("markNotDuplicates", {"one": pair[0], "other": pair[1]}, selection)
        assert (told["one"]["id"], told["other"]["id"], told["operation"]["kind"]) == (*pair, "markNotDuplicates")
    assert (await of(client, one), await of(client, other), await over_all(client)) == ([], [], [])
    await find_duplicates(context, True, ignored)
    assert await over_all(client) == []


@pytest.mark.parametrize(
    ("which", "refusal", "path"),
    [
        ("itself", "InvalidValue", ["other"]),
        ("account", "WrongKind", ["other"]),
        ("household", "WrongKind", ["one"]),
        ("nobody", "NotFound", ["other"]),
    ],
)
async def test_what_cannot_be_told_apart_is_refused(
    which: str, refusal: str, path: list[str], client: Client, unchanged: Unchanged
) -> None:
    """7.6"""
    ann = await client.consumer("Ann")
    other = {
        "itself": ann,
        "account": await client.account(),
        "household": await client.household(),
        "nobody": "consumer_00h108z1rsdk7j447cjcjskdb5",
    }[which]
    given = {"one": other, "other": ann} if which == "household" else {"one": ann, "other": other}
    async with unchanged.during():
        (told,) = await client.refusals("markNotDuplicates", given)
    assert (told["__typename"], told["path"]) == (refusal, path)


async def test_over_all_the_likeliest_come_first_and_what_changes_is_looked_at_again(
    client: Client, context: Context
) -> None:
    """7.6: a run over all, then over what has changed since."""
    likely = [await client.consumer("Ann", familyName="Bouvier", birthDate="1980-02-13") for _ in range(2)]
    less = [await client.consumer("Bob", familyName="Zimmer") for _ in range(2)]
    assert await over_all(client) == []
    assert await find_duplicates(context, True, ignored) == 2
    assert await over_all(client) == [tuple(sorted(likely)), tuple(sorted(less))]
    assert await find_duplicates(context, False, ignored) == 0
    await client.do("updateConsumer", {"id": less[0], "familyName": "Huber"})
    new = await client.consumer("Bob", familyName="Huber", birthDate="1990-01-01")
    assert await find_duplicates(context, False, ignored) == 1
    assert await over_all(client) == [tuple(sorted(likely)), tuple(sorted((less[0], new)))]
    first = (await client.ask(ALL, first=1))["duplicates"]
    assert first["pageInfo"]["hasNextPage"]
    rest = (await client.ask(ALL, first=1, after=first["pageInfo"]["endCursor"]))["duplicates"]
    assert {rest["edges"][0]["node"]["one"]["id"], rest["edges"][0]["node"]["other"]["id"]} == {less[0], new}


async def test_two_who_were_merged_are_listed_no_more(client: Client, context: Context) -> None:
    """7.4, 7.6: at once, not with the next run."""
    one, other = [await client.consumer("Ann", familyName="Bouvier", birthDate="1980-02-13") for _ in range(2)]
    await find_duplicates(context, True, ignored)
    assert await over_all(client) == [tuple(sorted((one, other)))]
    await client.merge(one, other)
    assert await over_all(client) == []


async def test_two_runs_at_once_note_each_pair_once(client: Client, context: Context) -> None:
    """7.6"""
    for _ in range(3):
        await client.consumer("Ann", familyName="Bouvier")
    await asyncio.gather(*(find_duplicates(context, True, ignored) for _ in range(4)))
    found = await over_all(client)
    assert len(found) == len(set(found)) == 3


@pytest.mark.parametrize("roles", [[], ["ANALYST"], ["RELATIONSHIP_AGENT"]])
async def test_whoever_may_not_merge_is_told_of_no_duplicates(
    roles: list[str], client: Client, as_party: Callable[[str], Client]
) -> None:
    """5.7, 7.6"""
    ann = await client.consumer("Ann")
    viewer = as_party(await client.user("an@kith.example", roles=roles))
    assert [code for code, _ in await viewer.codes(ALL)] == ["FORBIDDEN"]
    if roles == ["ANALYST"]:
        assert [code for code, _ in await viewer.codes(OF, id=ann)] == ["FORBIDDEN"]


def ignored(seen: int) -> None:
    """How far a run has come does not matter here."""
