"""How often somebody may try, counted in this process: by whom, and from where (SPEC 11.4)."""

import hashlib
import ipaddress
import secrets
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

MINUTES = 15
"""In which attempts with one login from one address are counted, and attempts to change a password."""
REFRESHES = 10
"""Refreshing costs no hash, and many refresh behind one address: so many times more of it than of signing in."""


class TooManyAttempts(Exception):
    """Raised for whoever has tried too often; `seconds`: when to come again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts; try again in {seconds} seconds.")
        self.seconds = seconds


class Attempts:
    """Counts attempts. What they are counted by is kept as a hash, until the time is over.

    A login is counted with the address from where it is tried: so nobody locks out another, who tries from elsewhere.
    An address is counted with whatever login, so nobody tries all of them from one.
    """

    def __init__(self, per_login: int = 10, per_address: int = 60) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._login = RateLimitItemPerMinute(per_login, MINUTES)
        self._address = RateLimitItemPerMinute(per_address)
        self._refresh = RateLimitItemPerMinute(per_address * REFRESHES)
        self._key = secrets.token_bytes(32)

    async def sign_in(self, login: str, address: str) -> None:
        """Counts an attempt to sign in. Raises TooManyAttempts."""
        where = network(address)
        await self._count(self._address, "address", where)
        await self._count(self._login, "login", login.strip().casefold(), where)

    async def signed_in(self, login: str, address: str) -> None:
        """Whoever has signed in may do so as often as he or she likes; the address may not."""
        await self._limiter.clear(self._login, self._hashed("login", login.strip().casefold(), network(address)))

    async def refresh(self, address: str) -> None:
        """Counts an attempt to refresh a session. Raises TooManyAttempts."""
        await self._count(self._refresh, "refresh", network(address))

    async def change_password(self, party: str) -> None:
        """Counts an attempt of somebody who has signed in to change the password. Raises TooManyAttempts."""
        await self._count(self._login, "password", party)

    async def changed_password(self, party: str) -> None:
        """Whoever knew the password may try again."""
        await self._limiter.clear(self._login, self._hashed("password", party))

    async def _count(self, limit: RateLimitItem, *by: str) -> None:
        key = self._hashed(*by)
        if not await self._limiter.hit(limit, key):
            window = await self._limiter.get_window_stats(limit, key)
            raise TooManyAttempts(max(1, round(window.reset_time - time.time())))

    def _hashed(self, *by: str) -> str:
        told = "\0".join(by).encode(errors="replace")
        return hashlib.blake2b(told, key=self._key, digest_size=16).hexdigest()


def network(address: str) -> str:
    """What an address is counted as: itself, of IPv6 its first 64 bits, since one customer has all that follow."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
