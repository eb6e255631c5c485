"""Two posts in two districts, a kader at each, a ketua at A, and an officer above A."""

from dataclasses import dataclass

import pytest
from django.test import Client

from services.accounts.models import User
from services.posyandu.models import Posyandu
from tests import factories


@dataclass
class World:
    here: Posyandu
    there: Posyandu
    kader: User
    stranger: User
    ketua: User
    officer: User
    auditor: User

    def client(self, who: str = "kader") -> Client:
        return factories.client_for(getattr(self, who))


@pytest.fixture
def world(db) -> World:
    here = factories.posyandu("Kencana Ungu")
    there = factories.posyandu("Margo Utomo", area="33.20.13.2004")
    return World(
        here=here,
        there=there,
        kader=factories.user("kader", at=here),
        stranger=factories.user("kader", at=there),
        ketua=factories.user("ketua", at=here),
        officer=factories.user("kelurahan", at="33.75.03.1003"),
        auditor=factories.user("auditor", at="33"),
    )


@pytest.fixture
def send():
    """Fill the form of a page and send it: the one-time key of the page goes along. Returns the answer."""

    def sent(client: Client, url: str, data: dict | None = None, *, key: str = ""):
        key = key or client.get(url).context["submission_key"]
        return client.post(url, {**(data or {}), "submission_key": key})

    return sent
