"""How a line of 刚才做了什么 is drawn: time, sentence, who and why, and its verb as a button."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.services.steps import Step
from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS, RADIUS
from app.ui.recent.step_model import HEADING, STEP

Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_NOTE_LINES = 4


class StepPainter(QStyledItemDelegate):
    """`chosen_from` to `chosen_to` are the rows that would go back together; -1 for none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen_from, self.chosen_to = 0, -1
        self.hovered = -1
        self.next_row = -1
        """The row that Ctrl+Z takes back: its button shows the key."""
        self._sizes: dict[tuple[int, int, str, bool], QSize] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # The view asks for all lines again with each page that is read.
        width, heading = self._view_width(option), index.data(HEADING)
        key = (index.row(), width, heading, index.row() == self.next_row)
        if key not in self._sizes:
            self._sizes[key] = QSize(width, self._line_height(index.data(STEP), width, index.row()))
            self._sizes[key] += QSize(0, self._heading_height(heading))
        return self._sizes[key]

    def forget_sizes(self) -> None:
        """Other lines stand in the rows."""
        self._sizes.clear()

    def _line_height(self, step: Step, width: int, row: int) -> int:
        words = self._sentence_height(step, width, row) + self._note_height(step, width, row)
        return max(words, self._button_size(step, row).height()) + theme.current().px(18)

    def verb_rect(self, rect: QRect, index: Index) -> QRect:
        """Where the button of a line stands, empty where it has none."""
        step: Step = index.data(STEP)
        size = self._button_size(step, index.row())
        top = rect.y() + self._heading_height(index.data(HEADING)) + theme.current().px(7)
        left = rect.right() - size.width() - theme.current().px(10)
        return QRect(left, top, size.width(), size.height()) if step.verb else QRect()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        step: Step = index.data(STEP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = self._paint_heading(painter, rect, index.data(HEADING))
        chosen = self.chosen_from <= index.row() <= self.chosen_to
        self._paint_ground(painter, body, chosen)
        self._paint_words(painter, body, step, index.row(), chosen)
        if step.verb:
            self._paint_button(painter, self.verb_rect(rect, index), step, index.row())
        painter.restore()

    # -- sizes

    def _view_width(self, option: QStyleOptionViewItem) -> int:
        view: QWidget = option.widget  # type: ignore[attr-defined]
        return view.viewport().width() if hasattr(view, "viewport") else view.width()

    def _heading_height(self, heading: str) -> int:
        return theme.current().px(28) if heading else 0

    def _left(self) -> int:
        return theme.text_width("00:00", "small") + theme.current().px(24)

    def _room(self, step: Step, width: int, row: int) -> int:
        px = theme.current().px
        button = self._button_size(step, row).width() + px(10) if step.verb else 0
        return width - self._left() - button - px(12)

    def _sentence_height(self, step: Step, width: int, row: int) -> int:
        return _height(step.sentence, "base", self._room(step, width, row), lines=2)

    def _note_height(self, step: Step, width: int, row: int) -> int:
        return _height(note_words(step), "small", self._room(step, width, row), lines=_NOTE_LINES)

    def _button_size(self, step: Step, row: int) -> QSize:
        px = theme.current().px
        if not step.verb:
            return QSize(0, 0)
        width = theme.text_width(step.verb, "small") + 2 * px(9)
        if cap := self._cap(row):
            width += px(8) + paint.cap_width(cap)
        return QSize(width, theme.current().control_small)

    def _cap(self, row: int) -> str:
        return "Ctrl+Z" if row == self.next_row else ""

    # -- strokes

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: str) -> QRect:
        height = self._heading_height(heading)
        if heading:
            band = QRect(rect.x(), rect.y(), rect.width(), height)
            painter.fillRect(band, QColor(COLORS.bg))
            painter.setPen(QColor(COLORS.text2))
            painter.setFont(theme.font("small", bold=True))
            painter.drawText(band.adjusted(theme.current().px(14), 0, 0, 0), _MIDDLE, heading)
        return rect.adjusted(0, height, 0, 0)

    def _paint_ground(self, painter: QPainter, body: QRect, chosen: bool) -> None:
        painter.fillRect(body, QColor(COLORS.primary_soft if chosen else COLORS.surface))
        if chosen:
            painter.fillRect(QRect(body.x(), body.y(), 3, body.height()), QColor(COLORS.primary))
        painter.fillRect(QRect(body.x(), body.bottom(), body.width(), 1), QColor(COLORS.hair))

    def _paint_words(
        self, painter: QPainter, body: QRect, step: Step, row: int, chosen: bool
    ) -> None:
        px = theme.current().px
        top = body.y() + px(8)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        line = QFontMetrics(theme.font("base")).height()
        painter.drawText(
            QRect(body.x() + px(14), top, self._left(), line), _MIDDLE, f"{step.at:%H:%M}"
        )
        height = self._sentence_height(step, body.width(), row)
        quiet = step.undone or not (step.verb or step.rows)
        color = COLORS.placeholder if quiet else COLORS.sel_text if chosen else COLORS.text
        painter.setPen(QColor(color))
        painter.setFont(theme.font())
        left = body.x() + self._left()
        room = self._room(step, body.width(), row)
        _draw(painter, QRect(left, top, room, height), step.sentence)
        painter.setPen(QColor(COLORS.text2))
        painter.setFont(theme.font("small"))
        note = self._note_height(step, body.width(), row)
        place = QRect(left, top + height + px(1), room, note)
        _draw(painter, place, note_words(step))

    def _paint_button(self, painter: QPainter, place: QRect, step: Step, row: int) -> None:
        px = theme.current().px
        painter.setPen(QPen(QColor(COLORS.input_border), 1))
        painter.setBrush(QColor(COLORS.primary_soft if row == self.hovered else COLORS.surface))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(QColor(COLORS.text))
        painter.setFont(theme.font("small"))
        painter.drawText(place.adjusted(px(9), 0, 0, -1), _MIDDLE, step.verb)
        if cap := self._cap(row):
            x = place.x() + px(17) + theme.text_width(step.verb, "small")
            paint.key_cap(painter, x, place.y() + place.height() / 2, cap)


def note_words(step: Step) -> str:
    """Who, where in the program, and what is to be known about taking it back."""
    who = "，".join(part for part in (step.who, step.area if step.rows else "") if part)
    return f"{who}。{step.note}" if step.note else who


def _height(text: str, role: str, width: int, *, lines: int) -> int:
    metrics = QFontMetrics(theme.font(role))
    needed = metrics.boundingRect(QRect(0, 0, width, 10_000), int(_WRAP), text).height()
    return min(needed, lines * metrics.lineSpacing())


def _draw(painter: QPainter, place: QRect, text: str) -> None:
    painter.setClipRect(place)
    painter.drawText(place, int(_WRAP), text)
    painter.setClipping(False)
