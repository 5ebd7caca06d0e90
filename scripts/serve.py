"""Serve the site: the web server and, beside it, the workers: totals, mails, files.

Reads PORT (8000), HOST (127.0.0.1) and SERVER_PROCESSES (one a core). All processes end on Ctrl-C,
on SIGTERM, and when this one dies; a worker that ends by itself is started again. The exit code is
the web server's. Nothing is served when Django's checks find an error.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
START_SECONDS, STOP_SECONDS, RESTART_SECONDS, LOOK_SECONDS = 60, 10, 2, 0.2
WORKERS = {
    "worker": ["manage.py", "run_worker"],
    "mails": ["manage.py", "db_worker", "--interval", "0.5", "--verbosity", "0"],
    "files": [
        *["manage.py", "db_worker", "--queue-name", "files"],
        *["--interval", "1", "--verbosity", "0"],
    ],
}
# Python answers on one core a process; above four, the database is what there is too little of.
PROCESSES = int(os.environ.get("SERVER_PROCESSES") or min(os.cpu_count() or 1, 4))
# No access log: the address of a search holds what a person typed.
SERVER = [
    *["-m", "uvicorn", "config.asgi:application", "--host", HOST, "--port", str(PORT)],
    *["--log-level", "warning", "--no-access-log", "--no-server-header"],
    *["--timeout-graceful-shutdown", "2"],
    *(["--workers", str(PROCESSES), "--timeout-worker-healthcheck", "30"] if PROCESSES > 1 else []),
]


def ask_to_stop(number: int, frame: object) -> None:
    """Handle a signal, once: the next one must not break the orderly end."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def port_is_taken() -> bool:
    """Tell whether something listens on the port already."""
    with socket.socket(socket.AF_INET6 if ":" in HOST else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            return True
    return False


def start(arguments: list[str]) -> subprocess.Popen:
    """Start a Python process, tied to this one so that the kernel ends both together."""
    tied = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return subprocess.Popen([*tied, sys.executable, *arguments], cwd=ROOT)


def stop(processes: list[subprocess.Popen]) -> None:
    """Ask the processes to end; kill what has not after STOP_SECONDS."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_it_answers(server: subprocess.Popen) -> bool:
    """Tell whether the server has answered, in any way, before its end or START_SECONDS."""
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{HOST}:{PORT}/healthz", timeout=2).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(LOOK_SECONDS)
        else:
            return True
    return False


def serve(processes: dict[str, subprocess.Popen]) -> int:
    """Keep all processes in `processes`; return the server's exit code when it ends."""
    processes["server"] = start(SERVER)
    for name, arguments in WORKERS.items():
        processes[name] = start(arguments)
    if wait_until_it_answers(processes["server"]):
        print(f"\nChangemap is at http://localhost:{PORT}  (Ctrl-C stops it)\n", flush=True)
    while processes["server"].poll() is None:
        for name, arguments in WORKERS.items():
            code = processes[name].poll()
            if code is not None:
                print(f"The {name} process ended with code {code}; starting another.", flush=True)
                time.sleep(RESTART_SECONDS)
                processes[name] = start(arguments)
        time.sleep(LOOK_SECONDS)
    return processes["server"].returncode


def main() -> int:
    """Serve until told to stop; return the exit code."""
    if port_is_taken():
        sys.exit(f"Port {PORT} is in use. Choose another:  PORT={PORT + 1} make run")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_stop)
    if code := subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT).returncode:
        return code
    processes: dict[str, subprocess.Popen] = {}
    try:
        return serve(processes)
    except KeyboardInterrupt:
        print("\nStopping. The database keeps running; make stop ends it.", flush=True)
        return 0
    finally:
        stop(list(processes.values()))


if __name__ == "__main__":
    sys.exit(main())
