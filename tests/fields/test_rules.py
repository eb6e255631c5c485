"""From what is typed to what is stored, and what follows from it."""

from datetime import date
from decimal import Decimal

import pytest

from services.fields import registry, rules
from services.fields.rules import Previous, Refused
from services.fields.spec import (
    ANSWERED,
    AT_LEAST,
    BELOW,
    HAS,
    IS,
    IS_NO,
    IS_YES,
    ONE_OF,
    Cycle,
    Step,
)

BALITA = registry.form("kartu_balita")
DEWASA = registry.form("kartu_dewasa_lansia")
BERAT = BALITA.question("bb_kg")
TINGGI = BALITA.question("pb_tb_cm")
TENSI = DEWASA.question("td")
PENGHASILAN = registry.form("fakir_miskin").question("penghasilan_bulan")
PESERTA = registry.form("penyuluhan_sosial").question("peserta")
NOVEMBER = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9,85", 9.85),
        ("9.85", 9.85),
        (" 9,8 ", 9.8),
        ("9,8\u00a0", 9.8),
        ("9.850", 9.85),
        ("10", 10.0),
        ("0,3", 0.3),
        ("60", 60.0),
        ("+9,8", 9.8),
        (9.8, 9.8),
        (Decimal("9.85"), 9.85),
        (9, 9.0),
    ],
)
def test_a_weight_is_read_with_comma_or_point(typed, stored):
    assert rules.parse_answer(BERAT, typed) == stored


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("98", "Berat badan 98 kg di luar batas 0,3–60 kg. Periksa lagi: mungkin 9,8?"),
        ("9850", "Berat badan 9.850 kg di luar batas 0,3–60 kg. Tulis dalam kilogram: mungkin 9,85?"),
        ("9.850,5", "Berat badan 9.850,5 kg di luar batas 0,3–60 kg. Tulis dalam kilogram: mungkin 9,85?"),
        ("0,29", "Berat badan 0,29 kg di luar batas 0,3–60 kg. Periksa lagi angkanya."),
        ("60,01", "Berat badan 60,01 kg di luar batas 0,3–60 kg. Periksa lagi: mungkin 6?"),
        ("-1", "Berat badan -1 kg di luar batas 0,3–60 kg. Periksa lagi angkanya."),
        ("9,8 kg", "Tulis angkanya saja, tanpa “kg”. Misalnya 9,8."),
        ("9800gram", "Tulis angkanya saja, tanpa “gram”. Misalnya 9,8."),
        ("9,853", "Tulis paling banyak 2 angka di belakang koma, misalnya 9,8."),
        ("NaN", "“NaN” bukan angka. Tulis angka saja, misalnya 9,8."),
        ("inf", "“inf” bukan angka. Tulis angka saja, misalnya 9,8."),
        ("1e1", "“1e1” bukan angka. Tulis angka saja, misalnya 9,8."),
        ("9,8,5", "“9,8,5” bukan angka. Tulis angka saja, misalnya 9,8."),
        ("1.2.3", "“1.2.3” bukan angka. Tulis angka saja, misalnya 9,8."),
        ("٩", "“٩” bukan angka. Tulis angka saja, misalnya 9,8."),
        (",8", "“,8” bukan angka. Tulis angka saja, misalnya 9,8."),
        (float("nan"), "“nan” bukan angka. Tulis angka saja, misalnya 9,8."),
        (float("inf"), "“inf” bukan angka. Tulis angka saja, misalnya 9,8."),
        (True, "“True” bukan angka. Tulis angka saja, misalnya 9,8."),
    ],
)
def test_a_weight_that_cannot_be_right_is_refused_with_what_to_do(typed, said):
    with pytest.raises(Refused) as refusal:
        rules.parse_answer(BERAT, typed)
    assert str(refusal.value) == said


