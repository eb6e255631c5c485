"""`manage.py pass_on_months`, once a day: months that nobody handled by their day go on, "tanpa verifikasi"."""

from django.core.management.base import BaseCommand

from services.reports.actions import pass_on_months


class Command(BaseCommand):
    help = "Teruskan laporan bulan yang lewat batas waktunya, ditandai tanpa verifikasi. Jalankan tiap hari."

    def handle(self, *args, **options):
        steps = pass_on_months()
        self.stdout.write(f"{steps} laporan diteruskan tanpa verifikasi.")
