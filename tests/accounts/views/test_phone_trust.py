"""accounts:phone_trust, accounts:phone_list, accounts:phone_revoke"""

from services.accounts.models import TrustedPhone
from services.accounts.views.phones import COOKIE
from tests import factories
from tests.accounts.views.conftest import send

URL = "/hp/percayai/"


def test_a_ketua_trusts_the_phone_in_her_hand(as_ketua, post, kader):
    response = send(as_ketua, URL, {"posyandu": str(post.pk), "label": "HP meja 1"})
    assert response.url == "/hp/"
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) > 300 * 24 * 3600
    assert "HP ini" in as_ketua.get("/hp/").content.decode()
    as_ketua.post("/keluar/")
    assert "Siti Aminah" in as_ketua.get("/masuk/").content.decode()


def test_over_https_the_cookie_is_secure(as_ketua, post):
    form = {"posyandu": str(post.pk), "label": "HP", "submission_key": ""}
    from tests.accounts.views.conftest import key_of

    form["submission_key"] = key_of(as_ketua.get(URL))
    assert as_ketua.post(URL, form, secure=True).cookies[COOKIE]["secure"]


def test_a_phone_is_trusted_for_ones_own_post_only(as_ketua, other_post):
    response = send(as_ketua, URL, {"posyandu": str(other_post.pk), "label": "HP"})
    assert response.status_code == 422
    assert COOKIE not in response.cookies


def test_the_trust_is_taken_back(as_ketua, post, kader):
    send(as_ketua, URL, {"posyandu": str(post.pk), "label": "HP meja 1"})
    phone = TrustedPhone.objects.unscoped(reason="test").get()
    assert send(as_ketua, f"/hp/{phone.pk}/cabut/").url == "/hp/"
    assert "Dicabut" in as_ketua.get("/hp/").content.decode()
    as_ketua.post("/keluar/")
    assert "Siti Aminah" not in as_ketua.get("/masuk/").content.decode()


def test_a_phone_of_another_post_is_not_there(as_ketua, other_post):
    stranger = factories.user("ketua", at=other_post)
    phone = TrustedPhone.objects.create(posyandu=other_post, label="HP lain", token_hash="x", trusted_by=stranger)
    assert "HP lain" not in as_ketua.get("/hp/").content.decode()
    assert as_ketua.post(f"/hp/{phone.pk}/cabut/").status_code == 404


def test_a_kader_may_not(as_kader):
    assert as_kader.get(URL).status_code == 403
    assert as_kader.get("/hp/").status_code == 403
