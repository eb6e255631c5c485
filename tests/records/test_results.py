"""Every rule of health.md 4 as a line with its next step: screening words, urgent first, missing has no line."""

from types import SimpleNamespace

import pytest

from services.records.results import by_measure, not_measured, results_of

COLUMNS = (
    "weight_g", "length_mm", "head_mm", "muac_mm", "waist_mm", "systolic", "diastolic", "glucose_mg_dl", "hb_mg_dl",
    "z_wfa", "z_lhfa", "z_wflh", "z_bfa", "z_hcfa",
)  # fmt: skip


def measured(**given):
    facts = {
        **dict.fromkeys(COLUMNS),
        "oedema": False,
        "weight_status": "",
        "status_computed": "",
        "status_override": "",
        "no_gain_months": 0,
        "flags": [],
    }
    return SimpleNamespace(**{**facts, **given})


def lines(given=None, *, stages, sex="P", age, answers=None):
    found = results_of(
        measured(**given) if given is not None else None, stages=stages, sex=sex, age_months=age, answers=answers
    )
    return [(line.about, line.words, line.refer) for line in found]


BALITA, SCHOOL, ADULT, OLD = ("balita",), ("usekrem",), ("dewasa",), ("lansia",)


@pytest.mark.parametrize(
    ("given", "stages", "sex", "age", "expected"),
    [
        ({"weight_status": "N"}, BALITA, "P", 23, ("Berat", "Naik (N)", "tidak")),
        ({"weight_status": "T", "no_gain_months": 1}, BALITA, "P", 23, ("Berat", "Tidak naik (T)", "rujuk")),
        ({"weight_status": "T", "no_gain_months": 2}, BALITA, "P", 23, ("Berat", "Tidak naik (T) · 2 bulan", "rujuk")),
        ({"z_wfa": -3.01}, BALITA, "P", 23, ("KMS", "Di bawah garis merah (BGM)", "rujuk")),
        ({"z_wfa": 1.01}, BALITA, "P", 23, ("BB/U", "Risiko berat badan lebih", "rujuk")),
        ({"z_wfa": 1.01}, BALITA, "P", 23, ("KMS", "Di atas garis oranye", "rujuk")),
        ({"z_wfa": 1.0}, BALITA, "P", 23, ("BB/U", "Berat badan normal", "tidak")),
        ({"z_lhfa": -2.01}, BALITA, "P", 23, ("TB/U", "Pendek", "rujuk")),
        ({"z_lhfa": -2.0}, BALITA, "P", 23, ("TB/U", "Normal", "tidak")),
        ({"z_lhfa": -6.5, "flags": ["lhfa"]}, BALITA, "P", 23, None),
        ({"muac_mm": 114}, BALITA, "P", 23, ("LiLA", "Gizi buruk", "rujuk")),
        ({"muac_mm": 115}, BALITA, "P", 23, ("LiLA", "Gizi kurang", "konfirmasi")),
        ({"oedema": True}, BALITA, "P", 23, ("Bengkak", "Gizi buruk", "segera")),
        ({"flags": ["c9mo"]}, ("bayi", "balita"), "P", 5, None),
        ({"muac_mm": 234}, ("bumil", "dewasa"), "P", 300, ("LiLA", "KEK (kurang energi kronis)", "rujuk")),
        ({"muac_mm": 235}, ("bumil", "dewasa"), "P", 300, ("LiLA", "Normal", "tidak")),
        (
            {"systolic": 160, "diastolic": 80},
            ("bumil", "dewasa"),
            "P",
            300,
            ("Tekanan darah", "Tanda bahaya", "segera"),
        ),
        ({"systolic": 140, "diastolic": 80}, ("nifas", "dewasa"), "P", 300, ("Tekanan darah", "Tinggi", "rujuk")),
        ({"systolic": 180, "diastolic": 80}, ADULT, "L", 500, ("Tekanan darah", "Sangat tinggi", "segera")),
        ({"glucose_mg_dl": 200}, ADULT, "L", 500, ("Gula darah", "Tinggi", "rujuk")),
        ({"waist_mm": 901}, ADULT, "L", 500, ("Lingkar perut", "Obesitas sentral", "tidak")),
        ({"systolic": 140, "diastolic": 80}, SCHOOL, "L", 180, ("Tekanan darah", "Tinggi", "rujuk")),
        ({"hb_mg_dl": 11900}, SCHOOL, "P", 160, ("Hb", "Anemia", "rujuk")),
        ({"z_bfa": 2.1}, SCHOOL, "L", 160, ("IMT/U", "Obesitas", "konfirmasi")),
    ],
)
def test_what_was_measured_becomes_a_line(given, stages, sex, age, expected):
    found = lines(given, stages=stages, sex=sex, age=age)
    if expected is None:
        assert found and all(refer == "konfirmasi" for _, _, refer in found)
    else:
        assert expected in found


@pytest.mark.parametrize("stages", [BALITA, SCHOOL, ADULT, OLD, ("bumil", "dewasa"), ("nifas", "dewasa")])
def test_what_was_not_measured_has_no_line(stages):
    assert lines({}, stages=stages, age=300) == []
    assert lines(None, stages=stages, age=300) == []


def test_waist_pressure_and_glucose_begin_at_fifteen():
    given = {"systolic": 150, "diastolic": 95, "glucose_mg_dl": 250, "waist_mm": 950}
    assert lines(given, stages=SCHOOL, age=179) == []
    assert len(lines(given, stages=SCHOOL, age=180)) == 3


