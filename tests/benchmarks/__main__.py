"""`python -m tests.benchmarks [--quick] [--save] [NAME …]`: measure, print a table, compare with the kept baseline."""

import argparse
import importlib
import json
import platform
import sys
from pathlib import Path

import tests.environment  # noqa: F401  sets the environment before Django reads its settings

# Takes minutes, and writes from several processes what cannot be taken back: alone, on a database of its own.
ONLY_WHEN_NAMED = ("bench_city",)
BASELINE = Path(__file__).with_name("baseline.json")
COLUMNS = (
    ("name", "what", "<", 34),
    ("median_ms", "median ms", ">", 10),
    ("p95_ms", "p95 ms", ">", 9),
    ("queries", "queries", ">", 8),
    ("bytes", "bytes", ">", 10),
    ("peak_mb", "peak MB", ">", 8),
    ("ratio", "× base", ">", 7),
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these modules: bench_NAME.py")
    parser.add_argument("--quick", action="store_true", help="few repetitions, to see that all of them run")
    parser.add_argument("--save", action="store_true", help="keep the figures as the new baseline of this database")
    options = parser.parse_args(arguments)

    import django

    django.setup()
    from tests.benchmarks.database import throw_away_database

    modules = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    asked = options.names or [name.removeprefix("bench_") for name in modules if name not in ONLY_WHEN_NAMED]
    modules = [name for name in modules if name.removeprefix("bench_") in asked]
    if not modules:
        print("No benchmark has this name." if options.names else "There is no benchmark yet.")
        return 1 if options.names else 0

    rows = []
    with throw_away_database() as vendor:
        baseline = read_baseline().get(vendor, {})
        print(f"\nBenchmarks on {vendor}, Python {platform.python_version()}\n{headings()}", flush=True)
        for name in modules:
            for row in measured(name, quick=options.quick):
                rows.append(row)
                print(line(row, baseline.get(row["name"])), flush=True)
    if options.save:
        save(vendor, rows)
        print(f"\nKept as the baseline of {vendor} in tests/benchmarks/{BASELINE.name}")
    return 0


def measured(name: str, *, quick: bool) -> list[dict]:
    """The rows of one module; what it wrote is taken back, so that the next one begins on empty tables."""
    from django.db import transaction

    module = importlib.import_module(f"tests.benchmarks.{name}")
    if getattr(module, "COMMITS", False):
        return module.run(quick=quick)
    with transaction.atomic():
        rows = module.run(quick=quick)
        transaction.set_rollback(True)
    return rows


def headings() -> str:
    return "  ".join(f"{title:{side}{width}}" for _, title, side, width in COLUMNS)


def line(row: dict, base: dict | None) -> str:
    """One row; what is not known is "–". A changed number of queries is marked, for it never varies by chance."""
    shown = {**row, "ratio": f"{row['median_ms'] / base['median_ms']:.2f}" if base and base["median_ms"] else None}
    cells = [f"{'–' if shown[key] is None else shown[key]!s:{side}{width}}" for key, _, side, width in COLUMNS]
    if base and base["queries"] != row["queries"]:
        cells.append(f"queries were {base['queries']}")
    return "  ".join([*cells, row.get("note", "")]).rstrip()


def read_baseline() -> dict[str, dict[str, dict]]:
    """{database: {name: row}}; empty where none was kept yet."""
    return json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}


def save(vendor: str, rows: list[dict]) -> None:
    """Rows that were not measured this time stay as they are."""
    kept = read_baseline()
    kept.setdefault(vendor, {}).update({row["name"]: row for row in rows})
    BASELINE.write_text(json.dumps(kept, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
