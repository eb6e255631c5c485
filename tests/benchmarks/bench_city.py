"""A whole kota made by `seed_demo --size city`: 416 posyandu and twelve months, on PostgreSQL.

Only when it is asked for (`python -m tests.benchmarks city`): making it takes minutes. The sum of the city from live
rows is compared with its bare statements, and the dashboard after twelve months with that after three.
"""

import re
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from tests.benchmarks.measuring import measure, milliseconds

# What it makes stays until the database is thrown away: workers of their own write it.
COMMITS = True
CITY = "33.75"
QUICK_POSTS = 8


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    from django.db import connection, transaction

    if connection.vendor != "postgresql":
        print("A city is measured on PostgreSQL: set DATABASE_URL (see `make bench`).")
        return []
    rows = [_seeded(quick=quick)]
    month = _last_final_month()
    rows += _recap(month, quick=quick)
    rows += _dashboard(month, quick=quick)
    with transaction.atomic():
        _forget_months_before(month, keep=3)
        three = _dashboard(month, quick=quick, name="city_dashboard_3_months")
        transaction.set_rollback(True)
    rows[-1]["note"] = f"{rows[-1]['median_ms'] / three[0]['median_ms']:.2f} × 3 months"
    return rows + three + [_web_process(month)]


def _seeded(*, quick: bool) -> dict[str, Any]:
    """Making the city, once: minutes, rows, and what a posyandu takes."""
    from services.exchange.demo import plans, seeding

    class Said:
        @staticmethod
        def write(line: str) -> None:
            print(line, flush=True)

    posts = QUICK_POSTS if quick else plans.CITY_POSTS
    began = time.monotonic()
    with mock.patch.object(plans, "CITY_POSTS", posts):
        written = seeding.seed("city", stdout=Said)
    seconds = time.monotonic() - began
    _analyze()
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return {
        "name": "city_seed",
        "median_ms": round(seconds * 1000),
        "p95_ms": round(seconds * 1000),
        "queries": 0,
        "bytes": None,
        "peak_mb": round(workers, 1),
        "note": f"{posts} posyandu, {written['Resident']:,} residents, {sum(written.values()):,} rows, "
        f"{written['MonthlyReport']:,} months kept; {seconds / posts:.2f} s a posyandu; memory of a worker",
    }


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _last_final_month() -> date:
    from services.areas import clock
    from services.posyandu.models import Period

    final = Period.objects.unscoped(reason="benchmark").filter(state="final").order_by("-month")
    return final.values_list("month", flat=True).first() or clock.previous_month(clock.today())


def _recap(month: date, *, quick: bool) -> list[dict[str, Any]]:
    """All figures of the city from live rows, and the same statements without Django and without adding them up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from services.reports.monthly import month_figures
    from services.reports.sources import beside

    def live():
        return month_figures(CITY, month, scope=None)

    live()
    # One after the other on this connection, or those of the other connections would not be seen.
    with CaptureQueriesContext(connection) as captured, mock.patch.object(beside, "MANY_POSTS", 10**6):
        live()
    statements = [each["sql"] for each in captured.captured_queries]

    def bare() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    ratio = _in_turns(live, bare, rounds=2 if quick else 5)
    repeat = 3 if quick else 7
    return [
        measure(
            "city_recap_bare_sql",
            bare,
            repeat=repeat,
            quick=quick,
            note="the same statements one after the other, nothing else",
        ),
        measure("city_recap_live", live, repeat=repeat, quick=quick, note=f"{ratio:.2f} × bare SQL, in turns"),
    ]


def _in_turns(whole: Callable[[], Any], part: Callable[[], Any], rounds: int) -> float:
    pairs = sorted(milliseconds(whole) / milliseconds(part) for _ in range(rounds))
    return pairs[len(pairs) // 2]


def _dashboard(month: date, *, quick: bool, name: str = "city_dashboard_12_months") -> list[dict[str, Any]]:
    """The whole request of the Tim Pembina kota."""
    from django.core.cache import cache
    from django.urls import reverse

    from services.accounts.models import User
    from tests import factories

    cache.clear()
    browser = factories.client_for(User.objects.unscoped(reason="benchmark").get(username="kota"))
    address = reverse("dashboard:place_detail", args=[CITY])
    return [measure(name, lambda: browser.get(address, {"bulan": f"{month:%Y-%m}"}), quick=quick)]


def _web_process(month: date) -> dict[str, Any]:
    """What a fresh process takes that answers the largest pages and documents of the city one after the other."""
    from multiprocessing import get_context

    from django.db import connection

    with get_context("spawn").Pool(1) as pool:
        began = time.monotonic()
        peak, sent = pool.apply(_serve, (connection.settings_dict["NAME"], f"{month:%Y-%m}"))
    seconds = time.monotonic() - began
    return {
        "name": "city_web_process",
        "median_ms": round(seconds * 1000),
        "p95_ms": round(seconds * 1000),
        "queries": 0,
        "bytes": sent,
        "peak_mb": peak,
        "note": "resident memory of one process: dashboards, reports as page, PDF and XLSX, lists",
    }


def _serve(database: str, month: str) -> tuple[float, int]:
    """Runs in a process of its own: ask for pages as the kota does; its highest memory in MB, and bytes answered."""
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from django.urls import reverse

    from services.accounts.models import User
    from tests import factories

    browser = factories.client_for(User.objects.unscoped(reason="benchmark").get(username="kota"))
    village, sent = f"{CITY}.03.1003", 0
    for address in (
        reverse("dashboard:home"),
        reverse("dashboard:place_detail", args=[CITY]),
        *(reverse("reports:report_detail", args=[place, month]) for place in (CITY, village)),
        *(reverse("reports:report_download", args=[CITY, month, kind]) for kind in ("pdf", "xlsx", "json")),
        reverse("reports:bundle_detail", args=[CITY, month]),
    ):
        answer = browser.get(address, {"bulan": month})
        if answer.status_code >= 400:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        sent += sum(map(len, answer.streaming_content)) if answer.streaming else len(answer.content)
    return _highest_memory(), sent


def _highest_memory() -> float:
    """Of this process, in MB; ru_maxrss would begin with that of the process it was started from."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return round(int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1000, 1)


def _forget_months_before(month: date, *, keep: int) -> None:
    """Only the last months stay frozen (inside a transaction that is taken back)."""
    from services.areas import clock
    from services.posyandu.models import Period
    from services.reports.models import FrozenFigure, KeptFile, MonthlyReport, MonthMove

    first = clock.months_back(month, keep)[0]
    MonthMove.objects.unscoped(reason="benchmark").filter(period__month__lt=first).delete()
    reports = MonthlyReport.objects.unscoped(reason="benchmark").filter(month__lt=first)
    # Deleted by the database alone: Django would fetch three gigabytes of documents first.
    for rows in (
        FrozenFigure.objects.unscoped(reason="benchmark").filter(month__lt=first),
        KeptFile.objects.unscoped(reason="benchmark").filter(report__in=reports),
        reports,
    ):
        rows._raw_delete(rows.db)
    Period.objects.unscoped(reason="benchmark").filter(month__lt=first).update(state="draf")
