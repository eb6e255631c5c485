"""What holds for every form, so that adding one cannot break a page, a report or an export."""

import ast
import csv
import dataclasses
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from services.fields import registry
from services.fields.spec import STAGES, FormSpec, Kind, Shape, Step

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = sorted((ROOT / "services/fields/definitions").rglob("*.py"))
KEY = re.compile(r"[a-z][a-z0-9_]{1,59}")
EVERY_QUESTION = [(spec, question) for spec in registry.FORMS for question in spec.questions]
ASKED = pytest.mark.parametrize(
    ("spec", "question"), EVERY_QUESTION, ids=[f"{spec.key}.{question.key}" for spec, question in EVERY_QUESTION]
)
FORM = pytest.mark.parametrize("spec", registry.FORMS, ids=[spec.key for spec in registry.FORMS])


def test_the_six_fields_are_there_in_the_order_of_the_regulation():
    assert [field.key for field in registry.FIELDS] == [
        "pendidikan",
        "kesehatan",
        "pekerjaan_umum",
        "perumahan_rakyat",
        "trantibumlinmas",
        "sosial",
    ]


def test_every_form_of_the_first_release_is_registered():
    shapes = {spec.key: (spec.field, spec.shape) for spec in registry.FORMS}
    assert (
        shapes.items()
        >= {
            "kartu_balita": ("kesehatan", Shape.PERSON),
            "kartu_bumil": ("kesehatan", Shape.PERSON),
            "kartu_nifas_menyusui": ("kesehatan", Shape.PERSON),
            "kartu_sekolah_remaja": ("kesehatan", Shape.PERSON),
            "kartu_dewasa_lansia": ("kesehatan", Shape.PERSON),
            "anak_usia_dini": ("pendidikan", Shape.PERSON),
            "air_jamban": ("pekerjaan_umum", Shape.HOUSEHOLD),
            "sumur": ("pekerjaan_umum", Shape.ASSET),
            "rumah": ("perumahan_rakyat", Shape.HOUSEHOLD),
            "patroli": ("trantibumlinmas", Shape.ACTIVITY),
            "fakir_miskin": ("sosial", Shape.HOUSEHOLD),
            **{f"penyuluhan_{field.key}": (field.key, Shape.ACTIVITY) for field in registry.FIELDS},
        }.items()
    )


PAPER_FORMS = {
    "pendidikan": "anak_usia_dini perpustakaan literasi_digital ape anak_tidak_sekolah taman_baca",
    "pekerjaan_umum": "air_jamban edukasi_air_limbah embung jaringan_air sumur jalan_desa",
    "perumahan_rakyat": "rumah kie_lingkungan pekarangan biopori",
    "trantibumlinmas": "identifikasi_trauma penyuluhan_trauma simulasi_bencana insiden_kamtibmas sosialisasi patroli",
    "sosial": "kie_gender fakir_miskin verifikasi_sosek penyaluran_bansos up2k",
}


@pytest.mark.parametrize("field", PAPER_FORMS)
def test_every_identification_form_of_the_paper_is_there(field):
    keys = [spec.key for spec in registry.forms_for(field=field)]
    assert keys == [*PAPER_FORMS[field].split(), f"penyuluhan_{field}"]


def test_only_trauma_is_sensitive_outside_health():
    found = [spec.key for spec in registry.FORMS if spec.sensitive and spec.field != "kesehatan"]
    assert found == ["identifikasi_trauma"]


def test_aid_and_trauma_never_ask_what_the_register_knows():
    for spec in registry.FORMS:
        assert not {"nik", "no_kk", "nama", "umur", "alamat"} & set(spec.keys)


def test_form_keys_are_unique():
    keys = [spec.key for spec in registry.FORMS]
    assert len(keys) == len(set(keys))


@FORM
def test_a_form_is_complete(spec: FormSpec):
    assert KEY.fullmatch(spec.key)
    assert registry.field(spec.field)
    assert spec.title
    assert spec.printed_name
    assert len(set(spec.keys)) == len(spec.questions) > 0
    assert not set(spec.keys) & {line.key for line in spec.printed}, "asked although it is known"
    assert bool(spec.audience.stages) == (spec.shape is Shape.PERSON)
    assert set(spec.audience.stages) | set(spec.audience.unless) <= set(STAGES)


