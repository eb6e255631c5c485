"""accounts:kader_list"""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.accounts.models import Assignment
from services.areas import clock
from tests import factories

URL = "/kader/"


def test_a_ketua_sees_her_own_kader_only(as_ketua, kader, other_post):
    factories.user("kader", at=other_post, name="Orang Lain")
    text = as_ketua.get(URL).content.decode()
    assert "Siti Aminah" in text
    assert "Orang Lain" not in text


def test_who_stopped_stands_apart_once_and_can_come_back(as_ketua, kader, post):
    ended = kader.assignments.get()
    Assignment.objects.unscoped(reason="test").update(to_date=clock.today() - timedelta(days=3))
    factories.assign(factories.user("ketua", name="Bu Nur Baru"), "ketua", post)
    again = factories.client_for(factories.user("ketua", at=post)).get(URL).content.decode()
    assert "Aktifkan lagi" in again
    assert again.count("Siti Aminah") == 1
    assert f"/kader/{ended.pk}/aktif-lagi/" in again


def test_a_kader_may_not_open_it(as_kader):
    assert as_kader.get(URL).status_code == 403


def test_a_post_without_kader_says_what_to_do(as_ketua):
    assert "Belum ada kader" in as_ketua.get(URL).content.decode()


def test_more_kader_take_no_more_queries(as_ketua, post, kader):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            as_ketua.get(URL)
        return len(seen)

    before = queries()
    for _ in range(5):
        factories.user("kader", at=post)
    assert queries() == before
