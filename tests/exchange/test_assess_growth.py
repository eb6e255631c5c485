"""`manage.py assess_growth`: every row of the file comes back, whatever was in it."""

import csv
import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from services.clinical.assess import ADDED_COLUMNS

HEADING = "case_id,sex,age_days,weight_kg,lenhei_cm,measure,oedema"


@pytest.fixture
def run(tmp_path):
    """Assess these bytes or this text; returns the rows, the heading and what was said."""

    def run(content, encoding="utf-8", delimiter=","):
        source, target, said = tmp_path / "in.csv", tmp_path / "out.csv", io.StringIO()
        source.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        call_command("assess_growth", str(source), str(target), stderr=said)
        text = target.read_bytes().decode("utf-8")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
        return SimpleNamespace(rows=rows, text=text, said=said.getvalue(), folder=tmp_path)

    return run


def test_input_columns_come_first_in_their_order(run):
    result = run(f"{HEADING}\nA001,F,683,10.4,84.8,L,n\n")
    assert result.text.splitlines()[0] == ",".join([HEADING, *ADDED_COLUMNS])
    row = result.rows[0]
    assert (row["case_id"], row["weight_kg"], row["z_lhfa"], row["z_wfa"]) == ("A001", "10.4", "-0.07", "-0.57")
    assert "Selesai: 1 baris, 0 dengan catatan" in result.said


def test_semicolons_and_decimal_commas(run):
    result = run("case_id;sex;age_days;weight_kg;lenhei_cm\nA001;P;683;10,4;84,8\n", delimiter=";")
    assert (result.rows[0]["weight_kg"], result.rows[0]["z_wfa"]) == ("10,4", "-0.57")


def test_a_byte_order_mark_is_kept_and_disturbs_nothing(run):
    result = run("sex,age_days,weight_kg\nP,683,10.4\n", encoding="utf-8-sig")
    assert result.text.startswith("\ufeffsex,")
    assert result.rows[0]["z_wfa"] == "-0.57"


def test_an_old_excel_file_in_windows_1252(run):
    result = run("nama,sex,age_days,weight_kg\nNuraïni – Ç,P,683,10.4\n", encoding="windows-1252")
    assert (result.rows[0]["nama"], result.rows[0]["z_wfa"]) == ("Nuraïni – Ç", "-0.57")


def test_windows_line_ends_and_a_last_line_without_one(run):
    result = run("sex,age_days,weight_kg\r\nP,683,10.4\r\nP,683,10.4")
    assert [row["z_wfa"] for row in result.rows] == ["-0.57", "-0.57"]


def test_bad_rows_stay_in_their_place_with_a_reason(run):
    result = run(
        f"{HEADING}\nA,F,683,10.4,84.8,L,n\nB,?,683,10.4,84.8,L,n\nC,F,683,NaN,84.8,L,n\n\nE,F,683,10,4,84.8,L,n\nF,F,683\n"
    )
    assert [row["case_id"] for row in result.rows] == ["A", "B", "C", "", "E", "F"]
    reasons = [row["error"] for row in result.rows]
    assert reasons[0] == ""
    assert reasons[1].startswith("jenis kelamin")
    assert "bukan angka" in reasons[2]
    assert reasons[3] == "baris kosong"
    assert reasons[4].startswith("kolom terlalu banyak")
    assert reasons[5] == "belum diukur"
    assert result.rows[4]["oedema"] == "L | n"
    assert "6 baris, 5 dengan catatan" in result.said


def test_a_quote_left_open_takes_no_other_row_with_it(run):
    rows = "".join(f"R{number},F,683,10.4,84.8,L,n\n" for number in range(50))
    result = run(f'{HEADING}\n"A,F,683,10.4,84.8,L,n\n{rows}')
    assert [row["case_id"] for row in result.rows] == ["A", *(f"R{number}" for number in range(50))]
    assert {row["z_wfa"] for row in result.rows} == {"-0.57"}


def test_an_open_quote_in_a_long_file(run):
    rows = "".join(f"R{number},F,683,10.4,84.8,L,n\n" for number in range(9000))
    result = run(f'{HEADING}\n"A,F,683,10.4,84.8,L,n\n{rows}')
    assert len(result.rows) == 9001
    assert {row["z_wfa"] for row in result.rows} == {"-0.57"}


def test_a_line_break_inside_quotes_is_one_row(run):
    result = run('sex,age_days,weight_kg,alamat\nP,683,10.4,"Jl. Melati\nRT 2"\nP,683,10.4,x\n')
    assert [row["alamat"] for row in result.rows] == ["Jl. Melati\nRT 2", "x"]


def test_an_endless_line_is_kept_as_damaged_rows(run):
    result = run("sex,age_days,weight_kg\n" + "x" * 250_000 + "\nP,683,10.4\n")
    assert "".join(row["sex"] for row in result.rows[:-1]) == "x" * 250_000
    assert [row["error"][:21] for row in result.rows[:2]] == ["baris terlalu panjang"] * 2
    assert len(result.rows[2]["error"]) < 100
    assert result.rows[-1]["z_wfa"] == "-0.57"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Berkas kosong"),
        ("\n\n", "Berkas kosong"),
        ("case_id,weight_kg\nA,10\n", "Kolom tidak ada: sex"),
        ("sex,age_days,weight_kg".encode("utf-16"), "bukan teks"),
    ],
)
def test_a_file_that_cannot_be_assessed_says_why_and_leaves_no_result(run, tmp_path, content, reason):
    with pytest.raises(CommandError, match=reason):
        run(content)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_broken_run_keeps_the_earlier_result(run, tmp_path):
    (tmp_path / "out.csv").write_text("hasil lama")
    with pytest.raises(CommandError):
        run("")
    assert (tmp_path / "out.csv").read_text() == "hasil lama"


def test_paths_that_do_not_exist(tmp_path):
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("assess_growth", str(tmp_path / "none.csv"), str(tmp_path / "out.csv"))
    source = tmp_path / "in.csv"
    source.write_text("sex,age_days,weight_kg\n")
    with pytest.raises(CommandError, match="tidak bisa ditulis"):
        call_command("assess_growth", str(source), str(tmp_path / "no" / "out.csv"))


def test_a_file_may_be_assessed_in_place(tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("sex,age_days,weight_kg\nP,683,10.4\n")
    call_command("assess_growth", str(file), str(file), stderr=io.StringIO())
    assert "-0.57" in file.read_text()


def test_standard_input_and_output(monkeypatch):
    wanted, given = io.BytesIO(b"sex,age_days,weight_kg\nP,683,10.4\n"), io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=wanted))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(given, encoding="ascii"))
    call_command("assess_growth", "-", "-", stderr=io.StringIO())
    assert given.getvalue().decode().splitlines()[1].startswith("P,683,10.4,-0.57,")


def test_progress_is_told_while_it_runs(run):
    result = run("sex,age_days,weight_kg\n" + "P,683,10.4\n" * 20_001)
    assert "20000 baris" in result.said


def test_sample_of_published_cases(shared, tmp_path):
    target = tmp_path / "out.csv"
    call_command("assess_growth", str(shared / "data/growth/cases_growth.csv"), str(target), stderr=io.StringIO())
    with target.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 60
    for row in rows:
        for index in ("wfa", "lhfa", "wflh", "bfa", "hcfa", "acfa"):
            z, expected = row[f"z_{index}"], row[f"exp_z_{index}"]
            same = float(z) == float(expected) if z and expected else z == expected
            assert same or (not expected and row[f"flag_{index}"] == "1"), (row["case_id"], index)
        assert row["error"] == ""
