"""Known documents are planned when the service starts, so that nobody waits for their first plans."""

from pathlib import Path

import structlog.testing

from kith.context import Contexts
from kith.tabs import tabs
from kith.warming import documents, warm
from resolvers.reading.seam import Schema

TEXT = """query($id: ID!, $by: PartyBy!, $kinds: [PartyKind!]!, $yes: Boolean!, $day: Date!, $n: Int = 3,
  $after: String) {
  node(id: $id) { id @include(if: $yes) __typename }
  party(by: $by) { relationships(asOf: $day, first: $n) { edges { label } } }
  parties(kinds: $kinds, after: $after) { edges { node { id } } }
}"""
TWO = """query A { responsibilities { code } }
query B { relationshipTypes { code } }
mutation C { relate(input: {relationships: []}) { __typename } }"""


async def test_each_query_is_known_afterwards(schema: Schema, contexts: Contexts) -> None:
    with structlog.testing.capture_logs() as logs:
        await warm(schema, contexts, [("one", TEXT), ("two", TWO)])
    assert logs == []
    assert (TEXT, None) in schema.documents
    assert (TWO, "A") in schema.documents
    assert (TWO, "B") in schema.documents
    assert (TWO, "C") not in schema.documents


async def test_the_tabs_of_graphiql_are_known_where_there_is_no_demo(schema: Schema, contexts: Contexts) -> None:
    begin = await tabs(contexts.graph)
    with structlog.testing.capture_logs() as logs:
        await warm(schema, contexts, [(tab.title, tab.query) for tab in begin])
    assert logs == []


async def test_what_is_no_document_of_this_schema_is_told_by_its_name(schema: Schema, contexts: Contexts) -> None:
    with structlog.testing.capture_logs() as logs:
        await warm(schema, contexts, [("broken", "{ node("), ("old", "{ nothing }")])
    assert [(log["event"], log["document"]) for log in logs] == [
        ("document_not_known", "broken"),
        ("document_not_known", "old"),
    ]


def test_documents_are_found_in_folders_within(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "a.graphql").write_text("{ a }")
    (tmp_path / "b.graphql").write_text("{ b }")
    (tmp_path / "c.txt").write_text("{ c }")
    (tmp_path / "d.graphql").write_bytes(b"\xff")
    assert sorted(documents(tmp_path)) == [("a.graphql", "{ a }"), ("b.graphql", "{ b }"), ("d.graphql", "\ufffd")]
    assert list(documents(None)) == []
