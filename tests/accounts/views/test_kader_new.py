"""accounts:kader_new, accounts:password_detail"""

from services.accounts.models import User
from tests import factories
from tests.accounts.views.conftest import key_of, send

URL = "/kader/baru/"


def test_a_ketua_adds_a_kader_and_sees_the_password_once(as_ketua, post):
    response = send(as_ketua, URL, {"name": "Sri Wahyuni", "phone": "0813-1111-2222"})
    assert response.url == "/akun/kata-sandi-baru/"
    page = as_ketua.get(response.url)
    given = page.context["given"]
    assert page["Cache-Control"] == "no-store"
    assert given["password"] in page.content.decode()
    assert given["password"] not in as_ketua.get(response.url).content.decode()
    person = User.objects.unscoped(reason="test").get(username="sri.wahyuni")
    assert person.check_password(given["password"])
    assert person.phone == "+6281311112222"
    assert person.assignments.get().posyandu == post


def test_a_kader_can_be_bound_to_one_field(as_ketua):
    send(as_ketua, URL, {"name": "Sri Wahyuni", "phone": "", "field": "sosial"})
    assert User.objects.unscoped(reason="test").get(name="Sri Wahyuni").assignments.get().field == "sosial"
    assert "Sosial" in as_ketua.get("/kader/").content.decode()
    unknown = send(as_ketua, URL, {"name": "Sri", "phone": "", "field": "olahraga"})
    assert unknown.status_code == 422


def test_the_new_kader_can_come_in_and_must_make_her_own_password(as_ketua, client):
    send(as_ketua, URL, {"name": "Sri Wahyuni", "phone": ""})
    given = as_ketua.get("/akun/kata-sandi-baru/").context["given"]
    client.post("/masuk/", {"username": given["username"], "password": given["password"]})
    assert client.get("/akun/").url == "/akun/kata-sandi/"


def test_a_form_sent_twice_makes_one_kader(as_ketua):
    form = {"name": "Sri Wahyuni", "phone": "", "submission_key": key_of(as_ketua.get(URL))}
    assert [as_ketua.post(URL, form).status_code for _ in range(2)] == [302, 302]
    assert User.objects.unscoped(reason="test").filter(name="Sri Wahyuni").count() == 1


def test_a_phone_of_somebody_elsewhere_is_refused_beside_its_field(as_ketua, other_post):
    factories.user("kader", at=other_post, phone="+6281311112222", name="Orang Lain")
    response = send(as_ketua, URL, {"name": "Sri Wahyuni", "phone": "0813 1111 2222"})
    assert response.status_code == 409
    assert "phone" in response.context["form"].errors
    assert "Orang Lain" not in response.content.decode()
    assert "Sri Wahyuni" in response.content.decode()


def test_an_impossible_phone_or_a_missing_name_is_422(as_ketua):
    response = send(as_ketua, URL, {"name": "", "phone": "12"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name", "phone"}


def test_a_ketua_of_two_posts_says_for_which(ketua, other_post, post):
    factories.assign(ketua, "ketua", other_post)
    client = factories.client_for(ketua)
    send(client, URL, {"name": "Sri Wahyuni", "phone": "", "posyandu": str(other_post.pk)})
    assert User.objects.unscoped(reason="test").get(name="Sri Wahyuni").assignments.get().posyandu == other_post


def test_a_post_of_another_ketua_cannot_be_smuggled_in(ketua, other_post, post):
    second = factories.posyandu("Melati", "33.75.03.1004")
    factories.assign(ketua, "ketua", second)
    response = send(factories.client_for(ketua), URL, {"name": "Sri", "phone": "", "posyandu": str(other_post.pk)})
    assert response.status_code == 422
    assert "posyandu" in response.context["form"].errors


def test_a_kader_may_not(as_kader):
    assert as_kader.get(URL).status_code == 403
    assert as_kader.post(URL, {"name": "Sri"}).status_code == 403
