"""accounts:pin_edit"""

import pytest

from tests import factories
from tests.accounts.views.conftest import send

URL = "/akun/pin/"


def test_a_kader_makes_her_own_pin(as_kader, kader):
    form = {"password": factories.PASSWORD, "pin": "1958", "pin_again": "1958"}
    assert send(as_kader, URL, form).url == "/akun/"
    kader.refresh_from_db()
    assert kader.check_pin("1958")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"pin": "1234", "pin_again": "1234"}, "pin"),
        ({"pin": "195", "pin_again": "195"}, "pin"),
        ({"pin_again": "1959"}, "pin_again"),
        ({"password": "salah"}, "password"),
    ],
)
def test_a_weak_or_mistyped_pin_changes_nothing(as_kader, kader, change, field):
    form = {"password": factories.PASSWORD, "pin": "1958", "pin_again": "1958", **change}
    response = send(as_kader, URL, form)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    kader.refresh_from_db()
    assert kader.check_pin("4826")
