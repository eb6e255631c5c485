"""How passwords and PINs are kept. Other tests hash quickly; what the settings themselves say is held here."""

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password

from posyandu_spm import settings as written


@pytest.fixture
def real_passwords(settings, quick_passwords):
    """The hashers as the settings name them, not those of quick tests."""
    settings.PASSWORD_HASHERS = written.PASSWORD_HASHERS


def test_a_new_password_is_hashed_with_argon2(real_passwords):
    assert written.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert make_password("melati-pagi-4821").startswith("argon2$argon2id$")


def test_no_weak_way_to_hash_is_accepted(real_passwords):
    with pytest.raises(ValueError):
        identify_hasher("md5$salt$0123456789abcdef0123456789abcdef")
