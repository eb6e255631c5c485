"""A month goes up, comes back, is passed on, opened and corrected; what was frozen stays."""

import json
import zlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.areas.scope import Scope
from services.follow_ups.actions import open_need
from services.follow_ups.models import Need
from services.follow_ups.rules import HIDDEN_WORDS
from services.posyandu.actions import MonthLocked, propose_correction
from services.posyandu.models import Period
from services.records.actions import mark_present, save_record
from services.reports.actions import (
    MonthMoved,
    accept_corrections,
    keep_file,
    move_month,
    open_exception,
    pass_on_months,
    save_narrative,
    submit_month,
)
from services.reports.figures import report_from
from services.reports.models import MonthlyReport, MonthMove
from services.reports.monthly import month_figures, month_rows, monthly_report
from services.reports.queries.rows import shown_rows
from services.reports.renderers import json as json_renderer
from services.reports.renderers import pdf, xlsx
from services.web.refusals import Refusal
from tests import factories
from tests.reports.conftest import MONTH, child, fill, hold

WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def month(world):
    """October at Kencana Ungu with one child present, and whoever acts on it."""
    world.ketua = factories.user("ketua", at=world.a)
    world.lurah = factories.user("lurah", at="33.75.03.1003")
    world.kota = factories.user("kota", at="33.75")
    world.child = child(world.a)
    world.day = hold(world.a, world.kader, people=[world.child])
    return world


def period_of(post, month=MONTH):
    return Period.objects.unscoped(reason="test").get(posyandu=post, month=month)


def reports_of(post):
    return MonthlyReport.objects.unscoped(reason="test").filter(posyandu=post).order_by("frozen_at")


def send(world, **more):
    held = more.pop("held", {"posyandu"})
    expected = more.pop("expected", "draf")
    return submit_month(posyandu=world.a, month=MONTH, expected=expected, by=world.ketua, held=held, **more)


def step(world, to, level, by, **more):
    period = period_of(world.a)
    return move_month(period_id=period.pk, to=to, expected=period.state, by=by, held={level}, **more)


def finish(world):
    send(world)
    step(world, "diverifikasi", "desa", world.lurah)
    step(world, "direkap", "kecamatan", world.officer)
    return step(world, "final", "kabkota", world.kota)


def test_from_draft_to_final_each_step_has_an_author_and_a_time(month, clock):
    finish(month)
    moves = MonthMove.objects.unscoped(reason="test").order_by("pk")
    assert [(move.from_state, move.to_state, move.by) for move in moves] == [
        ("draf", "diajukan", month.ketua),
        ("diajukan", "diverifikasi", month.lurah),
        ("diverifikasi", "direkap", month.officer),
        ("direkap", "final", month.kota),
    ]
    assert all(move.at for move in moves)


def test_sending_freezes_an_attempt_and_final_makes_version_1_of_it(month):
    finish(month)
    attempt, version = reports_of(month.a)
    assert (attempt.version, version.version) == (None, 1)
    assert (attempt.is_latest, version.is_latest) == (False, True)
    assert report_from(version.document).figures == report_from(attempt.document).figures


def test_a_sent_month_is_not_counted_again_at_final(month):
    send(month)
    child(month.a, "Pendatang Lama", since=date(2026, 10, 2))
    step(month, "diverifikasi", "desa", month.lurah)
    step(month, "direkap", "kecamatan", month.officer)
    step(month, "final", "kabkota", month.kota)
    assert report_from(reports_of(month.a).last().document).figures["kependudukan.warga.jumlah"].value == 1


def test_a_running_month_cannot_be_sent(month):
    with pytest.raises(Refusal, match="masih berjalan"):
        submit_month(posyandu=month.a, month=date(2026, 11, 1), expected="draf", by=month.ketua, held={"posyandu"})


@pytest.mark.parametrize("held", [set(), {"desa"}, {"kabkota"}])
def test_only_the_post_sends(month, held):
    with pytest.raises(MonthMoved):
        send(month, held=held)


def test_two_people_at_once_have_one_winner(month):
    send(month)
    period = period_of(month.a)
    move_month(period_id=period.pk, to="diverifikasi", expected="diajukan", by=month.lurah, held={"desa"})
    with pytest.raises(MonthMoved, match="sudah berubah") as refused:
        move_month(
            period_id=period.pk, to="dikembalikan", expected="diajukan", by=month.lurah, held={"desa"}, words="Cek"
        )
    assert refused.value.status == 409
    assert period_of(month.a).state == "diverifikasi"


