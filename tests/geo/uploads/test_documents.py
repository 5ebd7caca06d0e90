"""Documents that people give: known by what is in them, whatever they are called."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from geo import uploads
from geo.uploads.archives import MOST_MEMBERS
from geo.uploads.models import Upload
from geo.uploads.reading import UploadRefused
from tests.geo.uploads import sample_files
from tests.geo.uploads.sample_files import given

LONG_ZEROS = b"\0" * 30_000_000


@pytest.mark.parametrize("kind", sample_files.FILES)
def test_a_kind_is_found_from_the_content(kind):
    for name in ("a.html", "../../etc/passwd", "x" * 300 + ".exe"):
        checked = uploads.check_file(
            SimpleUploadedFile(name, sample_files.FILES[kind], "text/html")
        )
        assert checked.extension == kind
        assert "html" not in checked.media_type


@pytest.mark.parametrize("kind", sample_files.FILES)
def test_a_kind_that_is_not_asked_for_is_refused(kind):
    name = uploads.PICTURE if kind == "webp" else kind
    assert uploads.check_file(given(sample_files.FILES[kind]), {name}).extension == kind
    with pytest.raises(UploadRefused):
        uploads.check_file(given(sample_files.FILES[kind]), uploads.DOCUMENTS - {name})


def lying() -> bytes:
    """A member that is longer than it claims."""
    data = sample_files.document(**{"word/media/a.bin": b"x" * 5_000})
    return data.replace((5_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))


def linking() -> bytes:
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(sample_files.document())
    with zipfile.ZipFile(out, "a") as written:
        written.writestr(link, "/etc/passwd")
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(sample_files.document())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    return sample_files.document(**{"word/documenu.xml": "<other/>"}).replace(
        b"documenu", b"document"
    )


MANY = {f"word/{number}.xml": "" for number in range(MOST_MEMBERS + 1)}
NO_FILES = {
    "nothing": b"",
    "HTML": sample_files.HTML,
    "SVG": sample_files.SVG,
    "HTML after spaces": b"\n \t" + sample_files.HTML,
    "a program": b"\x7fELF\x02\x01\x01" + b"\0" * 50,
    "a program of Windows": b"MZ\x90\0" + b"\0" * 50,
    "UTF-16": sample_files.TABLE.encode("utf-16"),
    "Latin-1": "Ünwell".encode("latin-1"),
    "text with a NUL": b"name,pledges\0\n",
    "an old Word document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "any archive": sample_files.archive({"a.txt": "a"}),
    "an empty archive": sample_files.archive({}),
    "an archive in a nested one": sample_files.archive({"a.docx": sample_files.document()}),
    "a zip bomb": sample_files.document(**{"word/bomb.xml": LONG_ZEROS}),
    "a bomb of many members": sample_files.document(**MANY),
    "a bomb that lies": lying(),
    "a path out": sample_files.document(**{"../../etc/cron.d/x": "x"}),
    "a path from the root": sample_files.document(**{"/etc/passwd": "x"}),
    "a path of Windows": sample_files.document(**{"word\\..\\x": "x"}),
    "a drive": sample_files.document(**{"C:/x": "x"}),
    "a link": linking(),
    "a locked one": locked(),
    "a name twice": twice(),
    "macros": sample_files.document(**{"word/vbaProject.bin": b"x"}),
    "macros by type": sample_files.archive(
        {"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}
    ),
    "macros of an open document": sample_files.archive(
        {"mimetype": "application/vnd.oasis.opendocument.text", "Basic/script-lc.xml": "x"}
    ),
    "packed as nobody packs": sample_files.archive(
        {"[Content_Types].xml": sample_files.CONTENT_TYPES}, zipfile.ZIP_LZMA
    ),
    "half a document": sample_files.document()[:-30],
    "a document and more": sample_files.document() + sample_files.HTML,
    "HTML and a document": b"PK<html>" + sample_files.document(),
    "a PDF cut short": sample_files.PDF[:40],
    "a PDF that is an archive": sample_files.PDF + sample_files.document() + b"%%EOF",
    "a PDF with a script": sample_files.PDF.replace(
        b"/Catalog", b"/Catalog/JavaScript(app.alert(7))"
    ),
    "a PDF that starts a program": sample_files.PDF.replace(b"/Catalog", b"/Catalog/Launch"),
    "a PDF with a file in it": sample_files.PDF.replace(b"/Catalog", b"/Catalog/EmbeddedFile"),
    "more than 20 MB": b"a" * (20 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("what", NO_FILES)
def test_what_is_no_good_file_is_refused_and_not_written(shelf, what):
    with pytest.raises(UploadRefused) as refused:
        uploads.accept_file(given(NO_FILES[what]))
    assert refused.value.description.endswith(".")
    assert list(shelf.iterdir()) == []
    assert not Upload.objects.exists()


def test_a_broken_archive_is_refused_wherever_it_is_broken():
    whole = sample_files.document(**{"word/media/a.bin": bytes(range(256)) * 4})
    for place in range(4, len(whole), 7):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            checked = uploads.check_file(given(broken))
        except UploadRefused:
            continue
        assert checked.extension == "docx", place
