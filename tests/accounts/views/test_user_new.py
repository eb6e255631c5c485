"""accounts:user_new, accounts:user_edit, accounts:user_list, accounts:user_reset,
accounts:assignment_new, accounts:assignment_end
"""

import pytest

from services.accounts.models import User
from services.posyandu.models import Facility
from tests import factories
from tests.accounts.views.conftest import send

URL = "/pengguna/baru/"


@pytest.fixture
def as_admin(post):
    return factories.client_for(factories.user("admin", at="33.75", name="Admin Kota"))


def row(person):
    return f"/pengguna/{person.assignments.first().pk}"


@pytest.mark.parametrize(
    ("role", "place"), [("lurah", "33.75.03.1004"), ("kecamatan", "33.75.03"), ("auditor", "33.75")]
)
def test_an_admin_gives_an_office_a_person(as_admin, role, place):
    form = {"name": "Pak Budi", "phone": "", "title": "Kepala", "place": place}
    assert send(as_admin, f"{URL}?peran={role}", form).url == "/akun/kata-sandi-baru/"
    given = User.objects.unscoped(reason="test").get(name="Pak Budi").assignments.get()
    assert (given.role, given.area_id, given.post_title) == (role, place, "Kepala")


def test_an_admin_gives_a_post_its_ketua_and_a_puskesmas_its_staff(as_admin, post):
    facility = Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")
    for role, place in (("ketua", post), ("puskesmas", facility)):
        form = {"name": f"Orang {role}", "phone": "", "title": "", "place": str(place.pk)}
        assert send(as_admin, f"{URL}?peran={role}", form).status_code == 302
        assert User.objects.unscoped(reason="test").get(name=f"Orang {role}").assignments.get().place == place
    assert "Kusuma Bangsa" in as_admin.get("/pengguna/").content.decode()


@pytest.mark.parametrize(("role", "place"), [("lurah", "33.20.13.2004"), ("admin", "33.20"), ("lurah", "33.75.03")])
def test_a_place_of_another_district_or_level_is_not_offered(as_admin, role, place):
    response = send(as_admin, f"{URL}?peran={role}", {"name": "Pak Budi", "phone": "", "title": "", "place": place})
    assert response.status_code == 422
    assert "place" in response.context["form"].errors


def test_the_list_holds_the_district_and_can_be_searched(as_admin, kader, other_post):
    factories.user("kader", at=other_post, name="Orang Jepara")
    text = as_admin.get("/pengguna/").content.decode()
    assert "Siti Aminah" in text
    assert "Orang Jepara" not in text
    assert "Siti Aminah" not in as_admin.get("/pengguna/?cari=budi").content.decode()
    assert "Siti Aminah" in as_admin.get("/pengguna/?cari=amin").content.decode()


def test_an_admin_ends_a_role(as_admin, kader):
    assert send(as_admin, f"{row(kader)}/akhiri/").url == "/pengguna/"
    kader.refresh_from_db()
    assert not kader.is_active


def test_an_admin_corrects_name_and_number(as_admin, kader):
    page = f"{row(kader)}/ubah/"
    assert send(as_admin, page, {"name": "Siti A.", "phone": "0813 1111 2222"}).url == "/pengguna/"
    kader.refresh_from_db()
    assert (kader.name, kader.phone) == ("Siti A.", "+6281311112222")
    assert send(as_admin, page, {"name": "", "phone": ""}).status_code == 422


def test_a_new_role_opens_a_closed_account(as_admin, kader):
    send(as_admin, f"{row(kader)}/akhiri/")
    send(as_admin, f"{row(kader)}/tugas-baru/?peran=kelurahan", {"place": "33.75.03.1003"})
    kader.refresh_from_db()
    assert kader.is_active


def test_an_admin_gives_one_more_role(as_admin, kader):
    assert send(as_admin, f"{row(kader)}/tugas-baru/?peran=kelurahan", {"place": "33.75.03.1003"}).status_code == 302
    assert {given.role for given in kader.assignments.all()} == {"kader", "kelurahan"}
    again = send(as_admin, f"{row(kader)}/tugas-baru/?peran=kelurahan", {"place": "33.75.03.1003"})
    assert again.status_code == 409


def test_an_admin_gives_a_new_password_within_the_district_only(as_admin, kader, other_post):
    assert send(as_admin, f"{row(kader)}/kata-sandi/").url == "/akun/kata-sandi-baru/"
    page = f"{row(kader)}/kata-sandi/"
    factories.assign(kader, "kader", other_post)
    assert send(as_admin, page).status_code == 403


@pytest.mark.parametrize("what", ["akhiri", "kata-sandi", "tugas-baru", "ubah"])
def test_people_of_another_district_are_not_there(as_admin, other_post, what):
    page = f"{row(factories.user('kader', at=other_post))}/{what}/"
    assert as_admin.get(page).status_code == 404
    assert as_admin.post(page).status_code == 404


@pytest.mark.parametrize("page", ["/pengguna/", URL])
def test_a_ketua_may_not(as_ketua, page):
    assert as_ketua.get(page).status_code == 403
