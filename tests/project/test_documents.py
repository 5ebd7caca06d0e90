"""What the documents say is there is there, and what is there they say."""

import ast
import re

import pytest
from django.core.management import get_commands

from tests.project.tree import LAYERS, ROOT, files, modules, name

README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
FIXTURES = (ROOT / "fixtures" / "README.md").read_text(encoding="utf-8")
PAGES = {
    name(path): path.read_text(encoding="utf-8")
    for path in files(".md")
    if name(path) != "CHANGELOG.md"
}
READERS = {"text", "flag", "words", "origin", "get", "getenv"}
# Of the operating system or of Django's own start; nobody sets them for this project alone.
NOT_OURS = {"PATH", "HOME"}
LICENCE = re.compile(
    r"Open Government Licence|Open Database License|CC BY|LGPL"
    r"|[Ww]ritten (down )?for (this|the) project"
)


def settings_read() -> set[str]:
    """Names of environment variables that the code reads: env.text("X"), os.environ.get("X")."""
    found = set()
    read = {**modules("config"), **modules("scripts")}
    # The measurements' own knobs are told by `make help` and their scripts.
    for tree in (
        tree for path, tree in read.items() if "/bench/" not in path and "/boundaries/" not in path
    ):
        for node in ast.walk(tree):
            key: ast.AST | None = None
            if isinstance(node, ast.Call) and node.args:
                called = node.func
                word = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
                environment = "environ" in ast.unparse(called) or word != "get"
                key = node.args[0] if word in READERS and environment else None
            elif isinstance(node, ast.Subscript) and "environ" in ast.unparse(node.value):
                key = node.slice
            if isinstance(key, ast.Constant) and re.fullmatch(
                r"[A-Z][A-Z0-9_]{2,}", str(key.value)
            ):
                found.add(str(key.value))
    return found - NOT_OURS


def test_every_setting_is_in_the_operators_guide():
    read = settings_read()
    assert {"DATABASE_URL", "SECRET_KEY", "SITE_URL", "DEMO", "PORT", "SERVER_THREADS"} <= read
    assert {setting for setting in read if f"`{setting}`" not in OPERATING} == set()


def test_every_setting_of_the_operators_guide_is_read():
    table = OPERATING.partition("## Settings")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", " ".join(rows)))
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in files(".py", ".sh", "Makefile")
        if name(path).split("/")[0] in ("config", "scripts", "tests", "Makefile", "manage.py")
    )
    assert len(named) > 10
    assert {setting for setting in named if not re.search(rf"\b{setting}\b", code)} == set()


def test_every_command_of_ours_is_in_the_operators_guide_and_the_other_way_round():
    ours = {command for command, app in get_commands().items() if app in LAYERS}
    table = OPERATING.partition("## Commands for operators")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = set(re.findall(r"`([a-z_]+)", " ".join(rows)))
    assert ours == named


def test_every_target_of_make_that_a_document_names_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^ *)make ([a-z-]+)", "\n".join(PAGES.values()), re.MULTILINE))
    assert {"run", "test", "boundaries"} <= named
    assert named <= targets


def test_links_to_files_lead_somewhere():
    for page in files(".md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert "://" in target or (page.parent / target).exists(), f"{name(page)}: {target}"


def test_every_fixture_is_described_under_a_heading_that_names_its_licence():
    sections = re.split(r"^## ", FIXTURES, flags=re.MULTILINE)
    data = [path for path in files() if name(path).startswith("fixtures/") and path.suffix != ".md"]
    assert len(data) > 15
    for path in data:
        stem = path.stem.removesuffix("_low")
        called = re.compile(rf"[`/]{re.escape(stem)}[`.]")
        telling = [section for section in sections if called.search(section)]
        assert telling, f"{name(path)} is not described"
        assert any(LICENCE.search(section) for section in telling), f"{name(path)}: what licence?"


def test_the_licence_is_the_one_that_the_package_declares():
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")
    assert 'license = "MIT"' in (ROOT / "pyproject.toml").read_text()


def test_the_readme_can_be_read_in_one_go():
    assert len(README.splitlines()) < 150


PATH = re.compile(
    r"`((?:config|geo|pledges|hubs|templates|fixtures|tests|scripts|docs)(?:[/.][\w-]+)+/?)(?<!\.json)`"
)


def exists(named: str) -> bool:
    """Whether a path, a dotted module, or an attribute of a module is there."""
    if "/" in named:
        return (ROOT / named).exists() or (ROOT / f"{named}.py").exists()
    place = ROOT.joinpath(*named.split("."))
    if place.is_dir() or place.with_suffix(".py").exists():
        return True
    module, _, attribute = named.rpartition(".")
    if not module:
        return False
    home = ROOT.joinpath(*module.split("."))
    source = home / "__init__.py" if home.is_dir() else home.with_suffix(".py")
    return source.exists() and bool(
        re.search(rf"^(?:def |class |async def )?{attribute}\b", source.read_text(), re.MULTILINE)
    )


@pytest.mark.parametrize("page", PAGES)
def test_paths_and_modules_that_documents_name_are_there(page: str):
    assert [named for named in PATH.findall(PAGES[page]) if not exists(named.rstrip("/"))] == []


def test_paths_in_documents_are_looked_for():
    """None of the above passes because it found nothing to look up."""
    assert sum(len(PATH.findall(text)) for text in PAGES.values()) > 60
    assert exists("geo/core/errors.py")
    assert exists("geo.geocoding.chain.locate")
    assert not exists("geo/nowhere.py")
    assert not exists("geo.geocoding.chain.nothing")
