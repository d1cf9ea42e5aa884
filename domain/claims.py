"""What the claims of an issuer's token say, once its signature holds: whose it is, until when, which roles (SPEC 11.3).

Whoever can set the login's claim at the issuer says who somebody is here. So an address that the issuer has not
verified names nobody, and one is only lower-cased where it is ASCII: other letters that fold to these ("ſ", "K") would
let one address pass as another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from domain.contacts import login
from domain.internal_users import Role
from domain.values import Invalid

LEEWAY = 30.0
"""Seconds by which the issuer's clock and ours may differ."""
EMAIL, VERIFIED = "email", "email_verified"
LONGEST_SUBJECT = 255
LATEST = 2**53


class Fault(Enum):
    """Why a token is refused, as the log has it; whoever sent it is not told."""

    TOO_LONG = "TOO_LONG"
    MALFORMED = "MALFORMED"
    WRONG_TYPE = "WRONG_TYPE"
    WRONG_ALGORITHM = "WRONG_ALGORITHM"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    NO_KEYS = "NO_KEYS"
    WRONG_SIGNATURE = "WRONG_SIGNATURE"
    WRONG_ISSUER = "WRONG_ISSUER"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"
    EXPIRED = "EXPIRED"
    NOT_YET = "NOT_YET"
    NO_SUBJECT = "NO_SUBJECT"
    NO_LOGIN = "NO_LOGIN"
    NOT_VERIFIED = "NOT_VERIFIED"
    UNKNOWN_LOGIN = "UNKNOWN_LOGIN"


class Rejected(Exception):
    """A token that signs nobody in."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Policy:
    """What tokens must be, and how they are read: the claim that names somebody by login, and the one that has the
    roles, where Kith's own records don't. `roles` are those of each value of that claim; None where values are roles'
    names."""

    issuer: str
    audience: str
    login: str = EMAIL
    roles_claim: str | None = None
    roles: Mapping[str, tuple[Role, ...]] | None = None


@dataclass(frozen=True)
class Told:
    """What a token tells: a login, roles by name in order or None where it tells none, and the second it ends."""

    login: str
    roles: tuple[str, ...] | None
    ends: float


def told(claims: Mapping[str, object], policy: Policy, now: float) -> Told:
    """What claims say at a moment, in seconds. Raises Rejected."""
    if claims.get("iss") != policy.issuer:
        raise Rejected(Fault.WRONG_ISSUER)
    audiences = claims.get("aud")
    if policy.audience not in (audiences if isinstance(audiences, list) else [audiences]):
        raise Rejected(Fault.WRONG_AUDIENCE)
    ends = moment(claims, "exp")
    if ends is None:
        raise Rejected(Fault.MALFORMED)
    if now >= ends + LEEWAY:
        raise Rejected(Fault.EXPIRED)
    if any((begins := moment(claims, name)) is not None and now < begins - LEEWAY for name in ("nbf", "iat")):
        raise Rejected(Fault.NOT_YET)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Rejected(Fault.NO_SUBJECT)
    return Told(login_of(claims, policy.login), roles_of(claims, policy), ends + LEEWAY)


def moment(claims: Mapping[str, object], name: str) -> float | None:
    """The second that a claim names, None where it is not there. Raises Rejected for what is no moment."""
    value = claims.get(name)
    if value is None and name not in claims:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < LATEST:
        raise Rejected(Fault.MALFORMED)
    return float(value)


def login_of(claims: Mapping[str, object], name: str) -> str:
    """The login that a claim names, as Kith keeps logins. Raises Rejected where there is none that can be trusted."""
    value = found(claims, name)
    if not isinstance(value, str):
        raise Rejected(Fault.NO_LOGIN)
    if name == EMAIL and claims.get(VERIFIED, True) not in (True, "true"):
        raise Rejected(Fault.NOT_VERIFIED)
    try:
        known = login(value)
    except Invalid as error:
        raise Rejected(Fault.NO_LOGIN) from error
    if not value.isascii() and value != known:
        raise Rejected(Fault.NO_LOGIN)
    return known


def roles_of(claims: Mapping[str, object], policy: Policy) -> tuple[str, ...] | None:
    """The names of the roles that claims give, in order; what is no role, and what stands otherwise than as a text or a
    list of texts, gives none. None where roles are not the issuer's to tell."""
    if policy.roles_claim is None:
        return None
    value = found(claims, policy.roles_claim)
    names = [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)]
    return named(names) if policy.roles is None else mapped(names, policy.roles)


def named(names: Iterable[str]) -> tuple[str, ...]:
    """Of some names those of roles."""
    return tuple(sorted(set(names) & {role.value for role in Role}))


def mapped(names: Iterable[str], roles: Mapping[str, tuple[Role, ...]]) -> tuple[str, ...]:
    """The roles that some names stand for."""
    return tuple(sorted({role.value for name in names for role in roles.get(name, ())}))


def found(claims: Mapping[str, object], path: str) -> object:
    """What stands at a path such as `realm_access.roles`, None for nothing. A name may hold points itself, as addresses
    do: of two readings the one with the longer name counts."""
    if path in claims:
        return claims[path]
    steps = path.split(".")
    for count in range(len(steps) - 1, 0, -1):
        inner = claims.get(".".join(steps[:count]))
        if isinstance(inner, Mapping):
            value = found(inner, ".".join(steps[count:]))
            if value is not None:
                return value
    return None
