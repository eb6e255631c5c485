"""A person's card on an open day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.areas.models import DistrictSetting
from services.posyandu.models import Period
from services.records.models import Measurement, Record
from services.web.submissions import new_key
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def here(db):
    post = make.posyandu()
    kader = make.user("kader", at=post)
    day = make.open_day(post, TODAY, by=kader)
    child = make.resident(post, "Aisyah Putri", age_months=23)
    return post, kader, day, child


def url(day, person, form="kartu_balita"):
    return reverse("open_days:record_edit", args=[day.pk, person.pk, form])


def send(client, day, person, kader, **answers):
    return client.post(url(day, person), {"submission_key": new_key(kader), "base": "{}", **answers})


def test_a_weight_becomes_record_measurement_and_attendance(here):
    _, kader, day, child = here
    response = send(make.client_for(kader), day, child, kader, bb_kg="9,8", pb_tb_cm="80.5", cara_ukur="berdiri")

    assert response.status_code == 302
    record = Record.objects.unscoped(reason="test").get()
    assert record.answers == {"bb_kg": 9.8, "pb_tb_cm": 80.5, "cara_ukur": "berdiri"}
    measured = Measurement.objects.unscoped(reason="test").get()
    assert (measured.weight_g, measured.length_mm, measured.position) == (9800, 805, "H")
    assert measured.z_wfa is not None and measured.standard
    assert day.encounter.attendances.filter(resident=child, state="hadir").exists()


def test_a_card_without_an_answer_is_not_done_and_says_so_kindly(here):
    _, kader, day, child = here
    make.present(day, child, by=kader)
    response = send(make.client_for(kader), day, child, kader, bb_kg="")
    assert response.status_code == 422
    assert "Isi paling sedikit satu jawaban" in response.content.decode()
    assert not Record.objects.unscoped(reason="test").exists()
    assert not day.encounter.attendances.get(resident=child).is_done


@pytest.mark.parametrize(
    "weight, said", [("98", "di luar batas"), ("9800", "kilogram"), ("abc", "angka"), ("nan", "angka")]
)
def test_a_weight_out_of_bounds_is_422_says_so_and_keeps_what_was_typed(here, weight, said):
    _, kader, day, child = here
    response = send(make.client_for(kader), day, child, kader, bb_kg=weight, pb_tb_cm="80,5")

    assert response.status_code == 422
    page = response.content.decode()
    assert said in page and f'value="{weight}"' in page and 'value="80,5"' in page
    assert not Record.objects.unscoped(reason="test").exists()


def test_two_kader_on_one_person_are_merged_per_question(here):
    post, kader, day, child = here
    other = make.user("kader", at=post)
    send(make.client_for(kader), day, child, kader, bb_kg="9,8")
    response = send(make.client_for(other), day, child, other, lk_cm="46,5")

    assert response.status_code == 302
    assert Record.objects.unscoped(reason="test").get().answers == {"bb_kg": 9.8, "lk_cm": 46.5}


def test_the_same_question_changed_meanwhile_shows_both_answers_and_waits_for_a_choice(here):
    post, kader, day, child = here
    other = make.user("kader", at=post)
    send(make.client_for(kader), day, child, kader, bb_kg="9,8")
    client = make.client_for(other)
    response = send(client, day, child, other, bb_kg="8,9")

    assert response.status_code == 409
    assert "9,8" in response.content.decode() and 'value="8,9"' in response.content.decode()
    assert Record.objects.unscoped(reason="test").get().answers == {"bb_kg": 9.8}

    page = response.context
    chosen = {"submission_key": page["submission_key"], "base": page["sheet"].base, "bb_kg": "8,9"}
    assert client.post(url(day, child), chosen).status_code == 302
    assert Record.objects.unscoped(reason="test").get().answers == {"bb_kg": 8.9}


def test_the_same_form_twice_is_one_record_and_one_receipt(here):
    _, kader, day, child = here
    client, body = make.client_for(kader), {"submission_key": new_key(kader), "base": "{}", "bb_kg": "9,8"}
    first, second = client.post(url(day, child), body), client.post(url(day, child), body)

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Record.objects.unscoped(reason="test").count() == 1


def test_a_month_that_was_sent_refuses_and_keeps_what_was_typed(here):
    post, kader, day, child = here
    Period.objects.create(posyandu=post, month=TODAY.replace(day=1), state="diajukan")
    response = send(make.client_for(kader), day, child, kader, bb_kg="9,8")

    assert response.status_code == 409
    assert "sudah dikirim" in response.content.decode() and 'value="9,8"' in response.content.decode()
    assert not Record.objects.unscoped(reason="test").exists()


def test_saving_goes_on_to_who_has_arrived_and_is_unfinished(here):
    post, kader, day, child = here
    waiting = make.resident(post, "Ahmad", age_months=8)
    make.present(day, waiting, by=kader)
    response = send(make.client_for(kader), day, child, kader, ceklis_perkembangan="lengkap")

    assert response["Location"] == url(day, waiting)


def test_a_closed_day_takes_no_records(here):
    post, kader, day, child = here
    day.state, day.closed_by, day.closed_at = "selesai", kader, day.encounter.created_at
    day.save()
    assert send(make.client_for(kader), day, child, kader, bb_kg="9,8").status_code == 409


def test_a_person_of_another_posyandu_is_404(here):
    _, kader, day, _ = here
    elsewhere = make.resident(make.posyandu("Margo Utomo", "33.20.13.2004"), "Orang Lain", age_months=20)
    assert make.client_for(kader).get(url(day, elsewhere)).status_code == 404


def keys(client, day, person, form="kartu_balita"):
    return client.get(url(day, person, form)).context["form"].question_keys


def test_the_weight_in_the_buku_kia_is_asked_at_the_first_visit_only(here):
    post, kader, day, child = here
    client = make.client_for(kader)
    assert {"punya_buku_kia", "bb_sebelumnya_kg", "tanggal_bb_sebelumnya"} <= set(keys(client, day, child))
    earlier = make.open_day(post, TODAY.replace(day=1) - timedelta(days=5), by=kader)
    send(client, earlier, child, kader, bb_kg="9,8")
    assert "punya_buku_kia" in keys(client, day, child)
    assert not {"bb_sebelumnya_kg", "tanggal_bb_sebelumnya"} & set(keys(client, day, child))


def test_an_urgent_result_folds_the_card_and_shows_whom_to_call(here):
    _, kader, day, child = here
    client = make.client_for(kader)
    response = send(client, day, child, kader, bb_kg="9,8", edema="ya")
    assert response["Location"] == url(day, child)
    page = client.get(url(day, child)).content.decode()
    assert "Segera: Bengkak di kedua punggung kaki" in page and 'href="tel:119"' in page
    assert "Lanjutkan mengisi kartu" in page


def weigh_twice_without_gain(here, client):
    """Last month and today the same weight: T, which is referred but no danger; the answer to today's card."""
    post, kader, day, child = here
    earlier = make.open_day(post, TODAY.replace(day=1) - timedelta(days=5), by=kader)
    send(client, earlier, child, kader, bb_kg="9,8")
    return send(client, day, child, kader, bb_kg="9,8")


