"""A live posyandu with a family of two children and closed open days, beside one in another district."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.utils import timezone

from services.follow_ups.actions import refresh_needs
from services.follow_ups.models import Need
from tests import factories as make

TODAY = timezone.localdate()
REASON = "test"


@dataclass
class Place:
    """One posyandu with its people."""

    post: object
    kader: object
    ketua: object
    family: object
    children: list = field(default_factory=list)
    days: list = field(default_factory=list)

    def refresh(self, **options):
        return refresh_needs(posyandu=self.post, by=self.kader, **options)

    def needs(self, **filters):
        return list(Need.objects.unscoped(reason=REASON).filter(posyandu=self.post, **filters).order_by("opened_on"))

    def need(self, **filters) -> Need:
        return Need.objects.unscoped(reason=REASON).filter(posyandu=self.post, **filters).get()

    def client(self, who=None):
        return make.client_for(who or self.kader)


def place_of(name: str, area: str, absences: int = 2) -> Place:
    post = make.posyandu(name, area=area, live_from=date(2025, 1, 1))
    kader, ketua = make.user("kader", at=post, name=f"Nur {name}"), make.user("ketua", at=post, name=f"Sri {name}")
    family = make.household(post, head="Slamet", phone="081234567890")
    children = [make.resident(post, "Aisyah", age_months=20, family=family)]
    days = [make.open_day(post, TODAY - timedelta(days=30 * n + 2), by=kader, state="selesai") for n in range(absences)]
    return Place(post, kader, ketua, family, children, days)


def no_routine(post) -> None:
    """The yearly round would open needs by the calendar; most tests are about something else."""
    from services.areas.actions import set_district_setting
    from services.areas.models import Area
    from services.areas.settings import VISIT_USED

    district = Area.objects.get(pk=post.area_id[:5])
    set_district_setting(
        area=district, setting=VISIT_USED["RUTIN"], value=False, valid_from=date(2025, 1, 1), source="uji", by=None
    )


@pytest.fixture
def here(db) -> Place:
    place = place_of("Kencana Ungu", "33.75.03.1003")
    no_routine(place.post)
    return place


@pytest.fixture
def elsewhere(db) -> Place:
    place = place_of("Margo Utomo", "33.20.13.2004")
    no_routine(place.post)
    return place
