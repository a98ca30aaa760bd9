"""大屏: what all who sit there should see, in large type, without phone numbers or minutes."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.services.voting import Count
from app.ui.kit import theme
from app.ui.kit.tokens import COLORS
from app.ui.meetings.live.course import Sight
from app.ui.meetings.live.vote_bar import PARTS
from app.ui.meetings.live.words import turnout_line

_DESIGN = 1080
"""Height for which the sizes below are written; another one scales them all"""


class BigScreen(QWidget):
    """A window of its own, on the second screen where there is one. Esc and F11 close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("会议大屏")
        self.setAccessibleName("会议大屏")
        self._sight: Sight | None = None
        self._count = Count(0, 0, 0)
        self._result = ""
        self._speaker, self._clock = "", ""

    def open(self) -> None:
        """Full size on the screen that the desk does not use; a window where there is only one."""
        screens = QGuiApplication.screens()
        parent = self.parentWidget()
        own = parent.screen() if parent is not None else None
        other = next((one for one in screens if one is not own), None)
        if other is None:
            self.resize(1120, 630)
            self.show()
            return
        self.setGeometry(other.geometry())
        self.showFullScreen()

    def show_sight(self, sight: Sight) -> None:
        """Who is there, what is treated; a result that was announced stays until the next item."""
        before = self._sight.item.id if self._sight is not None and self._sight.item else None
        self._sight = sight
        item = sight.item
        if item is None or item.id != before:
            self._result, self._count = "", Count(0, 0, 0)
        if sight.item_votes:
            last = sight.item_votes[-1]
            self._count, self._result = last.count, last.words
        self.update()

    def show_speaker(self, name: str, clock: str) -> None:
        self._speaker, self._clock = name, clock
        self.update()

    @property
    def words(self) -> list[str]:
        """What is to be read, from above to below."""
        sight = self._sight
        if sight is None:
            return []
        item = sight.item
        lines = [sight.meeting.title, turnout_line(sight.here)]
        if item is not None:
            lines += [f"第 {item.place} 项　{item.title}", item.words]
        if self._result:
            lines.append(self._result)
        if self._speaker:
            lines.append(f"{self._speaker}　{self._clock}")
        return [line for line in lines if line]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        else:
            super().keyPressEvent(event)

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(COLORS.surface))
        sight = self._sight
        if sight is None:
            return
        y = self._line(painter, 50, sight.meeting.title, 40, COLORS.text2)
        tone = COLORS.ok if sight.here.ok else COLORS.warn
        y = self._line(painter, y + 10, turnout_line(sight.here), 36, tone)
        y += 30
        if sight.item is not None:
            title = f"第 {sight.item.place} 项　{sight.item.title}"
            y = self._line(painter, y, title, 68, COLORS.text, bold=True)
            y = self._line(painter, y + 16, sight.item.words, 44, COLORS.text, lines=4)
        if self._result:
            self._paint_result(painter, y + 30, passed=sight.item_votes[-1].passed)
        if self._speaker:
            self._paint_speaker(painter)

    def _paint_result(self, painter: QPainter, y: int, *, passed: bool) -> None:
        y = self._line(
            painter, y, self._result, 56, COLORS.ok if passed else COLORS.danger, bold=True, lines=2
        )
        area = self._area(y + 20, 64)
        whole, start, done = max(1, self._count.total), area.x(), 0
        painter.setFont(self._font(34, bold=True))
        for (name, ground, ink), number in zip(PARTS, self._count.people, strict=True):
            done += number
            end = area.x() + round(area.width() * done / whole)
            place = QRect(start, area.y(), end - start, area.height())
            painter.fillRect(place, QColor(ground))
            painter.setPen(QColor(ink))
            words = f"{name} {number}"
            if painter.fontMetrics().horizontalAdvance(words) + 12 < place.width():
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
            start = end

    def _paint_speaker(self, painter: QPainter) -> None:
        area = QRect(self._px(60), self.height() - self._px(130), self.width(), self._px(90))
        painter.setFont(self._font(56, bold=True))
        over = self._clock.startswith("-")
        painter.setPen(QColor(COLORS.danger if over else COLORS.primary))
        words = f"发言：{self._speaker}　{'时间到' if over else self._clock}"
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)

    def _line(
        self,
        painter: QPainter,
        y: int,
        words: str,
        size: int,
        color: str,
        *,
        bold: bool = False,
        lines: int = 1,
    ) -> int:
        """Draw at `y` of the design and give where the next thing begins; a long text is cut."""
        if not words:
            return y
        painter.setFont(self._font(size, bold=bold))
        painter.setPen(QColor(color))
        room = self._area(y, round(size * 1.6) * lines)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        wrapped = int(flags) | int(Qt.TextFlag.TextWrapAnywhere)
        shown = _fitted(painter, words, room, wrapped)
        used = painter.boundingRect(room, wrapped, shown)
        painter.drawText(room, wrapped, shown)
        return y + round(min(used.height(), room.height()) / self._factor) + 6

    def _area(self, y: int, height: int) -> QRect:
        side = self._px(60)
        return QRect(side, self._px(y), self.width() - 2 * side, self._px(height))

    @property
    def _factor(self) -> float:
        return max(0.2, self.height() / _DESIGN)

    def _px(self, length: int) -> int:
        return round(length * self._factor)

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = theme.font("h1", bold=bold)
        found = QFont(font)
        found.setPixelSize(max(8, self._px(size)))
        return found


def _fitted(painter: QPainter, words: str, room: QRect, flags: int) -> str:
    """So many characters as the lines hold."""
    text = words
    while len(text) > 4 and painter.boundingRect(room, flags, text).height() > room.height():
        text = f"{text[: max(1, len(text) - 6)].rstrip('…')}…"
    return text
