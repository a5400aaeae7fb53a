"""A PostgreSQL for the tests: one that is named, or a private one from the machine's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

NAMED = "MATCHER_TEST_POSTGRESQL"


def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``; Debian keeps one for every version, off the path."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "pg_ctl").exists()), None)


@contextmanager
def running() -> Iterator[URL | None]:
    """The address of a server, ``None`` when there is no way to have one.

    Yields
    ------
    URL | None
        With a user who may make schemas.
    """
    from sqlalchemy import make_url

    if named := os.environ.get(NAMED):
        yield make_url(named)
        return
    binaries = programs()
    if binaries is None:
        yield None
        return
    # not in pytest's folders: others may not look into them, and a socket's path has to be short
    place = Path(tempfile.mkdtemp(prefix="matcher-postgresql-"))
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to be root

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [binaries / program, *arguments], user=user, cwd=place, check=True, stdout=subprocess.DEVNULL
        )

    if user:
        shutil.chown(place, user)
    data = str(place / "data")
    try:
        run("initdb", "-D", data, "-U", "matcher", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
        run("pg_ctl", "start", "-D", data, "-w", "-l", str(place / "log"), "-o", settings)
        try:
            yield URL.create(
                "postgresql+psycopg", username="matcher", database="postgres", query={"host": str(place)}
            )
        finally:
            run("pg_ctl", "stop", "-D", data, "-w", "-m", "immediate")
    finally:
        shutil.rmtree(place, ignore_errors=True)
