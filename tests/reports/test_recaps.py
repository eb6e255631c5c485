"""SKDN by age and sex, and every derived column of the four recaps: a table of cases, and sums that agree."""

from datetime import date, timedelta

import pytest

from services.follow_ups.models import Referral
from services.records.models import Measurement
from services.reports.figures import DEFINITIONS
from services.reports.figures.model import Figure, State
from services.reports.figures.recaps import RECAPS, Column, column_cell
from services.reports.monthly import month_figures
from tests import factories

from .conftest import MONTH, OPEN_DAY, child, fill, hold

LAST = date(2026, 10, 31)
# Columns of data/rules/rekap_fields.csv in print order, without the month; the last form has no sasaran there.
PRINTED = {
    "rekap_bumil_nifas_menyusui": """jumlah_ibu_hamil jumlah_ibu_menyusui datang_bumil datang_busui tidak_datang_bumil
        tidak_datang_busui bb_hijau bb_merah lila_hijau lila_merah_kek td_hijau td_merah gejala_tbc bumil_dapat_ttd
        ttd_tiap_hari ttd_tidak bumil_kek_dapat_pmt pmt_tiap_hari pmt_tidak kelas_ya kelas_tidak vit_a_nifas_ya
        vit_a_nifas_tidak kb_pasca_ya kb_pasca_tidak dapat_edukasi rujuk_bumil rujuk_nifas_menyusui""",
    "rekap_bayi_balita_apras": """jml_bayi_0_6_bln jml_balita_apras datang_bayi datang_balita tidak_datang_bayi
        tidak_datang_balita ceklis_lengkap ceklis_tidak_lengkap bb_naik bb_tidak_naik bbu_baik bbu_masalah pbtbu_normal
        pbtbu_tidak_normal bbtb_gizi_baik bbtb_masalah lk_normal lk_tidak_normal lila_normal lila_tidak_normal
        tbc_2_gejala asi_eksklusif mpasi imunisasi vit_a obat_cacing mt_pangan_lokal edukasi balita_sakit rujuk_bayi
        rujuk_balita_apras""",
    "rekap_sekolah_remaja": """jml_6_14 jml_15_18 datang_6_14 datang_15_18 tidak_datang_6_14 tidak_datang_15_18
        imt_sangat_kurus imt_kurus imt_normal imt_gemuk imt_obesitas lingkar_perut td_rendah td_normal td_tinggi
        gd_rendah gd_normal gd_tinggi anemia tidak_anemia tbc_2_gejala heeadsss edukasi dirujuk""",
    "rekap_dewasa_lansia": """imt_sangat_kurus imt_kurus imt_normal imt_gemuk imt_obesitas lp_l_gt90 lp_p_gt80 td_rendah
        td_normal td_tinggi gd_rendah gd_normal gd_tinggi jiwa_lt6 jiwa_ge6 jiwa_q17_ya puma_lt6 puma_ge6 aks_A_M
        aks_B_R aks_B_S aks_C_B aks_C_T skilas_kognitif_ya skilas_kognitif_tidak skilas_gerak_ya skilas_gerak_tidak
        skilas_malnutrisi_ya skilas_malnutrisi_tidak skilas_pendengaran_ya skilas_pendengaran_tidak
        skilas_penglihatan_ya skilas_penglihatan_tidak skilas_depresi_ya skilas_depresi_tidak edukasi dirujuk""",
}
FORMS = {recap.key: recap for recap in RECAPS}


def columns_of(post, form, month=MONTH):
    """Column → number, or the state where there is none."""
    figures = month_figures(getattr(post, "path", post), month, scope=None)
    cells = {column.key: column_cell(column, figures) for column in FORMS[form].columns}
    return {key: cell.value if cell.state is State.KNOWN else cell.state.value for key, cell in cells.items()}


