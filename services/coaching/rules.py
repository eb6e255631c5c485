"""What a Tim Pembina looks at, how a sample is drawn, and how much of it agreed. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

SAMPLE_SIZE = 5
# Readiness of a posyandu, in the order of the talk (transformation steps, domain 1.2; what judges ask for, 1.9).
READINESS = {
    "sk": "SK pengurus dan kader ada dan berlaku",
    "jadwal": "Jadwal hari buka dipasang dan dijalankan",
    "lima_langkah": "Lima langkah pelayanan berjalan",
    "alat": "Alat ukur lengkap dan baik (timbangan, alat ukur tinggi, LiLA, tensi)",
    "tempat": "Tempat layak dan mudah dicapai",
    "kader_cukup": "Kader cukup di setiap meja",
    "kader_terlatih": "Kader sudah dilatih enam bidang",
    "pencatatan": "Catatan diisi pada hari yang sama",
    "enam_bidang": "Keenam bidang punya kegiatan",
    "kunjungan": "Kunjungan rumah berjalan menurut daftar",
    "laporan_warga": "Laporan warga dicatat dan dikabari kembali",
}
OBSTACLES = {
    "kader_kurang": "Kader kurang",
    "kader_berhenti": "Kader muda sulit didapat",
    "dana": "Dana operasional kurang",
    "alat": "Alat rusak atau kurang",
    "tempat": "Tempat tidak memadai",
    "sinyal": "Sinyal atau HP terbatas",
    "sasaran": "Sasaran jarang datang",
    "tindak_lanjut": "Tindak lanjut OPD lambat",
    "lain": "Lainnya",
}
AGREES, DIFFERS, UNREACHABLE = "cocok", "berbeda", "tidak_bertemu"
OUTCOMES = {
    AGREES: "Cocok dengan kenyataan",
    DIFFERS: "Berbeda",
    UNREACHABLE: "Tidak dapat diperiksa",
}


def draw(candidates: Iterable[Any], seed: str, size: int = SAMPLE_SIZE) -> list[Any]:
    """A random sample that anybody can draw again: the same candidates and seed give the same sample, in any order."""
    ordered = sorted(candidates, key=str)
    return Random(seed).sample(ordered, min(size, len(ordered)))  # noqa: S311 - it must be repeatable, not secret


@dataclass(frozen=True)
class Agreement:
    """How a sample ended: what agreed, of what could be checked, and what still waits."""

    agrees: int
    checked: int
    waiting: int
    unreachable: int

    @property
    def percent(self) -> Decimal | None:
        """Percent with one decimal of what could be checked; None when nothing was."""
        if not self.checked:
            return None
        return (Decimal(self.agrees) * 100 / self.checked).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def agreement(outcomes: Sequence[str]) -> Agreement:
    """Counts the outcomes of a sample's records; what is not checked yet is neither right nor wrong."""
    agrees, differs = outcomes.count(AGREES), outcomes.count(DIFFERS)
    return Agreement(agrees, agrees + differs, outcomes.count(""), outcomes.count(UNREACHABLE))


def is_late(due_on: date, done_on: date | None, today: date) -> bool:
    """Whether something promised for a day is not done after it."""
    return done_on is None and due_on < today
