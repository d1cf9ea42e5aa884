"""What each viewer sees is what section 5 plainly read allows, over random graphs (SPEC 5.2 to 5.6).

KITH_EXAMPLES makes more of them, each time others.
"""

import base64
import json
import os
import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from domain.access import OWN_GRANTS, Grant
from domain.internal_users import Role
from domain.parties import Party, PartyKind
from graphdb.graph import Graph
from resolvers.reading.seam import Schema
from tests.client import Client
from tests.schema.oracle.entrusted import entrusted, secrets, word_of
from tests.schema.oracle.paths import CROWDED
from tests.schema.oracle.seeing import HIDDEN, Seeing
from tests.schema.oracle.sight import Sight, roles_of, sight
from tests.schema.oracle.surfaces import LISTED, surfaces
from tests.schema.oracle.world import World
from tests.schema.oracle.writing import built_in, write
from tests.schema.test_access import AsParty
from tests.schema.test_any_document import renamed

EXAMPLES = int(os.environ.get("KITH_EXAMPLES", "0"))
FIRST = random.SystemRandom().randrange(10**6) if EXAMPLES else 1
FORGET = "CYPHER 25 CALL db.clearQueryCaches()"
WORLDS = [FIRST + n for n in range(max(2, EXAMPLES // 100))]


ACCESS = "query($viewer: ID!, $target: ID!) { access(viewer: $viewer, target: $target) { grants } }"


class Eyes:
    """The service and the oracle, for one viewer; cursors and opaque ids of either stand for those of the other."""

    def __init__(self, client: Client, plain: Seeing) -> None:
        self.client, self.plain = client, plain
        self.tokens: dict[str, str] = {}
        parties = plain.world.parties.values()
        self.hidden = [word for one in parties if not plain.sees(one.id) for word in secrets(one)]

    async def agree(self, text: str, variables: dict[str, Any]) -> Any:
        """What both answer to a document, as the oracle has it; fails where they differ, or somebody shows through."""
        cursors = {token: cursor for cursor, token in self.tokens.items()}
        plain = self.plain.answer(text, variables)
        if any(code == CROWDED for code, _ in plain["errors"]):
            return plain["data"]
        served = await self.client.answer(text, **renamed(variables, cursors))
        found = dict(pairs(served.get("data"), plain["data"]))
        for token, known in found.items():
            assert self.tokens.setdefault(token, known) == known, (token, known, self.tokens[token])
        opaque = [known for known in self.tokens.values() if known.startswith(HIDDEN)]
        assert len(opaque) == len({*opaque})
        errors = [(error["extensions"]["code"], error.get("path", [])) for error in served.get("errors", [])]
        answered = {"errors": sorted(errors, key=str), "data": renamed(served.get("data"), self.tokens)}
        shown = f"{self.plain.sight}\n{text}\n{variables}"
        wrong = [*differences(answered, {name: plain[name] for name in answered})]
        assert not wrong, f"{wrong[:3]}\n{shown}"
        told = json.dumps(served, ensure_ascii=False).casefold() + "".join(map(decoded, strings(served)))
        leaks = [word for word in self.hidden if word in told]
        assert not leaks, f"{leaks}\n{served}\n{shown}"
        return plain["data"]

    async def misspell(self, one: Party) -> None:
        """Looks for somebody by a name with a wrong letter, by which whoever is hidden is not found either."""
        word = word_of(one)
        found = (await self.client.ask(LISTED, first=100, search=f"{word[:2]}x{word[3:]}"))["parties"]["edges"]
        ids = [edge["node"]["id"] for edge in found]
        assert [id for id in ids if not self.plain.sees(id)] == []
        assert self.plain.sees(one.id) == (one.id in ids)


def strings(found: Any) -> Iterator[str]:
    """All texts in an answer."""
    if isinstance(found, str):
        yield found
    for item in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from strings(item)


def pairs(served: Any, plain: Any) -> Iterator[tuple[str, str]]:
    """The cursors and the ids of placeholders that stand in the same places of two answers."""
    if isinstance(served, dict) and isinstance(plain, dict):
        for key in served.keys() & plain.keys():
            yield from pairs(served[key], plain[key])
    elif isinstance(served, list) and isinstance(plain, list):
        for one, other in zip(served, plain, strict=False):
            yield from pairs(one, other)
    elif isinstance(served, str) and isinstance(plain, str) and stands_for_another(served, plain):
        yield served, plain


def stands_for_another(served: str, plain: str) -> bool:
    """Whether a text is the service's own for what the oracle calls otherwise."""
    return plain.startswith("cursor-") or (served.startswith("hidden_") and plain.startswith(HIDDEN))


def differences(served: Any, plain: Any, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    """Where two answers differ, and what stands there."""
    if isinstance(served, dict) and isinstance(plain, dict) and list(served) == list(plain):
        for key in served:
            yield from differences(served[key], plain[key], *path, key)
    elif isinstance(served, list) and isinstance(plain, list) and len(served) == len(plain):
        for n, (one, other) in enumerate(zip(served, plain, strict=True)):
            yield from differences(one, other, *path, n)
    elif served != plain:
        yield path, served, plain


def decoded(cursor: str) -> str:
    """What whoever takes a cursor apart reads in it."""
    try:
        return base64.urlsafe_b64decode(cursor).decode().casefold()
    except ValueError:
        return ""


@pytest_asyncio.fixture(loop_scope="session", params=WORLDS, ids="world {}".format)
async def made(request: pytest.FixtureRequest, graph: Graph) -> AsyncIterator[World]:
    """The world of a seed, in the graph."""
    definitions, stamps = await built_in(graph)
    found = entrusted(request.param, definitions, datetime.now(UTC).date())
    found.stamps |= stamps
    await write(graph, found)
    yield found


async def test_everything_is_shown_as_section_5_allows(
    made: World, schema: Schema, as_party: AsParty, graph: Graph
) -> None:
    """5.6: absent or a placeholder by surface, and nothing of who is hidden in any answer."""
    opaque = set[str]()
    for some in viewers(made):
        await graph.run(FORGET, {}, "tests")  # a small server has no room for all plans of all classes
        for seen in some:
            eyes = Eyes(as_party(seen.viewer), Seeing(schema.as_str(), made, seen))
            for text, variables in surfaces(random.Random(seen.viewer), made, [*filter(seen.sees, made.parties)]):
                await eyes.agree(text, variables)
            for one in random.Random(seen.viewer).sample(list(made.parties.values()), 4):
                await eyes.misspell(one)
            told = {token for token, known in eyes.tokens.items() if known.startswith(HIDDEN)}
            assert not told & opaque  # useless to another
            opaque |= told


async def test_who_may_not_sign_in_does_not(made: World, as_party: AsParty) -> None:
    """6.4, 5.2: nor do the dead, nor those who are no people."""
    refused = [id for id in made.parties if sight(made, id) is None]
    told = {(await as_party(id).send("{ viewer { roles } }")).status_code for id in refused}
    assert told == {401}


async def test_access_is_told_as_section_5_has_it(made: World, client: Client, as_party: AsParty) -> None:
    """5.5: all that is granted, by role and by relationships; to whoever sees both."""
    for seen in [one for some in viewers(made) for one in some]:
        for target in made.parties:
            ids = {"viewer": seen.viewer, "target": target}
            found = (await client.ask(ACCESS, **ids))["access"]["grants"]
            assert found == [grant.name for grant in Grant if grant in granted(made, seen, target)], ids
            codes = await as_party(seen.viewer).codes(ACCESS, **ids)
            assert codes == ([] if seen.sees(target) else [("NOT_FOUND", ["access"])]), ids


def granted(made: World, seen: Sight, target: str) -> frozenset[Grant]:
    """What somebody has for somebody else; for oneself what is one's own, since nobody reaches himself or herself."""
    if seen.texts:
        return frozenset(Grant)
    if target == seen.viewer:
        kind = made.parties[target].kind
        return frozenset({Grant.VIEW_PROFILE, *(OWN_GRANTS if kind is PartyKind.CONSUMER else ())})
    return seen.reached.get(target, frozenset()) | ({Grant.VIEW_PROFILE} if seen.everybody else set())


USUAL: list[frozenset[Role]] = [
    frozenset({Role.RELATIONSHIP_AGENT}),
    frozenset(),
    frozenset({Role.ANALYST, Role.RELATIONSHIP_AGENT}),
    frozenset({Role.AGENT, Role.RELATIONSHIP_AGENT}),
]
"""Roles of the staff who look unless more is asked for: the others see what these do, or all that there is."""


def viewers(made: World) -> list[list[Sight]]:
    """Of the staff of each roles the one who sees most; of consumers four, and one who sees nobody else."""
    by_roles: dict[frozenset[Role] | None, list[Sight]] = {}
    for id, one in made.parties.items():
        roles = frozenset(roles_of(one)) if one.kind is PartyKind.INTERNAL_USER else None
        if (EXAMPLES or roles is None or roles in USUAL) and (seen := sight(made, id)):
            by_roles.setdefault(roles, []).append(seen)
    for some in by_roles.values():
        some.sort(key=lambda seen: -sum(map(seen.sees, made.parties)))
    return [[*some[:4], some[-1]] if roles is None else some[:1] for roles, some in by_roles.items()]
