"""Jobs, as a running service does them: its own, and those of others that have ended."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

import structlog

from graphdb.errors import GraphError
from resolvers.context import Context
from resolvers.jobs import work_on

LOOKING_SECONDS = 2.0

logger = structlog.get_logger()


async def every_job(context: Callable[[], Context], made: asyncio.Event, owner: str) -> NoReturn:
    """Does jobs that nobody is at, until cancelled; where that fails, goes on with the next look.

    `context` is that of now. It looks at once where a job was `made` here, and now and then for those of others. Begun
    again by the same `owner`, it goes on with what was left.
    """
    while True:
        try:
            if count := await work_on(context, owner):
                logger.info("jobs_done", records=count)
        except GraphError as error:
            logger.warning("job_failed", code=error.code)
        with suppress(TimeoutError):
            await asyncio.wait_for(made.wait(), LOOKING_SECONDS)
        made.clear()
