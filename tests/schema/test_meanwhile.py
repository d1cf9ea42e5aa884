"""Whatever others do between two statements of a transaction, both are done, or refused (SPEC 3.7, 7.3, 8.6)."""

import os
from itertools import count

import pytest

from graphdb.graph import Graph
from tests.client import Client
from tests.schema import meanwhile
from tests.schema.meanwhile import Deed, Meanwhile, world
from tests.schema.test_deleting import errors

WHAT = ("type", "ann", "cid", "home", "bea trains", "cid lives there")
DEEDS: dict[str, Deed] = {
    "merging": meanwhile.merging,
    "unmerging": meanwhile.unmerging,
    **{f"deleting {what}": meanwhile.going(what) for what in WHAT},
    **{f"restoring {what}": meanwhile.coming_back(what) for what in WHAT},
    **{f"erasing {what}": meanwhile.gone_for_good(what) for what in ("ann", "eve")},
    "restoring eve": meanwhile.coming_back_merged,
    "relating": meanwhile.relating,
    "changing": meanwhile.changing,
    "ending": meanwhile.ending,
    "joining": meanwhile.joining,
    "leaving": meanwhile.leaving,
    "opening": meanwhile.opening,
    "spending": meanwhile.spending,
    "naming": meanwhile.naming,
    "enrolling": meanwhile.enrolling,
    "telling apart": meanwhile.telling_apart,
}
PLANNED = {"merging", "unmerging", "deleting", "erasing", "restoring"}
TOLD = [("merging", "restoring type"), ("planning merging", "restoring type"), ("planning merging", "deleting ann")]
TOLD += [("planning unmerging", "deleting ann"), ("restoring eve", "deleting ann")]
"""What once went wrong; KITH_MEANWHILE has everything beside everything else."""


def everything() -> list[tuple[str, str]]:
    """Each deed, and each plan, beside each other deed. Of a type nobody waits for a lock: its deletion waits for all
    who are at work, so that it is never between two statements of one of them."""
    others = [name for name in DEEDS if name != "deleting type"]
    plans = [f"planning {name}" for name in DEEDS if name.split()[0] in PLANNED]
    return [(deed, other) for deed in (*DEEDS, *plans) for other in others if deed.removeprefix("planning ") != other]


@pytest.mark.parametrize(("name", "other"), everything() if os.environ.get("KITH_MEANWHILE") else TOLD)
async def test_whatever_happens_meanwhile_both_are_done_or_refused(
    name: str, other: str, client: Client, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """3.7, 7.3, 8.6: before each of its statements, until the other waits for locks; nothing is damaged."""
    beside, wrong = Meanwhile(client, graph, monkeypatch), list[tuple[int, list[str]]]()
    for before in count():
        ids = await world(client, f"T{before}")
        try:
            another = (await DEEDS[other](client, ids))[-1]
            deed = (await DEEDS[name.removeprefix("planning ")](client, ids))[0 if "planning" in name else -1]
        except KeyError:
            pytest.skip("one rules the other out")
        happened, codes = await beside.happens(another, before, deed)
        wrong += [(before, codes)] if codes else []
        if not happened or beside.waited:
            break
    assert before > 0
    assert wrong == []
    assert await errors(client) == []
