"""GraphiQL: built once by Node from PyPI, served with nothing loaded from elsewhere (SPEC 11.1)."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from kith import graphiql
from kith.graphiql import BuildFailed, Tab

TABS = [
    Tab("A person & family", "query Family($id: ID!) { node(id: $id) { id } }", {"id": "consumer_1"}),
    Tab("</script><script>alert(1)</script><!--", "{ __typename }", {}),
]


class Page(HTMLParser):
    """What a browser finds in a page: the addresses it loads, and the text of each script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [value for name, value in attrs if name in ("src", "href") and value]
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and data.strip():
            self.scripts[-1] += data


async def page(_request: Request) -> Response:
    return graphiql.page(TABS)


@pytest.fixture(scope="module")
def browser() -> TestClient:
    graphiql.build(lambda step: None)
    return TestClient(Starlette(routes=[Route("/graphiql", page), graphiql.static()]))


@pytest.fixture
def console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sources, with nothing built."""
    copy = tmp_path / "console"
    shutil.copytree(graphiql.CONSOLE, copy, ignore=shutil.ignore_patterns("dist", "node_modules"))
    monkeypatch.setattr(graphiql, "CONSOLE", copy)
    monkeypatch.setattr(graphiql, "DIST", copy / "dist")
    return copy


def test_the_page_is_served_under_a_policy_that_lets_nothing_in_from_elsewhere(browser: TestClient) -> None:
    answer = browser.get("/graphiql")

    headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
    assert (answer.status_code, headers) == (
        200,
        {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "cache-control": "no-store",
        },
    )


def test_the_tabs_stand_in_the_page_and_cannot_leave_their_script(browser: TestClient) -> None:
    tabs, program = Page(browser.get("/graphiql").text).scripts

    assert program == ""
    assert json.loads(tabs) == [
        {
            "title": "A person & family",
            "query": "query Family($id: ID!) { node(id: $id) { id } }",
            "variables": {"id": "consumer_1"},
        },
        {"title": "</script><script>alert(1)</script><!--", "query": "{ __typename }", "variables": {}},
    ]


def test_all_that_the_page_and_its_style_sheet_load_is_served_from_here(browser: TestClient) -> None:
    loads = Page(browser.get("/graphiql").text).loads
    folder = loads[0].rpartition("/")[0]
    style = browser.get(f"{folder}/main.css").text
    in_style = re.findall(r"""(?:url\(|@import )['"]?([^'")]+)""", style)

    assert loads == [f"{folder}/{name}" for name in ("icon.svg", "main.css", "main.js")]
    assert {name.rpartition(".")[2] for name in in_style} == {"ttf", "woff", "woff2", "png", "svg"}
    assert {browser.get(f"{folder}/{name}").status_code for name in in_style} == {200}


def test_every_file_is_served_with_its_own_type_and_may_be_kept_for_ever(browser: TestClient) -> None:
    folder = graphiql.static().path
    names = {
        "main.js",
        "main.css",
        "icon.svg",
        "codicon.ttf",
        "editor.worker.js",
        "json.worker.js",
        "graphql.worker.js",
    }
    answers = {name: browser.get(f"{folder}/{name}") for name in names}

    assert {name: answer.headers["content-type"] for name, answer in answers.items()} == {
        "main.js": "text/javascript; charset=utf-8",
        "editor.worker.js": "text/javascript; charset=utf-8",
        "json.worker.js": "text/javascript; charset=utf-8",
        "graphql.worker.js": "text/javascript; charset=utf-8",
        "main.css": "text/css; charset=utf-8",
        "icon.svg": "image/svg+xml",
        "codicon.ttf": "font/ttf",
    }
    assert {
        (answer.headers["cache-control"], answer.headers["x-content-type-options"]) for answer in answers.values()
    } == {("public, max-age=31536000, immutable", "nosniff")}


def test_what_is_not_part_of_the_bundle_is_not_there(browser: TestClient) -> None:
    folder = graphiql.static().path
    others = ["/graphiql/main.js", f"{folder}/none.js", f"{folder}/%2e%2e/%2e%2e/package.json", f"{folder}/../.lock"]

    assert [browser.get(path).status_code for path in others] == [404, 404, 404, 404]


def test_every_file_of_the_bundle_has_a_known_type(browser: TestClient) -> None:
    bundle = graphiql.DIST / graphiql.static().path.rpartition("/")[2]

    assert {file.suffix for file in bundle.iterdir()} == set(graphiql.CONTENT_TYPES)


def test_what_is_built_is_not_built_again(browser: TestClient) -> None:
    steps: list[str] = []
    graphiql.build(steps.append)

    assert (graphiql.ready(), steps) == (True, [])


@pytest.mark.parametrize("source", ["package-lock.json", "build.mjs", "src/main.tsx"])
def test_a_changed_source_asks_for_a_new_build(console: Path, source: str) -> None:
    (console / graphiql.static().path.replace(graphiql.PATH, "dist")).mkdir(parents=True)
    before = graphiql.ready()
    (console / source).write_text((console / source).read_text() + "\n")

    assert (before, graphiql.ready()) == (True, False)


def test_a_build_that_fails_says_why_and_leaves_nothing(console: Path) -> None:
    (console / "package-lock.json").write_text("{}")
    steps: list[str] = []

    with pytest.raises(BuildFailed) as failed:
        graphiql.build(steps.append)

    assert failed.value.sentence == "GraphiQL's packages could not be fetched from the npm registry."
    assert "npm error" in failed.value.log_tail
    assert steps == ["Fetching GraphiQL's packages"]
    assert (graphiql.ready(), [entry.name for entry in graphiql.DIST.iterdir()]) == (False, [".lock"])


def test_a_server_without_the_bundle_says_so(console: Path) -> None:
    answer = graphiql.page(TABS)

    assert (answer.status_code, bytes(answer.body)) == (
        503,
        b"<!doctype html><p>GraphiQL has not been built on this server.</p>",
    )


def test_the_lock_file_names_a_hash_for_every_package_and_no_address() -> None:
    text = (graphiql.CONSOLE / "package-lock.json").read_text()
    packages = {name: package for name, package in json.loads(text)["packages"].items() if name}

    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert re.findall(r'https?://|"resolved"', text) == []
