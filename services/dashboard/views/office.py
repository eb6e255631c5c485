"""An office's first page: what waits for it, where and since when, each number a link to the list that it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from services.areas import clock
from services.areas.scope import Scope
from services.coaching.queries import promises_of_office
from services.fields import registry
from services.tickets.queries import OfficeBoard, Part, office_board, places_of, tickets_of_office, times_of
from services.tickets.rules import STATE_LABELS
from services.web.charts.places import year_bars
from services.web.rules import MONTHS, number_text

FIRST_SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One row of a table: its words, how many lie open and how many of those are late, each with its list."""

    label: str
    open: int
    open_url: str
    late: int
    late_url: str
    field: str = ""
    url: str = ""


@dataclass(frozen=True)
class Number:
    label: str
    main: str
    note: str
    url: str
    chart: SafeString | str = ""


def show_office(request, scope: Scope):
    """The page of an office, or (`?tempat=`) of one place of it."""
    chosen = request.GET.get("tempat", "")
    places = places_of(scope, chosen)
    if not scope.offices or not places.district:
        return render(request, "dashboard/home.html", {"may_answer": True})
    place = chosen if places.chosen else ""
    today = clock.today(places.district)
    times = times_of(places.district, today)
    board = office_board(scope, times, places.district, place=place)
    context = {
        "board": board,
        "limits": times.limits,
        "today": today,
        "places": places,
        "place_name": places.title,
        "numbers": _numbers(board),
        "fields": _fields(board),
        "states": _lines(board.states, board, "keadaan", STATE_LABELS),
        "areas": _areas(board),
        "months": _months(board),
        "findings": [(one.label, count, _finding(one.key, place)) for one, count in board.findings],
        "promises": promises_of_office(scope, today),
        "first": tickets_of_office(scope, times)[:FIRST_SHOWN],
    }
    return render(request, "dashboard/_home_office.html", context)


def _list(board: OfficeBoard, **query: str) -> str:
    """The list of tickets that a number counts."""
    named = {**query, "tempat": query.get("tempat") or board.place}
    return f"{reverse('tickets:ticket_list')}?{urlencode({key: value for key, value in named.items() if value})}"


def _finding(key: str, place: str) -> str:
    query = {"temuan": key, **({"tempat": place} if place else {})}
    return f"{reverse('tickets:finding_list')}?{urlencode(query)}"


def _numbers(board: OfficeBoard) -> list[Number]:
    done, received = sum(month.done for month in board.months), sum(month.received for month in board.months)
    names = [f"{MONTHS[month.month.month - 1][:3]} {month.month:%y}" for month in board.months]
    came = year_bars("Laporan masuk, 12 bulan", names, [month.received for month in board.months])
    answer = year_bars("Hari kerja sampai dijawab, 12 bulan", names, [month.to_answer for month in board.months])
    return [
        Number(
            "Belum selesai",
            number_text(board.open),
            f"{number_text(board.waiting)} di antaranya giliran kantor",
            _list(board, tampil="terbuka"),
        ),
        Number("Lewat waktu", number_text(board.late), "terlalu lama tanpa langkah", _list(board, tampil="lewat")),
        Number(
            "Laporan masuk",
            number_text(received),
            f"12 bulan, {number_text(done)} selesai",
            _list(board, tampil="semua"),
            mark_safe(came),  # noqa: S308 - our own drawing
        ),
        Number(
            "Sampai dijawab kantor",
            f"{number_text(board.to_answer, 0)} hari kerja" if board.to_answer is not None else "–",
            "nilai tengah 12 bulan",
            "#bulan",
            mark_safe(answer),  # noqa: S308
        ),
    ]


def _lines(parts: Iterable[Part], board: OfficeBoard, name: str, labels: dict[str, str], **also: str) -> list[Line]:
    return [
        Line(
            label=labels.get(part.key, part.label),
            open=part.open,
            open_url=_list(board, **also, **{name: part.key}),
            late=part.late,
            late_url=_list(board, **also, **{name: part.key, "tampil": "lewat"}),
        )
        for part in parts
    ]


def _fields(board: OfficeBoard) -> list[tuple[str, Line, list[Line]]]:
    """Each field (its key), its line, and those of its request types."""
    labels = {field.key: field.label for field in registry.FIELDS}
    lines = _lines(board.fields, board, "bidang", labels)
    return [
        (part.key, line, _lines(part.parts.values(), board, "permintaan", {}, bidang=part.key))
        for part, line in zip(board.fields, lines, strict=True)
    ]


def _areas(board: OfficeBoard) -> list[tuple[str, Line]]:
    """Each place with the address of its own board."""
    lines = _lines(board.places, board, "tempat", {})
    home = reverse("dashboard:home")
    return [(f"{home}?tempat={part.key}", line) for part, line in zip(board.places, lines, strict=True)]


def _months(board: OfficeBoard) -> list[tuple]:
    """The year as a table, newest first: the month, its lists, what came, what was settled, how fast."""
    return [
        (
            month,
            _list(board, tampil="semua", masuk=f"{month.month:%Y-%m}"),
            _list(board, tampil="semua", beres=f"{month.month:%Y-%m}"),
        )
        for month in reversed(board.months)
    ]
