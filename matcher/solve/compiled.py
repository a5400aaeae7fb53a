"""When a compiled loop is there, and what to do until then.

Importing Numba takes half a second, and compiling a loop for the first time on a machine up
to ten; after that it is loaded from the disk. A search never waits for either: it works in
plain NumPy until a background thread is through.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Name = Literal["sweep", "anneal", "best_teams"]

_lock = Lock()
_threads: dict[tuple[Name, type], Thread] = {}
_ready: dict[tuple[Name, type], Callable[..., Any]] = {}


def kernel(name: Name, kind: type = np.int32) -> Callable[..., Any] | None:
    """Give a compiled loop for points of one integer type, or ``None`` while it is not ready."""
    return _ready.get((name, kind))


def warm_up(*names: Name, kind: type = np.int32, wait: bool = False) -> None:
    """Load compiled loops in the background; what is ready already costs nothing.

    Parameters
    ----------
    names
        Which loops; both of the searches when none is named.
    kind
        NumPy's integer type of the points.
    wait
        Return only when they are ready.
    """
    for name in names or ("sweep", "anneal"):
        with _lock:
            if (name, kind) not in _threads:
                load = {"sweep": _load_sweep, "anneal": _load_anneal, "best_teams": _load_best_teams}[name]
                _threads[name, kind] = Thread(target=load, args=(kind,), name=f"solve-compile-{name}")
                _threads[name, kind].start()
        if wait:
            _threads[name, kind].join()


def _load_sweep(kind: type) -> None:
    from matcher.solve.kernels import sweep

    one, none = np.ones(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    fit: NDArray[Any] = np.zeros((2, 2), dtype=kind)
    labels = np.zeros(2, dtype=np.uint32)
    sweep(fit, fit[:1], fit[0], labels, one, one, one, fit[0], none, none, False)
    _ready["sweep", kind] = sweep


def _load_anneal(kind: type) -> None:
    from matcher.instance import Instance, Term
    from matcher.solve.kernels_anneal import anneal
    from matcher.solve.search_form import form, state

    ones = np.ones(2, dtype=np.int64)
    term = Term(1, 0 * ones, np.zeros((2, 2), dtype=np.int64), ones)
    allowed, apart = np.ones((2, 2), dtype=bool), np.zeros((0, 2), dtype=np.int64)
    laid = form(Instance(ones, allowed, apart, (), (), (term,), ones))
    laid = laid._replace(pair=laid.pair.astype(kind))
    labels = np.arange(2)
    anneal(laid, state(laid, labels), labels, 0, 0, 0.0, 0.0, 1.0, 0, 0.0, 0)
    _ready["anneal", kind] = anneal


def _load_best_teams(kind: type) -> None:
    from matcher.solve.kernels_clique import best_teams

    none: NDArray[np.int64] = np.zeros((2, 2), dtype=np.int64)
    best_teams(none.astype(kind), none[0], none, none > 0, 2, 0, 0, 0, none[0], none)
    _ready["best_teams", kind] = best_teams
