"""What an owner does with the database: copy it, and find a workspace whose link was lost."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from matcher.cli.options import Parser
from matcher.cli.saying import printable, say
from matcher.cli.status import OK
from matcher.people.names import counted


def add_keeping(commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands to those that can be asked for."""
    about = "copy the database to a file, while it is in use"
    backup = commands.add_parser("backup", help=about, description=about, allow_abbrev=False)
    backup.add_argument("file", metavar="FILE", help="a file that is not there yet")
    backup.set_defaults(run=_backup)
    about = "list the workspaces of the database, with their links"
    listed = commands.add_parser("workspaces", help=about, description=about, allow_abbrev=False)
    listed.set_defaults(run=_workspaces)


def _backup(args: argparse.Namespace) -> int:
    from matcher.store.backup import back_up
    from matcher.store.places import place

    back_up(place(), Path(args.file))
    say(f"Written: {args.file}")
    return OK


def _workspaces(args: argparse.Namespace) -> int:
    from matcher.store.database import Database
    from matcher.store.workspaces import WorkspaceRows

    database = Database.open(make=False)
    try:
        entries = WorkspaceRows(database).all()
    finally:
        database.close()
    if not entries:
        say(f"The database {database.shown} holds no workspace.")
        return OK
    names = [" ".join(entry.name.split()) or "(no name)" for entry in entries]
    people = [counted(entry.people, "member") for entry in entries]
    width = max(map(len, people))
    for entry, name, members in zip(entries, names, people, strict=True):
        changed = f"{datetime.fromtimestamp(entry.changed / 1000):%Y-%m-%d %H:%M}"
        archived = " (archived)" if entry.archived is not None else ""
        print(printable(f"?workspace={entry.id}  {changed}  {members:>{width}}  {name}{archived}"))
    say("To open one, put what begins with “?” behind the app's address.")
    return OK
