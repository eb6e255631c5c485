from datetime import date

from django.core.management.base import BaseCommand

from services.follow_ups.actions import Changes, refresh_needs
from services.posyandu.models import Posyandu


class Command(BaseCommand):
    help = "Opens and closes home-visit needs by today's dates, for every live posyandu. Run it once a day."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="another day than today, as 2026-11-10")

    def handle(self, *args, on=None, **options):
        posts = Posyandu.objects.unscoped(reason="the daily computation of every posyandu")
        live = posts.filter(live_from__isnull=False, state=Posyandu.State.ACTIVE).order_by("path")
        total = Changes()
        for posyandu in live.iterator():
            total += refresh_needs(posyandu=posyandu, on=on)
        self.stdout.write(f"opened {total.opened}, closed {total.closed}")
