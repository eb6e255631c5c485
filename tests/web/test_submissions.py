"""Every form is received once: the base of saving over a weak signal."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from services.records.models import Record
from services.web.models import Submission
from services.web.submissions import belongs_to, new_key
from tests import factories as make

TODAY = timezone.localdate()


def setting():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    day = make.open_day(post, TODAY, by=kader)
    return post, kader, reverse("open_days:activity_new", args=[day.pk, "penyuluhan_kesehatan"])


def body(key, people="12", **more):
    return {"submission_key": key, "base": "{}", "peserta_l": "3", "peserta_p": people, **more}


def records():
    return Record.objects.unscoped(reason="test").count()


@pytest.mark.django_db
def test_the_same_form_twice_gives_the_same_receipt():
    _, kader, url = setting()
    client, key = make.client_for(kader), new_key(kader)
    places = [client.post(url, body(key))["Location"] for _ in range(3)]
    assert len(set(places)) == 1
    assert records() == 1
    receipt = Submission.objects.get()
    assert receipt.number in client.get(places[0]).content.decode()


@pytest.mark.django_db
def test_the_same_key_with_other_content_asks_once_more_with_a_new_key():
    _, kader, url = setting()
    client, key = make.client_for(kader), new_key(kader)
    client.post(url, body(key))
    answer = client.post(url, body(key, people="13"))
    assert answer.status_code == 409
    assert "Simpan sekali lagi" in answer.content.decode()
    assert records() == 1
    fresh = answer.context["submission_key"]
    assert fresh != key
    assert client.post(url, body(fresh, people="13")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000.abc"])
def test_a_key_that_was_not_issued_is_400_and_writes_nothing(key):
    _, kader, url = setting()
    assert make.client_for(kader).post(url, body(key)).status_code == 400
    assert records() == 0


@pytest.mark.django_db
def test_a_key_of_another_person_writes_nothing():
    post, kader, url = setting()
    other = make.user("kader", at=post)
    key = new_key(other)
    assert belongs_to(key, other)
    assert not belongs_to(key, kader)
    assert make.client_for(kader).post(url, body(key)).status_code == 400
    assert records() == 0


@pytest.mark.django_db
def test_a_key_used_on_another_page_is_409():
    _, kader, url = setting()
    client, key = make.client_for(kader), new_key(kader)
    client.post(url, body(key))
    plan = reverse("open_days:day_new")
    answer = client.post(plan, {"submission_key": key, "date": date(2026, 1, 5), "opened_fields": ["sosial"]})
    assert answer.status_code == 409


@pytest.mark.django_db
def test_a_refused_form_keeps_its_key_usable():
    _, kader, url = setting()
    client, key = make.client_for(kader), new_key(kader)
    assert client.post(url, body(key, people="-1")).status_code == 422
    assert client.post(url, body(key)).status_code == 302
    assert records() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_in_parallel_is_one_record():
    _, kader, url = setting()
    key, answers, start = new_key(kader), [], threading.Barrier(4)

    def send():
        client = make.client_for(kader)
        start.wait()
        answers.append(client.post(url, body(key)).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 4
    assert records() == 1
