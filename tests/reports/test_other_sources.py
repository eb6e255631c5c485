"""Needs, reports of residents, births and deaths: what other parts of the app count, as figures of a month."""

from datetime import date

import time_machine

from services.follow_ups.actions import Visited, open_need, visit_needs
from services.reports.monthly import month_figures
from services.residents import actions as residents
from services.residents.actions import NewBaby
from services.residents.models import Birth, Residency
from services.tickets.actions import Filled, move_ticket, open_ticket
from tests import factories

from .conftest import MONTH, child


def figures(place):
    return month_figures(getattr(place, "path", place), MONTH, scope=None)


def values(found, base, *parts):
    return tuple(found[f"{base}.{part}"].value for part in parts)


def need(post, by, visited_on=None, *, met=True, kind="STUNTING", opened_on=date(2026, 10, 2), name="Aisyah"):
    """A need of somebody at the post, due in October, and the visit to her."""
    opened = open_need(
        posyandu=post, kind=kind, words="uji", on=opened_on, due_on=date(2026, 10, 20), resident=child(post, name),
        by=by,
    )  # fmt: skip
    if visited_on:
        visit_needs(needs=[opened], visited=Visited(visited_on, met=met), posyandu=post, by=by)
    return opened


def test_visits_that_were_needed_by_reason_with_their_own_denominators(world):
    need(world.a, world.kader, date(2026, 10, 6), kind="DUA_T")
    need(world.a, world.kader, date(2026, 10, 12), kind="DUA_T", met=False, name="Budi")
    need(world.a, world.kader, kind="DUA_T", name="Citra")
    found = figures(world.a)
    parts = ("perlu", "terkunjungi", "belum_bertemu", "dirujuk", "selesai", "median_hari")
    assert values(found, "kunjungan_rumah.dua_t", *parts) == (3, 2, 1, 0, 1, 7)
    assert values(found, "kunjungan_rumah.semua", *parts) == (3, 2, 1, 0, 1, 7)
    shares = ("persen_terkunjungi", "persen_selesai")
    assert [str(value) for value in values(found, "kunjungan_rumah.dua_t", *shares)] == ["66.7", "33.3"]
    assert found["kunjungan_rumah.dua_t.terkunjungi"].denominator == 3
    assert found["kunjungan_rumah.dua_t.median_hari"].denominator == 2
    assert found["kunjungan_rumah.tbc.perlu"].value == 0
    assert found["kunjungan_rumah.tbc.median_hari"].state.value == "tidak_berlaku"
    assert figures(world.near)["kunjungan_rumah.dua_t.perlu"].state.value == "belum_didata"


def test_the_median_of_a_place_is_of_all_visits_and_not_of_the_posts_medians(world):
    for number, day in enumerate((3, 4, 5)):
        need(world.a, world.kader, date(2026, 10, day), kind="DUA_T", name=f"Anak {number}")
    need(world.near, world.kader_near, date(2026, 10, 22), kind="DUA_T")
    here, near, whole = (figures(place) for place in (world.a, world.near, "33.75.03"))
    key = "kunjungan_rumah.dua_t.median_hari"
    assert (here[key].value, near[key].value) == (2, 20)
    assert str(whole[key].value) == "2.5" and not whole[key].adds


def test_a_few_sensitive_needs_are_hidden_above_the_village_with_all_their_measures(world):
    need(world.a, world.kader, date(2026, 10, 6), kind="TBC")
    for number in range(6):
        need(world.a, world.kader, kind="DUA_T", name=f"Anak {number}")
    whole = figures("33.75.03")
    for part in ("perlu", "persen_terkunjungi", "median_hari"):
        assert whole[f"kunjungan_rumah.tbc.{part}"].state.value == "disamarkan", part
    assert figures("33.75.03.1003")["kunjungan_rumah.tbc.perlu"].value == 1


def report(post, by, day, field="sosial", **more):
    """A wish of a resident, noted on a day of October."""
    with time_machine.travel(f"2026-10-{day:02}T03:00:00Z", tick=False):
        return open_ticket(posyandu=post, field=field, request_type="lainnya", kind="aspirasi", by=by, **more)


