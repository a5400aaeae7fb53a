"""What is wrong with what was brought in, as sentences for the person who brought it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    Parameters
    ----------
    message
        A plain sentence that also says what to do.
    file, row, column
        Where it stands; rows count from 1 and the header is a row, as in a spreadsheet.
    """

    message: str
    file: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        places = [self.file] if self.file else []
        if self.row is not None:
            places.append(f"row {self.row}")
        if self.column:
            places.append(f"column “{self.column}”")
        return f"{', '.join(places)}: {self.message}" if places else self.message


class InputError(ValueError):
    """Input that cannot be used as it stands."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(p if isinstance(p, Problem) else Problem(p) for p in problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> InputError:
        return cls(*problems)


class RulesConflict(Exception):  # noqa: N818 - a conflict is the finding, not a fault of the program
    """Rules that cannot all hold together.

    Parameters
    ----------
    sentences
        The rules, in the manager's words.
    advice
        What to relax, a sentence each.
    minimal
        Whether they can hold together as soon as any one of them is given up.
    rules
        The rules themselves, in the same order, where there are any.
    cheapest
        The one of them without which the best plan found scores most.
    """

    def __init__(
        self,
        sentences: Iterable[str],
        advice: Iterable[str] = (),
        *,
        minimal: bool = False,
        rules: Iterable[object] = (),
        cheapest: object = None,
    ) -> None:
        self.rules = tuple(rules)
        self.cheapest = cheapest
        self.sentences = tuple(sentences)
        self.advice = tuple(advice)
        self.minimal = minimal
        super().__init__(
            "These rules cannot all hold together:\n" + "\n".join(f"- {s}" for s in self.sentences)
        )
