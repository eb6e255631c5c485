"""Long work on months, done by the worker: bundles, and a whole level taken on at once."""

from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model
from django_tasks import task

from services.accounts.queries import access_of
from services.areas.access import Permission
from services.areas.scope import Scope
from services.posyandu.models import Period
from services.web import jobs
from services.web.refusals import Refusal
from services.web.rules import number_text

from .actions.bundling import make_bundle
from .actions.moving import forward_months
from .actions.printing import print_reports, without_pdf
from .actions.province import make_province_book
from .figures.periods import read_span
from .models import MonthlyReport
from .queries.months import held_by
from .rules import State
from .sources import find_place

STARTER = "the person who started this work"


@task()
def bundle_place(job_id: str, *, place: str, month: str, from_above: bool = False) -> None:
    """Make the bundle of a place-month; what was made before an interruption is not made again."""
    _watched(job_id, lambda job: _bundle(job, place, date.fromisoformat(month), from_above))


@task()
def province_place(job_id: str, *, place: str, span: str) -> None:
    """Make the recap of a kabupaten or kota over a period for the province."""
    _watched(job_id, lambda job: _province(job, place, span))


@task()
def forward_list(job_id: str, *, months: list[list[str]]) -> None:
    """Take on each of these months (period, state that was seen) as the person who asked may; print what is final."""
    _watched(job_id, lambda job: _forward(job, {UUID(period): state for period, state in months}))


def _watched(job_id: str, work) -> None:
    job = jobs.begin(UUID(job_id))
    if job is None:
        return
    try:
        message = work(job)
    except Refusal as refusal:
        jobs.fail(job.pk, message=refusal.message)
    except Exception:
        jobs.fail(job.pk, message=jobs.STOPPED)
        raise
    else:
        jobs.finish(job.pk, message=message)


def _bundle(job, code: str, month: date, from_above: bool) -> str:
    place, _ = find_place(code)
    contents = make_bundle(
        place=place,
        month=month,
        by=_starter(job),
        told=lambda **how_far: jobs.heartbeat(job.pk, **how_far),
        from_above=from_above,
    )
    missing = f" {number_text(len(contents.missing))} belum ada." if contents.missing else ""
    return f"{number_text(len(contents.members))} laporan dibundel.{missing}"


def _province(job, code: str, span: str) -> str:
    done = 0

    def told() -> None:
        nonlocal done
        done += 1
        jobs.heartbeat(job.pk, done=done)

    book = make_province_book(code=code, span=read_span(span), by=_starter(job), told=told)
    missing = f" {number_text(book.missing)} belum ada." if book.missing else ""
    return f"{number_text(book.inside)} laporan dijumlah.{missing}"


def _forward(job, seen: dict[UUID, str]) -> str:
    by = _starter(job)
    access = access_of(by)
    held_at, scope = held_by(access), access.scope(Permission.RETURN_MONTH) or Scope(by.pk)
    rows = Period.objects.within(scope).filter(pk__in=seen).select_related("posyandu")
    done = gone = 0
    jobs.heartbeat(job.pk, total=2 * len(seen))
    for number, period in enumerate(rows.order_by("posyandu__path"), start=1):
        if period.state == seen[period.pk]:
            moved, lost = forward_months(periods=[period], by=by, held_at=held_at)
            done, gone = done + moved, gone + lost
        else:
            gone += 1
        jobs.heartbeat(job.pk, done=number)
    printed = _print_final(job, list(seen), scope)
    left = f", {gone} sudah diubah orang lain" if gone else ""
    return f"{number_text(done)} laporan diteruskan{left}; {number_text(printed)} PDF dibuat."


def _print_final(job, ids: list[UUID], scope: Scope) -> int:
    """The PDFs of those of the months that are final now."""
    months = Period.objects.within(scope).filter(pk__in=ids, state=State.FINAL)
    reports = []
    for month, posts in _by_month(months.values_list("month", "posyandu_id")).items():
        found = MonthlyReport.objects.within(scope).filter(month=month, posyandu__in=posts, is_latest=True)
        reports += found.values_list("pk", flat=True)
    waiting = without_pdf(reports)
    done = 2 * len(ids) - len(waiting)
    jobs.heartbeat(job.pk, done=done)

    def count() -> None:
        nonlocal done
        done += 1
        jobs.heartbeat(job.pk, done=done)

    return print_reports(waiting, told=count)


def _by_month(rows) -> dict[date, list[UUID]]:
    found: dict[date, list[UUID]] = {}
    for month, post in rows:
        found.setdefault(month, []).append(post)
    return found


def _starter(job):
    return get_user_model().objects.unscoped(reason=STARTER).get(pk=job.user_id)
