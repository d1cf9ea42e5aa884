"""Signing keys by their numbers: what is signed with, what is taken, and rotating."""

from datetime import UTC, datetime, timedelta

from domain.signing_keys import FIRST, LATE, SigningKey, known, rotated, signing, taken

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY, LONGEST = timedelta(days=1), timedelta(days=30)


def test_an_instance_that_never_rotated_has_the_first() -> None:
    assert known([]) == [FIRST]
    assert signing(known([])) == FIRST
    assert known([SigningKey(3), SigningKey(2, NOW)]) == [SigningKey(2, NOW), SigningKey(3)]


def test_the_one_before_is_taken_until_its_last_token_has_expired() -> None:
    keys = rotated([FIRST], NOW, LONGEST, at_once=False)
    assert keys == [SigningKey(1, NOW + LONGEST + LATE), SigningKey(2)]
    assert signing(keys) == SigningKey(2)
    assert taken(keys, NOW + LONGEST) == keys
    assert taken(keys, NOW + LONGEST + LATE) == [SigningKey(2)]


def test_rotating_again_keeps_what_is_still_taken_for_as_long_as_was_said() -> None:
    once = rotated([FIRST], NOW, LONGEST, at_once=False)
    twice = rotated(once, NOW + DAY, LONGEST, at_once=False)
    assert twice == [once[0], SigningKey(2, NOW + DAY + LONGEST + LATE), SigningKey(3)]
    assert rotated(twice, NOW + 2 * LONGEST, LONGEST, at_once=False) == [
        SigningKey(3, NOW + 3 * LONGEST + LATE),
        SigningKey(4),
    ]


def test_at_once_nothing_is_taken_that_was_signed_before() -> None:
    keys = rotated(rotated([FIRST], NOW, LONGEST, at_once=False), NOW + DAY, LONGEST, at_once=True)
    assert taken(keys, NOW + DAY) == [signing(keys)] == [SigningKey(3)]
