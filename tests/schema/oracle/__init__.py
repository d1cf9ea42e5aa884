"""What the served schema has to answer, worked out the plain way: graphql-core, one resolver a field, over a world in
memory that stands in the graph too."""
