"""What forms find leads to a ticket: every finding names a question, an answer and a request type that exist."""

import pytest

from services.fields import registry
from services.tickets.resources import request_kinds
from services.tickets.rules import FINDINGS, offers_in


@pytest.mark.parametrize("one", FINDINGS, ids=[one.key for one in FINDINGS])
def test_a_finding_names_what_exists(one):
    spec = registry.form(one.form)
    assert set(one.values) <= set(spec.question(one.question).choice_labels)
    assert one.request_type in {kind.key for kind in request_kinds()[one.field]}


@pytest.mark.parametrize(
    ("form", "answers", "said"),
    [
        ("rumah", {"kategori_rumah": "rtlh"}, ["Usulkan perbaikan rumah"]),
        ("air_jamban", {"jamban_sehat": "numpang"}, ["Usulkan jamban"]),
        ("jaringan_air", {"kerusakan_pipa": "bocor"}, ["Laporkan pipa ini"]),
        ("jalan_desa", {"kondisi_jalan": "rusak_ringan"}, ["Laporkan jalan ini"]),
        ("anak_tidak_sekolah", {"status_sekolah": "putus_sekolah"}, ["Usulkan agar anak kembali sekolah"]),
        ("anak_tidak_sekolah", {"status_sekolah": "bersekolah"}, []),
        ("rumah", {}, []),
    ],
)
def test_an_answer_offers_its_ticket(form, answers, said):
    assert [offer.label for offer in offers_in(form, answers)] == said


def test_the_offer_is_prefilled_with_the_place_and_nothing_of_a_person():
    offer = offers_in("sumur", {"kondisi_sumur": "kering"}, place="Sumur RT 02 & 03")[0]
    assert offer.query == "bidang=pekerjaan_umum&jenis=sumur&mau=pengaduan&tempat=Sumur+RT+02+%26+03"
