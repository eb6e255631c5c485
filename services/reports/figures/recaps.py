"""The four monthly recaps of the health cards: columns as data, each the sum of figures that are derived from visits.

Headers follow the printed forms (`data/rules/rekap_fields.csv`); a column is never typed. Districts differ: another
paper is another tuple of columns. No Django, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.clinical.screening.rules import DEFAULT_SCREENING as LIMITS
from services.reports.figures.model import Figure, Number, State
from services.reports.figures.recapped import ADULTS, BMI
from services.web.rules import number_text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a recap: its key on the form, the printed header under its heading, and the figures it adds up.

    People of the added figures are never the same: they are of different groups, or in different classes.
    """

    key: str
    heading: str
    header: str
    figures: tuple[str, ...]

    @property
    def full_header(self) -> str:
        """Heading and header in one line."""
        return f"{self.heading}: {self.header}" if self.heading else self.header


@dataclass(frozen=True, slots=True)
class Recap:
    """One form: a row a month."""

    key: str
    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class RecapCell:
    """A number, or why there is none."""

    state: State
    value: Number | None = None


@dataclass(frozen=True, slots=True)
class RecapLine:
    """A row of the recaps: form → cells. `note` says what it is counted from; paper is shown apart."""

    label: str
    cells: Mapping[str, tuple[RecapCell, ...]]
    note: str = ""
    from_paper: bool = False


def column_cell(column: Column, figures: Mapping[str, Figure]) -> RecapCell:
    """The sum of a column's figures. Known parts are added; hidden ones hide it; without a known one it has none."""
    parts = [figures[key] for key in column.figures if key in figures]
    states = {part.state for part in parts}
    if State.DISGUISED in states:
        return RecapCell(State.DISGUISED)
    if State.KNOWN in states:
        return RecapCell(State.KNOWN, sum(part.value or 0 for part in parts if part.is_known))
    return RecapCell(State.NOT_APPLICABLE if states == {State.NOT_APPLICABLE} else State.NOT_RECORDED)


def recap_row(recap: Recap, figures: Mapping[str, Figure]) -> tuple[RecapCell, ...]:
    """One line of a recap from the figures of a month."""
    return tuple(column_cell(column, figures) for column in recap.columns)


def _each(groups: Sequence[str], measure: str, first: str = "rekap") -> tuple[str, ...]:
    return tuple(f"{first}.{group}.{measure}" for group in groups)


def _columns(heading: str, *columns: tuple[str, str, str | tuple[str, ...]]) -> tuple[Column, ...]:
    return tuple(
        Column(key, heading, header, (figures,) if isinstance(figures, str) else figures)
        for key, header, figures in columns
    )


def _came(*groups: tuple[str, str, str], names: tuple[str, str, str]) -> tuple[Column, ...]:
    """Sasaran, datang, tidak datang of groups: (key's ending, header, base of figures)."""
    parts = (("Sasaran", "sasaran"), ("Datang", "hadir"), ("Tidak datang", "tidak_hadir"))
    return tuple(
        Column(f"{name}{ending}", heading, header, (f"{base}.{measure}",))
        for (heading, measure), name in zip(parts, names, strict=True)
        for ending, header, base in groups
    )


_TBC = f"TBC ≥ {LIMITS.tbc_refer_from} gejala"
_MOTHERS = ("bumil", "nifas_menyusui")
_CHILDREN = ("bayi", "balita_apras")
_SCHOOL = ("usekrem_6_14", "usekrem_15_18")
_DAILY = (("tiap_hari", "Tiap hari"), ("tidak", "Tidak"))
_YES_NO = (("ya", "Ya"), ("tidak", "Tidak"))


def _form(form: str, heading: str, *columns: tuple[str, str]) -> tuple[Column, ...]:
    """Columns that are a form's own counts, by the same key."""
    return tuple(Column(key, heading, header, (f"kesehatan.{form}.{key}",)) for key, header in columns)


def _two(form: str, heading: str, base: str, words: tuple[tuple[str, str], ...]) -> tuple[Column, ...]:
    return _form(form, heading, *((f"{base}_{ending}", header) for ending, header in words))


def _problem(group: str, normal: str) -> tuple[str, ...]:
    """All classes of a growth index but the normal one."""
    return tuple(f"kesehatan.{group}.{code}" for code in _CLASSES[group] if code != normal)


