"""Partner apps and their keys (SPEC 5.6, 11.3)."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.api_keys import hashed, is_key, issue, new_secret
from domain.ids import ApiKeyId, PartnerAppId, prefix_of
from domain.partner_apps import AppScope, changed, define, is_app
from domain.refusals import InvalidValue, Refused

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
APP = PartnerAppId("app_01m81cvtwye3hvm7mmkgnzsdq1")


def test_an_app_has_a_name_and_its_scopes_once_in_their_order() -> None:
    """5.6"""
    app = define("  Family Book ", [AppScope.FAMILY, AppScope.PROFILE, AppScope.FAMILY])
    assert (app.name, app.scopes, app.active, app.version) == (
        "Family Book",
        (AppScope.PROFILE, AppScope.FAMILY),
        True,
        1,
    )
    assert is_app(app.id)
    assert not is_app("consumer_01m81cvtwye3hvm7mmkgnzsdq1")
    assert not is_app("app_")


@pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 101, "a\nb", "\ud800"])
def test_an_app_without_a_name_or_scopes_is_refused(name: str) -> None:
    """1.4, 3.4: both at once."""
    with pytest.raises(Refused) as raised:
        define(name, [])
    assert [refusal.path for refusal in raised.value.refusals] == [("name",), ("scopes",)]


def test_only_what_is_given_changes_and_nothing_becomes_nothing() -> None:
    """5.6"""
    app = define("x", [AppScope.FAMILY])
    assert changed(app, {"active": False}).name == "x"
    assert changed(app, {"scopes": [AppScope.CONTACT]}).scopes == (AppScope.CONTACT,)
    with pytest.raises(Refused) as raised:
        changed(app, {"name": None, "scopes": None, "active": None})
    assert [refusal.path for refusal in raised.value.refusals] == [("name",), ("scopes",), ("active",)]


def test_a_key_is_long_random_and_known_by_its_beginning() -> None:
    """11.3: 256 bits; what is kept does not tell it."""
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    for secret in secrets:
        assert secret.startswith("kith_")
        assert len(secret) == 48
        assert is_key(secret)
        assert len(hashed(secret)) == 64
    assert not is_key("kith_" + "x" * 96)
    assert not is_key("x" * 48)


def test_a_key_is_issued_until_a_moment_to_come() -> None:
    """11.3: one without a zone is UTC's."""
    secret, later = "kith_" + "a" * 39 + "9876", NOW + timedelta(seconds=1)
    key = issue(APP, secret, " server ", later, NOW)
    assert (key.app, key.name, key.hint, key.hash, key.expires_at) == (APP, "server", "9876", hashed(secret), later)
    assert prefix_of(ApiKeyId(key.id)) == "api_key"
    assert issue(APP, secret, "x", None, NOW).expires_at is None
    assert issue(APP, secret, "x", later.replace(tzinfo=None), NOW).expires_at == later
    elsewhere = later.astimezone(timezone(timedelta(hours=-8)))
    assert str(issue(APP, secret, "x", elsewhere, NOW).expires_at) == str(later)


def test_a_moment_off_the_calendar_is_refused() -> None:
    """11.3"""
    beyond = datetime.max.replace(tzinfo=timezone(timedelta(hours=-8)))
    with pytest.raises(Refused) as raised:
        issue(APP, "kith_x", "x", beyond, NOW)
    assert raised.value.refusals == (InvalidValue(path=("expiresAt",), reason="is beyond the calendar"),)


@pytest.mark.parametrize("expires_at", [NOW, NOW - timedelta(days=1), datetime(2026, 11, 30), datetime.min])
def test_a_key_that_is_over_already_is_refused(expires_at: datetime) -> None:
    """11.3, 3.4: with all that is wrong."""
    with pytest.raises(Refused) as raised:
        issue(APP, "kith_x", "", expires_at, NOW)
    assert raised.value.refusals == (
        InvalidValue(path=("name",), reason="must not be empty"),
        InvalidValue(path=("expiresAt",), reason="must be to come"),
    )
