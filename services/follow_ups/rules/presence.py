"""Needs that come from not coming: repeated absence, care that was not fetched, the yearly round. Pure."""

from datetime import date, timedelta

from services.residents.rules import add_months, is_priority

from .facts import HouseFacts, Judgement, PersonFacts, PostFacts, ended, holding

SOONER = frozenset({"bayi", "balita", "bumil"})  # domain 3.6: "balita/bumil 2; others 3"
CONTROLLED = ("systolic", "diastolic", "glucose_mg_dl")
LAPSES = {
    "obat_ada": "obatnya habis",
    "obat_diminum_24_jam": "obat tidak diminum",
    "odgj_berobat": "tidak berobat teratur",
    "odgj_obat_diminum": "obat tidak diminum",
}
NEEDS_HELP = frozenset({"r", "s", "b", "t"})  # AKS: ringan, sedang, berat, total


def missed_in_a_row(person: PersonFacts, post: PostFacts, *, after: date | None = None) -> list[date]:
    """The newest closed open days that she missed in a row while she lived here and was expected, newest first.

    Days before she was born or lived here, before the post was live, and up to `after` do not count; nor do days on
    which she was of no priority group (flows 5 and 13).
    """
    missed: list[date] = []
    for pk, day in post.days:
        if day < max(person.from_date, person.birth_date, post.live_from) or (after is not None and day <= after):
            break
        if pk in person.came:
            break
        if is_priority(person.stages_on(day, post.stage_rules)[0]):
            missed.append(day)
    return missed


