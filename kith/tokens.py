"""Tokens of the service's own: signed with the instance's secret, so another instance's are refused (SPEC 11.3)."""

import os
import secrets
import time
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from kith.settings import Settings
from resolvers.reading.kept import Kept
from resolvers.viewers import Caller

ISSUER, ALGORITHM = "kith", "HS256"
LIFETIME = timedelta(days=30)
FILE = "secret"
MOST_KNOWN = 10_000


class Rejected(Exception):
    """Raised for a token that is refused; `reason` is a code for the log, which tells nothing of whose it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Tokens:
    """Makes and checks tokens of one instance."""

    def __init__(self, secret: str) -> None:
        self._key = OctKey.import_key(secret)
        self._known: Kept[tuple[str, float]] = Kept(MOST_KNOWN)
        self._rules = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": ISSUER}, sub={"essential": True}, exp={"essential": True}
        )

    def new(self, id: str, now: datetime) -> str:
        """A token by which the administrator, or a party, is known for LIFETIME."""
        claims = {
            "iss": ISSUER,
            "sub": id,
            "iat": int(now.timestamp()),
            "exp": int((now + LIFETIME).timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM}, claims, self._key)

    async def caller(self, token: str) -> Caller | None:
        """Whose token it is; None where it is none of this instance's. Raises Rejected where it has expired.

        A signature is looked at once, the time at which it ends each time.
        """
        known = self._known.found(token)
        if known is None:
            try:
                found = jwt.decode(token, self._key, algorithms=[ALGORITHM])
                self._rules.validate(found.claims)
            except (JoseError, ValueError):
                return None
            known = str(found.claims["sub"]), float(found.claims["exp"])
            self._known.keep(token, known)
        id, ends = known
        if time.time() >= ends:
            raise Rejected("EXPIRED")
        return Caller(id)


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
