"""The six counts over the preview: each is a filter, together they are all rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from app.services.residents_import import RowState
from app.ui.kit import icons, paint, theme
from app.ui.kit.labels import row
from app.ui.kit.tokens import CARD_RADIUS, COLORS


@dataclass(frozen=True)
class _Kind:
    state: RowState | None
    words: str
    meta: str
    icon: str
    color: str


_KINDS = (
    _Kind(None, "全部", "", "table", COLORS.text2),
    _Kind(RowState.NEW, "新增", "名册里没有的人", "account-plus-outline", COLORS.ok),
    _Kind(RowState.UPDATE, "更新", "只改有变化的格", "account-edit-outline", COLORS.primary),
    _Kind(RowState.UNCHANGED, "无变化", "不动", "equal", COLORS.text2),
    _Kind(RowState.QUESTION, "待确认", "要您看一眼", "help-circle-outline", COLORS.warn),
    _Kind(RowState.FAULT, "有误", "不写入，退回", "alert-circle-outline", COLORS.danger),
)


class CountCard(QAbstractButton):
    """One count. With 0 it stays where it is, grey."""

    def __init__(self, kind: _Kind) -> None:
        super().__init__()
        self._kind = kind
        self.count = 0
        self.meta = kind.meta
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(54))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_count(self, count: int, meta: str = "") -> None:
        self.count = count
        self.meta = meta or self._kind.meta
        self.setAccessibleName(f"{self._kind.words} {count} 行，{self.meta}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(150), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(96), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(QColor(COLORS.primary if on else COLORS.border), 1.4 if on else 1))
        painter.setBrush(QColor(COLORS.primary_soft if on else COLORS.surface))
        frame = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(frame, CARD_RADIUS, CARD_RADIUS)
        self._paint_words(painter, on)
        self._paint_count(painter)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())

    def _paint_words(self, painter: QPainter, on: bool) -> None:
        px, side = theme.current().px, theme.current().icon_small
        quiet = not self.count
        color = COLORS.disabled if quiet else self._kind.color
        top = QRect(px(12), px(6), self.width() - px(24), px(24))
        place = QRect(top.x(), top.center().y() - side // 2 + 1, side, side)
        icons.draw(painter, place, self._kind.icon, color)
        x = px(12) + side + px(8)
        painter.setFont(theme.font(bold=on))
        text = COLORS.sel_text if on else COLORS.placeholder if quiet else COLORS.text
        painter.setPen(QColor(text))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(x, top.y(), self.width(), top.height()), left, self._kind.words)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.placeholder if quiet else COLORS.text2))
        below = QRect(x, px(29), self.width() - x - px(6), px(18))
        meta = painter.fontMetrics().elidedText(
            self.meta, Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, left, meta)

    def _paint_count(self, painter: QPainter) -> None:
        px = theme.current().px
        loud = self._kind.state in (RowState.QUESTION, RowState.FAULT) and self.count
        color = self._kind.color if loud else COLORS.text if self.count else COLORS.placeholder
        painter.setFont(theme.font("h2", bold=bool(self.count)))
        painter.setPen(QColor(color))
        place = QRect(px(12), px(4), self.width() - px(25), px(28))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, right, f"{self.count:,}")


class CountCards(QWidget):
    """全部 = 新增 + 更新 + 无变化 + 待确认 + 有误, at every moment."""

    chosen = Signal(object)
    """RowState, or None for all"""

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._cards = {kind.state: CountCard(kind) for kind in _KINDS}
        for place, card in enumerate(self._cards.values()):
            self._group.addButton(card, place)
        self.setLayout(row(*((card, 1) for card in self._cards.values()), spacing=12))
        self._cards[None].setChecked(True)
        self._group.idClicked.connect(lambda place: self.chosen.emit(_KINDS[place].state))

    def card(self, state: RowState | None) -> CountCard:
        return self._cards[state]

    def choose(self, state: RowState | None) -> None:
        """Press a card as the user would."""
        self._cards[state].click()

    def show_counts(self, counts: Mapping[RowState, int], meta: str) -> None:
        """`meta` says what 全部 is made of: 5 张表."""
        for state, card in self._cards.items():
            if state is not None:
                card.show_count(counts.get(state, 0))
        self._cards[None].show_count(sum(counts.values()), meta)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        place = (self._group.checkedId() + step) % len(_KINDS)
        self._group.button(place).setFocus()
        self._group.button(place).click()