@pytest.mark.parametrize(
    ("typed", "meant"), [("0,8", "Tulis dalam sentimeter: mungkin 80?"), ("795", "Periksa lagi: mungkin 79,5?")]
)
def test_metres_and_millimetres_are_recognised(typed, meant):
    with pytest.raises(Refused) as refusal:
        rules.parse_answer(TINGGI, typed)
    assert meant in str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "stored"), [("1.500.000", 1_500_000), ("1500000", 1_500_000), ("1.500", 1500), ("0", 0), ("12,0", 12)]
)
def test_rupiah_are_read_with_points_between_thousands(typed, stored):
    assert rules.parse_answer(PENGHASILAN, typed) == stored


@pytest.mark.parametrize("typed", ["1,5", "1.5", "1.50", "0.500", "1.500,50", "12.34.567", "sejuta", "1,500"])
def test_half_a_rupiah_is_refused(typed):
    with pytest.raises(Refused):
        rules.parse_answer(PENGHASILAN, typed)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ({"sistol": "120", "diastol": "80"}, {"sistol": 120, "diastol": 80}),
        ("120/80", {"sistol": 120, "diastol": 80}),
        ((135, 85), {"sistol": 135, "diastol": 85}),
        ({"sistol": "", "diastol": " "}, None),
    ],
)
def test_blood_pressure_is_two_whole_numbers(raw, stored):
    assert rules.parse_answer(TENSI, raw) == stored


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"sistol": "120", "diastol": ""}, "Isi juga Diastol (bawah)."),
        ({"sistol": "", "diastol": "80"}, "Isi juga Sistol (atas)."),
        ({"sistol": "80", "diastol": "120"}, "terbalik"),
        ({"sistol": "80", "diastol": "80"}, "terbalik"),
        ({"sistol": "59", "diastol": "40"}, "Sistol (atas) 59 mmHg di luar batas 60–260 mmHg."),
        ({"sistol": "120", "diastol": "161"}, "Diastol (bawah) 161 mmHg di luar batas 30–160 mmHg."),
        ({"sistol": "120,5", "diastol": "80"}, "angka bulat"),
        ("120", "Isi Sistol"),
    ],
)
def test_half_a_blood_pressure_is_refused(raw, said):
    with pytest.raises(Refused) as refusal:
        rules.parse_answer(TENSI, raw)
    assert said in str(refusal.value)


def test_participants_need_both_boxes_and_zero_is_a_number():
    assert rules.parse_answer(PESERTA, {"l": "0", "p": "12"}) == {"l": 0, "p": 12}
    with pytest.raises(Refused, match="Tulis 0 bila tidak ada"):
        rules.parse_answer(PESERTA, {"l": "", "p": "12"})


@pytest.mark.parametrize(
    ("key", "raw", "stored"),
    [
        ("imunisasi_lengkap_sesuai_umur", "ya", "ya"),
        ("imunisasi_lengkap_sesuai_umur", True, "ya"),
        ("imunisasi_lengkap_sesuai_umur", False, "tidak"),
        ("imunisasi_lengkap_sesuai_umur", "", None),
        ("rujuk", "pustu", "pustu"),
        ("edukasi", ["phbs", "asi", "asi"], ["asi", "phbs"]),
        ("edukasi", "asi", ["asi"]),
        ("edukasi", [], None),
        ("edukasi", [""], None),
        ("gejala_sakit", "  batuk   pilek ", "batuk pilek"),
        ("gejala_sakit", "batuk\x00", "batuk"),
        ("gejala_sakit", "   ", None),
        ("tanggal_bb_sebelumnya", "2026-10-05", "2026-10-05"),
        ("tanggal_bb_sebelumnya", "05-10-2026", "2026-10-05"),
        ("tanggal_bb_sebelumnya", "5/10/2026", "2026-10-05"),
        ("tanggal_bb_sebelumnya", date(2026, 10, 5), "2026-10-05"),
    ],
)
def test_answers_are_stored_plainly(key, raw, stored):
    assert rules.parse_answer(BALITA.question(key), raw, on=NOVEMBER) == stored


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("imunisasi_lengkap_sesuai_umur", "mungkin"),
        ("rujuk", ["pustu"]),
        ("rujuk", {"a": 1}),
        ("edukasi", ["asi", "sulap"]),
        ("gejala_sakit", "x" * 201),
        ("gejala_sakit", ["batuk"]),
        ("tanggal_bb_sebelumnya", "2026-11-11"),
        ("tanggal_bb_sebelumnya", "2026-02-30"),
        ("tanggal_bb_sebelumnya", "1800-01-01"),
        ("tanggal_bb_sebelumnya", "kemarin"),
    ],
)
def test_answers_outside_the_form_are_refused(key, raw):
    with pytest.raises(Refused):
        rules.parse_answer(BALITA.question(key), raw, on=NOVEMBER)


