"""What an OpenID Connect issuer publishes: its discovery document, and the keys that this names (OpenID Connect
Discovery 1.0, RFC 7517).

The issuer is trusted, its network is not: what comes must be of the issuer asked for, small, in time, and no redirect.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
import orjson

DOCUMENT = "/.well-known/openid-configuration"
SECONDS = 5.0
"""Both documents together."""
LARGEST = 256 * 1024
LOCAL = {"localhost", "127.0.0.1", "::1"}
ASKING = {"accept": "application/json", "accept-encoding": "identity"}


class Away(Exception):
    """An issuer that gives no keys; the message is why, for the log."""


def client() -> httpx.AsyncClient:
    """What asks an issuer; close it at the end."""
    return httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, headers=ASKING)


def is_safe(address: str) -> bool:
    """Whether nobody on the way can change what comes from an address: https, or this machine."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return False
    return bool(url.host) and (url.scheme == "https" or (url.scheme == "http" and url.host in LOCAL))


async def published(http: httpx.AsyncClient, issuer: str) -> list[Any]:
    """The keys that an issuer publishes now, as they stand there. Raises Away."""
    try:
        async with asyncio.timeout(SECONDS):
            document = await fetched(http, issuer.rstrip("/") + DOCUMENT)
            if document.get("issuer") != issuer:
                raise Away("another_issuer")
            address = document.get("jwks_uri")
            if not isinstance(address, str) or not is_safe(address):
                raise Away("unsafe_address")
            keys = (await fetched(http, address)).get("keys")
    except TimeoutError as error:
        raise Away("too_slow") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Away(type(error).__name__) from error
    if not isinstance(keys, list):
        raise Away("no_key_set")
    return keys


async def fetched(http: httpx.AsyncClient, address: str) -> Mapping[str, Any]:
    """The JSON object at an address, counted while it comes. Raises Away, and what httpx does."""
    body = bytearray()
    async with http.stream("GET", address) as response:
        if response.status_code != 200:
            raise Away(f"status_{response.status_code}")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Away("compressed")  # which could become any length at once
        async for chunk in response.aiter_raw():
            if len(body) + len(chunk) > LARGEST:
                raise Away("too_large")
            body += chunk
    try:
        found = orjson.loads(body)
    except ValueError as error:
        raise Away("no_json") from error
    if not isinstance(found, dict):
        raise Away("no_object")
    return found
