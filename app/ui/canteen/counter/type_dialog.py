"""照签到表补录: the signed sheet beside the keyboard, row by row in its order."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealSheet
from app.services import meal_sheets
from app.services.meal_sheets import SheetView
from app.ui.canteen.counter import printing
from app.ui.canteen.counter.offered import sets_of
from app.ui.canteen.counter.type_table import TypeTable
from app.ui.canteen.counter.typed_draft import TypedDraft
from app.ui.kit import keys, messages, theme
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import KeyHints
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import row, small
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.people.person_picker import PersonPicker
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

KEEP_MS = 1_500
_ROWS, _LARGE_ROWS = 11, 7


class TypeMealsDialog(Dialog):
    """Opens with `sheet_id`, or the latest sheet of the canteen; saves all rows in one step."""

    def __init__(
        self,
        context: Context,
        canteen_id: int,
        sheet_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("照签到表补录", parent, width=round(900 / theme.current().factor))
        self._context, self._canteen_id = context, canteen_id
        self._draft: TypedDraft | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._sheets: dict[int, SheetView] = {}
        self.choice = IdChoice(name="签到表", blank=MUST)
        self.table = TypeTable()
        self.count = small()
        self.add = Button("加一个人", size="small", action="new")
        self.again = Button("补打这张", kind="ghost", size="small", icon="printer-outline")
        self._lay_out()
        self._read_sheets(sheet_id)
        self.table.setFocus()

    @property
    def sheet(self) -> SheetView | None:
        """The one whose rows are shown."""
        return self._sheets.get(self.choice.chosen_id or 0)

    def save(self) -> None:
        """Book all rows that were typed, or none."""
        sheet, ate = self.sheet, self.table.ate
        if sheet is None or not ate:
            messages.tell(
                self, "还没有录。照着单子，来了的每人按一下空格，再保存。", "没有可保存的"
            )
            return
        words = f"补录签到表 第 {sheet.id} 号 {len(ate):,} 人"
        database, now = self._context.database, self._context.clock.now()

        def work(progress: Progress) -> None:
            progress.check()
            with database.transaction(words) as session:
                meal_sheets.type_back(session, sheet.sitting, ate, now=now)

        def saved(_: None) -> None:
            self._renew(sheet)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已补录 {len(ate):,} 人")

        messages.run_with_progress(
            self, self._context.background, "正在补录", work, done=saved, can_cancel=False
        )

    def add_person(self) -> None:
        """Who wrote himself down in an empty row."""
        sheet = self.sheet
        if sheet is None:
            return
        dialog = PickDialog(self._context, self)
        if dialog.exec() and dialog.chosen is not None:
            place = max(self.table.rows, default=0) + 1
            with self._context.database.lookup() as lookup:
                (found,) = meal_sheets.rows_of(lookup, sheet.sitting, [dialog.chosen], first=place)
            self.table.add_row(found)
        self.table.setFocus()

    def keep(self) -> None:
        """What is not saved yet as a draft: a power cut loses seconds."""
        self._timer.stop()
        if self._draft is not None:
            self._draft.keep(self.table.ate)

    def done(self, result: int) -> None:
        """What was not saved waits for the next time, and it is said."""
        self.keep()
        waiting = len(self.table.ate)
        if waiting:
            words = f"没保存的 {waiting:,} 行留着，下次打开接着录"
            messages.notify(self._context.signals, words)
        super().done(result)

    # -- inside

    def _show_sheet(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self.keep()
        self._draft = draft = TypedDraft(self._context, sheet.id)
        sitting, ate = sheet.sitting, draft.ate
        with self._context.database.lookup() as lookup:
            rows = meal_sheets.rows(lookup, sheet.id)
            below = [one.resident_id for one in ate if one.place > len(rows)]
            rows += meal_sheets.rows_of(lookup, sitting, below, first=len(rows) + 1)
            sets = sets_of(lookup, sitting)
        self.table.show_rows(rows, [one.letter for one in sets], ate)

    def _renew(self, sheet: SheetView) -> None:
        """Also those below, who do not stand on the printed sheet."""
        ids = [one.resident_id for one in self.table.rows.values()]
        with self._context.database.lookup() as lookup:
            self.table.renew(meal_sheets.rows_of(lookup, sheet.sitting, ids))
        self.keep()

    def _read_sheets(self, wanted: int | None) -> None:
        with self._context.database.lookup() as lookup:
            found = meal_sheets.sheets(lookup, self._canteen_id)
        self._sheets = {one.id: one for one in found}
        self.choice.offer({one.id: one.words for one in found})
        first = found[0].id if found else None
        self.choice.choose_id(wanted if wanted in self._sheets else first)
        for part in (self.save_button, self.add, self.again, self.choice):
            part.setEnabled(bool(found))
        self._show_sheet()

    def _say(self) -> None:
        done = sum(1 for one in self.table.rows.values() if one.logged)
        waiting = len(self.table.ate)
        words = f"共 {len(self.table.rows):,} 行：已在账上 {done:,}，待保存 {waiting:,}"
        self.count.setText(words if self.sheet is not None else "")

    def _lay_out(self) -> None:
        metrics = theme.current()
        lines = _LARGE_ROWS if metrics.large else _ROWS
        self.table.setFixedHeight(metrics.head + lines * metrics.row)
        self.table.set_empty(
            EmptyState(
                "clipboard-text-outline", "这张签到表没有名字", "按“加一个人”，照单子一行一行加。"
            )
        )
        self.body.addLayout(row((self.choice, 1), self.add, spacing=10))
        self.body.addWidget(self.table)
        self.body.addWidget(self.count)
        hints = (("空格", "吃了，同上次"), ("A B", "套餐"), ("1–5", "付款"), ("↓", "没来"))
        self.body.addWidget(KeyHints([*hints, ("退格", "改前一行")]))
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self._foot.insertWidget(1, self.again)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        offer(self._context.may(Right.PRINT), self.again)
        self.choice.currentIndexChanged.connect(lambda _: self._show_sheet())
        self.table.changed.connect(self._say)
        self.table.changed.connect(self._timer.start)
        self._timer.timeout.connect(self.keep)
        self.table.save_wanted.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.add.clicked.connect(self.add_person)
        self.again.clicked.connect(self._reprint)
        keys.bind(self, "new", self.add_person)

    def _reprint(self) -> None:
        sheet = self.sheet
        if sheet is not None:
            words = f"就餐签到表 第 {sheet.id} 号"
            printing.reprint(self._context, self, sheet.id, words, empty=not sheet.residents)

    def _record(self) -> Record | None:
        sheet = self.sheet
        if sheet is None:
            return None
        return Record(MealSheet, sheet.id, f"就餐签到表 第 {sheet.id} 号")


class PickDialog(Dialog):
    """Who it is; Enter takes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("加一个人", parent, width=520)
        self.chosen: int | None = None
        self.picker = PersonPicker(context)
        self.picker.picked.connect(self._take)
        self.body.addWidget(self.picker)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.picker.setFocus()

    def _take(self, resident_id: int) -> None:
        self.chosen = resident_id
        self.accept()
