"""`python -m kith ...`."""

from kith.cli import main

main()
