"""What is kept: bounded by how many and by how much, the least recently used goes first."""

from resolvers.reading.kept import Kept


def test_the_least_recently_used_goes_first() -> None:
    kept = Kept[str](2)
    kept.keep("a", "A")
    kept.keep("b", "B")
    assert kept.found("a") == "A"
    assert kept.made("c", lambda: "C") == "C"
    assert (kept.found("b"), list(kept)) == (None, ["a", "c"])


def test_what_weighs_too_much_together_goes() -> None:
    kept = Kept[str](100, 10, len)
    for key, value in (("a", "12345"), ("b", "123"), ("c", "12"), ("d", "1")):
        kept.keep(key, value)
    assert (list(kept), kept.weight) == (["b", "c", "d"], 6)
    kept.keep("c", "123456")
    assert (list(kept), kept.weight) == (["b", "d", "c"], 10)
    kept.keep("e", "x" * 11)  # which takes nothing from the others
    assert (list(kept), kept.weight) == (["b", "d", "c"], 10)
    kept.keep("c", "x" * 11)
    assert (list(kept), kept.weight) == (["b", "d"], 4)


def test_what_cannot_be_made_is_not_kept() -> None:
    kept = Kept[str](2)
    for _ in range(2):
        try:
            kept.made("a", lambda: str(1 // 0))
        except ZeroDivisionError:
            assert list(kept) == []
