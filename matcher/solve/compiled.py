"""When the compiled loops of :mod:`matcher.solve.kernels` are there, and what to do until then.

Importing Numba takes half a second, and the very first compilation on a machine a few. A
search never waits for that: it works in plain NumPy until a background thread is through.
"""

from __future__ import annotations

from threading import Lock, Thread
from types import ModuleType

import numpy as np

_lock = Lock()
_thread: Thread | None = None
_ready: ModuleType | None = None


def kernels() -> ModuleType | None:
    """Give the compiled loops, or ``None`` while they are not ready."""
    return _ready


def warm_up(*, wait: bool = False) -> None:
    """Load the compiled loops in the background; what is ready already costs nothing.

    Parameters
    ----------
    wait
        Return only when they are ready.
    """
    global _thread  # noqa: PLW0603 - one loader a process
    with _lock:
        if _thread is None:
            _thread = Thread(target=_load, name="solve-compile", daemon=False)
            _thread.start()
    if wait:
        _thread.join()


def _load() -> None:
    global _ready  # noqa: PLW0603 - see above
    from matcher.solve import kernels as module  # noqa: PLC0415 - importing it is what takes long

    one = np.ones(1, dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    fit = np.zeros((2, 2), dtype=np.int32)
    module.sweep(
        fit, fit[:1], fit[0], np.zeros(2, dtype=np.uint32), one, one, one, fit[0], none, none, False
    )  # fmt: skip
    _ready = module
