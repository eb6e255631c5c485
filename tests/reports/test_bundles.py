"""reports:bundle_detail, reports:bundle_download: what was checked goes in, in order; the missing are named."""

import io
import zipfile

import pikepdf
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from services.audit.models import Entry
from services.posyandu.models import Period
from services.reports.actions import accept_corrections, keep_file, move_month, submit_month
from services.reports.actions.bundling import cover_of, make_bundle
from services.reports.actions.printing import print_reports
from services.reports.figures import DEFINITIONS
from services.reports.models import Bundle, DistrictLogo, KeptFile, MonthlyReport
from services.reports.queries.bundles import contents_of
from services.reports.renderers import many, pdf
from services.reports.renderers.bundles import Sheet, merged
from services.reports.sources import find_place
from services.reports.tasks import bundle_place
from services.web import jobs
from services.web.models import Job
from tests import factories
from tests.reports.conftest import MONTH, child, hold

VILLAGE, SUBDISTRICT, DISTRICT = "33.75.03.1003", "33.75.03", "33.75"


def send(post, month=MONTH):
    ketua = factories.user("ketua", at=post)
    return submit_month(posyandu=post, month=month, expected="draf", by=ketua, held={"posyandu"}).period


def take_on(period, by, *states):
    for to in states:
        period.refresh_from_db()
        held = {"desa", "kecamatan", "kabkota"}
        move_month(period_id=period.pk, to=to, expected=period.state, by=by, held=held)


@pytest.fixture
def city(world):
    """Kencana Ungu is final, Contoh Melati in the next kelurahan is verified; Contoh Mawar sent nothing."""
    world.kota = factories.user("kota", at=DISTRICT)
    world.silent = factories.posyandu("Contoh Mawar", VILLAGE)
    hold(world.a, world.kader, people=[child(world.a)])
    hold(world.near, world.kader_near, people=[child(world.near, "Budi")])
    take_on(send(world.a), world.kota, "diverifikasi", "direkap", "final")
    take_on(send(world.near), world.kota, "diverifikasi")
    return world


def place(code):
    return find_place(code)[0]


def make(world, code):
    return make_bundle(place=place(code), month=MONTH, by=world.kota, told=lambda **_: None)


def kept(code, file_format="pdf"):
    return Bundle.objects.unscoped(reason="test").get(place=code, month=MONTH, format=file_format)


def outline(content):
    def titles(items):
        return [item.title if not item.children else (item.title, titles(item.children)) for item in items]

    with pikepdf.open(io.BytesIO(content)) as book, book.open_outline() as found:
        return titles(found.root)


def reports():
    return MonthlyReport.objects.unscoped(reason="test").filter(is_latest=True).order_by("place")


def test_a_lurah_gets_one_pdf_with_a_cover_and_every_posts_kept_report(city):
    contents = make(city, VILLAGE)
    bundle = kept(VILLAGE)
    assert [each.name for each in contents.members] == ["Kencana Ungu"]
    assert outline(bundle.content) == ["Lembar pengantar", "Kencana Ungu"]
    report = reports().get(posyandu=city.a)
    alone = KeptFile.objects.unscoped(reason="test").get(report=report, format="pdf")
    with pikepdf.open(io.BytesIO(bundle.content)) as book, pikepdf.open(io.BytesIO(alone.content)) as one:
        assert [page.Contents.read_bytes() for page in list(book.pages)[1:]] == [
            page.Contents.read_bytes() for page in one.pages
        ]
        assert "/StructTreeRoot" not in book.Root and "/Metadata" not in book.Root  # it claims no PDF/UA


def test_the_cover_names_version_hash_and_who_is_missing(city):
    cover = cover_of(contents_of(place(VILLAGE), MONTH))
    line = cover.inside[0]
    assert (line.name, line.version, line.filled) == ("Kencana Ungu", "versi 1", "1 hari buka, 0 dari 6 bidang terisi")
    assert line.sha256 == reports().get(posyandu=city.a).sha256
    assert [(each.name, each.why) for each in cover.missing] == [("Contoh Mawar", "belum dikirim")]
    assert len(cover.signatures) == 1
    assert cover.signed_at == f"Kandang Panjang, ……………… {cover.made_on.year}" and not cover.logo
    DistrictLogo.objects.create(area_id="33.75", content=b"PNG", kept_by=factories.user())
    assert cover_of(contents_of(place(VILLAGE), MONTH)).logo == "UE5H"


def test_what_is_only_sent_is_named_as_not_yet_checked(city):
    send(city.silent)
    contents = contents_of(place(VILLAGE), MONTH)
    assert [(each.name, each.why) for each in contents.missing] == [
        ("Contoh Mawar", "dikirim, belum diperiksa desa/kelurahan")
    ]


