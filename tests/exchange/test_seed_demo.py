"""`manage.py seed_demo`: an empty register becomes a demo with the stories that people look for."""

import io
import itertools
from datetime import date
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.checks.registry import registry as checks
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Q

from services.accounts.models import Assignment, User
from services.accounts.rules import DEMO_USERNAMES, ROLE_PLACE
from services.areas.scope import Scope
from services.clinical.ages import completed_months, completed_years
from services.clinical.immunisation import missing
from services.clinical.pregnancy import ANTENATAL
from services.coaching.models import CoachingVisit, Decision
from services.coaching.queries import rollout_of
from services.dashboard.models import Target
from services.dashboard.rules import WITH_TARGET
from services.exchange import demo
from services.exchange.checks import demo_is_off
from services.exchange.demo.chance import Chance
from services.exchange.demo.institution import KADER, _board, _dossier
from services.exchange.demo.plans import CITY_POSTS, PostPlan, plans_of
from services.exchange.demo.stories import STORIES
from services.fields import registry
from services.fields.definitions.kesehatan.imunisasi import dose_code
from services.fields.forms import validate_answers
from services.follow_ups.models import Need, NeedEvent
from services.home_visits.models import HomeVisit
from services.open_days.models import OpenDay
from services.open_days.queries import current_day, expected_at
from services.posyandu.models import CoachingTeam, Period, Posyandu
from services.records.models import Attendance, Encounter, Measurement, Record
from services.reports.figures import State
from services.reports.models import MonthlyReport
from services.reports.monthly import month_figures, monthly_report
from services.residents.models import (
    Birth,
    Consent,
    Household,
    Pregnancy,
    PregnancyContact,
    Residency,
    Resident,
)
from services.residents.queries import stage_rules
from services.residents.rules import nik_disagrees
from services.tickets.models import Serial, Ticket, Transition
from services.tickets.queries import Filters, listing, times_of, to_tell
from services.tickets.rules import MOVES
from tests import factories

TODAY = date(2026, 11, 18)
SIGNED = {
    Resident: ("id", "name", "birth_date", "died_on"),
    Residency: ("id", "resident_id", "household_id", "from_date", "to_date", "nik_claim"),
    OpenDay: ("id", "date", "state", "meals"),
    Attendance: ("id", "encounter_id", "resident_id", "is_guest"),
    Record: ("id", "form", "resident_id", "household_id", "answers"),
    Measurement: ("id", "resident_id", "weight_g", "length_mm", "z_wfa", "weight_status"),
    HomeVisit: ("id", "household_id", "date", "reason", "outcome"),
    Ticket: ("id", "number", "code", "state", "moved_on"),
}


def rows(model):
    return model.objects.unscoped(reason="test")


def signature():
    return {model: list(rows(model).order_by("id").values_list(*columns)) for model, columns in SIGNED.items()}


def seed_and_forget(seed, today=TODAY):
    """What a run writes, as values; nothing stays."""
    with transaction.atomic():
        demo.seed("tiny", seed, today=today, freeze=False)
        found = signature()
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """One tiny demo for all tests of this module, gone afterwards; gives what runs before it had written."""
    with django_db_blocker.unblock(), transaction.atomic():
        factories.area_tree()
        same, other = seed_and_forget(1), seed_and_forget(2)
        demo.seed("tiny", 1, today=TODAY)
        yield SimpleNamespace(same=same, other=other)
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("made", "db")


@pytest.fixture
def post():
    return rows(Posyandu).get(name="Kencana Ungu")


def closed_days(post):
    return list(rows(OpenDay).filter(posyandu=post, state="selesai").select_related("posyandu").order_by("date"))


def expected(day):
    scope = Scope(user_id=None, posyandu=frozenset([day.posyandu_id]))
    return expected_at(day, scope, stage_rules(day.posyandu.area_id, day.date))


def hero(key):
    return rows(Resident).get(name=STORIES[key].name)


def household_of(key):
    return rows(Household).get(head_name=STORIES[key].name)


def states_of_last_days(post, person, count=3):
    return [expected(day).get(resident=person).attendance_state for day in closed_days(post)[-count:]]


def test_it_refuses_outside_the_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_demo", size="tiny")


def test_it_refuses_to_add_to_a_register_in_use(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="Sudah ada posyandu"):
        call_command("seed_demo", size="tiny")


