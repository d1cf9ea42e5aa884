"""Mail: how a letter is written, and how it is handed to the mail server."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

import aiosmtplib
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import SecretStr

from domain.resets import LONGEST
from kith.settings import Settings
from resolvers.post import Letter

SECONDS = 30.0
"""For one attempt, of which there are several while a mail is under way."""
PERMANENT = 500

TEMPLATES = ImmutableSandboxedEnvironment(
    loader=FileSystemLoader(Path(__file__).with_name("letters")), undefined=StrictUndefined, autoescape=False
)


class NotSent(Exception):
    """The mail server did not take a letter; `final`: it never will. The message is why, for the log."""

    def __init__(self, reason: str, final: bool) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True)
class MailServer:
    """Where mail goes, and in whose name."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    sender: str
    business: str
    user: str | None = None
    password: SecretStr | None = None

    @classmethod
    def of(cls, settings: Settings) -> "MailServer | None":
        """The one that is set, None if none is."""
        s = settings
        if s.smtp_host is None or s.mail_from is None or s.business_name is None:
            return None
        return cls(s.smtp_host, s.smtp_port, s.smtp_tls, s.mail_from, s.business_name, s.smtp_user, s.smtp_password)

    @property
    def domain(self) -> str:
        """Where mail comes from."""
        return self.sender.rpartition("@")[2]

    def written(self, letter: Letter) -> EmailMessage:
        """A letter as mail. However often it is sent, it has the same id, so that nobody need see it twice."""
        text = TEMPLATES.get_template("password.txt").render(business=self.business, password=letter.password)
        subject, _, body = text.partition("\n\n")
        mail = EmailMessage()
        mail["Subject"] = subject
        mail["From"] = Address(self.business, addr_spec=self.sender)
        mail["To"] = letter.to
        mail["Date"] = format_datetime(letter.reset.until - LONGEST)
        mail["Message-ID"] = f"<{letter.reset.id}@{self.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(body)
        return mail

    async def send(self, letter: Letter) -> None:
        """Hands a letter to the server. Raises NotSent."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            local_hostname=self.domain,  # else the machine's own name is looked up, which all would wait for
            username=self.user,
            password=self.password.get_secret_value() if self.password else None,
            use_tls=self.tls == "tls",
            start_tls=self.tls == "starttls",
            tls_context=None if self.tls == "none" else ssl.create_default_context(),
        )
        try:
            async with asyncio.timeout(SECONDS):
                await client.connect()
                await client.send_message(self.written(letter), sender=self.sender, recipients=[letter.to])
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=1)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise NotSent(reason(error), is_final(error)) from None  # the texts of either have the address
        finally:
            client.close()


def is_final(error: Exception) -> bool:
    """Whether a server that has answered so will answer so again."""
    match error:
        case aiosmtplib.SMTPResponseException():
            return error.code >= PERMANENT
        case aiosmtplib.SMTPRecipientsRefused():
            return all(one.code >= PERMANENT for one in error.recipients)
    return isinstance(error, (aiosmtplib.SMTPNotSupported, ValueError))


def reason(error: Exception) -> str:
    """Why, without what the server said, which may hold the address."""
    code = getattr(error, "code", None)
    return f"{type(error).__name__} {code}" if isinstance(code, int) else type(error).__name__
