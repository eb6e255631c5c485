"""The registers of the year on paper."""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.audit.models import Entry
from services.open_days.queries import register_of
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    day = make.open_day(post, TODAY, by=kader)
    first, second = (make.resident(post, f"Anak {letter}", age_months=20) for letter in "BA")
    make.present(day, first, by=kader)
    return post, kader, day, first, second


def test_names_stand_in_roster_order_with_ticks_and_the_foot_says_how_many(here):
    from services.accounts.queries import access_of
    from services.areas.access import Permission

    _, kader, day, *_ = here
    _, children, *_ = register_of(day, access_of(kader).scope(Permission.RECORD))
    assert [row.person.name for row in children.rows] == ["Anak A", "Anak B"]
    month = TODAY.month - 1
    assert [row.cells[month] for row in children.rows] == ["–", "✓"]
    assert children.feet[month] == "1/2"
    assert not any(cell for row in children.rows for cell in row.cells[month + 1 :])


def test_a_register_with_names_is_a_pdf_and_logged_a_blank_one_is_not(here):
    _, kader, day, *_ = here
    client, url = make.client_for(kader), reverse("open_days:register_download", args=[day.pk])
    blank = client.get(f"{url}?kosong")
    assert blank.status_code == 200 and blank.content[:5] == b"%PDF-"
    assert not Entry.objects.unscoped(reason="test").filter(verb="unduh").exists()
    named = client.get(url)
    assert named["Cache-Control"] == "no-store" and named.content[:5] == b"%PDF-"
    assert Entry.objects.unscoped(reason="test").get(verb="unduh").detail == {"kertas": "register", "baris": 2}


def test_another_place_is_404(here):
    _, _, day, *_ = here
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    url = reverse("open_days:register_download", args=[day.pk])
    assert make.client_for(stranger).get(url).status_code == 404
