"""Files that can be read in one go, that say why, and that speak of nothing but the project."""

import ast
import re

import pytest

from tests.project.tree import files, modules, name

CODE = (".py", ".js", ".css", ".html", ".sh")
MOST_LINES = 500


def test_no_file_is_too_long_to_read():
    lines = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(*CODE)
        if "migrations" not in path.parts
    }
    assert len(lines) > 100
    assert {path: n for path, n in lines.items() if n > MOST_LINES} == {}


def test_migrations_are_named_for_what_they_do():
    """The first of an app makes its tables: `0001_initial`, after what the tables need in geo."""
    found = [p.stem for p in files(".py") if p.parent.name == "migrations" and p.stem[:1].isdigit()]
    assert len(found) > 5
    unsaid = re.compile(r"_auto_|_alter_|_and_more$|(?<!0001)(?<!0002)_initial$")
    assert [stem for stem in found if unsaid.search(stem)] == []


def test_numbers_of_migrations_follow_each_other():
    """Two of one number are two people who did not see each other."""
    for app in ("geo", "pledges", "pledges/employers", "hubs", "hubs/conversation"):
        numbers = [
            int(p.stem[:4]) for p in files(".py") if name(p).startswith(f"{app}/migrations/0")
        ]
        assert numbers == list(range(1, len(numbers) + 1)), app


def test_what_the_linter_is_told_to_pass_over_has_its_reason():
    reason = re.compile(r"(noqa: [A-Z]+[0-9]+|type: ignore\[[\w-]+\]).* - \w|noqa: [A-Z]+[0-9]+$")
    silenced = [
        f"{name(path)}: {line.strip()}"
        for path in files(".py")
        for before, line in _pairs(path.read_text(encoding="utf-8").splitlines())
        if ("# no" + "qa" in line or "# type: " + "ignore" in line)
        and not (reason.search(line) and (" - " in line or before.lstrip().startswith("#")))
    ]
    assert silenced == []


def _pairs(lines: list[str]) -> list[tuple[str, str]]:
    return list(zip(["", *lines], lines, strict=False))


# Written in two halves, so that this file does not hold what it looks for.
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"\bXX" + r"X\b(?!\")", "HA" + "CK")))
ELSEWHERE = re.compile(
    r"(?<![\w.:/])/(?:wo" + r"rk|ho" + r"me|Us" + r"ers|tm" + r"p/\w+)/|\.\./sha" + "red"
)
NUMBERED = re.compile(r"\b(?:is" + r"sue|ticket|task|PR)s? #?\d", re.IGNORECASE)
TEXT = (*CODE, ".md", ".toml", ".txt", ".yml", ".yaml", ".json", ".svg", "Makefile", "run")


@pytest.mark.parametrize("pattern", [UNFINISHED, ELSEWHERE, NUMBERED], ids=lambda p: p.pattern[:12])
def test_the_project_speaks_of_itself_alone_and_is_finished(pattern):
    found = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in files(*TEXT)
        if path.suffix != ".json" or path.stat().st_size < 100_000
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def every_test() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (path, node)
        for path, tree in modules("tests").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def can_fail(test: ast.FunctionDef) -> bool:
    """Whether a test asserts, expects an error or a number of queries, or calls one that does."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if re.search(
                r"raises|assert|call_command|expect|check|refused|wait_for|eventually|\.see$",
                called,
            ):
                return True
    return False


def test_every_test_can_fail():
    found = every_test()
    assert len(found) > 300
    assert [f"{path}: {test.name}" for path, test in found if not can_fail(test)] == []


def test_tests_use_the_real_thing_and_none_is_left_out():
    unwelcome = re.compile(
        "|".join(("unittest.mo" + "ck", "mo" + "cker", "mark.sk" + "ip", "xfa" + "il"))
    )
    found = [
        name(path)
        for path in files(".py")
        if name(path).startswith("tests/") and unwelcome.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
