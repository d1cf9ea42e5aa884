"""The graph: driver and transactions, statements, migrations, rows to domain and back, the local Neo4j."""
