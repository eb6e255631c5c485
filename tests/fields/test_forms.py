"""The form as a kader meets it: what it shows, what it keeps, what it hands on."""

from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from services.fields import registry
from services.fields.forms import Previous, build_form

NOVEMBER = date(2026, 11, 10)
OCTOBER = date(2026, 10, 5)


class Page(HTMLParser):
    """The tags of a piece of HTML with their attributes."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def inputs(self, name: str) -> list[dict]:
        return [attrs for tag, attrs in self.tags if tag in ("input", "textarea") and attrs.get("name") == name]

    def values(self, name: str) -> list[str]:
        return [attrs["value"] for attrs in self.inputs(name)]

    def checked(self, name: str) -> list[str]:
        return [attrs["value"] for attrs in self.inputs(name) if "checked" in attrs]


def form_of(key, query=None, **options):
    data = QueryDict(query) if query is not None else None
    return build_form(registry.form(key), on=NOVEMBER, data=data, **options)


@pytest.mark.parametrize("spec", registry.FORMS, ids=lambda spec: spec.key)
def test_every_form_draws_itself_without_script_or_style(spec):
    page = Page(str(build_form(spec, on=date(2026, 8, 10))))
    assert not [tag for tag, attrs in page.tags if tag in ("script", "style", "select") or "style" in attrs]
    assert not [attrs for _, attrs in page.tags if any(name.startswith(("on", "hx-on")) for name in attrs)]
    for question in spec.questions:
        names = [f"{question.key}_{part.key}" for part in question.parts] or [question.key]
        assert all(page.inputs(name) for name in names)


@pytest.mark.parametrize("spec", registry.FORMS, ids=lambda spec: spec.key)
def test_every_input_has_a_label_and_no_id_twice(spec):
    html = str(build_form(spec, on=date(2026, 8, 10)))
    page = Page(html)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    labelled = {attrs["for"] for tag, attrs in page.tags if tag == "label" and "for" in attrs}
    free = [
        attrs["id"]
        for tag, attrs in page.tags
        if tag in ("input", "textarea")
        and attrs.get("type") not in ("radio", "checkbox")
        and attrs["id"] not in labelled
    ]
    assert free == []
    described = " ".join(attrs["aria-describedby"] for _, attrs in page.tags if "aria-describedby" in attrs).split()
    assert set(described) <= set(ids)


@pytest.mark.parametrize("spec", registry.FORMS, ids=lambda spec: spec.key)
def test_nothing_is_preselected(spec):
    page = Page(str(build_form(spec, on=date(2026, 8, 10))))
    assert not [attrs for _, attrs in page.tags if "checked" in attrs]


@pytest.mark.parametrize("spec", registry.FORMS, ids=lambda spec: spec.key)
def test_an_empty_form_is_no_error_and_no_answer(spec):
    form = build_form(spec, on=NOVEMBER, data=QueryDict(""))
    assert form.is_valid()
    assert form.answers() == {}
    assert form.soft_warnings() == {}


def test_belum_didata_is_the_last_choice():
    page = Page(str(form_of("rumah")))
    assert page.values("jamban_sehat") == ["ada", "tidak", "numpang", ""]
    assert page.checked("jamban_sehat") == []


def test_belum_didata_takes_an_answer_back():
    form = form_of("rumah", "jamban_sehat=&atap=bocor", initial={"jamban_sehat": "tidak"})
    assert form.is_valid()
    assert form.answers() == {"atap": "bocor"}
    assert "jamban_sehat" in form.question_keys
    assert Page(str(form)).checked("jamban_sehat") == [""]


def test_numbers_are_drawn_large_with_their_unit_outside_and_the_month_before():
    form = form_of("kartu_balita", age_months=23, previous={"bb_kg": Previous(9.8, OCTOBER)})
    html = form["bb_kg"].as_field_group()
    assert '<span class="field-previous">bulan lalu 9,8</span>' in html
    assert '<span class="field-unit">kg</span>' in html
    [weight] = Page(html).inputs("bb_kg")
    assert (weight["inputmode"], weight["type"], weight["value"]) == ("decimal", "text", "")


def test_what_the_record_holds_stands_in_the_boxes():
    stored = {
        "bb_kg": 9.85,
        "edukasi": ["asi"],
        "rujuk": "pustu",
        "tanggal_bb_sebelumnya": "2026-10-05",
        "gejala_sakit": 'batuk "pilek" <b>',
    }
    page = Page(str(form_of("kartu_balita", initial=stored, age_months=23)))
    assert page.values("bb_kg") == ["9,85"]
    assert page.checked("edukasi") == ["asi"]
    assert page.checked("rujuk") == ["pustu"]
    assert page.values("tanggal_bb_sebelumnya") == ["2026-10-05"]
    assert page.values("gejala_sakit") == ['batuk "pilek" <b>']
    adult = Page(str(form_of("kartu_dewasa_lansia", initial={"td": {"sistol": 120, "diastol": 80}})))
    assert adult.values("td_sistol") + adult.values("td_diastol") == ["120", "80"]
    money = Page(str(form_of("fakir_miskin", initial={"penghasilan_bulan": 1500000})))
    assert money.values("penghasilan_bulan") == ["1500000"]


def test_what_is_drawn_can_be_sent_back_unchanged():
    stored = {"bb_kg": 9.85, "pb_tb_cm": 79.5, "cara_ukur": "berdiri", "edukasi": ["asi", "phbs"], "edema": "tidak"}
    page = Page(str(form_of("kartu_balita", initial=stored, age_months=23)))
    query = QueryDict(mutable=True)
    for tag, attrs in page.tags:
        typed = tag == "input" and (attrs["type"] not in ("radio", "checkbox") or "checked" in attrs)
        if typed:
            query.appendlist(attrs["name"], attrs["value"])
    form = build_form(registry.form("kartu_balita"), on=NOVEMBER, data=query, initial=stored, age_months=23)
    assert form.is_valid()
    assert form.answers() == stored


def test_a_refusal_stands_beside_its_question_and_keeps_what_was_typed():
    form = form_of("kartu_balita", "bb_kg=98&pb_tb_cm=79,5", age_months=23)
    assert not form.is_valid()
    html = form["bb_kg"].as_field_group()
    assert "mungkin 9,8?" in html
    assert 'value="98"' in html
    assert 'aria-describedby="id_bb_kg_error"' in html
    assert 'value="79,5"' in form["pb_tb_cm"].as_field_group()


@pytest.mark.parametrize(
    ("key", "query", "first"),
    [
        ("kartu_balita", "bb_kg=98", "id_bb_kg"),
        ("kartu_dewasa_lansia", "td_sistol=120", "id_td_sistol"),
        ("rumah", "atap=langit", "id_atap_0"),
    ],
)
def test_the_list_of_refusals_links_to_the_question(key, query, first):
    html = str(form_of(key, query))
    page = Page(html)
    assert "1 isian perlu diperbaiki" in html
    assert ("a", {"href": f"#{first}"}) in page.tags
    assert first in {attrs.get("id") for _, attrs in page.tags}


def test_half_a_blood_pressure_keeps_its_half():
    form = form_of("kartu_dewasa_lansia", "td_sistol=120&td_diastol=")
    assert form.errors["td"] == ["Isi juga Diastol (bawah)."]
    assert Page(form["td"].as_field_group()).values("td_sistol") == ["120"]


def test_an_odd_value_is_saved_and_said():
    form = form_of("kartu_balita", "bb_kg=12,5", age_months=23, previous={"bb_kg": Previous(9.8, OCTOBER)})
    assert form.is_valid()
    assert form.answers() == {"bb_kg": 12.5}
    assert "naik 2,7 kg" in form.soft_warnings()["bb_kg"]
    assert 'class="field-warning"' in form["bb_kg"].as_field_group()


def test_all_four_tbc_questions_are_answered_in_one_tap():
    form = form_of("kartu_balita", "tbc_semua_tidak=1")
    assert form.is_valid()
    assert form.answers() == dict.fromkeys(
        ("batuk_terus_menerus", "demam_2_minggu", "bb_tidak_naik_atau_turun_2_bulan", "kontak_erat_tbc"), "tidak"
    )


def test_a_yes_is_stronger_than_semua_tidak():
    form = form_of("kartu_balita", "tbc_semua_tidak=1&kontak_erat_tbc=ya")
    assert form.is_valid()
    assert form.answers()["kontak_erat_tbc"] == "ya"
    assert form.answers()["demam_2_minggu"] == "tidak"


def test_an_invented_answer_is_not_replaced_by_semua_tidak():
    form = form_of("kartu_balita", "tbc_semua_tidak=1&kontak_erat_tbc=mungkin")
    assert not form.is_valid()
    assert "kontak_erat_tbc" in form.errors


def test_a_conditional_question_is_drawn_with_its_condition_in_words():
    form = form_of("anak_usia_dini", age_months=40)
    html = form["nama_paud"].as_field_group()
    assert "Isi bila “Ikut PAUD, TK, atau kelompok bermain” dijawab “Ya”." in html
    assert 'data-asked-if="status_paud" data-asked-values="ya"' in html


@pytest.mark.parametrize(
    ("query", "answers"),
    [
        ("status_paud=ya&nama_paud=Melati", {"status_paud": "ya", "nama_paud": "Melati"}),
        ("status_paud=tidak&nama_paud=Melati", {"status_paud": "tidak"}),
        ("status_paud=&nama_paud=Melati", {}),
    ],
)
def test_an_answer_whose_condition_fails_is_not_kept(query, answers):
    form = form_of("anak_usia_dini", query, age_months=40)
    assert form.is_valid()
    assert form.answers() == answers


def test_a_condition_on_another_table_is_looked_up_in_the_record():
    form = form_of("anak_usia_dini", "nama_paud=Melati", questions=["nama_paud"], initial={"status_paud": "ya"})
    assert form.is_valid()
    assert form.answers() == {"nama_paud": "Melati"}
    assert form.question_keys == ("nama_paud",)


def test_only_what_is_due_is_asked_and_what_was_not_asked_cannot_be_sent():
    form = form_of("kartu_balita", "vitamin_a=ya&bb_kg=9,8", age_months=23)
    assert form.is_valid()
    assert form.answers() == {"bb_kg": 9.8}
    august = build_form(
        registry.form("kartu_balita"), on=date(2026, 8, 10), data=QueryDict("vitamin_a=ya"), age_months=23
    )
    assert august.is_valid()
    assert august.answers() == {"vitamin_a": "ya"}


def test_a_stored_answer_stays_on_the_form_after_its_month():
    assert "vitamin_a" in form_of("kartu_balita", initial={"vitamin_a": "ya"}, age_months=23).question_keys


def test_the_card_has_the_five_steps_as_headings_and_a_short_form_has_none():
    steps = [step.step.value for step in form_of("kartu_balita", age_months=3).steps()]
    assert steps == ["pendaftaran", "pengukuran", "pencatatan", "pelayanan", "penyuluhan"]
    assert "4. Pelayanan" in str(form_of("kartu_balita"))
    assert "<h2" not in str(form_of("rumah"))


def test_two_forms_on_one_page_do_not_meet():
    form = form_of("rumah", "a-atap=seng&b-atap=bocor", prefix="b")
    assert form.is_valid()
    assert form.answers() == {"atap": "bocor"}
    assert 'id="id_b-atap_0"' in str(form)


def test_a_plain_mapping_works_as_data_too():
    form = build_form(registry.form("kartu_balita"), on=NOVEMBER, data={"edukasi": ["asi"], "bb_kg": "9,8"})
    assert form.is_valid()
    assert form.answers() == {"bb_kg": 9.8, "edukasi": ["asi"]}


def test_participants_are_two_boxes():
    form = form_of("penyuluhan_kesehatan", "topik=asi&peserta_l=3&peserta_p=12")
    assert form.is_valid()
    assert form.answers() == {"topik": ["asi"], "peserta": {"l": 3, "p": 12}}


def test_the_four_tbc_questions_are_folded_until_one_is_yes():
    closed, opened = str(form_of("kartu_balita")), str(form_of("kartu_balita", initial={"kontak_erat_tbc": "ya"}))
    summary = "<summary>Ada yang ya · lihat pertanyaannya</summary>"
    assert f'<details class="more">{summary}' in closed
    assert f'<details class="more" open>{summary}' in opened


def test_a_refused_answer_opens_its_fold():
    assert '<details class="more" open><summary>Cara mengukur' in str(form_of("kartu_balita", "cara_ukur=miring"))


def test_what_comes_back_yearly_is_folded_with_the_month_it_was_last_asked():
    html = str(form_of("kartu_lansia", previous={"aks_tingkat": Previous("m", date(2025, 5, 5))}, age_months=800))
    assert '<details class="more"><summary>Tahunan: kemandirian (aks) · terakhir Mei 2025' in html
    assert "SKILAS (tahunan) · belum pernah" in html


def test_words_about_a_person_stand_before_the_help_of_a_question():
    form = form_of("kartu_balita", hints={"asi_eksklusif": "E0 ✓."}, age_months=3)
    assert form.fields["asi_eksklusif"].help_text.startswith("E0 ✓. Hanya ASI")


def test_a_result_stands_under_its_measure():
    form = form_of("kartu_balita")
    form.show_results({"weight_kg": [SimpleNamespace(about="Berat", words="Tidak naik (T)", refer="rujuk", reason="")]})
    html = form["bb_kg"].as_field_group()
    assert 'id="id_bb_kg_result"' in html and "Berat: Tidak naik (T)" in html and "Perlu dirujuk" in html
    assert "Tidak naik" not in form["pb_tb_cm"].as_field_group()
