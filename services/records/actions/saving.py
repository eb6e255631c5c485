from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from services.areas import clock
from services.audit.actions import Verb, note
from services.fields import registry
from services.fields.rules import due_questions
from services.fields.spec import FormSpec, Shape
from services.posyandu.actions import hold_month_open
from services.posyandu.models import Posyandu
from services.residents.actions import watch_condition
from services.residents.models import Household, Resident
from services.web.refusals import Refusal

from ..growth import keep_measurement, keep_override, measurements_of, own_row, recompute_resident
from ..models import Asset, Attendance, Encounter, Measurement, Record
from ..queries import elsewhere_on
from ..rules import SUBJECT_COLUMNS, Clash, before_birth, is_likely_day, measured_columns, merge_answers
from .births import check_birth_date


class Clashed(Refusal):
    """Somebody changed the same question meanwhile; `clashes` hold both answers, nothing was written."""

    def __init__(self, clashes: tuple[Clash, ...], record: Record):
        super().__init__("Isian ini baru saja diubah kader lain. Pilih jawaban yang benar, lalu simpan.")
        self.clashes = clashes
        self.record = record


@dataclass(frozen=True)
class Attends:
    """Whoever is served is there: as a guest or not, and whether all tables have finished with her."""

    as_guest: bool = False
    done: bool = False


@dataclass(frozen=True)
class Saved:
    """What a save did: the record, the questions it changed, and the measurement it led to, if any."""

    record: Record
    changed: tuple[str, ...]
    measurement: Measurement | None


@transaction.atomic
def start_encounter(*, kind: str, posyandu: Posyandu, day: date, by) -> Encounter:
    """Make the encounter that records hang on. Raises MonthLocked, and Refusal for a day in the future."""
    if day > clock.today(posyandu.area_id):
        raise Refusal("Tanggalnya belum tiba. Periksa lagi tanggalnya.", status=422, field="date")
    hold_month_open(posyandu_id=posyandu.pk, day=day)
    return plan_encounter(kind=kind, posyandu=posyandu, day=day, by=by)


def plan_encounter(*, kind: str, posyandu: Posyandu, day: date, by) -> Encounter:
    """Make an encounter that may lie ahead (a planned open day). The caller has checked the month."""
    if not is_likely_day(day, clock.today(posyandu.area_id)):
        raise Refusal(f"Tahun {day.year} tidak mungkin. Periksa lagi tanggalnya.", status=422, field="date")
    return Encounter.objects.create(kind=kind, posyandu=posyandu, date=day, period=clock.month_of(day), created_by=by)


@transaction.atomic
def mark_present(*, encounter: Encounter, resident_id, by, is_guest: bool = False, state: str = "hadir") -> Attendance:
    """Say that somebody came. Idempotent by encounter and resident: saying it twice is saying it once."""
    hold_month_open(posyandu_id=encounter.posyandu_id, day=encounter.date)
    return _attend(encounter, resident_id, by, is_guest=is_guest, state=state)


def _attend(encounter: Encounter, resident_id, by, *, is_guest=False, state="hadir", done=False) -> Attendance:
    defaults = {"state": state, "is_guest": is_guest, "is_done": done, "marked_by": by, "marked_at": timezone.now()}
    attendance, created = encounter.attendances.get_or_create(resident_id=resident_id, defaults=defaults)
    changed = {"state": state} if attendance.state != state else {}
    if done and not attendance.is_done:
        changed["is_done"] = True
    if changed and not created:
        changed |= {"marked_by": by, "marked_at": defaults["marked_at"]}
        for name, value in changed.items():
            setattr(attendance, name, value)
        attendance.save(update_fields=list(changed))
    return attendance


@transaction.atomic
def unmark_present(*, encounter: Encounter, resident_id, by) -> None:
    """Take back a tick. Refused (409) when forms were already filled for this person that day."""
    hold_month_open(posyandu_id=encounter.posyandu_id, day=encounter.date)
    if encounter.records.filter(resident_id=resident_id).exists():
        raise Refusal("Orang ini sudah dilayani hari itu, jadi tidak bisa ditandai belum hadir.")
    encounter.attendances.filter(resident_id=resident_id).delete()


