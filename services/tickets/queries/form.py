"""The form for reports of citizens written by hand (FORM-6: L6 Aspirasi and Formulir Pengaduan), as a table."""

from collections.abc import Iterable
from datetime import date

from services.fields import registry
from services.posyandu.models import Posyandu
from services.web.rules import month_text, short_date_text

from ..models import Ticket
from ..resources.papers import Table
from .directory import kinds_of
from .planning import LEAST_ROWS, head_of, name_on_paper, nik_on_paper

FORM_COLUMNS = (
    "No", "Tanggal", "Nama", "L/P", "NIK", "HP", "Alamat", "Jenis", "Uraian", "Lokasi masalah",
    "Mendesak T/S/R", "Rekomendasi kader", "Lampiran", "Penerima",
)  # fmt: skip


def form_table(posyandu: Posyandu, field: str, tickets: Iterable[Ticket], month: date | None = None) -> Table:
    """The form of a field: blank for the pen, or with a month's reports, each item from its own field."""
    kinds = [kind.label for kind in kinds_of(posyandu.district_code, field)]
    listed = ", ".join(f"{number} {label}" for number, label in enumerate(kinds, start=1))
    bulan = ("Bulan", month_text(month) if month else "")
    return Table(
        f"Formulir Permohonan, Pengaduan, dan Aspirasi Bidang {registry.field(field).label}",
        (*head_of(posyandu), bulan),
        FORM_COLUMNS,
        [_row(number, ticket) for number, ticket in enumerate(tickets, start=1)],
        signs=("Mengetahui: Kader Posyandu", "Kader Yang Melaporkan"),
        note=f"Jenis: tulis permohonan, pengaduan, atau aspirasi, lalu {listed}. "
        "Kekerasan dan korban anak jangan ditulis di sini.",
        least_rows=LEAST_ROWS,
        is_lying=True,
    )


def _row(number: int, ticket: Ticket) -> list[str]:
    known = not ticket.name_withheld
    sex = ticket.resident.sex if ticket.resident else ticket.reporter_sex
    photos = len(ticket.photos.all())
    return [
        str(number),
        short_date_text(ticket.received_on),
        name_on_paper(ticket),
        sex if known else "",
        nik_on_paper(ticket),
        ticket.reporter_phone if known else "",
        ticket.reporter_address if known else "",
        f"{ticket.get_kind_display()}: {ticket.about}",
        ticket.description,
        ticket.place,
        ticket.urgency[:1].upper(),
        ticket.recommendation,
        f"{photos} foto" if photos else "",
        ticket.created_by.name,
    ]
