import re

import pytest

from services.accounts.actions import trust_phone
from services.accounts.views.phones import COOKIE, SALT
from tests import factories


@pytest.fixture
def post(db):
    return factories.posyandu()


@pytest.fixture
def other_post(db):
    return factories.posyandu("Margo Utomo", "33.20.13.2004")


@pytest.fixture
def ketua(post):
    return factories.user("ketua", at=post, name="Bu Nur")


@pytest.fixture
def kader(post):
    person = factories.user("kader", at=post, username="siti", name="Siti Aminah", phone="+6281234567890")
    person.set_pin("4826")
    person.save()
    return person


@pytest.fixture
def as_ketua(ketua):
    return factories.client_for(ketua)


@pytest.fixture
def as_kader(kader):
    return factories.client_for(kader)


@pytest.fixture
def trusted(client, post, ketua):
    """A browser on a phone that the ketua trusted for the post; nobody is logged in."""
    return trust(client, post, ketua)


def trust(client, post, ketua):
    from django.http import HttpResponse

    response = HttpResponse()
    response.set_signed_cookie(COOKIE, trust_phone(posyandu=post, label="HP meja 1", by=ketua), salt=SALT)
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return client


def key_of(response) -> str:
    """The one-time key of the form on a page."""
    return re.search(r'name="submission_key" value="([^"]+)"', response.content.decode()).group(1)


def send(client, url, data=None, **extra):
    """Open the form and send it, as a browser does."""
    return client.post(url, {**(data or {}), "submission_key": key_of(client.get(url))}, **extra)


def hidden_of(response) -> dict:
    """What the last form of a page carries unseen."""
    form = response.content.decode().rpartition("<form")[2]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