def test_a_kecamatan_gets_a_zip_and_each_kelurahan_in_it_is_kept_for_its_lurah(city):
    make(city, SUBDISTRICT)
    with zipfile.ZipFile(io.BytesIO(kept(SUBDISTRICT, "zip").content)) as book:
        assert book.namelist() == [
            "bundel-2026-10-kandang-panjang.pdf",
            "bundel-2026-10-panjang-wetan.pdf",
            "rekap-2026-10-pekalongan-utara.pdf",
            "rekap-2026-10-pekalongan-utara.xlsx",
        ]
        assert book.read("bundel-2026-10-kandang-panjang.pdf") == bytes(kept(VILLAGE, "pdf+").content)


def test_a_kota_gets_bookmarks_by_kecamatan_and_kelurahan_and_a_workbook_whose_levels_add_up(city):
    make(city, DISTRICT)
    assert outline(kept(DISTRICT).content) == [
        "Lembar pengantar",
        ("Pekalongan Utara", [("Kandang Panjang", ["Kencana Ungu"]), ("Panjang Wetan", ["Contoh Melati"])]),
    ]
    book = load_workbook(io.BytesIO(kept(DISTRICT, "xlsx").content), read_only=True)
    rows = {sheet: list(book[sheet].iter_rows(values_only=True)) for sheet in book.sheetnames}
    column = rows["Posyandu"][0].index("kesehatan.balita.hadir")
    assert [row[column] for row in rows["Posyandu"][2:]] == [1, 1]
    assert [row[column] for row in rows["Desa dan kelurahan"][2:]] == [1, 1]
    assert [(row[1], row[3], row[column]) for row in rows["Kecamatan"][2:]] == [("Pekalongan Utara", 2, 2)]
    assert rows["Belum ada"][1][1:] == ("Contoh Mawar", "belum dikirim")
    keys = {row[0]: row[3] for row in rows["Kunci"][1:]}
    assert keys["kesehatan.balita.hadir"] == "jumlah"
    assert keys["kesehatan.balita.sasaran"] == "bulan terakhir"


def test_it_is_made_again_only_when_a_report_has_a_new_version(city):
    make(city, VILLAGE)
    first = kept(VILLAGE)
    make(city, VILLAGE)
    assert kept(VILLAGE).made_at == first.made_at
    child(city.a, "Citra")
    period = Period.objects.unscoped(reason="test").get(posyandu=city.a, month=MONTH)
    accept_corrections(period_id=period.pk, what="Anak pindah", by=city.kota, held={"kabkota"})
    contents = make(city, VILLAGE)
    again = kept(VILLAGE)
    assert contents.members[0].version == 2
    assert (again.pk, again.contents) == (first.pk, contents.key)
    assert again.sha256 != first.sha256


def test_work_that_was_cut_off_goes_on_where_it_stopped(city, monkeypatch):
    """The second report cannot be rendered: the first stays kept, and only the second is made the next time."""
    made = []

    def render(report):
        if len(made) == 1:
            made.append("")
            raise MemoryError
        made.append(report.place.name)
        return original(report)

    original = pdf.render
    monkeypatch.setattr(pdf, "render", render)
    with pytest.raises(MemoryError):
        make(city, DISTRICT)
    assert KeptFile.objects.unscoped(reason="test").count() == 1
    make(city, DISTRICT)
    assert [name for name in made if name] == ["Kencana Ungu", "Contoh Melati"]
    assert KeptFile.objects.unscoped(reason="test").count() == 2


def test_above_a_kelurahan_a_report_with_a_small_sensitive_count_is_printed_without_it(city):
    row = reports().get(posyandu=city.a)
    key = next(each.key for each in DEFINITIONS if each.sensitive and each.adds)
    row.figures.filter(key=key).update(value=2, state="ada")
    make(city, DISTRICT)
    assert [file.format for file in row.files.all()] == ["pdf+"]
    make(city, VILLAGE)
    assert {file.format for file in row.files.all()} == {"pdf", "pdf+"}


def test_several_processes_make_the_same_bytes_as_one(city):
    """Without a database connection of their own, from the document alone."""
    rows = list(reports().filter(posyandu__in=[city.a, city.near]))
    assert print_reports([row.pk for row in rows], processes=2) == 2
    for row in rows:
        file = row.files.get(format="pdf")
        again = many.pdf_of(many.Source("", row.document, row.sha256))
        assert (bytes(file.content), file.filename) == (again.content, again.filename)
        assert keep_file(row=row, file_format="pdf", render=pdf.render) == file
    assert print_reports([row.pk for row in rows]) == 0


