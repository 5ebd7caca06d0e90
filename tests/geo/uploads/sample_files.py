"""Files such as people give, and such as nobody should."""

import io
import struct
import zipfile
import zlib

from PIL import Image

SECRET = b"51.5074N 0.1278W"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def given(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def picture(
    kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more
) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", size, "blue")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    made.convert(mode).save(out, kind, **more)
    return out.getvalue()


def located(kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A photograph that says in its EXIF where it was taken, and how the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    return picture(kind, exif=exif)


def png_of(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of that size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def archive(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return out.getvalue()


def document(**members: bytes | str) -> bytes:
    """A Word document, as far as its packing goes, with more members by their names."""
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w:document/>"}
    return archive({**parts, **members})


def open_document(kind: str) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": media_type, "content.xml": "<office:document-content/>"})


HTML = b"<!doctype html><script>alert(7)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(7)"/>'
TABLE = "name;pledges\nAlderham;12\nCottleigh;7\n"
OFFICE = "application/vnd.openxmlformats-officedocument."
# A good file of each kind, by the ending that is found for it.
FILES = {
    "pdf": PDF,
    "docx": document(),
    "pptx": archive({"[Content_Types].xml": f"{OFFICE}presentationml.presentation.main+xml"}),
    "xlsx": archive({"[Content_Types].xml": f"{OFFICE}spreadsheetml.sheet.main+xml"}),
    "odt": open_document("text"),
    "odp": open_document("presentation"),
    "csv": TABLE.encode("utf-8-sig"),
    "txt": "Dewch â’ch syniadau.\nBring your ideas.\n".encode(),
    "webp": picture("JPEG"),
}
