"""What counts as a photo or a scan, by content and never by name, and what is left of a photo: pixels. Pure."""

import io
import warnings
from http import HTTPStatus
from typing import Any

import pikepdf
from PIL import Image, ImageFile, ImageOps

from services.web.refusals import Refusal

MOST_BYTES = 10 * 1024 * 1024
# A phone's photo has 8 to 16 million points. What unpacks to more costs the server more memory than it is worth.
MOST_PIXELS = 32_000_000
LONGEST_SIDE = 1600
MOST_PAGES, MOST_OBJECTS, DEEPEST = 40, 20_000, 40
# What a scan never holds: programs, other files, forms that send.
_ACTING_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Movie", "/Sound"})
FORMATS = ("JPEG", "PNG", "WEBP")

# What people send by mistake, by how it begins; the sentence says what to do instead.
_OTHERS = (
    (b"%PDF", "Berkas ini PDF, bukan foto. Kirim foto dari kamera HP, atau gambar JPG atau PNG."),
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


def is_pdf(content: bytes) -> bool:
    """Whether these bytes begin as a PDF does."""
    return content.startswith(b"%PDF-")


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is too large, broken, locked, or holds more than pages (programs, other files).

    It is kept byte for byte, so that an electronic signature in it stays valid. Raises BadImage.
    """
    if len(content) > MOST_BYTES:
        raise BadImage(f"Berkas ini lebih besar dari {MOST_BYTES // 1024 // 1024} MB. Pindai lagi dengan mutu sedang.")
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            pages, objects = len(document.pages), len(document.objects)
            if not 1 <= pages <= MOST_PAGES or objects > MOST_OBJECTS:
                raise BadImage(f"PDF ini harus berisi 1 sampai {MOST_PAGES} halaman.")
            if any(_acts(each) for each in document.objects):
                raise BadImage("PDF ini berisi program atau berkas lain. Pindai kertasnya, lalu kirim hasil pindaian.")
    except pikepdf.PasswordError as error:
        raise BadImage("PDF ini terkunci kata sandi. Kirim yang tidak terkunci.") from error
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError, MemoryError) as error:
        raise BadImage("PDF ini rusak atau terpotong. Pindai atau kirim lagi.") from error


def _acts(value: Any, depth: int = 0) -> bool:
    """Whether a PDF object does something or carries a file; what it refers to is looked at on its own."""
    if depth > DEEPEST or (depth and getattr(value, "is_indirect", False)):
        return depth > DEEPEST
    if isinstance(value, pikepdf.Array):
        return any(_acts(each, depth + 1) for each in value)
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    keys = value.keys()
    if any(key in _ACTING_KEYS for key in keys) or str(value.get("/S", "")) in _ACTIONS:
        return True
    return any(_acts(value[key], depth + 1) for key in keys)


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