def test_a_city_that_broke_off_is_not_taken_for_a_demo_and_says_how_to_start_over(settings):
    settings.DEMO = True
    rows(User).update(is_active=False)  # as all accounts are until the last posyandu is filled
    for if_empty in (False, True):
        with pytest.raises(CommandError, match=r"terputus.*manage\.py flush"):
            call_command("seed_demo", size="tiny", if_empty=if_empty)


def test_the_summary_counts_in_indonesian_what_was_made():
    said = "\n".join(demo.summary({"Posyandu": 417, "Resident": 318490, "Birth": 0}))
    assert "417 posyandu" in said and "318.490 warga" in said
    assert "kelahiran" not in said


def test_if_empty_changes_nothing_and_prints_the_users_again(settings):
    settings.DEMO = True
    before, said = signature(), io.StringIO()
    call_command("seed_demo", size="tiny", if_empty=True, stdout=said)
    assert signature() == before
    assert settings.DEMO_PASSWORD in said.getvalue()
    assert all(name in said.getvalue() for name in DEMO_USERNAMES)


def test_a_deployment_in_demo_mode_is_refused(settings):
    assert demo_is_off in checks.deployment_checks
    settings.DEMO = True
    assert [found.id for found in demo_is_off(None)] == ["exchange.E001"]
    settings.DEMO = False
    assert demo_is_off(None) == []


def test_the_same_seed_writes_the_same_rows_again(made):
    assert signature() == made.same
    assert all(made.same.values())


def test_another_seed_writes_other_people_and_the_same_stories(made):
    names, others = ({row[1] for row in run[Resident]} for run in (made.same, made.other))
    assert {story.name for story in STORIES.values()} < names & others
    assert len(names & others) < len(names) / 2


def test_every_demo_user_has_the_password_and_a_role_at_a_fitting_place(settings):
    for username in (*DEMO_USERNAMES, "kader2", "kader3", "kader-jepara", "ketua-jepara", "desa-jepara"):
        user = rows(User).get(username=username)
        assert user.is_active
        role = rows(Assignment).get(user=user)
        kind = next(name for name in ("posyandu", "facility", "area", "office") if getattr(role, f"{name}_id"))
        assert ROLE_PLACE[role.role] in (kind, getattr(role.place, "level", ""))
    # The demo of this module was made before tests got their quick hasher.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert rows(User).get(username="kader").check_password(settings.DEMO_PASSWORD)
    assert rows(User).get(username="kader").check_pin("2580")


def test_the_kader_finds_an_open_day_to_begin(post):
    scope = Scope(user_id=None, posyandu=frozenset([post.pk]))
    assert current_day([post.pk], scope, TODAY).date == TODAY


def test_six_months_are_behind_and_their_periods_move_on(post):
    assert len(closed_days(post)) == 6
    states = list(rows(Period).filter(posyandu=post).order_by("month").values_list("state", flat=True))
    assert states == ["final"] * 5 + ["diajukan", "draf"]


def test_final_months_are_kept_as_version_1(post):
    final = rows(Period).filter(state="final").count()
    assert rows(MonthlyReport).filter(version=1).count() == final == 10
    sent = rows(MonthlyReport).filter(place=post.path, month=date(2026, 10, 1))
    assert list(sent.values_list("version", flat=True)) == [None]  # as it was sent, not final yet


def test_posyandu_kelurahan_kecamatan_and_kota_add_up_in_every_month_of_the_demo():
    """Every figure that adds, with guests and movers in mid-month; months that were sent and the one that runs."""
    months = sorted({period.month for period in rows(Period)})
    assert len(months) > 6
    districts = {path[:5] for path in rows(Posyandu).values_list("path", flat=True)}
    for month, code in itertools.product(months, sorted(districts)):
        wrong = list(disagreements_below(monthly_report(code, month, scope=None)))
        assert not wrong, (month, wrong[:5])


def disagreements_below(whole):
    """Figures of a place and all in it that are not the sum of the level below; a hidden part is no zero."""
    for key, figure in whole.figures.items():
        parts = [part.figures[key] for part in whole.parts]
        is_hidden = any(part.state is State.DISGUISED for part in parts)
        if figure.adds and figure.is_known and parts and not is_hidden:
            told = sum(part.value for part in parts if part.is_known)
            if told != figure.value:
                yield whole.place.code, key, figure.value, told
    for part in whole.parts:
        if not part.place.is_posyandu:
            yield from disagreements_below(monthly_report(part.place.code, whole.month, scope=None))


