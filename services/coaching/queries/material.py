"""All that a coordination meeting is about (domain 1.7): figures, readiness, obstacles, what is open, the plan."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from services.areas import clock
from services.areas.scope import Scope, area_filter, inside
from services.open_days.rules import OBSTACLES as OPEN_DAY_OBSTACLES
from services.reports.figures import Report
from services.reports.models import MonthNarrative
from services.reports.monthly import CannotReport, monthly_report

from ..models import ActionPoint, Decision, Meeting, PlanItem, SampledRecord
from ..rules import OBSTACLES, Agreement, agreement
from .rollout import Rollout, rollout_of
from .work import open_points, visits_within

VISITS_SINCE_MONTHS = 3
PROPOSALS_SHOWN = 40


@dataclass(frozen=True)
class Material:
    """What is printed for a meeting; nothing is asked after this was made.

    `obstacles` are (what, posts that reported it, posts where a visit found it), the most common first; `proposals`
    are (posyandu, text), `more_proposals` how many are not among them.
    """

    meeting: Meeting
    report: Report | None
    rollout: Rollout
    obstacles: tuple[tuple[str, int, int], ...]
    proposals: tuple[tuple[str, str], ...]
    more_proposals: int
    visits: int
    rechecked: Agreement
    points: list[ActionPoint]
    decisions: list[Decision]
    plan: list[PlanItem]
    today: date


def material_of(meeting: Meeting, scope: Scope) -> Material:
    """The material of a meeting, as its place stands today and as its month was reported."""
    area = meeting.area
    narratives = MonthNarrative.objects.within(scope).filter(
        inside("period__posyandu__path", area.pk), period__month=meeting.month
    )
    told = list(narratives.select_related("period__posyandu").order_by("period__posyandu__name"))
    since = clock.months_back(meeting.month, VISITS_SINCE_MONTHS)[0]
    visits = visits_within(scope).filter(
        inside("posyandu__path", area.pk), date__gte=since, date__lte=max(meeting.date, clock.today(area.pk))
    )
    visits = list(visits)
    proposals = [(each.period.posyandu.name, each.proposals) for each in told if each.proposals]
    return Material(
        meeting=meeting,
        report=_report(meeting, scope),
        rollout=rollout_of(scope, area.pk),
        obstacles=_obstacles(
            (OPEN_DAY_OBSTACLES.get(code, code) for each in told for code in set(each.obstacles)),
            {(visit.posyandu_id, OBSTACLES.get(code, code)) for visit in visits for code in visit.obstacles},
        ),
        proposals=tuple(proposals[:PROPOSALS_SHOWN]),
        more_proposals=max(len(proposals) - PROPOSALS_SHOWN, 0),
        visits=len(visits),
        rechecked=_rechecked(meeting, scope),
        points=list(open_points(scope, area.pk)),
        decisions=_decisions(meeting, scope),
        plan=_plan(meeting, scope),
        today=clock.today(area.pk),
    )


def _report(meeting: Meeting, scope: Scope) -> Report | None:
    try:
        return monthly_report(meeting.area_id, meeting.month, scope=scope)
    except CannotReport:
        return None


def _obstacles(reported: Iterable[str], found: set) -> tuple[tuple[str, int, int], ...]:
    """Each obstacle once, whichever list it was ticked in."""
    told, seen = Counter(reported), Counter(label for _, label in found)
    labels = sorted(told.keys() | seen.keys(), key=lambda label: (-told[label] - seen[label], label))
    return tuple((label, told[label], seen[label]) for label in labels)


def _rechecked(meeting: Meeting, scope: Scope) -> Agreement:
    """How the samples of the meeting's month agreed."""
    rows = SampledRecord.objects.within(scope).filter(
        inside("sample__posyandu__path", meeting.area_id), sample__month=meeting.month
    )
    return agreement(list(rows.values_list("outcome", flat=True)))


def _decisions(meeting: Meeting, scope: Scope) -> list[Decision]:
    """What this meeting decided, and what earlier ones did that is still open."""
    rows = Decision.objects.within(scope).filter(meeting__area=meeting.area, meeting__date__lte=meeting.date)
    rows = rows.filter(Q(meeting=meeting) | Q(done_on=None))
    return list(rows.select_related("office", "meeting").order_by("due_on", "pk"))


def _plan(meeting: Meeting, scope: Scope) -> list[PlanItem]:
    """Next year's plan of the place and of those in it."""
    rows = PlanItem.objects.within(scope).filter(area_filter("area_id", [meeting.area_id]))
    rows = rows.filter(year=meeting.date.year + 1)
    return list(rows.select_related("office", "area").order_by("area_id", "field", "pk"))
