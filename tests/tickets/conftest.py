"""A district with its offices, and the people around one ticket."""

import io
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from services.accounts.models import Assignment
from services.areas.models import Area
from services.tickets.actions import add_default_offices, open_ticket
from tests import factories


def photo(name: str = "sumur.jpg", size=(64, 48)) -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", size, "brown").save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), content_type="image/jpeg")


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # days off and wrong codes are remembered over requests
    yield
    cache.clear()


def of_office(office, name: str):
    person = factories.user("opd", name=name)
    Assignment.objects.create(user=person, role="opd", office=office, from_date=factories.LONG_AGO)
    return person


@pytest.fixture
def town(db):
    """Two posts of one kelurahan, one elsewhere, their people, and the district's offices."""
    post = factories.posyandu()
    beside = factories.posyandu("Melati")
    far = factories.posyandu("Margo Utomo", area="33.20.13.2004")
    people = {role: factories.user(role, at=post) for role in ("kader", "ketua", "sekretaris")}
    village = {role: factories.user(role, at="33.75.03.1003") for role in ("lurah", "kelurahan")}
    offices = {
        office.name: office for office in add_default_offices(district=Area.objects.get(pk="33.75"), by=people["ketua"])
    }
    return SimpleNamespace(
        post=post,
        beside=beside,
        far=far,
        **people,
        **village,
        other_kader=factories.user("kader", at=post),
        kader_beside=factories.user("kader", at=beside),
        kader_far=factories.user("kader", at=far),
        kota=factories.user("kota", at="33.75"),
        auditor=factories.user("auditor", at="33.75"),
        offices=offices,
        dpupr=of_office(offices["DPUPR"], "Pak Dpu"),
        dp3a=of_office(offices["DP3A"], "Bu Dp3a"),
        dinsos=of_office(offices["Dinas Sosial"], "Pak Sos"),
    )


@pytest.fixture
def well(town):
    """A broken well, complained about with place and photo."""
    return open_ticket(
        posyandu=town.post,
        field="pekerjaan_umum",
        request_type="sumur",
        kind="pengaduan",
        place="RT 02 dekat musala",
        reporter_name="Slamet Riyadi",
        reporter_phone="081234567890",
        photo=photo(),
        by=town.kader,
    )


@pytest.fixture
def kdrt(town):
    """A confidential ticket of the kader."""
    return open_ticket(
        posyandu=town.post,
        field="sosial",
        request_type="lainnya",
        kind="pengaduan",
        description="Suami memukul.",
        reporter_name="Korban Sekali",
        consent="korban",
        confidential=True,
        by=town.kader,
    )