@ASKED
def test_a_question_is_complete(spec, question):
    assert KEY.fullmatch(question.key)
    assert question.label[0].isupper()
    assert question.label == question.label.strip()
    assert not question.label.endswith((":", "?", "."))
    assert bool(question.choices) == (question.kind in (Kind.CHOICE, Kind.MULTI))
    assert bool(question.parts) == (question.kind in (Kind.BLOOD_PRESSURE, Kind.PARTICIPANTS))
    assert (question.hard is not None) == (question.kind in (Kind.DECIMAL, Kind.INTEGER))
    assert isinstance(question.step, Step)
    assert question.sex in (None, "L", "P")
    assert set(question.months) <= set(range(1, 13))
    assert len(question.choice_labels) == len(question.offered), "two choices with one value"
    assert all(KEY.fullmatch(value) or re.fullmatch(r"[a-z0-9_]+", value) for value in question.choice_labels)


@ASKED
def test_soft_bounds_lie_within_hard_bounds(spec, question):
    for box in (question, *question.parts):
        hard, soft = getattr(box, "hard", None), getattr(box, "soft", None)
        if hard and soft:
            assert hard[0] <= soft[0] < soft[1] <= hard[1]


@ASKED
def test_a_condition_looks_back_in_its_own_form(spec, question):
    if question.asked_if:
        assert spec.keys.index(question.asked_if.question) < spec.keys.index(question.key)


@ASKED
def test_predicates_name_only_answers_that_can_be_given(spec, question):
    predicates = [count.when for count in question.counts]
    predicates += [question.finding.when] if question.finding else []
    for predicate in predicates:
        named = getattr(predicate, "values", ())
        assert set(named) <= set(question.choice_labels)
    if question.asked_if:
        named = getattr(question.asked_if.predicate, "values", ())
        assert set(named) <= set(spec.question(question.asked_if.question).choice_labels)


def test_one_key_is_one_question_in_every_form():
    meant = defaultdict(set)
    choices = defaultdict(set)
    for _, question in EVERY_QUESTION:
        meant[question.key].add((question.kind, question.label, question.unit, question.measure, question.counts))
        choices[question.key].update(question.offered)
    assert [key for key, facts in meant.items() if len(facts) > 1] == []
    for key, offered in choices.items():
        assert len({choice.value for choice in offered}) == len(offered), f"{key}: one value with two labels"


def test_the_latrine_is_one_question_object_in_two_fields():
    assert registry.form("air_jamban").question("jamban_sehat") is registry.form("rumah").question("jamban_sehat")


def test_figure_keys_belong_to_one_question():
    owners = defaultdict(set)
    for _, question in EVERY_QUESTION:
        for figure in (*question.counts, *question.sums):
            assert KEY.fullmatch(figure.key)
            assert figure.label[0].isupper()
            owners[figure.key].add(question.key)
    assert {key: asked for key, asked in owners.items() if len(asked) > 1} == {}


def test_every_count_can_be_printed_under_a_table():
    latrine = registry.form("rumah").question("jamban_sehat")
    assert latrine.counts[1].sentence(latrine) == "Dihitung bila “Jamban sehat” dijawab “Tidak ada”."
    for _, question in EVERY_QUESTION:
        for figure in (*question.counts, *question.sums):
            assert figure.sentence(question).endswith(".")
            assert question.label in figure.sentence(question)


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_definitions_hold_no_lambda(path):
    assert not [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Lambda)]


def test_the_forms_load_without_django():
    script = "import sys; import services.fields.rules; import services.fields.registry; print('django' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_questions_cannot_be_changed_at_run_time():
    with pytest.raises(dataclasses.FrozenInstanceError):
        registry.form("rumah").questions[0].label = "Lain"


@pytest.mark.parametrize("changed", ["key", "kind", "label", "unit", "measure"])
def test_a_variant_keeps_what_it_is(changed):
    with pytest.raises(ValueError, match=changed):
        registry.form("kartu_balita").question("bb_kg").but(**{changed: "lain"})


