import pytest

from tests import factories


@pytest.fixture
def post_a():
    return factories.posyandu(rw="09")


@pytest.fixture
def post_b():
    return factories.posyandu("Margo Utomo", "33.20.13.2004")


@pytest.fixture
def admin(post_a):
    """The admin of Kota Pekalongan, above post A."""
    return factories.client_for(factories.user("admin", at="33.75"))


@pytest.fixture
def kader(post_a):
    return factories.client_for(factories.user("kader", at=post_a))


@pytest.fixture
def send():
    """Post a form with the key its page was given."""

    def send_form(client, url, **values):
        return client.post(url, {"submission_key": client.get(url).context["submission_key"], **values})

    return send_form


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
