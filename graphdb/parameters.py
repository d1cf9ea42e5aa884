"""Parameters: a statement is written with many, and sent with one, the map that holds them all (decision 30).

Neo4j plans a statement once for each combination of its parameters' types, where null is a type of its own, and so are
an empty list, one of a single item and one of several. What is in a map it does not look at.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

PARAMETER: Final = re.compile(r"\$(\w+)")


class Quiet(dict[str, Any]):
    """Parameters that stay out of the driver's log, which makes text of them even where nobody keeps it."""

    def __repr__(self) -> str:
        return "{...}"


@lru_cache(500)
def in_one_map(text: str) -> str:
    """A statement's text as it is sent: each parameter is a key of the map `given`.

    So many are kept as a local Neo4j keeps plans; a document's can have tens of thousands of letters.
    """
    return PARAMETER.sub(r"$given.\1", text)


def given(parameters: Mapping[str, Any]) -> Quiet:
    """The single parameter that goes with it."""
    return Quiet(given=Quiet(parameters))
