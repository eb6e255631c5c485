"""What is missing or odd in a month, by posyandu: each a sentence with the page where it is mended (flows 22)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission
from services.areas.scope import Access, Scope
from services.follow_ups.queries import open_needs
from services.open_days.models import OpenDay
from services.posyandu.models import Posyandu
from services.records.models import Attendance, Encounter, Measurement, Record
from services.residents.rules import GROUP_LABELS
from services.web.models import KeptForm
from services.web.rules import month_text, number_text, short_date_text

from ..figures import DEFINITIONS, Figure
from ..figures.health import INDICES
from ..models import FrozenFigure
from ..rules import disagreeing

# Totals that equal the sum of their parts on every report.
SUMS = (
    ("kependudukan.warga.jumlah", ("kependudukan.warga.laki_laki", "kependudukan.warga.perempuan")),
    ("kesehatan.semua.sasaran", tuple(f"kesehatan.{group}.sasaran" for group in GROUP_LABELS)),
    ("kesehatan.semua.hadir", tuple(f"kesehatan.{group}.hadir" for group in GROUP_LABELS)),
)
DAYS_HELD = "hari_buka.semua.terlaksana"
SUM_KEYS = tuple(key for total, parts in SUMS for key in (total, *parts))

LABELS = {each.key: each.label for each in DEFINITIONS if each.key in SUM_KEYS}


@dataclass(frozen=True)
class Check:
    """One thing that is missing or odd. A figure's page is for whoever reads reports, others for who records."""

    words: str
    url: str = ""
    is_figure: bool = False


Checks = dict[UUID, list[Check]]


def checks_of(scope: Scope, month: date) -> Checks:
    """Everything missing or odd, by posyandu; eight queries whatever the number of posts."""
    posts = list(Posyandu.objects.within(scope).exclude(state=Posyandu.State.MERGED))
    live = [post for post in posts if post.is_live(month)]
    found: Checks = defaultdict(list)
    for source in (_days, _no_day, _people_without_forms, _flagged, _owed_visits, _tray, _disagreeing):
        for post, check in source(scope, month, live):
            found[post].append(check)
    return dict(found)


def oddities_of(scope: Scope, access: Access, month: date) -> dict[UUID, tuple[str, ...]]:
    """What is missing or odd in words, by posyandu; who sees no names reads what the sent figures say."""
    names = access.may(Permission.SEE_NAMES)
    return _words(checks_of(scope, month) if names else sent_checks_of(scope, month))


def sent_checks_of(scope: Scope, month: date) -> Checks:
    """What is odd in the figures that were sent, for who sees aggregates only; three queries."""
    found: Checks = defaultdict(list)
    for source in (_no_day_held, _flagged_figures, _disagreeing):
        for post, check in source(scope, month, ()):
            found[post].append(check)
    return dict(found)


def _words(checks: Checks) -> dict[UUID, tuple[str, ...]]:
    return {post: tuple(check.words for check in found) for post, found in checks.items()}


def disagreements(figures: Mapping[str, Figure], path: str, month: date) -> list[Check]:
    """Totals of a month that is still open that do not equal their parts."""
    values = {key: figures[key].value for key in SUM_KEYS if key in figures and figures[key].is_known}
    return [_disagreement(key, _figure_url(path, month, key)) for key in disagreeing(values, SUMS)]


def _disagreement(key: str, url: str = "") -> Check:
    return Check(f"Jumlah “{LABELS[key]}” tidak sama dengan rinciannya", url, is_figure=True)


def _days(scope: Scope, month: date, posts: Iterable[Posyandu]):
    today = clock.today()
    open_ones = OpenDay.objects.within(scope).filter(
        encounter__period=month, state__in=[OpenDay.State.PLANNED, OpenDay.State.RUNNING], date__lt=today
    )
    words = {OpenDay.State.PLANNED: "belum diisi", OpenDay.State.RUNNING: "belum ditutup"}
    for day in open_ones.order_by("date"):
        yield day.posyandu_id, Check(f"Hari buka {short_date_text(day.date)} {words[day.state]}", _day_url(day.pk))


def _no_day(scope: Scope, month: date, posts: Iterable[Posyandu]):
    with_day = OpenDay.objects.within(scope).filter(encounter__period=month)
    known = set(with_day.order_by().values_list("posyandu_id", flat=True).distinct())
    for post in posts:
        if post.pk not in known:
            yield post.pk, Check(f"Belum ada hari buka di bulan {month_text(month)}", reverse("open_days:day_new"))


