"""When a visit is needed and when it is not: the triggers of domain 3.6, a row a case."""

# ruff: noqa: E501 - a row a case is read across

from datetime import date, timedelta
from uuid import UUID

import pytest

from services.follow_ups.rules import (
    KINDS,
    HouseFacts,
    Seen,
    Task,
    Told,
    decide,
    grouped,
    judgements,
    left_in_words,
    may_become,
    median_of,
    reasons_in_words,
    routine_month,
    slip_code,
)
from services.follow_ups.rules.body import kf_due

from .cases import (
    AUGUST,
    CHILD,
    HOUSE,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    TODAY,
    aged,
    answered,
    known,
    measured,
    person,
    post,
    pregnant,
)

WOMAN = {"sex": "P", "birth_date": aged(28), "from_date": date(2020, 1, 1)}


def said(kind: str, who, where=None):
    """What the rule of a kind says: its words when it holds, how it ended, or None for nothing known."""
    found = next((each for each in judgements(who, where or post()) if each.kind == kind), None)
    return None if found is None else found.words if found.holds else f"({found.closed_as})"


ABSENCE = [
    ("two days in a row for a balita", person(came=[SEPTEMBER]), post(), "2 kali tidak hadir"),
    ("one day is not repeated", person(came=[OCTOBER]), post(), "(kehadiran_dikoreksi)"),
    ("she came to the newest day", person(came=[NOVEMBER]), post(), "(hadir)"),
    ("never came in four days", person(), post(), "4 kali tidak hadir"),
    ("a day she came to breaks the row", person(came=[OCTOBER, AUGUST]), post(), "(kehadiran_dikoreksi)"),
    ("moved here after the day before", person(from_date=date(2026, 10, 20)), post(), "(kehadiran_dikoreksi)"),
    ("moved here before both", person(from_date=date(2026, 10, 13)), post(), "2 kali tidak hadir"),
    ("born since", person(birth_date=date(2026, 10, 20)), post(), "(kehadiran_dikoreksi)"),
    ("the post is live since October", person(), post(live_from=date(2026, 10, 1)), "2 kali tidak hadir"),
    ("the post is live since November", person(), post(live_from=date(2026, 11, 1)), "(kehadiran_dikoreksi)"),
    ("no open day was ever closed", person(), post(days=()), "(kehadiran_dikoreksi)"),
    ("a cancelled day is no open day", person(came=[SEPTEMBER]), post(days=post().days[1:]), "(kehadiran_dikoreksi)"),
    ("an adult is never absent", person(**WOMAN), post(), "(bukan_sasaran)"),
    ("three days for an elder", person(birth_date=aged(70)), post(days=post().days[:2]), "(kehadiran_dikoreksi)"),
    ("an elder after three days", person(birth_date=aged(70), came=[AUGUST]), post(), "3 kali tidak hadir"),
    ("a preschool child after three", person(birth_date=aged(5), came=[SEPTEMBER]), post(), "(kehadiran_dikoreksi)"),
    ("pregnant: two", person(**WOMAN, pregnancies=pregnant()), post(), "4 kali tidak hadir"),
    (
        "pregnant since the newest day only",
        person(**WOMAN, pregnancies=pregnant(since=date(2026, 11, 1))),
        post(),
        "(kehadiran_dikoreksi)",
    ),
    (
        "the district says three",
        person(came=[SEPTEMBER]),
        post(limits={"absen_berulang_prioritas": 3}),
        "(kehadiran_dikoreksi)",
    ),
    (
        "the district says one",
        person(came=[OCTOBER]),
        post(limits={"absen_berulang_prioritas": 1}),
        "1 kali tidak hadir",
    ),
    ("met at home in between", person(handled={"ABSEN_BERULANG": date(2026, 10, 20)}), post(), "(kehadiran_dikoreksi)"),
    ("while a day is corrected nothing ends", person(came=[OCTOBER]), post(is_correcting=True), None),
    ("while a day is corrected coming still counts", person(came=[NOVEMBER]), post(is_correcting=True), "(hadir)"),
    ("the district does not use the rule", person(), post(used=frozenset()), None),
]


