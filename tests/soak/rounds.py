"""A round: clients write, something is killed and started again, all is settled; and what many rounds tell."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from statistics import median

from tests.soak.clients import Settled, Told, Writer
from tests.soak.victims import Victim

BEGIN = 4.0
"""Seconds within which clients begin."""

MOMENT = 15.0
"""Seconds within which the kill comes, once all are at it: as long as their first chapters take them."""

AWAY = (0.0, 0.0, 10.0)
"""Seconds until what was killed is started again: mostly at once, else later than a write is tried."""

PATIENCE = 300.0


@dataclass(frozen=True)
class Round:
    """What happened: mutations that were settled, and when something was killed, started again, and serving again."""

    victim: str
    settled: Sequence[Settled]
    killed: datetime
    started: datetime
    back: datetime

    def told(self, told: Told) -> Sequence[bool]:
        """Of each attempt that ended so, whether it had done its mutation."""
        return [
            attempt is settled.doing for settled in self.settled for attempt in settled.attempts if attempt.told is told
        ]

    @property
    def start(self) -> float:
        """Seconds that what was killed took to serve again."""
        return (self.back - self.started).total_seconds()

    @property
    def recovery(self) -> float:
        """Seconds from its new start to the first answer to a mutation that was sent after the kill."""
        attempts = [attempt for settled in self.settled for attempt in settled.attempts]
        answered = [each.ended for each in attempts if each.told is Told.DONE and each.sent > self.killed]
        return (min(answered) - self.started).total_seconds()


async def played(victim: Victim, writers: Sequence[Writer], random: Random) -> Round:
    """A round with its kill at a random moment, while all are writing."""
    before = [len(writer.settled) for writer in writers]
    async with asyncio.TaskGroup() as group:
        for writer in writers:
            group.create_task(writer.write(random.uniform(0, BEGIN)))
        begun = datetime.now(UTC)
        await until(lambda: all(answered(writer, begun) for writer in writers))
        await asyncio.sleep(random.uniform(0, MOMENT))
        killed = datetime.now(UTC)
        victim.kill()
        await asyncio.sleep(random.choice(AWAY))
        started = datetime.now(UTC)
        await victim.start()
        back = datetime.now(UTC)
        await until(lambda: all(answered(writer, back) for writer in writers))
        for writer in writers:
            writer.enough = True
    settled = [each for writer, done in zip(writers, before, strict=True) for each in writer.settled[done:]]
    return Round(victim.name, settled, killed, started, back)


def answered(writer: Writer, since: datetime) -> bool:
    """Whether a client was answered to something that it sent since a moment."""
    return bool(writer.settled) and writer.settled[-1].attempts[-1].sent > since


async def until(condition: Callable[[], bool]) -> None:
    """Returns when a condition holds. Raises TimeoutError when it doesn't for very long."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  # what it waits for are clients that know nothing of it
            await asyncio.sleep(0.02)


def summary(rounds: Sequence[Round]) -> str:
    """What rounds with the same victim tell, in lines."""
    told = {kind: [done for each in rounds for done in each.told(kind)] for kind in Told}
    unknown, nothing = told[Told.UNKNOWN], told[Told.NOTHING]
    settled = [settled for each in rounds for settled in each.settled]
    starts, recoveries = [each.start for each in rounds], [each.recovery for each in rounds]
    lines = (
        f"{rounds[0].victim} was killed {len(rounds)} times; settled: {len(settled)}",
        f"by mutation, of which sent more than once: {deeds(settled)}",
        f"unknown outcomes: {len(unknown)}, of which {sum(unknown)} had been done",
        f"said to be not done: {len(nothing)}, of which {sum(nothing)} had been done",
        f"done, but what it made could not be read any more: {len(told[Told.UNREAD])}",
        f"seconds from its new start until it served: {spread(starts)}",
        f"seconds from its new start until a client was answered: {spread(recoveries)}",
    )
    return "\n  ".join(lines)


def deeds(settled: Sequence[Settled]) -> str:
    """How many there were of each mutation, and of how many nothing or not enough was known after the first attempt."""
    all, again = (Counter(each.mutation for each in settled if len(each.attempts) > most) for most in (0, 1))
    return ", ".join(f"{mutation} {count} ({again[mutation]})" for mutation, count in sorted(all.items()))


def spread(seconds: Sequence[float]) -> str:
    """The median and the worst."""
    return f"median {median(seconds):.1f}, worst {max(seconds):.1f}"
