"""The tray "perlu koreksi": forms that could not be saved because their month was closed."""

from dataclasses import dataclass

from django.utils import timezone

from services.areas.scope import Scope
from services.posyandu.models import Correction, Period, Posyandu
from services.web.models import KeptForm

# What a page writes, in a kader's words, where that page can be looked at; others are called "isian".
NAMES = {
    "open_days:record_edit": "Kartu warga di hari buka",
    "open_days:household_record_edit": "Isian keluarga",
    "open_days:asset_record_edit": "Isian sarana",
    "open_days:activity_new": "Kegiatan",
    "open_days:day_new": "Hari buka",
    "open_days:day_close": "Penutupan hari buka",
    "open_days:guest_new": "Tamu",
    "home_visits:visit_new": "Kunjungan rumah",
    "home_visits:record_edit": "Isian kunjungan rumah",
    "residents:resident_new": "Warga baru",
    "residents:resident_move": "Pindah",
    "residents:resident_death": "Meninggal",
    "reports:narrative_edit": "Uraian laporan bulan",
}


# Written from a list, with no page of its own.
_WITHOUT_PAGE = {"open_days:attendance_edit": "Kehadiran di hari buka"}


@dataclass(frozen=True)
class TrayRow:
    """A kept form, and whether its month is open by now. `url` shows what stands there without it."""

    kept: KeptForm
    title: str
    posyandu: Posyandu
    is_open: bool
    url: str = ""


def tray_of(scope: Scope) -> list[TrayRow]:
    """What waits at the posts in scope, newest first; three queries."""
    forms = list(kept_forms(scope).select_related("user"))
    posts = {post.path: post for post in Posyandu.objects.within(scope)}
    months = Period.objects.within(scope).filter(month__in={form.period for form in forms if form.period})
    by_month = {(period.posyandu_id, period.month): period for period in months}
    return [_row(form, posts[form.place], by_month) for form in forms]


def proposed_of(scope: Scope) -> list[Correction]:
    """Corrections that somebody, or a recomputation, proposed to sent months in scope, oldest month first: one query.

    They name nobody; what they would change is decided by who holds the month.
    """
    waiting = Correction.objects.within(scope).filter(state=Correction.State.PROPOSED)
    rows = waiting.select_related("period__posyandu", "proposed_by")
    return list(rows.order_by("period__month", "period__posyandu", "proposed_at"))


def kept_forms(scope: Scope):
    """The forms that wait at the posts in scope. Their content is read by nobody before it is sent again."""
    here = Posyandu.objects.within(scope).values("path")
    return KeptForm.objects.filter(place__in=here, state=KeptForm.State.WAITING).order_by("-kept_at")


def _row(form: KeptForm, post: Posyandu, months) -> TrayRow:
    period = months.get((post.pk, form.period))
    is_open = period is None or period.is_open(timezone.now())
    title = (NAMES | _WITHOUT_PAGE).get(form.url_name, "Isian")
    return TrayRow(form, title, post, is_open, form.path if form.url_name in NAMES else "")
