"""Who gets what at every address: a row per URL name. A URL without a row fails test_access_matrix.py.

    row("profiles:resident_detail", OWN, SEE_NAMES)                  the person at her own place 200, elsewhere 404
    row("residents:resident_list", PAGE, SEE_NAMES)                  a page that shows each her own: 200 at any place
    row("open_days:day_start", OWN, RECORD, get=405)                 only POST
    row("areas:setting_edit", OWN, POSTS, args={"code": "33.75", "key": "batas_kirim"})

Whoever is not named gets 403, whoever is not logged in goes to the login (302; a POST gets 401). Addresses' arguments
are filled by name from `World`; `args` gives others: an attribute of World ("@facility"), or the value itself.
`data` is what the POST holds.
"""

import io
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.test import Client
from django.urls import reverse
from PIL import Image

from services.areas import clock
from services.areas.models import Holiday, Office
from services.coaching.models import ActionPoint, CoachingVisit, Decision, Meeting, PlanItem, Sample, SampledRecord
from services.fields.registry import can_be_switched, default_forms, forms_for
from services.fields.spec import Shape
from services.files.actions import keep_photo
from services.follow_ups.actions import make_referral, open_need
from services.home_visits.models import HomeVisit
from services.posyandu.models import BoardMember, CoachingTeam, Correction, Facility
from services.records.models import Asset, AssetPhoto, Encounter, Measurement, Participant, Record
from services.reports.actions import add_scan, freeze_report
from services.reports.models import MonthlyReport, Signatory
from services.reports.monthly import monthly_report
from services.residents.models import Merge, WatchedCondition
from services.tickets.actions import open_ticket
from services.tickets.models import RoutedOffice
from services.web.models import Job, KeptForm
from tests import factories

OPEN = "open to all"
SELF = "everybody who is logged in"
PAGE = "a page of one's own places"
OWN = "a row of place A"
MINE = "a row of one person"

# Role → its place, at A (Kota Pekalongan) and at B (Kabupaten Jepara).
POST_ROLES = ("kader", "ketua", "sekretaris", "bidan", "puskesmas")
AREAS = {
    "lurah": ("33.75.03.1003", "33.20.13.2004"),
    "kelurahan": ("33.75.03.1003", "33.20.13.2004"),
    "kecamatan": ("33.75.03", "33.20.13"),
    "kota": ("33.75", "33.20"),
    "opd": ("33.75", "33.20"),
    "admin": ("33.75", "33.20"),
    "auditor": ("33.75", "33.20"),
}
ROLES = (*POST_ROLES, *AREAS)

# Written out here and not taken from accounts.rules: a slip there shows here.
RECORD = ("kader", "ketua", "sekretaris", "bidan")
SENSITIVE = ("bidan", "puskesmas")
CLOSE_DAY = ("kader", "ketua", "sekretaris")
SEE_NAMES = ("kader", "ketua", "sekretaris", "bidan", "puskesmas", "lurah", "kelurahan")
SEE_REPORT = (*SEE_NAMES, "kecamatan", "kota", "admin")
REVEAL = ("ketua", "sekretaris", "lurah", "kelurahan")
MERGE = ("ketua", "lurah", "kelurahan")
KADER = ("ketua", "sekretaris")
SUBMIT = ("ketua", "sekretaris")
VERIFY = ("lurah", "kelurahan")
SEE_PLACES = ("bidan", "puskesmas", "lurah", "kelurahan", "kecamatan", "kota", "admin", "auditor")
POSTS = ("admin",)
BOARD = ("ketua", "sekretaris", "lurah", "kelurahan", "admin")
TEAMS = ("lurah", "kelurahan", "kecamatan", "kota", "admin")
COACH = ("bidan", "puskesmas", "lurah", "kelurahan", "kecamatan", "kota")
RECHECK = ("bidan", "lurah", "kelurahan")
USERS = ("admin",)
AUDIT = ("auditor",)
OFFICES = ("opd",)
COMPLETE_TICKET = (*RECORD, "lurah", "kelurahan")
WORK_TICKET = (*COMPLETE_TICKET, "opd")
SEE_TICKETS = (*WORK_TICKET, "kecamatan", "kota")
FINDINGS = ("lurah", "kelurahan", "opd")


