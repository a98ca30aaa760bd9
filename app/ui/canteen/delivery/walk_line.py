"""When a walk went and came back, as it was written on its sheet."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.services import delivery_walks
from app.services.delivery_board import Board, Walk
from app.ui.kit import theme
from app.ui.kit.labels import Label, row, small
from app.ui.people.time_line import TimeLine
from app.values.times import minute_of


@dataclass(frozen=True, slots=True)
class _Times:
    out: int | None = None
    back: int | None = None


class WalkLine(QWidget):
    """Of one walk at a time; `typed` are those that are not saved yet, by route."""

    def __init__(self) -> None:
        super().__init__()
        self.name = Label(bold=True)
        self.out, self.back = TimeLine(hint="出发时间"), TimeLine(hint="返回时间")
        self.typed: dict[int, _Times] = {}
        self._walk: Walk | None = None
        for line, words in ((self.out, "出发时间"), (self.back, "返回时间")):
            line.setFixedWidth(theme.current().px(110))
            line.setAccessibleName(words)
            line.editingFinished.connect(self._keep)
        self.setLayout(
            row(
                *(self.name, 12, small("出发"), self.out, 6, small("返回"), self.back, None),
                spacing=8,
            )
        )

    def show_walk(self, walk: Walk | None) -> None:
        """The walk of the stop on which one stands; what is registered is not typed again."""
        if walk is not None and self._walk is not None and walk.route_id == self._walk.route_id:
            return
        self._keep()
        self._walk = walk
        typed = self.typed.get(walk.route_id, _Times()) if walk is not None else _Times()
        self.name.setText(f"{walk.title}　{walk.who}".strip() if walk is not None else "")
        out, back = (walk.departed_at, walk.returned_at) if walk is not None else (None, None)
        self.out.set_value(minute_of(out) if out else typed.out)
        self.back.set_value(minute_of(back) if back else typed.back)
        self.out.setEnabled(walk is not None and out is None)
        self.back.setEnabled(walk is not None and back is None)

    def write(self, session: Session, board: Board, now: datetime) -> str:
        """Register what was typed; gives what is to be said of points. Raises DomainError."""
        self._keep()
        said = ""
        for route, times in self.typed.items():
            day = (route, board.on_date, board.period)
            if times.out is not None:
                delivery_walks.depart(session, *day, at=_at(board, times.out), now=now)
            if times.back is not None:
                said += delivery_walks.come_back(session, *day, at=_at(board, times.back), now=now)
        return said

    def forget(self) -> None:
        """It is saved."""
        self.typed.clear()
        self._walk = None

    def _keep(self) -> None:
        if self._walk is None:
            return
        times = _Times()
        if self.out.isEnabled():
            times = replace(times, out=self.out.value())
        if self.back.isEnabled():
            times = replace(times, back=self.back.value())
        self.typed.pop(self._walk.route_id, None)
        if times != _Times():
            self.typed[self._walk.route_id] = times


def _at(board: Board, minutes: int) -> datetime:
    return datetime.combine(board.on_date, time(*divmod(minutes % (24 * 60), 60)))