@pytest.mark.parametrize("form", PRINTED)
def test_the_columns_are_those_of_the_paper(form):
    own = [column.key for column in FORMS[form].columns]
    added = ["jml_dewasa", "jml_lansia"] + [
        f"{word}_{who}" for word in ("datang", "tidak_datang") for who in ("dewasa", "lansia")
    ]
    assert own == (added if form == "rekap_dewasa_lansia" else []) + PRINTED[form].split()


def test_every_column_is_derived_from_figures_that_exist_and_add():
    known = {definition.key: definition for definition in DEFINITIONS}
    for recap in RECAPS:
        for column in recap.columns:
            assert column.figures, column.key
            assert all(known[key].adds for key in column.figures), column.key


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("ada", 2), ("ada", 3)], (State.KNOWN, 5)),
        ([("ada", 2), ("belum_didata", None)], (State.KNOWN, 2)),
        ([("ada", 0)], (State.KNOWN, 0)),
        ([("belum_didata", None), ("tidak_berlaku", None)], (State.NOT_RECORDED, None)),
        ([("tidak_berlaku", None)], (State.NOT_APPLICABLE, None)),
        ([("ada", 2), ("disamarkan", None)], (State.DISGUISED, None)),
        ([], (State.NOT_RECORDED, None)),
    ],
)
def test_a_column_adds_what_is_known(parts, expected):
    figures = {
        f"k{number}": Figure(f"k{number}", "", "", "", State(state), value)
        for number, (state, value) in enumerate(parts)
    }
    cell = column_cell(Column("x", "", "", tuple(figures)), figures)
    assert (cell.state, cell.value) == expected


def born(months: int, days: int = 0) -> date:
    """The latest birth date that has completed so many months on the last day, and days more."""
    from services.residents.rules import born_after

    return born_after(LAST, months) - timedelta(days=days)


@pytest.mark.parametrize(
    ("months", "band"),
    [(0, "0_5"), (5, "0_5"), (6, "6_11"), (11, "6_11"), (12, "12_23"), (23, "12_23"), (24, "24_35"), (35, "24_35"),
     (36, "36_59"), (59, "36_59")],
)  # fmt: skip
@pytest.mark.parametrize("sex", ["L", "P"])
def test_a_child_stands_in_one_line_of_f1(world, months, band, sex):
    person = factories.resident(world.a, birth_date=born(months), sex=sex, since=born(months))
    day = hold(world.a, world.kader, day=LAST, people=[person])
    fill(day, "kartu_balita", person, {"bb_kg": 9, "punya_buku_kia": "ya"}, world.kader)
    found = month_figures(world.a.path, MONTH, scope=None)
    line = f"skdn.{band}_{sex.lower()}"
    assert {key: figure.value for key, figure in found.items() if key.startswith("skdn.") and figure.value} == {
        f"{line}.{measure}": 1 for measure in ("s", "k", "d", "b", *(["bgm"] if found[f"{line}.bgm"].value else []))
    }


def test_the_lines_of_f1_add_up_to_skdn(world):
    day = hold(world.a, world.kader)
    for number in range(30):
        person = child(world.a, f"Anak {number}", months=2 * number, sex="LP"[number % 2], since=date(2020, 1, 1))
        if number % 3:
            answers = {"bb_kg": 4 + number / 4, "punya_buku_kia": "ya" if number % 2 else "tidak"}
            fill(day, "kartu_balita", person, answers, world.kader)
    found = month_figures(world.a.path, MONTH, scope=None)
    for measure in ("s", "k", "d", "n", "t", "o", "b", "dua_t", "bgm", "d_murni"):
        lines = sum(
            figure.value for key, figure in found.items() if key.startswith("skdn.") and key.endswith(f".{measure}")
        )
        assert lines == found[f"kesehatan.balita.{measure}"].value, measure
    assert found["kesehatan.balita.d"].value == 20
    assert found["kesehatan.balita.k"].value == 10


