import base64

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from services.areas.access import Permission, requires
from services.residents.actions import note_download, note_view
from services.residents.rules import BALITA_MONTHS
from services.residents.views.fetching import of_resident

from ..growth_chart import FIRST, SECOND, WHOLE, head_chart, kms_chart, length_chart, proportion_chart
from ..queries import GrowthPage, growth_page, next_open_day

PAPER_FONT = "Liberation Sans"
CHARTS = {"kms": "KMS (BB/U)", "tb": "TB/U", "bbtb": "BB/TB", "lk": "Lingkar kepala"}
WINDOWS = {"0-24": FIRST, "24-60": SECOND, "0-60": WHOLE}


@requires(Permission.SEE_NAMES)
@of_resident
def growth_detail(request, resident):
    """A child's growth: one chart at a time, and the table of all measurements."""
    shown = growth_page(resident, request.scope)
    note_view(on=resident, by=request.user, place=shown.place)
    chart = request.GET.get("grafik", "")
    chart = chart if chart in CHARTS else "kms"
    usual = "24-60" if shown.age_months >= 24 else "0-24"
    window = request.GET.get("umur", "")
    window = window if window in WINDOWS else usual
    context = {
        "resident": resident,
        "shown": shown,
        "picture": _picture(chart, resident.sex, shown, window) if shown.is_child else "",
        "chart": chart,
        "charts": CHARTS,
        "window": window,
        "windows": WINDOWS,
        "may_confirm": request.access.may(Permission.CONFIRM_HEALTH),
        "too_old": shown.age_months >= BALITA_MONTHS,
    }
    return render(request, "profiles/growth_detail.html", context)


def _picture(chart: str, sex: str, shown: GrowthPage, window: str) -> SafeString:
    if chart == "bbtb":
        drawn = proportion_chart(sex, shown.measured, standing=window != "0-24")
    elif chart == "kms":
        drawn = kms_chart(sex, shown.measured, window=WINDOWS[window], rules=shown.kms)
    else:
        drawer = {"tb": length_chart, "lk": head_chart}[chart]
        drawn = drawer(sex, shown.measured, window=WINDOWS[window])
    return mark_safe(drawn)  # noqa: S308 - our own drawing of numbers, its words escaped


@requires(Permission.SEE_NAMES)
@of_resident
def child_card_download(request, resident):
    """The child's card for her mother to fold and keep: the one paper with a child's name. Each download is logged."""
    shown = growth_page(resident, request.scope)
    if not shown.is_child:
        raise Http404
    html = render_to_string("profiles/child_card_download.html", _card(resident, shown))
    from services.web.pdf import render_pdf  # its library takes a second to load: not before the first PDF

    content = render_pdf(html, stylesheet="child_card.css")
    note_download(on=resident, by=request.user, place=shown.place, paper="kartu_anak")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="kartu-anak-{shown.today.isoformat()}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _card(resident, shown: GrowthPage) -> dict:
    kms = kms_chart(resident.sex, shown.measured, width=700, height=390, font=PAPER_FONT, rules=shown.kms)
    length = length_chart(resident.sex, shown.measured, width=460, height=420, font=PAPER_FONT)
    return {
        "resident": resident,
        "shown": shown,
        "last_rows": shown.rows[:4],
        "kms": _data_url(kms),
        "length": _data_url(length),
        "next_day": next_open_day(shown.home, shown.today),
    }


def _data_url(picture: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()
