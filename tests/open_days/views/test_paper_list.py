"""The page of paper."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_it_offers_registers_the_grid_and_the_cards_but_no_sensitive_form():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    day = make.open_day(post, timezone.localdate(), by=kader)
    page = make.client_for(kader).get(reverse("open_days:paper_list", args=[day.pk])).content.decode()
    assert reverse("open_days:grid_edit", args=[day.pk]) in page
    assert reverse("records:card_download", args=["kartu_bumil"]) in page
    assert "srq20" not in page
