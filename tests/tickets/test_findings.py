"""What forms find leads to a ticket: every finding names a question, an answer and a request type that exist."""

import pytest

from services.fields import registry
from services.tickets.resources import request_kinds
from services.tickets.rules import FINDINGS, offers_in


@pytest.mark.parametrize("one", FINDINGS, ids=[one.key for one in FINDINGS])
def test_a_finding_names_what_exists(one):
    for form in one.forms:
        assert set(one.values) <= set(registry.form(form).question(one.question).choice_labels)
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
        ("rumah", {"jamban_sehat": "tidak"}, ["Usulkan jamban"]),
        ("patroli", {"temuan_patroli": ["lampu_mati", "lainnya"]}, ["Laporkan temuan ini"]),
        ("patroli", {"temuan_patroli": ["tidak_ada"]}, []),
        (
            "edukasi_air_limbah",
            {"temuan_limbah": ["got_mampet"], "temuan_air_bersih": ["keruh"]},
            ["Laporkan air bersih", "Laporkan limbah"],
        ),
    ],
)
def test_an_answer_offers_its_ticket(form, answers, said):
    assert [offer.label for offer in offers_in(form, answers)] == said


def test_the_offer_is_prefilled_with_the_place_and_nothing_of_a_person():
    offer = offers_in("sumur", {"kondisi_sumur": "kering"}, place="Sumur RT 02 & 03")[0]
    assert offer.query == "bidang=pekerjaan_umum&jenis=sumur&mau=pengaduan&tempat=Sumur+RT+02+%26+03"


def test_every_answer_that_the_registry_calls_a_finding_leads_somewhere():
    """But for what is told in words to whoever fills the form, or has a way of its own."""
    led = {(form, one.question) for one in FINDINGS for form in one.forms}
    own_way = {
        ("air_jamban", "jarak_penampungan_tinja"),
        ("sumur", "risiko_sanitasi"),
        ("rumah", "atap"),
        ("verifikasi_sosek", "skor_kerentanan"),
    }
    forms = [spec for spec in registry.FORMS if spec.field != "kesehatan" and not spec.sensitive]
    raised = {(spec.key, question.key) for spec in forms for question in spec.questions if question.finding}
    assert raised - led == own_way


def test_an_activity_says_where_it_was():
    offer = offers_in("patroli", {"temuan_patroli": ["lampu_mati"], "area_patroli": "RT 03"})[0]
    assert offer.query == "bidang=trantibumlinmas&jenis=deteksi_dini&mau=pengaduan&tempat=RT+03"
