"""Passwords: hashed by argon2id, in threads, a few at a time (SPEC 6.4)."""

import asyncio
import base64
import os
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.ids import PartyId
from domain.passwords import typed
from domain.sessions import Ending
from graphdb import passwords, sessions
from graphdb.graph import Transaction

T = TypeVar("T")
AT_ONCE = min(4, os.cpu_count() or 1)
"""Each takes 64 MiB and some cores for a moment."""
MOST_WAITING = 64


class Busy(Exception):
    """Raised where so many passwords wait to be looked at that another would only wait for nothing."""

    def __init__(self) -> None:
        super().__init__("Too many are signing in; try again in some seconds.")


class Hasher:
    """Makes hashes of passwords, and compares passwords with them."""

    def __init__(
        self, argon: PasswordHasher | None = None, at_once: int = AT_ONCE, waiting: int = MOST_WAITING
    ) -> None:
        self._argon = argon or PasswordHasher()
        self._threads = ThreadPoolExecutor(at_once, "passwords")
        self._under_way, self._most = 0, at_once + waiting
        self._nobodys = nobodys(self._argon)

    async def hash(self, password: str) -> str:
        """The hash of a password, which `domain.passwords.checked` has brought to its form. Raises Busy."""
        return await self._run(lambda: self._argon.hash(password))

    async def verify(self, hash: str | None, password: str) -> bool:
        """Whether a password, as it was typed, is that of a hash. Raises Busy.

        Without a hash, or with a password that can be nobody's, it is not, which takes as long to find.
        """
        form = typed(password)
        known = self._nobodys if hash is None or form is None else hash
        same = await self._run(lambda: self._same(known, form or ""))
        return same and known is hash

    def outdated(self, hash: str) -> bool:
        """Whether a hash was made with other parameters than are used now."""
        return self._argon.check_needs_rehash(hash)

    def _same(self, hash: str, password: str) -> bool:
        try:
            return self._argon.verify(hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if self._under_way >= self._most:
            raise Busy
        self._under_way += 1
        try:
            return await asyncio.wrap_future(self._threads.submit(work))
        finally:
            self._under_way -= 1


def nobodys(argon: PasswordHasher) -> str:
    """A hash of which nobody knows the password, of the same parameters; comparing with it takes as long."""
    salt, hash = (
        base64.b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (argon.salt_len, argon.hash_len)
    )
    return f"$argon2id$v=19$m={argon.memory_cost},t={argon.time_cost},p={argon.parallelism}${salt}${hash}"


def give(tx: Transaction, party: PartyId, hash: str, at: datetime, but: str | None = None) -> None:
    """Sets the password of a locked party by its hash, and ends its sessions, all but one where that goes on."""
    passwords.put(tx, party, hash, at)
    sessions.end_all(tx, party, at, Ending.PASSWORD, but)
