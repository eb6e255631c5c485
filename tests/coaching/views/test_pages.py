"""The Tim Pembina's work, page by page: coaching:visit_list visit_new visit_detail photo_detail point_close, samples,
meetings. Addresses by their full names: coaching:visit_list, coaching:visit_new, coaching:visit_detail,
coaching:photo_detail, coaching:point_close, coaching:sample_list, coaching:sample_new, coaching:sample_detail,
coaching:sampled_record_edit, coaching:grant_new, coaching:meeting_list, coaching:meeting_new, coaching:meeting_detail,
coaching:meeting_download, coaching:decision_new, coaching:decision_close, coaching:decision_edit,
coaching:plan_list, coaching:plan_new, coaching:plan_edit."""

import io
import re
import subprocess
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from services.areas import clock
from services.areas.models import Office
from services.areas.scope import Scope
from services.audit.models import Entry
from services.coaching.models import ActionPoint, CoachingVisit, Decision, Meeting, PlanItem, Sample, SampledRecord
from services.coaching.queries import material_of
from services.fields import registry
from services.posyandu.models import Period
from services.records.actions import save_record
from services.reports.models import MonthNarrative
from services.web.rules import month_text
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MONTH = clock.previous_month(clock.month_of(TODAY))


@pytest.fixture
def post():
    return make.posyandu()


@pytest.fixture
def lurah(post):
    return make.client_for(make.user("lurah", at="33.75.03.1003"))


def every(model):
    return model.objects.unscoped(reason="test")


def send(browser, page, *args, **values):
    url = reverse(f"coaching:{page}", args=args)
    return browser.post(url, {**values, "submission_key": browser.get(url).context["submission_key"]})


def visit(browser, post, **values):
    values = {"posyandu": post.pk, "date": TODAY, "ready": ["sk", "alat"], "obstacles": ["dana"], **values}
    return send(browser, "visit_new", **values)


def seven_records(post):
    kader = make.user("kader", at=post)
    day = make.open_day(post, MONTH.replace(day=12), by=kader)
    for number in range(7):
        person = make.resident(post, f"Warga {number}", age_months=400)
        make.present(day, person, by=kader)
        save_record(
            encounter=day.encounter, form="kartu_dewasa_lansia", subject=person, answers={"bb_kg": 60}, by=kader
        )


def test_a_visit_keeps_readiness_and_agreements_until_they_are_done(lurah, post):
    point = {"text_1": "Ganti timbangan", "responsible_1": "Ketua", "due_on_1": TODAY - timedelta(days=1)}
    assert visit(lurah, post, **point).status_code == 302
    kept = every(CoachingVisit).get()
    assert "Ganti timbangan" in lurah.get(reverse("coaching:visit_list")).content.decode()
    text = lurah.get(reverse("coaching:visit_detail", args=[kept.pk])).content.decode()
    assert "lewat" in text and "Dana operasional kurang" in text
    assert send(lurah, "point_close", every(ActionPoint).get().pk, done_on=TODAY, remark="Sudah").status_code == 302
    assert "Tidak ada kesepakatan yang terbuka" in lurah.get(reverse("coaching:visit_list")).content.decode()


@pytest.mark.parametrize("wrong", [{"date": TODAY + timedelta(days=1)}, {"text_1": "Tanpa siapa"}])
def test_a_visit_ahead_or_an_agreement_without_owner_is_422(lurah, post, wrong):
    assert visit(lurah, post, **wrong).status_code == 422 and not every(CoachingVisit).exists()


def test_a_photo_is_kept_and_seen_by_who_coaches_the_post(lurah, post, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "brown").save(kept, "JPEG")
    assert visit(lurah, post, photo=SimpleUploadedFile("a.jpg", kept.getvalue(), "image/jpeg")).status_code == 302
    url = reverse("coaching:photo_detail", args=[every(CoachingVisit).get().pk])
    assert lurah.get(url)["Content-Type"] == "image/jpeg"
    assert make.client_for(make.user("kota", at="33.20")).get(url).status_code == 404


def test_a_sample_is_drawn_once_re_checked_by_name_and_its_agreement_reported(lurah, post):
    seven_records(post)
    assert send(lurah, "sample_new", posyandu=post.pk, month=MONTH).status_code == 302
    assert send(lurah, "sample_new", posyandu=post.pk, month=MONTH).status_code == 422
    sample, items = every(Sample).get(), list(every(SampledRecord))
    assert (sample.candidates, len(items)) == (7, 5)
    for item, outcome in zip(items, ("cocok", "cocok", "cocok", "berbeda"), strict=False):
        assert send(lurah, "sampled_record_edit", item.pk, outcome=outcome).status_code == 302
    text = lurah.get(reverse("coaching:sample_detail", args=[sample.pk])).content.decode()
    assert "3 dari 4 cocok" in text and "1 menunggu" in text and sample.seed in text and "Warga" in text
    assert "3 dari 4 cocok" in lurah.get(reverse("coaching:sample_list")).content.decode()


