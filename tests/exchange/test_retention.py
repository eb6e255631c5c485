"""What is past its time goes, what is not stays; nothing is taken unasked, and no frozen figure moves."""

import io
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from services.accounts.models import Assignment, User
from services.areas.actions import set_district_setting
from services.areas.models import Area
from services.audit.models import Entry
from services.coaching.actions import add_visit, check_record, give_grant
from services.coaching.models import ActionPoint, CoachingVisit, RecheckGrant, Sample, SampledRecord
from services.exchange.actions import apply_retention, retention
from services.exchange.keeping.periods import (
    ACCOUNTS,
    BUNDLES,
    COACHING,
    CODES,
    PEOPLE,
    PERIODS,
    PHOTOS,
    RECEIPTS,
    RECHECKS,
    SENSITIVE,
    TICKETS,
    TRAIL,
    TRAY,
    VISITORS,
    WORK,
)
from services.exchange.queries import KINDS
from services.exchange.queries.outdated import GONE_NAME
from services.files.actions import keep_photo, keep_scan
from services.files.models import Attachment
from services.posyandu.models import Period
from services.records.actions import add_asset, add_participant, mark_present, save_record, start_encounter
from services.records.models import AssetPhoto, Record
from services.reports.models import Bundle, FrozenFigure, KeptFile, MonthlyReport, SignedScan
from services.residents.actions import move_out
from services.residents.models import Consent, Household, Residency, Resident
from services.residents.rules import add_months
from services.tickets.actions import open_ticket
from services.tickets.models import Ticket
from services.web.models import Job, KeptForm, Submission
from tests import factories as make

pytestmark = pytest.mark.django_db
WHY = "test"
TODAY = timezone.localdate()
KOTA = "33.75"


def all_of(model):
    return model.objects.unscoped(reason=WHY) if hasattr(model.objects, "unscoped") else model.objects.all()


def days(setting, *, older: bool) -> date:
    """A day just past what is kept, or just within."""
    return add_months(TODAY, -setting.default) + timedelta(days=-2 if older else 2)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def here(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    post = make.posyandu(live_from=date(2015, 1, 1))
    return post, make.user("kader", at=post)


def counts(**options) -> dict[str, int]:
    """What is past its time, by kind; kinds with nothing are left out."""
    found: dict[str, int] = {}
    asked = {"today": TODAY, "write": False, "tell": lambda kind, count: found.update({kind.key: count})}
    with TestCase.captureOnCommitCallbacks(execute=True):
        apply_retention(**asked | options)
    return {key: count for key, count in found.items() if count}


def picture() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    content.seek(0)
    return content


def photo(post, kader, kept_at: datetime) -> Attachment:
    attachment = keep_photo(upload=picture(), posyandu=post, by=kader)
    all_of(Attachment).filter(pk=attachment.pk).update(kept_at=kept_at)
    return attachment


def receipt(post, kader, day):
    Submission.objects.create(
        key=uuid.uuid4(), user=kader, url_name="x", content_hash="x", issued_at=moment(day), received_at=moment(day)
    )


def tray(post, kader, day):
    KeptForm.objects.create(
        key=str(uuid.uuid4()), user=kader, path="/", url_name="x", content="nama=Siti", reason="tutup",
        place=post.path, kept_at=moment(day),
    )  # fmt: skip


def job(post, kader, day):
    row = Job.objects.create(user=kader, title="x", state=Job.State.DONE)
    Job.objects.filter(pk=row.pk).update(created_at=moment(day))


def attempt(post, kader, day):
    row = AccessAttempt.objects.create(username="siti", failures_since_start=1)
    AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=moment(day))


def trail(post, kader, day):
    Entry.objects.create(verb="lihat", model="resident", place=post.path, at=moment(day))


def trail_of_no_place(post, kader, day):
    Entry.objects.create(verb="masuk", model="user", place="", at=moment(day))


def asset_photo(post, kader, day):
    asset = add_asset(posyandu=post, form="air_minum_sarana", name="Sumur", by=kader, on=TODAY)
    AssetPhoto.objects.create(asset=asset, attachment=photo(post, kader, moment(day)), taken_on=day)


