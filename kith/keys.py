"""Keys that follow from the instance's secret, so that all replicas have the same and nothing is stored."""

from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc.jwk import OKPKey
from joserfc.util import urlsafe_b64encode

ALGORITHM = "Ed25519"
"""EdDSA over this curve, by the name that RFC 9864 gives it."""


@dataclass(frozen=True)
class Signer:
    """A key pair, and the id by which its signatures name it: the thumbprint of its public half."""

    id: str
    key: OKPKey

    @property
    def public(self) -> dict[str, object]:
        """The public half as a JWK."""
        return {**self.key.as_dict(private=False), "kid": self.id}


@lru_cache(maxsize=64)
def signer(secret: str, number: int) -> Signer:
    """The signing key of a number."""
    private = Ed25519PrivateKey.from_private_bytes(derived(secret, f"signing key {number}"))
    parts = {"d": private.private_bytes_raw(), "x": private.public_key().public_bytes_raw()}
    told = {name: urlsafe_b64encode(part).decode() for name, part in parts.items()}
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": ALGORITHM, **told})
    return Signer(key.thumbprint(), key)


def derived(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose, from which neither the secret nor those for another can be told (HKDF, RFC 5869)."""
    return HKDF(SHA256(), 32, None, f"kith {purpose}".encode()).derive(secret.encode())
