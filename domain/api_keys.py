"""API keys, by which partner apps sign in: shown once, kept as a hash (SPEC 11.3)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.ids import ApiKeyId, PartnerAppId, new_api_key_id
from domain.refusals import InvalidValue, Refusal, demand
from domain.texts import filled
from domain.values import Invalid

PREFIX = "kith_"
SECRET_BYTES, HINT = 32, 4
LONGEST = 100
"""Of what is looked up at all: a key has 48 characters."""
MOST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key as it is stored: its hash finds it, its hint, the last characters, tells it from others for people."""

    id: ApiKeyId
    app: PartnerAppId
    name: str
    hash: str
    hint: str
    expires_at: datetime | None = None


def new_secret() -> str:
    """A key as its app sends it: 256 bits at random, which nobody guesses."""
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def is_key(text: str) -> bool:
    """Whether a text may be a key."""
    return text.startswith(PREFIX) and len(text) <= LONGEST


def hashed(secret: str) -> str:
    """What is stored of a key: SHA-256, hexadecimal. Slow hashes are for what people think up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(app: PartnerAppId, secret: str, name: str, expires_at: datetime | None, now: datetime) -> ApiKey:
    """A new key of an app; a moment without a zone is UTC's. Raises Refused with all that is wrong."""
    refusals: list[Refusal] = []
    try:
        name = filled(name, MOST_NAME)
    except Invalid as error:
        refusals.append(InvalidValue(path=("name",), reason=error.reason))
    try:
        expires_at = in_utc(expires_at) if expires_at else None
        if expires_at is not None and expires_at <= now:
            raise Invalid("must be to come")
    except Invalid as error:
        refusals.append(InvalidValue(path=("expiresAt",), reason=error.reason))
    demand(refusals)
    return ApiKey(
        id=new_api_key_id(), app=app, name=name, hash=hashed(secret), hint=secret[-HINT:], expires_at=expires_at
    )


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC, in which one without a zone is taken to be. Raises Invalid for one off the calendar."""
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:
        raise Invalid("is beyond the calendar") from error
