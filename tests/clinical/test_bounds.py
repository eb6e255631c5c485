import pytest

from services.clinical.bounds import advice, change_advice, limits_for, refusal


@pytest.mark.parametrize(
    ("measure", "value", "months", "words"),
    [
        ("weight", 0.3, 1, ""),
        ("weight", 60, 59, ""),
        ("weight", 0.29, 1, "di luar"),
        ("weight", 10400, 20, "mungkin gram"),
        ("weight", 61, 59, "di luar"),
        ("weight", 61, 60, ""),
        ("length", 25, 1, ""),
        ("length", 150, 59, ""),
        ("length", 848, 20, "mungkin milimeter"),
        ("length", 0.84, 20, "mungkin meter"),
        ("length", 170, 59, "di luar"),
        ("length", 170, 180, ""),
        ("head", 71, 20, "di luar"),
        ("muac", 3, 20, "di luar"),
    ],
)
def test_what_cannot_be_right_is_refused_with_the_likely_slip(measure, value, months, words):
    reason = refusal(value, limits_for(measure, months))
    assert words in reason
    assert bool(words) is bool(reason)


def test_unusual_values_are_only_asked_about():
    weight = limits_for("weight", 20)
    assert advice(0.89, weight) == "Berat 0,89 kg tidak biasa, periksa ulang"
    assert advice(0.9, weight) == advice(58, weight) == ""
    assert advice(58.1, weight)
    assert advice(37.9, limits_for("length", 20))
    assert advice(24.9, limits_for("head", 20))
    assert advice(35.1, limits_for("muac", 20))


@pytest.mark.parametrize(
    ("now", "before", "asked"),
    [
        ((22000, 901), (20000, 900), False),
        ((22001, 901), (20000, 900), True),  # more than 2 kg
        ((18000, 901), (20000, 900), False),
        ((17999, 901), (20000, 900), True),
        ((11500, 901), (10000, 900), False),
        ((11501, 901), (10000, 900), True),  # more than 15 %
        ((6000, 901), (5000, 900), True),  # 20 %
        ((10000, 895), (9900, 900), False),
        ((10000, 894), (9900, 900), True),
        ((10000, 900), (10000, 900), True),  # a copy of last month
        ((10000, 905), (10000, 900), False),
        ((10000, None), (10000, None), True),
        ((10000, 905), (None, None), False),
        ((None, 905), (10000, 900), False),
    ],
)
def test_change_since_last_month(now, before, asked):
    questions = change_advice(
        weight_g=now[0], length_mm=now[1], previous_weight_g=before[0], previous_length_mm=before[1]
    )
    assert bool(questions) is asked, questions
