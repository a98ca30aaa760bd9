"""留样: every dish of a meal with its sample; typed row by row, saved at once."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import FoodSample, MealPeriod
from app.services import food_samples, sample_keeping, settings
from app.services.sample_keeping import SampleInput
from app.ui.canteen.place import Place
from app.ui.canteen.safety import sample_acts
from app.ui.canteen.safety.sample_entry import SampleEntry
from app.ui.canteen.safety.sample_lines import BY_HAND, COLUMNS, SampleRow, rows_of
from app.ui.canteen.safety.typed_draft import Sheet, TypedDraft
from app.ui.kit import keys, messages, table_paper
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import CONFIRM_CAP
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

Meal = tuple[int, date, MealPeriod]


class SampleView(QWidget):
    """What was typed and not saved stays with its meal, and is there again after a power cut."""

    shown = Signal()

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self.day = context.clock.today()
        self.rows: dict[int, SampleRow] = {}
        self._typed: dict[Meal, dict[int, SampleInput]] = {}
        self._draft = TypedDraft(context)
        self._versions: dict[int, int] = {}
        """Of the samples that are being changed, as they were when that was begun"""
        self._due: Sequence[int] = ()
        self._fridges: Sequence[str] = ()
        self._least = 0
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="留样")
        self.table.paper.title = "留样登记"
        self.table.paper.unit = "样"
        self.table.paper.personal = False
        self.table.paper.filter_words = lambda: self.title
        self.line = SampleEntry()
        self.save_button = Button("保存", kind="primary", cap=CONFIRM_CAP)
        self.review_button = Button("审核这一餐", size="small", action="review_samples")
        self.destroy_button = Button("销毁", size="small", action="destroy_samples")
        self.labels_button = Button("留样标签", size="small", action="sample_labels")
        self.remove_button = Button("删除", size="small", kind="ghost", action="remove_food_line")
        self._lay_out()
        self._connect()

    @property
    def meal(self) -> Meal:
        return (self._place.canteen_id or 0, self.day, self._place.period)

    @property
    def title(self) -> str:
        """11-20 午餐."""
        return f"{self.day:%m-%d} {self._place.period.label}"

    @property
    def typed(self) -> dict[int, SampleInput]:
        """What waits to be saved, in the order in which it was typed."""
        if self.meal not in self._typed:
            self._typed[self.meal] = self._draft.samples(Sheet(*self.meal))
        return self._typed[self.meal]

    @property
    def lacking(self) -> int:
        """How many dishes of the menu have no sample."""
        return sum(one.waits for one in self.rows.values())

    def refresh(self) -> None:
        """Read the meal anew; the current row stays current."""
        canteen_id, day, period = self.meal
        now = self._context.clock.now()
        with self._context.database.lookup() as lookup:
            missing = food_samples.missing(lookup, canteen_id, day, period)
            samples = food_samples.samples(lookup, canteen_id, day, day, period)
            self._due = food_samples.to_destroy(lookup, canteen_id, now=now)
            next_one = food_samples.next_to_go(lookup, canteen_id)
            self._fridges = food_samples.fridges(lookup, canteen_id)
            self._least = settings.value(lookup, settings.SAMPLE_GRAMS)
        self._missing, self._samples = missing, samples
        gone = {key for key in self.typed if key > 0} - {one.id for one in samples}
        for key in gone:
            del self.typed[key]
        self._show_destroy(next_one)
        own = self._context.user.name
        unseen = [one for one in samples if not one.reviewed_by and not one.destroyed_at]
        self._unseen = [one.id for one in unseen if one.taken_by != own]
        self.review_button.setEnabled(bool(self._unseen))
        mine = bool(unseen) and not self._unseen
        self.review_button.setText("请换一位同事审核" if mine else "审核这一餐")
        self.labels_button.setEnabled(bool(samples))
        self._show_rows()

    def save(self) -> None:
        """Everything that was typed for this meal, in one step, or nothing."""
        typed = self.typed
        if not typed or self.save_button.withheld:
            return
        canteen_id, day, period = self.meal
        now = self._context.clock.now()
        fresh = [one for key, one in typed.items() if key < 0]
        words, again = f"留样 {self.title} {len(typed)} 样", 0
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(words) as session:
                if fresh:
                    sample_keeping.take(session, canteen_id, day, period, fresh, now=now)
                for key, one in typed.items():
                    sample = self.rows[key].sample
                    if sample is not None:
                        version = self._versions.get(key, sample.version)
                        again += sample_keeping.change(session, key, one, version=version, now=now)
            typed.clear()
            self._versions.clear()
            self._draft.keep(Sheet(*self.meal), typed)
            sample_acts.told(self._context, words, sample_acts.again_words(again))

    def note(self) -> None:
        """The fields are what is kept of the current dish; on to the next without a sample."""
        line = self._current()
        if line is None or not self.save_button.isVisibleTo(self):
            return
        try:
            self.typed[line.key] = self._entered(line)
        except DomainError as wrong:
            messages.warn(self._context.signals, str(wrong))
            return
        if line.sample is not None and line.typed is None:
            self._versions[line.key] = line.sample.version
        self._draft.keep(Sheet(*self.meal), self.typed)
        self._show_rows()
        following = [key for key, one in self.rows.items() if one.waits]
        if following:
            self.table.select_id(following[0])
            self.line.begin()
        else:
            self.focus_list()
            messages.notify(self._context.signals, "这一餐都填好了，按 Ctrl+Enter 保存。")

    def add_by_hand(self) -> None:
        """Something that is on no menu: 加餐, what a guest brought."""
        if self.save_button.withheld:
            return
        key = min([BY_HAND, *self.typed]) - 1
        now = self._context.clock.now()
        self.rows = {key: SampleRow(key, "", None, None, None, now), **self.rows}
        self.model.set_ids(list(self.rows))
        self.table.select_id(key)
        self.line.begin()

    def review(self) -> None:
        """Another pair of eyes on all samples of this meal."""
        sample_acts.review(self._context, self, self.title, self._unseen)

    def destroy_due(self) -> None:
        """All whose hours are over, whichever meal they are of."""
        sample_acts.destroy(self._context, self, self._due)

    def remove(self) -> None:
        """What was typed goes away; a line in the register that is wrong, after a question."""
        line = self._current()
        if line is None or self.remove_button.withheld:
            return
        self._versions.pop(line.key, None)
        if self.typed.pop(line.key, None) is not None or line.sample is None:
            self._draft.keep(Sheet(*self.meal), self.typed)
            self._show_rows()
            return
        sample_acts.remove(self._context, self, self.title, line.sample)

    def print_labels(self) -> None:
        """留样标签 of this meal."""
        from app.ui.canteen.safety.labels_dialog import SampleLabelsDialog

        SampleLabelsDialog(self._context, *self.meal, self.window()).exec()

    def focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside

    def _lay_out(self) -> None:
        may = self._context.may(Right.RUN_CANTEEN)
        history = history_button(self._context, self, self._record)
        offer(may, self.save_button, self.review_button, self.destroy_button, self.remove_button)
        offer(self._context.may(Right.PRINT), self.labels_button)
        entry = row((self.line, 1), self.save_button, margins=(14, 8, 14, 4))
        acts = row(
            *(self.review_button, self.destroy_button, self.labels_button, None),
            *(history, self.remove_button),
            margins=(14, 0, 14, 8),
        )
        foot = box(column(entry, acts, spacing=4))
        self.line.setVisible(may)
        self.setLayout(column((TableCard(self.table, foot), 1), margins=(0, 0, 0, 0)))

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _: self._show_line())
        self.table.opened.connect(lambda _: self.line.begin())
        self.line.noted.connect(self.note)
        self.line.left.connect(self.focus_list)
        self.line.stepped.connect(self._step)
        self.save_button.clicked.connect(self.save)
        for button, act in (
            (self.review_button, self.review),
            (self.destroy_button, self.destroy_due),
            (self.labels_button, self.print_labels),
            (self.remove_button, self.remove),
        ):
            button.clicked.connect(act)
            button.bind(self)
        keys.bind(self, "save", self.save)
        keys.bind(self, "print", lambda: table_paper.print_out(self.table))
        keys.bind(self, "export", lambda: table_paper.export(self.table))

    def _show_rows(self) -> None:
        current, now = self.table.current_id(), self._context.clock.now()
        self.rows = rows_of(self._missing, self._samples, self.typed, now)
        if not self.rows:
            self.table.set_empty(self._nothing())
        self.model.set_ids(list(self.rows))
        if self.rows and not (current is not None and self.table.select_id(current)):
            waiting = [key for key, one in self.rows.items() if one.waits]
            self.table.select_id((waiting or list(self.rows))[0])
        number = len(self.typed)
        self.save_button.setEnabled(bool(number))
        self.save_button.setText(f"保存 {number} 样" if number else "保存")
        self._show_line()
        self.shown.emit()

    def _show_line(self) -> None:
        line = self._current()
        self.line.show_row(line, self._usual())
        if line is not None:
            self.remove_button.setEnabled(not line.waits and not line.gone)

    def _usual(self) -> SampleInput:
        """As the row before; the first of a meal has its temperature to be read first."""
        typed = list(self.typed.values())
        if typed:
            return typed[-1]
        fridge = self._fridges[0] if self._fridges else ""
        return SampleInput(name="", grams=self._least, taken_by="", fridge=fridge)

    def _entered(self, line: SampleRow) -> SampleInput:
        today, by = self._context.clock.today(), self._context.user.name
        return self.line.entered(line, day=self.day, today=today, by=by, least=self._least)

    def _show_destroy(self, next_one: datetime | None) -> None:
        """The button itself says why it cannot be pressed."""
        if self._due:
            words = f"销毁到期的 {len(self._due)} 份"
        elif next_one is not None:
            words = f"{next_one:%m-%d %H:%M} 起可销毁"
        else:
            words = "没有要销毁的"
        self.destroy_button.setText(words)
        self.destroy_button.setEnabled(bool(self._due))

    def _nothing(self) -> EmptyState:
        may = self._context.may(Right.RUN_CANTEEN)
        actions = (("加一样", self.add_by_hand),) if may else ()
        advice = "先在“菜谱”里写好这一餐；菜谱以外的，按“加一样”记。"
        return EmptyState("silverware-fork-knife", f"{self.title}没有菜谱", advice, actions)

    def _step(self, by: int) -> None:
        number = self.table.currentIndex().row() + by
        if 0 <= number < len(self.rows):
            self.table.select_row(number)
            self.line.begin()

    def _current(self) -> SampleRow | None:
        return self.rows.get(self.table.current_id() or 0)

    def _fetch(self, ids: Sequence[int]) -> list[SampleRow]:
        return [self.rows[one] for one in ids]

    def _record(self) -> Record | None:
        line = self._current()
        if line is None or line.sample is None:
            return None
        return Record(FoodSample, line.sample.id, f"{line.name} 的留样")
