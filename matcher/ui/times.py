"""Moments in the words of whoever reads them."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def moment(milliseconds: int, now: datetime | None = None) -> str:
    """Return a moment as the reader's clock has it: ``today, 14:05`` or ``3 March 2026, 14:05``.

    Parameters
    ----------
    milliseconds
        Since the epoch, UTC.
    now
        The time that it is; the present, if not given.
    """
    zone = _zone()
    then = datetime.fromtimestamp(milliseconds / 1000, zone)
    today = (now or datetime.now(UTC)).astimezone(zone).date()
    day = "today" if then.date() == today else f"{then.day} {then:%B %Y}"
    return f"{day}, {then:%H:%M}"


def _zone() -> tzinfo:
    """Return the browser's time zone; UTC when it does not say."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
