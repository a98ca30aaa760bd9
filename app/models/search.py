"""What residents are found by: tables kept by modules of SQLite (docs/decisions/search.md)."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, virtual


class SearchText(Base):
    """All tokens of a resident in one text, each behind a line feed; services/search_tokens.py.

    SQLite's full-text index keeps it: a row costs a tenth of what its tokens cost one by one.
    No row without its person: tokens must be dropped before he is.
    """

    __tablename__ = "search_text"
    # Any sign but the line feed is part of a token; SQL writes a quote in quotes twice.
    __table_args__ = virtual(
        "fts5",
        "tokens",
        "detail=none",
        "columnsize=0",
        """tokenize="ascii tokenchars ' !""#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'\"""",
    )
    __journaled__ = False

    resident_id: Mapped[int] = mapped_column("rowid", primary_key=True)
    tokens: Mapped[str] = mapped_column(Text)


class SearchKey(Base):
    """The tokens of `search_text` one by one, in their order: a window, written by nobody."""

    __tablename__ = "search_key"
    __table_args__ = virtual("fts5vocab", SearchText.__tablename__, "instance")
    __journaled__ = False

    token: Mapped[str] = mapped_column("term", primary_key=True)
    resident_id: Mapped[int] = mapped_column("doc", primary_key=True)
