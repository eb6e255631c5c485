"""Reading what the Tim Pembina did and agreed on."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from services.areas.access import Permission
from services.areas.models import Area, Office
from services.areas.scope import Access, Scope, inside
from services.posyandu.models import Posyandu
from services.records.models import Record

from ..models import ActionPoint, CoachingVisit, Decision, Meeting, RecheckGrant, Sample
from ..rules import Agreement, agreement

PROMISES_SHOWN = 20


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


@dataclass(frozen=True)
class Promise:
    """Something that somebody is to do until a day."""

    text: str
    where: str
    due_on: date
    is_late: bool


def promises_at(scope: Scope, today: date) -> list[Promise]:
    """What was agreed on with these posyandu and is open; one query."""
    return [
        Promise(point.text, f"{point.responsible} · {point.visit.posyandu}", point.due_on, point.due_on < today)
        for point in open_points(scope)[:PROMISES_SHOWN]
    ]


def promises_of_office(scope: Scope, today: date) -> list[Promise]:
    """What meetings decided that these offices do, and that is open; one query."""
    rows = Decision.objects.within(scope).filter(office__in=scope.offices, done_on=None)
    return [
        Promise(row.text, f"{row.meeting.agenda}, {row.meeting.area.title}", row.due_on, row.due_on < today)
        for row in rows.select_related("meeting__area").order_by("due_on", "pk")[:PROMISES_SHOWN]
    ]


def grants_at(posyandu: Posyandu, today: date) -> list[RecheckGrant]:
    """Who may re-check a posyandu that the caller reached in scope, by a grant that has not ended."""
    return list(posyandu.recheck_grants.filter(until__gte=today).select_related("user", "granted_by").order_by("until"))


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
