"""Beside the book: where the money of a year came from, and what the projects cost of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.fund_views import SourceView
from app.services.project_views import ProjectView
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, clear, column, row, small, tip_of, title
from app.ui.kit.scroll import scrolled
from app.values.money import yuan

_MOST = {"sources": 3, "projects": 30}


def side_width() -> int:
    """Of both cards."""
    metrics = theme.current()
    return metrics.px(250 if metrics.large else 330)


class FundLine(QWidget):
    """A name that filters the book, an amount, and quiet words below."""

    def __init__(self, name: str, amount: str, words: str, *, on: bool, chip: Chip | None) -> None:
        super().__init__()
        # In 大字 the name and the amount take the room.
        shown = chip if not theme.current().large else None
        chips = [ChipLabel(shown.text, shown.tone)] if shown else []
        told = [amount, *([shown.text] if shown else [])]
        self.button = Button(_shortened(name, told), kind="link")
        self.button.setToolTip(tip_of(name))
        self.button.setFixedHeight(theme.current().px(22))
        self.button.setAccessibleName(f"{name}，{amount}，{words}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.button, *chips, None, Label(amount, bold=True), spacing=6))
        layout.addWidget(small(words, tone="primary" if on else "text2", wrap=True))


def _shortened(name: str, told: Sequence[str]) -> str:
    """A long name gives way to what stands beside it on the line."""
    metrics = theme.current()
    taken = sum(theme.text_width(words, bold=True) + metrics.px(14) for words in told)
    room = side_width() - metrics.px(66) - taken
    return QFontMetrics(theme.font()).elidedText(name, Qt.TextElideMode.ElideRight, room)


class SourcesCard(Card):
    """`chosen` with the id of a source, None for all; `edit_asked` with one to be changed."""

    chosen = Signal(object)
    new_asked = Signal()
    edit_asked = Signal(object)

    def __init__(self, *, may_write: bool) -> None:
        super().__init__(spacing=6)
        self.new_button = Button("登记来源", kind="link", size="small", action="fund_source")
        offer(may_write, self.new_button)
        self._may_write = may_write
        self.body.addLayout(row(title("来源"), None, self.new_button))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.current().px(6))
        self.body.addLayout(self._lines)
        self.new_button.clicked.connect(self.new_asked)
        self.new_button.bind(self)

    def show_sources(self, sources: Sequence[SourceView], current: int | None) -> None:
        """Those of a year; a click on the one that is chosen shows all again."""
        clear(self._lines)
        if not sources:
            self._lines.addWidget(small("还没有登记。"))
        for one in sources:
            self._lines.addWidget(self._line(one, on=one.id == current))

    def _line(self, one: SourceView, *, on: bool) -> QWidget:
        planned = f"预算 {yuan(one.planned)}，" if one.planned else ""
        words = f"{planned}到账 {yuan(one.granted)}，支出 {yuan(one.spent)}"
        line = FundLine(one.name, f"余 {yuan(one.balance)}", words, on=on, chip=None)
        line.button.clicked.connect(lambda: self.chosen.emit(None if on else one.id))
        if not self._may_write:
            return line
        change = Button("改", kind="link", size="small")
        change.setAccessibleName(f"修改来源 {one.name}")
        change.clicked.connect(lambda: self.edit_asked.emit(one))
        held = QWidget()
        held.setLayout(row((line, 1), change, spacing=6))
        return held


class ProjectsCard(Card):
    """`chosen` with the id of a project, None for all; `open_asked` shows it in 清单."""

    chosen = Signal(object)

    def __init__(self, nothing: str) -> None:
        super().__init__(spacing=6)
        self._nothing = nothing
        self.meta = small()
        head = (title("项目"), self.meta)
        # In 大字 two amounts have no room beside the title.
        self.body.addLayout(
            column(*head, spacing=2) if theme.current().large else row(*head, None, spacing=8)
        )
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.current().px(6))
        self.body.addWidget(scrolled(inside), 1)

    def show_projects(self, projects: Sequence[ProjectView], current: int | None) -> None:
        """Those of a year that are paid from the fund."""
        clear(self._lines)
        budget, spent = (
            sum(one.budget for one in projects),
            sum(one.spent for one in projects),
        )
        self.meta.setText(f"预算 {yuan(budget)}，支出 {yuan(spent)}")
        self.meta.setVisible(bool(projects))
        if not projects:
            self._lines.addWidget(small(self._nothing, wrap=True))
        for one in projects[: _MOST["projects"]]:
            self._lines.addWidget(self._line(one, on=one.id == current))
        self._lines.addStretch(1)

    def _line(self, one: ProjectView, *, on: bool) -> FundLine:
        words = f"{one.number}，预算 {yuan(one.budget)}，余 {yuan(one.left)}"
        chip = Chip("已验收", "ok") if one.accepted_on else Chip(one.state.label, "grey")
        line = FundLine(one.name, yuan(one.spent), words, on=on, chip=chip)
        line.button.clicked.connect(lambda: self.chosen.emit(None if on else one.id))
        return line
