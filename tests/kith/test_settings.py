"""Settings: by environment and `.env`, wrong ones named in one line, secrets masked."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.claims import Policy
from domain.internal_users import Role
from kith.cli import cli
from kith.settings import Settings, WrongSetting, load

ROLES = "each value must be one of ADMIN, MANAGER, AGENT, ANALYST, RELATIONSHIP_AGENT, or a list of them"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without `.env`, an environment without KITH_."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KITH_{name}".upper(), raising=False)


def test_everything_has_a_default_but_what_belongs_to_an_address_of_ones_own() -> None:
    settings = load()
    assert (settings.host, settings.port, settings.data, settings.neo4j_uri) == ("127.0.0.1", 8000, Path(".kith"), None)


def test_the_environment_counts_more_than_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("KITH_PORT=9001\nKITH_TIME_ZONE=Europe/Vienna\nOTHER=1\n")
    monkeypatch.setenv("KITH_PORT", "9002")
    settings = load()
    assert (settings.port, settings.time_zone) == (9002, "Europe/Vienna")


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("KITH_PORT", "http", "KITH_PORT: Input should be a valid integer, unable to parse string as an integer"),
        ("KITH_PORT", "65536", "KITH_PORT: Input should be less than or equal to 65535"),
        ("KITH_TIME_ZONE", "Vienna", "KITH_TIME_ZONE: is no time zone, such as Europe/Vienna"),
        ("KITH_TIME_ZONE", "../etc/passwd", "KITH_TIME_ZONE: is no time zone, such as Europe/Vienna"),
        ("KITH_COUNTRY", "Austria", "KITH_COUNTRY: is not a country's two-letter code"),
        ("KITH_NEO4J_URI", "http://localhost", "KITH_NEO4J_URI: must begin with bolt:// or neo4j://"),
        ("KITH_NEO4J_URI", "bolt://localhost", "KITH_NEO4J_PASSWORD: must be set together with KITH_NEO4J_URI"),
        ("KITH_DEMO", "perhaps", "KITH_DEMO: Input should be a valid boolean, unable to interpret input"),
        (
            "KITH_OIDC_ISSUER",
            "http://issuer.example",
            "KITH_OIDC_ISSUER: must begin with https://, or be on this machine",
        ),
        (
            "KITH_OIDC_ISSUER",
            "https://issuer.example",
            "KITH_OIDC_AUDIENCE: must be set together with KITH_OIDC_ISSUER",
        ),
        ("KITH_OIDC_ROLES", '{"x": "ADMIN"}', "KITH_OIDC_ROLES_CLAIM: must be set together with KITH_OIDC_ROLES"),
        ("KITH_OIDC_ROLES", '["ADMIN"]', "KITH_OIDC_ROLES: must be a JSON object"),
        ("KITH_OIDC_ROLES", '{"x": ["admin"]}', f"KITH_OIDC_ROLES: {ROLES}"),
        ("KITH_OIDC_ROLES", '{"x": 7}', f"KITH_OIDC_ROLES: {ROLES}"),
        ("KITH_OIDC_ROLES", '{"x": [["ADMIN"]]}', f"KITH_OIDC_ROLES: {ROLES}"),
        ("KITH_SMTP_HOST", "mail.kith.example", "KITH_MAIL_FROM: must be set together with KITH_SMTP_HOST"),
        ("KITH_SMTP_USER", "kith", "KITH_SMTP_PASSWORD: must be set together with KITH_SMTP_USER"),
        ("KITH_SMTP_TLS", "ssl", "KITH_SMTP_TLS: Input should be 'starttls', 'tls' or 'none'"),
        ("KITH_MAIL_FROM", "kith", "KITH_MAIL_FROM: is not an email address"),
        ("KITH_SECRET", "short", "KITH_SECRET: Value should have at least 32 items after validation, not 5"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as raised:
        load()
    assert str(raised.value) == line


def test_what_belongs_to_an_issuer_is_what_tokens_are_read_by(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().issuer is None
    monkeypatch.setenv("KITH_OIDC_ISSUER", "https://issuer.example/")
    monkeypatch.setenv("KITH_OIDC_AUDIENCE", "kith")
    assert load().issuer == Policy("https://issuer.example/", "kith")
    monkeypatch.setenv("KITH_OIDC_LOGIN_CLAIM", "upn")
    monkeypatch.setenv("KITH_OIDC_ROLES_CLAIM", "realm_access.roles")
    monkeypatch.setenv("KITH_OIDC_ROLES", '{"staff": ["AGENT", "RELATIONSHIP_AGENT"], "chiefs": "MANAGER"}')
    roles = {"staff": (Role.AGENT, Role.RELATIONSHIP_AGENT), "chiefs": (Role.MANAGER,)}
    assert load().issuer == Policy("https://issuer.example/", "kith", "upn", "realm_access.roles", roles)


def test_no_password_goes_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("USER", "kith"), ("PASSWORD", "hunter2"), ("TLS", "none")):
        monkeypatch.setenv(f"KITH_SMTP_{name}", value)
    with pytest.raises(WrongSetting, match="KITH_SMTP_TLS: must not be none where a password is sent"):
        load()


def test_all_are_listed_and_secrets_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("KITH_NEO4J_URI", "bolt://db:7687")
    monkeypatch.setenv("KITH_NEO4J_PASSWORD", "hunter2")
    monkeypatch.setenv("KITH_SECRET", "x" * 32)
    shown = CliRunner().invoke(cli, ["settings"]).output
    lines = {line.split()[0]: line.split()[1] for line in shown.splitlines()[1:]}
    assert set(lines) == {f"KITH_{name}".upper() for name in Settings.model_fields}
    assert (lines["KITH_NEO4J_URI"], lines["KITH_NEO4J_PASSWORD"]) == ("bolt://db:7687", "***")
    assert "hunter2" not in shown
    assert "x" * 32 not in shown


def test_the_day_is_that_of_the_business() -> None:
    """SPEC 3.2: today in the business's time zone."""
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert Settings(time_zone="Europe/Vienna").today(late) == date(2026, 11, 23)
    assert Settings(time_zone="America/New_York").today(late) == date(2026, 11, 22)
