"""What the app says when it will not do something: always a sentence that tells what to do instead."""

from http import HTTPStatus


class Refusal(Exception):
    """A write that is refused. `message` is shown as it is; nothing was changed. Answered with `status` (4xx)."""

    status = HTTPStatus.CONFLICT
    # A refusal that may pass by itself: the form is kept (web.keeping) for the place, and the month, it is about.
    keepable = False
    place = ""
    month = None

    def __init__(self, message: str, *, status: int | None = None, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field
        if status is not None:
            self.status = HTTPStatus(status)
