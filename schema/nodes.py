"""Relay's Node: everything with an id of its own."""

import strawberry


@strawberry.interface(description="Everything that has an id of its own.")
class Node:
    id: strawberry.ID
