"""Beside the form: a person on file who looks like the one being typed, compared line by line."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.look_alikes import ComparedLine, LookAlike
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts, Notice
from app.ui.kit.labels import box, column, row, title
from app.ui.kit.scroll import scrolled
from app.ui.kit.tokens import CARD_RADIUS, COLORS

_SAME, _DIFFERENT = "同", "不同"
_STARS = re.compile(r"[* ]*\*[* ]*")


class Comparison(QWidget):
    """Two persons side by side; what differs is amber and bold."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[ComparedLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[ComparedLine]) -> None:
        self._lines = tuple(lines)
        self.setAccessibleName(
            "；".join(
                f"{line.label}：正在填写 {line.entered}，已有 {line.existing}，{line.verdict}"
                for line in lines
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = theme.current()
        return QSize(metrics.px(380), metrics.head + len(self._lines) * self._pitch() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(240), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(COLORS.border), 1))
        painter.setBrush(QColor(COLORS.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), CARD_RADIUS, CARD_RADIUS)
        self._paint_head(painter)
        y = theme.current().head
        for line in self._lines:
            self._paint_line(painter, y, line)
            y += self._pitch()

    def _pitch(self) -> int:
        return theme.current().px(29)

    def _columns(self) -> list[tuple[int, int]]:
        """x and width of label, entered, existing, verdict."""
        metrics = theme.current()
        first = metrics.px(64)
        last = theme.text_width(_DIFFERENT, "small", bold=True) + metrics.px(22)
        half = (self.width() - first - last) // 2
        return [(0, first), (first, half), (first + half, half), (first + 2 * half, last)]

    def _paint_head(self, painter: QPainter) -> None:
        height = theme.current().head
        painter.fillRect(QRect(1, 1, self.width() - 2, height - 1), QColor(COLORS.bg))
        painter.setFont(theme.font("small", bold=True))
        words = ("", "正在填写", "已有的", "比较")
        for (x, width), word in zip(self._columns(), words, strict=True):
            self._write(painter, QRect(x, 0, width, height), word, COLORS.text2)

    def _paint_line(self, painter: QPainter, y: int, line: ComparedLine) -> None:
        differs = line.verdict == _DIFFERENT
        color = COLORS.warn if differs else COLORS.text
        places = [QRect(x, y, width, self._pitch()) for x, width in self._columns()]
        painter.fillRect(QRect(1, y, self.width() - 2, 1), QColor(COLORS.hair))
        if differs:
            ground = places[1].united(places[2]).adjusted(0, 1, 0, 0)
            painter.fillRect(ground, QColor(COLORS.warn_soft))
        painter.setFont(theme.font("small"))
        self._write(painter, places[0], line.label, COLORS.text2)
        painter.setFont(theme.font(bold=differs))
        self._write(painter, places[1], line.entered or "—", color)
        self._write(painter, places[2], line.existing or "—", color)
        painter.setFont(theme.font("small", bold=differs))
        self._write(painter, places[3], line.verdict, COLORS.warn if differs else COLORS.text2)

    def _write(self, painter: QPainter, place: QRect, words: str, color: str) -> None:
        inner = place.adjusted(theme.current().pad, 0, -2, 0)
        shown = _fitting(painter.fontMetrics(), words, inner.width() + 2)
        painter.setPen(QColor(color))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _fitting(measure: QFontMetrics, words: str, width: int) -> str:
    """Masked numbers give up their stars before anything is cut."""
    if measure.horizontalAdvance(words) > width:
        words = _STARS.sub("⋅⋅⋅", words)
    return measure.elidedText(words, Qt.TextElideMode.ElideRight, width)


class LookAlikePanel(QWidget):
    """One look-alike at a time; the buttons decide on the one that is shown."""

    same = Signal(int)
    """Alt+1: it is this resident."""
    distinct = Signal(int)
    """Alt+2: it is somebody else, never ask again."""

    def __init__(self, recent: Callable[[int], str]) -> None:
        """`recent` tells in words what happened last with a resident."""
        super().__init__()
        self._recent = recent
        self._found: tuple[LookAlike, ...] = ()
        self._place = 0
        self._notice = Notice("", tone="warn", icon="account-alert-outline")
        self._comparison = Comparison()
        self._facts = Facts(label=48)
        self._hint = Notice("", tone="soft")
        self._other = Button("看下一个", kind="link", size="small")
        self._other.clicked.connect(self._next)
        self.same_button = Button("是同一人，打开已有的", action="same_person", wide=True)
        self.other_button = Button("不是同一人，以后不再提醒", action="other_person", wide=True)
        self.same_button.clicked.connect(lambda: self.same.emit(self.current.id))
        self.other_button.clicked.connect(lambda: self.distinct.emit(self.current.id))
        for button in (self.same_button, self.other_button):
            button.bind(self)
        self._arrange()

    def _arrange(self) -> None:
        head = row(title("已有的这个人"), None, self._other)
        self._details = box(column(head, self._facts, self._hint, spacing=6))
        parts = box(column(self._notice, self._comparison, self._details, None, spacing=10))
        buttons = (self.same_button, self.other_button)
        self.setLayout(column((scrolled(parts), 1), *buttons, spacing=10))

    @property
    def current(self) -> LookAlike:
        return self._found[self._place]

    @property
    def found(self) -> tuple[LookAlike, ...]:
        return self._found

    def show_found(self, found: Sequence[LookAlike]) -> None:
        """Show the look-alikes, the likeliest first; the same person stays in view."""
        shown = self._found[self._place].id if self._found else None
        self._found = tuple(found)
        ids = [one.id for one in found]
        self._place = ids.index(shown) if shown in ids else 0
        if self._found:
            self._show_current()

    def _next(self) -> None:
        self._place = (self._place + 1) % len(self._found)
        self._show_current()

    def _show_current(self) -> None:
        one = self.current
        self._notice.show_text(self._headline(), _in_words(one), tone=self._tone(one))
        self._comparison.show_lines(_worth_showing(one.lines))
        self._show_facts(one)
        self._hint.show_text("", one.hint, tone="soft")
        self._hint.setVisible(bool(one.hint))
        self._other.setVisible(len(self._found) > 1)

    def _show_facts(self, one: LookAlike) -> None:
        """In 大字 they give way: the table and the buttons must be seen together."""
        large = theme.current().large
        told = (("最近", "" if large else self._recent(one.id)), ("家人", "、".join(one.family)))
        pairs = [(label, words) for label, words in told if words]
        self._facts.set_pairs(pairs)
        self._facts.setVisible(not large)
        self._details.setVisible(bool((pairs and not large) or one.hint or len(self._found) > 1))

    def _headline(self) -> str:
        count = len(self._found)
        if self.current.certain:
            return "这个证件号码已经登记过"
        return f"很像已有的 {count} 个人" if count == 1 else f"很像已有的人（{self._at()}）"

    def _at(self) -> str:
        return f"第 {self._place + 1} 个，共 {len(self._found)} 个"

    def _tone(self, one: LookAlike) -> str:
        return "danger" if one.certain else "warn"


def _worth_showing(lines: Sequence[ComparedLine]) -> list[ComparedLine]:
    """In 大字 what is the same is told above the table and not repeated in it."""
    if not theme.current().large:
        return list(lines)
    return [line for line in lines if line.verdict != _SAME]


def _in_words(one: LookAlike) -> str:
    """姓名、性别、出生相同，证件号、现住址不同."""
    different = [line.label for line in one.lines if line.verdict == _DIFFERENT]
    same = "、".join(one.same or [line.label for line in one.lines if line.verdict == _SAME])
    return f"{same}相同" + (f"，{'、'.join(different)}不同" if different else "")
