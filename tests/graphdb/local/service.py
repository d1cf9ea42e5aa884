"""A service as small as can be, for tests that kill it: starts Neo4j in a folder and sleeps."""

import sys
import time
from pathlib import Path

from graphdb.local import TESTS, start

if __name__ == "__main__":
    start(Path(sys.argv[1]), Path(sys.argv[2]), TESTS)
    time.sleep(300)
