"""The one writer of open days. Every change is dated and checks the month's lock."""

from collections.abc import Iterable
from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils import timezone

from services.areas import clock
from services.audit.actions import Verb, note
from services.fields import registry
from services.follow_ups.actions import Changes, refresh_needs
from services.posyandu.actions import MonthLocked, hold_month_open
from services.posyandu.models import Posyandu
from services.records.actions import Attends, mark_present, plan_encounter, save_record
from services.records.models import Encounter
from services.residents.actions import add_guest, receive_guest
from services.residents.models import Resident
from services.residents.queries import find_guest
from services.web.refusals import Refusal
from services.web.rules import short_date_text

from .models import Helper, OpenDay, Schedule
from .rules import may_become


@transaction.atomic
def plan_day(*, posyandu: Posyandu, day: date, by, opened_fields: list[str] | None = None, **details) -> OpenDay:
    """Plan an open day, or begin to enter a past one. Refused when the posyandu has one on that date."""
    hold_month_open(posyandu_id=posyandu.pk, day=day)
    encounter = plan_encounter(kind=Encounter.Kind.OPEN_DAY, posyandu=posyandu, day=day, by=by)
    fields = opened_fields or [field.key for field in registry.FIELDS]
    try:
        with transaction.atomic():
            open_day = OpenDay.objects.create(
                encounter=encounter, posyandu=posyandu, date=day, opened_fields=fields, **details
            )
    except IntegrityError:
        raise Refusal("Hari buka tanggal itu sudah ada. Buka dari daftar hari buka.", field="date") from None
    note(by=by, verb=Verb.CREATE, on=open_day, place=posyandu.path)
    return open_day


@transaction.atomic
def start_day(*, open_day: OpenDay, by, table: int | None = None) -> OpenDay:
    """Begin (today or, for a past day, now). The kader who starts it is there."""
    day = _held(open_day)
    if day.date > clock.today(day.posyandu.area_id):
        raise Refusal("Hari buka ini belum tiba. Mulai pada tanggalnya, atau ubah tanggalnya.")
    _move(day, OpenDay.State.RUNNING, by=by, starts_at=day.starts_at or _local_time(day))
    day.helpers.get_or_create(user=by, defaults={"kind": Helper.Kind.KADER})
    return day


@transaction.atomic
def close_day(*, open_day: OpenDay, by, helpers: dict[str, list], **summary) -> Changes:
    """Close with a summary, and open and close home visits by who came and what was found; says how many.

    A second close is refused; the first stays.
    """
    day = _held(open_day)
    if day.state == OpenDay.State.CLOSED:
        raise Refusal("Hari buka ini sudah ditutup. Kalau ada yang kurang, pilih Buka lagi.")
    _move(day, OpenDay.State.CLOSED, by=by, closed_by=by, closed_at=timezone.now(), **summary)
    _set_helpers(day, helpers)
    return refresh_needs(posyandu=open_day.posyandu, by=by)


@transaction.atomic
def reopen_day(*, open_day: OpenDay, by) -> OpenDay:
    """Open again a day closed by mistake, until its month was sent."""
    day = _held(open_day)
    return _move(day, OpenDay.State.RUNNING, by=by, closed_by=None, closed_at=None)


@transaction.atomic
def cancel_day(*, open_day: OpenDay, reason: str, by) -> OpenDay:
    """Say that a day did not take place, and why. Refused when people were already ticked."""
    day = _held(open_day)
    if day.encounter.attendances.exists():
        raise Refusal("Sudah ada yang hadir hari itu, jadi tidak bisa dibatalkan. Tutup saja hari bukanya.")
    return _move(day, OpenDay.State.CANCELLED, by=by, cancel_reason=reason)


@transaction.atomic
def tick(*, open_day: OpenDay, resident: Resident, by) -> None:
    """A person came. Only while the day is running. Raises Refusal (422) for who was not born yet."""
    must_run(open_day)
    if resident.birth_date > open_day.date:
        born = short_date_text(resident.birth_date)
        raise Refusal(f"{resident.name} lahir {born}, sesudah hari buka ini. Periksa tanggal lahirnya.", status=422)
    mark_present(encounter=open_day.encounter, resident_id=resident.pk, by=by)


@transaction.atomic
def save_grid(*, open_day: OpenDay, lines: Iterable, by) -> int:
    """Write a page of a paper register: who came, and what was measured of her; how many people that were.

    All or nothing. A refusal (a clash with another kader, a sent month) names the cell it belongs to.
    """
    must_run(open_day)
    saved = 0
    for line in lines:
        if line.is_empty:
            continue
        saved += 1
        if line.answers == line.base:
            mark_present(encounter=open_day.encounter, resident_id=line.row.person.id, by=by)
        else:
            _save_line(open_day, line, by)
    return saved


