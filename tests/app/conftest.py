"""The app without a browser."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from matcher.plan.plan import Plan
from matcher.work.workspace import Workspace

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0


class App:
    """The whole app, with a manager's moves by the labels that a manager reads."""

    def __init__(self, workspace: Any = "") -> None:
        self.at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
        if workspace:
            self.at.query_params["workspace"] = workspace
        self.at.run()

    def go(self, page: str) -> App:
        self.at.switch_page(f"matcher/ui/pages/{page}.py").run()
        return self

    def tab(self) -> App:
        """The same workspace in a second tab, or in another browser."""
        return App(self.at.query_params["workspace"])

    def press(self, label: str) -> App:
        """Press the first button that begins with these words."""
        buttons = {seen(button.label): button for button in reversed(self.at.button)}
        next(button for words, button in buttons.items() if words.startswith(label)).click().run()
        return self

    def choose(self, name: str, value: object) -> App:
        """Set one of the settings of the page Form."""
        self.at.session_state[f"ask_{name}"] = value
        self.at.run()
        return self

    def upload(self, label: str, name: str, content: str | bytes) -> App:
        data = content if isinstance(content, bytes) else content.encode()
        next(field for field in self.at.file_uploader if field.label == label).upload(name, data).run()
        return self

    def edit(self, table: str, **changes: object) -> App:
        """Edit a table as its editor reports it: ``edited_rows``, ``added_rows``, ``deleted_rows``."""
        state = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | changes
        self.at.session_state[f"{table}_{self.at.session_state[f'{table}_count']}"] = state
        self.at.run()
        return self

    def enter(self, table: str, rows: dict[int, dict[str, object]]) -> App:
        """Change rows of a table with a fixed number of them; what is pressed next, sees it."""
        key = f"{table}_{self.work.version}"
        self.at.session_state[key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
        return self

    def labels(self) -> list[str]:
        """The labels of all buttons, as a reader sees them."""
        return [seen(button.label) for button in self.at.button]

    def form(self, kind: str = "duos") -> App:
        """Press the button that forms, and wait for the end."""
        return self.press("Staff projects" if kind == "projects" else f"Form {kind}").ended()

    def ended(self) -> App:
        """Wait until nothing is being formed or answered any more."""
        self.until(lambda: not any(button.label == "Stop" for button in self.at.button))
        return self

    def until(self, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < end, "It did not happen in time."
            time.sleep(0.1)
            self.at.run()

    @property
    def said(self) -> str:
        """Everything that the page says in words, as a reader sees it."""
        at = self.at
        kinds = (at.title, at.subheader, at.markdown, at.caption, at.info, at.warning, at.error, at.success)
        elements = [element for kind in kinds for element in kind]
        titles = [getattr(element.proto, "title", "") for element in elements]
        texts = [*titles, *(str(element.value) for element in elements), *words_in(self.cards)]
        text = "\n".join(texts)
        return seen(text)

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards of the board, as the page hands them to the browser."""
        boards = [b.proto for b in self.at.get("bidi_component") if b.proto.component_name == "matcher_board"]
        return [card for board in boards for card in json.loads(board.json)["cards"]]

    @property
    def work(self) -> Workspace:
        """What the server keeps of this manager; an empty workspace when nothing is kept yet."""
        from matcher.work.server import server

        id_ = self.at.session_state["workspace_id"]
        return server().workspaces.get(id_) or Workspace(id=id_)

    @property
    def plan(self) -> Plan:
        """The present plan."""
        from matcher.work.server import server

        return server().jobs.look(self.work.run).plan


def words_in(told: Any) -> list[str]:
    """Return every text in plain values, however deep."""
    if isinstance(told, dict | list):
        inside = told.values() if isinstance(told, dict) else told
        return [word for one in inside for word in words_in(one)]
    return [told] if isinstance(told, str) else []


def seen(text: str) -> str:
    """Return a text as a reader sees it, without what keeps Markdown from being recognised."""
    return text.replace("\\", "").replace("\u2060", "")


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def sample() -> App:
    """The app with the sample of twelve."""
    return App().press("Use the sample roster")
