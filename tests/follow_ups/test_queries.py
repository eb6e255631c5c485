"""Lists, figures and what a rule would do, with constant numbers of queries."""

from datetime import timedelta

import pytest

from services.areas.clock import month_of, next_month
from services.areas.scope import Scope
from services.follow_ups import actions, queries
from services.follow_ups.queries import Filters, Reader
from tests import factories as make

from .conftest import TODAY

pytestmark = pytest.mark.django_db


def reader(place, **options) -> Reader:
    return Reader(Scope(user_id=place.kader.pk, posyandu=frozenset({place.post.pk})), **options)


def tbc(place, **options):
    return actions.open_need(
        posyandu=place.post, kind="TBC", words="2 gejala TBC", on=TODAY, by=place.kader,
        resident=place.children[0], household=place.family, **options,
    )  # fmt: skip


def test_the_list_has_a_line_per_household_of_the_own_post(here, elsewhere):
    make.resident(here.post, "Ahmad", age_months=30, family=here.family)
    here.refresh()
    elsewhere.refresh()
    due = queries.due_list(reader(here), TODAY)
    assert [line.name for line in due.lines] == ["Keluarga Slamet"]
    assert due.lines[0].words == "Balita, 2 kali tidak hadir" and due.tasks == 2


def test_a_sensitive_reason_is_read_by_whom_it_concerns(here):
    tbc(here)

    def words(**options):
        return queries.due_list(reader(here, **options), TODAY).lines[0].words

    assert words() == "Kunjungan kesehatan"
    assert words(sees_sensitive=True) == "Balita, 2 gejala TBC" or words(sees_sensitive=True) == "2 gejala TBC"
    assert words(sees_sensitive=True, on_paper=True) == "Kunjungan kesehatan"
    actions.assign_needs(needs=here.needs(), to=here.kader, on=TODAY, by=here.ketua)
    assert "TBC" in words() and "TBC" not in words(on_paper=True)


def test_the_list_is_narrowed_by_place_field_and_kader(here):
    other = make.household(here.post, head="Wati", rt="07", rw="04", dusun="Krajan")
    make.resident(here.post, "Budi", age_months=30, family=other)
    here.refresh()
    needs = here.needs(household=other)
    actions.assign_needs(needs=needs, to=here.ketua, on=TODAY, by=here.ketua)

    def names(**chosen):
        return [line.name for line in queries.due_list(reader(here), TODAY, Filters(**chosen)).lines]

    assert names(rt="07") == names(rw="04") == names(dusun="Krajan") == names(kader=str(here.ketua.pk)) == ["Budi"]
    assert names(kader="tanpa") == names(rt="02") == ["Aisyah"]
    assert names(field="sosial") == [] and len(names(field="kesehatan")) == 2


def test_the_list_takes_one_query_with_many_needs(here, django_assert_num_queries):
    for number in range(30):
        make.resident(here.post, f"Anak {number:02}", age_months=30, family=make.household(here.post, f"K{number:02}"))
    here.refresh()
    with django_assert_num_queries(1):
        assert len(queries.due_list(reader(here), TODAY).lines) == 31


def test_the_history_of_a_need_says_who_did_what(here):
    here.refresh()
    need = here.need()
    actions.visit_needs(needs=[need], visited=actions.Visited(TODAY, met=True), posyandu=here.post, by=here.ketua)
    steps = queries.history_of(here.need(), is_hidden=False)
    assert [(step.what, step.note, step.author) for step in steps] == [
        ("Dibuka", "2 kali tidak hadir", here.kader.name),
        ("Dikunjungi, bertemu", "", here.ketua.name),
        ("Selesai", "Sudah dikunjungi", here.ketua.name),
    ]
    assert all("hadir" not in step.note for step in queries.history_of(here.need(), is_hidden=True))


