"""What is past its time, by kind. Looking changes nothing; `actions.retention` takes it away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from services.accounts.models import Assignment, User
from services.areas.scope import area_filter
from services.areas.settings import Setting
from services.audit.models import Entry
from services.files.models import Attachment
from services.files.queries import strays
from services.posyandu.models import Period
from services.records.models import Attendance, Measurement, Participant, Record
from services.reports.models import Bundle, SignedScan
from services.residents.models import Residency, Resident
from services.tickets.models import Joiner, Ticket, Transition
from services.tickets.rules import FINAL
from services.web.models import Job, KeptForm, Submission

from ..keeping.periods import (
    ACCOUNTS,
    BUNDLES,
    COACHING,
    CODES,
    PEOPLE,
    PHOTOS,
    RECEIPTS,
    RECHECKS,
    SENSITIVE,
    TICKETS,
    TRAIL,
    TRAY,
    VISITORS,
    WORK,
    Deadline,
    deadline_of_all,
    deadlines,
)

PAST = "what is past the time it may be kept, wherever it is"
GONE_NAME = "Data sudah dihapus"
RETIRED = "-"  # a tracking code that begins so answers nobody: none that can be typed does
SAFE_AGE = timedelta(days=1)
# Text of a ticket that says who, where or what; a field's own columns are blanked, the numbers stay.
TICKET_TEXTS = (
    *("description", "recommendation", "place", "result", "lapor_number"),
    *(field.name for field in Ticket._meta.fields if field.name.startswith("reporter_")),
)


def rows_of(model) -> QuerySet:
    """All rows of a table, ours or a package's."""
    rows = model.objects
    return rows.unscoped(reason=PAST) if hasattr(rows, "unscoped") else rows.all()


def _start(day: date) -> datetime:
    """The first moment of a day, by the clock farthest east: nothing is taken early."""
    return datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=9)


def _receipts(end: Deadline) -> QuerySet:
    return rows_of(Submission).filter(received_at__lt=_start(end.before))


def _tray(end: Deadline) -> QuerySet:
    moment = _start(end.before)
    return rows_of(KeptForm).filter(area_filter("place", (end.district,)), kept_at__lt=moment)


def _jobs(end: Deadline) -> QuerySet:
    return rows_of(Job).filter(created_at__lt=_start(end.before), state__in=(Job.State.DONE, Job.State.FAILED))


def _tasks(end: Deadline) -> QuerySet:
    return rows_of(DBTaskResult).filter(finished_at__lt=_start(end.before))


def _sessions(end: Deadline) -> QuerySet:
    return rows_of(Session).filter(expire_date__lt=timezone.now())


def _logins(end: Deadline) -> QuerySet:
    return rows_of(AccessAttempt).filter(attempt_time__lt=_start(end.before))


def _trail(end: Deadline) -> QuerySet:
    where = area_filter("place", (end.district,)) if end.district else Q(place="")
    return rows_of(Entry).filter(where, at__lt=_start(end.before))


def _sensitive(end: Deadline) -> QuerySet:
    """Sensitive answers of months that were sent: their numbers are frozen, so no report changes."""
    sent = rows_of(Period).filter(posyandu=OuterRef("encounter__posyandu"), month=OuterRef("encounter__period"))
    sent = sent.exclude(state__in=Period.OPEN_STATES)
    here = area_filter("encounter__posyandu__path", (end.district,))
    return rows_of(Record).filter(here, Exists(sent), is_sensitive=True, encounter__date__lt=end.before)


