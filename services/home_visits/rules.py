"""What a kader looks for, asks and teaches at a house. Pure."""

from dataclasses import dataclass

from services.follow_ups.rules import LAPSES

# General danger signs of the home-visit checklists (KMK 2015/2023); those of one group stand in its forms.
DANGER_SIGNS = {
    "demam_tinggi": "Demam tinggi atau lebih dari 2 hari",
    "kejang": "Kejang",
    "sesak": "Sesak napas",
    "tidak_sadar": "Lemas sekali atau tidak sadar",
    "tidak_bisa_minum": "Tidak bisa minum atau menyusu",
    "muntah_diare": "Muntah atau diare terus-menerus",
    "perdarahan": "Perdarahan",
    "nyeri_hebat": "Nyeri hebat di dada, kepala, atau perut",
}

EDUCATION = {
    "gizi": "Gizi dan makanan",
    "asi_mpasi": "ASI dan MP-ASI",
    "imunisasi": "Imunisasi",
    "ttd": "Tablet tambah darah",
    "obat": "Minum obat teratur",
    "phbs": "Hidup bersih dan sehat",
    "posyandu": "Datang ke hari buka",
    "rumah": "Rumah dan jamban sehat",
}

REPORTED_TO = {
    "bidan": "Bidan",
    "pustu": "Pustu",
    "puskesmas": "Puskesmas",
    "darurat": "Gawat darurat (119)",
}


@dataclass(frozen=True)
class Asked:
    """One of the one to three questions of a reason."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]


YES_NO = (("ya", "Ya"), ("tidak", "Tidak"))
WHY_ABSENT = Asked(
    "mengapa_tidak_datang",
    "Mengapa tidak datang",
    (
        ("lupa", "Lupa atau tidak tahu jadwal"),
        ("bekerja", "Bekerja"),
        ("sakit", "Sakit"),
        ("bepergian", "Bepergian"),
        ("jauh", "Jauh atau tidak ada yang mengantar"),
        ("tidak_mau", "Tidak mau"),
    ),
)
WILL_COME = Asked("akan_datang", "Akan datang pada hari buka berikutnya", YES_NO)
FOOD = Asked("pmt_dihabiskan", "Makanan tambahan dihabiskan", (*YES_NO, ("tidak_dapat", "Tidak mendapat")))
SEEN_BY_NURSE = Asked("diperiksa_nakes", "Sudah diperiksa tenaga kesehatan", YES_NO)
ILL = Asked("sakit_2_minggu", "Sakit dalam 2 minggu terakhir", YES_NO)
HAS_MEDICINE = Asked("obat_ada", "Ada obat", YES_NO)
TOOK_MEDICINE = Asked("obat_diminum_24_jam", "Obat diminum 24 jam terakhir", YES_NO)
CHECKED = Asked("kontrol", "Sudah kontrol bulan ini", YES_NO)
ARRIVED = Asked(
    "sudah_ke_rujukan",
    "Sudah pergi ke tempat rujukan",
    (
        ("selesai", "Sudah, dan selesai"),
        ("ditangani", "Sudah, masih diobati"),
        ("tidak_datang", "Belum atau tidak mau"),
    ),
)
TABLETS = Asked("ttd_diminum", "Tablet tambah darah diminum setiap hari", YES_NO)
ANTENATAL = Asked("periksa_hamil", "Sudah periksa hamil bulan ini", YES_NO)
POSTNATAL = Asked("periksa_nifas", "Ibu dan bayi sudah diperiksa bidan", YES_NO)
NURSING = Asked("menyusui", "Bayi menyusu", YES_NO)
IMMUNISED = Asked(
    "imunisasi",
    "Imunisasi yang kurang",
    (("sudah", "Sudah diberikan"), ("akan", "Akan diberikan"), ("tidak_mau", "Tidak mau")),
)
CARER = Asked("ada_yang_membantu", "Ada yang membantu sehari-hari", YES_NO)
HOME_CHANGED = Asked("anggota_berubah", "Ada yang lahir, pindah, atau meninggal", YES_NO)

_GROWTH = (FOOD, ILL, SEEN_BY_NURSE)
_TREATED = (HAS_MEDICINE, TOOK_MEDICINE, CHECKED)
QUESTIONS: dict[str, tuple[Asked, ...]] = {
    "ABSEN_BERULANG": (WHY_ABSENT, WILL_COME),
    "STUNTING": _GROWTH,
    "GIZI_BURUK": _GROWTH,
    "DUA_T": _GROWTH,
    "BGM": _GROWTH,
    "BUMIL_RISTI": (TABLETS, ANTENATAL),
    "NIFAS_BBL": (POSTNATAL, NURSING),
    "IMUN_DO": (IMMUNISED,),
    "TBC": _TREATED,
    "PTM": _TREATED,
    "ODGJ": _TREATED,
    "LANSIA": (CARER, WILL_COME),
    "RUJUKAN_TAK_DATANG": (ARRIVED,),
    "SOSEK": (),
    "RUTIN": (HOME_CHANGED,),
}


def lapse_in_words(answers: dict[str, str]) -> str:
    """How a treatment lapsed: the medicine is missing or was not taken; "" when it did not."""
    missed = (asked.key for asked in (HAS_MEDICINE, TOOK_MEDICINE) if answers.get(asked.key) == "tidak")
    return LAPSES.get(next(missed, ""), "")


def answers_in_words(answers: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """Stored answers (reason → key → value) as lines (question, answer), in the order they are asked."""
    lines = []
    for reason, given in answers.items():
        for asked in QUESTIONS.get(reason, ()):
            if asked.key in given:
                lines.append((asked.label, dict(asked.choices).get(given[asked.key], given[asked.key])))
    return lines
