"""Scalars that the graph keeps otherwise than the answer shows them."""

from datetime import UTC, date, datetime

import pytest
from graphql import GraphQLString

from resolvers.reading.plan import plain
from resolvers.reading.scalars import SCALARS, moment, rfc3339


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2020-01-01T10:00:00Z", "2020-01-01T10:00:00Z"),
        ("2020-01-01T10:00:00.12Z", "2020-01-01T10:00:00.12Z"),
        ("2020-01-01T10:00:00.120+02:00", "2020-01-01T08:00:00.120000Z"),
        ("2020-06-01T10:00:00+02:00[Europe/Amsterdam]", "2020-06-01T08:00:00Z"),
        ("2020-01-01T10:00:00Z[UTC]", "2020-01-01T10:00:00Z"),
    ],
)
def test_a_moment_is_shown_with_offset_z(stored: str, shown: str) -> None:
    assert rfc3339(stored) == shown
    assert moment(stored) == moment(shown)


def test_dates_are_made_texts_by_cypher_one_or_many() -> None:
    assert SCALARS["Date"].given("x.day", listed=False) == "toString(x.day)"
    assert SCALARS["Date"].given("x.days", listed=True) == "[x IN x.days | toString(x)]"
    assert SCALARS["PartialDate"].given("x.day", listed=False) == "x.day"


def test_datetimes_go_to_the_driver_in_utc() -> None:
    given = datetime.fromisoformat("2020-06-01T10:00:00+02:00")
    assert repr(plain(given, GraphQLString)) == repr(datetime(2020, 6, 1, 8, tzinfo=UTC))
    assert plain([date(2020, 1, 2)], GraphQLString) == [date(2020, 1, 2)]