@dataclass(frozen=True)
class Row:
    """One address: who opens it, and what is answered where it is allowed (a POST: any answer that is no refusal)."""

    name: str
    kind: str
    who: tuple[str, ...] = ROLES
    get: int = 200
    post: int | None = None
    args: dict = field(default_factory=dict)
    data: dict = field(default_factory=dict)


ROWS: list[Row] = []


def row(name: str, kind: str, who: tuple[str, ...] = ROLES, **details) -> None:
    ROWS.append(Row(name, kind, who, **details))


row("healthz", OPEN)
row("web:job_detail", MINE)

row("accounts:login", OPEN, get=302)  # who is in goes on
row("accounts:login_again", OPEN, get=302, post=401)
row("accounts:logout", OPEN, get=405)
row("accounts:pin_login", OPEN, get=404)  # the phone is not trusted
for own_page in ("account_detail", "password_edit", "password_detail", "pin_edit", "table_edit"):
    row(f"accounts:{own_page}", SELF)
for page in ("kader_list", "kader_new", "phone_list", "phone_trust"):
    row(f"accounts:{page}", PAGE, KADER)
for page in ("kader_edit", "kader_reset", "kader_deactivate", "phone_revoke"):
    row(f"accounts:{page}", OWN, KADER)
row("accounts:kader_activate", OWN, KADER, get=409)  # she is active
for page in ("user_list", "user_new"):
    row(f"accounts:{page}", PAGE, USERS)
for page in ("user_edit", "user_reset", "assignment_new", "assignment_end"):
    row(f"accounts:{page}", OWN, USERS)

row("areas:boundary_import", OWN, POSTS, args={"code": "33.75"})
row("areas:setting_list", PAGE, POSTS)
row("areas:setting_edit", OWN, POSTS, args={"code": "33.75", "key": "batas_kirim"})

for page in ("posyandu_list", "posyandu_new", "posyandu_import", "facility_new"):
    row(f"posyandu:{page}", PAGE, POSTS)
row("posyandu:posyandu_import_detail", PAGE, POSTS, get=410, args={"reference": "tidak-ada"})
for page in ("posyandu_detail", "posyandu_edit", "posyandu_move"):
    row(f"posyandu:{page}", OWN, POSTS, args={"pk": "@post"})
row("posyandu:board_list", PAGE, BOARD)
for page in ("board_detail", "board_download"):
    row(f"posyandu:{page}", OWN, SEE_REPORT, args={"pk": "@post"})
for page in ("board_member_new", "dossier_edit"):
    row(f"posyandu:{page}", OWN, BOARD, args={"pk": "@post"})
for page in ("board_member_edit", "board_member_end"):
    row(f"posyandu:{page}", OWN, BOARD, args={"pk": "@member"})
row("posyandu:team_list", PAGE, TEAMS)
row("posyandu:team_new", OWN, TEAMS, args={"code": "33.75.03.1003"})
row("posyandu:team_edit", OWN, TEAMS, args={"pk": "@team"})
row("posyandu:facility_edit", OWN, POSTS, args={"pk": "@facility"})

row("residents:resident_list", PAGE, SEE_NAMES)
for page in ("resident_new", "household_new"):
    row(f"residents:{page}", PAGE, RECORD)
for page in ("household_edit", "resident_edit", "resident_move", "resident_death", "resident_return"):
    row(f"residents:{page}", OWN, RECORD)
for page in ("birth_new", "birth_cancel"):
    row(f"residents:{page}", OWN, RECORD)
row("residents:contact_edit", OWN, RECORD, args={"kind": "K1"})
for page in ("pregnancy_new", "pregnancy_end", "condition_new", "condition_end", "consent_new"):
    row(f"residents:{page}", OWN, RECORD)
