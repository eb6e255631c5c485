import re
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import time_machine
from django import forms
from django.template import engines

from services.web.templatetags import web

ROOT = Path(__file__).resolve().parents[2]
ICONS = sorted((ROOT / "static" / "icons").glob("*.svg"))
FIELDS = ["pendidikan", "kesehatan", "pekerjaan_umum", "perumahan_rakyat", "trantibumlinmas", "sosial"]


def render(source: str, **context) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_is_drawn_in_the_colour_of_its_text(path):
    root = ElementTree.parse(path).getroot()
    assert root.tag.endswith("svg")
    if path.stem != "app":
        assert root.attrib["viewBox"] == "0 0 24 24"
        assert root.attrib["stroke"] == "currentColor"
        assert 'stroke="currentColor"' in web.icon(path.stem)


def test_an_icon_beside_a_word_is_not_read_aloud_and_one_alone_is():
    assert 'aria-hidden="true"' in render('{% icon "check" %}')
    assert 'role="img" aria-label="Cari &lt;nama&gt;"' in render('{% icon "search" label %}', label="Cari <nama>")


@pytest.mark.parametrize("name", ["tidak-ada", "../css/app", ""])
def test_an_icon_that_is_not_there_is_found_by_the_first_test(name):
    with pytest.raises(KeyError):
        web.icon(name)


@pytest.mark.parametrize("key", FIELDS)
def test_each_field_has_one_colour_one_icon_and_its_word(key):
    mark = render("{% field_mark key label %}", key=key, label="Bidang & kata")
    assert f"mark-{key}" in mark
    assert "<path" in mark
    assert "Bidang &amp; kata" in mark
    assert f".mark-{key} {{ color: var(--{key}); }}" in (ROOT / "static" / "css" / "app.css").read_text()


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|angka }}", 1234.5, "1.234,5"),
        ("{{ value|angka }}", None, "–"),
        ("{{ value|angka }}", "", "–"),
        ("{{ value|angka }}", 0, "0"),
        ("{{ value|angka }}", "9.90", "9,9"),
        ("{{ value|angka }}", "<disamarkan>", "&lt;disamarkan&gt;"),
        ("{{ value|angka:1 }}", 3, "3,0"),
        ("{{ value|persen }}", 88.88, "88,9%"),
        ("{{ value|persen }}", None, "–"),
        ("{{ value|tanggal }}", date(2026, 11, 10), "Selasa, 10 November 2026"),
        ("{{ value|tanggal_singkat }}", date(2026, 11, 10), "10 Nov 2026"),
        ("{{ value|tanggal }}", None, "–"),
        ("{{ value|bulan }}", "2026-10", "Oktober 2026"),
        ("{{ value|bulan }}", date(2026, 10, 31), "Oktober 2026"),
        # 18.00 UTC is already the next day in WIB.
        ("{{ value|tanggal_singkat }}", datetime(2026, 10, 31, 18, tzinfo=UTC), "1 Nov 2026"),
    ],
)
def test_numbers_and_dates_in_templates(source, value, text):
    assert render(source, value=value) == text


@time_machine.travel(datetime(2026, 11, 10, 2, 30, tzinfo=UTC), tick=False)
def test_freshness_counts_local_days():
    assert render("{{ value|lalu }}", value=datetime(2026, 11, 9, 16, 59, tzinfo=UTC)) == "kemarin"
    assert render("{{ value|lalu }}", value=datetime(2026, 11, 9, 17, 1, tzinfo=UTC)) == "9 jam lalu"


class Card(forms.Form):
    weight = forms.DecimalField(label="Berat", help_text="Tanpa <sepatu>")
    weight.unit, weight.previous, weight.warning = "kg", "bulan lalu 9,8", "Turun. Ukur lagi."
    standing = forms.ChoiceField(
        label="Diukur", choices=[("b", "Berbaring"), ("d", "Berdiri")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="Topik", choices=[("g", "Gizi")], required=False, widget=forms.CheckboxSelectMultiple({"class": "chips"})
    )
    consent = forms.BooleanField(label="Setuju", required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_form_draws_unit_previous_value_and_warning_beside_the_field():
    html = str(Card())
    assert '<span class="field-unit">kg</span>' in html
    assert '<span class="field-previous">bulan lalu 9,8</span>' in html
    assert '<p class="field-warning">Turun. Ukur lagi.</p>' in html
    assert "Tanpa &lt;sepatu&gt;" in html


def test_a_number_takes_comma_and_point_on_a_phone():
    field = re.search(r'<input[^>]*name="weight"[^>]*>', str(Card())).group(0)
    assert 'type="text"' in field
    assert 'inputmode="decimal"' in field
    assert "step" not in field


def test_choices_are_large_and_nothing_is_preselected():
    html = str(Card())
    assert html.count('<label class="choice"><input type="radio"') == 2
    assert html.count('<label class="chip"><input type="checkbox"') == 1
    assert "checked" not in html


def test_a_refused_field_says_so_beside_itself_and_in_the_summary():
    html = str(Card({"weight": "berat sekali"}))
    field = re.search(r'<input[^>]*name="weight"[^>]*>', html).group(0)
    assert 'aria-invalid="true"' in field
    assert 'value="berat sekali"' in field
    assert 'aria-describedby="id_weight_helptext id_weight_error"' in field
    assert 'id="id_weight_error"><p class="field-error">' in html
    assert '<a href="#id_weight">Berat</a>' in html
    assert '<fieldset class="field field-bad" aria-describedby="id_standing_error">' in html
    assert html.count('name="base"') == 1


def test_the_shared_form_carries_its_one_time_key_and_the_csrf_token():
    html = render(
        '{% include "web/form.html" with button="Simpan" %}', form=Card(), submission_key="k-1", csrf_token="t"
    )
    assert '<input type="hidden" name="submission_key" value="k-1">' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert '<button class="button" type="submit">Simpan</button>' in html