def test_none_of_these_stands_alone():
    history = DEWASA.question("riwayat_diri")
    assert rules.parse_answer(history, ["tidak_ada"]) == ["tidak_ada"]
    with pytest.raises(Refused, match="“Tidak ada” saja"):
        rules.parse_answer(history, ["tidak_ada", "dm"])


@pytest.mark.parametrize(("raw", "stored"), [("19:30", "19:30"), ("19.30", "19:30"), ("7:05", "07:05")])
def test_a_time_is_hours_and_minutes(raw, stored):
    assert rules.parse_answer(registry.form("patroli").question("waktu_mulai"), raw) == stored


@pytest.mark.parametrize("raw", ["24:00", "19:60", "pagi", "1930"])
def test_a_time_that_no_clock_shows_is_refused(raw):
    with pytest.raises(Refused, match=r"19\.30"):
        rules.parse_answer(registry.form("patroli").question("waktu_mulai"), raw)


@pytest.mark.parametrize(
    ("predicate", "value", "holds"),
    [
        (BELOW(11.5), 11.4, True),
        (BELOW(11.5), 11.5, False),
        (BELOW(11.5), None, False),
        (BELOW(11.5), "11", False),
        (BELOW(1), True, False),
        (AT_LEAST(2), 2, True),
        (AT_LEAST(0.3), Decimal("0.3"), True),
        (AT_LEAST(2), 1, False),
        (IS_YES, "ya", True),
        (IS_YES, None, False),
        (IS_NO, "tidak", True),
        (IS_NO, None, False),
        (ONE_OF("a", "b"), "b", True),
        (ONE_OF("a", "b"), "c", False),
        (ONE_OF("a"), ["a"], False),
        (HAS("dm"), ["dm", "asma"], True),
        (HAS("dm"), ["asma"], False),
        (HAS("dm"), None, False),
        (ANSWERED, 0, True),
        (ANSWERED, {"l": 0, "p": 0}, True),
        (ANSWERED, [], False),
        (ANSWERED, None, False),
    ],
)
def test_a_predicate_holds_only_for_a_given_answer(predicate, value, holds):
    assert predicate.holds(value) is holds


@pytest.mark.parametrize(
    ("predicate", "sentence"),
    [
        (BELOW(11.5), "kurang dari 11,5"),
        (AT_LEAST(1000), "1.000 atau lebih"),
        (IS("rusak_berat"), "dijawab “rusak berat”"),
        (ONE_OF("ya", "tidak"), "dijawab “ya” atau “tidak”"),
        (HAS("dm"), "memuat “dm”"),
        (ANSWERED, "diisi"),
    ],
)
def test_a_predicate_can_be_printed(predicate, sentence):
    assert predicate.sentence() == sentence


def due(form, **options):
    return {question.key for question in rules.due_questions(form, **{"on": NOVEMBER, **options})}


