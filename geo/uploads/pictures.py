"""Pictures: checked before they are decoded, made smaller, re-encoded without metadata."""

import io
import threading
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageFile

from geo.uploads.reading import MOST_BYTES_OF_PICTURE, CheckedFile, UploadRefused, read_limited

LONGEST_SIDE = 1600  # pixels
# What the cameras of telephones take. A JPEG is decoded at a part of its size, the others whole,
# at four bytes a pixel and with two copies on the way.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
# A progressive JPEG is decoded once for each of its scans; cameras write about ten.
MOST_SCANS = 64
SCAN = b"\xff\xda"
FORMATS = {"JPEG": (b"\xff\xd8\xff",), "PNG": (b"\x89PNG\r\n\x1a\n",), "WEBP": (b"RIFF",)}
ORIENTATION = 0x0112  # EXIF 2.3, table 4
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# One at a time: what many large pictures need at once is not more than one of them needs.
_decoding = threading.Lock()


def check_picture(file: BinaryIO) -> CheckedFile:
    """Return a JPEG, PNG or WebP picture as WebP, at most 1600 pixels long, without metadata.

    Turned as the camera says. Of a picture that moves, the first frame is taken.
    """
    return picture_of(read_limited(file, MOST_BYTES_OF_PICTURE))


def picture_of(data: bytes) -> CheckedFile:
    """Return a picture ready to be stored; raises UploadRefused for all other bytes."""
    kind = kind_of_picture(data)
    if not kind:
        raise UploadRefused(_("This is not a picture that we can use. Choose a JPEG, PNG or WebP."))
    if len(data) > MOST_BYTES_OF_PICTURE:
        raise UploadRefused(_("This picture is too big. Choose one of at most 8 MB."))
    if kind == "JPEG" and data.count(SCAN) > MOST_SCANS:
        raise UploadRefused(
            _("This picture cannot be read. Save it again, then choose it once more.")
        )
    try:
        _check_header(data, kind)
        with _decoding:
            return _reencode(data, kind)
    except UploadRefused:
        raise
    # Broad, for what Pillow raises at broken files is of a dozen kinds, and it promises none.
    except Exception as error:
        raise UploadRefused(_("This picture is damaged. Choose another.")) from error


def kind_of_picture(data: bytes) -> str | None:
    """Return Pillow's name of the format that the first bytes tell, or None."""
    for kind, beginnings in FORMATS.items():
        if data.startswith(beginnings) and (kind != "WEBP" or data[8:12] == b"WEBP"):
            return kind
    return None


def _check_header(data: bytes, kind: str) -> None:
    """Read the header and a PNG's checksums alone; refuse what would fill the memory."""
    try:
        picture = Image.open(io.BytesIO(data), formats=[kind])
    except Image.DecompressionBombError as error:
        raise UploadRefused(_too_many_pixels()) from error
    if picture.width * picture.height > MOST_PIXELS[kind]:
        raise UploadRefused(_too_many_pixels())
    picture.verify()


def _reencode(data: bytes, kind: str) -> CheckedFile:
    # Pillow's switch for the whole process, which WeasyPrint turns on when it is imported.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(data), formats=[kind]) as picture:
        turn = TURNED.get(picture.getexif().get(ORIENTATION, 1))
        clear = "A" in picture.getbands() or "transparency" in picture.info
        # A JPEG is decoded at half, a quarter or an eighth of its size where that is enough.
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        mode = "RGBA" if clear else "RGB"
        small = picture if picture.mode == mode else picture.convert(mode)
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        small = small.transpose(turn) if turn is not None else small.copy()
    # The writer would take place, camera and colours from here.
    small.info = {}
    out = io.BytesIO()
    small.save(out, "WEBP", quality=82, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return CheckedFile(out.getvalue(), "webp", "image/webp", small.width, small.height)


def _too_many_pixels() -> str:
    return _("This picture has too many pixels. Choose a smaller one.")