@pytest.mark.parametrize(
    ("birth", "kg", "expected"),
    [
        (date(2023, 10, 1), 11.5, (1, 1)),
        (date(2023, 10, 31), 11.49, (1, 0)),
        (date(2023, 9, 30), 12, (0, 0)),
        (date(2023, 11, 1), 12, (0, 0)),
    ],
)
def test_who_reaches_36_months_this_month_is_counted_with_her_weight(world, birth, kg, expected):
    person = factories.resident(world.a, birth_date=birth)
    fill(hold(world.a, world.kader, people=[person]), "kartu_balita", person, {"bb_kg": kg}, world.kader)
    found = month_figures(world.a.path, MONTH, scope=None)
    assert (found["kesehatan.balita.s36"].value, found["kesehatan.balita.s36_berat"].value) == expected


MOTHER = {"bb_kg": 55}
ADULT = {"bb_kg": 60, "tb_cm": 160}
TWO = {"batuk_terus_menerus": "ya", "demam_2_minggu": "ya"}
ONE = {"batuk_terus_menerus": "ya", "demam_2_minggu": "tidak"}
CASES = [
    # age in years, sex, condition, card, answers, columns that are 1 (of those named), columns that are 0
    (
        25,
        "P",
        "bumil",
        "kartu_bumil",
        {"bb_sesuai_kurva_kia": "hijau"},
        "jumlah_ibu_hamil datang_bumil bb_hijau",
        "bb_merah tidak_datang_bumil",
    ),
    (25, "P", "bumil", "kartu_bumil", {"lila_cm": 23.4}, "lila_merah_kek", "lila_hijau"),
    (25, "P", "bumil", "kartu_bumil", {"lila_cm": 23.5}, "lila_hijau", "lila_merah_kek"),
    (25, "P", "bumil", "kartu_bumil", {"td_sistol_diastol": {"sistol": 140, "diastol": 80}}, "td_merah", "td_hijau"),
    (25, "P", "bumil", "kartu_bumil", {"td_sistol_diastol": {"sistol": 139, "diastol": 89}}, "td_hijau", "td_merah"),
    (25, "P", "bumil", "kartu_bumil", TWO, "gejala_tbc", ""),
    (25, "P", "bumil", "kartu_bumil", ONE, "", "gejala_tbc"),
    (
        25,
        "P",
        "bumil",
        "kartu_bumil",
        {"ttd_jumlah_diberi_nakes": 30, "ttd_konsumsi": "setiap_hari"},
        "bumil_dapat_ttd ttd_tiap_hari",
        "ttd_tidak",
    ),
    (
        25,
        "P",
        "bumil",
        "kartu_bumil",
        {"mt_kek_komposisi_porsi": "biskuit", "mt_kek_konsumsi": "tidak_setiap_hari"},
        "bumil_kek_dapat_pmt pmt_tidak",
        "pmt_tiap_hari",
    ),
    (25, "P", "bumil", "kartu_bumil", {"kelas_ibu_hamil": "tidak"}, "kelas_tidak", "kelas_ya"),
    (
        25,
        "P",
        "bumil",
        "kartu_bumil",
        {"edukasi": ["ttd"], "rujuk": "pustu"},
        "dapat_edukasi rujuk_bumil",
        "rujuk_nifas_menyusui",
    ),
    (
        25,
        "P",
        "nifas",
        "kartu_nifas_menyusui",
        {"vitamin_a_nifas": "ya", "kb_pasca_persalinan": "tidak", "rujuk": "rs"},
        "jumlah_ibu_menyusui vit_a_nifas_ya kb_pasca_tidak rujuk_nifas_menyusui",
        "vit_a_nifas_tidak rujuk_bumil",
    ),
    (
        0,
        "P",
        "",
        "kartu_balita",
        {"asi_eksklusif": "ya", "rujuk": "puskesmas"},
        "jml_bayi_0_6_bln datang_bayi asi_eksklusif rujuk_bayi",
        "jml_balita_apras rujuk_balita_apras",
    ),
    (
        2,
        "P",
        "",
        "kartu_balita",
        {"ceklis_perkembangan": "tidak_lengkap", "gejala_sakit": "batuk"},
        "jml_balita_apras datang_balita ceklis_tidak_lengkap balita_sakit",
        "jml_bayi_0_6_bln ceklis_lengkap",
    ),
    (
        2,
        "P",
        "",
        "kartu_balita",
        {"lila_cm": 12.5, "lk_cm": 47.5},
        "lila_normal lk_normal",
        "lila_tidak_normal lk_tidak_normal",
    ),
    (
        2,
        "P",
        "",
        "kartu_balita",
        {"lila_cm": 12.4, "lk_cm": 43},
        "lila_tidak_normal lk_tidak_normal",
        "lila_normal lk_normal",
    ),
    (
        2,
        "L",
        "",
        "kartu_balita",
        {"bb_kg": 12.4, "pb_tb_cm": 87.8, "cara_ukur": "berdiri"},
        "bbu_baik pbtbu_normal bbtb_gizi_baik",
        "bbu_masalah pbtbu_tidak_normal bbtb_masalah bb_tidak_naik",
    ),
    (
        2,
        "L",
        "",
        "kartu_balita",
        {"bb_kg": 8.5, "pb_tb_cm": 80, "cara_ukur": "berdiri"},
        "bbu_masalah pbtbu_tidak_normal bb_tidak_naik",
        "bbu_baik pbtbu_normal",
    ),
    (
        2,
        "L",
        "",
        "kartu_balita",
        {"bb_kg": 16, "pb_tb_cm": 88, "cara_ukur": "berdiri"},
        "bb_tidak_naik bbtb_masalah",
        "bb_naik",
    ),
    (5, "P", "", "kartu_balita", {**TWO, "edukasi": ["phbs"]}, "jml_balita_apras tbc_2_gejala edukasi", ""),
    (
        10,
        "P",
        "",
        "kartu_sekolah_remaja",
        {"bb_kg": 32, "tb_cm": 138},
        "jml_6_14 datang_6_14 imt_normal",
        "jml_15_18 imt_gemuk",
    ),
    (10, "P", "", "kartu_sekolah_remaja", {"hb": 11.4}, "anemia", "tidak_anemia"),
    (10, "P", "", "kartu_sekolah_remaja", {"hb": 11.5}, "tidak_anemia", "anemia"),
    (13, "P", "", "kartu_sekolah_remaja", {"hb": 11.9}, "anemia", "tidak_anemia"),
    (
        16,
        "P",
        "",
        "kartu_sekolah_remaja",
        {"hb": 12, "td": {"sistol": 85, "diastol": 60}, "gula_darah_sewaktu": 200},
        "jml_15_18 tidak_anemia td_rendah gd_tinggi",
        "td_normal td_tinggi gd_normal gd_rendah",
    ),
    (16, "L", "", "kartu_sekolah_remaja", {"lingkar_perut_cm": 90.1, "rujuk": "pustu"}, "lingkar_perut dirujuk", ""),
    (16, "L", "", "kartu_sekolah_remaja", {"lingkar_perut_cm": 90}, "", "lingkar_perut"),
    (
        40,
        "L",
        "",
        "kartu_dewasa_lansia",
        {"bb_kg": 43.3, "tb_cm": 160},
        "jml_dewasa datang_dewasa imt_sangat_kurus",
        "imt_kurus imt_normal",
    ),
    (40, "L", "", "kartu_dewasa_lansia", {"bb_kg": 43.5, "tb_cm": 160}, "imt_kurus", "imt_sangat_kurus imt_normal"),
    (40, "L", "", "kartu_dewasa_lansia", {"bb_kg": 47.23, "tb_cm": 160}, "imt_kurus", "imt_normal"),
    (40, "L", "", "kartu_dewasa_lansia", {"bb_kg": 47.24, "tb_cm": 160}, "imt_normal", "imt_kurus"),
    (40, "L", "", "kartu_dewasa_lansia", {"bb_kg": 64.12, "tb_cm": 160}, "imt_normal", "imt_gemuk"),
    (40, "L", "", "kartu_dewasa_lansia", {"bb_kg": 64.13, "tb_cm": 160}, "imt_gemuk", "imt_normal imt_obesitas"),
    (65, "L", "", "kartu_dewasa_lansia", {"bb_kg": 69.25, "tb_cm": 160}, "jml_lansia imt_obesitas", "imt_gemuk"),
    (40, "L", "", "kartu_dewasa_lansia", {"lingkar_perut_cm": 90.1}, "lp_l_gt90", "lp_p_gt80"),
    (65, "P", "", "kartu_dewasa_lansia", {"lingkar_perut_cm": 80.1}, "lp_p_gt80", "lp_l_gt90"),
    (
        40,
        "P",
        "",
        "kartu_dewasa_lansia",
        {"td": {"sistol": 120, "diastol": 80}, "gds_mg_dl": 69},
        "td_normal gd_rendah",
        "td_tinggi td_rendah gd_normal",
    ),
    (
        40,
        "P",
        "",
        "kartu_dewasa_lansia",
        {"td": {"sistol": 120, "diastol": 90}, "gds_mg_dl": 199},
        "td_tinggi gd_normal",
        "td_normal gd_tinggi",
    ),
    (45, "L", "", "kartu_dewasa_lansia", {"perilaku_berisiko": ["merokok"], "puma_skor": 6}, "puma_ge6", "puma_lt6"),
    (45, "L", "", "kartu_dewasa_lansia", {"perilaku_berisiko": ["merokok"], "puma_skor": 5}, "puma_lt6", "puma_ge6"),
    (45, "L", "", "srq20", {"srq20_skor": 6, "srq20_no17": "ya"}, "jiwa_ge6 jiwa_q17_ya", "jiwa_lt6"),
    (
        65,
        "P",
        "",
        "kartu_lansia",
        {"aks_tingkat": "s", "skilas_gerak": "ya", "skilas_depresi": "tidak"},
        "aks_B_S skilas_gerak_ya skilas_depresi_tidak",
        "aks_A_M skilas_gerak_tidak",
    ),
]