for page in ("resident_merge", "merge_undo"):
    row(f"residents:{page}", OWN, MERGE)
row("residents:resident_nik", OWN, REVEAL)

for page in ("resident_detail", "household_detail", "pregnancy_detail"):
    row(f"profiles:{page}", OWN, SEE_NAMES)
for page in ("growth_detail", "child_card_download"):
    row(f"profiles:{page}", OWN, SEE_NAMES, args={"resident_id": "@child"})

row("dashboard:home", PAGE)
row("dashboard:place_detail", OWN, SEE_PLACES, args={"code": "33.75.03.1003"})
for page in ("running_list", "rollout_list"):
    row(f"dashboard:{page}", PAGE, SEE_PLACES)
row("dashboard:target_list", PAGE, POSTS)
row("dashboard:target_edit", OWN, POSTS, args={"code": "33.75", "year": 2026})

row("open_days:day_list", PAGE, RECORD)
for page in ("day_new", "schedule_edit"):
    row(f"open_days:{page}", PAGE, CLOSE_DAY)
for page in ("day_detail", "guest_new", "activity_list"):
    row(f"open_days:{page}", OWN, RECORD)
for page in ("day_close", "day_cancel"):
    row(f"open_days:{page}", OWN, CLOSE_DAY)
for page in ("person_invite", "day_start"):
    row(f"open_days:{page}", OWN, RECORD, get=405)
row("open_days:attendance_edit", OWN, RECORD, get=405, data={"hadir": "@resident"})
row("open_days:day_reopen", OWN, CLOSE_DAY, get=405)
row("open_days:record_edit", OWN, RECORD, args={"form_key": "@person_form"})
for page in ("paper_list", "register_download", "grid_edit"):
    row(f"open_days:{page}", OWN, RECORD)
row("open_days:record_preview", OWN, RECORD, get=405, args={"form_key": "@person_form"})
row("records:sensitive_record_edit", OWN, RECORD, args={"form_key": "srq20"})
row("records:sensitive_record_detail", OWN, SENSITIVE)
row("records:weight_status_edit", OWN, SENSITIVE)
row("records:card_download", PAGE, RECORD, args={"form_key": "@person_form"})
row("open_days:household_record_edit", OWN, RECORD, args={"form_key": "@household_form"})
row("open_days:elsewhere_list", PAGE, RECORD)
for page in ("activity_edit", "activity_cancel"):
    row(f"open_days:{page}", OWN, RECORD, args={"record_id": "@activity"})
for page in ("participant_list", "participant_new", "participant_grid_edit"):
    row(f"open_days:{page}", OWN, RECORD, args={"record_id": "@naming_activity"})
for page in ("participant_edit", "participant_cancel"):
    row(f"open_days:{page}", OWN, RECORD)
row("records:participant_list_download", OWN, RECORD, args={"record_id": "@naming_activity"})
row("open_days:elsewhere_new", PAGE, RECORD, args={"form_key": "@activity_form"})
row("open_days:activity_new", OWN, RECORD, args={"form_key": "@activity_form"})
for page in ("asset_list", "asset_record_edit"):
    row(f"open_days:{page}", OWN, RECORD, args={"form_key": "@asset_form"})

for page in ("visit_list", "visit_list_download"):
    row(f"home_visits:{page}", PAGE, RECORD)
for page in ("visit_new", "visit_detail", "visit_continue", "danger_new"):
    row(f"home_visits:{page}", OWN, RECORD)
row("home_visits:record_edit", OWN, RECORD, args={"form_key": "@person_form"})
row("home_visits:household_record_edit", OWN, RECORD, args={"form_key": "@household_form"})

row("follow_ups:need_detail", OWN, RECORD)
row("follow_ups:invitation_list", PAGE, RECORD)
row("follow_ups:load_list", PAGE, KADER)
row("follow_ups:handed_list", PAGE, VERIFY)
row("follow_ups:handed_answer", OWN, VERIFY)
row("follow_ups:referral_list", PAGE, POST_ROLES)
for page in ("referral_new", "referral_detail", "referral_download"):
    row(f"follow_ups:{page}", OWN, POST_ROLES)
