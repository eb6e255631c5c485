import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.posyandu.models import Facility
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("posyandu:posyandu_list")


def test_an_admin_sees_the_posts_of_her_district_only(admin, post_a, post_b):
    text = admin.get(URL).content.decode()
    assert "Kencana Ungu" in text
    assert "Margo Utomo" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cari=ungu", 1),
        ("cari=melati", 1),
        ("tempat=33.75.03.1004", 1),
        ("cari=33.75.03.1003.", 1),
        ("cari=%25", 0),
        ("", 2),
    ],
)
def test_the_list_is_searched_and_narrowed(admin, query, found):
    factories.posyandu("Melati", "33.75.03.1004")
    assert admin.get(f"{URL}?{query}").context["page"].paginator.count == found


def test_a_long_list_has_pages(admin):
    for number in range(60):
        factories.posyandu(f"Bunga {number}")
    answer = admin.get(f"{URL}?page=2")
    assert len(answer.context["page"].object_list) == 11


def test_the_number_of_queries_is_constant(admin):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            admin.get(URL)
        return len(captured)

    queries()
    few = queries()
    facility = Facility.objects.create(name="Krapyak", area_id="33.75")
    for number in range(30):
        factories.posyandu(f"Bunga {number}", facility=facility)
    assert queries() == few


def test_a_kader_may_not(kader):
    assert kader.get(URL).status_code == 403