_CLASSES = {
    "bb_u": ("sk", "k", "n", "rbbl"),
    "tb_u": ("sp", "p", "n", "t"),
    "bb_tb": ("gbur", "gk", "gb", "rgl", "gl", "o"),
}
MOTHERS = Recap(
    "rekap_bumil_nifas_menyusui",
    "Ibu hamil, nifas, dan menyusui",
    (
        Column("jumlah_ibu_hamil", "Sasaran", "Hamil", ("kesehatan.bumil.sasaran",)),
        Column("jumlah_ibu_menyusui", "Sasaran", "Nifas/menyusui", ("kesehatan.nifas_menyusui.sasaran",)),
        Column("datang_bumil", "Datang", "Hamil", ("kesehatan.bumil.hadir",)),
        Column("datang_busui", "Datang", "Nifas/menyusui", ("kesehatan.nifas_menyusui.hadir",)),
        Column("tidak_datang_bumil", "Tidak datang", "Hamil", ("kesehatan.bumil.tidak_hadir",)),
        Column("tidak_datang_busui", "Tidak datang", "Nifas/menyusui", ("kesehatan.nifas_menyusui.tidak_hadir",)),
        *_form("kartu_bumil", "Berat badan", ("bb_hijau", "Hijau"), ("bb_merah", "Merah")),
        *_columns(
            "LiLA",
            ("lila_hijau", "Hijau", "kesehatan.bumil.lila_hijau"),
            ("lila_merah_kek", "Merah (KEK)", "kesehatan.bumil.lila_kurang"),
        ),
        *_columns(
            "Tekanan darah",
            ("td_hijau", "Hijau", ("kesehatan.bumil.td_normal", "kesehatan.bumil.td_rendah")),
            ("td_merah", "Merah", "kesehatan.bumil.td_tinggi"),
        ),
        Column("gejala_tbc", "", _TBC, _each(_MOTHERS, "tbc")),
        *_form("kartu_bumil", "TTD", ("bumil_dapat_ttd", "Diberi")),
        *_two("kartu_bumil", "TTD", "ttd", _DAILY),
        *_form("kartu_bumil", "PMT bumil KEK", ("bumil_kek_dapat_pmt", "Diberi")),
        *_two("kartu_bumil", "PMT bumil KEK", "pmt", _DAILY),
        *_two("kartu_bumil", "Kelas ibu hamil", "kelas", _YES_NO),
        *_two("kartu_nifas_menyusui", "Vitamin A nifas", "vit_a_nifas", _YES_NO),
        *_two("kartu_nifas_menyusui", "KB pasca persalinan", "kb_pasca", _YES_NO),
        Column("dapat_edukasi", "", "Edukasi", _each(_MOTHERS, "edukasi")),
        Column("rujuk_bumil", "Dirujuk", "Hamil", ("rekap.bumil.dirujuk",)),
        Column("rujuk_nifas_menyusui", "Dirujuk", "Nifas/menyusui", ("rekap.nifas_menyusui.dirujuk",)),
    ),
)
YOUNG = Recap(
    "rekap_bayi_balita_apras",
    "Bayi, balita, dan anak prasekolah",
    (
        Column("jml_bayi_0_6_bln", "Sasaran", "0–6 bln", ("rekap.bayi.sasaran",)),
        Column("jml_balita_apras", "Sasaran", "6 bln–6 th", ("rekap.balita_apras.sasaran",)),
        Column("datang_bayi", "Datang", "0–6 bln", ("rekap.bayi.hadir",)),
        Column("datang_balita", "Datang", "6 bln–6 th", ("rekap.balita_apras.hadir",)),
        Column("tidak_datang_bayi", "Tidak datang", "0–6 bln", ("rekap.bayi.tidak_hadir",)),
        Column("tidak_datang_balita", "Tidak datang", "6 bln–6 th", ("rekap.balita_apras.tidak_hadir",)),
        *_form("kartu_balita", "Ceklis", ("ceklis_lengkap", "Lengkap"), ("ceklis_tidak_lengkap", "Tidak")),
        *_columns(
            "Berat badan",
            ("bb_naik", "Naik (N)", "kesehatan.balita.n"),
            ("bb_tidak_naik", "T/BGM/oranye", "rekap.anak.bb_tidak_naik"),
        ),
        *_columns("BB/U", ("bbu_baik", "Normal", "kesehatan.bb_u.n"), ("bbu_masalah", "Tidak", _problem("bb_u", "n"))),
        *_columns(
            "PB/U, TB/U",
            ("pbtbu_normal", "Normal", ("kesehatan.tb_u.n", "kesehatan.tb_u.t")),
            ("pbtbu_tidak_normal", "Tidak", ("kesehatan.tb_u.sp", "kesehatan.tb_u.p")),
        ),
        *_columns(
            "BB/PB, BB/TB",
            ("bbtb_gizi_baik", "Baik", "kesehatan.bb_tb.gb"),
            ("bbtb_masalah", "Tidak", _problem("bb_tb", "gb")),
        ),
        *_columns(
            "Lingkar kepala",
            ("lk_normal", "Normal", "rekap.anak.lk_normal"),
            ("lk_tidak_normal", "Tidak", "rekap.anak.lk_tidak_normal"),
        ),
        *_columns(
            "LiLA",
            ("lila_normal", "Normal", "rekap.anak.lila_normal"),
            ("lila_tidak_normal", "Tidak", "rekap.anak.lila_tidak_normal"),
        ),
        Column("tbc_2_gejala", "", _TBC, _each(_CHILDREN, "tbc")),
        *_form(
            "kartu_balita",
            "Pelayanan",
            ("asi_eksklusif", "ASI eksklusif"),
            ("mpasi", "MP-ASI"),
            ("imunisasi", "Imunisasi lengkap"),
            ("vit_a", "Vitamin A"),
            ("obat_cacing", "Obat cacing"),
            ("mt_pangan_lokal", "MT pangan lokal"),
        ),
        Column("edukasi", "", "Edukasi", _each(_CHILDREN, "edukasi")),
        *_form("kartu_balita", "", ("balita_sakit", "Sakit")),
        Column("rujuk_bayi", "Dirujuk", "0–6 bln", ("rekap.bayi.dirujuk",)),
        Column("rujuk_balita_apras", "Dirujuk", "6 bln–6 th", ("rekap.balita_apras.dirujuk",)),
    ),
)
SCHOOL = Recap(
    "rekap_sekolah_remaja",
    "Usia sekolah dan remaja",
    (
        *_came(
            ("6_14", "6–14 th", "rekap.usekrem_6_14"),
            ("15_18", "15–18 th", "rekap.usekrem_15_18"),
            names=("jml_", "datang_", "tidak_datang_"),
        ),
        *_columns("IMT menurut umur", *((key, label, f"rekap.usekrem.{key}") for key, (label, _) in BMI.items())),
        Column("lingkar_perut", "", "Lingkar perut lebih", ("kesehatan.usekrem.perut_lebih",)),
        *_columns(
            "Tekanan darah",
            *(
                (f"td_{each}", each.capitalize(), f"kesehatan.usekrem.td_{each}")
                for each in ("rendah", "normal", "tinggi")
            ),
        ),
        *_columns(
            "Gula darah",
            *(
                (f"gd_{each}", each.capitalize(), f"kesehatan.usekrem.gd_{each}")
                for each in ("rendah", "normal", "tinggi")
            ),
        ),
        *_columns(
            "Anemia (putri)",
            ("anemia", "Ya", "rekap.putri.anemia"),
            ("tidak_anemia", "Tidak", "rekap.putri.tidak_anemia"),
        ),
        Column("tbc_2_gejala", "", _TBC, _each(_SCHOOL, "tbc")),
        Column("heeadsss", "", "HEEADSSS bermasalah", ("kesehatan.heeadsss.heeadsss",)),
        Column("edukasi", "", "Edukasi", _each(_SCHOOL, "edukasi")),
        Column("dirujuk", "", "Dirujuk", _each(_SCHOOL, "dirujuk")),
    ),
)


