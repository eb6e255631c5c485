from django.core.management.base import BaseCommand
from django.utils import timezone

from services.exchange.actions import apply_retention


class Command(BaseCommand):
    help = "Menghapus atau mengosongkan apa yang lewat masa simpannya. Tanpa --write hanya menghitung."

    def add_arguments(self, parser):
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--dry-run", action="store_true", help="hanya menghitung (biasa)")
        chosen.add_argument("--write", action="store_true", help="benar-benar menghapus; tidak dapat dikembalikan")

    def handle(self, *, write, **options):
        def tell(kind, count):
            self.stdout.write(f"{kind.label}: {count}")

        total = apply_retention(today=timezone.localdate(), write=write, tell=tell)
        self.stdout.write(f"{total} dihapus." if write else f"{total} lewat masa simpan. Jalankan lagi dengan --write.")
