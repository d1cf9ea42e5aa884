"""The planner: a GraphQL selection becomes one Cypher statement and one generated function."""
