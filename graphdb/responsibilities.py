"""Responsibilities in the graph."""

from collections.abc import Mapping
from typing import Any

from domain.parties import PartyKind
from domain.responsibilities import Responsibility


def as_responsibility(node: Mapping[str, Any]) -> Responsibility:
    """A node's properties as the domain has them."""
    return Responsibility(
        node["id"],
        node["code"],
        node["name"],
        tuple(PartyKind(kind) for kind in node["holder_kinds"]),
        tuple(PartyKind(kind) for kind in node["subject_kinds"]),
    )
