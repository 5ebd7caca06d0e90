"""An hour of mixed load on the real server: no error, and memory that does not grow."""

import os

from scripts.bench.figures import table
from scripts.bench.load import Load
from scripts.bench.questions import Questions
from scripts.bench.servers import ours

MINUTES = float(os.environ.get("MINUTES", "60"))
MOST_TOLD = 10  # errors that are printed


def endure(seconds: float, listeners: int = 200) -> Load:
    """Start the server, load it for so long, and stop it."""
    server = ours()
    server.start()
    try:
        load = Load(server, Questions(), seconds, listeners)
        load.run()
    finally:
        server.stop()
    return load


def main() -> int:
    """Print what was answered; return 1 for an error, or for memory that has grown."""
    print(f"Reading, pledging and listening for {MINUTES:g} minutes", flush=True)
    load = endure(MINUTES * 60)
    table(["what", "a second", "p50", "p95"], load.lines())
    print(f"\n{load.told()}")
    print("\n".join(load.errors[:MOST_TOLD]))
    return int(bool(load.errors) or load.growing)
