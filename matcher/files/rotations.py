"""Planned rounds as one file, which reads back in as history once they were used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matcher.files.writing import csv_bytes

if TYPE_CHECKING:
    from matcher.plan.plan import Plan


def rounds_csv(plans: Sequence[Plan]) -> bytes:
    """Return plans for several rounds as CSV: ``round, group, name``, one row a member and round.

    Ids and emails stand before the names where the roster has any. Whoever is absent is not in it.
    """
    if not plans:
        return csv_bytes(("round", "group", "name"), ())
    members = {member.key: member for member in plans[0].brief.roster.members}
    told = [title for title in ("id", "email") if any(getattr(m, title) for m in members.values())]
    rows = [
        (str(number), group.name, *(getattr(members[key], title) for title in (*told, "name")))
        for number, plan in enumerate(plans, 1)
        for group in plan.groups
        for key in group.members
    ]
    return csv_bytes(("round", "group", *told, "name"), rows)
