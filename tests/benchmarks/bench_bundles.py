"""Many PDFs by several processes, the bundle of 416 posts, and a year of them from frozen figures.

The machine may be shared: what is compared is processor time, and "cores" is how many processes were busy at once.
"""

import os
import resource
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.benchmarks.bench_report import MONTH, posyandu_with_a_month
from tests.benchmarks.measuring import measure

POSTS, DOCUMENTS = 416, 60


@dataclass(frozen=True)
class Work:
    """What one document took in its process. Times in seconds, memory in MB of 10^6 bytes."""

    process: int
    began: float
    ended: float
    processor: float
    resident: float
    size: int


def worked(source) -> Work:
    """The PDF of a document, with what it took."""
    from services.reports.renderers.many import pdf_of

    began, processor = time.monotonic(), time.process_time()
    size = len(pdf_of(source).content)
    processor = time.process_time() - processor
    return Work(os.getpid(), began, time.monotonic(), processor, resident(), size)


def resident() -> float:
    """What this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[1]) * resource.getpagesize() / 1e6


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    post = posyandu_with_a_month()
    return [*printing(post, 8 if quick else DOCUMENTS), *of_a_city(post, quick=quick)]


def printing(post, number: int) -> list[dict[str, Any]]:
    from services.reports.figures import canonical, report_from
    from services.reports.monthly import counted_report
    from services.reports.renderers.html import paper
    from services.reports.renderers.many import Source, in_processes
    from services.reports.renderers.pdf import write_pdf

    report = replace(counted_report(post.path, MONTH, scope=None), version=1)
    source = Source("", canonical(report), "0" * 64)
    html = paper(report_from(source.text, sha256=source.sha256))
    write_pdf(html)
    rounds = max(number // 8, 2)
    before = alone(html, write_pdf, rounds)
    began = time.monotonic()
    done = list(in_processes(worked, [source] * number))
    whole = time.monotonic() - began
    single = (before + alone(html, write_pdf, rounds)) / 2  # before and after: the machine changes its pace
    by_process = defaultdict(list)
    for each in done:
        by_process[each.process].append(each)
    warm = [each for own in by_process.values() for each in own[1:]]
    each = sum(one.processor for one in warm) / len(warm)
    span = max(one.ended for one in done) - min(one.began for one in done)
    busy = sum(one.ended - one.began for one in done) / span
    peak = max(one.resident for one in done)
    growth = max(own[-1].resident - own[min(4, len(own) - 1)].resident for own in by_process.values())
    note = (
        f"{each / single:.2f} × WeasyPrint alone on the same HTML ({single * 1000:.0f} ms), by processor time; "
        f"{busy:.2f} processes busy of {len(os.sched_getaffinity(0))} cores; {whole / number * 1000:.0f} ms each "
        f"by the clock; a process holds {peak:.0f} MB at most, {growth:+.1f} MB from its fifth document to its last"
    )
    return [row("print_pdf_each", each * 1000, note, size=done[0].size, peak=peak)]


def alone(html: str, write_pdf, rounds: int) -> float:
    """Processor time of WeasyPrint on this HTML in this process, warm, in seconds."""
    began = time.process_time()
    for _ in range(rounds):
        write_pdf(html)
    return (time.process_time() - began) / rounds


def row(name: str, milliseconds: float, note: str, *, size: int | None = None, peak: float | None = None) -> dict:
    """A row of a work that is done once."""
    shown = round(milliseconds, 2)
    return {
        "name": name,
        "median_ms": shown,
        "p95_ms": shown,
        "queries": None,
        "bytes": size,
        "peak_mb": peak and round(peak, 1),
        "note": note,
    }


def of_a_city(post, *, quick: bool) -> list[dict[str, Any]]:
    from services.reports.actions.bundling import _book
    from services.reports.figures.periods import read_span
    from services.reports.queries.bundles import contents_of
    from services.reports.queries.periods import period_recap
    from services.reports.sources import find_place

    months = [date(2026, number, 1) for number in range(1, 11)]
    fill_city(post, months)
    place, _ = find_place("33.75")
    contents = contents_of(place, MONTH)
    began, processor = time.monotonic(), time.process_time()
    book = _book(contents)
    taken, processor = time.monotonic() - began, time.process_time() - processor
    note = (
        f"{len(contents.members)} kept PDFs and a cover, {taken:.1f} s by the clock; this process {resident():.0f} MB"
    )
    return [
        row("bundle_city", processor * 1000, note, size=len(book)),
        measure(
            "period_year_city",
            lambda: period_recap("33.75", read_span("2026"), scope=None),
            repeat=5,
            quick=quick,
            note=f"{POSTS} posts, {len(months)} frozen months, headlines, a row a month and a kecamatan",
        ),
        measure(
            "period_year_post",
            lambda: period_recap(contents.members[0].path, read_span("2026-s1"), scope=None),
            repeat=5,
            quick=quick,
            note="one post, six frozen months, every figure",
        ),
        measure(
            "bundle_contents", lambda: contents_of(place, MONTH), repeat=5, quick=quick, note="what the page shows"
        ),
    ]


def fill_city(post, months) -> None:
    """416 posts with frozen months; the figures of the first, and its PDF kept for each of them in the last month."""
    from services.posyandu.models import AreaMembership, Period, Posyandu
    from services.reports.figures.periods import HEADLINE_DEFINITIONS
    from services.reports.models import FrozenFigure, KeptFile, MonthlyReport
    from services.reports.monthly import counted_report
    from services.reports.renderers import pdf
    from tests import factories

    report = counted_report(post.path, MONTH, scope=None)
    content = pdf.render(replace(report, version=1)).content
    area = factories.area_tree()["33.75.03.1004"]
    live, first = date(2025, 1, 1), date(2024, 1, 1)
    posts = Posyandu.objects.bulk_create(
        Posyandu(area=area, name=f"Contoh {number:03d}", serial=number, path=f"{area.pk}.{number}", live_from=live)
        for number in range(1, POSTS + 1)
    )
    AreaMembership.objects.bulk_create(
        AreaMembership(posyandu=each, area=area, path=each.path, from_date=first) for each in posts
    )
    Period.objects.bulk_create(Period(posyandu=each, month=month, state="final") for each in posts for month in months)
    reports = MonthlyReport.objects.bulk_create(
        MonthlyReport(
            place=each.path, level="posyandu", month=month, version=1, document="{}", sha256="0" * 64, posyandu=each
        )
        for each in posts
        for month in months
    )
    KeptFile.objects.bulk_create(
        (
            KeptFile(
                report=one,
                format="pdf",
                filename="x.pdf",
                content_type="application/pdf",
                content=content,
                sha256="0" * 64,
            )
            for one in reports
            if one.month == MONTH
        ),
        batch_size=50,
    )
    keys = {each.key for each in HEADLINE_DEFINITIONS}
    whole = {one.pk for one in reports if one.posyandu_id == posts[0].pk}
    FrozenFigure.objects.bulk_create(
        (
            FrozenFigure(
                report=one,
                place=one.place,
                month=one.month,
                key=figure.key,
                value=figure.value,
                state=figure.state.value,
                denominator=figure.denominator,
            )
            for one in reports
            for figure in report.figures.values()
            if figure.key in keys or one.pk in whole
        ),
        batch_size=1000,
    )
