"""The family tree of random families, through GraphQL, is that of a plain reading of SPEC 9.2."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.parties import PartyKind, new_party
from graphdb import parties
from graphdb.graph import Transaction
from resolvers.context import Context
from tests.client import Client
from tests.domain.plain_family import plain_family_tree

TODAY = date(2026, 11, 24)
LONG_AGO, SOON = "1950-01-01", "2999-01-01"
TREE = """query($root: ID!, $up: Int!, $down: Int!, $collaterals: Boolean!, $asOf: Date) {
  familyTree(root: $root, up: $up, down: $down, collaterals: $collaterals, asOf: $asOf) {
    root { id }
    people { person { id } generation hasMoreParents hasMoreChildren }
    couples { partners children kind relationships { id } }
    parentages { parent child pedigree }
    truncated { reason limit }
  }
}"""
Period = tuple[str | None, str | None]
EXACT_PERIODS: list[Period] = [(None, None), (None, LONG_AGO), (LONG_AGO, None), (SOON, None)]
PERIODS: list[Period] = [*EXACT_PERIODS, ("1960~", "1990")]


@st.composite
def families(draw: st.DrawFn) -> dict[str, Any]:
    """People by number, each a child of lower numbers only; second families, cousins who marry, adoptive parents."""
    count = draw(st.integers(2, 14))
    births = st.one_of(st.none(), st.integers(0, 60))
    numbers = st.integers(0, count - 1)
    pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]).map(sorted).map(tuple)
    pedigree = st.sampled_from(["BIRTH", "BIRTH", "BIRTH", "ADOPTIVE", "STEP"])
    return {
        "births": draw(st.lists(births, min_size=count, max_size=count)),
        "parents": draw(st.dictionaries(pairs, st.tuples(pedigree, st.sampled_from(PERIODS)), max_size=24)),
        "spouses": draw(st.dictionaries(pairs, st.sampled_from(PERIODS), max_size=8)),
        "siblings": draw(st.dictionaries(pairs, st.sampled_from(EXACT_PERIODS), max_size=6)),
        "asked": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "root": numbers,
                        "up": st.integers(0, 4),
                        "down": st.integers(0, 4),
                        "collaterals": st.booleans(),
                        "asOf": st.sampled_from([None, "1940-06-01", "1975-06-01", TODAY.isoformat()]),
                    }
                ),
                min_size=3,
                max_size=3,
            )
        ),
    }


@pytest.mark.parametrize("_", [None])
@settings(max_examples=40, suppress_health_check=list(HealthCheck), derandomize=True)
@given(family=families())
async def test_the_tree_is_that_of_the_plain_reading(
    client: Client, context: Context, family: dict[str, Any], _: None
) -> None:
    """SPEC 9.2, with asOf and without."""
    people = [
        new_party(PartyKind.CONSUMER, {"birth_date": born(birth) if birth is not None else None}, "US")
        for birth in family["births"]
    ]

    async def make(tx: Transaction) -> None:
        await parties.create(tx, people, context.now)

    await context.graph.write(make, "tests")
    ids = [str(person.id) for person in people]
    edges = [
        *((("PARENT", pair, period, pedigree)) for pair, (pedigree, period) in family["parents"].items()),
        *((("SPOUSE", pair, period, None)) for pair, period in family["spouses"].items()),
        *((("SIBLING", pair, period, None)) for pair, period in family["siblings"].items()),
    ]
    made = [
        {
            "type": type,
            "source": ids[a],
            "target": ids[b],
            "validFrom": period[0],
            "validTo": period[1],
            **({"properties": {"pedigree": pedigree}} if pedigree else {}),
        }
        for type, (a, b), period, pedigree in edges
    ]
    relationships = await client.relate_all(made) if made else []
    for asked in family["asked"]:
        as_of = date.fromisoformat(asked["asOf"]) if asked["asOf"] else None
        held = [
            (id, type, ids[pair[0]], ids[pair[1]], period, pedigree)
            for id, (type, pair, period, pedigree) in zip(relationships, edges, strict=True)
            if as_of is None or holds(period, as_of)
        ]
        plain = plain_family_tree(
            people=[(id, birth_day(birth)) for id, birth in zip(ids, family["births"], strict=True)],
            parents=[(a, b, str(pedigree)) for _, type, a, b, _, pedigree in held if type == "PARENT"],
            partnerships=[(id, a, b, holds(p, as_of or TODAY)) for id, type, a, b, p, _ in held if type == "SPOUSE"],
            siblings=[(a, b) for _, type, a, b, _, _ in held if type == "SIBLING"],
            root=ids[asked["root"]],
            up=asked["up"],
            down=asked["down"],
            collaterals=asked["collaterals"],
        )
        answer = await client.ask(TREE, **{**asked, "root": ids[asked["root"]]})
        assert answer["familyTree"] == plain


def born(birth: int) -> str:
    """A birth date; every third is known by its year only."""
    day = date(1900, 1, 1) + timedelta(days=200 * birth)
    return day.isoformat() if birth % 3 else f"{day.year}"


def birth_day(birth: int | None) -> date | None:
    """The earliest day of a birth date."""
    text = born(birth) if birth is not None else None
    return date.fromisoformat(text if len(text) > 4 else f"{text}-01-01") if text else None


def holds(period: Period, day: date) -> bool:
    """Whether a period of PERIODS holds on a day."""
    starts = {None: date.min, "1960~": date(1960, 1, 1)}
    ends = {None: date.max, "1990": date(1990, 12, 31)}
    start = starts.get(period[0]) or date.fromisoformat(str(period[0]))
    end = ends.get(period[1]) or date.fromisoformat(str(period[1]))
    return start <= day < end
