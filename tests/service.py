"""The service as a process of its own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]


class Service:
    """A running `python -m kith run`, with what it has said."""

    def __init__(self, environment: dict[str, str]) -> None:
        # Not a pipe, which would be full some day, and the service stand still.
        self._output = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kith", "run"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        while "Sign in" not in self.said:
            assert self.process.poll() is None, self.said
            time.sleep(0.05)

    @property
    def said(self) -> str:
        """All that it has written."""
        written = os.fstat(self._output.fileno()).st_size
        return os.pread(self._output.fileno(), written, 0).decode(errors="replace")

    @property
    def link(self) -> str:
        """The sign-in link."""
        found = re.search(r"http://\S+/sign-in\S+", self.said)
        assert found
        return found.group()

    def ask(self, document: str, token: str, **variables: Any) -> Any:
        """The data of an answer; None where there is none but an error."""
        base = self.link.partition("/sign-in")[0]
        response = httpx.post(
            f"{base}/graphql",
            json={"query": document, "variables": variables},
            headers={"authorization": f"Bearer {token}"},
            timeout=30,
        )
        return response.json().get("data")

    def javas(self) -> list[int]:
        """The processes that it has started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def end(self, how: signal.Signals) -> int:
        """Ends it, and waits for it; its exit status."""
        self.process.send_signal(how)
        return self.process.wait(20)
