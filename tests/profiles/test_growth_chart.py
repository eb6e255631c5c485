import re
import time
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from services.clinical.growth import assess
from services.profiles.growth_chart import (
    FIRST,
    SECOND,
    WHOLE,
    Measured,
    head_chart,
    kms_chart,
    length_chart,
    proportion_chart,
)
from services.profiles.growth_chart.curves import curves_by_age, curves_by_length

BIRTH = date(2024, 1, 10)
SVG = "{http://www.w3.org/2000/svg}"


def at(months: int, kg: float | None = None, cm: float | None = None, head: float | None = None, status="", **more):
    days = int(months * 30.4375) + 3
    return Measured(BIRTH + timedelta(days=days), days, months, kg, cm, head, status, **more)


MONTHLY = [at(month, 4 + month * 0.3, 52 + month, 36 + month * 0.3, "N") for month in range(60)]
CHARTS = {
    "kms": kms_chart("P", MONTHLY),
    "length": length_chart("L", MONTHLY),
    "head": head_chart("P", MONTHLY),
    "lying": proportion_chart("L", MONTHLY, standing=False),
    "standing": proportion_chart("P", MONTHLY, standing=True),
}


def texts(svg: str) -> list[str]:
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_needs_no_script_and_no_style(name):
    root = ElementTree.fromstring(CHARTS[name])
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "path",
        "g",
        "text",
        "circle",
    }
    assert "style" not in CHARTS[name]
    assert root.get("role") == "img"


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_small_and_quick(name):
    assert len(CHARTS[name].encode()) < 25_000
    started = time.perf_counter()
    for _ in range(20):
        kms_chart("P", MONTHLY)
    assert (time.perf_counter() - started) / 20 < 0.02


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("kms", ["+3", "+2", "+1", "0", "−2", "−3"]),
        ("length", ["+3", "+2", "0", "−2", "−3"]),
        ("head", ["+2", "0", "−2"]),
        ("standing", ["+3", "+2", "+1", "0", "−2", "−3"]),
    ],
)
def test_each_line_says_its_number_at_its_end(name, ends):
    said = [text for text in texts(CHARTS[name]) if re.fullmatch(r"[+−]\d", text)]
    assert said == [end for end in ends if end != "0"]
    patterns = re.findall(
        r'fill="none" stroke="#\w+" stroke-width="[\d.]+"(?: stroke-dasharray="[\d ]+")?', CHARTS[name]
    )
    assert len({pattern.partition("stroke-width")[2] for pattern in patterns}) >= len(ends) - 1


@pytest.mark.parametrize("sex", ["L", "P"])
@pytest.mark.parametrize("sd", [-3, -2, 0, 1, 3])
@pytest.mark.parametrize("month", [0, 7, 23, 24, 59])
def test_a_point_on_a_line_has_the_z_score_of_the_line(sex, sd, month):
    (curve,) = curves_by_age("wfa", sex, (sd,), 0, 60)
    kg = dict(curve.pieces[0])[month]
    days = int(month * 30.4375 + 0.5)
    assert assess(sex=sex, age_days=days, weight_kg=kg).z_wfa == pytest.approx(sd, abs=0.01)


def test_the_length_line_steps_down_where_standing_begins():
    (curve,) = curves_by_age("lhfa", "P", (0,), 0, 60)
    lying, standing = curve.pieces
    assert lying[-1][0] == standing[0][0] == 24
    assert lying[-1][1] - standing[0][1] == pytest.approx(0.7, abs=0.05)


def test_weight_for_length_lies_on_its_line():
    (curve,) = curves_by_length("L", (-2,), standing=False)
    kg = dict(curve.pieces[0])[70.0]
    assert assess(sex="L", age_days=300, weight_kg=kg, length_cm=70.0, position="L").z_wflh == pytest.approx(
        -2, abs=0.01
    )


def circles(svg: str) -> int:
    return svg.count("<circle")


def pen_lifts(svg: str) -> int:
    """How many pieces the child's own line has."""
    path = re.search(r'<path d="([^"]*)" fill="none" stroke="#14201e" stroke-width="2"/>', svg)
    return path.group(1).count("M") if path else 0


@pytest.mark.parametrize(
    ("months", "pieces"), [([1, 2, 3], 1), ([1, 2, 4], 2), ([1, 3, 5], 3), ([], 0), ([6], 1), ([2, 3, 7, 8], 2)]
)
def test_a_missed_month_is_a_gap(months, pieces):
    drawn = kms_chart("P", [at(month, 6.0) for month in months], window=FIRST)
    assert (pen_lifts(drawn), circles(drawn)) == (pieces, len(months))


def test_what_was_not_weighed_has_no_point_and_swelling_no_weight():
    assert circles(kms_chart("P", [at(3, None, 60.0), at(4, 9.0, 61.0, has_oedema=True)])) == 0
    assert circles(length_chart("P", [at(3, None, 60.0), at(4, 9.0, 61.0, has_oedema=True)])) == 2


@pytest.mark.parametrize(("window", "points"), [(FIRST, 1), (SECOND, 2), (WHOLE, 3)])
def test_a_window_shows_its_months_only(window, points):
    assert circles(kms_chart("L", [at(5, 7.0), at(30, 12.0), at(40, 14.0), at(70, 20.0)], window=window)) == points


def test_letters_stand_under_their_month_and_kbm_beside_them():
    said = texts(kms_chart("P", [at(1, 4.6, status="N"), at(2, 4.9, status="T")], window=FIRST))
    assert [text for text in said if text in "NTOB"] == ["N", "T"]
    assert [text for text in said if text in {"800", "900", "600", "500", "400", "300", "200"}] == [
        "800", "900", "800", "600", "500", "400", "300", "200",
    ]  # fmt: skip


def test_weight_for_length_takes_only_its_own_age():
    both = [at(20, 10.0, 80.0), at(30, 12.0, 90.0)]
    assert circles(proportion_chart("P", both, standing=False)) == 1
    assert circles(proportion_chart("P", both, standing=True)) == 1


def test_it_is_told_in_words():
    assert "Terakhir 9,9 kg pada umur 23 bulan" in kms_chart("P", [at(23, 9.9, status="T")])
    assert "Tidak naik" in kms_chart("P", [at(23, 9.9, status="T")])
    assert "Belum ada ukuran" in kms_chart("P", [])
