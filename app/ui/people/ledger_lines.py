"""The ledgers on a person card: one line each of name, figure and latest, and 记 beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit import paint, theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import RIGHT_MIDDLE, row, tip_of
from app.ui.kit.tokens import COLORS
from app.values.money import yuan
from app.values.times import hours_words

if TYPE_CHECKING:
    from app.services.meal_owner import PersonMeals
    from app.services.meeting_owner import PersonMeetings
    from app.services.person_rounds import PersonRounds
    from app.services.points_owner import PersonPoints

VISITS, REQUESTS, POINTS, MEALS, MEETINGS = "走访", "诉求", "积分", "用餐", "议事"
_ADD = {VISITS: "记走访", REQUESTS: "记诉求", POINTS: "兑换", MEALS: "记餐", MEETINGS: "提事"}
_ALL = (VISITS, REQUESTS, POINTS, MEALS, MEETINGS)
SOON_DAYS = 3
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_TONES = {"": COLORS.text2, "warn": COLORS.warn, "danger": COLORS.danger}


@dataclass(frozen=True, slots=True)
class LedgerWords:
    """What a line says; `tone` is that of the latest: '', warn, danger."""

    figure: str
    latest: str
    tone: str = ""
    whole: str = ""
    """For the tip and the screen reader."""


def visits_words(known: PersonRounds, today: date) -> LedgerWords:
    """今年 4 次, 7 天前・正常; or that the next visit is near or late."""
    figure = f"今年 {known.visits_this_year} 次"
    due = f"；应于 {known.due_on:%Y-%m-%d} 前走访" if known.due_on else ""
    whole = f"{known.visits_sentence}{due}"
    left = None if known.due_on is None else (known.due_on - today).days
    if left is not None and left < 0:
        return LedgerWords(figure, f"超期 {-left} 天", "danger", whole)
    if left is not None and left <= SOON_DAYS:
        return LedgerWords(figure, f"剩 {left} 天" if left else "今天该走访", "warn", whole)
    if known.last_visit_on is None or known.last_result is None:
        return LedgerWords(figure, "还没走访过", "", whole)
    days = (today - known.last_visit_on).days
    when = f"{days:,} 天前" if days else "今天"
    return LedgerWords(figure, f"{when}・{known.last_result.label}", "", whole)


def requests_words(known: PersonRounds) -> LedgerWords:
    """1 件在办, 楼道灯不亮."""
    whole = known.requests_sentence
    if known.last_request_state is None:
        return LedgerWords("没有", "", "", whole)
    figure = f"{known.open_requests} 件在办" if known.open_requests else f"{known.requests} 件"
    return LedgerWords(figure, known.last_request_title, "", whole)


def points_words(known: PersonPoints) -> LedgerWords:
    """126 分, 志愿 86.5 小时."""
    served = f"志愿 {hours_words(known.half_hours)}" if known.volunteer_id is not None else ""
    if known.account_id is None:
        return LedgerWords("没有", served, "", "没有积分账户")
    last = f"，其中 {known.lapses:,} 分 {known.lapses_on:%Y-%m-%d} 到期" if known.lapses_on else ""
    whole = f"可用 {known.points:,} 分{last}{f'；{served}' if served else ''}"
    if known.frozen:
        return LedgerWords(f"{known.points:,} 分", "已冻结", "warn", f"{whole}；账户已冻结")
    return LedgerWords(f"{known.points:,} 分", served, "", whole)


def meals_words(known: PersonMeals) -> LedgerWords:
    """本月 12 餐, 餐卡 63.50 元."""
    eaten = f"本月 {known.this_month} 餐" if known.last_on else "没有"
    last = f"最近一次 {known.last_on:%Y-%m-%d}" if known.last_on else "没有在食堂用过餐"
    money = "" if known.balance is None else f"餐卡 {yuan(known.balance)} 元"
    owed = f"欠 {yuan(known.owes)} 元" if known.owes else ""
    standing = "、".join((*known.standing, *(["停送中"] if known.paused else [])))
    whole = "；".join(part for part in (last, money, owed, standing) if part)
    return LedgerWords(eaten, owed or money or standing, "warn" if owed else "", whole)


def meetings_words(known: PersonMeetings) -> LedgerWords:
    """提 2 件, 居民代表会议居民代表; or what was brought up last."""
    figure = f"提 {known.topics} 件" if known.topics else "没有"
    seats = "、".join(known.seats)
    raised = (
        f"提过 {known.topics} 件，{known.open_topics} 件没有办完" if known.topics else "没有提过事"
    )
    there = f"今年开会 {known.attended} 次" if known.attended else ""
    whole = "；".join(part for part in (raised, seats, there) if part)
    return LedgerWords(figure, seats or known.last_title or there, "", whole)


class LedgerLine(QPushButton):
    """One ledger; a click opens what it counts."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._words = LedgerWords("", "")
        self.setAutoDefault(False)
        self.setFixedHeight(theme.current().px(26))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_words(self, words: LedgerWords) -> None:
        self._words = words
        self.setAccessibleName(f"{self.text()}，{words.whole}")
        self.setToolTip(tip_of(words.whole))
        self.update()

    @property
    def words(self) -> LedgerWords:
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(120), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(COLORS.primary_soft))
        px = theme.current().px
        name = theme.text_width("网格员", "small") + px(8)
        figure = theme.text_width("今年 99 次", bold=True)
        self._draw(painter, QRect(0, 0, name, self.height()), self.text(), COLORS.text2, "small")
        place = QRect(name, 0, figure, self.height())
        self._draw(painter, place, self._words.figure, COLORS.text, bold=True)
        left = name + figure + px(8)
        rest = QRect(left, 0, self.width() - left, self.height())
        self._draw(painter, rest, self._words.latest, _TONES[self._words.tone], "small", right=True)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())

    def _draw(
        self,
        painter: QPainter,
        place: QRect,
        words: str,
        color: str,
        role: str = "base",
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        font = theme.font(role, bold=bold)
        painter.setFont(font)
        painter.setPen(QColor(color))
        fitting = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, RIGHT_MIDDLE if right else _MIDDLE, fitting)


class LedgerLines(QWidget):
    """All ledgers; `opened` and `add_asked` carry the name of one."""

    opened = Signal(str)
    add_asked = Signal(str)

    def __init__(self, names: Sequence[str] = _ALL) -> None:
        super().__init__()
        self.lines = {name: LedgerLine(name) for name in names}
        self.add_buttons: dict[str, Button] = {}
        self._boxes: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for name, line in self.lines.items():
            line.clicked.connect(lambda _=False, one=name: self.opened.emit(one))
            add = self.add_buttons[name] = Button(_ADD[name], kind="link", size="small")
            add.setFixedHeight(theme.current().px(26))
            add.clicked.connect(lambda _=False, one=name: self.add_asked.emit(one))
            box = self._boxes[name] = QWidget()
            box.setLayout(row((line, 1), add, spacing=6))
            layout.addWidget(box)

    def set_words(self, name: str, words: LedgerWords) -> None:
        self.lines[name].set_words(words)

    def offer(self, name: str, offered: bool) -> None:
        """Whether the user may see this ledger at all."""
        self._boxes[name].setVisible(offered)