def test_a_return_needs_a_note_and_opens_the_month(month):
    send(month)
    with pytest.raises(Refusal) as refused:
        step(month, "dikembalikan", "desa", month.lurah)
    assert (refused.value.status, refused.value.field) == (422, "note")
    step(month, "dikembalikan", "desa", month.lurah, words="Berat Aisyah?", figure="kesehatan.balita.d")
    assert period_of(month.a).is_open(datetime.now(WIB))
    mark_present(encounter=month.day.encounter, resident_id=child(month.a, "Budi").pk, by=month.kader)


def test_a_sent_month_refuses_writes_and_says_who_opens_it(month):
    send(month)
    with pytest.raises(MonthLocked, match="kelurahan/desa"):
        mark_present(encounter=month.day.encounter, resident_id=child(month.a, "Budi").pk, by=month.kader)
    step(month, "diverifikasi", "desa", month.lurah)
    with pytest.raises(MonthLocked, match="Minta kecamatan"):
        mark_present(encounter=month.day.encounter, resident_id=month.child.pk, by=month.kader)


def test_nobody_blocks_past_the_day(month, clock):
    send(month)  # 21 November: late, so the desa has its three days
    clock.move_to(datetime(2026, 11, 24, 23, 0, tzinfo=WIB))
    assert pass_on_months() == 0
    clock.move_to(datetime(2026, 11, 25, 1, 0, tzinfo=WIB))
    assert pass_on_months() == 1
    assert period_of(month.a).state == "diverifikasi"
    clock.move_to(datetime(2026, 12, 20, 1, 0, tzinfo=WIB))
    for _ in range(3):
        pass_on_months()
        clock.shift(timedelta(days=7))
    assert period_of(month.a).state == "final"
    document = report_from(reports_of(month.a).last().document)
    assert document.remarks == (
        "Tanpa verifikasi desa/kelurahan",
        "Tanpa verifikasi kecamatan",
        "Tanpa verifikasi kabupaten/kota",
    )
    assert document.version == 1


def test_the_narrative_is_part_of_what_is_frozen(month):
    save_narrative(posyandu=month.a, month=MONTH, by=month.ketua, obstacles=["hujan"], plan="Sosialisasi")
    send(month)
    assert dict(report_from(reports_of(month.a).last().document).narrative) == {
        "Hambatan": "Hujan/cuaca buruk",
        "Rencana tindak lanjut": "Sosialisasi",
    }
    with pytest.raises(MonthLocked):
        save_narrative(posyandu=month.a, month=MONTH, by=month.ketua, plan="Lain")


def test_after_final_a_correction_makes_the_next_version_and_is_listed(month, clock):
    finish(month)
    period = period_of(month.a)
    with pytest.raises(MonthLocked, match="kabupaten/kota"):
        mark_present(encounter=month.day.encounter, resident_id=month.child.pk, by=month.kader)
    propose_correction(posyandu_id=month.a.pk, month=MONTH, what="Satu anak terlewat", by=month.ketua)
    until = datetime(2026, 11, 24, 23, 59, tzinfo=WIB)
    with pytest.raises(MonthMoved):
        open_exception(period_id=period.pk, until=until, reason="x", by=month.lurah, held={"desa"})
    open_exception(period_id=period.pk, until=until, reason="Buku tertinggal", by=month.kota, held={"kabkota"})
    late = child(month.a, "Budi")
    mark_present(encounter=month.day.encounter, resident_id=late.pk, by=month.kader)
    made = accept_corrections(period_id=period.pk, what="Satu anak terlewat", by=month.kota, held={"kabkota"})
    document = report_from(made.document)
    assert made.version == document.version == 2
    line = document.corrections[0]
    assert (line.version, line.on, line.what) == (2, date(2026, 11, 21), "Satu anak terlewat")
    assert "Hadir: Balita (0–59 bulan): 1 → 2" in line.figures
    assert not [told for told in line.figures if "kesehatan." in told], "keys are no words for a paper"
    assert [c.state for c in period.corrections.all()] == ["diterima"]
    with pytest.raises(MonthLocked):
        mark_present(encounter=month.day.encounter, resident_id=late.pk, by=month.kader)


@pytest.mark.parametrize("by_itself", [False, True])
def test_what_was_written_in_an_opened_month_goes_on_with_it(month, clock, by_itself):
    send(month)
    until = datetime(2026, 11, 24, 23, 59, tzinfo=WIB)
    period = period_of(month.a)
    open_exception(period_id=period.pk, until=until, reason="Buku tertinggal", by=month.lurah, held={"desa"})
    mark_present(encounter=month.day.encounter, resident_id=child(month.a, "Budi").pk, by=month.kader)
    if by_itself:
        clock.move_to(datetime(2026, 12, 20, 9, 0, tzinfo=WIB))
        pass_on_months()
    else:
        step(month, "diverifikasi", "desa", month.lurah)
    latest = report_from(reports_of(month.a).get(is_latest=True).document)
    assert latest.figures["kesehatan.balita.hadir"].value == 2
    assert period_of(month.a).exception_until is None


