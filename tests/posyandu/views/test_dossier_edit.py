"""The registration dossier: draf → diajukan → terdaftar or dikembalikan (domain 1.6)."""

import pytest
from django.urls import reverse

from services.posyandu.models import RegistrationDossier
from services.posyandu.rules import dossier_problem
from tests import factories as make

pytestmark = pytest.mark.django_db
PAPERS = {"team_decree": "1", "board_decree": "2", "matrix_made_on": "2026-01-02"}
NUMBER = "33.75.03.1003.001"


@pytest.mark.parametrize(
    "before, after, papers, number, allowed",
    [
        ("draf", "draf", {}, "", True),
        ("draf", "diajukan", PAPERS, "", True),
        ("draf", "diajukan", {"team_decree": "1"}, "", False),
        ("draf", "terdaftar", PAPERS, NUMBER, False),
        ("diajukan", "dikembalikan", {}, "", True),
        ("dikembalikan", "diajukan", PAPERS, "", True),
        ("dikembalikan", "terdaftar", PAPERS, NUMBER, False),
        ("diajukan", "terdaftar", PAPERS, NUMBER, True),
        ("diajukan", "terdaftar", PAPERS, "", False),
        ("diajukan", "terdaftar", PAPERS, "33.75.03.1004.001", False),
        ("terdaftar", "draf", PAPERS, NUMBER, False),
    ],
)
def test_a_dossier_moves_only_along_its_states(before, after, papers, number, allowed):
    assert (dossier_problem(before, after, papers, number, ["33.75.03.1003"]) == "") is allowed


def test_dossier_edit_walks_to_the_number_and_keeps_each_step():
    post = make.posyandu()
    lurah = make.client_for(make.user("lurah", at="33.75.03.1003"))
    url = reverse("posyandu:dossier_edit", args=[post.pk])

    def send(**values):
        return lurah.post(url, {**PAPERS, **values, "submission_key": lurah.get(url).context["submission_key"]})

    assert send(state="terdaftar", number=NUMBER).status_code == 422
    assert send(state="diajukan").status_code == 302
    assert send(state="dikembalikan", remark="SK belum dicap").status_code == 302
    assert send(state="diajukan").status_code == 302
    assert send(state="terdaftar", number=NUMBER).status_code == 302
    post.refresh_from_db()
    dossier = RegistrationDossier.objects.unscoped(reason="test").get()
    assert (post.registration_number, dossier.state, dossier.steps.count()) == (NUMBER, "terdaftar", 4)
    assert "SK belum dicap" in lurah.get(url).content.decode()
