"""The files of cypher/: their headers are their contracts, and each is used."""

import re

import pytest

from graphdb.statements import FOLDER, parsed
from resolvers.reading.declare import Joined
from resolvers.reading.fragments import Fragment
from resolvers.reading.seam import Schema

ROOT = FOLDER.parent
FILES = sorted(file for file in FOLDER.rglob("*.cypher") if not file.name[0].isdigit())
NAMES = [file.relative_to(FOLDER).with_suffix("").as_posix() for file in FILES]
HEADER = re.compile(r"^// (\$?[a-z_]+) {2,}\S", re.MULTILINE)


def statements() -> set[str]:
    """The names of the statements that code runs."""
    code = "\n".join(
        f.read_text() for folder in ("kith", "resolvers", "graphdb") for f in (ROOT / folder).rglob("*.py")
    )
    return set(re.findall(r"\.(?:rows|does)\(\s*\"([a-z_/]+)\"", code))


def fragments(schema: Schema) -> set[str]:
    """The names of the fragments that the schema declares, and of those that classes of viewers have."""
    catalogue = schema.planner.catalogue
    readings = [reading for reading in catalogue.readings.values() if isinstance(reading, Joined)]
    joined = {name for r in readings for name in r.every} | {r.table for r in readings if r.table}
    scopes = [scope for type_ in catalogue.types.values() for scope in catalogue.scopes(type_)]
    viewers = {name for viewer in catalogue.viewers.values() for name in viewer.named}
    return joined | viewers | {name for scope in scopes for name in (scope.typename, scope.refs) if name}


def test_each_file_is_used_as_a_statement_or_as_a_fragment_and_none_as_both(schema: Schema) -> None:
    assert sorted(statements() | fragments(schema)) == NAMES
    assert not statements() & fragments(schema)


@pytest.mark.parametrize("name", NAMES)
def test_the_header_names_the_parameters_and_the_columns(name: str) -> None:
    text = (FOLDER / f"{name}.cypher").read_text()
    told = HEADER.findall(text)
    assert {word[1:] for word in told if word.startswith("$")} == parsed(name, text).parameters
    assert {word for word in told if not word.startswith("$")} >= set(columns(text))


def columns(text: str) -> tuple[str, ...]:
    """The columns that a statement or fragment returns; none where it only writes."""
    body = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    return Fragment("x", text).columns if re.search(r"^RETURN\b", body, re.MULTILINE) else ()


CONSENT = re.compile(
    r"CASE WHEN consent\.by_guardian THEN (\w+)\.birth_date_earliest > (.+)\s+ELSE \1\.birth_date_latest <= \2 END"
)
HOLDS = [
    re.compile(r"consent\.valid_to_day IS NULL"),
    re.compile(r"NOT coalesce\(\w+\.deceased, FALSE\)"),
    re.compile(r"\w+\.status(?:, ''\))? IN \['ACTIVE', 'ENROLLED'\]"),
]


@pytest.mark.parametrize(
    "name", [name for name in NAMES if "by_guardian THEN" in (FOLDER / f"{name}.cypher").read_text()]
)
def test_a_consent_counts_on_the_same_conditions_wherever_it_is_asked_for(name: str) -> None:
    """5.6: it is open, the one who gave it is living and a customer still, and a parent's lapses at sixteen."""
    text = (FOLDER / f"{name}.cypher").read_text()
    asked = text.count("by_guardian")
    assert [len(each.findall(text)) for each in (CONSENT, *HOLDS)] == [asked] * 4
