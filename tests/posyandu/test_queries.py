from datetime import date

import pytest

from services.areas.models import Area, CodeChange
from services.areas.scope import Scope
from services.posyandu.models import AreaMembership, Posyandu
from services.posyandu.queries import NEW, analyse, find_posyandu, last_serials, places, registered, villages_with_posts
from services.posyandu.resources import PostRow
from tests import factories

pytestmark = pytest.mark.django_db
KANDANG, WETAN, DESA = "33.75.03.1003", "33.75.03.1004", "33.20.13.2004"


def kinds(*rows, areas=("33.75",), decisions=None):
    return [finding.kind.value for finding in analyse(rows, areas=areas, decisions=decisions).findings]


def only(row, **options):
    [finding] = analyse([row], **{"areas": ("33.75",), **options}).findings
    return finding


@pytest.fixture
def ungu():
    return factories.posyandu("Kencana Ungu", rw="09")


def test_a_near_name_is_offered_and_never_merged(ungu):
    finding = only(PostRow(43, "Kencono Ungu", KANDANG, rw="09"))
    assert (finding.kind, finding.posts) == ("mirip", (ungu,))


def test_the_same_name_in_the_same_rw_or_without_one_is_the_same(ungu):
    assert kinds(PostRow(2, "KENCANA UNGU", KANDANG, rw="09")) == ["sama"]
    assert kinds(PostRow(2, "Kencana Ungu", KANDANG)) == ["sama"]


def test_the_same_name_in_another_rw_is_asked(ungu):
    assert only(PostRow(2, "Kencana Ungu", KANDANG, rw="10")).reason == "namanya sama, RW-nya lain"


def test_the_same_name_in_another_village_is_new(ungu):
    assert kinds(PostRow(2, "Kencana Ungu", WETAN, rw="09")) == ["baru"]


def test_part_of_a_name_is_asked_only_in_the_same_rw(ungu):
    assert kinds(PostRow(2, "Kencana", KANDANG, rw="09"), PostRow(3, "Kencana", KANDANG, rw="08")) == ["mirip", "baru"]


def test_melati_1_is_never_melati_10():
    factories.posyandu("Melati 1", rw="01")
    assert kinds(PostRow(2, "Melati 10", KANDANG, rw="01"), PostRow(3, "Melati I", KANDANG, rw="01")) == [
        "baru",
        "sama",
    ]


def test_two_rows_that_are_one_post_are_told_apart(ungu):
    findings = analyse([PostRow(2, "Kencana Ungu", KANDANG), PostRow(3, "kencana ungu", KANDANG)], areas=None).findings
    assert [finding.kind for finding in findings] == ["sama", "ditolak"]
    assert "baris 2" in findings[1].reason


def test_a_new_name_twice_in_the_list_is_written_once_and_a_near_one_asked():
    factories.area_tree()
    rows = [PostRow(2, "Mawar Merah", KANDANG), PostRow(3, "MAWAR MERAH", KANDANG), PostRow(4, "Mawor Merah", KANDANG)]
    rows += [PostRow(5, "Teratai", KANDANG, rw="01"), PostRow(6, "Teratai", KANDANG, rw="02")]
    assert kinds(*rows) == ["baru", "ditolak", "mirip", "baru", "baru"]


def test_a_decision_makes_a_similar_row_new_or_the_same(ungu):
    row = PostRow(43, "Kencono Ungu", KANDANG)
    assert only(row, decisions={43: NEW}).kind == "baru"
    assert only(row, decisions={43: ungu.path}).posts == (ungu,)
    assert only(row, decisions={43: ungu.path}).kind == "sama"


@pytest.mark.parametrize("decisions", [{99: NEW}, {43: "33.75.03.1003.99"}, {43: "33.20.13.2004.1"}, {2: NEW}])
def test_a_decision_that_fits_no_row_is_named(ungu, decisions):
    factories.posyandu("Kencana Ungu", DESA)
    rows = [PostRow(43, "Kencono Ungu", KANDANG), PostRow(2, "Kencana Ungu", KANDANG)]
    analysis = analyse(rows, areas=None, decisions=decisions)
    assert len(analysis.unknown) == 1


@pytest.mark.parametrize(
    ("row", "areas", "reason"),
    [
        (PostRow(2, "Melati", "33.75.03.9999"), None, "bukan kode desa/kelurahan"),
        (PostRow(2, "Melati", "33.75.03"), None, "bukan kode desa/kelurahan"),
        (PostRow(2, "Melati", DESA), ("33.75",), "di luar wilayah"),
        (PostRow(2, "Melati", KANDANG, "Krapyak"), None, "padahal tertulis Krapyak"),
        (PostRow(2, "Melati", "", "Kandang Panjang"), None, "--within"),
        (PostRow(2, "Melati", "", "Pendosawalan"), ("33.75",), "tidak ditemukan"),
        (PostRow(2, "Melati", "", "Kandang"), ("33.75",), "tidak ditemukan"),
        (PostRow(2, "Melati"), ("33.75",), "kelurahan/desa kosong"),
        (PostRow(2, "Melati", KANDANG, registration="33.75.03.1004.001"), None, "Empat bagian pertama"),
        (PostRow(2, "Melati", KANDANG, registration="123"), None, "ditulis seperti"),
        (PostRow(2, "", KANDANG, problem="nama posyandu kosong"), None, "nama posyandu kosong"),
    ],
)
def test_a_row_is_refused_with_its_reason(row, areas, reason):
    factories.area_tree()
    finding = only(row, areas=areas)
    assert finding.kind == "ditolak"
    assert reason in finding.reason


