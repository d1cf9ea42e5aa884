"""SPEC 1.2: an id says what it names."""

import pytest

from domain.ids import (
    new_case_comment_id,
    new_case_id,
    new_id,
    new_operation_id,
    new_relationship_id,
    prefix_of,
)
from domain.parties import PartyKind


@pytest.mark.parametrize("prefix", [*(kind.prefix for kind in PartyKind), "relationship_type", "operation"])
def test_a_new_id_tells_what_it_names(prefix: str) -> None:
    """SPEC 1.2: its type and a UUIDv7."""
    id = new_id(prefix)
    assert prefix_of(id) == prefix
    assert len(id) == len(prefix) + 1 + 26


def test_ids_are_never_reused_and_sort_by_the_time_they_were_made() -> None:
    """SPEC 1.2"""
    ids = [new_id("consumer") for _ in range(1000)]
    assert ids == sorted(set(ids))


def test_relationships_and_operations_have_ids_of_their_own() -> None:
    """SPEC 1.2"""
    assert [prefix_of(new_relationship_id()), prefix_of(new_operation_id())] == ["relationship", "operation"]


def test_cases_and_comments_have_ids_of_their_own() -> None:
    """SPEC 1.2"""
    assert [prefix_of(new_case_id()), prefix_of(new_case_comment_id())] == ["case", "case_comment"]


@pytest.mark.parametrize("kind", list(PartyKind))
def test_the_kind_of_a_party_is_told_by_its_id(kind: PartyKind) -> None:
    """SPEC 1.2"""
    assert PartyKind.of(new_id(kind.prefix)) is kind


@pytest.mark.parametrize("prefix", ["relationship", "relationship_type", "operation", "case", "party", "consumers"])
def test_an_id_of_something_else_names_no_party(prefix: str) -> None:
    """SPEC 1.2"""
    assert PartyKind.of(new_id(prefix)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "consumer",
        "consumer_",
        "42",
        "consumer_01M81CVTWYE3HVM7MMKGNZSDQ1",
        "Consumer_01m81cvtwye3hvm7mmkgnzsdq1",
        "consumer_81m81cvtwye3hvm7mmkgnzsdq1",
        "consumer_01m81cvtwye3hvm7mmkgnzsdq",
        "consumer_01m81cvtwye3hvm7mmkgnzsdqu",
        "consumer_01m81cvtwye3hvm7mmkgnzsdqé",
        "consumer_01m81cvtwye3hvm7mmkgnzsdq1\n",
        " consumer_01m81cvtwye3hvm7mmkgnzsdq1",
        "consumer-01m81cvtwye3hvm7mmkgnzsdq1",
        "consumer_\ud800",
        "consumer_01m81cvtwye3hvm7mmkgnzsdq\ud800",
        "\ud800_01m81cvtwye3hvm7mmkgnzsdq1",
        "consumer_\x00",
        "x" * 100_000,
    ],
)
def test_what_is_no_typeid_names_nothing(text: str) -> None:
    """SPEC 1.2: one spelling of each id, so that none is found twice."""
    assert (prefix_of(text), PartyKind.of(text)) == (None, None)


def test_a_typeid_without_a_prefix_names_no_party() -> None:
    """SPEC 1.2"""
    assert PartyKind.of("01m81cvtwye3hvm7mmkgnzsdq1") is None
