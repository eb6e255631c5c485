"""Recording a visit: danger signs, met or not, one to three questions, next step."""

from datetime import timedelta

import pytest
from django.urls import reverse

from services.follow_ups.actions import open_need
from services.home_visits.models import HomeVisit
from services.web.submissions import new_key
from tests import factories as make
from tests.follow_ups.views.posting import send
from tests.home_visits.conftest import TODAY

pytestmark = pytest.mark.django_db


def url(here, need=None):
    address = reverse("home_visits:visit_new", args=[here.family.pk])
    return f"{address}?keperluan={need.pk}" if need else address


def answers(here, **changes):
    return {"date": TODAY.isoformat(), "resident": str(here.children[0].pk), "outcome": "bertemu", **changes}


def visits():
    return HomeVisit.objects.unscoped(reason="test")


def test_the_page_asks_in_the_order_of_the_visit(here):
    here.refresh()
    page = here.client().get(url(here, here.need())).content.decode()
    order = ["Tanda bahaya", "Siapa yang dikunjungi", "Bertemu?", "Mengapa tidak datang", "Langkah berikutnya"]
    places = [page.index(word) for word in order]
    assert places == sorted(places)
    assert "119" in page and "bukan layanan gawat darurat" in page and "Balita" not in page.split("<h1>")[0]


def test_a_visit_from_the_list_closes_its_need(here):
    here.refresh()
    need = here.need()
    response = send(here.client(), url(here, need), here.kader, **answers(here, tanya_mengapa_tidak_datang="lupa"))
    visit = visits().get()
    assert response.status_code == 302 and str(visit.pk) in response["Location"]
    assert visit.reason == "ABSEN_BERULANG" and visit.answers["ABSEN_BERULANG"] == {"mengapa_tidak_datang": "lupa"}
    assert here.need().closed_as == "dikunjungi"


def test_the_whole_family_deals_with_the_same_reason_of_all(here):
    make.resident(here.post, "Ahmad", age_months=30, family=here.family)
    here.refresh()
    send(here.client(), url(here, here.needs()[0]), here.kader, **answers(here, resident=""))
    assert {need.closed_as for need in here.needs()} == {"dikunjungi"}


def test_a_visit_without_a_need_asks_why(here):
    response = send(here.client(), url(here), here.kader, **answers(here))
    assert response.status_code == 422 and "Alasan kunjungan" in response.content.decode()
    assert send(here.client(), url(here), here.kader, **answers(here, reason="RUTIN")).status_code == 302


def test_a_danger_sign_leads_to_telling_a_health_worker(here):
    response = send(here.client(), url(here), here.kader, **answers(here, reason="RUTIN", danger_signs=["kejang"]))
    assert response["Location"].endswith("/tanda-bahaya/")


def test_a_referral_follows_when_it_is_the_next_step(here):
    response = send(here.client(), url(here), here.kader, **answers(here, reason="RUTIN", next_step="rujuk"))
    assert "/rujukan/warga/" in response["Location"] and "pertemuan=" in response["Location"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": ""}, "form-errors"),
        ({"date": (TODAY + timedelta(days=1)).isoformat()}, "belum tiba"),
        ({"date": (TODAY - timedelta(days=2)).isoformat()}, "baru ada sejak"),
        ({"next_step": "kunjungan_ulang"}, "Isi tanggal kunjungan berikutnya"),
        ({"resident": "01a1ffe4-cf9f-77e2-b923-213e386eacb0"}, "sudah tidak tinggal"),
    ],
)
def test_bad_input_is_422_says_so_and_keeps_what_was_typed(here, changes, said):
    here.refresh()
    response = send(here.client(), url(here, here.need()), here.kader, **answers(here, note="anak demam", **changes))
    page = response.content.decode()
    assert response.status_code == 422 and said in page and "anak demam" in page
    assert visits().count() == 0 and here.need().closed_on is None


def test_a_second_kader_on_one_day_is_asked_and_may_insist(here):
    send(here.client(), url(here), here.kader, **answers(here, reason="RUTIN"))
    key = new_key(here.ketua)
    data = answers(here, reason="RUTIN", submission_key=key)
    response = here.client(here.ketua).post(url(here), data)
    page = response.content.decode()
    assert response.status_code == 409 and here.kader.name in page and "Kunjungan lain pada hari yang sama" in page
    assert (
        send(here.client(here.ketua), url(here), here.ketua, **answers(here, reason="RUTIN", second="on")).status_code
        == 302
    )
    assert visits().count() == 2


def test_the_same_form_twice_is_one_visit(here):
    data = answers(here, reason="RUTIN", submission_key=new_key(here.kader))
    client = here.client()
    first, second = client.post(url(here), data), client.post(url(here), data)
    assert first["Location"] == second["Location"] and visits().count() == 1


def test_a_need_that_closed_meanwhile_still_takes_the_visit(here):
    here.refresh()
    need = here.need()
    send(here.client(), url(here, need), here.kader, **answers(here))
    response = send(here.client(here.ketua), url(here, need), here.ketua, **answers(here, second="on"))
    assert response.status_code == 302 and visits().count() == 2 and here.need().closed_as == "dikunjungi"


def test_another_district_is_404_and_no_permission_403(here, elsewhere):
    here.refresh()
    assert elsewhere.client().get(url(here)).status_code == 404
    assert here.client().get(f"{url(here)}?keperluan=01a1ffe4-cf9f-77e2-b923-213e386eacb0").status_code == 404
    assert here.client().get(f"{url(here)}?keperluan=zz").status_code == 404
    assert make.client_for(make.user("lurah", at="33.75.03.1003")).get(url(here)).status_code == 403


def test_sensitive_reasons_are_hidden_here_too(here):
    child = here.children[0]
    need = open_need(
        posyandu=here.post,
        kind="TBC",
        words="2 gejala TBC",
        on=TODAY,
        by=here.kader,
        resident=child,
        household=here.family,
    )
    page = here.client().get(url(here, need)).content.decode()
    assert "Kunjungan kesehatan" in page and "gejala TBC" not in page.split("<form")[0]