def holders() -> list[tuple[Any, str, bool]]:
    """Every table and column that holds an attachment, and whether it may be empty. A signed paper's scan is kept."""
    found = [one for one in Attachment._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    return [(one.related_model, one.field.name, one.field.null) for one in found]


def _held_by(model, column: str) -> Exists:
    return Exists(rows_of(model).filter(**{column: OuterRef("pk")}))


def _photos(end: Deadline) -> QuerySet:
    scan = _held_by(SignedScan, "attachment")
    running = Q(ticket_photo__isnull=False) & ~Q(ticket_photo__ticket__state__in=FINAL)
    held = Q(pk__in=[])
    for model, column, _ in holders():
        held |= Q(_held_by(model, column))
    here = area_filter("posyandu__path", (end.district,))
    return rows_of(Attachment).filter(here, held, ~scan, kept_at__lt=_start(end.before)).exclude(running)


def _loose(end: Deadline) -> QuerySet:
    rows = rows_of(Attachment).filter(kept_at__lt=timezone.now() - SAFE_AGE)
    for model, column, _ in holders():
        rows = rows.filter(~_held_by(model, column))
    return rows


def _stray_files(end: Deadline) -> list:
    return strays(timezone.now() - SAFE_AGE)


def _closed(end: Deadline) -> QuerySet:
    return rows_of(Ticket).filter(
        area_filter("posyandu__path", (end.district,)), state__in=FINAL, moved_on__lt=end.before
    )


def _codes(end: Deadline) -> QuerySet:
    return _closed(end).filter(code__isnull=False).exclude(code__startswith=RETIRED)


def _tickets(end: Deadline) -> QuerySet:
    named = Q(latitude__isnull=False) | Q(resident__isnull=False) | Q(household__isnull=False)
    for column in TICKET_TEXTS:
        named |= ~Q(**{column: ""})
    named |= Exists(rows_of(Joiner).filter(ticket=OuterRef("pk")))
    named |= Exists(rows_of(Transition).filter(ticket=OuterRef("pk")).exclude(note=""))
    return _closed(end).filter(named)


def _visitors(end: Deadline) -> QuerySet:
    """Who came to an activity from elsewhere; the activity keeps its numbers, and a resident's row stays hers."""
    here = area_filter("record__encounter__posyandu__path", (end.district,))
    return rows_of(Participant).filter(here, resident=None, record__encounter__date__lt=end.before)


def _people(end: Deadline) -> QuerySet:
    """Who lives nowhere in the register, left before the deadline and was served nowhere since; aliases go along."""
    lived = rows_of(Residency).filter(resident=OuterRef("pk"))
    stays = lived.filter(Q(to_date__isnull=True) | Q(to_date__gte=end.before))
    served = rows_of(Attendance).filter(resident=OuterRef("pk"), encounter__date__gte=end.before)
    asked = rows_of(Record).filter(resident=OuterRef("pk"), encounter__date__gte=end.before)
    measured = rows_of(Measurement).filter(resident=OuterRef("pk"), measured_on__gte=end.before)
    named = rows_of(Participant).filter(resident=OuterRef("pk"), record__encounter__date__gte=end.before)
    last = lived.order_by("-to_date", "-from_date").values("posyandu__path")[:1]
    rows = rows_of(Resident).filter(merged_into__isnull=True).exclude(name=GONE_NAME).annotate(last_path=Subquery(last))
    since = (stays, served, asked, measured, named)
    return rows.filter(area_filter("last_path", (end.district,)), *(~Exists(found) for found in since))


def _bundles(end: Deadline) -> QuerySet:
    """Bundles are kept reports put together: whoever asks again gets them made again."""
    return rows_of(Bundle).filter(area_filter("place", (end.district,)), made_at__lt=_start(end.before))


def _coached(name: str) -> QuerySet:
    """Rows of the app beside this one, by name as the database knows it."""
    return rows_of(apps.get_model("coaching", name))


def _visits(end: Deadline) -> QuerySet:
    """Coaching visits with words that may name somebody; what was ready and what was agreed stays."""
    points = _coached("ActionPoint").filter(visit=OuterRef("pk")).exclude(responsible="", done_note="")
    here = area_filter("posyandu__path", (end.district,))
    return _coached("CoachingVisit").filter(here, ~Q(notes="") | Exists(points), date__lt=end.before)


def _remarks(end: Deadline) -> QuerySet:
    """What was different in a re-checked record; that it was stays."""
    here = area_filter("sample__posyandu__path", (end.district,))
    return _coached("SampledRecord").filter(here, checked_on__lt=end.before).exclude(note="")


def _grants(end: Deadline) -> QuerySet:
    return _coached("RecheckGrant").filter(area_filter("posyandu__path", (end.district,)), until__lt=end.before)


def _accounts(end: Deadline) -> QuerySet:
    """Whose last task ended and who did not log in since, with a phone number or a way in; authors keep their name."""
    tasks = rows_of(Assignment).filter(user=OuterRef("pk"))
    runs = tasks.filter(Q(to_date__isnull=True, user__is_active=True) | Q(to_date__gte=end.before))
    moment = _start(end.before)
    left = rows_of(User).filter(Exists(tasks), ~Exists(runs), created_at__lt=moment)
    left = left.exclude(last_login__gte=moment)
    can_enter = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | ~Q(pin="") | Q(is_active=True)
    return left.filter(can_enter | Q(phone__isnull=False))


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is not kept for ever. Without a setting it ends by itself."""

    key: str
    label: str
    find: Callable[[Deadline], Any]
    setting: Setting | None = None
    by_place: bool = True
    by_none: bool = False  # also what stands at no place


KINDS = (
    Kind("sesi", "Sesi masuk yang sudah berakhir", _sessions),
    Kind("nomor_bukti", "Nomor bukti formulir", _receipts, RECEIPTS, by_place=False),
    Kind("perlu_koreksi", "Isian yang menunggu koreksi", _tray, TRAY),
    Kind("pekerjaan", "Pekerjaan latar", _jobs, WORK, by_place=False),
    Kind("tugas", "Catatan tugas latar", _tasks, WORK, by_place=False),
    Kind("percobaan", "Percobaan masuk yang gagal", _logins, WORK, by_place=False),
    Kind("jejak", "Jejak", _trail, TRAIL, by_none=True),
    Kind("jawaban_tertutup", "Jawaban tertutup", _sensitive, SENSITIVE),
    Kind("foto", "Foto", _photos, PHOTOS),
    Kind("foto_lepas", "Foto tanpa pemilik", _loose),
    Kind("berkas_lepas", "Berkas tanpa catatan", _stray_files),
    Kind("kode_lacak", "Kode lacak laporan warga", _codes, CODES),
    Kind("laporan_warga", "Nama dan uraian laporan warga", _tickets, TICKETS),
    Kind("peserta_luar", "Nama dan HP peserta kegiatan dari luar", _visitors, VISITORS),
    Kind("warga", "Data diri warga yang pergi", _people, PEOPLE),
    Kind("bundel", "Bundel laporan", _bundles, BUNDLES),
    Kind("pembinaan", "Catatan kunjungan pembinaan", _visits, COACHING),
    Kind("periksa_ulang", "Catatan pemeriksaan ulang", _remarks, RECHECKS),
    Kind("izin_periksa", "Izin pemeriksaan ulang yang berakhir", _grants, RECHECKS),
    Kind("akun", "Nomor HP dan kata sandi yang selesai bertugas", _accounts, ACCOUNTS, by_place=False),
)


def find(kind: Kind, today: date, districts: list[str]) -> list:
    """What of a kind is past its time, as query sets (files: a list), one for each deadline."""
    if kind.setting is None:
        return [kind.find(Deadline("", today))]
    if not kind.by_place:
        return [kind.find(deadline_of_all(kind.setting, today, districts))]
    ends = deadlines(kind.setting, today, districts)
    if kind.by_none:
        ends.append(deadline_of_all(kind.setting, today, districts))
    return [kind.find(end) for end in ends]
