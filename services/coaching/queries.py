"""Reading what the Tim Pembina did and agreed on."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from services.areas import clock
from services.areas.access import Permission
from services.areas.models import Area, Office
from services.areas.scope import Access, Scope, area_filter, inside
from services.posyandu.models import Posyandu
from services.records.models import Record
from services.reports.figures import Report
from services.reports.monthly import CannotReport, monthly_report

from .models import ActionPoint, CoachingVisit, Decision, Meeting, PlanItem, RecheckGrant, Sample
from .rules import Agreement, agreement


def visits_within(scope: Scope) -> QuerySet[CoachingVisit]:
    """The visits in scope, newest first."""
    visits = CoachingVisit.objects.within(scope).select_related("posyandu__area", "visited_by")
    return visits.order_by("-date", "-pk")


def open_points(scope: Scope, code: str = "") -> QuerySet[ActionPoint]:
    """What was agreed on and is not done, by the day it was promised for."""
    points = ActionPoint.objects.within(scope).filter(done_on=None).select_related("visit__posyandu")
    if code:
        points = points.filter(inside("visit__posyandu__path", code))
    return points.order_by("due_on", "pk")


def sampled_ids(posyandu: Posyandu, month: date) -> list:
    """The records of a posyandu's month that a sample is drawn from; sensitive ones are left out."""
    reached = Record.objects.unscoped(reason="the records of a post that the caller reached in scope")
    return list(
        reached.filter(encounter__posyandu=posyandu, encounter__period=month, is_sensitive=False).values_list(
            "pk", flat=True
        )
    )


def may_recheck(access: Access, posyandu: Posyandu, today: date) -> bool:
    """Whether a person may see the sampled records by name: by her role, or by a grant that has not ended."""
    scope = access.scope(Permission.RECHECK)
    if scope is not None and posyandu.pk in scope.posyandu:
        return True
    return _grants(access, today).filter(posyandu=posyandu).exists()


def holds_grant(access: Access, today: date) -> bool:
    """Whether a person holds any grant that has not ended."""
    return _grants(access, today).exists()


def _grants(access: Access, today: date) -> QuerySet[RecheckGrant]:
    grants = RecheckGrant.objects.unscoped(reason="whether the asker herself holds a grant")
    return grants.filter(user=access.user_id, until__gte=today)


@dataclass(frozen=True)
class SampleLine:
    """A sample and how it ended."""

    sample: Sample
    agreement: Agreement


def samples_within(scope: Scope) -> list[SampleLine]:
    """The samples in scope, newest month first, each with its agreement; two queries."""
    samples = Sample.objects.within(scope).select_related("posyandu__area").prefetch_related("items")
    rows = samples.order_by("-month", "posyandu__name")[:200]
    return [SampleLine(row, agreement([item.outcome for item in row.items.all()])) for row in rows]


def meetings_within(scope: Scope) -> QuerySet[Meeting]:
    """The meetings in scope, newest first."""
    return Meeting.objects.within(scope).select_related("area").order_by("-date", "-pk")


def offices_around(area: Area) -> QuerySet[Office]:
    """The offices of the kab/kota that an area lies in."""
    return Office.objects.filter(area=area.district_code, is_active=True).order_by("name")


def areas_of(scope: Scope) -> QuerySet[Area]:
    """Where a person's Tim Pembina meets."""
    return Area.objects.filter(pk__in=scope.areas).order_by("pk")


def posts_within(scope: Scope) -> QuerySet[Posyandu]:
    """The posts that a person coaches, by desa/kelurahan and name."""
    posts = Posyandu.objects.within(scope).exclude(state=Posyandu.State.MERGED).select_related("area")
    return posts.order_by("area__name", "name")


@dataclass(frozen=True)
class Material:
    """All that a meeting is about: the month's figures, what is open, what was decided, next year's plan."""

    meeting: Meeting
    report: Report | None
    points: list[ActionPoint]
    decisions: list[Decision]
    plan: list[PlanItem]
    posts: int
    live: int
    registered: int
    today: date


def material_of(meeting: Meeting, scope: Scope) -> Material:
    """The material of a meeting, as its place stands today and as its month was reported."""
    area = meeting.area
    try:
        report = monthly_report(area.pk, meeting.month, scope=scope)
    except CannotReport:
        report = None
    posts = list(posts_within(scope).filter(inside("path", area.pk)))
    decided = Decision.objects.within(scope).filter(meeting__area=area, meeting__date__lte=meeting.date)
    plan = PlanItem.objects.within(scope).filter(area_filter("area_id", [area.pk]), year=meeting.date.year + 1)
    return Material(
        meeting=meeting,
        report=report,
        points=list(open_points(scope, area.pk)),
        decisions=list(
            decided.filter(Q(meeting=meeting) | Q(done_on=None)).select_related("office", "meeting").order_by("due_on")
        ),
        plan=list(plan.select_related("office", "area").order_by("area_id", "pk")),
        posts=len(posts),
        live=sum(post.is_live(meeting.month) for post in posts),
        registered=sum(bool(post.registration_number) for post in posts),
        today=clock.today(area.pk),
    )
