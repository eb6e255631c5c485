import pytest

from services.areas import clock
from tests import factories as make


@pytest.fixture
def here(db):
    """A posyandu with a kader, and another in another district with hers."""

    class Here:
        post = make.posyandu()
        other = make.posyandu("Margo Utomo", "33.20.13.2004")

    Here.kader = make.user("kader", at=Here.post)
    Here.stranger = make.user("kader", at=Here.other)
    Here.officer = make.user("kelurahan", at="33.75.03.1003")
    Here.today = clock.today(Here.post.area_id)
    return Here
