"""Who is counted where: dated residence, dated ages, guests, movers, and what was not measured."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.areas import clock as local
from services.areas.actions import set_district_setting
from services.areas.models import Area, CodeChange
from services.home_visits.models import HomeVisit
from services.open_days.models import Helper
from services.posyandu.models import AreaMembership, Period
from services.records.actions import mark_present, plan_encounter, save_record
from services.records.models import Measurement
from services.records.thresholds import THRESHOLDS
from services.reports.monthly import month_figures, monthly_report, post_reports
from services.reports.sources import UnknownPlace, find_place
from services.residents.actions import receive_guest
from services.residents.models import Residency
from tests import factories

from .conftest import MONTH, NOW, OPEN_DAY, child, fill, hold
from .test_other_sources import build_others

PRESSURE = {"td": {"sistol": 145, "diastol": 80}}
TWO_YEARS = [date(year, month, 1) for year in (2023, 2024) for month in range(1, 13)]


def figures(place, month=MONTH):
    return month_figures(getattr(place, "path", place), month, scope=None)


def value(place, key, month=MONTH):
    return figures(place, month)[key].value


def end(person, on, ended="pindah_keluar"):
    Residency.objects.unscoped(reason="test").filter(resident=person, to_date=None).update(to_date=on, ended=ended)


def move(person, post, on):
    end(person, on)
    Residency.objects.create(
        resident=person, posyandu=post, household=factories.household(post), from_date=on, began="pindah_masuk"
    )


def test_two_posts_with_different_data_differ(world):
    hold(world.a, world.kader, people=[child(world.a), child(world.a, "Budi")])
    hold(world.near, world.kader_near, people=[child(world.near, "Citra")])
    assert [value(post, "kesehatan.balita.hadir") for post in (world.a, world.near, world.far)] == [2, 1, None]


@pytest.mark.parametrize("month", TWO_YEARS, ids=str)
def test_first_and_last_day_of_every_month_belong_to_it(world, month):
    person = factories.resident(world.a, birth_date=date(2021, 1, 1), since=date(2022, 1, 1))
    last = local.last_day(month)
    for day in (month, last):
        hold(world.a, world.kader, day=day, people=[person])
    found = {each: figures(world.a, each) for each in (local.previous_month(month), month, local.next_month(month))}
    arrivals = [each["hari_buka.semua.kedatangan"].value for each in found.values()]
    assert arrivals == [None, 2, None]
    assert found[month]["kesehatan.balita.hadir"].value == 1


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(2026, 10, 31), "balita"),
        (date(2021, 11, 1), "balita"),
        (date(2021, 10, 31), "apras"),
        (date(2020, 11, 1), "apras"),
        (date(2020, 10, 31), "usekrem"),
        (date(2008, 11, 1), "usekrem"),
        (date(2008, 10, 31), "dewasa"),
        (date(1966, 11, 1), "dewasa"),
        (date(1966, 10, 31), "lansia"),
    ],
)
def test_age_is_that_of_the_last_day_of_the_month(world, born, group):
    factories.resident(world.a, birth_date=born, since=born)
    found = figures(world.a)
    ages = ("balita", "apras", "usekrem", "dewasa", "lansia")
    assert {
        each: found[f"kesehatan.{each}.sasaran"].value for each in ages if found[f"kesehatan.{each}.sasaran"].value
    } == {group: 1}


@pytest.mark.parametrize(
    ("details", "group"),
    [
        ({"registered_on": date(2026, 10, 31)}, "bumil"),
        ({"registered_on": date(2026, 11, 1)}, "usekrem"),
        ({"registered_on": date(2026, 1, 1), "ended_on": date(2026, 11, 1), "outcome": "lahir"}, "bumil"),
        ({"registered_on": date(2026, 1, 1), "ended_on": date(2026, 10, 31), "outcome": "lahir"}, "nifas_menyusui"),
        ({"registered_on": date(2025, 1, 1), "ended_on": date(2025, 11, 1), "outcome": "lahir"}, "nifas_menyusui"),
        ({"registered_on": date(2025, 1, 1), "ended_on": date(2025, 10, 31), "outcome": "lahir"}, "usekrem"),
        ({"registered_on": date(2026, 1, 1), "ended_on": date(2026, 10, 1), "outcome": "keguguran"}, "usekrem"),
    ],
)
def test_a_mother_is_counted_as_mother_before_her_age(world, details, group):
    girl = factories.resident(world.a, birth_date=date(2009, 5, 1))
    factories.pregnancy(girl, **details)
    found = figures(world.a)
    sasaran = {key: figure.value for key, figure in found.items() if key.endswith(".sasaran")}
    counted = {key.split(".")[1] for key, number in sasaran.items() if key.startswith("kesehatan.") and number}
    assert counted == {group, "semua"}


def test_a_guest_counts_where_she_was_served_and_nowhere_as_living(world):
    guest = child(world.near, "Tamu")
    day = hold(world.a, world.kader)
    receive_guest(resident=guest, posyandu=world.a, on=OPEN_DAY, by=world.kader)
    mark_present(encounter=day.encounter, resident_id=guest.pk, by=world.kader, is_guest=True)
    hold(world.near, world.kader_near)
    here, home = figures(world.a), figures(world.near)
    assert (
        here["kesehatan.tamu.hadir"].value,
        here["kesehatan.balita.hadir"].value,
        here["kesehatan.balita.sasaran"].value,
    ) == (1, 0, 0)
    assert (
        home["kesehatan.tamu.hadir"].value,
        home["kesehatan.balita.hadir"].value,
        home["kesehatan.balita.sasaran"].value,
    ) == (0, 0, 1)
    assert value("33.75.03", "kesehatan.tamu.hadir") == 1


def test_who_moved_in_mid_month_counts_where_she_lives_on_the_last_day(world):
    person = child(world.a)
    hold(world.a, world.kader, people=[person])
    hold(world.near, world.kader_near)
    move(person, world.near, date(2026, 10, 20))
    before, after = figures(world.a), figures(world.near)
    assert (before["kesehatan.balita.sasaran"].value, before["kesehatan.balita.hadir"].value) == (0, 0)
    assert (after["kesehatan.balita.sasaran"].value, after["kesehatan.balita.hadir"].value) == (1, 1)
    assert (before["kependudukan.warga.pindah_keluar"].value, after["kependudukan.warga.pindah_masuk"].value) == (1, 1)
    assert before["hari_buka.semua.kedatangan"].value == 1


@pytest.mark.parametrize(("moved", "sasaran"), [(date(2026, 10, 31), 0), (date(2026, 11, 1), 1)])
def test_to_date_is_the_first_day_away(world, moved, sasaran):
    end(child(world.a), moved)
    assert value(world.a, "kesehatan.balita.sasaran") == sasaran


def test_a_past_percentage_does_not_move_when_people_move_in_today(world):
    hold(world.a, world.kader, people=[child(world.a)])
    child(world.a, "Budi")
    before = figures(world.a)
    for number in range(5):
        child(world.a, f"Baru {number}", since=NOW.date())
    assert figures(world.a) == before
    assert before["kesehatan.balita.persen_hadir"].value == 50


def test_the_dead_and_merged_duplicates_are_not_among_the_living(world):
    kept = child(world.a)
    duplicate = child(world.a, "Aisyah P")
    type(duplicate).objects.unscoped(reason="test").filter(pk=duplicate.pk).update(merged_into=kept)
    gone = child(world.a, "Budi")
    end(gone, date(2026, 10, 20), "meninggal")
    found = figures(world.a)
    assert found["kesehatan.balita.sasaran"].value == 1
    assert found["kependudukan.warga.meninggal"].value == 1


def test_unmeasured_is_not_normal(world):
    hold(world.a, world.kader, people=[child(world.a)])
    found = figures(world.a)
    for key in (
        "kesehatan.balita.d",
        "kesehatan.balita.n",
        "kesehatan.tb_u.n",
        "kesehatan.balita.stunting",
        "kesehatan.lansia.td_tinggi",
    ):
        assert found[key].state.value == "belum_didata", key


def weigh(day, person, kg, cm, by, **more):
    fill(day, "kartu_balita", person, {"bb_kg": kg, "pb_tb_cm": cm, "cara_ukur": "berdiri", **more}, by)


def test_growth_classes_count_each_child_by_her_last_measurement(world):
    short, good = child(world.a), child(world.a, "Budi", sex="L")
    first = hold(world.a, world.kader, people=[short, good])
    weigh(first, short, 9.9, 76, world.kader)
    weigh(first, good, 12, 87, world.kader)
    second = hold(world.a, world.kader, day=date(2026, 10, 20))
    weigh(second, good, 12.1, 87.2, world.kader)
    found = figures(world.a)
    assert found["kesehatan.balita.d"].value == 2
    assert found["kesehatan.tb_u.diukur"].value == 2
    assert (
        found["kesehatan.balita.stunting"].value
        == found["kesehatan.tb_u.sp"].value + found["kesehatan.tb_u.p"].value
        == 1
    )
    assert found["kesehatan.balita.persen_stunting"].value == 50


def test_a_later_weighing_without_length_keeps_the_months_length(world):
    person = child(world.a)
    weigh(hold(world.a, world.kader, people=[person]), person, 9.9, 76, world.kader)
    later = hold(world.a, world.kader, day=date(2026, 10, 20))
    fill(later, "kartu_balita", person, {"bb_kg": 10.0}, world.kader)
    found = figures(world.a)
    assert (found["kesehatan.balita.d"].value, found["kesehatan.balita.stunting"].value) == (1, 1)


def test_implausible_results_are_left_out_and_said(world):
    person = child(world.a)
    weigh(hold(world.a, world.kader, people=[person]), person, 11, 60, world.kader)
    found = figures(world.a)
    assert (found["kesehatan.balita.stunting"].state.value, found["kesehatan.tb_u.periksa_ulang"].value) == (
        "belum_didata",
        1,
    )


def test_swelling_of_both_feet_is_the_lowest_class(world):
    person = child(world.a)
    weigh(hold(world.a, world.kader, people=[person]), person, 12, 86, world.kader, edema="ya")
    assert value(world.a, "kesehatan.bb_tb.gbur") == 1


@pytest.mark.parametrize(
    ("z", "key"), [("-3.01", "sk"), ("-3.00", "k"), ("-2.01", "k"), ("-2.00", "n"), ("1.00", "n"), ("1.01", "rbbl")]
)
def test_class_ends_are_those_of_the_regulation(world, z, key):
    person = child(world.a)
    weigh(hold(world.a, world.kader, people=[person]), person, 12, 86, world.kader)
    Measurement.objects.unscoped(reason="test").update(z_wfa=z, flags=[])
    found = figures(world.a)
    assert {name for name in ("sk", "k", "n", "rbbl") if found[f"kesehatan.bb_u.{name}"].value} == {key}


def test_weighing_status_is_counted_among_the_weighed(world):
    person = child(world.a, months=14)
    for day, kg in ((date(2026, 8, 11), 9.0), (date(2026, 9, 8), 9.0), (OPEN_DAY, 9.0)):
        weigh(hold(world.a, world.kader, day=day, people=[person]), person, kg, 76, world.kader)
    found = figures(world.a)
    assert [found[f"kesehatan.balita.{key}"].value for key in ("s", "d", "n", "t", "o", "b", "dua_t", "d_murni")] == [
        1,
        1,
        0,
        1,
        0,
        0,
        1,
        1,
    ]
    assert figures(world.a, date(2026, 8, 1))["kesehatan.balita.b"].value == 1


def test_weighed_at_home_is_weighed_but_not_present(world):
    person = child(world.a)
    hold(world.a, world.kader)
    elsewhere = plan_encounter(kind="lain", posyandu=world.a, day=date(2026, 10, 20), by=world.kader)
    save_record(encounter=elsewhere, form="kartu_balita", subject=person, answers={"bb_kg": 11}, by=world.kader)
    found = figures(world.a)
    assert (found["kesehatan.balita.d"].value, found["kesehatan.balita.hadir"].value) == (1, 0)


@pytest.mark.parametrize(("pressure", "high"), [((139, 89), 0), ((140, 80), 1), ((120, 90), 1)])
def test_blood_pressure_over_the_limit(world, pressure, high):
    elder = factories.resident(world.a, birth_date=date(1950, 1, 1))
    day = hold(world.a, world.kader, people=[elder])
    fill(
        day, "kartu_dewasa_lansia", elder, {"td": dict(zip(("sistol", "diastol"), pressure, strict=True))}, world.kader
    )
    found = figures(world.a)
    assert (found["kesehatan.lansia.td_diukur"].value, found["kesehatan.lansia.td_tinggi"].value) == (1, high)
    assert found["kesehatan.lansia.td_diukur"].denominator == 1


@pytest.mark.parametrize(("arm", "thin"), [(23.4, 1), (23.5, 0)])
def test_arm_of_a_pregnant_woman(world, arm, thin):
    mother = factories.resident(world.a, birth_date=date(1998, 1, 1))
    factories.pregnancy(mother, registered_on=date(2026, 6, 1))
    fill(hold(world.a, world.kader, people=[mother]), "kartu_bumil", mother, {"lila_cm": arm}, world.kader)
    assert value(world.a, "kesehatan.bumil.lila_kurang") == thin


def test_the_report_counts_by_the_districts_own_limits_and_says_so(world):
    elder = factories.resident(world.a, birth_date=date(1950, 1, 1))
    fill(hold(world.a, world.kader, people=[elder]), "kartu_dewasa_lansia", elder, PRESSURE, world.kader)
    national = monthly_report(world.a.path, MONTH, scope=None)
    set_district_setting(
        area=factories.area_tree()["33.75"],
        setting=THRESHOLDS["systolic_high"],
        value="150",
        valid_from=OPEN_DAY,
        source="SE",
        by=factories.user("admin", at="33.75"),
    )
    own = monthly_report(world.a.path, MONTH, scope=None)
    assert [each.figures["kesehatan.lansia.td_tinggi"].value for each in (national, own)] == [1, 0]
    assert (national.remarks, own.remarks) == (
        (),
        ("Dihitung dengan batas daerah ini: Tekanan darah tinggi mulai sistol (mmHg) 150",),
    )
    earlier = monthly_report(world.a.path, local.previous_month(MONTH), scope=None)
    assert earlier.remarks == ()


def test_a_place_that_had_no_posyandu_yet_has_no_one_to_count(world):
    AreaMembership.objects.unscoped(reason="test").filter(posyandu=world.near).update(from_date=OPEN_DAY)
    assert {each.value for each in figures("33.75.03.1004", date(2026, 8, 1)).values()} == {None}


def test_a_household_is_counted_once_by_its_last_answers(world):
    family = factories.household(world.a)
    for day, roof in ((OPEN_DAY, "bocor"), (date(2026, 10, 20), "genteng")):
        fill(
            hold(world.a, world.kader, day=day), "rumah", family, {"atap": roof, "kategori_rumah": "rtlh"}, world.kader
        )
    found = figures(world.a)
    assert [found[f"perumahan_rakyat.rumah.{key}"].value for key in ("jumlah", "atap_bocor", "rumah_rtlh")] == [1, 0, 1]
    assert found["perumahan_rakyat.rumah.lantai_tanah"].state.value == "belum_didata"
    assert found["perumahan_rakyat.rumah.rumah_rtlh"].denominator == 1


def test_people_households_and_activities_are_never_added_together(world):
    day = hold(world.a, world.kader)
    fill(day, "air_jamban", factories.household(world.a), {"jamban_sehat": "tidak"}, world.kader)
    for women in (10, 12):
        fill(
            day,
            "penyuluhan_pekerjaan_umum",
            "Penyuluhan",
            {"topik": ["jamban"], "peserta": {"l": 2, "p": women}},
            world.kader,
        )
    found = figures(world.a)
    assert found["pekerjaan_umum.air_jamban.jumlah"].value == 1
    assert found["pekerjaan_umum.air_jamban.jamban_tidak_ada"].value == 1
    base = "pekerjaan_umum.penyuluhan_pekerjaan_umum"
    assert [
        found[f"{base}.{key}"].value for key in ("jumlah", "kegiatan_penyuluhan", "peserta_l", "peserta_p", "peserta")
    ] == [2, 2, 4, 22, 26]


@pytest.mark.parametrize(
    ("form", "answers", "key", "counted"),
    [
        ("kartu_dewasa_lansia", {"riwayat_diri": ["hipertensi", "dm"]}, "riwayat_dm", 1),
        ("kartu_dewasa_lansia", {"riwayat_diri": ["tidak_ada"]}, "riwayat_dm", 0),
        ("kartu_dewasa_lansia", {"rujuk": "pustu"}, "dirujuk", 1),
        ("kartu_dewasa_lansia", {"rujuk": "tidak"}, "dirujuk", 0),
        ("kartu_dewasa_lansia", {"edukasi": ["rokok"]}, "edukasi_diberikan", 1),
        ("kartu_dewasa_lansia", {"bb_kg": 60}, "edukasi_diberikan", 0),
        ("kartu_bumil", {"ttd_jumlah_diberi_nakes": 1}, "bumil_dapat_ttd", 1),
        ("kartu_bumil", {"ttd_jumlah_diberi_nakes": 0}, "bumil_dapat_ttd", 0),
        ("kartu_bumil", {"mt_kek_komposisi_porsi": "nasi 'dan' 100% telur"}, "bumil_kek_dapat_pmt", 1),
        ("kartu_bumil", {"bb_kg": 60}, "bumil_dapat_ttd", None),
    ],
)
def test_every_kind_of_predicate_counts_as_the_registry_says(world, form, answers, key, counted):
    person = factories.resident(world.a, birth_date=date(1990, 1, 1))
    fill(hold(world.a, world.kader, people=[person]), form, person, answers, world.kader)
    assert value(world.a, f"kesehatan.{form}.{key}") == counted


def test_home_visits_by_reason_outcome_and_next_step(world):
    family = factories.household(world.a)
    for day, outcome, step in ((20, "bertemu", "rujuk"), (21, "menolak", "")):
        encounter = plan_encounter(kind="kunjungan", posyandu=world.a, day=date(2026, 10, day), by=world.kader)
        HomeVisit.objects.create(
            encounter=encounter, posyandu=world.a, household=family, date=encounter.date, reason="STUNTING",
            outcome=outcome, next_step=step, visited_by=world.kader,
        )  # fmt: skip
    found = figures(world.a)
    assert [found[f"kunjungan_rumah.stunting.{key}"].value for key in ("dikunjungi", "bertemu", "tidak_bertemu")] == [
        2,
        1,
        1,
    ]
    assert found["kunjungan_rumah.langkah.rujuk"].value == 1
    assert figures(world.near)["kunjungan_rumah.semua.dikunjungi"].state.value == "belum_didata"


def test_open_days_held_and_cancelled_kader_and_meals(world):
    day = hold(world.a, world.kader, meals=40)
    hold(world.a, world.kader, day=date(2026, 10, 27), state="batal", cancel_reason="banjir")
    Helper.objects.create(open_day=day, kind="kader", user=world.kader)
    Helper.objects.create(open_day=day, kind="bidan", name="Bidan")
    found = figures(world.a)
    keys = ("semua.terlaksana", "semua.batal", "kader.hadir", "petugas.hadir", "pmt.porsi")
    assert [found[f"hari_buka.{key}"].value for key in keys] == [1, 1, 1, 1, 40]


def test_only_a_cancelled_day_makes_attendance_not_apply(world):
    child(world.a)
    hold(world.a, world.kader, state="batal", cancel_reason="banjir")
    assert figures(world.a)["kesehatan.balita.hadir"].state.value == "tidak_berlaku"


def test_a_post_before_mulai_pakai_owes_nothing(world):
    early = factories.posyandu("Contoh Mawar", live_from=date(2026, 11, 1))
    child(early)
    found = figures(early)
    assert {figure.state.value for figure in found.values()} == {"tidak_berlaku"}
    kelurahan = figures("33.75.03.1003")
    assert (kelurahan["kesehatan.balita.sasaran"].value, kelurahan["kelembagaan.posyandu.jumlah"].value) == (0, 1)


def test_entries_before_mulai_pakai_are_not_lost(world):
    early = factories.posyandu("Contoh Mawar", live_from=None)
    hold(early, world.kader, people=[child(early)])
    assert value(early, "kesehatan.balita.hadir") == 1


def build_a_varied_month(world):
    """Something in every part of the report, at posts on both sides of every border."""
    for post, by, number in (
        (world.a, world.kader, 3),
        (world.near, world.kader_near, 2),
        (world.far, world.kader_far, 1),
    ):
        people = [child(post, f"Anak {index}", months=10 + 7 * index) for index in range(number + 1)]
        elder = factories.resident(post, "Kakek", sex="L", birth_date=date(1950, 1, 1))
        mother = factories.resident(post, "Ibu", birth_date=date(1995, 1, 1))
        factories.pregnancy(mother, registered_on=date(2026, 7, 1))
        day = hold(post, by, people=[*people[:number], elder, mother], meals=10 * number)
        for person in people[:number]:
            weigh(day, person, 9.4, 78, by, punya_buku_kia="ya")
        fill(
            day,
            "kartu_dewasa_lansia",
            elder,
            {"td": {"sistol": 150, "diastol": 80}, "gds_mg_dl": 210, "lingkar_perut_cm": 95},
            by,
        )
        fill(day, "kartu_bumil", mother, {"lila_cm": 22, "ttd_jumlah_diberi_nakes": 30}, by)
        fill(day, "rumah", factories.household(post), {"atap": "bocor", "kategori_rumah": "rtlh"}, by)
        fill(day, "penyuluhan_sosial", "Penyuluhan", {"topik": ["inklusi"], "peserta": {"l": 1, "p": number}}, by)
        visit = plan_encounter(kind="kunjungan", posyandu=post, day=date(2026, 10, 20), by=by)
        HomeVisit.objects.create(
            encounter=visit, posyandu=post, household=factories.household(post), date=visit.date, reason="RUTIN",
            outcome="bertemu", visited_by=by,
        )  # fmt: skip
        build_others(post, by)
    mover = child(world.a, "Pindah")
    move(mover, world.near, date(2026, 10, 15))
    guest = child(world.a, "Tamu")
    mark_present(
        encounter=world.near.encounters.get(kind="hari_buka"), resident_id=guest.pk, by=world.kader_near, is_guest=True
    )


def test_every_figure_that_adds_adds_up_at_every_level(world):
    second = factories.posyandu("Contoh Mawar", "33.75.03.1003")
    build_a_varied_month(world)
    hold(second, world.kader, people=[child(second)])
    levels = {
        "33.75.03.1003": [world.a.path, second.path],
        "33.75.03": ["33.75.03.1003", "33.75.03.1004"],
        "33.75": ["33.75.03"],
        "33.20.13.2004": [world.far.path],
        "33.20": ["33.20.13"],
    }
    for whole, parts in levels.items():
        total, pieces = figures(whole), [figures(part) for part in parts]
        counted = 0
        for key, figure in total.items():
            values = [piece[key].value for piece in pieces if piece[key].value is not None]
            if figure.adds:
                assert (figure.value or 0) == sum(values), (whole, key)
                assert (figure.value is None) == (not values), (whole, key)
                counted += bool(figure.value)
        assert counted > 40, whole


def test_the_parts_of_a_recap_are_the_reports_of_the_level_below(world):
    build_a_varied_month(world)
    recap = monthly_report("33.75.03", MONTH, scope=None)
    assert [part.place.code for part in recap.parts] == ["33.75.03.1003", "33.75.03.1004"]
    for part in recap.parts:
        assert dict(part.figures) == figures(part.place.code)
    assert (recap.live, recap.reporting) == (2, 2)


def test_posts_counted_together_get_the_report_each_would_get_alone(world):
    second = factories.posyandu("Contoh Mawar", "33.75.03.1003")
    build_a_varied_month(world)
    hold(second, world.kader, people=[child(second), child(world.a, "Tamu dari sebelah")])
    reports = dict(post_reports([world.near, second, world.a], MONTH))
    for post, report in reports.items():
        assert report == monthly_report(post.path, MONTH, scope=None)
    assert list(reports) == [world.near, second, world.a]


def test_the_number_of_queries_does_not_grow_with_people_or_posts(world):
    build_a_varied_month(world)
    with CaptureQueriesContext(connection) as few:
        monthly_report("33.75", MONTH, scope=None)
    more = factories.posyandu("Contoh Mawar", "33.75.03.1003")
    build_a_varied_month(
        type(world)(
            **{
                **vars(world),
                "far": more,
                "kader_far": world.kader,
                "a": factories.posyandu("Contoh Dahlia"),
                "near": factories.posyandu("Contoh Kenanga", "33.75.03.1004"),
            }
        )
    )
    with CaptureQueriesContext(connection) as many:
        monthly_report("33.75", MONTH, scope=None)
    assert len(many) == len(few)


def test_a_chart_month_is_counted_by_the_rule_of_its_own_report(world):
    person = child(world.a)
    for day in (date(2026, 8, 11), OPEN_DAY):
        hold(world.a, world.kader, day=day, people=[person, child(world.a, f"Teman {day}")])
    report = monthly_report(world.a.path, MONTH, scope=None)
    expected = [(month, value(world.a, "kesehatan.semua.hadir", month)) for month in local.months_back(MONTH, 6)]
    assert list(report.attendance) == expected
    assert [number for _, number in expected] == [None, None, None, 2, None, 2]


def test_the_month_that_runs_is_counted_as_of_today(world):
    report = monthly_report(world.a.path, date(2026, 11, 1), scope=None)
    assert (report.counted_on, report.is_running) == (NOW.date(), True)


def test_sent_months_are_counted(world):
    Period.objects.create(posyandu=world.a, month=MONTH, state="diajukan")
    assert value("33.75.03", "kelembagaan.posyandu.terkirim") == 1


def test_a_post_stays_in_its_kelurahan_of_that_month(world):
    new = Area.objects.get(pk="33.75.03.1004")
    moved_on = date(2026, 11, 1)
    AreaMembership.objects.unscoped(reason="test").filter(posyandu=world.a).update(to_date=moved_on)
    AreaMembership.objects.create(posyandu=world.a, area=new, path="33.75.03.1004.2", from_date=moved_on)
    type(world.a).objects.unscoped(reason="test").filter(pk=world.a.pk).update(
        path="33.75.03.1004.2", area=new, serial=2
    )
    child(world.a)
    assert value("33.75.03.1003", "kesehatan.balita.sasaran") == 1
    assert value("33.75.03.1004", "kesehatan.balita.sasaran") == 0
    assert value("33.75.03.1004", "kesehatan.balita.sasaran", date(2026, 11, 1)) == 1
    assert find_place("33.75.03.1003.1")[1].pk == world.a.pk


def test_an_old_code_is_still_found(world):
    CodeChange.objects.create(old_code="33.26.99.1003", new_area_id="33.75.03.1003", changed_on=date(2020, 1, 1))
    assert find_place("33.26.99.1003")[0].code == "33.75.03.1003"


def test_a_place_that_was_split_asks_which_part_is_meant(world):
    for code in ("33.75.03.1003", "33.75.03.1004"):
        CodeChange.objects.create(old_code="33.26.99.1003", new_area_id=code, changed_on=date(2020, 1, 1))
    with pytest.raises(UnknownPlace, match="sudah dibagi"):
        find_place("33.26.99.1003")


@pytest.mark.parametrize("code", ["", "33", "33.7", "33.75.03.1003.9", "33.75.03.9999", "abc", "33.75.03.1003.1.1"])
def test_an_unknown_code_is_no_place(world, code):
    with pytest.raises(UnknownPlace, match="Tidak ada posyandu"):
        find_place(code)


def test_codes_are_places_and_never_beginnings_of_other_codes(world):
    tenth = [factories.posyandu(f"Contoh {number}") for number in range(2, 11)][-1]
    assert tenth.path == "33.75.03.1003.10"
    child(tenth)
    assert value("33.75.03.1003.1", "kesehatan.balita.sasaran") == 0
    assert value("33.75.03.1003.10", "kesehatan.balita.sasaran") == 1


def test_late_in_the_evening_of_the_last_day_is_that_month(world, clock):
    clock.move_to(NOW.replace(month=10, day=31, hour=23, minute=59))
    assert monthly_report(world.a.path, MONTH, scope=None).counted_on == date(2026, 10, 31)


def test_the_recaps_tbc_column_counts_two_symptoms_as_it_is_printed_whatever_the_district_alerts_at(world):
    """domain 3.4: the alert may come at one symptom, the recap column keeps "≥ 2" as printed."""
    district = Area.objects.get(pk="33.75")
    limit = THRESHOLDS["tbc_refer_from"]
    set_district_setting(area=district, setting=limit, value=1, valid_from=MONTH, source="SK", by=world.officer)
    one, two = child(world.a), child(world.a, "Budi")
    day = hold(world.a, world.kader, people=[one, two])
    fill(day, "kartu_balita", one, {"batuk_terus_menerus": "ya", "demam_2_minggu": "tidak"}, world.kader)
    fill(day, "kartu_balita", two, {"batuk_terus_menerus": "ya", "demam_2_minggu": "ya"}, world.kader)
    assert value(world.a, "rekap.balita_apras.tbc") == 1


def test_the_identity_says_how_many_kader_serve_which_field(world):
    factories.user("kader", at=world.a, field="kesehatan")
    twice = factories.user("kader", at=world.a, field="sosial")
    factories.assign(twice, "sekretaris", world.a, field="sosial")
    identity = dict(monthly_report(world.a.path, MONTH, scope=None).identity)
    assert identity["Kader menurut bidang"] == "Kesehatan 1 orang; Sosial 1 orang; semua bidang 1 orang"
    assert identity["Jumlah kader"] == "3 orang"
