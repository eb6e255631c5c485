"""Two mothers come in together: Bu Kader taps the second name while the first is still on its way to the server."""

import pytest
from django.utils import timezone

from services.records.models import Attendance
from tests import factories as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_second_name_is_tapped_while_the_first_is_still_being_sent(page):
    post = make.posyandu()
    kader = make.user("kader", at=post, username="nur")
    make.resident(post, "Aisyah Putri", age_months=23)
    make.resident(post, "Budi Santoso", sex="L", age_months=30)
    day = make.open_day(post, timezone.localdate(), by=kader)
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill("nur")
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"/hari-buka/{day.pk}/")
    waiting = []
    page.route("**/hadir/*", lambda route: waiting.append(route) if not waiting else route.continue_())
    page.route("**/hadir/", lambda route: waiting.append(route) if not waiting else route.continue_())

    page.locator("li", has_text="Aisyah").get_by_role("button", name="Hadir").click()
    page.locator("li", has_text="Budi").get_by_role("button", name="Hadir").click()
    page.get_by_role("heading", name="1 dari 2 hadir").wait_for()
    page.get_by_role("link", name="Belum 1").wait_for()
    waiting[0].continue_()

    page.get_by_role("heading", name="2 dari 2 hadir").wait_for()
    page.get_by_role("link", name="Belum 0").wait_for()
    assert Attendance.objects.unscoped(reason="test").count() == 2