@pytest.mark.parametrize(
    ("age", "asked", "not_asked"),
    [
        (5, {"asi_eksklusif"}, {"mpasi_sesuai", "mt_pangan_lokal_patuh"}),
        (6, {"asi_eksklusif", "mpasi_sesuai"}, set()),
        (7, {"mpasi_sesuai"}, {"asi_eksklusif"}),
        (23, {"mpasi_sesuai"}, {"asi_eksklusif"}),
        (24, {"bb_kg"}, {"asi_eksklusif", "mpasi_sesuai"}),
        (60, {"bb_kg"}, {"punya_buku_kia", "mt_pangan_lokal_patuh"}),
        (None, {"asi_eksklusif", "mpasi_sesuai"}, set()),
    ],
)
def test_a_question_has_its_age(age, asked, not_asked):
    keys = due(BALITA, age_months=age)
    assert asked <= keys
    assert not not_asked & keys


@pytest.mark.parametrize(
    ("month", "age", "asked"),
    [
        (1, 24, set()),
        (2, 24, {"vitamin_a", "obat_cacing"}),
        (8, 11, {"vitamin_a"}),
        (8, 12, {"vitamin_a", "obat_cacing"}),
        (8, 5, set()),
        (8, 60, {"obat_cacing"}),
        (11, 24, set()),
    ],
)
def test_vitamin_a_and_worm_medicine_have_their_months(month, age, asked):
    assert due(BALITA, on=date(2026, month, 10), age_months=age) & {"vitamin_a", "obat_cacing"} == asked


def test_haemoglobin_is_asked_of_girls():
    remaja = registry.form("kartu_sekolah_remaja")
    assert "hb" in due(remaja, sex="P", age_months=180)
    assert "hb" not in due(remaja, sex="L", age_months=180)
    assert {"td", "lingkar_perut_cm"} & due(remaja, sex="L", age_months=179) == set()
    assert {"td", "lingkar_perut_cm"} <= due(remaja, sex="L", age_months=180)


@pytest.mark.parametrize(
    ("last", "asked"),
    [(None, True), (date(2025, 11, 30), True), (date(2025, 12, 1), False), (date(2026, 5, 2), False)],
)
def test_a_yearly_question_comes_back_after_twelve_months(last, asked):
    assert DEWASA.question("mata_kanan").cycle is Cycle.YEARLY
    keys = due(DEWASA, last_answered={"mata_kanan": last} if last else {})
    assert ("mata_kanan" in keys) is asked


def test_a_question_asked_once_stays_away_unless_it_is_on_this_record():
    before = {"punya_buku_kia": date(2020, 1, 1)}
    assert "punya_buku_kia" not in due(BALITA, last_answered=before, age_months=20)
    assert "punya_buku_kia" in due(BALITA, last_answered=before, age_months=20, answered=["punya_buku_kia"])


def test_a_retired_question_is_no_longer_asked_from_its_day_on():
    import dataclasses

    gone = dataclasses.replace(BERAT, retired_on=NOVEMBER)
    spec = dataclasses.replace(BALITA, questions=(gone,))
    assert due(spec, on=date(2026, 11, 9)) == {"bb_kg"}
    assert due(spec, on=NOVEMBER) == set()


def test_the_questions_of_one_table():
    keys = [question.key for question in rules.questions_of_step(BALITA.questions, Step.PENGUKURAN)]
    assert keys == ["bb_kg", "pb_tb_cm", "cara_ukur", "lk_cm", "lila_cm"]


def test_a_chain_of_conditions_falls_together():
    answers = {"punya_buku_kia": "tidak", "bb_sebelumnya_kg": 9.0, "tanggal_bb_sebelumnya": "2026-10-05"}
    assert rules.without_hidden(BALITA, answers) == {"punya_buku_kia": "tidak"}


def test_a_condition_answered_at_another_table_counts():
    answers = {"nama_paud": "Melati"}
    paud = registry.form("anak_usia_dini")
    assert rules.without_hidden(paud, answers, {"status_paud": "ya"}) == answers
    assert rules.without_hidden(paud, answers, {"status_paud": "tidak"}) == {}
    assert rules.without_hidden(paud, answers) == {}


def test_validate_answers_keeps_the_good_and_names_the_bad():
    clean, errors = rules.validate_answers(
        BALITA, {"bb_kg": 9.8, "pb_tb_cm": 400, "rujuk": "", "sulap": 1, "edukasi": ["asi"]}, on=NOVEMBER
    )
    assert clean == {"bb_kg": 9.8, "edukasi": ["asi"]}
    assert set(errors) == {"pb_tb_cm", "sulap"}


