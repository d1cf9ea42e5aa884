"""API keys of partner apps: issue one, revoke one, list an app's (SPEC 11.3)."""

from dataclasses import dataclass
from datetime import datetime

from domain.api_keys import issue, new_secret
from domain.ids import ApiKeyId, PartnerAppId
from domain.operations import Change
from domain.refusals import NotFound, Refused
from graphdb import api_keys, partner_apps
from graphdb.graph import Transaction
from resolvers.access import permit, permitted
from resolvers.context import Context
from resolvers.operations import Done, Outcome, perform
from resolvers.partner_apps import READING


@dataclass(frozen=True)
class Issued:
    """A key that was issued. `secret` is what its app sends, told this once: None where it was issued before."""

    done: Done
    secret: str | None


async def keys_of(context: Context, app: str) -> list[str] | None:
    """The ids of an app's keys, the first first; None for whoever is no administrator."""
    if not permitted(context.viewer, READING):
        return None
    return await api_keys.of_app(context.graph, app)


async def issue_api_key(context: Context, app: PartnerAppId, name: str, expires_at: datetime | None) -> Issued:
    """Issues a key of an app, active or not. Raises Refused.

    The secret is nowhere but in this answer; the history has the key without it and without its hash.
    """
    permit(context.viewer, "issueApiKey")
    secret = new_secret()
    key = issue(app, secret, name, expires_at, context.now)

    async def work(tx: Transaction) -> Outcome:
        if await partner_apps.locked(tx, app) is None:
            raise Refused(NotFound(path=("app",)))
        await api_keys.create(tx, key, context.now, context.viewer.id)
        told = {"app": app, "name": key.name, "hint": key.hint, "expires_at": key.expires_at}
        return Outcome([key.id], [Change(key.id, None, None, told)])

    done = await perform(context, "issueApiKey", work)
    return Issued(done, secret if done.id == key.id else None)


async def revoke_api_key(context: Context, id: ApiKeyId) -> Done:
    """Revokes a key at once; one that is revoked stays so since then. Raises Refused."""
    permit(context.viewer, "revokeApiKey")

    async def work(tx: Transaction) -> Outcome:
        found = await api_keys.revoke(tx, id, context.now)
        if found is None:
            raise Refused(NotFound(path=("id",)))
        app, since = found
        old, new = {"app": app, "revoked_at": since}, {"app": app, "revoked_at": since or context.now}
        return Outcome([id], [Change(id, None, old, new)])

    return await perform(context, "revokeApiKey", work)
