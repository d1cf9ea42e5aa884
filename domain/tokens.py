"""What the token of a plan says beside its hash: JSON in base64, which whoever sends it may have written."""

import base64
import json
from collections.abc import Sequence
from typing import Any


def written(parts: Sequence[object]) -> str:
    """Parts as one word, without a dot. Raises ValueError for text that is none (half a surrogate pair)."""
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(token: str) -> Any:
    """What the word before a token's first dot says. Raises ValueError where it says nothing."""
    word = token.partition(".")[0]
    try:
        found = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        written([found])
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return found
