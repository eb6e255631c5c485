"""What is asked or tried out: the four TBC questions, sight and hearing, the development checklist."""

from __future__ import annotations

from services.clinical.findings import Finding
from services.clinical.screening.rules import DEFAULT_SCREENING, ScreeningRules

Answer = bool | None
"""True ya, False tidak, None not asked."""


def tbc(
    cough: Answer,
    fever: Answer,
    weight: Answer,
    contact: Answer,
    rules: ScreeningRules = DEFAULT_SCREENING,
) -> Finding | None:
    """Batuk terus-menerus · demam 2 minggu atau lebih · BB turun/tidak naik 2 bulan · kontak erat pasien TBC.

    One yes is enough for a health worker's look even with questions open; "no" needs all four answers.
    """
    answers = (cough, fever, weight, contact)
    yes = answers.count(True)
    if yes >= rules.tbc_refer_from:
        return Finding("ya", "Terduga TBC", "rujuk", f"{yes} dari 4 gejala TBC")
    if yes:
        reason = "Kontak erat pasien TBC" if contact else "1 dari 4 gejala TBC"
        return Finding("tidak", "Perlu ditanya tenaga kesehatan", "konfirmasi", reason)
    if None in answers:
        return None
    return Finding("tidak", "Tidak ada gejala", "tidak", "0 dari 4 gejala TBC")


def vision(left_impaired: Answer, right_impaired: Answer) -> Finding | None:
    """Tes hitung jari; either eye is enough to refer (kartu bantu dewasa [B])."""
    return _sense("Gangguan penglihatan", "Tes hitung jari terganggu", left_impaired, right_impaired)


def hearing(left_impaired: Answer, right_impaired: Answer) -> Finding | None:
    """Tes berbisik; either ear is enough to refer (kartu bantu dewasa [B])."""
    return _sense("Gangguan pendengaran", "Tes berbisik terganggu", left_impaired, right_impaired)


def _sense(label: str, reason: str, left: Answer, right: Answer) -> Finding | None:
    if left or right:
        sides = " dan ".join(side for side, impaired in (("kiri", left), ("kanan", right)) if impaired)
        return Finding("ya", label, "rujuk", f"{reason} ({sides})")
    if left is None or right is None:
        return None
    return Finding("tidak", "Normal", "tidak", "")


def development_checklist(complete: Answer) -> Finding | None:
    """Ceklis perkembangan Buku KIA by age; incomplete refers (kartu bantu balita [B])."""
    if complete is None:
        return None
    if complete:
        return Finding("L", "Lengkap", "tidak", "")
    return Finding("TL", "Tidak lengkap", "rujuk", "Ceklis perkembangan tidak lengkap")


def kpsp(yes: int | None, rules: ScreeningRules = DEFAULT_SCREENING) -> Finding | None:
    """KPSP by number of yes of ten; asked by health workers or PAUD teachers."""
    if yes is None:
        return None
    if yes >= rules.kpsp_fit_from:
        return Finding("S", "Sesuai umur", "tidak", f"KPSP {yes} dari 10")
    if yes >= rules.kpsp_doubtful_from:
        return Finding("M", "Meragukan, ulang 2 minggu lagi", "konfirmasi", f"KPSP {yes} dari 10")
    return Finding("P", "Kemungkinan penyimpangan", "rujuk", f"KPSP {yes} dari 10")
