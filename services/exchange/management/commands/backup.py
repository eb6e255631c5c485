from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from services.exchange.keeping import BadBackup, make_backup, write_keys
from services.exchange.keeping.telling import Teller

WITHOUT_KEYS = (
    "Kunci (FIELD_KEYS, HASH_KEY) tidak ikut: dengan kunci di sampingnya, cadangan yang hilang membuka semua NIK. "
    "Simpan kunci sekali di tempat lain dengan --keys."
)


class Command(BaseCommand):
    help = "Mencadangkan basis data dan berkas ke folder baru di dalam DIR. Kunci disimpan terpisah."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--keys", metavar="FILE", type=Path, help="tulis juga kunci ke FILE, di luar DIR")

    def handle(self, *, folder, keys, **options):
        teller = Teller(self.stderr)
        try:
            if keys:
                write_keys(keys, apart_from=folder)
            done, manifest = make_backup(folder, at=timezone.now(), progress=teller.tell)
        except BadBackup as error:
            raise CommandError(str(error)) from None
        for part in manifest.parts:
            self.stdout.write(f"{part.name}: {part.size} byte, SHA-256 {part.sha256}")
        self.stdout.write(f"{sum(manifest.rows.values())} baris, {manifest.files} berkas: {done}")
        self.stdout.write(f"Kunci: {keys}. Simpan di tempat lain." if keys else WITHOUT_KEYS)
