"""Print how many statements of each room the tests of `make coverage` ran, the fewest first."""

from collections import defaultdict
from pathlib import Path

import coverage

ROOM_DEPTH = 2  # folders: geo/areas, pledges/feed, hubs/conversation


def rooms(measured: coverage.Coverage) -> dict[str, tuple[int, int]]:
    """Return (statements, of which no test ran) by room: an app's folder, or the app itself."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path in measured.get_data().measured_files():
        name, statements, _, missing, _ = measured.analysis2(path)
        room = Path(name).relative_to(Path.cwd()).parent
        counts = found["/".join(room.parts[:ROOM_DEPTH])]
        counts[0] += len(statements)
        counts[1] += len(missing)
    return {room: (total, missed) for room, (total, missed) in found.items()}


def main() -> None:
    measured = coverage.Coverage()
    measured.load()
    found = rooms(measured)
    found["all"] = (sum(n for n, _ in found.values()), sum(n for _, n in found.values()))
    print(f"{'room':<32}{'statements':>12}{'not run':>10}{'run':>8}")
    for room, (total, missed) in sorted(
        found.items(), key=lambda each: (each[0] == "all", -each[1][1])
    ):
        share = 100 * (total - missed) / total if total else 100.0
        print(f"{room:<32}{total:>12,}{missed:>10,}{share:>7.1f}%")


if __name__ == "__main__":
    main()
