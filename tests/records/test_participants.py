"""Who came to an activity by name: residents and others, under the month's lock, through a merge and its undoing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from services.areas.scope import Scope
from services.audit.models import Entry
from services.fields import registry
from services.posyandu.actions import MonthLocked
from services.posyandu.models import Period
from services.records.actions import (
    add_participant,
    change_activity,
    change_participant,
    remove_participant,
    save_record,
    start_encounter,
)
from services.records.models import Participant
from services.records.queries import called, found_for, may_be_named, participants_of, participants_of_month
from services.reports.monthly import monthly_report
from services.residents.actions import merge_residents, undo_merge
from services.residents.queries import current_residency
from services.web.refusals import Refusal
from tests import factories as make

PLACE = {"lokasi": "Balai RW 03"}


@pytest.fixture
def kie(here):
    encounter = start_encounter(kind="lain", posyandu=here.post, day=here.today, by=here.kader)
    return save_record(encounter=encounter, form="kie_gender", subject="KIE", answers=PLACE, by=here.kader).record


def scope_of(*posts):
    return Scope(None, frozenset(post.pk for post in posts))


def named(record, *posts):
    return [one.columns for one in participants_of(record, scope_of(*posts))]


def name(kie, here, who=None, **typed):
    typed = typed or {"resident": who, "home": current_residency(who, scope_of(here.post))}
    return add_participant(record=kie, by=here.kader, **typed)


def answers(record):
    record.refresh_from_db()
    return record.answers


def test_a_resident_is_never_typed_again_and_a_missing_phone_goes_to_her_file(here, kie):
    rini = make.resident(here.post, "Rini", age_months=400)
    home = current_residency(rini, scope_of(here.post))
    one = add_participant(
        record=kie, by=here.kader, resident=rini, home=home, phone="081234567890", groups=["miskin"], name="x", sex="L"
    )
    rini.refresh_from_db()
    assert (rini.phone, one.name, one.sex, one.phone) == ("081234567890", "", "", "")
    assert named(kie, here.post) == [("Rini", "P", "081234567890", "Keluarga miskin")]
    change_participant(participant=one, by=here.kader, home=current_residency(rini, scope_of(here.post)), phone="0899")
    rini.refresh_from_db()
    assert rini.phone == "081234567890", "what the file has is changed in the file"
    with pytest.raises(Refusal, match="sudah ada"):
        name(kie, here, rini)


def test_name_and_phone_of_somebody_from_elsewhere_are_sealed(here, kie):
    one = name(kie, here, name="Siti Luar", sex="P", phone="081234567890")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM records_participant")
        assert not any("Siti" in cell or "0812" in cell for cell in cursor.fetchone())
    one.refresh_from_db()
    assert (one.name, one.phone) == ("Siti Luar", "081234567890")
    assert "Siti" not in str([entry.detail for entry in Entry.objects.unscoped(reason="test")])


def test_a_participant_is_a_resident_or_typed_never_both(here, kie):
    person = make.resident(here.post, "Rini", age_months=400)
    for wrong in ({"resident": person, "sex": "P"}, {"resident": person, "phone": "0812"}, {"name": "Siti"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.create(record=kie, added_by=here.kader, **wrong)


def test_the_numbers_follow_and_the_report_counts_each_once(here, kie):
    people = [make.resident(here.post, who, sex=sex, age_months=400) for who, sex in (("Rini", "P"), ("Budi", "L"))]
    rows = [name(kie, here, who) for who in people]
    name(kie, here, name="Siti Luar", sex="P", phone="", groups=["disabilitas"])
    assert answers(kie) == PLACE | {"peserta": {"l": 1, "p": 2}, "kelompok_rentan": ["disabilitas"]}
    remove_participant(participant=rows[1], by=here.kader)
    assert answers(kie)["peserta"] == {"l": 0, "p": 2}
    report = monthly_report(here.post.path, here.today.replace(day=1), scope=scope_of(here.post))
    found = {key: report.figures[f"sosial.kie_gender.{key}"].value for key in ("jumlah", "peserta", "peserta_p")}
    assert found == {"jumlah": 1, "peserta": 2, "peserta_p": 2}


def test_an_activity_cannot_say_that_fewer_came_than_it_names(here, kie):
    name(kie, here, name="Siti Luar", sex="P", phone="")
    asked, base = ["peserta"], {"peserta": {"l": 0, "p": 1}}

    def say(came):
        return change_activity(record=kie, answers={"peserta": came}, asked=asked, base=base, by=here.kader)

    with pytest.raises(Refusal, match="tidak boleh kurang") as refused:
        say({"l": 5, "p": 0})
    assert (refused.value.status, refused.value.field) == (422, "peserta")
    say({"l": 5, "p": 4})
    name(kie, here, name="Sri Luar", sex="P", phone="")
    assert answers(kie)["peserta"] == {"l": 5, "p": 4}, "more came than are named"


def test_a_sent_month_keeps_its_list(here, kie):
    one = name(kie, here, name="Siti Luar", sex="P", phone="")
    Period.objects.unscoped(reason="test").filter(posyandu=here.post).update(state="diajukan")
    for write in (
        lambda: name(kie, here, name="Sri", sex="P", phone=""),
        lambda: change_participant(participant=one, by=here.kader, name="Sri"),
        lambda: remove_participant(participant=one, by=here.kader),
    ):
        with pytest.raises(MonthLocked):
            write()
    assert named(kie, here.post) == [("Siti Luar", "P", "", "")]


def test_a_merge_carries_the_rows_along_and_its_undoing_brings_them_back(here, kie):
    kept, gone = (make.resident(here.post, who, age_months=400) for who in ("Aisyah", "Aisah"))
    name(kie, here, gone)
    merge = merge_residents(kept=kept, gone=gone, by=here.kader)
    assert kie.participants.get().resident == kept
    undo_merge(merge=merge, by=here.kader)
    assert kie.participants.get().resident == gone
    gone.refresh_from_db()
    name(kie, here, kept)
    merge = merge_residents(kept=kept, gone=gone, by=here.kader)
    assert [row.resident for row in kie.participants.all()] == [kept], "she was named twice"
    undo_merge(merge=merge, by=here.kader)
    assert {row.resident for row in kie.participants.all()} == {kept, gone}


def test_a_sent_month_keeps_both_rows_of_who_was_named_twice(here):
    day = here.today.replace(day=1) - timedelta(days=1)
    encounter = start_encounter(kind="lain", posyandu=here.post, day=day, by=here.kader)
    kie = save_record(encounter=encounter, form="kie_gender", subject="KIE", answers=PLACE, by=here.kader).record
    kept, gone = (make.resident(here.post, who, age_months=400) for who in ("Aisyah", "Aisah"))
    for who in (kept, gone):
        name(kie, here, who)
    Period.objects.unscoped(reason="test").filter(posyandu=here.post, month=day.replace(day=1)).update(state="final")
    merge = merge_residents(kept=kept, gone=gone, by=here.kader)
    assert kie.participants.count() == 2 and merge.moved["stays"]["records.participant"]


def test_who_may_be_named_lives_there_or_was_met_that_day(here, kie):
    rini = make.resident(here.post, "Rini Astuti", age_months=400)
    make.resident(here.post, "Aminah Rini", age_months=400)
    guest, stranger = (make.resident(here.other, who, age_months=400, phone="0811") for who in ("Ria", "Rizka"))
    day = make.open_day(here.post, here.today, by=here.kader)
    make.present(day, guest, by=here.kader)
    guest.residencies.create(posyandu=here.post, kind="tamu", from_date=here.today, to_date=here.today, ended="tamu")
    scope = scope_of(here.post)
    assert {one.name for one in may_be_named(kie, scope)} == {"Rini Astuti", "Aminah Rini", "Ria"}
    assert [one.name for one in found_for(kie, scope, "ri")] == ["Ria", "Rini Astuti", "Aminah Rini"]
    assert [one.name for one in found_for(kie, scope, "astu")] == ["Rini Astuti"]
    assert [one.name for one in found_for(kie, scope, "")] == ["Ria"], "who was met that day"
    assert called(kie, scope, ["RINI  ASTUTI", "Rizka"]) == {rini.name_key: [rini]}
    add_participant(record=kie, by=here.kader, resident=guest)
    assert named(kie, here.post) == [("Ria", "P", "", "")], "her file, and so her phone, is the other post's"
    assert [one.name for one in found_for(kie, scope, "ri")] == ["Rini Astuti", "Aminah Rini"]
    assert stranger.phone == "0811"


def test_a_list_is_read_in_scope_and_field_only(here, kie):
    name(kie, here, name="Siti Luar", sex="P", phone="")
    rows, month = Participant.objects, here.today.replace(day=1)
    bound = Scope(None, frozenset({here.post.pk}), fields=frozenset({"pendidikan"}))
    for scope, count in ((scope_of(here.post), 1), (scope_of(here.other), 0), (bound, 0), (Scope(None), 0)):
        assert rows.within(scope).count() == count
        assert len(participants_of_month(registry.form("kie_gender"), here.post, scope, month)) == count
