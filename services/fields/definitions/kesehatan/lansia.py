"""The elders' card: the class of AKS/Barthel and the domains of SKILAS, results only, once a year."""

from __future__ import annotations

from services.fields.spec import (
    IS,
    IS_NO,
    IS_YES,
    ONE_OF,
    Audience,
    Choice,
    Count,
    Cycle,
    Finding,
    FormSpec,
    Kind,
    Next,
    Printed,
    Question,
    Shape,
)

AKS = Question(
    "aks_tingkat",
    "Kemandirian (AKS)",
    Kind.CHOICE,
    help="Jumlahkan skor 10 kegiatan di lembar AKS.",
    choices=(
        Choice("m", "Mandiri (skor 20)"),
        Choice("r", "Ketergantungan ringan (12–19)"),
        Choice("s", "Ketergantungan sedang (9–11)"),
        Choice("b", "Ketergantungan berat (5–8)"),
        Choice("t", "Ketergantungan total (0–4)"),
    ),
    cycle=Cycle.YEARLY,
    counts=(
        Count("aks_a_m", "AKS A: mandiri", IS("m")),
        Count("aks_b_r", "AKS B: ringan", IS("r")),
        Count("aks_b_s", "AKS B: sedang", IS("s")),
        Count("aks_c_b", "AKS C: berat", IS("b")),
        Count("aks_c_t", "AKS C: total", IS("t")),
    ),
    finding=Finding(ONE_OF("r", "s", "b", "t"), "Perlu bantuan sehari-hari (AKS)", Next.REFER),
)


def _domain(key: str, label: str, help: str) -> Question:
    return Question(
        f"skilas_{key}",
        label,
        Kind.YES_NO,
        help=help,
        cycle=Cycle.YEARLY,
        group="skilas",
        counts=(
            Count(f"skilas_{key}_ya", f"SKILAS {label.lower()}: ya", IS_YES),
            Count(f"skilas_{key}_tidak", f"SKILAS {label.lower()}: tidak", IS_NO),
        ),
        finding=Finding(IS_YES, f"SKILAS: {label.lower()}", Next.REFER),
    )


SKILAS = (
    _domain("kognitif", "Penurunan daya ingat", "Salah waktu atau tempat, atau tidak dapat mengulang 3 kata."),
    _domain("gerak", "Sulit bergerak", "Berdiri dari kursi 5 kali lebih dari 14 detik, atau tidak mampu."),
    _domain("malnutrisi", "Kurang gizi", "Berat turun 3 kg dalam 3 bulan, sulit makan, atau LiLA di bawah 21 cm."),
    _domain("penglihatan", "Gangguan penglihatan", "Masalah mata, atau tes hitung jari terganggu."),
    _domain("pendengaran", "Gangguan pendengaran", "Tes bisik terganggu atau tidak dapat dilakukan."),
    _domain("depresi", "Gejala sedih 2 minggu", "Sedih, putus asa, atau kehilangan minat."),
)

KARTU_LANSIA = FormSpec(
    key="kartu_lansia",
    field="kesehatan",
    title="Lansia: AKS dan SKILAS",
    printed_name="Kartu Bantu Pemeriksaan Lansia (AKS dan SKILAS)",
    shape=Shape.PERSON,
    audience=Audience(stages=("lansia",)),
    printed=(
        Printed("aks_1_10", "Skor AKS 1–10"),
        Printed("skilas_12", "SKILAS 12 butir"),
    ),
    questions=(AKS, *SKILAS),
)
