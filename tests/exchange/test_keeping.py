"""A backup in parts and its way back: all or nothing, on both databases, every hash looked at."""

import hashlib
import io
import json
from datetime import date
from io import StringIO

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from PIL import Image

from services.exchange.keeping import databases, manifest
from services.exchange.keeping.manifest import HashingWriter
from services.files.actions import keep_photo
from services.reports.models import KeptFile, MonthlyReport
from services.residents.models import Resident
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
NIK = "3375034101850001"
WHY = "test"


def photo() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    content.seek(0)
    return content


@pytest.fixture
def kept(settings, tmp_path):
    """A register with a NIK, a frozen report with its file, and a photo; and where backups go."""
    settings.MEDIA_ROOT = tmp_path / "media"
    post = make.posyandu()
    kader = make.user("kader", at=post)
    make.resident(post, "Siti", age_months=400, nik=NIK)
    document = '{"judul":"Laporan"}'
    report = MonthlyReport.objects.create(
        place=post.path, level="posyandu", month=date(2026, 10, 1), version=1, document=document,
        sha256=hashlib.sha256(document.encode()).hexdigest(), posyandu=post,
    )  # fmt: skip
    pdf = b"%PDF-1.7 sama"
    KeptFile.objects.create(
        report=report, format="pdf", filename="laporan.pdf", content_type="application/pdf", content=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )  # fmt: skip
    attachment = keep_photo(upload=photo(), posyandu=post, by=kader)
    return tmp_path / "cadangan", attachment


def run(name: str, *arguments) -> str:
    told = StringIO()
    call_command(name, *map(str, arguments), stdout=told, stderr=StringIO())
    return told.getvalue()


def backed_up(folder):
    run("backup", folder)
    return next(folder.iterdir())


def people() -> list[str]:
    return sorted(Resident.objects.unscoped(reason=WHY).values_list("name", flat=True))


def refused(*arguments) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value)


def test_what_was_kept_comes_back_and_every_hash_is_looked_at(kept):
    folder, attachment = kept
    copy = backed_up(folder)
    Resident.objects.unscoped(reason=WHY).update(name="Rusak")
    path = project.MEDIA_ROOT / attachment.name
    path.unlink()
    (project.MEDIA_ROOT / "berkas" / "baru.jpg").write_bytes(b"sesudah")

    told = run("restore", copy, "--replace")
    assert people() == ["Siti"] and Resident.objects.unscoped(reason=WHY).get().nik == NIK
    assert hashlib.sha256(path.read_bytes()).hexdigest() == attachment.sha256
    assert not (project.MEDIA_ROOT / "berkas" / "baru.jpg").exists()
    for line in ("Laporan beku: 1 diperiksa, 0", "Berkas laporan: 1 diperiksa, 0", "Foto dan pindaian: 1 diperiksa, 0"):
        assert line in told
    assert "Kunci NIK: 1 diperiksa, 0" in told and "Semua cocok" in told
    assert [path.name for path in project.MEDIA_ROOT.iterdir()] == ["berkas"], "nothing lies about"
    assert run("restore", copy, "--replace") == told, "and once more"


def test_the_parts_lie_apart_and_no_key_is_among_them(kept):
    copy = backed_up(kept[0])
    part = databases.database().part
    assert sorted(path.name for path in copy.iterdir()) == sorted([part, "files.tar", "manifest.json"])
    told = json.loads((copy / "manifest.json").read_text())
    assert told["rows"]["residents_resident"] == 1 and told["files"] == 1
    for path in copy.iterdir():
        content = path.read_bytes()
        assert oct(path.stat().st_mode & 0o777) == "0o600"
        assert not any(key.encode() in content for key in (*project.FIELD_KEYS, project.HASH_KEY, NIK))


def test_keys_are_written_elsewhere_once_for_their_owner(kept, tmp_path):
    folder, _ = kept
    folder.mkdir()
    assert "tempat yang sama" in refused("backup", folder, "--keys", folder / "kunci.env")
    assert "tempat yang sama" in refused("backup", folder, "--keys", tmp_path / "kunci.env"), "beside the folder"
    (tmp_path / "brankas").mkdir()
    keys = tmp_path / "brankas" / "kunci.env"
    run("backup", folder, "--keys", keys)
    assert f"HASH_KEY={project.HASH_KEY}\n" in keys.read_text() and oct(keys.stat().st_mode & 0o777) == "0o600"
    assert "File exists" in refused("backup", folder, "--keys", keys), "an older key is never written over"


def test_a_place_that_holds_something_is_not_replaced_unasked(kept):
    copy = backed_up(kept[0])
    Resident.objects.unscoped(reason=WHY).update(name="Baru")
    assert "--replace" in refused("restore", copy) and people() == ["Baru"]


