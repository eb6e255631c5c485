"""What was answered on the cards of people: plausible, valid by the registry, and with the gaps of real days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from services.clinical.ages import completed_months
from services.fields import registry
from services.fields.rules import without_hidden
from services.fields.spec import FormSpec

from .asking import due_keys, remembered_keys
from .bodies import schoolchild_cm, schoolchild_kg
from .chance import Chance
from .doses import dated_doses, doses_missed
from .world import Person

TBC = ("batuk_terus_menerus", "demam_2_minggu", "bb_tidak_naik_atau_turun_2_bulan", "kontak_erat_tbc")
BESIDE = frozenset({"kartu_imunisasi", "kartu_lansia"})
SKILAS = tuple(f"skilas_{key}" for key in ("kognitif", "gerak", "malnutrisi", "penglihatan", "pendengaran", "depresi"))
AKS_GRADES = ((0.45, "m"), (0.65, "r"), (0.75, "s"), (0.82, "b"), (2.0, "t"))
ILLNESSES = ("batuk pilek 3 hari", "demam sejak kemarin", "diare 2 hari", "ruam di lengan")
PAUD = ("PAUD Contoh Ceria", "TK Contoh Bunga", "KB Contoh Pelangi")
CHILD_TOPICS = ("asi", "mpasi", "gizi_seimbang", "imunisasi", "tumbuh_kembang", "stunting", "phbs")
ADULT_TOPICS = ("gizi_seimbang", "hipertensi_diabetes", "aktivitas_fisik", "minum_obat", "rokok", "lansia_mandiri")
CONTRACEPTION_UNTIL_MONTHS = 600


@cache
def forms_of(stages: tuple[str, ...], sex: str, age_months: int) -> tuple[FormSpec, ...]:
    """The forms a person of these stages is asked, the health card first, then what is kept beside it."""
    forms = registry.forms_for_person(stages, sex, conditions=stages, age_months=age_months)
    cards = [spec for spec in forms if spec.field == "kesehatan" and spec.key not in BESIDE][:1]
    return (*cards, *(spec for spec in forms if spec.field != "kesehatan" or spec.key in BESIDE))


def answers_of(
    chance: Chance, spec: FormSpec, person: Person, on: date, *, gains: bool | None = None
) -> dict[str, object]:
    """The answers of one form that day; {} where nothing is due. Yearly and once-only questions are remembered."""
    fill = FILLERS.get(spec.key)
    if fill is None:
        return {}
    age = completed_months(person.row.birth_date, on)
    due = due_keys(spec, on, age, person.row.sex, person.asked)
    given = fill(chance, person, on, gains)
    answers = without_hidden(spec, {key: given[key] for key in due if key in given})
    for key in remembered_keys(spec):
        if key in answers:
            person.asked[key] = on
    return answers


def _child(chance: Chance, person: Person, on: date, gains: bool | None) -> dict[str, object]:
    before, weighed_before = person.body.grams, person.body.weighed_on
    sizes = person.body.weigh(chance, on, gains=gains)
    muac = person.script.muac_mm or sizes.muac_mm
    unwell = chance.likely(0.06)
    missed = doses_missed(chance, person, on)
    refer = person.body.flat_months > 1 and chance.likely(0.4)
    answers: dict[str, object] = {
        "punya_buku_kia": _yes(chance, 0.94),
        "bb_kg": sizes.grams / 1000,
        "pb_tb_cm": sizes.length_mm / 10,
        "cara_ukur": "telentang" if sizes.lying else "berdiri",
        "edema": "tidak",
        "ceklis_perkembangan": "lengkap" if chance.likely(0.93) else "tidak_lengkap",
        **_no_tbc(chance, 0.012),
        "asi_eksklusif": _yes(chance, 0.74),
        "mpasi_sesuai": _yes(chance, 0.86),
        "imunisasi_lengkap_sesuai_umur": "tidak" if missed else "ya",
        "imunisasi_belum": missed[:150],
        "vitamin_a": _yes(chance, 0.95),
        "obat_cacing": _yes(chance, 0.9),
        "edukasi": _topics(chance, CHILD_TOPICS),
        "rujuk": "puskesmas" if refer else "tidak",
    }
    if sizes.head_mm and chance.likely(0.9):
        answers["lk_cm"] = sizes.head_mm / 10
    if muac and chance.likely(0.92):
        answers["lila_cm"] = muac / 10
    if unwell:
        answers["gejala_sakit"] = chance.choice(ILLNESSES)
    if person.body.z_weight < -2:
        answers["mt_pangan_lokal_patuh"] = _yes(chance, 0.8)
    if not before and weighed_before is None and chance.likely(0.6):
        answers.update(_earlier_weight(chance, person, on, sizes.grams))
    return answers


def _earlier_weight(chance: Chance, person: Person, on: date, grams: int) -> dict[str, object]:
    """The last weight in the Buku KIA, some weeks before the first visit."""
    day = on - timedelta(days=chance.randint(25, 34))
    if day <= person.row.birth_date:
        return {}
    kilograms = max(1.5, round(grams / 1000 - chance.choice((0.2, 0.3, 0.3, 0.4)), 1))
    return {"bb_sebelumnya_kg": kilograms, "tanggal_bb_sebelumnya": day.isoformat()}


def _pregnant(chance: Chance, person: Person, on: date, gains: bool | None) -> dict[str, object]:
    thin = bool(person.script.muac_mm)
    weeks = max(8, (on - person.spans[-1].registered_on).days // 7 + 9)
    answers: dict[str, object] = {
        "bb_kg": person.body.weight_kg(chance, extra_kg=min(12.0, 0.35 * weeks)),
        "lila_cm": (person.script.muac_mm or round(10 * chance.around(26.5, 1.8, 23.6, 33))) / 10,
        "td_sistol_diastol": person.body.blood_pressure(chance, person.script.systolic),
        "bb_sesuai_kurva_kia": "merah" if thin or chance.likely(0.1) else "hijau",
        **_no_tbc(chance, 0.01),
        "ttd_jumlah_diberi_nakes": chance.choice((30, 30, 30, 0)),
        "ttd_konsumsi": "setiap_hari" if chance.likely(0.82) else "tidak_setiap_hari",
        "kelas_ibu_hamil": _yes(chance, 0.7),
        "edukasi": _topics(chance, ("gizi_seimbang", "kehamilan_sehat", "tanda_bahaya", "ttd", "persalinan")),
        "rujuk": "puskesmas" if thin else "tidak",
    }
    if thin:
        answers["mt_kek_komposisi_porsi"] = "Biskuit ibu hamil, 3 keping sehari"
        answers["mt_kek_konsumsi"] = "setiap_hari"
    return answers


def _new_mother(chance: Chance, person: Person, on: date, gains: bool | None) -> dict[str, object]:
    return {
        "bb_kg": person.body.weight_kg(chance, extra_kg=3.0),
        "lila_cm": round(chance.around(26, 1.8, 22, 33), 1),
        "td": person.body.blood_pressure(chance),
        **_no_tbc(chance, 0.01),
        "vitamin_a_nifas": _yes(chance, 0.93),
        "menyusui": _yes(chance, 0.92),
        "kb_pasca_persalinan": _yes(chance, 0.6),
        "edukasi": _topics(chance, ("gizi_seimbang", "asi", "kb", "imunisasi", "tumbuh_kembang")),
        "rujuk": "tidak",
    }


def _schoolchild(chance: Chance, person: Person, on: date, gains: bool | None) -> dict[str, object]:
    centimetres = schoolchild_cm(person.body, on)
    answers: dict[str, object] = {
        "bb_kg": schoolchild_kg(person.body, on, centimetres),
        "tb_cm": centimetres,
        "lingkar_perut_cm": round(centimetres * 0.44, 1),
        "td": person.body.blood_pressure(chance, 112),
        **_no_tbc(chance, 0.01),
        "edukasi": _topics(chance, ("gizi_seimbang", "anemia_remaja", "rokok", "aktivitas_fisik", "phbs")),
        "rujuk": "tidak",
    }
    if chance.likely(0.3):
        answers["hb"] = round(chance.around(12.6, 1.0, 9.5, 15.5), 1)
    return answers


def _grown_up(chance: Chance, person: Person, on: date, gains: bool | None) -> dict[str, object]:
    pressure, body = person.body.blood_pressure(chance, person.script.systolic), person.body
    history = [key for key, has in (("hipertensi", body.systolic >= 140), ("dm", body.glucose >= 200)) if has]
    smokes = person.row.sex == "L" and int(person.row.id) % 5 < 2  # a habit stays
    answers: dict[str, object] = {
        "riwayat_keluarga": ["hipertensi"] if chance.likely(0.3) else ["tidak_ada"],
        "riwayat_diri": history or ["tidak_ada"],
        "perilaku_berisiko": ["merokok"] if smokes else ["garam_tinggi"] if chance.likely(0.2) else ["tidak_ada"],
        "bb_kg": body.weight_kg(chance),
        "tb_cm": body.height_mm / 10,
        "td": pressure,
        **{key: "gangguan" if chance.likely(0.08) else "normal" for key in ("mata_kanan", "mata_kiri")},
        **{key: "gangguan" if chance.likely(0.05) else "normal" for key in ("telinga_kanan", "telinga_kiri")},
        **_no_tbc(chance, 0.015),
        "edukasi": _topics(chance, ADULT_TOPICS),
        "rujuk": "pustu" if pressure["sistol"] >= 160 and chance.likely(0.7) else "tidak",
    }
    if chance.likely(0.85):
        answers["lingkar_perut_cm"] = round(body.bmi * 3.1 + chance.uniform(6, 12), 1)
    if chance.likely(0.5):
        answers["gds_mg_dl"] = int(chance.around(body.glucose, 12, 65, 420))
    if person.row.sex == "P":
        answers["lila_cm"] = round(chance.around(27, 2, 22.5, 35), 1)
    if completed_months(person.row.birth_date, on) < CONTRACEPTION_UNTIL_MONTHS:
        answers["alat_kontrasepsi"] = _yes(chance, 0.6)
        answers["jenis_kontrasepsi"] = chance.choice(("suntik", "suntik", "pil", "implan", "kondom"))
    return answers


def _immunisation(chance: Chance, person: Person, on: date, gains: bool | None) -> dict[str, object]:
    return dated_doses(chance, person, on)


def _elder(chance: Chance, person: Person, on: date, gains: bool | None) -> dict[str, object]:
    """Results of AKS and SKILAS: the older, the more help is needed."""
    frail = max(0.0, (completed_months(person.row.birth_date, on) / 12 - 58) / 60)
    share = chance.random() * (0.4 + frail)
    grade = next(grade for until, grade in AKS_GRADES if share < until)
    return {"aks_tingkat": person.script.aks or grade, **{key: _yes(chance, 0.03 + 0.3 * frail) for key in SKILAS}}


def _early_years(chance: Chance, person: Person, on: date, gains: bool | None) -> dict[str, object]:
    if completed_months(person.row.birth_date, on) < 24:
        return {}
    answers: dict[str, object] = {
        "status_paud": _yes(chance, 0.3 if completed_months(person.row.birth_date, on) < 48 else 0.85),
        "nama_paud": chance.choice(PAUD),
    }
    if "status_paud" not in person.asked and chance.likely(0.3):
        answers["catatan_perkembangan"] = "Sudah lancar bicara dan senang bermain bersama teman."
    return answers


def _yes(chance: Chance, share: float) -> str:
    return "ya" if chance.likely(share) else "tidak"


def _no_tbc(chance: Chance, share: float) -> dict[str, object]:
    """The four questions, seldom one of them with "ya"."""
    if chance.likely(0.05):
        return {}
    found = chance.choice(TBC) if chance.likely(share) else ""
    return {key: "ya" if key == found else "tidak" for key in TBC}


def _topics(chance: Chance, topics: tuple[str, ...]) -> list[str]:
    """One or two topics in the order of the form."""
    chosen = chance.sample(topics, k=chance.choice((1, 1, 2)))
    return [topic for topic in topics if topic in chosen]


FILLERS: dict[str, Callable[[Chance, Person, date, bool | None], dict[str, object]]] = {
    "kartu_balita": _child,
    "kartu_bumil": _pregnant,
    "kartu_nifas_menyusui": _new_mother,
    "kartu_imunisasi": _immunisation,
    "kartu_lansia": _elder,
    "kartu_sekolah_remaja": _schoolchild,
    "kartu_dewasa_lansia": _grown_up,
    "anak_usia_dini": _early_years,
}
