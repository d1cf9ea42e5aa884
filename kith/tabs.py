"""The queries that GraphiQL begins with; those about the demo's people name them by the ids that they have here."""

from graphdb.graph import Graph
from kith.demo import JOHN, KENNEDYS, key
from kith.graphiql import Tab

JOSEPH, ARNOLD = "I1", "I10"

TREE = """query KennedyFamilyTree($root: ID!) {
  familyTree(root: $root, up: 2, down: 2) {
    root { name }
    people {
      generation
      person { id name ... on Consumer { birthDateInWords deathDateInWords } }
      hasMoreParents
      hasMoreChildren
    }
    couples { kind partners children relationships { validFromInWords validToInWords } }
    truncated { reason limit }
  }
}
"""
SEARCH = """query Search($text: String!) {
  parties(search: $text, first: 10) {
    totalCount { value }
    edges {
      node {
        id
        kind
        name
        ... on Customer { number email phone { national } }
        relationshipCounts { type { name } direction count { value } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
RELATE = """mutation RelateTwoPeople($input: RelateInput!) {
  relate(input: $input) {
    __typename
    ... on Related {
      relationships { id type { name } source { name } target { name } validFromInWords }
      operation { id }
    }
    ... on Refused { refusals { __typename message path } }
  }
}
"""
CYCLE = """mutation RefusedCycle($input: RelateInput!) {
  relate(input: $input) {
    __typename
    ... on Refused {
      refusals { __typename message path ... on WouldMakeCycle { cycle { name } } }
    }
  }
}
"""
TYPES = """query RelationshipTypes {
  relationshipTypes { code name label reverseLabel category active }
}
"""


async def tabs(graph: Graph) -> list[Tab]:
    """The queries, of which those on the demo are left out where it was not loaded."""
    about_everyone = [Tab("Search", SEARCH, {"text": "kennedy"}), Tab("Relationship types", TYPES, {})]
    keys = [key(KENNEDYS, xref) for xref in (JOHN, JOSEPH, ARNOLD)]
    found = await graph.rows("parties/holders", keys=keys, login=None)
    ids = {row["key"].rpartition("|")[2]: row["party"] for row in found}
    if len(ids) < 3:
        return about_everyone
    friends = {"type": "FRIEND", "source": ids[JOHN], "target": ids[ARNOLD], "validFrom": "1962-05-19"}
    cycle = {"type": "PARENT", "source": ids[JOHN], "target": ids[JOSEPH]}
    return [
        Tab("The Kennedy family tree", TREE, {"root": ids[JOHN]}),
        about_everyone[0],
        Tab("Relate two people; done twice, it is refused as a duplicate", RELATE, {"input": related(friends)}),
        Tab("A cycle, refused: nobody is the parent of a parent", CYCLE, {"input": related(cycle)}),
        about_everyone[1],
    ]


def related(relationship: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """The input of `relate` for one relationship."""
    return {"relationships": [relationship]}
