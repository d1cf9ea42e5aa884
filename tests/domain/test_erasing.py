"""What is emptied of what operations have packed (SPEC 8.5)."""

import json
from typing import Any

import pytest

from domain.erasing import Sweep
from domain.ids import PartyId

ANN, BEA, CID = (PartyId(f"consumer_{name}") for name in ("ann", "bea", "cid"))


def tie(source: str, target: str) -> dict[str, Any]:
    """A relationship as it was recorded."""
    return {"source": source, "target": target, "note": "n"}


@pytest.mark.parametrize("parties", [[ANN], [ANN, BEA]])
@pytest.mark.parametrize("source", [ANN, BEA, CID])
@pytest.mark.parametrize("target", [ANN, BEA, CID])
def test_what_was_removed_of_them_is_emptied_and_nothing_else(
    parties: list[PartyId], source: PartyId, target: PartyId
) -> None:
    """8.5: at either end; that it was there stays."""
    row = ("relationship_1", tie(source, target), None)
    theirs = bool({source, target} & set(parties))
    assert Sweep(parties).emptied([row]) == ([("relationship_1", None, None) if theirs else row], int(theirs))


def test_what_only_has_another_end_is_left() -> None:
    """8.5: what a merge packs has nothing of anybody but ids."""
    row = ("relationship_1", {"source": ANN}, {"source": BEA})
    assert Sweep([ANN, BEA]).emptied([row]) == ([row], 0)


def test_what_was_emptied_before_stays_so() -> None:
    rows = [("relationship_1", None, None), ("relationship_2", tie(ANN, BEA), None)]
    left, count = Sweep([BEA]).emptied(rows)
    assert (left, count) == ([("relationship_1", None, None), ("relationship_2", None, None)], 1)
    assert Sweep([ANN]).emptied(left) == (left, 0)


def test_a_cursor_tells_whose_and_up_to_where() -> None:
    sweep = Sweep([ANN, BEA], "operation_1", 7)
    assert Sweep.of(sweep.cursor) == sweep
    assert json.loads(sweep.cursor) == [[ANN, BEA], "operation_1", 7]
