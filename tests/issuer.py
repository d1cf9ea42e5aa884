"""An OpenID Connect issuer as a process of its own, which can be told to misbehave; and tokens signed by its keys.

Run as a program it serves a discovery document and keys, on a port of 127.0.0.1: `python -m tests.issuer PORT`.
"""

import gzip
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

ROOT = Path(__file__).parents[1]
AUDIENCE = "https://kith.example"
MAKING: Mapping[str, tuple[type[Key], Any]] = {
    "RS256": (RSAKey, 2048),
    "PS256": (RSAKey, 2048),
    "ES256": (ECKey, "P-256"),
    "EdDSA": (OKPKey, "Ed25519"),
}


def made(algorithm: str = "ES256", kid: str | None = "first", **parameters: str) -> Key:
    """A new key, known by an id where it has one."""
    kind, size = MAKING[algorithm]
    return kind.generate_key(size, {**parameters, **({"kid": kid} if kid else {})})


class Issuer:
    """A running issuer; `key` is the one it publishes at first."""

    def __init__(self) -> None:
        self.key = made()
        self._start(0)
        self.publishes(self.key)

    def _start(self, port: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.issuer", str(port)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())
        self.name = f"http://127.0.0.1:{self.port}"

    def goes_away(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()

    @property
    def is_away(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def comes_back(self) -> None:
        """Starts it again at the same address, with the same key."""
        self._start(self.port)
        self.publishes(self.key)

    def told(self, **state: Any) -> None:
        """Has it behave so from here on."""
        httpx.post(f"{self.name}/state", json=state).raise_for_status()

    def publishes(self, *keys: Key) -> None:
        """Has it publish these keys and no others."""
        self.told(keys=[key.as_dict(private=False) for key in keys])

    @property
    def asked(self) -> int:
        """How often its keys were asked for."""
        return int(httpx.get(f"{self.name}/asked").text)

    def claims(self, login: str, **changes: Any) -> dict[str, Any]:
        """The claims of a good token; a change to None takes one away."""
        now = int(time.time())
        good = {"iss": self.name, "aud": AUDIENCE, "sub": "1", "iat": now, "nbf": now, "exp": now + 300, "email": login}
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    def token(
        self,
        login: str = "sam@kith.example",
        *,
        key: Key | None = None,
        algorithm: str = "ES256",
        header: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> str:
        """A token of somebody, signed by its key unless told otherwise."""
        signer = key or self.key
        top = {"alg": algorithm, **({"kid": signer.kid} if signer.get("kid") else {}), **(header or {})}
        return jwt.encode(top, self.claims(login, **changes), signer, algorithms=[algorithm])


class Answers(BaseHTTPRequestHandler):
    """What the process answers: `state` is how it behaves."""

    state: dict[str, Any] = {}  # noqa: RUF012  # one process, one issuer
    asked = 0

    def do_POST(self) -> None:
        Answers.state.update(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.says(b"")

    def do_GET(self) -> None:
        state, here = self.state, f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path == "/asked":
            return self.says(str(self.asked).encode())
        if self.path.startswith("/elsewhere"):
            return self.says(json.dumps({"keys": state["keys"]}).encode())
        place = "document" if self.path.endswith("/openid-configuration") else "keys"
        if place == "keys":
            Answers.asked += 1
        time.sleep(state.get("seconds", 0))
        document = {"issuer": state.get("issuer", here), "jwks_uri": state.get("uri", f"{here}/keys")}
        body: dict[str, Any] = document if place == "document" else {"keys": state["keys"]}
        match state.get(f"wrong_{place}"):
            case "status":
                return self.says(b"{}", 503)
            case "redirect":
                return self.says(b"", 302, ("location", f"{here}/elsewhere{self.path}"))
            case "text":
                return self.says(b"<html>")
            case "list":
                return self.says(b"[]")
            case "nested":
                return self.says(b"[" * 200_000)
            case "bomb":
                return self.says(
                    gzip.compress(json.dumps(body).encode() + b" " * 2**25), 200, ("content-encoding", "gzip")
                )
            case "large":
                return self.says(json.dumps(body).encode() + b" " * 300_000)
            case "endless":
                return self.never_ends()
        return self.says(json.dumps(body).encode())

    def says(self, body: bytes, status: int = 200, *headers: tuple[str, str]) -> None:
        """One answer."""
        self.send_response(status)
        for name, value in (("content-length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def never_ends(self) -> None:
        """An answer of which a byte comes now and then, so that no timeout between two of them ends it."""
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b" ")
            time.sleep(0.2)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""


def main(arguments: Sequence[str]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", int(arguments[0])), Answers)
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
