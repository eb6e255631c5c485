from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from services.areas import clock
from services.areas.scope import Access, Grant, area_filter
from services.posyandu.models import Posyandu

from .models import Assignment, User
from .rules import ROLE_PERMISSIONS


def access_of(user: User, on: date | None = None) -> Access:
    """What this person may do and where, on a day: all assignments in two queries."""
    day = on or clock.today()
    own = Assignment.objects.unscoped(reason="a person's own assignments decide her scope").filter(
        Assignment.on_day(day), user_id=user.pk
    )
    assignments = list(own)
    posts = _posts_of(assignments)
    return Access(user_id=user.pk, grants=tuple(_grant(assignment, posts) for assignment in assignments))


def _posts_of(assignments: Iterable[Assignment]) -> list[tuple]:
    areas = [a.area_id for a in assignments if a.area_id]
    facilities = [a.facility_id for a in assignments if a.facility_id]
    if not areas and not facilities:
        return []
    reached = area_filter("path", areas) | Q(facility_id__in=facilities)
    posts = Posyandu.objects.unscoped(reason="the posts of a person's own assignments decide her scope")
    return list(posts.filter(reached).values_list("pk", "path", "facility_id"))


def _grant(assignment: Assignment, posts: list[tuple]) -> Grant:
    permissions = frozenset(ROLE_PERMISSIONS[assignment.role])
    if assignment.posyandu_id:
        return Grant(permissions, frozenset([assignment.posyandu_id]), field=assignment.field)
    if assignment.facility_id:
        ids = frozenset(pk for pk, _, facility in posts if facility == assignment.facility_id)
        return Grant(permissions, ids, field=assignment.field)
    code = assignment.area_id
    ids = frozenset(pk for pk, path, _ in posts if path.startswith(code + "."))
    return Grant(permissions, ids, (code,), field=assignment.field)