def sensitive(post, kader, day, state=Period.State.FINAL):
    person = make.resident(post, "Siti", birth_date=date(1985, 3, 4))
    all_of(Period).filter(posyandu=post).update(state=Period.State.DRAFT)
    encounter = start_encounter(kind="lain", posyandu=post, day=day, by=kader)
    save_record(encounter=encounter, form="srq20", subject=person, answers={"srq20_skor": 3}, by=kader)
    all_of(Period).filter(posyandu=post).update(state=state)


def ticket(post, kader, day, state="selesai") -> Ticket:
    row = open_ticket(
        posyandu=post,
        field="pekerjaan_umum",
        request_type="sumur",
        kind="aspirasi",
        by=kader,
        description="Sumur Siti kering",
        reporter_name="Siti",
        reporter_phone="0812",
        resident=make.resident(post, "Siti", age_months=400),
    )
    all_of(Ticket).filter(pk=row.pk).update(state=state, moved_on=day, done_on=day)
    return row


def gone(post, kader, day) -> Resident:
    family = make.household(post, "Slamet", address="Jalan Rahasia", phone="0812")
    person = make.resident(post, "Siti Rahayu", birth_date=date(1985, 3, 14), family=family, nik="3375034403850001")
    Consent.objects.create(resident=person, relation="sendiri", given_on=TODAY, recorded_by=kader)
    all_of(Residency).filter(resident=person).update(from_date=date(2016, 1, 1))
    residency = all_of(Residency).select_related("resident", "posyandu").get(resident=person)
    move_out(residency=residency, on=day, destination="Semarang", by=kader)
    return person


def bundle(post, kader, day):
    row = Bundle.objects.create(
        place="33.75.03", level="kecamatan", month=date(2000 + day.day, 1, 1), format="pdf", contents="x", inside=1,
        missing=0, filename="x", content_type="x", content=b"x", sha256="x", made_by=kader,
    )  # fmt: skip
    all_of(Bundle).filter(pk=row.pk).update(made_at=moment(day))


def coaching(post, kader, day) -> CoachingVisit:
    point = {
        "text": "Jadwal dipasang",
        "responsible": "Bu Siti",
        "due_on": day,
        "done_on": day,
        "done_note": "oleh Siti",
    }
    return add_visit(
        posyandu=post, by=kader, date=day, ready=["sk"], obstacles=["dana"], notes="Rumah Bu Siti", points=[point]
    )


def recheck(post, kader, day):
    encounter = start_encounter(kind="lain", posyandu=post, day=TODAY, by=kader)
    family = make.household(post, f"Slamet {day}")
    saved = save_record(encounter=encounter, form="rumah", subject=family, answers={"atap": "bocor"}, by=kader)
    sample, _ = all_of(Sample).get_or_create(
        posyandu=post, month=day.replace(day=1), defaults={"seed": "x", "candidates": 1, "drawn_by": kader}
    )
    item = SampledRecord.objects.create(sample=sample, record=saved.record)
    check_record(item=item, outcome="berbeda", remark="Atap Bu Siti baik", on=day, by=kader)


def grant(post, kader, day):
    give_grant(posyandu=post, user=kader, reason="Bu Siti bertanya", until=day, by=kader)


def account(post, kader, day) -> User:
    user = make.user("kader", at=post, phone=f"08{day:%y%m%d}", name="Bu Nur")
    user.set_pin("2580")
    user.save()
    all_of(User).filter(pk=user.pk).update(created_at=moment(date(2010, 1, 1)))
    all_of(Assignment).filter(user=user).update(from_date=date(2010, 1, 1), to_date=day)
    return user


PLACE = {"lokasi": "Balai RW 03"}


def named(post, kader, day, **who) -> Record:
    all_of(Period).filter(posyandu=post).update(state=Period.State.DRAFT)
    encounter = start_encounter(kind="lain", posyandu=post, day=day, by=kader)
    record = save_record(encounter=encounter, form="kie_gender", subject="KIE", answers=PLACE, by=kader).record
    add_participant(record=record, by=kader, **(who or {"name": "Siti", "sex": "P", "phone": "081234567890"}))
    all_of(Period).filter(posyandu=post).update(state=Period.State.FINAL)
    return record


