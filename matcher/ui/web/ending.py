"""Ending when the server is asked to: in order, and with the exit status that says so."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType

import uvicorn


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Surround the server's life: from before it answers until it has closed its connections."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        _end_in_order(asked)
    yield


def _end_in_order(asked: signal.Signals) -> None:
    """Let a signal end the server, and nothing more.

    Uvicorn raises the signal once more when it has ended, which would kill the process on the spot:
    what runs in other threads could not stop, and its status would be that of a failure.
    """
    server = getattr(signal.getsignal(asked), "__self__", None)
    if not isinstance(server, uvicorn.Server):
        return  # somebody else's server, or a test

    def end(number: int, frame: FrameType | None) -> None:
        if server.should_exit:
            server.handle_exit(number, frame)  # asked twice: at once
        server.should_exit = True

    signal.signal(asked, end)
