"""What was typed for an activity and is not saved: kept while typing, there again next time."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.context import Context
from app.errors import DomainError
from app.models import Quality
from app.services import drafts
from app.ui.kit import messages
from app.ui.points.activities.type_table import Typed

KIND = "attendance"


class TypedDraft:
    """The draft of one activity; `rows` counts what is kept."""

    def __init__(self, context: Context, activity_id: int, title: str) -> None:
        self._context, self._key, self._title = context, f"{KIND}:{activity_id}", title
        with context.database.reading() as session:
            draft = drafts.kept(session, self._key)
        self._kept: dict[str, dict[str, Any]] = dict(draft.fields.get("rows", {})) if draft else {}

    @property
    def rows(self) -> int:
        return len(self._kept)

    @property
    def typed(self) -> dict[int, Typed]:
        """By line what stood there last time."""
        return {int(key): _typed(values) for key, values in self._kept.items()}

    def keep(self, typed: Mapping[int, Typed]) -> None:
        """Write it where it has changed; nothing left drops it. A fault of the file is told."""
        rows = {str(key): asdict(one) for key, one in typed.items()}
        if rows == self._kept:
            return
        try:
            self._write(rows)
        except DomainError as error:
            messages.warn(self._context.signals, f"草稿没有存上：{error}")
            return
        self._kept = rows

    def _write(self, rows: dict[str, dict[str, Any]]) -> None:
        now = self._context.clock.now()
        with self._context.database.transaction("保存草稿") as session:
            if rows:
                drafts.keep(session, self._key, {"rows": rows}, now=now, title=self._title)
            else:
                drafts.drop(session, self._key)


def _typed(values: Mapping[str, Any]) -> Typed:
    quality = values["quality"]
    return Typed(**{**values, "quality": Quality.of(quality) if quality else None})
