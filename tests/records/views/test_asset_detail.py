"""A thing of the place: listed with its last condition, looked at and photographed, moved, no longer in use.

records:asset_list, records:asset_new, records:asset_edit, records:asset_record_edit, records:asset_retire,
records:asset_photo_new, records:asset_photo_detail
"""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from services.files.models import Attachment
from services.posyandu.models import Period
from services.records.actions import add_asset, encounter_elsewhere, save_record
from services.records.models import Asset, Encounter, Record
from services.web.submissions import new_key
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(here):
    since = here.today - timedelta(days=400)
    return add_asset(posyandu=here.post, form="sumur", name="Sumur RT 02", rt="02", by=here.kader, on=since)


def look(here, well, day, **answers):
    encounter = encounter_elsewhere(posyandu=here.post, day=day, by=here.kader)
    return save_record(encounter=encounter, form="sumur", subject=well, answers=answers, by=here.kader)


def get(by, page, /, *args, **query):
    return make.client_for(by).get(reverse(f"records:{page}", args=args), query)


def send(by, page, /, *args, **fields):
    body = {"submission_key": new_key(by), **fields}
    return make.client_for(by).post(reverse(f"records:{page}", args=args), body)


def test_its_condition_over_time_is_told_newest_first(here, well):
    look(here, well, here.today - timedelta(days=200), kondisi_sumur="baik")
    look(here, well, here.today, kondisi_sumur="kering", risiko_sanitasi="tinggi")
    text = get(here.kader, "asset_detail", well.pk).content.decode()
    assert text.index("Kering") < text.index("Baik")
    assert "Sumur rusak berat atau kering" in text


def test_the_list_shows_the_last_condition_of_each_thing(here, well):
    look(here, well, here.today - timedelta(days=40), kondisi_sumur="baik")
    look(here, well, here.today, kondisi_sumur="rusak_berat")
    add_asset(posyandu=here.post, form="sumur", name="Sumur RT 05", by=here.kader, on=here.today)
    answer = get(here.kader, "asset_list", jenis="sumur")
    rows = {row.asset.name: row.told and row.told.line for row in answer.context["shown"].rows}
    assert rows == {"Sumur RT 02": "Rusak berat", "Sumur RT 05": None}
    assert "Keadaan belum didata" in answer.content.decode()


def test_the_list_costs_the_same_for_more_things(here, well):
    client = make.client_for(here.kader)
    for number in range(6):
        thing = add_asset(posyandu=here.post, form="sumur", name=f"Sumur {number}", by=here.kader, on=here.today)
        look(here, thing, here.today, kondisi_sumur="baik")
    with at_most(14):
        client.get(reverse("records:asset_list"))


def test_its_condition_is_recorded_today_without_an_open_day(here, well):
    assert send(here.kader, "asset_record_edit", well.pk, kondisi_sumur="baik", base="{}").status_code == 302
    record = Record.objects.unscoped(reason="test").get()
    assert (record.encounter.kind, record.encounter.date) == (Encounter.Kind.OTHER, here.today)
    page = get(here.kader, "asset_record_edit", well.pk)
    assert page.context["sheet"].page.answers == {"kondisi_sumur": "baik"}


def test_an_invalid_answer_is_422_and_makes_no_encounter(here, well):
    answer = send(here.kader, "asset_record_edit", well.pk, kk_pemakai_sumur="banyak", base="{}")
    assert answer.status_code == 422
    assert not Encounter.objects.unscoped(reason="test").exists()


def test_a_sent_month_takes_no_condition(here, well):
    Period.objects.create(posyandu=here.post, month=here.today.replace(day=1), state="diajukan")
    assert send(here.kader, "asset_record_edit", well.pk, kondisi_sumur="baik", base="{}").status_code == 409
    assert not Record.objects.unscoped(reason="test").exists()


def test_a_thing_is_added_with_the_place_of_the_phone(here):
    fields = {"name": "Sumur RT 03", "latitude": "-6.88710", "longitude": "109.67530"}
    assert send(here.kader, "asset_new", "sumur", **fields).status_code == 302
    well = Asset.objects.unscoped(reason="test").get()
    assert (well.form, str(well.latitude), str(well.longitude)) == ("sumur", "-6.88710", "109.67530")


def test_half_a_place_is_no_place(here, well):
    assert send(here.kader, "asset_edit", well.pk, name="Sumur Baru", latitude="-6.9").status_code == 302
    well.refresh_from_db()
    assert (well.name, well.latitude, well.longitude) == ("Sumur Baru", None, None)


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "X", "latitude": "91", "longitude": "0"}])
def test_an_invalid_thing_is_422(here, well, fields):
    assert send(here.kader, "asset_edit", well.pk, **fields).status_code == 422


