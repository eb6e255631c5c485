"""Who came to an activity by name, on the phone and from paper.

open_days:participant_list, open_days:participant_new, open_days:participant_edit, open_days:participant_cancel,
open_days:participant_grid_edit
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.areas.actions import set_district_setting
from services.audit.models import Entry
from services.fields.queries import FORMS_IN_USE
from services.posyandu.models import Period
from services.records.models import Participant, Record
from services.records.resources import PEOPLE_ROWS
from services.web.models import KeptForm
from services.web.submissions import new_key
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class Here:
    def __init__(self):
        self.post = make.posyandu()
        self.kader = make.user("kader", at=self.post)
        self.day = make.open_day(self.post, TODAY, by=self.kader)
        area = make.area_tree()["33.75"]
        value = ("kie_gender",)
        set_district_setting(area=area, setting=FORMS_IN_USE, value=value, valid_from=TODAY, source="SK", by=None)

    def url(self, name, *args, **query):
        return reverse(f"open_days:{name}", args=args) + ("?" + "&".join(f"{k}={v}" for k, v in query.items()))

    def send(self, address, by=None, **fields):
        by = by or self.kader
        return make.client_for(by).post(address, {"submission_key": new_key(by), "base": "{}", **fields})

    def get(self, address, by=None, **more):
        return make.client_for(by or self.kader).get(address, **more)

    def activity(self, **answers):
        answers.setdefault("lokasi", "Balai RW 03")
        self.answer = self.send(self.url("activity_new", self.day.pk, "kie_gender"), **answers)
        return Record.objects.unscoped(reason="test").get()

    def text(self, record, **query):
        return self.get(self.url("participant_list", record.pk, **query)).content.decode()


@pytest.fixture
def here():
    return Here()


def people(record):
    rows = Participant.objects.unscoped(reason="test").filter(record=record).order_by("added_at", "pk")
    return [(row.resident.name if row.resident else row.name, row.groups) for row in rows.select_related("resident")]


def came(record):
    record.refresh_from_db()
    return record.answers.get("peserta")


def test_the_kader_finds_a_resident_by_first_letters_and_types_nothing_again(here):
    rini = make.resident(here.post, "Rini Astuti", birth_date=TODAY.replace(year=TODAY.year - 70), phone="081200001111")
    record = here.activity(lokasi="Balai RW 03")
    assert here.answer.url == reverse("open_days:participant_list", args=[record.pk])
    assert "Rini Astuti" in here.text(record, cari="rin")
    address = here.url("participant_new", record.pk, warga=rini.pk)
    form = here.get(address).context["form"]
    assert list(form.fields) == ["groups"] and form.initial == {"groups": ["lansia"]}
    answer = here.send(address, groups=["lansia", "kepala_perempuan"])
    assert (answer.status_code, answer.url) == (302, reverse("open_days:participant_list", args=[record.pk]))
    assert people(record) == [("Rini Astuti", ["lansia", "kepala_perempuan"])]
    page = here.text(record)
    assert "0 laki-laki, 1 perempuan" in page and "081200001111" in page
    assert "Lansia, Perempuan kepala keluarga" in page
    assert "belum tercatat dengan nama" in here.text(record, cari="rin")
    assert here.send(address, groups=["miskin"]).status_code == 409, "she is named already"


def test_htmx_gets_only_who_was_found(here):
    make.resident(here.post, "Rini", age_months=400)
    record = here.activity()
    answer = here.get(here.url("participant_list", record.pk, cari="ri"), headers={"HX-Request": "true"})
    assert "Rini" in answer.content.decode() and "<h1>" not in answer.content.decode()


def test_a_phone_is_asked_only_where_the_file_has_none_and_goes_there(here):
    budi = make.resident(here.post, "Budi", sex="L", age_months=400)
    record = here.activity()
    assert here.send(here.url("participant_new", record.pk, warga=budi.pk), phone="12").status_code == 422
    here.send(here.url("participant_new", record.pk, warga=budi.pk), phone="0812 3456 7890")
    budi.refresh_from_db()
    assert budi.phone == "081234567890"
    assert came(record) == {"l": 1, "p": 0}


def test_the_same_form_twice_is_one_participant_and_one_receipt(here):
    record, address = here.activity(), None
    address = here.url("participant_new", record.pk)
    body = {"submission_key": new_key(here.kader), "name": "Siti Luar", "sex": "P", "phone": "", "groups": ["anak"]}
    for _ in range(2):
        assert make.client_for(here.kader).post(address, body).status_code == 302
    assert people(record) == [("Siti Luar", ["anak"])] and came(record) == {"l": 0, "p": 1}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "", "sex": "P"}, "name"),
        ({"name": "Siti", "sex": ""}, "sex"),
        ({"name": "Siti", "sex": "X"}, "sex"),
        ({"name": "Siti", "sex": "P", "phone": "abc"}, "phone"),
        ({"name": "Siti", "sex": "P", "groups": ["bukan"]}, "groups"),
        ({"name": "Siti", "sex": "P", "groups": ["tidak_ada", "anak"]}, "groups"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_keeps_what_was_typed(here, fields, field):
    record = here.activity()
    answer = here.send(here.url("participant_new", record.pk), **fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["name"].value() == fields["name"]
    assert people(record) == []


def test_a_mistake_is_corrected_or_taken_away_and_the_numbers_follow(here):
    record = here.activity()
    here.send(here.url("participant_new", record.pk), name="Siti", sex="P", phone="")
    one = Participant.objects.unscoped(reason="test").get()
    assert here.get(here.url("participant_edit", one.pk)).context["form"].initial["name"] == "Siti"
    here.send(here.url("participant_edit", one.pk), name="Sidik", sex="L", phone="", groups=["lansia"])
    assert people(record) == [("Sidik", ["lansia"])] and came(record) == {"l": 1, "p": 0}
    assert here.get(here.url("participant_cancel", one.pk)).status_code == 200
    assert here.send(here.url("participant_cancel", one.pk)).status_code == 302
    assert people(record) == [] and came(record) is None
    verbs = [entry.verb for entry in Entry.objects.unscoped(reason="test").filter(model="participant").order_by("at")]
    assert verbs == ["buat", "ubah", "hapus"]


def test_more_came_than_are_named_and_never_fewer(here):
    record = here.activity(peserta_l="4", peserta_p="21")
    here.send(here.url("participant_new", record.pk), name="Siti", sex="P", phone="")
    assert came(record) == {"l": 4, "p": 21}
    assert "1 sudah ditulis namanya, 24 belum" in here.text(record)
    address = here.url("activity_edit", record.pk)
    shown = here.get(address).context["sheet"].base
    answer = here.send(address, base=shown, peserta_l="4", peserta_p="0")
    assert answer.status_code == 422 and "tidak boleh kurang" in answer.content.decode()
    assert came(record) == {"l": 4, "p": 21}


def grid(**lines):
    return {f"p{line[1:]}-{name}": value for line, row in lines.items() for name, value in row.items()}


def test_the_paper_is_typed_back_in_its_order(here):
    rini = make.resident(here.post, "Rini Astuti", age_months=400)
    record = here.activity()
    address = here.url("participant_grid_edit", record.pk)
    page = here.get(address).content.decode()
    heads = [page.index(f">{word}</th>") for word in ("No", "Nama", "JK", "HP", "Kelompok rentan")]
    assert heads == sorted(heads) and page.count('name="p') == PEOPLE_ROWS * (3 + 6)
    fields = grid(
        n1={"name": "Siti Luar", "sex": "P", "phone": "0812 3456 7890", "groups": ["miskin"]},
        n2={"name": "rini astuti", "sex": "", "phone": "081111112222"},
        n4={"name": "Budi", "sex": "L"},
    )
    assert here.send(address, **fields).status_code == 302
    assert people(record) == [("Siti Luar", ["miskin"]), ("Rini Astuti", []), ("Budi", [])]
    rini.refresh_from_db()
    assert rini.phone == "081111112222" and came(record) == {"l": 1, "p": 2}


@pytest.mark.parametrize(
    ("line", "status", "cell"),
    [
        ({"name": "Siti", "sex": ""}, 422, "sex"),
        ({"name": "", "sex": "L"}, 422, "name"),
        ({"name": "Kembar", "sex": "P"}, 422, "name"),
        ({"name": "Budi", "sex": "L", "phone": "x"}, 422, "phone"),
        ({"name": "Rini", "sex": ""}, 409, "name"),
    ],
)
def test_a_line_that_is_wrong_holds_back_the_page_and_loses_nothing(here, line, status, cell):
    for name in ("Rini", "Kembar", "Kembar"):
        make.resident(here.post, name, age_months=400)
    record = here.activity()
    answer = here.send(here.url("participant_grid_edit", record.pk), **grid(n1={"name": "Rini"}, n2=line))
    assert answer.status_code == status
    row = answer.context["form"].rows[1]
    assert list(row.errors) == [cell] and row["name"].value() == line["name"]
    assert people(record) == []
    assert here.send(here.url("participant_grid_edit", record.pk)).status_code == 422, "an empty page"


def test_a_sent_month_answers_409_and_keeps_what_was_typed(here):
    record = here.activity()
    here.send(here.url("participant_new", record.pk), name="Siti", sex="P", phone="")
    one = Participant.objects.unscoped(reason="test").get()
    Period.objects.unscoped(reason="test").filter(posyandu=here.post).update(state="diajukan")
    typed = {"name": "Budi", "sex": "L", "phone": ""}
    assert here.send(here.url("participant_new", record.pk), **typed).status_code == 409
    assert KeptForm.objects.count() == 1
    assert here.send(here.url("participant_edit", one.pk), **typed).status_code == 409
    assert here.send(here.url("participant_cancel", one.pk)).status_code == 409
    assert here.send(here.url("participant_grid_edit", record.pk), **grid(n1=typed)).status_code == 409
    assert people(record) == [("Siti", [])]


def test_a_closed_day_is_opened_again_first(here):
    record = here.activity()
    type(here.day).objects.unscoped(reason="test").update(
        state="selesai", closed_by=here.kader, closed_at=timezone.now()
    )
    answer = here.send(here.url("participant_new", record.pk), name="Siti", sex="P", phone="")
    assert answer.status_code == 409 and people(record) == []


def test_strangers_other_fields_and_other_forms_find_nothing(here):
    record = here.activity()
    here.send(here.url("participant_new", record.pk), name="Siti Luar", sex="P", phone="081234567890")
    one = Participant.objects.unscoped(reason="test").get()
    other = make.posyandu("Margo Utomo", "33.20.13.2004")
    stranger = make.resident(other, "Rahasia Sekali", age_months=400)
    outside = (make.user("kader", at=other), make.user("kader", at=here.post, field="pendidikan"))
    pages = [here.url(name, record.pk) for name in ("participant_list", "participant_new", "participant_grid_edit")]
    pages += [here.url(name, one.pk) for name in ("participant_edit", "participant_cancel")]
    pages.append(reverse("records:participant_list_download", args=[record.pk]))
    for by in outside:
        assert {here.get(address, by=by).status_code for address in pages} == {404}
    assert {here.get(address, by=make.user("kecamatan", at="33.75.03")).status_code for address in pages} == {403}
    for asked in (stranger.pk, "x"):
        assert here.get(here.url("participant_new", record.pk, warga=asked)).status_code == 404
    assert "Rahasia" not in here.text(record, cari="rahasia").split("</form>")[-1]
    plain = Record.objects.create(
        encounter=here.day.encounter, author=here.kader, registry_version="1", form="penyuluhan_sosial",
        field="sosial", shape="ACTIVITY", activity="Penyuluhan", recorded_on=here.day.date,
    )  # fmt: skip
    assert here.get(here.url("participant_list", plain.pk)).status_code == 404


def test_a_long_list_asks_no_more_of_the_database(here):
    record = here.activity()
    for number in range(12):
        who = make.resident(here.post, f"Warga {number}", age_months=400)
        Participant.objects.create(record=record, resident=who, added_by=here.kader)
    make.resident(here.post, "Warga Baru", age_months=400)
    address, client = here.url("participant_list", record.pk, cari="warga"), make.client_for(here.kader)
    client.get(address)
    with at_most(22):
        assert "Warga Baru" in client.get(address).content.decode()
