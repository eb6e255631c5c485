"""A report as JSON: the contract for others, and the whole document that is frozen and read back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services.reports.figures.model import (
    CorrectionLine,
    DayLine,
    Figure,
    Number,
    PartLine,
    Place,
    Report,
    Row,
    Section,
    Signature,
    State,
    Table,
)

FORMAT = 1
UNWRITTEN = ("sha256", "sealed")
# Most of a document: nothing has to be done to write it.
AS_IT_IS = frozenset({str, int, bool, type(None)})


def contract(report: Report) -> dict[str, Any]:
    """What `monthly_report --format json` prints; page, PDF and XLSX show the same figures."""
    return {
        "place": {"code": report.place.code, "name": report.place.name, "level": report.place.level},
        "month": report.month_code,
        "version": report.version,
        "figures": {key: _contract_figure(figure) for key, figure in report.figures.items()},
    }


def _contract_figure(figure: Figure) -> dict[str, Any]:
    return {
        "label": figure.label,
        "value": _number(figure.value),
        "state": figure.state.value,
        "unit": figure.unit,
        "denominator": _number(figure.denominator),
        "adds": figure.adds,
    }


def _number(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def canonical(report: Report) -> str:
    """The whole document as JSON with sorted keys and no spaces: the same report gives the same text, and hash."""
    plain = {"format": FORMAT, **_plain(report)}
    for name in UNWRITTEN:
        plain.pop(name)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in AS_IT_IS:
        return value
    if names := _names_of(kind):
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


_NAMES: dict[type, tuple[str, ...]] = {}


def _names_of(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass; none of anything else."""
    if kind not in _NAMES:
        is_one = dataclasses.is_dataclass(kind)
        _NAMES[kind] = tuple(field.name for field in dataclasses.fields(kind)) if is_one else ()
    return _NAMES[kind]


def report_from(text: str, *, sha256: str = "") -> Report:
    """The report that `canonical` wrote. Raises KeyError or ValueError for anything else."""
    data = json.loads(text)
    if data.pop("format") != FORMAT:
        raise ValueError("dokumen laporan ini ditulis dalam bentuk lain")
    return Report(
        **{
            **data,
            "place": Place(**data["place"]),
            "month": _date(data["month"]),
            "counted_on": _date(data["counted_on"]),
            "made_on": _date(data["made_on"]),
            "figures": _figures(data["figures"]),
            "sections": tuple(_section(each) for each in data["sections"]),
            "letterhead": tuple(data["letterhead"]),
            "identity": tuple((label, value) for label, value in data["identity"]),
            "days": tuple(_day(each) for each in data["days"]),
            "parts": tuple(
                PartLine(**{**each, "place": Place(**each["place"]), "figures": _figures(each["figures"])})
                for each in data["parts"]
            ),
            "attendance": tuple((_date(month), value) for month, value in data["attendance"]),
            "signatures": tuple(
                Signature(tuple(each["above"]), each["name"], each["with_nip"], each.get("nip", ""))
                for each in data["signatures"]
            ),
            "narrative": tuple((heading, text) for heading, text in data.get("narrative", ())),
            "remarks": tuple(data.get("remarks", ())),
            "corrections": tuple(
                CorrectionLine(**{**each, "on": _date(each["on"]), "figures": tuple(each["figures"])})
                for each in data.get("corrections", ())
            ),
            "spans": {
                name: {int(value): number for value, number in values.items()}
                for name, values in data.get("spans", {}).items()
            },
            "sha256": sha256,
        }
    )


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _figures(data: Mapping[str, Any]) -> dict[str, Figure]:
    return {key: _figure(each) for key, each in data.items()}


def _figure(data: Mapping[str, Any]) -> Figure:
    return Figure(
        **{
            **data,
            "state": State(data["state"]),
            "value": _back(data["value"]),
            "denominator": _back(data["denominator"]),
        }
    )


def _back(value: Any) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value


def _section(data: Mapping[str, Any]) -> Section:
    tables = tuple(
        Table(
            each["key"],
            each["title"],
            tuple(each["columns"]),
            tuple(Row(row["label"], tuple(row["keys"])) for row in each["rows"]),
            each["note"],
        )
        for each in data["tables"]
    )
    return Section(data["key"], data["title"], tables, data["field"])


def _day(data: Mapping[str, Any]) -> DayLine:
    return DayLine(
        **{**data, "on": _date(data["on"]), "fields": tuple(data["fields"]), "officers": tuple(data["officers"])}
    )
