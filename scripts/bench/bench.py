"""How fast is it beside others? One run: ours, its SQL alone, and the peers, in turn.

Every contender answers the same questions about the same rows on the same machine, behind the
server that its own documentation recommends. Only the ratios within one run mean anything.
"""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle

from django.db import connection

from scripts.bench import pledging, report, workloads
from scripts.bench.http_client import Timings, WrongAnswer, rate_of, time_each
from scripts.bench.load import Load
from scripts.bench.pgbench import NoPgbench, Scripts, statements
from scripts.bench.questions import Questions
from scripts.bench.report import Result, Turn, run_in_turn
from scripts.bench.servers import HERE, MAKERS, PEERS, Server
from scripts.bench.workloads import CLUSTERS, OURS, SERVED_BY, TIPG, VECTORTILES, Workload

CLIENTS = 4
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = float(os.environ.get("SECONDS_EACH", "3"))
LOAD_SECONDS = float(os.environ.get("LOAD_SECONDS", "60"))
LEFT_OUT = os.environ.get("LEFT_OUT", "").split()
LOOKED_UP = 40
ARRIVING = 20
NOTICED = 0.3  # seconds after which every process knows that the counts have moved
WARM = 6  # visits before, of which each process of the server gets some
MOST_SCRIPTS = 24
SQL = "the same SQL by pgbench"
NEW = f"{OURS}, all counted anew"
BUSY = f"{OURS}, {ARRIVING} pledges a second"
UNCHANGED = f"{OURS}, counts as before"
TILED = [OURS, TIPG, VECTORTILES, CLUSTERS]
# Works of which the number a second is measured too.
HEAVY = ("items, 1,000 in a box", "point to district", "postcode")


class Contenders:
    """The servers that run, and why others do not."""

    def __init__(self) -> None:
        self.running: dict[str, Server] = {}
        self.missing: dict[str, str] = {}

    def start(self) -> None:
        for name, maker in MAKERS.items():
            say(f"Starting {name}")
            try:
                if name in LEFT_OUT:
                    raise WrongAnswer("left out on demand")
                if name != OURS and not (PEERS / name).is_dir():
                    raise WrongAnswer("it could not be installed here")
                server = maker()
                server.start()
            except (WrongAnswer, OSError) as error:
                if name == OURS:
                    raise
                self.missing[name] = str(error)
            else:
                self.running[name] = server

    def stop(self) -> None:
        for server in self.running.values():
            server.stop()

    def port(self, contender: str) -> int:
        """Raises KeyError for one that does not run."""
        return self.running[SERVED_BY.get(contender, contender)].port

    def present(self, names: list[str]) -> list[str]:
        return [name for name in names if SERVED_BY.get(name, name) in self.running]


def say(words: str) -> None:
    print(words, flush=True)


def sql(paths: list[str]) -> Scripts:
    return Scripts([statements(path) for path in paths[:MOST_SCRIPTS]])


def invalidate_counts() -> None:
    """Let nothing that was made of the counts before hold any longer."""
    with connection.cursor() as cursor:
        cursor.execute("update geo_fold set version = version + 1")
    time.sleep(NOTICED)


def let_arrive() -> None:
    """Let the pledges of a second come, and be counted."""
    pledging.arrive(ARRIVING)
    time.sleep(NOTICED)


def with_arrivals(turn: Turn) -> Timings | float:
    """Take the turn while pledges come in."""
    with pledging.arriving(ARRIVING):
        return turn()


def tile_works(there: Contenders, questions: Questions) -> list[Result]:
    names = there.present(TILED)
    walks = workloads.tiles(questions, names, ROUNDS + 1)

    def turn(name: str, before: Callable[[], None] = lambda: None, warm: int = 0) -> Turn:
        walked = cycle([walk.paths[name] for walk in walks])

        def taken() -> Timings:
            paths = next(walked)
            for _ in range(warm):
                time_each(there.port(name), paths)
            before()
            return time_each(there.port(name), paths)

        return taken

    say("Measuring tiles, one visitor")
    turns = {NEW: turn(OURS, invalidate_counts), UNCHANGED: turn(OURS, warm=WARM)}
    turns[BUSY] = turn(OURS, let_arrive, warm=WARM)
    turns |= {name: turn(name) for name in names if name != OURS}
    with pledging.taken_out_again():
        found = run_in_turn("tiles", turns, ROUNDS)
    say(f"Measuring tiles, {CLIENTS} clients")
    many = workloads.many_tiles(6000)
    scripts = sql(workloads.tile_paths(OURS, many[:MOST_SCRIPTS]))
    known = {name: walks[0].paths[name] for name in names}
    fresh = {name: workloads.tile_paths(name, many) for name in names}

    def rate(name: str, paths: list[str]) -> Turn:
        return partial(rate_of, there.port(name), paths, CLIENTS, SECONDS)

    def recounted() -> Timings | float:
        invalidate_counts()
        return rate(OURS, fresh[OURS])()

    turns = {
        NEW: recounted,
        UNCHANGED: rate(OURS, known[OURS]),
        BUSY: partial(with_arrivals, rate(OURS, known[OURS])),
        SQL: partial(scripts.rate_of, CLIENTS, SECONDS),
    }
    turns |= {name: rate(name, fresh[name]) for name in names if name != OURS}
    with pledging.taken_out_again():
        return found + run_in_turn(f"tiles, {CLIENTS} clients", turns, ROUNDS)


