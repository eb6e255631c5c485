"""One posyandu-month: its figures, its whole PDF, and WeasyPrint alone on the same HTML.

"Alone" is measured twice: with the stylesheet and fonts parsed once, as the renderer keeps them (the stricter
comparison), and as a program would call WeasyPrint without keeping anything.
"""

import statistics
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.benchmarks.measuring import measure, milliseconds

MONTH = date(2026, 10, 1)
LAST = date(2026, 10, 31)
HOUSEHOLDS = 190


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    from services.areas.scope import Scope
    from services.reports.monthly import month_figures, monthly_report
    from services.reports.queries import recap_of_year
    from services.reports.renderers import pdf, recap
    from services.reports.renderers.html import paper

    post = posyandu_with_a_month()
    code = post.path
    html = paper(monthly_report(code, MONTH, scope=None))
    scope = Scope(None, frozenset([post.pk]))
    place, lines = recap_of_year(code, MONTH.year, scope=scope, names=scope)

    def whole() -> bytes:
        return pdf.render(monthly_report(code, MONTH, scope=None)).content

    def alone() -> bytes:
        return pdf.write_pdf(html)

    ratio = times_of(whole, alone, rounds=2 if quick else 10)
    return [
        measure("report_figures", lambda: month_figures(code, MONTH, scope=None), quick=quick, note="one posyandu"),
        measure("report_weasyprint_alone", alone, repeat=8, quick=quick, note=f"styles kept; {of_reference(alone)}"),
        measure("report_weasyprint_plain", lambda: plain(html), repeat=8, quick=quick, note="styles parsed each time"),
        measure(
            "recap_year_live",
            lambda: recap_of_year(code, MONTH.year, scope=scope, names=scope),
            repeat=5,
            quick=quick,
            note="12 months of a posyandu, none frozen",
        ),
        measure("recap_annex", lambda: recap.pdf(place, MONTH.year, lines).content, repeat=5, quick=quick),
        measure("report_pdf_whole", whole, repeat=8, quick=quick, note=f"{ratio:.2f} × alone, measured in turns"),
    ]


# 45 rows by 5 columns on plain pages: WeasyPrint's time for it says how fast this machine is now.
REFERENCE = (
    "<html lang=id><title>x</title><body>"
    + "".join(
        "<table>" + "".join(f"<tr>{f'<td>{row} contoh</td>' * 5}</tr>" for row in range(45)) + "</table>"
        for _ in range(3)
    )
    + "</body></html>"
)


def of_reference(alone: Callable[[], bytes]) -> str:
    """How long the report takes beside three plain tables of 225 cells: comparable between runs of a busy machine."""
    return f"{times_of(alone, lambda: plain(REFERENCE), rounds=3):.2f} × three plain tables of 225 cells"


def times_of(whole: Callable[[], bytes], alone: Callable[[], bytes], rounds: int) -> float:
    """How many times as long the whole takes, by medians of runs taken in turns (a busy machine slows both)."""
    pairs = [(milliseconds(whole), milliseconds(alone)) for _ in range(rounds)]
    return statistics.median(first for first, _ in pairs) / statistics.median(second for _, second in pairs)


def plain(html: str) -> bytes:
    """WeasyPrint called with nothing kept from the time before."""
    from weasyprint import CSS, HTML

    from services.web.pdf import INSIDE, STYLESHEETS

    return HTML(string=html, url_fetcher=INSIDE).write_pdf(
        stylesheets=[CSS(STYLESHEETS / "report.css")], pdf_variant="pdf/ua-1"
    )


def posyandu_with_a_month():
    """760 residents, about 200 of whom came and were measured; houses, education, patrol, and home visits."""
    from django.db import transaction

    from tests import factories

    with transaction.atomic():
        post = factories.posyandu("Contoh Ukur", rw="03")
        by = factories.user("kader", at=post)
        day = factories.open_day(post, date(2026, 10, 13), by=by, state="selesai", meals=120)
        for number in range(HOUSEHOLDS):
            fill_household(post, day, number, by)
        fill_activities(day, by)
    return post


def fill_household(post, day, number: int, by) -> None:
    from services.records.actions import save_record
    from tests import factories

    home = factories.household(post, f"Contoh {number}", rt=f"{number % 5 + 1:02d}")
    ages = (number % 71 + 1, 150 + number % 100, 240 + 2 * number, 260 + 3 * number)
    people = [
        factories.resident(
            post, f"Contoh {number} {months}", sex="LP"[months % 2], birth_date=born(months), family=home
        )
        for months in ages
    ]
    if number % 5:
        factories.present(day, people[0], by=by)
        weight = {"bb_kg": 4 + ages[0] * 0.17, "pb_tb_cm": 55 + ages[0] * 0.75, "cara_ukur": "berdiri"}
        answers = {**weight, "punya_buku_kia": "ya", "imunisasi_lengkap_sesuai_umur": "ya"}
        save_record(encounter=day.encounter, form="kartu_balita", subject=people[0], answers=answers, by=by)
    if number % 4 == 0:
        factories.present(day, people[3], by=by)
        answers = {"bb_kg": 60, "tb_cm": 158, "td": {"sistol": 120 + number % 40, "diastol": 80}, "gds_mg_dl": 120}
        save_record(encounter=day.encounter, form="kartu_dewasa_lansia", subject=people[3], answers=answers, by=by)
    if number % 10 == 0:
        for form, answers in (
            ("rumah", {"atap": "bocor", "lantai": "tanah", "kategori_rumah": "rtlh"}),
            ("air_jamban", {"sumber_air_minum": "leding", "jamban_sehat": "ada"}),
            ("fakir_miskin", {"status_rumah": "sewa", "rekomendasi_sosial": "perlu_verifikasi"}),
        ):
            save_record(encounter=day.encounter, form=form, subject=home, answers=answers, by=by)
        visit(post, home, by, number)


def visit(post, home, by, number: int) -> None:
    from services.home_visits.models import HomeVisit
    from services.records.actions import plan_encounter

    on = MONTH + timedelta(days=number % 28)
    encounter = plan_encounter(kind="kunjungan", posyandu=post, day=on, by=by)
    HomeVisit.objects.create(
        encounter=encounter,
        posyandu=post,
        household=home,
        date=on,
        reason="RUTIN",
        outcome="bertemu",
        next_step="selesai",
        visited_by=by,
    )


def fill_activities(day, by) -> None:
    from services.records.actions import save_record

    for form, answers in (
        ("penyuluhan_kesehatan", {"topik": ["gizi_seimbang"], "peserta": {"l": 4, "p": 31}}),
        ("patroli", {"area_patroli": "RT 01", "jumlah_petugas": 6, "temuan_patroli": ["tidak_ada"]}),
    ):
        save_record(encounter=day.encounter, form=form, subject="Contoh", answers=answers, by=by)


def born(months: int) -> date:
    """A birth date this many months before the end of the month."""
    return LAST - timedelta(days=int(months * 30.4375) + 1)
