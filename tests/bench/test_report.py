"""What is told of what was measured."""

import json
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree

from bench.chart import drawn
from bench.growth import Growth
from bench.measured import Measured
from bench.report import Figures, Report, tables, write
from bench.rounds import Plan, Row


def run(latency: float) -> Measured:
    """Ten answers, one after another."""
    return Measured([latency] * 10, 10 * latency, service=latency, database=latency, load=0.25, memory=50_000_000)


def reported() -> Report:
    """A report of one document in three targets, and of its growth."""
    told = Report(100_000, Plan(2, 1))
    told.add(
        "tiny", {32: {"kith": [run(0.1), run(0.1)], "raw": [run(0.2), run(0.2)], "strawberry": [run(0.8), run(3.2)]}}
    )
    told.growth.append(Growth("tiny", 1, 1.2, 1.25, 0.96, (0.9, 1.0)))
    return told


def test_a_report_has_a_row_for_each_target_but_kith_and_figures_for_each() -> None:
    told = reported()
    assert told.rows == [
        Row("tiny", 32, "raw", 2, 0.5, 0.5, (2, 2)),
        Row("tiny", 32, "strawberry", 20, 0.078125, 0.078125, (8, 32)),
    ]
    assert told.figures[0] == Figures("tiny", 32, "kith", 10, 100, 100, 10, 10, 50, 0.25)
    assert [(one.target, one.per_second) for one in told.figures] == [("kith", 10), ("raw", 5), ("strawberry", 0.78125)]


def test_tables_are_for_people() -> None:
    found = tables(reported())
    assert found["rows"][1] == ("tiny", "32", "strawberry", "20.00", "8.00", "32.00", "0.08", "0.08")
    assert found["figures"][0] == (
        "tiny",
        "32",
        "kith",
        *("10.00", "100.00", "100.00", "10.00", "10.00"),
        "50.00",
        "0.25",
    )
    assert found["growth"] == [("tiny", "1", "1.20", "1.25", "0.96", "0.90", "1.00")]
    assert found["searches"] == []


def test_a_report_is_kept_for_programs_and_for_people(tmp_path: Path) -> None:
    write(reported(), tmp_path)
    kept = json.loads((tmp_path / "latest.json").read_bytes())
    assert kept["rows"][0] == asdict(Row("tiny", 32, "raw", 2, 0.5, 0.5, (2, 2))) | {"spread": [2, 2]}
    assert kept["machine"].keys() == {"system", "processors", "Python", "Neo4j"}
    text = (tmp_path / "latest.md").read_text()
    assert "| tiny | 32 | raw | 2.00 | 2.00 | 2.00 | 0.50 | 0.50 |\n" in text
    assert "](latest.svg)" in text
    assert (tmp_path / "latest.svg").read_text() == drawn(reported().figures)


def test_the_picture_has_a_bar_for_each_target_that_was_measured_beside_raw() -> None:
    """Search has no raw here: nothing to be a multiple of."""
    figures = [*reported().figures, Figures("search", 1, "kith", 10, 1, 1, 1, 1, 1, 0)]
    shown = ElementTree.fromstring(drawn(figures))
    texts = [element.text for element in shown.iter("{http://www.w3.org/2000/svg}text") if element.text]
    assert [text for text in texts if " ×" in text and "(" not in text] == ["tiny ×32"]
    assert [text for text in texts if "." in text] == ["2.0", "0.16"]
    assert sum(element.get("class") == "bar" for element in shown.iter()) == 2


def test_the_picture_is_the_same_for_the_same_figures_and_asks_for_nothing() -> None:
    """No script, no day, no random name, no address but those of SVG's own."""
    figures = reported().figures
    once = drawn(figures)
    assert once == drawn(figures)
    assert "<script" not in once
    assert "<!--" not in once
    assert once.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "").count("http") == 0
