"""Births at the posyandu, the contacts with health workers before and after, and the kader's visits to new mothers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.clinical.pregnancy import ANTENATAL, NEONATAL, POSTNATAL
from services.fields import registry
from services.home_visits.models import HomeVisit
from services.records.models import Encounter
from services.residents.models import Birth, Pregnancy, PregnancyContact

from .chance import moment_of
from .needs import end_need, open_need
from .records import record_person
from .rows import made
from .visits import visit
from .world import Person, Post

ANTENATAL_DAYS = (70, 100, 145, 200, 240, 262)
"""About so many days after the last menstruation K1 to K6 take place."""
POSTNATAL_DAYS, NEONATAL_DAYS, AT_HOME_DAYS = (1, 5, 18, 36), (1, 5, 16), (2, 6, 20, 37)
POSTPARTUM_DAYS = 42
KEPT_SHARE, VISITED_SHARE = 0.88, 0.8
PLACES = ("rs", "rs", "puskesmas", "puskesmas", "praktik")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A baby who was born here since "mulai pakai"."""

    pregnancy: Pregnancy
    mother: Person
    child: Person

    @property
    def born_on(self) -> date:
        return self.child.row.birth_date


def add_birth(post: Post, delivery: Delivery) -> None:
    """Write down that a child was born, where and how, with the contacts of mother and child."""
    row, child, chance = delivery.pregnancy, delivery.child.row, post.chance
    row.birth_place = chance.choice(PLACES)
    row.birth_helper = "dokter" if row.birth_place == "rs" else "bidan"
    row.birth_way = "sesar" if row.birth_place == "rs" and chance.likely(0.45) else "normal"
    child.mother_id = delivery.mother.row.pk
    birth = made(
        Birth,
        id=chance.row_id(moment_of(delivery.born_on, 18)),
        pregnancy_id=row.pk,
        posyandu_id=post.row.pk,
        born_on=delivery.born_on,
        condition=Birth.Condition.ALIVE,
        sex=child.sex,
        weight_g=child.birth_weight_g,
        length_mm=child.birth_length_mm,
        child_id=child.pk,
        recorded_by_id=post.kader_on_duty().pk,
        recorded_at=moment_of(delivery.born_on, 18),
    )
    post.rows.add(birth)
    _contacts(post, row, POSTNATAL, _days_after(delivery.born_on, POSTNATAL_DAYS))
    _contacts(post, row, NEONATAL, _days_after(delivery.born_on, NEONATAL_DAYS), birth.pk)
    post.deliveries.append(delivery)


def add_antenatal(post: Post, pregnancy: Pregnancy) -> None:
    """The contacts before birth, as the Buku KIA says."""
    days = [day for day in _days_after(pregnancy.lmp_on, ANTENATAL_DAYS) if day <= (pregnancy.ended_on or day)]
    _contacts(post, pregnancy, ANTENATAL, days)


def _days_after(first: date, days: Iterable[int]) -> list[date]:
    return [first + timedelta(days=count) for count in days]


def _contacts(post: Post, pregnancy: Pregnancy, kinds: Sequence[str], days: Sequence[date], birth_id=None) -> None:
    """Those that took place by today; most do."""
    chance = post.chance
    for kind, on in zip(kinds, days, strict=False):
        if on > post.today or not chance.likely(KEPT_SHARE):
            continue
        row = made(
            PregnancyContact,
            id=chance.row_id(moment_of(on, 10)),
            pregnancy_id=pregnancy.pk,
            kind=kind,
            birth_id=birth_id,
            on=on,
            place=pregnancy.birth_place if kind in (POSTNATAL[0], NEONATAL[0]) else "pustu",
            officer="bidan",
            recorded_by_id=post.kader_on_duty().pk,
            recorded_at=moment_of(on, 16),
        )
        post.rows.add(row)


def visit_mothers(post: Post) -> None:
    """The kader looks in on mother and baby in the days of KF1 to KF4."""
    for delivery in post.deliveries:
        if not delivery.mother.lives_here(delivery.born_on):
            continue
        open_need(post, delivery.mother.house, delivery.mother, HomeVisit.Reason.NEWBORN, delivery.born_on)
        for day in _days_after(delivery.born_on, AT_HOME_DAYS):
            share = 1 if delivery.mother.house.is_story else VISITED_SHARE
            if day < post.today and post.chance.likely(share):
                encounter = visit(post, delivery.mother.house, day, HomeVisit.Reason.NEWBORN, delivery.mother)
                if encounter is not None:
                    _fill(post, encounter, delivery)
        over = delivery.born_on + timedelta(days=POSTPARTUM_DAYS + 1)
        if over <= post.today:
            end_need(post, delivery.mother.row.pk, HomeVisit.Reason.NEWBORN, over, "nifas_selesai")


def _fill(post: Post, encounter: Encounter, delivery: Delivery) -> None:
    by, at = post.kader_on_duty(), moment_of(encounter.date, 16, 30)
    for key, person, answers in _answers(post, encounter.date, delivery):
        if person.lives_here(encounter.date):
            record_person(post, encounter, registry.form(key), person, answers, by, at)


def _answers(post: Post, on: date, delivery: Delivery) -> Iterator[tuple[str, Person, dict[str, object]]]:
    chance = post.chance
    unwell = chance.likely(0.04)
    mother: dict[str, object] = {
        "tanda_bahaya_nifas": ["demam"] if unwell else ["tidak_ada"],
        "suhu_37_5_atau_lebih": "ya" if unwell else "tidak",
        "tanggal_persalinan": delivery.born_on.isoformat(),
        "keadaan_ibu": "sakit" if unwell else "sehat",
        "imd": "ya" if chance.likely(0.85) else "tidak",
        "isi_piringku": "ya" if chance.likely(0.8) else "tidak",
        "buku_kia_ada": "ya",
    }
    yield "kunjungan_nifas", delivery.mother, mother
    baby: dict[str, object] = {
        "tanda_bahaya_bayi": ["tidak_ada"],
        "suhu_37_5_atau_lebih": "tidak",
        "asi_eksklusif": "ya" if chance.likely(0.8) else "tidak",
        "buku_kia_ada": "ya",
    }
    yield "kunjungan_bayi", delivery.child, baby
