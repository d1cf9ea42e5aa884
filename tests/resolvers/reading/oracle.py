"""The same answers the plain way: graphql-core over objects in memory, one resolver a field."""

import json
from typing import Any

from graphql import ExecutionResult, GraphQLError, build_schema, execute_sync, parse

from resolvers.reading.cursors import PAGE, encode, tag
from tests.resolvers.reading.example import fails_for_eli, initial
from tests.resolvers.reading.world import TODAY

UPPER = {"Consumer": "CONSUMER", "Account": "ACCOUNT", "Household": "HOUSEHOLD", "InternalUser": "INTERNAL_USER"}


class Oracle:
    def __init__(self, sdl: str, data: dict[str, Any], sees: set[str] | None, redacted: set[str]) -> None:
        self.schema, self.data, self.visible, self.redacted = build_schema(sdl), data, sees, redacted
        self.parties = {p["id"]: p for p in data["parties"]}
        self.edges = {e["id"]: e for e in data["edges"]}
        self.types = {t["code"]: Plain("RelationshipType", t) for t in data["types"]}

    def run(self, text: str, variables: dict[str, Any] | None) -> ExecutionResult:
        found = execute_sync(
            self.schema,
            parse(text),
            Root(self),
            variable_values=variables,
            type_resolver=lambda value, *_: str(value.typename),
        )
        assert isinstance(found, ExecutionResult)
        return found

    def sees(self, id: str) -> bool:
        return self.visible is None or id in self.visible

    def party(self, id: str) -> Any:
        return Party(self, self.parties[id]) if self.sees(id) else Hidden(self.parties[id])

    def relationship(self, id: str) -> Any:
        return Relationship(self, self.edges[id])


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def text(value: Any) -> Any:
    if isinstance(value, list):
        return [text(item) for item in value]
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else value


class Plain:
    def __init__(self, typename: str, values: dict[str, Any]) -> None:
        self.typename = typename
        for name, value in values.items():
            setattr(self, camel(name), text(value))


class Hidden(Plain):
    def __init__(self, party: dict[str, Any]) -> None:
        super().__init__("HiddenParty", {"id": f"hidden:{party['id']}", "kind": UPPER[party["kind"]], "name": "Hidden"})


class Party(Plain):
    def __init__(self, oracle: Oracle, party: dict[str, Any]) -> None:
        super().__init__(party["kind"], {**party, "kind": UPPER[party["kind"]]})
        self.oracle, self.key, self.party = oracle, party["id"], party
        self.born, self.settings = party.get("birth_date"), json.loads(party.get("settings") or "null")
        self.roles = [role.upper() for role in party.get("roles", [])]
        self.initial = initial(party["name"], party.get("email"))
        pairs = zip(party["external_systems"], party["external_values"], strict=True)
        self.externalIds = [{"system": system, "value": value} for system, value in pairs]
        self.address = party if party.get("city") else None
        for field in oracle.redacted:
            type_, name = field.split(".")
            if type_ == self.typename:
                setattr(self, name, None)

    def loud(self, info: Any) -> str:
        return fails_for_eli(self.party["name"])

    shy = fussy = loud

    def greeting(self, info: Any, polite: bool = True) -> str:
        return f"{'Dear' if polite else 'Hi'} {self.party['name']}"

    def summary(self, info: Any) -> str:
        return f"{self.key} INTERNAL_USER 2020 {self.roles}"

    def double(self, info: Any) -> Any:
        me = self.oracle.party(self.key)
        return {"party": me, "again": me if self.key != "p2" else gone()}

    def edges(self, as_of: str | None) -> list[dict[str, Any]]:
        day = as_of or TODAY.isoformat()
        return [
            e
            for e in self.oracle.data["edges"]
            if self.key in (e["source"], e["target"])
            and (e["valid_from"] is None or e["valid_from"].isoformat() <= day)
            and (e["valid_to"] is None or e["valid_to"].isoformat() > day)
        ]

    def relationships(self, info: Any, asOf: Any = None, types: Any = None, direction: Any = None, **page: Any) -> Any:
        rows = [e for e in self.edges(asOf) if types is None or e["type"] in types]
        rows = [e for e in rows if direction is None or (direction == "OUTGOING") == (e["source"] == self.key)]
        keys = {e["id"]: [e["type"], e["valid_from"].isoformat() if e["valid_from"] else "", e["id"]] for e in rows}
        rows.sort(key=lambda e: keys[e["id"]][1:])
        rows.sort(key=lambda e: str(e["type"]), reverse=True)
        found = [(keys[e["id"]], near(self.oracle, e, self.key)) for e in rows]
        return paged("relationships/of_party", found, **page)

    def relationshipCounts(self, info: Any, asOf: Any = None) -> Any:
        types = [e["type"] for e in self.edges(asOf)]
        return [{"type": self.oracle.types[t], "count": count(types.count(t))} for t in sorted(set(types))]

    def households(self, info: Any) -> Any:
        edges = self.oracle.data["edges"]
        ids = {e["target"] for e in edges if e["edge"] == "MEMBER_OF" and e["source"] == self.key}
        found = sorted((self.oracle.parties[i] for i in ids if self.oracle.sees(i)), key=lambda p: str(p["id"]))
        return [Party(self.oracle, p) for p in sorted(found, key=lambda p: str(p["name"]), reverse=True)]

    def head(self, info: Any) -> Any:
        heads = [e["source"] for e in self.oracle.data["edges"] if e["head_of"] == self.key]
        return Party(self.oracle, self.oracle.parties[heads[0]]) if heads and self.oracle.sees(heads[0]) else None


