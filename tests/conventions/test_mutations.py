"""The tests judge the rules that are shipped: each slip of a rule here turns its own test red (lessons 1, row 4).

A slip is put into the shipped function itself, in place, so a test of a copy of it would stay green and be found out.
"""

import importlib
import inspect
import itertools
import textwrap

import pytest

# rule, the words in it, the slip, the test that must turn red
SLIPS = (
    (
        "reports.rules:passes_on",
        "today > calendar",
        "today >= calendar",
        "reports.test_rules:test_past_its_day_a_month_passes_on",
    ),
    ("reports.rules:standing_of", "sent <= due", "sent < due", "reports.test_rules:test_whether_it_came_in_time"),
    (
        "reports.rules:disagreeing",
        "!= sum(values[1:])",
        "!= sum(values[2:])",
        "reports.test_rules:test_totals_that_disagree_are_found",
    ),
    ("clinical.kms:weighing_status", ">= minimum", "> minimum", "clinical.test_kms:test_status_of_a_weighing"),
    ("clinical.kms:is_two_t", " and ", " or ", "clinical.test_kms:test_two_t_needs_two_t_in_a_row"),
    (
        "clinical.categories:classify",
        "z < band.up_to",
        "z <= band.up_to",
        "clinical.test_categories:test_each_boundary_belongs_to_the_milder_class",
    ),
    (
        "clinical.categories:muac_child",
        "cm < rules.moderate_below",
        "cm <= rules.moderate_below",
        "clinical.test_categories:test_upper_arm_of_a_child",
    ),
    (
        "residents.rules:age_stage",
        "months < 12",
        "months <= 12",
        "residents.test_rules:test_a_stage_follows_from_completed_months",
    ),
    (
        "residents.rules:mother_stage",
        "on < span.ended_on",
        "on <= span.ended_on",
        "residents.test_rules:test_a_mothers_stage_follows_from_her_pregnancies",
    ),
    (
        "areas.clock:local_date",
        "moment.astimezone(ZoneInfo(zone))",
        "moment",
        "areas.test_clock:test_the_last_minute_and_the_first_belong_to_their_own_months",
    ),
)


@pytest.mark.parametrize(("rule", "words", "slip", "test"), SLIPS, ids=[slip[0] for slip in SLIPS])
def test_a_slip_in_a_shipped_rule_turns_its_test_red(rule, words, slip, test, monkeypatch):
    function, judge = named(f"services.{rule}"), named(f"tests.{test}")
    assert is_green(judge), "the rule as it is shipped"
    monkeypatch.setattr(function, "__code__", slipped(function, words, slip))
    assert not is_green(judge)


def named(address: str):
    module, _, name = address.partition(":")
    return getattr(importlib.import_module(module), name)


def slipped(function, words: str, slip: str):
    """The code of the function with a slip in it."""
    source = textwrap.dedent(inspect.getsource(function))
    assert words in source, f"{function.__name__} does not say “{words}” any more"
    inside = dict(function.__globals__)
    exec(compile(source.replace(words, slip, 1), function.__code__.co_filename, "exec"), inside)
    return inside[function.__name__].__code__


def is_green(judge) -> bool:
    """Whether every case of a test's table passes."""
    try:
        for case in cases_of(judge):
            judge(**case)
    except AssertionError:
        return False
    return True


def cases_of(judge):
    tables = [table_of(mark) for mark in judge.pytestmark if mark.name == "parametrize"]
    for rows in itertools.product(*tables):
        yield {name: value for row in rows for name, value in row.items()}


def table_of(mark):
    names, values = mark.args
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    rows = [getattr(value, "values", value) if hasattr(value, "marks") else value for value in values]
    return [
        dict(zip(keys, row if len(keys) > 1 else (row if isinstance(row, tuple) else (row,)), strict=True))
        for row in rows
    ]