def test_an_opened_month_does_not_pass_on_before_its_exception_ends(month, clock):
    send(month)
    until = datetime(2026, 12, 9, 23, 59, tzinfo=WIB)
    open_exception(period_id=period_of(month.a).pk, until=until, reason="x", by=month.lurah, held={"desa"})
    clock.move_to(datetime(2026, 12, 9, 9, 0, tzinfo=WIB))
    assert pass_on_months() == 0
    mark_present(encounter=month.day.encounter, resident_id=month.child.pk, by=month.kader)
    clock.move_to(datetime(2026, 12, 10, 9, 0, tzinfo=WIB))
    assert pass_on_months() > 0


def test_an_exception_ends_by_itself(month, clock):
    finish(month)
    until = datetime(2026, 11, 22, 23, 59, tzinfo=WIB)
    open_exception(period_id=period_of(month.a).pk, until=until, reason="x", by=month.kota, held={"kabkota"})
    clock.move_to(datetime(2026, 11, 23, 0, 1, tzinfo=WIB))
    with pytest.raises(MonthLocked):
        mark_present(encounter=month.day.encounter, resident_id=month.child.pk, by=month.kader)


def test_nothing_to_accept_is_refused_and_leaves_no_version(month):
    finish(month)
    with pytest.raises(Refusal, match="Belum ada yang berubah"):
        accept_corrections(period_id=period_of(month.a).pk, what="x", by=month.kota, held={"kabkota"})
    assert reports_of(month.a).count() == 2


def test_a_rule_that_reaches_into_a_sent_month_proposes_a_correction(month, clock):
    november = hold(month.a, month.kader, day=date(2026, 11, 10), people=[month.child])
    fill(november, "kartu_balita", month.child, {"bb_kg": 11.0}, month.kader)
    Period.objects.unscoped(reason="test").filter(month=date(2026, 11, 1)).update(state="diajukan")
    fill(month.day, "kartu_balita", month.child, {"bb_kg": 12.0}, month.kader)
    proposed = period_of(month.a, date(2026, 11, 1)).corrections.get()
    assert (proposed.state, proposed.row) == ("usul", f"warga:{month.child.pk}")


def mend_september(month, september):
    said = {"answers": {"bb_kg": 11.2}, "asked": ["bb_kg"], "base": {"bb_kg": 11.0}}
    save_record(encounter=september.encounter, form="kartu_balita", subject=month.child, by=month.kader, **said)


def recomputed(month):
    """Weighed in October (then sent up to final), and a September weight corrected afterwards: N becomes T."""
    september = hold(month.a, month.kader, day=date(2026, 9, 15), people=[month.child])
    fill(september, "kartu_balita", month.child, {"bb_kg": 11.0}, month.kader)
    fill(month.day, "kartu_balita", month.child, {"bb_kg": 11.3}, month.kader)
    finish(month)
    mend_september(month, september)
    return period_of(month.a)


def status_of(month):
    return month.child.measurements.get(period=MONTH).weight_status


def test_an_accepted_recomputation_becomes_the_next_version(month, clock):
    period = recomputed(month)
    assert (status_of(month), reports_of(month.a).exclude(version=None).get().version) == ("N", 1)
    assert month_figures(month.a.path, MONTH, scope=None)["kesehatan.balita.n"].value == 1
    made = accept_corrections(period_id=period.pk, what="Berat September", by=month.kota, held={"kabkota"})
    document = report_from(made.document)
    assert (status_of(month), made.version) == ("T", 2)
    assert any(told.startswith("T: ") and "0 → 1" in told for told in document.corrections[0].figures)
    assert [(each.state, each.version) for each in period.corrections.all()] == [("diterima", 2)]


def test_a_refused_recomputation_leaves_the_month_as_it_was_sent(month, clock):
    period = recomputed(month)
    period.corrections.update(state="ditolak")
    with pytest.raises(Refusal, match="Belum ada yang berubah"):
        accept_corrections(period_id=period.pk, what="x", by=month.kota, held={"kabkota"})
    assert status_of(month) == "N"


def test_a_month_opened_for_correction_shows_what_was_recomputed(month, clock):
    period = recomputed(month)
    until = datetime(2026, 11, 24, 23, 59, tzinfo=WIB)
    open_exception(period_id=period.pk, until=until, reason="x", by=month.kota, held={"kabkota"})
    assert status_of(month) == "T"
    made = accept_corrections(period_id=period.pk, what="x", by=month.kota, held={"kabkota"})
    assert made.version == 2


