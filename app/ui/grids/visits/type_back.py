"""录入走访: a day sheet typed back in the order of the paper, all rows so far in one step.

What is not saved yet is kept as a draft after every row: a power cut loses nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import VisitResult, VisitSheet, VisitSheetRow
from app.services import visit_sheets
from app.services.visit_log import LONGEST_NOTE
from app.services.visit_sheets import Found
from app.ui.grids.visits import actions
from app.ui.grids.visits.sheet_choice import SheetChoice
from app.ui.grids.visits.type_table import KEY_OF, TypeTable
from app.ui.grids.visits.typed_draft import TypedDraft
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import KeyHints
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, row, small
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard
from app.ui.people.grid_wish import NewRequest
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

KEEP_MS = 1_500
_WORTH_A_REQUEST = (VisitResult.CHANGED, VisitResult.NEEDS_HELP)


class TypeBackDialog(Dialog):
    """Opens with `sheet_id`, or with the latest sheet that has rows to type."""

    def __init__(
        self, context: Context, sheet_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("录入走访", parent, width=round(1120 / theme.current().factor))
        self._context = context
        self._sheet_id: int | None = None
        self._draft: TypedDraft | None = None
        self.choice = SheetChoice()
        self.table = TypeTable()
        self.who = Label(bold=True)
        self.note = line_edit(hint="写情况，回车回到名单", name="情况", limit=LONGEST_NOTE)
        self.count = small()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._lay_out()
        self._connect()
        self._read_sheets(sheet_id)
        self.table.setFocus()

    # -- for the page and its tests

    @property
    def sheet_id(self) -> int | None:
        return self._sheet_id

    def show_sheet(self, sheet_id: int) -> None:
        """The rows of a sheet, with what was typed and not saved before."""
        self.keep()
        self._sheet_id = sheet_id
        self._draft = TypedDraft(self._context, sheet_id)
        with self._context.database.lookup() as lookup:
            rows = visit_sheets.rows(lookup, sheet_id)
        self.table.show_rows(rows, self._draft.typed)
        self.choice.show_sheet(sheet_id)
        self._say()

    def save(self) -> None:
        """Put all rows with a result down, in one step; the others stay open."""
        found = [
            Found(row_id=key, result=one.result, note=one.note)
            for key, one in self.table.typed.items()
            if one.result is not None
        ]
        if self._sheet_id is None or not found:
            messages.tell(
                self, "还没有录结果。照着单子，每人按一个数字键，再保存。", "没有可保存的"
            )
            return
        with messages.domain_errors_shown(self):
            try:
                with self._context.database.transaction(
                    f"录入走访单 第 {self._sheet_id} 号 {len(found):,} 人"
                ) as session:
                    visit_sheets.type_back(
                        session, self._sheet_id, found, now=self._context.clock.now()
                    )
            finally:
                self._after(found)
            messages.notify(self._context.signals, f"已录入走访 {len(found):,} 人")

    def request(self) -> None:
        """A request out of the visit of the current row."""
        current = self.table.rows.get(self.table.current_id() or 0)
        if current is None or current.visit_id is None:
            words = "这一行还没有保存。先按 Ctrl+Enter 保存走访，再记成诉求。"
            messages.tell(self, words, "还没有保存")
            return
        self.accept()
        self._context.signals.page_requested.emit("grids", NewRequest(visit_id=current.visit_id))

    def reprint(self) -> None:
        """The sheet as it was printed."""
        if self._sheet_id is not None:
            actions.reprint_sheet(self._context, self, self._sheet_id)

    def keep(self) -> None:
        """What is not saved yet as a draft; nothing left drops it."""
        self._timer.stop()
        if self._draft is not None:
            self._draft.keep(self.table.typed)

    def done(self, result: int) -> None:
        """What was not saved waits for the next time, and it is said."""
        self.keep()
        if self._draft is not None and self._draft.rows:
            words = f"没保存的 {self._draft.rows:,} 行留着，下次打开接着录"
            messages.notify(self._context.signals, words)
        super().done(result)

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + (7 if metrics.large else 11) * metrics.row)
        self.table.set_empty(
            EmptyState(
                "clipboard-text-outline",
                "还没有走访单",
                "在“走访”里勾选到期的人，按 F9 打印一张；走访回来再到这里录结果。",
            )
        )
        hints = [(keys.cap(action), result.label) for result, action in KEY_OF.items()]
        self.again_button = Button("补打这张", kind="ghost", size="small", icon="printer-outline")
        self.request_button = Button("记成诉求", size="small", action="raise_request")
        offer(self._context.may(Right.PRINT), self.again_button)
        offer(self._context.may(Right.HANDLE_REQUESTS), self.request_button)
        self.body.addWidget(self.choice)
        self.body.addWidget(TableCard(self.table, _foot(self.count, self.request_button)))
        self.body.addLayout(row(self.who, (self.note, 1), spacing=10))
        self.body.addWidget(KeyHints([*hints, ("退格", "改前一行"), ("F2", "写情况")]))
        history = history_button(self._context, self, self._record)
        self._foot.insertWidget(0, history)
        self._foot.insertWidget(1, self.again_button)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))

    def _connect(self) -> None:
        self.choice.chosen.connect(self._choose)
        self.choice.found.connect(self.show_row)
        self.table.current_changed.connect(lambda _: self._show_row())
        self.table.changed.connect(self._typed)
        self.table.note_wanted.connect(self._begin_note)
        self.table.opened.connect(lambda _: self._begin_note(""))
        self.table.save_wanted.connect(self.save)
        self.note.textEdited.connect(self._note_typed)
        self.note.returnPressed.connect(self._end_note)
        self.request_button.clicked.connect(self.request)
        self.request_button.bind(self)
        self.again_button.clicked.connect(self.reprint)
        self.save_button.clicked.connect(self.save)
        self._timer.timeout.connect(self.keep)
        keys.bind(self, "search", self.choice.code.setFocus)

    def show_row(self, sheet_id: int, place: int) -> None:
        """A row that was asked for by its code; one that is not on the sheet is told."""
        self._select(sheet_id)
        if not self.table.go_to_place(place):
            words = f"第 {sheet_id} 号走访单没有第 {place} 行，请核对。"
            messages.tell(self, words, "没有这一行")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_sheets(self, wanted: int | None) -> None:
        self._read_words()
        first = wanted or self.choice.first
        for widget in (self.save_button, self.note):
            widget.setEnabled(first is not None)
        if first is not None:
            self._select(first)

    def _select(self, sheet_id: int) -> None:
        if sheet_id != self._sheet_id:
            self.show_sheet(sheet_id)

    def _choose(self, sheet_id: int) -> None:
        self._select(sheet_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after(self, found: Sequence[Found]) -> None:
        """Read the rows anew: what was saved is so, what was refused is still typed."""
        sheet_id, current = self._sheet_id or 0, self.table.current_id()
        typed = dict(self.table.typed)
        with self._context.database.reading() as session:
            rows = visit_sheets.rows(session, sheet_id)
        self.table.show_rows(rows, typed)
        self.keep()
        worth = [one.row_id for one in found if one.result in _WORTH_A_REQUEST]
        saved = [one for one in worth if not self.table.is_open(one)]
        # What may become a request is looked at first; without any one goes on where one was.
        if saved or current is not None:
            self.table.select_id(saved[0] if saved else current)
        self._read_words()
        self._context.signals.changed.emit(Area.GRIDS)

    def _read_words(self) -> None:
        with self._context.database.lookup() as lookup:
            self.choice.offer(visit_sheets.sheets(lookup))
        self._say()

    def _typed(self) -> None:
        self._timer.start()
        self._say()

    def _say(self) -> None:
        rows = self.table.rows.values()
        done = sum(1 for one in rows if one.result is not None)
        ready = sum(1 for one in self.table.typed.values() if one.result is not None)
        left = len(self.table.rows) - done - ready
        words = (
            f"共 {len(self.table.rows):,} 人：已保存 {done:,}，待保存 {ready:,}，还没录 {left:,}"
        )
        self.count.setText(words if self.table.rows else "")
        self._show_row()

    def _show_row(self) -> None:
        current = self.table.rows.get(self.table.current_id() or 0)
        is_open = current is not None and self.table.is_open(current.id)
        self.who.setText(f"{current.place} {current.name}" if current else "")
        typed = self.table.typed.get(current.id) if current else None
        note = (typed.note if typed else "") if is_open else (current.note if current else "")
        if self.note.text() != note:
            self.note.setText(note)
        self.note.setEnabled(is_open)
        worth = current is not None and current.result in _WORTH_A_REQUEST
        self.request_button.setEnabled(worth)

    def _begin_note(self, words: str) -> None:
        current = self.table.current_id()
        if not self.table.is_open(current):
            return
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        self.note.end(False)
        if words:
            self.note.insert(words)
            self._note_typed(self.note.text())

    def _note_typed(self, words: str) -> None:
        current = self.table.current_id()
        if current is not None:
            self.table.set_note(current, words)

    def _end_note(self) -> None:
        """Back to the list; a row that has its result is done with."""
        current = self.table.current_id()
        if current in self.table.typed and self.table.typed[current].result is not None:
            self.table.step(1)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record(self) -> Record | None:
        """The current row where it was typed back, else the sheet."""
        if self._sheet_id is None:
            return None
        name = f"走访单 第 {self._sheet_id} 号"
        current = self.table.rows.get(self.table.current_id() or 0)
        if current is not None and current.result is not None:
            return Record(VisitSheetRow, current.id, f"{name} {current.name}")
        return Record(VisitSheet, self._sheet_id, name)


def _foot(*widgets: QWidget) -> QWidget:
    foot = QWidget()
    foot.setLayout(row(widgets[0], None, *widgets[1:], margins=(14, 4, 14, 4)))
    foot.setFixedHeight(theme.current().control + theme.current().px(8))
    return foot
