import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from services.areas import clock
from services.areas.models import Area
from services.areas.queries import find_area
from services.posyandu.actions import UnknownDecisions, import_posyandu
from services.posyandu.queries import NEW, Analysis, Kind, analyse
from services.posyandu.resources import PostRow, read_posts
from services.web.refusals import Refusal
from services.web.tables import read_table


class Command(BaseCommand):
    help = "Membandingkan daftar posyandu (CSV atau XLSX) dengan yang terdaftar; --write menyimpan yang baru."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--write", action="store_true", help="simpan baris yang baru (tanpa ini hanya dianalisis)")
        parser.add_argument(
            "--within", metavar="KODE", help="hanya di wilayah ini; nama desa/kelurahan dicari di dalamnya"
        )
        parser.add_argument(
            "--same", action="append", default=[], metavar="BARIS=KODE", help="baris yang mirip ini sama dengan KODE"
        )
        parser.add_argument(
            "--new", action="append", default=[], type=int, metavar="BARIS", help="baris yang mirip ini posyandu baru"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file, write, within, same, new, **options):
        try:
            areas = _areas(within)
            rows = _rows(file, areas)
            decisions = _decisions(same, new)
            if write:
                analysis = import_posyandu(rows=rows, areas=areas, by=None, on=clock.today(), decisions=decisions)
            else:
                analysis = analyse(rows, areas=areas, decisions=decisions)
                if analysis.unknown:
                    raise UnknownDecisions(analysis.unknown)
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        self._print(analysis, as_json=options["format"] == "json", written=write)

    def _print(self, analysis: Analysis, *, as_json: bool, written: bool) -> None:
        if as_json:
            rows = [_as_dict(finding) for finding in analysis.findings]
            self.stdout.write(
                json.dumps({"counts": analysis.counts, "written": written, "rows": rows}, ensure_ascii=False)
            )
            return
        counts = analysis.counts
        self.stdout.write(
            ", ".join(f"{kind} {counts[kind]}" for kind in ("baru", "sama", "mirip", "ditolak")).capitalize() + "."
        )
        for finding in analysis.findings:
            self.stdout.write(_line(finding))
        self.stdout.write("Yang baru sudah disimpan." if written else "Belum ada yang disimpan; tambahkan --write.")


def _areas(within: str | None) -> tuple[str, ...] | None:
    if within is None:
        return None
    area = find_area(within)
    if area is None:
        raise Refusal(f"Wilayah {within} tidak dikenal. Jalankan import_areas lebih dulu, atau periksa kodenya.")
    return (area.pk,)


def _rows(file: Path, areas: tuple[str, ...] | None) -> list[PostRow]:
    try:
        # One byte more than allowed is enough to know that it is too big.
        with file.open("rb") as source:
            content = source.read(settings.UPLOAD_MAX_BYTES + 1)
    except OSError as error:
        raise Refusal(f"Berkas {file} tidak bisa dibuka.") from error
    sheets = read_table(content, most_bytes=settings.UPLOAD_MAX_BYTES)
    one_village = bool(areas) and Area.objects.filter(pk=areas[0], level=Area.Level.VILLAGE).exists()
    return read_posts(sheets, village_given=one_village)


def _decisions(same: list[str], new: list[int]) -> dict[int, str]:
    """Row → code, or NEW. One row cannot be two things; saying the same twice is no harm."""
    decisions: dict[int, str] = {}
    for row, decision in [*(_pair(text) for text in same), *((row, NEW) for row in new)]:
        if decisions.setdefault(row, decision) != decision:
            raise Refusal(f"Baris {row} dipilih dua kali dengan pilihan yang berbeda. Pilih salah satu.")
    return decisions


def _pair(text: str) -> tuple[int, str]:
    row, _, code = text.partition("=")
    if not row.strip().isdecimal() or not code.strip():
        raise Refusal(f"Tulis --same BARIS=KODE, bukan {text!r}.")
    return int(row), code.strip()


def _line(finding) -> str:
    row, place = finding.row, finding.area.title if finding.area else finding.row.village
    line = f"  baris {row.row}: {finding.kind} · {row.name or '(tanpa nama)'} · {place} · RW {row.rw or '–'}"
    if finding.kind == Kind.SAME:
        line += f" = {finding.posts[0].path} {finding.posts[0].name}"
        line += "".join(f" · {one.label}: {one.registered or '–'} → {one.listed}" for one in finding.differences)
    if finding.reason:
        line += f" · {finding.reason}"
    if finding.kind == Kind.SIMILAR:
        for post in finding.posts:
            line += f"\n      {post.path} {post.name}, RW {post.rw or '–'}: --same {row.row}={post.path}"
        line += f"\n      bukan yang lain: --new {row.row}"
    return line


def _as_dict(finding) -> dict:
    return {
        "row": finding.row.row,
        "kind": finding.kind.value,
        "name": finding.row.name,
        "area": finding.area.pk if finding.area else None,
        "rw": finding.row.rw,
        "posts": [{"code": post.path, "name": post.name, "rw": post.rw} for post in finding.posts],
        "differences": {one.label: [one.registered, one.listed] for one in finding.differences},
        "reason": finding.reason,
    }
