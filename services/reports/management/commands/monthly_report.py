"""`manage.py monthly_report --place 33.75.03.1003.1 --month 2026-10 --format pdf --output laporan.pdf`"""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand

from services.reports.actions import keep_file
from services.reports.figures import DEFINITIONS
from services.reports.monthly import CannotReport, frozen_row, monthly_report, read_month
from services.reports.sources import UnknownPlace

BAD_REQUEST = 2


class Refused(Exception):
    """The command cannot do what was asked; the text is one sentence for people."""


class Command(BaseCommand):
    requires_system_checks = ["reports"]
    help = "Laporan bulanan satu posyandu, desa, kelurahan, kecamatan, kabupaten, atau kota: PDF, XLSX, atau JSON."

    def add_arguments(self, parser):
        parser.add_argument(
            "--place", metavar="KODE", help="33.75.03.1003.1 posyandu, 33.75.03.1003 kelurahan, 33.75 kota …"
        )
        parser.add_argument("--month", metavar="TAHUN-BULAN", help="2026-10")
        parser.add_argument("--format", metavar="BENTUK", default="pdf", help="pdf, xlsx, atau json")
        parser.add_argument("--output", metavar="BERKAS", help="nama berkas; - untuk layar")
        parser.add_argument("--report-version", metavar="N", type=int, help="versi yang sudah dibekukan")
        parser.add_argument("--list-figures", action="store_true", help="kunci semua angka dengan kalimatnya")

    def handle(self, *args, **options):
        if options["list_figures"]:
            for definition in DEFINITIONS:
                self.stdout.write(f"{definition.key}\t{definition.label}\t{definition.sentence}")
            return
        try:
            self._make(options)
        except (Refused, UnknownPlace, CannotReport) as problem:
            self.stderr.write(str(problem))
            sys.exit(BAD_REQUEST)

    def _make(self, options):
        for name in ("place", "month", "output"):
            if not options[name]:
                raise Refused(f"Tulis juga --{name}.")
        content = self._content(options, read_month(options["month"]))
        if options["output"] == "-":
            self._print(content)
        else:
            write_whole(Path(options["output"]), content)

    def _content(self, options, month) -> bytes:
        """The report counted now, or a version in the bytes that were kept of it."""
        render = renderer(options["format"])
        if options["report_version"] is None:
            return render(monthly_report(options["place"], month, scope=None)).content
        row = frozen_row(options["place"], month, options["report_version"], scope=None)
        return bytes(keep_file(row=row, file_format=options["format"], render=render).content)

    def _print(self, content: bytes):
        stream = getattr(self.stdout._out, "buffer", None)
        if stream is None:
            self.stdout.write(content.decode("utf-8", "surrogateescape"), ending="")
            return
        stream.write(content)
        stream.flush()


def renderer(name: str):
    """The render function of a format; a format's library is loaded only when asked for."""
    if name == "json":
        from services.reports.renderers import json as module
    elif name == "xlsx":
        from services.reports.renderers import xlsx as module
    elif name == "pdf":
        from services.reports.renderers import pdf as module
    else:
        raise Refused(f"Bentuk “{name}” tidak dikenal. Pilih pdf, xlsx, atau json.")
    return module.render


def write_whole(path: Path, content: bytes) -> None:
    """Write the file at once, or not at all. A device or pipe (/dev/stdout) is written into and stays what it is."""
    try:
        if not path.parent.is_dir():
            raise Refused(f"Folder {path.parent} tidak ada.")
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)
    except OSError as problem:
        raise Refused(f"Berkas {path} tidak dapat ditulis: {problem.strerror}.") from problem


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".laporan.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
