"""Giving up one rule: what becomes of the table in which it stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from matcher.files import load_rules
from matcher.files.tables.columns import pieces
from matcher.people.errors import InputError
from matcher.people.friction import Severity
from matcher.people.names import fold
from matcher.people.roster import UnknownMember
from matcher.rules import HardClash, Lead, Needs, Never, Pin, Sizes, Stay
from matcher.rules.needs import parse_need
from matcher.work.sheets import Sheet
from matcher.work.workspace import NO_FRICTIONS, NO_PROJECTS, NO_RULES, Workspace

Row = tuple[str, ...]


def can_give_up(rule: object) -> bool:
    """Return whether a rule is one that a manager can take back."""
    return not isinstance(rule, Sizes)


def give_up(now: Workspace, rule: object) -> tuple[Workspace, str]:
    """Return the workspace without a rule, and a sentence that says what was changed.

    A friction *never* becomes *avoid*: that the two do not work well together is still known.

    Raises
    ------
    InputError
        When the rule is nowhere any more.
    """
    if isinstance(rule, Never):
        return _friction(now, rule)
    if isinstance(rule, HardClash):
        settings = replace(now.settings, lift_hard_clash=True)
        return replace(now, settings=settings), "Duos may now have clashes that they usually may not have."
    if isinstance(rule, Stay) and now.again:
        again = replace(now.again, most=None)
        return replace(now, again=again), "As many people as it takes may now move."
    for attempt in (_stated, _of_a_project, _locked):
        if changed := attempt(now, rule):
            return changed
    raise InputError("This rule is no longer in the tables; form again.")


def _friction(now: Workspace, rule: Never) -> tuple[Workspace, str]:
    roster, pair = now.roster, {rule.friction.a, rule.friction.b}
    place = NO_FRICTIONS.header.index("severity")

    def softer(row: Row) -> Row:
        if {_key(now, row[0]), _key(now, row[1])} != pair:
            return row
        return (*row[:place], str(Severity.AVOID), *row[place + 1 :])

    sheet = _mapped(now.plain_frictions, softer)
    if roster is None or sheet.same(now.plain_frictions):
        raise InputError("This friction is no longer in the table; form again.")
    said = "The friction is “avoid” now: they may share a group, at a cost to its score."
    return now.replaced("give up a friction", frictions=sheet), said


def _stated(now: Workspace, rule: object) -> tuple[Workspace, str] | None:
    """Take a rule out of the table of rules; of a row for several groups only its own group goes."""
    roster, sheet = now.roster, now.plain_rules
    if roster is None:
        return None
    kept = list[Row]()
    for row in sheet.rows:
        stated = load_rules(Sheet(sheet.name, sheet.header, (row,)).table, roster).value if any(row) else ()
        if rule not in stated:
            kept.append(row)
        elif isinstance(rule, Needs) and len(stated) > 1:
            others = [group for group in pieces(row[1]) if fold(group) != fold(rule.group)]
            kept.append((row[0], "; ".join(others), row[2]))
    changed = Sheet(sheet.name, NO_RULES.header, tuple(kept))
    if changed.same(sheet):
        return None
    return now.replaced("give up a rule", rules=changed), "The rule is taken out of the table of rules."


def _of_a_project(now: Workspace, rule: object) -> tuple[Workspace, str] | None:
    """Take a lead, members or a need out of the table of projects."""
    header = NO_PROJECTS.header
    if isinstance(rule, Lead):
        title, project = "lead", rule.project
    elif isinstance(rule, Pin):
        title, project = "members", rule.group
    elif isinstance(rule, Needs):
        title, project = "needs", rule.group
    else:
        return None
    place = header.index(title)

    def stays(entry: str) -> bool:
        if isinstance(rule, Needs):
            with suppress(ValueError):
                return parse_need(entry) != (rule.kind, rule.value, rule.count)
            return True
        return _key(now, entry) not in ((rule.member,) if isinstance(rule, Lead) else rule.members)

    def without(row: Row) -> Row:
        if fold(row[0]) != fold(project):
            return row
        return (*row[:place], "; ".join(filter(stays, pieces(row[place]))), *row[place + 1 :])

    sheet = _mapped(now.plain_projects, without)
    if sheet.same(now.plain_projects):
        return None
    said = f"It is taken out of the column “{title}” of the project {project}."
    return now.replaced("give up a rule", projects=sheet), said


def _locked(now: Workspace, rule: object) -> tuple[Workspace, str] | None:
    """Unlock the group or the member of a former plan that a rule pins."""
    if not isinstance(rule, Pin) or not now.again:
        return None
    if len(rule.members) == 1 and (key := rule.members[0]) in now.again.members:
        members = tuple(other for other in now.again.members if other != key)
        name = now.names.get(key, key)
        return replace(now, again=replace(now.again, members=members)), f"{name} is no longer locked."
    if rule.group not in now.again.lock:
        return None
    lock = tuple(name for name in now.again.lock if name != rule.group)
    return replace(now, again=replace(now.again, lock=lock)), f"{rule.group} is no longer locked."


def _mapped(sheet: Sheet, change: Callable[[Row], Row]) -> Sheet:
    return Sheet(sheet.name, sheet.header, tuple(map(change, sheet.rows)))


def _key(now: Workspace, reference: str) -> str:
    """Return the key of the member whom a cell refers to; empty when it is unclear."""
    with suppress(UnknownMember):
        return now.roster.find(reference).key if now.roster else ""
    return ""
