"""A corrected weight changes what follows from it, down the chain, but not in months that were sent."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from services.posyandu.models import Correction, Period
from services.records.actions import save_record, set_weight_status
from services.records.growth import apply_chain
from services.records.models import Encounter, Measurement
from services.residents.actions import change_resident
from services.web.refusals import Refusal
from tests import factories as make
from tests.counting import at_most

pytestmark = pytest.mark.django_db
TYPED = (9.0, 9.3, 9.3, 9.4)
DAYS = [date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 10)]


@pytest.fixture
def child():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    baby = make.resident(post, "Aisyah", birth_date=date(2025, 1, 5))
    days = [
        Encounter.objects.create(kind="hari_buka", posyandu=post, date=day, period=day.replace(day=1), created_by=kader)
        for day in DAYS
    ]
    return baby, days, kader


def weigh(baby, day, kilograms, kader, base=None):
    answers = {"bb_kg": kilograms}
    return save_record(
        encounter=day, form="kartu_balita", subject=baby, answers=answers, asked=["bb_kg"], base=base or {}, by=kader
    )


def statuses(baby):
    rows = Measurement.objects.unscoped(reason="test").filter(resident=baby).order_by("measured_on")
    return [(row.weight_status, row.no_gain_months) for row in rows]


def test_two_months_without_gain_are_counted(child):
    baby, days, kader = child
    for day, weight in zip(days, (9.0, 9.3, 9.3, 9.4), strict=True):
        weigh(baby, day, weight, kader)
    assert statuses(baby) == [("B", 0), ("N", 0), ("T", 1), ("T", 2)]


def test_a_weight_corrected_in_february_changes_march(child):
    baby, days, kader = child
    for day, weight in zip(days, (9.0, 9.3, 9.3, 9.4), strict=True):
        weigh(baby, day, weight, kader)
    weigh(baby, days[1], 9.0, kader, base={"bb_kg": 9.3})
    assert statuses(baby) == [("B", 0), ("T", 1), ("N", 0), ("T", 1)]


# Months that were sent, the month whose weight is corrected and to what; then the status of January to April, and
# what is proposed to which month. As first typed (9,0 9,3 9,3 9,4) it is B N T 2T.
LATE_EDITS = [
    ("", 2, 9.0, "B T N T", {}),
    ("3", 2, 9.0, "B T T T", {3: "T menjadi N"}),
    ("4", 2, 9.0, "B T N 2T", {4: "2T menjadi T"}),
    ("34", 2, 9.0, "B T T 2T", {3: "T menjadi N", 4: "2T menjadi T"}),
    ("234", 1, 9.2, "B N T 2T", {2: "N menjadi T", 3: "T menjadi 2T", 4: "2T menjadi 3T"}),
    ("24", 1, 9.2, "B N 2T 2T", {2: "N menjadi T", 4: "2T menjadi 3T"}),
    ("1", 2, 9.0, "B T N T", {}),  # nothing reaches back
    ("4", 1, 8.9, "B N T 2T", {}),  # nothing would change there
]


@pytest.fixture
def weighed(child):
    baby, days, kader = child
    for day, weight in zip(days, TYPED, strict=True):
        weigh(baby, day, weight, kader)
    return child


def send_months(*months, **values):
    rows = Period.objects.unscoped(reason="test").filter(month__in=[date(2026, month, 1) for month in months])
    rows.update(**{"state": Period.State.SUBMITTED, **values})


def proposals():
    rows = Correction.objects.unscoped(reason="test").filter(state="usul").select_related("period")
    return {row.period.month.month: row.what.split(": ")[1].rstrip(".") for row in rows.order_by("period__month")}


def in_letters(baby):
    return " ".join(f"{count}{letter}" if count > 1 else letter for letter, count in statuses(baby))


@pytest.mark.parametrize(("sent", "month", "kilograms", "after", "proposed"), LATE_EDITS)
def test_a_late_correction_changes_open_months_and_proposes_one_change_to_each_sent_one(
    weighed, sent, month, kilograms, after, proposed
):
    baby, days, kader = weighed
    send_months(*map(int, sent))
    weigh(baby, days[month - 1], kilograms, kader, base={"bb_kg": TYPED[month - 1]})
    assert in_letters(baby) == after
    assert proposals() == proposed
    assert not [row.what for row in Correction.objects.unscoped(reason="test") if baby.name in row.what]


def test_a_proposal_says_what_would_change_now_and_goes_when_nothing_would(weighed):
    baby, days, kader = weighed
    send_months(3, 4)
    weigh(baby, days[1], 9.0, kader, base={"bb_kg": 9.3})
    weigh(baby, days[1], 9.15, kader, base={"bb_kg": 9.0})
    assert proposals() == {4: "2T menjadi 3T", 3: "T menjadi 2T"}
    weigh(baby, days[1], 9.3, kader, base={"bb_kg": 9.15})
    assert proposals() == {}
    assert in_letters(baby) == "B N T 2T"


def test_a_proposed_birth_date_waits_although_other_weights_change(weighed):
    baby, days, kader = weighed
    send_months(4)
    change_resident(residency=baby.residencies.get(), birth_date=date(2024, 12, 5), by=kader)
    assert proposals()[4].endswith("dihitung ulang")
    weigh(baby, days[2], 9.1, kader, base={"bb_kg": 9.3})
    assert proposals() == {4: "2T menjadi N; BB/U dihitung ulang"}


def test_a_refused_proposal_is_not_asked_again(weighed):
    baby, days, kader = weighed
    send_months(3)
    weigh(baby, days[1], 9.0, kader, base={"bb_kg": 9.3})
    Correction.objects.unscoped(reason="test").update(state=Correction.State.REFUSED)
    weigh(baby, days[1], 9.05, kader, base={"bb_kg": 9.0})
    assert proposals() == {}


def test_a_sent_month_that_is_opened_for_correction_is_written_at_once(weighed):
    baby, days, kader = weighed
    send_months(3, exception_until=timezone.now() + timedelta(days=1))
    weigh(baby, days[1], 9.0, kader, base={"bb_kg": 9.3})
    assert in_letters(baby) == "B T N T"
    assert proposals() == {}


def test_a_missed_month_is_o_and_breaks_the_chain(child):
    baby, days, kader = child
    weigh(baby, days[0], 9.0, kader)
    weigh(baby, days[2], 9.1, kader)
    weigh(baby, days[3], 9.1, kader)
    assert statuses(baby) == [("B", 0), ("O", 0), ("T", 1)]


def test_taking_the_weight_back_takes_its_results_back(child):
    baby, days, kader = child
    weigh(baby, days[0], 9.0, kader)
    save_record(
        encounter=days[0], form="kartu_balita", subject=baby, answers={}, asked=["bb_kg"], base={"bb_kg": 9.0}, by=kader
    )
    row = Measurement.objects.unscoped(reason="test").get()
    assert (row.weight_g, row.z_wfa, row.weight_status) == (None, None, "")


def test_a_weight_from_the_buku_kia_gives_n_or_t_in_the_first_month(child):
    baby, days, kader = child
    answers = {"punya_buku_kia": "ya", "bb_sebelumnya_kg": 8.9, "tanggal_bb_sebelumnya": "2025-12-12", "bb_kg": 9.0}
    save_record(encounter=days[0], form="kartu_balita", subject=baby, answers=answers, base={}, by=kader)
    assert statuses(baby) == [("T", 1)]


def test_a_weight_from_the_buku_kia_of_an_older_month_leaves_the_first_one_new(child):
    baby, days, kader = child
    answers = {"punya_buku_kia": "ya", "bb_sebelumnya_kg": 8.9, "tanggal_bb_sebelumnya": "2025-11-12", "bb_kg": 9.0}
    save_record(encounter=days[0], form="kartu_balita", subject=baby, answers=answers, base={}, by=kader)
    assert statuses(baby) == [("B", 0)]


def test_a_day_before_birth_is_refused_beside_its_question(child):
    baby, days, kader = child
    answers = {"punya_buku_kia": "ya", "bb_sebelumnya_kg": 3.0, "tanggal_bb_sebelumnya": "2025-01-04"}
    with pytest.raises(Refusal) as refusal:
        save_record(encounter=days[0], form="kartu_balita", subject=baby, answers=answers, base={}, by=kader)
    assert (refusal.value.status, refusal.value.field) == (422, "tanggal_bb_sebelumnya")
    late = make.resident(days[0].posyandu, "Nanti", birth_date=date(2026, 2, 1))
    with pytest.raises(Refusal, match="sebelum tanggal lahir"):
        weigh(late, days[0], 3.0, kader)


def measured(baby, number):
    rows = Measurement.objects.unscoped(reason="test").filter(resident=baby).select_related("encounter__posyandu")
    return rows.order_by("measured_on")[number]


def test_a_health_workers_word_counts_and_what_was_computed_stays(child):
    baby, days, kader = child
    for day, weight in zip(days, (9.0, 9.3, 9.3, 9.4), strict=True):
        weigh(baby, day, weight, kader)
    set_weight_status(measurement=measured(baby, 2), status="N", reason="Mengikuti garis", by=kader)
    assert statuses(baby) == [("B", 0), ("N", 0), ("N", 0), ("T", 1)]
    row = measured(baby, 2)
    assert (row.status_computed, row.status_override, row.override_note) == ("T", "N", "Mengikuti garis")
    weigh(baby, days[3], 9.5, kader, base={"bb_kg": 9.4})
    assert statuses(baby)[2] == ("N", 0)
    set_weight_status(measurement=measured(baby, 2), status="", reason="", by=kader)
    assert statuses(baby)[2:] == [("T", 1), ("N", 0)]


@pytest.mark.parametrize(("number", "status", "reason"), [(2, "N", " "), (0, "N", "Baru"), (2, "X", "Salah")])
def test_a_word_without_reason_or_on_a_month_without_n_or_t_is_refused(child, number, status, reason):
    baby, days, kader = child
    for day, weight in zip(days, (9.0, 9.3, 9.3, 9.4), strict=True):
        weigh(baby, day, weight, kader)
    with pytest.raises(Refusal):
        set_weight_status(measurement=measured(baby, number), status=status, reason=reason, by=kader)


def test_a_corrected_birth_date_computes_all_growth_again_but_not_in_sent_months(child):
    baby, days, kader = child
    for day, weight in zip(days, (9.0, 9.1, 9.2, 9.3), strict=True):
        weigh(baby, day, weight, kader)
    before = [measured(baby, number).z_wfa for number in range(4)]
    sent = Period.objects.unscoped(reason="test").get(month=DAYS[3].replace(day=1))
    sent.state = Period.State.SUBMITTED
    sent.save()
    change_resident(residency=baby.residencies.get(), birth_date=date(2025, 9, 5), by=kader)
    after = [measured(baby, number).z_wfa for number in range(4)]
    assert all(new > old for new, old in zip(after[:3], before[:3], strict=True))
    assert after[3] == before[3]
    assert statuses(baby)[1] == ("T", 1)  # at five months 100 g are too little


def test_a_corrected_sex_counts_by_the_other_table(child):
    baby, days, kader = child
    weigh(baby, days[0], 9.0, kader)
    girl = measured(baby, 0).z_wfa
    change_resident(residency=baby.residencies.get(), sex="L", by=kader)
    assert measured(baby, 0).z_wfa < girl


def test_saving_a_card_over_sixty_months_asks_at_most_twelve_times():
    post = make.posyandu()
    kader = make.user("kader", at=post)
    baby = make.resident(post, "Aisyah", birth_date=date(2021, 1, 5))
    encounters = [
        Encounter.objects.create(kind="hari_buka", posyandu=post, date=day, period=day.replace(day=1), created_by=kader)
        for day in (date(2021 + (1 + n) // 12, (1 + n) % 12 + 1, 10) for n in range(60))
    ]
    for number, encounter in enumerate(encounters):
        weigh(baby, encounter, 4.0 + number / 10, kader)
    with at_most(12):
        weigh(baby, encounters[0], 9.0, kader, base={"bb_kg": 4.0})


def test_a_month_weighed_only_elsewhere_breaks_the_row_of_t(child):
    baby, days, kader = child
    facts = ((1, 9000, None), (2, 9050, None), (4, 9100, date(2026, 3, 20)))
    rows = [
        Measurement(
            resident=baby,
            encounter=days[0],
            measured_on=date(2026, month, 10),
            weight_g=grams,
            earlier_weight_g=9080 if elsewhere else None,
            earlier_weighed_on=elsewhere,
        )
        for month, grams, elsewhere in facts
    ]
    apply_chain(baby, rows)
    assert [(row.weight_status, row.no_gain_months) for row in rows] == [("B", 0), ("T", 1), ("T", 1)]