TBC = ("batuk_terus_menerus", "demam_2_minggu", "bb_tidak_naik_atau_turun_2_bulan", "kontak_erat_tbc")


@pytest.mark.parametrize(
    ("form", "answers", "expected"),
    [
        ("kartu_balita", {TBC[0]: "ya", TBC[1]: "ya"}, ("TBC", "Terduga TBC", "rujuk")),
        ("kartu_balita", {TBC[3]: "ya"}, ("TBC", "Perlu ditanya tenaga kesehatan", "konfirmasi")),
        ("kartu_balita", dict.fromkeys(TBC, "tidak"), ("TBC", "Tidak ada gejala", "tidak")),
        (
            "kartu_balita",
            {"ceklis_perkembangan": "tidak_lengkap"},
            ("Ceklis perkembangan Buku KIA", "Ceklis perkembangan tidak lengkap", "rujuk"),
        ),
        ("kartu_balita", {"gejala_sakit": "batuk"}, ("Gejala sakit", "Anak sakit", "konfirmasi")),
        ("kartu_balita", {"tanda_bahaya_balita": ["napas"]}, ("Tanda bahaya", "Ada tanda bahaya", "segera")),
        (
            "kartu_bumil",
            {"bb_sesuai_kurva_kia": "merah"},
            ("Berat badan pada kurva Buku KIA", "Berat badan tidak sesuai kurva Buku KIA", "rujuk"),
        ),
        (
            "kartu_dewasa_lansia",
            {"mata_kiri": "gangguan", "mata_kanan": "normal"},
            ("Penglihatan", "Gangguan penglihatan", "rujuk"),
        ),
        (
            "kartu_dewasa_lansia",
            {"telinga_kiri": "normal", "telinga_kanan": "normal"},
            ("Pendengaran", "Normal", "tidak"),
        ),
        ("kartu_dewasa_lansia", {"puma_skor": 6}, ("PUMA", "Risiko PPOK", "rujuk")),
        ("kartu_dewasa_lansia", {"puma_skor": 5}, ("PUMA", "Risiko rendah", "tidak")),
        ("kartu_lansia", {"aks_tingkat": "r"}, ("Kemandirian (AKS)", "Perlu bantuan sehari-hari (AKS)", "rujuk")),
        ("kartu_lansia", {"skilas_depresi": "ya"}, ("Gejala sedih 2 minggu", "SKILAS: gejala sedih 2 minggu", "rujuk")),
        ("srq20", {"srq20_skor": 6}, ("SRQ-20", "Perlu pemeriksaan jiwa", "rujuk")),
        ("srq20", {"srq20_skor": 1, "srq20_no17": "ya"}, ("SRQ-20", "Perlu ditolong sekarang", "segera")),
        ("srq20", {"srq20_skor": 5, "srq20_no17": "tidak"}, ("SRQ-20", "Tidak ada tanda", "tidak")),
        ("heeadsss", {"heeadsss_1_8": ["rumah"]}, ("HEEADSSS", "Ada masalah", "rujuk")),
        ("heeadsss", {"heeadsss_1_8": ["bunuh_diri"]}, ("HEEADSSS", "Perlu ditolong sekarang", "segera")),
        ("heeadsss", {"heeadsss_1_8": ["tidak_ada"]}, ("HEEADSSS", "Tidak ada masalah", "tidak")),
    ],
)
def test_what_was_answered_becomes_a_line(form, answers, expected):
    assert lines(None, stages=(), age=0, answers={form: answers}) == [expected]


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        ("kartu_balita", {TBC[0]: "tidak"}),
        ("kartu_dewasa_lansia", {"mata_kiri": "normal"}),
        ("srq20", {"srq20_skor": 3}),
        ("kartu_lansia", {"aks_tingkat": "m"}),
        ("tidak_dikenal", {"x": 1}),
        ("kartu_balita", {}),
    ],
)
def test_half_an_answer_is_never_normal(form, answers):
    assert lines(None, stages=(), age=0, answers={form: answers}) == []


def test_urgent_lines_stand_first_and_every_referral_has_its_reason():
    given = {"weight_status": "T", "no_gain_months": 2, "z_wfa": -1.0, "oedema": True, "muac_mm": 110}
    found = results_of(measured(**given), stages=BALITA, sex="P", age_months=23)
    assert [line.refer for line in found] == ["segera", "rujuk", "rujuk", "tidak"]
    assert all(line.reason for line in found if line.needs_referral)
    assert set(by_measure(found)) == {"oedema", "weight_kg", "muac_cm"}


def test_a_health_workers_word_is_shown_beside_what_was_computed():
    given = {"weight_status": "N", "status_computed": "T", "status_override": "N"}
    assert lines(given, stages=BALITA, age=23) == [("Berat", "Naik (N), ditetapkan bidan (hitungan: T)", "tidak")]


@pytest.mark.parametrize(
    ("stages", "age", "said"),
    [
        (BALITA, 23, ("berat", "panjang/tinggi", "LiLA", "lingkar kepala")),
        (("bayi", "balita"), 3, ("berat", "panjang", "lingkar kepala")),
        (SCHOOL, 100, ("berat", "tinggi")),
        (("bumil", "dewasa"), 300, ("berat", "LiLA", "tekanan darah")),
    ],
)
def test_what_is_missing_is_said_and_never_normal(stages, age, said):
    assert not_measured(None, set(stages), age) == said
