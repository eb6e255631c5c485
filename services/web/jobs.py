"""Long work with a page to watch it: a task of the worker tells here how far it is, and how it ended.

A worker that was killed cannot say so. A job whose heart has not beaten for SILENT is therefore called failed by the
next one who looks (`reap`).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from .models import Job

SILENT = timedelta(minutes=10)
STOPPED = "Pekerjaan ini terhenti di tengah jalan. Silakan ulangi; yang sudah tersimpan tidak dibuat dua kali."


def start_job(*, by, title: str, total: int = 0, location: str = "") -> Job:
    """A job that waits for the worker. `location` is where a person goes when it is over."""
    return Job.objects.create(user=by, title=title, total=total, location=location)


def begin(job_id: UUID) -> Job | None:
    """Take the job up; None when it is not waiting (it was taken up before, or is over)."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state=Job.State.WAITING)
    taken = waiting.update(state=Job.State.RUNNING, heartbeat_at=now)
    return Job.objects.get(pk=job_id) if taken else None


def heartbeat(job_id: UUID, *, done: int | None = None, total: int | None = None) -> None:
    """Say that the work goes on, and how far it is. Outside the transaction of the work itself, or nobody sees it."""
    told = {name: value for name, value in (("done", done), ("total", total)) if value is not None}
    Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(heartbeat_at=timezone.now(), **told)


def finish(job_id: UUID, *, message: str, location: str | None = None) -> None:
    told = {} if location is None else {"location": location}
    told |= {"state": Job.State.DONE, "message": message[:300], "heartbeat_at": timezone.now()}
    Job.objects.filter(pk=job_id).update(**told)


def fail(job_id: UUID, *, message: str) -> None:
    Job.objects.filter(pk=job_id).update(state=Job.State.FAILED, message=message[:300], heartbeat_at=timezone.now())


def reap(*, now: datetime | None = None) -> int:
    """Call jobs failed that have been silent for too long; how many."""
    silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=(now or timezone.now()) - SILENT)
    return silent.update(state=Job.State.FAILED, message=STOPPED)
