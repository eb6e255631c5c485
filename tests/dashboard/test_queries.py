"""The dashboards' numbers: from frozen months, for live posts, added up at every level."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from services.areas import clock
from services.areas.models import Area
from services.areas.scope import Scope
from services.coaching.queries import rollout_of
from services.dashboard.queries import areas_around, place_month
from services.dashboard.queries.frozen import KEYS
from services.posyandu.models import BoardMember, CoachingTeam, Posyandu, RegistrationDossier
from services.reports.figures import DEFINITIONS
from services.reports.models import MonthlyReport, PaperRecap
from tests import factories as make
from tests.dashboard.frozen import freeze

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MONTH = clock.previous_month(clock.month_of(TODAY))


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def by():
    return make.user("kota", at="33.75")


def scope_of(code: str) -> Scope:
    posts = Posyandu.objects.unscoped(reason="test").filter(path__startswith=code)
    return Scope(None, frozenset(posts.values_list("pk", flat=True)), (code,))


def board(code: str, month: date = MONTH, sort: str = ""):
    areas = areas_around(code)
    return place_month(areas[code], areas, scope_of(code), month, TODAY, sort)


def test_every_figure_the_dashboards_read_is_one_of_the_report():
    assert set(KEYS) <= {definition.key for definition in DEFINITIONS}


def test_two_posyandu_differ_and_every_level_adds_up(by):
    first, second = make.posyandu("Melati 1"), make.posyandu("Melati 10", "33.75.03.1004")
    freeze(first, MONTH, by=by, kesehatan__balita__d=10)
    freeze(second, MONTH, by=by, kesehatan__balita__d=33)
    villages = [board(code).whole.counts["kesehatan.balita.d"] for code in ("33.75.03.1003", "33.75.03.1004")]
    assert villages == [10, 33]
    for code in ("33.75.03", "33.75"):
        assert board(code).whole.counts["kesehatan.balita.d"] == 43
        assert sum(line.counts["kesehatan.balita.d"] for line in board(code).lines) == 43


def test_another_district_is_not_in_it(by):
    make.posyandu("Margo Utomo", "33.20.13.2004")
    freeze(make.posyandu(), MONTH, by=by)
    assert board("33.75").posts == 1


def test_completeness_divides_by_live_posts(by):
    freeze(make.posyandu("Sudah"), MONTH, by=by)
    make.posyandu("Belum kirim")
    make.posyandu("Belum mulai", live_from=None)
    place = board("33.75.03.1003")
    assert (place.whole.counts["sent"], place.whole.live, place.posts) == (1, 2, 3)
    assert [line.name for line in place.lines] == ["Belum kirim", "Sudah", "Belum mulai"]


@pytest.mark.parametrize(
    "state, counted, checked", [("diajukan", 1, 0), ("diverifikasi", 1, 1), ("final", 1, 1), ("dikembalikan", 0, 0)]
)
def test_a_month_that_was_given_back_is_not_counted(by, state, counted, checked):
    freeze(make.posyandu(), MONTH, by=by, state=state)
    place = board("33.75")
    assert (place.whole.counts["sent"], place.checked) == (counted, checked)
    assert ("kesehatan.balita.d" in place.whole.counts) is bool(counted)
    assert bool(place.trend[-1].sums) is bool(counted)


def test_the_newest_attempt_counts(by):
    post = make.posyandu()
    freeze(post, MONTH, by=by, kesehatan__balita__d=10, at=timezone.now() - timedelta(days=1))
    assert board("33.75").trend[-1].sums["kesehatan.balita.d"] == 10
    freeze(post, MONTH, by=by, kesehatan__balita__d=12)
    place = board("33.75")
    assert place.whole.counts["kesehatan.balita.d"] == place.trend[-1].sums["kesehatan.balita.d"] == 12


def test_twelve_months_are_twelve_buckets(by):
    post = make.posyandu()
    for number, month in enumerate(clock.months_back(MONTH, 13)):
        freeze(post, month, by=by, kesehatan__balita__d=number)
    place = board("33.75")
    assert list(place.months) == clock.months_back(MONTH, 12)
    assert [month.sums["kesehatan.balita.d"] for month in place.trend] == list(range(1, 13))


def test_in_time_is_by_the_first_sending_on_the_districts_clock(by):
    due = clock.next_month(MONTH).replace(day=5)
    zone = timezone.get_default_timezone()
    late = timezone.datetime(due.year, due.month, 6, 0, 1, tzinfo=zone)
    for name, first in (("Tepat", late - timedelta(minutes=2)), ("Lambat", late)):
        post = make.posyandu(name)
        freeze(post, MONTH, by=by, at=first)
        freeze(post, MONTH, by=by, at=late + timedelta(days=3))
    everything = MonthlyReport.objects.unscoped(reason="when a paper was frozen says nothing of when it was sent")
    everything.update(frozen_at=late + timedelta(days=40))
    assert {line.name: line.counts["on_time"] for line in board("33.75.03.1003").lines} == {"Tepat": 1, "Lambat": 0}


def test_zero_and_not_recorded_stay_apart(by):
    freeze(make.posyandu(), MONTH, by=by, kesehatan__balita__d=0)
    make.posyandu("Tanpa laporan")
    shares = {line.name: line.shares["d_per_s"].top for line in board("33.75.03.1003").lines}
    assert shares == {"Kencana Ungu": 0, "Tanpa laporan": None}


def test_fields_active_are_counted_once_however_many_posts_have_them(by):
    for name in ("A", "B"):
        freeze(make.posyandu(name), MONTH, by=by)
    place = board("33.75.03")
    assert place.whole.counts["fields"] == 2
    assert [line.counts["fields"] for line in place.lines if line.posts] == [2]


def test_a_post_still_on_paper_is_shown_apart_and_added_to_nothing(by):
    post = make.posyandu("Kertas", live_from=None)
    PaperRecap.objects.create(posyandu=post, month=MONTH, values={}, typed_by=by)
    place = board("33.75.03.1003")
    assert (place.on_paper, place.whole.live, place.whole.counts.get("sent")) == (1, 0, None)
    assert place.lines[0].words == "dari kertas, tidak ikut dijumlah"


@pytest.mark.parametrize("posts, months", [(2, 3), (12, 3), (2, 12)])
def test_the_board_costs_the_same_for_few_and_many(by, posts, months, django_assert_max_num_queries):
    for number in range(posts):
        post = make.posyandu(f"Melati {number}")
        for month in clock.months_back(MONTH, months):
            freeze(post, month, by=by)
    with django_assert_max_num_queries(15):
        board("33.75")


def test_the_rollout_board_shows_the_least_ready_first(by):
    ready, bare = make.posyandu("Siap", registration_number="33.75.03.1003.001"), make.posyandu("Belum", live_from=None)
    today = TODAY
    BoardMember.objects.create(
        posyandu=ready, post="ketua", name="Sri", from_date=today, decree_number="1/2026", trained_on=today
    )
    RegistrationDossier.objects.create(posyandu=ready, state="terdaftar", changed_on=today)
    freeze(ready, MONTH, by=by)
    CoachingTeam.objects.create(
        area=Area.objects.get(pk="33.75.03.1003"), decree_number="7", decree_date=today, chair="Ani"
    )
    rollout = rollout_of(scope_of("33.75"))
    assert [row.post for row in rollout.rows] == [bare, ready]
    assert rollout.rows[1].steps == (True, False, True, True, True, True, True)
    assert rollout.step_counts == (1, 0, 1, 1, 1, 1, 1)
    assert ("Bendahara", 2) in rollout.vacant and ("Ketua", 1) in rollout.vacant
    assert (rollout.teams_formed, len(rollout.teams)) == (1, 2)
