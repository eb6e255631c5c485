"""What people bring to a posyandu: the laporan warga of Kencana Ungu, and the usual ones of every other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.tickets.rules import ASPIRATION, COMPLAINT, OFFICE, POSYANDU, REQUEST, VILLAGE

from .chance import Chance
from .stories import STORIES


@dataclass(frozen=True)
class Step:
    """A move so many days ago. `values` are columns of the ticket; `survey_in` days after today is the survey."""

    days_ago: int
    target: str
    party: str
    note: str = ""
    survey_in: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A ticket that somebody brought so many days ago, and what became of it."""

    days_ago: int
    field: str
    request_type: str
    kind: str
    place: str
    description: str
    reporter: str
    steps: tuple[Step, ...] = ()
    extent: str = "komunal"
    is_told: bool = False  # whoever brought it knows how it ended


def to_village(days_ago: int) -> Step:
    return Step(days_ago, "diajukan_desa", POSYANDU)


def to_office(days_ago: int) -> Step:
    return Step(days_ago, "diteruskan_opd", VILLAGE)


CASES = (
    Case(
        1, "pekerjaan_umum", "jalan_desa", COMPLAINT,
        "RT 03, depan balai", "Jalan berlubang, anak sekolah sering jatuh.", "Warga Contoh Satu",
    ),
    Case(
        3, "pendidikan", "perpustakaan", ASPIRATION,
        "Balai RW", "Warga ingin pojok baca yang buka sore hari.", "Warga Contoh Dua",
    ),
    Case(
        1, "perumahan_rakyat", "rumah_tidak_layak", REQUEST,
        "RT 02", "Atap bocor sejak musim hujan, ibu mertua tidur di ruang depan.", STORIES["leaking_house"].name,
        (to_village(0),), extent="individu",
    ),
    Case(
        16, "trantibumlinmas", "poskamling", REQUEST,
        "RT 05", "Pos ronda roboh kena angin.", "Warga Contoh Tiga",
        (to_village(14),),
    ),
    Case(
        9, "pekerjaan_umum", "sumur", REQUEST,
        "RT 01, dekat musala", "Air sumur keruh dan berbau, dipakai delapan rumah.", "Warga Contoh Empat",
        (to_village(8), to_office(6), Step(1, "diproses_opd", OFFICE, survey_in=3)),
    ),
    Case(
        12, "pekerjaan_umum", "jamban", REQUEST,
        "RT 04", "Empat rumah belum punya jamban.", "Warga Contoh Lima",
        (to_village(11), to_office(10)),
    ),
    Case(
        32, "perumahan_rakyat", "biopori", REQUEST,
        "RT 02", "Halaman tergenang setiap hujan.", "Warga Contoh Enam",
        (
            to_village(31),
            to_office(30),
            Step(28, "direncanakan", OFFICE, values={"planned_source": "APBD kota"}),
        ),
    ),
    Case(
        24, "pekerjaan_umum", "jaringan_air", REQUEST,
        "RT 03, gang kedua", "Pipa bocor, air tidak sampai ke tujuh rumah.", "Warga Contoh Tujuh",
        (
            to_village(23),
            to_office(22),
            Step(20, "diproses_opd", OFFICE, survey_in=-18),
            Step(4, "selesai", OFFICE, values={"result": "Pipa sudah diganti"}),
        ),
    ),
)  # fmt: skip


A_MONTH = 0.6
"""So many tickets one posyandu gets in a month."""
TO_VILLAGE, TO_OFFICE, ANSWERED, SETTLED = 1, 3, 7, 24
"""Days after it was brought when the usual ticket takes each step."""
USUAL = (
    ("pekerjaan_umum", "air_bersih", REQUEST, "Air leding keluar hanya pada malam hari.", "Jadwal aliran sudah diatur"),
    ("pekerjaan_umum", "jalan_desa", COMPLAINT, "Gang berlubang dan tergenang bila hujan.", "Gang sudah ditambal"),
    ("pekerjaan_umum", "sampah", COMPLAINT, "Sampah menumpuk di tepi saluran.", "Sampah sudah diangkut"),
    ("perumahan_rakyat", "rumah_tidak_layak", REQUEST, "Dinding papan lapuk.", "Masuk daftar perbaikan rumah"),
    ("perumahan_rakyat", "pekarangan", ASPIRATION, "Warga ingin bibit sayur.", "Bibit sudah dibagikan"),
    ("pendidikan", "perlengkapan_sekolah", REQUEST, "Dua anak perlu seragam.", "Seragam sudah diterima"),
    ("pendidikan", "ape", ASPIRATION, "Mainan edukatif untuk pojok anak.", "Satu set APE sudah diterima"),
    ("trantibumlinmas", "patroli", REQUEST, "Warga meminta ronda malam di gang ujung.", "Jadwal ronda ditambah"),
    ("trantibumlinmas", "apar", REQUEST, "Balai belum punya alat pemadam.", "APAR sudah dipasang"),
    ("sosial", "fakir_miskin", REQUEST, "Keluarga lansia belum terdata.", "Sudah didata dan diusulkan"),
    ("sosial", "disabilitas", REQUEST, "Perlu kursi roda.", "Kursi roda sudah diterima"),
    ("kesehatan", "alat", REQUEST, "Pengukur tinggi badan rusak.", "Alat baru sudah diterima"),
)


def usual_cases(chance: Chance, today: date, live_from: date) -> Iterator[Case]:
    """What was brought since "mulai pakai", and how far it is by today."""
    for month in range((today - live_from).days // 30):
        if chance.likely(A_MONTH):
            yield _usual(chance, 30 * month + chance.randint(1, 29))


def _usual(chance: Chance, days_ago: int) -> Case:
    about, request_type, kind, description, result = chance.choice(USUAL)
    slow = chance.randint(0, 6)
    steps = (
        to_village(days_ago - TO_VILLAGE - slow // 3),
        to_office(days_ago - TO_OFFICE - slow // 2),
        Step(days_ago - ANSWERED - slow, "diproses_opd", OFFICE),
        Step(days_ago - SETTLED - slow, "selesai", OFFICE, values={"result": result}),
    )
    return Case(
        days_ago,
        about,
        request_type,
        kind,
        f"RT {chance.randint(1, 5):02}",
        description,
        f"Warga Contoh {chance.randint(1, 99)}",
        tuple(step for step in steps if step.days_ago >= 0),
        extent="komunal" if kind != REQUEST else "individu",
        is_told=True,
    )
