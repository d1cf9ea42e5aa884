"""Benchmarks, and the records they are run on."""
