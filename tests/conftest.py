"""What holds for all tests."""

from __future__ import annotations

import os
import sys

from hypothesis import settings

# A shared or busy machine makes any single example slow now and then; that is no failure.
# Checks of a change take the same examples each time; new ones are looked for at the desk.
settings.register_profile("patient", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("patient")


def pytest_unconfigure() -> None:
    # AppTest leaves its folder to the interpreter's end, which warns of it after the closing line.
    if app_test := sys.modules.get("streamlit.testing.v1.app_test"):
        app_test.TMP_DIR.cleanup()
