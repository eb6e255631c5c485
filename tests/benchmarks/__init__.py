"""Benchmarks: figures to compare, not verdicts. `make bench` prints them beside the kept baseline.

A module `bench_<what>.py` here has `run(*, quick: bool = False) -> list[dict]`; `measuring.measure` makes a row.
"""
