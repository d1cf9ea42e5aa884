"""Progress of what takes long, shown on standard error."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

console = Console(stderr=True)


class Bars:
    """Bars and steps below one another, as long as this is open; each shows once it has something to tell."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        self._bars = Progress(*columns, TimeElapsedColumn(), console=console)

    def bar(self, what: str) -> Callable[[int, int], None]:
        """A bar, moved by calling it with what is done and what there is in all."""
        task = self._bars.add_task(what, total=None, visible=False)
        return lambda done, in_all: self._bars.update(task, completed=done, total=in_all, visible=True)

    def steps(self) -> Callable[[str], None]:
        """A line that tells the step at hand, by calling it with the step's name."""
        task = self._bars.add_task("", total=None, visible=False)
        return lambda step: self._bars.update(task, description=step, visible=True)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()
