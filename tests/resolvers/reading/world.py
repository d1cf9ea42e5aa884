"""A small random world: as plain data for the oracle, and in the graph."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from neo4j import AsyncDriver

TODAY = date(2026, 11, 22)
KINDS = ["Consumer"] * 20 + ["Account"] * 8 + ["Household"] * 5 + ["InternalUser"] * 4
EDGES = ["PARENT_OF", "PARTNER_OF", "OVERSEES", "SERVES", "MEMBER_OF"]


def world(seed: int = 7) -> dict[str, Any]:
    """Parties p0 to p36, types t0 to t4, relationships r0 ..., and whom two classes of viewers see.

    p7 and p22 break a promise: they lack what must not be null.
    """
    r = random.Random(seed)
    parties = [party(r, i, kind) for i, kind in enumerate(KINDS)]
    types = [
        {
            "id": f"t{i}",
            "code": edge.lower(),
            "label": f"{edge} to",
            "reverse_label": f"{edge} from",
            "category": "family" if i < 2 else "other",
        }
        for i, edge in enumerate(EDGES)
    ]
    of = {kind: [p["id"] for p in parties if p["kind"] == kind] for kind in KINDS}
    edges: list[dict[str, Any]] = []
    for i in range(110):
        edges += relationship(r, i, of, {e["head_of"] for e in edges})
    reach = sorted(r.sample([p["id"] for p in parties], 22))
    consents = sorted(r.sample(of["Consumer"], 9))
    return {"parties": parties, "types": types, "edges": edges, "reach": reach, "consents": consents}


def party(r: random.Random, i: int, kind: str) -> dict[str, Any]:
    name = f"{r.choice(['Ada', 'Bea', 'Cy', 'Dov', 'Eli'])} {r.choice(['Ost', 'Pry', 'Quinn'])}"
    found: dict[str, Any] = {
        "id": f"p{i}",
        "kind": kind,
        "name": name,
        "sort_name": name.lower(),
        "external_systems": ["x", "y"][: i % 3],
        "external_values": [f"{i}", f"{i}"][: i % 3],
        "created_at": datetime(2020, 1, 1, 10, i, tzinfo=UTC) if i != 7 else None,
    }
    if kind in ("Consumer", "Account"):
        found["email"] = f"{i}@example.org" if r.random() < 0.6 else None
        found |= {"city": "Ghent", "street": r.choice(["Kouter", None])} if r.random() < 0.5 else {}
    if kind == "Consumer":
        found["birth_date"] = f"{1950 + i}~" if r.random() < 0.7 else None
        found["birth_day"] = date(1950 + i, 3, 4) if r.random() < 0.5 else None
        found["days"] = [date(2000, 1, d + 1) for d in range(i % 3)] if i % 4 else None
    if kind == "Account":
        found["legal_name"] = f"{name} Ltd" if i != 22 else None
        found["settings"] = json.dumps({"level": i, "tags": ["a"]}) if i % 2 else None
    if kind == "InternalUser":
        found |= {"login": f"{i}@kith.example", "roles": ["agent", "admin"][: i % 2 + 1]}
    return found


def relationship(r: random.Random, i: int, of: dict[str, list[str]], headed: set[str]) -> list[dict[str, Any]]:
    edge = r.choice(EDGES)
    source = r.choice(of[{"SERVES": "InternalUser", "OVERSEES": "Account"}.get(edge, "Consumer")])
    target = r.choice(of[{"OVERSEES": "Account", "MEMBER_OF": "Household"}.get(edge, "Consumer")])
    start = TODAY - timedelta(days=r.randrange(-200, 3000)) if r.random() < 0.7 else None
    end = TODAY + timedelta(days=r.choice([0, *range(-900, 900, 37)])) if r.random() < 0.4 else None
    found = {
        "id": f"r{i}",
        "edge": edge,
        "type": edge.lower(),
        "source": source,
        "target": target,
        "valid_from": start,
        "valid_to": end,
        "properties": json.dumps({"n": i}) if i % 3 == 0 else None,
        "head_of": target if edge == "MEMBER_OF" and target not in headed else None,
    }
    return [found] if source != target else []


async def fill(driver: AsyncDriver, data: dict[str, Any]) -> None:
    """The world alone in the graph."""

    async def run(text: Any, **parameters: Any) -> None:
        await driver.execute_query(text, parameters)

    await clear(driver)
    await run("CREATE CONSTRAINT reading_party FOR (p:Party) REQUIRE p.id IS UNIQUE")
    await run("CREATE INDEX reading_names FOR (p:Party) ON (p.sort_name, p.id)")
    await run("CREATE CONSTRAINT reading_type FOR (t:RelationshipType) REQUIRE t.code IS UNIQUE")
    for edge in EDGES:
        await run(f"CREATE CONSTRAINT reading_{edge.lower()} FOR ()-[r:{edge}]-() REQUIRE r.id IS UNIQUE")
    await run("UNWIND $rows AS row CREATE (t:RelationshipType) SET t = row", rows=data["types"])
    for kind in dict.fromkeys(KINDS):
        rows = [p for p in data["parties"] if p["kind"] == kind]
        await run(f"UNWIND $rows AS row CREATE (p:Party:{kind}) SET p = row", rows=rows)
    for edge in EDGES:
        rows = [e for e in data["edges"] if e["edge"] == edge]
        await run(
            "UNWIND $rows AS row MATCH (a:Party {id: row.source}), (b:Party {id: row.target}) "
            f"CREATE (a)-[r:{edge}]->(b) SET r.id = row.id, r.type = row.type, r.valid_from = row.valid_from, "
            "r.valid_to = row.valid_to, r.head_of = row.head_of, r.properties = row.properties",
            rows=rows,
        )
    await run(
        "CREATE (a:PartnerApp {id: 'app'}) WITH a UNWIND $ids AS id MATCH (p:Party {id: id}) "
        "CREATE (p)-[:CONSENTS_TO]->(a)",
        ids=data["consents"],
    )
    await run("CALL db.awaitIndexes(60)")


async def clear(driver: AsyncDriver) -> None:
    """An empty graph, without any index or constraint of its own."""
    await driver.execute_query("MATCH (n) DETACH DELETE n")
    for kind in ("CONSTRAINT", "INDEX"):
        names, _, _ = await driver.execute_query(f"SHOW {kind}{'S' if kind == 'CONSTRAINT' else 'ES'} YIELD name, type")
        for record in names:
            if record["type"] != "LOOKUP":
                await driver.execute_query(f"DROP {kind} `{record['name']}`")
