"""通知: the list of those that were written, and the one that is being written."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.reports import notice as paper
from app.services import notices
from app.services.notices import NoticeText
from app.services.papers import Printing
from app.ui.kit.background import Progress
from app.ui.papers.notice_form import NoticeForm
from app.ui.papers.notice_list import NoticeList
from app.ui.papers.panel import PaperPanel


class NoticePanel(PaperPanel):
    """A new notice starts from a blank one or from a copy of an old one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._text: NoticeText | None = None
        self.list = NoticeList(context)
        self.form = NoticeForm(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.list.current_changed.connect(self._preview_listed)
        self.list.opened.connect(self._open)
        self.list.new_requested.connect(self._write)
        self.form.changed.connect(self.soon)
        self.form.left.connect(self._back)
        self.form.saved.connect(self._saved)
        if self.form.take_up_draft():
            self._show_form()

    def new(self) -> bool:
        self.list.new_button.click()
        return True

    def refresh(self) -> None:
        self.list.refresh()

    def leave(self) -> bool:
        """Whether the page may be left: what is being written is kept as a draft."""
        self.form.keep_draft()
        return True

    def missing(self) -> str:
        if self._writing():
            return "" if self.form.text().title.strip() else "写上标题，这里就是印出来的样子。"
        return "" if self.list.current_id() else "点「新写通知」，这里就是印出来的样子。"

    def title(self) -> str:
        return self._text.title if self._text and self._text.title else paper.TITLE

    def prepare(self) -> None:
        if self._writing():
            self._text = self.form.text()
            return
        with self.context.database.reading() as session:
            self._text, _ = notices.text_of(session, self.list.current_id() or 0)

    def draw(self, progress: Progress, printing: Printing) -> bytes:
        progress.check()
        return paper.render(notices.as_paper(self._text or NoticeText(dated=printing.at.date())))

    def taken(self) -> None:
        """A notice that went out on paper is kept."""
        if self._writing():
            self.form.save()

    def _writing(self) -> bool:
        return self._stack.currentWidget() is self.form

    def _preview_listed(self) -> None:
        if not self._writing():
            self.soon()

    def _open(self, notice_id: int) -> None:
        self.form.open_notice(notice_id)
        self._show_form()

    def _write(self, text: NoticeText) -> None:
        self.form.start(text)
        self._show_form()

    def _show_form(self) -> None:
        self._stack.setCurrentWidget(self.form)
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)
        self.soon()

    def _saved(self, notice_id: int) -> None:
        self.list.refresh()
        self.list.choose(notice_id)

    def _back(self) -> None:
        self._stack.setCurrentWidget(self.list)
        self.list.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.soon()
