"""Passwords set by mutations: one's own, and by administrators (SPEC 5.7, 6.4)."""

from datetime import datetime

from domain import passwords as rules
from domain.ids import PartyId
from domain.operations import Change
from domain.parties import PartyKind
from domain.refusals import InvalidValue, NotFound, Refused, WrongPassword
from domain.values import Invalid
from graphdb import parties, passwords
from graphdb.graph import Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import check_kind, demand_not_merged
from resolvers.passwords import give


async def change_password(context: Context, current: str, new: str) -> Done:
    """Changes the viewer's own password; all other sessions end. Raises Refused, TooManyAttempts, Busy.

    Passwords are compared before the transaction, which must not wait for that; within it the hash must be the same
    still. Under an idempotency key who asks again is answered as before, though the password is another by now.
    """
    permit(context.viewer, "changePassword")
    form = allowed(new, "new")
    await context.attempts.change_password(context.viewer.id)
    viewer = PartyId(context.viewer.id)
    before = await context.graph.read(lambda tx: passwords.hash_of(tx, viewer), "changePassword")
    right = await context.hasher.verify(before, current)
    hash = await context.hasher.hash(form)

    async def work(tx: Transaction) -> Outcome:
        await parties.lock(tx, [viewer])
        if not right or await passwords.hash_of(tx, viewer) != before:
            raise Refused(WrongPassword(path=("current",)))
        give(tx, viewer, hash, context.now, but=context.viewer.session)
        return Outcome([viewer], [told(viewer, context.now)])

    done = await perform(context, "changePassword", work)
    await context.attempts.changed_password(context.viewer.id)
    return done


async def set_password(context: Context, party: PartyId, password: str) -> Done:
    """Sets the password of one of the staff or of a consumer, whose sessions end. Raises Refused, Busy."""
    permit(context.viewer, "setPassword")
    check_kind(party, PartyKind.CONSUMER, PartyKind.INTERNAL_USER, path="party")
    hash = await context.hasher.hash(allowed(password, "password"))

    async def work(tx: Transaction) -> Outcome:
        await parties.lock(tx, [party])
        if not await parties.ends(tx, [party]):
            raise Refused(NotFound(path=("party",)))
        await demand_not_merged(tx, party, "party")
        give(tx, party, hash, context.now)
        return Outcome([party], [told(party, context.now)])

    return await perform(context, "setPassword", work)


def allowed(password: str, path: str) -> str:
    """A password that may be set, in the form in which it is hashed. Raises Refused."""
    try:
        return rules.checked(password)
    except Invalid as error:
        raise Refused(InvalidValue(path=(path,), reason=error.reason)) from error


def told(party: PartyId, at: datetime) -> Change:
    """What the history keeps of a password that was set: that it was, and when."""
    return Change(party, party, {}, {"password_set_at": at})
