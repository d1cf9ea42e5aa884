"""Changes as statements take them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.operations import Change, as_text
from graphdb import operations
from graphdb.operations import as_rows

VALUES: tuple[dict[str, object] | None, ...] = (None, {}, {"note": "old"}, {"note": "new"}, {"note": "new"})


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(VALUES), st.sampled_from(VALUES))))
def test_each_change_keeps_its_own_values(
    given: list[tuple[str, dict[str, object] | None, dict[str, object] | None]],
) -> None:
    """SPEC 6.5: whichever of them it shares with the change before it."""
    changes = [Change(f"record {record}", f"party {record}", old, new) for record, old, new in given]
    assert as_rows(changes) == [
        {"party": c.party, "record": c.record, "old": as_text(c.old), "new": as_text(c.new), "other": None}
        for c in changes
    ]


def test_what_both_ends_keep_of_a_relationship_is_made_into_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import makes a million of them."""
    made = list[object]()

    def counted(values: dict[str, object] | None) -> str | None:
        made.append(values)
        return as_text(values)

    monkeypatch.setattr(operations, "as_text", counted)
    values: dict[str, object] = {"type": "PARENT"}
    rows = as_rows([Change("tie", "parent", None, values), Change("tie", "child", None, values)])
    assert rows == [
        {"party": "parent", "record": "tie", "old": None, "new": '{"type": "PARENT"}', "other": None},
        {"party": "child", "record": "tie", "old": None, "new": '{"type": "PARENT"}', "other": None},
    ]
    assert made == [None, values]
