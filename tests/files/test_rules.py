"""What counts as a photo: by content, never by name."""

import io
import struct
import zlib

import pytest
from PIL import Image

from services.files.actions import jpeg_of
from services.files.rules import LONGEST_SIDE, MOST_BYTES, BadImage, clean_picture


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 0)[: len(mode)] if mode != "L" else 90).save(kept, kind, **options)
    return kept.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A small PNG that unpacks to a huge one: one-bit zeros, deflated."""
    lines = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "L"), ("WEBP", "RGB")]
)
def test_a_photo_is_kept_as_a_jpeg(kind, mode):
    clean = clean_picture(picture(kind, mode=mode))
    assert (clean.width, clean.height) == (60, 40)
    assert Image.open(io.BytesIO(jpeg_of(clean))).format == "JPEG"


def test_a_large_photo_is_made_smaller():
    clean = clean_picture(picture(size=(4000, 3000)))
    assert max(clean.width, clean.height) == LONGEST_SIDE
    assert clean.width * 3 == clean.height * 4


def test_nothing_but_the_picture_is_kept():
    exif = Image.Exif()
    exif[0x010F] = "Rahasia Kamera"
    exif.get_ifd(0x8825)[1] = "S"
    content = picture(exif=exif.tobytes(), comment=b"rumah korban")
    assert b"Rahasia Kamera" in content
    kept = jpeg_of(clean_picture(content))
    assert b"Rahasia" not in kept
    assert b"rumah korban" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_photo_held_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = clean_picture(picture(exif=exif.tobytes()))
    assert (clean.width, clean.height) == (40, 60)


def test_what_was_transparent_is_white():
    kept = clean_picture(picture("PNG", mode="RGBA"))
    assert kept.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kosong"),
        (b"x" * (MOST_BYTES + 1), "lebih besar dari 10 MB"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG"),
        (b'\xef\xbb\xbf <?xml version="1.0"?><svg/>', "SVG"),
        (b"<html><script>alert(1)</script>", "halaman web"),
        (b"PK\x03\x04" + b"\0" * 40, "ZIP"),
        (b"GIF89a" + b"\0" * 40, "GIF"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (b"hanya tulisan biasa", "bukan foto"),
        (b"\xff\xd8\xff\xe0 rusak", "bukan foto"),
        (picture(size=(800, 800), quality=95)[:900], "rusak"),
        (bomb(8000, 5000), "megapiksel"),
        (bomb(40000, 40000), "megapiksel"),
    ],
    ids=[
        "empty",
        "big",
        "pdf",
        "svg",
        "svg_bom",
        "html",
        "zip",
        "gif",
        "heic",
        "text",
        "no_jpeg",
        "cut",
        "40mp",
        "bomb",
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence(content, says):
    with pytest.raises(BadImage) as refused:
        clean_picture(content)
    assert says in refused.value.message
    assert refused.value.status == 422
