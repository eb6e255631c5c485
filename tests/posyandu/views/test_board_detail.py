"""Pengurus and kader by decree: posyandu:board_list, board_detail, board_download, and who comes and goes
(posyandu:board_member_new, posyandu:board_member_edit, posyandu:board_member_end)."""

import re
import subprocess
from datetime import date

import pytest
from django.urls import reverse

from services.posyandu.models import BoardMember
from tests import factories as make

pytestmark = pytest.mark.django_db
MEMBER = {"name": "Sri Wahyuni", "post": "ketua", "field": "", "from_date": "2026-01-05", "decree_number": "4/2026"}


@pytest.fixture
def post():
    return make.posyandu()


@pytest.fixture
def ketua(post):
    return make.client_for(make.user("ketua", at=post))


def send(browser, page, pk, **values):
    url = reverse(f"posyandu:{page}", args=[pk])
    return browser.post(url, {**values, "submission_key": browser.get(url).context["submission_key"]})


def members(post):
    return BoardMember.objects.unscoped(reason="test").filter(posyandu=post)


def test_a_ketua_writes_down_her_board_and_it_is_listed_and_printed(ketua, post):
    assert send(ketua, "board_member_new", post.pk, **MEMBER).status_code == 302
    text = ketua.get(reverse("posyandu:board_detail", args=[post.pk])).content.decode()
    assert "Sri Wahyuni" in text and "4/2026" in text
    assert "Sekretaris" in text and "0 dari 6" in text  # what is vacant
    assert "row row-wide" in text and "<table" not in text, (
        "on a phone her buttons stand under her name, not off the edge"
    )
    paper = ketua.get(reverse("posyandu:board_download", args=[post.pk]))
    assert paper.content.startswith(b"%PDF") and paper["Cache-Control"] == "no-store"
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper.content, capture_output=True, check=True)
    words = re.sub(r"\s+", " ", told.stdout.decode())
    assert "PEMERINTAH KOTA PEKALONGAN KECAMATAN PEKALONGAN UTARA KELURAHAN KANDANG PANJANG" in words
    assert "SK kepengurusan 4/2026" in words and words.count("4/2026") == 1, "one decree stands once"
    assert "Lurah Kandang Panjang Ketua Posyandu" in words
    assert re.search(r"\(…+\) Sri Wahyuni", words), "the ketua signs by name"
    assert post.name in ketua.get(reverse("posyandu:board_list")).content.decode()


@pytest.mark.parametrize(
    "change, status",
    [
        ({"post": "ketua_bidang", "field": ""}, 422),
        ({"post": "ketua_bidang", "field": "sosial"}, 302),
        ({"name": ""}, 422),
        ({"term_until": "2025-01-01"}, 422),
    ],
)
def test_a_head_of_field_needs_a_field_and_a_term_its_order(ketua, post, change, status):
    assert send(ketua, "board_member_new", post.pk, **{**MEMBER, **change}).status_code == status


def test_a_post_that_is_held_is_refused_beside_the_field(ketua, post):
    send(ketua, "board_member_new", post.pk, **MEMBER)
    answer = send(ketua, "board_member_new", post.pk, **{**MEMBER, "name": "Ani"})
    assert answer.status_code == 422 and "masih dipegang" in answer.content.decode()
    assert members(post).count() == 1


def test_who_stops_does_so_with_a_day_and_a_reason_and_her_post_is_free(ketua, post):
    send(ketua, "board_member_new", post.pk, **MEMBER)
    member = members(post).get()
    early = send(ketua, "board_member_end", member.pk, ended_on="2025-12-31", ended_reason="mundur")
    assert early.status_code == 422
    assert send(ketua, "board_member_end", member.pk, ended_on="2026-06-01", ended_reason="mundur").status_code == 302
    assert send(ketua, "board_member_new", post.pk, **{**MEMBER, "name": "Ani"}).status_code == 302
    text = ketua.get(reverse("posyandu:board_detail", args=[post.pk])).content.decode()
    assert "Mengundurkan diri" in text and text.index("Ani") < text.index("Sri Wahyuni")


def test_training_is_written_down_later(ketua, post):
    send(ketua, "board_member_new", post.pk, **MEMBER)
    member = members(post).get()
    assert send(ketua, "board_member_edit", member.pk, **MEMBER, trained_on="2026-02-01").status_code == 302
    assert members(post).get().trained_on == date(2026, 2, 1)


def test_another_posyandus_board_is_404_and_a_kader_reads_hers_only(ketua, post):
    other = make.posyandu("Margo Utomo", "33.20.13.2004")
    kader = make.client_for(make.user("kader", at=post))
    assert ketua.get(reverse("posyandu:board_detail", args=[other.pk])).status_code == 404
    text = kader.get(reverse("posyandu:board_detail", args=[post.pk])).content.decode()
    assert "Tambah pengurus" not in text
    assert kader.get(reverse("posyandu:board_member_new", args=[post.pk])).status_code == 403