@pytest.mark.parametrize(
    ("value", "before", "on", "warned"),
    [
        (9.9, 9.8, date(2026, 10, 5), ""),
        (12.0, 9.8, date(2026, 10, 5), "naik 2,2 kg dari sebelumnya (9,8)"),
        (11.4, 9.8, date(2026, 10, 5), "naik 1,6 kg"),
        (11.2, 9.8, date(2026, 10, 5), ""),
        (8.0, 9.8, date(2026, 10, 5), "turun 1,8 kg"),
        (5.2, 4.2, date(2026, 10, 5), ""),
        (12.0, 9.8, date(2026, 8, 5), ""),
        (58.5, None, None, "58,5 kg tidak biasa (biasanya 0,9–58)"),
        (0.8, None, None, "0,8 kg tidak biasa"),
    ],
)
def test_an_odd_weight_is_a_warning(value, before, on, warned):
    previous = Previous(before, on) if before else None
    said = rules.soft_warning(BERAT, value, previous, NOVEMBER)
    assert warned in said
    assert bool(said) == bool(warned)


@pytest.mark.parametrize(("value", "warned"), [(79.5, False), (79.0, False), (78.9, True)])
def test_a_child_does_not_shrink(value, warned):
    assert bool(rules.soft_warning(TINGGI, value, Previous(79.5, date(2026, 10, 5)), NOVEMBER)) is warned


def test_an_odd_blood_pressure_is_a_warning_for_its_box():
    said = rules.soft_warning(TENSI, {"sistol": 210, "diastol": 90})
    assert "Sistol (atas) 210 mmHg" in said
    assert "Diastol" not in said


def test_measurements_are_typed():
    answers = {
        "bb_kg": 9.85,
        "pb_tb_cm": 79.5,
        "cara_ukur": "berdiri",
        "lila_cm": 14.5,
        "lk_cm": 46.0,
        "edema": "tidak",
    }
    assert rules.measurements(BALITA, answers) == {
        "weight_kg": Decimal("9.85"),
        "length_cm": Decimal("79.5"),
        "position": "H",
        "muac_cm": Decimal("14.5"),
        "head_cm": Decimal("46.0"),
        "oedema": False,
    }
    adult = {"td": {"sistol": 150, "diastol": 95}, "gds_mg_dl": 210, "lingkar_perut_cm": 91}
    assert rules.measurements(DEWASA, adult) == {
        "systolic": 150,
        "diastolic": 95,
        "glucose_mg_dl": 210,
        "waist_cm": Decimal("91"),
    }
    assert rules.measurements(registry.form("kartu_sekolah_remaja"), {"hb": 11.5}) == {"hb_g_dl": Decimal("11.5")}
    pregnant = {"td_sistol_diastol": {"sistol": 150, "diastol": 95}}
    assert rules.measurements(registry.form("kartu_bumil"), pregnant) == {"systolic": 150, "diastolic": 95}


def test_findings_say_what_must_follow():
    raised = rules.findings(
        BALITA, {"kontak_erat_tbc": "ya", "ceklis_perkembangan": "lengkap", "asi_eksklusif": "tidak"}
    )
    assert [(item.question.key, item.finding.next.value) for item in raised] == [
        ("kontak_erat_tbc", "perlu dikonfirmasi tenaga kesehatan"),
        ("asi_eksklusif", "perlu edukasi"),
    ]
    assert rules.findings(BALITA, {}) == ()


