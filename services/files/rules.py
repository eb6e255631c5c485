"""What counts as a photo, by content and never by name, and what is left of it: pixels, no EXIF, no place. Pure."""

import io
import warnings
from http import HTTPStatus

from PIL import Image, ImageFile, ImageOps

from services.web.refusals import Refusal

MOST_BYTES = 10 * 1024 * 1024
# A phone's photo has 8 to 16 million points. What unpacks to more costs the server more memory than it is worth.
MOST_PIXELS = 32_000_000
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")

# What people send by mistake, by how it begins; the sentence says what to do instead.
_OTHERS = (
    (b"%PDF", "Berkas ini PDF, bukan foto. Foto suratnya dengan kamera HP, lalu kirim fotonya."),
    (b"PK\x03\x04", "Berkas ini arsip ZIP atau dokumen, bukan foto. Kirim fotonya saja."),
    (b"GIF8", "Gambar bergerak (GIF) tidak diterima. Kirim foto dari kamera HP."),
    (b"\x1f\x8b", "Berkas ini arsip, bukan foto. Kirim fotonya saja."),
)
_DRAWN = (b"<svg", b"<?xml", b"<!doctype", b"<html", b"<script")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypavif")


class BadImage(Refusal):
    """What was sent is no photo that can be kept. Nothing was kept."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, message: str):
        super().__init__(message, field="photo")


def clean_picture(content: bytes) -> Image.Image:
    """The picture in these bytes, upright, at most LONGEST_SIDE a side, with nothing of the photo's notes.

    Raises BadImage with a sentence for people.
    """
    _refuse_others(content)
    with _opened(content) as image:
        _refuse_huge(image)
        # The maker of our PDFs turns this on for the whole process; a photo cut off half-way is no photo.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at the size that is needed
            upright = ImageOps.exif_transpose(image)
            picture = _on_white(upright)
        except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, EOFError, MemoryError) as error:
            raise BadImage("Foto ini rusak atau terpotong. Ambil atau kirim lagi fotonya.") from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def _refuse_others(content: bytes) -> None:
    if not content:
        raise BadImage("Berkas ini kosong. Kirim lagi fotonya.")
    if len(content) > MOST_BYTES:
        raise BadImage(f"Foto ini lebih besar dari {MOST_BYTES // 1024 // 1024} MB. Kecilkan dulu, atau foto ulang.")
    for start, sentence in _OTHERS:
        if content.startswith(start):
            raise BadImage(sentence)
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_DRAWN):
        raise BadImage("Gambar SVG atau halaman web tidak diterima. Kirim foto JPG atau PNG.")
    if content[4:12] in _HEIC:
        raise BadImage("Foto HEIC belum bisa dibaca. Atur kamera ke JPG (paling kompatibel), lalu foto ulang.")


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            return Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _huge() from error
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError) as error:
        raise BadImage("Berkas ini bukan foto. Kirim foto JPG atau PNG dari kamera HP.") from error


def _refuse_huge(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _huge()


def _huge() -> BadImage:
    most = MOST_PIXELS // 1_000_000
    return BadImage(f"Foto ini lebih dari {most} megapiksel. Atur kamera ke ukuran yang lebih kecil, lalu foto ulang.")


def _on_white(image: Image.Image) -> Image.Image:
    """Plain RGB; what was see-through becomes white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    # A copy without the photo's own notes: Pillow would write some of them again.
    plain = image.convert("RGB")
    plain.info = {}
    return plain
