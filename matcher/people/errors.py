"""What is wrong with what was brought in, as sentences for the person who brought it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fix:
    """What one press puts right.

    Parameters
    ----------
    label
        What the button says: “Merge the two rows”.
    cells
        New texts, by row number and the column's title.
    drop
        Numbers of the rows that go.
    accept
        Spellings that are taken for a superpower, by its id; an empty id leaves them aside for good.
    """

    label: str
    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)
    drop: tuple[int, ...] = ()
    accept: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    Parameters
    ----------
    message
        A plain sentence that also says what to do.
    file, row, column
        Where it stands; rows count from 1 and the header is a row, as in a spreadsheet.
    fixes
        What one press can do about it, the likeliest first.
    """

    message: str
    file: str = ""
    row: int | None = None
    column: str = ""
    fixes: tuple[Fix, ...] = ()

    def __str__(self) -> str:
        places = [self.file] if self.file else []
        if self.row:  # a table without a header has it in row 0
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