def _both(measure: str) -> tuple[str, ...]:
    return _each(ADULTS, measure, "kesehatan")


_LEVELS = ("rendah", "normal", "tinggi")
_WAIST = {
    "l": f"L > {number_text(LIMITS.waist_male_above)}",
    "p": f"P > {number_text(LIMITS.waist_female_above)}",
}
_SKILAS = ("kognitif", "gerak", "malnutrisi", "pendengaran", "penglihatan", "depresi")
GROWN = Recap(
    "rekap_dewasa_lansia",
    "Usia dewasa dan lansia",
    (
        *_came(
            ("dewasa", "Dewasa", "kesehatan.dewasa"),
            ("lansia", "Lansia", "kesehatan.lansia"),
            names=("jml_", "datang_", "tidak_datang_"),
        ),
        *_columns("IMT", *((key, label, _each(ADULTS, key)) for key, (label, _) in BMI.items())),
        *_columns(
            "Lingkar perut (cm)",
            ("lp_l_gt90", _WAIST["l"], _both("perut_lebih_l")),
            ("lp_p_gt80", _WAIST["p"], _both("perut_lebih_p")),
        ),
        *_columns("Tekanan darah", *((f"td_{each}", each.capitalize(), _both(f"td_{each}")) for each in _LEVELS)),
        *_columns("Gula darah", *((f"gd_{each}", each.capitalize(), _both(f"gd_{each}")) for each in _LEVELS)),
        *_form("srq20", "Jiwa (SRQ-20)", ("jiwa_lt6", "< 6"), ("jiwa_ge6", "≥ 6"), ("jiwa_q17_ya", "No. 17 ya")),
        *_columns(
            "PUMA",
            ("puma_lt6", f"< {LIMITS.puma_refer_from}", _each(ADULTS, "puma_kurang")),
            ("puma_ge6", f"≥ {LIMITS.puma_refer_from}", _each(ADULTS, "puma_lebih")),
        ),
        *(
            Column(
                f"aks_{klass}_{letter}",
                "AKS",
                f"{klass} ({letter})",
                (f"kesehatan.kartu_lansia.aks_{klass.lower()}_{letter.lower()}",),
            )
            for klass, letter in (("A", "M"), ("B", "R"), ("B", "S"), ("C", "B"), ("C", "T"))
        ),
        *(
            column
            for domain in _SKILAS
            for column in _two("kartu_lansia", f"SKILAS {domain}", f"skilas_{domain}", _YES_NO)
        ),
        Column("edukasi", "", "Edukasi", _each(ADULTS, "edukasi")),
        Column("dirujuk", "", "Dirujuk", _each(ADULTS, "dirujuk")),
    ),
)
RECAPS: tuple[Recap, ...] = (MOTHERS, YOUNG, SCHOOL, GROWN)
RECAP_KEYS = frozenset(key for recap in RECAPS for column in recap.columns for key in column.figures)
