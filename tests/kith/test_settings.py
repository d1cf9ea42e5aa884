"""Settings: by environment and `.env`, wrong ones named in one line, secrets masked."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kith.cli import cli
from kith.settings import Settings, WrongSetting, load


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
