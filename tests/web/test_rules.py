from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.web import rules

NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (None, None, "–"),
        (0, None, "0"),
        (1234, None, "1.234"),
        (1234567, None, "1.234.567"),
        (Decimal("1234.50"), None, "1.234,5"),
        (Decimal("9.90"), None, "9,9"),
        (9.955, None, "9,96"),
        (9.9, 2, "9,90"),
        (-0.001, None, "0"),
        (-3.5, None, "-3,5"),
        (2.5, 0, "3"),
    ],
)
def test_numbers_read_as_in_indonesia(value, decimals, text):
    assert rules.number_text(value, decimals) == text


@pytest.mark.parametrize(("value", "text"), [(None, "–"), (0, "0,0%"), (88.88, "88,9%"), (Decimal(100), "100,0%")])
def test_a_percentage_has_one_decimal(value, text):
    assert rules.percent_text(value) == text


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ("+6281234567890", "0812-3456-7890"),
        ("081311112222", "0813-1111-2222"),
        ("+6285612345", "0856-1234-5"),
        ("+62285421234", "0285421234"),
        ("0285-421-234", "0285-421-234"),
        ("0812 3456 7890", "0812 3456 7890"),
        ("+60123456789", "+60123456789"),
        ("", ""),
    ],
)
def test_a_phone_number_is_shown_as_people_write_it(kept, text):
    assert rules.phone_text(kept) == text


def test_dates_read_as_in_indonesia():
    day = date(2026, 11, 10)
    assert rules.date_text(day) == "Selasa, 10 November 2026"
    assert rules.short_date_text(date(2026, 8, 1)) == "1 Agu 2026"
    assert rules.month_text(date(2026, 10, 31)) == "Oktober 2026"
    assert rules.date_text(None) == rules.short_date_text(None) == rules.month_text(None) == "–"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (None, "belum pernah"),
        (datetime(2026, 11, 10, 9, 29, 40, tzinfo=UTC), "baru saja"),
        (datetime(2026, 11, 10, 9, 5, tzinfo=UTC), "25 menit lalu"),
        (datetime(2026, 11, 10, 6, 0, tzinfo=UTC), "3 jam lalu"),
        (date(2026, 11, 10), "hari ini"),
        (datetime(2026, 11, 9, 23, 59, tzinfo=UTC), "kemarin"),
        (date(2026, 11, 7), "3 hari lalu"),
        (date(2026, 9, 1), "2 bulan lalu"),
        (date(2024, 9, 1), "2 tahun lalu"),
        (date(2026, 11, 12), "12 Nov 2026"),
    ],
)
def test_freshness_is_said_in_words(moment, text):
    assert rules.ago_text(moment, NOW) == text