@pytest.mark.parametrize(
    ("years", "sex", "condition", "card", "answers", "ones", "zeros"),
    CASES,
    ids=[f"{case[3]}-{' '.join(case[4])}-{number}" for number, case in enumerate(CASES)],
)
def test_a_column_counts_the_person_whom_its_header_names(world, years, sex, condition, card, answers, ones, zeros):
    person = factories.resident(world.a, birth_date=born(years * 12 + 1), sex=sex, since=born(years * 12 + 1))
    if condition == "bumil":
        factories.pregnancy(person, registered_on=date(2026, 6, 1))
    if condition == "nifas":
        factories.pregnancy(person, registered_on=date(2026, 1, 1), ended_on=date(2026, 10, 2), outcome="lahir")
    day = hold(world.a, world.kader, people=[person])
    fill(day, card, person, answers, world.kader)
    form = next(
        form
        for form, names in PRINTED.items()
        if (ones or zeros).split()[-1] in names.split() and _fits(form, years, condition)
    )
    found = columns_of(world.a, form)
    assert {key: found[key] for key in ones.split()} == dict.fromkeys(ones.split(), 1)
    assert {key: found[key] for key in zeros.split()} == dict.fromkeys(zeros.split(), 0)


def _fits(form, years, condition):
    if condition:
        return form == "rekap_bumil_nifas_menyusui"
    young, school = years < 6, years < 18
    return form == ("rekap_bayi_balita_apras" if young else "rekap_sekolah_remaja" if school else "rekap_dewasa_lansia")


