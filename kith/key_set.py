"""Public keys that tokens of an issuer are signed with, and the tokens that were found to be."""

import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey

from domain.claims import Told
from resolvers.reading.kept import Kept

# Newer standards call EdDSA over this curve Ed25519; issuers go on calling it EdDSA.
warnings.filterwarnings("ignore", "EdDSA is deprecated", SecurityWarning)

ALGORITHMS: Mapping[str, type[Key]] = {"RS256": RSAKey, "PS256": RSAKey, "ES256": ECKey, "EdDSA": OKPKey}
"""What tokens may be signed by, and of which kind the key must be: no secret shared, nothing unsigned (RFC 8725)."""
CURVES = {"RSA": None, "EC": "P-256", "OKP": "Ed25519"}
"""The kinds of keys, each with its curve."""
LEAST_BITS = 2048
MOST_KEYS = 100
MOST_KNOWN = 10_000
PUBLIC = frozenset({"kty", "use", "key_ops", "alg", "kid", "n", "e", "crv", "x", "y"})
REGISTRY = jws.JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
REGISTRY.max_header_length = LONGEST_HEADER = 4096


class KeySet:
    """The keys of an issuer at a time; `verified` are tokens that were checked with them, and go with them."""

    def __init__(self, published: Sequence[Any]) -> None:
        self._keys = usable(published)
        self._by_kid: dict[str, list[Key]] = defaultdict(list)
        for key in self._keys:
            if isinstance(kid := key.kid, str):
                self._by_kid[kid].append(key)
        self.verified: Kept[Told] = Kept(MOST_KNOWN)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeySet) and self._keys == other._keys

    def __len__(self) -> int:
        return len(self._keys)

    __hash__ = None  # type: ignore[assignment]

    def knows(self, kid: str | None) -> bool:
        """Whether there may be a key for a token that names this one."""
        return kid is None or kid in self._by_kid

    def signed(self, token: bytes, kid: str | None, algorithm: str) -> bytes | None:
        """What a token holds if one of the keys that it may be signed with has signed it; None if none has.

        One that names no key may be signed with the only one that there is.
        """
        keys = self._by_kid.get(kid, []) if kid is not None else self._keys if len(self._keys) == 1 else []
        return next((body for key in keys if (body := verified(token, key, algorithm)) is not None), None)


def verified(token: bytes, key: Key, algorithm: str) -> bytes | None:
    """What a token holds if this key has signed it by this algorithm, which its header must name."""
    if not isinstance(key, ALGORITHMS[algorithm]) or key.alg not in (None, algorithm):
        return None
    try:
        return jws.deserialize_compact(token, key, [algorithm], REGISTRY).payload
    except (JoseError, ValueError, RecursionError):
        return None


def usable(published: Sequence[Any]) -> list[Key]:
    """Of the keys published those that tokens may be signed with; what cannot be read is passed over, as RFC 7517 has
    it."""
    return [key for one in published[:MOST_KEYS] if (key := imported(one)) is not None]


def imported(published: Any) -> Key | None:
    """A key of its JSON, None where it is none that may sign."""
    if not isinstance(published, dict) or published.get("use", "sig") != "sig":
        return None
    kind = published.get("kty")
    if not isinstance(kind, str) or kind not in CURVES or published.get("crv") != CURVES[kind]:
        return None
    try:
        key = JWKRegistry.import_key({name: value for name, value in published.items() if name in PUBLIC})
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return None if isinstance(key, RSAKey) and key.public_key.key_size < LEAST_BITS else key
