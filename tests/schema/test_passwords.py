"""Passwords and logins by GraphQL (SPEC 1.4, 5.7, 6.4): who sets which, and what is refused."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from argon2.exceptions import VerifyMismatchError

from graphdb.graph import Graph
from tests.client import Client
from tests.conftest import CHEAP
from tests.unchanged import Unchanged

AsParty = Callable[[str], Client]
PASSWORD, OTHER = "correct horse battery", "another horse battery"


async def is_now(graph: Graph, party: str, password: str) -> bool:
    """Whether it is a party's password."""
    rows = await graph.run("CYPHER 25 MATCH (p:Password {party: $id}) RETURN p.hash AS hash", {"id": party}, "tests")
    try:
        return bool(rows) and CHEAP.verify(rows[0]["hash"], password)
    except VerifyMismatchError:
        return False


async def test_an_administrator_sets_passwords_and_everybody_changes_the_own(
    client: Client, as_party: AsParty, graph: Graph
) -> None:
    """6.4: a consumer's, and one's of the staff, even without any role."""
    for id in (await client.consumer("Ann"), await client.user(roles=[])):
        assert await client.do(
            "setPassword", {"party": id, "password": PASSWORD}, "... on PasswordSet { party { id } }"
        ) == {
            "__typename": "PasswordSet",
            "party": {"id": id},
        }
        assert await is_now(graph, id, PASSWORD)
        done = await as_party(id).do("changePassword", {"current": PASSWORD, "new": OTHER})
        assert done["__typename"] == "PasswordChanged"
        assert await is_now(graph, id, OTHER)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"current": "wrong horse battery", "new": OTHER}, ("WrongPassword", ["current"])),
        ({"current": "", "new": OTHER}, ("WrongPassword", ["current"])),
        ({"current": PASSWORD, "new": "too short"}, ("InvalidValue", ["new"])),
        ({"current": PASSWORD, "new": "x" * 1_001}, ("InvalidValue", ["new"])),
        ({"current": PASSWORD, "new": ""}, ("InvalidValue", ["new"])),
    ],
)
async def test_what_is_refused_of_a_change(
    given: dict[str, Any], refusal: tuple[str, list[str]], client: Client, as_party: AsParty, unchanged: Unchanged
) -> None:
    """6.4: without the current password, or with one that cannot be set, nothing is written."""
    id = await client.consumer("Ann")
    await client.do("setPassword", {"party": id, "password": PASSWORD})
    async with unchanged.during():
        (found,) = await as_party(id).refusals("changePassword", given)
    assert (found["__typename"], found["path"]) == refusal


async def test_who_has_no_password_changes_none(client: Client, as_party: AsParty, unchanged: Unchanged) -> None:
    id = await client.consumer("Ann")
    async with unchanged.during():
        for who in (as_party(id), client):
            (found,) = await who.refusals("changePassword", {"current": "", "new": OTHER})
            assert (found["__typename"], found["path"]) == ("WrongPassword", ["current"])


async def test_what_is_refused_of_setting_one(client: Client, unchanged: Unchanged) -> None:
    account, household = await client.account(), await client.household()
    ann = await client.consumer("Ann")
    async with unchanged.during():
        for given, refusal in (
            ({"party": account, "password": OTHER}, ("WrongKind", ["party"])),
            ({"party": household, "password": OTHER}, ("WrongKind", ["party"])),
            ({"party": "consumer_01m81cvtwye3hvm7mmkgnzsdq1", "password": OTHER}, ("NotFound", ["party"])),
            ({"party": "nonsense", "password": OTHER}, ("NotFound", ["party"])),
            ({"party": ann, "password": "short"}, ("InvalidValue", ["password"])),
        ):
            (found,) = await client.refusals("setPassword", given)
            assert (found["__typename"], found["path"]) == refusal
        for party, kind in ((account, "WrongKind"), ("consumer_01m81cvtwye3hvm7mmkgnzsdq1", "NotFound")):
            (found,) = await client.refusals("endSessions", {"party": party})
            assert (found["__typename"], found["path"]) == (kind, ["party"])


async def test_under_a_key_a_change_is_done_once_and_another_password_is_another_input(
    client: Client, as_party: AsParty, graph: Graph
) -> None:
    """11.2: answered again though the current password is another by then; what is kept of the input tells nothing."""
    id = await client.consumer("Ann")
    await client.do("setPassword", {"party": id, "password": PASSWORD})
    ann, given = as_party(id), {"current": PASSWORD, "new": OTHER, "idempotencyKey": "once"}
    selection = "... on PasswordChanged { operation { id } }"
    first = await ann.do("changePassword", given, selection)
    assert await ann.do("changePassword", given, selection) == first
    (found,) = await ann.refusals("changePassword", {**given, "new": "one more horse battery"})
    assert found["__typename"] == "IdempotencyKeyReused"
    assert await is_now(graph, id, OTHER)


