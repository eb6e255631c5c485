"""SKDN: who was weighed and who gained, in all and by age and sex as on form F1 (health.md 2.3)."""

from __future__ import annotations

from dataclasses import replace

from services.clinical.kms import DEFAULT_KMS
from services.reports.figures.ages import SEXES, WEIGHING_BANDS, band_group
from services.reports.figures.definitions import Definition, count, percent, stock
from services.reports.figures.model import Row, Table
from services.web.rules import number_text

CHILDREN = "anak"
D = "kesehatan.balita.d"
SKDN = (
    stock(
        "kesehatan.balita.s",
        "S: semua balita",
        CHILDREN,
        "Anak 0–59 bulan yang tinggal di wilayah posyandu pada hari terakhir bulan ini.",
    ),
    stock(
        "kesehatan.balita.k",
        "K: punya KMS/Buku KIA",
        CHILDREN,
        "Balita yang menurut isian terakhir punya KMS atau Buku KIA.",
        needs="kesehatan.balita.k_ditanya",
        out_of="kesehatan.balita.s",
    ),
    count(
        D,
        "D: ditimbang",
        CHILDREN,
        "Balita yang ditimbang bulan ini, di posyandu, di rumah, atau di tempat lain.",
        needs="kesehatan.semua.ditimbang",
        out_of="kesehatan.balita.s",
    ),
    *(
        count(
            f"kesehatan.balita.{key}",
            label,
            CHILDREN,
            sentence,
            needs=D,
            out_of=D,
        )
        for key, label, sentence in (
            ("n", "N: naik", "Balita ditimbang yang kenaikan beratnya mencapai kenaikan berat minimal."),
            ("t", "T: tidak naik", "Balita ditimbang yang kenaikan beratnya kurang dari kenaikan berat minimal."),
            ("o", "O: bulan lalu tidak ditimbang", "Balita ditimbang bulan ini tetapi tidak bulan lalu."),
            ("b", "B: baru pertama ditimbang", "Balita yang baru pertama kali ditimbang."),
            (
                "dua_t",
                "2T: dua bulan tidak naik",
                "Balita yang beratnya tidak naik dua bulan berturut-turut atau lebih.",
            ),
            ("bgm", "BGM: di bawah garis merah", "Balita ditimbang dengan BB/U kurang dari −3 SD."),
            ("d_murni", "D′: D − O − B", "Balita ditimbang yang dapat dinilai naik atau tidak (D dikurangi O dan B)."),
        )
    ),
)
_MEASURES = ("s", "k", "d", "n", "t", "o", "b", "dua_t", "bgm", "d_murni")
_BY_MEASURE = {each.key.rsplit(".", 1)[1]: each for each in SKDN}
GROWN_AT_36 = (
    count(
        "kesehatan.balita.s36",
        "S36: genap 36 bulan",
        CHILDREN,
        "Anak yang genap berumur 36 bulan pada bulan ini.",
    ),
    count(
        "kesehatan.balita.s36_berat",
        f"S36 dengan berat {number_text(DEFAULT_KMS.grown_at_36_months_g / 1000)} kg atau lebih",
        CHILDREN,
        "Anak yang genap 36 bulan pada bulan ini dan beratnya pada penimbangan terakhir bulan ini "
        f"{number_text(DEFAULT_KMS.grown_at_36_months_g / 1000)} kg atau lebih.",
        needs="kesehatan.semua.ditimbang",
        out_of="kesehatan.balita.s36",
    ),
)


def _of_band(band: str, label: str, sex: str) -> tuple[Definition, ...]:
    """The same counts for one line of F1."""
    base, who = f"skdn.{band_group(band, sex)}", f"{label}, {sex}"
    return tuple(
        replace(
            whole,
            key=f"{base}.{measure}",
            label=f"{whole.label.split(':')[0]} {who}",
            sentence=f"{whole.sentence} Umur {who} pada hari terakhir bulan ini.",
            out_of=f"{base}.{whole.out_of.rsplit('.', 1)[1]}" if whole.out_of else "",
        )
        for measure, whole in ((measure, _BY_MEASURE[measure]) for measure in _MEASURES)
    )


SKDN_BY_AGE = tuple(
    each for band, label, _ in WEIGHING_BANDS for _, sex in SEXES for each in _of_band(band, label, sex)
)
_RATIOS = (
    ("d_per_s", "D/S", D, "kesehatan.balita.s", "Partisipasi: balita ditimbang dibagi semua balita."),
    ("k_per_s", "K/S", "kesehatan.balita.k", "kesehatan.balita.s", "Balita punya KMS/Buku KIA dibagi semua balita."),
    ("d_per_k", "D/K", D, "kesehatan.balita.k", "Balita ditimbang dibagi balita punya KMS/Buku KIA."),
    ("n_per_d", "N/D: N dari semua yang ditimbang", "kesehatan.balita.n", D, "Balita naik dibagi balita ditimbang."),
    (
        "n_per_d_murni",
        "N/D′: N dari yang ditimbang dua bulan berturut",
        "kesehatan.balita.n",
        "kesehatan.balita.d_murni",
        "Balita naik dibagi D′ (D − O − B): yang ditimbang bulan ini dan bulan lalu.",
    ),
    ("n_per_s", "N/S", "kesehatan.balita.n", "kesehatan.balita.s", "Balita naik dibagi semua balita."),
    ("dua_t_per_d", "2T/D", "kesehatan.balita.dua_t", D, "Balita 2T dibagi balita ditimbang."),
    ("bgm_per_d", "BGM/D", "kesehatan.balita.bgm", D, "Balita BGM dibagi balita ditimbang."),
)
RATIOS = tuple(
    percent(f"kesehatan.balita.{key}", label, top, bottom, text) for key, label, top, bottom, text in _RATIOS
)
_LETTERS = ("S", "K", "D", "N", "T", "O", "B", "2T", "BGM")
TABLES = (
    Table(
        "skdn",
        "Penimbangan balita (SKDN)",
        (*_LETTERS, "D′"),
        (Row("Balita", tuple(f"kesehatan.balita.{key}" for key in _MEASURES)),),
        "S semua balita · K punya KMS/Buku KIA · D ditimbang · N naik · T tidak naik · O bulan lalu tidak ditimbang · "
        "B baru pertama · 2T dua bulan tidak naik · BGM di bawah garis merah · D′ = D − O − B.",
    ),
    Table(
        "rasio",
        "Perbandingan SKDN",
        tuple(label.split(":")[0] for _, label, *_ in _RATIOS),
        (Row("Balita", tuple(definition.key for definition in RATIOS)),),
        "N/D: N dari semua yang ditimbang. N/D′: N dari yang ditimbang dua bulan berturut. "
        "Persen, masing-masing dengan pembilang dan penyebutnya sendiri.",
    ),
    Table(
        "skdn_umur",
        "SKDN menurut umur dan jenis kelamin",
        (*_LETTERS, "D′"),
        tuple(
            Row(f"{label} {sex}", tuple(f"skdn.{band_group(band, sex)}.{measure}" for measure in _MEASURES))
            for band, label, _ in WEIGHING_BANDS
            for _, sex in SEXES
        ),
        "Umur dalam bulan genap pada hari terakhir bulan ini. Jumlahnya sama dengan tabel SKDN.",
    ),
    Table(
        "s36",
        "Genap 36 bulan",
        ("Jumlah",),
        tuple(Row(each.label, (each.key,)) for each in GROWN_AT_36),
    ),
)

DEFINITIONS = (*SKDN, *GROWN_AT_36, *SKDN_BY_AGE, *RATIOS)
