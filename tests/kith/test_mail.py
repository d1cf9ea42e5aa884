"""Mail as it is written, and handed to a server that must be who it says (SPEC 6.4)."""

import ipaddress
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from domain.ids import PartyId
from domain.resets import Reset
from kith.mail import MailServer, NotSent
from kith.settings import Settings
from resolvers.post import Letter
from tests.mail import MailBox

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LETTER = Letter(Reset.new(PartyId("consumer_x"), NOW), "ann@kith.example", "k7mqp-k7mqp")


def written(business: str, letter: Letter = LETTER) -> EmailMessage:
    """A letter as it is written in the name of a business."""
    return MailServer("mail.kith.example", 587, "starttls", "service@kith.example", business).written(letter)


def test_a_mail_server_is_what_is_set(settings: Settings) -> None:
    assert MailServer.of(settings) is None
    given = {"smtp_host": "mail.kith.example", "mail_from": "service@kith.example", "business_name": "Ost"}
    found = MailServer.of(settings.model_copy(update={**given, "smtp_user": "kith", "smtp_password": SecretStr("p")}))
    assert found == MailServer(
        "mail.kith.example", 587, "starttls", "service@kith.example", "Ost", "kith", SecretStr("p")
    )


@pytest.mark.parametrize("business", ["Ost", "Öst & Söhne <x>", "{{ 7 * 7 }}", '"Ost", Ltd.', "東", "{% raw %}"])
def test_a_business_is_named_as_it_is_and_is_no_template(business: str) -> None:
    mail = written(business)
    assert mail["Subject"] == f"Your new password for {business}"
    assert mail["From"].addresses[0].display_name == business
    assert mail["From"].addresses[0].addr_spec == "service@kith.example"
    text = mail.get_content()
    assert text.startswith(f"You have a new password for {business}.")
    assert "\n    k7mqp-k7mqp\n" in text
    assert str(mail["Date"]) == "Mon, 30 Nov 2026 12:00:00 +0000"


def test_a_letter_has_one_message_id_however_often_it_is_written() -> None:
    other = Letter(Reset.new(PartyId("consumer_x"), NOW), "ann@kith.example", "x")
    assert written("Ost")["Message-ID"] == written("Ost")["Message-ID"] != written("Ost", other)["Message-ID"]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate of 127.0.0.1, which nobody knows unless told, and a server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(hours=1))
        .not_valid_after(datetime.now(UTC) + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    file, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, secret)
    return file, context


@pytest.fixture
def box(certificate: tuple[Path, ssl.SSLContext]) -> Iterator[MailBox]:
    serving = MailBox(certificate[1])
    yield serving
    serving.close()


def at(box: MailBox, tls: str = "starttls") -> MailServer:
    return MailServer("127.0.0.1", box.port, tls, "service@kith.example", "Ost")  # type: ignore[arg-type]


async def test_mail_goes_out_by_tls_to_a_server_that_is_known(
    box: MailBox, certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    await at(box).send(LETTER)
    assert [mail["To"] for mail in box.mails] == ["ann@kith.example"]


def signed_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"kith", b"hunter2"), handled=False)


async def test_kith_signs_in_at_a_server_that_asks_for_it(
    certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    asking = MailBox(certificate[1], authenticator=signed_in, auth_required=True)
    try:
        with pytest.raises(NotSent) as failed:
            await replace(at(asking), user="kith", password=SecretStr("wrong")).send(LETTER)
        assert (failed.value.final, str(failed.value)) == (True, "SMTPAuthenticationError 535")
        await replace(at(asking), user="kith", password=SecretStr("hunter2")).send(LETTER)
        assert len(asking.mails) == 1
    finally:
        asking.close()


async def test_nothing_is_handed_to_a_server_that_is_not_known(box: MailBox) -> None:
    with pytest.raises(NotSent):
        await at(box).send(LETTER)
    assert box.asked == 0


async def test_nothing_is_handed_to_a_server_without_tls_where_that_is_asked_for() -> None:
    plain = MailBox()
    try:
        for tls in ("starttls", "tls"):
            with pytest.raises(NotSent):
                await at(plain, tls).send(LETTER)
        assert plain.asked == 0
        await at(plain, "none").send(LETTER)
        assert len(plain.mails) == 1
    finally:
        plain.close()


async def test_why_a_mail_was_not_taken_is_told_without_what_the_server_said() -> None:
    plain = MailBox()
    plain.answers = ["550 ann@kith.example is not here", "451 ann@kith.example later"]
    try:
        for final, text in ((True, "SMTPDataError 550"), (False, "SMTPDataError 451")):
            with pytest.raises(NotSent) as failed:
                await at(plain, "none").send(LETTER)
            assert (failed.value.final, str(failed.value), failed.value.__cause__) == (final, text, None)
    finally:
        plain.close()


async def test_an_address_with_other_letters_is_written_to() -> None:
    plain = MailBox()
    try:
        await at(plain, "none").send(Letter(LETTER.reset, "jürgen@kith.example", "x"))
        assert plain.recipients == ["jürgen@kith.example"]
    finally:
        plain.close()
