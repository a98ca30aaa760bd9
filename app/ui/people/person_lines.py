"""Short lists on a person card: people of the household, latest changes of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit import paint, theme
from app.ui.kit.labels import tip_of
from app.ui.kit.tokens import COLORS

if TYPE_CHECKING:
    from app.services.history import HistoryLine
    from app.services.households import Member

MIDDLE = Qt.AlignmentFlag.AlignVCenter


class MemberLine(QPushButton):
    """One person of the household: name, relation, sex and age; a click goes to the person."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._member: Member | None = None
        self._current = False
        self.setAutoDefault(False)
        self.setFixedHeight(theme.current().px(26))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._choose)

    def set_member(self, member: Member, *, current: bool) -> None:
        self._member, self._current = member, current
        self.setText(member.name)
        self.setAccessibleName(f"{member.name}，{self._circumstance()}")
        self.setEnabled(not current)
        self.setCursor(Qt.CursorShape.ArrowCursor if current else Qt.CursorShape.PointingHandCursor)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(120), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._member is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and not self._current:
            painter.fillRect(self.rect(), QColor(COLORS.primary_soft))
        self._paint_words(painter, self._member)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())

    def _paint_words(self, painter: QPainter, member: Member) -> None:
        right = self._age(member)
        right_width = theme.text_width(right, "small")
        pad = theme.current().px(2)
        relation = "户主" if member.is_head else member.relation
        room = self.width() - right_width - theme.text_width(relation, "small") - 4 * pad - 20
        font = theme.font(bold=self._current)
        name = QFontMetrics(font).elidedText(member.name, Qt.TextElideMode.ElideRight, room)
        x = pad + self._draw(painter, pad, name, COLORS.text, bold=self._current)
        self._draw(painter, x + theme.current().px(8), relation, COLORS.text2, role="small")
        self._draw(painter, self.width() - right_width - pad, right, COLORS.text2, role="small")

    def _draw(
        self,
        painter: QPainter,
        x: int,
        words: str,
        color: str,
        *,
        role: str = "base",
        bold: bool = False,
    ) -> int:
        painter.setFont(theme.font(role, bold=bold))
        painter.setPen(QColor(color))
        painter.drawText(QRect(x, 0, self.width() - x, self.height()), MIDDLE, words)
        return theme.text_width(words, role, bold=bold)

    def _circumstance(self) -> str:
        if self._member is None:
            return ""
        relation = "户主" if self._member.is_head else self._member.relation
        return "，".join(part for part in (relation, self._age(self._member)) if part)

    @staticmethod
    def _age(member: Member) -> str:
        age = "" if member.age is None else f"{member.age} 岁"
        return " ".join(part for part in (member.sex, age) if part)

    def _choose(self) -> None:
        if self._member is not None:
            self.chosen.emit(self._member.id)


class MemberLines(QWidget):
    """People of a household, at most `limit` of them; `rest` counts those that found no room."""

    chosen = Signal(int)

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.lines = [MemberLine() for _ in range(limit)]
        self.rest = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for line in self.lines:
            line.chosen.connect(self.chosen)
            layout.addWidget(line)

    def set_members(
        self, members: Sequence[Member], current_id: int, *, at_most: int | None = None
    ) -> None:
        shown = min(len(members), len(self.lines) if at_most is None else at_most)
        self.rest = len(members) - shown
        for number, line in enumerate(self.lines):
            line.setVisible(number < shown)
            if number < shown:
                line.set_member(members[number], current=members[number].id == current_id)


class HistoryLines(QWidget):
    """Date, what happened, who: the latest changes of a record, painted on one grid."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[HistoryLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_lines(self, lines: Sequence[HistoryLine]) -> None:
        self._lines = tuple(lines)
        self.setAccessibleName(
            "；".join(f"{line.at:%m-%d} {line.sentence} {line.who}" for line in lines)
        )
        self.setToolTip(
            tip_of("\n".join(f"{line.at:%m-%d %H:%M} {line.sentence}" for line in lines))
        )
        self.setFixedHeight(len(self._lines) * self._step())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(160), len(self._lines) * self._step())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = theme.font("small")
        painter.setFont(font)
        for number, line in enumerate(self._lines):
            self._paint_line(painter, QFontMetrics(font), number * self._step(), line)

    def _paint_line(
        self, painter: QPainter, measure: QFontMetrics, y: int, line: HistoryLine
    ) -> None:
        day = f"{line.at:%m-%d}"
        gap = theme.current().px(10)
        left = measure.horizontalAdvance(day) + gap
        right = measure.horizontalAdvance(line.who)
        room = self.width() - left - right - gap
        words = measure.elidedText(line.sentence, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(COLORS.text2))
        painter.drawText(QRect(0, y, left, self._step()), MIDDLE, day)
        place = QRect(self.width() - right, y, right + 1, self._step())
        painter.drawText(place, MIDDLE, line.who)
        painter.setPen(QColor(COLORS.text))
        painter.drawText(QRect(left, y, room + 1, self._step()), MIDDLE, words)

    def _step(self) -> int:
        return theme.current().px(21)
