"""Figures of the health field that are computed from who lives here, who came and what was measured (health.md 2.3)."""

from __future__ import annotations

from services.clinical.categories import DEFAULT_CATEGORIES
from services.clinical.screening.rules import DEFAULT_SCREENING as LIMITS
from services.reports.figures.definitions import Definition, count, percent
from services.reports.figures.model import Row, Table
from services.residents.rules import GROUP_LABELS
from services.web.rules import number_text

PEOPLE = "orang"
CHILDREN = "anak"
HELD, CANCELLED = "hari_buka.semua.terlaksana", "hari_buka.semua.batal"
EVERYBODY = "semua"
ALL_GROUPS = {**GROUP_LABELS, EVERYBODY: "Jumlah"}
# Index of growth → (group of its keys, title, what was measured)
INDICES = {
    "wfa": ("bb_u", "Berat badan menurut umur (BB/U)"),
    "lhfa": ("tb_u", "Panjang atau tinggi badan menurut umur (PB/U, TB/U)"),
    "wflh": ("bb_tb", "Berat badan menurut panjang atau tinggi badan (BB/PB, BB/TB)"),
}
SCREENED = ("usekrem", "dewasa", "lansia", "bumil", "nifas_menyusui")
ADULTS = ("usekrem", "dewasa", "lansia")
D = "kesehatan.balita.d"


def _attendance(group: str) -> tuple[Definition, ...]:
    base, who = f"kesehatan.{group}", "warga" if group == EVERYBODY else GROUP_LABELS[group].lower()
    owner = {"needs": HELD, "unless": CANCELLED, "out_of": f"{base}.sasaran"}
    label = "Semua warga" if group == EVERYBODY else GROUP_LABELS[group]
    return (
        count(
            f"{base}.sasaran",
            f"Sasaran: {label}",
            PEOPLE,
            f"Banyaknya {who} yang tinggal di wilayah posyandu pada hari terakhir bulan ini.",
        ),
        count(
            f"{base}.hadir",
            f"Hadir: {label}",
            PEOPLE,
            f"Dari sasaran {who}, yang datang ke hari buka paling sedikit sekali bulan ini. Tamu tidak termasuk.",
            **owner,
        ),
        count(
            f"{base}.tidak_hadir",
            f"Tidak hadir: {label}",
            PEOPLE,
            f"Sasaran {who} dikurangi yang hadir.",
            **owner,
        ),
        percent(
            f"{base}.persen_hadir",
            f"Persen hadir: {label}",
            f"{base}.hadir",
            f"{base}.sasaran",
            f"Yang hadir dibagi sasaran {who} bulan ini.",
        ),
    )


ATTENDANCE = (
    *(definition for group in ALL_GROUPS for definition in _attendance(group)),
    count(
        "kesehatan.tamu.hadir",
        "Tamu yang dilayani",
        PEOPLE,
        "Orang dari luar wilayah posyandu yang dilayani pada hari buka. Ia dihitung di sini, tidak di antara sasaran.",
        needs=HELD,
        unless=CANCELLED,
    ),
)
ATTENDANCE_TABLE = Table(
    "kehadiran",
    "Sasaran dan kehadiran",
    ("Sasaran", "Hadir", "Tidak hadir", "% hadir"),
    (
        *(
            Row(
                label,
                tuple(f"kesehatan.{group}.{part}" for part in ("sasaran", "hadir", "tidak_hadir", "persen_hadir")),
            )
            for group, label in ALL_GROUPS.items()
        ),
        Row("Tamu dari luar wilayah", ("", "kesehatan.tamu.hadir", "", "")),
    ),
    "Umur dan keadaan pada hari terakhir bulan ini. Tiap orang dihitung sekali. "
    "Tamu tidak masuk dalam jumlah dan persen.",
)

