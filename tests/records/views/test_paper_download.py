"""Papers to write on: every form that is not a health card, blank and with names. records:paper_list"""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from services.areas.actions import set_district_setting
from services.areas.scope import Scope
from services.audit.models import Entry
from services.fields import registry
from services.fields.queries import FORMS_IN_USE
from services.records.actions import add_asset, encounter_elsewhere, save_record
from services.records.queries import filled_in, names_for_paper
from services.records.resources import answer_cells, columns_of, subject_columns
from services.records.views import papers
from tests import factories as make

pytestmark = pytest.mark.django_db
PAPERS = [spec for spec in registry.forms_for() if spec.field != "kesehatan"]


def use(here, *forms):
    area, since = make.area_tree()["33.75"], here.today
    set_district_setting(area=area, setting=FORMS_IN_USE, value=forms, valid_from=since, source="SK", by=None)


def get(by, post, form="rumah", **query):
    return make.client_for(by).get(reverse("records:paper_download", args=[post.pk, form]), query)


@pytest.mark.parametrize("spec", PAPERS, ids=[spec.key for spec in PAPERS])
def test_every_form_of_the_five_fields_prints_on_one_page_when_blank(here, spec):
    use(here, spec.key)
    answer = get(here.kader, here.post, spec.key)
    assert answer["Content-Type"] == "application/pdf"
    assert len(pikepdf.open(BytesIO(answer.content)).pages) == 1
    assert [column.label for column in columns_of(spec)] == [question.label for question in spec.questions]


def test_names_stand_in_the_order_of_the_paper_and_taking_them_is_remembered(here):
    for head, rt in (("Budi", "02"), ("Slamet", "01")):
        make.resident(here.post, "Anak", family=make.household(here.post, head, rt=rt))
    make.household(here.post, "Kosong")
    answer = get(here.kader, here.post, nama="1")
    assert "bernama" in answer["Content-Disposition"]
    entry = Entry.objects.unscoped(reason="test").get(verb="unduh")
    assert (entry.user, entry.detail) == (here.kader, {"form": "rumah", "nama": 2})
    scope = Scope(here.kader.pk, frozenset({here.post.pk}))
    rows = names_for_paper(registry.form("rumah"), here.post, scope, here.today)
    assert [name for name, _ in rows] == ["Slamet", "Budi"]
    assert names_for_paper(registry.form("rumah"), here.post, scope, here.today, rt="02")[0][0] == "Budi"


def test_people_are_those_the_form_is_about_and_never_a_nik(here):
    make.resident(here.post, "Balita Contoh", age_months=30, nik="3375031005249001")
    make.resident(here.post, "Ibu Contoh", age_months=400)
    scope = Scope(here.kader.pk, frozenset({here.post.pk}))
    rows = names_for_paper(registry.form("anak_usia_dini"), here.post, scope, here.today)
    assert [row[0] for row in rows] == ["Balita Contoh"]
    assert "3375" not in str(rows)


def write(here, form, subject, day, **answers):
    encounter = encounter_elsewhere(posyandu=here.post, day=day, by=here.kader)
    save_record(encounter=encounter, form=form, subject=subject, answers=answers, by=here.kader)


def filled(here, form, month):
    scope = Scope(here.kader.pk, frozenset({here.post.pk}))
    spec = registry.form(form)
    return [(*one.columns, *answer_cells(spec, one.answers)) for one in filled_in(spec, here.post, scope, month)]


def test_the_recipients_of_aid_stand_by_name_with_a_masked_nik_and_what_each_got(here):
    use(here, "penyaluran_bansos")
    day, family = here.today.replace(day=1), make.household(here.post, "Slamet", rt="02", rw="09")
    siti = make.resident(here.post, "Siti", age_months=800, nik="3375031005840001", family=family)
    write(here, "penyaluran_bansos", siti, day, jenis_bantuan="sembako", jumlah_bantuan="beras 10 kg")
    write(here, "penyaluran_bansos", siti, day - timedelta(days=1), jenis_bantuan="uang")
    (row,) = filled(here, "penyaluran_bansos", day)
    assert (row[1], row[2], row[5]) == ("Siti", "P", "3375********0001")
    assert "Sembako" in row and "beras 10 kg" in row and "02" in row[4]
    heads = [label for label, _ in subject_columns(registry.form("penyaluran_bansos"))]
    assert heads == ["Penerima", "L/P", "Umur", "RT/RW", "NIK"]
    answer = get(here.kader, here.post, "penyaluran_bansos", bulan=f"{day:%Y-%m}")
    assert f"penyaluran_bansos-{day:%Y-%m}" in answer["Content-Disposition"]
    entry = Entry.objects.unscoped(reason="test").get(verb="unduh")
    assert entry.detail == {"form": "penyaluran_bansos", "nama": 1}
    assert get(here.stranger, here.post, "penyaluran_bansos", bulan=f"{day:%Y-%m}").status_code == 404


