"""The command line as a program of its own, and the package as Python users see it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TWELVE = ROOT / "data" / "samples" / "twelve.csv"
FORTY = ROOT / "data" / "samples" / "forty.csv"


def started(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "matcher", *map(str, words)],
        cwd=ROOT,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def test_the_program_keeps_results_and_messages_apart_and_gives_its_status(tmp_path: Path):
    good = started("duos", TWELVE, "--out", tmp_path / "p.json")
    bad = started("duos", tmp_path / "none.csv")
    out, err = good.communicate(timeout=60)

    assert (good.returncode, err) == (0, f"Written: {tmp_path / 'p.json'}\n")
    assert out.startswith("6 duos")
    out, err = bad.communicate(timeout=60)
    assert (bad.returncode, out) == (2, "")
    assert "Traceback" not in err
    assert err.startswith("There is no file")


@pytest.mark.parametrize("words", ["--help", "teams --help", "teams r.csv"])
def test_help_and_usage_wait_for_nothing_heavy_to_load(words: str):
    code = (
        "import atexit, sys; from matcher.cli import main\n"
        "atexit.register(lambda: print([m for m in ('numpy', 'pandas', 'ortools') if m in sys.modules]))\n"
        "main(sys.argv[1:])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *words.split()], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert ended.stdout.endswith("[]\n")
    assert "--size" in ended.stdout + ended.stderr or "teams" in ended.stdout


INTERRUPTED = """
import os, signal, sys
from matcher import cli
from matcher.cli.watch import Watch

def progress(self, told, show=Watch.progress):
    show(self, told)
    if not self.stopping.is_set():
        os.kill(os.getpid(), signal.SIGINT)

Watch.progress = progress
sys.exit(cli.main(sys.argv[1:]))
"""
"""The program, with somebody who presses Ctrl-C as soon as there is a first plan."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process alone")
def test_ctrl_c_ends_the_solve_and_gives_the_best_plan():
    words = ["teams", FORTY, "--size", "4-6", "--seconds", "60"]
    began = time.perf_counter()
    process = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *words], cwd=ROOT, capture_output=True, timeout=60, check=False
    )

    assert process.returncode == 0, process.stderr.decode()
    assert b"Stopping; the best plan so far follows." in process.stderr
    assert process.stdout.startswith(b"8 teams, score ")
    assert time.perf_counter() - began < 30


def test_a_reader_that_stops_reading_is_no_error():
    process = started("duos", TWELVE)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)

    assert process.returncode == 0
    assert err == ""


# --- from Python --------------------------------------------------------------------------------


def test_the_package_offers_what_python_users_need():
    import matcher

    for name in matcher.__all__:
        assert getattr(matcher, name) is not None
    assert set(matcher.__all__) <= set(dir(matcher))
    assert callable(matcher.solve.best_matching)
    with pytest.raises(AttributeError, match="has no attribute 'form_trios'"):
        matcher.form_trios  # noqa: B018


def test_importing_the_package_loads_nothing_heavy():
    code = "import matcher, sys; print([m for m in ('numpy', 'pandas', 'ortools') if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ended.stdout == "[]\n"
