"""Figures of the health field that are computed from who lives here, who came and what was measured (health.md 2.3)."""

from __future__ import annotations

from services.clinical.categories import DEFAULT_CATEGORIES
from services.clinical.screening.rules import DEFAULT_SCREENING as LIMITS
from services.reports.figures import weighing
from services.reports.figures.definitions import Definition, count, percent, stock
from services.reports.figures.model import Row, Table
from services.residents.rules import GROUP_LABELS
from services.web.rules import number_text

PEOPLE = "orang"
CHILDREN = "anak"
HELD, CANCELLED = "hari_buka.semua.terlaksana", "hari_buka.semua.batal"
EVERYBODY = "semua"
# Nobody stayed away from a day that was not held; of an area only the posts that held one are in the sum.
WHERE_OPENED = "di posyandu yang sudah membuka hari buka bulan ini"
ALL_GROUPS = {**GROUP_LABELS, EVERYBODY: "Jumlah"}
# Index of growth → (group of its keys, title, what was measured)
INDICES = {
    "wfa": ("bb_u", "Berat badan menurut umur (BB/U)"),
    "lhfa": ("tb_u", "Panjang atau tinggi badan menurut umur (PB/U, TB/U)"),
    "wflh": ("bb_tb", "Berat badan menurut panjang atau tinggi badan (BB/PB, BB/TB)"),
}
SCREENED = ("usekrem", "dewasa", "lansia", "bumil", "nifas_menyusui")
ADULTS = ("usekrem", "dewasa", "lansia")


def _attendance(group: str) -> tuple[Definition, ...]:
    base, who = f"kesehatan.{group}", "warga" if group == EVERYBODY else GROUP_LABELS[group].lower()
    owner = {"needs": HELD, "unless": CANCELLED, "out_of": f"{base}.sasaran"}
    label = "Semua warga" if group == EVERYBODY else GROUP_LABELS[group]
    return (
        stock(
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
            f"Sasaran {who} dikurangi yang hadir, {WHERE_OPENED}.",
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

_PRESSURE = f"{LIMITS.systolic_high}/{LIMITS.diastolic_high} mmHg atau lebih"
_LOW_PRESSURE = f"{LIMITS.systolic_low}/{LIMITS.diastolic_low} mmHg"
_WAIST = (
    f"lebih dari {number_text(LIMITS.waist_male_above)} cm (laki-laki) "
    f"atau {number_text(LIMITS.waist_female_above)} cm (perempuan)"
)
_ARM = number_text(LIMITS.muac_pregnant_below)
# measure of screening → (heading, name, groups, {class: (words, sentence)}); each has a `…_diukur` beside it
SCREENINGS: dict[str, tuple[str, str, tuple[str, ...], dict[str, tuple[str, str]]]] = {
    "td": (
        "Tensi",
        "tekanan darah",
        SCREENED,
        {
            "tinggi": ("tinggi", f"Tekanan darah {_PRESSURE} pada pengukuran terakhir bulan ini."),
            "normal": ("normal", "Tekanan darah tidak tinggi dan tidak rendah; kedua angkanya diukur."),
            "rendah": ("rendah", f"Tekanan darah kurang dari {_LOW_PRESSURE} dan tidak tinggi."),
        },
    ),
    "gd": (
        "Gula darah",
        "gula darah",
        ADULTS,
        {
            "tinggi": ("tinggi", f"Gula darah sewaktu {number_text(LIMITS.glucose_high)} mg/dL atau lebih."),
            "normal": ("normal", "Gula darah sewaktu tidak tinggi dan tidak rendah."),
            "rendah": ("rendah", f"Gula darah sewaktu kurang dari {number_text(LIMITS.glucose_low)} mg/dL."),
        },
    ),
    "perut": (
        "Lingkar perut",
        "lingkar perut",
        ADULTS,
        {
            "lebih": ("lebih", f"Lingkar perut {_WAIST}."),
            "lebih_l": ("lebih (L)", "Di antaranya laki-laki."),
            "lebih_p": ("lebih (P)", "Di antaranya perempuan."),
        },
    ),
    "lila": (
        "LiLA",
        "LiLA",
        ("bumil",),
        {
            "kurang": ("kurang", f"LiLA kurang dari {_ARM} cm (berisiko KEK)."),
            "hijau": ("hijau", f"LiLA {_ARM} cm atau lebih."),
        },
    ),
}


def _screening(measure: str, group: str) -> tuple[Definition, ...]:
    base, (heading, name, _, classes) = f"kesehatan.{group}.{measure}", SCREENINGS[measure]
    who = GROUP_LABELS[group]
    return (
        count(
            f"{base}_diukur",
            f"{who}: {heading} diukur",
            PEOPLE,
            f"{who} yang diukur {name}nya bulan ini.",
            needs="kesehatan.semua.diukur",
            out_of=f"kesehatan.{group}.sasaran",
        ),
        *(
            count(
                f"{base}_{key}",
                f"{who}: {heading} {words}",
                PEOPLE,
                f"{sentence} Yang tidak diukur tidak dihitung.",
                needs=f"{base}_diukur",
                out_of=f"{base}_diukur",
            )
            for key, (words, sentence) in classes.items()
        ),
    )


SCREENING = tuple(
    definition
    for measure, (_, _, groups, _) in SCREENINGS.items()
    for group in groups
    for definition in _screening(measure, group)
)
_CONFIRMED = "Hasil pemeriksaan dipastikan oleh tenaga kesehatan."


def _screening_table(key: str, title: str, measures: tuple[str, ...], who: tuple[str, ...]) -> Table:
    """One column for what was measured and one for each class, of these measures."""
    parts = [
        (measure, ending, f"{SCREENINGS[measure][0]} {words}")
        for measure in measures
        for ending, words in (
            ("diukur", "diukur"),
            *((end, words) for end, (words, _) in SCREENINGS[measure][3].items()),
        )
    ]
    rows = tuple(
        Row(
            GROUP_LABELS[group],
            tuple(
                f"kesehatan.{group}.{measure}_{ending}" if group in SCREENINGS[measure][2] else ""
                for measure, ending, _ in parts
            ),
        )
        for group in who
    )
    said = " ".join(next(iter(SCREENINGS[measure][3].values()))[1] for measure in measures)
    return Table(key, title, tuple(label for *_, label in parts), rows, f"{said} {_CONFIRMED}")


SCREENING_TABLES = (
    _screening_table("pemeriksaan", "Tekanan darah dan gula darah", ("td", "gd"), SCREENED),
    _screening_table("lingkar", "Lingkar perut dan LiLA", ("perut", "lila"), (*ADULTS, "bumil")),
)

DEFINITIONS = (*ATTENDANCE, *weighing.DEFINITIONS, *GROWTH, *SCREENING)
TABLES = (ATTENDANCE_TABLE, *weighing.TABLES, *GROWTH_TABLES, *SCREENING_TABLES)
