"""Exit statuses."""

from __future__ import annotations

OK, FAULT, BAD_INPUT, CONFLICT, INTERRUPTED = 0, 1, 2, 3, 130