def test_a_returned_month_takes_in_what_was_recomputed(month, clock):
    september = hold(month.a, month.kader, day=date(2026, 9, 15), people=[month.child])
    fill(september, "kartu_balita", month.child, {"bb_kg": 11.0}, month.kader)
    fill(month.day, "kartu_balita", month.child, {"bb_kg": 11.3}, month.kader)
    send(month)
    mend_september(month, september)
    assert status_of(month) == "N"
    step(month, "dikembalikan", "desa", month.lurah, words="Periksa")
    assert status_of(month) == "T"
    assert [each.state for each in period_of(month.a).corrections.all()] == ["diterima"]


@pytest.mark.parametrize("renderer", [pdf, xlsx, json_renderer])
def test_a_version_printed_again_has_the_same_bytes(month, clock, renderer):
    finish(month)
    version = reports_of(month.a).last()
    first = renderer.render(report_from(version.document, sha256=version.sha256)).content
    clock.shift(timedelta(days=400))
    again = renderer.render(report_from(version.document, sha256=version.sha256)).content
    kept = keep_file(row=version, file_format="pdf", render=renderer.render)
    assert first == again == bytes(kept.content)
    assert keep_file(row=version, file_format="pdf", render=None) == kept


def test_the_rows_behind_each_number_are_as_many_as_the_number(month):
    guest = child(month.near, "Tamu")
    mark_present(encounter=month.day.encounter, resident_id=guest.pk, by=month.kader, is_guest=True)
    child(month.a, "Tidak Datang")
    fill(month.day, "kartu_balita", month.child, {"bb_kg": 9.8, "punya_buku_kia": "ya"}, month.kader)
    figures = month_figures(month.a.path, MONTH, scope=None)
    rows = month_rows(month.a.path, MONTH, scope=None)
    wrong = {key: (figures[key].value, len(ids)) for key, ids in rows.items() if _counts(key, figures, len(ids))}
    assert not wrong
    assert rows["kesehatan.balita.hadir"] == [f"warga:{month.child.pk}"]
    assert rows["kesehatan.tamu.hadir"] == [f"warga:{guest.pk}"]


def test_needs_births_and_kader_have_their_rows_and_laporan_warga_none(month):
    """Laporan warga are counted from their own tables: their list is theirs; no row here, and no empty one either."""
    born = child(month.a, "Bayi Baru", months=0, birth_weight_g=2400)
    born.residencies.update(began="lahir")
    home = month.child.residencies.get().household
    for kind, resident in (("PTM", month.child), ("ODGJ", month.child)):
        open_need(posyandu=month.a, kind=kind, words="x", on=MONTH, by=month.kader, resident=resident, household=home)
    Need.objects.unscoped(reason="test").update(due_on=MONTH)
    figures, rows = month_figures(month.a.path, MONTH, scope=None), month_rows(month.a.path, MONTH, scope=None)
    lists = {
        "kunjungan_rumah.semua.perlu": 2,
        "kunjungan_rumah.ptm.perlu": 1,
        "kelahiran.bayi.lahir_hidup": 1,
        "kelahiran.bayi.bblr": 1,
        "kelembagaan.kader.jumlah": 2,
    }
    assert {key: figures[key].value for key in lists} == lists
    assert {key: len(rows[key]) for key in lists} == lists
    assert rows["kelahiran.bayi.bblr"] == [f"warga:{born.pk}"]
    seen = shown_rows(rows["kunjungan_rumah.semua.perlu"], Scope(None, frozenset([month.a.pk])))
    assert sorted(row.name for row in seen) == sorted([month.child.name, HIDDEN_WORDS])
    elsewhere = shown_rows(rows["kunjungan_rumah.semua.perlu"], Scope(None, frozenset([month.near.pk])))
    assert elsewhere == ()
    assert not [key for key in rows if key.startswith("laporan_warga.")]
    assert not {key for key, ids in rows.items() if ":" in ids}


def _counts(key, figures, number):
    figure = figures.get(key)
    return figure is not None and figure.unit in ("orang", "anak", "KK") and figure.value != number


def test_the_frozen_rows_stay_as_they_were(month):
    send(month)
    frozen = reports_of(month.a).last().rows
    kept = json.loads(zlib.decompress(frozen.content))
    child(month.a, "Pendatang", since=date(2026, 10, 5))
    assert kept["kependudukan.warga.jumlah"] == [f"warga:{month.child.pk}"]
    assert len(month_rows(month.a.path, MONTH, scope=None)["kependudukan.warga.jumlah"]) == 2


def test_the_narrative_stays_out_of_other_places(month):
    save_narrative(posyandu=month.a, month=MONTH, by=month.ketua, plan="Sosialisasi")
    assert monthly_report(month.near.path, MONTH, scope=None).narrative == ()