@transaction.atomic
def encounter_elsewhere(*, posyandu: Posyandu, day: date, by) -> Encounter:
    """The day's encounter outside open days and visits, made when first needed. Raises as `start_encounter` does."""
    hold_month_open(posyandu_id=posyandu.pk, day=day)
    encounter = elsewhere_on(posyandu, day)
    keep_encounter(encounter=encounter, by=by)
    return encounter


@transaction.atomic
def keep_encounter(*, encounter: Encounter, by) -> None:
    """Save an encounter that a page has only thought of (`queries.elsewhere_on`). Raises as `start_encounter` does."""
    if not encounter._state.adding:
        return
    if encounter.date > clock.today(encounter.posyandu.area_id):
        raise Refusal("Tanggalnya belum tiba. Periksa lagi tanggalnya.", status=422, field="date")
    hold_month_open(posyandu_id=encounter.posyandu_id, day=encounter.date)
    encounter.created_by = by
    encounter.save(force_insert=True)


@transaction.atomic
def note_paper(*, posyandu: Posyandu, form: str, names: int, by) -> None:
    """Remember that somebody took a paper with people's names on it."""
    note(by=by, verb=Verb.DOWNLOAD, on=Record, place=posyandu.path, form=form, nama=names)


@transaction.atomic
def repeat_record(*, household: Household, form: str, day: date, by) -> Saved:
    """ "Masih sama": the household's newest answers of an earlier year become its answers of this day.

    Only what is still asked is taken over. Raises Refusal (409) where there is nothing earlier or this year is
    written already, and MonthLocked.
    """
    spec = registry.form(form)
    encounter = encounter_elsewhere(posyandu=household.posyandu, day=day, by=by)
    rows = household.records.filter(form=form, is_sensitive=False).select_related("encounter")
    last = rows.order_by("-encounter__date", "-created_at").first()
    if last is None:
        raise Refusal("Belum ada isian sebelumnya. Isi formulirnya.")
    if last.encounter.date.year >= day.year:
        raise Refusal("Keluarga ini sudah didata tahun ini. Ubah lewat formulirnya bila ada yang berbeda.")
    asked = [question.key for question in due_questions(spec, on=day)]
    kept = {key: last.answers[key] for key in asked if key in last.answers}
    return save_record(encounter=encounter, form=form, subject=household, answers=kept, asked=asked, by=by)


@transaction.atomic
def save_record(
    *,
    encounter: Encounter,
    form: str,
    subject: Resident | Household | Asset | str,
    answers: Mapping[str, Any],
    by,
    asked: Iterable[str] | None = None,
    base: Mapping[str, Any] | None = None,
    attends: Attends | None = None,
) -> Saved:
    """Save the answers of one step of a form about one subject, merged per question under a row lock.

    `answers` are clean (fields.forms), `asked` the keys of the questions that were on the step (default: all of the
    form), `base` what they showed when opened, `attends` what this says of a person's presence. Raises MonthLocked,
    Clashed (409), and Refusal (422) for a day before the person's birth and a new form without an answer; nothing is
    written then.
    """
    spec = registry.form(form)
    if spec.shape is Shape.PERSON:
        _check_birth(encounter, spec, subject, answers)
    hold_month_open(posyandu_id=encounter.posyandu_id, day=encounter.date)
    record, is_new = _locked_record(encounter, spec, subject, by)
    keys = tuple(asked) if asked is not None else tuple(question.key for question in spec.questions)
    merged = merge_answers(record.answers, base or {}, answers, keys)
    if merged.clashes:
        raise Clashed(merged.clashes, record)
    if is_new and not merged.answers:
        raise Refusal("Belum ada yang diisi. Isi paling sedikit satu jawaban, lalu simpan.", status=422)
    if merged.changed or is_new:
        write_answers(record=record, answers=merged.answers, changed=merged.changed, by=by, is_new=is_new)
        note(
            by=by,
            verb=Verb.CREATE if is_new else Verb.UPDATE,
            on=record,
            place=encounter.posyandu.path,
            changed=merged.changed,
            form=form,
        )
    if spec.watches and merged.changed:
        where = {"posyandu_id": encounter.posyandu_id, "from_date": encounter.date}
        watch_condition(resident=record.resident, kind=spec.watches, by=by, **where)
    measurement = _measure(encounter, spec, record, merged.changed) if spec.shape is Shape.PERSON else None
    if attends is not None:
        _attend(encounter, record.resident_id, by, is_guest=attends.as_guest, done=attends.done)
    return Saved(record, merged.changed, measurement)


