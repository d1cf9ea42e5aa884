"""Mail that use cases have sent; who sends it is `kith`'s."""

from dataclasses import dataclass, field
from typing import Protocol

from domain.resets import Reset


@dataclass(frozen=True)
class Letter:
    """A new password on its way to a login. It is here and in the mail, and nowhere else."""

    reset: Reset
    to: str = field(repr=False)
    password: str = field(repr=False)


class Post(Protocol):
    """Sends letters, and tells the history what became of them (`resolvers.resets.settle`)."""

    def send(self, letter: Letter) -> None:
        """Takes a letter and returns at once."""
