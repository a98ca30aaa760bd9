"""The slip on the screen: the same marks as on paper, drawn by Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.redemption_slips import SlipData
from app.ui.kit import theme
from app.ui.kit.tokens import COLORS

# Loaded with the first slip: what sets type costs more than the rest of the counter.
if TYPE_CHECKING:
    from app.reports.slip import Layout, Mark, Slip, Words

ROLL, A5 = "58 毫米小票", "A5"


def slip_of(data: SlipData, paper: str) -> Slip:
    """What is printed of a slip on one of the two papers."""
    from app.reports import slip

    name = f"{data.name}（{data.card}）" if data.card else data.name
    facts = [("单号", data.number)] if data.number else []
    facts += [("时间", f"{data.at:%Y-%m-%d %H:%M}"), ("姓名", name)]
    facts += [("代领人", data.proxy_words)] if data.proxy else []
    facts += [("经办", data.entered_by)] if data.entered_by and paper == A5 else []
    hours = f"志愿服务时长 {data.half_hours / 2:.1f} 小时不变" if data.half_hours else ""
    return slip.Slip(
        shop=data.shop,
        number=data.number,
        facts=tuple(facts),
        items=tuple(slip.SlipItem(line.words, line.total) for line in data.lines),
        points=data.points,
        before=data.before,
        hours=hours,
        note="（已撤销）" if data.taken_back_at is not None else "",
        signer="代领人签字" if data.proxy else "领取人签字",
        paper=slip.A5 if paper == A5 else slip.ROLL,
    )


class SlipView(QWidget):
    """As large as the room allows, the paper's shape kept."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Slip | None = None
        self._layout: Layout | None = None
        """Set when it is painted: a counter that is in a hurry does not wait for it"""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("小票预览")

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(220), theme.current().px(320))

    def show_slip(self, data: SlipData | None, paper: str) -> None:
        """Another slip, or none."""
        shown = self._shown = slip_of(data, paper) if data is not None else None
        self._layout = None
        self.setAccessibleDescription(_spoken(shown) if shown is not None else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        from app.reports import slip

        if self._layout is None and self._shown is not None:
            self._layout = slip.laid_out(self._shown)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(COLORS.bg))
        if self._layout is None:
            painter.setPen(QColor(COLORS.text2))
            painter.setFont(theme.font("small"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "这里预览小票")
            return
        self._paint(painter, self._layout)

    def _paint(self, painter: QPainter, layout: Layout) -> None:
        margin = theme.current().px(8)
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        scale = min(room.width() / layout.width, room.height() / layout.height)
        paper = QRectF(0, 0, layout.width * scale, layout.height * scale)
        paper.moveTopLeft(QPointF(room.center().x() - paper.width() / 2, room.top()))
        painter.setPen(QPen(QColor(COLORS.border), 1))
        painter.setBrush(QColor(COLORS.surface))
        painter.drawRect(paper)
        painter.translate(paper.topLeft())
        painter.scale(scale, scale)
        for mark in layout.marks:
            _draw(painter, mark)


def _draw(painter: QPainter, mark: Mark) -> None:
    from app.reports import barcode, slip

    if isinstance(mark, slip.Words):
        _write(painter, mark)
    elif isinstance(mark, slip.Stroke):
        pen = QPen(QColor(COLORS.text), 0.5)
        if mark.dashed:
            pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawLine(QPointF(mark.x, mark.y), QPointF(mark.x_end, mark.y))
    else:
        scale = mark.width / barcode.modules(mark.text)
        for place, width in barcode.stripes(mark.text):
            x, y = mark.x + place * scale, mark.y - mark.height
            painter.fillRect(QRectF(x, y, width * scale, mark.height), QColor(COLORS.text))


def _write(painter: QPainter, mark: Words) -> None:
    font = QFont(theme.font(bold=mark.bold))
    font.setPixelSize(max(1, round(mark.size)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    theme.ensure_glyphs(mark.text)
    painter.setFont(font)
    painter.setPen(QColor(COLORS.text))
    width = painter.fontMetrics().horizontalAdvance(mark.text)
    shift = {"left": 0.0, "center": 0.5, "right": 1.0}[mark.align]
    painter.drawText(QPointF(mark.x - width * shift, mark.y), mark.text)


def _spoken(shown: Slip) -> str:
    """What a screen reader says of it."""
    facts = [f"{label} {words}" for label, words in shown.facts]
    items = [f"{item.words} {item.points} 分" for item in shown.items]
    left = f"还差 {-shown.after} 分" if shown.after < 0 else f"现有 {shown.after} 分"
    sums = f"本次扣 {shown.points} 分，{left}"
    return "，".join([f"{shown.shop}{shown.note}", *facts, *items, sums])
