"""Counts become figures, figures of posts become figures of places; a table of cases for each rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.home_visits.models import HomeVisit
from services.reports.figures import (
    DEFINITIONS,
    REASONS,
    SECTIONS,
    STEPS,
    Place,
    Report,
    State,
    Tally,
    canonical,
    contract,
    disguised,
    monthly_figures,
    names_apart,
    report_from,
    share_of,
)
from services.reports.figures.definitions import count, percent

MONTH = date(2026, 10, 1)
CASES = (
    count("a.b.sasaran", "Sasaran", "orang", "…"),
    count("a.b.hadir", "Hadir", "orang", "…", needs="hari", unless="batal", out_of="a.b.sasaran"),
    count("a.b.vitamin", "Vitamin A", "orang", "…", needs="dijawab", months=(2, 8)),
    percent("a.b.persen", "Persen", "a.b.hadir", "a.b.sasaran", "…"),
)


def figures(*tallies, month=MONTH, **options):
    return monthly_figures(
        CASES, [Tally(*each) if isinstance(each, tuple) else Tally(each) for each in tallies], month, **options
    )


@pytest.mark.parametrize(
    ("tally", "state", "value"),
    [
        ({"a.b.hadir": 3, "hari": 1}, "ada", 3),
        ({"hari": 1}, "ada", 0),
        ({}, "belum_didata", None),
        ({"a.b.hadir": 3}, "belum_didata", None),
        ({"batal": 1}, "tidak_berlaku", None),
        (({"a.b.hadir": 3, "hari": 1}, False), "tidak_berlaku", None),
    ],
    ids=["counted", "zero is a number", "nothing recorded", "no open day", "only cancelled", "not live yet"],
)
def test_zero_and_the_two_kinds_of_nothing_stay_apart(tally, state, value):
    figure = figures(tally)["a.b.hadir"]
    assert (figure.state.value, figure.value) == (state, value)


@pytest.mark.parametrize(("month", "state"), [(2, "belum_didata"), (8, "belum_didata"), (10, "tidak_berlaku")])
def test_what_is_asked_in_two_months_only_does_not_apply_in_the_others(month, state):
    assert figures({}, month=date(2026, month, 1))["a.b.vitamin"].state.value == state


def test_an_answer_out_of_its_month_is_still_counted():
    assert figures({"dijawab": 1, "a.b.vitamin": 1})["a.b.vitamin"].value == 1


@pytest.mark.parametrize(
    ("top", "bottom", "percentage"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 16, "6.3"), (0, 5, "0.0"), (26, 25, "104.0"), (1, 0, None)],
)
def test_percentages_have_one_decimal_and_no_ceiling(top, bottom, percentage):
    assert share_of(top, bottom) == (Decimal(percentage) if percentage else None)


def test_a_percentage_without_denominator_does_not_apply():
    assert figures({"hari": 1})["a.b.persen"].state is State.NOT_APPLICABLE


def test_a_percentage_of_nothing_recorded_is_not_zero():
    figure = figures({"a.b.sasaran": 9})["a.b.persen"]
    assert (figure.state, figure.value, figure.denominator) == (State.NOT_RECORDED, None, 9)


def test_percentages_of_a_whole_come_from_its_sums_not_from_the_parts_percentages():
    whole = figures({"a.b.sasaran": 10, "a.b.hadir": 10, "hari": 1}, {"a.b.sasaran": 90, "a.b.hadir": 9, "hari": 1})
    assert whole["a.b.persen"].value == Decimal("19.0")
    assert whole["a.b.persen"].adds is False
    assert (whole["a.b.hadir"].value, whole["a.b.hadir"].denominator) == (19, 100)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("ada", "belum_didata", "tidak_berlaku"), "ada"),
        (("belum_didata", "tidak_berlaku"), "belum_didata"),
        (("tidak_berlaku", "tidak_berlaku"), "tidak_berlaku"),
        ((), "tidak_berlaku"),
    ],
)
def test_a_whole_has_a_number_as_soon_as_one_part_has(states, state):
    parts = {"ada": {"hari": 1}, "belum_didata": {}, "tidak_berlaku": {"batal": 1}}
    assert figures(*(parts[each] for each in states))["a.b.hadir"].state.value == state


SENSITIVE = tuple(
    count(f"x.{group}.{part}", group, "kali", "…", sensitive=group == "tbc")
    for group in ("semua", "tbc", "lain", "rutin")
    for part in ("semua", "bertemu")
)


@pytest.mark.parametrize(
    ("tbc", "lain", "rutin", "hidden"),
    [
        (0, 3, 9, set()),
        (5, 3, 9, set()),
        (4, 3, 9, {"tbc", "lain"}),
        (1, 0, 9, {"tbc", "rutin"}),
        (1, 0, 0, {"tbc"}),
    ],
)
def test_small_sensitive_counts_are_hidden_with_a_second_part(tbc, lain, rutin, hidden):
    tally = Tally(
        {"x.tbc.semua": tbc, "x.lain.semua": lain, "x.rutin.semua": rutin, "x.semua.semua": tbc + lain + rutin}
    )
    found = monthly_figures(SENSITIVE, [tally], MONTH, disguise=True)
    assert {key.split(".")[1] for key, figure in found.items() if figure.state is State.DISGUISED} == hidden
    assert found["x.semua.semua"].value == tbc + lain + rutin
    assert all(figure.value is None for figure in found.values() if figure.state is State.DISGUISED)


def test_hiding_leaves_figures_without_sensitive_ones_alone():
    plain = figures({"a.b.sasaran": 2, "a.b.hadir": 1, "hari": 1})
    assert disguised(plain) == plain


def test_keys_are_stable_in_form_and_named_once():
    keys = [definition.key for definition in DEFINITIONS]
    assert len(keys) == len(set(keys))
    assert all(len(key.split(".")) == 3 and key.replace(".", "").replace("_", "").isalnum() for key in keys)
    assert "kesehatan.balita.hadir" in keys


def test_every_reason_and_next_step_of_a_home_visit_has_its_figures():
    assert {reason.lower() for reason in HomeVisit.Reason.values} == set(REASONS) - {"semua"}
    assert set(HomeVisit.Next.values) == set(STEPS)


def test_every_figure_stands_in_exactly_one_table():
    shown = [key for section in SECTIONS for table in section.tables for key in table.keys]
    assert sorted(shown) == sorted(definition.key for definition in DEFINITIONS)


def test_every_row_has_a_figure_or_a_gap_for_each_column():
    assert all(
        len(row.keys) == len(table.columns) for section in SECTIONS for table in section.tables for row in table.rows
    )


def test_every_figure_says_what_it_counts():
    assert all(len(definition.sentence) > 15 and definition.sentence.endswith(".") for definition in DEFINITIONS)


def test_percentages_and_medians_are_the_figures_that_do_not_add():
    assert all(
        (definition.unit == "%" or bool(definition.median)) == (not definition.adds) for definition in DEFINITIONS
    )


def test_denominators_are_counted_before_what_is_printed_beside_them():
    seen = set()
    for definition in DEFINITIONS:
        assert "#" in definition.out_of or not definition.out_of or definition.out_of in seen, definition.key
        seen.add(definition.key)


def report(**changes) -> Report:
    tallies = [Tally({"kesehatan.balita.sasaran": 20, "kesehatan.balita.hadir": 16, "hari_buka.semua.terlaksana": 1})]
    made = Report(
        place=Place("33.75.03.1003.1", "Kencana Ungu", "posyandu", "Posyandu Kencana Ungu"),
        month=MONTH,
        counted_on=date(2026, 10, 31),
        made_on=date(2026, 11, 21),
        figures=monthly_figures(DEFINITIONS, tallies, MONTH),
        sections=SECTIONS,
        attendance=((date(2026, 9, 1), None), (MONTH, 16)),
    )
    return replace(made, **changes)


def test_the_contract_says_number_state_unit_and_denominator():
    told = contract(report())
    assert told["place"] == {"code": "33.75.03.1003.1", "name": "Kencana Ungu", "level": "posyandu"}
    assert (told["month"], told["version"]) == ("2026-10", None)
    assert told["figures"]["kesehatan.balita.persen_hadir"] == {
        "label": "Persen hadir: Balita (0–59 bulan)",
        "value": 80.0,
        "state": "ada",
        "unit": "%",
        "denominator": 20,
        "adds": False,
    }


def test_a_frozen_document_reads_back_as_the_same_report():
    text = canonical(report(version=1))
    again = report_from(text, sha256="ab")
    assert again == report(version=1)
    assert canonical(again) == text


def test_a_document_of_another_form_is_refused():
    with pytest.raises(ValueError, match="bentuk lain"):
        report_from('{"format": 99}')


def test_no_two_figures_are_called_the_same_outside_their_tables():
    named = names_apart(monthly_figures(DEFINITIONS, [], MONTH), SECTIONS)
    assert named["kesehatan.balita.stunting"] == "Terindikasi pendek (stunting)"
    assert named["trantibumlinmas.patroli.jumlah"] == "Kegiatan (Patroli keamanan)"
    assert sorted(set(named.values())) == sorted(named.values())
