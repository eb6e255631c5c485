from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from services.areas import clock
from services.areas.scope import Scope
from services.fields import registry
from services.fields.queries import forms_in_use
from services.fields.spec import FormSpec
from services.follow_ups.queries import story_of
from services.follow_ups.rules import HIDDEN_WORDS, KINDS
from services.home_visits.models import HomeVisit
from services.records.models import Attendance, Measurement, Participant, Record
from services.residents.models import Consent, Merge, Pregnancy, Residency, Resident, WatchedCondition
from services.residents.queries import Person, person, pregnancies_of, stage_rules
from services.residents.rules import nik_disagrees
from services.web.rules import number_text, short_date_text

TIMELINE_AT_MOST = 24
MEASUREMENTS_READ = 36
DELIVERED = (Pregnancy.Outcome.BIRTH, Pregnancy.Outcome.STILLBIRTH)
STAGE_WORDS = {
    "bumil": "Ibu hamil",
    "nifas": "Ibu nifas",
    "menyusui": "Ibu menyusui",
    "bayi": "Bayi",
    "balita": "Balita",
    "apras": "Anak prasekolah",
    "usekrem": "Usia sekolah dan remaja",
    "dewasa": "Usia dewasa",
    "lansia": "Lanjut usia",
}
# What is shown of a measurement: column(s), label, unit, and by how much the stored number is divided.
MEASURES = (
    ("weight_g", "Berat", "kg", 1000),
    ("length_mm", "Panjang/tinggi", "cm", 10),
    ("head_mm", "Lingkar kepala", "cm", 10),
    ("muac_mm", "LiLA", "cm", 10),
    ("waist_mm", "Lingkar perut", "cm", 10),
    ("glucose_mg_dl", "Gula darah", "mg/dL", 1),
    ("hb_mg_dl", "Hb", "g/dL", 1000),
)


@dataclass(frozen=True)
class Value:
    """The last value of one measure, with its day and the one before."""

    label: str
    text: str
    on: date
    before: str = ""


@dataclass(frozen=True)
class Happening:
    """One line of the history: when, what, a word about it, and its page for whoever records."""

    on: date
    what: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Filled:
    """The forms of one service field that were filled for her, with the last day of each."""

    key: str
    label: str
    forms: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class ResidentPage:
    """What one person's page shows."""

    person: Person
    stage: str
    birth: str
    home: Residency | None
    lived: tuple[Residency, ...]
    place: str
    nik_note: str
    consent: Consent | None
    pregnancy: Pregnancy | None
    last_birth: Pregnancy | None
    mother_is_seen: bool
    conditions: tuple[WatchedCondition, ...]
    values: tuple[Value, ...]
    history: tuple[Happening, ...]
    filled: tuple[Filled, ...]
    merges: tuple[Merge, ...]
    forms: tuple[FormSpec, ...] = ()

    @property
    def household_id(self) -> UUID | None:
        return self.home.household_id if self.home else None


def resident_page(resident: Resident, scope: Scope) -> ResidentPage:
    """One person reached in scope; the number of queries does not grow with her history."""
    lived = tuple(
        Residency.objects.within(scope)
        .filter(resident=resident)
        .select_related("household", "posyandu")
        .order_by("-from_date", "-recorded_at")
    )
    at_home = [row for row in lived if row.kind == Residency.Kind.RESIDENT]
    home = next((row for row in at_home if row.to_date is None), None)
    latest = at_home[0].posyandu if at_home else None
    area = latest.area_id if latest else ""
    today = clock.today(area)
    spans = pregnancies_of([resident.pk]).get(resident.pk, ()) if home else ()
    shown = person(resident, today, stage_rules(area, today), spans=spans, household=home.household if home else None)
    measured = _measurements(resident, scope)
    latest_pregnancy = resident.pregnancies.order_by("-registered_on").first() if home else None
    return ResidentPage(
        person=shown,
        stage=STAGE_WORDS[shown.stage],
        birth=_birth(resident),
        home=home,
        lived=lived,
        place=latest.path if latest else "",
        nik_note=_nik_note(resident),
        consent=resident.consents.filter(withdrawn_on__isnull=True).order_by("given_on").last(),
        # what came to be known after she left belongs to where she lives now
        pregnancy=latest_pregnancy if latest_pregnancy and latest_pregnancy.ended_on is None else None,
        last_birth=latest_pregnancy if latest_pregnancy and latest_pregnancy.outcome in DELIVERED else None,
        mother_is_seen=_is_seen(resident.mother_id, scope),
        conditions=_watched(resident, scope) if home else (),
        values=_values(measured),
        history=_history(resident, scope),
        filled=_filled(resident, scope),
        forms=_forms(shown, area, today, scope) if home else (),
        merges=tuple(resident.merges.filter(undone_at__isnull=True).select_related("gone")),
    )


def _forms(shown: Person, area: str, today: date, scope: Scope) -> tuple[FormSpec, ...]:
    """The forms of the five fields that can be filled for her today; health cards belong to open days and visits."""
    offered = registry.forms_for_person(
        shown.stages,
        shown.sex,
        conditions=shown.stages,
        age_months=shown.age_months,
        enabled=forms_in_use(area, today),
    )
    mine = (spec for spec in offered if scope.fields is None or spec.field in scope.fields)
    return tuple(spec for spec in mine if registry.can_be_switched(spec))


