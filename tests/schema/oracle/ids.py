"""Ids that are the same each time."""

import random

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id(r: random.Random, prefix: str) -> str:
    """A TypeID, the same for the same seed."""
    return f"{prefix}_0{''.join(r.choices(LETTERS, k=25))}"
