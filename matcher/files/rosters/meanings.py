"""What each column of a roster means: chosen, said by its header, seen in its cells, or guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from matcher.files.strengths import Framework, Strengths, strengths_of
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import MEANINGS, ColumnMeaning, plain, titles
from matcher.files.tables.headers import (
    ANSWER_COLUMNS,
    NICKNAMES,
    OF_A_THING,
    OUR_FORM,
    ROSTER_HEADERS,
    SOMEBODY_ELSE,
)
from matcher.files.tables.table import Table
from matcher.people.catalogue import Catalogue
from matcher.people.history import PLAN_TITLES
from matcher.people.names import fold

SAMPLE = 400
"""Rows that are looked at to see what a column holds."""

ALIKE = 85
"""Likeness in percent of two headers from which one may be the other misspelled: 24 right, 0 wrong of 29."""

NAMES = ("name", "first name", "last name")

GUESSED = (*NAMES, "id", "email", "hours", "time zone", "absent")
"""What a misspelled header is taken for; a wrong guess of the others would leave people out."""

OURS = ("name", "id", "email", "superpowers", "turns to", "prefers", "wants", "hours", "time zone", "absent")
"""What we write of a member, beside attributes, each under this very title."""

BY_A_PLAN = "A plan has written it."

EMAIL = re.compile(r"[^@\s<>;,]+@[^@\s<>;,]+")
A_NUMBER = re.compile(r"[\d\s.,:/+\-–%#]+")
A_CODE = re.compile(r"(?=\S*\d)[\w\-./#]+")
ASKS_NAME = re.compile(
    r"\b(your|full|complete|first and last) name\b|\bname of (the )?(employee|member|person)\b"
)
TWO_WORDS = re.compile(r"[^\W\d_][\w'’.\-]*(,? [^\W\d_][\w'’.\-]*){1,3}")
ANONYMOUS = frozenset({"anonymous", "anonym", "anonyme"})
"""What a form writes for somebody who did not say who they are."""


def understand(
    table: Table,
    catalogue: Catalogue,
    frameworks: tuple[Framework, ...],
    choices: Choices = NOTHING_CHOSEN,
) -> tuple[tuple[ColumnMeaning, ...], Strengths]:
    """Return what every column means, in the order of the columns, and where the strengths stand.

    A choice goes before a header that clearly says it, that before what the cells hold, and that before
    a header that is spelled alike.

    Parameters
    ----------
    table
        A row a member.
    catalogue, frameworks
        What strengths are called.
    choices
        ``meanings`` decides.
    """
    meanings = _Meanings(table, choices)
    meanings.take_headers()
    strengths = strengths_of(table, meanings.decided.values(), catalogue, frameworks, choices)
    meanings.take_strengths(strengths)
    meanings.guess()
    return meanings.all(), strengths


def is_email(cell: str) -> bool:
    """Return whether a cell holds an email address and nothing else."""
    return EMAIL.fullmatch(cell.strip()) is not None


def is_name(cell: str) -> bool:
    """Return whether a cell may be somebody's name: not a number, a code, an address or a text."""
    return (
        any(c.isalpha() for c in cell)
        and "@" not in re.sub(r"<[^>]*>|\([^)]*\)|\[[^\]]*\]", "", cell)
        and not A_CODE.fullmatch(cell)
        and len(cell) <= 400
        and fold(cell) not in ANONYMOUS
    )