def test_a_result_stands_on_top_of_the_next_persons_page(here):
    post, kader, day, child = here
    waiting = make.resident(post, "Ahmad", age_months=8)
    make.present(day, waiting, by=kader)
    client = make.client_for(kader)
    answer = weigh_twice_without_gain(here, client)
    assert answer["Location"].startswith(f"{url(day, waiting)}?sesudah=")
    page = client.get(answer["Location"])
    told = page.context["told"]
    assert (told.name, told.url) == ("Aisyah Putri", url(day, child))
    assert ("Berat", "Tidak naik (T)", "rujuk") in {(one.about, one.words, one.refer) for one in told.results}
    assert all(one.refer != "tidak" for one in told.results)
    said = page.content.decode()
    assert said.index("Hasil Aisyah Putri") < said.index("Perlu dirujuk") < said.index("<h1>Ahmad")
    assert url(day, child) in said and reverse("follow_ups:referral_new", args=[child.pk]) in said
    again = client.post(answer["Location"], {"submission_key": new_key(kader), "base": "{}", "bb_kg": "abc"})
    assert again.status_code == 422 and "Hasil Aisyah Putri" in again.content.decode()


def test_the_result_of_the_last_person_stands_on_the_list(here):
    _, kader, day, _ = here
    client = make.client_for(kader)
    answer = weigh_twice_without_gain(here, client)
    assert answer["Location"].startswith(reverse("open_days:day_detail", args=[day.pk]) + "?sesudah=")
    page = client.get(answer["Location"]).content.decode()
    assert "Hasil Aisyah Putri" in page and "Tidak naik (T)" in page
    earlier = Record.objects.unscoped(reason="test").exclude(encounter=day.encounter).get()
    earlier.answers = {"vitamin_a": "tidak", "edema": "ya"}
    earlier.save(update_fields=["answers"])
    address = reverse("open_days:day_detail", args=[day.pk])
    assert client.get(f"{address}?sesudah={earlier.pk}").context["told"] is None


