"""Workspaces and their nodes, the queue of jobs, the members' links and answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("archived", sa.BigInteger()),
    )
    op.create_table(
        "nodes",
        _workspace(primary_key=True),
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "browsers",
        sa.Column("browser", sa.Text(), primary_key=True),
        _workspace(primary_key=True, index=True),
        sa.Column("opened", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "jobs",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        _workspace(index=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, index=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("task", sa.Text()),
        sa.Column("asked", sa.Text()),
        sa.Column("host", sa.Text()),
        sa.Column("owner", sa.Text()),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("heartbeat", sa.BigInteger()),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("began", sa.BigInteger()),
        sa.Column("ended", sa.BigInteger()),
        sa.Column("stop_asked", sa.BigInteger()),
        sa.Column("progress", sa.Text()),
        sa.Column("best", sa.Text()),
        sa.Column("result", sa.Text()),
        sa.Column("error", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), primary_key=True),
        _workspace(index=True),
        sa.Column("token_hash", sa.Text(), nullable=False, unique=True),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger()),
        sa.Column("closed", sa.BigInteger()),
        sa.Column("asks_frictions", sa.Boolean(), nullable=False),
        sa.Column("asks_turns_to", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index(
        "uq_invitations_open",
        "invitations",
        ["workspace_id"],
        unique=True,
        sqlite_where=sa.text("closed IS NULL"),
        postgresql_where=sa.text("closed IS NULL"),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column(
            "invitation_id", sa.Text(), sa.ForeignKey("invitations.id", ondelete="CASCADE"), nullable=False
        ),
        _workspace(index=True),
        sa.Column("member_key", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False, unique=True),
        sa.Column("superpowers", sa.JSON(), nullable=False),
        sa.Column("turns_to", sa.JSON(), nullable=False),
        sa.Column("rather_not", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger()),
        sa.Column("taken_version", sa.Integer()),
        sa.Column("taken_turns_to", sa.Boolean()),
        sa.UniqueConstraint("invitation_id", "who"),
    )


def downgrade() -> None:
    """Take it back."""
    for table in ("answers", "invitations", "jobs", "browsers", "nodes", "workspaces"):
        op.drop_table(table)


def _workspace(**options: bool) -> sa.Column[str]:
    return sa.Column(
        "workspace_id",
        sa.Text(),
        sa.ForeignKey("workspaces.id", ondelete="CASCADE"),
        nullable=False,
        **options,  # type: ignore[arg-type]
    )
