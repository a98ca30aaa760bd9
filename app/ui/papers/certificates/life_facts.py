"""What a paper rests on, in one line each: basis, purpose, what was checked, who approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.services.certificate_views import NO_APPROVAL, Life
from app.ui.kit import paint, theme
from app.ui.kit.chips import Chip
from app.ui.kit.tokens import COLORS
from app.ui.papers.grades import grade_chip

_LESSER = ("核实", "用途", "依据")
LABEL = 42
LINE = 23


@dataclass(frozen=True, slots=True)
class Fact:
    """A quiet label, the fact, and a state word behind it."""

    label: str
    words: str
    chip: Chip | None = None


def facts_of(life: Life, today: date, *, most: int) -> list[Fact]:
    """The lines of the card, those without words left out; where room lacks, the lesser go."""
    facts = life.facts
    approval = _approval(life, today)
    checked = f"核实 {facts.verified_by}" if facts.verified_by else ""
    handled = f"经办 {facts.handled_by}" if approval else facts.handled_by
    who = "　".join(part for part in (approval, handled, checked) if part)
    lines = (
        Fact("依据", facts.legal_basis, grade_chip(life.basis_grade)),
        Fact("用途", "，交".join(part for part in (facts.purpose, facts.recipient) if part)),
        Fact("核实", facts.verification),
        Fact("批准" if approval else "经办", who),
        Fact("领取", _collected(life, today)),
        Fact("更正", _corrections(life)),
    )
    said = [line for line in lines if line.words]
    for label in _LESSER[: max(0, len(said) - most)]:
        said = [line for line in said if line.label != label]
    return said


def when(moment: datetime | None, today: date) -> str:
    """09:05 of today, 11-20 09:05 of other days, '' for never."""
    if moment is None:
        return ""
    return f"{moment:%H:%M}" if moment.date() == today else f"{moment:%m-%d %H:%M}"


def _approval(life: Life, today: date) -> str:
    facts = life.facts
    if facts.approver == NO_APPROVAL:
        return NO_APPROVAL
    at = next((step.at for step in life.steps if step.label == "批准"), None)
    said = f"{facts.approved_by} {when(at, today)}".strip() if facts.approved_by else ""
    return f"{said}（{facts.approval_note}）" if said and facts.approval_note else said


def _collected(life: Life, today: date) -> str:
    facts = life.facts
    if not facts.collected_by:
        return f"已补打 {facts.reprints} 次" if facts.reprints else ""
    relation = f"（{facts.collector_relation}）" if facts.collector_relation else ""
    again = f"　已补打 {facts.reprints} 次" if facts.reprints else ""
    return f"{facts.collected_by}{relation} {when(facts.collected_at, today)}{again}"


def _corrections(life: Life) -> str:
    old = f"更正 {life.corrects}" if life.corrects else ""
    new = f"已由 {life.corrected_by} 更正" if life.corrected_by else ""
    return "　".join(part for part in (old, new) if part)


class FactRows(QWidget):
    """One line each, the first one two where there is room; the tool tip tells all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: Sequence[Fact] = ()
        self._first = 1
        """Lines of the first fact"""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[Fact], *, room: int) -> None:
        """`room` is how many lines there are at most."""
        self._facts = tuple(facts)
        self._first = 2 if len(facts) < room and not theme.current().large else 1
        self.setFixedHeight(theme.current().px(LINE) * (len(facts) + self._first - 1))
        self.setAccessibleName("，".join(f"{fact.label} {fact.words}" for fact in facts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(240), self.height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            row = event.pos().y() // theme.current().px(LINE) - (self._first - 1)
            row = max(0, row)
            if 0 <= row < len(self._facts):
                QToolTip.showText(event.globalPos(), self._facts[row].words, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.current().px(LINE)
        y = 0
        for row, fact in enumerate(self._facts):
            lines = self._first if row == 0 else 1
            _paint_fact(painter, QRect(0, y, self.width(), height), fact, lines)
            y += lines * height


def _paint_fact(painter: QPainter, place: QRect, fact: Fact, lines: int) -> None:
    """The last of the lines ends in … where it is too long, and bears the chip."""
    px, middle = theme.current().px, Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(COLORS.text2))
    painter.setFont(theme.font("small"))
    painter.drawText(place, middle, fact.label)
    room = place.adjusted(px(LABEL), 0, 0, 0)
    chip_width = paint.chip_width(fact.chip.text, fact.chip.icon) + px(8) if fact.chip else 0
    painter.setPen(QColor(COLORS.text))
    painter.setFont(theme.font())
    measure = painter.fontMetrics()
    words = fact.words
    if lines > 1 and measure.horizontalAdvance(words) > room.width() - chip_width:
        end = _fitting(measure, words, room.width())
        painter.drawText(room, middle, words[:end])
        room, words = room.translated(0, place.height()), words[end:]
    words = measure.elidedText(words, Qt.TextElideMode.ElideRight, room.width() - chip_width)
    painter.drawText(room, middle, words)
    if fact.chip is not None:
        height = min(theme.current().chip, place.height() - 1)
        x = room.x() + measure.horizontalAdvance(words) + px(8)
        chip = QRect(x, room.center().y() - height // 2, chip_width - px(8), height)
        text, tone, icon = fact.chip
        paint.chip(painter, chip, text, tone, icon=icon)


def _fitting(measure: QFontMetrics, words: str, width: int) -> int:
    """How many characters stand on one line."""
    end = len(words)
    while end > 1 and measure.horizontalAdvance(words[:end]) > width:
        end -= 1
    return end