def test_nothing_to_tell_stands_on_no_page(here):
    _, kader, day, child = here
    client = make.client_for(kader)
    answer = send(client, day, child, kader, ceklis_perkembangan="lengkap")
    assert answer["Location"] == reverse("open_days:day_detail", args=[day.pk])
    record = Record.objects.unscoped(reason="test").get()
    for after in (record.pk, child.pk, "x", ""):
        assert client.get(f"{answer['Location']}?sesudah={after}").context["told"] is None


def test_the_result_of_another_posyandu_is_told_to_nobody(here):
    post, kader, day, _ = here
    client = make.client_for(kader)
    answer = weigh_twice_without_gain(here, client)
    stranger = make.user("kader", at=make.posyandu("Margo Utomo", "33.20.13.2004"))
    assert make.client_for(stranger).get(answer["Location"]).status_code == 404
    other = make.open_day(make.posyandu("Contoh Melati", "33.75.03.1004"), TODAY, by=kader)
    key = answer["Location"].partition("=")[2]
    near = make.client_for(make.user("kader", at=other.posyandu))
    page = near.get(reverse("open_days:day_detail", args=[other.pk]) + f"?sesudah={key}")
    assert page.status_code == 200 and page.context["told"] is None


def test_a_result_that_was_read_is_left_by_the_same_button(here):
    post, kader, day, child = here
    waiting = make.resident(post, "Ahmad", age_months=8)
    make.present(day, waiting, by=kader)
    client = make.client_for(kader)
    assert send(client, day, child, kader, bb_kg="9,8", edema="ya")["Location"] == url(day, child)
    known = {"base": '{"bb_kg": 9.8, "edema": "ya"}'}
    assert send(client, day, child, kader, bb_kg="9,8", edema="ya", **known)["Location"] == url(day, waiting)
    assert send(client, day, child, kader, bb_kg="9,9", edema="ya", **known)["Location"] == url(day, child)


def test_what_was_not_measured_is_said(here):
    _, kader, day, child = here
    client = make.client_for(kader)
    send(client, day, child, kader, bb_kg="9,8")
    assert "Belum diukur" in client.get(url(day, child)).content.decode()


def test_an_odd_weight_is_saved_and_said_afterwards(here):
    post, kader, day, child = here
    client = make.client_for(kader)
    earlier = make.open_day(post, TODAY.replace(day=1) - timedelta(days=5), by=kader)
    send(client, earlier, child, kader, bb_kg="9,8", pb_tb_cm="80")
    response = client.post(
        url(day, child), {"submission_key": new_key(kader), "base": "{}", "bb_kg": "13"}, follow=True
    )
    assert "naik 3,2 kg" in response.content.decode()
    assert Record.objects.unscoped(reason="test").count() == 2


def test_the_immunisation_card_asks_each_dose_once_and_by_the_districts_programme(here):
    post, kader, day, child = here
    client = make.client_for(kader)
    first = keys(client, day, child, "kartu_imunisasi")
    assert "imunisasi_dpt1" in first and "imunisasi_heksa1" not in first
    send_to = url(day, child, "kartu_imunisasi")
    given = child.birth_date + timedelta(days=70)
    response = client.post(
        send_to, {"submission_key": new_key(kader), "base": "{}", "imunisasi_dpt1": given.isoformat()}
    )
    assert response.status_code == 302
    later = make.open_day(post, TODAY + timedelta(days=1), by=kader)
    assert "imunisasi_dpt1" not in keys(client, later, child, "kartu_imunisasi")
    DistrictSetting.objects.create(area_id="33.75", key="heksavalen", value=True, valid_from=child.birth_date)
    assert "imunisasi_heksa2" in keys(client, later, child, "kartu_imunisasi")


