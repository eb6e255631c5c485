"""accounts:account_detail"""

import pytest
from django.urls import reverse

from tests import factories as make


def test_a_kader_finds_password_pin_and_table(as_kader):
    text = as_kader.get("/akun/").content.decode()
    assert all(url in text for url in ("/akun/kata-sandi/", "/akun/pin/", "/akun/meja/"))
    assert "/kader/" not in text


def test_a_ketua_finds_her_kader_and_phones(as_ketua):
    text = as_ketua.get("/akun/").content.decode()
    assert "/kader/" in text
    assert "/hp/" in text
    assert "/pengguna/" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("role, at, seen", [("kader", None, True), ("kota", "33.75", False)])
def test_only_who_stands_at_a_table_chooses_one_and_has_a_pin(role, at, seen):
    post = make.posyandu()
    page = make.client_for(make.user(role, at=at or post)).get(reverse("accounts:account_detail")).content.decode()
    assert (reverse("accounts:table_edit") in page, reverse("accounts:pin_edit") in page) == (seen, seen)
    assert reverse("accounts:password_edit") in page
