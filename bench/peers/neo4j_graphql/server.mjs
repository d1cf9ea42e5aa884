// @neo4j/graphql behind GraphQL Yoga, each set up as its guide says, on a free port of 127.0.0.1.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { KITH_NEO4J_URI, KITH_NEO4J_USER, KITH_NEO4J_PASSWORD } = process.env;
const typeDefs = readFileSync(new URL("types.graphql", import.meta.url), "utf8");
const driver = neo4j.driver(KITH_NEO4J_URI, neo4j.auth.basic(KITH_NEO4J_USER, KITH_NEO4J_PASSWORD));
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const yoga = createYoga({ schema, logging: "warn", context: { cypherQueryOptions: { addVersionPrefix: true } } });
const server = createServer(yoga);
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}${yoga.graphqlEndpoint}`));
