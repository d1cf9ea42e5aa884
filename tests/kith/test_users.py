"""Commands of signing in: the first administrator, passwords, tokens, sessions and keys (SPEC 11.6)."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.internal_users import Role
from domain.sessions import Place
from graphdb import signing_keys
from graphdb.graph import Graph
from graphdb.local import Server
from kith.settings import Settings
from kith.tokens import Rejected, Tokens, secret_of
from resolvers.passwords import Hasher
from resolvers.sessions import NotSignedIn, sign_in
from resolvers.viewers import Unknown, Viewer, Viewers
from tests.client import Client
from tests.command import ran
from tests.unchanged import Unchanged

LOGIN, PASSWORD = "ada@kith.example", "correct horse battery"
ADD = ("users", "add", "--login", LOGIN, "--name", "Ada", "--role", "ADMIN", "--role", "RELATIONSHIP_AGENT")


async def entered(graph: Graph, password: str, login: str = LOGIN) -> Viewer:
    """Who signs in with a login and a password. Raises NotSignedIn."""
    life = timedelta(hours=1)
    session = await sign_in(graph, Hasher(), login, password, datetime.now(UTC), Place.TOKENS, life)
    return await Viewers(graph).fresh(Viewer(session.party, frozenset(), session=session.id).caller)


async def borne(graph: Graph, data: Path, token: str) -> Viewer:
    """Who bears a token, at a service over the graph that has just started. Raises Unknown."""
    settings = Settings(_env_file=None, data=data)
    caller = await Tokens(secret_of(settings), lambda: signing_keys.stored(graph)).caller(token)
    assert caller
    assert caller.session
    return await Viewers(graph).of(caller)


async def test_the_first_administrator_comes_in_by_a_command(graph: Graph, server: Server, tmp_path: Path) -> None:
    """Issue on signing in: with a password that is typed, or one that is made."""
    made = await ran(server, tmp_path, *ADD, typed=f"{PASSWORD}\n")
    assert (made.returncode, made.stdout) == (0, "")
    assert re.fullmatch(r"Made internal_user_\w{26}\.\n", made.stderr)
    ada = await entered(graph, PASSWORD)
    assert ada.roles == {Role.ADMIN, Role.RELATIONSHIP_AGENT}
    again = await ran(server, tmp_path, "users", "password", LOGIN, "--random")
    new = again.stdout.strip()
    assert (again.returncode, len(new)) == (0, 20)
    assert (await entered(graph, new)).id == ada.id
    with pytest.raises(NotSignedIn):
        await entered(graph, PASSWORD)
    with pytest.raises(Unknown):
        await Viewers(graph).fresh(ada.caller)


async def test_what_cannot_be_is_said_in_one_line_and_nothing_is_made(
    graph: Graph, server: Server, tmp_path: Path, unchanged: Unchanged
) -> None:
    async with unchanged.during():
        for words, typed in (
            (ADD, "short\n"),
            (ADD, ""),
            (("users", "password", "zoe@kith.example"), f"{PASSWORD}\n"),
            (("token", "--as", "zoe@kith.example"), ""),
            (("sign-out", "--as", "zoe@kith.example"), ""),
        ):
            wrong = await ran(server, tmp_path, *words, typed=typed)
            assert (wrong.returncode, wrong.stdout, len(wrong.stderr.splitlines())) == (1, "", 1), wrong.stderr
            assert PASSWORD not in wrong.stderr


async def test_tokens_of_the_command_line_are_sessions_that_a_command_ends(
    client: Client, graph: Graph, server: Server, tmp_path: Path
) -> None:
    """Alone on the last line, the administrator's unless told whose; ended at once, each by its own."""
    ann = await client.consumer("Ann", login="ann@kith.example")
    first, second = await ran(server, tmp_path, "token"), await ran(server, tmp_path, "token", "--as", ann)
    administrator, consumer = (told.stdout.splitlines()[-1] for told in (first, second))
    assert (await borne(graph, tmp_path, administrator)).roles == {Role.ADMIN}
    assert (await borne(graph, tmp_path, consumer)).id == ann
    for words, gone, stays in (
        (("--as", "Ann@kith.example"), consumer, administrator),
        ((), administrator, None),
    ):
        ended = await ran(server, tmp_path, "sign-out", *words)
        assert (ended.returncode, ended.stderr) == (0, "Ended 1 session.\n")
        with pytest.raises(Unknown):
            await borne(graph, tmp_path, gone)
        assert stays is None or await borne(graph, tmp_path, stays)


async def test_keys_are_rotated_by_a_command(graph: Graph, server: Server, tmp_path: Path) -> None:
    old = (await ran(server, tmp_path, "token")).stdout.splitlines()[-1]
    told = await ran(server, tmp_path, "keys", "rotate")
    assert (told.returncode, told.stderr) == (0, "Tokens are signed with key 2 from now on.\n")
    new = (await ran(server, tmp_path, "token")).stdout.splitlines()[-1]
    assert await borne(graph, tmp_path, old)
    assert await borne(graph, tmp_path, new)
    told = await ran(server, tmp_path, "keys", "rotate", "--at-once")
    assert told.stderr == "Tokens are signed with key 3 from now on.\n"
    for token in (old, new):
        settings = Settings(_env_file=None, data=tmp_path)
        tokens = Tokens(secret_of(settings), lambda: signing_keys.stored(graph))
        await tokens.look()
        with pytest.raises(Rejected, match="KEY"):
            await tokens.caller(token)
