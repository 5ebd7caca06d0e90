"""The site offers the languages that it speaks: those with a complete, compiled catalogue."""

import gettext
import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

DOMAINS = ("django", "djangojs")
ENTRY = re.compile(r'^msgid (?P<msgid>(?:".*"\n)+)(?:^msgid_plural (?:".*"\n)+)?', re.MULTILINE)


def unfinished(folder: Path, language: str) -> list[str]:
    """Return what the catalogue of a language lacks to be complete."""
    faults = []
    for domain in DOMAINS:
        source = folder / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"
        compiled = source.with_suffix(".mo")
        if not source.exists() or not compiled.exists():
            faults.append(f"{language}: {domain}.po and {domain}.mo are missing")
            continue
        text = source.read_text(encoding="utf-8")
        if "#, fuzzy" in text:
            faults.append(f"{language}: {domain}.po has fuzzy entries")
        with compiled.open("rb") as file:
            known = gettext.GNUTranslations(file)._catalog
        messages = ["".join(re.findall(r'"(.*)"', m["msgid"])) for m in ENTRY.finditer(text)]
        lacking = [m for m in messages if m and not (known.get(m) or known.get((m, 0)))]
        faults += [f"{language}: no translation of {message!r}" for message in lacking]
    return faults


def write(folder: Path, entries: dict[str, str], flag: str = "") -> None:
    """Write the source and the compiled form of the Welsh catalogue, as msgfmt does."""
    place = folder / "cy" / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    told = {source: text for source, text in {"": "Language: cy\n", **entries}.items() if text}
    for domain in DOMAINS:
        lines = [f'{flag}msgid "{source}"\nmsgstr "{text}"\n' for source, text in entries.items()]
        (place / f"{domain}.po").write_text("\n".join(lines), encoding="utf-8")
        (place / f"{domain}.mo").write_bytes(compiled(told))


def compiled(messages: dict[str, str]) -> bytes:
    """Return the .mo file of some messages (GNU gettext, "The Format of GNU MO Files")."""
    pairs = [(s.encode(), t.encode()) for s, t in sorted(messages.items())]
    number, start = len(pairs), 28 + 16 * len(pairs)
    body, tables = b"", ([], [])
    for side in (0, 1):
        for pair in pairs:
            tables[side].extend((len(pair[side]), start + len(body)))
            body += pair[side] + b"\0"
    head = [0x950412DE, 0, number, 28, 28 + 8 * number, 0, 0, *tables[0], *tables[1]]
    return b"".join(word.to_bytes(4, "little") for word in head) + body


def test_every_language_on_offer_has_a_complete_catalogue():
    offered = [code for code, _name in settings.LANGUAGES]
    assert settings.LANGUAGE_CODE in offered
    others = [code for code in offered if code != settings.LANGUAGE_CODE]
    assert [fault for code in others for fault in unfinished(settings.LOCALE_PATHS[0], code)] == []


def test_a_catalogue_that_lacks_something_is_noticed(tmp_path):
    assert len(unfinished(tmp_path, "cy")) == len(DOMAINS)
    write(tmp_path, {"Pledge": "Addewid", "Hub": ""})
    assert "cy: no translation of 'Hub'" in unfinished(tmp_path, "cy")
    write(tmp_path, {"Pledge": "Addewid"}, flag="#, fuzzy\n")
    assert "cy: django.po has fuzzy entries" in unfinished(tmp_path, "cy")
    write(tmp_path, {"Pledge": "Addewid"})
    assert unfinished(tmp_path, "cy") == []


def test_a_reader_of_a_language_that_is_not_offered_gets_a_page_in_english(client, db):
    answer = client.get("/terms/", headers={"Accept-Language": "cy"})
    assert '<html lang="en-gb"' in answer.content.decode()
    assert answer["Content-Language"] == "en-gb"