for page in ("referral_answer", "confirm_list"):
    row(f"follow_ups:{page}", PAGE, SENSITIVE)
row("follow_ups:trigger_edit", OWN, POSTS, args={"code": "33.75", "key": "absen_berulang_lain"})

row("records:asset_list", PAGE, SEE_NAMES)
row("records:asset_new", PAGE, RECORD, args={"form_key": "@asset_form"})
row("records:asset_detail", OWN, SEE_NAMES)
row("records:asset_photo_new", OWN, RECORD)
row("records:asset_photo_detail", OWN, SEE_NAMES, args={"photo_id": "@asset_photo"})
row("records:paper_list", PAGE, RECORD)
row("records:paper_download", OWN, RECORD, args={"form_key": "sumur"})
row("records:grid_edit", OWN, RECORD, args={"form_key": "@household_form"})
row("records:person_record_edit", OWN, RECORD, args={"resident_id": "@child", "form_key": "anak_usia_dini"})
for page in ("household_record_edit", "household_repeat"):
    row(f"records:{page}", OWN, RECORD, args={"form_key": "@household_form"})
row("profiles:household_progress", PAGE, SEE_NAMES)
for page in ("asset_edit", "asset_record_edit", "asset_retire"):
    row(f"records:{page}", OWN, RECORD)

for page in ("visit_list", "visit_new", "sample_list", "sample_new"):
    row(f"coaching:{page}", PAGE, COACH)
row("coaching:visit_detail", OWN, COACH, args={"pk": "@coaching_visit"})
row("coaching:photo_detail", OWN, COACH, args={"pk": "@coaching_visit"}, get=404)  # it has no photo
row("coaching:point_close", OWN, COACH, args={"pk": "@action_point"})
row("coaching:sample_detail", OWN, COACH, args={"pk": "@sample"})
row("coaching:sampled_record_edit", OWN, RECHECK, args={"pk": "@sampled"})
row("coaching:grant_new", OWN, RECHECK, args={"pk": "@post"})
for page in ("meeting_list", "meeting_new", "plan_list", "plan_new"):
    row(f"coaching:{page}", PAGE, TEAMS)
for page in ("meeting_detail", "meeting_download", "decision_new"):
    row(f"coaching:{page}", OWN, TEAMS, args={"pk": "@meeting"})
row("coaching:decision_close", OWN, TEAMS, args={"pk": "@decision"})
row("coaching:decision_edit", OWN, TEAMS, args={"pk": "@decision"})
row("coaching:plan_edit", OWN, TEAMS, args={"pk": "@plan_item"})

row("reports:report_list", PAGE, SEE_REPORT)
row("reports:report_detail", OWN, SEE_REPORT, args={"place": "@path", "month": "@month"})
row("reports:recap_detail", OWN, SEE_REPORT, args={"place": "@path", "year": "@sent_year"})
row("reports:recap_download", OWN, SEE_REPORT, args={"place": "@path", "year": "@sent_year", "file_format": "xlsx"})
row("reports:paper_recap_edit", OWN, VERIFY, args={"place": "@path", "month": "2024-12"})
row("reports:facility_report_detail", OWN, SEE_REPORT, args={"month": "@month"})
row("reports:facility_report_download", OWN, SEE_REPORT, args={"month": "@month", "file_format": "json"})
row("reports:period_detail", OWN, SEE_REPORT, args={"place": "@path", "span": "2026"})
row("reports:period_download", OWN, SEE_REPORT, args={"place": "@path", "span": "2026-s1", "file_format": "xlsx"})
row("reports:facility_period_detail", OWN, SEE_REPORT, args={"span": "2026"})
row("reports:facility_period_download", OWN, SEE_REPORT, args={"span": "2026-s1", "file_format": "xlsx"})
row("reports:province_detail", OWN, ("kota",), args={"place": "33.75", "span": "2026"})
row("reports:province_download", OWN, ("kota",), get=404, args={"place": "33.75", "span": "2026"})  # none was made
FOLLOW = ("ketua", "sekretaris", "lurah", "kelurahan", "kecamatan", "kota")
RETURN = ("lurah", "kelurahan", "kecamatan", "kota")
VILLAGE = {"place": "33.75.03.1003", "month": "@month"}
row("reports:bundle_detail", OWN, RETURN, args=VILLAGE)
row("reports:bundle_download", OWN, RETURN, get=404, args={**VILLAGE, "file_format": "pdf"})  # none was made
row("reports:month_list", PAGE, FOLLOW)
row("reports:month_verify_list", PAGE, RETURN)
row("reports:month_detail", OWN, FOLLOW, args={"posyandu": "@post_id", "month": "@month"})
for page in ("month_submit", "narrative_edit", "correction_new"):
    row(f"reports:{page}", OWN, SUBMIT, args={"posyandu": "@post_id", "month": "@month"})
