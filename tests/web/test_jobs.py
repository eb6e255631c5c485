from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.web import jobs
from services.web.models import Job
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return jobs.start_job(by=factories.user(), title="Contoh", total=10, location="/posyandu/")


def state(job):
    job.refresh_from_db()
    return job.state


def test_a_job_is_taken_up_once(job):
    assert jobs.begin(job.pk).state == "berjalan"
    assert jobs.begin(job.pk) is None


def test_a_heartbeat_tells_how_far_it_is(job):
    jobs.begin(job.pk)
    jobs.heartbeat(job.pk, done=4)
    job.refresh_from_db()
    assert (job.done, job.total, job.percent, job.is_over) == (4, 10, 40, False)


def test_a_job_ends_with_a_message(job):
    jobs.begin(job.pk)
    jobs.finish(job.pk, message="10 baris", location="/lain/")
    assert state(job) == "selesai"
    assert (job.message, job.location, job.is_over) == ("10 baris", "/lain/", True)


def test_a_failed_job_says_why(job):
    jobs.begin(job.pk)
    jobs.fail(job.pk, message="Berkas hilang")
    assert (state(job), job.message) == ("gagal", "Berkas hilang")


def test_a_silent_job_is_called_failed_and_a_beating_or_waiting_one_is_not(job):
    waiting = jobs.start_job(by=job.user, title="Menunggu")
    jobs.begin(job.pk)
    later = timezone.now() + jobs.SILENT
    assert jobs.reap(now=later - timedelta(minutes=1)) == 0
    assert jobs.reap(now=later + timedelta(minutes=1)) == 1
    assert (state(job), state(waiting)) == ("gagal", "menunggu")


def test_the_page_of_a_job_is_its_owners(job):
    url = reverse("web:job_detail", args=[job.pk])
    assert "Contoh" in factories.client_for(job.user).get(url).content.decode()
    assert factories.client_for(factories.user()).get(url).status_code == 404


def test_the_page_of_a_job_whose_worker_died_says_so(job):
    jobs.begin(job.pk)
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(hours=1))
    text = factories.client_for(job.user).get(reverse("web:job_detail", args=[job.pk])).content.decode()
    assert "terhenti" in text
