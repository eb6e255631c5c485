"""Figures that only the monthly recaps of the health cards need: finer ages, IMT, and each person's latest card."""

from __future__ import annotations

from services.clinical.screening.rules import DEFAULT_SCREENING as LIMITS
from services.fields.registry import forms_for
from services.fields.spec import FormSpec, Predicate, Shape
from services.reports.figures.ages import RECAP_GROUPS
from services.reports.figures.definitions import Definition, count, stock
from services.reports.figures.health import CANCELLED, HELD, WHERE_OPENED
from services.reports.figures.model import Row, Table
from services.residents.rules import GROUP_LABELS

PEOPLE, CHILDREN = "orang", "anak"
CARDS_FILLED = "rekap.semua#kartu"
TBC_GROUP = "tbc"


def _asks(spec: FormSpec, question: str) -> bool:
    return question in spec.keys


# The cards: what a person was asked at her visit. The latest of a month counts, whichever card it is.
_CARD_SPECS = tuple(
    spec for spec in forms_for(field="kesehatan", shape=Shape.PERSON) if _asks(spec, "rujuk") and not spec.sensitive
)
CARDS = tuple(spec.key for spec in _CARD_SPECS)
TBC_QUESTIONS = tuple(
    dict.fromkeys(question.key for spec in _CARD_SPECS for question in spec.questions if question.group == TBC_GROUP)
)


def _counted_when(question: str) -> Predicate:
    """The registry's own predicate of what a question counts."""
    return _CARD_SPECS[0].question(question).counts[0].when


EDUCATED: tuple[tuple[str, Predicate], ...] = (("edukasi", _counted_when("edukasi")),)
REFERRED: tuple[tuple[str, Predicate], ...] = (("rujuk", _counted_when("rujuk")),)
PUMA = "puma_skor"

# measure of IMT → (printed, code of the class of IMT/U) in print order
BMI = {
    "imt_sangat_kurus": ("Sangat kurus", "gbur"),
    "imt_kurus": ("Kurus", "gk"),
    "imt_normal": ("Normal", "gb"),
    "imt_gemuk": ("Gemuk", "gl"),
    "imt_obesitas": ("Obesitas", "o"),
}
FINER = {key: label for key, label, _ in RECAP_GROUPS}
LABELS = {**GROUP_LABELS, **FINER}
COUNTED_GROUPS = (
    "bumil",
    "nifas_menyusui",
    "bayi",
    "balita_apras",
    "usekrem_6_14",
    "usekrem_15_18",
    "dewasa",
    "lansia",
)
ADULTS = ("dewasa", "lansia")


def _present(group: str) -> tuple[Definition, ...]:
    base, who = f"rekap.{group}", FINER[group]
    owner = {"needs": HELD, "unless": CANCELLED, "out_of": f"{base}.sasaran"}
    on_last_day = "pada hari terakhir bulan ini"
    return (
        stock(f"{base}.sasaran", f"Sasaran: {who}", PEOPLE, f"{who} yang tinggal di wilayah posyandu {on_last_day}."),
        count(f"{base}.hadir", f"Hadir: {who}", PEOPLE, "Dari sasaran, yang datang ke hari buka bulan ini.", **owner),
        count(
            f"{base}.tidak_hadir",
            f"Tidak hadir: {who}",
            PEOPLE,
            f"Sasaran dikurangi yang hadir, {WHERE_OPENED}.",
            **owner,
        ),
    )


def _card(group: str) -> tuple[Definition, ...]:
    base, who = f"rekap.{group}", LABELS[group]
    return (
        count(
            f"{base}.tbc",
            f"{who}: {LIMITS.tbc_refer_from} gejala TBC atau lebih",
            PEOPLE,
            f"{who} dengan {LIMITS.tbc_refer_from} dari {len(TBC_QUESTIONS)} gejala TBC atau lebih "
            "pada kartu terakhir bulan ini.",
            needs=f"{base}#tbc_ditanya",
            out_of=f"{base}#tbc_ditanya",
        ),
        count(
            f"{base}.edukasi",
            f"{who}: mendapat edukasi",
            PEOPLE,
            f"{who} yang mendapat edukasi menurut kartu terakhir bulan ini.",
            needs=CARDS_FILLED,
        ),
        count(
            f"{base}.dirujuk",
            f"{who}: dirujuk",
            PEOPLE,
            f"{who} yang dirujuk menurut kartu terakhir bulan ini, atau punya rujukan yang dibuat bulan ini.",
            needs=CARDS_FILLED,
        ),
    )


