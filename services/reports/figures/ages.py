"""Age bands of the printed forms, in completed months on the day of the report. No Django, no clock."""

from __future__ import annotations

# Form F1 gizi: (key, printed, completed months at which the band ends)
WEIGHING_BANDS = (
    ("0_5", "0–5 bulan", 6),
    ("6_11", "6–11 bulan", 12),
    ("12_23", "12–23 bulan", 24),
    ("24_35", "24–35 bulan", 36),
    ("36_59", "36–59 bulan", 60),
)
SEXES = (("l", "L"), ("p", "P"))
FIFTEEN_YEARS = 15 * 12
# Every band that some form splits people by; whoever is older than the last is in OLDER.
BANDS = (*((key, months) for key, _, months in WEIGHING_BANDS), ("60_71", 72), ("6_14", FIFTEEN_YEARS))
OLDER = "15"

# Groups of the recaps finer than those of attendance: (key, printed, group of attendance → bands of it)
RECAP_GROUPS = (
    ("bayi", "Bayi 0–5 bulan", {"balita": {"0_5"}}),
    ("balita_apras", "Anak 6–71 bulan", {"balita": {"6_11", "12_23", "24_35", "36_59"}, "apras": {"60_71"}}),
    ("usekrem_6_14", "Usia 6–14 tahun", {"usekrem": {"6_14"}}),
    ("usekrem_15_18", "Usia 15–18 tahun", {"usekrem": {OLDER}}),
)


def band_group(band: str, sex: str) -> str:
    """Group of the figures of one line of F1: `0_5_l`."""
    return f"{band}_{sex.lower()}"


def recap_group(stage: str, band: str) -> str:
    """The group a person is counted in on the recaps: by age within children, else the group of attendance."""
    for key, _, parts in RECAP_GROUPS:
        if band in parts.get(stage, ()):
            return key
    return stage
