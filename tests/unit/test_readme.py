"""README: its commands are the documented ones, and what its examples show is real."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

from matcher.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)


def test_the_two_commands_stand_alone_in_their_blocks():
    assert blocks("sh") == [
        "pip install -r requirements.txt && streamlit run app.py\n",
        "pip install -r requirements.txt -r tests/requirements.txt && pytest\n",
    ]


def test_the_python_examples_give_what_they_show():
    examples = "\n".join(blocks("python"))
    found = doctest.DocTestParser().get_doctest(examples, {}, "README.md", "README.md", 0)
    told: list[str] = []

    result = doctest.DocTestRunner(verbose=False).run(found, out=told.append)

    assert result.attempted > 3
    assert not result.failed, "".join(told)


@pytest.mark.parametrize("block", blocks("console"), ids=lambda block: block.split()[4])
def test_the_commands_print_what_they_show(block: str, capsys: pytest.CaptureFixture[str]):
    command, *shown = block.splitlines()
    prompt, python, module, name, *arguments = shlex.split(command)
    assert (prompt, python, module, name) == ("$", "python", "-m", "matcher")

    status = main(arguments)

    printed = "\n" + capsys.readouterr().out
    assert status == 0
    for piece in "\n".join(["", *shown, ""]).split("…\n"):  # … stands for lines that are not shown
        assert piece in printed
        printed = printed[printed.index(piece) + len(piece) - 1 :]


def test_every_file_that_is_linked_is_there():
    linked = re.findall(r"\]\(([^)#:]+)\)", README)

    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_the_sample_rows_are_those_of_the_sample():
    (rows,) = blocks("csv")

    sample = (ROOT / "data/samples/twelve.csv").read_text(encoding="utf-8")
    assert sample.startswith(rows)