@pytest.mark.parametrize(("who", "where", "expected"), [row[1:] for row in ABSENCE], ids=[row[0] for row in ABSENCE])
def test_absence_is_counted_in_open_days_on_which_she_was_expected(who, where, expected):
    assert said("ABSEN_BERULANG", who, where) == expected


BODY = [
    ("STUNTING", "short", person(measured=measured(z_lhfa=-2.01)), "pendek menurut umur"),
    ("STUNTING", "very short", person(measured=measured(z_lhfa=-3.2)), "sangat pendek menurut umur"),
    ("STUNTING", "exactly -2 is normal", person(measured=measured(z_lhfa=-2.0)), "(pertumbuhan_baik)"),
    ("STUNTING", "never measured", person(), None),
    ("STUNTING", "too old for the rule", person(birth_date=aged(6), measured=measured(z_lhfa=-3)), "(bukan_sasaran)"),
    ("GIZI_BURUK", "severely wasted", person(measured=measured(z_wflh=-3.01)), "gizi buruk"),
    ("GIZI_BURUK", "exactly -3 is not", person(measured=measured(z_wflh=-3.0)), "(pertumbuhan_baik)"),
    ("GIZI_BURUK", "thin arm", person(measured=measured(z_wflh=-1, muac_mm=114)), "LiLA 11,4 cm (merah)"),
    ("GIZI_BURUK", "arm at the limit", person(measured=measured(z_wflh=-1, muac_mm=115)), "(pertumbuhan_baik)"),
    ("GIZI_BURUK", "swollen feet", person(measured=measured(oedema=True, z_wflh=0)), "bengkak di kedua kaki"),
    ("DUA_T", "two months", person(measured=measured(weight_status="T", no_gain_months=2)), "BB tidak naik 2 bulan"),
    ("DUA_T", "four months", person(measured=measured(weight_status="T", no_gain_months=4)), "BB tidak naik 4 bulan"),
    ("DUA_T", "one month only", person(measured=measured(weight_status="T", no_gain_months=1)), "(berat_naik)"),
    ("DUA_T", "gained", person(measured=measured(weight_status="N", no_gain_months=0)), "(berat_naik)"),
    ("DUA_T", "not weighed last month", person(measured=measured(weight_status="O", no_gain_months=0)), None),
    ("BGM", "below the red line", person(measured=measured(z_wfa=-3.1)), "berat di bawah garis merah"),
    ("BGM", "above the orange line", person(measured=measured(z_wfa=1.2)), "berat di atas garis oranye"),
    ("BGM", "between the lines", person(measured=measured(z_wfa=-2.9)), "(pertumbuhan_baik)"),
    ("IMUN_DO", "not complete", person(answers=answered(imunisasi_lengkap_sesuai_umur="tidak")), "imunisasi belum lengkap"),
    ("IMUN_DO", "complete", person(answers=answered(imunisasi_lengkap_sesuai_umur="ya")), "(imunisasi_lengkap)"),
    ("IMUN_DO", "never asked: unknown history opens nothing", person(), None),
    ("TBC", "one symptom", person(answers=answered(batuk_terus_menerus="ya", demam_2_minggu="tidak")), "1 gejala TBC"),
    ("TBC", "none", person(answers=answered(batuk_terus_menerus="tidak", kontak_erat_tbc="tidak")), "(tidak_bergejala)"),
    ("TBC", "medicine not taken", person(answers=answered(obat_tbc_diminum_24_jam="tidak")), "obat TBC tidak diminum"),
    ("BUMIL_RISTI", "thin arm", person(**WOMAN, pregnancies=pregnant(), measured=measured(muac_mm=234)), "LiLA 23,4 cm"),
    ("BUMIL_RISTI", "arm of 23.5 is green", person(**WOMAN, pregnancies=pregnant(), measured=measured(muac_mm=235)), None),
    (
        "BUMIL_RISTI",
        "high blood pressure",
        person(**WOMAN, pregnancies=pregnant(), measured=measured(systolic=140, diastolic=80)),
        "tekanan darah 140/80",
    ),
    ("BUMIL_RISTI", "nineteen", person(**{**WOMAN, "birth_date": aged(19)}, pregnancies=pregnant()), "umur 18 tahun"),
    ("BUMIL_RISTI", "twenty-eight and well", person(**WOMAN, pregnancies=pregnant()), None),
    ("BUMIL_RISTI", "thirty-seven", person(**{**WOMAN, "birth_date": aged(37)}, pregnancies=pregnant()), "umur 36 tahun"),
    (
        "BUMIL_RISTI",
        "danger sign",
        person(**WOMAN, pregnancies=pregnant(), answers=answered(tanda_bahaya_ibu_hamil=["demam"])),
        "ada tanda bahaya",
    ),
    (
        "BUMIL_RISTI",
        "no danger sign",
        person(**WOMAN, pregnancies=pregnant(), answers=answered(tanda_bahaya_ibu_hamil=["tidak_ada"])),
        None,
    ),
    (
        "BUMIL_RISTI",
        "it has ended",
        person(**WOMAN, pregnancies=pregnant(ended=date(2026, 11, 1)), measured=measured(muac_mm=200)),
        "(selesai_hamil)",
    ),
    ("NIFAS_BBL", "born ten days ago", person(**WOMAN, pregnancies=pregnant(ended=TODAY - timedelta(10), born=True)), "kunjungan KF3"),
    ("NIFAS_BBL", "day 43", person(**WOMAN, pregnancies=pregnant(ended=TODAY - timedelta(43), born=True)), "(nifas_selesai)"),
    ("NIFAS_BBL", "small newborn", person(birth_date=TODAY - timedelta(5), birth_weight_g=2400), "bayi lahir kurang dari 2.500 g"),
    ("NIFAS_BBL", "newborn of 2,500 g", person(birth_date=TODAY - timedelta(5), birth_weight_g=2500), "(nifas_selesai)"),
    ("LANSIA", "needs help", person(birth_date=aged(70), answers=answered(aks_tingkat="S")), "perlu bantuan sehari-hari"),
    ("LANSIA", "independent", person(birth_date=aged(70), answers=answered(aks_tingkat="M")), "(mandiri)"),
    ("LANSIA", "alone and absent twice", person(birth_date=aged(70), lives_alone=True, came=[SEPTEMBER]), "tinggal sendiri, 2 kali tidak hadir"),
    ("LANSIA", "absent with others at home", person(birth_date=aged(70), came=[SEPTEMBER]), None),
    ("RUJUKAN_TAK_DATANG", "fourteen days without a word", person(referred_on=TODAY - timedelta(14)), "dirujuk, belum ada kabar"),
    ("RUJUKAN_TAK_DATANG", "thirteen days", person(referred_on=TODAY - timedelta(13)), None),
    ("RUJUKAN_TAK_DATANG", "nothing is open", person(), "(rujukan_dijawab)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "who", "expected"), [(row[0], *row[2:]) for row in BODY], ids=[f"{r[0]}: {r[1]}" for r in BODY]
)
def test_what_was_measured_and_answered_opens_or_ends_a_need(kind, who, expected):
    assert said(kind, who) == expected


def days_ago(days: int) -> date:
    return TODAY - timedelta(days)


def watched(condition: str, days: int = 200, **facts):
    """A grown woman with a condition under watch for so many days."""
    return person(**WOMAN, conditions=((condition, days_ago(days)),), **facts)


def told(kind: str, days: int, **heard) -> dict:
    return {kind: Told(days_ago(days), **heard)}


WELL = {"has_medicine": "ya", "took_medicine": "ya", "was_checked": "ya"}
TREATED = [
    ("ODGJ", "nobody watches it", person(**WOMAN), "(bukan_sasaran)"),
    ("ODGJ", "another condition is watched", watched("hipertensi"), "(bukan_sasaran)"),
    ("ODGJ", "sixty days unchecked", watched("odgj", 60), "lebih dari 60 hari tidak kontrol"),
    ("ODGJ", "fifty-nine days: nothing is known yet", watched("odgj", 59), None),
    ("ODGJ", "her form says that she is treated", watched("odgj", answers=answered(days_ago(59), odgj_berobat="ya")), "(sudah_kontrol)"),
    ("ODGJ", "sixty days after it", watched("odgj", answers=answered(days_ago(60), odgj_berobat="ya")), "lebih dari 60 hari tidak kontrol"),
    ("ODGJ", "not treated regularly", watched("odgj", 1, answers=answered(days_ago(1), odgj_berobat="tidak")), "tidak berobat teratur"),
    ("ODGJ", "treated, but the medicine was not taken", watched("odgj", answers=answered(days_ago(1), odgj_berobat="ya", odgj_obat_diminum="tidak")), "obat tidak diminum"),
    ("ODGJ", "coming to the open day is no check", watched("odgj", came=[NOVEMBER]), "lebih dari 60 hari tidak kontrol"),
    ("ODGJ", "nor is a blood pressure", watched("odgj", measured=measured(systolic=120, diastolic=80)), "lebih dari 60 hari tidak kontrol"),
    ("ODGJ", "a visit that heard all is well puts it off", watched("odgj", told=told("ODGJ", 5, **WELL)), None),
    ("ODGJ", "medicine taken, no question of a check", watched("odgj", told=told("ODGJ", 5, took_medicine="ya")), None),
    ("ODGJ", "medicine taken, not checked", watched("odgj", told=told("ODGJ", 5, took_medicine="ya", was_checked="tidak")), "lebih dari 60 hari tidak kontrol"),
    ("ODGJ", "a visit heard that there is no medicine", watched("odgj", 1, told=told("ODGJ", 1, has_medicine="tidak", was_checked="ya")), "obatnya habis"),
    ("ODGJ", "a visit heard that it was not taken", watched("odgj", 1, told=told("ODGJ", 1, has_medicine="ya", took_medicine="tidak")), "obat tidak diminum"),
    ("ODGJ", "a visit after the form heard better", watched("odgj", told=told("ODGJ", 2, **WELL), answers=answered(days_ago(9), odgj_berobat="tidak")), None),
    ("ODGJ", "a good visit after a good form waits for her, it ends nothing", watched("odgj", told=told("ODGJ", 2, **WELL), answers=answered(days_ago(9), odgj_berobat="ya")), None),
    ("ODGJ", "a form after the visit knows better", watched("odgj", told=told("ODGJ", 9, has_medicine="tidak"), answers=answered(days_ago(2), odgj_berobat="ya")), "(sudah_kontrol)"),
    ("ODGJ", "a visit about blood pressure tells nothing of it", watched("odgj", told=told("PTM", 5, **WELL)), "lebih dari 60 hari tidak kontrol"),
    ("ODGJ", "the place she was referred to has seen her", watched("odgj", seen_on=days_ago(3)), "(sudah_kontrol)"),
    ("ODGJ", "it answered long ago", watched("odgj", seen_on=days_ago(70)), "lebih dari 60 hari tidak kontrol"),
    ("ODGJ", "the desa dealt with it", watched("odgj", handled={"ODGJ": days_ago(5)}), None),
    ("ODGJ", "the post is live since ten days", watched("odgj"), None),
    ("PTM", "sixty days unchecked", watched("hipertensi", 60), "lebih dari 60 hari tidak kontrol"),
    ("PTM", "came to the open day", watched("hipertensi", came=[NOVEMBER]), "(sudah_kontrol)"),
    ("PTM", "a visit heard that there is no medicine", watched("diabetes", came=[NOVEMBER], told=told("PTM", 1, has_medicine="tidak")), "obatnya habis"),
    ("PTM", "a visit heard all is well", watched("diabetes", told=told("PTM", 1, **WELL)), "(sudah_kontrol)"),
    ("PTM", "a visit heard that it is taken by now", watched("diabetes", 30, told=told("PTM", 1, took_medicine="ya", was_checked="tidak"), answers=answered(days_ago(9), obat_diminum_24_jam="tidak")), None),
    ("PTM", "another kind of illness is not hers", watched("odgj", 90), "(bukan_sasaran)"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "who", "expected"), TREATED, ids=[f"{row[0]}: {row[1]}" for row in TREATED])
def test_a_treatment_that_lapses_opens_a_need(kind, name, who, expected):
    assert said(kind, who, post(live_from=days_ago(10)) if "is live since" in name else post()) == expected


def test_the_district_says_how_long_a_mental_illness_may_go_unchecked():
    assert said("ODGJ", watched("odgj", 31), post(limits={"odgj_tanpa_kontrol_hari": 30}))
    assert said("ODGJ", watched("odgj", 90), post(limits={"ptm_tanpa_kontrol_hari": 30, "odgj_tanpa_kontrol_hari": 90}))
    assert said("ODGJ", watched("odgj", 60), post(limits={"odgj_tanpa_kontrol_hari": 90})) is None
    assert said("ODGJ", watched("odgj"), post(used=frozenset({"PTM"}))) is None


HYPERTENSION = {"birth_date": aged(50), "conditions": (("hipertensi", date(2026, 2, 1)),)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "lebih dari 60 hari tidak kontrol"),
        ({"came": [NOVEMBER]}, "(sudah_kontrol)"),
        ({"came": [AUGUST]}, "lebih dari 60 hari tidak kontrol"),
        ({"measured": measured(on=date(2026, 10, 1), systolic=130)}, "(sudah_kontrol)"),
        ({"conditions": (("hipertensi", date(2026, 10, 15)),)}, None),
        ({"conditions": ()}, "(bukan_sasaran)"),
        ({"came": [NOVEMBER], "answers": answered(on=date(2026, 11, 15), obat_ada="tidak")}, "obatnya habis"),
        ({"came": [NOVEMBER], "answers": answered(on=date(2026, 10, 1), obat_ada="tidak")}, "(sudah_kontrol)"),
        ({"handled": {"PTM": date(2026, 11, 1)}}, "(sudah_kontrol)"),
    ],
)
def test_a_watched_condition_without_a_check_is_judged_from_its_first_day(changes, expected):
    assert said("PTM", person(**{**HYPERTENSION, **changes})) == expected


