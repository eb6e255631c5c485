import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import Max, Q, QuerySet

from services.areas import clock
from services.areas.models import Area, Office
from services.areas.scope import Access, Grant, Scope, area_filter
from services.posyandu.models import Facility, Posyandu

from .models import Assignment, Role, TrustedPhone, User
from .rules import DEMO_USERNAMES, FACILITY, OFFICE, PIN_ROLES, POSYANDU, ROLE_PERMISSIONS, ROLE_PLACE


def access_of(user: User, on: date | None = None) -> Access:
    """What this person may do and where, on a day: all assignments in two queries."""
    day = on or clock.today()
    assignments = list(user.assignments.filter(Assignment.on_day(day)))
    posts = _posts_of(assignments)
    return Access(user_id=user.pk, grants=tuple(_grant(assignment, posts) for assignment in assignments))


def _posts_of(assignments: Iterable[Assignment]) -> list[tuple]:
    areas = [a.area_id for a in assignments if a.area_id and a.role != Role.OPD]
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
    if assignment.role == Role.OPD:  # sees what was routed to the office, never a place's rows
        offices = frozenset([assignment.office_id] if assignment.office_id else ())
        areas = (assignment.area_id,) if assignment.area_id else ()
        return Grant(permissions, areas=areas, field=assignment.field, offices=offices)
    code = assignment.area_id
    ids = frozenset(pk for pk, path, _ in posts if path.startswith(code + "."))
    return Grant(permissions, ids, (code,), field=assignment.field)


def kader_of(scope: Scope) -> QuerySet[Assignment]:
    """Everybody who is or was a kader at the posts in scope, by post and name."""
    kader = Assignment.objects.within(scope).filter(role=Role.KADER)
    return _with_places(kader).order_by("posyandu__name", "user__name", "from_date")


def people_of(scope: Scope, words: str = "") -> QuerySet[Assignment]:
    """All roles held in scope, now or once, by name; `words` is part of a name or username."""
    found = _with_places(Assignment.objects.within(scope))
    for word in words.split():
        found = found.filter(Q(user__name__icontains=word) | Q(user__username__startswith=word.lower()))
    return found.order_by("user__name", "from_date")


def _with_places(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return assignments.select_related("user", "posyandu__area", "area", "facility", "office")


def stands_only_in(user: User, scope: Scope, on: date, *, roles: Iterable[str] | None = None) -> bool:
    """Whether all that this person does today lies in scope (and is one of `roles`).

    Whoever makes a new password for a person can become that person, so it must not reach further than her own places.
    """
    current = user.assignments.filter(Assignment.on_day(on))
    mine = Assignment.objects.within(scope).filter(Assignment.on_day(on), user_id=user.pk)
    if roles is not None:
        mine = mine.filter(role__in=list(roles))
    return current.count() == mine.count()


def is_phone_taken(phone: str, besides: User | None = None) -> bool:
    """Whether somebody, anywhere, already logs in with this number."""
    everybody = User.objects.unscoped(reason="a phone number logs in one person in the whole country")
    return everybody.filter(phone=phone).exclude(pk=besides.pk if besides else None).exists()


def usernames_like(start: str) -> frozenset[str]:
    everybody = User.objects.unscoped(reason="a username is given once in the whole country")
    return frozenset(everybody.filter(username__startswith=start).values_list("username", flat=True))


def place_of(user: User) -> str:
    """Under which place this person's log-ins are remembered: that of her oldest current role, or ''."""
    current = user.assignments.filter(Assignment.on_day(clock.today()))
    first = current.select_related("posyandu", "facility", "office").order_by("from_date", "pk").first()
    return first.place_path if first else ""


def places_for(role: str, scope: Scope) -> QuerySet:
    """Posts, facilities, offices or areas in scope where somebody can hold this role."""
    kind = ROLE_PLACE[role]
    if kind == POSYANDU:
        return Posyandu.objects.within(scope).select_related("area").order_by("area__name", "name")
    if kind == FACILITY:
        return Facility.objects.within(scope).order_by("name")
    if kind == OFFICE:
        return Office.objects.filter(area_filter("area_id", scope.areas), is_active=True).order_by("name")
    return Area.objects.filter(area_filter("code", scope.areas), level=kind).order_by("code")


def phone_of(token: str) -> TrustedPhone | None:
    """The trusted phone that carries this token, unless the trust was taken back."""
    phones = TrustedPhone.objects.unscoped(reason="the phone shows by itself for which post it is trusted")
    return phones.filter(token_hash=token_hash(token), revoked_at=None).select_related("posyandu").first()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def people_on_phone(phone: TrustedPhone) -> list[Assignment]:
    """Today's kader of the phone's post who have a PIN, by name; each with its user."""
    here = Assignment.objects.unscoped(reason="names on a phone that is trusted for their post")
    current = here.filter(
        Assignment.on_day(clock.today()),
        posyandu_id=phone.posyandu_id,
        role__in=PIN_ROLES,
        user__is_active=True,
        user__must_change_password=False,
    ).exclude(user__pin="")
    people = {person.user_id: person for person in current.select_related("user").order_by("user__name", "-role")}
    return list(people.values())


def phones_of(scope: Scope) -> QuerySet[TrustedPhone]:
    """Phones trusted for the posts in scope, those in use first."""
    phones = TrustedPhone.objects.within(scope).select_related("posyandu", "trusted_by")
    return phones.order_by("posyandu__name", "revoked_at", "label")


def locked_until(account: str) -> datetime | None:
    """When an account that failed too often may try again."""
    latest = AccessAttempt.objects.filter(username=account).aggregate(Max("attempt_time"))["attempt_time__max"]
    return latest + get_cool_off() if latest else None


def demo_people() -> list[User]:
    """Who can be tried in the demo, in the order of the rules."""
    people = User.objects.unscoped(reason="the demo's login page shows the demo's users").filter(
        username__in=DEMO_USERNAMES, is_active=True
    )
    return sorted(people, key=lambda person: DEMO_USERNAMES.index(person.username))
