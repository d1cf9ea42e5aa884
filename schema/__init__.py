"""The GraphQL contract: types, inputs, fields, results and errors; printed in schema.graphql."""