@pytest.mark.parametrize("name", ["database", "files.tar", "manifest.json"])
def test_a_part_that_was_changed_is_refused_and_nothing_happens(kept, name):
    folder, attachment = kept
    copy = backed_up(folder)
    path = next(path for path in copy.iterdir() if path.name.startswith(name))
    content = path.read_bytes()
    path.write_bytes(
        content.replace(b'"made_at": "2', b'"made_at": "1') if name == "manifest.json" else content[:-9] + b"x" * 9
    )
    Resident.objects.unscoped(reason=WHY).update(name="Baru")
    assert refused("restore", copy, "--replace")
    path.unlink()
    assert refused("restore", copy, "--replace") and people() == ["Baru"]
    assert (project.MEDIA_ROOT / attachment.name).exists()


def forged(copy, **changes) -> None:
    """A manifest that was changed by somebody who knows how it is sealed."""
    body = json.loads((copy / "manifest.json").read_text())
    del body["sha256"]
    body |= changes
    (copy / "manifest.json").write_text(json.dumps({**body, "sha256": manifest._hash_of(body)}))


@pytest.mark.parametrize(
    "changes", [{"rows": {"residents_resident": 2}}, {"files": 7}, {"vendor": "oracle"}, {"format": 9}]
)
def test_what_does_not_hold_what_is_noted_leaves_all_as_it_was(kept, changes):
    folder, attachment = kept
    copy = backed_up(folder)
    forged(copy, **changes)
    Resident.objects.unscoped(reason=WHY).update(name="Baru")
    (project.MEDIA_ROOT / "berkas" / "baru.jpg").write_bytes(b"sesudah")
    assert refused("restore", copy, "--replace")
    assert people() == ["Baru"] and (project.MEDIA_ROOT / "berkas" / "baru.jpg").read_bytes() == b"sesudah"
    assert (project.MEDIA_ROOT / attachment.name).exists()
    assert [path.name for path in project.MEDIA_ROOT.iterdir()] == ["berkas"]


def test_what_differs_from_its_hash_is_named_and_the_exit_is_1(kept):
    folder, attachment = kept
    MonthlyReport.objects.unscoped(reason=WHY).update(document='{"judul":"Diubah"}')
    KeptFile.objects.unscoped(reason=WHY).update(content=b"%PDF-1.7 lain")
    (project.MEDIA_ROOT / attachment.name).write_bytes(b"bukan")
    copy = backed_up(folder)
    told = StringIO()
    with pytest.raises(CommandError, match="tidak sama dengan sidiknya"):
        call_command("restore", str(copy), "--replace", stdout=told, stderr=StringIO())
    for line in ("Laporan beku: 1 diperiksa, 1", "Berkas laporan: 1 diperiksa, 1", "Foto dan pindaian: 1 diperiksa, 1"):
        assert line in told.getvalue()
    assert "2026-10 versi 1" in told.getvalue() and "laporan.pdf" in told.getvalue()


def test_with_other_keys_it_says_that_no_nik_can_be_read(kept, settings):
    copy = backed_up(kept[0])
    settings.HASH_KEY = "kunci lain"
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("restore", str(copy), "--replace", stdout=told, stderr=StringIO())
    assert "bukan kunci basis data ini" in told.getvalue()


def test_a_backup_that_breaks_off_leaves_nothing(kept, monkeypatch):
    folder, _ = kept

    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(HashingWriter, "write", full)
    assert "No space left" in refused("backup", folder)
    assert list(folder.iterdir()) == []


def test_backups_do_not_go_among_the_private_files(kept):
    assert "MEDIA_ROOT" in refused("backup", project.MEDIA_ROOT / "cadangan")


def test_a_folder_that_is_no_backup_is_said_so(kept, tmp_path):
    assert "bukan cadangan" in refused("restore", tmp_path / "tidak-ada")


def test_a_tar_that_leads_elsewhere_is_refused(kept, tmp_path):
    import tarfile

    folder, _ = kept
    copy = backed_up(folder)
    with tarfile.open(copy / "files.tar", "w") as tar:
        entry = tarfile.TarInfo("../luar.txt")
        entry.size = 3
        tar.addfile(entry, io.BytesIO(b"xyz"))
    part = manifest.part_of(copy / "files.tar", "", lambda *_: None)
    body = json.loads((copy / "manifest.json").read_text())
    parts = [
        one if one["name"] != "files.tar" else {**one, "size": part.size, "sha256": part.sha256}
        for one in body["parts"]
    ]
    forged(copy, parts=parts)
    assert refused("restore", copy, "--replace")
    assert not (project.MEDIA_ROOT.parent / "luar.txt").exists() and not (project.MEDIA_ROOT / "luar.txt").exists()
