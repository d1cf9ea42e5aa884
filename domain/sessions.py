"""Sessions: a party's being signed in, which can be ended at once (SPEC 11.3)."""

from enum import Enum


class Ending(Enum):
    """Why a session has ended."""

    SIGNED_OUT = "SIGNED_OUT"
    REUSED = "REUSED"
    PASSWORD = "PASSWORD"
    LOGIN = "LOGIN"
    STATUS = "STATUS"
    REVOKED = "REVOKED"
    TOO_MANY = "TOO_MANY"
