"""What was not saved when the program ended: kept while typing, offered at the next start."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.context import Context
from app.errors import DomainError
from app.services import drafts
from app.services.drafts import Draft, Record
from app.ui.kit.curtain import CURTAIN
from app.ui.kit.forms import Form, value_of

EVERY_MS = 5_000


class FormKeeper(QObject):
    """Keeps what stands in a form of the kit; `told` says when, in words for its foot."""

    told = Signal(str)

    def __init__(self, context: Context, form: Form, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._key = ""
        self._title: Callable[[], str] = str
        self._record: Record | None = None
        self._kept: dict[str, Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        context.signals.keep_requested.connect(self.keep_now)

    def start(
        self, key: str, title: Callable[[], str], *, record: Record | None = None
    ) -> Draft | None:
        """Watch the form from now on. What was left of it last time is put into its fields."""
        self._key, self._title, self._record = key, title, record
        with self._context.database.reading() as session:
            draft = drafts.kept(session, key)
        self._kept = dict(draft.fields) if draft else None
        if draft is not None:
            fill(self._form, draft.fields)
            self.told.emit(taken_up(draft))
        self._timer.start()
        return draft

    def keep_now(self) -> None:
        """Nobody may come back to it: also while a job is writing."""
        self.keep(waits=False)

    def keep(self, *, waits: bool = True) -> None:
        """Write what has changed since the last time."""
        values = values_of(self._form)
        if not self._key or not self._form.dirty or values == self._kept:
            return
        if waits and self._context.background.busy:
            # A job may be writing: typing must not wait for it, the next time comes soon.
            return
        now = self._context.clock.now()
        try:
            with self._context.database.transaction("保存草稿") as session:
                drafts.keep(
                    session, self._key, values, now=now, title=self._title(), record=self._record
                )
        except DomainError as error:
            self.told.emit(f"草稿没有存上：{error}")
            return
        self._kept = values
        self.told.emit(f"草稿 {now:%H:%M} 已存，断电也在")

    def drop(self) -> None:
        """Saved or given up; the form may be filled with something else.

        Closed by the program for another user, it waits for whoever typed.
        """
        self._timer.stop()
        if self._kept is not None and not CURTAIN.gives_up:
            with self._context.database.transaction("清除草稿") as session:
                drafts.drop(session, self._key)
        self._key, self._kept = "", None


def keep_dialog(
    context: Context,
    dialog: QDialog,
    form: Form,
    key: str,
    title: str,
    *,
    record: Record | None = None,
) -> FormKeeper:
    """The form of a dialog: forgotten when it is closed, kept when the program is killed."""
    keeper = FormKeeper(context, form, dialog)
    dialog.finished.connect(lambda _: keeper.drop())
    keeper.start(key, lambda: title, record=record)
    return keeper


def taken_up(draft: Draft) -> str:
    """For the foot of a form that shows a draft."""
    said = f"已取回 {draft.saved_at:%m-%d %H:%M} 没保存的内容"
    return f"{said}；这条后来改过：{draft.changed_by}，请核对" if draft.changed_by else said


def values_of(form: Form) -> dict[str, Any]:
    """By the name of the field what stands in it, as plain JSON values; pictures are not kept."""
    values = {field.name: _plain(value_of(field.control)) for field in form.fields}
    return {name: value for name, value in values.items() if not isinstance(value, bytes)}


def fill(form: Form, values: Any) -> None:
    """Put kept values back; fields that are no longer there are left out."""
    for field in form.fields:
        if field.name in values:
            _put(field.control, values[field.name])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _put(control: QWidget, value: Any) -> None:
    if isinstance(control, QLineEdit):
        control.setText(str(value or ""))
    elif isinstance(control, QPlainTextEdit):
        control.setPlainText(str(value or ""))
    elif isinstance(control, QComboBox):
        control.setCurrentText(str(value or ""))
    elif isinstance(control, QAbstractButton):
        control.setChecked(bool(value))
    else:
        _put_value(control, value)


def _put_value(control: Any, value: Any) -> None:
    """A control of the house: a date line takes dates, a number field numbers."""
    setter = getattr(control, "set_value", None) or getattr(control, "setValue", None)
    if setter is None:
        return
    if isinstance(value, str) and _is_day(value):
        value = date.fromisoformat(value)
    setter(value)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