def test_a_need_is_judged_from_the_first_live_day_on():
    late = post(live_from=date(2026, 10, 1))
    assert said("PTM", person(**HYPERTENSION), late) is None
    assert said("NIFAS_BBL", person(**WOMAN, pregnancies=pregnant(ended=date(2026, 10, 25), born=True)), post(live_from=date(2026, 11, 1))) == "(nifas_selesai)"  # fmt: skip


BORN = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("on", "visited", "expected"),
    [
        (BORN, None, (1, date(2026, 11, 3))),
        (date(2026, 11, 4), None, (2, date(2026, 11, 8))),
        (date(2026, 11, 4), date(2026, 11, 5), (3, date(2026, 11, 29))),
        (date(2026, 11, 9), date(2026, 11, 3), (3, date(2026, 11, 29))),
        (date(2026, 11, 30), None, (4, date(2026, 12, 13))),
        (date(2026, 12, 1), date(2026, 12, 1), None),
        (date(2026, 12, 14), None, None),
        (date(2026, 11, 4), date(2026, 10, 20), (2, date(2026, 11, 8))),
    ],
)
def test_postpartum_visits_are_due_by_their_dates(on, visited, expected):
    assert kf_due(BORN, on, visited, "0-2, 3-7, 8-28, 29-42") == expected


