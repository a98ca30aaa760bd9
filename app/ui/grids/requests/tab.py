"""The tab 诉求: board or table, and in their place the form while a request is written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.context import Context
from app.services.request_detail import RequestDetail
from app.ui.grids.requests.browse import BOARD, TABLE, Browse
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import box, hide_unless, row, small
from app.ui.kit.memory import window_memory
from app.ui.kit.search_box import SearchBox
from app.ui.kit.segments import Segments
from app.ui.people.grid_wish import NewRequest, ShowRequest
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right

if TYPE_CHECKING:
    from app.ui.grids.requests.form import RequestForm

_MEMORY = "诉求/看法"


class _Search(SearchBox):
    """As wide as its hint asks for; where the tabs leave less room, it gives way."""

    def sizeHint(self) -> QSize:
        metrics = theme.current()
        return QSize(metrics.px(150 if metrics.large else 260), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(110), super().minimumSizeHint().height())


class RequestsTab(PageTab):
    """One thing at a time: what is on file, or the form."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.browse = Browse(context)
        self.form: RequestForm | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.browse)
        self._make_head()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._connect()
        self._show_view(str(window_memory().value(_MEMORY, BOARD)))

    # -- what the page asks

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        if self.form is not None:
            return self.form.legend
        hidden = self.export_button.isEnabled() and self.export_button.isHidden()
        more = ((keys.cap("export"), "导出"),) if hidden else ()
        return (*self.browse.legend, *more)

    def refresh(self) -> None:
        """What is on file anew; a form keeps what is being typed."""
        self.browse.offer_anew()
        self.browse.read()

    def take_focus(self) -> None:
        if self.form is None:
            self.browse.take_focus()

    def rest(self) -> None:
        self.browse.phone.mask()

    def leave(self) -> bool:
        """Close the form; False where the user wants to stay in it."""
        return self.form is None or self.form.leave()

    def show_record(self, wanted: object) -> None:
        if not self.leave():
            return
        if isinstance(wanted, NewRequest):
            self.write_down(wanted)
        elif isinstance(wanted, Unsaved):
            self._go_on(wanted)
        elif isinstance(wanted, ShowRequest):
            self.show_request(wanted.request_id)

    # -- for the buttons, keys and tests

    def show_request(self, request_id: int) -> None:
        """Make it current, without the filter where that hides it; in full where it is closed."""
        if not self.browse.select(request_id):
            self._show_everything()
            if not self.browse.select(request_id):
                self.open(request_id)
                return
        self.browse.show_current(request_id)
        self.browse.take_focus()

    def open(self, request_id: int) -> None:
        """Everything about a request; from there it can be changed."""
        # Loaded with the first request that is read in full: the board appears without it.
        from app.ui.grids.requests.request_dialog import RequestDialog

        with messages.domain_errors_shown(self):
            dialog = RequestDialog(self.context, request_id, self.window())
            dialog.answer_asked.connect(self.print_answer)
            dialog.exec()
            self.browse.read()
            if dialog.edits:
                self.edit(request_id)

    def write_down(self, wish: NewRequest | None = None) -> None:
        """An empty form, or one filled from a person, a line of the diary or a visit."""
        if not self.context.may(Right.HANDLE_REQUESTS):
            return
        from app.ui.grids.requests.form import RequestForm

        with messages.domain_errors_shown(self):
            self._show_form(RequestForm(self.context, wish=wish or NewRequest()))

    def edit(self, request_id: int) -> None:
        """The form of a request that is on file."""
        from app.ui.grids.requests.form import RequestForm

        with messages.domain_errors_shown(self):
            self._show_form(RequestForm(self.context, request_id=request_id))

    def print_answer(self, detail: RequestDetail) -> None:
        """F9: the answer to the resident as paper."""
        from app.ui.grids.requests.answer import show_answer

        with messages.domain_errors_shown(self):
            show_answer(self.context, detail, self)

    def merge(self, detail: RequestDetail) -> None:
        """并案: choose the request with which this one goes on."""
        from app.ui.grids.requests.merge_dialog import MergeDialog

        with messages.domain_errors_shown(self):
            if MergeDialog(self.context, detail, self.window()).exec():
                self.browse.read()

    # -- inside

    def _go_on(self, unsaved: Unsaved) -> None:
        """The form that was not saved: of a request, or of whatever a new one came out of."""
        from app.ui.grids.requests.form import wish_of
        from app.ui.grids.requests.steps import STEP_DRAFT

        if unsaved.kind == STEP_DRAFT:
            self.open(int(unsaved.key.partition(":")[2].partition("-")[0]))
            return
        if unsaved.record_id is not None:
            self.edit(unsaved.record_id)
        else:
            self.write_down(wish_of(unsaved.key))

    def _make_head(self) -> None:
        metrics = theme.current()
        # In 大字 the tabs need the room of the longer hint.
        hint = "查找诉求" if metrics.large else "编号、姓名、地点、内容"
        self.search = _Search(hint, name="查找诉求")
        self.switch = Segments(
            [(BOARD, BOARD, "按环节排成六列"), (TABLE, TABLE, "一行一件，可以排序和打印")]
        )
        self.export_button = Button("导出", icon="table-arrow-down", action="export")
        self.new_button = Button("记诉求", kind="primary", action="new_request")
        offer(self.context.may(Right.EXPORT), self.export_button)
        # There its key must do: the tabs take the room of one button more.
        hide_unless(not metrics.large, self.export_button)
        offer(self.context.may(Right.HANDLE_REQUESTS), self.new_button)
        self.draft = small()
        self.leave_button = Button("返回", cap=keys.cap("leave"))
        self.save_button = Button("保存", kind="primary", cap=keys.cap("save"))
        self._heads = QStackedWidget()
        looking = (None, self.search, self.switch, self.export_button, self.new_button)
        writing = (None, self.draft, self.leave_button, self.save_button)
        for items in (looking, writing):
            self._heads.addWidget(box(row(*items, spacing=10)))
        self.head = (self._heads,)

    def _connect(self) -> None:
        self.search.paused.connect(self.browse.look_for)
        self.search.left_down.connect(self.browse.take_focus)
        self.search.submitted.connect(lambda _: self.browse.take_focus())
        self.switch.chosen.connect(self._switch)
        self.export_button.clicked.connect(self._export)
        self.new_button.clicked.connect(lambda: self.show_record(NewRequest()))
        self.leave_button.clicked.connect(self.leave)
        self.save_button.clicked.connect(self._save)
        self.export_button.bind(self.browse)
        self.search.bind(self.browse)
        self.browse.count_changed.connect(self.count_changed)
        self.browse.legend_changed.connect(self.legend_changed)
        self.browse.new_asked.connect(lambda: self.show_record(NewRequest()))
        self.browse.opened.connect(self.open)
        self.browse.edit_asked.connect(self.edit)
        self.browse.answer_asked.connect(self.print_answer)
        self.browse.merge_asked.connect(self.merge)
        for asked in (
            self.browse.clear_asked,
            self.browse.board.escaped,
            self.browse.table.table.escaped,
        ):
            asked.connect(self._show_everything)

    def _save(self) -> None:
        if self.form is not None:
            self.form.save()

    def _show_everything(self) -> None:
        """Take back what narrows the list, and go on in it."""
        self.search.clear()
        self.search.settle()
        self.browse.show_everything()
        self.browse.take_focus()

    def _switch(self, view: object) -> None:
        self._show_view(str(view))
        window_memory().setValue(_MEMORY, str(view))

    def _show_view(self, view: str) -> None:
        known = view if view in (BOARD, TABLE) else BOARD
        self.switch.show_value(known)
        self.browse.show_view(known)

    def _export(self) -> None:
        """What the board or the table shows, as the table shows it."""
        browse = self.browse
        if browse.view == BOARD:
            browse.table.filter_words = browse.filters.sentence
            browse.table.read(browse.chosen, closed=False)
        table_paper.export(browse.table.table)

    def _show_form(self, form: RequestForm) -> None:
        self.browse.phone.mask()
        self.form = form
        form.left.connect(self._close_form)
        form.saved.connect(self._after_saving)
        form.told.connect(self.draft.setText)
        self.draft.setText(form.draft_words)
        self.stack.addWidget(form)
        self.stack.setCurrentWidget(form)
        self._heads.setCurrentIndex(1)
        form.begin()
        self.legend_changed.emit()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is None:
            return
        self.stack.setCurrentWidget(self.browse)
        self.stack.removeWidget(form)
        form.deleteLater()
        self._heads.setCurrentIndex(0)
        self.browse.take_focus()
        self.legend_changed.emit()

    def _after_saving(self, request_id: int) -> None:
        self._close_form()
        self.show_request(request_id)
