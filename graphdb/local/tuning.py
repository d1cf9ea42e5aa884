"""How much memory and which compiler a local Neo4j gets: three choices, measured for three uses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """Sizes as Neo4j writes them (`512m`); `transaction` bounds one transaction's memory; `jvm` are java's options."""

    heap: str
    page_cache: str
    transaction: str
    jvm: tuple[str, ...]


# The first compiler alone halves the processor time of a start; queries of a working day don't miss the second.
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")

RUN = Tuning(heap="512m", page_cache="64m", transaction="192m", jvm=_QUICK)
TESTS = Tuning(heap="256m", page_cache="16m", transaction="96m", jvm=_QUICK)
BENCHMARKS = Tuning(heap="1g", page_cache="512m", transaction="384m", jvm=("-XX:+UseG1GC",))
