"""Tokens of the service's own: signed by keys that follow from the instance's secret (SPEC 11.3)."""

import os
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from joserfc import jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jws import extract_compact
from joserfc.jwt import JWTClaimsRegistry

from domain.signing_keys import FIRST, SigningKey, signing
from graphdb.errors import GraphError
from kith.keys import ALGORITHM, Signer, signer
from kith.settings import Settings
from resolvers.reading.kept import Kept
from resolvers.viewers import Caller

ISSUER = "kith"
LIFETIME = timedelta(days=30)
"""Of the longest tokens, those of the command line."""
LONGEST = 1_024
LEEWAY_SECONDS = 30
"""How far apart clocks of replicas may be."""
LOOKING_SECONDS = 30.0
FILE = "secret"
MOST_KNOWN = 10_000

Stored = Callable[[], Awaitable[Sequence[SigningKey]]]


class Audience(Enum):
    """What a token is for: one is not good as the other."""

    API = "kith"
    BROWSER = "kith:browser"


RULES = JWTClaimsRegistry(
    leeway=LEEWAY_SECONDS,
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "values": [audience.value for audience in Audience]},
    sub={"essential": True},
    iat={"essential": True},
    exp={"essential": True},
)
"""What the claims must be; until when a token is good is looked at to the second, each time."""


@dataclass(frozen=True)
class Known:
    """What a token with a good signature says of itself: its key, when it expires, what it is for."""

    key: str
    expires: float
    audience: str


class Rejected(Exception):
    """Raised for a token that is refused; `reason` is a code for the log, which tells nothing of whose it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Tokens:
    """Makes and checks the tokens of one instance.

    `stored` tells which keys there are, by their numbers; it is asked now and then, and when a key is named that is not
    known, at most once a second.
    """

    def __init__(self, secret: str, stored: Stored | None = None) -> None:
        self._secret, self._stored = secret, stored
        self._signs = FIRST
        self._takes: dict[str, tuple[Signer, float]] = {}
        self._looked, self._look_again = 0.0, 0.0 if stored else float("inf")
        self._known: Kept[tuple[Caller, Known]] = Kept(MOST_KNOWN)
        self._learn([FIRST])

    def new(
        self,
        id: str,
        now: datetime,
        session: str | None = None,
        life: timedelta = LIFETIME,
        audience: Audience = Audience.API,
    ) -> str:
        """A token by which the administrator, or a party, is known for so long, and while its session goes on."""
        key = signer(self._secret, self._signs.number)
        claims = {
            "iss": ISSUER,
            "aud": audience.value,
            "sub": id,
            **({"sid": session} if session else {}),
            "iat": int(now.timestamp()),
            "exp": int((now + life).timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM, "typ": "JWT", "kid": key.id}, claims, key.key, algorithms=[ALGORITHM])

    async def caller(self, token: str, audience: Audience = Audience.API) -> Caller | None:
        """Whose token it is; None where no key of this instance signed it. Raises Rejected where it is no good.

        A signature is looked at once; when it ends, for what it is and whether its key is still taken, each time.
        """
        if time.monotonic() >= self._look_again:
            await self.look()
        found = self._known.found(token)
        if found is None:
            found = await self._verified(token)
            if found is None:
                return None
            self._known.keep(token, found)
        caller, known = found
        self._check(known, audience)
        return caller

    async def look(self) -> None:
        """Learns which keys there are by now. While nobody can tell, it goes on with those that it knows."""
        if self._stored is None:
            return
        self._looked = time.monotonic()
        self._look_again = self._looked + LOOKING_SECONDS
        try:
            self._learn(await self._stored())
        except GraphError:
            self._look_again = self._looked + 1

    def jwks(self) -> dict[str, list[dict[str, object]]]:
        """The public keys whose signatures are taken now (RFC 7517)."""
        return {"keys": [key.public for key, until in self._takes.values() if time.time() < until]}

    def _learn(self, keys: Sequence[SigningKey]) -> None:
        self._signs = signing(keys)
        takes = [(signer(self._secret, key.number), key.until) for key in keys]
        self._takes = {key.id: (key, until.timestamp() if until else float("inf")) for key, until in takes}

    async def _verified(self, token: str) -> tuple[Caller, Known] | None:
        """Whose token it is by its signature, and what else it says; None where its key is not known."""
        named = named_in(token)
        if named is None:
            return None
        algorithm, id = named
        if id not in self._takes and time.monotonic() >= self._looked + 1:
            await self.look()
        if id not in self._takes:
            return None
        if algorithm != ALGORITHM:
            raise Rejected("ALGORITHM")
        try:
            claims = jwt.decode(token, self._takes[id][0].key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError) as error:
            raise Rejected("SIGNATURE") from error
        try:
            RULES.validate(claims)
        except ClaimError as error:
            raise Rejected(f"CLAIM_{error.claim.upper()}") from error
        session = claims.get("sid")
        known = Known(id, float(claims["exp"]), str(claims["aud"]))
        return Caller(claims["sub"], session if isinstance(session, str) else None), known

    def _check(self, known: Known, audience: Audience) -> None:
        """Raises Rejected where what a token says of itself is not so, or not any more."""
        now = time.time()
        if now >= known.expires:
            raise Rejected("CLAIM_EXP")
        if known.audience != audience.value:
            raise Rejected("CLAIM_AUD")
        if known.key not in self._takes or now >= self._takes[known.key][1]:
            raise Rejected("KEY")


def named_in(token: str) -> tuple[str, str] | None:
    """The algorithm and the key that a token names, None where it is none, or too long to be one of ours."""
    if len(token) > LONGEST:
        return None
    try:
        header = extract_compact(token.encode()).headers()
    except (JoseError, ValueError):
        return None
    algorithm, id = header.get("alg"), header.get("kid")
    return (algorithm, id) if isinstance(algorithm, str) and isinstance(id, str) else None


def secret_of(settings: Settings) -> str:
    """The instance's secret: the setting, else one made once and kept in the data folder for its owner only."""
    if settings.secret:
        return settings.secret.get_secret_value()
    file = settings.data / FILE
    if not file.exists():
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
        try:
            os.link(made, file)  # whoever comes first; it is whole from the beginning
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text()