def test_a_dose_dated_before_birth_is_422_beside_its_question(here):
    _, kader, day, child = here
    early = (child.birth_date - timedelta(days=1)).isoformat()
    body = {"submission_key": new_key(kader), "base": "{}", "imunisasi_hb0": early}
    response = make.client_for(kader).post(url(day, child, "kartu_imunisasi"), body)
    assert response.status_code == 422 and "sebelum tanggal lahir" in response.content.decode()


def test_the_card_comes_first_and_sensitive_forms_are_no_tab(here):
    post, kader, day, _ = here
    elder = make.resident(post, "Mbah Sri", age_months=70 * 12)
    page = make.client_for(kader).get(url(day, elder, "kartu_dewasa_lansia"))
    forms = [spec.key for spec in page.context["forms"]]
    assert forms[0] == "kartu_dewasa_lansia" and "srq20" not in forms
    assert make.client_for(kader).get(url(day, elder, "srq20")).status_code == 404


FIVE_MONTHS = 5
# What a tired hand types on the card of a child of this age: the answer's status, and the words that come with it.
CLUMSY = [
    ({"bb_kg": "9,,8"}, 23, 422, "angka"),
    ({"bb_kg": "9,8,"}, 23, 422, "angka"),
    ({"bb_kg": ",8"}, 23, 422, "angka"),
    ({"bb_kg": "-9,8"}, 23, 422, "di luar batas"),
    ({"bb_kg": "inf"}, 23, 422, "angka"),
    ({"bb_kg": "1e400"}, 23, 422, "angka"),
    ({"bb_kg": "9" * 400}, 23, 422, "angka"),
    ({"pb_tb_cm": "805"}, 23, 422, "mungkin 80,5"),
    ({"pb_tb_cm": "0,8"}, 23, 422, "sentimeter: mungkin 80"),
    ({"pb_tb_cm": "47"}, FIVE_MONTHS, 302, "turun 2 cm"),
    ({"bb_kg": "6,5", "pb_tb_cm": "64", "cara_ukur": "berdiri"}, FIVE_MONTHS, 302, "Berdiri sebelum 9 bulan"),
    ({"bb_kg": "9,8", "bb_sebelumnya_kg": "9,7", "tanggal_bb_sebelumnya": TODAY + timedelta(days=1)}, 23, 422, "belum"),
    ({"bb_sebelumnya_kg": "9,7", "tanggal_bb_sebelumnya": "31-02-2026"}, 23, 422, "tanggal"),
]


@pytest.mark.parametrize(("typed", "months", "status", "words"), CLUMSY)
def test_what_a_tired_hand_types_is_said_and_nothing_is_lost(here, typed, months, status, words):
    post, kader, day, _ = here
    baby = make.resident(post, "Budi", age_months=months, birth_length_mm=490, birth_weight_g=3100)
    client = make.client_for(kader)
    extra = {"punya_buku_kia": "ya"} if "bb_sebelumnya_kg" in typed else {}
    answer = send(client, day, baby, kader, **extra, **typed)
    assert answer.status_code == status
    if status == 422:
        said = str(answer.context["form"].errors) + answer.content.decode()
        assert words in str(answer.context["form"].errors)
    else:
        said = client.get(answer["Location"]).content.decode() + client.get(url(day, baby)).content.decode()
    assert words in said
    if status == 422:
        assert all(f'value="{value}"' in said for value in typed.values())
    assert Record.objects.unscoped(reason="test").exists() is (status == 302)


def test_twins_are_weighed_each_for_herself(here):
    post, kader, day, _ = here
    client, born = make.client_for(kader), TODAY - timedelta(days=400)
    twins = [make.resident(post, name, birth_date=born, mother_name="Siti") for name in ("Ana", "Ani")]
    for twin, weight in zip(twins, ("9,1", "8,7"), strict=True):
        assert send(client, day, twin, kader, bb_kg=weight).status_code == 302
    assert [twin.measurements.get().weight_g for twin in twins] == [9100, 8700]