def test_nested_bookmarks_begin_again_in_another_branch():
    page = io.BytesIO()
    with pikepdf.new() as one:
        one.add_blank_page()
        one.save(page)
    names = [("A", "Sama", "1"), ("A", "Sama", "2"), ("B", "Sama", "3")]
    assert outline(merged([Sheet(each, page.getvalue()) for each in names], title="x")) == [
        ("A", [("Sama", ["1", "2"])]),
        ("B", [("Sama", ["3"])]),
    ]


def url(code, name="bundle_detail", *more):
    return reverse(f"reports:{name}", args=[code, "2026-10", *more])


def ask(client, code):
    page = client.get(url(code))
    key = page.context["submission_key"]
    return client.post(url(code), {"submission_key": key, "expected": page.context["form"]["expected"].value()})


def test_a_lurah_asks_for_the_bundle_sees_the_work_and_fetches_it(city, django_capture_on_commit_callbacks):
    lurah = factories.user("lurah", at=VILLAGE)
    client = factories.client_for(lurah)
    assert "Contoh Mawar" in client.get(url(VILLAGE)).content.decode()
    assert client.get(url(VILLAGE, "bundle_download", "pdf")).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(client, VILLAGE)
    job = Job.objects.get()
    assert answer["Location"] == reverse("web:job_detail", args=[job.pk])
    assert (job.state, job.message) == ("selesai", "1 laporan dibundel. 1 belum ada.")
    answer = client.get(url(VILLAGE, "bundle_download", "pdf"))
    assert answer.content == bytes(kept(VILLAGE).content)
    assert 'filename="bundel-2026-10-kandang-panjang.pdf"' in answer["Content-Disposition"]
    told = Entry.objects.unscoped(reason="test").filter(user=lurah, verb="unduh")
    assert told.get().place == VILLAGE
    assert "terbaru" in client.get(url(VILLAGE)).content.decode()


def test_a_month_without_a_checked_report_leads_to_the_months_that_wait(city):
    client = factories.client_for(factories.user("lurah", at=VILLAGE))
    page = client.get(reverse("reports:bundle_detail", args=[VILLAGE, "2026-09"])).content.decode()
    assert f"{reverse('reports:month_list')}?bulan=2026-09" in page
    assert "Buat bundel" not in page


def test_asking_again_while_it_runs_shows_the_same_work(city):
    client = factories.client_for(city.kota)
    running = jobs.start_job(by=city.kota, title="Bundel", location=url(DISTRICT))
    page = client.get(url(DISTRICT)).content.decode()
    assert reverse("web:job_detail", args=[running.pk]) in page
    assert "Buat bundel" not in page
    assert Job.objects.count() == 1


@pytest.mark.parametrize("name", ["bundle_detail", "bundle_download"])
def test_a_bundle_of_other_places_and_of_one_post_is_not_there(city, name):
    make(city, VILLAGE)
    more = ["pdf"] if name == "bundle_download" else []
    lurah = factories.client_for(factories.user("lurah", at="33.75.03.1004"))
    assert lurah.get(url(VILLAGE, name, *more)).status_code == 404
    assert factories.client_for(city.kota).get(url(city.a.path, name, *more)).status_code == 404
    assert factories.client_for(city.kader).get(url(VILLAGE, name, *more)).status_code == 403


def test_a_job_that_fails_says_so_and_is_taken_up_once(city, monkeypatch):
    monkeypatch.setattr("services.reports.tasks.make_bundle", lambda **_: 1 / 0)
    job = jobs.start_job(by=city.kota, title="Bundel")
    with pytest.raises(ZeroDivisionError):
        bundle_place.func(str(job.pk), place=VILLAGE, month=f"{MONTH}")
    job.refresh_from_db()
    assert (job.state, job.message) == ("gagal", jobs.STOPPED)
    bundle_place.func(str(job.pk), place=VILLAGE, month=f"{MONTH}")


def test_many_ready_months_are_taken_on_and_printed_by_the_worker(
    city, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("services.reports.views.moves.IN_REQUEST", 0)
    take_on(Period.objects.unscoped(reason="test").get(posyandu=city.near, month=MONTH), city.kota, "direkap")
    client = factories.client_for(city.kota)
    page = client.get(f"{reverse('reports:month_verify_list')}?bulan=2026-10")
    expected = page.context["form"].initial["expected"]
    sent = {"submission_key": page.context["submission_key"], "expected": expected, "bulan": "2026-10"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("reports:month_verify_list"), sent)
    job = Job.objects.get()
    assert (job.state, job.message) == ("selesai", "1 laporan diteruskan; 1 PDF dibuat.")
    assert Period.objects.unscoped(reason="test").get(posyandu=city.near, month=MONTH).state == "final"
    assert reports().get(posyandu=city.near).files.filter(format="pdf").exists()
