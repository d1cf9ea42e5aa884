"""What a service does beside answering, for as long as it runs."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn

import structlog

from schema.errors import traced

AGAIN_SECONDS = 10.0

logger = structlog.get_logger()


async def unending(work: Callable[[], Awaitable[object]], again: float = AGAIN_SECONDS) -> NoReturn:
    """Does what never ends by itself. Where it does, for a mistake of ours, that is logged, and it is begun again some
    seconds later: what others wait for, as jobs, must not stand still until somebody looks."""
    while True:
        try:
            await work()
        except Exception as error:
            logger.error("unexpected", **traced(error))
        await asyncio.sleep(again)
