"""SPEC 9.7: GEDCOM files become people, parentages and partnerships; what is not taken is told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from domain.family import CoupleKind
from domain.gedcom import Report, Tally
from domain.gedcom_remarks import Remark
from domain.ids import PartyId
from domain.parties import new_number
from domain.refusals import InvalidValue, NotAllowed, Refused
from graphdb.graph import Graph
from resolvers.context import Context
from resolvers.family import family_tree
from resolvers.gedcom import importing
from resolvers.gedcom.importing import import_gedcom
from resolvers.viewers import Viewer
from tests.unchanged import Unchanged

DEMO = Path(__file__).parents[2] / "demo"
HEAD = "0 HEAD\n1 SOUR Kith\n1 CHAR UTF-8\n1 DATE 6 MAY 2001\n"

PEOPLE = """CYPHER 25
MATCH (external:ExternalId)-[:IDENTIFIES]->(party:Consumer)
RETURN external.key AS key, party.id AS id, party.name AS name, party.birth_date AS born, party.death_date AS died
ORDER BY key"""
TIES = """CYPHER 25
MATCH (one:Consumer)-[tie:PARENT_OF|PARTNER_OF]->(other:Consumer)
RETURN one.name AS one, tie.type AS type, other.name AS other, tie.pedigree AS pedigree,
       tie.valid_from AS start, tie.valid_to AS end
ORDER BY type, one, other"""
OPERATIONS = """CYPHER 25
MATCH (operation:Operation)
RETURN operation.kind AS kind, operation.created_by AS by,
       COUNT { MATCH (change:Change {operation: operation.id}) } AS changes
ORDER BY operation.id"""


def ignored(done: int, steps: int) -> None:
    """Progress that nobody looks at."""


async def rows(graph: Graph, text: str) -> list[Mapping[str, Any]]:
    return await graph.run(text, {}, "tests")


async def ids(graph: Graph) -> dict[str, PartyId]:
    """The people of a source named "test", by their references."""
    return {row["key"].removeprefix("gedcom:test|"): row["id"] for row in await rows(graph, PEOPLE)}


async def ties(graph: Graph) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in await rows(graph, TIES)]


def gedcom(folder: Path, body: str, head: str = HEAD, name: str = "family.ged") -> Path:
    file = folder / name
    lines = (line.strip() for line in body.splitlines() if line.strip())
    file.write_text(head + "\n".join([*lines, "0 TRLR", ""]), encoding="utf-8")
    return file


FAMILY = """
    0 @I1@ INDI
    1 NAME Ann /Bell/
    1 SEX F
    0 @I2@ INDI
    1 NAME Carl /Dean/
    1 BIRT
    2 DATE ABT 1901
    0 @I3@ INDI
    1 NAME Eve /Dean/
    1 FAMC @F1@
    2 PEDI adopted
    0 @F1@ FAM
    1 HUSB @I2@
    1 WIFE @I1@
    1 CHIL @I3@
    1 MARR
    2 DATE AFT 1925
    2 PLAC Leeds