class _Meanings:
    """Decides column by column; what is decided stays."""

    def __init__(self, table: Table, choices: Choices) -> None:
        self.table, self.titles = table, titles(table)
        self.headers = [_heading(header) for header in table.header]
        self.rows = table.rows[:SAMPLE]
        self.decided: dict[int, ColumnMeaning] = {}
        for index, title in enumerate(self.titles):
            if choices.meanings.get(title) in MEANINGS:
                self._decide(index, choices.meanings[title], "You chose it.")
        for index, meaning in enumerate(table.meant):
            self._decide(index, meaning, "It was read so before.")

    def take_headers(self) -> None:
        """Decide what headers clearly say, and cells do not contradict."""
        if tuple(self.headers[-len(PLAN_TITLES) :]) == PLAN_TITLES:
            for index in range(len(self.headers) - len(PLAN_TITLES), len(self.headers)):
                self._decide(index, "ignore", BY_A_PLAN)
        if tuple(self.headers[: len(OUR_FORM)]) == OUR_FORM:
            self._ours()
        for meaning in ROSTER_HEADERS:
            if meaning not in (*NAMES, "superpowers"):
                self._by_header(meaning)
        self._name()

    def take_strengths(self, strengths: Strengths) -> None:
        """Decide the columns in which strengths were found."""
        for index, meaning in strengths.meanings.items():
            self.decided.pop(index, None)
            self._decide(index, meaning, "It holds strengths.", strengths.sure)

    def guess(self) -> None:
        """Decide the rest by what cells hold, and by headers that are spelled alike."""
        self._seen_email()
        self._coded()
        self._alike()
        self._seen_name()
        for index, header in enumerate(self.headers):
            if not header and not any(row.cells[index] for row in self.table.rows):
                self._decide(index, "ignore", "It is empty.")
            self._decide(index, "attribute", "Every other column is an attribute.")

    def all(self) -> tuple[ColumnMeaning, ...]:
        """Return what is decided, in the order of the columns."""
        return tuple(self.decided[index] for index in range(len(self.titles)))

    # --- what is known ------------------------------------------------------------------------------

    def _decide(self, index: int, meaning: str, why: str, sure: bool = True) -> None:
        self.decided.setdefault(index, ColumnMeaning(index, self.titles[index], meaning, why, sure))

    def _has(self, *meanings: str) -> bool:
        return any(column.meaning in meanings for column in self.decided.values())

    def _filled(self, index: int) -> list[str]:
        return [row.cells[index] for row in self.rows if row.cells[index]]

    def _share(self, index: int, holds: Callable[[str], bool]) -> float:
        """Return the share of the filled cells of which something holds; 1 when there are none."""
        cells = self._filled(index)
        return sum(map(holds, cells)) / len(cells) if cells else 1.0

    def _ours(self) -> None:
        """Decide the columns of a roster that we have written: only our own words count, once each."""
        known = {spelling for meaning in (*NAMES, *OURS) for spelling in ROSTER_HEADERS[meaning]}
        for index, header in enumerate(self.headers):
            if header in OURS and not self._has(header):
                self._decide(index, header, _said(self.titles[index]))
            elif header in known:
                self._decide(index, "attribute", "Every other column is an attribute.")

    # --- by header ----------------------------------------------------------------------------------

    def _candidates(self, meaning: str) -> list[int]:
        """Return the undecided columns whose header says a meaning that their cells allow, the best first."""
        spellings = ROSTER_HEADERS[meaning]
        saying = [
            (spellings.index(header), index)
            for index, header in enumerate(self.headers)
            if index not in self.decided and header in spellings and self._allows(index, meaning)
        ]
        empty = {index for _, index in saying if self.rows and not self._filled(index)}
        # of two columns that may be the name, one that repeats itself is a team's
        again = {index for _, index in saying if meaning == "name" and not self._varied(index)}
        return [
            index for _, index in sorted(saying, key=lambda pair: (pair[1] in empty, pair[1] in again, *pair))
        ]

    def _by_header(self, meaning: str) -> None:
        found = self._candidates(meaning)
        if not found or (meaning != "ignore" and self._has(meaning)):
            return
        for index in found if meaning == "ignore" else found[:1]:
            self._decide(index, meaning, _said(self.titles[index]))

    def _allows(self, index: int, meaning: str) -> bool:
        """Return whether what the cells hold does not speak against a meaning."""
        if meaning in NAMES:
            return self._share(index, is_name) >= 0.5
        if meaning == "email":
            return self._share(index, lambda cell: is_email(cell) or fold(cell) in ANONYMOUS) >= 0.5
        if meaning == "id":
            return not self._numbers_rows(index)
        if meaning == "hours" and self.headers[index] != "hours":  # “full time” is no free time
            return not self._filled(index) or self._share(index, _is_free_time) >= 0.5
        if meaning == "hours":  # so many hours a week are none either
            return not self._filled(index) or self._share(index, _is_number) < 1
        return True

    def _coded(self) -> None:
        """Take a column that is called like a name, but holds numbers, for the ids."""
        if not self._has("id"):
            for index, header in enumerate(self.headers):
                coded = self._filled(index) and self._share(index, _is_code) > 0.9 and self._varied(index)
                if index not in self.decided and header in ROSTER_HEADERS["name"] and coded:
                    self._decide(index, "id", "It holds numbers, not names.", sure=False)
                    return

    def _numbers_rows(self, index: int) -> bool:
        """Return whether a column counts the answers or the rows, and not people."""
        if self.headers[index] == "id" and len(ANSWER_COLUMNS & set(self.headers)) > 1:
            self._decide(index, "ignore", "It numbers the answers of a form, not the people.")
            return True
        cells = [row.cells[index] for row in self.rows]
        if self.headers[index] in ("number", "nr", "no") and cells == [
            str(i) for i in range(1, len(cells) + 1)
        ]:
            self._decide(index, "ignore", "It numbers the rows, not the people.")
            return True
        return False

    # --- names --------------------------------------------------------------------------------------

    def _name(self) -> None:
        """Decide which columns make up the name: one in full, or its parts.

        ``Name`` beside ``Vorname`` is the last name where its cells do not hold the first; likewise
        ``Name`` beside ``Surname`` is the first.
        """
        full, first, last = (self._best(meaning) for meaning in NAMES)
        if full is None and first is None and last is None and "name" in self.headers:
            index = self.headers.index("name")  # nothing else can be, whatever its cells hold
            full = index if index not in self.decided else None
        if full is not None and self.decided.get(full) is None:
            part = first if last is None else last if first is None else None
            named = part is not None and self.headers[part] not in NICKNAMES
            if part is not None and named and not self._holds(full, part):
                own = "last name" if part == first else "first name"
                self._decide(full, own, f"It stands beside “{self.titles[part]}” and does not hold it.")
                full, first, last = (
                    None,
                    first if first is not None else full,
                    last if last is not None else full,
                )
            elif first is not None and last is not None and self._share(full, _is_one_word) > 0.5:
                full = None  # a nickname beside the first and the last name
        if full is not None:  # parts of a name that is there in full are attributes
            self._decide(full, "name", _said(self.titles[full]))
        elif first is not None and last is not None:
            self._decide(first, "first name", _said(self.titles[first]))
            self._decide(last, "last name", _said(self.titles[last]))

    def _best(self, meaning: str) -> int | None:
        chosen = next((i for i, column in self.decided.items() if column.meaning == meaning), None)
        return chosen if chosen is not None else next(iter(self._candidates(meaning)), None)

    def _holds(self, full: int, part: int) -> bool:
        """Return whether most cells of one column hold those of another."""
        both = [
            (row.cells[full], row.cells[part]) for row in self.rows if row.cells[full] and row.cells[part]
        ]
        return not both or sum(fold(small) in fold(large) for large, small in both) >= len(both) / 2

    def _seen_name(self) -> None:
        """Guess the name when no header says it."""
        if self._has("name") or (self._has("first name") and self._has("last name")):
            return
        free = self._free()
        asked = [i for i in free if ASKS_NAME.search(self.headers[i]) and self._allows(i, "name")]
        seen = [
            i for i in free if self._filled(i) and self._share(i, _is_two_words) >= 0.8 and self._varied(i)
        ]
        part = self._best("first name") if self._best("first name") is not None else self._best("last name")
        if asked:
            self._decide(asked[0], "name", "It asks for a name.", sure=False)
        elif part is not None:
            why = f"No other column has names than “{self.titles[part]}”."
            self.decided.pop(part, None)
            self._decide(part, "name", why, sure=False)
        elif seen:
            self._decide(seen[0], "name", "Its cells look like people's names.", sure=False)
        else:
            email = next((i for i, column in self.decided.items() if column.meaning == "email"), None)
            if email is not None and self._filled(email):
                self.decided[email] = ColumnMeaning(
                    email, self.titles[email], "email", "No column has names; people are called by it.", False
                )

    def _varied(self, index: int) -> bool:
        cells = self._filled(index)
        return len(set(cells)) > len(cells) * 0.7

    # --- by cells and by spelling -------------------------------------------------------------------

    def _free(self) -> list[int]:
        """Return the undecided columns that may say something about the member."""
        return [
            index
            for index, header in enumerate(self.headers)
            if index not in self.decided and not (SOMEBODY_ELSE | OF_A_THING) & set(header.split())
        ]

    def _seen_email(self) -> None:
        if self._has("email"):
            return
        seen = [
            index for index in self._free() if self._filled(index) and self._share(index, is_email) >= 0.8
        ]
        if seen:
            self._decide(seen[0], "email", "Its cells are email addresses.", sure=False)

    def _alike(self) -> None:
        """Guess what misspelled headers mean, the most alike first."""
        from rapidfuzz import fuzz, process

        wanted = [m for m in GUESSED if not self._has(m)]
        if not self._name_wanted():
            wanted = [m for m in wanted if m not in NAMES]
        spellings = {spelling: m for m in wanted for spelling in ROSTER_HEADERS[m] if len(spelling) > 3}
        found = []
        for index in self._free():
            header = self.headers[index]
            if len(header) > 3 and (
                near := process.extractOne(
                    header, list(spellings), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE
                )
            ):
                found.append((-near[1], index, spellings[near[0]], near[0]))
        for _, index, meaning, spelling in sorted(found):
            fits = index not in self.decided and self._allows(index, meaning) and self._filled(index)
            if fits and not self._has(meaning):
                why = f"“{self.titles[index]}” is spelled like “{spelling}”."
                self._decide(index, meaning, why, sure=False)

    def _name_wanted(self) -> bool:
        return not (self._has("name") or (self._has("first name") and self._has("last name")))


def columns_of(columns: Iterable[ColumnMeaning], *meanings: str) -> list[ColumnMeaning]:
    """Return the columns that mean one of these, in the file's order."""
    return [column for column in columns if column.meaning in meanings]


def _heading(header: str) -> str:
    """Return a header plain; ``#`` is a number."""
    return plain(re.sub(r"#|№|\bN°", " number ", header)) if re.search(r"#|№|\bN°", header) else plain(header)


def _said(title: str) -> str:
    return f"“{title}” says so."


def _is_free_time(cell: str) -> bool:
    from matcher.people.hours import FreeTimes

    try:
        FreeTimes(cell)
    except ValueError:
        return False
    return True


def _is_number(cell: str) -> bool:
    return A_NUMBER.fullmatch(cell) is not None


def _is_code(cell: str) -> bool:
    return A_CODE.fullmatch(cell) is not None


def _is_one_word(cell: str) -> bool:
    return len(cell.split()) == 1


def _is_two_words(cell: str) -> bool:
    return TWO_WORDS.fullmatch(cell) is not None