CASES = [
    ("nomor_bukti", RECEIPTS, receipt),
    ("perlu_koreksi", TRAY, tray),
    ("pekerjaan", WORK, job),
    ("percobaan", WORK, attempt),
    ("jejak", TRAIL, trail),
    ("jejak", TRAIL, trail_of_no_place),
    ("jawaban_tertutup", SENSITIVE, sensitive),
    ("foto", PHOTOS, asset_photo),
    ("kode_lacak", CODES, ticket),
    ("laporan_warga", TICKETS, ticket),
    ("peserta_luar", VISITORS, named),
    ("warga", PEOPLE, gone),
    ("bundel", BUNDLES, bundle),
    ("pembinaan", COACHING, coaching),
    ("periksa_ulang", RECHECKS, recheck),
    ("izin_periksa", RECHECKS, grant),
    ("akun", ACCOUNTS, account),
]


@pytest.mark.parametrize(("key", "setting", "put"), CASES, ids=[f"{case[0]} {case[2].__name__}" for case in CASES])
def test_one_day_past_its_time_it_goes_and_one_day_before_it_stays(here, key, setting, put):
    put(*here, days(setting, older=False))
    assert key not in counts()
    put(*here, days(setting, older=True))
    assert counts()[key] == 1 and counts()[key] == 1, "counting takes nothing"
    counts(write=True)
    assert key not in counts() and not counts(write=True), "a second run finds nothing"
    note = Entry.objects.unscoped(reason=WHY).get(detail__masa_simpan=key)
    assert note.verb == "hapus" and note.detail["jumlah"] == 1


@pytest.mark.parametrize(("key", "setting", "put"), [case for case in CASES if case[1] not in (RECEIPTS, WORK)])
def test_a_district_may_keep_it_longer_from_a_day_on(here, key, setting, put):
    set_district_setting(
        area=Area.objects.get(pk=KOTA), setting=setting, value=600, valid_from=TODAY, source="arsip", by=None
    )
    put(*here, days(setting, older=True))
    assert key not in counts()


def test_what_stands_at_no_place_is_kept_as_long_as_the_district_that_keeps_longest(here):
    make.posyandu("Margo Utomo", "33.20.13.2004")
    receipt(*here, days(RECEIPTS, older=True))
    set_district_setting(
        area=Area.objects.get(pk="33.20"), setting=RECEIPTS, value=99, valid_from=TODAY, source="arsip", by=None
    )
    assert not counts()


def test_sessions_end_and_files_without_owner_go_after_a_day(here, settings):
    post, kader = here
    for hours in (-1, 1):
        Session.objects.create(session_key=str(hours), expire_date=timezone.now() + timedelta(hours=hours))
    photo(post, kader, timezone.now() - timedelta(hours=23))
    loose = photo(post, kader, timezone.now() - timedelta(hours=25))
    assert counts() == {"sesi": 1, "foto_lepas": 1}
    counts(write=True)
    assert not counts() and not (settings.MEDIA_ROOT / loose.name).exists() and all_of(Attachment).count() == 1


def test_answers_of_a_month_that_was_not_sent_stay_for_its_report(here):
    sensitive(*here, days(SENSITIVE, older=True), state=Period.State.DRAFT)
    assert not counts()


def test_of_sensitive_answers_no_history_is_left(here):
    sensitive(*here, days(SENSITIVE, older=True))
    assert Record.history.count() == 1
    counts(write=True)
    assert Record.history.count() == all_of(Record).count() == 0


def test_a_photo_goes_with_its_file_but_a_signed_scan_and_a_running_ticket_keep_theirs(here, settings):
    post, kader = here
    old = days(PHOTOS, older=True)
    asset_photo(post, kader, old)
    report = frozen(post)
    scan = keep_scan(upload=picture(), posyandu=post, by=kader)
    all_of(Attachment).filter(pk=scan.pk).update(kept_at=moment(old))
    SignedScan.objects.create(report=report, attachment=scan)
    running, done = ticket(post, kader, TODAY, state="diproses"), ticket(post, kader, TODAY)
    for row in (running, done):
        row.photos.create(attachment=photo(post, kader, moment(old)))
    assert counts() == {"foto": 2}
    counts(write=True)
    kept = {path.name for path in settings.MEDIA_ROOT.rglob("*.jpg")}
    assert kept == {scan.name.split("/")[-1], running.photos.get().attachment.name.split("/")[-1]}
    assert not all_of(AssetPhoto).exists() and not done.photos.exists()


