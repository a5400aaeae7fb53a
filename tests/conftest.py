"""What holds for all tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

# A shared or busy machine makes any single example slow now and then; that is no failure.
# Checks of a change take the same examples each time; new ones are looked for at the desk.
settings.register_profile("patient", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("patient")


SCRATCH = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    # no test touches the database of whoever runs the tests
    folder = config.stash[SCRATCH] = TemporaryDirectory(prefix="matcher-tests-")
    os.environ["MATCHER_DATABASE"] = str(Path(folder.name, "workspaces.sqlite3"))


def pytest_unconfigure(config: pytest.Config) -> None:
    shared = sys.modules.get("matcher.work.server")
    if shared and shared.made.cache_info().currsize:  # its threads look at the database until they are told
        shared.server().jobs.close()
        shared.server().database.close()
    config.stash[SCRATCH].cleanup()
    # AppTest leaves its folder to the interpreter's end, which warns of it after the closing line.
    if app_test := sys.modules.get("streamlit.testing.v1.app_test"):
        app_test.TMP_DIR.cleanup()
