"""A mail server for tests, which can be told to misbehave."""

import asyncio
import socket
import ssl
import threading
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailBox:
    """Mail that came to 127.0.0.1; `answers` are what the next mails are answered by, then all are taken.

    While it is `held`, whoever sends waits for the answer. `asked`: how often somebody has sent, taken or not.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, **more: Any) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: list[str] = []
        self.asked = 0
        self._closed = False
        self._free = threading.Event()
        self._free.set()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        given = {"tls_context": tls, "require_starttls": True} if tls else {}
        self._controller = Controller(self, "127.0.0.1", self.port, enable_SMTPUTF8=True, **given, **more)
        self._controller.start()

    def close(self) -> None:
        """Ends it."""
        self.goes_on()
        if not self._closed:
            self._controller.stop()
        self._closed = True

    def holds(self) -> None:
        """Whoever sends from here on waits."""
        self._free.clear()

    def goes_on(self) -> None:
        """Whoever waits is answered."""
        self._free.set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.asked += 1
        while not self._free.is_set():  # noqa: ASYNC110  # set by another thread
            await asyncio.sleep(0.02)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "hang up":
            assert server.transport
            server.transport.abort()
        elif answer.startswith("250"):
            self.mails.append(BytesParser(EmailMessage, policy=POLICY).parsebytes(envelope.content or b""))
            self.recipients += envelope.rcpt_tos
        return answer
