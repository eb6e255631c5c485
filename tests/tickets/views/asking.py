"""Asking pages as a person does: a form is opened before it is sent."""

import re

from django.urls import reverse

from tests import factories

KEY = re.compile(r'name="submission_key" value="([^"]+)"')


def get(person, name, /, *args, **query):
    return factories.client_for(person).get(reverse(name, args=args), query)


def send(person, name, /, *args, query="", **data):
    """Open the form, then send it with its key."""
    client = factories.client_for(person)
    url = reverse(name, args=args) + query
    opened = client.get(url)
    assert opened.status_code == 200, opened.status_code
    key = KEY.search(opened.content.decode()).group(1)
    return client.post(url, {"submission_key": key, **data})


def post_by_hand(person, name, /, *args, key_of=None, **data):
    """A POST that no page of ours offered, with a key from some other form."""
    client = factories.client_for(person)
    opened = client.get(key_of or reverse("tickets:ticket_new") + "?bidang=sosial")
    found = KEY.search(opened.content.decode())
    key = found.group(1) if found else ""
    return client.post(reverse(name, args=args), {"submission_key": key, **data})