for page in ("month_verify", "month_return", "exception_new", "correction_accept"):
    row(f"reports:{page}", OWN, RETURN, args={"posyandu": "@post_id", "month": "@month"})
row("reports:correction_refuse", OWN, RETURN, args={"correction": "@correction"})
row("reports:logo_edit", OWN, POSTS, args={"code": "33.75"})
SIGN = ("puskesmas", *TEAMS)
row("reports:signatory_list", PAGE, SIGN)
for page in ("signatory_new", "signatory_end"):  # each at her own level; the kota does not name the lurah
    row(f"reports:{page}", OWN, ("lurah", "kelurahan", "admin"), args={"code": "@signed_code"})
row("reports:scan_new", OWN, FOLLOW, args={"report": "@frozen"})
row("reports:scan_download", OWN, SEE_REPORT)
row("reports:scan_cancel", OWN, FOLLOW)
row("reports:tray_list", PAGE, RECORD)
row("reports:tray_send", OWN, RECORD, get=405, args={"kept": "@kept_id"})
row("reports:tray_drop", OWN, RECORD, args={"kept": "@kept_id"})
row("reports:hash_check", PAGE, SEE_REPORT)
row(
    "reports:figure_detail",
    OWN,
    SEE_REPORT,
    args={"place": "@path", "month": "@month", "key": "hari_buka.semua.terlaksana"},
)
row(
    "reports:version_download",
    OWN,
    SEE_REPORT,
    args={"place": "@path", "month": "@month", "version": "@version", "file_format": "json"},
)
row("reports:report_download", OWN, SEE_REPORT, args={"place": "@path", "month": "@month", "file_format": "json"})


row("files:attachment_detail", OWN, SEE_NAMES)

for page in ("ticket_list", "confidential_list"):
    row(f"tickets:{page}", PAGE, SEE_TICKETS)
for page in ("ticket_new", "confidential_new", "told_list"):
    row(f"tickets:{page}", PAGE, RECORD)
for page in ("office_ticket_list", "office_ticket_answer"):
    row(f"tickets:{page}", PAGE, OFFICES)
for page in ("finding_list", "aspiration_list", "aspiration_list_download"):
    row(f"tickets:{page}", PAGE, FINDINGS)
row("tickets:finding_list_download", PAGE, FINDINGS, get=404)  # nothing was chosen
row("tickets:ticket_detail", OWN, SEE_TICKETS)
row("tickets:ticket_edit", OWN, COMPLETE_TICKET)
for page in ("papers_edit", "photo_new", "photo_detail"):
    row(f"tickets:{page}", OWN, WORK_TICKET)
row("tickets:ticket_move", OWN, WORK_TICKET, get=409, args={"target": "tidak-ada"})
for page in ("ticket_join", "ticket_told", "ticket_slip_download"):
    row(f"tickets:{page}", OWN, RECORD)
