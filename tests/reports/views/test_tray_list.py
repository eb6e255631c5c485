"""The tray "perlu koreksi" also says what recomputations would change in months that were sent."""

from django.urls import reverse

from services.posyandu.actions import propose_correction
from services.posyandu.models import Period
from tests import factories
from tests.reports.conftest import MONTH, child

WHAT = "Hasil timbang seorang anak berubah, karena catatan lainnya diperbaiki: N menjadi T."


def test_the_tray_says_what_is_proposed_to_a_sent_month_and_leads_there(world):
    born = child(world.a)
    Period.objects.unscoped(reason="test").create(posyandu=world.a, month=MONTH, state="diajukan")
    propose_correction(posyandu_id=world.a.pk, month=MONTH, what=WHAT, row=f"warga:{born.pk}")
    address = reverse("reports:tray_list")
    page = factories.client_for(world.kader).get(address).content.decode()
    assert WHAT in page
    assert reverse("reports:month_detail", args=[world.a.pk, "2026-10"]) in page
    assert str(born.pk) not in page
    assert born.name not in page
    assert WHAT not in factories.client_for(world.kader_far).get(address).content.decode()
