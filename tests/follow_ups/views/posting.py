"""A form sent as a browser sends it."""

from services.web.submissions import new_key


def send(client, url, who, **data):
    return client.post(url, {"submission_key": new_key(who), **data})
