"""accounts:kader_edit"""

from tests import factories
from tests.accounts.views.conftest import send


def url(person):
    return f"/kader/{person.assignments.get().pk}/ubah/"


def test_a_ketua_corrects_name_and_number(as_ketua, kader):
    response = send(as_ketua, url(kader), {"name": "Siti Aminah Ningsih", "phone": ""})
    assert response.url == "/kader/"
    kader.refresh_from_db()
    assert (kader.name, kader.phone) == ("Siti Aminah Ningsih", None)


def test_the_number_stands_in_the_form_as_people_write_it_and_is_kept_as_it_was(as_ketua, kader):
    assert 'value="0812-3456-7890"' in as_ketua.get(url(kader)).content.decode()
    assert send(as_ketua, url(kader), {"name": "Siti", "phone": "0812-3456-7890"}).status_code == 302
    kader.refresh_from_db()
    assert kader.phone == "+6281234567890"


def test_an_invalid_form_is_422_and_changes_nothing(as_ketua, kader):
    assert send(as_ketua, url(kader), {"name": "", "phone": "abc"}).status_code == 422
    kader.refresh_from_db()
    assert kader.name == "Siti Aminah"


def test_who_works_elsewhere_too_is_left_to_the_admin(as_ketua, kader, other_post):
    page = url(kader)
    factories.assign(kader, "kader", other_post)
    response = send(as_ketua, page, {"name": "Diubah", "phone": ""})
    assert response.status_code == 403
    kader.refresh_from_db()
    assert kader.name == "Siti Aminah"


def test_a_kader_of_another_place_is_not_there(as_ketua, other_post):
    assert as_ketua.get(url(factories.user("kader", at=other_post))).status_code == 404


def test_a_ketua_is_no_kader_to_be_edited(as_ketua, ketua):
    assert as_ketua.get(url(ketua)).status_code == 404