def compared(there: Contenders, work: Workload) -> list[Result]:
    """Measure one work: each answer's time, and for some how many there are a second."""
    say(f"Measuring {work.name}")
    names = there.present(list(work.paths))
    turns: dict[str, Turn] = {
        name: partial(time_each, there.port(name), work.paths[name]) for name in names
    }
    try:
        scripts = sql(work.paths[OURS]) if work.rounds == ROUNDS else None
    except NoPgbench as error:
        say(f"  {error}")
        scripts = None
    if scripts:
        turns[SQL] = lambda: _timed(scripts)
    found = run_in_turn(work.name, turns, min(ROUNDS, work.rounds), work.note)
    if work.name in HEAVY:
        turns = {
            name: partial(rate_of, there.port(name), work.paths[name], CLIENTS, SECONDS)
            for name in names
        }
        if scripts:
            turns[SQL] = partial(scripts.rate_of, CLIENTS, SECONDS)
        found += run_in_turn(f"{work.name}, {CLIENTS} clients", turns, ROUNDS)
    return found


def _timed(scripts: Scripts) -> Timings:
    return Timings(scripts.time_each())


def export(there: Contenders, questions: Questions) -> list[Result]:
    """The same as compared, with the database's own COPY of our statement beside it."""
    work = workloads.export(questions)
    say(f"Measuring {work.name}")
    turns: dict[str, Turn] = {
        name: partial(time_each, there.port(name), work.paths[name])
        for name in there.present(list(work.paths))
    }
    box = work.paths[OURS][0].partition("?")[2]
    statement = pledging.export_statement(box)
    turns["COPY of the same"] = partial(pledging.copied, statement)
    return run_in_turn(work.name, turns, work.rounds, work.note)


def inserts() -> list[Result]:
    """Pledges a second with all that follows and the fold at work, beside a plain table."""
    say("Measuring inserts")
    full, plain = pledging.scripts()
    turns: dict[str, Turn] = {
        OURS: partial(full.rate_of, CLIENTS, SECONDS),
        "a plain table": partial(plain.rate_of, CLIENTS, SECONDS),
    }
    with pledging.taken_out_again(), pledging.folding():
        return run_in_turn(f"pledges, {CLIENTS} clients", turns, ROUNDS)


def mixed(there: Contenders, questions: Questions) -> Load:
    say(f"Mixed load for {LOAD_SECONDS:.0f} s")
    load = Load(there.running[OURS], questions, LOAD_SECONDS)
    load.run()
    return load


def prepare() -> None:
    """Give the peers a schema of their own to read."""
    with connection.cursor() as cursor:
        cursor.execute((HERE / "peers.sql").read_text())


def tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists peers cascade")


def main() -> int:
    """Measure, print the page, and keep it as BENCH.md; what is missing is said, not guessed."""
    questions, there = Questions(), Contenders()
    results: list[Result] = []
    loads = [report.load_average()]
    prepare()
    try:
        there.start()
        servers = list(there.running.values())
        for measure in steps(there, questions):
            results += measure()
            loads.append(report.load_average())
            # A run that is stopped leaves what it has measured.
            report.page(results, None, servers, there.missing, loads)
        load = mixed(there, questions)
    finally:
        there.stop()
        tidy()
    print(report.page(results, load, servers, there.missing, [*loads, report.load_average()]))
    return int(bool(load.errors))


def steps(there: Contenders, questions: Questions) -> Iterator[Callable[[], list[Result]]]:
    yield partial(tile_works, there, questions)
    for work in (*workloads.items(questions), *workloads.lookups(questions, LOOKED_UP)):
        yield partial(compared, there, work)
    yield partial(compared, there, workloads.dashboards())
    yield inserts
    yield partial(export, there, questions)
