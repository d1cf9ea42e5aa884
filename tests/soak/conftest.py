"""What a soak run tells at its end."""

from itertools import groupby

import pytest

from tests.soak.rounds import Round, summary

PLAYED = pytest.StashKey[list[Round]]()


@pytest.fixture(scope="session")
def rounds(pytestconfig: pytest.Config) -> list[Round]:
    """The rounds that were played, in their order."""
    return pytestconfig.stash.setdefault(PLAYED, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell of the kills that there were."""
    played: list[Round] = config.stash.get(PLAYED, [])
    for _, some in groupby(played, lambda round: round.victim):
        terminalreporter.write_line(summary(list(some)))
