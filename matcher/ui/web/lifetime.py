"""The server's life: it takes up its work at once, and ends in order when it is asked to."""

from __future__ import annotations

import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import FrameType

import uvicorn

from matcher.store.errors import StoreError
from matcher.work.server import server


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Surround the server's life: from before it answers until it has closed its connections."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        _end_in_order(asked)
    threading.Thread(target=_take_up, name="take-up", daemon=False).start()
    yield


def _take_up() -> None:
    """Open the database, and go on with what was queued when the server ended, before anybody looks."""
    with suppress(StoreError):  # the pages say it
        server()


def _end_in_order(asked: signal.Signals) -> None:
    """Let a signal end the server, and nothing more.

    Uvicorn raises the signal once more when it has ended, which would kill the process on the spot:
    what runs in other threads could not stop, and its status would be that of a failure.
    """
    ours = getattr(signal.getsignal(asked), "__self__", None)
    if not isinstance(ours, uvicorn.Server):
        return  # somebody else's server, or a test

    def end(number: int, frame: FrameType | None) -> None:
        if ours.should_exit:
            ours.handle_exit(number, frame)  # asked twice: at once
        ours.should_exit = True

    signal.signal(asked, end)
