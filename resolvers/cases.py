"""Cases: open, change, assign, comment, close, reopen, each by grant (SPEC 5.4, 5.7)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.access import Grant
from domain.cases import Case, NewCase, changed, closed, commented, fields, opened, reopened
from domain.ids import CaseId, PartyId, new_case_comment_id, new_case_id
from domain.operations import Change, differing
from domain.parties import PartyKind, new_number
from domain.refusals import NotFound, Refused, StaleVersion
from graphdb import cases, parties
from graphdb.errors import NotUnique
from graphdb.graph import Transaction
from resolvers.access import demand_grant, demand_seen, permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import check_kind

TRIES = 5
PLACE = "case"


async def create_case(context: Context, draft: NewCase) -> Done:
    """Opens a case of a customer, for oneself or on the customer's behalf. Raises Refused.

    Every party that the case names by an id is locked, since no edge would keep them from being deleted meanwhile.
    """
    permit(context.viewer, "createCase")
    check_kind(draft.customer, PartyKind.CONSUMER, PartyKind.ACCOUNT, path="customer")
    others: dict[str, PartyId] = {}
    for place, party, kind in (
        ("household", draft.household, PartyKind.HOUSEHOLD),
        ("assignee", draft.assignee, PartyKind.INTERNAL_USER),
    ):
        if party is not None:
            check_kind(party, kind, path=place)
            others[place] = party
    id = new_case_id()
    for _ in range(TRIES):
        number = new_number()

        async def work(tx: Transaction, number: str = number) -> Outcome:
            await parties.lock(tx, sorted([draft.customer, *others.values()]))
            through = await demand_grant(tx, context, Grant.CREATE_CASES, draft.customer, "customer")
            await demand_seen(tx, context, {(place,): party for place, party in others.items()})
            setting = await cases.setting(tx, draft, context.today)
            if setting is None:
                raise Refused(NotFound(path=("customer",)))
            made = opened(draft, id, number, through, setting)
            await cases.create(tx, made, context.now, context.viewer.id)
            told = {name: value for name, value in fields(made).items() if value is not None}
            return Outcome([id], [Change(id, made.customer, None, told)])

        try:
            return await perform(context, "createCase", work)
        except NotUnique as error:
            if error.property != "number":  # a number drawn twice is nobody's fault: draw again
                raise
    raise RuntimeError("no free number was drawn")


async def update_case(context: Context, id: CaseId, expected_version: int | None, given: Mapping[str, Any]) -> Done:
    """Changes the texts given of a case, if it still has the version expected. Raises Refused."""

    def become(before: Case) -> Case:
        if expected_version not in (None, before.version):
            raise Refused(StaleVersion(path=("expectedVersion",), record=id, current_version=before.version))
        return changed(before, given)

    return await turned(context, "updateCase", id, become)


async def assign_case(context: Context, id: CaseId, assignee: PartyId | None) -> Done:
    """Gives a case to a member of the staff, or to nobody. Raises Refused."""
    permit(context.viewer, "assignCase")
    if assignee is not None:
        check_kind(assignee, PartyKind.INTERNAL_USER, path="assignee")

    async def work(tx: Transaction) -> Outcome:
        before = await managed(tx, context, id, [assignee] if assignee else [])
        if assignee:
            await demand_seen(tx, context, {("assignee",): assignee})
        return await saved(tx, context, before, replace(before, assignee=assignee))

    return await perform(context, "assignCase", work)


async def comment_on_case(context: Context, id: CaseId, text: str) -> Done:
    """Says something on a case, open or closed. Raises Refused."""
    permit(context.viewer, "commentOnCase")
    comment_id = new_case_comment_id()

    async def work(tx: Transaction) -> Outcome:
        found = await managed(tx, context, id)
        said = commented(found, comment_id, text)
        cases.comment(tx, said, context.now, context.viewer.id)
        new = {"comments": said.place, "comment": said.text}
        return Outcome([id], [Change(id, found.customer, {"comments": found.comments}, new)])

    return await perform(context, "commentOnCase", work)


async def close_case(context: Context, id: CaseId) -> Done:
    """Closes a case that is open. Raises Refused; of two who close it one does."""
    return await turned(context, "closeCase", id, lambda before: closed(before, context.now))


async def reopen_case(context: Context, id: CaseId) -> Done:
    """Opens a case again that is closed. Raises Refused."""
    return await turned(context, "reopenCase", id, reopened)


async def turned(context: Context, deed: str, id: CaseId, become: Callable[[Case], Case]) -> Done:
    """Locks a case, and writes what the rule makes of it; the deed is named as its mutation is."""
    permit(context.viewer, deed)

    async def work(tx: Transaction) -> Outcome:
        before = await managed(tx, context, id)
        return await saved(tx, context, before, become(before))

    return await perform(context, deed, work)


async def managed(tx: Transaction, context: Context, id: CaseId, others: Sequence[PartyId] = ()) -> Case:
    """A case that nobody else changes now, nor its customer or the other parties, if the viewer manages it.

    Raises Refused: NotFound where the viewer may not view it, as if it was not there, NotAllowed without the grant.
    """
    found = await cases.locked(tx, id, others)
    if found is None:
        raise Refused(NotFound(path=(PLACE,)))
    try:
        await demand_case_grant(tx, context, Grant.VIEW_CASES, found)
    except Refused as refused:
        raise Refused(NotFound(path=(PLACE,))) from refused
    await demand_case_grant(tx, context, Grant.MANAGE_CASES, found)
    return found


async def demand_case_grant(tx: Transaction, context: Context, grant: Grant, this_case: Case) -> None:
    """Raises Refused, by what is wrong with the customer, unless the viewer has a grant for the customer, or else for
    the household in which the case is."""
    try:
        await demand_grant(tx, context, grant, this_case.customer, PLACE)
    except Refused:
        if this_case.household is None or not await has_grant(tx, context, grant, this_case.household):
            raise


async def has_grant(tx: Transaction, context: Context, grant: Grant, party: PartyId) -> bool:
    """Whether the viewer has a grant for a party."""
    try:
        await demand_grant(tx, context, grant, party, PLACE)
    except Refused:
        return False
    return True


async def saved(tx: Transaction, context: Context, before: Case, after: Case) -> Outcome:
    """Writes what a case has become, if it has changed."""
    if after != before:
        await cases.update(tx, after, context.now)
    old, new = fields(before), fields(after)
    return Outcome([after.id], [Change(after.id, after.customer, *differing(old, new))])
