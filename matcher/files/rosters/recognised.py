"""Members' superpowers from what their rows list, with everything that has to be asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.files.rosters.reading import Suggestion, Unknown
from matcher.files.rosters.standard import Standard
from matcher.files.strengths import SPELLING, Entry, Proposal, Recogniser, Recognition
from matcher.files.tables.table import Findings, Row
from matcher.people.catalogue import Catalogue
from matcher.people.errors import Fix
from matcher.people.names import counted, fold, listed


@dataclass
class _Asked:
    """A text that is no clear name, and where it stands."""

    entry: Entry
    proposal: Proposal | None
    taken: bool
    rows: list[Row] = field(default_factory=list)


class Recognised:
    """Reads rows' strengths, and asks about each text once.

    Parameters
    ----------
    catalogue, recogniser
        The superpowers, and what says which of them a text names.
    standard
        The table that fixes change.
    found
        Where problems and notes go.
    """

    def __init__(
        self, catalogue: Catalogue, recogniser: Recogniser, standard: Standard, found: Findings
    ) -> None:
        self.catalogue, self.recogniser = catalogue, recogniser
        self.standard, self.found = standard, found
        self.rows = {row.number: row for row in standard.table.rows}
        self.unknown: list[Unknown] = []
        self.proposals: list[Suggestion] = []
        self._asked: dict[str, _Asked] = {}
        self._written: dict[str, _Asked] = {}

    def of(self, key: str, name: str, number: int, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Return the ids of a member's superpowers, in the order of the entries, and ask what is unclear.

        Parameters
        ----------
        key, name
            Of the member.
        number
            Of the row in the table that fixes change.
        entries
            What the file lists.
        """
        row = self.rows[number]
        reads = [self.recogniser.read(entry.text) for entry in entries]
        kept = self._counted(entries, reads)
        twice: dict[str, list[Entry]] = {}
        for entry, read in zip(entries, reads, strict=True):
            if read.proposal is not None or (read.superpower is None and not read.aside):
                self._ask(entry, read.proposal, read.superpower is not None, row)
            if read.superpower is None:
                if not read.aside:
                    near = self._names(read.proposal)
                    self.unknown.append(Unknown(key, entry.row, entry.column, entry.text, near))
            elif self._again(entry, kept[read.superpower], read.framework):
                twice.setdefault(read.superpower, []).append(entry)
        for superpower, again in twice.items():
            self._twice(
                name, row, superpower, [e for e in entries if not any(e is one for one in again)], again
            )
        return tuple(kept)

    def counted(self, entries: Sequence[Entry]) -> dict[str, Entry]:
        """Return the superpowers that entries name, by their ids, each with the first that does."""
        return self._counted(entries, [self.recogniser.read(entry.text) for entry in entries])

    @staticmethod
    def _counted(entries: Sequence[Entry], reads: Sequence[Recognition]) -> dict[str, Entry]:
        kept: dict[str, Entry] = {}
        for entry, read in zip(entries, reads, strict=True):
            if read.superpower is not None:
                kept.setdefault(read.superpower, entry)
        return kept

    def finish(self) -> None:
        """Report what has to be asked, each text once and a framework's themes together."""
        of_frameworks: dict[str, list[_Asked]] = {}
        for asked in self._asked.values():
            if asked.proposal is not None:
                rows = tuple(dict.fromkeys(row.number for row in asked.rows))
                p = asked.proposal
                self.proposals.append(
                    Suggestion(
                        p.text,
                        p.superpower,
                        p.source,
                        p.confidence,
                        p.alternatives,
                        p.theme,
                        rows,
                        asked.taken,
                    )
                )
            if asked.proposal is not None and asked.proposal.source != SPELLING:
                of_frameworks.setdefault(asked.proposal.source, []).append(asked)
            elif asked.taken and asked.proposal is not None:
                name = self.catalogue.by_id[asked.proposal.superpower].name
                self.found.note(
                    f"“{asked.entry.text}” is taken for “{name}”{_more(asked)}.",
                    asked.rows[0],
                    self._title(asked.entry),
                )
            else:
                self._unclear(asked)
        for framework, themes in of_frameworks.items():
            self._mapping(framework, themes)

    # --- one text ----------------------------------------------------------------------------------

    def _ask(self, entry: Entry, proposal: Proposal | None, taken: bool, row: Row) -> None:
        asked = self._written.get(entry.text)
        if asked is None:
            asked = self._asked.setdefault(fold(entry.text), _Asked(entry, proposal, taken))
            self._written[entry.text] = asked
        asked.rows.append(row)

    def _names(self, proposal: Proposal | None) -> tuple[str, ...]:
        if proposal is None:
            return ()
        ids = (proposal.superpower, *proposal.alternatives)
        return tuple(self.catalogue.by_id[i].name for i in ids)

    def _unclear(self, asked: _Asked) -> None:
        text, key = asked.entry.text, fold(asked.entry.text)
        near = self._names(asked.proposal)
        question = (
            f"did you mean {listed((f'“{name}”' for name in near), 'or')}?"
            if near
            else "use one from the catalogue, or add it there."
        )
        fixes = [
            Fix(f"Take “{text}” for “{name}”", accept={key: self.catalogue.recognise(name) or ""})
            for name in near
        ]
        fixes.append(Fix(f"Leave “{text}” aside", accept={key: ""}))
        self.found.problem(
            f"“{text}” is not a superpower of the catalogue; {question}{_more(asked)}",
            asked.rows[0],
            self._title(asked.entry),
            fixes,
        )

    @staticmethod
    def _again(entry: Entry, first: Entry, framework: str) -> bool:
        """Return whether an entry repeats one; several themes of a framework may well be one superpower."""
        if entry is first or not framework:
            return entry is not first
        return entry.text == first.text or fold(entry.text) == fold(first.text)

    def _twice(
        self, name: str, row: Row, superpower: str, once: Sequence[Entry], again: Sequence[Entry]
    ) -> None:
        called = self.catalogue.by_id[superpower].name
        if self.recogniser.accept:
            self.found.note(f"{name} has “{called}” twice; the first counts.", row, self._title(again[0]))
            return
        fix = Fix("Keep the first", self.standard.listing(row, [entry.text for entry in once]))
        sentence = f"{name} has “{called}” twice; remove one of the two."
        self.found.problem(sentence, row, self._title(again[0]), [fix])

    def _title(self, entry: Entry) -> str:
        return entry.column if entry.column in self.standard.titles else self.standard.title("superpowers")

    # --- a framework's themes -------------------------------------------------------------------------

    def _mapping(self, framework: str, themes: Sequence[_Asked]) -> None:
        """Report all themes of a framework in one problem, or in one note when they are taken."""
        told = [asked for asked in themes if asked.proposal is not None]
        for asked in told:
            if asked.taken and asked.proposal is not None and asked.proposal.confidence == "low":
                name = self.catalogue.by_id[asked.proposal.superpower].name
                self.found.note(
                    f"“{asked.entry.text}” is taken for “{name}”, though they are only loosely alike"
                    f"{_more(asked)}; change it where that is wrong.",
                    asked.rows[0],
                    self._title(asked.entry),
                )
        if all(asked.taken for asked in told):
            self.found.note(
                f"{counted(len(told), 'theme')} of {framework} {'is' if len(told) == 1 else 'are'} taken for "
                "superpowers, as the mapping shows."
            )
            return
        open_ = [asked for asked in told if not asked.taken]
        first, proposal = open_[0].entry, open_[0].proposal
        assert proposal is not None
        meant = self.catalogue.by_id[proposal.superpower].name
        others = f" and {counted(len(open_) - 1, 'other')}" if len(open_) > 1 else ""
        verb = "is" if len(open_) == 1 else "are"
        accept = {fold(a.entry.text): a.proposal.superpower for a in open_ if a.proposal is not None}
        aside = dict.fromkeys(accept, "")
        self.found.problem(
            f"“{first.text}”{others} {verb} of {framework}, not of the catalogue; accept the mapping "
            f"(“{first.text}” for “{meant}” …), or change it.",
            open_[0].rows[0],
            self._title(first),
            (Fix(f"Take the mapping of {framework}", accept=accept), Fix("Leave them aside", accept=aside)),
        )


def _more(asked: _Asked) -> str:
    """Return how many other rows say the same, as the end of a sentence."""
    others = len({row.number for row in asked.rows}) - 1
    return f" (and in {counted(others, 'other row')})" if others else ""
