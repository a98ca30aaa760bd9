"""文书: what can be made at the left, what it needs in the middle, the paper at the right."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.reports import info_sheet, notice, roster
from app.ui.kit import messages, theme
from app.ui.kit.card import Card
from app.ui.kit.labels import h1, row, rule, small
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.signals import Area
from app.ui.kit.table_foot import page_layout
from app.ui.papers.choices import PaperChoices
from app.ui.papers.notice_panel import NoticePanel
from app.ui.papers.panel import PaperPanel
from app.ui.papers.roster_panel import RosterPanel
from app.ui.papers.sheet_panel import SheetPanel

GROUPS = (
    ("通知公示", (("notice", notice.TITLE),)),
    ("名册与表", (("roster", roster.TITLE), ("info_sheet", info_sheet.TITLE))),
)


class PapersPage(QWidget):
    """Assembles; each kind of paper is a panel of its own."""

    areas = Area.RESIDENTS | Area.PAPERS | Area.OFFICE
    legend = [("↑↓", "换文书"), ("Ctrl+T", "写通知"), ("F9", "打印"), ("Ctrl+S", "存 PDF")]  # noqa: RUF012 - the page's protocol is a plain list that nobody changes

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.notice = NoticePanel(context)
        self.roster = RosterPanel(context)
        self.sheet = SheetPanel(context)
        self._panels: dict[str, PaperPanel] = {
            "notice": self.notice,
            "roster": self.roster,
            "info_sheet": self.sheet,
        }
        self.preview = PdfPanel()
        self.choices = PaperChoices(GROUPS)
        self._stack = QStackedWidget()
        for panel in self._panels.values():
            self._stack.addWidget(panel)
            panel.composed.connect(self._show)
            panel.waiting.connect(self._show_reason)
        self._lay_out()
        self.choices.chosen.connect(self._open)
        self.preview.taken.connect(self._taken)
        self.choices.choose("notice")

    def refresh(self) -> None:
        """Residents, notices or the office's data changed."""
        self.notice.refresh()
        self.roster.refresh()
        self._current().soon()

    def leave(self) -> bool:
        return self.notice.leave()

    def show_record(self, resident_id: int) -> None:
        """本人信息单 of a person, asked for from elsewhere."""
        self.choices.choose("info_sheet")
        self.sheet.show_person(resident_id)

    def _lay_out(self) -> None:
        metrics = theme.current()
        shelf = Card(margins=(1, 10, 1, 8), spacing=6)
        heading = row(h1("文书"), small("打印前先看右边，看见的就是印出来的"), None, spacing=10)
        title = row(small("能做的"), None, margins=(13, 0, 13, 0))
        shelf.body.addLayout(title)
        shelf.body.addWidget(rule())
        shelf.body.addWidget(self.choices, 1)
        # In 大字 the preview keeps its room: the list and the fields grow less than their text.
        shelf.setFixedWidth(170 if metrics.large else 160)
        self._stack.setFixedWidth(460 if metrics.large else 430)
        layout = page_layout(self)
        layout.addLayout(heading)
        layout.addLayout(row(shelf, self._stack, (self.preview, 1), spacing=12), 1)

    def _current(self) -> PaperPanel:
        shown = self._stack.currentWidget()
        return next(panel for panel in self._panels.values() if panel is shown)

    def _show(self, pdf: bytes, title: str) -> None:
        # A paper that was asked for before another kind was chosen comes too late.
        if self.sender() is self._current():
            self.preview.show_pdf(pdf, title)

    def _show_reason(self, reason: str) -> None:
        if self.sender() is self._current():
            self.preview.show_nothing(reason)

    def _open(self, key: str) -> None:
        self._stack.setCurrentWidget(self._panels[key])
        self.preview.show_nothing("正在排版…")
        self._panels[key].compose()

    def _taken(self, how: str) -> None:
        panel = self._current()
        panel.taken()
        messages.notify(self._context.signals, f"{how}：{panel.title()}")