def _bmi(group: str) -> tuple[Definition, ...]:
    by = "IMT menurut umur" if group == "usekrem" else "IMT"
    return tuple(
        count(
            f"rekap.{group}.{key}",
            f"{LABELS[group]}: IMT {label.lower()}",
            PEOPLE,
            f"{LABELS[group]} dengan {by} “{label.lower()}” pada pengukuran terakhir bulan ini.",
            needs=f"rekap.{group}.imt#diukur",
            out_of=f"rekap.{group}.imt#diukur",
        )
        for key, (label, _) in BMI.items()
    )


def _pair(measure: str, name: str) -> tuple[Definition, Definition]:
    base = f"rekap.anak.{measure}"
    normal, odd = (
        count(
            f"{base}_{key}",
            f"{name} {words}",
            CHILDREN,
            f"Balita dengan {name.lower()} {words} pada pengukuran terakhir bulan ini.",
            needs=f"{base}#diukur",
            out_of=f"{base}#diukur",
        )
        for key, words in (("normal", "normal"), ("tidak_normal", "tidak normal"))
    )
    return normal, odd


_ANEMIA = tuple(
    count(
        f"rekap.putri.{key}",
        f"Remaja putri {words}",
        PEOPLE,
        f"Remaja putri (bukan ibu hamil) {words} menurut Hb terakhir bulan ini.",
        needs="rekap.putri.hb#diukur",
        out_of="rekap.putri.hb#diukur",
    )
    for key, words in (("anemia", "dengan anemia"), ("tidak_anemia", "tanpa anemia"))
)
_PUMA = tuple(
    count(
        f"rekap.{group}.{key}",
        f"{GROUP_LABELS[group]}: skor PUMA {words}",
        PEOPLE,
        f"{GROUP_LABELS[group]} dengan skor PUMA {words} pada kartu terakhir bulan ini.",
        needs=f"rekap.{group}#puma",
        out_of=f"rekap.{group}#puma",
    )
    for group in ADULTS
    for key, words in (
        ("puma_kurang", f"kurang dari {LIMITS.puma_refer_from}"),
        ("puma_lebih", f"{LIMITS.puma_refer_from} atau lebih"),
    )
)
DEFINITIONS: tuple[Definition, ...] = (
    *(each for group in FINER for each in _present(group)),
    *(each for group in COUNTED_GROUPS for each in _card(group)),
    count(
        "rekap.anak.bb_tidak_naik",
        "Berat tidak naik, BGM, atau di atas garis oranye",
        CHILDREN,
        "Balita yang beratnya tidak naik (T), di bawah garis merah, atau di atas garis oranye. "
        "Anak yang naik tetapi masih di luar garis dihitung juga di sini.",
        needs="kesehatan.balita.d",
        out_of="kesehatan.balita.d",
    ),
    *_pair("lk", "Lingkar kepala"),
    *_pair("lila", "LiLA anak"),
    *(each for group in ("usekrem", *ADULTS) for each in _bmi(group)),
    *_ANEMIA,
    *_PUMA,
)

_PRESENT = ("sasaran", "hadir", "tidak_hadir")
_CARD = ("tbc", "edukasi", "dirujuk")
_SINGLE = tuple(each for each in DEFINITIONS if each.key.split(".")[1] in {"anak", "putri"})
_PUMA_COLUMNS = {"puma_kurang": f"PUMA < {LIMITS.puma_refer_from}", "puma_lebih": f"PUMA ≥ {LIMITS.puma_refer_from}"}


def _row(group: str, measures: tuple[str, ...], gaps: tuple[str, ...] = ()) -> Row:
    keys = tuple(f"rekap.{group}.{measure}" for measure in measures)
    return Row(LABELS[group], (*keys, *("" if group not in ADULTS else f"rekap.{group}.{key}" for key in gaps)))


TABLES = (
    Table(
        "rekap_umur",
        "Sasaran menurut umur pada rekap",
        ("Sasaran", "Hadir", "Tidak hadir"),
        tuple(_row(group, _PRESENT) for group in FINER),
        "Bagian dari sasaran di atas, menurut umur yang dipakai rekap.",
    ),
    Table(
        "rekap_imt",
        "Indeks massa tubuh (IMT)",
        tuple(label for label, _ in BMI.values()),
        tuple(_row(group, tuple(BMI)) for group in ("usekrem", *ADULTS)),
        "Usia sekolah dan remaja: IMT menurut umur.",
    ),
    Table(
        "rekap_kartu",
        "Kartu terakhir bulan ini",
        (f"TBC ≥ {LIMITS.tbc_refer_from} gejala", "Edukasi", "Dirujuk", *_PUMA_COLUMNS.values()),
        tuple(_row(group, _CARD, tuple(_PUMA_COLUMNS)) for group in COUNTED_GROUPS),
        "Tiap orang dihitung sekali, menurut kartu terakhirnya.",
    ),
    Table("rekap_anak", "Anak dan remaja putri", ("Jumlah",), tuple(Row(each.label, (each.key,)) for each in _SINGLE)),
)
