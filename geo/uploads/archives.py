"""Office documents, which are zip archives: what may be in one, and how much of it."""

import io
import re
import stat
import zipfile
import zlib

from django.utils.translation import gettext as _

from geo.uploads.reading import MEGABYTE, UploadRefused

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100 * MEGABYTE
# XML packs well; what packs a hundred times over was made to.
MOST_RATIO, RATIO_FROM = 100, 1 * MEGABYTE
PIECE = 64 * 1024
LONGEST_NAME = 250
END_OF_DIRECTORY, END_BYTES = b"PK\x05\x06", 22  # APPNOTE.TXT 4.3.16
MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"presentationml.presentation.main+xml": "pptx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
CONTENT_TYPES, MIMETYPE = "[Content_Types].xml", "mimetype"
MACROS = re.compile(r"vbaProject|vbaData|(^|/)activeX/|^Basic/|^Scripts/", re.IGNORECASE)
STRAY = re.compile(r"^[/\\]|\\|^[a-zA-Z]:|(^|/)\.\.?(/|$)|[\x00-\x1f]")
# What `zipfile` raises at archives that are broken, locked or of a version it does not know.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(NotImplementedError, RuntimeError, ValueError),
)


def kind_of_archive(data: bytes) -> str:
    """Return "docx", "pptx", "xlsx", "odt" or "odp"; refuse every other archive.

    All of it is unpacked once, piece by piece, so that the sizes it claims are found true.
    """
    if data[-END_BYTES:][:4] != END_OF_DIRECTORY:
        raise UploadRefused(_damaged())
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, len(data))
            kind = _kind(archive)
            for member in members:
                _unpack(archive, member)
    except BROKEN as error:
        raise UploadRefused(_damaged()) from error
    return kind


def _check_members(members: list[zipfile.ZipInfo], packed: int) -> None:
    """Look at what the directory claims, before anything is unpacked."""
    names = [member.filename for member in members]
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise UploadRefused(_("This document has too much in it. Choose a smaller one."))
    if unpacked > RATIO_FROM and unpacked > MOST_RATIO * packed:
        raise UploadRefused(_("This document has too much in it. Choose a smaller one."))
    if any(MACROS.search(name) for name in names):
        raise UploadRefused(_("This document has macros in it. Save it without them."))
    odd = len(set(names)) < len(names) or min(member.header_offset for member in members) != 0
    if odd or any(_is_stray(member) for member in members):
        raise UploadRefused(_damaged())


def _is_stray(member: zipfile.ZipInfo) -> bool:
    """Whether a member would be written elsewhere, points elsewhere, is locked or oddly packed."""
    name, mode = member.orig_filename, member.external_attr >> 16
    return (
        bool(STRAY.search(name))
        or len(name) > LONGEST_NAME
        or stat.S_ISLNK(mode)
        or bool(member.flag_bits & 1)
        or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    )


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if CONTENT_TYPES in names:
        types = _beginning(archive, CONTENT_TYPES)
        if b"macroenabled" in types.lower():
            raise UploadRefused(_("This document has macros in it. Save it without them."))
        kinds = {kind for part, kind in MAIN_PARTS.items() if part in types}
        if len(kinds) == 1:
            return kinds.pop()
    elif MIMETYPE in names:
        kind = OPEN_DOCUMENTS.get(_beginning(archive, MIMETYPE).strip())
        if kind:
            return kind
    raise UploadRefused(_("This is not an office document that we know. Choose another file."))


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(MEGABYTE)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member to its end, which compares its length and sum with what it claims."""
    length = 0
    with archive.open(member) as content:
        while piece := content.read(PIECE):
            length += len(piece)
    if length != member.file_size:
        raise UploadRefused(_damaged())


def _damaged() -> str:
    return _("This document is damaged or locked. Save it again, then choose it once more.")