def _save_line(open_day: OpenDay, line, by) -> None:
    try:
        save_record(
            encounter=open_day.encounter,
            form=line.row.card.key,
            subject=line.row.resident,
            answers=line.answers,
            asked=tuple(line.fields),
            base=line.base,
            by=by,
            attends=Attends(),
        )
    except MonthLocked:
        raise
    except Refusal as refusal:
        cell = line.fields.get(refusal.field or "", next(iter(line.fields.values())))
        raise Refusal(f"{line.row.person.name}: {refusal.message}", status=refusal.status, field=cell) from refusal


@transaction.atomic
def serve_guest(
    *,
    open_day: OpenDay,
    by,
    name: str,
    sex: str,
    birth_date: date,
    birth_precision: str = Resident.BirthPrecision.DAY,
    mother_name: str = "",
    nik: str = "",
) -> Resident:
    """A guest of another post came: served here, counted under "tamu", her file stays closed.

    Found by NIK, or by name, birth date (a day, no guess) and mother; whoever turns out to live here is ticked like
    everybody else.
    """
    must_run(open_day)
    facts = {"name": name, "mother_name": mother_name, "nik": nik}
    born = birth_date if birth_precision == Resident.BirthPrecision.DAY else None
    where = {"posyandu": open_day.posyandu, "on": open_day.date, "by": by}
    found = find_guest(posyandu=open_day.posyandu, birth_date=born, **facts)
    if found is None:
        guest = add_guest(sex=sex, birth_date=birth_date, birth_precision=birth_precision, **facts, **where)
    else:
        guest = Resident.objects.unscoped(reason="a guest found by what she says of herself").get(pk=found.resident_id)
        if not found.lives_here:
            receive_guest(resident=guest, **where)
    is_guest = found is None or not found.lives_here
    mark_present(encounter=open_day.encounter, resident_id=guest.pk, by=by, is_guest=is_guest)
    return guest


@transaction.atomic
def invite(*, open_day: OpenDay, resident: Resident, by) -> None:
    """Invite somebody, who is then expected that day."""
    open_day.invitations.get_or_create(resident=resident, defaults={"invited_by": by})


@transaction.atomic
def set_schedule(*, posyandu: Posyandu, nth: int, weekday: int, starts_at: time, place: str, on: date, by) -> Schedule:
    """The posyandu opens every month on the nth weekday from a day on; the schedule before ends."""
    posyandu.schedules.filter(to_date__isnull=True).update(to_date=on)
    schedule = Schedule.objects.create(
        posyandu=posyandu, nth=nth, weekday=weekday, starts_at=starts_at, place=place, from_date=on
    )
    note(by=by, verb=Verb.CREATE, on=schedule, place=posyandu.path)
    return schedule


class DayClosed(Refusal):
    """A card that comes after its day was closed, from a phone without signal; it waits until the day is open again."""

    keepable = True

    def __init__(self, open_day: OpenDay):
        super().__init__("Hari buka ini selesai. Pilih Buka lagi dulu, lalu simpan lagi.")
        self.place, self.month = open_day.posyandu.path, open_day.date.replace(day=1)


def must_run(open_day: OpenDay) -> None:
    """Raises Refusal unless the day is running: records are only made then. MonthLocked and DayClosed may pass."""
    if open_day.state == OpenDay.State.CLOSED:
        hold_month_open(posyandu_id=open_day.posyandu_id, day=open_day.date)
        raise DayClosed(open_day)
    if open_day.state != OpenDay.State.RUNNING:
        advice = {
            OpenDay.State.PLANNED: "Tekan Mulai hari buka dulu.",
            OpenDay.State.CANCELLED: "Buat hari buka baru.",
        }[open_day.state]
        raise Refusal(f"Hari buka ini {open_day.get_state_display().lower()}. {advice}")


def _held(open_day: OpenDay) -> OpenDay:
    """The day under a row lock, its month open."""
    hold_month_open(posyandu_id=open_day.posyandu_id, day=open_day.date)
    locked = OpenDay.objects.unscoped(reason="a day the view reached in scope, now locked").select_for_update()
    day = locked.get(pk=open_day.pk)
    day.posyandu = open_day.posyandu
    return day


def _move(day: OpenDay, state: str, *, by, **changes) -> OpenDay:
    if not may_become(day.state, state):
        raise Refusal(f"Hari buka ini {day.get_state_display().lower()}, jadi langkah itu tidak bisa dilakukan lagi.")
    day.state = state
    for name, value in changes.items():
        setattr(day, name, value)
    day.save(update_fields=["state", *changes])
    note(by=by, verb=Verb.UPDATE, on=day, place=day.posyandu.path, changed=("state", *changes), menjadi=state)
    return day


def _set_helpers(day: OpenDay, helpers: dict[str, list]) -> None:
    day.helpers.all().delete()
    kader = [Helper(open_day=day, kind=Helper.Kind.KADER, user=user) for user in helpers.get("kader", [])]
    others = [Helper(open_day=day, kind=kind) for kind in helpers.get("others", [])]
    Helper.objects.bulk_create(kader + others)


def _local_time(day: OpenDay) -> time | None:
    now = clock.local_now(day.posyandu.area_id)
    return now.time().replace(second=0, microsecond=0) if now.date() == day.date else None