def test_the_yearly_round_is_even_and_keeps_neighbours_together():
    months = [routine_month(place, 220, 12) for place in range(220)]
    assert months == sorted(months) and set(months) == set(range(12))
    assert {months.count(month) for month in range(12)} <= {18, 19}


@pytest.mark.parametrize(
    ("house", "expected"),
    [
        (HouseFacts(HOUSE, 10, 12, date(2025, 1, 1)), 1),
        (HouseFacts(HOUSE, 4, 12, date(2025, 1, 1)), 0),
        (HouseFacts(HOUSE, 10, 12, date(2026, 11, 5)), 0),
        (HouseFacts(HOUSE, 10, 12, date(2025, 1, 1), visited_on=date(2026, 8, 1)), 0),
        (HouseFacts(HOUSE, 10, 12, date(2025, 1, 1), visited_on=date(2026, 1, 1)), 1),
    ],
)
def test_a_household_has_its_own_month_of_the_year(house, expected):
    plan = decide(post(), {}, [house], [])
    assert [opening.kind for opening in plan.openings] == ["RUTIN"] * expected


def test_a_need_is_opened_once_and_says_since_when():
    who = person(came=[SEPTEMBER])
    plan = decide(post(), {who.id: who}, [], [])
    assert [(each.kind, each.since, each.due_on, each.stage) for each in plan.openings] == [
        ("ABSEN_BERULANG", date(2026, 11, 10), TODAY + timedelta(14), "balita")
    ]
    again = decide(post(), {who.id: who}, [], [known("ABSEN_BERULANG", words="2 kali tidak hadir")])
    assert not again.openings and not again.closings and not again.changes