def test_who_was_visited_was_needed_also_after_the_need_had_ended_by_itself(here):
    """A need ends the moment its reason does; the kader who went all the same is not more than all."""
    here.refresh()
    need, later = here.need(), next_month(month_of(TODAY))
    actions.close_need(need=need, closed_as="hadir", on=TODAY, by=here.kader)
    actions.visit_needs(needs=[need], visited=actions.Visited(later, met=False), posyandu=here.post, by=here.kader)
    assert list(queries.owed_needs(reader(here).scope, later).values_list("pk", "done")) == [(need.pk, 0)]
    assert list(queries.need_events(reader(here).scope, later).values_list("need", "what")) == [
        (need.pk, "tidak_bertemu")
    ]


def test_burden_per_kader(here, django_assert_num_queries):
    here.refresh()
    actions.assign_needs(needs=here.needs(), to=here.kader, on=TODAY, by=here.ketua)
    scope = reader(here).scope
    with django_assert_num_queries(2):
        loads = queries.loads_at(scope, [here.kader, here.ketua], TODAY + timedelta(days=60))
    assert [(load.name, load.waiting, load.late) for load in loads] == [
        (here.kader.name, 1, 1),
        (here.ketua.name, 0, 0),
        ("Belum ada yang ditugasi", 0, 0),
    ]


def test_a_rule_says_beforehand_what_it_would_open(here, elsewhere):
    both = Scope(user_id=None, posyandu=frozenset({here.post.pk, elsewhere.post.pk}))
    assert queries.preview_of(both, "33.75", "absen_berulang_prioritas", 2, TODAY).opened == 1
    assert queries.preview_of(both, "33.75", "absen_berulang_prioritas", 3, TODAY).opened == 0
    assert here.needs() == [], "looking changes nothing"


def test_findings_of_the_last_days_wait_until_they_are_settled(here):
    from services.records.actions import save_record

    day = make.open_day(here.post, TODAY, by=here.kader)
    answers = {"bb_kg": 7.0, "pb_tb_cm": 70.0, "imunisasi_lengkap_sesuai_umur": "tidak"}
    save_record(encounter=day.encounter, form="kartu_balita", subject=here.children[0], answers=answers, by=here.kader)
    scope = reader(here).scope
    (finding,) = queries.findings_to_confirm(scope, TODAY)
    assert "Imunisasi belum lengkap" in finding.words and finding.refer == "rujuk"
    settled = actions.referrals.Settled(finding.encounter, finding.resident, finding.words, "di_tempat")
    actions.settle_findings(settled=[settled], facility=None, on=TODAY, by=here.kader)
    assert queries.findings_to_confirm(scope, TODAY) == []


def test_messages_respect_consent_and_name_nobody_in_the_group(here):
    make.open_day(here.post, TODAY + timedelta(days=5), by=here.kader, state="dijadwalkan", place="Balai RW 03")
    here.refresh()
    scope = reader(here).scope
    day = queries.next_day(scope, TODAY)
    assert "Balai RW 03" in queries.group_message(day) and "Aisyah" not in queries.group_message(day)
    (person,) = queries.invitable_people(scope, day)
    assert person.link == "" and person.why_not == "belum setuju"
    here.children[0].may_message = True
    here.children[0].save(update_fields=["may_message"])
    (person,) = queries.invitable_people(scope, day)
    assert person.link.startswith("https://wa.me/6281234567890?text=") and "hadir" not in person.link


@pytest.mark.parametrize(("count", "sensitive", "told"), [(4, True, "kurang dari 5"), (5, True, "5"), (0, True, "0"),
                                                          (4, False, "4"), (1234, False, "1.234")])  # fmt: skip
def test_of_a_sensitive_rule_a_few_visits_are_not_told(count, sensitive, told):
    preview = queries.Preview(count, count, 1, 1, sensitive)
    assert (preview.opened_text, preview.closed_text) == (told, told)


def test_the_rules_of_sensitive_kinds_are_known_as_such(here):
    keys = {"kunjungan_odgj_hari": True, "odgj_tanpa_kontrol_hari": True, "tbc_gejala": True, "tidak_naik_bulan": False}
    scope = reader(here).scope
    for key, expected in keys.items():
        assert queries.preview_of(scope, "33.75", key, 7, TODAY).is_sensitive is expected
