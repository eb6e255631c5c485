"""Tell each office by mail what waits for it. To be run once each working morning."""

from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

from services.tickets.queries import Digest, digests


class Command(BaseCommand):
    help = "Send each office (OPD) with an address one mail about the tickets that wait for it."

    def handle(self, *args, **options):
        messages = [message_of(digest) for digest in digests()]
        if messages:
            get_connection().send_messages(messages)
        self.stdout.write(f"{len(messages)} surel dikirim.")


def message_of(digest: Digest) -> EmailMessage:
    """Numbers, what about and where; no name and no story, for mail is read by many."""
    late = f", {digest.late} lewat waktu" if digest.late else ""
    subject = f"{digest.total} laporan warga menunggu {digest.office}{late}"
    body = render_to_string("tickets/email/digest.txt", {"digest": digest})
    return EmailMessage(subject, body, to=[digest.office.email])
