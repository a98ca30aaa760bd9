"""What was typed for a day sheet and is not saved: kept while typing, there again next time."""

from collections.abc import Mapping

from app.context import Context
from app.errors import DomainError
from app.models import VisitResult
from app.services import drafts
from app.ui.grids.visits.type_table import Typed
from app.ui.kit import messages

KIND = "visit_sheet"


class TypedDraft:
    """The draft of one sheet; `rows` counts what is kept."""

    def __init__(self, context: Context, sheet_id: int) -> None:
        self._context, self._sheet_id = context, sheet_id
        with context.database.reading() as session:
            draft = drafts.kept(session, self._key)
        self._kept: dict[str, list[str]] = dict(draft.fields.get("rows", {})) if draft else {}

    @property
    def rows(self) -> int:
        return len(self._kept)

    @property
    def typed(self) -> dict[int, Typed]:
        """By row what stood there last time."""
        return {
            int(key): Typed(VisitResult.of(result) if result else None, note)
            for key, (result, note) in self._kept.items()
        }

    def keep(self, typed: Mapping[int, Typed]) -> None:
        """Write it where it has changed; nothing left drops it. A fault of the file is told."""
        rows = {
            str(key): [one.result.value if one.result else "", one.note]
            for key, one in typed.items()
            if one.result is not None or one.note
        }
        if rows == self._kept:
            return
        try:
            self._write(rows)
        except DomainError as error:
            messages.warn(self._context.signals, f"草稿没有存上：{error}")
            return
        self._kept = rows

    def _write(self, rows: dict[str, list[str]]) -> None:
        now, title = self._context.clock.now(), f"走访单 第 {self._sheet_id} 号"
        with self._context.database.transaction("保存草稿") as session:
            if rows:
                drafts.keep(session, self._key, {"rows": rows}, now=now, title=title)
            else:
                drafts.drop(session, self._key)

    @property
    def _key(self) -> str:
        return f"{KIND}:{self._sheet_id}"