def test_words_and_household_of_an_open_need_follow():
    who = person(household_id=UUID(int=201))
    plan = decide(post(), {who.id: who}, [], [known("ABSEN_BERULANG")])
    assert [(each.words, each.household_id) for each in plan.changes] == [("4 kali tidak hadir", UUID(int=201))]
    assert plan.changes[0].due_on == date(2026, 11, 25), "the day it is due stays"


def test_what_people_dealt_with_is_not_opened_again_for_the_same_cause():
    who = person(measured=measured(weight_status="T", no_gain_months=2))
    closed = known("DUA_T", closed_on=date(2026, 11, 12), closed_as="dikunjungi")
    assert not [each for each in decide(post(), {who.id: who}, [], [closed]).openings if each.kind == "DUA_T"]
    newer = person(measured=measured(on=date(2026, 11, 19), weight_status="T", no_gain_months=3))
    assert [each for each in decide(post(), {who.id: newer}, [], [closed]).openings if each.kind == "DUA_T"]


def test_what_ended_by_itself_may_come_again():
    who = person(came=[SEPTEMBER])
    closed = known("ABSEN_BERULANG", closed_on=date(2026, 11, 12), closed_as="kehadiran_dikoreksi")
    assert [each.kind for each in decide(post(), {who.id: who}, [], [closed]).openings] == ["ABSEN_BERULANG"]