row("tickets:register_download", OWN, RECORD, args={"field": "sosial"})
row("tickets:register_list", PAGE, RECORD)
row("tickets:reporter_edit", OWN, RECORD)
row("tickets:request_type_edit", PAGE, POSTS, args={"field": "sosial", "key": "bansos"})
row("tickets:office_ticket_assign", OWN, OFFICES)
for page in ("office_list", "office_new", "office_defaults", "request_type_new", "holiday_new"):
    row(f"tickets:{page}", PAGE, POSTS)
row("tickets:office_edit", OWN, POSTS)
row("tickets:holiday_cancel", OWN, POSTS)
row("tickets:route_edit", PAGE, POSTS, args={"field": "sosial"})
row("tickets:ticket_track", OPEN)


class World:
    """Two places in two districts, everybody who works there, and one row of each kind at A.

    Attributes are what addresses' arguments are called, without `_id`. Each is made when first asked for.
    """

    def peopled(self) -> "World":
        """With everybody in place and logged in: what every address needs, and what takes the longest to make."""
        self._logged_in  # noqa: B018
        return self

    def copy(self) -> "World":
        """The same places and people; what one address asks for besides is not there for the next."""
        return copy(self)

    @cached_property
    def post(self):
        factories.area_tree()
        self.other_post  # noqa: B018 - B exists whenever A does
        return factories.posyandu(facility=self.facility)

    @property
    def posyandu(self):
        return self.post

    @cached_property
    def other_post(self):
        return factories.posyandu("Margo Utomo", "33.20.13.2004")

    @cached_property
    def facility(self):
        factories.area_tree()
        return Facility.objects.create(name="Kusuma Bangsa", area_id="33.75")

    @cached_property
    def offices(self):
        """An office in each district."""
        self.post  # noqa: B018 - the districts exist
        return [Office.objects.create(area_id=code, name="DPUPR", fields=["pekerjaan_umum"]) for code in AREAS["opd"]]

    @property
    def office(self):
        return self.offices[0]

    @cached_property
    def holiday(self):
        self.post  # noqa: B018 - the districts exist
        return Holiday.objects.create(area_id="33.75", date=date(2026, 11, 11), name="Hari jadi", source="SK")

    def _place(self, role: str, there: int):
        if role == "opd":
            return self.offices[there]
        return AREAS[role][there] if role in AREAS else (self.post, self.other_post)[there]

    @cached_property
    def coaching_visit(self):
        return CoachingVisit.objects.create(posyandu=self.post, date=clock.today(), visited_by=self.people["lurah", 0])

    @cached_property
    def action_point(self):
        return ActionPoint.objects.create(
            visit=self.coaching_visit, text="Timbangan", responsible="Ketua", due_on=clock.today()
        )

    @cached_property
    def sample(self):
        month = clock.month_of(clock.today())
        return Sample.objects.create(posyandu=self.post, month=month, seed="a", candidates=1, drawn_by=self.kader)

    @cached_property
    def sampled(self):
        record = Record.objects.create(
            encounter=self.day.encounter,
            recorded_on=self.day.date,
            form="kartu_dewasa_lansia",
            field="kesehatan",
            shape="PERSON",
            resident=self.resident,
            author=self.kader,
            registry_version="1",
        )
        return SampledRecord.objects.create(sample=self.sample, record=record)

    @cached_property
    def meeting(self):
        today = clock.today()
        return Meeting.objects.create(
            area_id=AREAS["lurah"][0],
            date=today,
            agenda="Rakor",
            month=clock.month_of(today),
            called_by=self.people["lurah", 0],
        )

    @cached_property
    def decision(self):
        return Decision.objects.create(meeting=self.meeting, text="Sumur", responsible="PU", due_on=clock.today())

    @cached_property
    def plan_item(self):
        lurah = self.people["lurah", 0]
        return PlanItem.objects.create(area_id=AREAS["lurah"][0], year=2027, text="Pelatihan", added_by=lurah)

    @cached_property
    def member(self):
        return BoardMember.objects.create(posyandu=self.post, post="ketua", name="Sri", from_date=clock.today())

    @cached_property
    def team(self):
        today = clock.today()
        return CoachingTeam.objects.create(
            area_id=AREAS["lurah"][0], decree_number="1/2026", decree_date=today, chair="Sri"
        )

    @cached_property
    def people(self):
        """(role, 0 at A or 1 at B) → this person."""
        return {(role, there): factories.user(role, at=self._place(role, there)) for role in ROLES for there in (0, 1)}

    @cached_property
    def _logged_in(self):
        """(role, 0 at A or 1 at B) → the cookie of this person's session."""
        return {who: factories.client_for(person).cookies for who, person in self.people.items()}

    def client(self, role: str, there: int) -> Client:
        """A new browser, so that one who is logged out by an address is in again at the next."""
        browser = Client()
        browser.cookies.load({name: morsel.value for name, morsel in self._logged_in[role, there].items()})
        return browser

    @cached_property
    def kader(self):
        return self.people["kader", 0]

    @cached_property
    def assignment(self):
        return self.kader.assignments.get()

    @cached_property
    def phone(self):
        return self.post.trusted_phones.create(label="HP", token_hash="x", trusted_by=self.kader)

    @cached_property
    def job(self):
        return Job.objects.create(user=self.kader, title="Impor")

    @cached_property
    def household(self):
        return factories.household(self.post)

    @cached_property
    def resident(self):
        return factories.resident(self.post, family=self.household, age_months=30 * 12)

    @cached_property
    def child(self):
        return factories.resident(self.post, "Bintang", family=self.household, age_months=14).pk

    @cached_property
    def pregnancy(self):
        return factories.pregnancy(self.resident, registered_on=clock.today())

    @cached_property
    def condition(self):
        kind = WatchedCondition.Kind.values[0]
        return WatchedCondition.objects.create(resident=self.resident, kind=kind, from_date=clock.today())

    @cached_property
    def merge(self):
        twin = factories.resident(self.post, "Aisyah P", family=self.household)
        return Merge.objects.create(kept=self.resident, gone=twin, merged_by=self.kader)

    @cached_property
    def day(self):
        day = factories.open_day(self.post, clock.today(), by=self.kader)
        factories.present(day, self.resident, by=self.kader)
        return day

    @property
    def encounter(self):
        return self.day.encounter

    @cached_property
    def measurement(self):
        today = clock.today()
        return Measurement.objects.create(
            encounter=self.encounter, resident=self.resident, measured_on=today, period=today.replace(day=1)
        )

    @cached_property
    def visit(self):
        today = clock.today()
        encounter = Encounter.objects.create(
            kind=Encounter.Kind.HOME_VISIT,
            posyandu=self.post,
            date=today,
            period=today.replace(day=1),
            created_by=self.kader,
        )
        return HomeVisit.objects.create(
            encounter=encounter,
            posyandu=self.post,
            household=self.household,
            resident=self.resident,
            date=today,
            reason=HomeVisit.Reason.ROUTINE,
            outcome=HomeVisit.Outcome.values[0],
            visited_by=self.kader,
        )

    @cached_property
    def need(self):
        about = {"household": self.household, "resident": self.resident}
        return open_need(
            posyandu=self.post, kind="PTM", words="tidak kontrol", on=clock.today(), by=self.kader, **about
        )

    @cached_property
    def referral(self):
        return make_referral(
            posyandu=self.post,
            resident=self.resident,
            facility=self.facility,
            reason="BB tidak naik",
            on=clock.today(),
            by=self.kader,
        )

    @cached_property
    def asset(self):
        return Asset.objects.create(posyandu=self.post, form=self.asset_form, name="Sumur", from_date=clock.today())

    @cached_property
    def activity(self):
        details = {"form": self.activity_form, "field": "pendidikan", "shape": "ACTIVITY", "activity": "Penyuluhan"}
        return Record.objects.create(
            encounter=self.day.encounter,
            recorded_on=self.day.date,
            author=self.kader,
            registry_version="1",
            **details,
        ).pk

    @cached_property
    def naming_activity(self):
        details = {"form": "kie_gender", "field": "sosial", "shape": "ACTIVITY", "activity": "KIE"}
        return Record.objects.create(
            encounter=self.day.encounter,
            recorded_on=self.day.date,
            author=self.kader,
            registry_version="1",
            **details,
        ).pk

    @cached_property
    def participant(self):
        typed = {"name": "Siti Luar", "sex": "P", "phone": "081234567890"}
        return Participant.objects.create(record_id=self.naming_activity, added_by=self.kader, **typed)

    @cached_property
    def asset_photo(self):
        picture = keep_photo(upload=_photo(), posyandu=self.post, by=self.kader)
        return AssetPhoto.objects.create(asset=self.asset, attachment=picture, taken_on=clock.today()).pk

    @cached_property
    def attachment(self):
        return keep_photo(upload=_photo(), posyandu=self.post, by=self.kader, bound=False)

    @cached_property
    def ticket(self):
        """A complaint with a photo that lies with the office."""
        ticket = open_ticket(
            posyandu=self.post,
            field="pekerjaan_umum",
            request_type="sumur",
            kind="pengaduan",
            photo=_photo(),
            by=self.kader,
        )
        RoutedOffice.objects.create(ticket=ticket, office=self.offices[0])
        return ticket

    @property
    def photo(self):
        return self.ticket.photos.get()

    @property
    def code(self):
        return self.ticket.code

    @cached_property
    def path(self):
        return self.post.path

    @cached_property
    def month(self):
        return clock.previous_month(clock.month_of(clock.today())).strftime("%Y-%m")

    @cached_property
    def post_id(self):
        return self.post.pk

    @cached_property
    def kept_id(self):
        """A form of kader A that waits in the tray."""
        page = reverse("residents:resident_new")
        waiting = KeptForm.objects.create(key="x", user=self.kader, path=page, content="a=1", place=self.path)
        return waiting.pk

    @cached_property
    def frozen(self):
        month = clock.previous_month(clock.month_of(clock.today()))
        report = monthly_report(self.path, month, scope=None)
        return freeze_report(report=report, by=self.kader, version=1, posyandu_id=self.post.pk)

    @property
    def version(self):
        return self.frozen.version

    @cached_property
    def scan(self):
        return add_scan(report=self.frozen, upload=_photo(), by=self.kader)

    @cached_property
    def correction(self):
        period = self.post.periods.create(month=clock.month_of(clock.today()), state="diajukan")
        return Correction.objects.create(period=period, what="Berat badan", proposed_by=self.kader)

    @cached_property
    def signed_code(self):
        self.post  # noqa: B018 - the areas exist
        Signatory.objects.create(area_id=AREAS["lurah"][0], title="Lurah", name="Sri", from_date="2026-01-01")
        return AREAS["lurah"][0]

    @cached_property
    def sent_year(self):
        """A year whose months were all sent: its recap reads them, where an open one counts each month again."""
        sent = {"level": "posyandu", "place": self.path, "posyandu": self.post, "document": "{}"}
        MonthlyReport.objects.bulk_create(MonthlyReport(month=date(2025, month, 1), **sent) for month in range(1, 13))
        return 2025

    @cached_property
    def person_form(self):
        return _form(Shape.PERSON)

    @cached_property
    def household_form(self):
        return _form(Shape.HOUSEHOLD)

    @cached_property
    def activity_form(self):
        return _form(Shape.ACTIVITY)

    @cached_property
    def asset_form(self):
        return _form(Shape.ASSET)


def _photo() -> io.BytesIO:
    kept = io.BytesIO()
    Image.new("RGB", (30, 20), "brown").save(kept, "JPEG")
    return io.BytesIO(kept.getvalue())


def _form(shape: Shape) -> str:
    """A form of this shape that is used where a district decided nothing, and asked of an adult."""
    used = default_forms()
    specs = [
        spec
        for spec in forms_for(shape=shape)
        if not spec.sensitive and (spec.key in used or not can_be_switched(spec))
    ]
    adult = [spec for spec in specs if shape is Shape.PERSON and "dewasa" in spec.audience.stages]
    return (adult or specs)[0].key
