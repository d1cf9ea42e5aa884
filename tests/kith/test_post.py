"""Resetting passwords by mail (SPEC 6.4), through GraphQL, with a mail server beside."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from domain.ids import PartyId
from domain.resets import GRACE, LONGEST, Mail, Reset
from graphdb import passwords
from graphdb.graph import Graph, Transaction
from kith.context import Contexts
from kith.mail import SECONDS, MailServer
from kith.post import PAUSES, Post, settle_lost
from resolvers.context import Context
from resolvers.passwords import Hasher
from resolvers.post import Letter
from resolvers.resets import settle, settle_overdue
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.conftest import CHEAP
from tests.mail import MailBox
from tests.unchanged import Unchanged

LOGIN = "ann@kith.example"
PASSWORD = re.compile(r"^    (\S+)\s*$", re.MULTILINE)
HISTORY = "... on Consumer { history { edges { node { kind } ownChanges { edges { node { old new } } } } } }"
Told = tuple[str, str | None, str]
BEGUN: Told = "resetPassword", None, "UNDER_WAY"


def became(mail: Mail) -> Told:
    """What the history tells of what became of a mail."""
    return mail.operation, "UNDER_WAY", mail.name


@pytest.fixture
def box() -> Iterator[MailBox]:
    serving = MailBox()
    yield serving
    serving.close()


def server_at(box: MailBox) -> MailServer:
    return MailServer("127.0.0.1", box.port, "none", "service@kith.example", "Öst & Söhne")


@pytest_asyncio.fixture
async def post(contexts: Contexts, box: MailBox) -> AsyncIterator[Post]:
    """What sends mail, with pauses that are over at once; the service has it."""
    made = Post(lambda: contexts.of(ADMINISTRATOR), server_at(box), (0.02, 0.02))
    contexts.post = made
    yield made
    box.goes_on()
    await made.close()


@pytest_asyncio.fixture
async def ann(client: Client) -> str:
    """A consumer with a login."""
    return await client.consumer("Ann", login=LOGIN)


async def history(client: Client, id: str) -> list[Told]:
    """What was done to a consumer's password, and what the mail was before and after; the latest last."""
    edges = (await client.node(id, HISTORY))["history"]["edges"]
    return [
        (edge["node"]["kind"], *(change["node"][side]["password_mail"] for side in ("old", "new")))
        for edge in reversed(edges)
        for change in edge["ownChanges"]["edges"]
        if "assword" in edge["node"]["kind"]
    ]


async def settled(post: Post) -> None:
    """Returns when no letter is under way."""
    async with asyncio.timeout(30):
        await asyncio.gather(*post._under_way)


async def until(so: Callable[[], bool]) -> None:
    """Returns when something is so."""
    async with asyncio.timeout(30):
        while not so():  # noqa: ASYNC110  # no event tells of another thread
            await asyncio.sleep(0.02)


def password_in(box: MailBox) -> str:
    """The password in the last mail."""
    found = PASSWORD.search(box.mails[-1].get_content())
    assert found
    return found[1]


async def is_password(graph: Graph, id: str, password: str) -> bool:
    """Whether a password is a consumer's."""

    async def work(tx: Transaction) -> str | None:
        return await passwords.hash_of(tx, PartyId(id))

    return await Hasher(CHEAP).verify(await graph.read(work, "tests"), password)


async def reset(client: Client, id: str, **more: Any) -> Any:
    """What a reset answers."""
    asked = "... on PasswordReset { consumer { id } operation { id } }"
    return await client.do("resetPassword", {"id": id, **more}, asked)


