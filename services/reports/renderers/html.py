"""The report laid out for reading: every number as text beside its denominator. Page and paper share it."""

from collections.abc import Iterable, Sequence

from django.template.loader import render_to_string

from services.fields.registry import field
from services.reports.figures import Report
from services.web.rules import MISSING, MONTHS, date_text, month_text

from ..rules import bare_name
from .parts import recaps
from .pictures import pictures
from .shown import Cell, cell_of, shown_sections

TITLE = "Laporan Bulanan Pelayanan Posyandu 6 (Enam) Bidang SPM"
RECAP_TITLE = f"Rekapitulasi {TITLE}"
NOT_THE_ACHIEVEMENT = (
    "Angka dalam laporan ini adalah hasil pelayanan dan pendataan posyandu, "
    "bukan ukuran layanan minimum yang dicapai pemerintah daerah. "
    "Hasil pengukuran adalah penapisan; keadaan seseorang dipastikan oleh tenaga kesehatan."
)
HOW_TO_READ = (
    "0 berarti tidak ada; “belum didata” berarti tidak ada isian; “–” berarti tidak berlaku. "
    "Tiap orang, keluarga, dan tempat dihitung sekali sebulan, menurut isian terakhirnya."
)
# (heading, key of the number) of the summary's first lines
SUMMARY = (
    ("Hari buka terlaksana", "hari_buka.semua.terlaksana"),
    ("Hadir di hari buka", "kesehatan.semua.hadir"),
    ("Balita hadir", "kesehatan.balita.hadir"),
    ("Balita ditimbang (D/S)", "kesehatan.balita.d_per_s"),
    ("Berat naik (N/D)", "kesehatan.balita.n_per_d"),
    ("Terindikasi pendek", "kesehatan.balita.stunting"),
    ("Ibu hamil hadir", "kesehatan.bumil.hadir"),
    ("Kunjungan rumah", "kunjungan_rumah.semua.dikunjungi"),
)


def summary(report: Report) -> tuple[tuple[str, Cell], ...]:
    """The numbers that matter most, in words and with their denominators."""
    return tuple((heading, cell_of(report.figures[key])) for heading, key in SUMMARY)


def day_rows(report: Report) -> Iterable[dict[str, object]]:
    """Lines of the table of open days, ready to draw."""
    for number, day in enumerate(report.days, start=1):
        yield {
            "number": number,
            "date": date_text(day.on),
            "place": day.place or MISSING,
            "state": day.state,
            "fields": ", ".join(field(key).short_label for key in day.fields) or MISSING,
            "kader": day.kader,
            "officers": ", ".join(day.officers) or MISSING,
            "present": day.present,
            "guests": day.guests,
            "obstacles": day.obstacles,
        }


def kind_of_paper(report: Report) -> str:
    """What the paper is called: a posyandu's report, or the recap of a place above it."""
    return TITLE if report.place.is_posyandu else RECAP_TITLE


def title_lines(report: Report) -> tuple[str, str]:
    """LAPORAN … and — POSYANDU KENCANA UNGU — BULAN OKTOBER TAHUN 2026."""
    month = f"BULAN {MONTHS[report.month.month - 1].upper()} TAHUN {report.month.year}"
    return kind_of_paper(report).upper(), f"{report.place.title.upper()} — {month}"


def standing(report: Report) -> str:
    """What kind of paper this is: a frozen version, what was sent, a sum of such, the month so far, or a count."""
    if report.version:
        return f"Versi {report.version} · {report.sha256[:16]}"
    if report.final is not None:
        said = f"{report.reporting} dari {report.live} posyandu sudah mengirim, {report.final} final"
        return said if report.final >= report.live else f"Sementara: {said}"
    if report.sha256:
        return f"Sementara, dikirim {date_text(report.made_on)} · {report.sha256[:16]}"
    day = f"{report.made_on.day} {MONTHS[report.made_on.month - 1]} {report.made_on.year}"
    return f"Bulan ini masih berjalan, dihitung {day}" if report.is_running else f"Sementara, dihitung {day}"


def paper(report: Report, paper_size: str = "") -> str:
    """The whole document as HTML for print, on the district's paper unless another is asked."""
    titles = title_lines(report)
    return render_to_string(
        "reports/_paper.html",
        {
            "report": report,
            "titles": titles,
            "title": f"{kind_of_paper(report)} — {report.place.title} — {month_text(report.month)}",
            "sections": shown_sections(report),
            "summary": _in_rows(summary(report), 4),
            "identity": _in_rows(report.identity, 2),
            "days": list(day_rows(report)),
            "recaps": recaps(report),
            "pictures": pictures(report),
            "paper": (paper_size or report.paper).lower(),
            "signed_at": _signed_at(report),
            "standing": standing(report),
            "foot": f"{report.place.title} · {month_text(report.month)} · {standing(report)}",
            "how_to_read": HOW_TO_READ,
            "disclaimer": NOT_THE_ACHIEVEMENT,
        },
    )


def _in_rows(items: Sequence[tuple], width: int) -> list[Sequence[tuple]]:
    return [items[start : start + width] for start in range(0, len(items), width)]


def _signed_at(report: Report) -> str:
    """Kandang Panjang, ……………… 2026: the day is written by hand until the month is final."""
    village = dict(report.identity).get("Desa/kelurahan") or bare_name(report.place.name)
    if report.version:
        return f"{village}, {report.made_on.day} {MONTHS[report.made_on.month - 1]} {report.made_on.year}"
    return f"{village}, ……………… {report.made_on.year}"
