from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.records.growth import keep_measurement
from services.residents import actions
from services.residents.models import Resident
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def child(world) -> Resident:
    return factories.resident(world.here, "Aisyah", age_months=14, birth_precision="tanggal")


def url(child, name: str = "growth_detail", **query) -> str:
    address = reverse(f"profiles:{name}", args=[child.pk])
    return address + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def weigh(post, child, by, *, days_ago: int, kg: float, cm: float = 75.0):
    day = factories.open_day(post, TODAY - timedelta(days=days_ago), by=by)
    columns = {"weight_g": round(kg * 1000), "length_mm": round(cm * 10), "position": "L", "muac_mm": 140}
    return keep_measurement(encounter=day.encounter, resident=child, columns=columns)


def page(world, child, who="kader", **query) -> str:
    answer = world.client(who).get(url(child, **query))
    assert answer.status_code == 200
    return answer.content.decode()


def points(text: str) -> int:
    return text.partition('<svg class="chart')[2].partition("</svg>")[0].count("<circle")


def test_the_chart_and_the_table_show_the_measurements(world, child):
    weigh(world.here, child, world.kader, days_ago=40, kg=8.6)
    weigh(world.here, child, world.kader, days_ago=5, kg=8.7)
    text = page(world, child)
    assert points(text) == 2
    for said in ("KMS", "8,7 kg", "75 cm", "Berat badan normal", "Gizi baik", "Terakhir 8,7 kg"):
        assert said in text


@pytest.mark.parametrize(
    ("chart", "title"),
    [
        ("kms", "KMS: berat badan menurut umur"),
        ("tb", "Panjang atau tinggi badan menurut umur"),
        ("bbtb", "Berat badan menurut panjang badan"),
        ("lk", "Lingkar kepala menurut umur"),
        ("apa-saja", "KMS: berat badan menurut umur"),
    ],
)
def test_each_tab_is_a_plain_address(world, child, chart, title):
    assert f"<title>{title}</title>" in page(world, child, grafik=chart)


def test_a_window_of_age_can_be_chosen(world, child):
    assert "chart-wide" in page(world, child, umur="0-60")
    assert "chart-wide" not in page(world, child)


def test_a_low_weight_is_said_to_need_a_referral(world, child):
    weigh(world.here, child, world.kader, days_ago=5, kg=6.0)
    assert "sangat kurang → perlu dirujuk" in page(world, child)


def test_without_measurements_it_says_so_and_an_adult_has_no_chart(world, child):
    assert "Belum pernah ditimbang" in page(world, child)
    grown = factories.resident(world.here, "Siti", age_months=400)
    text = page(world, grown)
    assert '<svg class="chart' not in text and "di bawah 5 tahun" in text


def test_her_history_comes_along_when_she_moves_and_the_old_place_sees_no_more(world, child):
    weigh(world.here, child, world.kader, days_ago=30, kg=8.6)
    home = child.residencies.select_related("resident", "posyandu").get()
    actions.move_to(residency=home, posyandu=world.there, household=None, on=TODAY - timedelta(days=10), by=world.kader)
    weigh(world.there, child, world.stranger, days_ago=2, kg=9.1)
    assert points(page(world, child, "stranger")) == 2
    old = page(world, child)
    assert "8,6 kg" in old and "9,1 kg" not in old


def test_opening_it_is_remembered(world, child):
    page(world, child)
    entry = Entry.objects.unscoped(reason="test").get(verb="lihat")
    assert (entry.object_id, entry.place) == (str(child.pk), world.here.path)


def test_another_place_is_404_and_no_permission_403(world, child):
    assert world.client("stranger").get(url(child)).status_code == 404
    assert world.client("auditor").get(url(child)).status_code == 403


def test_the_query_count_does_not_grow(world, child, django_assert_max_num_queries):
    for days in (100, 70, 40, 10):
        weigh(world.here, child, world.kader, days_ago=days, kg=8.5)
    client = world.client()
    client.get(url(child))
    with django_assert_max_num_queries(16):
        client.get(url(child))


def test_the_residents_page_leads_here(world, child):
    text = world.client().get(reverse("profiles:resident_detail", args=[child.pk])).content.decode()
    assert reverse("profiles:growth_detail", args=[child.pk]) in text


def test_an_earlier_weight_from_the_buku_kia_is_a_point_too(world, child):
    row = weigh(world.here, child, world.kader, days_ago=5, kg=8.7)
    row.earlier_weight_g, row.earlier_weighed_on = 8300, TODAY - timedelta(days=35)
    row.save(update_fields=["earlier_weight_g", "earlier_weighed_on"])
    assert points(page(world, child)) == 2
