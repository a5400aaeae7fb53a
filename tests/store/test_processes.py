"""Several processes at once, and some that are killed: nothing that was acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

import matcher.store.database
from matcher.store.database import Database
from matcher.store.errors import StoreError
from matcher.store.tables import nodes
from matcher.store.workspaces import WorkspaceRows

ROOT = Path(__file__).parents[2]

TOGETHER = """
import multiprocessing, sys

import alembic.command, psycopg  # once for all

from matcher.store.database import Database
from matcher.store.workspaces import Changed, WorkspaceRows

url, processes, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
context = multiprocessing.get_context("fork")
start = context.Barrier(processes)

def save(me):
    start.wait()
    rows = WorkspaceRows(Database.open(url))
    entry = rows.find("w")
    for i in range(times):
        root = f"{me} {i}"
        while True:
            try:
                entry = rows.save("w", root, {root: lambda: "{}"}, based_on=entry and entry.version)
                break
            except Changed as changed:
                entry = changed.now

savers = [context.Process(target=save, args=(me,)) for me in range(processes)]
for saver in savers:
    saver.start()
for saver in savers:
    saver.join()
sys.exit(any(saver.exitcode for saver in savers))
"""

KILLED = """
import multiprocessing, random, sys, time

import alembic.command, psycopg

from matcher.store.database import Database
from matcher.store.nodes import fetch
from matcher.store.workspaces import WorkspaceRows

url, kills = sys.argv[1], int(sys.argv[2])
context = multiprocessing.get_context("fork")

def save(acknowledged):
    rows = WorkspaceRows(Database.open(url))
    entry = rows.find("w")
    while True:
        root = f"r{entry.version + 1 if entry else 1}"
        texts = {root: lambda: "x" * 50_000, f"{root} too": lambda: "y" * 50_000}
        entry = rows.save("w", root, texts, based_on=entry and entry.version)
        acknowledged.value = entry.version

for kill in range(kills):
    acknowledged = context.Value("i", 0, lock=False)
    saver = context.Process(target=save, args=(acknowledged,))
    saver.start()
    if kill % 4:  # the others are killed while they open the database
        while not acknowledged.value:
            time.sleep(0.001)
    time.sleep(random.random() * 0.03)
    saver.kill()
    saver.join()
    database = Database.open(url)
    entry = WorkspaceRows(database).find("w")
    version = entry.version if entry else 0
    with database.reading() as connection:
        names = [name for i in range(1, version + 2) for name in (f"r{i}", f"r{i} too")]
        kept = len(fetch(connection, "w", names))
    database.close()
    assert version >= acknowledged.value, (version, acknowledged.value)
    assert kept == 2 * version, (kept, version)
assert version >= kills // 2
"""


def run(program: str, *arguments: str) -> None:
    command = [sys.executable, "-c", program, *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_eight_processes_open_an_empty_database_at_once_and_no_save_is_lost(new_url: str):
    processes, times = 8, 3

    run(TOGETHER, new_url, str(processes), str(times))

    database = Database.open(new_url)
    entry = WorkspaceRows(database).find("w")
    with database.reading() as connection:
        kept = set(connection.scalars(select(nodes.c.digest)))
    database.close()
    assert entry is not None
    assert entry.version == processes * times
    assert kept == {f"{me} {i}" for me in range(processes) for i in range(times)}


def test_what_was_saved_outlives_a_process_that_is_killed_and_nothing_is_half_saved(new_url: str):
    run(KILLED, new_url, "12")


def test_who_waits_too_long_for_another_writer_is_told(sqlite_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(matcher.store.database, "PATIENCE", 0.05)
    one, other = Database.open(sqlite_url), Database.open(sqlite_url)

    with one.writing(), pytest.raises(StoreError, match="written to by others for too long"), other.writing():
        pytest.fail("There were two writers at once.")
    assert WorkspaceRows(other).save("w", "r", {}, based_on=None).version == 1
    one.close()
    other.close()