def test_a_person_counts_once_a_month_by_her_latest_card(world):
    mother = factories.resident(world.a, birth_date=date(1998, 1, 1), sex="P")
    factories.pregnancy(mother, registered_on=date(2026, 2, 1), ended_on=date(2026, 10, 14), outcome="lahir")
    first, second = hold(world.a, world.kader, people=[mother]), hold(world.a, world.kader, day=date(2026, 10, 24))
    fill(first, "kartu_bumil", mother, {**TWO, "edukasi": ["ttd"], "rujuk": "pustu"}, world.kader)
    fill(second, "kartu_nifas_menyusui", mother, {**ONE, "edukasi": ["asi"], "rujuk": "tidak"}, world.kader)
    found = columns_of(world.a, "rekap_bumil_nifas_menyusui")
    assert (found["dapat_edukasi"], found["gejala_tbc"]) == (1, 0)
    assert (found["rujuk_bumil"], found["rujuk_nifas_menyusui"]) == (0, 0)


@pytest.mark.parametrize(("state", "expected"), [("dibuat", 1), ("selesai", 1), ("di_tempat", 0)])
@pytest.mark.parametrize("with_card", [True, False])
def test_a_referral_of_the_month_counts_once_with_or_without_a_card(world, state, expected, with_card):
    person = child(world.a)
    day = hold(world.a, world.kader, people=[person, child(world.a, "Budi")])
    if with_card:
        fill(day, "kartu_balita", person, {"bb_kg": 11, "rujuk": "puskesmas" if expected else "tidak"}, world.kader)
    else:
        fill(day, "kartu_balita", child(world.a, "Citra"), {"bb_kg": 11}, world.kader)
    Referral.objects.create(
        code="R1",
        posyandu=world.a,
        resident=person,
        place="Puskesmas",
        reason="x",
        state=state,
        made_on=OPEN_DAY,
        made_by=world.kader,
    )
    assert columns_of(world.a, "rekap_bayi_balita_apras")["rujuk_balita_apras"] == expected


