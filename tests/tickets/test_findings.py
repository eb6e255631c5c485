"""What forms find leads to a ticket: every finding names a question, an answer and a request type that exist."""

import pytest

from services.fields import registry
from services.fields.spec import Kind
from services.tickets.resources import request_kinds
from services.tickets.rules import FINDINGS, offers_in, words_found


@pytest.mark.parametrize("one", FINDINGS, ids=[one.key for one in FINDINGS])
def test_a_finding_names_what_exists(one):
    for form in one.forms:
        question = registry.form(form).question(one.question)
        known = set(question.choice_labels) or set(range(question.hard[0], question.hard[1] + 1))
        assert set(one.values) <= known
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
        ("fakir_miskin", {"rekomendasi_sosial": "perlu_verifikasi"}, ["Minta keluarga diverifikasi"]),
        ("verifikasi_sosek", {"skor_kerentanan": 4}, ["Usulkan bantuan sosial"]),
        ("verifikasi_sosek", {"skor_kerentanan": 3}, []),
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


def answers_of(question):
    """Each answer that can be given, as a record holds it."""
    if question.kind is Kind.MULTI:
        return [[value] for value in question.choice_labels]
    return list(question.choice_labels) or list(range(question.hard[0], question.hard[1] + 1))


def test_every_answer_that_the_registry_calls_a_finding_leads_to_a_ticket():
    """Health leads to a referral, and a sensitive form to a health worker; everything else to its ticket."""
    forms = [spec for spec in registry.FORMS if spec.field != "kesehatan" and not spec.sensitive]
    for spec in forms:
        for question in spec.questions:
            for answer in answers_of(question) if question.finding else ():
                if question.finding.when.holds(answer):
                    assert offers_in(spec.key, {question.key: answer}), (spec.key, question.key, answer)


def test_two_findings_that_lead_to_the_same_ticket_offer_it_once():
    assert len(offers_in("rumah", {"kategori_rumah": "rtlh", "atap": "bocor"})) == 1
    assert len(offers_in("sumur", {"kondisi_sumur": "kering", "risiko_sanitasi": "tinggi"}, place="RT 02")) == 1


@pytest.mark.parametrize(
    ("form", "answers", "words"),
    [
        (
            "patroli",
            {"temuan_patroli": ["lampu_mati"], "uraian_temuan": "Tiang 4", "tujuan_patroli": "Ronda"},
            "Temuan: Lampu jalan mati\nUraian temuan: Tiang 4",
        ),
        ("patroli", {"temuan_patroli": ["tidak_ada"], "uraian_temuan": "Aman"}, ""),
        ("rumah", {"kategori_rumah": "rtlh", "catatan": "Kepala keluarga sakit"}, ""),
    ],
)
def test_only_activities_and_things_tell_a_ticket_in_words(form, answers, words):
    assert words_found(form, answers) == words


def test_an_activity_says_where_it_was():
    offer = offers_in("patroli", {"temuan_patroli": ["lampu_mati"], "area_patroli": "RT 03"})[0]
    assert offer.query == "bidang=trantibumlinmas&jenis=deteksi_dini&mau=pengaduan&tempat=RT+03"
