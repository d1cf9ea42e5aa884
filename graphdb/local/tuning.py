"""How much memory and which compiler a local Neo4j gets: three choices, measured for three uses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """Sizes as Neo4j writes them (`512m`); `transaction` bounds one transaction's memory; `plans` how many statements
    stay planned, each of which takes some 200 kB of the heap; `replan` after how long one may be planned anew since the
    counts of what is stored have changed; `jvm` are java's options."""

    heap: str
    page_cache: str
    transaction: str
    plans: int
    replan: str
    jvm: tuple[str, ...]


# The first compiler alone halves the processor time of a start; queries of a working day don't miss the second.
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")

RUN = Tuning(heap="640m", page_cache="64m", transaction="192m", plans=500, replan="10s", jvm=_QUICK)
# Of Kith's own statements there are more than three hundred: were fewer kept, tests would plan them over and over.
TESTS = Tuning(heap="640m", page_cache="16m", transaction="96m", plans=500, replan="1h", jvm=_QUICK)
BENCHMARKS = Tuning(heap="1g", page_cache="512m", transaction="384m", plans=1000, replan="10s", jvm=("-XX:+UseG1GC",))