def test_only_the_first_posyandu_has_a_registration_number(post):
    assert post.registration_number == "33.75.03.1003.001"
    assert not rows(Posyandu).exclude(pk=post.pk).filter(registration_number__isnull=False).exists()


def test_all_answers_are_valid_as_the_registry_asks_them():
    for record in rows(Record).select_related("encounter"):
        spec = registry.form(record.form)
        clean, errors = validate_answers(spec, record.answers, on=record.encounter.date)
        assert (clean, errors) == (record.answers, {}), record.form
        assert (record.field, record.shape) == (spec.field, spec.shape.value)
        assert set(record.answered) == set(record.answers)


def test_a_nik_belongs_to_nobody_and_agrees_with_its_owner():
    niks = [(person, person.nik) for person in rows(Resident) if person.nik]
    assert len({nik for _, nik in niks}) == len(niks) > rows(Resident).count() * 0.8
    for person, nik in niks:
        assert nik[:6] in ("337503", "332013")
        assert 9001 <= int(nik[12:]) <= 9999
        assert not nik_disagrees(nik, person.birth_date, person.sex)


def test_everybody_lives_somewhere_or_is_a_guest_known_elsewhere():
    for person in rows(Resident).prefetch_related("residencies"):
        homes = [home for home in person.residencies.all() if home.kind == "warga"]
        assert len(homes) == 1
        assert homes[0].from_date >= person.birth_date
        assert (homes[0].to_date == person.died_on) or not person.died_on
        assert homes[0].household_id is not None


def test_nobody_is_served_before_birth_after_moving_or_after_death():
    for row in rows(Attendance).filter(is_guest=False).select_related("encounter"):
        lived = rows(Residency).filter(Residency.on_day(row.encounter.date), resident=row.resident_id, kind="warga")
        assert lived.filter(posyandu=row.encounter.posyandu_id).exists()


def test_most_of_those_expected_come(post):
    shares = [
        expected(day).filter(attendance_state="hadir").count() / expected(day).count() for day in closed_days(post)
    ]
    assert 0.6 <= sum(shares) / len(shares) <= 0.95


def test_everything_is_dated_on_or_before_today_except_the_plans():
    assert not rows(Encounter).filter(date__gt=TODAY).exclude(kind="hari_buka").exists()
    assert not rows(OpenDay).filter(date__gte=TODAY).exclude(state="dijadwalkan").exists()
    assert not rows(Residency).filter(Q(from_date__gt=TODAY) | Q(to_date__gt=TODAY)).exists()
    assert not rows(Pregnancy).filter(Q(registered_on__gt=TODAY) | Q(ended_on__gt=TODAY)).exists()
    assert not rows(HomeVisit).filter(date__gte=TODAY).exists()


def test_no_child_agrees_for_herself():
    for consent in rows(Consent).filter(relation="sendiri").select_related("resident"):
        assert completed_years(consent.resident.birth_date, consent.given_on) >= 18


def test_a_child_was_expected_and_absent_three_times_in_a_row(post):
    child = hero("absent_child")
    assert states_of_last_days(post, child) == [None] * 3
    assert rows(Attendance).filter(resident=child).exists()


def test_a_child_without_gain_for_two_months(post):
    latest = rows(Measurement).filter(resident=hero("no_gain")).latest("measured_on")
    assert (latest.measured_on, latest.weight_status) == (closed_days(post)[-1].date, "T")
    assert latest.no_gain_months >= 2


def test_an_elder_with_high_blood_pressure_under_watch():
    elder = hero("hypertensive")
    readings = list(rows(Measurement).filter(resident=elder).values_list("systolic", flat=True))
    assert len(readings) == 6
    assert min(readings) >= 140
    assert elder.conditions.filter(kind="hipertensi", to_date=None).exists()


def test_a_leaking_house_was_written_down():
    house = household_of("leaking_house")
    answers = rows(Record).get(form="rumah", household=house).answers
    assert (answers["atap"], answers["kategori_rumah"]) == ("bocor", "rtlh")


