"""`manage.py monthly_report` as a person at a terminal uses it."""

import fcntl
import json
import os
import subprocess
import sys
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import call_command

from services.reports.actions import freeze_report
from services.reports.figures import DEFINITIONS
from services.reports.monthly import monthly_report

from .conftest import MONTH, child, hold

WORDS = {"belum_didata": "belum didata", "tidak_berlaku": "–", "disamarkan": "disamarkan"}


def run(*arguments):
    """(exit code, standard output, standard error)"""
    out, err = StringIO(), StringIO()
    try:
        call_command("monthly_report", *arguments, stdout=out, stderr=err)
    except SystemExit as left:
        return left.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def ask(place, *, month="2026-10", file_format="json", output="-"):
    return run("--place", place, "--month", month, "--format", file_format, "--output", str(output))


@pytest.mark.parametrize(
    ("place", "name", "level"),
    [
        ("33.75.03.1003.1", "Kencana Ungu", "posyandu"),
        ("33.75.03.1003", "Kandang Panjang", "kelurahan"),
        ("33.20.13.2004", "Pendosawalan", "desa"),
        ("33.75.03", "Pekalongan Utara", "kecamatan"),
        ("33.20", "Kabupaten Jepara", "kabupaten"),
        ("33.75", "Kota Pekalongan", "kota"),
    ],
)
def test_json_of_every_level_follows_the_contract(world, place, name, level):
    hold(world.a, world.kader, people=[child(world.a)])
    code, out, _ = ask(place)
    told = json.loads(out)
    assert code == 0
    assert set(told) == {"place", "month", "version", "figures"}
    assert told["place"] == {"code": place, "name": name, "level": level}
    assert (told["month"], told["version"]) == ("2026-10", None)
    assert set(told["figures"]) == {definition.key for definition in DEFINITIONS}
    for figure in told["figures"].values():
        assert set(figure) == {"label", "value", "state", "unit", "denominator", "adds"}
        assert (figure["value"] is not None) == (figure["state"] == "ada")


@pytest.mark.parametrize(
    ("place", "month", "file_format", "says"),
    [
        ("33.75.03.1003.9", "2026-10", "json", "Tidak ada posyandu dengan kode"),
        ("33.7", "2026-10", "pdf", "Tidak ada posyandu, desa"),
        ("33.75.03.1003.1", "2026-12", "pdf", "belum tiba"),
        ("33.75.03.1003.1", "2026-13", "pdf", "tidak dikenal"),
        ("33.75.03.1003.1", "Oktober", "pdf", "tidak dikenal"),
        ("33.75.03.1003.1", "2026-10", "docx", "Pilih pdf, xlsx, atau json"),
    ],
)
def test_a_refusal_is_one_sentence_and_nothing_is_written(world, tmp_path, place, month, file_format, says):
    target = tmp_path / "laporan"
    code, out, err = ask(place, month=month, file_format=file_format, output=target)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_stays_when_the_new_one_is_refused(world, tmp_path):
    target = tmp_path / "laporan.json"
    target.write_text("lama")
    assert ask("33.75.03.1003.9", output=target)[0] == 2
    assert target.read_text() == "lama"


def test_a_folder_that_is_not_there_is_said(world, tmp_path):
    code, _, err = ask(world.a.path, output=tmp_path / "tidak" / "ada.json")
    assert (code, "tidak ada" in err) == (2, True)


def test_a_name_that_cannot_be_written_is_said_in_one_sentence(world, tmp_path):
    for target in (tmp_path / ("a" * 300), tmp_path):
        code, out, err = ask(world.a.path, output=target)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "tidak dapat ditulis" in err
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_stays_a_pipe_and_a_link_stays_a_link(world, tmp_path):
    """`--output /dev/null` as root must not put a report where the device was."""
    pipe, target, link = tmp_path / "pipa", tmp_path / "laporan.json", tmp_path / "terbaru.json"
    os.mkfifo(pipe)
    link.symlink_to(target)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 1 << 20)
    try:
        assert ask(world.a.path, output=pipe)[0] == 0
        assert json.loads(os.read(reader, 1 << 20))["month"] == "2026-10"
    finally:
        os.close(reader)
    assert ask(world.a.path, output=link)[0] == 0
    assert pipe.is_fifo() and link.is_symlink() and json.loads(target.read_bytes())["month"] == "2026-10"


@pytest.mark.parametrize("missing", ["--place", "--month", "--output"])
def test_what_is_missing_is_named(world, missing):
    given = {"--place": world.a.path, "--month": "2026-10", "--output": "-"}
    given.pop(missing)
    code, _, err = run(*(word for pair in given.items() for word in pair))
    assert (code, err) == (2, f"Tulis juga {missing}.\n")


def test_figures_are_listed_with_their_sentence(db):
    code, out, _ = run("--list-figures")
    lines = dict(line.split("\t", 1) for line in out.splitlines())
    assert code == 0
    assert len(lines) == len(DEFINITIONS)
    assert "yang datang ke hari buka" in lines["kesehatan.balita.hadir"]


def test_the_workbook_holds_the_numbers_of_the_json(world, tmp_path):
    hold(world.a, world.kader, people=[child(world.a), child(world.a, "Budi")])
    child(world.a, "Citra")
    target = tmp_path / "laporan.xlsx"
    assert ask(world.a.path, file_format="xlsx", output=target)[0] == 0
    told = json.loads(ask(world.a.path)[1])["figures"]
    book = openpyxl.load_workbook(BytesIO(target.read_bytes()))
    found = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            if len(row) >= 6 and row[5] in told:
                found[row[5]] = row
    assert set(found) == set(told)
    for key, (label, number, unit, denominator, sentence, _) in found.items():
        assert label
        assert sentence
        assert unit == told[key]["unit"]
        assert denominator == told[key]["denominator"], key
        if told[key]["state"] == "ada":
            assert number == told[key]["value"], key
        else:
            assert number == WORDS[told[key]["state"]], key


def test_a_frozen_version_is_printed_as_it_was(world):
    hold(world.a, world.kader, people=[child(world.a)])
    freeze_report(report=monthly_report(world.a.path, MONTH, scope=None), by=world.kader, version=1)
    child(world.a, "Budi", since=MONTH)
    frozen = json.loads(
        run(
            "--place", world.a.path, "--month", "2026-10", "--format", "json", "--output", "-", "--report-version", "1"
        )[1]
    )
    assert frozen["version"] == 1
    assert frozen["figures"]["kesehatan.balita.sasaran"]["value"] == 1
    assert json.loads(ask(world.a.path)[1])["figures"]["kesehatan.balita.sasaran"]["value"] == 2


def test_a_version_that_is_not_there_is_refused(world):
    code, _, err = run("--place", world.a.path, "--month", "2026-10", "--output", "-", "--report-version", "3")
    assert (code, "belum punya versi 3" in err) == (2, True)


def test_standard_output_is_the_file_and_nothing_else(transactional_db, clock):
    """A real process writes bytes to a real pipe; the place is not there, so it leaves with 2 and one sentence."""
    command = [sys.executable, "manage.py", "monthly_report", "--list-figures"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("kelembagaan.")
    assert done.stderr == ""


def test_a_reader_who_has_seen_enough_breaks_nothing(transactional_db):
    """`manage.py monthly_report --list-figures | head`: the pipe is closed while the process writes."""
    command = [sys.executable, "manage.py", "monthly_report", "--list-figures"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.read(1) == b"k"
        process.stdout.close()
        assert process.stderr.read() == b""