@pytest.mark.parametrize(
    ("question", "value", "text"),
    [
        (BERAT, 9.8, "9,8 kg"),
        (BERAT, None, "–"),
        (TENSI, {"sistol": 120, "diastol": 80}, "120/80 mmHg"),
        (PESERTA, {"l": 0, "p": 12}, "Laki-laki 0, Perempuan 12 orang"),
        (PENGHASILAN, 0, "0 rupiah"),
        (BALITA.question("rujuk"), "rs", "Rumah sakit"),
        (BALITA.question("edukasi"), ["asi", "phbs"], "ASI dan menyusui, Perilaku hidup bersih dan sehat"),
        (BALITA.question("tanggal_bb_sebelumnya"), "2026-10-05", "5 Okt 2026"),
        (registry.form("patroli").question("waktu_mulai"), "21:00", "21.00"),
    ],
)
def test_an_answer_reads_as_people_say_it(question, value, text):
    assert rules.answer_text(question, value) == text


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2026, 10, 31), "bulan lalu 9,8"),
        (date(2026, 11, 1), "bulan ini 9,8"),
        (date(2026, 5, 2), "Mei 2026: 9,8"),
        (date(2025, 10, 2), "Oktober 2025: 9,8"),
    ],
)
def test_the_value_before_has_its_month(on, text):
    assert rules.previous_text(BERAT, Previous(9.8, on), NOVEMBER) == text


def test_a_condition_can_be_read():
    paud = registry.form("anak_usia_dini")
    said = rules.condition_text(paud, paud.question("nama_paud"))
    assert said == "Isi bila “Ikut PAUD, TK, atau kelompok bermain” dijawab “Ya”."
    assert rules.condition_text(paud, paud.question("status_paud")) == ""


LATER = {"riwayat_diri": date(2026, 5, 5), "perilaku_berisiko": date(2026, 5, 5)}


@pytest.mark.parametrize(
    ("last", "answered", "before", "is_asked"),
    [
        ({}, {}, {}, True),  # its parent is on the form
        (LATER, {}, {}, False),  # the parent is not asked this year and was never answered so
        (LATER, {}, {"perilaku_berisiko": ["garam_tinggi"]}, False),
        (LATER, {}, {"perilaku_berisiko": ["merokok"]}, True),  # a yearly answer still holds
        (LATER, {"perilaku_berisiko": ["merokok"]}, {}, True),  # answered today
    ],
)
def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked_either(last, answered, before, is_asked):
    keys = [
        question.key
        for question in rules.due_questions(
            DEWASA, on=NOVEMBER, age_months=500, sex="L", last_answered=last, answered=answered, before=before
        )
    ]
    assert ("puma_skor" in keys) is is_asked


def test_an_answer_under_a_yearly_condition_is_kept_when_the_condition_was_answered_earlier():
    yearly = {"perilaku_berisiko": ["merokok"]}
    assert rules.still_true(DEWASA, {**yearly, "bb_kg": 60}) == yearly


def test_a_first_visit_question_is_not_asked_once_anything_was_answered_before():
    assert "bb_sebelumnya_kg" in due(BALITA, age_months=8)
    assert "bb_sebelumnya_kg" not in due(BALITA, age_months=8, last_answered={"bb_kg": date(2026, 10, 6)})
    assert "punya_buku_kia" in due(BALITA, age_months=8, last_answered={"bb_kg": date(2026, 10, 6)})


def test_what_does_not_concern_a_person_is_left_out_unless_it_was_answered():
    assert "lk_cm" not in due(BALITA, hidden={"lk_cm"})
    assert "lk_cm" in due(BALITA, hidden={"lk_cm"}, answered={"lk_cm": 46.5})


@pytest.mark.parametrize(
    ("answers", "is_odd"),
    [
        ({"bb_kg": 9.8, "pb_tb_cm": 80.5}, True),
        ({"bb_kg": 9.8, "pb_tb_cm": 80.6}, False),
        ({"bb_kg": 9.8}, False),
        ({}, False),
    ],
)
def test_every_measure_the_same_as_last_time_is_said(answers, is_odd):
    before = {key: Previous(value, date(2026, 10, 6)) for key, value in (("bb_kg", 9.8), ("pb_tb_cm", 80.5))}
    assert bool(rules.same_as_before(BALITA.questions, answers, before)) is is_odd