def test_a_record_is_re_checked_in_the_words_of_its_form(lurah, post):
    kader = make.user("kader", at=post)
    day = make.open_day(post, MONTH.replace(day=12), by=kader)
    person = make.resident(post, "Warga", age_months=800)
    make.present(day, person, by=kader)
    answers = {"td": {"sistol": 120, "diastol": 80}, "bb_kg": 51.2, "edukasi": ["lansia_mandiri"]}
    save_record(encounter=day.encounter, form="kartu_dewasa_lansia", subject=person, answers=answers, by=kader)
    send(lurah, "sample_new", posyandu=post.pk, month=MONTH)
    url = reverse("coaching:sampled_record_edit", args=[every(SampledRecord).get().pk])
    text = lurah.get(url).content.decode()
    assert "51,2 kg" in text and "120/80 mmHg" in text and "lansia_mandiri" not in text
    assert registry.form("kartu_dewasa_lansia").title in text
    assert month_text(MONTH) in lurah.get(reverse("coaching:sample_new")).content.decode()


def test_a_month_without_records_gives_no_sample(lurah, post):
    assert send(lurah, "sample_new", posyandu=post.pk, month=MONTH).status_code == 422


def test_names_are_seen_above_only_by_a_grant_that_ends_and_is_logged(lurah, post):
    seven_records(post)
    kota_user = make.user("kota", at="33.75", username="inggit")
    kota = make.client_for(kota_user)
    send(kota, "sample_new", posyandu=post.pk, month=MONTH)
    sample, item = every(Sample).get(), every(SampledRecord).first()
    detail, record = (
        reverse("coaching:sample_detail", args=[sample.pk]),
        reverse("coaching:sampled_record_edit", args=[item.pk]),
    )
    assert "Warga" not in kota.get(detail).content.decode() and kota.get(record).status_code == 403
    grant = {"username": "inggit", "reason": "Pembinaan triwulan", "until": TODAY + timedelta(days=3)}
    assert send(lurah, "grant_new", post.pk, **{**grant, "until": TODAY + timedelta(days=40)}).status_code == 422
    assert send(lurah, "grant_new", post.pk, **{**grant, "username": "tidak.ada"}).status_code == 422
    assert send(lurah, "grant_new", post.pk, **grant).status_code == 302
    assert "Warga" in kota.get(detail).content.decode() and kota.get(record).status_code == 200
    listed = lurah.get(detail).content.decode()
    assert "Izin yang berlaku" in listed and "Pembinaan triwulan" in listed, "seen by who allowed it"
    assert Entry.objects.unscoped(reason="test").filter(model="recheckgrant", reason="Pembinaan triwulan").exists()
    grants = post.recheck_grants.get()
    grants.until = TODAY - timedelta(days=1)
    grants.save(update_fields=["until"])
    assert kota.get(record).status_code == 403


def test_a_meeting_has_its_material_its_decisions_and_next_years_plan(lurah, post):
    office = Office.objects.create(area_id="33.75", name="Dinas PU")
    visit(lurah, post, text_1="Ganti timbangan", responsible_1="Ketua", due_on_1=TODAY)
    fields = {"area": "33.75.03.1003", "date": TODAY, "agenda": "Rakor bulanan"}
    assert send(lurah, "meeting_new", **fields).status_code == 302
    meeting = every(Meeting).get()
    assert meeting.month == MONTH
    assert send(lurah, "decision_new", meeting.pk, text="Perbaiki sumur", due_on=TODAY).status_code == 422
    decision = {"text": "Perbaiki sumur", "due_on": TODAY, "office": office.pk}
    assert send(lurah, "decision_new", meeting.pk, **decision).status_code == 302
    plan = {"area": "33.75.03.1003", "year": TODAY.year + 1, "text": "Pelatihan kader", "funding": "APBD"}
    assert send(lurah, "plan_new", **plan).status_code == 302
    assert every(PlanItem).get().area_id == "33.75.03.1003"
    assert "Pelatihan kader" in lurah.get(reverse("coaching:plan_list")).content.decode()
    paper = lurah.get(reverse("coaching:meeting_download", args=[meeting.pk]))
    assert paper.content.startswith(b"%PDF") and paper["Cache-Control"] == "no-store"
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper.content, capture_output=True, check=True)
    words = re.sub(r"\s+", " ", told.stdout.decode())
    for said in (
        "PEMERINTAH KOTA PEKALONGAN KECAMATAN PEKALONGAN UTARA KELURAHAN KANDANG PANJANG",
        "Kehadiran menurut kelompok",
        "Dana operasional kurang 0 1",
        "Ketua bidang Pendidikan di 1 posyandu",
        "Kencana Ungu Ganti timbangan Ketua, ",
        "Perbaiki sumur Dinas PU, paling lambat",
        f"Rencana tahun {TODAY.year + 1}",
        "Pelatihan kader",
        "Lurah Kandang Panjang",
    ):
        assert said in words, said
    assert send(lurah, "decision_close", every(Decision).get().pk, done_on=TODAY).status_code == 302
    text = lurah.get(reverse("coaching:meeting_detail", args=[meeting.pk])).content.decode()
    assert "Perbaiki sumur" in text and "selesai" in text and "Dinas PU" in text
    assert "Rakor bulanan" in lurah.get(reverse("coaching:meeting_list")).content.decode()


