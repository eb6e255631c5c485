"""The outlines of a kab/kota's places: read, simplified, refused with the reason, imported by its admin."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.areas.models import Boundary
from services.areas.rules import BadList, read_outlines, simplified
from services.web.charts.places import Spot, area_map, tile_grid
from tests import factories as make

URL = "/wilayah/batas/33.75/"
SQUARE = [[109.6, -6.9], [109.7, -6.9], [109.7, -6.8], [109.6, -6.8], [109.6, -6.9]]
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "boundaries"


def collection(code="33.75.03", coordinates=(SQUARE,), kind="Polygon"):
    geometry = {"type": kind, "coordinates": list(coordinates)}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"code": code}, "geometry": geometry}],
    }


def send(browser, content, **values):
    key = browser.get(URL).context["submission_key"]
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = SimpleUploadedFile("batas.geojson", text)
    return browser.post(URL, {"source": "BIG 2024", "file": file, **values, "submission_key": key})


@pytest.mark.parametrize(
    "broken, words",
    [
        ([], "bukan GeoJSON"),
        ({"type": "FeatureCollection", "features": []}, "bukan GeoJSON"),
        (collection(code="Pekalongan Utara"), "bukan kode Kemendagri"),
        (collection(kind="Point"), "Polygon atau MultiPolygon"),
        (collection(coordinates=([["x", 1], [2, 3]],)), "tidak dapat dibaca"),
        (collection(coordinates=([[359000, 9240000]] * 5,)), "tidak dapat dibaca"),
        (collection(coordinates=([[109.6, -6.9], [109.7, -6.9]],)), "kosong"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(broken, words):
    with pytest.raises(BadList, match=words):
        read_outlines(broken)


def test_an_outline_keeps_its_corners_and_loses_what_lies_on_its_lines():
    line = [(0.0, 0.0), (0.5, 0.0001), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    assert simplified(line, 0.0003) == [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]


def test_a_map_says_in_words_what_it_shows_and_links_each_place():
    rings = read_outlines(collection())[0].rings
    drawing = area_map("Laporan masuk", [Spot("Utara & Barat", 87.5, "88%", "/x/", rings), Spot("Timur", None, "–")])
    assert "88%" in drawing and "Utara &amp; Barat" in drawing and 'href="/x/"' in drawing and "Timur –" in drawing


def test_a_place_without_data_is_dashed_and_not_drawn_as_zero():
    zero, unknown = (tile_grid("x", [Spot("A", percent, "")]) for percent in (0, None))
    assert "dasharray" in unknown and "dasharray" not in zero


@pytest.mark.skipif(not SHARED.exists(), reason="the outlines of the five districts stand beside the project")
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.geojson")), ids=lambda path: path.stem)
def test_every_districts_outlines_can_be_read_and_become_smaller(path):
    content = path.read_text(encoding="utf-8")
    outlines = read_outlines(json.loads(content))
    assert outlines and all(3 <= len(ring) <= 400 for outline in outlines for ring in outline.rings)
    assert len(json.dumps([outline.rings for outline in outlines])) < len(content)


@pytest.mark.django_db
def test_boundary_import_keeps_the_outlines_and_replaces_them():
    make.area_tree()
    admin = make.client_for(make.user("admin", at="33.75"))
    assert send(admin, collection()).status_code == 302
    assert send(admin, collection(coordinates=([[109, -7], [110, -7], [110, -6]],))).status_code == 302
    kept = Boundary.objects.get()
    assert kept.pk == "33.75.03" and kept.rings == [[[109, -7], [110, -7], [110, -6]]] and kept.imported_by.is_active


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"\xff\xfe", b"[", collection(code="33.20.13")])
def test_boundary_import_refuses_what_is_no_geojson_or_of_another_district(content):
    make.area_tree()
    answer = send(make.client_for(make.user("admin", at="33.75")), content)
    assert answer.status_code == 422 and not Boundary.objects.exists()


@pytest.mark.django_db
def test_boundary_import_of_another_district_is_404_and_of_another_role_403():
    make.area_tree()
    assert make.client_for(make.user("admin", at="33.20")).get(URL).status_code == 404
    assert make.client_for(make.user("kota", at="33.75")).get(URL).status_code == 403
