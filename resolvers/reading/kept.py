"""What is kept because it may be wanted again: so many entries, and so much of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

V = TypeVar("V")


class Kept(OrderedDict[Hashable, V]):
    """The most recently used, at most so many, and at most of such a weight together.

    `weigh`: what an entry takes, in bytes or in whatever `heaviest` is. One that is too heavy by itself is not kept.
    """

    def __init__(self, most: int, heaviest: int = 0, weigh: Callable[[V], int] = lambda value: 0) -> None:
        super().__init__()
        self.most, self.heaviest, self.weigh = most, heaviest, weigh
        self.weight = 0

    def found(self, key: Hashable) -> V | None:
        if key not in self:
            return None
        self.move_to_end(key)
        return self[key]

    def made(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value of a key, made if it is not kept."""
        if key in self:
            self.move_to_end(key)
            return self[key]
        value = make()
        self.keep(key, value)
        return value

    def keep(self, key: Hashable, value: V) -> None:
        if key in self:
            self.weight -= self.weigh(self.pop(key))
        if self.weigh(value) > self.heaviest:
            return
        self[key] = value
        self.weight += self.weigh(value)
        while len(self) > self.most or self.weight > self.heaviest:
            _, gone = self.popitem(last=False)
            self.weight -= self.weigh(gone)
