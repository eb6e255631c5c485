from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from services.exchange.keeping import BadBackup, check_all, restore_backup
from services.exchange.keeping.telling import Teller

NAMED = 20


class Command(BaseCommand):
    help = "Memulihkan basis data dan berkas dari satu cadangan, lalu memeriksa semua sidiknya."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="folder posyandu-… yang dibuat manage.py backup")
        parser.add_argument("--replace", action="store_true", help="ganti seluruh isi yang sekarang ada")

    def handle(self, *, folder, replace, **options):
        teller = Teller(self.stderr)
        try:
            manifest = restore_backup(folder.resolve(), replace=replace, progress=teller.tell)
        except BadBackup as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{sum(manifest.rows.values())} baris dan {manifest.files} berkas dipulihkan.")
        results = check_all(teller.count)
        for result in results:
            self.stdout.write(f"{result.label}: {result.count} diperiksa, {len(result.bad)} tidak cocok")
            for name in result.bad[:NAMED]:
                self.stdout.write(f"  {name}")
        if any(result.bad for result in results):
            raise CommandError("Ada yang tidak sama dengan sidiknya. Jangan dipakai sebelum diperiksa.")
        self.stdout.write("Semua cocok. Jalankan manage.py migrate bila aplikasi lebih baru dari cadangannya.")
