"""Finding duplicates: of one customer now, over all as they were noted, and noting them (SPEC 7.6)."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from functools import partial

from domain.duplicates import LEAST_SCORE, Match, match, may_be
from domain.ids import PartyId, new_id, new_job_id
from domain.jobs import Job, JobKind, Part
from domain.operations import Change
from domain.parties import CUSTOMERS, PartyKind
from domain.refusals import InvalidValue, NotFound, Refused, demand
from graphdb import duplicates, jobs, parties
from graphdb.duplicates import Noted, Pair
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import check_kind, demand_not_merged

DEED, RUN, TELLING = "duplicates", "findDuplicates", "markNotDuplicates"
MOST = 50
"""So many who have most in common with a customer by words are compared with it."""
BATCH = 50
Progress = Callable[[int], None]


async def duplicates_of(context: Context, customer: PartyId, least: float) -> list[Match]:
    """Who may be the same as a customer, as the graph is now, the likeliest first. Raises Refused."""
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> list[Match]:
        await duplicates.caught_up(tx)
        return await matches(tx, context, [customer], least)

    found = await context.graph.read(work, DEED)
    return [one if one.one == customer else one.turned for one in found]


async def matches(tx: Transaction, context: Context, customers: Sequence[str], least: float) -> list[Match]:
    """The pairs with one of these customers that are at least so likely, each once, the likeliest first."""
    asked = await duplicates.profiles(tx, customers)
    meant = await duplicates.candidates(tx, list(asked.values()), MOST)
    pairs = {pair(id, other) for id, others in meant.items() for other in others}
    unread = dict.fromkeys(id for both in pairs for id in both if id not in asked)
    known = {**asked, **await duplicates.profiles(tx, list(unread))}
    there = [(one, other) for one, other in sorted(pairs) if one in known and other in known]
    likely = [(one, other) for one, other in there if may_be(known[one], known[other], least)]
    ties = await duplicates.ties(tx, likely, context.today) if likely else {}
    found = [match(known[one], known[other], tie) for (one, other), tie in ties.items() if tie]
    return sorted((one for one in found if one.score >= least), key=lambda one: (-one.score, one.one, one.other))


def pair(one: str, other: str) -> Pair:
    """Two ids in their order."""
    return (one, other) if one < other else (other, one)


async def noted(context: Context, least: float, after: tuple[float, str] | None, most: int) -> list[Noted]:
    """Pairs as the last run over all noted them, the likeliest first, from a score and id on. Raises Refused."""
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> list[Noted]:
        return await duplicates.page(tx, least, after, most)

    return await context.graph.read(work, DEED)


async def find_duplicates(context: Context, whole: bool, progress: Progress) -> int:
    """Notes who may be the same as whom: of all customers, or of those who were changed since the last run.

    Batch by batch, each kept by itself: a run that is killed has noted what it says it has. `progress` is told how many
    customers have been looked at; answers how many pairs were found. Raises Refused.
    """
    permit(context.viewer, DEED)
    await context.graph.read(duplicates.caught_up, DEED)
    found = seen = 0
    async for ids in every_customer(context) if whole else changed_customers(context):
        found += await noted_anew(context, ids)
        seen += len(ids)
        progress(seen)
    return found


async def every_customer(context: Context) -> AsyncIterator[list[str]]:
    """The ids of all customers, batch by batch. What changes meanwhile is left to the next run."""
    newest = await context.graph.read(duplicates.newest, DEED)
    after = ""
    while ids := await context.graph.read(partial(duplicates.customers, after=after, most=BATCH), DEED):
        yield ids
        after = ids[-1]
    await context.graph.write(partial(duplicates.went_on, operation=newest), DEED)


async def next_customers(tx: Transaction, context: Context, job: Job) -> Part:
    """Notes who may be the same as the next customers of a run over all; the cursor is the newest operation as it
    began, which the next runs go on from, and the last customer looked at."""
    if not job.cursor:
        await duplicates.caught_up(tx)
        return Part(0, f"{await duplicates.newest(tx)}:")
    newest, _, after = job.cursor.partition(":")
    ids = await duplicates.customers(tx, after=after, most=BATCH)
    if not ids:
        await duplicates.went_on(tx, operation=newest)
        return Part(0, job.cursor, over=True)
    found = await matches(tx, context, ids, LEAST_SCORE)
    await note(tx, context, ids, [(new_id("duplicate"), one) for one in found])
    return Part(len(ids), f"{newest}:{ids[-1]}", found=len(found))


async def begin_run(context: Context) -> Done:
    """Makes a job that notes who may be the same, of all customers; answers its id. Raises Refused."""
    permit(context.viewer, RUN)
    job = Job(new_job_id(), JobKind.FIND_DUPLICATES)

    async def work(tx: Transaction) -> Outcome:
        jobs.create(tx, job, context.now, context.viewer.id)
        return Outcome([job.id], [])

    made = await perform(context, RUN, work)
    context.job_made.set()
    return made


async def changed_customers(context: Context) -> AsyncIterator[list[str]]:
    """The ids of those who were changed since the last run, batch by batch, in the order of the operations."""
    after = await context.graph.read(duplicates.progress, DEED)
    while True:
        last, ids = await context.graph.read(partial(duplicates.changed, after=after, most=BATCH), DEED)
        if last == after:
            return
        for some in batches(ids):
            yield some
        await context.graph.write(partial(duplicates.went_on, operation=last), DEED)
        after = last


def batches(ids: Sequence[str]) -> Iterator[list[str]]:
    """Ids in batches."""
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])


async def keep_up(context: Context) -> int:
    """Looks at what has changed since the last run, where one has been over all; answers how many pairs were found."""
    if not await context.graph.read(duplicates.progress, DEED):
        return 0
    return await find_duplicates(context, False, lambda seen: None)


async def noted_anew(context: Context, ids: Sequence[str]) -> int:
    """Notes who may be the same as these customers, in the place of what was noted of them; answers how many pairs."""
    found = await context.graph.read(lambda tx: matches(tx, context, ids, LEAST_SCORE), DEED)
    pairs = [(new_id("duplicate"), one) for one in found]

    async def work(tx: Transaction) -> None:
        await note(tx, context, ids, pairs)

    await context.graph.write(work, DEED)
    return len(found)


async def note(tx: Transaction, context: Context, ids: Sequence[str], pairs: Sequence[tuple[str, Match]]) -> None:
    """Notes pairs of customers, with ids of their own, in the place of what was noted of some, under their locks."""
    everyone = {PartyId(id) for id in (*ids, *(id for _, one in pairs for id in (one.one, one.other)))}
    await parties.lock(tx, sorted(everyone))
    await duplicates.note(tx, ids, pairs, context.now)


async def tell_apart(context: Context, one: PartyId, other: PartyId) -> Done:
    """Keeps that two customers are not the same, so that they are never told to be. Raises Refused.

    What is kept already stays, and is no refusal.
    """
    permit(context.viewer, TELLING)
    check_kind(one, *CUSTOMERS, path="one")
    check_kind(other, PartyKind.ACCOUNT if PartyKind.of(one) is PartyKind.ACCOUNT else PartyKind.CONSUMER, path="other")
    if one == other:
        raise Refused(InvalidValue(path=("other",), reason="must be another customer"))
    made = new_id("distinction")

    async def work(tx: Transaction) -> Outcome:
        await parties.lock(tx, sorted((one, other)))
        there = await parties.ends(tx, [one, other])
        missing = [NotFound(path=(path,)) for each, path in ((one, "one"), (other, "other")) if each not in there]
        demand(missing)
        for each, path in ((one, "one"), (other, "other")):
            await demand_not_merged(tx, each, path)
        if await duplicates.tell_apart(tx, one, other, made, context.now, context.viewer.id):
            return Outcome([one, other], [])
        told = {"one": one, "other": other}
        return Outcome([one, other], [Change(made, party, None, told) for party in (one, other)])

    return await perform(context, TELLING, work)
