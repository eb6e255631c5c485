"""Papers to write on: every form that is not a health card, blank and with names. records:paper_list"""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from services.areas.actions import set_district_setting
from services.areas.scope import Scope
from services.audit.models import Entry
from services.fields import registry
from services.fields.queries import FORMS_IN_USE
from services.records.queries import names_for_paper
from services.records.resources import columns_of
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
