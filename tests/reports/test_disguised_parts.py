"""Small sensitive counts of places that stand beside their sum: none can be had by subtraction."""

import pytest

from services.fields.registry import forms_for
from services.follow_ups.rules import KINDS
from services.reports.figures import DEFINITIONS, Figure, State, disguised_parts
from services.reports.figures.recaps import RECAPS


def figures(**values):
    """`sosial.<group>.jumlah` sensitive, and the field's total, which is not hidden."""
    return {
        f"sosial.{group}.jumlah": Figure(
            f"sosial.{group}.jumlah", group, "orang", "", State.KNOWN, value=value, sensitive=group != "semua"
        )
        for group, value in values.items()
    }


def hidden(shown, group="kekerasan"):
    return {code for code, each in shown.items() if each[f"sosial.{group}.jumlah"].state is State.DISGUISED}


@pytest.mark.parametrize(
    "counts, gone",
    [
        ({"a": 9, "b": 7, "c": 6}, set()),
        ({"a": 9, "b": 7, "c": 2}, {"c", "b"}),
        ({"a": 9, "b": 3, "c": 2}, {"b", "c"}),
        ({"a": 9, "b": 0, "c": 2}, {"a", "c"}),
        ({"a": 0, "b": 0, "c": 2}, {"a", "c"}),
        ({"a": 0, "b": 0, "c": 0}, set()),
        ({"a": 5, "b": 4}, {"a", "b"}),
        ({"a": 4}, {"a"}),
    ],
)
def test_one_hidden_part_takes_a_second_with_it(counts, gone):
    parts = {code: figures(kekerasan=value) for code, value in counts.items()}
    assert hidden(disguised_parts(figures(kekerasan=sum(counts.values())), parts)) == gone


def test_where_the_sum_is_hidden_too_one_part_is_enough():
    whole = figures(kekerasan=2)
    whole = {key: Figure(**{**_fields(each), "state": State.DISGUISED, "value": None}) for key, each in whole.items()}
    assert hidden(disguised_parts(whole, {"a": figures(kekerasan=2), "b": figures(kekerasan=0)})) == {"a"}


def test_what_goes_in_a_part_is_not_had_from_that_parts_own_total():
    """`b` loses its group for the sake of `a`; its other group goes as well, because its total is shown."""
    parts = {
        "a": figures(kekerasan=2, telantar=3, semua=5),
        "b": figures(kekerasan=8, telantar=9, semua=17),
        "c": figures(kekerasan=20, telantar=30, semua=50),
    }
    shown = disguised_parts(figures(kekerasan=30, telantar=42, semua=72), parts)
    assert hidden(shown) == {"a", "b"} and hidden(shown, "telantar") == {"a", "b"}
    assert not hidden(shown, "semua")


def _fields(figure):
    return {name: getattr(figure, name) for name in ("key", "label", "unit", "sentence", "state", "value", "sensitive")}


def test_every_figure_of_a_sensitive_form_or_reason_is_marked():
    groups = {(form.field, form.key) for form in forms_for() if form.sensitive}
    groups |= {("kunjungan_rumah", code.lower()) for code, kind in KINDS.items() if kind.is_sensitive}
    assert {key for _, key in groups} >= {"srq20", "heeadsss", "odgj", "kekerasan", "identifikasi_trauma", "tbc"}
    found = {tuple(each.key.split(".")[:2]): each.sensitive for each in DEFINITIONS if not each.sensitive}
    assert not groups & found.keys()


def test_no_figure_outside_is_made_of_a_sensitive_one():
    secret = {each.key for each in DEFINITIONS if each.sensitive}
    for each in DEFINITIONS:
        if not each.sensitive:
            assert not {*(each.share or ()), each.out_of, each.needs} & secret, each.key


def test_a_column_of_a_recap_is_all_sensitive_or_not_at_all():
    secret = {each.key for each in DEFINITIONS if each.sensitive}
    columns = [column for recap in RECAPS for column in recap.columns if set(column.figures) & secret]
    assert columns
    assert all(set(column.figures) <= secret for column in columns)
