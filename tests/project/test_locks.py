"""What is installed is what was looked at: every package by version and hash, from any mirror."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LISTS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
PINNED = re.compile(r"^([\w.-]+)==(\S+)( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(name: str) -> set[tuple[str, str]]:
    lines = (ROOT / name).read_text().splitlines()
    return {found.group(1, 2) for line in lines if (found := PINNED.match(line))}


@pytest.mark.parametrize("name", LISTS)
def test_every_line_is_a_pinned_package_or_its_hash(name):
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if not (PINNED.match(line) or HASH.match(line))] == []
    assert len(pins(name)) > 0


def test_tests_run_with_the_versions_that_serve():
    assert pins("requirements.txt") < pins("requirements-dev.txt")


def test_front_end_packages_are_pinned_and_checked_and_name_no_registry():
    wanted = json.loads((ROOT / "package.json").read_text())
    versions = wanted["dependencies"] | wanted["devDependencies"]
    assert [v for v in versions.values() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    packages = [package for path, package in locked.items() if path]
    assert len(packages) >= len(versions)
    assert [
        p for p in packages if "resolved" in p or not p["integrity"].startswith("sha512-")
    ] == []


@pytest.mark.parametrize("name", [".npmrc", "package-lock.json", "pyproject.toml", *LISTS])
def test_no_configuration_names_a_registry(name):
    assert "://" not in (ROOT / name).read_text()
