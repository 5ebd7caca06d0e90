"""Nothing is fetched from elsewhere, nothing runs that may not, every word can be translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

from tests.project.tree import files, name

TEMPLATES = [path for path in files(".html") if "templates" in path.parts]
STATIC = [path for path in files(".js", ".css", ".svg") if "static" in path.parts]
ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}", re.IGNORECASE)
# Names, not addresses: nothing is fetched from there.
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*comment.*?endcomment\s*%}"
    r"|{% block body_class %}.*?{% endblock %}",
    re.DOTALL,
)
FOR_PROGRAMS = ("viewport", "theme-color", "robots", "twitter:card", "og:image:type")
WORDS_OF = ("alt", "aria-label", "title", "placeholder", "aria-description", "content")
# Names that are the same in every language, and marks that are no words.
NAMES = re.compile(r"Changemap|GeoJSON|OpenAPI|OGC API|Features|API|MIT|GitHub|NHS|UK")


class Reader(HTMLParser):
    """Collects tags with their attributes, and the text between them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        # What stands in <code> is for programs, the same in every language.
        if not self.tags or self.tags[-1][0] not in ("script", "style", "code", "kbd"):
            self.text.append(data)


def read(path: Path, *, without_tags: bool = False) -> Reader:
    source = TRANSLATED.sub("", path.read_text(encoding="utf-8"))
    return Reader(TAG.sub("", source) if without_tags else TAG.sub("x", source))


def test_there_are_templates_and_static_files():
    assert len(TEMPLATES) > 20
    assert len(STATIC) > 10


def test_no_template_fetches_from_elsewhere():
    """A link that a person may follow leaves the site; a file that a page needs never does."""
    for path in TEMPLATES:
        for tag, attributes in read(path).tags:
            fetched = [
                attributes.get(key, "") for key in ("src", "srcset", "data", "poster", "action")
            ]
            if tag == "link":
                fetched.append(attributes.get("href", ""))
            assert [address for address in fetched if ADDRESS.search(address)] == [], name(path)


def test_no_static_file_fetches_from_elsewhere():
    for path in STATIC:
        text = path.read_text(encoding="utf-8")
        for namespace in NAMESPACES:
            text = text.replace(namespace, "")
        # A comment of two slashes is no address.
        text = re.sub(r"^\s*(//|\*|/\*).*$", "", text, flags=re.MULTILINE)
        assert ADDRESS.findall(text) == [], name(path)


def test_no_template_has_what_the_policy_forbids():
    for path in TEMPLATES:
        for tag, attributes in read(path).tags:
            assert "style" not in attributes, name(path)
            assert [key for key in attributes if key.startswith("on")] == [], name(path)
            assert not attributes.get("href", "").startswith("javascript:"), name(path)
            if tag in ("script", "style") and "src" not in attributes:
                data = attributes.get("type") == "application/json"
                assert attributes.get("nonce") or data, name(path)


def test_no_template_writes_unescaped():
    for path in TEMPLATES:
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq", source), name(path)


def test_every_word_that_people_read_can_be_translated():
    for path in TEMPLATES:
        reader = read(path, without_tags=True)
        seen = reader.text + [
            value
            for _, attributes in reader.tags
            for key, value in attributes.items()
            if key in WORDS_OF
            and attributes.get("name", attributes.get("property")) not in FOR_PROGRAMS
        ]
        left = [words.strip() for words in (NAMES.sub("", words) for words in seen)]
        assert [words for words in left if re.search(r"[A-Za-z]{2,}", words)] == [], name(path)


# Where a script makes HTML of a text, and why that text is ours.
MADE_OF_TEXT = {
    "geo/static/geo/lib/http.js": "fragments that our own server has escaped",
    "geo/static/geo/map/marker-icons.js": "rings drawn from numbers, colours and symbols",
}


def test_no_script_writes_peoples_words_into_html():
    """What people wrote is set as text: a word that becomes HTML could be a script."""
    writes = re.compile(r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(")
    found = {name(path) for path in STATIC if writes.search(path.read_text(encoding="utf-8"))}
    assert found == set(MADE_OF_TEXT)