def test_a_thin_pregnant_woman():
    woman = hero("thin_pregnant")
    assert woman.pregnancies.get().ended_on is None
    assert {row.muac_mm < 235 for row in rows(Measurement).filter(resident=woman)} == {True}


def test_a_stunted_child():
    latest = rows(Measurement).filter(resident=hero("stunted")).latest("measured_on")
    assert latest.z_lhfa < -2


def test_a_household_stays_away_together(post):
    house = household_of("away_together")
    people = [home.resident for home in house.residencies.all()]
    last = closed_days(post)[-1]
    expected_ones = [person for person in people if expected(last).filter(resident=person).exists()]
    assert len(expected_ones) >= 3
    assert all(states_of_last_days(post, person) == [None] * 3 for person in expected_ones)


def test_a_guest_came_twice_and_lives_in_the_other_district(post):
    child = hero("guest")
    served = rows(Attendance).filter(resident=child, is_guest=True)
    assert {row.encounter.posyandu_id for row in served} == {post.pk}
    assert served.count() == rows(Residency).filter(resident=child, posyandu=post, kind="tamu").count() == 2
    assert rows(Residency).get(resident=child, kind="warga").posyandu.name == "Margo Utomo"


def test_a_baby_whose_immunisations_stopped_is_to_be_visited():
    baby = hero("no_more_doses")
    dates = {key for record in rows(Record).filter(resident=baby, form="kartu_imunisasi") for key in record.answers}
    assert {"imunisasi_hb0", "imunisasi_dpt2"} <= dates
    assert not {"imunisasi_dpt3", "imunisasi_mr1"} & dates
    latest = rows(Record).filter(resident=baby, form="kartu_balita").latest("encounter__date")
    assert latest.answers["imunisasi_lengkap_sesuai_umur"] == "tidak"
    assert "DPT-HB-Hib 3" in latest.answers["imunisasi_belum"]
    assert rows(Need).filter(resident=baby, kind="IMUN_DO", closed_on=None).exists()


def test_doses_are_dated_from_birth_on_and_agree_with_the_card():
    for record in rows(Record).filter(form="kartu_imunisasi").select_related("resident", "encounter"):
        days = [date.fromisoformat(day) for day in record.answers.values()]
        assert all(record.resident.birth_date <= day <= record.encounter.date for day in days)
    said = rows(Record).filter(form="kartu_balita", answers__imunisasi_lengkap_sesuai_umur="ya").first()
    known = rows(Record).filter(resident=said.resident, form="kartu_imunisasi")
    given = {dose_code(key) for record in known for key in record.answers}
    assert missing(completed_months(said.resident.birth_date, said.encounter.date), given) == []


def test_an_elder_who_needs_help_by_aks_and_skilas():
    answers = rows(Record).get(resident=hero("needs_help"), form="kartu_lansia").answers
    assert answers["aks_tingkat"] == "s"
    assert sum(key.startswith("skilas_") for key in answers) == 6


def test_a_newborn_lives_with_her_mother_who_was_visited_twice():
    baby = hero("newborn")
    birth = rows(Birth).get(child=baby)
    mother = birth.pregnancy.resident
    assert (baby.mother, birth.born_on) == (mother, baby.birth_date)
    home = rows(Residency).get(resident=baby)
    assert (home.began, home.from_date) == ("lahir", baby.birth_date)
    assert home.household_id == rows(Residency).get(resident=mother).household_id
    visits = rows(HomeVisit).filter(resident=mother, reason="NIFAS_BBL")
    assert [(visit.date - baby.birth_date).days for visit in visits.order_by("date")] == [2, 6]
    assert rows(Need).get(resident=mother, kind="NIFAS_BBL", closed_on=None).words == "kunjungan KF3"
    assert {"kunjungan_nifas", "kunjungan_bayi"} <= set(
        rows(Record).filter(encounter__in=visits.values("encounter")).values_list("form", flat=True)
    )


def test_contacts_with_health_workers_lie_in_their_time():
    contacts = rows(PregnancyContact).select_related("pregnancy", "birth")
    assert {contact.kind[:2] for contact in contacts} >= {"K1", "K4"}
    for contact in contacts:
        ended = contact.pregnancy.ended_on
        assert contact.on <= TODAY
        assert (ended is None or contact.on <= ended) if contact.kind in ANTENATAL else contact.on > ended


