"""What a run of a load measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Measured:
    """Latencies of answers in their order, each of so many records (1, but for an import), all in seconds.

    `service` and `database` are processor time; `load` is the share of a processor that the load generator took: near
    1, it would be what is measured. `memory`: the bytes that the service has in the end.
    """

    latencies: Sequence[float]
    seconds: float
    service: float
    database: float
    load: float
    memory: int
    records: int = 1

    @property
    def count(self) -> int:
        """Records answered."""
        return len(self.latencies) * self.records

    @property
    def per_second(self) -> float:
        """Records answered a second."""
        return self.count / self.seconds

    @property
    def service_ms(self) -> float:
        """Milliseconds of a processor that a record took in the service."""
        return 1000 * self.service / self.count

    @property
    def database_ms(self) -> float:
        """Milliseconds of a processor that a record took in the database."""
        return 1000 * self.database / self.count

    @property
    def megabytes(self) -> float:
        """Megabytes of memory that the service has in the end."""
        return self.memory / 1_000_000

    def percentile(self, of_hundred: int) -> float:
        """The latency, in milliseconds, that so many of a hundred answers kept within."""
        if len(self.latencies) == 1:
            return 1000 * self.latencies[0]
        return 1000 * quantiles(self.latencies, n=100, method="inclusive")[of_hundred - 1]
