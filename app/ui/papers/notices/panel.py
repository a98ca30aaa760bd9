"""通知公示: the archive of what was written, the one that is being written, and its paper."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.reports.notice import TITLE
from app.services import due_today, notice_papers, notices, table_log
from app.services.notice_kinds import DOOR, KINDS, LAYOUTS, OUTAGE, PUBLICITY, kind
from app.services.notice_people import Mention
from app.services.notices import NoticeText
from app.services.papers import Printing
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.labels import column, row
from app.ui.kit.segments import Segments
from app.ui.papers.notices.archive import NoticeArchive
from app.ui.papers.notices.batch_dialog import BatchDialog
from app.ui.papers.notices.drawing import draw
from app.ui.papers.notices.form import NoticeForm
from app.ui.papers.notices.masking import MaskingDialog, MaskingStrip
from app.ui.papers.notices.publicity_card import PublicityCard
from app.ui.papers.panel import PaperPanel

# Key of the page's list -> the kinds that are shown, and the kind of a new one.
_VIEWS: dict[str, tuple[tuple[str, ...], str]] = {
    "notice": ((), KINDS[0].name),
    "publicity": ((PUBLICITY,), PUBLICITY),
    "outage": ((OUTAGE,), OUTAGE),
    "door_notice": ((), "温馨提示"),
}
DOOR_VIEW = "door_notice"


class NoticePanel(PaperPanel):
    """One typed text and its three papers; 公示 have their card below the archive."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view = "notice"
        self._text: NoticeText | None = None
        self._chosen_layout = ""
        self._layout_drawn = ""
        self._found: tuple[list[Mention], list[Mention]] = ([], [])
        self.archive = NoticeArchive(context)
        self.form = NoticeForm(context)
        self.card = PublicityCard(context)
        self.layouts = Segments([(key, words, f"印成{words}") for key, words in LAYOUTS])
        self.batch_button = Button("分楼栋印…", size="small", icon="home-group")
        self.strip = MaskingStrip()
        self.reminder = Notice("", tone="warn")
        self._lay_out()
        self._connect()
        self.card.hide()
        self._show_reminder()
        if self.form.take_up_draft():
            self._show_form()

    # -- asked by the page

    def refresh(self) -> None:
        self.archive.refresh()
        self.card.refresh()
        self._show_reminder()

    def leave(self) -> bool:
        """Whether the page may be left: what is being written is kept as a draft."""
        self.form.keep_draft()
        return True

    def show_kind(self, key: str) -> None:
        """通知, 公示, 停水停电通知 or 楼道大字版; what is being written stays in sight."""
        self._view = key if key in _VIEWS else "notice"
        kinds, new_kind = _VIEWS[self._view]
        self._chosen_layout = DOOR if self._view == DOOR_VIEW else ""
        self.archive.show_kinds(kinds, new_kind)
        self.card.setVisible(self._view == "publicity")
        self._show_reminder()
        if self._writing() and not self.form.dirty:
            self._back()
        self._preview_listed()

    def show_paper(self, paper_id: int) -> None:
        """A notice in the archive, with its paper; what is being written is not covered."""
        if self._writing() and self.form.dirty:
            words = "正在写的通知还没有保存；要看的那一份在“写过的通知”里。"
            messages.warn(self.context.signals, words)
            return
        self._back()
        self.archive.choose(paper_id)

    def new(self) -> bool:
        """Ctrl+T: a new one of the kind that is shown."""
        if not self._writing():
            self.archive.new()
        return True

    def missing(self) -> str:
        if self._writing():
            return "" if self.form.text().title.strip() else "写上标题，这里就是印出来的样子。"
        return "" if self.archive.current_id() else "点「新写」，这里就是印出来的样子。"

    def title(self) -> str:
        return self._text.title if self._text and self._text.title else TITLE

    def prepare(self) -> None:
        with self.context.database.reading() as session:
            self._text = self._chosen(session)
        self._layout_drawn = self._chosen_layout or kind(self._text.kind).layout
        self.layouts.show_value(self._layout_drawn)

    def draw(self, progress: Progress, printing: Printing) -> bytes:
        progress.check()
        text = self._text or NoticeText(dated=printing.at.date())
        with self.context.database.reading() as session:
            sheet = notice_papers.sheet(session, text, self._layout_drawn)
            self._found = (
                notice_papers.mentions(session, text),
                notice_papers.will_mask(session, text),
            )
        progress.check()
        return draw([sheet])

    def print_out(self) -> bool:
        """What is not complete is told before it goes to the printer."""
        if self.missing():
            return False
        try:
            with self.context.database.reading() as session:
                notices.check_for_print(session, self._chosen(session))
        except DomainError as error:
            messages.tell(self, str(error))
            return True
        return False

    def leaving(self) -> Callable[[], object]:
        """A notice that went out on paper is kept, and that it did is on record."""
        words, listed = f"印出 {self.title()}", self.archive.current_id()

        def note() -> None:
            kept = listed
            if isValid(self) and self._writing():
                self.form.save()
                kept = self.archive.current_id()
            with self.context.database.transaction(words) as session:
                table_log.note_notice(session, kept, by=self.context.user.name)

        return note

    # -- what can be done here

    def choose_layout(self, layout: object) -> None:
        """公文版, 楼道大字 or 普通版."""
        self._chosen_layout = str(layout)
        self.layouts.show_value(layout)
        self.compose()

    def batch(self) -> None:
        """One PDF with a sheet for every door that is chosen."""
        with messages.domain_errors_shown(self):
            if self.missing():
                messages.tell(self, "先写好或选好一份，再分楼栋印。", "还没有通知")
                return
            self.prepare()
            text = self._text
            if text is None:
                return
            with self.context.database.reading() as session:
                notices.check_for_print(session, text)
            dialog = BatchDialog(self.context, text, self.window())
            if dialog.exec():
                self._draw_batch(dialog)

    def decide_masking(self) -> None:
        """Who is masked, or why all may stand in full."""
        found, _ = self._found
        dialog = MaskingDialog(found, self.form.text(), self.window())
        if dialog.exec():
            self.form.fields.set_people(
                not_people=dialog.not_people, consent=dialog.consent.text().strip()
            )
            self.form.changed.emit()

    # -- inside

    def _lay_out(self) -> None:
        self._list_page = QWidget()
        self._list_page.setLayout(column(self.reminder, (self.archive, 1), self.card, spacing=10))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list_page)
        self._stack.addWidget(self.form)
        line = row(self.layouts, None, self.batch_button)
        layout = column(line, (self._stack, 1), self.strip, spacing=8)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.archive.current_changed.connect(self._preview_listed)
        self.archive.opened.connect(self._open)
        self.archive.new_requested.connect(self._write)
        self.form.changed.connect(self.soon)
        self.form.left.connect(self._back)
        self.form.saved.connect(self._saved)
        self.layouts.chosen.connect(self.choose_layout)
        self.batch_button.clicked.connect(self.batch)
        self.strip.asked.connect(self.decide_masking)
        self.composed.connect(self._show_found)
        self.waiting.connect(lambda _: self.strip.hide())

    def _draw_batch(self, dialog: BatchDialog) -> None:
        text, places, layout = dialog.text, dialog.places, self._layout_drawn
        total = len(places)

        def work(progress: Progress) -> bytes:
            with self.context.database.reading() as session:
                sheets = notice_papers.sheets(session, text, layout, places)
            return draw(sheets, lambda n: progress(n, total, f"正在排 {places[n].label}"))

        title = f"{self.title()} {total} 张"
        messages.run_with_progress(
            self,
            self.context.background,
            "正在排版",
            work,
            done=lambda pdf: self.composed.emit(pdf, title),
        )

    def _show_reminder(self) -> None:
        """2 件公示今天期满; among the 公示 themselves the list tells which."""
        with self.context.database.lookup() as lookup:
            words = due_today.publicity(lookup, today=self.context.clock.today())
        self.reminder.show_text(words, tone="warn")
        self.reminder.setVisible(bool(words) and self._view != "publicity")

    def _show_found(self, _pdf: object, _title: str) -> None:
        found, hidden = self._found
        self.strip.show_found(found, hidden, may_change=self._writing())

    def _writing(self) -> bool:
        return self._stack.currentWidget() is self.form

    def _chosen(self, session: Session) -> NoticeText:
        """What is being written, or the current one of the archive."""
        if self._writing():
            return self.form.text()
        text, _ = notices.text_of(session, self.archive.current_id() or 0)
        return text

    def _preview_listed(self) -> None:
        if self._writing():
            return
        self.card.show_notice(self.archive.current() if self._view == "publicity" else None)
        self.soon()

    def _open(self, notice_id: int) -> None:
        with messages.domain_errors_shown(self):
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
        self.archive.refresh()
        self.archive.choose(notice_id)

    def _back(self) -> None:
        self._stack.setCurrentWidget(self._list_page)
        self.archive.refresh()
        self.archive.setFocus(Qt.FocusReason.OtherFocusReason)
        self.soon()