@pytest.mark.parametrize(("gone_as", "reason"), [("", "pindah"), ("meninggal", "meninggal"), ("digabung", "digabung")])
def test_needs_of_who_is_gone_end_with_that_reason(gone_as, reason):
    need = known("STUNTING", gone_as=gone_as)
    assert decide(post(), {}, [], [need]).closings == [(need.id, reason)]


def test_a_need_opened_by_hand_is_left_to_people():
    who = person(came=[NOVEMBER])
    assert decide(post(used=frozenset()), {who.id: who}, [], [known("SOSEK")]).closings == []


def test_needs_of_a_rule_that_is_not_used_any_more_end():
    who, need = person(), known("ABSEN_BERULANG")
    plan = decide(post(used=frozenset({"STUNTING"})), {who.id: who}, [], [need])
    assert plan.closings == [(need.id, "aturan_berubah")]


def test_nothing_known_ends_nothing():
    who = person(came=[NOVEMBER])
    kept = [known("STUNTING", number=901), known("IMUN_DO", number=902), known("TBC", number=903)]
    assert decide(post(), {who.id: who}, [], kept).closings == []


def task(number: int, kind: str = "ABSEN_BERULANG", **changes) -> Task:
    facts = {
        "id": UUID(int=number),
        "kind": kind,
        "words": "2 kali tidak hadir",
        "due_on": TODAY + timedelta(5),
        "is_planned": False,
        "priority": KINDS[kind].priority,
        "household_id": HOUSE,
        "resident_id": CHILD,
        "resident_name": "Aisyah",
        "household_name": "Keluarga Slamet",
        "stage": "balita",
        "rt": "02",
    }
    return Task(**{**facts, **changes})


