"""The list of an activity as it is typed back: one key says who came, another half an hour more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.models import Attendance, ClaimState, Quality
from app.services.activity_people import Participant
from app.services.activity_views import ActivityRow
from app.ui.kit import keys
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.activities.people_dialog import name_cell
from app.ui.points.activities.words import QUALITIES, STATES
from app.values.times import DAY_HALF_HOURS, half_hours_between, hours_figure, time_words

_CAME, _ABSENT = keys.cap("came"), keys.cap("absent")
_MORE, _LESS = keys.cap("half_more"), keys.cap("half_less")
_QUALITY = {
    keys.cap("good_service"): Quality.GOOD,
    keys.cap("fair_service"): Quality.FAIR,
    keys.cap("failed_service"): Quality.FAILED,
}
ONE = 100


@dataclass(slots=True)
class Typed:
    """What stands for a line; `came` is None while nothing was said."""

    came: bool | None
    starts: int | None
    half_hours: int
    quantity: int
    quality: Quality | None
    note: str


@dataclass(frozen=True, slots=True)
class _Line:
    one: Participant
    typed: Typed
    changed: bool
    begins: int
    service: bool


def _state(line: _Line) -> Cell:
    if line.one.posted:
        words = "待复核" if line.one.claim is ClaimState.WAITING else "已记账"
        return Cell(chips=(Chip(line.one.state.label, "ok"), Chip(words, "info")))
    if line.typed.came is None:
        return Cell(chips=(Chip(line.one.state.label, STATES[line.one.state]),))
    state = Attendance.CAME if line.typed.came else Attendance.ABSENT
    shown = (Chip(state.label, STATES[state]),)
    return Cell(chips=(*shown, Chip("没保存", "warn")) if line.changed else shown)


def _starts(line: _Line) -> Cell:
    if not line.typed.came:
        return Cell("—", tone="placeholder")
    late = line.typed.starts is not None
    words = time_words(line.begins if line.typed.starts is None else line.typed.starts)
    return Cell(words, tone="text" if late else "text2")


def _amount(line: _Line) -> Cell:
    if not line.typed.came:
        return Cell("—", tone="placeholder")
    if line.service:
        return Cell(hours_figure(line.typed.half_hours), bold=True)
    return Cell(f"{line.typed.quantity / ONE:g}", bold=True)


def _quality(line: _Line) -> Cell:
    if line.typed.quality is None:
        return Cell("—", tone="placeholder")
    return Cell(chips=(Chip(line.typed.quality.label, QUALITIES[line.typed.quality]),))


def _columns(measured: str) -> tuple[Column, ...]:
    return (
        Column("place", "序号", lambda line: str(line.one.place), 52, align="right"),
        Column("name", "姓名", lambda line: name_cell(line.one), 150, weight=1),
        Column("state", "到场", _state, 150),
        Column("starts", "到的时间", _starts, 84, align="right"),
        Column("amount", measured, _amount, 96, align="right"),
        Column("quality", "评价", _quality, 84),
        Column("note", "备注", lambda line: line.typed.note, 120, weight=2),
    )


class TypeTable(PagedTable):
    """`typed` holds what stands now; `changed` says that it does no more what was saved."""

    changed = Signal()
    detail_wanted = Signal()
    """Enter: time, hours and remark of the current line"""
    save_wanted = Signal()

    def __init__(self, activity: ActivityRow, measured: str) -> None:
        self._activity = activity
        self.people: dict[int, Participant] = {}
        self.typed: dict[int, Typed] = {}
        self._saved: dict[int, Typed] = {}
        super().__init__(PagedTableModel(_columns(measured), self._fetch), name="录签到")
        self.installEventFilter(self)

    # -- contents

    def show_people(self, people: Sequence[Participant], kept: Mapping[int, Typed]) -> None:
        """These lines, with what was typed and not saved."""
        self.people = {one.id: one for one in people if one.state is not Attendance.WITHDREW}
        self._saved = {key: _of(one) for key, one in self.people.items()}
        self.typed = {
            key: kept[key] if key in kept and not one.posted else _of(one)
            for key, one in self.people.items()
        }
        current = self.current_id()
        self.paged_model.set_ids(list(self.people))
        if not self.select_id(current):
            waiting = (key for key in self.people if self.typed[key].came is None)
            self.select_id(next(waiting, next(iter(self.people), None)))
        self._show()

    def forget(self) -> None:
        """What was typed is in the file now."""
        self._saved = {key: replace(one) for key, one in self.typed.items()}

    @property
    def unsaved(self) -> dict[int, Typed]:
        """Lines that say who came or not, and differ from the file."""
        return {
            key: one
            for key, one in self.typed.items()
            if one.came is not None and one != self._saved[key]
        }

    def is_open(self, key: int | None) -> bool:
        """Whether something can be typed for a line."""
        return key in self.people and not self.people[key].posted

    def set_came(self, key: int, *, came: bool) -> None:
        """到了 for the whole time, or 没来."""
        if not self.is_open(key):
            return
        one = self.typed[key]
        if came and not one.came:
            one.half_hours = self._whole() if self._activity.gives_hours else 0
            one.quantity = one.quantity or (0 if self._activity.gives_hours else ONE)
        one.came = came
        self._show()

    def rest_came(self) -> None:
        """Everybody of whom nothing is said yet came for the whole time."""
        for key, one in self.typed.items():
            if one.came is None:
                self.set_came(key, came=True)

    def change(self, key: int | None, **values: object) -> None:
        """Other values of a line of who came."""
        if key is not None and self.is_open(key) and self.typed[key].came:
            for name, value in values.items():
                setattr(self.typed[key], name, value)
            self._show()

    def step(self, by: int) -> None:
        """The line after or before the current one."""
        number = self.currentIndex().row() + by
        if 0 <= number < len(self.paged_model.ids):
            self.select_row(number)

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        current = self.current_id()
        if _is_save(event):
            self.save_wanted.emit()
        elif current is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        elif event.text() in (_CAME, _ABSENT):
            self.set_came(current, came=event.text() == _CAME)
            self.step(1)
        elif event.text() in (_MORE, _LESS):
            self._more(current, 1 if event.text() == _MORE else -1)
        elif event.text() in _QUALITY:
            self.change(current, quality=_QUALITY[event.text()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.detail_wanted.emit()
        else:
            return False
        return True

    def _more(self, key: int, by: int) -> None:
        one = self.typed[key]
        if self._activity.gives_hours:
            half_hours = one.half_hours + by
            if 0 < half_hours <= DAY_HALF_HOURS:
                self.change(key, half_hours=half_hours)
        elif one.quantity + by * ONE > 0:
            self.change(key, quantity=one.quantity + by * ONE)

    def _whole(self) -> int:
        return max(1, half_hours_between(self._activity.starts, self._activity.ends))

    def _show(self) -> None:
        self.paged_model.reload()
        self.changed.emit()

    def _fetch(self, ids: Sequence[int]) -> list[_Line]:
        unsaved = self.unsaved
        begins, service = self._activity.starts, self._activity.gives_hours
        return [
            _Line(self.people[key], self.typed[key], key in unsaved, begins, service) for key in ids
        ]


def _of(one: Participant) -> Typed:
    known = {Attendance.CAME: True, Attendance.ABSENT: False}
    return Typed(
        came=known.get(one.state),
        starts=one.starts,
        half_hours=one.half_hours,
        quantity=one.quantity,
        quality=one.quality,
        note=one.note,
    )


def _is_save(event: QKeyEvent) -> bool:
    """The table would take Enter for itself, whatever is held with it."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
