"""晨检: the staff of a day, one key each; beside it until when the health certificates hold."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import CanteenStaff, StaffCheck
from app.services import canteen_staff, staff_checks
from app.services.staff_checks import CheckInput
from app.ui.canteen.place import Place
from app.ui.canteen.safety.check_lines import COLUMNS, CheckRow, certificate_words, rows_of
from app.ui.canteen.safety.entry_line import EntryLine
from app.ui.canteen.safety.typed_draft import Sheet, TypedDraft
from app.ui.kit import keys, messages, table_paper
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Notice
from app.ui.kit.chips import KeyHints
from app.ui.kit.dialogs import CONFIRM_CAP
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.degrees import degrees, read_degrees
from app.values.rights import Right

_WARM, _NOTE = 0, 1


class CheckView(QWidget):
    """1 is fit, 2 is not, a temperature is typed right into the list; all is saved at once."""

    shown = Signal()

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self.day = context.clock.today()
        self.rows: dict[int, CheckRow] = {}
        self._draft = TypedDraft(context)
        self._typed: dict[Sheet, dict[int, CheckInput]] = {}
        self.notice = Notice("", tone="danger")
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="晨检")
        self.table.paper.title = "从业人员晨检"
        self.table.paper.unit = "人"
        self.table.paper.filter_words = lambda: f"{self.day:%Y-%m-%d}"
        self.table.installEventFilter(self)
        self.warm, self.words = line_edit(limit=6), line_edit(hint="不合格的怎么处理的", limit=60)
        self.line = EntryLine((("体温", self.warm, "℃", 60), ("处理", self.words, "", 0)))
        self.save_button = Button("保存", kind="primary", cap=CONFIRM_CAP)
        self.edit_button = Button("修改人员", size="small", action="edit_staff")
        self._lay_out()
        self._connect()

    @property
    def typed(self) -> dict[int, CheckInput]:
        if self._sheet not in self._typed:
            self._typed[self._sheet] = self._draft.checks(self._sheet)
        return self._typed[self._sheet]

    @property
    def _sheet(self) -> Sheet:
        return Sheet(self._place.canteen_id or 0, self.day)

    def refresh(self) -> None:
        """Read the morning anew; the current row stays current."""
        canteen_id, today = self._place.canteen_id or 0, self._context.clock.today()
        with self._context.database.lookup() as lookup:
            self._staff = canteen_staff.staff(lookup, canteen_id, today=today)
            self._checks = staff_checks.checks(lookup, canteen_id, self.day, self.day)
        self._show_certificates()
        self._show_rows()

    def save(self) -> None:
        """What was typed, of everybody in one step."""
        typed = self.typed
        if not typed or self.save_button.withheld:
            return
        words = f"晨检 {self.day:%m-%d} {len(typed)} 人"
        today = self._context.clock.today()
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(words) as session:
                staff_checks.check(session, list(typed.values()), on_date=self.day, today=today)
            typed.clear()
            self._draft.keep(self._sheet, typed)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已保存{words}")

    def mark(self, *, healthy: bool = True, clean: bool = True) -> None:
        """One key: fit goes on to the next, unfit wants to know what was done."""
        line, fit = self._current(), healthy and clean
        if line is None or line.staff is None or self.save_button.withheld:
            return
        if fit and self._refused(line):
            return
        shown = line.typed or line.check
        warm = shown.temperature if shown else None
        self._type(line, healthy, clean, warm, shown.note if shown else "")
        if self.rows[line.staff_id].fit:
            self._step(1)
        else:
            self.line.begin(_NOTE)

    def note(self) -> None:
        """The fields hold for the current person; on to the next."""
        line = self._current()
        if line is None or line.staff is None:
            return
        try:
            warm = read_degrees(self.warm.text())
        except DomainError as wrong:
            messages.warn(self._context.signals, str(wrong))
            return
        shown, words = line.typed or line.check, self.words.text().strip()
        healthy = warm is None or warm < staff_checks.FEVER
        # A fever that was mistyped is taken back with its temperature.
        if shown is not None and (shown.temperature or 0) < staff_checks.FEVER:
            healthy = healthy and shown.healthy
        clean = shown.clean if shown is not None else True
        if healthy and clean and self._refused(line):
            return
        self._type(line, healthy, clean, warm, words)
        if not words and not (healthy and clean):
            self.line.begin(_NOTE)
            return
        self.focus_list()
        self._step(1)

    def add_staff(self) -> None:
        """Somebody new works there."""
        self._edit(None)

    def edit_staff(self) -> None:
        """Name, certificate, leaving: of the current row."""
        line = self._current()
        if line is not None and line.staff is not None:
            self._edit(line)

    def focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            return plain and self._key(event.text())
        return super().eventFilter(watched, event)

    # -- inside

    def _key(self, typed: str) -> bool:
        if typed == keys.cap("staff_fit"):
            self.mark()
        elif typed == keys.cap("staff_unfit"):
            self.mark(healthy=False)
        elif typed == keys.cap("staff_unclean"):
            self.mark(clean=False)
        elif typed in ("3", "4") and self.line.isVisible() and self.line.isEnabled():
            # A temperature begins with one of them.
            self.line.begin(_WARM)
            self.warm.setText(typed)
        else:
            return False
        return True

    def _lay_out(self) -> None:
        may = self._context.may(Right.RUN_CANTEEN)
        history = history_button(self._context, self, self._record)
        offer(may, self.save_button, self.edit_button)
        entry = row((self.line, 1), self.save_button, margins=(14, 8, 14, 4))
        hints = KeyHints(
            [("1", "合格"), ("2", "不合格"), ("5", "衣帽手部不合要求"), ("36.5 Enter", "体温")]
        )
        acts = row(self.edit_button, 6, hints, None, history, margins=(14, 0, 14, 8))
        foot = box(column(entry, acts, spacing=4))
        self.line.setVisible(may)
        hints.setVisible(may)
        self.setLayout(column(self.notice, (TableCard(self.table, foot), 1), margins=(0, 0, 0, 0)))

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _: self._show_line())
        self.table.opened.connect(lambda _: self.line.begin(_WARM))
        self.line.noted.connect(self.note)
        self.line.left.connect(self.focus_list)
        self.line.stepped.connect(self._step)
        self.save_button.clicked.connect(self.save)
        self.edit_button.clicked.connect(self.edit_staff)
        self.edit_button.bind(self)
        keys.bind(self, "save", self.save)
        keys.bind(self, "print", lambda: table_paper.print_out(self.table))
        keys.bind(self, "export", lambda: table_paper.export(self.table))

    def _show_certificates(self) -> None:
        """Who must not work looks like a refusal; who is about to is told a month before."""
        over = [f"{one.name}（{certificate_words(one)}）" for one in self._staff if one.expired]
        soon = [f"{one.name}（{certificate_words(one)}）" for one in self._staff if one.ends_soon]
        first = f"健康证已过期，不能上岗：{'、'.join(over)}" if over else ""
        later = f"健康证快到期：{'、'.join(soon)}，请安排体检。" if soon else ""
        tone = "danger" if over else "warn"
        self.notice.show_text(first or later, later if first else "", tone=tone)
        self.notice.setVisible(bool(first or later))

    def _show_rows(self) -> None:
        current = self.table.current_id()
        self.rows = rows_of(self._staff, self._checks, self.typed)
        if not self.rows:
            self.table.set_empty(self._nothing())
        self.model.set_ids(list(self.rows))
        if self.rows and not (current is not None and self.table.select_id(current)):
            waiting = [key for key, one in self.rows.items() if one.waits]
            self.table.select_id((waiting or list(self.rows))[0])
        number = len(self.typed)
        self.save_button.setEnabled(bool(number))
        self.save_button.setText(f"保存 {number} 人" if number else "保存")
        self._show_line()
        self.shown.emit()

    def _show_line(self) -> None:
        line = self._current()
        here = line is not None and line.staff is not None
        self.line.setEnabled(here)
        self.edit_button.setEnabled(here)
        shown = (line.typed or line.check) if line is not None else None
        self.warm.setText(degrees(shown.temperature) if shown else "")
        self.words.setText(shown.note if shown else "")

    def _nothing(self) -> EmptyState:
        may = self._context.may(Right.RUN_CANTEEN)
        actions = (("加一个人", self.add_staff),) if may else ()
        return EmptyState(
            "account-group-outline",
            "还没有食堂人员",
            "登记姓名和健康证有效期，每天早上一键晨检。",
            actions,
        )

    def _type(
        self, line: CheckRow, healthy: bool, clean: bool, warm: int | None, words: str
    ) -> None:
        self.typed[line.staff_id] = CheckInput(
            staff_id=line.staff_id, healthy=healthy, clean=clean, temperature=warm, note=words
        )
        self._draft.keep(self._sheet, self.typed)
        self._show_rows()

    def _refused(self, line: CheckRow) -> bool:
        """Whoever has no certificate today does not begin to work; a past day is as it was."""
        staff = line.staff
        today = self.day == self._context.clock.today()
        if staff is None or not staff.expired or not today:
            return False
        words = f"{line.name}的健康证{certificate_words(staff)}，不能上岗"
        advice = "请按 2 记不合格；换了新证的，先按 F2 改有效期。"
        messages.warn(self._context.signals, f"{words}：{advice}")
        return True

    def _step(self, by: int) -> None:
        number = self.table.currentIndex().row() + by
        if 0 <= number < len(self.rows):
            self.table.select_row(number)
            if any(edit.hasFocus() for edit in self.line.edits):
                self.line.begin()

    def _edit(self, line: CheckRow | None) -> None:
        if self.edit_button.withheld or self._place.canteen_id is None:
            return
        from app.ui.canteen.safety.staff_dialog import StaffDialog

        staff = line.staff if line is not None else None
        StaffDialog(self._context, self._place.canteen_id, staff, self.window()).exec()

    def _current(self) -> CheckRow | None:
        return self.rows.get(self.table.current_id() or 0)

    def _fetch(self, ids: Sequence[int]) -> list[CheckRow]:
        return [self.rows[one] for one in ids]

    def _record(self) -> Record | None:
        line = self._current()
        if line is None:
            return None
        if line.check is not None:
            return Record(StaffCheck, line.check.id, f"{line.name} {self.day:%m-%d} 晨检")
        return Record(CanteenStaff, line.staff_id, line.name)
