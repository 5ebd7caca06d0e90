"""Command line of the build: python -m scripts.boundaries --out fixtures."""

import argparse
import gzip
import sys
import time
from pathlib import Path

from scripts.boundaries import (
    areas,
    base_layer,
    coast,
    evidence,
    labels,
    measure,
    postcodes,
)
from scripts.boundaries.environment import FOLDER, PROJECT
from scripts.boundaries.packages import PackageError, Store
from scripts.boundaries.regions import RegionRule


def main() -> int:
    """Build everything. Status 1 when a package is missing or a figure is not reached."""
    parser = argparse.ArgumentParser(prog="scripts.boundaries", description=__doc__)
    parser.add_argument("--out", type=Path, default=PROJECT / "fixtures")
    parser.add_argument("--packages", type=Path, default=FOLDER / "packages")
    parser.add_argument("--measure-only", action="store_true", help="only measure what is there")
    options = parser.parse_args()
    try:
        good = build(options.out, Store(options.packages), only_measure=options.measure_only)
    except (PackageError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if good else 1


def build(out: Path, store: Store, *, only_measure: bool = False) -> bool:
    """Whether the files in `out` reach the wanted figures, after building them unless told not to.

    The rule of regions is read from `out/areas`, where an operator may have corrected it.
    """
    say = _Progress()
    areas_folder, base_folder = out / "areas", out / "base"
    rule = RegionRule.read(areas_folder)
    store.fetch_all()
    say("packages are here")
    located = postcodes.read(store)
    say(f"{len(located.code):,} postcodes, {located.live.sum():,} of them live")
    if not only_measure:
        open_postcodes = located.openly_licensed()
        known = evidence.gather(store, open_postcodes, rule)
        say(f"{len(known.points):,} points of evidence, {known.seen:,} of them from postcodes")
        shores = coast.read(store)
        say("coast")
        whole = areas.shapes(shores, known, rule)
        say(f"{len(whole)} pieces")
        lands = areas.write(whole, rule, areas_folder)
        say("districts and regions")
        base_layer.write_land(lands, shores, base_folder)
        base_layer.write_water(store, base_folder)
        base_layer.write_built_up(open_postcodes, base_folder)
        labels.write(store, base_folder)
        say("base layer")
    found = measure.figures(areas_folder, located, rule)
    say("measured")
    for path in sorted([*areas_folder.iterdir(), *base_folder.iterdir()]):
        content = path.read_bytes()
        size = f"{len(content) / 1000:8,.0f} kB, {len(gzip.compress(content)) / 1000:6,.0f} kB"
        print(f"  {path.name:24}{size} compressed")
    for one in found:
        print(one)
    return all(one.good for one in found)


class _Progress:
    """Prints each step with the seconds it took."""

    def __init__(self) -> None:
        self.since = time.monotonic()

    def __call__(self, words: str) -> None:
        now = time.monotonic()
        print(f"[{now - self.since:5.1f} s] {words}", flush=True)
        self.since = now


if __name__ == "__main__":
    sys.exit(main())
