"""DESIGN 2: what an operation keeps of a change."""

import json
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.operations import as_text


def test_a_change_is_kept_as_json_with_days_in_iso_form() -> None:
    """SPEC 6.5"""
    values = {
        "name": "Zoë",
        "birth_date_earliest": date(1815, 12, 10),
        "deceased": False,
        "roles": ["ADMIN"],
        "x": None,
    }
    assert as_text(values) == (
        '{"name": "Zoë", "birth_date_earliest": "1815-12-10", "deceased": false, "roles": ["ADMIN"], "x": null}'
    )


def test_a_record_made_has_no_old_values() -> None:
    """SPEC 6.5"""
    assert (as_text(None), as_text({})) == (None, "{}")


@given(st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())))
def test_what_is_kept_is_read_back_the_same(values: dict[str, object]) -> None:
    """SPEC 6.5"""
    assert json.loads(as_text(values) or "") == values


def test_a_moment_is_kept_with_its_time() -> None:
    """SPEC 6.4"""
    at = datetime(2026, 11, 25, 9, 30, 0, 5, UTC)
    assert as_text({"email_opt_in_at": at}) == '{"email_opt_in_at": "2026-11-25T09:30:00.000005+00:00"}'
