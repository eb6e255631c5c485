"""Give a kab/kota the usual offices and routes, which its admin then corrects."""

from django.core.management.base import BaseCommand, CommandError

from services.areas.models import Area
from services.tickets.actions import add_default_offices


class Command(BaseCommand):
    help = "Add the usual offices (OPD) of a kab/kota by its code, e.g. 33.75."

    def add_arguments(self, parser):
        parser.add_argument("district")

    def handle(self, *args, **options):
        district = Area.objects.filter(pk=options["district"], level=Area.Level.DISTRICT).first()
        if district is None:
            raise CommandError(f"{options['district']} bukan kode kabupaten/kota yang dikenal.")
        offices = add_default_offices(district=district, by=None)
        self.stdout.write(f"{len(offices)} kantor di {district}.")