async def test_a_password_is_reset_by_mail(client: Client, graph: Graph, post: Post, box: MailBox, ann: str) -> None:
    """6.4: answered before the mail is out; the old password and the sessions end; what became of it is told."""
    box.holds()
    await graph.apply(f"CYPHER 25 CREATE (:Session {{id: 'session_1', party: '{ann}'}})")
    done = await reset(client, ann)
    assert (done["__typename"], done["consumer"]) == ("PasswordReset", {"id": ann})
    assert (box.mails, await history(client, ann)) == ([], [BEGUN])
    box.goes_on()
    await settled(post)
    assert await history(client, ann) == [BEGUN, became(Mail.SENT)]
    (mail,) = box.mails
    assert box.recipients == [mail["To"]] == [LOGIN]
    assert str(mail["From"]) == "Öst & Söhne <service@kith.example>"
    assert mail["Subject"] == "Your new password for Öst & Söhne"
    assert "tell Öst & Söhne." in mail.get_content()
    assert (mail["Auto-Submitted"], "Date" in mail) == ("auto-generated", True)
    assert re.fullmatch(r"<password_reset_\w+@kith\.example>", mail["Message-ID"])
    first = password_in(box)
    assert await is_password(graph, ann, first)
    sessions = "CYPHER 25 MATCH (s:Session) WHERE s.ended_at IS NULL RETURN count(s) AS open"
    assert (await graph.run(sessions, {}, "tests"))[0]["open"] == 0
    await reset(client, ann)
    await settled(post)
    assert await is_password(graph, ann, password_in(box))
    assert not await is_password(graph, ann, first)
    assert await history(client, ann) == [BEGUN, became(Mail.SENT)] * 2


