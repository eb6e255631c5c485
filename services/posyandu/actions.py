"""Writes to the register of posyandu: posts, their place in the course of time, facilities, whole lists."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from services.areas import clock
from services.areas.models import Area
from services.areas.settings import LEVELS_TAKING_PART, value_of
from services.audit.actions import Verb, note
from services.web.refusals import Refusal
from services.web.rules import month_text, short_date_text

from .models import (
    AreaMembership,
    BoardMember,
    CoachingTeam,
    Correction,
    DossierStep,
    Facility,
    Period,
    Posyandu,
    RegistrationDossier,
)
from .queries import Analysis, Finding, Kind, analyse, last_serials
from .resources import PostRow
from .rules import dossier_problem, facility_name, place_key, who_opens

BATCH = 500


class MonthLocked(Refusal):
    """The month of this record was sent; only whoever received it can open it again."""

    keepable = True

    def __init__(self, period: Period):
        post = period.posyandu
        levels = value_of(LEVELS_TAKING_PART, post.area_id, clock.today(post.area_id))
        who = who_opens(period.state, levels)
        month = month_text(period.month)
        how = (
            f"Minta {who} membukanya untuk koreksi"
            if period.state == Period.State.FINAL
            else f"Minta {who} mengembalikan laporan bulan itu"
        )
        super().__init__(f"Laporan {month} sudah dikirim, jadi tidak dapat diubah. {how}, lalu simpan lagi.")
        self.period, self.place, self.month = period, post.path, period.month


class UnknownDecisions(Refusal):
    """A decision about a row that does not fit the list."""

    def __init__(self, unknown: Sequence[str]):
        super().__init__("Pilihan ini tidak cocok dengan berkasnya: " + "; ".join(unknown[:5]) + ".", status=422)


def hold_month_open(*, posyandu_id, day: date) -> Period:
    """Lock the month's row and make sure a record dated `day` may still be written. Raises MonthLocked.

    Call it first in every dated action: two writers, and a writer and the one who submits, then wait for each other.
    """
    month = clock.month_of(day)
    mine = Period.objects.unscoped(reason="the month of a post that the action already reached in scope")
    period, _ = mine.select_for_update().get_or_create(posyandu_id=posyandu_id, month=month)
    if not period.is_open(timezone.now()):
        raise MonthLocked(period)
    return period


@transaction.atomic
def propose_correction(
    *, posyandu_id, month: date, what: str, by=None, row: str = "", figure: str = ""
) -> Correction | None:
    """Ask for a change of a month that was sent: by a person, or (without `by`) by a rule that reached into it.

    The same proposal is made once; a rule says of a row only what it would change now, in place of what it said
    before, and asks nothing that was refused. None while the month is open: then it is simply changed.
    """
    months = Period.objects.unscoped(reason="the month of a post that the action already reached in scope")
    period = months.filter(posyandu_id=posyandu_id, month=month).first()
    if period is None or period.state in Period.OPEN_STATES:
        return None
    asked = {"row": row, "figure": figure, "state": Correction.State.PROPOSED, "proposed_by": by}
    if by is None:
        if period.corrections.filter(row=row, figure=figure, what=what, state=Correction.State.REFUSED).exists():
            return None  # who decides said no to just this
        correction, is_new = period.corrections.update_or_create(**asked, defaults={"what": what})
    else:
        correction, is_new = period.corrections.get_or_create(**asked, what=what)
    if is_new:
        note(by=by, verb=Verb.CREATE, on=correction, place=period.posyandu.path, bulan=f"{month:%Y-%m}")
    return correction


@transaction.atomic
def withdraw_correction(*, correction: Correction, by=None) -> None:
    """A rule's own proposal would change nothing any more: it goes, and that it was there stays in the audit.

    `by` None: the rule itself takes it back.
    """
    place, month = correction.period.posyandu.path, correction.period.month
    note(by=by, verb=Verb.DELETE, on=correction, place=place, bulan=f"{month:%Y-%m}")
    correction.delete()


@transaction.atomic
def add_posyandu(*, area: Area, name: str, by, on: date, **details) -> Posyandu:
    """Register a new posyandu in a desa/kelurahan, with the next serial of that place."""
    _hold_areas([area.pk])
    serial = next_serial(area.code)
    posyandu = Posyandu(area=area, name=name, serial=serial, path=f"{area.code}.{serial}", **details)
    posyandu.full_clean()
    posyandu.save(force_insert=True)
    since = min(on, posyandu.live_from or on)
    AreaMembership.objects.create(posyandu=posyandu, area=area, path=posyandu.path, from_date=since)
    note(by=by, verb=Verb.CREATE, on=posyandu, place=posyandu.path)
    return posyandu


@transaction.atomic
def change_posyandu(*, posyandu: Posyandu, by, **values) -> tuple[str, ...]:
    """Change what the register says about a post, except its place; which columns changed."""
    current = Posyandu.objects.unscoped(reason="a post the caller reached in scope, now locked for its change")
    current = current.select_for_update().get(pk=posyandu.pk)
    changed = tuple(name for name, value in values.items() if getattr(current, name) != value)
    for name in changed:
        setattr(current, name, values[name])
    if changed:
        current.save(update_fields=changed)
        _reach_back(current)
        note(by=by, verb=Verb.UPDATE, on=current, place=current.path, changed=changed)
    return changed


@transaction.atomic
def move_posyandu(*, posyandu: Posyandu, area: Area, on: date, by) -> Posyandu:
    """Put a post under another desa/kelurahan from a day on, with a new path; its past keeps the old one.

    Raises Refusal for a day before it came to its present place, or in a month that was sent or lies before one.
    """
    _hold_areas([area.pk])
    membership = posyandu.memberships.select_for_update().get(to_date__isnull=True)
    if area.pk == membership.area_id:
        raise Refusal("Posyandu ini memang di tempat itu. Pilih kelurahan/desa yang lain.", status=422, field="area")
    if on <= membership.from_date:
        since = short_date_text(membership.from_date)
        raise Refusal(f"Tanggal pindah harus sesudah {since}, hari posyandu ini masuk.", status=422, field="on")
    hold_month_open(posyandu_id=posyandu.pk, day=on)
    for period in posyandu.periods.filter(month__gt=on).order_by("month"):
        if not period.is_open(timezone.now()):
            raise MonthLocked(period)
    before = posyandu.path
    membership.to_date = on
    membership.save(update_fields=["to_date"])
    posyandu.area, posyandu.serial = area, next_serial(area.pk)
    posyandu.path = f"{area.pk}.{posyandu.serial}"
    posyandu.save(update_fields=["area", "serial", "path"])
    AreaMembership.objects.create(posyandu=posyandu, area=area, path=posyandu.path, from_date=on)
    note(by=by, verb=Verb.UPDATE, on=posyandu, place=posyandu.path, changed=("area",), dari=before)
    return posyandu


def next_serial(area_code: str) -> int:
    """The next serial of a desa/kelurahan; serials of posts that left are not used again."""
    return last_serials([area_code])[area_code] + 1


@transaction.atomic
def save_facility(*, facility: Facility, by) -> Facility:
    """Register a puskesmas or pustu, or change one."""
    verb = Verb.CREATE if facility._state.adding else Verb.UPDATE
    facility.name = facility_name(facility.name)
    if facility._state.adding:
        facility.save(force_insert=True)
    else:
        facility.save(update_fields=["kind", "name", "phone", "area"])
    note(by=by, verb=verb, on=facility, place=facility.area_id)
    return facility


@transaction.atomic
def import_posyandu(
    *, rows: Sequence[PostRow], areas: Iterable[str] | None, by, on: date, decisions: Mapping[int, str] | None = None
) -> Analysis:
    """Register the new posts of a list, all or none, and say what each row was. A second run finds them the same.

    `areas` and `decisions` as in `queries.analyse`. Raises UnknownDecisions.
    """
    _hold_areas({finding.area.pk for finding in analyse(rows, areas=areas).findings if finding.area})
    analysis = analyse(rows, areas=areas, decisions=decisions)  # once more, now that nobody else adds posts there
    if analysis.unknown:
        raise UnknownDecisions(analysis.unknown)
    new = analysis.of(Kind.NEW)
    _create_posts(new, _facilities(new), by, on)
    if new:
        note(by=by, verb=Verb.CREATE, on=Posyandu, place=_common_place(new), jumlah=len(new))
    return analysis


def _create_posts(findings: Sequence[Finding], facilities: Mapping, by, on: date) -> None:
    serials = last_serials({finding.area.pk for finding in findings})
    posts = []
    for finding in findings:
        serials[finding.area.pk] += 1
        posts.append(_post(finding, serials[finding.area.pk], facilities))
    bulk_create_with_history(posts, Posyandu, batch_size=BATCH, default_user=by)
    memberships = [
        AreaMembership(posyandu=post, area=post.area, path=post.path, from_date=min(on, post.live_from or on))
        for post in posts
    ]
    AreaMembership.objects.bulk_create(memberships, batch_size=BATCH)


def _post(finding: Finding, serial: int, facilities: Mapping) -> Posyandu:
    row, area = finding.row, finding.area
    names = ("name", "dusun", "rw", "rt", "address", "live_from", "wave", "state")
    return Posyandu(
        area=area,
        serial=serial,
        path=f"{area.pk}.{serial}",
        facility=facilities.get((area.district_code, place_key(row.facility))),
        registration_number=row.registration or None,
        **{name: getattr(row, name) for name in names},
    )


def _facilities(findings: Sequence[Finding]) -> dict[tuple[str, str], Facility]:
    """The facilities the rows name, new ones registered: (district, name) → facility."""
    wanted = {
        (finding.area.district_code, place_key(finding.row.facility)): finding.row.facility
        for finding in findings
        if finding.row.facility
    }
    known = Facility.objects.unscoped(reason="facilities of the districts whose posts are being registered")
    known = known.filter(area_id__in={district for district, _ in wanted})
    found = {(facility.area_id, place_key(facility_name(facility.name))): facility for facility in known}
    missing = [Facility(area_id=key[0], name=name) for key, name in wanted.items() if key not in found]
    Facility.objects.bulk_create(missing)
    return found | {(facility.area_id, place_key(facility.name)): facility for facility in missing}


def _hold_areas(codes: Iterable[str]) -> None:
    """Nobody else gives serials in these villages until this transaction ends."""
    list(Area.objects.select_for_update().filter(pk__in=sorted(codes)).order_by("pk").values_list("pk"))


def _reach_back(posyandu: Posyandu) -> None:
    """A post that began to use the register earlier than it was entered was in its village from then on."""
    first = posyandu.memberships.order_by("from_date").first()
    if posyandu.live_from and first and posyandu.live_from < first.from_date:
        first.from_date = posyandu.live_from
        first.save(update_fields=["from_date"])


def _common_place(findings: Sequence[Finding]) -> str:
    """The code all rows lie in: their desa, kecamatan or kab/kota."""
    groups = [finding.area.pk.split(".") for finding in findings]
    common = []
    for parts in zip(*groups, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return ".".join(common)


@transaction.atomic
def save_member(*, member: BoardMember, by, **values) -> BoardMember:
    """Write down somebody of a board, or change what is known of her. Raises Refusal where the post is taken."""
    verb = Verb.CREATE if member._state.adding else Verb.UPDATE
    for name, value in values.items():
        setattr(member, name, value)
    try:
        member.validate_constraints()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), status=422, field="post") from error
    if member._state.adding:
        member.save(force_insert=True)
    else:
        member.save(update_fields=tuple(values))
    note(by=by, verb=verb, on=member, place=member.posyandu.path, changed=tuple(values))
    return member


@transaction.atomic
def end_member(*, member: BoardMember, on: date, reason: str, by) -> None:
    """Somebody stops, from a day on and for a reason. Raises Refusal for a day before she began."""
    if on < member.from_date:
        since = short_date_text(member.from_date)
        raise Refusal(f"Tanggal berhenti tidak boleh sebelum mulai bertugas ({since}).", status=422, field="ended_on")
    member.ended_on, member.ended_reason = on, reason
    member.save(update_fields=["ended_on", "ended_reason"])
    note(by=by, verb=Verb.UPDATE, on=member, place=member.posyandu.path, changed=("ended_on", "ended_reason"))


@transaction.atomic
def move_dossier(
    *, posyandu: Posyandu, state: str, papers: Mapping, number: str, on: date, remark: str, by
) -> RegistrationDossier:
    """Keep a posyandu's dossier and move it. A registered one gives the post its number.

    Raises Refusal for a move that does not exist, a dossier that is not complete, or a wrong number.
    """
    rows = RegistrationDossier.objects.unscoped(reason="the dossier of a post that the caller reached in scope")
    dossier = rows.select_for_update().filter(pk=posyandu.pk).first()
    is_new = dossier is None
    before = RegistrationDossier.State.DRAFT if is_new else dossier.state
    problem = dossier_problem(before, state, papers, number, [posyandu.area_id])
    if problem:
        raise Refusal(problem, status=422)
    dossier = dossier or RegistrationDossier(posyandu=posyandu)
    for name, value in {**papers, "state": state, "changed_on": on}.items():
        setattr(dossier, name, value)
    if is_new:
        dossier.save(force_insert=True)
    else:
        dossier.save(update_fields=[*papers, "state", "changed_on"])
    if is_new or state != before or remark:
        DossierStep.objects.create(dossier=dossier, state=state, on=on, note=remark, author=by)
    if state == RegistrationDossier.State.REGISTERED:
        change_posyandu(posyandu=posyandu, by=by, registration_number=number)
    note(by=by, verb=Verb.UPDATE, on=dossier, place=posyandu.path, changed=("state",), keadaan=state)
    return dossier


@transaction.atomic
def save_team(*, team: CoachingTeam, by) -> CoachingTeam:
    """The decree of an area's Tim Pembina, a new one or a corrected one."""
    verb = Verb.CREATE if team._state.adding else Verb.UPDATE
    if team._state.adding:
        team.save(force_insert=True)
    else:
        team.save(update_fields=["decree_number", "decree_date", "chair", "secretary", "term_until"])
    note(by=by, verb=verb, on=team, place=team.area_id)
    return team
