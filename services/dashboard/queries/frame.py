from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from services.areas.access import Permission as P
from services.areas.models import Area, Office
from services.areas.scope import Scope
from services.posyandu.models import Posyandu


class Way(NamedTuple):
    """One entry of the menu."""

    label: str
    url: str
    icon: str
    current: bool


# (label, URL name, icon, permission); a person sees those she may open
WAYS = (
    ("Beranda", "dashboard:home", "home", P.HOME),
    ("Hari buka", "open_days:day_list", "open-day", P.RECORD),
    ("Warga", "residents:resident_list", "people", P.SEE_NAMES),
    ("Kunjungan rumah", "home_visits:visit_list", "visit", P.RECORD),
    ("Bulan ini", "reports:month_list", "calendar", P.FOLLOW_MONTH),
    ("Laporan warga", "tickets:ticket_list", "send", P.SEE_TICKETS),
    ("Laporan untuk kantor", "tickets:office_ticket_list", "send", P.ANSWER_TICKET),
    ("Temuan dan usulan", "tickets:finding_list", "table", P.SEE_FINDINGS),
    ("Laporan", "reports:report_list", "report", P.SEE_REPORT),
    ("Kesiapan posyandu", "dashboard:rollout_list", "table", P.SEE_PLACES),
    ("Pembinaan", "coaching:visit_list", "check", P.COACH),
    ("Rujukan", "follow_ups:referral_list", "refer", P.REFER),
    ("Diserahkan posyandu", "follow_ups:handed_list", "visit", P.HANDLE_HANDED),
    ("Pendataan keluarga", "profiles:household_progress", "table", P.RECORD),
    ("Kegiatan", "open_days:elsewhere_list", "people", P.RECORD),
    ("Sarana", "records:asset_list", "place", P.RECORD),
    ("Kertas formulir", "records:paper_list", "print", P.RECORD),
    ("Pengurus posyandu", "posyandu:board_list", "people", P.SUBMIT_MONTH),
    ("Kader", "accounts:kader_list", "person", P.MANAGE_KADER),
    ("Daftar posyandu", "posyandu:posyandu_list", "place", P.MANAGE_POSTS),
    ("Pengguna", "accounts:user_list", "people", P.MANAGE_USERS),
    ("Pengaturan daerah", "areas:setting_list", "settings", P.MANAGE_POSTS),
    ("Akun saya", "accounts:account_detail", "person", P.HOME),
)


def page_frame(request) -> dict:
    """What every page shows around its content; asked of the database only by pages that draw it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "nav": SimpleLazyObject(lambda: _ways(request)),
        # "Catat laporan warga" is one tap from every screen of a kader (flows 17).
        "quick_url": reverse("tickets:ticket_new") if request.access.may(P.REPORT_TICKET) else "",
        "place_name": SimpleLazyObject(lambda: _place_name(request.access.scope(P.HOME))),
    }


def _ways(request) -> list[Way]:
    held = [(label, reverse(name), icon) for label, name, icon, permission in WAYS if request.access.may(permission)]
    best = max((url for _, url, _ in held if request.path.startswith(url)), key=len, default="")
    return [Way(label, url, icon, url == best) for label, url, icon in held]


def _place_name(scope: Scope | None) -> str:
    if scope is None:
        return ""
    if scope.offices:
        return str(Office.objects.filter(pk__in=scope.offices).order_by("name").first() or "")
    if scope.areas:
        return str(Area.objects.get(pk=scope.areas[0]))
    names = Posyandu.objects.within(scope).order_by("name").values_list("name", flat=True)[:2]
    return f"{names[0]} dan lainnya" if len(names) > 1 else names[0] if names else ""
