"""Refresh tokens: which session, which number, and a seal; so nothing stands in the graph that signs anybody in."""

import hashlib
import hmac
import re

from joserfc.util import urlsafe_b64encode

from kith.keys import derived

FORM = re.compile(r"kr\.(session_[0-9a-z]{26})\.(0|[1-9][0-9]{0,8})\.([\w-]{43})", re.ASCII)


class RefreshTokens:
    """Makes and reads the refresh tokens of one instance."""

    def __init__(self, secret: str) -> None:
        self._key = derived(secret, "refresh tokens")

    def new(self, session: str, number: int) -> str:
        """The refresh token of a number of a session."""
        return f"kr.{session}.{number}.{self._seal(session, number)}"

    def read(self, token: str) -> tuple[str, int] | None:
        """The session and the number of a token, None if this instance did not make it. Nothing else is asked."""
        if (found := FORM.fullmatch(token)) is None:
            return None
        session, number, seal = found.groups()
        return (session, int(number)) if hmac.compare_digest(seal, self._seal(session, int(number))) else None

    def _seal(self, session: str, number: int) -> str:
        sealed = hmac.new(self._key, f"{session}.{number}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(sealed).decode()
