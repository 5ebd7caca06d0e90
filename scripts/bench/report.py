"""Results of rounds in turn, and their report: BENCH.md, and .local/bench.json for programs."""

import datetime
import json
import os
import platform
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from scripts.bench.http_client import Timings, WrongAnswer
from scripts.bench.load import Load
from scripts.bench.measure import quantile
from scripts.bench.pgbench import NoPgbench
from scripts.bench.servers import Server
from scripts.bench.workloads import OURS

Turn = Callable[[], "Timings | float"]


@dataclass
class Result:
    """One contender's figures for one work: milliseconds of each round, or answers a second."""

    work: str
    contender: str
    note: str = ""
    rounds: list[list[float]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    size: int = 0
    failure: str = ""

    @property
    def p50(self) -> float:
        return quantile([each for one in self.rounds for each in one], 0.5)

    @property
    def p95(self) -> float:
        return quantile([each for one in self.rounds for each in one], 0.95)

    @property
    def rate(self) -> float:
        return quantile(self.rates, 0.5)

    def add(self, found: "Timings | float") -> None:
        if isinstance(found, Timings):
            self.rounds.append(found.milliseconds)
            if found.sizes:
                self.size = sum(found.sizes) // len(found.sizes)
        else:
            self.rates.append(found)

    def times(self, ours: "Result") -> dict[str, float]:
        """Return how many times as long as ours it takes, or ours answers as many a second.

        The median of the ratios within each round, of the rounds that both have.
        """
        if self.rates and ours.rates:
            pairs = zip(ours.rates, self.rates, strict=False)
            return {"rate": quantile([a / b for a, b in pairs if b], 0.5)}
        found = {}
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            both = zip(self.rounds, ours.rounds, strict=False)
            ratios = [quantile(a, share) / quantile(b, share) for a, b in both if a and b]
            if ratios:
                found[name] = quantile(ratios, 0.5)
        return found


def run_in_turn(work: str, turns: dict[str, Turn], rounds: int, note: str = "") -> list[Result]:
    """Take one round to warm up and then `rounds` that count; who fails in those is out of it."""
    results = {name: Result(work, name, note) for name in turns}
    for number in range(rounds + 1):
        for name, turn in turns.items():
            if results[name].failure:
                continue
            try:
                found = turn()
            except (WrongAnswer, NoPgbench, OSError) as error:
                if number:
                    results[name].failure = str(error) or type(error).__name__
                continue
            if number:
                results[name].add(found)
    return list(results.values())


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


def load_average() -> str:
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
    results: list[Result],
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
    lines += [
        f"{work}: {note}" for work, note in {t.work: t.note for t in results if t.note}.items()
    ]
    compared = rows(results)
    text = f"# How fast it is\n\n{EXPLAINED}\n"
    text += "".join(f"- {line}\n" for line in lines)
    text += f"\n{markdown(HEADING, compared)}"
    figures = {
        "about": about,
        "missing": missing,
        "compared": [_as_json(each, results) for each in results],
    }
    if load:
        text += f"\n## Mixed load for {load.seconds:.0f} s\n\n{load.summary()}\n"
        text += "\n" + markdown(["what", "a second", "p50", "p95"], load.lines())
        figures["load"] = {"errors": load.errors, "grown": load.grown, "lines": load.lines()}
    else:
        text += (
            "\nThis run was stopped before its end: the works that are missing come after these.\n"
        )
    PAGE.write_text(text, encoding="utf-8")
    FIGURES.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return text


def _as_json(each: Result, results: list[Result]) -> dict[str, object]:
    found: dict[str, object] = {"work": each.work, "who": each.contender, "failure": each.failure}
    if each.rates:
        found["a second"] = each.rate
    elif each.rounds:
        found |= {"p50 ms": each.p50, "p95 ms": each.p95, "bytes": each.size}
    return {**found, "times": ratios(each, results)}


def ratios(each: Result, results: list[Result]) -> dict[str, dict[str, float]]:
    """Return the contender's ratios to each way in which ours did the same work."""
    ours = [t for t in results if t.work == each.work and t.contender.startswith(OURS)]
    if each in ours or each.failure:
        return {}
    return {base.contender: each.times(base) for base in ours if not base.failure}


def rows(results: list[Result]) -> list[list[str]]:
    found = []
    for each in results:
        if each.failure:
            found.append([each.work, each.contender, each.failure, "", "", ""])
            continue
        times = [
            " / ".join(f"{number:,.1f}" for number in ratio.values())
            for ratio in ratios(each, results).values()
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
