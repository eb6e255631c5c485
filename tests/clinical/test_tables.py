"""The growth tables: complete, as committed, and equal to WHO's where the reference reading is present."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from services.clinical.tables import GROWTH_FOLDER, growth_tables, read_table, tables_version

WHO_FILES = (
    ("who2006_wfa_by_day", "wfa_by_day", 1),
    ("who2006_lhfa_by_day", "lhfa_by_day", 1),
    ("who2006_bfa_by_day", "bfa_by_day", 1),
    ("who2006_hcfa_by_day", "hcfa_by_day", 1),
    ("who2006_acfa_by_day", "acfa_by_day", 1),
    ("who2006_wfl_by_cm", "wfl_by_mm", 10),
    ("who2006_wfh_by_cm", "wfh_by_mm", 10),
    ("who2007_wfa_by_month", "wfa_by_month", 1),
    ("who2007_hfa_by_month", "hfa_by_month", 1),
    ("who2007_bfa_by_month", "bfa_by_month", 1),
)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("wfa_day", 0, 1826),
        ("lhfa_day", 0, 1826),
        ("bfa_day", 0, 1826),
        ("hcfa_day", 0, 1826),
        ("acfa_day", 91, 1826),
        ("wfl_mm", 450, 1100),
        ("wfh_mm", 650, 1200),
        ("wfa_month", 60, 121),
        ("hfa_month", 60, 229),
        ("bfa_month", 60, 229),
    ],
)
@pytest.mark.parametrize("sex", ["L", "P"])
def test_each_table_reaches_from_its_first_to_its_last_key(sex, name, first, last):
    table = getattr(growth_tables()[sex], name)
    assert (table.first, table.last) == (first, last)
    assert len(table.power) == len(table.median) == len(table.variation) == last - first + 1


def test_a_table_with_a_gap_is_refused(tmp_path):
    file = tmp_path / "gap.csv"
    file.write_text("sex,key,l,m,s\nL,1,1,2,0.1\nL,3,1,2,0.1\nP,1,1,2,0.1\n")
    with pytest.raises(ValueError, match=r"gap\.csv"):
        read_table(file)


def test_the_committed_tables_are_what_the_command_writes(tmp_path):
    call_command("regenerate_growth_tables", folder=tmp_path, stderr=StringIO())
    for _, name, _ in WHO_FILES:
        file = f"{name}.csv"
        assert (tmp_path / file).read_bytes() == (GROWTH_FOLDER / file).read_bytes(), file
    assert (tmp_path / "VERSION").read_text().strip() == tables_version()


@pytest.mark.parametrize(("theirs", "ours", "scale"), WHO_FILES)
def test_every_row_is_whos(shared, theirs, ours, scale):
    tables = read_table(GROWTH_FOLDER / f"{ours}.csv")
    rows = 0
    with (shared / f"data/growth/{theirs}.csv").open(newline="") as file:
        for row in csv.reader(file):
            if row[0] == "sex":
                continue
            table = tables[{"M": "L", "F": "P"}[row[0]]]
            at = round(float(row[1]) * scale) - table.first
            found = (table.power[at], table.median[at], table.variation[at])
            assert found == (float(row[2]), float(row[3]), float(row[4])), row
            rows += 1
    assert rows == sum(len(table.power) for table in tables.values())
