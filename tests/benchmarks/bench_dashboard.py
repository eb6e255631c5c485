"""The dashboard of a city: 416 posyandu, from frozen months; after 3 months as after 12, warm and with nothing kept.

What is measured is the whole request of the Tim Pembina kota: session, access, queries, drawing, page.
"""

from datetime import UTC, date, datetime
from typing import Any

from tests.benchmarks.measuring import measure

POSTS, VILLAGES, FILLER = 416, 27, 70
MONTH = date(2026, 10, 1)


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    from django.core.cache import cache
    from django.urls import reverse

    from services.areas import clock
    from tests import factories

    posts, by = city()
    browser = factories.client_for(by)
    addresses = {
        "kota": reverse("dashboard:place_detail", args=["33.75"]),
        "kecamatan": reverse("dashboard:place_detail", args=["33.75.03"]),
        "kelurahan": reverse("dashboard:place_detail", args=["33.75.03.1003"]),
    }
    months = clock.months_back(MONTH, 12)

    def ask(address: str):
        return browser.get(address, {"bulan": f"{MONTH:%Y-%m}"})

    def cold():
        cache.clear()
        return ask(addresses["kota"])

    fill(posts, months[-3:], by, quick=quick)
    rows = [measure("dashboard_city_3_months", lambda: ask(addresses["kota"]), quick=quick, note="3 months are frozen")]
    fill(posts, months[:-3], by, quick=quick)
    for name, address in addresses.items():
        rows.append(measure(f"dashboard_{name}_12_months", lambda address=address: ask(address), quick=quick))
    ratio = rows[1]["median_ms"] / rows[0]["median_ms"]
    rows[1]["note"] = f"{ratio:.2f} × 3 months"
    rows.append(measure("dashboard_city_12_months_cold", cold, quick=quick, note="the year is added up anew"))
    return rows


def city():
    """A kota of 27 kelurahan in four kecamatan, 416 live posyandu, and its Tim Pembina."""
    from services.areas.models import Area
    from services.posyandu.models import AreaMembership, Posyandu
    from tests import factories

    factories.area_tree()
    subdistricts = ["33.75.01", "33.75.02", "33.75.03", "33.75.04"]
    villages = [f"{subdistricts[number % 4]}.{1003 + number // 4}" for number in range(VILLAGES)]
    places = [(code, "kecamatan", "kecamatan", "33.75") for code in subdistricts]
    places += [(code, "desa", "kelurahan", code[:8]) for code in villages]
    Area.objects.bulk_create(
        (
            Area(code=code, name=f"Contoh {code}", level=level, kind=kind, parent_id=up)
            for code, level, kind, up in places
        ),
        ignore_conflicts=True,
    )
    posts = []
    for number in range(POSTS):
        area, serial = villages[number % VILLAGES], number // VILLAGES + 1
        posts.append(
            Posyandu(
                area_id=area,
                name=f"Melati {number}",
                serial=serial,
                path=f"{area}.{serial}",
                live_from=date(2025, 1, 1),
            )
        )
    Posyandu.objects.bulk_create(posts)
    AreaMembership.objects.bulk_create(
        AreaMembership(posyandu=post, area_id=post.area_id, path=post.path, from_date=date(2025, 1, 1))
        for post in posts
    )
    return posts, factories.user("kota", at="33.75")


def fill(posts, months, by, *, quick: bool) -> None:
    """Final months of every posyandu: the figures a dashboard reads, and others among which it must find them."""
    from services.dashboard.queries.frozen import KEYS
    from services.posyandu.models import Period
    from services.reports.models import FrozenFigure, MonthlyReport
    from tests.dashboard.frozen import rows_of

    others = [f"pekerjaan_umum.contoh.isian_{number}" for number in range(7 if quick else FILLER)]
    for turn, month in enumerate(months):
        reports, figures = [], []
        for number, post in enumerate(posts):
            values = {key: (number * 7 + place * 3 + turn) % 60 for place, key in enumerate((*KEYS, *others))}
            at = datetime(month.year + month.month // 12, month.month % 12 + 1, 4, tzinfo=UTC)
            report, rows = rows_of(post.path, month, values, by=by, at=at)
            reports.append(report)
            figures += rows
        Period.objects.bulk_create(
            Period(posyandu=post, month=month, state="diajukan" if number % 9 == 0 else "final")
            for number, post in enumerate(posts)
        )
        MonthlyReport.objects.bulk_create(reports)
        FrozenFigure.objects.bulk_create(figures, batch_size=5000)