def test_an_old_slip_leads_nowhere(here, client):
    row = ticket(*here, days(CODES, older=True))
    assert client.get(reverse("tickets:ticket_track", args=[row.code])).status_code == 200
    counts(write=True)
    assert client.get(reverse("tickets:ticket_track", args=[row.code])).status_code == 404
    new = all_of(Ticket).get().code
    assert client.get(reverse("tickets:ticket_track", args=[new])).status_code == 404, "nor does what took its place"


def test_an_old_ticket_keeps_its_number_and_state_and_loses_who_and_what(here):
    row = ticket(*here, days(TICKETS, older=True))
    row.joiners.create(name="Budi", added_by=here[1])
    counts(write=True)
    left = all_of(Ticket).get()
    assert (left.number, left.state, left.field, left.done_on) == (row.number, "selesai", row.field, left.moved_on)
    assert (left.description, left.reporter_name, left.reporter_phone, left.resident_id) == ("", "", "", None)
    assert not left.joiners.exists() and not left.transitions.exclude(note="").exists()


def test_a_ticket_that_runs_is_never_cleared(here):
    ticket(*here, days(TICKETS, older=True), state="diproses")
    assert not counts()


def test_of_who_left_long_ago_nothing_is_left_that_names_her(here):
    post, kader = here
    person = gone(post, kader, days(PEOPLE, older=True))
    encounter = start_encounter(kind="lain", posyandu=post, day=date(2017, 5, 5), by=kader)
    answers = {"gejala_sakit": "kata Siti Rahayu", "bb_kg": 9}
    save_record(encounter=encounter, form="kartu_balita", subject=person, answers=answers, by=kader)
    counts(write=True)
    person.refresh_from_db()
    assert (person.name, person.nik, person.nik_hash, person.phone) == (GONE_NAME, "", None, "")
    assert person.birth_date == date(1985, 3, 1), "her age is still known to the month"
    family = all_of(Household).get()
    assert (family.head_name, family.address, family.phone) == (GONE_NAME, "", "")
    assert not Consent.objects.unscoped(reason=WHY).exists()
    assert all_of(Residency).get().destination == ""
    assert all_of(Record).get().answers == {"bb_kg": 9}
    for model in (Resident, Household, Record):
        assert "Siti" not in str(list(model.history.values())) and "Slamet" not in str(list(model.history.values()))


@pytest.mark.parametrize(("form", "answers"), [("srq20", {"srq20_skor": 1}), ("kartu_dewasa_lansia", {"bb_kg": 50})])
def test_who_was_asked_or_measured_since_stays(here, form, answers):
    post, kader = here
    person = gone(post, kader, days(PEOPLE, older=True))
    encounter = start_encounter(kind="lain", posyandu=post, day=days(PEOPLE, older=False), by=kader)
    save_record(encounter=encounter, form=form, subject=person, answers=answers, by=kader)
    if form != "srq20":
        all_of(Record).delete()  # the measurement alone
    assert "warga" not in counts()


def test_an_activity_keeps_its_numbers_and_its_residents_when_who_came_from_elsewhere_goes(here):
    record = named(*here, days(VISITORS, older=True))
    all_of(Period).update(state=Period.State.DRAFT)
    add_participant(record=record, by=here[1], resident=make.resident(here[0], "Rini", age_months=400), groups=["anak"])
    counts(write=True)
    record.refresh_from_db()
    assert record.answers == PLACE | {"peserta": {"l": 0, "p": 2}, "kelompok_rentan": ["anak"]}
    assert [row.resident.name for row in record.participants.all()] == ["Rini"]


def test_who_was_named_at_an_activity_since_stays(here):
    person = gone(*here, days(PEOPLE, older=True))
    named(*here, days(PEOPLE, older=False), resident=person)
    assert "warga" not in counts()


def test_who_came_as_a_guest_since_stays(here):
    post, kader = here
    person = gone(post, kader, days(PEOPLE, older=True))
    encounter = start_encounter(kind="lain", posyandu=post, day=days(PEOPLE, older=False), by=kader)
    mark_present(encounter=encounter, resident_id=person.pk, by=kader, is_guest=True)
    assert not counts()


