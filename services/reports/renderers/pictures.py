"""The three charts of a report's first page, from its figures alone: drawn as SVG, and told in words."""

import base64
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from services.fields.registry import FIELDS
from services.reports.figures import Report
from services.web.charts import bar_chart
from services.web.rules import MONTHS, month_text, number_text

FONT = "Liberation Sans"
NO_DATA = "belum ada data"
# The bars of the classic SKDN picture, and what each letter says.
SKDN = (("S", "semua balita"), ("K", "punya KMS/Buku KIA"), ("D", "ditimbang"), ("N", "berat naik"))


@dataclass(frozen=True)
class Picture:
    """A chart: its heading, what it shows in words, and how to draw it at a size."""

    title: str
    labels: tuple[str, ...]
    values: tuple[int | None, ...]
    unit: str
    words: str
    size: tuple[int, int]

    @property
    def svg(self) -> SafeString:
        """For the page."""
        return mark_safe(bar_chart(self.title, self.labels, self.values, unit=self.unit))  # noqa: S308

    @property
    def source(self) -> str:
        """For paper: an image that is inside the document."""
        width, height = self.size
        drawn = bar_chart(self.title, self.labels, self.values, unit=self.unit, font=FONT, width=width, height=height)
        return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


def pictures(report: Report) -> tuple[Picture, ...]:
    """Attendance of six months, the weighing of under-fives, and what was filled in for each of the six fields."""
    return attendance(report), weighing(report), fields(report)


def attendance(report: Report) -> Picture:
    """People who came to open days in the last months."""
    title = "Warga yang hadir di hari buka, enam bulan terakhir"
    names = [month_text(month) for month, _ in report.attendance]
    values = tuple(value for _, value in report.attendance)
    labels = tuple(_month_label(month) for month, _ in report.attendance)
    return Picture(title, labels, values, "orang", _told("Warga yang hadir di hari buka", names, values), (540, 150))


def weighing(report: Report) -> Picture:
    """S, K, D, N of all under-fives this month."""
    values = tuple(_value(report, f"kesehatan.balita.{letter.lower()}") for letter, _ in SKDN)
    names = [f"{letter} ({words})" for letter, words in SKDN]
    told = _told("Penimbangan balita", names, values)
    return Picture("Penimbangan balita (SKDN)", tuple(letter for letter, _ in SKDN), values, "anak", told, (290, 150))


def fields(report: Report) -> Picture:
    """How many forms were filled in for each of the six fields."""
    values = tuple(_value(report, f"{field.key}.semua.isian") for field in FIELDS)
    labels = tuple(field.short_label for field in FIELDS)
    told = _told("Isian menurut bidang", labels, values)
    active = sum(bool(value) for value in values)
    return Picture(
        f"Isian menurut bidang: {active} dari {len(FIELDS)} bidang terisi", labels, values, "isian", told, (840, 125)
    )


def _value(report: Report, key: str) -> int | None:
    figure = report.figures.get(key)
    return int(figure.value or 0) if figure and figure.is_known else None


def _told(title: str, names, values) -> str:
    told = (
        f"{name} {number_text(value) if value is not None else NO_DATA}"
        for name, value in zip(names, values, strict=True)
    )
    return f"{title}: {', '.join(told)}."


def _month_label(month: date) -> str:
    return f"{MONTHS[month.month - 1][:3]} {month:%y}"
