"""What was typed for a sheet and is not saved: kept while typing, there again next time."""

from typing import Any

from app.context import Context
from app.errors import DomainError
from app.services import drafts
from app.ui.kit import messages


class RowsDraft:
    """The draft of one sheet: plain values, by row or in their order; `rows` counts what is kept.

    A fault of the file is told, and typing goes on.
    """

    def __init__(self, context: Context, key: str, title: str) -> None:
        self._context, self._key, self._title = context, key, title
        with context.database.reading() as session:
            draft = drafts.kept(session, key)
        self.kept: Any = draft.fields.get("rows", {}) if draft else {}

    @property
    def rows(self) -> int:
        return len(self.kept)

    def keep_rows(self, rows: Any) -> None:
        """Write them where they have changed; nothing left drops the draft."""
        if rows == self.kept or not (rows or self.kept):
            return
        try:
            self._write(rows)
        except DomainError as error:
            messages.warn(self._context.signals, f"草稿没有存上：{error}")
            return
        self.kept = rows

    def _write(self, rows: Any) -> None:
        now = self._context.clock.now()
        with self._context.database.transaction("保存草稿") as session:
            if rows:
                drafts.keep(session, self._key, {"rows": rows}, now=now, title=self._title)
            else:
                drafts.drop(session, self._key)
