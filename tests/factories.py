"""People and places for tests: two posyandu in different districts, and whoever a test needs at them."""

from datetime import date, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from services.accounts.models import Assignment, User
from services.areas.models import Area, Office
from services.open_days.models import OpenDay
from services.posyandu.models import AreaMembership, Posyandu
from services.records.actions import mark_present
from services.records.models import Encounter
from services.residents.models import Household, Pregnancy, Residency, Resident
from services.residents.rules import name_key

PASSWORD = "kata-sandi-uji"
LONG_AGO = date(2020, 1, 1)

AREAS = (
    ("33", "Jawa Tengah", "provinsi", "provinsi"),
    ("33.75", "Kota Pekalongan", "kabkota", "kota"),
    ("33.75.03", "Pekalongan Utara", "kecamatan", "kecamatan"),
    ("33.75.03.1003", "Kandang Panjang", "desa", "kelurahan"),
    ("33.75.03.1004", "Panjang Wetan", "desa", "kelurahan"),
    ("33.20", "Kabupaten Jepara", "kabkota", "kabupaten"),
    ("33.20.13", "Kalinyamatan", "kecamatan", "kecamatan"),
    ("33.20.13.2004", "Pendosawalan", "desa", "desa"),
)


def area_tree() -> dict[str, Area]:
    """A kota with two kelurahan and a kabupaten with one desa: code → Area."""
    if not Area.objects.filter(pk="33").exists():
        Area.objects.bulk_create(
            Area(code=code, name=name, level=level, kind=kind, parent_id=code.rpartition(".")[0] or None)
            for code, name, level, kind in AREAS
        )
    return {area.code: area for area in Area.objects.filter(code__in=[row[0] for row in AREAS])}


def posyandu(
    name: str = "Kencana Ungu", area: str = "33.75.03.1003", live_from: date = date(2025, 1, 1), **details
) -> Posyandu:
    place = area_tree()[area]
    serial = AreaMembership.objects.unscoped(reason="test").filter(area=place).count() + 1
    post = Posyandu.objects.create(
        area=place, name=name, serial=serial, path=f"{area}.{serial}", live_from=live_from, **details
    )
    AreaMembership.objects.create(posyandu=post, area=place, path=post.path, from_date=LONG_AGO)
    return post


def user(
    role: str = "kader", *, at: Posyandu | Office | str | None = None, username: str = "", field: str = "", **details
) -> User:
    """A person with one role at a posyandu or (with a code) in an area."""
    count = User.objects.unscoped(reason="test").count()
    person = User(username=username or f"{role}{count}", name=details.pop("name", f"{role.title()} {count}"), **details)
    person.password = _hashed(PASSWORD)
    person.save()
    if at is not None:
        assign(person, role, at, field=field)
    return person


@cache
def _hashed(password: str) -> str:
    """Argon2 is slow on purpose; once is enough for all tests."""
    return make_password(password)


def assign(
    person: User, role: str, at: Posyandu | Office | str, *, field: str = "", since: date = LONG_AGO
) -> Assignment:
    kind = "area_id" if isinstance(at, str) else "office" if isinstance(at, Office) else "posyandu"
    return Assignment.objects.create(user=person, role=role, from_date=since, field=field, **{kind: at})


def client_for(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="services.accounts.backends.NameOrPhoneBackend")
    return client


def household(post: Posyandu, head: str = "Slamet", **details) -> Household:
    return Household.objects.create(posyandu=post, head_name=head, **{"rw": "03", "rt": "02", **details})


def resident(
    post: Posyandu,
    name: str = "Aisyah Putri",
    *,
    sex: str = "P",
    birth_date: date | None = None,
    age_months: int | None = None,
    on: date | None = None,
    since: date | None = None,
    family: Household | None = None,
    **details,
) -> Resident:
    """A person who lives at a post; her age is given by birth date, or in months on a day."""
    born = birth_date or (on or timezone.localdate()) - timedelta(
        days=int((age_months if age_months is not None else 24) * 30.4375) + 1
    )
    person = Resident.objects.create(name=name, name_key=name_key(name), sex=sex, birth_date=born, **details)
    Residency.objects.create(
        resident=person,
        posyandu=post,
        household=family or household(post),
        from_date=since or max(born, LONG_AGO),
        began=Residency.Began.REGISTERED,
    )
    return person


def pregnancy(person: Resident, *, registered_on: date, **details) -> Pregnancy:
    return Pregnancy.objects.create(resident=person, registered_on=registered_on, **details)


def open_day(post: Posyandu, day: date, *, by: User, state: str = "berlangsung", **details) -> OpenDay:
    encounter = Encounter.objects.create(
        kind=Encounter.Kind.OPEN_DAY, posyandu=post, date=day, period=day.replace(day=1), created_by=by
    )
    closed = {"closed_by": by, "closed_at": encounter.created_at} if state == OpenDay.State.CLOSED else {}
    return OpenDay.objects.create(encounter=encounter, posyandu=post, date=day, state=state, **closed, **details)


def present(day: OpenDay, person: Resident, *, by: User):
    return mark_present(encounter=day.encounter, resident_id=person.pk, by=by)
