"""The OpenID Connect issuer whose tokens Kith takes (SPEC 11.3; decision 24).

Kith takes access tokens and asks the issuer for nothing but its keys, so it needs no secret there.
"""

import asyncio
import hashlib
import time
from collections.abc import Mapping
from typing import Any

import httpx
import orjson
import structlog
from joserfc.util import urlsafe_b64decode

from domain.claims import Fault, Policy, Rejected, Told, told
from kith.discovery import Away, published
from kith.key_set import ALGORITHMS, LONGEST_HEADER, KeySet

LONGEST = 16 * 1024
TYPES = {"jwt", "at+jwt", "application/at+jwt", "application/jwt"}
"""Of a token that an API may take. An ID token is a JWT, too: that it is not meant for an API its audience tells."""
AGAIN_SECONDS = 10.0
"""The keys are asked for once in so long, however many tokens name unknown ones."""
FRESH_SECONDS = 600.0
"""How long a key may be taken that the issuer has withdrawn."""

logger = structlog.get_logger()


class Issuer:
    """Tells whose a token is. Keys are kept while the issuer is away, and asked for again where a token names another.

    `again`: the least time in seconds between two times of asking.
    """

    def __init__(self, policy: Policy, http: httpx.AsyncClient, again: float = AGAIN_SECONDS) -> None:
        self.policy = policy
        self._http, self._again = http, again
        self._keys: KeySet | None = None
        self._looking: asyncio.Task[None] | None = None
        self._next = 0.0

    async def told(self, token: str) -> Told:
        """What a token tells. Its signature is looked at once while the keys are the same, its end each time.

        Raises Rejected.
        """
        if len(token) > LONGEST:
            raise Rejected(Fault.TOO_LONG)
        digest = hashlib.sha256(token.encode(errors="replace")).digest()
        known = self._keys.verified.found(digest) if self._keys else None
        if known is None:
            return await self._verified(token, digest)
        if time.time() >= known.ends:
            raise Rejected(Fault.EXPIRED)
        return known

    async def _verified(self, token: str, digest: bytes) -> Told:
        """The same of a token that is not known."""
        header, claims = opened(token)
        algorithm, kid = algorithm_of(header), header.get("kid")
        if claims.get("iss") != self.policy.issuer:  # no token of others makes anybody ask the issuer
            raise Rejected(Fault.WRONG_ISSUER)
        if kid is not None and not isinstance(kid, str):
            raise Rejected(Fault.MALFORMED)
        keys = await self._keys_for(kid)
        body = keys.signed(token.encode(), kid, algorithm)
        if body is None:
            raise Rejected(Fault.WRONG_SIGNATURE if keys.knows(kid) else Fault.UNKNOWN_KEY)
        known = told(json_object(body), self.policy, time.time())
        keys.verified.keep(digest, known)
        return known

    async def _keys_for(self, kid: str | None) -> KeySet:
        """The keys, asked for again where this one is not among them. Raises Rejected where there never were any."""
        if self._keys is None or not self._keys.knows(kid):
            await self.look()
        if self._keys is None:
            raise Rejected(Fault.NO_KEYS)
        return self._keys

    async def look(self) -> None:
        """Asks for the keys, unless that was done just now; whoever comes meanwhile waits for the same answer."""
        if self._looking is None:
            if time.monotonic() < self._next:
                return
            self._next = time.monotonic() + self._again
            self._looking = asyncio.create_task(self._look())
        await asyncio.shield(self._looking)  # whoever hangs up doesn't take the answer from the others

    async def _look(self) -> None:
        try:
            found = KeySet(await published(self._http, self.policy.issuer))
        except Away as away:
            logger.warning("issuer_away", reason=str(away))
        else:
            if found != self._keys:  # else tokens that are known stay so
                logger.info("issuer_keys", count=len(found))
                self._keys = found
        finally:
            self._looking = None

    async def keep_fresh(self, every: float = FRESH_SECONDS) -> None:
        """Asks for the keys now and then, until cancelled, so that one that is withdrawn doesn't stay; where there are
        none yet, as soon as may be."""
        while True:
            await self.look()
            await asyncio.sleep(every if self._keys else self._again)


def opened(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims of a token as it says, which nobody has checked yet. Raises Rejected."""
    parts = token.split(".") if token.isascii() else []
    if len(parts) != 3 or len(parts[0]) > LONGEST_HEADER:
        raise Rejected(Fault.MALFORMED)
    return json_object(decoded(parts[0])), json_object(decoded(parts[1]))


def decoded(part: str) -> bytes:
    """A part of a token. Raises Rejected."""
    try:
        return urlsafe_b64decode(part.encode())
    except ValueError as error:
        raise Rejected(Fault.MALFORMED) from error


def json_object(text: bytes) -> Mapping[str, Any]:
    """A JSON object. Raises Rejected."""
    try:
        found = orjson.loads(text)
    except ValueError as error:
        raise Rejected(Fault.MALFORMED) from error
    if not isinstance(found, dict):
        raise Rejected(Fault.MALFORMED)
    return found


def algorithm_of(header: Mapping[str, Any]) -> str:
    """The algorithm that a header names, if it is one that may be, of a type that may be, and asks for nothing more.

    Raises Rejected. Keys that the header itself holds or points to are never looked at.
    """
    type, algorithm = header.get("typ", "JWT"), header.get("alg")
    if not isinstance(type, str) or type.lower() not in TYPES:
        raise Rejected(Fault.WRONG_TYPE)
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Rejected(Fault.WRONG_ALGORITHM)
    if "crit" in header:
        raise Rejected(Fault.MALFORMED)
    return algorithm
