"""What comes from files: request types, papers and offices, before a district says otherwise (fixtures/tickets)."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from django.conf import settings

from ..rules import OfficeRow, RequestKind

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "tickets"


@cache
def paper_labels() -> dict[str, str]:
    """Paper key → name."""
    return {row["key"]: row["label"] for row in _rows("papers.csv")}


@cache
def request_kinds() -> dict[str, tuple[RequestKind, ...]]:
    """Field key → its request types, in the order of the list."""
    found: dict[str, list[RequestKind]] = defaultdict(list)
    for row in _rows("request_types.csv"):
        papers = tuple(paper_labels()[key] for key in row["papers"].split())
        found[row["field"]].append(RequestKind(row["field"], row["key"], row["label"], papers))
    return {field: tuple(kinds) for field, kinds in found.items()}


@cache
def office_rows() -> tuple[OfficeRow, ...]:
    """Which office answers what where nobody said otherwise."""
    return tuple(
        OfficeRow(row["field"], row["request_type"], row["office"], row["protects"] == "ya")
        for row in _rows("offices.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
