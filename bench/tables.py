"""CSV files as Neo4j's offline import reads them, written row by row."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from domain.values import Property

TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "long", date: "date", datetime: "datetime"}
WIDTH = 48
BETWEEN = "\x1f"
"""Stands between the items of a list; no text that the service takes has it."""


class Table:
    """Rows of one sort for the import: a CSV file, and a header of its own, which is told by the values that came.

    Every row has `WIDTH` fields, in the order in which properties first came; what is left of them the header tells
    the import to ignore. What is absent from a row is absent from the graph, and so would a list without items be:
    `emptied` tells of which properties it must be added later.
    """

    def __init__(self, folder: Path, name: str, keys: Sequence[str]) -> None:
        self.keys, self.rows, self.emptied = keys, 0, set[str]()
        self._columns = dict[str, tuple[int, str]]()
        self._absent = set[str]()
        self._header = folder / f"{name}.header.csv"
        self._file = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")

    def add(self, keys: Sequence[object], properties: Mapping[str, Property | datetime]) -> None:
        """Writes a row. Raises ValueError for what the import would not keep as it is."""
        row: list[object] = [*keys, *([None] * (WIDTH - len(keys)))]
        for name, value in properties.items():
            if value is None:
                self._absent.add(name)
            elif value == []:
                self.emptied.add(name)
            else:
                place, type = self._columns.get(name) or self._column(name, value)
                if type != kind_of(value):
                    raise ValueError(f"{name} is {type}, and cannot be {value!r}")
                row[place] = written(value)
        self._writer.writerow(row)
        self.rows += 1

    def close(self) -> str:
        """Ends the file and writes the header; answers the names of both as the import takes them.

        Raises ValueError for a list that is absent here and without items there.
        """
        self._file.close()
        if unclear := self.emptied & self._absent:
            raise ValueError(f"{', '.join(sorted(unclear))}: absent, or without items?")
        names = [*self.keys, *(f"{name}:{type}" for name, (_, type) in self._columns.items())]
        self._header.write_text(",".join([*names, *([":IGNORE"] * (WIDTH - len(names)))]) + "\n")
        return f"{self._header.name},{Path(self._file.name).name}"

    def _column(self, name: str, value: Property | datetime) -> tuple[int, str]:
        place = len(self.keys) + len(self._columns)
        if place == WIDTH:
            raise ValueError(f"no field is left for {name}")
        self._columns[name] = place, kind_of(value)
        return self._columns[name]


def kind_of(value: Property | datetime) -> str:
    """The type of a column that has such a value."""
    return f"{TYPES[type(value[0])]}[]" if isinstance(value, list) else TYPES[type(value)]


def written(value: Property | datetime) -> str:
    """A value as it stands in a file. Raises ValueError for what would be read as another."""
    if isinstance(value, str) and value:  # nearly all are
        return value
    items = [single(item) for item in value] if isinstance(value, list) else [single(value)]
    if isinstance(value, list) and any(BETWEEN in item for item in items):
        raise ValueError(f"{value!r} would fall apart")
    if items == [""]:
        raise ValueError("a text of no letters would be absent")
    return BETWEEN.join(items)


def single(value: Property | datetime) -> str:
    """A value that is no list as it stands in a file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime) else str(value)