def test_a_village_is_found_by_its_exact_name_inside_the_given_area():
    factories.area_tree()
    assert only(PostRow(2, "Melati", "", "KEL. KANDANG  PANJANG")).area.pk == KANDANG
    assert only(PostRow(2, "Melati"), areas=(KANDANG,)).area.pk == KANDANG


def test_a_name_of_two_villages_is_ambiguous_until_its_kecamatan_is_given():
    factories.area_tree()
    Area.objects.create(
        code="33.75.04", name="Pekalongan Selatan", level="kecamatan", kind="kecamatan", parent_id="33.75"
    )
    Area.objects.create(
        code="33.75.04.1001", name="Kandang Panjang", level="desa", kind="kelurahan", parent_id="33.75.04"
    )
    assert "lebih dari satu: 33.75.03.1003, 33.75.04.1001" in only(PostRow(2, "Melati", "", "Kandang Panjang")).reason
    assert only(PostRow(2, "Melati", "", "Kandang Panjang", "Kec. Pekalongan Selatan")).kind == "ditolak"
    assert only(PostRow(2, "Melati", "", "Kandang Panjang", "Pekalongan Selatan")).area.pk == "33.75.04.1001"


def test_an_old_village_code_leads_to_the_new_village():
    factories.area_tree()
    CodeChange.objects.create(old_code="33.75.03.1001", new_area_id=KANDANG, changed_on=date(2020, 1, 1))
    assert only(PostRow(2, "Melati", "33.75.03.1001", "Nama Lama")).area.pk == KANDANG


def test_a_registration_number_names_the_post_whatever_it_is_called(ungu):
    Posyandu.objects.unscoped(reason="test").update(registration_number="33.75.03.1003.001")
    assert only(PostRow(2, "Nama Lain", KANDANG, registration="33.75.03.1003.001")).posts == (ungu,)
    factories.posyandu("Melati", WETAN)
    assert "sudah dipakai" in only(PostRow(2, "Melati", WETAN, registration="33.75.03.1003.001")).reason


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    factories.area_tree()
    rows = [
        PostRow(number, f"Bunga {number}", KANDANG, registration=f"33.75.03.1003.{number:03d}")
        for number in range(2, 302)
    ]
    with django_assert_max_num_queries(4):
        assert analyse(rows, areas=None).counts["baru"] == 300


def test_a_list_of_a_whole_province_is_compared():
    """More villages than one expression of SQLite may hold."""
    factories.area_tree()
    codes = [f"33.20.13.2{number:03d}" for number in range(100, 1000)] + [
        f"33.75.03.2{number:03d}" for number in range(900)
    ]
    Area.objects.bulk_create(
        Area(code=code, name=f"Desa {code}", level="desa", kind="desa", parent_id=code[:8]) for code in codes
    )
    rows = [PostRow(number, "Melati", code) for number, code in enumerate(codes, start=2)]
    assert analyse(rows, areas=("33",)).counts["baru"] == 1800


def test_more_posts_than_a_village_can_have_are_refused():
    factories.area_tree()
    rows = [PostRow(number, f"Bunga {number}", KANDANG) for number in range(2, 304)]
    counts = analyse(rows, areas=None).counts
    assert (counts["baru"], counts["ditolak"]) == (300, 2)


def test_a_register_is_searched_by_name_code_and_village(ungu):
    other = factories.posyandu("Melati", WETAN)
    scope = Scope(None, posyandu=frozenset([ungu.pk, other.pk]))
    factories.posyandu("Kencana Lain", DESA)
    assert list(registered(scope, words="ungu ken")) == [ungu]
    assert list(registered(scope, words="33.75.03.1004")) == [other]
    assert list(registered(scope, village=WETAN)) == [other]
    assert villages_with_posts(scope) == [(KANDANG, "Kandang Panjang", 1), (WETAN, "Panjang Wetan", 1)]


def test_the_highest_serial_counts_posts_that_moved_away(ungu):
    area = Area.objects.get(pk=KANDANG)
    gone = factories.posyandu("Pergi", WETAN)
    AreaMembership.objects.create(
        posyandu=gone, area=area, path=f"{KANDANG}.7", from_date=date(2019, 1, 1), to_date=date(2020, 1, 1)
    )
    assert last_serials([KANDANG, WETAN]) == {KANDANG: 7, WETAN: 1}


def test_a_post_is_found_by_its_path_an_earlier_path_and_an_old_village_code(ungu):
    AreaMembership.objects.create(
        posyandu=ungu, area_id=WETAN, path=f"{WETAN}.9", from_date=date(2019, 1, 1), to_date=date(2020, 1, 1)
    )
    CodeChange.objects.create(old_code="33.75.03.1001", new_area_id=KANDANG, changed_on=date(2020, 1, 1))
    for path in (ungu.path, f"{WETAN}.9", "33.75.03.1001.1"):
        assert find_posyandu(path) == ungu
    for path in ("33.75.03.1003", "33.75.03.1003.11", "Kencana Ungu", ""):
        assert find_posyandu(path) is None


def test_places_are_posts_with_what_lies_above_them(ungu):
    assert [place.code for place in places()] == ["33", "33.75", "33.75.03", KANDANG, ungu.path]
    assert [place.code for place in places(level="desa", within="33.75")] == [KANDANG, WETAN]
    assert [place.code for place in places(level="posyandu", within="33.20")] == []
