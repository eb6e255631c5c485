from datetime import date

import pytest

from services.posyandu.rules import (
    clean_name,
    facility_name,
    month_from,
    name_of,
    near_names,
    part_of_name,
    place_key,
    registration_problem,
    rw_in_address,
    rw_of,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Melati I", "POSY MELATI 1"),
        ("Sakura II", "Pos. Sakura Ii"),
        ("Dahlia III", "dahlia  3"),
        ("Melati1", "Melati 01"),
        ("Kasih Bunda", "  POS. Kasih  Bunda "),
        ("Mawar XIV", "Mawar 14"),
        ("Mawar IX", "Mawar 9"),
        ("Posyandu Teratai", "TERATAI"),
    ],
)
def test_the_same_name_in_another_spelling_is_the_same(one, other):
    assert name_of(one) == name_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kencana Ungu", "Kencono Ungu"),
        ("Kencana Ungu", "Kencana Unggu"),
        ("Kencana Ungu", "Ungu Kencana"),
        ("Mekar Sari", "Mekarsari"),
        ("Bougenvil", "Bougenville"),
        ("Millenium", "Milenium"),
        ("Sido Mulyo", "Sidomulyo"),
        ("Sido Mulyo", "Sido Mulia"),
        ("Margo Utomo", "Marga Utama"),
        ("Flamboyan", "Flamboyant"),
        ("Cempaka 2", "Cempoko II"),
        ("Kenanga", "Kenagna"),
    ],
)
def test_near_names_are_offered(one, other):
    assert name_of(one) != name_of(other)
    assert near_names(name_of(one), name_of(other))
    assert near_names(name_of(other), name_of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Melati 1", "Melati 10"),
        ("Melati 1", "Melati 2"),
        ("Melati", "Melati 1"),
        ("Melati I", "Melati II"),
        ("Mawar Semi", "Mawar Sari"),
        ("Cempaka", "Cemara"),
        ("Sido Jaya", "Sido Asih"),
        ("Sido Mulyo", "Sido Makmur"),
        ("Kusuma Sari", "Kusuma Indah"),
        ("Melati", "Melati Putih"),
        ("Seroja", "Seruni"),
        ("Posyandu", "Pos"),
    ],
)
def test_different_names_are_not_mixed(one, other):
    assert not near_names(name_of(one), name_of(other))


def test_a_shorter_name_is_part_of_a_longer_one_only_with_the_same_number():
    assert part_of_name(name_of("Melati Putih"), name_of("Melati"))
    assert not part_of_name(name_of("Melati Putih 1"), name_of("Melati"))
    assert not part_of_name(name_of("Melati Putih"), name_of("Putih"))
    assert not part_of_name(name_of("Posyandu"), name_of("Melati"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  POS. KASIH BUNDA ", "Kasih Bunda"),
        ("posy melati i", "Melati I"),
        ("Pos. Sakura Ii", "Sakura II"),
        ("Kusuma sari I", "Kusuma sari I"),
        ("Posyandu Anggrek Jerli", "Anggrek Jerli"),
        ("Posyandu", ""),
        ("", ""),
    ],
)
def test_a_name_is_kept_without_what_every_name_has(written, kept):
    assert clean_name(written) == kept


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", "03"), ("003", "03"), ("RW 03", "03"), ("RW.9", "09"), ("rt 2", "02"), ("6.0", "06"), ("10", "10"),
        ("120", "120"), ("", ""), ("-", ""), ("tiga", None), ("1/2", None), ("1234", None),
    ],
)  # fmt: skip
def test_an_rw_is_two_digits_or_not_readable(written, number):
    assert rw_of(written) == number


def test_an_address_may_name_its_rw():
    assert rw_in_address("Jl. Kunti RT 02 RW.7, dekat masjid") == "07"
    assert rw_in_address("Jl. Kunti 7") == ""


def test_villages_compare_without_kind_capitals_and_spaces():
    assert place_key("KEL. PANJANG  WETAN") == place_key("Panjang Wetan") == place_key("Kelurahan Panjangwetan")
    assert place_key("Desa Degayu") != place_key("Krapyak")
    assert place_key("Kelapa Dua") != place_key("Apa Dua")


def test_a_facility_is_kept_without_its_kind():
    assert [facility_name(text) for text in ("Puskesmas  Dukuh", "PKM Dukuh", "Dukuh")] == ["Dukuh"] * 3


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("33.75.03.1003.001", ""),
        ("33.75.03.1003.1", "ditulis seperti"),
        ("33750310030001", "ditulis seperti"),
        ("33.75.03.1004.001", r"33.75.03.1003"),
        ("33.75.3.1003.001", "ditulis seperti"),
        ("33.75.03.1003.0010", "ditulis seperti"),
    ],
)
def test_a_registration_number_has_its_form_and_its_place(number, says):
    problem = registration_problem(number, ["33.75.03.1003"])
    assert (says in problem) if says else problem == ""


def test_a_registration_number_of_an_earlier_place_stays_good():
    assert registration_problem("33.75.03.1003.001", ["33.75.03.1004", "33.75.03.1003"]) == ""


@pytest.mark.parametrize(
    "written", ["2026-10", "2026-10-17", "10/2026", "1-10-2026", "17/10/2026", "Oktober 2026", "1 okt 2026", "2026.10"]
)
def test_a_month_is_read_as_people_write_it(written):
    assert month_from(written) == date(2026, 10, 1)


@pytest.mark.parametrize("written", ["", "13/2026", "2026", "Sekarang", "Foo 2026", "10/26", "ja 2026"])
def test_what_is_no_month_is_none(written):
    assert month_from(written) is None