class Relationship(Plain):
    def __init__(self, oracle: Oracle, edge: dict[str, Any]) -> None:
        super().__init__("Relationship", {name: edge[name] for name in ("id", "valid_from", "valid_to")})
        self.type, self.properties = oracle.types[edge["type"]], json.loads(edge["properties"] or "null")
        self.source = lambda info: oracle.party(edge["source"])
        self.target = lambda info: oracle.party(edge["target"])


def near(oracle: Oracle, edge: dict[str, Any], id: str) -> dict[str, Any]:
    out, type_ = edge["source"] == id, vars(oracle.types[edge["type"]])
    return {
        "node": Relationship(oracle, edge),
        "label": type_["label"] if out else type_["reverseLabel"],
        "direction": None if edge["type"] == "partner_of" else "OUTGOING" if out else "INCOMING",
        "party": oracle.party(edge["target"] if out else edge["source"]),
    }


class Root:
    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle

    def party(self, info: Any, id: str) -> Any:
        return self.oracle.party(id) if id in self.oracle.parties and self.oracle.sees(id) else None

    def known(self, info: Any, id: str) -> Any:
        return self.party(info, id) or unknown()

    def find(self, info: Any, by: dict[str, Any]) -> Any:
        external = by.get("externalId")
        for p in self.oracle.data["parties"]:
            pairs = zip(p["external_systems"], p["external_values"], strict=True)
            known = external and (external["system"], external["value"]) in pairs
            if known or by.get("id") == p["id"] or ("emailAddress" in by and by["emailAddress"] == p.get("email")):
                return self.party(info, p["id"])
        return None

    def node(self, info: Any, id: str) -> Any:
        if id in self.oracle.edges:
            return self.oracle.relationship(id)
        types = [t for t in self.oracle.types.values() if vars(t)["id"] == id]
        return types[0] if types else self.party(info, id)

    def nodes(self, info: Any, ids: list[str]) -> Any:
        return [self.node(info, id) or unknown() for id in ids]

    def some(self, info: Any, ids: list[str]) -> Any:
        return [self.party(info, id) for id in ids]

    def parties(self, info: Any, search: Any = None, kinds: Any = None, **page: Any) -> Any:
        rows = [p for p in self.oracle.data["parties"] if self.oracle.sees(p["id"])]
        rows = [p for p in rows if kinds is None or UPPER[p["kind"]] in kinds]
        if search is None:
            keyed = [([p["sort_name"], p["id"]], {"node": self.oracle.party(p["id"])}) for p in rows]
            return paged("parties/all", sorted(keyed, key=lambda row: row[0]), **page)
        rows = [p for p in rows if search.lower() in p["sort_name"]]
        keys = {p["id"]: [len(p["sort_name"]), p["kind"] == "Consumer", p["id"]] for p in rows}
        rows.sort(key=lambda p: (keys[p["id"]][0], not keys[p["id"]][1], keys[p["id"]][2]))
        return paged("parties/found", [(keys[p["id"]], {"node": self.oracle.party(p["id"])}) for p in rows], **page)

    def relationshipTypes(self, info: Any, categories: Any = None) -> Any:
        types = sorted(self.oracle.types.values(), key=lambda t: str(vars(t)["code"]))
        return [t for t in types if categories is None or vars(t)["category"] in categories]

    def kinship(self, info: Any, between: list[str]) -> Any:
        path = [self.oracle.party(i) if i in self.oracle.parties else gone() for i in between]
        links = [self.oracle.relationship("r2"), self.oracle.relationship("r1")]
        return {"label": "cousin", "closest": path[0], "path": path, "maybe": path, "links": links}

    def thing(self, info: Any, id: str) -> Any:
        return self.node(info, id) or gone()

    def tree(self, info: Any, ids: list[str]) -> Any:
        people = [{"person": self.oracle.party(id), "generation": n} for n, id in enumerate(ids)]
        return {"root": self.oracle.party(ids[0]), "people": people}


def unknown() -> GraphQLError:
    return GraphQLError("Nothing is known by this id.", extensions={"code": "NOT_FOUND"})


def gone() -> GraphQLError:
    return GraphQLError("What this names is gone.", extensions={"code": "NOT_FOUND"})


def count(value: int) -> dict[str, Any]:
    return {"value": value, "isExact": True}


def paged(
    name: str,
    rows: list[tuple[list[Any], dict[str, Any]]],
    first: Any = None,
    after: Any = None,
    last: Any = None,
    before: Any = None,
) -> Any:
    cursors = [encode(tag(name), keys) for keys, _ in rows]
    start = cursors.index(after) + 1 if after else 0
    end = cursors.index(before) if before else len(rows)
    inside = [{"cursor": cursor, **edge} for cursor, (_, edge) in zip(cursors, rows, strict=True)][start:end]
    backward = last is not None or (before is not None and first is None)
    size = next((given for given in (first, last) if given is not None), PAGE)
    shown = inside[-size:] if backward else inside[:size]
    more = len(inside) > len(shown)
    return {
        "totalCount": count(len(rows)),
        "edges": shown,
        "pageInfo": {
            "hasNextPage": before is not None or (more and not backward),
            "hasPreviousPage": after is not None or (more and backward),
            "startCursor": shown[0]["cursor"] if shown else None,
            "endCursor": shown[-1]["cursor"] if shown else None,
        },
    }