SKDN = (
    count(
        "kesehatan.balita.s",
        "S: semua balita",
        CHILDREN,
        "Anak 0–59 bulan yang tinggal di wilayah posyandu pada hari terakhir bulan ini.",
    ),
    count(
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
_RATIOS = (
    ("d_per_s", "D/S", D, "kesehatan.balita.s", "Partisipasi: balita ditimbang dibagi semua balita."),
    ("k_per_s", "K/S", "kesehatan.balita.k", "kesehatan.balita.s", "Balita punya KMS/Buku KIA dibagi semua balita."),
    ("d_per_k", "D/K", D, "kesehatan.balita.k", "Balita ditimbang dibagi balita punya KMS/Buku KIA."),
    ("n_per_d", "N/D", "kesehatan.balita.n", D, "Balita naik dibagi balita ditimbang."),
    ("n_per_d_murni", "N/D′", "kesehatan.balita.n", "kesehatan.balita.d_murni", "Balita naik dibagi D′ (D − O − B)."),
    ("n_per_s", "N/S", "kesehatan.balita.n", "kesehatan.balita.s", "Balita naik dibagi semua balita."),
    ("dua_t_per_d", "2T/D", "kesehatan.balita.dua_t", D, "Balita 2T dibagi balita ditimbang."),
    ("bgm_per_d", "BGM/D", "kesehatan.balita.bgm", D, "Balita BGM dibagi balita ditimbang."),
)
RATIOS = tuple(
    percent(f"kesehatan.balita.{key}", label, top, bottom, text) for key, label, top, bottom, text in _RATIOS
)
SKDN_TABLES = (
    Table(
        "skdn",
        "Penimbangan balita (SKDN)",
        ("S", "K", "D", "N", "T", "O", "B", "2T", "BGM", "D′"),
        (
            Row(
                "Balita",
                tuple(
                    f"kesehatan.balita.{key}" for key in ("s", "k", "d", "n", "t", "o", "b", "dua_t", "bgm", "d_murni")
                ),
            ),
        ),
        "S semua balita · K punya KMS/Buku KIA · D ditimbang · N naik · T tidak naik · O bulan lalu tidak ditimbang · "
        "B baru pertama · 2T dua bulan tidak naik · BGM di bawah garis merah · D′ = D − O − B.",
    ),
    Table(
        "rasio",
        "Perbandingan SKDN",
        tuple(label for _, label, *_ in _RATIOS),
        (Row("Balita", tuple(definition.key for definition in RATIOS)),),
        "Persen, masing-masing dengan pembilang dan penyebutnya sendiri.",
    ),
)


def categories(index: str) -> tuple[tuple[str, str], ...]:
    """(measure, label) of each class of an index for under-fives, lowest first."""
    bands = DEFAULT_CATEGORIES.indices[index][0].bands
    return tuple((band.category.code.lower(), band.category.label) for band in bands)


def _growth(index: str) -> tuple[Definition, ...]:
    group, title = INDICES[index]
    base = f"kesehatan.{group}"
    note = "Hasil yang tidak wajar (perlu diukur ulang) tidak dihitung."
    return (
        count(
            f"{base}.diukur",
            f"{title}: dinilai",
            CHILDREN,
            f"Balita yang dapat dinilai bulan ini. {note}",
            needs="kesehatan.semua.ditimbang",
            out_of="kesehatan.balita.s",
        ),
        *(
            count(
                f"{base}.{key}",
                label,
                CHILDREN,
                f"Balita dengan {title} termasuk “{label}” pada pengukuran terakhir. {note}",
                needs=f"{base}.diukur",
                out_of=f"{base}.diukur",
            )
            for key, label in categories(index)
        ),
        count(
            f"{base}.periksa_ulang",
            "Perlu diukur ulang",
            CHILDREN,
            f"Balita dengan hasil {title} yang tidak wajar; tidak masuk golongan mana pun.",
            needs="kesehatan.semua.ditimbang",
        ),
    )


GROWTH = (
    *(definition for index in INDICES for definition in _growth(index)),
    count(
        "kesehatan.balita.stunting",
        "Terindikasi pendek (stunting)",
        CHILDREN,
        "Balita dengan TB/U kurang dari −2 SD pada pengukuran terakhir; dipastikan oleh tenaga kesehatan. "
        "Hasil yang tidak wajar tidak dihitung.",
        needs="kesehatan.tb_u.diukur",
        out_of="kesehatan.tb_u.diukur",
    ),
    percent(
        "kesehatan.balita.persen_stunting",
        "Persen terindikasi pendek",
        "kesehatan.balita.stunting",
        "kesehatan.tb_u.diukur",
        "Balita terindikasi pendek dibagi balita yang TB/U-nya dapat dinilai.",
    ),
)


def _growth_table(index: str) -> Table:
    group, title = INDICES[index]
    parts = (("diukur", "Dinilai"), *categories(index), ("periksa_ulang", "Ukur ulang"))
    columns, keys = [label for _, label in parts], [f"kesehatan.{group}.{key}" for key, _ in parts]
    if index == "lhfa":
        columns += ["Pendek + sangat pendek", "% dari dinilai"]
        keys += ["kesehatan.balita.stunting", "kesehatan.balita.persen_stunting"]
    return Table(group, title, tuple(columns), (Row("Balita", tuple(keys)),))


GROWTH_TABLES = tuple(_growth_table(index) for index in INDICES)

# measure of screening → (short heading, groups, sentence); each has a `…_diukur` beside it
_PRESSURE = f"{LIMITS.systolic_high}/{LIMITS.diastolic_high} mmHg atau lebih"
SCREENINGS = {
    "td": ("Tensi", "tinggi", SCREENED, f"Tekanan darah {_PRESSURE} pada pengukuran terakhir bulan ini."),
    "gd": ("Gula darah", "tinggi", ADULTS, f"Gula darah sewaktu {number_text(LIMITS.glucose_high)} mg/dL atau lebih."),
    "perut": (
        "Lingkar perut",
        "lebih",
        ADULTS,
        f"Lingkar perut lebih dari {number_text(LIMITS.waist_male_above)} cm (laki-laki) "
        f"atau {number_text(LIMITS.waist_female_above)} cm (perempuan).",
    ),
    "lila": (
        "LiLA",
        "kurang",
        ("bumil",),
        f"LiLA kurang dari {number_text(LIMITS.muac_pregnant_below)} cm (berisiko KEK).",
    ),
}
_NAMES = {"td": "tekanan darah", "gd": "gula darah", "perut": "lingkar perut", "lila": "LiLA"}


def _screening(measure: str, group: str) -> tuple[Definition, Definition]:
    base, (heading, word, _, sentence) = f"kesehatan.{group}.{measure}", SCREENINGS[measure]
    who = GROUP_LABELS[group]
    return (
        count(
            f"{base}_diukur",
            f"{who}: {heading} diukur",
            PEOPLE,
            f"{who} yang diukur {_NAMES[measure]}nya bulan ini.",
            needs="kesehatan.semua.diukur",
            out_of=f"kesehatan.{group}.sasaran",
        ),
        count(
            f"{base}_{word}",
            f"{who}: {heading} {word}",
            PEOPLE,
            f"{sentence} Yang tidak diukur tidak dihitung.",
            needs=f"{base}_diukur",
            out_of=f"{base}_diukur",
        ),
    )


SCREENING = tuple(
    definition
    for measure, (_, _, groups, _) in SCREENINGS.items()
    for group in groups
    for definition in _screening(measure, group)
)


def _screening_row(group: str) -> Row:
    keys: list[str] = []
    for measure, (_, word, groups, _) in SCREENINGS.items():
        base = f"kesehatan.{group}.{measure}"
        keys += [f"{base}_diukur", f"{base}_{word}"] if group in groups else ["", ""]
    return Row(GROUP_LABELS[group], tuple(keys))


SCREENING_TABLE = Table(
    "pemeriksaan",
    "Pemeriksaan",
    tuple(f"{heading} {word}" for heading, bad, *_ in SCREENINGS.values() for word in ("diukur", bad)),
    tuple(_screening_row(group) for group in SCREENED),
    " ".join(sentence for *_, sentence in SCREENINGS.values()) + " Hasil pemeriksaan dipastikan oleh tenaga kesehatan.",
)

DEFINITIONS = (*ATTENDANCE, *SKDN, *RATIOS, *GROWTH, *SCREENING)
TABLES = (ATTENDANCE_TABLE, *SKDN_TABLES, *GROWTH_TABLES, SCREENING_TABLE)