def test_the_first_posyandu_has_gone_all_the_way_of_the_rollout(post):
    [row] = rollout_of(scope_of(post)).rows
    assert (row.done, row.board.vacant, row.board.heads) == (7, (), 6)
    assert rows(CoachingTeam).get(area=post.area_id).chair


def test_the_last_wave_still_has_vacant_seats_and_no_dossier(post):
    plan = PostPlan("Contoh Akhir", post.area_id, "akhir", people=0, wave="gelombang_3")
    wave = SimpleNamespace(plan=plan, row=post, today=TODAY, ketua=User(name="Ibu"), kader=[User(name="Ibu")] * 5)
    boards = [list(_board(wave, Chance(seed))) for seed in range(20)]
    assert sum(map(len, boards)) < 20 * (9 + KADER)
    assert list(_dossier(wave)) == []


def test_the_tim_pembina_was_there_and_met_and_set_targets(post):
    visit = rows(CoachingVisit).get(posyandu=post)
    assert sorted(point.done_on is None for point in visit.points.all()) == [False, True]
    assert {decision.done_on is None for decision in rows(Decision).filter(meeting__area=post.district_code)} == {
        False,
        True,
    }
    targets = rows(Target).filter(area=post.district_code, year=TODAY.year)
    assert set(targets.values_list("indicator", flat=True)) <= {indicator.key for indicator in WITH_TARGET}
    assert targets.count() >= 10


def test_in_past_months_visits_were_owed_made_and_settled(post):
    figures = month_figures(post.path, date(2026, 10, 1), scope=None)
    parts = ("perlu", "terkunjungi", "selesai")
    owed, visited, done = (figures[f"kunjungan_rumah.semua.{part}"].value for part in parts)
    assert owed >= visited >= done > 0
    for event in rows(NeedEvent).filter(what__in=["bertemu", "tidak_bertemu"]).select_related("need", "encounter"):
        assert event.on == event.encounter.date >= event.need.opened_on
    assert not rows(Need).filter(opened_on__gt=TODAY).exists()


def test_an_elder_without_a_birth_date():
    elder = hero("no_birth_date")
    assert (elder.birth_precision, elder.nik) == ("perkiraan", "")


def test_a_story_has_one_person_or_household_each():
    for story in STORIES.values():
        assert rows(Resident).filter(name=story.name).count() == 1


def test_a_city_has_its_posyandu_and_each_name_once_in_a_kelurahan():
    plans = [plan for plan in plans_of("city") if plan.district == "33.75"]
    assert len(plans) == CITY_POSTS
    assert len({(plan.area, plan.name) for plan in plans}) == len({plan.slug for plan in plans}) == CITY_POSTS
    assert 317_000 < sum(plan.people for plan in plans) < 319_000


def scope_of(post):
    return Scope(user_id=None, posyandu=frozenset([post.pk]))


def test_laporan_warga_stand_at_every_stage_one_of_them_late(post):
    states = set(rows(Ticket).filter(posyandu=post).values_list("state", flat=True))
    assert states >= {"didata", "diajukan_desa", "diteruskan_opd", "diproses_opd", "direncanakan", "selesai"}
    times = times_of(post.area_id, TODAY)
    late = listing(scope_of(post), Filters(group="lewat"), times, party="desa").rows
    assert {"Perbaikan poskamling", "WC/jamban"} <= {row.ticket.about for row in late}
    assert [ticket.about for ticket in to_tell(scope_of(post))]
    house = household_of("leaking_house")
    assert rows(Ticket).get(household=house).state == "diajukan_desa"


def test_each_step_of_a_demo_ticket_is_one_the_table_allows_and_numbers_go_on(post):
    allowed = {(move.party, move.source, move.target) for move in MOVES}
    for step in rows(Transition).exclude(from_state=""):
        assert (step.party, step.from_state, step.to_state) in allowed
        assert step.on <= TODAY
    for serial in Serial.objects.all():
        ending = f"{serial.month:%Y%m}-{serial.last:04d}"
        assert rows(Ticket).filter(field=serial.field, number__endswith=ending).exists()


def test_the_demo_has_mail_for_its_offices():
    call_command("send_ticket_digest")
    assert mail.outbox and all(message.to[0].endswith("@contoh.invalid") for message in mail.outbox)