def test_unmeasured_and_unasked_is_no_zero(world):
    hold(world.a, world.kader, people=[child(world.a)])
    found = columns_of(world.a, "rekap_bayi_balita_apras")
    for column in (
        "bb_naik",
        "bb_tidak_naik",
        "lk_normal",
        "lila_tidak_normal",
        "tbc_2_gejala",
        "edukasi",
        "rujuk_bayi",
    ):
        assert found[column] == "belum_didata", column
    assert found["datang_balita"] == 1


def test_an_implausible_head_is_in_neither_column(world):
    person = child(world.a)
    fill(hold(world.a, world.kader, people=[person]), "kartu_balita", person, {"lk_cm": 47}, world.kader)
    Measurement.objects.unscoped(reason="test").update(z_hcfa="-6.00", flags=["hcfa"])
    assert columns_of(world.a, "rekap_bayi_balita_apras")["lk_normal"] == "belum_didata"


def test_columns_of_posts_add_up_to_the_kecamatan(world):
    for post, kader, number in ((world.a, world.kader, 3), (world.near, world.kader_near, 2)):
        day = hold(post, kader)
        for each in range(number):
            person = child(post, f"Anak {each}")
            factories.present(day, person, by=kader)
            fill(day, "kartu_balita", person, {"bb_kg": 8 + each, "lila_cm": 12 + each, **TWO}, kader)
    for form in FORMS:
        parts = [columns_of(post, form) for post in (world.a, world.near)]
        for column, value in columns_of("33.75.03", form).items():
            numbers = [part[column] for part in parts if isinstance(part[column], int)]
            assert value == (sum(numbers) if numbers else value), column
    assert columns_of("33.75.03", "rekap_bayi_balita_apras")["tbc_2_gejala"] == 5