def settle(ticket, by, day, target="selesai", party="posyandu", **filled):
    with time_machine.travel(f"2026-10-{day:02}T03:00:00Z", tick=False):
        return move_ticket(
            ticket=ticket, target=target, expected=ticket.state, parties=[party], by=by, filled=Filled(**filled)
        )


def test_reports_of_residents_by_field_with_median_working_days(world):
    head = factories.user("lurah", at="33.75.03.1003")
    sent = settle(report(world.a, world.kader, 5), world.kader, 6, "diajukan_desa")
    taken = settle(sent, head, 8, "ditangani_desa", "desa")
    settle(taken, head, 12, "selesai", "desa", result="Beres")
    settle(report(world.a, world.kader, 7), world.kader, 7, "diajukan_desa")
    report(world.a, world.kader, 7, "pendidikan")
    found = figures(world.a)
    assert values(found, "laporan_warga.sosial", "baru", "proses", "selesai", "terlambat") == (2, 1, 1, 1)
    assert values(found, "laporan_warga.sosial", "median_selesai", "median_dijawab") == (5, 2)
    assert values(found, "laporan_warga.semua", "baru", "proses", "selesai") == (3, 2, 1)
    assert found["laporan_warga.pendidikan.median_selesai"].state.value == "tidak_berlaku"
    assert figures(world.near)["laporan_warga.semua.baru"].state.value == "belum_didata"


def home(person):
    rows = Residency.objects.unscoped(reason="test").select_related("resident", "posyandu", "household")
    return rows.get(resident=person, to_date=None)


def give_birth(post, by, *babies, name="Siti", day=9):
    mother = factories.resident(post, name, birth_date=date(1996, 2, 3))
    pregnancy = factories.pregnancy(mother, registered_on=date(2026, 3, 1), lmp_on=date(2026, 1, 5))
    residents.record_birth(
        residency=home(mother), pregnancy=pregnancy, born_on=date(2026, 10, day), babies=babies, by=by
    )
    return mother


def test_births_and_deaths_of_mothers_and_infants(world):
    alive, still, died = Birth.Condition.ALIVE, Birth.Condition.STILLBORN, Birth.Condition.DIED
    give_birth(
        world.a, world.kader, NewBaby(condition=alive, sex="L", weight_g=2400), NewBaby(condition=alive, sex="P")
    )
    give_birth(world.a, world.kader, NewBaby(condition=still), name="Ani")
    lost = NewBaby(condition=died, sex="P", weight_g=2600, died_on=date(2026, 10, 20))
    mother = give_birth(world.a, world.kader, lost, name="Wati")
    residents.record_death(residency=home(mother), on=date(2026, 10, 21), by=world.kader)
    child(world.near)
    found, near, nobody = figures(world.a), figures(world.near), figures(world.far)
    born = ("lahir_hidup", "ditimbang", "bblr", "persen_bblr", "lahir_mati")
    assert values(found, "kelahiran.bayi", *born) == (3, 2, 1, 50, 1)
    assert values(found, "kematian.bayi", "bayi", "neonatal") == (1, 1)
    assert (found["kematian.ibu.ibu"].value, found["kelahiran.ibu.keguguran"].value) == (1, 0)
    assert near["kelahiran.bayi.lahir_hidup"].value == 0
    assert near["kelahiran.bayi.bblr"].state.value == "belum_didata"
    assert nobody["kelahiran.bayi.lahir_hidup"].state.value == "belum_didata"


def test_births_of_another_month_are_not_of_this_one(world):
    give_birth(world.a, world.kader, NewBaby(condition=Birth.Condition.ALIVE, sex="P"))
    september = month_figures(world.a.path, date(2026, 9, 1), scope=None)
    assert september["kelahiran.bayi.lahir_hidup"].value == 0


def build_others(post, by):
    """Something in each of these parts, for the tests of sums and of queries."""
    need(post, by, date(2026, 10, 6), kind="DUA_T", name="Perlu")
    settle(report(post, by, 5), by, 6, "diajukan_desa")
    report(post, by, 7, "pendidikan")
    give_birth(post, by, NewBaby(condition=Birth.Condition.ALIVE, sex="L", weight_g=2400))
