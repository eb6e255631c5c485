"""Long work on the register, done by the worker."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django_tasks import task

from services.areas import clock
from services.web import jobs
from services.web.refusals import Refusal
from services.web.tables import read_table
from services.web.uploads import drop_upload, open_upload

from .actions import import_posyandu
from .queries import Kind
from .resources import read_posts


@task()
def import_list(job_id: str, *, reference: str, areas: list[str], decisions: list[list]) -> None:
    """Take over an uploaded list of posyandu: all of its new posts, or none."""
    job = jobs.begin(UUID(job_id))
    if job is None:
        return
    try:
        message = _import(job, reference, areas, dict(decisions))
    except Refusal as refusal:
        jobs.fail(job.pk, message=refusal.message)
    except Exception:
        jobs.fail(job.pk, message=jobs.STOPPED)
        raise
    else:
        jobs.finish(job.pk, message=message)


def _import(job, reference: str, areas: list[str], decisions: dict[int, str]) -> str:
    by = get_user_model().objects.unscoped(reason="the person who started this work").get(pk=job.user_id)
    content = open_upload(reference, by=by)
    rows = read_posts(read_table(content, most_bytes=settings.UPLOAD_MAX_BYTES))
    jobs.heartbeat(job.pk)
    analysis = import_posyandu(rows=rows, areas=areas, by=by, on=clock.today(*areas[:1]), decisions=decisions)
    drop_upload(reference, by=by)
    new = len(analysis.of(Kind.NEW))
    jobs.heartbeat(job.pk, done=new, total=new)
    return f"{new} posyandu ditambahkan."
