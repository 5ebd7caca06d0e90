"""The figures as a page, BENCH.md, and as .local/bench.json for programs."""

import datetime
import json
import os
import platform
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection

from scripts.bench.load import Load
from scripts.bench.rounds import Told
from scripts.bench.servers import Server
from scripts.bench.works import OURS

PAGE = settings.BASE_DIR / "BENCH.md"
HEADING = ["work", "who", "p50", "p95", "times Changemap's", "bytes"]
FIGURES = settings.BASE_DIR / ".local" / "bench.json"


def machine() -> dict[str, str]:
    """Return what it was measured on, and what else ran there."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version'), postgis_lib_version()")
        postgres, postgis = cursor.fetchone()
        cursor.execute("select count(*) from pledges_pledge where public")
        pledges = cursor.fetchone()[0]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "version": commit.stdout.strip(),
        "machine": f"{os.cpu_count()} processors ({model}), {memory:.0f} GiB of memory",
        "software": f"Python {platform.python_version()}, PostgreSQL {postgres}, PostGIS {postgis}",
        "pledges": f"{pledges:,}",
    }


def loaded() -> str:
    """Return how many processes have waited or run, in the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


EXPLAINED = """\
`make bench` wrote this page. Every contender answered the same questions about the same rows, in
turn (A B C, A B C), after a round that does not count. "Times Changemap's" is the median, over the
rounds, of how many times as long as Changemap the contender took (at p50 / p95), or how many times
as many answers a second Changemap gave; only these ratios mean anything beyond this machine. For
tiles there are three: to Changemap when all has been counted anew, so that nothing made before can
be used again; with the counts as before; and when pledges from all over the country come in and
are counted twice a second.
Changemap is the real application behind the server of `make run`. Peers read views with the same
public columns, tiles of theirs nothing but place and theme; tipg and django-vectortiles stop at
10,000 points a tile, which Changemap counts exactly.
"""


def page(
    told: list[Told],
    load: Load | None,
    servers: list[Server],
    missing: dict[str, str],
    loads: list[str],
) -> str:
    """Write BENCH.md and the figures; return the page.

    `load` is None where the run has not come so far; `loads` are those of the machine on the way.
    """
    about = {**machine(), "load of the machine, work by work": "; ".join(loads)}
    lines = [f"{name}: {words}" for name, words in about.items()]
    lines += [f"{server.name}: {server.about}" for server in servers]
    lines += [f"{name}: not measured: {why}" for name, why in missing.items()]
    lines += [f"{work}: {note}" for work, note in {t.work: t.note for t in told if t.note}.items()]
    compared = rows(told)
    text = f"# How fast it is\n\n{EXPLAINED}\n"
    text += "".join(f"- {line}\n" for line in lines)
    text += f"\n{markdown(HEADING, compared)}"
    kept = {"about": about, "missing": missing, "compared": [_kept(each, told) for each in told]}
    if load:
        text += f"\n## Mixed load for {load.seconds:.0f} s\n\n{load.told()}\n"
        text += "\n" + markdown(["what", "a second", "p50", "p95"], load.lines())
        kept["load"] = {"errors": load.errors, "grown": load.grown, "lines": load.lines()}
    else:
        text += (
            "\nThis run was stopped before its end: the works that are missing come after these.\n"
        )
    PAGE.write_text(text, encoding="utf-8")
    FIGURES.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return text


def _kept(each: Told, told: list[Told]) -> dict[str, object]:
    found: dict[str, object] = {"work": each.work, "who": each.contender, "failure": each.failure}
    if each.rates:
        found["a second"] = each.rate
    elif each.rounds:
        found |= {"p50 ms": each.p50, "p95 ms": each.p95, "bytes": each.size}
    return {**found, "times": ratios(each, told)}


def ratios(each: Told, told: list[Told]) -> dict[str, dict[str, float]]:
    """Return the contender's ratios to each way in which ours did the same work."""
    ours = [t for t in told if t.work == each.work and t.contender.startswith(OURS)]
    if each in ours or each.failure:
        return {}
    return {base.contender: each.times(base) for base in ours if not base.failure}


def rows(told: list[Told]) -> list[list[str]]:
    found = []
    for each in told:
        if each.failure:
            found.append([each.work, each.contender, each.failure, "", "", ""])
            continue
        times = [
            " / ".join(f"{number:,.1f}" for number in ratio.values())
            for ratio in ratios(each, told).values()
        ]
        if each.rates:
            figures = [f"{each.rate:,.0f}/s", ""]
        else:
            figures = [f"{each.p50:,.2f} ms", f"{each.p95:,.2f} ms"]
        size = f"{each.size:,}" if each.size else ""
        found.append([each.work, each.contender, *figures, "; ".join(times), size])
    return found


def markdown(heading: list[str], lines: list[list[str]]) -> str:
    made = [heading, ["---"] * len(heading), *lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in made)
