import os
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from services.web.uploads import KEPT_AT_MOST, LASTS, UploadGone, drop_upload, keep_upload, open_upload, sweep_uploads
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "menunggu"


@pytest.fixture
def owner(folder):
    return factories.user()


def test_an_upload_is_opened_again_by_its_owner(owner):
    assert open_upload(keep_upload(b"isi", by=owner), by=owner) == b"isi"


def test_nobody_else_opens_it(owner):
    with pytest.raises(UploadGone):
        open_upload(keep_upload(b"isi", by=owner), by=factories.user())


@pytest.mark.parametrize(
    "change", [lambda ref: ref + "x", lambda ref: ref[1:], lambda ref: "", lambda ref: "../../etc/passwd"]
)
def test_a_changed_reference_opens_nothing(owner, change):
    with pytest.raises(UploadGone):
        open_upload(change(keep_upload(b"isi", by=owner)), by=owner)


def test_a_file_changed_on_disk_is_not_given(owner, folder):
    reference = keep_upload(b"isi", by=owner)
    next(folder.iterdir()).write_bytes(b"lain")
    with pytest.raises(UploadGone):
        open_upload(reference, by=owner)


def test_a_dropped_upload_is_gone_and_dropping_twice_is_harmless(owner, folder):
    reference = keep_upload(b"isi", by=owner)
    drop_upload(reference, by=owner)
    drop_upload(reference, by=owner)
    assert not list(folder.iterdir())
    with pytest.raises(UploadGone):
        open_upload(reference, by=owner)


def test_a_reference_lasts_two_hours(owner):
    reference = keep_upload(b"isi", by=owner)
    with time_machine.travel(timezone.now() + LASTS + timedelta(minutes=1), tick=False), pytest.raises(UploadGone):
        open_upload(reference, by=owner)


def test_files_nobody_came_back_for_are_swept(owner, folder):
    keep_upload(b"lama", by=owner)
    [old] = folder.iterdir()
    before = (timezone.now() - KEPT_AT_MOST - timedelta(minutes=1)).timestamp()
    os.utime(old, (before, before))
    keep_upload(b"baru", by=owner)
    assert [path.read_bytes() for path in folder.iterdir()] == [b"baru"]
    assert sweep_uploads() == 0
