"""What can go wrong with what is kept."""

from __future__ import annotations

from matcher.people.errors import InputError


class StoreError(InputError):
    """The database cannot be used; the sentence says what to do, and never a password."""