def _people_without_forms(scope: Scope, month: date, posts: Iterable[Posyandu]):
    filled = Record.objects.unscoped(reason="whether a person present has any form at all, sensitive ones too").filter(
        encounter=OuterRef("encounter"), resident=OuterRef("resident")
    )
    empty = Attendance.objects.within(scope).filter(
        ~Exists(filled),
        state=Attendance.State.PRESENT,
        encounter__kind=Encounter.Kind.OPEN_DAY,
        encounter__period=month,
    )
    columns = ("encounter__posyandu_id", "encounter__open_day__pk", "encounter__date")
    for row in empty.order_by("encounter__date").values(*columns).annotate(n=Count("pk")):
        words = f"{row['n']} orang hadir {short_date_text(row['encounter__date'])} belum ada isiannya"
        url = f"{_day_url(row['encounter__open_day__pk'])}?tab=hadir"
        yield row["encounter__posyandu_id"], Check(words, url)


def _flagged(scope: Scope, month: date, posts: Iterable[Posyandu]):
    paths = {post.pk: post.path for post in posts}
    rows = Measurement.objects.within(scope).filter(period=month).exclude(flags=[])
    counted = Counter(
        (post, index)
        for post, flags in rows.values_list("encounter__posyandu_id", "flags")
        for index in INDICES
        if index in flags
    )
    for (post, index), number in sorted(counted.items(), key=str):
        group, title = INDICES[index]
        url = _figure_url(paths[post], month, f"kesehatan.{group}.periksa_ulang") if post in paths else ""
        yield post, Check(f"{number} hasil {title} di luar batas wajar, periksa ulang", url, is_figure=True)


def _owed_visits(scope: Scope, month: date, posts: Iterable[Posyandu]):
    last = clock.last_day(month)
    late = open_needs(scope).filter(due__lte=last)
    for post, number in Counter(late.values_list("posyandu_id", flat=True)).items():
        words = f"{number} kunjungan rumah yang jatuh tempo belum dilakukan"
        yield post, Check(words, f"{reverse('home_visits:visit_list')}?until={last:%Y-%m-%d}")


def _tray(scope: Scope, month: date, posts: Iterable[Posyandu]):
    ids = {post.path: post.pk for post in posts}
    waiting = KeptForm.objects.filter(place__in=list(ids), period=month, state=KeptForm.State.WAITING)
    for place, number in Counter(waiting.values_list("place", flat=True)).items():
        yield ids[place], Check(f"{number} isian terlambat menunggu di “Perlu koreksi”", reverse("reports:tray_list"))


def _disagreeing(scope: Scope, month: date, posts: Iterable[Posyandu]):
    rows = FrozenFigure.objects.within(scope).filter(
        month=month, key__in=SUM_KEYS, value__isnull=False, report__is_latest=True, report__posyandu__isnull=False
    )
    values: dict[tuple[UUID, str], dict[str, float]] = defaultdict(dict)
    for post, place, key, value in rows.values_list("report__posyandu_id", "place", "key", "value"):
        values[post, place][key] = float(value)
    for (post, place), figures in values.items():
        for key in disagreeing(figures, SUMS):
            yield post, _disagreement(key, _figure_url(place, month, key))


def _no_day_held(scope: Scope, month: date, posts: Iterable[Posyandu]):
    for report in _frozen(scope, month).filter(key=DAYS_HELD, value=0):
        yield report.report.posyandu_id, Check(f"Tidak ada hari buka di bulan {month_text(month)}")


def _flagged_figures(scope: Scope, month: date, posts: Iterable[Posyandu]):
    titles = {f"kesehatan.{group}.periksa_ulang": title for group, title in INDICES.values()}
    for row in _frozen(scope, month).filter(key__in=titles, value__gt=0).order_by("key"):
        words = f"{number_text(row.value)} hasil {titles[row.key]} di luar batas wajar"
        yield row.report.posyandu_id, Check(words)


def _frozen(scope: Scope, month: date):
    rows = FrozenFigure.objects.within(scope).filter(month=month, report__is_latest=True)
    return rows.filter(report__posyandu__isnull=False).select_related("report").defer("report__document")


def _day_url(pk) -> str:
    return reverse("open_days:day_detail", args=[pk])


def _figure_url(path: str, month: date, key: str) -> str:
    return reverse("reports:figure_detail", args=[path, f"{month:%Y-%m}", key])
