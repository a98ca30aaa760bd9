"""The journal: what was done, by whom, to which rows (architecture.md rule 3)."""

import enum
from datetime import datetime

from sqlalchemy import Enum, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, JsonDict, Key, Text40


class Action(enum.StrEnum):
    """What happened to a row. Looks, prints, exports, attempts that were refused for want of a
    right, and what was done to the key of a user leave it as it was. Of what was erased no value
    is kept."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    ERASED = "erased"
    LOOKED = "looked"
    PRINTED = "printed"
    EXPORTED = "exported"
    REFUSED = "refused"
    KEYED = "keyed"


LOOKS = frozenset({Action.LOOKED, Action.PRINTED, Action.EXPORTED, Action.REFUSED, Action.KEYED})


class Operation(Base):
    """One action of one user, in the words that the window gave to the transaction."""

    __tablename__ = "operation"
    # The file remembers the highest number that it gave: operations cut off the end leave a gap.
    # Few operations take one back: the others have no line in that index to write.
    __table_args__ = (
        Index("ix_operation_undoes_id", "undoes_id", sqlite_where=text("undoes_id IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )
    __journaled__ = False
    __ledger__ = True

    id: Mapped[Key]
    # Without an index: the journal is read by its ids, which come in the same order.
    at: Mapped[datetime]
    user_name: Mapped[Text40]
    computer: Mapped[str] = mapped_column(String(60))
    sentence: Mapped[str] = mapped_column(String(300))
    # Of an import: file name and counts. Of an undo: what was kept.
    details: Mapped[JsonDict | None]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("operation.id"))
    # Goes into the digest of sentence and details; gone with them when they are erased.
    salt: Mapped[str | None] = mapped_column(String(24))
    # sha256 over the previous operation's hash, this row and its changes: tampering shows.
    hash: Mapped[str] = mapped_column(String(64))


class Change(Base):
    """Rows `row_id` to `last_row_id` of a table, touched by one operation.

    `fields` maps a column to [before, after] for an update, to the values for a deletion, and is
    None for created rows: they are read from the table itself. Rows without fields (created,
    looked at, printed, exported) may span a range; the others stand alone.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_row", "table_name", "row_id", "last_row_id"),)
    __journaled__ = False
    __ledger__ = True

    id: Mapped[Key]
    operation_id: Mapped[int] = mapped_column(ForeignKey("operation.id"), index=True)
    table_name: Mapped[Text40]
    row_id: Mapped[int]
    last_row_id: Mapped[int]
    action: Mapped[Action] = mapped_column(
        Enum(
            Action,
            native_enum=False,
            length=10,
            values_callable=lambda e: [member.value for member in e],
        )
    )
    fields: Mapped[JsonDict | None]
    # Goes into the digest of `fields`; gone with them when they are erased.
    salt: Mapped[str | None] = mapped_column(String(24))