def test_a_household_stays_with_who_lives_there(here):
    post, kader = here
    person = gone(post, kader, days(PEOPLE, older=True))
    family = all_of(Residency).get(resident=person).household
    make.resident(post, "Budi", age_months=300, family=family)
    assert counts() == {"warga": 1}
    counts(write=True)
    family.refresh_from_db()
    assert family.head_name == "Slamet"


def frozen(post) -> MonthlyReport:
    report = MonthlyReport.objects.create(
        place=post.path, level="posyandu", month=date(2017, 5, 1), version=1, document="{}", sha256="x", posyandu=post
    )
    FrozenFigure.objects.create(report=report, place=post.path, month=report.month, key="x", value=7, state="diketahui")
    KeptFile.objects.create(report=report, format="pdf", filename="x", content_type="x", content=b"x", sha256="x")
    return report


def test_no_frozen_figure_moves(here):
    post, kader = here
    frozen(post)
    for _, setting, put in CASES:
        put(post, kader, days(setting, older=True))

    def kept():
        return [list(all_of(model).order_by("pk").values()) for model in (MonthlyReport, FrozenFigure, KeptFile)]

    before = kept()
    assert len(counts(write=True)) >= len({key for key, _, _ in CASES})
    assert kept() == before and not counts()


def test_every_period_is_a_dated_setting_of_the_district_with_its_source():
    from services.areas.settings import SETTINGS

    assert {kind.setting for kind in KINDS if kind.setting} == set(PERIODS)
    assert all(SETTINGS[setting.key] is setting and setting.source for setting in PERIODS)
    with pytest.raises(ValueError):
        TRAIL.check(11)


def test_it_stops_where_something_will_not_go(here, monkeypatch):
    receipt(*here, days(RECEIPTS, older=True))
    monkeypatch.setattr(retention, "_delete", lambda model, ids: None)
    with pytest.raises(RuntimeError, match="still there"):
        counts(write=True)


def test_the_command_counts_unless_told_to_write(here, capsys):
    receipt(*here, days(RECEIPTS, older=True))
    call_command("apply_retention")
    assert "Nomor bukti formulir: 1" in (told := capsys.readouterr().out) and "1 lewat masa simpan" in told
    call_command("apply_retention", "--dry-run")
    assert Submission.objects.count() == 1
    call_command("apply_retention", "--write")
    assert "1 dihapus" in capsys.readouterr().out and Submission.objects.count() == 0
    with pytest.raises(CommandError):
        call_command("apply_retention", "--write", "--dry-run")


def test_an_old_coaching_visit_keeps_what_was_agreed_and_loses_who(here):
    coaching(*here, days(COACHING, older=True))
    counts(write=True)
    left, point = all_of(CoachingVisit).get(), all_of(ActionPoint).get()
    assert (left.notes, left.ready, left.obstacles) == ("", ["sk"], ["dana"])
    assert (point.text, point.responsible, point.done_note) == ("Jadwal dipasang", "", "") and point.done_on
    assert "Siti" not in str(list(ActionPoint.history.values()))


def test_of_an_old_recheck_the_outcome_stays(here):
    recheck(*here, days(RECHECKS, older=True))
    grant(*here, days(RECHECKS, older=True))
    counts(write=True)
    assert (all_of(SampledRecord).get().outcome, all_of(SampledRecord).get().note) == ("berbeda", "")
    assert "Siti" not in str(list(SampledRecord.history.values())) and not all_of(RecheckGrant).exists()


def test_whoever_left_long_ago_cannot_enter_and_is_still_named_as_author(here):
    user = account(*here, days(ACCOUNTS, older=True))
    counts(write=True)
    user.refresh_from_db()
    assert (user.name, user.phone, user.pin, user.is_active) == ("Bu Nur", None, "", False)
    assert not user.has_usable_password()


def test_who_has_another_task_or_logged_in_since_keeps_her_account(here):
    post, _ = here
    busy, late = (account(post, None, days(ACCOUNTS, older=True) - timedelta(days=each)) for each in (0, 1))
    Assignment.objects.create(user=busy, role="kader", posyandu=post, from_date=date(2012, 1, 1))
    all_of(User).filter(pk=late.pk).update(last_login=timezone.now())
    assert not counts()