def test_another_kelurahan_sees_nothing_of_it(lurah, post):
    visit(lurah, post)
    other = make.client_for(make.user("lurah", at="33.20.13.2004"))
    assert other.get(reverse("coaching:visit_detail", args=[every(CoachingVisit).get().pk])).status_code == 404
    assert "Kencana Ungu" not in other.get(reverse("coaching:visit_list")).content.decode()


def test_a_decision_and_a_plan_are_put_right_and_only_ones_own(lurah, post):
    send(lurah, "meeting_new", area="33.75.03.1003", date=TODAY, agenda="Rakor")
    office = Office.objects.create(area_id="33.75", name="Dinas PU")
    send(lurah, "decision_new", every(Meeting).get().pk, text="Perbaiki sumr", due_on=TODAY, office=office.pk)
    decision = every(Decision).get()
    assert send(lurah, "decision_edit", decision.pk, text="", due_on=TODAY, office=office.pk).status_code == 422
    assert send(lurah, "decision_edit", decision.pk, text="Sumur", due_on=TODAY, office=office.pk).status_code == 302
    assert every(Decision).get().text == "Sumur" and Decision.history.last().text == "Perbaiki sumr"
    plan = {"area": "33.75.03.1003", "year": TODAY.year + 1, "text": "Pelatihn kader", "field": "sosial"}
    send(lurah, "plan_new", **plan)
    item = every(PlanItem).get()
    assert send(lurah, "plan_edit", item.pk, **{**plan, "text": "Pelatihan kader"}).status_code == 302
    assert every(PlanItem).get().text == "Pelatihan kader"
    listed = lurah.get(reverse("coaching:plan_list")).content.decode()
    assert reverse("coaching:plan_edit", args=[item.pk]) in listed and "Sosial" in listed
    kota = make.client_for(make.user("kota", at="33.75"))
    send(kota, "plan_edit", item.pk, **{**plan, "area": "33.75", "funding": "APBD"})
    assert (every(PlanItem).get().area_id, every(PlanItem).get().funding) == ("33.75.03.1003", "APBD"), (
        "whose it is stays"
    )
    elsewhere = make.client_for(make.user("kota", at="33.20"))
    assert elsewhere.get(reverse("coaching:plan_edit", args=[item.pk])).status_code == 404
    send(lurah, "decision_close", decision.pk, done_on=TODAY)
    assert lurah.get(reverse("coaching:decision_edit", args=[decision.pk])).status_code == 404


def test_a_meetings_material_counts_obstacles_and_tells_proposals(lurah, post):
    visit(lurah, post, obstacles=["dana", "alat"])
    send(lurah, "meeting_new", area="33.75.03.1003", date=TODAY, agenda="Rakor")
    meeting = every(Meeting).select_related("area").get()
    period = every(Period).create(posyandu=post, month=meeting.month)
    other = make.posyandu("Melati", "33.75.03.1004")
    elsewhere = every(Period).create(posyandu=other, month=meeting.month)
    for each, codes in ((period, ["alat_rusak", "hujan"]), (elsewhere, ["hujan"])):
        MonthNarrative.objects.create(
            period=each, obstacles=codes, proposals="Tambah alat", changed_by=make.user("ketua", at=each.posyandu)
        )
    material = material_of(meeting, Scope(None, frozenset([post.pk]), ("33.75.03.1003",)))
    assert material.obstacles == (
        ("Alat rusak atau kurang", 1, 1),
        ("Dana operasional kurang", 0, 1),
        ("Hujan/cuaca buruk", 1, 0),
    )
    assert material.proposals == (("Kencana Ungu", "Tambah alat"),)