def test_a_thing_that_is_no_more_leaves_the_list_and_keeps_its_history(here, well):
    look(here, well, here.today, kondisi_sumur="kering")
    assert send(here.kader, "asset_retire", well.pk, on=here.today.isoformat(), because="Ditutup").status_code == 302
    assert not get(here.kader, "asset_list").context["shown"].rows
    text = get(here.kader, "asset_detail", well.pk).content.decode()
    assert "Ditutup" in text
    assert "Kering" in text


@pytest.mark.parametrize("days", [1, -500])
def test_a_thing_cannot_end_tomorrow_or_before_it_began(here, well, days):
    day = here.today + timedelta(days=days)
    assert send(here.kader, "asset_retire", well.pk, on=day.isoformat(), because="Ditutup").status_code == 422


@pytest.mark.parametrize("page", ["asset_detail", "asset_edit", "asset_retire", "asset_record_edit", "asset_photo_new"])
def test_another_places_thing_is_404(here, well, page):
    assert get(here.stranger, page, well.pk).status_code == 404


def test_the_kelurahan_looks_and_does_not_write(here, well):
    assert get(here.officer, "asset_detail", well.pk).status_code == 200
    assert get(here.officer, "asset_edit", well.pk).status_code == 403


def test_a_kader_bound_to_one_field_sees_no_other_fields_thing(here, well):
    bound = make.user("kader", at=here.post, field="pendidikan")
    assert get(bound, "asset_detail", well.pk).status_code == 404
    assert not get(bound, "asset_list").context["shown"].rows


def photo(content: bytes = b"", name: str = "sumur.jpg") -> SimpleUploadedFile:
    if not content:
        exif = Image.Exif()
        exif[0x010E] = "RT 02"  # a phone writes more than pixels
        kept = io.BytesIO()
        Image.new("RGB", (2400, 1800), "brown").save(kept, "JPEG", exif=exif)
        content = kept.getvalue()
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


@pytest.fixture
def photos(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_photos_stand_in_its_history_on_the_day_they_were_taken(here, well, photos):
    before = here.today - timedelta(days=40)
    look(here, well, here.today, kondisi_sumur="baik")
    for day in (before, here.today):
        assert send(here.kader, "asset_photo_new", well.pk, photo=photo(), on=day.isoformat()).status_code == 302
    history = get(here.kader, "asset_detail", well.pk).context["history"]
    assert [(each.on, bool(each.told), len(each.photos)) for each in history] == [
        (here.today, True, 1),
        (before, False, 1),
    ]


def test_a_photo_is_made_small_without_its_notes_and_is_private(here, well, photos):
    send(here.kader, "asset_photo_new", well.pk, photo=photo(), on=here.today.isoformat())
    kept = well.photos.get()
    shown = get(here.officer, "asset_photo_detail", well.pk, kept.pk)
    picture = Image.open(io.BytesIO(shown.content))
    assert (max(picture.size), dict(picture.getexif()), shown["Cache-Control"]) == (1600, {}, "no-store")
    assert get(here.stranger, "asset_photo_detail", well.pk, kept.pk).status_code == 404
    bound = make.user("kader", at=here.post, field="pendidikan")
    assert get(bound, "asset_photo_detail", well.pk, kept.pk).status_code == 404
    attachment = make.client_for(here.kader).get(reverse("files:attachment_detail", args=[kept.attachment_id]))
    assert attachment.status_code == 404


@pytest.mark.parametrize(
    "content, name",
    [
        (b"%PDF-1.7 x", "sumur.jpg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "sumur.jpg"),
        (b"PK\x03\x04 zip", "sumur.png"),
        (b"text", "sumur.jpg"),
    ],
)
def test_what_is_no_photo_is_422_and_nothing_is_kept(here, well, photos, content, name):
    answer = send(here.kader, "asset_photo_new", well.pk, photo=photo(content, name), on=here.today.isoformat())
    assert answer.status_code == 422
    assert not Attachment.objects.unscoped(reason="test").exists()


def test_a_photo_of_tomorrow_or_of_a_sent_month_is_refused(here, well, photos):
    tomorrow = here.today + timedelta(days=1)
    assert send(here.kader, "asset_photo_new", well.pk, photo=photo(), on=tomorrow.isoformat()).status_code == 422
    assert send(here.kader, "asset_photo_new", well.pk, photo=photo(), on="0026-11-01").status_code == 422
    Period.objects.create(posyandu=here.post, month=here.today.replace(day=1), state="diajukan")
    assert send(here.kader, "asset_photo_new", well.pk, photo=photo(), on=here.today.isoformat()).status_code == 409
    assert not Attachment.objects.unscoped(reason="test").exists()
