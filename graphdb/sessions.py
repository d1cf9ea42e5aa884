"""Sessions in the graph."""

from datetime import datetime

from domain.sessions import Ending
from graphdb.graph import Transaction


def end_all(tx: Transaction, party: str, at: datetime, because: Ending, but: str | None = None) -> None:
    """Ends the sessions of a locked party, all but one where that goes on. It goes out with what comes next."""
    tx.does("sessions/end_all", party=party, but=but, at=at, because=because.value)