async def test_of_ten_changes_at_once_one_is_done(client: Client, as_party: AsParty, graph: Graph) -> None:
    """The lock of the party: the current password is that which was compared."""
    id = await client.consumer("Ann")
    await client.do("setPassword", {"party": id, "password": PASSWORD})
    ann, passwords = as_party(id), [f"{OTHER} {n}" for n in range(10)]
    done = await asyncio.gather(*(ann.do("changePassword", {"current": PASSWORD, "new": new}) for new in passwords))
    won = [new for new, answer in zip(passwords, done, strict=True) if answer["__typename"] == "PasswordChanged"]
    assert len(won) == 1
    assert await is_now(graph, id, won[0])


async def test_guessing_ones_own_password_is_limited(client: Client, as_party: AsParty, graph: Graph) -> None:
    """11.4: who has but a session of somebody does not find the password by trying."""
    id = await client.consumer("Ann")
    await client.do("setPassword", {"party": id, "password": PASSWORD})
    ann = as_party(id)
    for n in range(10):
        await ann.refusals("changePassword", {"current": f"wrong horse {n}", "new": OTHER})
    document = "mutation($i: ChangePasswordInput!) { changePassword(input: $i) { __typename } }"
    given = {"current": PASSWORD, "new": OTHER}
    assert await ann.codes(document, i=given) == [("TOO_MANY_ATTEMPTS", ["changePassword"])]
    assert await is_now(graph, id, PASSWORD)


async def test_the_history_tells_when_a_password_was_set_and_nothing_else(client: Client) -> None:
    """6.5."""
    id = await client.consumer("Ann")
    await client.do("setPassword", {"party": id, "password": PASSWORD})
    selection = "history { edges { node { kind changes { edges { node { old new } } } } } }"
    told = (await client.node(id, f"... on Consumer {{ {selection} }}"))["history"]["edges"]
    (set_,) = [edge["node"] for edge in told if edge["node"]["kind"] == "setPassword"]
    (change,) = [edge["node"] for edge in set_["changes"]["edges"]]
    assert set(change["new"]) == {"password_set_at"}
    assert change["old"] == {}


async def test_a_login_is_a_unique_email_folded(client: Client, unchanged: Unchanged) -> None:
    """1.4: of consumers and staff together."""
    ann, sam = await client.consumer("Ann", login="Ann@Kith.Example"), await client.user("sam@kith.example")
    assert await client.node(ann, "... on Consumer { login }") == {"login": "ann@kith.example"}
    bea = await client.consumer("Bea")
    assert await client.node(bea, "... on Consumer { login }") == {"login": None}
    async with unchanged.during():
        for login, kind, by in (
            ("ANN@kith.example", "AlreadyTaken", {"id": ann}),
            ("sam@kith.example", "AlreadyTaken", {"id": sam}),
            ("no address", "InvalidValue", None),
            ("", "InvalidValue", None),
        ):
            for mutation, more in (("createConsumer", {}), ("updateConsumer", {"id": bea})):
                (found,) = await client.refusals(mutation, {**more, "login": login})
                assert (found["__typename"], found["path"], found.get("by")) == (kind, ["login"], by)
    await client.do("updateConsumer", {"id": ann, "login": None})
    await client.do("updateConsumer", {"id": bea, "login": "ann@kith.example"})
    assert await client.node(bea, "... on Consumer { login }") == {"login": "ann@kith.example"}


async def test_no_consumer_changes_a_login(client: Client, as_party: AsParty, unchanged: Unchanged) -> None:
    """5.7, issue on signing in: not another's, and not the own, by which whoever has but a session would have all."""
    ann, bea = (
        await client.consumer("Ann", login="ann@kith.example"),
        await client.consumer("Bea", login="bea@kith.example"),
    )
    async with unchanged.during():
        for id, kind in ((bea, "NotFound"), (ann, "NotAllowed")):
            for login in ("evil@kith.example", None):
                found = await as_party(ann).refusals("updateConsumer", {"id": id, "login": login})
                assert found[0]["__typename"] in (kind, "NotAllowed"), found
        for deed, given in (
            ("setPassword", {"party": bea, "password": OTHER}),
            ("setPassword", {"party": ann, "password": OTHER}),
            ("endSessions", {"party": bea}),
        ):
            (refusal,) = await as_party(ann).refusals(deed, given)
            assert (refusal["__typename"], refusal["path"]) == ("NotAllowed", [])


async def test_analysts_see_no_login_and_find_nobody_by_one(client: Client, as_party: AsParty) -> None:
    """5.6: it is contact data."""
    id = await client.consumer("Ann", login="zanzibar4711@kith.example")
    analyst = as_party(await client.user("ana@kith.example", roles=["ANALYST"]))
    agent = as_party(await client.user("sam@kith.example", roles=["AGENT"]))
    assert await analyst.node(id, "... on Consumer { login }") == {"login": None}
    assert await agent.node(id, "... on Consumer { login }") == {"login": "zanzibar4711@kith.example"}
    search = "query($text: String!) { parties(search: $text) { totalCount { value } } }"
    for text in ("zanzibar4711", "zanzibar4711@kith.example", "4711"):
        for who in (analyst, agent, client):
            assert (await who.ask(search, text=text))["parties"]["totalCount"]["value"] == 0
