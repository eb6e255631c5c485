"""Take over a list of days off, for the country or one kab/kota. A bad date refuses the whole file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from services.areas.models import Area
from services.areas.resources import holiday_rows
from services.areas.rules import BadList
from services.tickets.actions import import_holidays


class Command(BaseCommand):
    help = "Import days off from a CSV (date,name,kind,estimated,source)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--district", default="", help="code of a kab/kota; without it: the whole country")

    def handle(self, *args, **options):
        code = options["district"]
        district = Area.objects.filter(pk=code, level=Area.Level.DISTRICT).first() if code else None
        if code and district is None:
            raise CommandError(f"{code} bukan kode kabupaten/kota yang dikenal.")
        try:
            count = import_holidays(rows=holiday_rows(options["file"]), district=district, by=None)
        except BadList as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{count} hari libur tersimpan.")
