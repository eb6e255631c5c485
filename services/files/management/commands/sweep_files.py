"""Remove kept files that no row knows: their form was refused after the photo had been written."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from services.files.queries import strays

SAFE_AGE = timedelta(days=1)


class Command(BaseCommand):
    help = "Remove photos on disk that belong to no row, a day after they were written."

    def handle(self, *args, **options):
        found = strays(timezone.now() - SAFE_AGE)
        for path in found:
            path.unlink(missing_ok=True)
        self.stdout.write(f"{len(found)} berkas tanpa catatan dihapus.")
