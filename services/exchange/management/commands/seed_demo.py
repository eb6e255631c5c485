from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from services.exchange import demo
from services.exchange.demo.users import lines

START_OVER = (
    "Pembuatan contoh kota terputus, jadi belum lengkap dan belum ada yang dapat masuk. "
    "Kosongkan basis data ini dengan `manage.py flush`, lalu jalankan seed_demo lagi."
)


class Command(BaseCommand):
    help = "Mengisi basis data kosong dengan contoh: posyandu, warga, hari buka, kunjungan, dan pengguna. Perlu DEMO=1."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=demo.SIZES, default="small", help="tiny untuk uji, small (biasa), city")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="angka yang sama memberi contoh yang sama")
        parser.add_argument("--if-empty", action="store_true", help="tidak berbuat apa-apa bila sudah ada posyandu")

    def handle(self, *, size, seed, if_empty, **options):
        if not settings.DEMO:
            raise CommandError("Contoh hanya dibuat dalam mode demo. Jalankan dengan DEMO=1.")
        if if_empty and not (demo.is_empty() or demo.is_unfinished()):
            self.stdout.write("Sudah ada isinya, tidak ada yang ditambahkan.")
        else:
            self._seed(size, seed)
        for line in lines():
            self.stdout.write(line)

    def _seed(self, size, seed):
        try:
            written = demo.seed(size, seed, stdout=self.stdout)
        except demo.Unfinished:
            raise CommandError(START_OVER) from None
        except demo.NotEmpty:
            raise CommandError("Sudah ada posyandu di sini. Contoh hanya dibuat di basis data kosong.") from None
        except BaseException:
            if demo.is_unfinished():
                self.stderr.write(START_OVER)
            raise
        for line in demo.summary(written):
            self.stdout.write(line)
