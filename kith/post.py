"""The post: letters go out beside the requests that ask for them, and the history is told what became of each."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol

import structlog

from domain.resets import Mail
from graphdb.errors import GraphError
from kith.mail import NotSent
from resolvers.context import Context
from resolvers.post import Letter
from resolvers.resets import settle, settle_overdue

PAUSES = (5.0, 30.0, 120.0)
"""Between attempts, in seconds; with them a letter takes less than it may (`domain.resets.LONGEST`)."""
AT_ONCE = 4
LAST_SECONDS, TELLING_SECONDS = 4.0, 2.0
"""How long whoever is told to stop waits for letters under way, and then for the history to be told."""
LOOKING_SECONDS = 60.0

logger = structlog.get_logger()


class Transport(Protocol):
    """What takes letters to the mail server."""

    async def send(self, letter: Letter) -> None:
        """Raises NotSent."""


class Post:
    """Sends letters, a few at a time, each again where it may help. `context`: that of now, for the history."""

    def __init__(self, context: Callable[[], Context], transport: Transport, pauses: Sequence[float] = PAUSES) -> None:
        self._context, self._transport, self._pauses = context, transport, pauses
        self._few = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    def send(self, letter: Letter) -> None:
        """Takes a letter and returns at once."""
        task = asyncio.create_task(self._delivered(letter))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self, seconds: float = LAST_SECONDS) -> None:
        """Waits a little for the letters under way; of those that then still are, the history is told that Kith ended
        before it knew."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        if self._under_way:
            for task in self._under_way:
                task.cancel()
            await asyncio.wait(self._under_way, timeout=TELLING_SECONDS)

    async def _delivered(self, letter: Letter) -> None:
        """Sends a letter, and tells the history. Where that cannot be told now, it is once the letter is overdue."""
        try:
            mail = await self._sent(letter)
        except asyncio.CancelledError:
            mail = Mail.LOST
        logger.info("password_mail", reset=letter.reset.id, mail=mail.value)
        try:
            await settle(self._context(), letter.reset, mail)
        except GraphError as error:
            logger.warning("password_mail_not_told", reset=letter.reset.id, code=error.code)

    async def _sent(self, letter: Letter) -> Mail:
        """What became of a letter, tried until it is sent, refused for good, or no longer under way."""
        left = (letter.reset.until - datetime.now(UTC)).total_seconds()
        if left <= 0:
            return Mail.FAILED
        try:
            async with asyncio.timeout(left):
                for pause in (*self._pauses, None):
                    try:
                        async with self._few:
                            await self._transport.send(letter)
                        return Mail.SENT
                    except NotSent as failed:
                        logger.warning("password_mail_failed", reset=letter.reset.id, reason=str(failed))
                        if failed.final or pause is None:
                            return Mail.FAILED
                    try:
                        await asyncio.sleep(pause)
                    except asyncio.CancelledError:
                        return Mail.FAILED  # whoever ends now knows that it was not sent
        except TimeoutError:
            return Mail.LOST  # it may just have been taken
        return Mail.FAILED


async def settle_lost(context: Callable[[], Context], every: float = LOOKING_SECONDS) -> None:
    """Tells the history of letters that nobody has told of, at once and now and then, until cancelled."""
    while True:
        try:
            count = await settle_overdue(context())
        except GraphError as error:
            logger.warning("password_mails_not_told", code=error.code)
        else:
            if count:
                logger.warning("password_mails_lost", count=count)
        await asyncio.sleep(every)
