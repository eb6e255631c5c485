"""Keeping photos: private, hashed, seen in scope only."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from services.areas.scope import Scope
from services.audit.models import Entry
from services.files.actions import keep_photo
from services.files.models import Attachment
from services.files.queries import Damaged, content_of
from services.files.rules import BadImage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(size=(60, 40)):
    kept = io.BytesIO()
    Image.new("RGB", size, "brown").save(kept, "JPEG")
    kept.seek(0)
    return kept


@pytest.fixture
def kept():
    post = factories.posyandu()
    return keep_photo(upload=upload(), posyandu=post, by=factories.user(at=post), bound=False)


def test_a_photo_is_kept_privately_and_remembered(folder, kept):
    path = folder / kept.name
    assert content_of(kept) == path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert Entry.objects.unscoped(reason="test").filter(model="attachment", verb="buat").count() == 1


def test_a_changed_or_lost_file_is_not_shown(folder, kept):
    (folder / kept.name).write_bytes(b"other")
    with pytest.raises(Damaged):
        content_of(kept)
    (folder / kept.name).unlink()
    with pytest.raises(Damaged):
        content_of(kept)


def test_what_is_no_photo_leaves_nothing(folder):
    post = factories.posyandu()
    with pytest.raises(BadImage):
        keep_photo(upload=io.BytesIO(b"%PDF-1.7"), posyandu=post, by=factories.user(at=post))
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_bound_photo_is_reached_through_its_owner_alone(kept):
    scope = Scope(user_id=None, posyandu=frozenset([kept.posyandu_id]))
    assert Attachment.objects.within(scope).count() == 1
    Attachment.objects.unscoped(reason="test").update(bound=True)
    assert Attachment.objects.within(scope).count() == 0


def test_files_without_a_row_are_swept_after_a_day(folder, kept, capsys):
    stray = Path(folder / "berkas" / "2020" / "01" / "stray.jpg")
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    call_command("sweep_files")
    assert stray.exists()
    for path in (stray, folder / kept.name):
        os.utime(path, (0, 0))
    call_command("sweep_files")
    assert not stray.exists()
    assert (folder / kept.name).exists()