"""


async def test_a_family_comes_in_with_its_people_and_ties(graph: Graph, context: Context, tmp_path: Path) -> None:
    report = await import_gedcom(context, gedcom(tmp_path, FAMILY), "test", ignored)
    assert report == Report(Tally(3, 2, 1), Tally(0, 0, 0), {"MARR PLAC": 1})
    assert [(row["key"], row["name"], row["born"]) for row in await rows(graph, PEOPLE)] == [
        ("gedcom:test|I1", "Ann Bell", None),
        ("gedcom:test|I2", "Carl Dean", "1901~"),
        ("gedcom:test|I3", "Eve Dean", None),
    ]
    assert await ties(graph) == [
        ("Ann Bell", "PARENT", "Eve Dean", "ADOPTIVE", None, None),
        ("Carl Dean", "PARENT", "Eve Dean", "ADOPTIVE", None, None),
        ("Carl Dean", "SPOUSE", "Ann Bell", None, "1925/..", None),
    ]


async def test_an_import_is_one_operation_however_many_batches_it_takes(
    graph: Graph, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    report = await import_gedcom(context, gedcom(tmp_path, FAMILY), "test", ignored)
    assert report.made == Tally(3, 2, 1)
    told = {"kind": "importGedcom", "by": context.viewer.id, "changes": 3 + 2 * (2 + 1)}
    assert await rows(graph, OPERATIONS) == [told]


async def test_the_same_file_again_changes_nothing(context: Context, tmp_path: Path, unchanged: Unchanged) -> None:
    file = gedcom(tmp_path, FAMILY)
    await import_gedcom(context, file, "test", ignored)
    async with unchanged.during():
        report = await import_gedcom(context, file, "test", ignored)
    assert report == Report(Tally(0, 0, 0), Tally(3, 2, 1), {"MARR PLAC": 1})


async def test_the_same_file_from_another_source_is_of_other_people(
    graph: Graph, context: Context, tmp_path: Path
) -> None:
    file = gedcom(tmp_path, FAMILY)
    for source in ("one", "two"):
        assert (await import_gedcom(context, file, source, ignored)).made == Tally(3, 2, 1)
    assert [row["key"] for row in await rows(graph, PEOPLE)] == [
        f"gedcom:{source}|I{number}" for source in ("one", "two") for number in (1, 2, 3)
    ]


async def test_an_import_that_was_cut_off_goes_on_where_it_was(
    graph: Graph, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(Exception):
        pass

    calls = count(1)

    def until_the_second_batch_of_ties(done: int, steps: int) -> None:
        if next(calls) == 3:
            raise Killed

    monkeypatch.setattr(importing, "AT_ONCE", 2)
    file = gedcom(tmp_path, FAMILY + "0 @I4@ INDI\n1 NAME Fay\n1 FAMC @F1@")
    with pytest.raises(Killed):
        await import_gedcom(context, file, "test", until_the_second_batch_of_ties)
    assert len(await ids(graph)) == 4
    rest = await import_gedcom(context, file, "test", ignored)
    assert rest == Report(Tally(0, 1, 0), Tally(4, 3, 1), {"MARR PLAC": 1})
    assert Counter(tie[1] for tie in await ties(graph)) == {"PARENT": 4, "SPOUSE": 1}
    assert [row["changes"] for row in await rows(graph, OPERATIONS)] == [4 + 2 * 4, 2 * 1]


async def test_what_the_rules_refuse_is_told_and_the_rest_comes_in(
    graph: Graph, context: Context, tmp_path: Path
) -> None:
    body = """
        0 @I1@ INDI
        1 NAME Old
        1 FAMC @F2@
        1 BIRT
        2 DATE 1950
        1 DEAT
        2 DATE 1900
        0 @I2@ INDI
        1 NAME Young
        1 EMAIL nobody
        0 @I2@ INDI
        1 NAME Impostor
        0 @F1@ FAM
        1 HUSB @I1@
        1 CHIL @I2@
        1 CHIL @I9@
        0 @F2@ FAM
        1 HUSB @I2@
        0 @F3@ FAM
        1 WIFE @I2@
        1 CHIL @I2@
    """
    report = await import_gedcom(context, gedcom(tmp_path, body), "test", ignored)
    assert report == Report(
        Tally(2, 1, 0),
        Tally(0, 0, 0),
        {
            "CHIL of a person that is missing": 1,
            "INDI: its reference is another's": 1,
            "deathDate: lies before the birth date": 1,
            "email: is not an email address": 1,
            "parentage: of somebody with themself": 1,
            "parentage: would make a cycle": 1,
        },
        (
            Remark(5, "deathDate left out: lies before the birth date"),
            Remark(7, "parentage left out: would make a cycle"),
            Remark(12, "email left out: is not an email address"),
            Remark(15, "INDI left out: @I2@ is the record of line 12"),
            Remark(20, "CHIL left out: there is no person @I9@"),
            Remark(25, "parentage left out: of somebody with themself"),
        ),
    )
    assert await ties(graph) == [("Old", "PARENT", "Young", "BIRTH", None, None)]


async def test_a_number_drawn_twice_is_drawn_again(
    graph: Graph, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = new_number()
    drawn = iter([taken, taken, *(new_number() for _ in range(10))])
    monkeypatch.setattr("domain.parties.new_number", lambda: next(drawn))
    report = await import_gedcom(context, gedcom(tmp_path, "0 @I1@ INDI\n0 @I2@ INDI"), "test", ignored)
    assert report == Report(Tally(2, 0, 0), Tally(0, 0, 0), {})
    assert list(await ids(graph)) == ["I1", "I2"]


async def test_progress_is_told_up_to_the_last_step_and_no_step_is_gone_back(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    file = gedcom(tmp_path, FAMILY)
    size = file.stat().st_size
    steps = size + int(size * 1.5)
    told = list[tuple[int, int]]()
    await import_gedcom(context, file, "test", lambda done, steps: told.append((done, steps)))
    assert told == [(size, steps), (size + (steps - size) * 2 // 3, steps), (steps, steps), (steps, steps)]


async def test_a_person_with_too_many_names_comes_in_with_those_that_can_be_kept(
    graph: Graph, context: Context, tmp_path: Path
) -> None:
    file = gedcom(tmp_path, "0 @I1@ INDI\n" + "".join(f"1 NAME A{number}\n" for number in range(100_000)))
    assert await import_gedcom(context, file, "test", ignored) == Report(
        Tally(1, 0, 0),
        Tally(0, 0, 0),
        {"line below one that was left out": 89_999, "other names beyond 50": 9_949},
        (Remark(10_006, "line left out: it and all that follows is beyond the first 10,000 lines of a record"),),
    )
    assert [row["name"] for row in await rows(graph, PEOPLE)] == ["A0"]


async def test_words_about_a_marriage_stand_in_its_note(graph: Graph, context: Context, tmp_path: Path) -> None:
    body = "0 @I1@ INDI\n0 @I2@ INDI\n0 @F1@ FAM\n1 HUSB @I1@\n1 WIFE @I2@\n1 MARR\n2 DATE (about harvest time)"
    report = await import_gedcom(context, gedcom(tmp_path, body), "test", ignored)
    remark = Remark(11, 'DATE in words kept in the note: "about harvest time"')
    assert report == Report(Tally(2, 0, 1), Tally(0, 0, 0), {}, (remark,))
    note = "CYPHER 25 MATCH ()-[tie:PARTNER_OF]->() RETURN tie.note AS note"
    assert await rows(graph, note) == [{"note": "Married: about harvest time"}]


async def test_a_cycle_with_what_is_in_the_graph_is_told_by_the_line_of_the_child(
    graph: Graph, context: Context, tmp_path: Path
) -> None:
    body = "0 @I1@ INDI\n0 @I2@ INDI\n0 @F1@ FAM\n1 HUSB @{}@\n1 CHIL @{}@"
    await import_gedcom(context, gedcom(tmp_path, body.format("I1", "I2")), "test", ignored)
    report = await import_gedcom(context, gedcom(tmp_path, body.format("I2", "I1")), "test", ignored)
    assert report == Report(
        Tally(0, 0, 0),
        Tally(2, 0, 0),
        {"parentage: would make a cycle": 1},
        (Remark(9, "parentage left out: would make a cycle"),),
    )
    assert [tie[1] for tie in await ties(graph)] == ["PARENT"]


async def test_a_source_that_no_external_id_can_have_is_refused(context: Context, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        await import_gedcom(context, gedcom(tmp_path, FAMILY), "a|b", ignored)
    assert refused.value.refusals == (InvalidValue(path=("source",), reason='must not hold "|"'),)


async def test_who_may_not_import_is_refused(context: Context, tmp_path: Path) -> None:
    stranger = replace(context, viewer=Viewer("stranger", frozenset()))
    with pytest.raises(Refused) as refused:
        await import_gedcom(stranger, gedcom(tmp_path, FAMILY), "test", ignored)
    assert refused.value.refusals == (NotAllowed(missing=("ADMIN", "MANAGER", "AGENT")),)


async def test_the_kennedys_come_in(graph: Graph, context: Context) -> None:
    report = await import_gedcom(context, DEMO / "kennedy.ged", "test", ignored)
    assert report == Report(
        Tally(people=69, parentages=98, partnerships=18),
        Tally(0, 0, 0),
        {
            "BIRT PLAC": 29,
            "BURI": 7,
            "CHAN": 37,
            "CHR PLAC": 1,
            "CSTA record": 7,
            "DEAT PLAC": 12,
            "EDUC": 7,
            "HEAL": 9,
            "HIST": 14,
            "MARR PLAC": 8,
            "NOTE": 69,
            "OCCU": 9,
            "RELI": 14,
            "SOUR record": 11,
        },
    )
    people = {row["id"]: (row["name"], row["born"], row["died"]) for row in await rows(graph, PEOPLE)}
    by_xref = await ids(graph)
    found = await family_tree(context, by_xref["I52"], up=2, down=1, collaterals=False, as_of=None)
    assert found is not None
    tree = found.tree
    assert {(person.generation, *people[PartyId(person.id)]) for person in tree.people} == {
        (-2, "Patrick Joseph KENNEDY", "1858-01-14", "1929-05"),
        (-2, "Mary Augusta HICKEY", None, "1923"),
        (-2, "John F. FITZGERALD", None, None),
        (-2, "Josephine Mary HANNON", None, None),
        (-1, "Joseph Patrick KENNEDY", "1888-09-06", "1969-11-18"),
        (-1, "Rose FITZGERALD", "1890-07-22", "1995-01-22"),
        (0, "John Fitzgerald KENNEDY", "1917-05-29", "1963-11-22"),
        (0, "Jacqueline BOUVIER", "1929-07-28", "1994-05-19"),
        (1, "Caroline Bouvier KENNEDY", "1957-11-27", None),
        (1, "John Fitzgerald KENNEDY Jr.", "1960-11-25", None),
        (1, "Patrick Bouvier KENNEDY", "1963-08-07", "1963-08-09"),
    }
    couples = {frozenset(c.partners): (c.kind, len(c.children)) for c in tree.couples}
    xrefs = {id: xref for xref, id in by_xref.items()}
    assert {tuple(sorted(xrefs[PartyId(p)] for p in couple)): found for couple, found in couples.items()} == {
        ("I44", "I45"): (CoupleKind.MARRIED, 1),
        ("I50", "I51"): (CoupleKind.PARENTS_ONLY, 1),
        ("I1", "I2"): (CoupleKind.MARRIED, 1),
        ("I52", "I53"): (CoupleKind.MARRIED, 3),
    }


async def test_the_washingtons_come_in(graph: Graph, context: Context) -> None:
    report = await import_gedcom(context, DEMO / "washington.ged", "test", ignored)
    assert report == Report(
        Tally(people=529, parentages=841, partnerships=85),
        Tally(0, 0, 0),
        {
            "AFN": 529,
            "BAPL": 394,
            "BIRT PLAC": 464,
            "BURI": 76,
            "CHIL SLGC": 75,
            "CHR": 8,
            "CHR PLAC": 20,
            "DEAT PLAC": 140,
            "ENDL": 394,
            "MARR PLAC": 69,
            "SLGC": 292,
            "SLGS": 63,
            "date that ends before it starts": 1,
            "deathDate: lies before the birth date": 2,
        },
        (
            Remark(506, 'DATE in words kept as a life event: "Death: WILL PROVED 19 MAY 1725"'),
            Remark(1279, 'DATE in words kept as a life event: "Christening: 28 SPE 1611"'),
            Remark(1346, "DEAT DATE left out: date that ends before it starts"),
            Remark(3096, "deathDate left out: lies before the birth date"),
            Remark(4408, "deathDate left out: lies before the birth date"),
            Remark(6853, 'DATE in words kept as a life event: "Death: 8/9 JUL 1457"'),
            Remark(7153, 'DATE in words kept as a life event: "Death: CON TO WILL 02 JAN 1624/5"'),
            Remark(7492, 'DATE in words kept as a life event: "Death: WILL 13 NOV 1694"'),
        ),
    )
    people = {row["key"].removeprefix("gedcom:test|"): row for row in await rows(graph, PEOPLE)}
    told = {xref: (people[xref]["name"], people[xref]["born"], people[xref]["died"]) for xref in ("I1", "I3", "I4")}
    assert told == {
        "I1": ("George WASHINGTON [FIRST U.S. PRESIDENT]", "1732-02-22", "1799-12-14"),
        "I3": ("Augustine WASHINGTON [CAPTAIN]", "1693/1694", "1743-04-12"),
        "I4": ("Mary BALL", "1708/1709", "1789-08-25"),
    }