def _watched(resident: Resident, scope: Scope) -> tuple[WatchedCondition, ...]:
    """What is watched, as far as this reader may know."""
    rows = WatchedCondition.objects.within(scope).filter(resident=resident, to_date__isnull=True)
    return tuple(rows.order_by("from_date"))


def _is_seen(resident_id: UUID | None, scope: Scope) -> bool:
    return resident_id is not None and Resident.objects.within(scope).filter(pk=resident_id).exists()


def _birth(resident: Resident) -> str:
    if resident.birth_precision == Resident.BirthPrecision.YEAR:
        return f"Tahun {resident.birth_date.year} (tanggalnya tidak diketahui)"
    if resident.birth_precision == Resident.BirthPrecision.AGE:
        return f"Kira-kira tahun {resident.birth_date.year} (perkiraan umur)"
    return short_date_text(resident.birth_date)


def _nik_note(resident: Resident) -> str:
    if resident.nik_to_match:
        return "NIK perlu dicocokkan: ada catatan lain di kabupaten/kota ini dengan NIK yang sama. Tanyakan KTP/KK-nya."
    exact = resident.birth_precision == Resident.BirthPrecision.DAY
    return nik_disagrees(resident.nik, resident.birth_date, resident.sex, birth_is_exact=exact) if resident.nik else ""


def _measurements(resident: Resident, scope: Scope) -> list[Measurement]:
    rows = Measurement.objects.within(scope).filter(resident=resident).order_by("-measured_on")
    return list(rows[:MEASUREMENTS_READ])


def _values(measured: list[Measurement]) -> tuple[Value, ...]:
    """The last value of each measure and the one before it."""
    found = []
    for column, label, unit, divisor in MEASURES:
        series = [(row.measured_on, getattr(row, column)) for row in measured if getattr(row, column) is not None]
        if series:
            texts = [f"{number_text(value / divisor)} {unit}" for _, value in series[:2]]
            found.append(Value(label, texts[0], series[0][0], texts[1] if len(texts) > 1 else ""))
    pressure = [row for row in measured if row.systolic is not None and row.diastolic is not None]
    if pressure:
        texts = [f"{row.systolic}/{row.diastolic} mmHg" for row in pressure[:2]]
        found.append(Value("Tekanan darah", texts[0], pressure[0].measured_on, texts[1] if len(texts) > 1 else ""))
    return tuple(found)


def _history(resident: Resident, scope: Scope) -> tuple[Happening, ...]:
    """Attendance, activities, home visits, needs and referrals, the latest first."""
    came = Attendance.objects.within(scope).filter(resident=resident)
    came = came.select_related("encounter__open_day", "encounter__posyandu").order_by("-encounter__date")
    joined = Participant.objects.within(scope).filter(resident=resident).select_related("record")
    visits = HomeVisit.objects.within(scope).filter(resident=resident).order_by("-date")
    lines = [
        *(_attendance(row) for row in came[:TIMELINE_AT_MOST]),
        *(_activity(row) for row in joined.order_by("-record__recorded_on")[:TIMELINE_AT_MOST]),
        *(_visit(row) for row in visits[:TIMELINE_AT_MOST]),
        *(Happening(*line) for line in story_of(resident, scope)),
    ]
    return tuple(sorted(lines, key=lambda line: line.on, reverse=True)[:TIMELINE_AT_MOST])


def _attendance(row: Attendance) -> Happening:
    day = getattr(row.encounter, "open_day", None)
    return Happening(
        row.encounter.date,
        f"{row.encounter.get_kind_display()}: {row.get_state_display().lower()}",
        f"tamu di {row.encounter.posyandu}" if row.is_guest else "",
        reverse("open_days:day_detail", args=[day.pk]) if day else "",
    )


def _activity(row: Participant) -> Happening:
    title = registry.form(row.record.form).title
    url = reverse("open_days:participant_list", args=[row.record_id])
    return Happening(row.record.recorded_on, f"Ikut kegiatan: {title}", url=url)


def _visit(row: HomeVisit) -> Happening:
    url = reverse("home_visits:visit_detail", args=[row.pk])
    return Happening(row.date, f"Kunjungan rumah: {row.get_outcome_display().lower()}", _reason(row), url)


def _reason(visit: HomeVisit) -> str:
    """A sensitive reason is told on the visit's own page only."""
    return HIDDEN_WORDS if KINDS[visit.reason].is_sensitive else visit.get_reason_display()


def _filled(resident: Resident, scope: Scope) -> tuple[Filled, ...]:
    """Per service field the forms filled for her, each with its last day."""
    last: dict[str, date] = {}
    rows = Record.objects.within(scope).filter(resident=resident).order_by("encounter__date")
    for form, day in rows.values_list("form", "encounter__date"):
        last[form] = day
    return tuple(
        Filled(
            field.key,
            field.label,
            tuple((spec.title, last[spec.key]) for spec in registry.forms_for(field=field.key) if spec.key in last),
        )
        for field in registry.FIELDS
    )