async def test_the_password_is_in_the_mail_and_nowhere_else(
    client: Client,
    post: Post,
    box: MailBox,
    ann: str,
    unchanged: Unchanged,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """6.4, 11.6: not in the graph, the answers, the log; and the log has no address."""
    box.answers = ["451 not now, ann@kith.example", "hang up"]
    document = 'mutation($id: ID!) { resetPassword(input: {id: $id, idempotencyKey: "k"}) { __typename } }'
    answer = await client.answer(document, id=ann)
    await settled(post)
    password, told = password_in(box), await history(client, ann)
    stored = "\n".join(await unchanged.look())
    logged = "".join(capsys.readouterr()) + caplog.text
    assert "password_mail_failed" in logged
    letter = Letter(Reset.new(PartyId(ann), datetime.now(UTC)), LOGIN, password)
    for text in (stored, str(answer), str(told), logged, repr(letter)):
        assert password not in text
        assert password.replace("-", "") not in text
    assert LOGIN not in logged


@pytest.mark.parametrize("case", ["login", "account", "household", "unknown", "unenrolled", "deactivated", "no mail"])
async def test_what_cannot_be_reset_is_refused(
    case: str,
    client: Client,
    graph: Graph,
    contexts: Contexts,
    post: Post,
    box: MailBox,
    ann: str,
    unchanged: Unchanged,
) -> None:
    """6.1, 6.4: and nothing is written, and nothing sent."""
    id, expected = ann, {}
    match case:
        case "login":
            id, expected = await client.consumer("Bea"), {"__typename": "MissingLogin", "path": ["id"]}
        case "account":
            id, expected = await client.account(), {"__typename": "WrongKind", "path": ["id"], "kinds": ["CONSUMER"]}
        case "household":
            id, expected = await client.household(), {"__typename": "WrongKind", "path": ["id"], "kinds": ["CONSUMER"]}
        case "unknown":
            id, expected = "consumer_01m87xd5tje62avxydcp5f4ept", {"__typename": "NotFound", "path": ["id"]}
        case "unenrolled":
            await client.do("enroll", {"id": ann})
            await client.do("unenroll", {"id": ann})
            available = ["ENROLL", "EDIT", "SET_EMAIL_PREFERENCE", "MERGE"]
            expected = {"path": ["id"], "action": "RESET_PASSWORD", "available": available}
            expected = {"__typename": "ActionNotAvailable", **expected}
        case "deactivated":
            await client.do("deactivate", {"id": ann})
            expected = {"path": ["id"], "action": "RESET_PASSWORD", "available": ["REACTIVATE"]}
            expected = {"__typename": "ActionNotAvailable", **expected}
        case "no mail":
            contexts.post, expected = None, {"__typename": "MailNotSetUp", "path": []}
    async with unchanged.during():
        assert await client.refusals("resetPassword", {"id": id}) == [expected]
    await settled(post)
    assert box.asked == 0


async def test_of_ten_at_once_one_is_done(client: Client, graph: Graph, post: Post, box: MailBox, ann: str) -> None:
    """6.4: one at a time; what is in the one mail is the password."""
    box.holds()
    found = await asyncio.gather(*(reset(client, ann) for _ in range(10)))
    assert sorted(one["__typename"] for one in found) == ["PasswordReset", *["Refused"] * 9]
    assert {one["refusals"][0]["__typename"] for one in found if "refusals" in one} == {"ResetUnderWay"}
    box.goes_on()
    await settled(post)
    assert (len(box.mails), await is_password(graph, ann, password_in(box))) == (1, True)
    assert await history(client, ann) == [BEGUN, became(Mail.SENT)]


async def test_one_that_is_under_way_holds_up_nobody_else_and_says_until_when(
    client: Client, post: Post, box: MailBox, ann: str, unchanged: Unchanged
) -> None:
    bea = await client.consumer("Bea", login="bea@kith.example")
    box.holds()
    before = datetime.now(UTC)
    await reset(client, ann)
    async with unchanged.during():
        (refusal,) = await client.refusals("resetPassword", {"id": ann})
        ends = datetime.fromisoformat(refusal.pop("until"))
        assert refusal == {"__typename": "ResetUnderWay", "path": ["id"]}
        assert before + LONGEST + GRACE <= ends <= datetime.now(UTC) + LONGEST + GRACE
    assert (await reset(client, bea))["__typename"] == "PasswordReset"
    box.goes_on()
    await settled(post)
    assert sorted(box.recipients) == [LOGIN, "bea@kith.example"]


async def test_a_request_sent_twice_sends_one_mail(
    client: Client, post: Post, box: MailBox, ann: str, unchanged: Unchanged
) -> None:
    """11.2: while the mail is under way, and afterwards, and ten times at once."""
    box.holds()
    found = await asyncio.gather(*(reset(client, ann, idempotencyKey="k") for _ in range(10)))
    assert {one["__typename"] for one in found} == {"PasswordReset"}
    assert len({one["operation"]["id"] for one in found}) == 1
    box.goes_on()
    await settled(post)
    async with unchanged.during():
        assert await reset(client, ann, idempotencyKey="k") == found[0]
        await settled(post)
    assert (len(box.mails), box.asked) == (1, 1)


@pytest.mark.parametrize("answers", [["451 not now", "421 going down"], ["hang up"], ["hang up", "450 busy"]])
async def test_what_may_pass_is_tried_again(
    answers: list[str], client: Client, graph: Graph, post: Post, box: MailBox, ann: str
) -> None:
    """6.4: the same mail, so that whoever got it twice sees it once."""
    box.answers = list(answers)
    await reset(client, ann)
    await settled(post)
    assert box.asked == len(answers) + 1
    assert await is_password(graph, ann, password_in(box))
    assert await history(client, ann) == [BEGUN, became(Mail.SENT)]


@pytest.mark.parametrize(
    ("answers", "asked"), [(["550 no such box"], 1), (["554 spam"], 1), (["451 not now"] * 3, 3), (["hang up"] * 3, 3)]
)
async def test_a_mail_that_fails_stands_in_the_history(
    answers: list[str], asked: int, client: Client, post: Post, box: MailBox, ann: str
) -> None:
    """6.4: refused for good, or tried to the end; then another can be sent."""
    box.answers = list(answers)
    await reset(client, ann)
    await settled(post)
    assert (box.asked, box.mails) == (asked, [])
    assert await history(client, ann) == [BEGUN, became(Mail.FAILED)]
    await reset(client, ann)
    await settled(post)
    assert (await history(client, ann))[2:] == [BEGUN, became(Mail.SENT)]


async def test_a_mail_server_that_is_not_there_is_a_failed_mail(
    client: Client, contexts: Contexts, post: Post, box: MailBox, ann: str
) -> None:
    box.close()
    await reset(client, ann)
    await settled(post)
    assert await history(client, ann) == [BEGUN, became(Mail.FAILED)]


async def test_whoever_stops_waits_a_little_for_mails_under_way(
    client: Client, graph: Graph, post: Post, box: MailBox, ann: str
) -> None:
    """11.6: one that is taken meanwhile is sent; of one that isn't nobody can tell."""
    box.holds()
    await reset(client, ann)
    closing = asyncio.create_task(post.close(20))
    await until(lambda: box.asked == 1)
    assert not closing.done()
    box.goes_on()
    await closing
    assert await history(client, ann) == [BEGUN, became(Mail.SENT)]
    box.holds()
    await reset(client, ann)
    await until(lambda: box.asked == 2)
    await post.close(1)
    assert (await history(client, ann))[2:] == [BEGUN, became(Mail.LOST)]


async def test_whoever_stops_between_two_attempts_knows_that_nothing_was_sent(
    client: Client, contexts: Contexts, box: MailBox, ann: str
) -> None:
    contexts.post = patient = Post(lambda: contexts.of(ADMINISTRATOR), server_at(box), (60.0,))
    box.answers = ["451 not now"]
    await reset(client, ann)
    await until(lambda: not box.answers)
    await asyncio.sleep(0.2)
    await patient.close(0.2)
    assert await history(client, ann) == [BEGUN, became(Mail.FAILED)]


class Forgetful:
    """What sends nothing and tells nobody: whoever had the letters was killed."""

    def send(self, letter: Letter) -> None:
        pass


async def test_a_mail_that_nobody_tells_of_is_lost_and_that_is_told_once(
    client: Client, contexts: Contexts, ann: str, unchanged: Unchanged
) -> None:
    """6.4: it is not while it may be under way; afterwards it is, by one of several that look."""
    contexts.post = Forgetful()
    await reset(client, ann)
    context = contexts.of(ADMINISTRATOR)
    later = replace(context, now=context.now + LONGEST + GRACE + timedelta(seconds=1))
    async with unchanged.during():
        assert await settle_overdue(context) == 0
    assert sum(await asyncio.gather(*(settle_overdue(later) for _ in range(5)))) == 1
    async with unchanged.during():
        assert await settle_overdue(later) == 0
    assert await history(client, ann) == [BEGUN, became(Mail.LOST)]


async def test_the_service_looks_for_lost_mails_at_once(client: Client, contexts: Contexts, ann: str) -> None:
    contexts.post = Forgetful()
    await reset(client, ann)

    def later() -> Context:
        context = contexts.of(ADMINISTRATOR)
        return replace(context, now=context.now + timedelta(hours=1))

    looking = asyncio.create_task(settle_lost(later))
    async with asyncio.timeout(30):
        while len(await history(client, ann)) < 2:  # noqa: ASYNC110  # it is asked of the graph
            await asyncio.sleep(0.05)
    looking.cancel()
    assert await history(client, ann) == [BEGUN, became(Mail.LOST)]


async def test_a_lost_mail_is_in_nobodys_way(
    client: Client, graph: Graph, contexts: Contexts, post: Post, box: MailBox, ann: str
) -> None:
    """6.4: the next reset tells that it is lost, before itself; who told late tells nothing more."""
    contexts.post = Forgetful()
    await reset(client, ann)
    passed = "CYPHER 25 MATCH (r:PasswordReset) SET r.until = datetime() - duration('PT1H')"
    await graph.apply(passed)
    (row,) = await graph.run("CYPHER 25 MATCH (r:PasswordReset) RETURN r.id AS id", {}, "tests")
    contexts.post = post
    box.holds()
    found = await asyncio.gather(*(reset(client, ann) for _ in range(5)))
    assert sorted(one["__typename"] for one in found) == ["PasswordReset", *["Refused"] * 4]
    box.goes_on()
    await settled(post)
    late = Reset(row["id"], PartyId(ann), datetime.now(UTC))
    assert not await settle(contexts.of(ADMINISTRATOR), late, Mail.SENT)
    assert await history(client, ann) == [BEGUN, became(Mail.LOST), BEGUN, became(Mail.SENT)]
    assert await is_password(graph, ann, password_in(box))


def test_all_attempts_fit_into_the_time_that_a_mail_may_be_under_way() -> None:
    """So none is sent after another may have been asked for."""
    assert sum(PAUSES) + (len(PAUSES) + 1) * SECONDS < LONGEST.total_seconds()


async def test_a_letter_that_comes_too_late_is_not_sent(contexts: Contexts, box: MailBox, post: Post, ann: str) -> None:
    over = Letter(Reset("password_reset_x", PartyId(ann), datetime.now(UTC)), LOGIN, "x")
    assert await post._sent(over) is Mail.FAILED
    assert box.asked == 0
