"""What a paper rests on, in one line each: basis, purpose, what was checked, who approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
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
    """One line each; what is too long ends in … and is told whole by its tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: Sequence[Fact] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        self._facts = tuple(facts)
        self.setFixedHeight(theme.current().px(LINE) * len(facts))
        self.setAccessibleName("，".join(f"{fact.label} {fact.words}" for fact in facts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(240), self.height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            row = event.pos().y() // theme.current().px(LINE)
            if 0 <= row < len(self._facts):
                QToolTip.showText(event.globalPos(), self._facts[row].words, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.current().px(LINE)
        for row, fact in enumerate(self._facts):
            _paint_fact(painter, QRect(0, row * height, self.width(), height), fact)


def _paint_fact(painter: QPainter, place: QRect, fact: Fact) -> None:
    px, middle = theme.current().px, Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(COLORS.text2))
    painter.setFont(theme.font("small"))
    painter.drawText(place, middle, fact.label)
    room = place.adjusted(px(LABEL), 0, 0, 0)
    chip_width = paint.chip_width(fact.chip.text, fact.chip.icon) if fact.chip else 0
    words_room = room.width() - (chip_width + px(8) if chip_width else 0)
    painter.setPen(QColor(COLORS.text))
    painter.setFont(theme.font())
    measure = painter.fontMetrics()
    words = measure.elidedText(fact.words, Qt.TextElideMode.ElideRight, words_room)
    painter.drawText(room, middle, words)
    if fact.chip is not None:
        height = min(theme.current().chip, place.height() - 1)
        x = room.x() + measure.horizontalAdvance(words) + px(8)
        chip = QRect(x, place.center().y() - height // 2, chip_width, height)
        text, tone, icon = fact.chip
        paint.chip(painter, chip, text, tone, icon=icon)