def test_a_family_absent_together_is_one_line():
    mother = {"resident_id": UUID(int=2), "resident_name": "Siti", "stage": "bumil"}
    gain = {"words": "BB tidak naik 2 bulan", "kind": "DUA_T"}
    (line,) = grouped([task(1), task(2, **mother), task(3, **gain, priority=0)], TODAY)
    assert line.name == "Keluarga Slamet" and line.address == "RT 02" and line.count == 3
    assert line.words == "Balita, BB tidak naik 2 bulan · balita dan ibu hamil, 2 kali tidak hadir"


def test_a_person_alone_is_named_and_her_reasons_joined():
    (line,) = grouped([task(1), task(2, "DUA_T", words="BB tidak naik 2 bulan", priority=1)], TODAY)
    assert (line.name, line.words) == ("Aisyah", "Balita, 2 kali tidak hadir · BB tidak naik 2 bulan")


def test_overdue_comes_first_then_priority_and_waiting_for_a_date_last():
    def at(number, **changes):
        return task(
            number, household_id=UUID(int=300 + number), household_name=f"H{number}", resident_id=None, **changes
        )

    tasks = [
        at(1, kind="STUNTING", is_planned=True, due_on=TODAY + timedelta(3)),
        at(2, kind="RUTIN", due_on=TODAY + timedelta(9)),
        at(3, kind="DUA_T", due_on=TODAY + timedelta(9)),
        at(4, kind="ABSEN_BERULANG", due_on=TODAY - timedelta(1)),
        at(5, kind="STUNTING", is_planned=True, due_on=TODAY - timedelta(2)),
    ]
    lines = grouped(tasks, TODAY)
    assert [line.name for line in lines] == ["H5", "H4", "H3", "H2", "H1"]
    assert [line.is_late for line in lines] == [True, True, False, False, False]
    assert lines[-1].is_waiting and not lines[-1].is_late, "waiting for a promised day is not overdue"


def test_a_hidden_reason_reads_kunjungan_kesehatan():
    hidden = task(1, "TBC", words="2 gejala TBC", is_hidden=True)
    assert reasons_in_words([hidden]) == "Kunjungan kesehatan"
    (line,) = grouped([hidden], TODAY)
    assert "TBC" not in f"{line.words}{line.reason}"


def test_attempts_in_vain_are_told():
    assert reasons_in_words([task(1, attempts=2)]).endswith("2 kali tidak hadir (2 kali tidak bertemu)")


def test_what_is_left_is_counted():
    assert left_in_words(2) == "Masih ada 2 hal di rumah ini"


@pytest.mark.parametrize(
    ("state", "following", "allowed"),
    [
        ("dibuat", "diterima", True),
        ("dibuat", "tidak_datang", True),
        ("diterima", "ditangani", True),
        ("ditangani", "selesai", True),
        ("tidak_datang", "diterima", True),
        ("selesai", "diterima", False),
        ("di_tempat", "selesai", False),
        ("ditangani", "dibuat", False),
    ],
)
def test_a_referral_goes_on_and_never_back(state, following, allowed):
    assert may_become(state, following) is allowed


def test_a_slip_code_is_short_enough_to_read_out():
    assert slip_code("01a1ffe4-cfae-74cc-bb01-df875ce00e6f") == "R-5CE0-0E6F"


@pytest.mark.parametrize(
    ("values", "median"),
    [({}, None), ({3: 1}, 3), ({1: 1, 4: 1}, 2.5), ({1: 3, 9: 1}, 1), ({2: 2, 5: 2}, 3.5), ({0: 1, 7: 2}, 7)],
)
def test_the_median_of_counted_days(values, median):
    assert median_of(values) == median


def test_every_kind_has_its_days_and_can_be_switched_off():
    from services.areas.settings import VISIT_DAYS, VISIT_USED

    assert set(VISIT_DAYS) == set(VISIT_USED) == set(KINDS)


def test_a_value_to_be_measured_again_says_nothing():
    assert said("STUNTING", person(measured={"weight_status": Seen("N", TODAY)})) is None
