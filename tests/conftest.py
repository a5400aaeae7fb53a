"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# A shared or busy machine makes any single example slow now and then; that is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
