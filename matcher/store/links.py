"""Invitations to answer, and the answers that members gave: who may see and change what, by secret links.

Only the SHA-256 of a link's secret is kept: whoever reads the database opens nothing with it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sql
from sqlalchemy import RowMapping
from sqlalchemy.exc import IntegrityError

from matcher.people.errors import InputError
from matcher.people.names import fold
from matcher.store.database import Database
from matcher.store.tables import answers as answer_rows
from matcher.store.tables import invitations as invitation_rows
from matcher.store.tables import now as now_ms
from matcher.store.tables import workspaces as workspace_rows


class AlreadyAnswered(Exception):  # noqa: N818 - it says what is the matter
    """Somebody has answered under this name before."""


class NotOpen(Exception):  # noqa: N818 - it says what is the matter
    """The invitation was closed, or its time is over."""


@dataclass(frozen=True)
class Invitation:
    """What members are asked through one link.

    Parameters
    ----------
    id, workspace
        Its own id, and whose members are asked.
    created, expires, closed
        Milliseconds since the epoch; ``None`` when it does not expire, or is open.
    asks_turns_to, asks_frictions
        Whether members also say whom they turn to, and whom they would rather not work with.
    note
        The manager's words to the members.
    """

    id: str
    workspace: str
    created: int
    expires: int | None = None
    closed: int | None = None
    asks_turns_to: bool = True
    asks_frictions: bool = False
    note: str = ""

    def is_open(self, now: int) -> bool:
        """Whether it can be answered at a time, in milliseconds since the epoch."""
        return self.closed is None and (self.expires is None or now < self.expires)


@dataclass(frozen=True)
class Given:
    """What a member says.

    Parameters
    ----------
    name
        What they are called.
    member
        Their key on the roster; empty for somebody who is not on it.
    superpowers
        Ids, the strongest first.
    turns_to, rather_not
        Whom they turn to for help, and whom they would rather not work with: keys on the roster, or names.
    """

    name: str
    member: str = ""
    superpowers: tuple[str, ...] = ()
    turns_to: tuple[str, ...] = ()
    rather_not: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """What is the same for two answers of one member."""
        return fold(self.member or self.name)


@dataclass(frozen=True)
class Answer:
    """What a member gave, and when.

    Parameters
    ----------
    id, invitation, workspace
        Its own id, and what it belongs to.
    given
        What the member says.
    version
        Counts the member's corrections, from 1.
    created, changed
        Milliseconds since the epoch.
    taken, taken_version, taken_turns_to
        When the manager took it over, which version, and whether that named people whom the member turns to;
        ``None`` before.
    """

    id: str
    invitation: str
    workspace: str
    given: Given
    version: int
    created: int
    changed: int
    taken: int | None = None
    taken_version: int | None = None
    taken_turns_to: bool | None = None

    @property
    def waits(self) -> bool:
        """Whether it, or a correction of it, was not taken over yet."""
        return self.taken_version != self.version


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _secret() -> tuple[str, str]:
    token = secrets.token_urlsafe(32)
    return token, _hash(token)


class Links:
    """The invitations and answers of a database.

    Parameters
    ----------
    database
        Where they are kept.
    clock
        Gives milliseconds since the epoch.
    """

    def __init__(self, database: Database, clock: Callable[[], int] = now_ms) -> None:
        self._database = database
        self._clock = clock

    @property
    def now(self) -> int:
        """Milliseconds since the epoch."""
        return self._clock()

    def invite(
        self,
        workspace: str,
        *,
        expires: int | None = None,
        asks_turns_to: bool = True,
        asks_frictions: bool = False,
        note: str = "",
        keep_answers: bool = True,
    ) -> tuple[Invitation, str]:
        """Make a link for the members of a workspace; every link before it ends.

        Parameters
        ----------
        workspace
            The id of a workspace that is kept.
        expires
            When the link ends, in milliseconds since the epoch; ``None``: when it is closed.
        asks_turns_to, asks_frictions, note
            See :class:`Invitation`.
        keep_answers
            Whether the answers so far go on as answers to the new link; otherwise they are deleted.

        Returns
        -------
        The invitation and the secret of its link, which is kept nowhere.

        Raises
        ------
        InputError
            When the workspace is not kept any more.
        """
        token, hashed = _secret()
        made = Invitation(
            secrets.token_urlsafe(12),
            workspace,
            self.now,
            expires,
            None,
            asks_turns_to,
            asks_frictions,
            note,
        )
        rows = invitation_rows.c
        # two links that are made at once take turns, so that one of them ends the other
        mine = workspace_rows.c.id == workspace
        with self._database.writing() as connection:
            if (
                connection.execute(sql.select(workspace_rows.c.id).where(mine).with_for_update()).first()
                is None
            ):
                raise InputError("The workspace was deleted, so there is nobody to ask. Open another one.")
            connection.execute(
                sql.update(invitation_rows)
                .where(rows.workspace_id == workspace, rows.closed.is_(None))
                .values(closed=self.now)
            )
            fields = asdict(made) | {"workspace_id": workspace, "token_hash": hashed}
            del fields["workspace"]
            connection.execute(sql.insert(invitation_rows).values(fields))
            theirs = answer_rows.c.workspace_id == workspace
            if keep_answers:
                connection.execute(sql.update(answer_rows).where(theirs).values(invitation_id=made.id))
            else:
                connection.execute(sql.delete(answer_rows).where(theirs))
        return made, token

    def invitation(self, workspace: str) -> Invitation | None:
        """Return the last invitation of a workspace."""
        rows = invitation_rows.c
        # of two that were made in one millisecond the open one is the later
        order = (rows.closed.is_not(None), rows.created.desc())
        query = sql.select(invitation_rows).where(rows.workspace_id == workspace).order_by(*order)
        return self._invitation(query.limit(1))

    def opened_by(self, token: str) -> Invitation | None:
        """Return the invitation that a link's secret belongs to, open or not."""
        return self._invitation(
            sql.select(invitation_rows).where(invitation_rows.c.token_hash == _hash(token))
        )

    def _invitation(self, query: sql.Select[Any]) -> Invitation | None:
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _invitation(row._mapping)

    def close(self, invitation: str) -> None:
        """Let a link be answered no more."""
        self._set(invitation, closed=self.now)

    def reopen(self, invitation: str, expires: int | None = None) -> None:
        """Let a link be answered again, until a time in milliseconds since the epoch."""
        self._set(invitation, closed=None, expires=expires)

    def _set(self, invitation: str, **values: object) -> None:
        with self._database.writing() as connection:
            connection.execute(
                sql.update(invitation_rows).where(invitation_rows.c.id == invitation).values(values)
            )

    def answers(self, workspace: str) -> list[Answer]:
        """Return the answers of a workspace's members to its last invitation, oldest first."""
        last = self.invitation(workspace)
        if last is None:
            return []
        rows = answer_rows.c
        query = sql.select(answer_rows).where(rows.invitation_id == last.id)
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(rows.created, rows.id)).all()
        return [_answer(row._mapping) for row in found]

    def answer_of(self, token: str) -> Answer | None:
        """Return the answer that a member's own link belongs to."""
        query = sql.select(answer_rows).where(answer_rows.c.token_hash == _hash(token))
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _answer(row._mapping)

    def give(self, invitation: Invitation, given: Given) -> str:
        """Keep a member's first answer; return the secret of their own link, which is kept nowhere.

        Raises
        ------
        AlreadyAnswered
            When there is an answer under this name; it stays as it is.
        NotOpen
            When the invitation was closed meanwhile, or its time is over.
        """
        token, hashed = _secret()
        now = self.now
        rows = invitation_rows.c
        # nobody closes it between this look and the row that is written
        query = sql.select(invitation_rows).where(rows.id == invitation.id).with_for_update(read=True)
        try:
            with self._database.writing() as connection:
                row = connection.execute(query).first()
                if row is None or not _invitation(row._mapping).is_open(now):
                    raise NotOpen
                connection.execute(
                    sql.insert(answer_rows).values(
                        id=secrets.token_urlsafe(12),
                        invitation_id=invitation.id,
                        workspace_id=invitation.workspace,
                        token_hash=hashed,
                        version=1,
                        created=now,
                        changed=now,
                        **_columns(given),
                    )
                )
        except IntegrityError as error:
            raise AlreadyAnswered from error
        return token

    def correct(self, token: str, given: Given) -> Answer | None:
        """Replace what a member gave by what they say now; ``None`` when it is not there any more.

        Who they are stays as it was.
        """
        values = _columns(given)
        said = {name: values[name] for name in ("superpowers", "turns_to", "rather_not")}
        rows = answer_rows.c
        with self._database.writing() as connection:
            row = connection.execute(
                sql.update(answer_rows)
                .where(rows.token_hash == _hash(token))
                .values(**said, version=rows.version + 1, changed=self.now)
                .returning(answer_rows)
            ).first()
        return None if row is None else _answer(row._mapping)

    def delete(self, answer: str) -> None:
        """Delete an answer by its id, and with it the member's own link."""
        with self._database.writing() as connection:
            connection.execute(sql.delete(answer_rows).where(answer_rows.c.id == answer))

    def took(self, answers: Iterable[Answer]) -> None:
        """Remember that the manager has taken over these answers, each in this very version."""
        with self._database.writing() as connection:
            for answer in answers:
                turns_to = bool(answer.given.turns_to)
                values = {"taken": self.now, "taken_version": answer.version, "taken_turns_to": turns_to}
                connection.execute(
                    sql.update(answer_rows).where(answer_rows.c.id == answer.id).values(values)
                )

    def forget(self, workspace: str, names: Sequence[str]) -> int:
        """Delete what a member gave, and their name from what others gave.

        Parameters
        ----------
        workspace
            Where.
        names
            All that the member is known by: key, name, id, email.

        Returns
        -------
        How many answers were deleted.
        """
        gone = {fold(name) for name in names if name}
        rows = answer_rows.c
        # no answer is given or corrected meanwhile by what was read before it
        query = sql.select(answer_rows).where(rows.workspace_id == workspace).with_for_update()
        with self._database.writing() as connection:
            found = [_answer(row._mapping) for row in connection.execute(query)]
            theirs = [a for a in found if fold(a.given.member or a.given.name) in gone]
            for answer in found:
                where = rows.id == answer.id
                if answer in theirs:
                    connection.execute(sql.delete(answer_rows).where(where))
                    continue
                said = {"turns_to": answer.given.turns_to, "rather_not": answer.given.rather_not}
                left = {what: [one for one in said[what] if fold(one) not in gone] for what in said}
                if any(len(left[what]) < len(said[what]) for what in said):
                    connection.execute(sql.update(answer_rows).where(where).values(left))
        return len(theirs)


def _columns(given: Given) -> dict[str, Any]:
    fields = asdict(given)
    lists = {name: list(fields.pop(name)) for name in ("superpowers", "turns_to", "rather_not")}
    return {"name": given.name, "member_key": given.member or None, "who": given.who, **lists}


def _invitation(row: RowMapping) -> Invitation:
    names = ("id", "created", "expires", "closed", "asks_turns_to", "asks_frictions", "note")
    return Invitation(workspace=row["workspace_id"], **{name: row[name] for name in names})


def _answer(row: RowMapping) -> Answer:
    given = Given(
        row["name"],
        row["member_key"] or "",
        tuple(row["superpowers"]),
        tuple(row["turns_to"]),
        tuple(row["rather_not"]),
    )
    names = ("id", "version", "created", "changed", "taken", "taken_version", "taken_turns_to")
    more = {name: row[name] for name in names}
    return Answer(invitation=row["invitation_id"], workspace=row["workspace_id"], given=given, **more)
