"""accounts:logout"""

from services.audit.models import Entry


def test_going_out_is_a_post_and_is_remembered(as_kader, kader, post):
    assert as_kader.get("/keluar/").status_code == 405
    response = as_kader.post("/keluar/")
    assert response.url == "/masuk/"
    assert "_auth_user_id" not in as_kader.session
    entry = Entry.objects.unscoped(reason="test").get(verb="keluar")
    assert (entry.user, entry.place) == (kader, post.path)


def test_going_out_twice_is_no_error(client, db):
    assert client.post("/keluar/").url == "/masuk/"
