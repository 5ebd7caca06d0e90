"""The build's own virtual environment. Needs only the standard library."""

import hashlib
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
REQUIREMENTS = PROJECT / "requirements-build.txt"
FOLDER = PROJECT / ".local" / "build"


def ensure_environment() -> Path:
    """Path of a Python that has exactly the locked libraries of the build.

    Raises subprocess.CalledProcessError when they cannot be installed.
    """
    home = FOLDER / "venv"
    python = home / "bin" / "python"
    stamp = home / "requirements.sha256"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    venv.create(home, clear=True, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(REQUIREMENTS)], check=True)
    stamp.write_text(wanted)
    return python


def run(arguments: Sequence[str] = ()) -> int:
    """Run the build in its environment and answer its exit status."""
    python = ensure_environment()
    return subprocess.run(
        [python, "-m", "scripts.boundaries", *arguments], cwd=PROJECT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