def test_what_the_register_knows_stands_on_the_paper_as_the_form_says(here):
    family = make.household(here.post, "Slamet", rt="02")
    make.resident(here.post, "Balita", age_months=30, family=family)
    make.resident(here.post, "Bapak", age_months=400, family=family)
    scope = Scope(here.kader.pk, frozenset({here.post.pk}))
    (poor,) = names_for_paper(registry.form("fakir_miskin"), here.post, scope, here.today)
    assert (poor[0], poor[-1]) == ("Slamet", "2")
    (child,) = names_for_paper(registry.form("anak_usia_dini"), here.post, scope, here.today)
    assert (child[0], child[-1]) == ("Balita", "Slamet")
    write(here, "fakir_miskin", family, here.today, status_rumah="sewa")
    (row,) = filled(here, "fakir_miskin", here.today.replace(day=1))
    assert row[1] == "Slamet" and row[3] == "2" and "Sewa atau kontrak" in row


def test_activities_and_things_of_a_month_are_listed_in_the_order_of_their_days(here):
    month = here.today.replace(day=1)
    well = add_asset(posyandu=here.post, form="sumur", name="Sumur musala", by=here.kader, on=month)
    write(here, "sumur", well, month, kondisi_sumur="kering")
    assert filled(here, "sumur", month)[0][1] == "Sumur musala"
    assert "Kering" in filled(here, "sumur", month)[0]
    for area in ("Gang Melati", "Gang Dahlia"):
        write(here, "patroli", "Patroli", month, area_patroli=area)
    assert [row[2] for row in filled(here, "patroli", month)] == ["Gang Melati", "Gang Dahlia"]
    assert filled(here, "patroli", month - timedelta(days=1)) == []


def test_a_sensitive_form_is_never_listed(here):
    use(here, "identifikasi_trauma")
    siti = make.resident(here.post, "Siti", age_months=400)
    write(here, "identifikasi_trauma", siti, here.today, jenis_bencana="banjir")
    assert filled(here, "identifikasi_trauma", here.today.replace(day=1)) == []
    answer = get(here.kader, here.post, "identifikasi_trauma", bulan=f"{here.today:%Y-%m}")
    assert "kosong" in answer["Content-Disposition"]


def test_a_paper_of_too_many_names_is_never_cut_but_asked_for_by_rt(here, monkeypatch):
    monkeypatch.setattr(papers, "MOST_NAMES", 1)
    for head, rt in (("Budi", "02"), ("Slamet", "01")):
        make.resident(here.post, "Anak", family=make.household(here.post, head, rt=rt))
    assert get(here.kader, here.post, nama="1").status_code == 422
    assert get(here.kader, here.post, nama="1", rt="02").status_code == 200
    text = make.client_for(here.kader).get(reverse("records:paper_list"), {"rt": "02"}).content.decode()
    assert "?nama=1&amp;rt=02" in text and f"{reverse('records:grid_edit', args=[here.post.pk, 'rumah'])}?rt=02" in text


def test_a_blank_paper_is_no_download_of_names(here):
    get(here.kader, here.post)
    assert not Entry.objects.unscoped(reason="test").filter(verb="unduh").exists()


def test_a_sensitive_form_never_prints_names(here):
    make.resident(here.post, "Siti")
    get(here.kader, here.post, "identifikasi_trauma", nama="1")
    assert not Entry.objects.unscoped(reason="test").filter(verb="unduh").exists()


@pytest.mark.parametrize("form", ["kartu_balita", "tidak_ada"])
def test_health_cards_and_unknown_forms_are_404(here, form):
    assert get(here.kader, here.post, form).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("officer", 403)])
def test_nobody_else_takes_papers(here, who, status):
    assert get(getattr(here, who), here.post).status_code == status


def test_the_list_offers_what_the_district_uses(here):
    text = make.client_for(here.kader).get(reverse("records:paper_list")).content.decode()
    assert "Fakir miskin" in text
    assert "Embung" not in text
    for form in ("fakir_miskin", "anak_usia_dini", "sumur"):
        assert reverse("records:grid_edit", args=[here.post.pk, form]) in text
    assert reverse("records:grid_edit", args=[here.post.pk, "patroli"]) not in text
    assert f"{reverse('open_days:elsewhere_new', args=['patroli'])}?posyandu={here.post.pk}" in text
