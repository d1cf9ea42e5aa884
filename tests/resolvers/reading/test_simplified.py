"""What is left of a fragment's text where parameters are known."""

import pytest

from resolvers.reading.simplified import simplified

FILTERS = """MATCH (a)-[r]-(b)
WHERE ($types IS NULL OR r.type IN $types)
  AND ($words IS NULL OR all(word IN $words WHERE b.search CONTAINS ')' + word))
  AND CASE $period
        WHEN 'ALL' THEN TRUE
        WHEN 'PAST' THEN r.end <= coalesce($as_of, $today)
        ELSE coalesce(r.end > coalesce($as_of, $today), TRUE)
         AND CASE WHEN r.odd THEN 1 ELSE 2 END = 1
      END"""


def test_of_an_argument_that_is_not_there_nothing_is_asked() -> None:
    known = {"types": None, "words": None, "period": "ALL", "as_of": None}
    assert simplified(FILTERS, known) == "MATCH (a)-[r]-(b)"


def test_of_a_word_that_is_known_only_its_arm_is_left() -> None:
    assert simplified(FILTERS, {"types": None, "words": None, "period": "PAST"}).splitlines()[1:] == [
        "WHERE (r.end <= coalesce($as_of, $today))"
    ]


@pytest.mark.parametrize("period", ["CURRENT", None])
def test_of_any_other_word_and_of_none_what_stands_behind_else(period: str | None) -> None:
    assert simplified(FILTERS, {"period": period, "as_of": None}).splitlines()[3:] == [
        "  AND (coalesce(r.end > $today, TRUE)",
        "         AND CASE WHEN r.odd THEN 1 ELSE 2 END = 1)",
    ]


def test_what_is_not_known_stays() -> None:
    assert simplified(FILTERS, {}) == FILTERS
    assert simplified(FILTERS, {"types": "x", "other": None}) == FILTERS


def test_an_order_keeps_as_many_keys() -> None:
    order = "CASE $by WHEN 'A' THEN '' WHEN 'B' THEN toString(r.at) ELSE r.type END, coalesce(r.day, ''), r.id"
    assert simplified(order, {"by": None}) == "r.type, coalesce(r.day, ''), r.id"
    assert simplified(order, {"by": "B"}) == "toString(r.at), coalesce(r.day, ''), r.id"
    assert simplified(order, {"by": "A"}) == "'', coalesce(r.day, ''), r.id"


def test_a_condition_alone_leaves_no_where() -> None:
    assert simplified("MATCH (a) WHERE ($x IS NULL OR a.x = $x) WITH a", {"x": None}) == "MATCH (a) WITH a"


@pytest.mark.parametrize("text", ["($x IS NULL OR (a", "CASE $x WHEN 'A' THEN 1"])
def test_what_is_not_closed_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"closes|END"):
        simplified(text, {"x": None})