@pytest.mark.parametrize(
    ("stages", "sex", "age", "expected"),
    [
        ({"bayi"}, "L", 3, ["anak_usia_dini", "kartu_balita", "kartu_imunisasi"]),
        ({"balita"}, "P", 23, ["anak_usia_dini", "kartu_balita", "kartu_imunisasi"]),
        ({"apras"}, "P", 65, ["anak_usia_dini", "kartu_balita", "kartu_imunisasi"]),
        ({"usekrem"}, "L", 80, ["anak_usia_dini", "kartu_sekolah_remaja"]),
        ({"usekrem"}, "L", 83, ["anak_usia_dini", "kartu_sekolah_remaja"]),
        ({"usekrem"}, "L", 84, ["kartu_sekolah_remaja"]),
        ({"usekrem"}, "L", None, ["kartu_sekolah_remaja"]),
        ({"dewasa"}, "L", 400, ["kartu_dewasa_lansia"]),
        ({"lansia"}, "P", 800, ["kartu_dewasa_lansia", "kartu_lansia"]),
        ({"bumil", "dewasa"}, "P", 320, ["kartu_bumil"]),
        ({"bumil", "usekrem"}, "P", 210, ["kartu_bumil"]),
        ({"nifas", "dewasa"}, "P", 320, ["kartu_nifas_menyusui"]),
        ({"bumil"}, "L", 320, []),
    ],
)
def test_a_person_is_asked_the_forms_of_her_life_stage(stages, sex, age, expected):
    assert [spec.key for spec in registry.forms_for_person(stages, sex, age_months=age)] == expected


def test_a_nursing_mother_is_found_by_condition():
    found = registry.forms_for_person({"dewasa"}, "P", conditions={"menyusui"})
    assert "kartu_nifas_menyusui" in [spec.key for spec in found]


def test_forms_are_found_by_field_and_shape():
    things = registry.forms_for(field="pekerjaan_umum", shape=Shape.ASSET)
    assert [spec.key for spec in things] == ["embung", "jaringan_air", "sumur", "jalan_desa"]
    assert registry.forms_for(at="kunjungan") == registry.FORMS
    assert {spec.where for spec in registry.forms_for()} == {""}, "sections of home visits only when asked for"


def test_a_form_that_names_who_came_is_an_activity_that_counts_them_and_asks_each_one_choice_question():
    naming = [spec for spec in registry.FORMS if spec.names_participants]
    assert [spec.key for spec in naming] == ["kie_gender"]
    for spec in naming:
        assert spec.shape is Shape.ACTIVITY and not spec.sensitive
        assert {part.key for part in spec.counted.parts} == {"l", "p"}
        assert spec.question(spec.names_participants.question).kind is Kind.MULTI


PAPER = {
    "kartu_bumil", "kartu_nifas_menyusui", "kartu_balita", "kartu_sekolah_remaja", "kartu_dewasa_lansia",
    "kartu_lansia",
}  # fmt: skip
# The day of the encounter, and scored or sensitive questionnaires that are forms of their own.
NOT_HERE = {"tanggal", "heeadsss_1_8", "puma_1_7", "srq20_1_20"}
# Asked once, on the adult's card of the same day.
ON_THE_OTHER_CARD = {("kartu_lansia", "edukasi"), ("kartu_lansia", "rujuk")}


@pytest.mark.shared
def test_the_cards_ask_or_print_every_line_of_the_paper(shared):
    lines = csv.DictReader((shared / "data/rules/kartu_bantu_fields.csv").read_text(encoding="utf-8").splitlines())
    missing = [
        f"{line['form']}.{line['field']}"
        for line in lines
        if line["form"] in PAPER and line["section"] in ("pemeriksaan", "aks_skilas") and line["field"] not in NOT_HERE
        if (line["form"], line["field"]) not in ON_THE_OTHER_CARD
        if line["field"] not in registry.form(line["form"]).keys
        and line["field"] not in {printed.key for printed in registry.form(line["form"]).printed}
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        (
            "patroli",
            "waktu_mulai area_patroli metode_patroli jumlah_petugas unsur_petugas tujuan_patroli temuan_patroli"
            " uraian_temuan tindakan_patroli",
        ),
        (
            "penyaluran_bansos",
            "nama_penyaluran jenis_bantuan jumlah_bantuan metode_penyaluran kondisi_barang keterangan",
        ),
        ("perpustakaan", "ketersediaan jumlah_buku kondisi_perpustakaan akses_perpustakaan pengelola kebutuhan"),
    ],
)
def test_a_form_asks_the_items_of_its_paper_in_their_order(form, asked):
    """FORM-6, as domain 2.5 copies it; what the register knows (penerima, NIK) is printed and not asked."""
    assert list(registry.form(form).keys) == asked.split()
