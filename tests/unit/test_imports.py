"""The directions of imports: what each part of the package may know."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MAY_IMPORT: dict[str, set[str]] = {
    "people": set(),
    "instance": set(),
    "rules": {"people", "instance"},
    "goals": {"people", "instance"},
    "solve": {"instance"},
}
MAY_IMPORT["plan"] = {*MAY_IMPORT}
MAY_IMPORT["forming"] = {*MAY_IMPORT}
MAY_IMPORT["files"] = {*MAY_IMPORT}
MAY_IMPORT["store"] = {*MAY_IMPORT} - {"files"}
CORE = {*MAY_IMPORT}
MAY_IMPORT["work"] = CORE
MAY_IMPORT["cli"] = {*CORE, "work"}
MAY_IMPORT["ui"] = {*CORE, "work"}
MAY_IMPORT["__main__"] = {"cli"}
MAY_IMPORT["app"] = {"ui"}
MAY_IMPORT["__init__"] = CORE  # what Python users get; it is imported by nobody

ONLY_IN = {
    "ortools": {"solve"},
    "streamlit": {"ui", "app"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
}
"""Libraries that one part of the package keeps to itself; app.py is the pages' list."""


def imports(source: str, package: str) -> set[str]:
    """Full names of the modules and objects that a source imports; ``package`` holds the module."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def breaches(source: str, module: str) -> list[str]:
    """What a module imports and may not, a sentence each."""
    parts = module.split(".")
    home = parts[1] if len(parts) > 1 else parts[0]
    found = []
    for name in sorted(imports(source, ".".join(parts[:-1]))):
        top, *rest = name.split(".")
        if top == "matcher":
            part = rest[0] if rest and rest[0] in MAY_IMPORT else "__init__"
            if part not in (home, *MAY_IMPORT[home]):
                found.append(f"{module} imports {name}")
        elif home not in ONLY_IN.get(top, {home}):
            found.append(f"{module} imports {name}")
    return found


def modules() -> list[tuple[str, Path]]:
    paths = [ROOT / "app.py", *sorted((ROOT / "matcher").rglob("*.py"))]
    return [(".".join(path.relative_to(ROOT).with_suffix("").parts), path) for path in paths if path.exists()]


@pytest.mark.parametrize(("module", "path"), modules(), ids=[name for name, _ in modules()])
def test_imports_run_one_way(module: str, path: Path):
    assert breaches(path.read_text(encoding="utf-8"), module) == []


def test_every_part_of_the_package_has_its_place_in_the_table():
    parts = {module.split(".")[1] for module, _ in modules() if module.startswith("matcher.")}

    assert parts <= MAY_IMPORT.keys()


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("matcher.people.roster", "from matcher.instance import Draft"),
        ("matcher.instance", "import matcher.people.roster"),
        ("matcher.rules.apart", "from matcher.goals import GOALS"),
        ("matcher.rules.apart", "from ..goals import GOALS"),
        ("matcher.goals.mix", "from matcher import solve"),
        ("matcher.solve.model", "from matcher.people.roster import Roster"),
        ("matcher.solve.model", "def f():\n    from matcher.people import names"),
        ("matcher.plan.plan", "from matcher.forming import form_duos"),
        ("matcher.plan.plan", "from matcher import form_duos"),
        ("matcher.forming", "import matcher.files"),
        ("matcher.files.rosters.reader", "from matcher.store import jobs"),
        ("matcher.files.rosters.reader", "from matcher.ui import page"),
        ("matcher.store.jobs", "from matcher.files import read_roster"),
        ("matcher.cli", "from matcher.ui import page"),
        ("matcher.plan.baseline", "from ortools.sat.python import cp_model"),
        ("matcher.cli", "import streamlit as st"),
        ("app", "from matcher.forming import form_duos"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str):
    assert len(breaches(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("matcher.people.roster", "from matcher.people.member import Member\nfrom .fit import Fit"),
        (
            "matcher.solve.model",
            "from ortools.sat.python import cp_model\nfrom matcher.instance import Draft",
        ),
        ("matcher.plan.task", "from matcher.solve import solve\nimport numpy as np"),
        ("matcher.files.rosters.reader", "from matcher.forming import form_duos"),
        ("matcher.cli", "from matcher.files import read_roster\nfrom matcher import store"),
        ("matcher.ui.people", "import streamlit as st\nfrom matcher.store import jobs"),
        ("matcher.__main__", "from matcher.cli import main"),
        ("app", "import streamlit as st\nfrom matcher.ui import pages"),
    ],
)
def test_an_allowed_import_is_not(module: str, source: str):
    assert breaches(source, module) == []
