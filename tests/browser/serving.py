"""The app's server and the browser that looks at it, for tests and benchmarks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_server(port: int, database: Path) -> subprocess.Popen[bytes]:
    """Start the app and return its process once it answers."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    process = subprocess.Popen(
        [*command, "--server.headless=true"],
        cwd=ROOT,
        env=os.environ | {"MATCHER_DATABASE": str(database)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health"):
                return process
        except OSError:
            time.sleep(0.1)
    process.kill()
    process.wait()
    raise RuntimeError("The server did not start in 30 seconds.")


class Server:
    """A server with a port and a database of its own, which outlive its ends and starts.

    Parameters
    ----------
    folder
        For the database.
    """

    def __init__(self, folder: Path) -> None:
        self._port, self.database = free_port(), folder / "workspaces.sqlite3"
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        self._process = start_server(self._port, self.database)

    def kill(self) -> None:
        """End it in the middle of whatever it does, as ``kill -9`` does."""
        self._process.kill()
        self._process.wait()

    def end(self, seconds: float = 30) -> int:
        """Ask it to end, and return its exit status.

        Raises
        ------
        TimeoutError
            When it did not end by itself in time; it is killed then.
        """
        self._process.terminate()
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise TimeoutError(
                f"The server did not end within {seconds:g} seconds of being asked to."
            ) from None
