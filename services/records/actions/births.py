"""What is known of a person from days before a corrected birth date."""

from datetime import date

from services.residents.models import Resident
from services.web.refusals import Refusal
from services.web.rules import short_date_text


def check_birth_date(resident: Resident) -> None:
    """Raises Refusal (422) beside the birth date when somebody met or measured her before that day."""
    met = _first_met(resident)
    if met is not None:
        on, words = met
        said = f"Ia tercatat {words} {short_date_text(on)}, sebelum tanggal lahir ini. Periksa tanggal lahirnya."
        raise Refusal(said, status=422, field="birth_date")


def _first_met(resident: Resident) -> tuple[date, str] | None:
    """The first day of this kind before her birth, and what happened then."""
    born = resident.birth_date
    days = (
        ("ditimbang atau diukur", resident.measurements, "measured_on"),
        ("ditimbang (Buku KIA)", resident.measurements, "earlier_weighed_on"),
        ("hadir", resident.attendances, "encounter__date"),
        ("ikut kegiatan", resident.participations, "record__encounter__date"),
        ("mengisi kartu", resident.records, "encounter__date"),
    )
    found = [
        (first, words)
        for words, rows, column in days
        if (first := rows.filter(**{f"{column}__lt": born}).order_by(column).values_list(column, flat=True).first())
    ]
    return min(found, key=lambda pair: pair[0]) if found else None
