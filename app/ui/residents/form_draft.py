"""What stands in an unsaved form is kept every few seconds, so that a power cut loses little."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.errors import DomainError
from app.models import Resident
from app.services import drafts
from app.services.drafts import Draft, Record
from app.services.resident_forms import ResidentInput

EVERY_MS = 5_000
_DATES = ("birth_date", "consent_on", "checked_on")


def as_json(entered: ResidentInput) -> dict[str, Any]:
    """The input as plain JSON values."""
    values = asdict(entered)
    for name in _DATES:
        values[name] = values[name].isoformat() if values[name] else None
    values["tag_ids"] = list(entered.tag_ids)
    return values


def from_json(values: Mapping[str, Any]) -> ResidentInput:
    """The input again; fields that an older program did not know keep their defaults."""
    known = {field.name for field in fields(ResidentInput)}
    read = {name: value for name, value in values.items() if name in known}
    for name in _DATES:
        if read.get(name):
            read[name] = date.fromisoformat(read[name])
    read["tag_ids"] = tuple(read.get("tag_ids", ()))
    return ResidentInput(**read)


class DraftKeeper(QObject):
    """Keeps the draft of one form; `told` says when, in words for the header."""

    told = Signal(str, bool)
    """sentence, whether it went well"""

    def __init__(self, context: Context, read: Callable[[], ResidentInput], parent: QObject):
        super().__init__(parent)
        self._context = context
        self._read = read
        self._key = ""
        self._record: Record | None = None
        self._before = ResidentInput()
        self._kept = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        context.signals.keep_requested.connect(self.keep_now)

    def start(self, resident_id: int | None) -> tuple[ResidentInput, Draft] | None:
        """Watch the form of a resident (None: a new one); gives the draft left over from before."""
        self._key = f"resident:{resident_id or 'new'}"
        self._record = (Resident.__tablename__, resident_id) if resident_id else None
        self._before = self._read()
        self._timer.start()
        with self._context.database.reading() as session:
            draft = drafts.kept(session, self._key)
        self._kept = draft is not None
        return (from_json(draft.fields), draft) if draft else None

    def keep_now(self) -> None:
        """Nobody may come back to it: also while a job is writing."""
        if self._timer.isActive():
            self.keep(waits=False)

    def keep(self, *, waits: bool = True) -> None:
        """Keep what has changed since the last time."""
        entered = self._read()
        # While a job may be writing, typing must not wait for it: the next time comes soon.
        if entered == self._before or (waits and self._context.background.busy):
            return
        now = self._context.clock.now()
        try:
            with self._context.database.transaction("保存草稿") as session:
                drafts.keep(
                    session,
                    self._key,
                    as_json(entered),
                    now=now,
                    title=f"居民 {entered.name or '还没有姓名'}",
                    record=self._record,
                )
        except DomainError as error:
            self.told.emit(f"草稿没有存上：{error}", False)
            return
        self._before, self._kept = entered, True
        self.told.emit(f"草稿 {now:%H:%M} 已存，断电也在", True)

    def drop(self) -> None:
        """Saved or given up: nothing to restore."""
        if not self._kept:
            return
        with self._context.database.transaction("清除草稿") as session:
            drafts.drop(session, self._key)
        self._kept = False
        self._before = self._read()

    def stop(self) -> None:
        self._timer.stop()
