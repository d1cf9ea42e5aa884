"""Consents to partner apps: give one, withdraw one (SPEC 5.6)."""

from collections.abc import Sequence

from domain.access import RIGHTS
from domain.consents import PEDIGREES, Consent, Standing, acts_as_representative, fields, given, withdrawn
from domain.ids import ConsentId, PartnerAppId, PartyId, new_consent_id
from domain.operations import Change, differing
from domain.parties import PartyKind
from domain.partner_apps import AppScope
from domain.refusals import NotAllowed, NotFound, Refused
from graphdb import consents, parties
from graphdb.consents import Setting
from graphdb.errors import Gone
from graphdb.graph import Transaction
from resolvers.access import by_role, demand_seen, needed, permit, reached
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import check_kind, demand_not_merged


async def give_consent(
    context: Context, consumer: PartyId, app: PartnerAppId, scopes: Sequence[AppScope] | None
) -> Done:
    """Consents that an app is shown a consumer, by whom it is, or by a parent or representative of a child.

    Raises Refused. Whoever changes consents of the same consumer waits, so there is never more than one to an app.
    """
    deed, id = "giveConsent", new_consent_id()
    permit(context.viewer, deed)
    check_kind(consumer, PartyKind.CONSUMER, path="consumer")

    async def work(tx: Transaction) -> Outcome:
        setting, by = await locked(tx, context, deed, consumer, app)
        if setting.app is None:
            raise Refused(NotFound(path=("app",)))
        new, over = given(id, consumer, setting.app, scopes, by, setting.consenter, setting.open, context.today)
        told = closed(tx, context, setting.open, over)
        if not await consents.create(tx, new, context.now, context.viewer.id):
            raise Gone("The app was deleted meanwhile.")
        return Outcome([id], [*told, Change(id, consumer, None, fields(new))])

    return await perform(context, deed, work)


async def withdraw_consent(context: Context, consumer: PartyId, app: PartnerAppId) -> Done:
    """Ends a consumer's consent to an app, at once. Raises Refused."""
    deed = "withdrawConsent"
    permit(context.viewer, deed)
    check_kind(consumer, PartyKind.CONSUMER, path="consumer")

    async def work(tx: Transaction) -> Outcome:
        setting, by = await locked(tx, context, deed, consumer, app)
        over = withdrawn(by, setting.open, context.today)
        return Outcome([over[-1].id], closed(tx, context, setting.open, over))

    return await perform(context, deed, work)


async def locked(
    tx: Transaction, context: Context, deed: str, consumer: PartyId, app: PartnerAppId
) -> tuple[Setting, Standing]:
    """What a consent is judged by, once nobody else changes the consumer's; and as who the viewer asks.

    Raises Refused: NotFound where the viewer neither sees the consumer nor may act for him or her, NotAllowed where
    the viewer sees, and may not.
    """
    await parties.lock(tx, [consumer])
    found = await consents.setting(tx, consumer, app, context.viewer.id, context.today)
    if found is None:
        raise Refused(NotFound(path=("consumer",)))
    itself = consumer == context.viewer.id
    guardian = not itself and await is_guardian(tx, context, consumer, found)
    if not (itself or guardian or by_role(context.viewer, deed)):
        await demand_seen(tx, context, {("consumer",): consumer})
        raise Refused(NotAllowed(path=("consumer",), missing=needed(RIGHTS[deed])))
    await demand_not_merged(tx, consumer, "consumer")
    return found, Standing(itself, guardian)


async def is_guardian(tx: Transaction, context: Context, consumer: PartyId, found: Setting) -> bool:
    """Whether the viewer is a parent of a consumer today, or an Authorized Representative."""
    if context.viewer.kind is not PartyKind.CONSUMER:
        return False
    if PEDIGREES & set(found.pedigrees):
        return True
    return acts_as_representative((await reached(tx, context, [consumer])).get(consumer, ()))


def closed(tx: Transaction, context: Context, before: Sequence[Consent], over: Sequence[Consent]) -> list[Change]:
    """Writes the ends of some consents; answers what the history keeps of them."""
    if over:
        consents.close(tx, over, context.now, context.viewer.id)
    was: dict[ConsentId, Consent] = {consent.id: consent for consent in before}
    return [
        Change(consent.id, consent.consumer, *differing(fields(was[consent.id]), fields(consent))) for consent in over
    ]
