"""Parties: create and update, the same for all kinds (SPEC 1)."""

from collections.abc import Mapping

from domain.ids import PartyId
from domain.internal_users import Role
from domain.lifecycle import CustomerAction, Standing, check
from domain.operations import Change
from domain.parties import CUSTOMERS, Party, PartyKind, camel, changed, differences, new_party, profile
from domain.refusals import AlreadyTaken, MergedAway, NotAllowed, NotFound, Refused, StaleVersion, WrongKind, demand
from domain.sessions import ended_by
from graphdb import merging, parties, sessions
from graphdb.errors import NotUnique
from graphdb.graph import Transaction
from resolvers.access import by_role, demand_right, permit
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform

TRIES = 5
NOT_OWN = ("external_ids", "login")
"""What nobody changes of his or her own: it would tell whose it is, if taken; and whoever has got but a session of
somebody would by another login have all for good."""


async def create_party(context: Context, kind: PartyKind, given: Mapping[str, object]) -> Done:
    """Makes a party of the fields given. Raises Refused."""
    deed = f"create{kind.value}"
    permit(context.viewer, deed)
    for _ in range(TRIES):
        party = new_party(kind, given, context.country)

        async def work(tx: Transaction, party: Party = party) -> Outcome:
            await parties.create(tx, [party], context.now)
            return Outcome([party.id], [Change(party.id, party.id, None, recorded(party))])

        try:
            return await perform(context, deed, work)
        except NotUnique as error:
            if error.property != "number":  # a number drawn twice is nobody's fault: draw again
                raise await taken(context, party, error.property) from error
    raise RuntimeError("no free number was drawn")


async def update_party(
    context: Context, kind: PartyKind, id: PartyId, expected_version: int | None, given: Mapping[str, object]
) -> Done:
    """Changes the fields given of a party, if it still has the version expected. Raises Refused."""
    deed = f"update{kind.value}"
    permit(context.viewer, deed)
    check_kind(id, kind)
    after: Party | None = None
    if not by_role(context.viewer, deed):
        demand([NotAllowed(path=(camel(name),), missing=(Role.AGENT.value,)) for name in NOT_OWN if name in given])

    async def work(tx: Transaction) -> Outcome:
        nonlocal after
        await parties.lock(tx, [id])
        await demand_right(tx, context, deed, {("id",): id})
        before = (await parties.stored(tx, [id])).get(id)
        if before is None:
            raise Refused(NotFound(path=("id",)))
        if before.survivor:
            raise Refused(MergedAway(path=("id",), survivor=before.survivor))
        if expected_version not in (None, before.version):
            raise Refused(StaleVersion(path=("expectedVersion",), record=id, current_version=before.version))
        if kind in CUSTOMERS:
            check(Standing.of(before.properties), CustomerAction.EDIT, "id")
        after = changed(before, given, context.country)
        _, new = differences(before, after)
        if after.external_ids != before.external_ids:
            await parties.identify(tx, id, after.external_ids)
        if new or after.external_ids != before.external_ids:
            await parties.update(tx, id, new, context.now)
        if because := ended_by(before, after):
            sessions.end_all(tx, id, context.now, because)
        return Outcome([id], [change(before, after)])

    try:
        return await perform(context, deed, work)
    except NotUnique as error:
        raise await taken(context, after, error.property) from error


def check_kind(id: str, *kinds: PartyKind, path: str = "id") -> None:
    """Raises Refused where an id names something else than a party of these kinds."""
    kind = PartyKind.of(id)
    if kind is None:
        raise Refused(NotFound(path=(path,)))
    if kind not in kinds:
        raise Refused(WrongKind(path=(path,), allowed=tuple(kind.name for kind in kinds)))


async def demand_not_merged(tx: Transaction, id: PartyId, path: str) -> None:
    """Raises Refused with MergedAway where a customer, who is locked, was merged away (SPEC 7.4)."""
    if survivor := (await merging.survivors(tx, [id])).get(id):
        raise Refused(MergedAway(path=(path,), survivor=survivor))


def recorded(party: Party) -> dict[str, object]:
    """What the history keeps of a party that was made."""
    told = {name: value for name, value in profile(party.properties).items() if value not in (None, [])}
    return {**told, "external_ids": [external_id.key for external_id in party.external_ids]}


def change(before: Party, after: Party) -> Change:
    """What the history keeps of a party that was changed."""
    old, new = (dict[str, object](profile(side)) for side in differences(before, after))
    if before.external_ids != after.external_ids:
        old["external_ids"] = [external_id.key for external_id in before.external_ids]
        new["external_ids"] = [external_id.key for external_id in after.external_ids]
    return Change(after.id, after.id, old, new)


async def taken(context: Context, party: Party | None, property: str) -> Refused:
    """The refusal that names what of a party is another's, and whose.

    Whoever had it may have given it up since; then it is told by the property that was not unique, without a holder.
    """
    assert party is not None
    keys = [external_id.key for external_id in party.external_ids]
    rows = await context.graph.rows("parties/holders", keys=keys, login=party.properties.get("login"))
    found = [
        AlreadyTaken(
            path=("externalIds", str(keys.index(row["key"]))) if row["key"] else ("login",),
            by=None if row["deleted"] else row["party"],
        )
        for row in rows
        if row["party"] != party.id
    ]
    return Refused(*found or [AlreadyTaken(path=("login",) if property == "login" else ("externalIds",))])
