from decimal import Decimal
from xml.etree import ElementTree

import pytest

from services.web.charts import Series, bar_chart, cell_bar, line_chart, stacked_bars
from services.web.charts.frame import frame_for, round_up
from services.web.charts.places import Spot, tile_grid

MONTHS = ["Mei", "Jun", "Jul", "Agu"]
SVG = "{http://www.w3.org/2000/svg}"
CHARTS = {
    "bar": bar_chart("Hadir", MONTHS, [3, 0, None, Decimal("4.5")], unit="orang"),
    "line": line_chart("Hadir", MONTHS, [Series("Balita", [3, 0, None, 4]), Series("Lansia", [1, 2, None, 5])]),
    "stacked": stacked_bars("Hadir", MONTHS, [Series("Hadir", [3, 0, None, 4]), Series("Tidak", [1, 0, None, 2])]),
    "cell": cell_bar(16, 20),
}


def texts(svg: str) -> list[str]:
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def rects(svg: str) -> list[dict]:
    return [element.attrib for element in ElementTree.fromstring(svg).iter(f"{SVG}rect")]


@pytest.mark.parametrize("svg", CHARTS.values(), ids=CHARTS)
def test_a_chart_passes_a_strict_content_security_policy(svg):
    names = {name for element in ElementTree.fromstring(svg).iter() for name in element.attrib}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert "<script" not in svg
    assert "<style" not in svg
    assert "url(" not in svg


@pytest.mark.parametrize("svg", CHARTS.values(), ids=CHARTS)
def test_two_charts_on_one_page_share_no_id(svg):
    assert not [element for element in ElementTree.fromstring(svg).iter() if "id" in element.attrib]


def test_a_chart_is_read_aloud_with_its_title_and_every_value():
    root = ElementTree.fromstring(CHARTS["bar"])
    assert root.attrib["role"] == "img"
    assert root.find(f"{SVG}title").text == "Hadir"
    assert root.find(f"{SVG}desc").text == "Mei 3 orang, Jun 0 orang, Jul belum ada data, Agu 4,5 orang"


def test_zero_is_written_as_zero_and_missing_as_a_gap_that_says_so():
    written = texts(bar_chart("Hadir", ["Mei", "Jun", "Jul"], [3, 0, None]))
    assert written.count("belum ada data") == 1
    assert "0" in written[-3:]
    assert len(rects(bar_chart("Hadir", ["Mei", "Jun", "Jul"], [3, 0, None]))) == 2


def test_a_chart_without_any_value_says_it_once():
    assert texts(bar_chart("Hadir", MONTHS, [None] * 4)).count("belum ada data") == 1


@pytest.mark.parametrize("draw", [bar_chart, line_chart, stacked_bars])
def test_a_chart_of_nothing_is_still_a_picture(draw):
    assert ElementTree.fromstring(draw("Hadir", [], [])).tag == f"{SVG}svg"


def test_a_line_is_lifted_over_what_is_missing():
    svg = line_chart("Hadir", MONTHS, [Series("Balita", [3, None, 2, 4])])
    curve = [path.attrib["d"] for path in ElementTree.fromstring(svg).iter(f"{SVG}path")][-1]
    assert curve.count("M") == 2
    assert curve.count("L") == 1


def test_two_lines_differ_without_colour():
    root = ElementTree.fromstring(CHARTS["line"])
    dashes = [path.attrib.get("stroke-dasharray") for path in root.iter(f"{SVG}path") if "stroke-width" in path.attrib]
    assert len(set(dashes)) == 2
    assert {"Balita", "Lansia"} <= set(texts(CHARTS["line"]))


def test_a_stack_carries_its_total_and_its_legend():
    written = texts(CHARTS["stacked"])
    assert {"Hadir", "Tidak", "6"} <= set(written)
    assert "belum ada data" in written


def test_names_that_would_run_into_each_other_are_thinned_but_the_last_stays():
    months = [f"{month} 2026" for month in ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu")]
    written = [text for text in texts(bar_chart("Hadir", months, [1] * 8)) if "2026" in text]
    assert written[-1] == "Agu 2026"
    assert len(written) < 8


def test_words_of_people_are_escaped():
    svg = bar_chart("<b>", ["<i>"], [1], unit='"&', font='"x"')
    assert "<b>" not in svg
    assert "<i>" not in svg
    ElementTree.fromstring(svg)


@pytest.mark.parametrize(
    ("value", "maximum", "length", "said"),
    [
        (16, 20, "70.4", "16 dari 20"),
        (0, 20, "0.0", "0 dari 20"),
        (Decimal("30"), 20, "88.0", "30 dari 20"),
    ],
)
def test_a_cell_bar_is_as_long_as_its_share(value, maximum, length, said):
    svg = cell_bar(value, maximum)
    assert f'width="{length}" height="8"' in svg
    assert f'aria-label="{said}"' in svg


@pytest.mark.parametrize(("value", "maximum"), [(None, 20), (3, None), (3, 0)])
def test_a_cell_bar_of_nothing_known_is_an_empty_frame(value, maximum):
    assert "stroke-dasharray" in cell_bar(value, maximum)
    assert "belum ada data" in cell_bar(value, maximum)


@pytest.mark.parametrize(
    ("value", "top"), [(0, 4), (3, 4), (5, 6), (10, 10), (11, 20), (44, 60), (61, 80), (1000, 1000)]
)
def test_the_scale_ends_at_a_round_number_above_every_value(value, top):
    assert round_up(value) == top
    assert frame_for([value], 360, 200).y(value) >= frame_for([value], 360, 200).top


def test_a_tile_breaks_a_long_name_so_that_its_end_is_read():
    drawn = tile_grid("x", [Spot(name, 80, "80%") for name in ("Pekalongan Selatan", "Klego", "Pasirkratonkramat")])
    texts = [each.text for each in ElementTree.fromstring(drawn).iter() if each.tag.endswith("text")]
    assert texts == ["Pekalongan", "Selatan", "80%", "Klego", "80%", "Pasirkratonk…", "80%"]