def judge_absence(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """ABSEN_BERULANG: so many open days in a row without her."""
    kind = "ABSEN_BERULANG"
    stage = person.stages_on(post.on, post.stage_rules)[0]
    if not is_priority(stage):
        return ended(kind, post.on, "bukan_sasaran")
    missed = missed_in_a_row(person, post, after=person.handled.get(kind))
    limit = post.limits["absen_berulang_prioritas" if stage in SOONER else "absen_berulang_lain"]
    if len(missed) >= limit:
        return holding(kind, missed[0], f"{len(missed)} kali tidak hadir", post.due(kind))
    if not missed and person.last_came is not None:
        return ended(kind, person.last_came, "hadir")
    return None if post.is_correcting else ended(kind, post.on, "kehadiran_dikoreksi")


def judge_control(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """PTM: a watched condition without a check, or medicine that is missing or not taken."""
    kind = "PTM"
    since = _watched_since(person, {"hipertensi", "diabetes"})
    if since is None:
        return ended(kind, post.on, "bukan_sasaran")
    checks = [person.measured[name].on for name in CONTROLLED if name in person.measured]
    last = _newest(person.last_came, person.handled.get(kind), person.seen_on, _went_well(person, kind), *checks)
    lapse = _lapse(person, kind, "obat_ada", "obat_diminum_24_jam")
    if lapse and (last is None or lapse[0] >= last):
        return holding(kind, *lapse, post.due(kind))
    days = post.limits["ptm_tanpa_kontrol_hari"]
    late_from = max(last or since, post.live_from, person.from_date) + timedelta(days=days)
    if late_from <= post.on:
        return holding(kind, late_from, f"lebih dari {days} hari tidak kontrol", post.due(kind))
    return ended(kind, last, "sudah_kontrol") if last else None


def judge_mind(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """ODGJ: whoever is treated for a mental illness and was not checked, or has no medicine or does not take it.

    Her own form or an answered referral says that she is under control and ends the need. What a kader is told at the
    door only puts the next visit off; coming to the open day says nothing of it.
    """
    kind = "ODGJ"
    since = _watched_since(person, {"odgj"})
    if since is None:
        return ended(kind, post.on, "bukan_sasaran")
    treated = person.answers.get("odgj_berobat")
    seen = _newest(person.seen_on, treated.on if treated and treated.value == "ya" else None)
    heard = _newest(_went_well(person, kind), person.handled.get(kind))
    last, lapse = _newest(seen, heard), _lapse(person, kind, "odgj_berobat", "odgj_obat_diminum")
    if lapse and (last is None or lapse[0] >= last):
        return holding(kind, *lapse, post.due(kind))
    days = post.limits["odgj_tanpa_kontrol_hari"]
    late_from = max(last or since, post.live_from, person.from_date) + timedelta(days=days)
    if late_from <= post.on:
        return holding(kind, late_from, f"lebih dari {days} hari tidak kontrol", post.due(kind))
    return ended(kind, seen, "sudah_kontrol") if seen and seen == last else None


def _watched_since(person: PersonFacts, conditions: set[str]) -> date | None:
    return min((day for condition, day in person.conditions if condition in conditions), default=None)


def _newest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _went_well(person: PersonFacts, kind: str) -> date | None:
    told = person.told.get(kind)
    return told.on if told and told.goes_well else None


def _lapse(person: PersonFacts, kind: str, *questions: str) -> tuple[date, str] | None:
    """Since when medicine is missing or not taken, by the newest answer of a form or a visit; None when it is there."""
    told = person.told.get(kind)
    found: list[tuple[date, str]] = []
    for key in questions:
        answer = person.answers.get(key)
        if answer and answer.value == "tidak" and not (told and told.on > answer.on):
            found.append((answer.on, LAPSES[key]))
    if told and told.has_medicine == "tidak":
        found.append((told.on, LAPSES["obat_ada"]))
    elif told and told.took_medicine == "tidak":
        found.append((told.on, LAPSES["obat_diminum_24_jam"]))
    return max(found, key=lambda lapse: lapse[0], default=None)


def judge_elder(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """LANSIA: needs help in daily life (AKS), or lives alone and stays away."""
    kind = "LANSIA"
    if "lansia" not in person.stages_on(post.on, post.stage_rules):
        return ended(kind, post.on, "bukan_sasaran")
    aks = person.answers.get("aks_tingkat")
    if aks and str(aks.value).lower() in NEEDS_HELP:
        return holding(kind, aks.on, "perlu bantuan sehari-hari", post.due(kind))
    missed = missed_in_a_row(person, post, after=person.handled.get(kind))
    if person.lives_alone and len(missed) >= post.limits["lansia_sendiri_absen"]:
        return holding(kind, missed[0], f"tinggal sendiri, {len(missed)} kali tidak hadir", post.due(kind))
    if person.last_came and not missed:
        return ended(kind, person.last_came, "hadir")
    return ended(kind, aks.on, "mandiri") if aks else None


def judge_referral(person: PersonFacts, post: PostFacts) -> Judgement | None:
    """RUJUKAN_TAK_DATANG: sent out, and nobody has said what became of it."""
    kind = "RUJUKAN_TAK_DATANG"
    if person.referred_on is None:
        return ended(kind, post.on, "rujukan_dijawab")
    late_from = person.referred_on + timedelta(days=post.limits["rujukan_tanpa_kabar_hari"])
    if late_from > post.on:
        return None
    return holding(kind, late_from, "dirujuk, belum ada kabar", post.due(kind))


def routine_month(place: int, total: int, months: int) -> int:
    """In which month of the round (0 … months−1) the house with this place is visited: evenly, neighbours together."""
    return place * months // max(total, 1)


def judge_round(house: HouseFacts, post: PostFacts) -> Judgement | None:
    """RUTIN: every household once in a round of twelve months, spread by RT, not soon after any other visit."""
    kind, months = "RUTIN", post.limits["kunjungan_rutin_bulan"]
    index = (post.on.year * 12 + post.on.month - 1) % months
    this_month = post.on.replace(day=1)
    if house.visited_on and add_months(house.visited_on, months // 2) > post.on:
        return ended(kind, house.visited_on, "dikunjungi")
    if routine_month(house.place, house.total, months) != index or max(house.since, post.live_from) > this_month:
        return None
    return holding(kind, this_month, "kunjungan rutin", post.due(kind))