def _check_birth(encounter: Encounter, spec: FormSpec, resident: Resident, answers: Mapping[str, Any]) -> None:
    if encounter.date < resident.birth_date:
        raise Refusal("Tanggal ini sebelum tanggal lahirnya. Periksa tanggal lahir di data warga.", status=422)
    key = before_birth(spec, answers, resident.birth_date)
    if key:
        raise Refusal("Tanggal ini sebelum tanggal lahirnya. Periksa lagi.", status=422, field=key)


@transaction.atomic
def set_weight_status(*, measurement: Measurement, status: str, reason: str, by) -> Measurement:
    """A health worker reads the curve otherwise than the KBM: N or T with a note; "" takes her word back.

    What was computed stays beside it; later months follow from her word. Raises MonthLocked, and Refusal (422) where
    there is nothing to judge or no note.
    """
    if status not in ("", "N", "T"):
        raise Refusal("Pilih N, T, atau kembali ke hitungan.", status=422, field="status")
    if status and not reason.strip():
        raise Refusal("Tulis alasannya.", status=422, field="reason")
    encounter, resident = measurement.encounter, measurement.resident
    hold_month_open(posyandu_id=encounter.posyandu_id, day=encounter.date)
    rows = measurements_of(resident)
    mine = own_row(rows, encounter, resident)
    if mine.status_computed not in ("N", "T"):
        raise Refusal("Bulan ini tidak punya N atau T, jadi tidak ada yang ditetapkan.", status=422)
    mine.status_override, mine.override_note = status, reason.strip() if status else ""
    mine.overridden_by, mine.overridden_at = (by, timezone.now()) if status else (None, None)
    keep_override(resident, rows, mine)
    note(by=by, verb=Verb.UPDATE, on=mine, place=encounter.posyandu.path, changed=("status_override",))
    return mine


@transaction.atomic
def recompute_after_correction(*, resident: Resident, by, place: str) -> int:
    """A birth date or sex was corrected: all growth of this person is computed again, but in months that were sent.

    Called by `residents.actions.change_resident` (settings.AFTER_BIRTH_CORRECTION), in its transaction. Raises Refusal
    (422) when she was met or measured before the day on which she now was born.
    """
    check_birth_date(resident)
    changed = recompute_resident(resident)
    if changed:
        note(by=by, verb=Verb.UPDATE, on=resident, place=place, changed=("pertumbuhan",), dihitung_ulang=changed)
    return changed


@transaction.atomic
def note_sensitive_view(*, on: Record | Resident, by, place: str, forms: Iterable[str] = ()) -> None:
    """Remember that somebody opened sensitive answers: who, whose and which forms, never what they say."""
    note(by=by, verb=Verb.VIEW, on=on, place=place, jawaban_tertutup=sorted(forms))


def _locked_record(encounter: Encounter, spec: FormSpec, subject, by) -> tuple[Record, bool]:
    column = SUBJECT_COLUMNS[spec.shape]
    if spec.shape is not Shape.ACTIVITY:
        found = encounter.records.select_for_update().filter(form=spec.key, **{column: subject}).first()
        if found:
            setattr(found, column, subject)  # known already: not asked again
            return found, False
    record = Record(
        encounter=encounter,
        recorded_on=encounter.date,
        form=spec.key,
        field=spec.field,
        shape=spec.shape.value,
        registry_version=registry.version(),
        is_sensitive=spec.sensitive,
        author=by,
        **{column: subject},
    )
    return record, True


def write_answers(*, record: Record, answers: dict, changed: tuple[str, ...], by, is_new: bool = False) -> None:
    """Store merged answers with who said what and when. The caller holds the row."""
    now = timezone.now()
    record.answers = answers
    record.answered = {**record.answered, **{key: [by.pk, now.isoformat(timespec="seconds")] for key in changed}}
    record.changed_at = now
    record.registry_version = registry.version()
    if is_new:
        record.save(force_insert=True)
    else:
        record.save(update_fields=["answers", "answered", "changed_at", "registry_version"])


def _measure(encounter: Encounter, spec: FormSpec, record: Record, changed: tuple[str, ...]) -> Measurement | None:
    measured = {question.key for question in spec.questions if question.measure}
    if not measured & set(changed):
        return None
    columns = measured_columns(spec, record.answers)
    return keep_measurement(encounter=encounter, resident=record.resident, columns=columns)
