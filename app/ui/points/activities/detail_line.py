"""Below the list that is typed back: when somebody came, how long, and a remark."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.activity_hours import LONGEST_NOTE
from app.ui.kit import theme
from app.ui.kit.forms import line_edit, set_state
from app.ui.kit.labels import Label, row, small
from app.ui.people.time_line import TimeLine
from app.ui.points.activities.type_table import ONE, Typed
from app.values.times import DAY_HALF_HOURS, hours_figure, read_hours, time_words

_MOST = 10_000


class DetailLine(QWidget):
    """`changed` carries the fields of Typed that were typed; `left` that Enter passed the last."""

    changed = Signal(dict)
    left = Signal()
    escaped = Signal()

    def __init__(self, measured: str, *, service: bool) -> None:
        super().__init__()
        self._service = service
        self._begins = 0
        self._telling = False
        self.who = Label(bold=True)
        self.starts = TimeLine()
        self.amount = line_edit(name=measured, limit=8)
        self.note = line_edit(name="备注", limit=LONGEST_NOTE)
        self._edits: tuple[QLineEdit, ...] = (self.amount, self.starts, self.note)
        px = theme.current().px
        self.who.setMinimumWidth(px(120))
        self.amount.setFixedWidth(px(80))
        self.starts.setFixedWidth(px(92))
        self.starts.setAccessibleName("到的时间")
        parts = (self.who, small(measured), self.amount, small("到的时间"), self.starts)
        self.setLayout(row(*parts, small("备注"), (self.note, 1)))
        self.amount.textEdited.connect(lambda _: self._amount_typed())
        self.starts.textEdited.connect(lambda _: self._start_typed())
        self.note.textEdited.connect(lambda words: self._tell({"note": words}))
        for edit in self._edits:
            edit.returnPressed.connect(lambda at=edit: self._next(at))

    def show_line(self, who: str, typed: Typed | None, begins: int, *, is_open: bool) -> None:
        """Somebody's values; fields that cannot be typed are off, and what is typed stays."""
        if self._telling:
            return
        self._begins = begins
        came = typed is not None and bool(typed.came)
        self.who.setText(who)
        for edit in self._edits:
            edit.setEnabled(is_open and came)
        values = ("", "", "") if typed is None or not came else self._texts(typed)
        for edit, words in zip(self._edits, values, strict=True):
            edit.setText(words)
            set_state(edit, "")

    def begin(self) -> None:
        """Enter on the line: the hours first."""
        if self.amount.isEnabled():
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            self.amount.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    # -- inside

    def _texts(self, typed: Typed) -> tuple[str, str, str]:
        amount = hours_figure(typed.half_hours) if self._service else f"{typed.quantity / ONE:g}"
        starts = self._begins if typed.starts is None else typed.starts
        return amount, time_words(starts), typed.note

    def _amount_typed(self) -> None:
        if self._service:
            half_hours = read_hours(self.amount.text())
            good = half_hours is not None and 0 < half_hours <= DAY_HALF_HOURS
            told: dict[str, object] = {"half_hours": half_hours}
        else:
            quantity = _hundredths(self.amount.text())
            good = quantity is not None
            told = {"quantity": quantity}
        set_state(self.amount, "" if good else "danger")
        if good:
            self._tell(told)

    def _start_typed(self) -> None:
        value = self.starts.value()
        if value is not None or not self.starts.text().strip():
            self._tell({"starts": None if value == self._begins else value})

    def _tell(self, values: dict[str, object]) -> None:
        """1 is a value on the way to 1.5: the answer does not come back into the field."""
        self._telling = True
        self.changed.emit(values)
        self._telling = False

    def _next(self, edit: QLineEdit) -> None:
        place = self._edits.index(edit) + 1
        if place == len(self._edits):
            self.left.emit()
            return
        self._edits[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._edits[place].selectAll()


def _hundredths(text: str) -> int | None:
    """12.5 as 1250; None for what is no quantity."""
    whole, _, part = text.strip().partition(".")
    if not (whole + part).isascii() or not (whole + part).isdigit() or len(part) > 2:
        return None
    value = int(whole or 0) * ONE + int(part.ljust(2, "0") or 0)
    return value if 0 < value <= _MOST * ONE else None
